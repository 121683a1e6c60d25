"""Erasing a pupil from files: what holds them is found, what nobody could look into is told of, no copy is left."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from expectations.vocabulary import TRUST
from pipelines import forgetting, forgetting_files
from pipelines.forgetting_files import delivered_files, remove_copies, where_still, which_name
from pipelines.forgotten import Forgotten, remember_forgotten
from pipelines.landing import land
from pipelines.night import open_night
from pipelines.settings import Settings
from pipelines.store import Store
from tests.support.homes import date_back, deliver, register_rows, upn_of

NOW = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)
UPN, FORMER = upn_of(1), upn_of(2)
SPACED = f"{UPN[:4]} {UPN[4:]}"


def erased(settings: Settings) -> Forgotten:
    return remember_forgotten(settings, [("UPN", TRUST, UPN)], NOW)


def notes(settings: Settings, name: str = "notes.csv") -> Path:
    """A file that no night can read as a table, and that does not hold the UPN as it is written."""
    path = settings.drop_folder / "999001" / name
    path.write_text(f"one,two\n{SPACED},{name}\n", encoding="utf-8")
    return date_back(path, 1)


def shut(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    """Files and folders that this user may not open."""
    real_open, real_scan = Path.open, os.scandir

    def refuse(path: Any) -> None:
        if Path(path) in paths:
            raise PermissionError(13, "Permission denied", str(path))

    def opening(path: Path, *more: Any, **named: Any) -> Any:
        refuse(path)
        return real_open(path, *more, **named)

    def scanning(path: Any) -> Any:
        refuse(path)
        return real_scan(path)

    monkeypatch.setattr(Path, "open", opening)
    monkeypatch.setattr(os, "scandir", scanning)


def test_what_was_delivered_is_theirs_or_not_or_nobody_could_read_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(settings, "999002", "others.csv", register_rows(5, first=20))
    spaced = deliver(settings, "999001", "theirs.csv", [row.replace(UPN, SPACED) for row in register_rows(5)])
    unreadable, locked = notes(settings), notes(settings, "locked.csv")
    with Store(settings.work_file) as store:
        shut(monkeypatch, locked)
        delivered, landed = delivered_files(settings, store)
    looked = which_name(settings, delivered, erased(settings), [UPN])
    assert landed == []
    assert looked.found == [spaced]
    assert sorted(looked.unread) == sorted([unreadable, locked])


def test_only_copies_that_were_taken_and_are_nobodys_who_was_erased_stay(settings: Settings) -> None:
    other = deliver(settings, "999002", "others.csv", register_rows(5, first=20))
    deliver(settings, "999001", "theirs.csv", register_rows(5))
    notes(settings)
    with open_night(settings, dt.datetime.now(dt.UTC)) as night:
        assert dict(land(night).states) == {"TAKEN": 2, "REFUSED": 1}
    (settings.landing_folder / "ab").mkdir(exist_ok=True)
    (settings.landing_folder / "ab" / "abc").write_bytes(b"a copy that no ledger names")
    with Store(settings.work_file) as store:
        _, landed = delivered_files(settings, store)
    looked = which_name(settings, landed, erased(settings), [UPN])
    assert remove_copies(settings, {one.path for one in landed} - {*looked.found, *looked.unread}) == 3
    assert [p.read_bytes() for p in settings.landing_folder.rglob("*") if p.is_file()] == [other.read_bytes()]


def test_every_upn_is_sought_in_the_home_folder_and_what_is_shut_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = settings.home / "papers"
    (folder / "shut").mkdir(parents=True)
    for name, text in (("former", FORMER), ("locked", "x"), ("none", upn_of(3)), ("shut/inside", UPN)):
        (folder / name).write_text(text, encoding="ascii")
    (settings.drop_folder / "999001" / "theirs.csv").write_text(UPN, encoding="ascii")
    shut(monkeypatch, folder / "locked", folder / "shut")
    search = where_still(settings, [UPN, FORMER])
    assert search.found == [folder / "former"]
    assert sorted(search.unread) == [folder / "locked", folder / "shut"]


@pytest.fixture
def released(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A home with a release, in which every night ends well."""
    monkeypatch.setattr(forgetting, "refresh", lambda *_: SimpleNamespace(is_success=True, release_number=1))
    (settings.releases_folder / "1").mkdir(parents=True)
    settings.current.symlink_to(settings.releases_folder / "1")
    return settings


def test_a_second_run_knows_of_the_first_and_the_apps_are_to_be_restarted(released: Settings) -> None:
    first, is_all = forgetting.forget_pupil(released, UPN, NOW)
    assert is_all
    assert first.startswith("No pupil with this UPN stood in the data")
    assert "restart both apps" in first
    second, _ = forgetting.forget_pupil(released, UPN, NOW)
    assert second.startswith("An earlier run erased the rows of this pupil")


def test_what_could_not_be_looked_into_is_left_to_a_person(released: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    notes(released)
    (released.home / "papers").mkdir(exist_ok=True)
    (released.drop_folder / "999002" / "shut").mkdir()
    shut(monkeypatch, released.home / "papers", released.drop_folder / "999002" / "shut")
    said, is_all = forgetting.forget_pupil(released, UPN, NOW)
    assert not is_all
    assert "in the drop folder could not be read" in said
    assert "999001/notes.csv, 999002/shut." in said
    assert "whether the UPN is there: papers." in said
    assert not any(told in said for told in (UPN, SPACED))


def test_a_folder_that_is_shut_does_not_hide_the_rest(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (settings.home / name).mkdir()
        (settings.home / name / "text").write_text(UPN, encoding="ascii")
    shut(monkeypatch, settings.home / "a")
    search = forgetting_files.Search()
    found = list(forgetting_files.files_below(settings.home, search, apart=settings.drop_folder))
    assert settings.home / "b" / "text" in found
    assert search.unread == [settings.home / "a"]
