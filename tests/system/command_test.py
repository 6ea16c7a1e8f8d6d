"""The command line as people and scripts meet it."""

import contextlib
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import time

from harness.pages import Visitor
from harness.suite import test
from harness.webhook import HARMLESS

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKS = str(ROOT / "rules" / "packs")

FIVE_MISTAKES = '''\
[[rule]]
id = "local-01"
question = "Is it expensive?"
when = 'money.cost_gpb > 1000.0'
at = { submit = "refer" }
to = "Section 151 Officer"
say = "That is a lot of money."
basis = "local rules"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "local-02"
question = "Are many people in it?"
when = 'people.participants > "many"'
at = { submit = "blok" }
to = "Proposer"
sya = "Many people take part."
say = "Many people take part."
basis = "local rules"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23

[[rule]]
id = "local-01"
question = "Is it for the public?"
when = 'proposal.public_live'
at = { submit = "note" }
to = "Proposer"
say = "The public will see it."
basis = "local rules"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23
'''


@test
def O34_check_prints_one_message_with_a_caret_for_each_of_five_mistakes(stage):
    site = stage.site()
    site.add_rules(FIVE_MISTAKES, "bad.toml")
    done = site.lockgate("check", PACKS, str(site.folder / "rules"))
    text = done.stdout + done.stderr
    assert done.returncode == 3, (done.returncode, text)
    places = re.findall(r"--> \S*bad\.toml:(\d+):(\d+)", text)
    assert sorted(int(line) for line, _ in places) == [4, 16, 17, 19, 27], (places, text)
    assert len(re.findall(r"^error\[LG\d+\]: ", text, re.M)) == 5, text
    assert len(re.findall(r"^ *\| +\^+", text, re.M)) >= 5, text
    assert "did you mean `money.cost_gbp`" in text and "did you mean `block`" in text, text
    assert "did you mean `say`" in text, text
    assert re.search(r"^5 errors( and \d+ warnings?)? in .*Nothing was loaded", text, re.M), text


@test
def check_of_good_rules_says_what_was_read(stage):
    site = stage.site()
    done = site.lockgate("check", PACKS)
    assert done.returncode == 0 and re.search(r"^ok: ", done.stdout, re.M), done.stdout + done.stderr
    done = site.lockgate("check", str(site.folder))
    assert done.returncode == 0, done.stdout + done.stderr


@test
def check_gives_every_format_and_other_commands_ignore_one_they_do_not_have(stage):
    site = stage.site()
    site.add_rules(FIVE_MISTAKES, "bad.toml")
    paths = [PACKS, str(site.folder / "rules")]
    plain = site.lockgate("check", "--format", "plain", *paths)
    assert plain.returncode == 3 and plain.stdout.count(": error LG") == 5, plain.stdout
    found = json.loads(site.lockgate("check", "--format", "json", *paths).stdout)
    assert found["errors"] == 5, found
    sarif = {"LOCKGATE_FORMAT": "sarif"}
    done = site.lockgate("check", *paths, environment=sarif)
    [run] = json.loads(done.stdout)["runs"]
    errors = [result for result in run["results"] if result["level"] == "error"]
    assert done.returncode == 3 and len(errors) == 5, done.stdout
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] and "Wrong:" in rule["help"]["text"], rule
    lines = {result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in errors}
    assert lines == {4, 16, 17, 19, 27}, lines
    facts = site.folder / "facts.json"
    facts.write_text("{}", encoding="utf-8")
    done = site.lockgate("eval", "--rules", PACKS, "-i", str(facts), environment=sarif)
    assert done.returncode == 0 and "questions" in done.stdout, done.stdout + done.stderr
    done = site.lockgate("check", "--format", "xml", PACKS)
    assert done.returncode == 2, done.stdout + done.stderr


@test
def explain_tells_of_a_code_and_of_a_rule(stage):
    site = stage.site()
    done = site.lockgate("explain", "LG105")
    assert done.returncode == 0 and "Wrong:" in done.stdout and "Right:" in done.stdout, done.stdout
    done = site.lockgate("explain", "fp-01", "--rules", PACKS)
    assert done.returncode == 0 and "!money.budget_approved" in done.stdout, done.stdout + done.stderr
    done = site.lockgate("explain", "LG998")
    assert done.returncode == 1 and "there is no code" in done.stderr, done.stderr


@test
def test_runs_the_packs_own_tests(stage):
    site = stage.site()
    done = site.lockgate("test", PACKS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"[1-9]\d* passed", done.stdout + done.stderr), done.stdout + done.stderr


@test
def a_failing_rule_test_exits_4(stage):
    site = stage.site()
    folder = site.folder / "mine"
    folder.mkdir()
    packs = sorted((ROOT / "rules" / "packs").glob("*.toml"))
    for path in packs:
        (folder / path.name).write_bytes(path.read_bytes())
    changed = 0
    for path in folder.glob("*.test.toml"):
        text = path.read_text(encoding="utf-8")
        changed += text.count('verdict = "refer"')
        path.write_text(text.replace('verdict = "refer"', 'verdict = "approve"'), encoding="utf-8")
    assert changed, "the packs' tests have no verdict `refer` to spoil"
    done = site.lockgate("test", str(folder))
    assert done.returncode == 4, (done.returncode, done.stdout + done.stderr)


@test
def eval_prints_one_object_and_exits_by_the_verdict_when_asked(stage):
    site = stage.site()
    base = HARMLESS | {"money": {"cost_gbp": 400, "budget_approved": True}}
    children = {"participants": 12, "children": True, "adults_at_risk": False}
    cases = [
        ("approve", 0, base),
        ("refer", 6, base | {"people": children | {"role": "indirect"}}),
        ("block", 5, base | {"people": base["people"] | {"withhold_entitlement": True}}),
        ("ask_for_info", 9, {key: value for key, value in base.items() if key != "money"}),
    ]
    for verdict, code, facts in cases:
        path = site.folder / "facts.json"
        path.write_text(json.dumps(facts), encoding="utf-8")
        arguments = ["eval", "--rules", PACKS, "--gate", "submit", "-i", str(path), "--format", "json"]
        done = site.lockgate(*arguments)
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        assert said["verdict"] == verdict, (verdict, done.stdout)
        assert {"verdict", "findings", "unknown", "rules"} <= set(said), said.keys()
        for finding in said["findings"]:
            assert {"rule", "outcome", "to", "say", "facts"} <= set(finding), finding
        assert (verdict == "ask_for_info") == ("money.budget_approved" in said["unknown"]), said
        assert site.lockgate(*arguments, "--exit-code").returncode == code, verdict


@test
def what_is_typed_wrong_exits_2_and_what_cannot_be_done_exits_1(stage):
    site = stage.site()
    for arguments in [[], ["serv"], ["serve", "--nonsense"], ["eval"], ["eval", "--rules", "x", "--gate", "never"],
                      ["member", "add", "Ann Brook", "--name", "x", "-c", "."]]:
        done = site.lockgate(*arguments)
        assert done.returncode == 2, (arguments, done.returncode, done.stdout, done.stderr)
    for arguments in [["eval", "--rules", PACKS, "-i", "not-there.json"],
                      ["trigger", "not-there.json", "--source", "casework", "-c", "."]]:
        done = site.lockgate(*arguments)
        assert done.returncode == 1 and done.stderr, (arguments, done.returncode, done.stderr)
    assert site.lockgate("check", "not-there").returncode in (1, 3)
    done = site.lockgate("version")
    assert done.returncode == 0 and re.fullmatch(r"lockgate \d+\.\d+\.\d+\n", done.stdout), done.stdout


@test
def serve_names_every_mistake_of_the_configuration_and_exits_3(stage):
    site = stage.site()
    (site.folder / "boards" / "prototype-board.toml").write_text("nmae = 'x'\n", encoding="utf-8")
    site.settings["listne"] = "127.0.0.1:1"
    site.settings.pop("council")
    site.write()
    done = site.lockgate("serve", "-c", ".", timeout=30)
    assert done.returncode == 3, (done.returncode, done.stderr)
    for word in ["council", "listne", "nmae", "listen"]:
        assert word in done.stderr, (word, done.stderr)
    for source in site.sources.values():
        assert source.secret not in done.stderr


@test
def serve_does_not_start_on_a_database_that_is_not_one(stage):
    site = stage.site()
    (site.folder / "lockgate.db").mkdir()
    done = site.lockgate("serve", "-c", ".", timeout=60)
    assert done.returncode == 1, (done.returncode, done.stderr)
    assert "listening" not in done.stdout and done.stderr


@test
def a_role_that_no_seat_answers_for_is_an_error_at_the_start(stage):
    site = stage.site()
    board = site.folder / "boards" / "prototype-board.toml"
    board.write_text(board.read_text(encoding="utf-8").replace(', "Research Lead"', ""), encoding="utf-8")
    done = site.lockgate("serve", "-c", ".", timeout=30)
    assert done.returncode == 3 and "Research Lead" in done.stderr, (done.returncode, done.stderr)


@test
def trigger_signs_and_sends_a_file_as_it_is(stage):
    site = stage.site()
    server = site.start()
    path = site.folder / "sample.json"
    path.write_bytes(site.delivery("CASE-1").body)
    done = site.lockgate("trigger", str(path), "--source", "casework", "-c", ".", "--to", server.url, "--id", "msg_1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"verdict"' in done.stdout, done.stdout
    assert site.database.rows("SELECT source, id FROM deliveries") == [("casework", "msg_1")]
    path.write_bytes(b"{")
    done = site.lockgate("trigger", str(path), "--source", "casework", "-c", ".", "--to", server.url)
    assert done.returncode == 1, (done.returncode, done.stdout, done.stderr)


@test
def audit_verify_names_the_first_entry_that_was_changed_and_exits_8(stage):
    site = stage.site()
    server = site.start()
    for number in range(20):
        assert site.delivery(f"CASE-{number}").post(server).status == 200
    assert server.stop() == 0
    assert site.audit().returncode == 0
    with contextlib.closing(sqlite3.connect(site.database.file)) as base:
        index, = base.execute("SELECT max(place) FROM entries").fetchone()
        base.execute("UPDATE entries SET body = replace(body, 'approve', 'approvf') WHERE place = ?", (index - 5,))
        base.commit()
    done = site.audit()
    assert done.returncode == 8, (done.returncode, done.stdout, done.stderr)
    assert re.search(rf"\b{index - 5}\b", done.stdout + done.stderr), (index, done.stdout, done.stderr)


@test
def the_readme_command_with_nothing_but_curl_and_openssl_is_taken(stage):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    script = re.search(r"<!-- run by tests/system.*?-->\n```sh\n(.*?)```", readme, re.S)[1]
    site = stage.site()
    server = site.start()
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], capture_output=True, text=True, timeout=60,
                          env=os.environ | {"LOCKGATE": server.url, "SECRET": site.sources["casework"].secret},
                          check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "approve", done.stdout


@test
def health_is_told_and_the_ledgers_head_is_public(stage):
    site = stage.site()
    server = site.start()
    visitor = Visitor(server)
    assert visitor.get("/healthz").status == 200
    assert visitor.get("/readyz").status == 200
    assert site.delivery("CASE-1").post(server).status == 200
    deadline = time.monotonic() + 20
    while True:
        checkpoint = visitor.get("/ledger/checkpoint")
        if checkpoint.status == 200 and checkpoint.text.splitlines()[1:2] > ["0"]:
            break
        assert time.monotonic() < deadline, (checkpoint.status, checkpoint.text)
        time.sleep(0.05)
    lines = checkpoint.text.splitlines()
    assert lines[0] == "lockgate.test/ledger" and lines[3] == "", checkpoint.text
    assert lines[4].startswith("— lockgate.test/ledger "), checkpoint.text


@test
def an_idle_server_needs_less_than_40_megabytes(stage):
    site = stage.site()
    server = site.start()
    resident = server.resident_kilobytes()
    stage.note(f"{resident / 1024:.1f} MB")
    assert stage.options.is_sanitized or resident < 40 * 1024, resident
