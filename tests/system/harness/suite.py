"""Finds the tests, runs them, says what came of each.

A test is a function marked with @test whose name begins with the ids of the
catalogue's cases that it covers; it takes a Stage and fails by raising.
"""

import contextlib
import functools
import pathlib
import random
import re
import tempfile
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from . import database
from .receiver import Receiver
from .server import ExampleCouncil, Site, Source

BOTH = (database.SQLITE, database.POSTGRES)
_tests = []


def test(function=None, *, on=(database.SQLITE,), waits=False):
    """Marks a test.  `on`: the databases it runs on.  `waits`: it mostly waits for time to
    pass, so it runs beside others."""
    def mark(function):
        _tests.append((function, on, waits))
        return function
    return mark(function) if function else mark


@dataclass
class Options:
    program: pathlib.Path
    seed: int
    kills: int
    keep: bool = False

    @functools.cached_property
    def is_sanitized(self):
        """Whether the program is a build with AddressSanitizer: slower, and larger in memory."""
        return b"__asan_init" in self.program.read_bytes()

    @property
    def slowness(self):
        """What limits in seconds are to be multiplied with."""
        return 10 if self.is_sanitized else 1


@dataclass
class Stage:
    """What one test stands on.  Everything made through it is ended after the test."""

    name: str
    kind: str
    folder: pathlib.Path
    options: Options
    random: random.Random
    notes: list = field(default_factory=list)
    _cleanup: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def site(self, *sources, name="site"):
        """A configuration and a database of its own, nothing started."""
        folder = self.folder / name
        folder.mkdir()
        site = Site(folder, database.make(self.kind, folder), self.options.program, list(sources))
        self._cleanup.callback(site.end)
        return site

    def example_council(self, callback):
        """The example council, telling its decisions to that URL; nothing started."""
        folder = self.folder / "council"
        folder.mkdir()
        site = ExampleCouncil(folder, database.make(self.kind, folder), self.options.program, callback)
        self._cleanup.callback(site.end)
        return site

    def receiver(self, *arguments):
        receiver = Receiver(*arguments)
        self._cleanup.callback(receiver.close)
        return receiver

    def told(self, *arguments, retry_seconds=None):
        """A receiver, and a source that tells its decisions to it."""
        receiver = self.receiver(*arguments)
        return receiver, Source(callback=receiver.url, retry_seconds=retry_seconds)

    def note(self, text):
        """A number or a name that the summary shows beside the test."""
        self.notes.append(text)

    def at_end(self, function):
        self._cleanup.callback(function)

    def close(self):
        self._cleanup.close()


@dataclass
class Result:
    name: str
    seconds: float
    failure: str
    notes: list


def title(function, kind):
    """O05_some_words -> "O05 some words [SQLite]"."""
    found = re.match(r"((?:O\d\d_)*)(.*)", function.__name__)
    return f"{found[1].replace('_', ' ')}{found[2].replace('_', ' ')} [{kind}]"


def selected(patterns):
    """(title, function, kind, waits) of the tests whose title fits any of the patterns."""
    for function, kinds, waits in _tests:
        for kind in kinds:
            name = title(function, kind)
            if not patterns or any(re.search(pattern, name, re.I) for pattern in patterns):
                yield name, function, kind, waits


def _run(name, function, kind, options):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lockgate-"))
    stage = Stage(name, kind, folder, options, random.Random(f"{options.seed} {name}"))
    begun, failure = time.monotonic(), ""
    try:
        try:
            function(stage)
        finally:
            stage.close()
    except Exception:  # a test may fail in any way; the others go on
        failure = traceback.format_exc(limit=-6) + _logs(folder)
    if not failure and not options.keep:
        import shutil
        shutil.rmtree(folder, ignore_errors=True)
    elif failure:
        failure += f"\nits folder: {folder}"
    return Result(name, time.monotonic() - begun, failure, stage.notes)


def _logs(folder):
    """The ends of the servers' logs, the latest last."""
    text = ""
    for path in sorted(folder.rglob("server-*.log"), key=lambda each: each.stat().st_mtime)[-2:]:
        tail = path.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        text += f"\n--- {path.name}\n" + "\n".join(line[:400] for line in tail)
    return text


def run(patterns, options):
    """Runs the selected tests; those that wait run beside the others.  Gives the results."""
    results, lock = [], threading.Lock()

    def one(item):
        name, function, kind, _ = item
        result = _run(name, function, kind, options)
        with lock:
            results.append(result)
            notes = f" ({'; '.join(result.notes)})" if result.notes else ""
            print(f"{'FAIL' if result.failure else 'ok  '} {name}{notes} {result.seconds:.1f} s", flush=True)
            if result.failure:
                print("     " + result.failure.replace("\n", "\n     "), flush=True)

    items = list(selected(patterns))
    with ThreadPoolExecutor(max_workers=4) as beside:
        for item in items:
            if item[3]:
                beside.submit(one, item)
        for item in items:
            if not item[3]:
                one(item)
    return results


def junit(results, path):
    import xml.etree.ElementTree as xml
    suite = xml.Element("testsuite", name="system", tests=str(len(results)),
                        failures=str(sum(1 for result in results if result.failure)))
    for result in results:
        case = xml.SubElement(suite, "testcase", name=result.name, time=f"{result.seconds:.3f}")
        if result.failure:
            xml.SubElement(case, "failure", message="failed").text = result.failure
    xml.ElementTree(suite).write(path, encoding="unicode", xml_declaration=True)
