"""Held to what others made: the npm package `standardwebhooks`, and a real browser."""

import json
import pathlib
import shutil
import subprocess
import time

from harness.suite import test
from harness.webhook import FOR_THE_BOARD

HERE = pathlib.Path(__file__).resolve().parent
SCREENS = HERE.parent.parent / "build" / "screens"


def node(script, given, timeout=180):
    assert (HERE / "node" / "node_modules").is_dir(), "npm ci has not been run in tests/system/node"
    return subprocess.run(["node", str(HERE / "node" / script)], input=json.dumps(given), text=True,
                          capture_output=True, timeout=timeout, check=False)


@test
def O01_a_delivery_signed_by_the_npm_package_is_taken_and_it_verifies_the_call_back(stage):
    receiver, source = stage.told()
    site = stage.site(source)
    server = site.start()
    delivery = site.delivery("CASE-1", title="Ünïcode: a “quoted” title — 😀")
    first = None
    for offset in (0, -120):  # the same id and body, freshly signed
        seconds = int(time.time()) + offset
        signed = node("sign.mjs", {"secret": source.secret, "id": delivery.identity, "seconds": seconds,
                                   "body": delivery.body.decode()})
        assert signed.returncode == 0, signed.stderr
        answer = delivery.post(server, timestamp=str(seconds), signature=signed.stdout)
        assert answer.status == 200, answer.body
        assert (answer.header("Idempotent-Replay") == "true") == (first is not None)
        first = first or answer
        assert answer.body == first.body
    assert receiver.wait(lambda hits: hits, 20)
    hit, = receiver.hits
    given = {"secret": source.callback_secret, "headers": hit.headers, "body": hit.body.decode()}
    verified = node("verify.mjs", given)
    assert verified.returncode == 0, verified.stderr
    told = json.loads(verified.stdout)
    assert told["type"] == "decision.made" and told["data"]["id"] == first.json()["decision"]["id"]
    # The package is no rubber stamp.
    assert node("verify.mjs", given | {"body": given["body"] + " "}).returncode == 1
    assert node("verify.mjs", given | {"secret": source.secret}).returncode == 1


def journey(stage, name, script, width):
    chromium = shutil.which("chromium")
    assert chromium, "chromium is not installed"
    receiver, source = stage.told()
    site = stage.site(source)
    server = site.start()
    links = {login: site.add_member(login, full) for login, full in
             (("ann.brook", "Ann Brook"), ("dev.patel", "Dev Patel"), ("mo.ellis", "Mo Ellis"))}
    title = "Robot lawn-mowing on two verges"
    answer = site.delivery("CASE-1", FOR_THE_BOARD, title=title).post(server)
    assert answer.status == 202, answer.body
    number = answer.json()["prototype"]["id"]
    screens = SCREENS / name
    shutil.rmtree(screens, ignore_errors=True)
    done = node("journey.mjs", {
        "base": server.url, "number": number, "title": title, "screens": str(screens), "chromium": chromium,
        "script": script, "width": width,
        "members": [
            {"login": "mo.ellis", "link": links["mo.ellis"], "choice": "yes",
             "reasons": "The contract is small and ends by itself."},
            {"login": "ann.brook", "link": links["ann.brook"], "choice": "yes_with_conditions",
             "reasons": "Residents should hear of it first.",
             "conditions": "Write to the 40 households before the start."},
        ]})
    assert done.returncode == 0, done.stderr[-3000:] + server.log.read_text(encoding="utf-8")[-1000:]
    said = json.loads(done.stdout)
    assert said["complaints"] == [], said["complaints"]
    stage.note(f"{len(said['headings'])} screens in build/screens/{name}")
    assert receiver.wait(lambda hits: hits, 20)
    told = receiver.hits[0].data()
    assert told["prototype"] == number and told["outcome"] == "approved_with_conditions", told
    assert told["conditions"] == ["Write to the 40 households before the start."], told
    assert receiver.hits[0].is_signed_with(source.callback_secret)
    assert server.stop() == 0
    verified = site.audit()
    assert verified.returncode == 0, verified.stdout + verified.stderr


@test
def a_board_decides_in_a_browser_and_the_case_system_is_told(stage):
    journey(stage, "wide", script=True, width=1280)


@test
def a_board_decides_on_a_telephone_without_javascript(stage):
    journey(stage, "narrow-no-script", script=False, width=390)
