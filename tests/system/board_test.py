"""A board takes a decision: who may vote, once, and what comes of it (O72 to O75)."""

import re
import selectors
import urllib.parse

from harness import board
from harness.database import POSTGRES
from harness.http import Connection
from harness.pages import Visitor
from harness.suite import BOTH, test
from harness.webhook import FOR_THE_BOARD

BALLOT_OF_ANOTHER_BOARD = '''\
name = "Estates board"
quorum = 1

[[seat]]
id = "estates"
name = "Estates"
member = "eve.hall"
roles = []
'''


def refer(site, server, case="CASE-1", **data):
    """Sends what needs the board; gives the prototype's number."""
    answer = site.delivery(case, FOR_THE_BOARD, **data).post(server)
    assert answer.status == 202, (answer.status, answer.body)
    said = answer.json()
    assert said["verdict"] == "refer" and said["decision"] is None, said
    assert [ballot["board"] for ballot in said["ballots"]], said
    return said["prototype"]["id"]


def post_vote(visitor, page, headers=()):
    """Sends the form of the last look at a vote, without following what comes of it."""
    form = page.form()
    return visitor.post(urllib.parse.urljoin(page.path, form.action), visitor.filled(form), follow=False,
                        headers=headers)


@test(on=BOTH)
def a_referred_prototype_is_decided_by_the_votes_of_two_and_told(stage):
    receiver, source = stage.told()
    site = stage.site(source)
    server = site.start()
    ann, dev, mo = board.board_of_three(site, server)
    number = refer(site, server)
    assert number in ann.get("/tasks").text and number in mo.get("/tasks").text
    done = board.vote(mo, number)
    assert done.status == 200, done.text[:500]
    assert not receiver.hits
    done = board.vote(ann, number, "yes_with_conditions", conditions="Tell the ward councillors first.")
    assert done.status == 200, done.text[:500]
    assert receiver.wait(lambda hits: hits, 20)
    told = receiver.hits[0].data()
    assert (told["prototype"], told["outcome"], told["verdict"]) == (number, "approved_with_conditions", "refer"), told
    assert told["conditions"] == ["Tell the ward councillors first."], told
    assert board.votes(site) == 2
    assert number not in dev.get("/tasks").text
    # A lesson closes it, and can be read again.
    page = ann.get(f"/p/{number}/lesson")
    values = {"result": "did_not_work", "expected": "More visits.", "happened": "Fewer visits.", "next": "Ask first."}
    done = ann.submit(page, *values, **values)
    assert done.status == 200, (done.status, done.text[-3000:])
    assert "Fewer visits." in dev.get(f"/p/{number}").text
    assert server.stop() == 0
    assert site.audit().returncode == 0


@test(on=BOTH)
def O72_only_members_of_the_board_can_vote(stage):
    site = stage.site()
    (site.folder / "boards" / "estates-board.toml").write_text(BALLOT_OF_ANOTHER_BOARD, encoding="utf-8")
    server = site.start()
    ann, _, mo = board.board_of_three(site, server)
    eve = board.join(site, server, "eve.hall", "Eve Hall")     # of another board
    sam = board.join(site, server, "sam.gray", "Sam Gray")     # of no board
    admin = board.join(site, server, "al.cross", "Al Cross", "--admin")
    number = refer(site, server)
    look = board.checked_vote(mo, number)
    target = urllib.parse.urljoin(look.path, look.form().action)
    fields = mo.filled(look.form())

    nobody = Visitor(server)
    for path in [f"/p/{number}/review", f"/p/{number}/vote/check", "/tasks"]:
        page = nobody.get(path, follow=False)
        assert page.status in (303, 302, 401, 403, 404, 405), (path, page.status)
    assert nobody.post(target, fields, follow=False).status in (302, 303, 401, 403)
    forged = Visitor(server, cookies={name: "A" * len(value) for name, value in mo.cookies.items()})
    assert forged.post(target, fields, follow=False).status in (302, 303, 401, 403)

    for name, other in {"another board": eve, "no board": sam, "administrator": admin}.items():
        mine = [(key, csrf_of(other) if key == "csrf" else value) for key, value in fields]
        refused = other.post(target, mine, follow=False)
        assert refused.status in (403, 404), (name, refused.status, refused.text[:300])
    # Mo's own form with another's session: the token is not theirs.
    assert ann.post(target, fields, follow=False).status == 403
    without = [(key, value) for key, value in fields if key != "csrf"]
    assert mo.post(target, without, follow=False).status == 403
    assert mo.post(target, fields, follow=False, headers=[("Sec-Fetch-Site", "cross-site")]).status == 403
    assert mo.get(target, follow=False).status in (404, 405), "a GET must not vote"
    assert board.votes(site) == 0
    # A session ends at once when it is signed out.
    page = mo.get("/tasks")
    cookies = dict(mo.cookies)
    mo.post("/sign-out", [("csrf", csrf_of(mo))])
    assert page.status == 200
    late = Visitor(server, cookies)
    assert late.post(target, fields, follow=False).status in (302, 303, 401, 403)
    assert board.votes(site) == 0
    assert server.stop() == 0
    assert site.audit().returncode == 0


def csrf_of(visitor):
    """The token of the visitor's session: every page with a form has it."""
    found = re.search(r'name="csrf" value="([^"]+)"', visitor.get("/tasks").text)
    assert found, "the tasks page has no form with a CSRF token"
    return found[1]


@test(on=BOTH)
def O73_a_second_vote_of_a_member_is_a_conflict(stage):
    site = stage.site()
    server = site.start()
    _, _, mo = board.board_of_three(site, server)
    number = refer(site, server)
    first, second = board.checked_vote(mo, number, "no"), board.checked_vote(mo, number, "yes")
    assert post_vote(mo, first).status == 303
    assert post_vote(mo, second).status == 409
    assert post_vote(mo, first).status == 409
    assert board.votes(site) == 1
    page = mo.get(f"/p/{number}/review")
    assert page.status in (200, 409) and not any("choice" in form.names for form in page.forms), "it offers a second vote"


def all_at_once(visitors, looks):
    """Posts each form at the same moment, over a connection each; gives the statuses."""
    connections, statuses = [], []
    try:
        for visitor, look in zip(visitors, looks):
            form = look.form()
            body = urllib.parse.urlencode(visitor.filled(form)).encode()
            request = visitor.request("POST", urllib.parse.urljoin(look.path, form.action), body)
            connection = Connection(visitor.server.port).open()
            connection.send(request[:-1])
            connections.append((connection, request[-1:]))
        for connection, last in connections:
            connection.send(last)
        with selectors.DefaultSelector() as waiting:
            for connection, _ in connections:
                waiting.register(connection.link, selectors.EVENT_READ, connection)
            while waiting.get_map():
                ready = waiting.select(timeout=30)
                assert ready, "not all were answered"
                for key, _ in ready:
                    waiting.unregister(key.fileobj)
                    statuses.append(key.data.receive().status)
    finally:
        for connection, _ in connections:
            connection.close()
    return statuses


def fifty_votes_of_one_member(stage, servers, site):
    _, dev, mo = board.board_of_three(site, servers[0])
    number = refer(site, servers[0])
    looks = {choice: board.checked_vote(mo, number, choice) for choice in ("yes", "no")}
    visitors = [Visitor(servers[index % len(servers)], mo.cookies) for index in range(50)]
    statuses = all_at_once(visitors, [looks["yes" if index % 2 else "no"] for index in range(50)])
    stage.note(f"{statuses.count(303)} counted, {statuses.count(409)} refused")
    assert sorted(statuses) == [303] + [409] * 49, statuses
    assert board.votes(site) == 1
    # The ballot goes on with that one vote.
    assert board.vote(dev, number, "yes").status == 200
    assert board.votes(site) == 2
    for server in servers:
        assert server.stop() == 0
    assert site.audit().returncode == 0


@test(on=BOTH)
def O74_fifty_votes_of_one_member_at_once_count_as_one(stage):
    site = stage.site()
    fifty_votes_of_one_member(stage, [site.start()], site)


@test(on=(POSTGRES,))
def O74_fifty_votes_of_one_member_over_two_processes_count_as_one(stage):
    site = stage.site()
    fifty_votes_of_one_member(stage, [site.start(), site.start()], site)


@test(on=BOTH)
def O75_nobody_votes_on_a_prototype_of_their_own(stage):
    site = stage.site()
    server = site.start()
    ann = board.join(site, server, "ann.brook", "Ann Brook")
    mo = board.join(site, server, "mo.ellis", "Mo Ellis", "--alias", "m.ellis@example.gov.uk")
    dev = board.join(site, server, "dev.patel", "Dev Patel")
    other = refer(site, server, "CASE-OTHER")
    form = board.checked_vote(mo, other)
    fields = mo.filled(form.form())
    for case, proposer in [("CASE-ALIAS", "M.Ellis@example.gov.uk"), ("CASE-LOGIN", "mo.ellis")]:
        number = refer(site, server, case, proposer=proposer)
        page = mo.get(f"/p/{number}/review")
        assert not any("choice" in each.names for each in page.forms), "it offers a vote"
        assert re.search(r"(your|their) own", page.text), page.text[:2000]
        # A form made up from another prototype's: the server itself says no.
        theirs = ann.get(f"/p/{number}/review")
        seen = dict(theirs.form("choice").fields)
        own = [(key, seen.get(key, value) if key != "csrf" else value) for key, value in fields]
        refused = mo.post(urllib.parse.urljoin(form.path, form.form().action).replace(other, number), own, follow=False)
        assert refused.status == 403, (refused.status, refused.text[:300])
        assert re.search(r"(your|their) own", refused.text), refused.text[:500]
    assert board.votes(site) == 0
    # The other two can still decide on them.
    assert board.vote(dev, number).status == 200
    assert server.stop() == 0
    assert site.audit().returncode == 0


@test
def a_delivery_while_the_board_is_at_work_keeps_the_ballot_and_its_votes(stage):
    site = stage.site()
    server = site.start()
    ann, _, mo = board.board_of_three(site, server)
    number = refer(site, server)
    assert board.vote(mo, number).status == 200
    assert refer(site, server) == number
    assert board.vote(ann, number).status == 200
    assert board.votes(site) == 2
    assert number not in mo.get("/tasks").text
