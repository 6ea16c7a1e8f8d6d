"""tests/bench/run rules: makes the workload, runs all engines in turn on one core, prints the comparison."""

import argparse
import json
import os
import pathlib
import platform
import shutil
import subprocess

from rules import compare, workload

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parents[2] / "build"
SCRIPTS = {"native-js": "native.mjs", "cel-js": "cel_js.mjs", "bufbuild": "bufbuild.mjs", "zen": "zen.mjs",
           "json-rules": "json_rules.mjs"}
ENGINES = [compare.LOCKGATE, *SCRIPTS]
LONGEST = 600  # seconds for one engine in one round


def chosen(text):
    names = text.split(",")
    for name in names:
        if name not in ENGINES:
            raise argparse.ArgumentTypeError(f"there is no engine `{name}`; there are {', '.join(ENGINES)}")
    return [name for name in ENGINES if name in names]


def positive(kind):
    def read(text):
        try:
            number = kind(text)
        except ValueError:
            number = 0
        if not 0 < number < 1000:
            raise argparse.ArgumentTypeError(f"`{text}` is not a number above 0 and below 1000")
        return number
    return read


def add_options(parser):
    parser.add_argument("--rounds", type=positive(int), default=5, help="how often each engine has its turn (5)")
    parser.add_argument("--seconds", type=positive(float), default=0.3, help="CPU time of a pass (0.3)")
    parser.add_argument("--passes", type=positive(int), default=3, help="passes of each measure in a round (3)")
    parser.add_argument("--engines", type=chosen, default=ENGINES, metavar="NAME,NAME...",
                        help=f"only these of {', '.join(ENGINES)}")
    parser.add_argument("--no-peers", action="store_true", help="only Lockgate; needs neither Node.js nor npm")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write all figures there as well")


def install_peers(folder):
    """Brings the scripts and what they need of npm into this folder.  Node.js looks for packages there."""
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            raise SystemExit(f"`{tool}` is not installed; install it, or give `--no-peers`")
    folder.mkdir(parents=True, exist_ok=True)
    wanted, installed = HERE / "package.json", folder / "package.json"
    for path in [*HERE.glob("*.mjs"), HERE / "zen_rules.json"]:
        shutil.copy(path, folder)
    if installed.is_file() and installed.read_bytes() == wanted.read_bytes():
        return
    installed.unlink(missing_ok=True)  # stands there again only after npm has succeeded
    fresh = folder / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    shutil.copy(wanted, fresh)
    done = subprocess.run(["npm", "install", "--prefix", fresh, "--ignore-scripts", "--no-package-lock", "--no-audit",
                           "--no-fund", "--loglevel=error"], check=False)
    if done.returncode:
        raise SystemExit(f"npm could not install the peers (it exited with {done.returncode}, and says why above); "
                         "`--no-peers` measures Lockgate alone")
    shutil.rmtree(folder / "node_modules", ignore_errors=True)
    (fresh / "node_modules").rename(folder / "node_modules")
    (fresh / "package.json").rename(installed)
    shutil.rmtree(fresh)


def one_core():
    """Binds this program, and all that it starts, to one core: the second if there are two."""
    cores = sorted(os.sched_getaffinity(0))
    core = cores[min(1, len(cores) - 1)]
    os.sched_setaffinity(0, [core])
    return core


def measure(engine, command):
    """One turn of an engine; gives its record."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False,
                              timeout=LONGEST)
    except subprocess.TimeoutExpired:
        raise SystemExit(f"{engine} took longer than {LONGEST} s") from None
    except OSError as error:
        raise SystemExit(f"{engine}: `{command[0]}` cannot be run: {error.strerror}") from None
    try:
        record = json.loads(done.stdout)
        wrong = list(compare.mistakes(record))
    except (ValueError, AttributeError):
        raise SystemExit(f"{engine} exited with {done.returncode} and printed no record:\n"
                         f"{done.stdout}{done.stderr}".rstrip()) from None
    if wrong or done.returncode:
        raise SystemExit(f"{engine}: {', '.join(wrong) or f'exited with {done.returncode}'}\n{done.stderr}".rstrip())
    return record


def machine(core, load_before):
    """The sentence that says where it was measured, and how busy it was there."""
    cpu = next((line.partition(":")[2].strip() for line in
                pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
                if line.startswith("model name")), platform.machine())
    return (f"On one core (number {core}) of {os.cpu_count()} of {cpu}, Linux {platform.release()}; "
            f"load average {load_before:.1f} before and {os.getloadavg()[0]:.1f} after.")


def run(options, built):
    """Measures what is built in the folder `built`; gives the exit code."""
    engines = [compare.LOCKGATE] if options.no_peers else options.engines
    folder = BUILD / "bench-workload"
    workload.write(folder)
    peers = BUILD / "bench-peers"
    if engines != [compare.LOCKGATE]:
        install_peers(peers)
    load_before, core = os.getloadavg()[0], one_core()

    rounds = []
    for number in range(1, options.rounds + 1):
        rounds.append({})
        for engine in engines:
            program = [built / "bench_rules"] if engine == compare.LOCKGATE else ["node", peers / SCRIPTS[engine]]
            record = measure(engine, [*program, folder, options.seconds, options.passes])
            rounds[-1][engine] = record
            if number == 1:
                print(f"{compare.TITLES[engine]}: all 50,000 outcomes right"
                      + (", all 1,000 look-ups right" if "table_wrong" in record else ", no table"))
            figures = ", ".join(f"{compare.short(found)} {heading}" for key, heading in compare.HEADINGS.items()
                                if (found := compare.rate(record, key)))
            print(f"round {number}, {engine}: {figures}", flush=True)

    where = machine(core, load_before)
    print()
    for line in [*compare.table(rounds, engines), "", *compare.targets(rounds), "", where]:
        print(line)
    print(f"Figures are medians of {options.rounds} rounds, each of {options.passes} passes of "
          f"{options.seconds:g} s of CPU; in brackets the least and the most of a round.")
    if options.json:
        options.json.write_text(json.dumps({"machine": where, "seconds": options.seconds, "passes": options.passes,
                                            **compare.summary(rounds, engines), "rounds": rounds}, indent=1) + "\n",
                                encoding="utf-8")
    return 0
