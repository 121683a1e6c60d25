"""The guards of ``conftest.py`` guard."""

from __future__ import annotations

import os
import socket

import pytest

from tests.conftest import is_allowed


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as outside, pytest.raises(AssertionError, match="another machine"):
        outside.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as inside:
        inside.connect(server.getsockname())
        assert inside.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("family", "address", "allowed"),
    [
        (socket.AF_INET, ("127.0.0.53", 53), True),
        (socket.AF_INET6, ("::1", 80, 0, 0), True),
        (socket.AF_INET6, ("2001:db8::1", 80, 0, 0), False),
        (socket.AF_INET, ("example.org", 443), False),
        (socket.AF_UNIX, "a-path", True),
    ],
)
def test_only_loopback_is_allowed(family: int, address: object, allowed: bool) -> None:
    assert is_allowed(family, address) is allowed


def test_nobody_elses_settings_are_seen() -> None:
    assert not [name for name in os.environ if name.startswith("ORCHARD_")]
    assert "dagster" in os.environ["DAGSTER_HOME"]
