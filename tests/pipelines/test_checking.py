"""Looking at a file before it is sent: the work database is opened under the lock alone."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from rich.console import Console

from pipelines import checking
from pipelines.checking import check_file
from pipelines.landing import land
from pipelines.night import only_refresh, open_night
from pipelines.settings import Settings
from tests.support.homes import deliver, register_rows


@pytest.fixture
def file(settings: Settings) -> Path:
    """A delivery of a trust that has had a night."""
    path = deliver(settings, "999001", "register.csv", register_rows(3))
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        land(night)
    return path


def test_while_a_backup_copies_the_work_database_nobody_opens_it(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []

    class Seen(checking.Store):
        def __init__(self, path: Path) -> None:
            opened.append(path)
            super().__init__(path)

    monkeypatch.setattr(checking, "Store", Seen)
    said = io.StringIO()
    with only_refresh(settings):
        check_file(settings, file, "999001", Console(file=said, width=200))
    assert opened == []
    assert "or one is running now" in said.getvalue()
    check_file(settings, file, "999001", Console(file=said, width=200))
    assert opened == [settings.work_file]
