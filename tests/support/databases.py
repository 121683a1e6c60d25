"""A real PostgreSQL on this machine for tests: its own folder, its own port, ended with the tests.

Debian's package ``postgresql`` is enough (``make test`` installs it where it may); without one those tests say so.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from dashboards.server_settings import JOURNAL_VARIABLE, TRAIL_VARIABLE

_NUMBERS = count()


@dataclass(frozen=True)
class Server:
    """A running server; ``address`` lacks the name of a database."""

    address: str

    def new_database(self) -> str:
        """The address of a place without tables: a schema, for a whole database is three hundred files."""
        name = f"place_{next(_NUMBERS)}"
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(f"create schema {name}")
        return f"{self.address}/postgres?options=-csearch_path%3D{name}"


def programs() -> Path | None:
    """The folder of the newest server that is installed."""
    named = shutil.which("initdb")
    there = [Path(named).resolve().parent] if named else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return there[-1] if there and (there[-1] / "postgres").is_file() else None


def _user() -> str | None:
    """Whose server it is: it refuses to run as root."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def running_server(bin_folder: Path) -> Iterator[Server]:
    """A server with an empty folder, reachable from this machine alone, as quick as one that nobody relies on."""
    user = _user()
    folder = Path(tempfile.mkdtemp(prefix="orchard-postgres-"))
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    subprocess.run(
        [bin_folder / "initdb", "-D", data, "-A", "trust", "-U", "orchard", "-E", "UTF8", "--locale=C.UTF-8",
         "--no-sync"], user=user, cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quick = ("fsync=off", "full_page_writes=off", "autovacuum=off", "listen_addresses=127.0.0.1",
             "unix_socket_directories=", f"port={port}")  # fmt: skip
    settings = [word for one in quick for word in ("-c", one)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([bin_folder / "postgres", "-D", data, *settings], user=user, cwd=folder, stderr=log)
    try:
        server = Server(f"postgresql://orchard@127.0.0.1:{port}")
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nobody needs its files again
        process.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"{server.address}/postgres").close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    with running_server(found) as server:
        yield server


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where journal and trail are kept in a test: in files of the home folder, or in two databases of a server."""
    for variable in (JOURNAL_VARIABLE, TRAIL_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
        if request.param == "PostgreSQL":
            monkeypatch.setenv(variable, request.getfixturevalue("postgres").new_database())
    return str(request.param)
