"""Honest senders: what was not acknowledged is sent again, until it is."""

import threading
import time
from dataclasses import dataclass

from .http import Broken, Connection


@dataclass
class Operation:
    """One message and what came of it: the history that a fault test is judged by."""

    delivery: object
    case: str
    attempts: int = 0
    answer: object = None  # of the attempt that was acknowledged
    odd: str = ""          # an answer that an honest sender does not expect

    @property
    def is_acknowledged(self):
        return self.answer is not None


class Senders:
    """Threads that send as fast as they are answered; `port` may change between lives."""

    TEMPORARY = (429, 503)

    def __init__(self, make, port, threads=8, pause=0.0):
        self._make = make  # number -> (delivery, case)
        self._port = port  # () -> port of the server that is up, or None
        self._pause = pause
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self.history = []
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(threads)]
        for thread in self._threads:
            thread.start()

    def acknowledged(self):
        with self._lock:
            return [operation for operation in self.history if operation.is_acknowledged]

    def finish(self, seconds=60):
        """No new messages; what is on its way is sent until it is acknowledged."""
        self._stop.set()
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        assert not any(thread.is_alive() for thread in self._threads), "a sender is still waiting"

    def abandon(self):
        """No new messages and no new attempts."""
        self._port = lambda: -1
        self.finish()

    def _work(self):
        connection = None
        while not self._stop.is_set():
            with self._lock:
                delivery, case = self._make(len(self.history))
                operation = Operation(delivery, case)
                self.history.append(operation)
            while not operation.is_acknowledged:
                port = self._port()
                if port == -1:
                    return
                if port is None:
                    time.sleep(0.005)
                    continue
                if connection is None or connection.port != port:
                    connection = Connection(port, timeout=20)
                operation.attempts += 1
                try:
                    answer = connection.exchange(delivery.request())
                except Broken:
                    connection.close()
                    time.sleep(0.005)
                    continue
                if answer.status in (200, 202):
                    operation.answer = answer
                elif answer.status in self.TEMPORARY:
                    time.sleep(0.05)
                else:
                    operation.odd = f"{answer.status} {answer.body[:200]!r}"
                    break
            time.sleep(self._pause)
        if connection:
            connection.close()
