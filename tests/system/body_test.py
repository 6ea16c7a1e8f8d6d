"""What a signed body may be made of (O44 to O47, O49 to O51)."""

import time

from harness.http import Broken, Connection, request_bytes
from harness.suite import BOTH, test
from harness.webhook import Delivery, message, sign

KIBIBYTE = 1024
LARGEST = 256 * KIBIBYTE


def signed(site, body):
    return Delivery(site.sources["casework"].secret, body)


def assert_problem(answer, *statuses):
    assert answer.status in statuses, (answer.status, answer.body[:300])
    assert answer.header("Content-Type") == "application/problem+json", answer.headers
    assert answer.json()["status"] == answer.status


def assert_nothing_kept(site):
    assert site.database.rows("SELECT count(*) FROM deliveries") == [(0,)]


def with_number(text, name="people", key="participants"):
    """A message in which the number stands literally."""
    return message("CASE-N").replace(f'"{key}": 30'.encode(), f'"{key}": {text}'.encode())


@test
def O44_deep_nesting_is_refused_at_once(stage):
    site = stage.site()
    server = site.start()
    deep = {
        "100,000 lists": b"[" * 100_000,
        "30,000 objects": b'{"a":' * 30_000,
        "balanced lists": b"[" * 50_000 + b"]" * 50_000,
        "depth 33": message("CASE-1", more=None).replace(b"null", b"[" * 31 + b"1" + b"]" * 31),
    }
    for name, body in deep.items():
        assert len(body) <= LARGEST, name
        assert_problem(signed(site, body).post(server), 400)
    assert_nothing_kept(site)
    fine = message("CASE-1", more=None).replace(b"null", b"[" * 20 + b"1" + b"]" * 20)
    assert signed(site, fine).post(server).status == 200


@test
def O45_a_key_that_comes_twice_is_refused(stage):
    site = stage.site()
    server = site.start()
    whole = message("CASE-1")
    twice = {
        "top level": b'{"type":"x",' + whole[1:],
        "the case": whole.replace(b'"case": "CASE-1"', b'"case": "CASE-1", "case": "CASE-2"'),
        "a fact": whole.replace(b'"cost_gbp": 400', b'"cost_gbp": 1, "cost_gbp": 1000000'),
        "the same after escapes": whole.replace(b'"cost_gbp": 400', b'"cost_gbp": 1, "\\u0063ost_gbp": 1000000'),
        "a group of facts": whole.replace(b'"gov":', b'"gov": {"route": "officer"}, "gov":'),
        "where nothing is read": whole.replace(b'"type":', b'"extra": {"a": 1, "b": 2, "a": 3}, "type":'),
    }
    for name, body in twice.items():
        assert body != whole, name
        assert_problem(signed(site, body).post(server), 400)
    assert_nothing_kept(site)


@test(on=BOTH)
def O46_texts_that_are_no_unicode_are_refused_with_their_place(stage):
    site = stage.site()
    server = site.start()
    whole = message("CASE-1", title="TITLE")
    bad = {
        "lone high surrogate": rb"\ud800",
        "lone low surrogate": rb"\udc00",
        "pair the wrong way round": rb"\udc00\ud800",
        "high surrogate and text": rb"\ud800x",
        "byte ff": b"\xff",
        "cut short": b"\xe2\x82",
        "overlong": b"\xc0\xaf",
        "overlong three": b"\xe0\x80\xaf",
        "surrogate as bytes": b"\xed\xa0\x80",
        "beyond the last code point": b"\xf4\x90\x80\x80",
        "escaped NUL": rb"\u0000",
        "NUL": b"\x00",
        "raw line end": b"\n",
        "bad escape": rb"\x41",
    }
    for name, text in bad.items():
        answer = signed(site, whole.replace(b"TITLE", text)).post(server)
        assert_problem(answer, 400)
        assert "errors" in answer.json(), name
        assert any(character.isdigit() for character in str(answer.json()["errors"])), (name, answer.body)
    for name, body in {"BOM": b"\xef\xbb\xbf" + whole, "UTF-16": whole.decode().encode("utf-16")}.items():
        assert signed(site, body).post(server).status in (400, 415), name
    assert_nothing_kept(site)
    fine = whole.replace(b"TITLE", rb"caf\u00e9 \ud83d\ude00 " + "naïve 😀 \u202e".encode())
    assert signed(site, fine).post(server).status == 200


@test
def O47_numbers_out_of_range_are_refused(stage):
    site = stage.site()
    server = site.start()
    for text in ["1e400", "-1e400", "1" + "0" * 400, "18446744073709551616", "-9223372036854775809",
                 "9223372036854775808", "NaN", "Infinity", "01", "+1", "1.", ".5", "0x10", "1e", "--1"]:
        answer = signed(site, with_number(text)).post(server)
        assert_problem(answer, 400, 422)
    for text in ["1e400", "-1e400", "NaN"]:
        assert_problem(signed(site, with_number(text)).post(server), 400)
    assert_nothing_kept(site)


@test(on=BOTH)
def O47_whole_numbers_keep_their_value_from_the_message_to_the_record(stage):
    site = stage.site()
    site.add_rules('''
[[rule]]
id = "local-01"
question = "How many people take part?"
when = 'people.participants > 9007199254740992'
at = { submit = "note" }
to = "Proposer"
say = "That is more people than there are."
basis = "local rules"
source = ["a test"]
checked_on = 2026-11-23
review_by = 2027-11-23
''')
    server = site.start()
    for exact in ["9007199254740993", "9223372036854775807"]:
        answer = signed(site, with_number(exact).replace(b"CASE-N", f"CASE-{exact}".encode())).post(server)
        assert answer.status == 200, answer.body
        finding = [each for each in answer.json()["findings"] if each["rule"] == "local-01"]
        assert len(finding) == 1, answer.body
        assert f'"people.participants":{exact}'.encode() in answer.body.replace(b" ", b""), answer.body
    lower = signed(site, with_number("9007199254740992").replace(b"CASE-N", b"CASE-L")).post(server)
    assert lower.status == 200 and b"local-01" not in lower.body, lower.body
    # -0 is 0, and so is a number too small to be told from it, where a double is asked for.
    for text in ["-0", "-0.0", "1e-400"]:
        body = message(f"CASE{text}").replace(b'"cost_gbp": 400', f'"cost_gbp": {text}'.encode())
        assert signed(site, body).post(server).status in (200, 400), text
    assert server.stop() == 0
    assert site.audit().returncode == 0


@test
def O49_only_json_in_utf_8_is_taken(stage):
    import gzip
    site = stage.site()
    server = site.start()
    for kind in ["text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded",
                 "application/jsonx", "text/json", "", "multipart/form-data; boundary=x"]:
        answer = site.delivery("CASE-1").post(server, headers={"Content-Type": kind})
        assert_problem(answer, 415)
    assert_problem(site.delivery("CASE-1").post(server, drop=["Content-Type"]), 415)
    bomb = signed(site, gzip.compress(b" " * 50_000_000, 9))
    assert len(bomb.body) < LARGEST
    before = server.resident_kilobytes()
    for encoding in ["gzip", "deflate", "br", "gzip, gzip"]:
        assert_problem(bomb.post(server, headers={"Content-Encoding": encoding}), 415)
    assert server.resident_kilobytes() - before < 20_000 * stage.options.slowness
    assert_nothing_kept(site)
    for kind in ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\""]:
        answer = site.delivery(f"CASE-{len(kind)}").post(server, headers={"Content-Type": kind})
        assert answer.status == 200, (kind, answer.body)


@test
def O50_a_body_over_the_limit_is_cut_off_as_soon_as_it_is_seen(stage):
    site = stage.site()
    server = site.start()
    delivery = site.delivery("CASE-1")
    size = LARGEST - len(delivery.body)
    largest = signed(site, delivery.body + b" " * size)
    assert len(largest.body) == LARGEST
    assert largest.post(server).status == 200
    before = server.resident_kilobytes()

    # By length: refused before the body is sent.
    head = request_bytes("POST", "/hooks/casework", [("Content-Type", "application/json"),
                                                     ("Content-Length", str(LARGEST + 1))])
    with Connection(server.port, timeout=5) as connection:
        answer = connection.exchange(head)
        assert_problem(answer, 413)
        assert connection.is_closed_by_peer(within=5)

    # By chunks: refused once the limit is passed, however much would follow.
    head = request_bytes("POST", "/hooks/casework", [("Content-Type", "application/json"),
                                                     ("Transfer-Encoding", "chunked")])
    with Connection(server.port, timeout=10) as connection:
        connection.send(head)
        sent = 0
        try:
            for _ in range(2000):
                connection.send(b"4000\r\n" + b" " * 0x4000 + b"\r\n")
                sent += 0x4000
        except Broken:
            pass
        assert sent < 16 * 1024 * KIBIBYTE, "the server read on and on"
    # A polite sender, which stops there, sees the answer.
    with Connection(server.port, timeout=10) as connection:
        answer = connection.exchange(head + b"40001\r\n" + b" " * (LARGEST + 1) + b"\r\n")
        assert_problem(answer, 413)
        assert connection.is_closed_by_peer(within=5)
    assert server.resident_kilobytes() - before < 20_000 * stage.options.slowness
    assert site.delivery("CASE-2").post(server).status == 200


@test
def O51_what_is_not_one_json_object_is_refused(stage):
    site = stage.site()
    server = site.start()
    whole = message("CASE-1")
    bad = {
        "empty": b"",
        "white space": b" \r\n\t ",
        "two values": whole + whole,
        "text after it": whole + b"x",
        "trailing comma": whole[:-1] + b",}",
        "comment": whole[:-1] + b"/* x */}",
        "line comment": b"// x\n" + whole,
        "single quotes": whole.replace(b'"', b"'"),
        "cut short": whole[:-5],
        "no quotes": b"{type: 1}",
        "HTML": b"<html></html>",
    }
    for name, body in bad.items():
        answer = signed(site, body).post(server)
        assert answer.status == 400, (name, answer.status, answer.body)
        assert_problem(answer, 400)
    for body in [b"null", b"[]", b'"x"', b"1", b"true"]:
        assert_problem(signed(site, body).post(server), 400, 422)
    assert_nothing_kept(site)


@test
def facts_that_do_not_fit_the_vocabulary_are_named_with_their_place_and_a_fix(stage):
    site = stage.site()
    server = site.start()
    body = message("CASE-1").replace(b'"participants": 30', b'"participants": "thirty"')
    body = body.replace(b'"route": ', b'"rout": ')
    answer = signed(site, body).post(server)
    assert_problem(answer, 422)
    errors = {each["pointer"]: each for each in answer.json()["errors"]}
    assert set(errors) == {"/data/facts/people/participants", "/data/facts/gov/rout"}, answer.body
    assert "route" in errors["/data/facts/gov/rout"]["fix"], answer.body
    assert all(each["detail"] and each["fix"] for each in errors.values()), answer.body
    assert b"thirty" not in server.log.read_bytes()
    assert_nothing_kept(site)


@test
def a_reading_of_the_body_comes_only_after_its_signature(stage):
    site = stage.site()
    server = site.start()
    for body in [b"", b"[" * 1000, b"\xff", b"{}"]:
        stamp = str(int(time.time()))
        forged = Delivery(site.sources["casework"].secret, body)
        wrong = sign("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", forged.identity, stamp, body)
        assert forged.post(server, timestamp=stamp, signature=wrong).status == 401
