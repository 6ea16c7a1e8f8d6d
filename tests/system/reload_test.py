"""Rules that change while Lockgate runs (O33, O35)."""

import signal
import time

from harness.senders import Senders
from harness.suite import BOTH, test

RULE = '''
[[rule]]
id = "{id}"
question = "Is anybody taking part?"
when = 'people.participants > 0'
at = {{ submit = "note" }}
to = "Proposer"
say = "{say}"
basis = "local rules"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23
'''


def rules(say):
    """Several rules, so that a mix of two sets would show."""
    return "".join(RULE.format(id=f"local-{number:02}", say=say) for number in range(8))


def reload_and_wait(server, event):
    """Sends SIGHUP and waits until one more of that event is in the log; gives it."""
    before = len(server.logged(event))
    server.signal(signal.SIGHUP)
    deadline = time.monotonic() + 20
    while len(server.logged(event)) == before:
        assert time.monotonic() < deadline, f"no `{event}` in the log after SIGHUP"
        assert server.is_alive()
        time.sleep(0.01)
    return server.logged(event)[-1]


@test
def O33_a_half_written_rule_file_leaves_the_old_rules_in_force(stage):
    site = stage.site()
    site.add_rules(rules("first"))
    server = site.start()
    first = site.delivery("CASE-1").post(server).json()
    whole = rules("second")
    path = site.folder / "rules" / "local.toml"
    for cut in [len(whole) // 3, len(whole) // 2, len(whole) - 2]:
        path.write_text(whole[:cut] + "\nwhen = '", encoding="utf-8")
        line = reload_and_wait(server, "rules_refused")
        assert "local.toml" in str(line), line
        now = site.delivery(f"CASE-{cut}").post(server).json()
        assert now["check"]["rules"] == first["check"]["rules"], "another rule set came into force"
        assert {finding["say"] for finding in now["findings"]} == {"first"}, now
    path.write_text(whole, encoding="utf-8")
    reload_and_wait(server, "rules_in_force")
    second = site.delivery("CASE-2").post(server).json()
    assert second["check"]["rules"] != first["check"]["rules"]
    assert {finding["say"] for finding in second["findings"]} == {"second"}, second
    assert server.stop() == 0
    assert site.audit().returncode == 0


@test
def O33_rules_that_are_not_valid_stop_a_start(stage):
    site = stage.site()
    site.add_rules(rules("first").replace("people.participants", "people.particpants", 1))
    done = site.lockgate("serve", "-c", ".", timeout=30)
    assert done.returncode == 3, (done.returncode, done.stderr)
    assert "people.participants" in done.stderr and "local.toml:5" in done.stderr, done.stderr
    assert "listening" not in done.stdout


@test(on=BOTH)
def O35_reloaded_under_load_each_check_is_made_by_one_whole_rule_set(stage):
    site = stage.site()
    words = ["alpha", "beta"]
    site.add_rules(rules(words[0]))
    server = site.start()
    senders = Senders(lambda number: (site.delivery(f"CASE-{number}"), f"CASE-{number}"),
                      lambda: server.port, threads=6)
    path = site.folder / "rules" / "local.toml"
    for number in range(1, 21):
        fresh = site.folder / "next.toml"
        fresh.write_text(rules(words[number % 2]), encoding="utf-8")
        fresh.replace(path)
        reload_and_wait(server, "rules_in_force")
        seen = len(senders.acknowledged())
        while len(senders.acknowledged()) < seen + 10:
            time.sleep(0.005)
    senders.finish()
    said_by = {}
    for operation in senders.acknowledged():
        answer = operation.answer.json()
        said = {finding["say"] for finding in answer["findings"] if finding["rule"].startswith("local-")}
        assert len(said) == 1, f"a mix of rule sets: {said}"
        assert len(answer["findings"]) == 8, answer["findings"]
        said_by.setdefault(answer["check"]["rules"], set()).update(said)
    assert len(said_by) == 2 and all(len(said) == 1 for said in said_by.values()), said_by
    stage.note(f"20 reloads, {len(senders.acknowledged())} checks")
    assert not any(operation.odd for operation in senders.history)
    assert server.stop() == 0
    assert site.audit().returncode == 0
