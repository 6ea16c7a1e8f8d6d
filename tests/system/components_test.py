"""The parts of the pages, held to the fixtures that the npm package govuk-frontend ships."""

import html.parser
import json
import pathlib
import re
import subprocess

from harness.suite import test

HERE = pathlib.Path(__file__).resolve().parent
MODULES = HERE / "node" / "node_modules"
FIXTURES = MODULES / "govuk-frontend" / "dist" / "govuk" / "components"

COMPONENTS = ["back-link", "breadcrumbs", "button", "checkboxes", "details", "error-message", "error-summary",
              "fieldset", "generic-header", "hint", "input", "inset-text", "label", "notification-banner",
              "pagination", "panel", "radios", "service-navigation", "skip-link", "summary-list", "table", "tag",
              "task-list", "textarea", "warning-text"]

# What we do otherwise, and why.
_COUNTED = "we have no items that are not there and yet are counted in the ids of the next"
_ACTIONS = "the buttons of an interruption are markup of the caller's, without a div to be given classes"
DEVIATIONS = {
    "button: start link with html": "ours do not tell text from markup, so a start button never wraps it in a span",
    "checkboxes: with falsy values": _COUNTED,
    "radios: with falsy items": _COUNTED,
    "task-list: with empty values": _COUNTED,
    "panel: interruption, with actions classes and attributes": _ACTIONS,
    "panel: interruption, button link": _ACTIONS,
    "panel: interruption, no actions items": _ACTIONS,
}


class _Tokens(html.parser.HTMLParser):
    """Tags with their attributes in order, and texts, without the white space between."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tokens = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tokens.append((tag, [(name, " ".join(value.split()) if name == "class" else value)
                                  for name, value in attributes]))

    def handle_endtag(self, tag):
        self.tokens.append("/" + tag)

    def handle_data(self, data):
        text = re.sub(r"\s+", " ", data).strip()
        if text:
            self.tokens.append("text: " + text)


def fixtures():
    for component in COMPONENTS:
        held = json.loads((FIXTURES / component / "fixtures.json").read_text(encoding="utf-8"))
        for fixture in held["fixtures"]:
            yield component, fixture


def first_difference(ours, theirs):
    for index, (one, other) in enumerate(zip(ours, theirs)):
        if one != other:
            return f"token {index}: ours {one}, theirs {other}"
    return f"ours has {len(ours)} tokens, theirs {len(theirs)}"


@test
def components_give_the_markup_of_the_official_fixtures(stage):
    program = stage.options.program.parent / "print_component"
    cases = list(fixtures())
    lines = "".join(json.dumps({"component": component, "options": fixture["options"]}) + "\n"
                    for component, fixture in cases)
    done = subprocess.run([program], input=lines, text=True, capture_output=True, timeout=120, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(cases), (len(answers), len(cases))
    wrong, expected = [], set()
    for (component, fixture), answer in zip(cases, answers):
        name = f"{component}: {fixture['name']}"
        if "html" in answer:
            ours, theirs = _Tokens(answer["html"]).tokens, _Tokens(fixture["html"]).tokens
            difference = None if ours == theirs else first_difference(ours, theirs)
        else:
            difference = answer["cannot"]
        if name in DEVIATIONS:
            expected.add(name)
            if not difference:
                wrong.append(f"{name}: is as theirs now; strike it from DEVIATIONS")
        elif difference:
            wrong.append(f"{name}: {difference}")
    wrong += [f"{name}: no such fixture" for name in DEVIATIONS.keys() - expected]
    stage.note(f"{len(cases) - len(expected)} of {len(cases)} fixtures of {len(COMPONENTS)} components")
    assert not wrong, "\n".join(wrong)


@test
def the_style_sheet_and_the_script_are_what_their_sources_give(stage):
    assets = HERE.parent.parent / "plugin" / "web" / "assets"
    subprocess.run(["node", assets / "source" / "build.mjs", MODULES, stage.folder], check=True, timeout=120)
    for name in ("lockgate.css", "lockgate.js"):
        assert (stage.folder / name).read_bytes() == (assets / name).read_bytes(), (
            f"{name} is not what its sources give: build it again, see plugin/web/assets/source/build.mjs")
    style = (assets / "lockgate.css").read_text(encoding="utf-8")
    for mark in ("GDS Transport", "crown", "crest", "url(", "@font-face", "\ufeff"):
        assert mark not in style, f"lockgate.css has {mark!r}"
