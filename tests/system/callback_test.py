"""Telling the case system what was decided (O63, O64, O71)."""

import json
import time

from harness.http import Broken, Connection
from harness.receiver import Reaction
from harness.suite import BOTH, test

# Longer than a promise is leased to a process that may have died.
LEASE_AND_MORE = 150


def case_of(hit):
    return hit.data()["case"]


def tell(site, server, *cases):
    """Has these cases decided by the rules alone, so that each is to be told."""
    for case in cases:
        answer = site.delivery(case).post(server)
        assert answer.status == 200 and answer.json()["decision"], answer.body


@test(on=BOTH)
def a_decision_is_told_once_signed_and_without_facts(stage):
    receiver, source = stage.told()
    site = stage.site(source)
    server = site.start()
    answer = site.delivery("CASE-1").post(server).json()
    assert receiver.wait(lambda hits: hits, 20)
    hit, = receiver.hits
    assert hit.is_signed_with(source.callback_secret)
    assert abs(int(hit.headers["webhook-timestamp"]) - time.time()) < 60
    assert hit.path == "/decisions"
    told = json.loads(hit.body)
    assert told["type"] == "decision.made"
    data = told["data"]
    assert data["id"] == answer["decision"]["id"]
    assert data["prototype"] == answer["prototype"]["id"]
    assert (data["case"], data["gate"], data["verdict"], data["outcome"]) == ("CASE-1", "submit", "approve", "approved")
    assert data["conditions"] == [] and data["findings"] == []
    assert data["url"].endswith("/p/" + data["prototype"])
    assert "facts" not in data
    assert server.stop() == 0
    assert site.audit().returncode == 0


class Behaviours:
    """How receivers misbehave, by the case that they are told about."""

    FIRST_FAILS = {
        "CASE-500": Reaction(500),
        "CASE-503": Reaction(503),
        "CASE-301": Reaction(301, {"Location": "/elsewhere"}),
        "CASE-302": Reaction(302, {"Location": "/elsewhere"}),
        "CASE-404": Reaction(404),
        "CASE-hang-up": Reaction(hang_up=True),
        "CASE-16-seconds": Reaction(200, seconds=16.5),
        "CASE-429": Reaction(429, {"Retry-After": "4"}),
    }
    LAST = {"CASE-14-seconds": Reaction(200, seconds=14)}

    def __call__(self, hit, before):
        case = case_of(hit)
        if case in self.LAST:
            return self.LAST[case]
        return self.FIRST_FAILS[case] if before == 0 else Reaction(200)


@test(waits=True)
def O63_a_receiver_that_fails_is_told_again_by_the_schedule(stage):
    receiver, source = stage.told(Behaviours(), retry_seconds=[2, 2, 2])
    site = stage.site(source)
    server = site.start()
    again, last = list(Behaviours.FIRST_FAILS), list(Behaviours.LAST)
    tell(site, server, *again, *last)
    whole = receiver.wait(lambda hits: all(sum(case_of(hit) == case for hit in hits) == 2 for case in again) and
                          all(any(case_of(hit) == case for hit in hits) for case in last), 120)
    counts = {case: len(receiver.about(case)) for case in again + last}
    assert whole, counts
    time.sleep(5)  # longer than the schedule: nothing more may come
    counts = {case: len(receiver.about(case)) for case in again + last}
    assert counts == {case: 2 for case in again} | {case: 1 for case in last}, counts
    for case in again:
        first, second = receiver.about(case)
        assert first.identity == second.identity, case
        assert first.data() == second.data(), case
        assert int(second.headers["webhook-timestamp"]) >= int(first.headers["webhook-timestamp"]) + 1, case
        assert first.headers["webhook-signature"] != second.headers["webhook-signature"], case
        for hit in (first, second):
            assert hit.is_signed_with(source.callback_secret), case
    assert len({receiver.about(case)[0].identity for case in again + last}) == len(again + last)
    waited = receiver.about("CASE-429")
    assert waited[1].at - waited[0].at >= 3.9, "Retry-After was not honoured"
    assert {hit.path for hit in receiver.hits} == {"/decisions"}, "a redirect was followed"
    assert not server.logged("telling_given_up"), server.logged("telling_given_up")


@test(on=BOTH)
def O63_a_receiver_that_is_gone_is_told_nothing_more_and_others_are(stage):
    gone, source = stage.told(lambda hit, before: Reaction(410), retry_seconds=[1, 1, 1])
    there, other = stage.told()
    other.identity = "planning"
    site = stage.site(source, other)
    server = site.start()
    tell(site, server, "CASE-1")
    assert gone.wait(lambda hits: hits, 20)
    deadline = time.monotonic() + 20
    while not server.logged("telling_given_up"):
        assert time.monotonic() < deadline, "it was not given up"
        time.sleep(0.05)
    assert server.logged("callback_disabled")[0]["source"] == "casework", server.log_lines()
    tell(site, server, "CASE-2")
    answer = site.delivery("CASE-3", source="planning").post(server)
    assert answer.status == 200, answer.body
    assert there.wait(lambda hits: hits, 20)
    time.sleep(3)  # longer than the schedule
    assert len(gone.hits) == 1, [case_of(hit) for hit in gone.hits]
    assert server.stop() == 0
    assert site.audit().returncode == 0


@test(waits=True)
def O63_a_receiver_that_never_takes_it_is_given_up_after_the_last_attempt(stage):
    receiver, source = stage.told(lambda hit, before: Reaction(500), retry_seconds=[1, 1])
    site = stage.site(source)
    server = site.start()
    tell(site, server, "CASE-1")
    assert receiver.wait(lambda hits: len(hits) == 3, 60), len(receiver.hits)
    deadline = time.monotonic() + 20
    while not server.logged("telling_given_up"):
        assert time.monotonic() < deadline, "it was not given up"
        time.sleep(0.05)
    time.sleep(4)
    assert len(receiver.hits) == 3 and len(receiver.identities()) == 1


@test(waits=True, on=BOTH)
def O64_killed_after_the_receiver_took_it_it_is_told_again_under_the_same_id(stage):
    cases = [f"CASE-{number}" for number in range(5)]
    servers, killed = [], []

    def react(hit, before):
        case = case_of(hit)
        if before or case not in cases:
            return Reaction(200)
        # The receiver takes it; the sender stands still, and dies before it can write that down.
        killed.append(hit.identity)
        server = servers[cases.index(case)]
        server.freeze()
        return Reaction(200, then=server.kill)

    receiver, source = stage.told(react, retry_seconds=[1, 1, 1])
    site = stage.site(source)
    for case in cases:
        servers.append(site.start())
        try:
            tell(site, servers[-1], case)
        except Broken:
            pass  # killed before it had answered: the message is sent again below
        servers[-1].process.wait(60)
    assert len(killed) == len(cases)
    servers.append(site.start())
    tell(site, servers[-1], "CASE-sentinel")
    decided = len(cases) + 1
    assert receiver.wait(lambda hits: len({case_of(hit) for hit in hits}) == decided, LEASE_AND_MORE)
    deadline = time.monotonic() + LEASE_AND_MORE
    waiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'"
    while site.database.rows(waiting) != [(0,)]:
        assert time.monotonic() < deadline, "promises are still open"
        time.sleep(0.2)
    assert len(receiver.identities()) == decided, receiver.identities()
    repeated = [identity for identity in killed if receiver.identities()[identity] >= 2]
    stage.note(f"{len(repeated)} of {len(killed)} were told twice")
    assert len(repeated) == len(killed), receiver.identities()
    assert servers[-1].stop() == 0
    assert site.audit().returncode == 0


@test(waits=True, on=BOTH)
def O71_what_could_not_be_recorded_is_told_to_nobody(stage):
    receiver, source = stage.told(retry_seconds=[1])
    site = stage.site(source)
    server = site.start()
    tell(site, server, "CASE-before")
    lost = site.delivery("CASE-lost")
    with site.database.locked_for_writing():
        answer = lost.post(server)
        assert answer.status == 503, (answer.status, answer.body)
        assert answer.header("Retry-After"), answer.headers
    tell(site, server, "CASE-after")
    assert receiver.wait(lambda hits: any(case_of(hit) == "CASE-after" for hit in hits), 60)
    assert {case_of(hit) for hit in receiver.hits} == {"CASE-before", "CASE-after"}
    # The same message once more is taken as if for the first time, and is told.
    assert lost.post(server).status == 200
    assert receiver.wait(lambda hits: any(case_of(hit) == "CASE-lost" for hit in hits), 60)
    assert server.stop() == 0
    assert site.audit().returncode == 0


@test(on=BOTH)
def O71_killed_before_the_commit_nothing_is_told(stage):
    receiver, source = stage.told(retry_seconds=[1])
    site = stage.site(source)
    server = site.start()
    tell(site, server, "CASE-before")

    with site.database.locked_for_writing(), Connection(server.port) as connection:
        connection.send(site.delivery("CASE-lost").request())
        time.sleep(0.5)  # by now it waits for the lock
        server.kill()
    healed = site.start()
    tell(site, healed, "CASE-after")
    assert receiver.wait(lambda hits: any(case_of(hit) == "CASE-after" for hit in hits), LEASE_AND_MORE)
    assert "CASE-lost" not in {case_of(hit) for hit in receiver.hits}
