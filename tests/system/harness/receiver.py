"""A case system's own server: takes call-backs, and answers them as a test wants."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Hit:
    """One request that came in."""

    at: float
    path: str
    headers: dict  # names in small letters
    body: bytes

    @property
    def identity(self):
        return self.headers.get("webhook-id")

    def data(self):
        return json.loads(self.body)["data"]

    def is_signed_with(self, secret):
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{self.identity}.{self.headers.get('webhook-timestamp')}.".encode() + self.body
        wanted = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        return wanted in self.headers.get("webhook-signature", "").encode().split(b" ")


@dataclass
class Reaction:
    """What to do with a hit; seconds are waited before the answer."""

    status: int = 200
    headers: dict = field(default_factory=dict)
    seconds: float = 0
    hang_up: bool = False  # no answer at all
    then: object = None    # called once the answer is out


class Receiver:
    """Listens on a port of its own from the moment it is made."""

    def __init__(self, react=lambda hit, nth: Reaction()):
        self.react = react  # (hit, how often its id came before) -> Reaction
        self.hits = []
        self._changed = threading.Condition()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                outer._take(self)

            do_GET = do_PUT = do_POST

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}/decisions"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def _take(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        hit = Hit(time.monotonic(), request.path,
                  {name.lower(): value for name, value in request.headers.items()}, body)
        with self._changed:
            before = sum(1 for each in self.hits if each.identity == hit.identity)
            self.hits.append(hit)
            self._changed.notify_all()
        reaction = self.react(hit, before)
        time.sleep(reaction.seconds)
        request.close_connection = True
        try:
            if not reaction.hang_up:
                request.send_response(reaction.status)
                for name, value in reaction.headers.items():
                    request.send_header(name, value)
                request.send_header("Content-Length", "0")
                request.send_header("Connection", "close")
                request.end_headers()
                request.wfile.flush()
        except OSError:
            pass  # the sender has gone
        if reaction.then:
            reaction.then()

    def wait(self, enough, seconds):
        """Waits until `enough(hits)`; False if the time ran out first."""
        with self._changed:
            return self._changed.wait_for(lambda: enough(self.hits), seconds)

    def about(self, case):
        return [hit for hit in list(self.hits) if hit.data().get("case") == case]

    def identities(self):
        return Counter(hit.identity for hit in list(self.hits))

    def close(self):
        self._server.shutdown()
        self._server.server_close()
