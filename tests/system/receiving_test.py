"""Identity, signatures and duplicates of deliveries (O01 to O12, but for O02)."""

import time

from harness.http import Connection
from harness.server import Source
from harness.suite import BOTH, test
from harness.webhook import Delivery, message, new_secret, sign

ANY_SECRET = new_secret()


def second_begins():
    """Waits for the next whole second of the clock, so that a test knows where in it it is."""
    whole = int(time.time()) + 1
    while (left := whole - time.time()) > 0:
        time.sleep(left)
    return whole


def checks(site):
    return site.database.rows("SELECT count(*) FROM history")[0][0]


def without_date(answer):
    return (answer.status, answer.body,
            sorted((name.lower(), value) for name, value in answer.headers
                   if name.lower() not in ("date", "x-request-id")))


def assert_refused(answer, like=None):
    assert answer.status == 401, (answer.status, answer.body)
    assert answer.header("Content-Type") == "application/problem+json", answer.headers
    if like is not None:
        assert without_date(answer) == without_date(like), (answer, like)


@test(on=BOTH)
def O01_the_same_message_again_gets_the_same_answer_and_says_so(stage):
    site = stage.site()
    server = site.start()
    delivery = site.delivery("CASE-1")
    first = delivery.post(server)
    assert first.status == 200, first.body
    assert first.header("Idempotent-Replay") is None
    assert first.json()["verdict"] == "approve", first.body
    before = checks(site)
    again = delivery.post(server, timestamp=str(int(time.time()) - 60))
    assert (again.status, again.body) == (200, first.body)
    assert again.header("Idempotent-Replay") == "true", again.headers
    assert server.stop() == 0
    later = delivery.post(site.start())
    assert (later.status, later.body, later.header("Idempotent-Replay")) == (200, first.body, "true")
    assert checks(site) == before


@test(on=BOTH)
def O03_the_same_id_with_another_body_is_a_conflict(stage):
    receiver, source = stage.told()
    site = stage.site(source)
    server = site.start()
    first = site.delivery("CASE-1")
    answer = first.post(server)
    assert answer.status == 200, answer.body
    other = Delivery(first.secret, message("CASE-1", title="Something else"), first.identity)
    refused = other.post(server)
    assert refused.status == 409, refused.body
    assert refused.header("Content-Type") == "application/problem+json"
    assert first.post(server).body == answer.body
    event = server.logged("delivery_id_reused")
    assert len(event) == 1 and len({event[0]["first"], event[0]["second"]}) == 2, event
    # A sentinel shows that telling goes on.
    sentinel = site.delivery("CASE-SENTINEL")
    assert sentinel.post(server).status == 200
    assert receiver.wait(lambda hits: {hit.data()["case"] for hit in hits} == {"CASE-1", "CASE-SENTINEL"}, 20)
    time.sleep(1)
    assert len(receiver.hits) == 2, receiver.identities()


@test(on=BOTH)
def O03_two_bodies_with_one_id_at_once_give_one_decision(stage):
    site = stage.site()
    server = site.start()
    for round_ in range(10):
        one = site.delivery(f"CASE-{round_}")
        other = Delivery(one.secret, message(f"CASE-{round_}", title="Something else"), one.identity)
        with Connection(server.port) as left, Connection(server.port) as right:
            requests = [one.request(), other.request()]
            left.send(requests[0][:-1])
            right.send(requests[1][:-1])
            left.send(requests[0][-1:])
            right.send(requests[1][-1:])
            statuses = sorted([left.receive().status, right.receive().status])
        assert statuses == [200, 409], statuses
    assert checks(site) == 10


@test
def O04_the_same_id_from_two_sources_is_two_deliveries(stage):
    site = stage.site(Source("casework"), Source("planning"))
    server = site.start()
    one = site.delivery("CASE-1")
    other = Delivery(site.sources["planning"].secret, one.body, one.identity, "planning")
    first, second = one.post(server), other.post(server)
    assert (first.status, second.status) == (200, 200)
    assert second.header("Idempotent-Replay") is None
    assert first.json()["check"]["id"] != second.json()["check"]["id"]
    assert first.json()["prototype"]["id"] != second.json()["prototype"]["id"]


@test
def O05_timestamps_are_taken_within_five_minutes_and_not_beyond(stage):
    site = stage.site()
    server = site.start()
    refused = Delivery(ANY_SECRET, message("CASE-0")).post(server)
    for offset, taken in [(-301, False), (-299, True), (301, False), (299, True), (0, True)]:
        stamp = str(second_begins() + offset)
        answer = site.delivery(f"CASE{offset}").post(server, timestamp=stamp)
        if taken:
            assert answer.status == 200, (offset, answer.body)
        else:
            assert_refused(answer, like=refused)


@test
def O06_timestamps_that_are_no_numbers_are_refused_alike(stage):
    site = stage.site()
    server = site.start()
    refused = Delivery(ANY_SECRET, message("CASE-0")).post(server)
    now = int(time.time())
    odd = ["", "1e9", "0x5f", f"+{now}", f" {now - 400}", "-1", "99999999999999999999", f"{now}.5", f"{now},0",
           "٣", f"{now}Z", "NaN", f"{now} {now}", f"00{now}x"]
    for stamp in odd:
        stamp = stamp.encode().decode("latin-1")
        answer = site.delivery("CASE-1").post(server, timestamp=stamp)
        assert answer.status == 401, (stamp, answer.status)
        assert_refused(answer, like=refused)
    assert_refused(site.delivery("CASE-1").post(server, drop=["webhook-timestamp"]), like=refused)
    assert checks(site) == 0


@test
def O07_one_right_signature_among_a_few_is_enough_and_many_are_refused(stage):
    site = stage.site()
    server = site.start()

    def post(case, make):
        delivery = site.delivery(case)
        stamp = str(int(time.time()))
        right = sign(delivery.secret, delivery.identity, stamp, delivery.body)
        return delivery.post(server, timestamp=stamp, signature=make(right))

    wrong = sign(ANY_SECRET, "x", "1", b"y")
    assert post("CASE-1", lambda right: f"{wrong} {right} v9,abc").status == 200
    assert post("CASE-2", lambda right: f"v9,abc v1a,def {right}").status == 200
    assert_refused(post("CASE-3", lambda right: wrong))
    assert_refused(post("CASE-4", lambda right: " ".join([wrong] * 50 + [right])))
    assert_refused(post("CASE-5", lambda right: " ".join([right] + [wrong] * 50)))
    assert_refused(post("CASE-6", lambda right: ""))
    assert_refused(post("CASE-7", lambda right: right.replace("v1,", "v2,")))
    assert_refused(post("CASE-8", lambda right: right.replace("v1,", "")))
    assert_refused(post("CASE-9", lambda right: right[:-4]))
    assert_refused(site.delivery("CASE-10").post(server, drop=["webhook-signature"]))


@test(waits=True)
def O08_while_a_secret_is_changed_both_are_good_until_the_second_named(stage):
    old = new_secret()
    cut_off = int(time.time()) + 6
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(cut_off))
    source = Source(more=f'old_secret = "file:secrets/old"\nold_secret_until = {moment}\n')
    site = stage.site(source)
    site.keep_secret("old", old)
    (site.folder / "secrets" / "old").chmod(0o600)
    server = site.start()
    assert time.time() < cut_off - 1.5, "the server took too long to start for this test to mean anything"
    assert Delivery(old, message("CASE-1")).post(server).status == 200
    assert site.delivery("CASE-2").post(server).status == 200
    time.sleep(cut_off - 0.4 - time.time())
    last = Delivery(old, message("CASE-3")).post(server)
    assert time.time() < cut_off and last.status == 200, last.status
    time.sleep(cut_off + 0.05 - time.time())
    assert_refused(Delivery(old, message("CASE-4")).post(server))
    assert site.delivery("CASE-5").post(server).status == 200


@test
def O09_a_signature_is_good_for_its_own_source_alone(stage):
    site = stage.site(Source("casework"), Source("planning"))
    server = site.start()
    casework = site.sources["casework"].secret
    assert_refused(Delivery(casework, message("CASE-1"), source="planning").post(server))
    assert Delivery(casework, message("CASE-1"), source="casework").post(server).status == 200


@test
def O10_the_raw_bytes_are_signed_and_not_their_meaning(stage):
    site = stage.site()
    server = site.start()
    delivery = site.delivery("CASE-1")
    body = delivery.body
    variants = {
        "one byte": body.replace(b"CASE-1", b"CASE-2"),
        "white space": body.replace(b": ", b":"),
        "a space at the end": body + b" ",
        "order of keys": b'{"timestamp":"2026-11-23T09:00:00Z",' + body.replace(
            b', "timestamp": "2026-11-23T09:00:00Z"', b"")[1:],
        "LF before": b"\n" + body,
        "CRLF at the end": body + b"\r\n",
        "shorter": body[:-1],
        "empty": b"",
    }
    for name, variant in variants.items():
        assert variant != body, name
        answer = delivery.post(server, body=variant)
        assert answer.status == 401, (name, answer.status, answer.body)
    assert delivery.post(server).status == 200


@test
def O10_line_ends_are_part_of_what_is_signed(stage):
    site = stage.site()
    server = site.start()
    crlf = Delivery(site.sources["casework"].secret, message("CASE-1").replace(b', "', b',\r\n"'))
    assert_refused(crlf.post(server, body=crlf.body.replace(b"\r\n", b"\n")))
    assert crlf.post(server).status == 200


@test
def O11_every_failure_to_authenticate_is_answered_byte_for_byte_alike(stage):
    site = stage.site(Source("casework"), Source("planning"))
    server = site.start()
    secret = site.sources["casework"].secret
    answers = {
        "wrong secret": Delivery(ANY_SECRET, message("CASE-1")).post(server),
        "secret of another source": Delivery(site.sources["planning"].secret, message("CASE-1")).post(server),
        "unknown source": Delivery(secret, message("CASE-1"), source="nobody").post(server),
        "old": Delivery(secret, message("CASE-1")).post(server, timestamp="1700000000"),
        "no signature": Delivery(secret, message("CASE-1")).post(server, drop=["webhook-signature"]),
        "no id": Delivery(secret, message("CASE-1")).post(server, drop=["webhook-id"]),
        "not JSON": Delivery(ANY_SECRET, b"\xff").post(server),
        "signature is no base64": Delivery(secret, message("CASE-1")).post(server, signature="v1,!!!!"),
    }
    for name, answer in answers.items():
        assert answer.status == 401, (name, answer.status)
        assert without_date(answer) == without_date(answers["wrong secret"]), name
    assert secret not in server.log.read_text(encoding="utf-8")


@test
def O12_ids_that_could_forge_signed_content_are_refused(stage):
    site = stage.site()
    server = site.start()
    delivery = site.delivery("CASE-1")
    odd = ["", ".", "msg.1700000000", "a.b", "m" * 257, "m" * 5000, "msg\x01", "msg\x1b[0m", "msg\x7f", "msg\x80\xff",
           "msg 1", "msg\t1"]
    for identity in odd:
        delivery.identity = identity
        answer = delivery.post(server)
        assert answer.status in (400, 401), (identity, answer.status)
        assert delivery.secret.encode() not in answer.body
    # The id ends where its first full stop is: the rest of it is not a timestamp.
    stamp = str(int(time.time()))
    delivery.identity = "msg"
    signature = sign(delivery.secret, f"msg.{stamp}", stamp, delivery.body)
    assert delivery.post(server, timestamp=stamp, signature=signature).status == 401
    assert checks(site) == 0
    longest = site.delivery("CASE-2")
    longest.identity = "m" * 100
    assert longest.post(server).status == 200
