"""A home before its first release, its journal and the night over it: for the tests of what people wrote as sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards.journal import Journal, address, open_journal
from pipelines.night import Night, open_night
from pipelines.settings import Settings
from tests.support.databases import database, postgres  # noqa: F401 -- fixtures
from tests.support.homes import make_home


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return make_home(tmp_path)


@pytest.fixture
def journal(settings: Settings) -> Journal:
    return open_journal(address(settings.home, {}))


@pytest.fixture
def night(settings: Settings) -> Iterator[Night]:
    with open_night(settings, dt.datetime(2026, 11, 20, 2, tzinfo=dt.UTC)) as one:
        one.release_number = 1
        yield one


def again(night: Night) -> Night:
    """The same store on the next night."""
    night.memory.clear()
    return night
