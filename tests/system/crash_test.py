"""Killed at any moment: nothing acknowledged is lost, nothing is checked twice (O13 to O15)."""

import contextlib
import signal
import subprocess
import time

from harness.http import Broken, Connection
from harness.senders import Senders
from harness.suite import BOTH, test

# Fewer acknowledged messages per life than this prove nothing.
LEAST_PER_KILL = 20


def assert_history_holds(site, server, history):
    """Every acknowledged message is there, once, and is answered the same again."""
    for operation in history:
        assert not operation.odd, (operation.case, operation.odd)
    acknowledged = [operation for operation in history if operation.is_acknowledged]
    with Connection(server.port) as connection:
        for operation in acknowledged:
            again = connection.exchange(operation.delivery.request())
            assert again.status == operation.answer.status, (operation.case, again.status, again.body)
            assert again.body == operation.answer.body, (operation.case, again.body, operation.answer.body)
            assert again.header("Idempotent-Replay") == "true", operation.case
    kept = site.database.rows("SELECT source, id, count(*) FROM deliveries GROUP BY 1, 2 HAVING count(*) > 1")
    assert kept == [], kept
    # One case per message: a prototype with two events was checked twice.
    twice = site.database.rows("SELECT prototype, count(*) FROM history GROUP BY 1 HAVING count(*) > 1")
    assert twice == [], twice
    (events,), = site.database.rows("SELECT count(*) FROM history")
    (deliveries,), = site.database.rows("SELECT count(*) FROM deliveries")
    assert events == deliveries, (events, deliveries)
    assert len(acknowledged) <= events <= len(history), (len(acknowledged), events, len(history))
    return len(acknowledged)


@test(on=BOTH)
def O13_killed_again_and_again_under_load_it_loses_nothing_and_checks_nothing_twice(stage):
    receiver, source = stage.told()
    site = stage.site(source)
    alive = [site.start()]

    def make(number):
        return site.delivery(f"CASE-{number}"), f"CASE-{number}"

    senders = Senders(make, lambda: alive[0].port if alive else None, threads=8, pause=0.04)
    kills = stage.options.kills
    for _ in range(kills):
        # A random moment, but not before the load is on again.
        enough, deadline = len(senders.acknowledged()) + LEAST_PER_KILL, time.monotonic() + 120
        while len(senders.acknowledged()) < enough:
            assert time.monotonic() < deadline, "too little was acknowledged to mean anything"
            time.sleep(0.005)
        time.sleep(stage.random.uniform(0.0, 0.4))
        server = alive.pop()
        assert server.kill() == -signal.SIGKILL
        assert server.log_lines() is not None
        verified = site.audit()
        assert verified.returncode == 0, verified.stdout + verified.stderr
        alive.append(site.start())
    # Under load as well.
    verified = site.audit()
    assert verified.returncode == 0, verified.stdout + verified.stderr
    senders.finish()
    acknowledged = assert_history_holds(site, alive[0], senders.history)
    stage.note(f"{kills} kills, {acknowledged} acknowledged, "
               f"{sum(operation.attempts for operation in senders.history)} attempts")
    assert acknowledged >= LEAST_PER_KILL * kills, f"only {acknowledged} messages were acknowledged"
    assert alive[0].stop() == 0
    verified = site.audit()
    assert verified.returncode == 0, verified.stdout + verified.stderr
    # Nothing was told that is not recorded, and nothing under two ids.
    decided = {row[0] for row in site.database.rows("SELECT prototype FROM history")}
    told = {}
    for hit in list(receiver.hits):
        told.setdefault(hit.data()["case"], set()).add(hit.identity)
    assert len(told) <= len(decided)
    assert all(len(identities) == 1 for identities in told.values())
    assert {operation.case for operation in senders.history} >= set(told)


@contextlib.contextmanager
def killed_at(server, calls, nth):
    """While it lasts, the server is killed as any of its threads enters its n-th call of these."""
    command = ["strace", "-f", "-p", str(server.process.pid), "-o", "/dev/null", "-e", f"trace={calls}",
               "-e", f"inject={calls}:signal=KILL:when={nth}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as strace:
        try:
            said = strace.stderr.readline()
            assert "attached" in said, said
            yield
        finally:
            server.end()
            strace.stderr.read()  # it ends with what it traces


@test(on=BOTH)
def O14_killed_between_the_commit_and_the_answer_the_same_decision_is_given_again(stage):
    site = stage.site()
    kills = unanswered = 0
    # The answer leaves by sendmsg; before it come the database's calls, and those by which
    # threads wake each other.
    for calls in ["sendmsg", "sendto", "write,writev", "pwrite64,fdatasync"]:
        for nth in range(1, 100):
            server = site.start()
            delivery = site.delivery(f"CASE-{calls}-{nth}")
            with killed_at(server, calls, nth):
                try:
                    answer = delivery.post(server)
                except Broken:
                    answer = None
            kills += answer is None
            healed = site.start()
            again = delivery.post(healed)
            assert again.status == 200, again.body
            replayed = again.header("Idempotent-Replay") == "true"
            unanswered += answer is None and replayed
            assert answer is None or (replayed and again.body == answer.body), (calls, nth)
            assert healed.stop() == 0
            if answer is not None:
                break  # it went out before the n-th call
    twice = site.database.rows("SELECT prototype, count(*) FROM history GROUP BY 1 HAVING count(*) > 1")
    assert twice == [], twice
    verified = site.audit()
    assert verified.returncode == 0, verified.stdout + verified.stderr
    stage.note(f"{kills} kills, {unanswered} between the commit and the answer")
    assert unanswered >= 1, "no kill fell between the commit and the answer"


@test(on=BOTH)
def O15_on_SIGTERM_under_load_it_answers_what_it_took_and_exits_0(stage):
    site = stage.site()
    acknowledged = 0
    histories = []
    for round_ in range(5):
        server = site.start()
        senders = Senders(lambda number, round_=round_: (site.delivery(f"CASE-{round_}-{number}"), ""),
                          lambda server=server: server.port, threads=8)
        while len(senders.acknowledged()) < 50:
            time.sleep(0.005)
        time.sleep(stage.random.uniform(0.0, 0.2))
        assert server.stop() == 0, server.log.read_text(encoding="utf-8")[-1000:]
        senders.abandon()
        histories += senders.history
        acknowledged += len(senders.acknowledged())
        verified = site.audit()
        assert verified.returncode == 0, verified.stdout + verified.stderr
    stage.note(f"{acknowledged} acknowledged")
    assert_history_holds(site, site.start(), histories)


@test
def O15_a_request_in_flight_is_finished_and_a_new_one_is_not_begun(stage):
    site = stage.site()
    server = site.start()
    slow = site.delivery("CASE-1")
    request = slow.request()
    with Connection(server.port) as connection:
        connection.send(request[:-10])
        assert site.delivery("CASE-2").post(server).status == 200  # the slow one has been read by now
        server.signal(signal.SIGTERM)
        refused = False
        for _ in range(200):
            try:
                with Connection(server.port, timeout=1):
                    time.sleep(0.01)
            except Broken:
                refused = True
                break
        assert refused, "it went on accepting"
        connection.send(request[-10:])
        assert connection.receive().status == 200
    assert server.process.wait(20) == 0
    assert slow.post(site.start()).header("Idempotent-Replay") == "true"
