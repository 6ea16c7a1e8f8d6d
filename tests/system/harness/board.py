"""Members of a board, at the pages, as they would use them."""

from .pages import Visitor

PASSWORD = "narrow boat, early morning"


def join(site, server, login, name="Somebody", *more):
    """Adds the account, sets its password by the link, signs in; gives the visitor."""
    link = site.add_member(login, name, *more)
    visitor = Visitor(server)
    page = visitor.get(link)
    assert page.status == 200, (page.status, page.text[:500])
    form = page.form()
    secret = [field for field in form.names if "password" in field or field == "again"]
    done = visitor.submit(page, *secret, **{field: PASSWORD for field in secret})
    assert done.status == 200, (done.status, done.text[:500])
    return sign_in(server, login)


def sign_in(server, login, password=PASSWORD):
    visitor = Visitor(server)
    page = visitor.get("/sign-in")
    done = visitor.submit(page, "login", "password", login=login, password=password)
    assert done.status == 200 and visitor.cookies, (done.status, done.text[:500])
    return visitor


def board_of_three(site, server):
    """Ann (chair), Dev (people), Mo (money), signed in."""
    return [join(site, server, login, name) for login, name in
            (("ann.brook", "Ann Brook"), ("dev.patel", "Dev Patel"), ("mo.ellis", "Mo Ellis"))]


def checked_vote(visitor, number, choice="yes", reasons="It is small and it can be undone.", **more):
    """Fills in the vote and gives the page that asks for a last look at it."""
    page = visitor.get(f"/p/{number}/review")
    assert page.status == 200, (page.status, page.text[:500])
    return visitor.submit(page, "choice", "reasons", choice=choice, reasons=reasons, **more)


def vote(visitor, number, choice="yes", **more):
    """Votes to the end; gives the last page."""
    return visitor.submit(checked_vote(visitor, number, choice, **more))


def votes(site):
    """How many votes the record holds."""
    return site.database.rows("SELECT count(*) FROM entries WHERE kind = 'vote'")[0][0]
