#!/usr/bin/env python3
"""Installs the rules engine, builds examples/embed against it and runs that.

    tests/embed_test.py             by the README's commands, in build/release
    tests/embed_test.py --from DIR  installs from another build folder, which is up to date
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
COUNCIL = ROOT / "examples/council"
TRIED = ["D01", "D03", "D11"]  # deliveries at the gate that the example asks


def run(*command, stdin=None, expect=0):
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True,
                          input=stdin, timeout=300, check=False)
    assert done.returncode == expect, (command, done.returncode, done.stdout, done.stderr)
    return done.stdout


def readme_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.search(r"<!-- run by tests/embed_test.py.*?-->\n```sh\n(.*?)```", readme, re.S)[1]


def install_and_build(prefix, build):
    """By the README's commands; gives what the last of them, the example, printed."""
    commands = readme_commands()
    if build:
        steps = commands.splitlines()
        assert steps[0].startswith("cmake --preset") and steps[1].startswith("cmake --build build")
        commands = "\n".join(steps[2:]).replace("build/release", str(build))
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=ROOT, text=True,
                          capture_output=True, env=os.environ | {"PREFIX": str(prefix)}, check=False)
    assert done.returncode == 0, (done.stdout, done.stderr)
    return done.stdout


def header_compiles_alone(prefix):
    """With the installed headers and nothing of ours or of a library's but tl::expected."""
    allowed = run("c++", "-std=c++20", "-I", prefix / "include", "-Wall", "-Wextra", "-Werror", "-M",
                  "-x", "c++", "-", stdin='#include "lockgate/rules.hpp"\nint main() {}\n')
    for library in ("simdjson", "re2/", "toml", "boost", "sodium", str(ROOT / "include")):
        assert library not in allowed, (library, allowed)
    run("c++", "-std=c++20", "-I", prefix / "include", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
        "-x", "c++", "-", stdin='#include "lockgate/rules.hpp"\nint main() {}\n')


def no_path_leaks(prefix):
    for path in prefix.rglob("lockgate*.cmake"):
        assert str(ROOT) not in path.read_text(encoding="utf-8"), path


def findings_of(printed):
    return dict(re.findall(r"^([a-z]{2}-[0-9]{2}) ([a-z]+): ", printed, re.M))


def judges_as_the_council_expects(embed, scratch):
    expected = tomllib.loads((COUNCIL / "expected.toml").read_text(encoding="utf-8"))
    for name in TRIED:
        data = json.loads((COUNCIL / f"deliveries/{name}.json").read_text(encoding="utf-8"))["data"]
        assert data["gate"] == "decide", name
        facts = scratch / f"{name}.json"
        facts.write_text(json.dumps(data["facts"]), encoding="utf-8")
        printed = run(embed, facts)
        assert printed.splitlines()[0] == expected[name]["verdict"], (name, printed)
        assert findings_of(printed) == expected[name]["findings"], (name, printed)
        assert printed == run(embed, facts, ROOT / "rules/packs"), name


def explains(printed):
    """What the README's last command printed, for examples/embed/facts.json."""
    verdict, _, rest = printed[printed.index("\nblock\n") + 1:].partition("\n")
    assert verdict == "block", printed
    findings, _, change = rest.partition("\nWhat would change it:\n")
    assert findings_of(findings)["sg-02"] == "block", printed
    assert "  because " in findings and "  -> " in findings, printed
    assert re.search(r"^  approve_with_conditions with\n    .+ \(now .+\)$", change, re.M), printed


def mistakes_are_told(embed, scratch):
    facts = scratch / "mistaken.json"
    facts.write_text('{"people": {"participnts": 40}}', encoding="utf-8")
    done = subprocess.run([embed, facts], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "did you mean `people.participants`" in done.stderr, done
    rules = scratch / "rules"
    rules.mkdir()
    (rules / "own.toml").write_text("[[rule]]\nid = 1\n", encoding="utf-8")
    done = subprocess.run([embed, facts, rules], capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "own.toml:2" in done.stderr, done


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="build", type=pathlib.Path)
    options = parser.parse_args()
    scratch = pathlib.Path(tempfile.mkdtemp())
    try:
        prefix = scratch / "prefix"
        printed = install_and_build(prefix, options.build and options.build.resolve())
        embed = prefix / "embed/embed"
        explains(printed)
        header_compiles_alone(prefix)
        no_path_leaks(prefix)
        judges_as_the_council_expects(embed, scratch)
        mistakes_are_told(embed, scratch)
        assert run(embed, "--filter") == "large\n"
    finally:
        shutil.rmtree(scratch)
    print("embedding: installed, built against and run")


if __name__ == "__main__":
    sys.exit(main())
