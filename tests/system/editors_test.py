"""What authors of rules have in their editors: `lockgate schema` under taplo, without a
network, and `lockgate fmt`."""

import pathlib
import re
import shutil
import subprocess

from harness.suite import test

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TAPLO = HERE / "node" / "node_modules" / ".bin" / "taplo"


def offline():
    """What to put before a command so that it has no network; nothing where that is not allowed."""
    alone = ["unshare", "--map-root-user", "--net"]
    done = subprocess.run([*alone, "true"], capture_output=True, check=False)
    return alone if done.returncode == 0 else []


class Desk:
    """A folder as docs/editors.md says: the packs in rules/, schemas, and .taplo.toml."""

    def __init__(self, stage):
        self.program = stage.options.program
        self.folder = stage.folder / "desk"
        shutil.copytree(ROOT / "rules" / "packs", self.folder / "rules")
        (self.folder / "schemas").mkdir()
        self.schema("schemas/rules.json", "rules", "--rules", "rules")
        self.schema("schemas/tests.json", "tests", "--rules", "rules")
        guide = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
        [settings] = re.findall(r"```toml\n(.*?)```", guide, re.S)
        (self.folder / ".taplo.toml").write_text(settings, encoding="utf-8")

    def lockgate(self, *arguments, **options):
        return subprocess.run([str(self.program), *arguments], cwd=self.folder, capture_output=True, text=True,
                              timeout=120, check=False, **options)

    def schema(self, path, *arguments):
        done = self.lockgate("schema", *arguments)
        assert done.returncode == 0 and done.stdout.startswith("{"), (path, done.stderr)
        (self.folder / path).write_text(done.stdout, encoding="utf-8")

    def edit(self, path, before, after):
        """Replaces the first `before`; gives the number of its line."""
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert before in text, (path, before)
        file.write_text(text.replace(before, after, 1), encoding="utf-8")
        return text[:text.index(before)].count("\n") + 1

    def taplo(self, *paths):
        """(exit code, [(file, line)], output)"""
        assert TAPLO.exists(), "npm ci has not been run in tests/system/node"
        done = subprocess.run([*offline(), str(TAPLO), "lint", *paths], cwd=self.folder, capture_output=True,
                              text=True, timeout=180, check=False)
        output = done.stdout + done.stderr
        output = re.sub(r"\x1b\[[0-9;]*m", "", output)
        found = [(name, int(line)) for name, line in re.findall(r"([\w.-]+\.toml):(\d+):\d+\n", output)]
        return done.returncode, found, output


@test
def taplo_finds_the_packs_and_their_tests_sound_without_a_network(stage):
    desk = Desk(stage)
    code, found, output = desk.taplo()
    assert code == 0 and found == [] and "found files total=24" in output, output


@test
def taplo_underlines_what_is_misspelt(stage):
    desk = Desk(stage)
    wrong = [
        ("rules/risk.toml", "\nfix = ", "\nfixx = ", 1),
        ("rules/method.toml", 'basis = "guidance"', 'basis = "guidence"', 0),
        ("rules/finance-procurement.toml", 'at = { submit = ', 'at = { sumbit = ', 0),
        ("rules/vocabulary.toml", 'type = "money"', 'type = "pounds"', 0),
        ("rules/learning.toml", 'to = "Proposer"', 'to = "Propser"', 0),
        ("rules/governance.test.toml", "\nverdict = ", "\nverdikt = ", 1),
        ("rules/risk.test.toml", "likelihood = ", "likelyhood = ", 0),
    ]
    lines = {(pathlib.Path(path).name, desk.edit(path, before, after) + below)
             for path, before, after, below in wrong}
    code, found, output = desk.taplo()
    assert code != 0 and set(found) == lines and len(found) == len(lines), (lines, output)


@test
def taplo_goes_by_the_schema_that_a_file_names_itself(stage):
    desk = Desk(stage)
    (desk.folder / ".taplo.toml").unlink()
    desk.schema("schemas/rules.json", "rules")
    rule = (desk.folder / "rules" / "risk.toml").read_text(encoding="utf-8")
    (desk.folder / "local.toml").write_text("#:schema ./schemas/rules.json\n" + rule, encoding="utf-8")
    code, found, output = desk.taplo("local.toml")
    assert code == 0 and found == [], output
    line = desk.edit("local.toml", "\nsay = ", "\nsya = ") + 1
    code, found, output = desk.taplo("local.toml")
    assert code != 0 and found == [("local.toml", line)], output


@test
def fmt_mends_what_an_author_left_untidy_and_the_rules_stay_the_same(stage):
    desk = Desk(stage)
    same = desk.lockgate("check", "rules").stdout
    assert same.startswith("ok: "), same
    assert desk.lockgate("fmt", "--check").returncode == 0
    path = desk.folder / "rules" / "risk.toml"
    tidy = path.read_text(encoding="utf-8")
    untidy = tidy.replace(" = ", "=").replace("\n", "  \r\n")
    path.write_bytes(untidy.encode())
    checked = desk.lockgate("fmt", "--check")
    assert checked.returncode == 3 and checked.stdout == "rules/risk.toml\n", checked
    shown = desk.lockgate("fmt", "--diff", "rules")
    assert shown.returncode == 3 and shown.stdout.startswith("--- rules/risk.toml\n+++ rules/risk.toml\n@@ -1,")
    piped = desk.lockgate("fmt", "-", input=untidy)
    assert piped.returncode == 0 and piped.stdout == tidy, piped.stderr
    assert path.read_bytes() == untidy.encode()
    done = desk.lockgate("fmt")
    assert done.returncode == 0 and done.stdout == "rules/risk.toml\n", done
    assert path.read_bytes() == tidy.encode()
    assert desk.lockgate("check", "rules").stdout == same


@test
def a_diff_of_fmt_can_be_applied(stage):
    desk = Desk(stage)
    path = desk.folder / "rules" / "method.toml"
    tidy = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^at = (.*)\nto = (.*)\n", r"to=\2\nat  = \1\n", tidy, flags=re.M), encoding="utf-8")
    diff = desk.lockgate("fmt", "--diff", "rules").stdout
    done = subprocess.run(["git", "apply", "-p0"], cwd=desk.folder, input=diff, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0 and path.read_text(encoding="utf-8") == tidy, done.stdout + done.stderr


@test
def fmt_and_schema_refuse_with_their_exit_codes(stage):
    desk = Desk(stage)
    (desk.folder / "bad.toml").write_text("a = \n", encoding="utf-8")
    done = desk.lockgate("fmt")
    assert done.returncode == 3 and "error[LG101]" in done.stderr and "bad.toml:1:" in done.stderr, done
    assert desk.lockgate("fmt", "nowhere").returncode == 1
    assert desk.lockgate("fmt", "--chekc").returncode == 2
    done = desk.lockgate("fmt", "-", input="a = ")
    assert done.returncode == 3 and done.stdout == "" and "standard input" in done.stderr, done
    assert desk.lockgate("schema", "boards").returncode == 2
    done = desk.lockgate("schema", "--rules", "bad.toml")
    assert done.returncode == 3 and done.stdout == "", done
