"""`lockgate test` as an author of rules uses it."""

import json
import os
import signal
import subprocess
import time
import xml.etree.ElementTree as xml

from harness.suite import test
from rules_test import RULE

VOCABULARY = '''
roles = ["Board chair"]
[[fact]]
name = "people.participants"
type = "int"
meaning = "people who take part"
question = "How many take part?"
'''

TEST = '''
[[test]]
name = "{name}"
gate = "submit"
facts = {{ people.participants = {people} }}
verdict = "{verdict}"
'''


class Rules:
    """A folder with one rule: more than 100 people are referred."""

    def __init__(self, stage):
        self.stage = stage
        self.folder = stage.folder / "rules"
        self.folder.mkdir()
        rule = RULE.format(number=1, when="people.participants > 100", outcome="refer")
        (self.folder / "a.toml").write_text(VOCABULARY + rule, encoding="utf-8")

    def write(self, *tests):
        text = "".join(TEST.format(name=name, people=people, verdict=verdict) for name, people, verdict in tests)
        (self.folder / "a.test.toml").write_text(text, encoding="utf-8")

    def test(self, *arguments, environment=None):
        return subprocess.run([str(self.stage.options.program), "test", str(self.folder), *arguments],
                              capture_output=True, text=True, timeout=60, check=False,
                              env=os.environ | (environment or {}))


MANY = ("many <are> 'referred' & told", 101, "refer")
FEW = ("few pass", 100, "approve")
WRONG = ("so few pass too", 101, "approve")


@test
def rule_tests_pass_fail_and_cover_with_their_exit_codes(stage):
    rules = Rules(stage)
    assert rules.test().returncode == 1
    rules.write(MANY, FEW)
    done = rules.test("--threshold", "100", "--require-tests")
    assert done.returncode == 0 and "coverage 1 of 1 rules (100%)" in done.stdout, (done.stdout, done.stderr)
    done = rules.test("--threshold", "100", "--run", "few")
    assert done.returncode == 4 and "below the 100%" in done.stdout, (done.stdout, done.stderr)
    assert rules.test("--run", "nobody", "--require-tests").returncode == 4
    rules.write(MANY, FEW, WRONG)
    done = rules.test()
    assert done.returncode == 4, (done.stdout, done.stderr)
    assert "FAIL" in done.stdout and "got       verdict refer by local-01" in done.stdout, done.stdout
    for wrong in (["--format", "sarif"], ["--threshold", "101"], ["--run", "("], ["--mutant"]):
        assert rules.test(*wrong).returncode == 2, wrong
    assert rules.test(environment={"LOCKGATE_FORMAT": "sarif"}).returncode == rules.test().returncode
    (rules.folder / "a.test.toml").write_text("[[test]]\nnmae = 'x'\n", encoding="utf-8")
    done = rules.test()
    assert done.returncode == 3 and "nmae" in done.stderr and "id you mean" in done.stderr, (done.stdout, done.stderr)


@test
def rule_tests_are_told_to_programs_as_json_and_junit(stage):
    rules = Rules(stage)
    rules.write(MANY, FEW, WRONG)
    done = rules.test(environment={"LOCKGATE_FORMAT": "json"})
    report = json.loads(done.stdout)
    assert done.returncode == 4 and report["schema"] == "lockgate.test/1", report
    assert report["passed"] == 2 and report["failed"][0]["line"] == 14, report
    path = stage.folder / "report.xml"
    done = rules.test("--format", "junit", "-o", str(path), "--threshold", "100")
    assert done.returncode == 4 and "2 passed, 1 failed" in done.stdout, (done.stdout, done.stderr)
    suites = xml.parse(path).getroot()
    assert suites.tag == "testsuites" and suites.get("tests") == "3" and suites.get("failures") == "1"
    cases = suites.findall("./testsuite/testcase")
    assert [case.get("name") for case in cases] == [MANY[0], FEW[0], WRONG[0]]
    failure, = suites.findall("./testsuite/testcase/failure")
    assert "expected  verdict approve" in failure.text, failure.text


@test
def rule_tests_name_each_change_that_they_would_not_notice(stage):
    rules = Rules(stage)
    rules.write(("many", 500, "refer"), ("few", 3, "approve"))
    done = rules.test("--mutate", "--threshold", "90")
    assert done.returncode == 4 and "mutants: 0 of 3 caught (0%)" in done.stdout, (done.stdout, done.stderr)
    assert "local-01: `>` changed to `>=`" in done.stdout and str(rules.folder / "a.toml") in done.stdout, done.stdout
    rules.write(("many", 101, "refer"), ("few", 100, "approve"))
    done = rules.test("--mutate", "--threshold", "100")
    assert done.returncode == 0 and "mutants: 3 of 3 caught (100%)" in done.stdout, (done.stdout, done.stderr)


@test
def rule_tests_run_again_when_a_file_changes_until_interrupted(stage):
    rules = Rules(stage)
    rules.write(FEW)
    said = stage.folder / "said"
    with said.open("wb") as output:
        process = subprocess.Popen([str(stage.options.program), "test", str(rules.folder), "--watch"],
                                   stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)

        def wait_for(words):
            deadline = time.monotonic() + 20 * stage.options.slowness
            while words not in said.read_text(encoding="utf-8"):
                assert process.poll() is None and time.monotonic() < deadline, (words, said.read_text(encoding="utf-8"))
                time.sleep(0.05)

        try:
            wait_for("1 passed, 0 failed")
            rules.write(FEW, MANY)
            wait_for("2 passed, 0 failed")
            rules.write(FEW, WRONG)
            wait_for("1 passed, 1 failed")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
