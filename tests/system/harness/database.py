"""A database of its own for each test, on SQLite or on the PostgreSQL server of the run."""

import contextlib
import os
import secrets
import sqlite3
import subprocess
import urllib.parse

SQLITE, POSTGRES = "SQLite", "PostgreSQL"


def postgres_server():
    """The libpq URL of the server to use; None if there is none."""
    return os.environ.get("LOCKGATE_TEST_POSTGRES")


class Sqlite:
    kind = SQLITE

    def __init__(self, folder):
        self.file = folder / "lockgate.db"
        self.url = f"sqlite:{self.file}"

    def rows(self, sql):
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as base:
            return [tuple(row) for row in base.execute(sql)]

    @contextlib.contextmanager
    def locked_for_writing(self):
        """While it lasts, nobody else can commit."""
        base = sqlite3.connect(self.file, isolation_level=None)
        try:
            base.execute("BEGIN IMMEDIATE")
            yield
        finally:
            base.close()

    def drop(self):
        pass  # it goes with its folder


class Postgres:
    kind = POSTGRES

    def __init__(self, server):
        self.server = server
        self.name = "lockgate_" + secrets.token_hex(6)
        self._psql(server, f"CREATE DATABASE {self.name}")
        self.url = urllib.parse.urlsplit(server)._replace(path="/" + self.name).geturl()

    def _psql(self, url, sql):
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"psql: {done.stderr.strip()}")
        return done.stdout

    def rows(self, sql):
        return [tuple(int(cell) if cell.lstrip("-").isdigit() else cell for cell in line.split("|"))
                for line in self._psql(self.url, sql).splitlines()]

    @contextlib.contextmanager
    def locked_for_writing(self):
        """While it lasts, nobody else can write into any table."""
        session = subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-d", self.url], text=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        tables = [name for (name,) in self.rows(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")]
        try:
            session.stdin.write(f"BEGIN; LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE; SELECT 'locked';\n")
            session.stdin.flush()
            assert session.stdout.readline().strip() == "locked"
            yield
        finally:
            session.stdin.close()  # rolls back
            session.stdout.close()
            session.wait(10)

    def drop(self):
        self._psql(self.server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


def make(kind, folder):
    return Sqlite(folder) if kind == SQLITE else Postgres(postgres_server())
