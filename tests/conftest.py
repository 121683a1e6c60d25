"""What holds for every test: no network beyond this machine, no settings of the person who runs them."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("orchard", deadline=None, database=None)  # a shared machine is no measure of time
settings.load_profile("orchard")

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def pytest_configure(config: pytest.Config) -> None:
    """Say which warning of a dependency is known: Great Expectations imports a module that 3.11 deprecates."""
    config.addinivalue_line("filterwarnings", "ignore:module 'sre_parse' is deprecated:DeprecationWarning")


def is_allowed(family: int, address: Any) -> bool:
    """True for this machine: a Unix socket or a loopback address."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0] if isinstance(address, tuple) else ""
    return str(host).startswith(_LOOPBACK)


@pytest.fixture(scope="session", autouse=True)
def _no_network_beyond_loopback() -> Iterator[None]:
    """A connection to another machine fails with a sentence, in this process; a test never depends on the world."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            real = getattr(socket.socket, name)

            def guarded(self: socket.socket, address: Any, _real: Any = real) -> Any:
                if not is_allowed(self.family, address):
                    raise AssertionError("A test tried to reach another machine.")
                return _real(self, address)

            patch.setattr(socket.socket, name, guarded)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No ``ORCHARD_*`` of the person who runs the tests, and a home of its own for Dagster.

    For the session, so that homes made by fixtures of any scope, and child processes, are inside it.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ORCHARD_")]:
            patch.delenv(name)
        patch.setenv("DAGSTER_HOME", str(tmp_path_factory.mktemp("dagster")))
        patch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top of the repository."""
    return Path(__file__).parents[1]


@pytest.fixture(scope="session")
def committed(repository: Path) -> list[Path]:
    """Every file that git keeps. Without git, as in an unpacked archive, the test is passed over and says so."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=repository, capture_output=True, text=True, check=False)
    if asked.returncode:
        pytest.skip("not a git checkout")
    return [path for name in asked.stdout.split("\0") if name and (path := repository / name).is_file()]
