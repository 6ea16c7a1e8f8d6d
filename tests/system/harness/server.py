"""A configuration folder of a test's own, and Lockgate running on it."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field

from .webhook import Delivery, message, new_secret

READY = re.compile(r"^lockgate is listening on http://127\.0\.0\.1:(\d+)$")
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30

BOARD = """\
name = "Prototype board"
quorum = 2
deadline_days = 5

[[seat]]
id = "chair"
name = "Chair"
member = "ann.brook"
roles = ["Board", "Board chair", "Decision maker", "Service director", "Monitoring Officer", "Democratic Services",
         "Clerk", "Scrutiny chair", "Cabinet or mayor, through Democratic Services"]

[[seat]]
id = "people"
name = "People and their data"
member = "dev.patel"
roles = ["Data Protection Officer", "Safeguarding Lead (children or adults)", "Research Lead", "Equality Lead",
         "Clinical Safety Officer", "Digital Health Lead", "Health and Safety Adviser"]

[[seat]]
id = "money"
name = "Money and contracts"
member = "mo.ellis"
roles = ["Head of Procurement", "Section 151 Officer", "Cyber Security Lead", "Digital Lead",
         "Digital Accessibility Lead", "Page owner", "Traffic Manager"]
"""

# A quorum as that of the board, and silence where nothing is wrong.
COUNCIL_RULES = """\
[settings]
"cfg.quorum_min" = 2

[[switch_off]]
rule = "rk-10"
reason = "a low risk needs no note here"
"""


@dataclass
class Source:
    """One configured case system."""

    identity: str = "casework"
    secret: str = field(default_factory=new_secret)
    callback: str = ""  # URL; nothing is told if empty
    callback_secret: str = field(default_factory=new_secret)
    retry_seconds: list = None
    more: str = ""  # TOML lines before the first table

    def toml(self):
        lines = ['adapter = "standard_webhooks"', f'secret = "file:secrets/{self.identity}"', self.more,
                 "[map]", *(f'{name} = "/data/{name}"' for name in
                            ("case", "title", "gate", "proposer", "facts"))]
        if self.callback:
            lines += ["[callback]", f'url = "{self.callback}"',
                      f'secret = "file:secrets/{self.identity}-callback"', "allow_private = true"]
            if self.retry_seconds is not None:
                lines.append(f"retry_seconds = {self.retry_seconds}")
        return "\n".join(lines) + "\n"


def state_of(task):
    """The letter that proc(5) gives a thread's state; X where it has ended meanwhile."""
    try:
        return (task / "stat").read_text(encoding="utf-8").rpartition(") ")[2][0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


class Server:
    """One process of `lockgate serve`.  Ended by the site that started it, if not before."""

    def __init__(self, process, port, log):
        self.process, self.port, self.log = process, port, log
        self.url = f"http://127.0.0.1:{port}"

    def log_lines(self):
        """What it logged so far, as objects."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def logged(self, event):
        return [line for line in self.log_lines() if line.get("event") == event]

    def signal(self, number):
        self.process.send_signal(number)

    def freeze(self):
        """Stops it where it is, and returns when each of its threads stands still."""
        self.signal(signal.SIGSTOP)
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task")
        deadline = time.monotonic() + SECONDS_TO_STOP
        while any(state_of(task) not in "TZX" for task in tasks.iterdir()):
            assert time.monotonic() < deadline, "it does not stand still"
            time.sleep(0.001)

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        """kill -9; gives the exit code."""
        if self.is_alive():
            self.process.kill()
        return self.process.wait(SECONDS_TO_STOP)

    def stop(self):
        """SIGTERM; gives the exit code."""
        if self.is_alive():
            self.process.terminate()
        return self.process.wait(SECONDS_TO_STOP)

    def end(self):
        """kill -9 for it and for whatever it runs under."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait(SECONDS_TO_STOP)

    def resident_kilobytes(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


class Site:
    """A configuration folder, its database, and the servers started on them."""

    def __init__(self, folder, database, program, sources=None):
        self.folder, self.database, self.program = pathlib.Path(folder), database, program
        self.sources = {source.identity: source for source in (sources or [Source()])}
        self.servers = []
        for name in ("boards", "sources", "secrets", "rules"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self.settings = {"council": "Test Borough Council", "public_url": "http://127.0.0.1:8080",
                         "listen": "127.0.0.1:0", "database": database.url, "rules": ["packs", "rules"],
                         "ledger_origin": "lockgate.test/ledger"}
        self.write()

    def write(self):
        """Writes settings, board and sources as they now are."""
        board = self.folder / "boards" / "prototype-board.toml"
        if not board.exists():
            board.write_text(BOARD, encoding="utf-8")
            (self.folder / "rules" / "council.toml").write_text(COUNCIL_RULES, encoding="utf-8")
        lines = [f"{key} = {json.dumps(value)}" for key, value in self.settings.items()]
        (self.folder / "lockgate.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        for source in self.sources.values():
            (self.folder / "sources" / f"{source.identity}.toml").write_text(source.toml(), encoding="utf-8")
            self._write_secrets(source)

    def _write_secrets(self, source):
        self.keep_secret(source.identity, source.secret)
        if source.callback:
            self.keep_secret(source.identity + "-callback", source.callback_secret)

    def keep_secret(self, name, value):
        """Writes a file below secrets/ that only its owner may read."""
        path = self.folder / "secrets" / name
        path.write_text(value + "\n", encoding="utf-8")
        path.chmod(0o600)

    def add_rules(self, text, name="local.toml"):
        """Puts a rule file into force beside the packs, from the next start or reload."""
        (self.folder / "rules" / name).write_text(text, encoding="utf-8")

    def delivery(self, case, facts=None, source="casework", **data):
        """A message of the case system, ready to be sent."""
        return Delivery(self.sources[source].secret, message(case, facts, **data), source=source)

    def lockgate(self, *arguments, environment=None, timeout=120):
        """Runs a command of the program; gives what `subprocess.run` gives."""
        return subprocess.run([str(self.program), *arguments], capture_output=True, text=True, timeout=timeout,
                              cwd=self.folder, env=os.environ | (environment or {}), check=False)

    def audit(self):
        return self.lockgate("audit", "verify", "-c", ".", timeout=600)

    def add_member(self, login, name="Somebody", *more):
        """Adds an account; gives the path of the link that sets its password."""
        done = self.lockgate("member", "add", login, "--name", name, *more, "-c", ".")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip().split("8080", 1)[1]

    def start(self, under=(), environment=None, arguments=()):
        """Starts a server and waits until it is ready; `under` is put before the command."""
        log = self.folder / f"server-{len(self.servers) + 1}.log"
        with log.open("wb") as errors:
            process = subprocess.Popen([*under, str(self.program), "serve", "-c", str(self.folder), *arguments],
                                       stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
                                       env=os.environ | (environment or {}), start_new_session=True)
        server = Server(process, 0, log)
        self.servers.append(server)
        line = self._first_line(process)
        found = READY.match(line)
        if not found:
            server.end()
            raise AssertionError(f"serve did not start: said {line!r}, logged:\n" +
                                 log.read_text(encoding="utf-8", errors="replace")[-2000:])
        server.port = int(found[1])
        server.url = f"http://127.0.0.1:{server.port}"
        return server

    @staticmethod
    def _first_line(process):
        import select
        deadline = time.monotonic() + SECONDS_TO_START
        os.set_blocking(process.stdout.fileno(), False)
        line = b""
        while not line.endswith(b"\n") and time.monotonic() < deadline:
            select.select([process.stdout], [], [], 0.1)
            data = process.stdout.read()
            if data == b"":
                break
            line += data or b""
        return line.decode(errors="replace").strip()

    def end(self):
        """Ends every server, and drops the database."""
        for server in self.servers:
            server.end()
            server.process.stdout.close()
        self.database.drop()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class ExampleCouncil(Site):
    """A copy of examples/council as it stands, with secrets and a database of its own."""

    FOLDER = pathlib.Path(__file__).resolve().parents[3] / "examples" / "council"
    CALLBACK = "http://127.0.0.1:9099/decisions"  # as its source says

    def __init__(self, folder, database, program, callback):
        shutil.copytree(self.FOLDER, folder, dirs_exist_ok=True)
        super().__init__(folder, database, program, [Source("casework", callback=callback)])

    def write(self):
        source = self.folder / "sources" / "casework.toml"
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace(self.CALLBACK, self.sources["casework"].callback), encoding="utf-8")
        self._write_secrets(self.sources["casework"])

    def delivery_file(self, path):
        """The message in a file, byte for byte."""
        return Delivery(self.sources["casework"].secret, path.read_bytes())

    def start(self, under=(), environment=None, arguments=()):
        return super().start(under, environment, ["--listen", "127.0.0.1:0", "--database", self.database.url, *arguments])

    def audit(self):
        return self.lockgate("audit", "verify", "-c", ".", "--database", self.database.url)
