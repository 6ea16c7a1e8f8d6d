"""The part of examples/quickstart that comes after the build."""

import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
COUNCIL = ROOT / "examples" / "council"
LOCKGATE = ROOT / "build" / "release" / "lockgate"
MEMBERS = [("ann.brook", "Ann Brook"), ("dev.patel", "Dev Patel"), ("lena.marsh", "Lena Marsh"),
           ("mo.ellis", "Mo Ellis"), ("rae.quinn", "Rae Quinn")]


class Receiver(http.server.ThreadingHTTPServer):
    """The case system's end of the way back: takes what Lockgate tells it if it is signed."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), TakesDecisions)
        self.url = f"http://127.0.0.1:{self.server_port}/decisions"
        self.key = b""
        self.told = {}  # webhook-id -> what was decided
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def wait_for(self, count, seconds):
        deadline = time.monotonic() + seconds
        while len(self.told) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        return len(self.told)


class TakesDecisions(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        expected = "v1," + base64.b64encode(hmac.new(self.server.key, signed, hashlib.sha256).digest()).decode()
        genuine = hmac.compare_digest(expected, self.headers["webhook-signature"])
        if genuine:
            self.server.told[self.headers["webhook-id"]] = json.loads(body)["data"]
        self.send_response(204 if genuine else 401)
        self.end_headers()

    def log_message(self, *_):
        pass


def lockgate(folder, *arguments):
    return subprocess.run([LOCKGATE, *arguments, "-c", folder], capture_output=True, text=True, check=False)


def free_port(wanted):
    """The wanted port if nobody has it, else any."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return probe.getsockname()[1]
            except OSError:
                pass
    sys.exit("quickstart: there is no free port on 127.0.0.1")


def replaced(path, before, after):
    text = path.read_text(encoding="utf-8")
    if before not in text:
        sys.exit(f"quickstart: {path} has no {before}")
    path.write_text(text.replace(before, after), encoding="utf-8")


def new_folder(receiver):
    """A copy of the example council with secrets, a port and a receiver of its own."""
    folder = ROOT / "build" / "quickstart" / time.strftime("%Y%m%d-%H%M%S")
    while folder.exists():
        folder = folder.with_name(folder.name + "-again")
    shutil.copytree(COUNCIL, folder)
    keys = folder / "secrets"
    keys.mkdir(mode=0o700)
    for name in ("casework", "casework-callback"):
        key = secrets.token_bytes(32)
        with open(os.open(keys / name, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as file:
            file.write("whsec_" + base64.b64encode(key).decode() + "\n")
        receiver.key = key  # the last one is the call-back's
    replaced(folder / "lockgate.toml", "127.0.0.1:8080", f"127.0.0.1:{free_port(8080)}")
    replaced(folder / "sources" / "casework.toml", "http://127.0.0.1:9099/decisions", receiver.url)
    return folder


def start(folder):
    """Starts the server; gives the process and its address."""
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen([LOCKGATE, "serve", "-c", folder], stderr=log, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, text=True, start_new_session=True)
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
    """Sends every worked example; gives the names of those that came out otherwise than expected,
    how many there were, and how many were decided at once."""
    expected = tomllib.loads((COUNCIL / "expected.toml").read_text(encoding="utf-8"))
    wrong, decided = [], 0
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
        decided += answer["decision"] is not None
        if answer["verdict"] != expected[path.stem]["verdict"]:
            print(f"     but expected.toml says {expected[path.stem]['verdict']}")
            wrong.append(path.stem)
    missing = sorted(set(expected) - {path.stem for path in deliveries})
    return wrong + missing, len(deliveries), decided


def main():
    receiver = Receiver()
    folder = new_folder(receiver)
    print(f"configuration: {folder.relative_to(ROOT)}")
    links = {}
    for login, name in MEMBERS:
        added = lockgate(folder, "member", "add", login, "--name", name)
        if added.returncode:
            sys.exit(f"quickstart: {added.stderr}")
        links[login] = added.stdout.strip()
    process, address = start(folder)
    try:
        wrong, count, decided = send(folder, address)
        told = receiver.wait_for(decided, 10)
    except BaseException:
        process.kill()
        raise
    print(f"\n{count - len(wrong)} of {count} examples came out as expected" +
          (f", not: {', '.join(wrong)}" if wrong else ""))
    print(f"{decided} were decided by the rules; the case system was told of {told}, signed")
    failed = bool(wrong) or not count or told < decided

    if "--keep" in sys.argv[1:]:
        print(f"\nLockgate goes on at {address} (process {process.pid}).  Members of the board set their password:")
        for login, link in links.items():
            print(f"  {login:<10} {link}")
        print(f"and then sign in at {address}/sign-in.  To stop it: kill {process.pid}")
    else:
        process.terminate()
        code = process.wait(60)
        print(f"stopped with exit code {code}")
        verified = lockgate(folder, "audit", "verify")
        print((verified.stdout or verified.stderr).strip())
        failed = failed or code != 0 or verified.returncode != 0
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
