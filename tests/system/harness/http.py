"""HTTP/1.1 over a plain socket: every byte of a request is the test's own choice."""

import socket
from dataclasses import dataclass, field


class Broken(Exception):
    """The connection ended before a whole answer had come."""


@dataclass
class Answer:
    status: int
    headers: list  # of (name, value), as they came
    body: bytes

    def header(self, name):
        """The value of the first header of that name; None if there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def json(self):
        import json
        return json.loads(self.body)

    @property
    def text(self):
        return self.body.decode()


def request_bytes(method, target, headers, body=b"", host="lockgate"):
    """A request with Host and Content-Length, unless `headers` has them."""
    names = {name.lower() for name, _ in headers}
    lines = [f"{method} {target} HTTP/1.1"]
    if "host" not in names:
        lines.append(f"Host: {host}")
    lines += [f"{name}: {value}" for name, value in headers]
    if "content-length" not in names and "transfer-encoding" not in names:
        lines.append(f"Content-Length: {len(body)}")
    # Latin-1, so that a test can put any byte into a header.
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


@dataclass
class Connection:
    """One connection to a server on this machine; kept open between requests."""

    port: int
    timeout: float = 30.0
    link: object = field(default=None, repr=False)  # the socket, once open
    rest: bytes = b""

    def open(self):
        if self.link is None:
            try:
                self.link = socket.create_connection(("127.0.0.1", self.port), self.timeout)
                self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError as error:
                raise Broken(str(error)) from error
            self.rest = b""
        return self

    def close(self):
        if self.link is not None:
            self.link.close()
            self.link = None

    def __enter__(self):
        return self.open()

    def __exit__(self, *_):
        self.close()

    def send(self, data):
        try:
            self.open().link.sendall(data)
        except OSError as error:
            self.close()
            raise Broken(str(error)) from error

    def receive(self):
        """The next answer.  The connection is closed if the server says so."""
        try:
            head = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
            headers = [tuple(part.strip() for part in line.split(":", 1)) for line in head[1:] if line]
            answer = Answer(int(head[0].split(" ")[1]), headers, b"")
            if answer.status != 204 and answer.status >= 200:
                answer.body = self._body(answer)
        except (OSError, IndexError, ValueError) as error:
            self.close()
            raise Broken(str(error)) from error
        if (answer.header("Connection") or "").lower() == "close":
            self.close()
        return answer

    def exchange(self, data):
        self.send(data)
        return self.receive()

    def is_closed_by_peer(self, within):
        """True if the server ends the connection in that many seconds."""
        if self.link is None:
            return True
        self.link.settimeout(within)
        try:
            return self.link.recv(1) == b""
        except TimeoutError:
            return False
        except OSError:
            return True
        finally:
            self.link.settimeout(self.timeout)

    def _more(self):
        data = self.link.recv(65536)
        if not data:
            raise Broken("the server closed the connection")
        self.rest += data

    def _until(self, end):
        while end not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(end)
        return head

    def _exactly(self, size):
        while len(self.rest) < size:
            self._more()
        data, self.rest = self.rest[:size], self.rest[size:]
        return data

    def _body(self, answer):
        if (answer.header("Transfer-Encoding") or "").lower() == "chunked":
            body = b""
            while size := int(self._until(b"\r\n").split(b";")[0], 16):
                body += self._exactly(size)
                self._until(b"\r\n")
            self._until(b"\r\n")
            return body
        length = answer.header("Content-Length")
        if length is not None:
            return self._exactly(int(length))
        try:
            while True:
                self._more()
        except Broken:
            body, self.rest = self.rest, b""
            self.close()
            return body
