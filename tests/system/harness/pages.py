"""A person with a browser without JavaScript: follows links, fills in forms, keeps cookies."""

import html.parser
import urllib.parse
from dataclasses import dataclass, field

from .http import Connection, request_bytes


@dataclass
class Form:
    action: str
    method: str = "GET"
    fields: list = field(default_factory=list)   # (name, value) that a browser would send untouched
    choices: dict = field(default_factory=dict)  # radio and checkbox name -> values offered
    names: set = field(default_factory=set)      # every named control


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.heading, self.title = [], [], "", ""
        self._form, self._area, self._inside = None, None, []

    def handle_starttag(self, tag, attributes):
        given = {name: value if value is not None else "" for name, value in attributes}
        name = given.get("name")
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").upper())
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag in ("h1", "title"):
            self._inside.append(tag)
        elif self._form is not None and name and tag in ("input", "textarea", "button"):
            self._form.names.add(name)
            kind = given.get("type", "text").lower()
            if tag == "textarea":
                self._area = name
                self._form.fields.append((name, ""))
            elif kind in ("radio", "checkbox"):
                self._form.choices.setdefault(name, []).append(given.get("value", "on"))
                if "checked" in given:
                    self._form.fields.append((name, given.get("value", "on")))
            elif tag == "input" and kind not in ("submit", "button"):
                self._form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data):
        if self._area is not None and self._form is not None:
            name, value = self._form.fields[-1]
            self._form.fields[-1] = (name, value + data)
        elif self._inside:
            setattr(self, {"h1": "heading", "title": "title"}[self._inside[-1]],
                    getattr(self, {"h1": "heading", "title": "title"}[self._inside[-1]]) + data)


@dataclass
class Page:
    status: int
    path: str
    text: str
    headers: list
    forms: list
    links: list
    heading: str
    title: str

    def form(self, *controls):
        """The first form that has all of these controls; without any, the first that posts."""
        for form in self.forms:
            if all(name in form.names for name in controls) and (controls or form.method == "POST"):
                return form
        raise AssertionError(f"{self.path} ({self.status}) has no form with {controls}: "
                             f"{[sorted(form.names) for form in self.forms]}")


class Visitor:
    """One person at one server; not to be used from two threads at once."""

    def __init__(self, server, cookies=None):
        self.server, self.cookies = server, dict(cookies or {})

    def get(self, path, **options):
        return self._go("GET", path, None, **options)

    def post(self, path, fields, **options):
        """`fields`: pairs of name and value."""
        return self._go("POST", path, urllib.parse.urlencode(fields).encode(), **options)

    def filled(self, form, **values):
        """The pairs that a browser sends when these controls are set; a list sets several."""
        kept = [(name, value) for name, value in form.fields if name not in values]
        for name, value in values.items():
            assert name in form.names, f"the form has no control `{name}`, only {sorted(form.names)}"
            kept += [(name, each) for each in (value if isinstance(value, list) else [value])]
        return kept

    def submit(self, page, *controls, **values):
        """Fills in and sends the page's form that has these controls."""
        form = page.form(*(controls or values))
        return self.post(urllib.parse.urljoin(page.path, form.action), self.filled(form, **values))

    def request(self, method, path, body=None, headers=()):
        """The bytes of a request with this person's cookies."""
        fields = [("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))]
        fields = fields if self.cookies else []
        if body is not None:
            fields.append(("Content-Type", "application/x-www-form-urlencoded"))
        return request_bytes(method, path, [*fields, *headers], body or b"",
                             host=f"127.0.0.1:{self.server.port}")

    def _go(self, method, path, body, headers=(), follow=True):
        for _ in range(6):
            with Connection(self.server.port) as connection:
                answer = connection.exchange(self.request(method, path, body, headers))
            self._keep_cookies(answer)
            if not follow or answer.status not in (301, 302, 303, 307):
                break
            path = urllib.parse.urldefrag(urllib.parse.urljoin(path, answer.header("Location"))).url
            method, body = "GET", None
        reader = _Reader()
        text = answer.body.decode(errors="replace")
        reader.feed(text)
        return Page(answer.status, path, text, answer.headers, reader.forms, reader.links,
                    " ".join(reader.heading.split()), " ".join(reader.title.split()))

    def _keep_cookies(self, answer):
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                cookie, *attributes = value.split(";")
                key, _, content = cookie.partition("=")
                gone = any(each.strip().lower() == "max-age=0" for each in attributes)
                if gone or not content:
                    self.cookies.pop(key.strip(), None)
                else:
                    self.cookies[key.strip()] = content.strip()
