"""Many at once: one check, one vote (O02)."""

import selectors

from harness.http import Connection
from harness.suite import BOTH, test
from harness.database import POSTGRES

SENDERS = 200
ROUNDS = 20


def volley(ports, request, senders=SENDERS):
    """Sends the same request over that many connections at the same moment; gives the answers."""
    connections = [Connection(ports[number % len(ports)]).open() for number in range(senders)]
    try:
        for connection in connections:
            connection.send(request[:-1])
        for connection in connections:
            connection.send(request[-1:])
        with selectors.DefaultSelector() as waiting:
            for connection in connections:
                waiting.register(connection.link, selectors.EVENT_READ, connection)
            answers = []
            while waiting.get_map():
                ready = waiting.select(timeout=30)
                assert ready, f"{len(waiting.get_map())} of {senders} were not answered"
                for key, _ in ready:
                    waiting.unregister(key.fileobj)
                    answers.append(key.data.receive())
            return answers
    finally:
        for connection in connections:
            connection.close()


def assert_one_decision(answers):
    """One answer for all; whoever came while it was in the making may be told to wait."""
    decided = [answer for answer in answers if answer.status == 200]
    assert decided, {answer.status for answer in answers}
    assert len({answer.body for answer in decided}) == 1, {answer.body for answer in decided}
    fresh = [answer for answer in decided if answer.header("Idempotent-Replay") is None]
    assert len(fresh) == 1, f"{len(fresh)} answers claim to be the first"
    for answer in answers:
        if answer.status != 200:
            assert answer.status in (409, 425), (answer.status, answer.body)
            assert answer.header("Retry-After"), answer.headers
    return len(decided)


def race(stage, site, servers):
    decided = 0
    for round_ in range(ROUNDS):
        delivery = site.delivery(f"CASE-{round_}")
        decided += assert_one_decision(volley([server.port for server in servers], delivery.request()))
        rows = site.database.rows("SELECT count(*) FROM history")
        assert rows == [(round_ + 1,)], rows
    stage.note(f"{ROUNDS} rounds, {decided} of {ROUNDS * SENDERS} had the decision at once")
    for server in servers:
        assert not [line for line in server.log_lines() if line["level"] == "error"], server.log
        assert server.stop() == 0
    verified = site.audit()
    assert verified.returncode == 0, verified.stdout + verified.stderr


@test(on=BOTH)
def O02_two_hundred_senders_of_one_message_at_once_get_one_check(stage):
    site = stage.site()
    race(stage, site, [site.start()])


@test(on=(POSTGRES,))
def O02_two_hundred_senders_to_two_processes_at_once_get_one_check(stage):
    site = stage.site()
    race(stage, site, [site.start(), site.start()])


@test(on=BOTH)
def O02_messages_for_one_case_at_once_are_all_checked_one_after_the_other(stage):
    site = stage.site()
    server = site.start()
    deliveries = [site.delivery("CASE-1", number=number) for number in range(20)]
    connections = [Connection(server.port).open() for _ in deliveries]
    requests = [delivery.request() for delivery in deliveries]
    for connection, request in zip(connections, requests):
        connection.send(request[:-1])
    for connection, request in zip(connections, requests):
        connection.send(request[-1:])
    answers = [connection.receive() for connection in connections]
    # Whoever lost the race too often is told to come again, and is then taken.
    for index, answer in enumerate(answers):
        for _ in range(30):
            if answer.status == 200:
                break
            assert answer.status == 503 and answer.header("Retry-After"), (answer.status, answer.body)
            answer = deliveries[index].post(server)
        answers[index] = answer
    for connection in connections:
        connection.close()
    numbers = sorted(answer.json()["check"]["number"] for answer in answers)
    assert numbers == list(range(1, 21)), numbers
    assert len({answer.json()["prototype"]["id"] for answer in answers}) == 1
