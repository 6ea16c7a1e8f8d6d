"""Rule files that are no such thing, and facts that rules choke on (O36, O40)."""

import os
import subprocess
import time

from harness.suite import BOTH, test
from harness.webhook import HARMLESS

MEGABYTE = 1024 * 1024

RULE = '''
[[rule]]
id = "local-{number:02}"
question = "Does it hold?"
when = '{when}'
at = {{ submit = "{outcome}" }}
to = "Board chair"
say = "It holds."
basis = "local rules"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23
'''


def measured(stage, *arguments):
    """Runs a command of the program; gives its exit code, output, seconds and most kilobytes."""
    output = stage.folder / "output"
    with output.open("wb") as file:
        begun = time.monotonic()
        process = subprocess.Popen([str(stage.options.program), *arguments], stdin=subprocess.DEVNULL,
                                   stdout=file, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, output.read_text(encoding="utf-8", errors="replace"), seconds, used.ru_maxrss


@test
def O36_files_that_are_no_rules_are_refused_quickly_and_in_little_memory(stage):
    good = RULE.format(number=1, when="true", outcome="note")
    files = {
        "a text of 10 MB": b'title = "' + b"a" * (10 * MEGABYTE) + b'"\n',
        "100,000 tables": b"".join(b"[t%d]\n" % number for number in range(100_000)),
        "40,000 rules": b"[[rule]]\n" * 40_000,
        "lists 300 deep": b"title = " + b"[" * 300 + b"]" * 300 + b"\n",
        "lists 100,000 deep": b"title = " + b"[" * 100_000,
        "tables 300 deep": b"title = " + b"{a=" * 300 + b"1" + b"}" * 300 + b"\n",
        "dotted keys 5,000 deep": b".".join([b"a"] * 5_000) + b" = 1\n",
        "UTF-16": good.encode("utf-16"),
        "NUL": good.encode().replace(b"It holds", b"It\0holds"),
        "no UTF-8": good.encode().replace(b"It holds", b"It \xff\xc0\xaf holds"),
        "duplicate keys": (good + 'say = "again"\n').encode(),
        "dates as keys": b"2026-11-23 = 1\n07:32:00 = 2\n",
        "a lone carriage return": good.encode().replace(b"\n", b"\r"),
        "an unclosed text": b'title = "',
        "a condition of a megabyte": RULE.format(number=1, when="true || " * 100_000 + "true", outcome="note").encode(),
        "parentheses 100,000 deep": RULE.format(number=1, when="(" * 100_000, outcome="note").encode(),
        "a name of 100,000 letters": RULE.format(number=1, when="a" * 100_000, outcome="note").encode(),
    }
    slowest = largest = 0
    path = stage.folder / "rules" / "hostile.toml"
    path.parent.mkdir()
    for name, data in files.items():
        path.write_bytes(data)
        code, output, seconds, kilobytes = measured(stage, "check", str(path))
        assert code == 3, (name, code, output[:500])
        assert "hostile.toml" in output and len(output) < 20_000, (name, len(output), output[:500])
        slowest, largest = max(slowest, seconds), max(largest, kilobytes)
        assert seconds < 1 * stage.options.slowness, (name, seconds)
        assert stage.options.is_sanitized or kilobytes < 100 * 1024, (name, kilobytes)
    stage.note(f"at most {slowest:.2f} s and {largest / 1024:.0f} MB")


@test
def O36_a_byte_order_mark_and_windows_line_ends_do_no_harm(stage):
    good = 'roles = ["Board chair"]\n' + RULE.format(number=1, when="true", outcome="note")
    path = stage.folder / "rules" / "windows.toml"
    path.parent.mkdir()
    for data in [good.encode(), good.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + good.encode()]:
        path.write_bytes(data)
        code, output, *_ = measured(stage, "check", str(path))
        assert code == 0, (data[:40], output)


# What goes wrong -> a condition in which it does, on facts that do no harm.
TROUBLE = {
    "division by zero": "100 / (people.participants - 30) > 1",
    "remainder by zero": "100 % (people.participants - 30) > 1",
    "a whole number too large": "people.participants * 9223372036854775807 > 0",
    "a double too large": "money.cost_gbp * 1e308 * 1e308 > 1.0",
    "nothing by nothing": "(money.cost_gbp - money.cost_gbp) / (money.cost_gbp - money.cost_gbp) > 1.0",
    "null": 'data.dpia == "none"',
    "another type than it seems": 'dyn(people.participants) > "x"',
    "an index outside": "[1, 2][people.participants] > 1",
    "no number in a text": "int(gov.route) > 1",
    "too much work": ".all(x, ".join(["[1,2,3,4,5,6,7,8,9,10]"] * 9) + ".all(x, people.participants > 0" + ")" * 9,
}


@test(on=BOTH)
def O40_a_rule_that_cannot_be_evaluated_refers_and_never_passes(stage):
    for outcome in ("note", "block"):
        site = stage.site(name=outcome)
        site.add_rules("".join(RULE.format(number=number, when=when.replace("'", '"'), outcome=outcome)
                               for number, when in enumerate(TROUBLE.values(), 1)))
        server = site.start()
        begun = time.monotonic()
        answer = site.delivery("CASE-1", HARMLESS | {"data": {"personal": False, "dpia": None}}).post(server)
        seconds = time.monotonic() - begun
        assert answer.status == 202, (answer.status, answer.body)
        said = answer.json()
        assert said["verdict"] == "refer" and said["decision"] is None, said
        findings = {finding["rule"]: finding for finding in said["findings"]}
        for number, name in enumerate(TROUBLE, 1):
            finding = findings[f"local-{number:02}"]
            assert finding["outcome"] == "refer" and finding["trouble"], (name, finding)
            assert finding["to"] == "Board chair", (name, finding)
        assert seconds < 2 * stage.options.slowness, seconds
        assert server.stop() == 0
        assert site.audit().returncode == 0


@test
def O40_a_missing_fact_is_asked_for_and_matters_only_where_it_could_change_the_answer(stage):
    site = stage.site()
    site.add_rules(RULE.format(number=1, when="people.children && people.participants > 100", outcome="block") +
                   RULE.format(number=2, when="!people.children || people.participants > 100", outcome="note") +
                   RULE.format(number=3, when="people.participants > 100", outcome="block"))
    server = site.start()
    unknown = HARMLESS | {"people": {key: value for key, value in HARMLESS["people"].items() if key != "participants"}}
    answer = site.delivery("CASE-1", unknown).post(server)
    assert answer.status == 200, answer.body
    said = answer.json()
    assert said["verdict"] == "ask_for_info" and said["decision"] is None, said
    mine = {finding["rule"]: finding["outcome"] for finding in said["findings"] if finding["rule"].startswith("local-")}
    assert mine == {"local-02": "note", "local-03": "ask"}, said
    asked, = [question for question in said["questions"] if question["fact"] == "people.participants"]
    assert "local-03" in asked["rules"] and "local-01" not in asked["rules"], said
    assert asked["question"].endswith("?") and "people.participants" in said["unknown"], said
