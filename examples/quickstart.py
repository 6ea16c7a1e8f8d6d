"""The part of examples/quickstart that comes after the build."""

import base64
import json
import os
import pathlib
import re
import secrets
import shutil
import subprocess
import sys
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
COUNCIL = ROOT / "examples" / "council"
LOCKGATE = ROOT / "build" / "release" / "lockgate"
MEMBERS = [("ann.brook", "Ann Brook"), ("dev.patel", "Dev Patel"), ("mo.ellis", "Mo Ellis")]


def lockgate(folder, *arguments):
    return subprocess.run([LOCKGATE, *arguments, "-c", folder], capture_output=True, text=True, check=False)


def new_folder():
    """A copy of the example council with secrets of its own."""
    folder = ROOT / "build" / "quickstart" / time.strftime("%Y%m%d-%H%M%S")
    shutil.copytree(COUNCIL, folder)
    keys = folder / "secrets"
    keys.mkdir(mode=0o700)
    for name in ("casework", "casework-callback"):
        with open(os.open(keys / name, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode() + "\n")
    return folder


def start(folder):
    """Starts the server on a port of its own; gives the process and its address."""
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen([LOCKGATE, "serve", "-c", folder, "--listen", "127.0.0.1:0"], stderr=log,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                                   start_new_session=True)
    line = process.stdout.readline().strip()
    found = re.fullmatch(r"lockgate is listening on (http://\S+)", line)
    if not found:
        process.wait()
        sys.exit(f"quickstart: serve did not start: {(folder / 'server.log').read_text(encoding='utf-8')}")
    return process, found[1]


def show(name, answer, address):
    print(f"\n{name}  {answer['verdict']}")
    for finding in answer["findings"]:
        words = finding["say"].split(". ")[0].rstrip(".")
        print(f"     {finding['outcome']:<10}{finding['rule']}  {words}")
    for question in answer["questions"]:
        print(f"     asks      {question['fact']}: {question['question']}")
    for ballot in answer["ballots"]:
        print(f"     the board decides by {ballot['decide_by']}")
    print(f"     {address}/p/{answer['prototype']['id']}")


def send(folder, address):
    """Sends every worked example; gives the names of those that came out otherwise than expected."""
    expected = tomllib.loads((COUNCIL / "expected.toml").read_text(encoding="utf-8"))
    wrong = []
    deliveries = sorted((folder / "deliveries").glob("*.json"))
    for path in deliveries:
        done = lockgate(folder, "trigger", path, "--source", "casework", "--to", address)
        try:
            answer = json.loads(done.stdout[done.stdout.index("{"):])
        except ValueError:
            print(f"\n{path.stem}  could not be sent: {done.stdout}{done.stderr}")
            wrong.append(path.stem)
            continue
        title = json.loads(path.read_text(encoding="utf-8"))["data"]["title"]
        show(f"{path.stem}  {title}:", answer, address)
        if answer["verdict"] != expected[path.stem]["verdict"]:
            print(f"     but expected.toml says {expected[path.stem]['verdict']}")
            wrong.append(path.stem)
    missing = sorted(set(expected) - {path.stem for path in deliveries})
    return wrong + missing, len(deliveries)


def main():
    folder = new_folder()
    print(f"configuration: {folder.relative_to(ROOT)}")
    links = {}
    for login, name in MEMBERS:
        added = lockgate(folder, "member", "add", login, "--name", name)
        if added.returncode:
            sys.exit(f"quickstart: {added.stderr}")
        links[login] = "/" + added.stdout.strip().split("/", 3)[3]
    process, address = start(folder)
    wrong, count = send(folder, address)
    print(f"\n{count - len(wrong)} of {count} examples came out as expected" + (f", not: {', '.join(wrong)}" if wrong else ""))

    if "--keep" in sys.argv[1:]:
        print(f"\nLockgate goes on at {address} (process {process.pid}).  Members of the board set their password:")
        for login, link in links.items():
            print(f"  {login:<10} {address}{link}")
        print(f"and then sign in at {address}/sign-in.  To stop it: kill {process.pid}")
    else:
        process.terminate()
        code = process.wait(60)
        print(f"stopped with exit code {code}")
        verified = lockgate(folder, "audit", "verify")
        print((verified.stdout or verified.stderr).strip())
        if code or verified.returncode:
            sys.exit(1)
    sys.exit(1 if wrong or not count else 0)


if __name__ == "__main__":
    main()
