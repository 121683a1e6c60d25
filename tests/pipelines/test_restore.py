"""Restoring: the whole home, or nothing and one sentence that says what is wrong and what to do."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from expectations.errors import OrchardError, SettingsError
from pipelines.archive import read_archive
from pipelines.backup import Order, back_up, default_key_file
from pipelines.backup_keys import add_key, read_ring
from pipelines.erased_list import home_mark, list_beside
from pipelines.forgotten import read_forgotten, remember_forgotten
from pipelines.restore import restore
from pipelines.settings import Settings, load_settings
from tests.support.homes import deliver, make_home, register_rows, upn_of

NOW = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    add_key(tmp_path / "keys")
    return tmp_path / "keys"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "home").mkdir()
    made = make_home(tmp_path / "home")
    deliver(made, "999001", "register.csv", register_rows(300))
    return made


@pytest.fixture
def backup(settings: Settings, keys: Path, tmp_path: Path) -> Path:
    back_up(settings, Order(tmp_path / "to", keys), NOW)
    return next((tmp_path / "to").iterdir())


def nothing_is_left(folder: Path) -> bool:
    return not (folder / "again").exists() and not list(folder.glob(".again*"))


@pytest.mark.parametrize("place", [3, 20, 60, 200, -1])
def test_a_flipped_byte_is_refused(backup: Path, keys: Path, tmp_path: Path, place: int) -> None:
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    backup.write_bytes(content)
    with pytest.raises(OrchardError, match=r"changed|not in the key file") as told:
        restore(backup, tmp_path / "again", keys)
    assert told.value.next_step
    assert nothing_is_left(tmp_path)


@pytest.mark.parametrize("kept", [0, 30, 100, 1_000, -1])
def test_a_file_that_was_cut_off_is_refused(backup: Path, keys: Path, tmp_path: Path, kept: int) -> None:
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises(OrchardError, match=r"cut off|no backup of Orchard"):
        restore(backup, tmp_path / "again", keys)
    assert nothing_is_left(tmp_path)


def test_a_wrong_key_is_refused_by_its_name(backup: Path, tmp_path: Path) -> None:
    add_key(tmp_path / "other")
    with pytest.raises(OrchardError, match=r"sealed with key [0-9a-f]{16}, which is not in the key file"):
        restore(backup, tmp_path / "again", tmp_path / "other")
    assert nothing_is_left(tmp_path)


def test_no_home_is_written_over(backup: Path, keys: Path, settings: Settings) -> None:
    with pytest.raises(SettingsError, match="There is something in the home folder already"):
        restore(backup, settings.home, keys)
    assert settings.drop_folder.is_dir()


def test_an_empty_folder_is_taken_and_closed_to_others(backup: Path, keys: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    restore(backup, tmp_path / "again", keys)
    assert (tmp_path / "again" / "orchard.toml").is_file()
    assert (tmp_path / "again").stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".again*"))


def test_a_restored_home_goes_on_with_the_key_that_people_keep(backup: Path, keys: Path, tmp_path: Path) -> None:
    """A key made anew would seal the next backup, and be in nobody's hands when the machine is lost again."""
    add_key(keys)
    said = restore(backup, tmp_path / "again", keys)
    laid = default_key_file(tmp_path / "again")
    assert read_ring(laid).keys == read_ring(keys).keys
    assert laid.stat().st_mode & 0o777 == 0o600
    assert "secrets/backup_keys" in said
    assert "A new key" not in back_up(load_settings(tmp_path / "again"), Order(tmp_path / "later"), NOW)
    restore(next((tmp_path / "later").glob("*.sealed")), tmp_path / "third", keys)


def test_who_was_erased_since_is_taken_over_and_told_by_day(
    settings: Settings, backup: Path, keys: Path, tmp_path: Path
) -> None:
    """The list beside the backup knows of a pupil whom the backup still holds; no other line of it is believed."""
    assert "No list of the erased" in restore(backup, tmp_path / "before", keys)
    remember_forgotten(settings, [("UPN", "TRUST", upn_of(7)), ("MIS_ID", "999001", "7")], NOW)
    back_up(settings, Order(backup.parent, keys), NOW + dt.timedelta(days=1))
    with list_beside(backup.parent, home_mark(settings)).open("a", encoding="utf-8") as out:
        out.write(f"{'c' * 32},2026-13-01\nevil\n\u00e9\n")
    said = restore(backup, tmp_path / "again", keys)
    assert "knows of some erased on 26 November 2026" in said
    assert "To do: every pupil erased after that moment is in this home again" in said
    assert said.index("To do") < said.index("orchard refresh")
    anew = load_settings(tmp_path / "again")
    assert anew.forgotten_file.stat().st_mode & 0o777 == 0o600
    assert read_forgotten(anew).digests == read_forgotten(settings).digests
    assert len(read_forgotten(anew).digests) == 2
    later = max(backup.parent.glob("*.sealed"))
    assert "knows of nobody more" in restore(later, tmp_path / "later", keys)


@pytest.mark.parametrize("told", [{"format": 2}, {}])
def test_a_backup_of_another_layout_is_refused(
    backup: Path, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, int]
) -> None:
    def read(*given: Any) -> dict[str, Any]:
        known = read_archive(*given)
        del known["format"]
        return {**known, **told}

    monkeypatch.setattr("pipelines.restore.read_archive", read)
    with pytest.raises(OrchardError, match="made by another version"):
        restore(backup, tmp_path / "again", keys)
    assert nothing_is_left(tmp_path)


def test_what_a_killed_restore_left_is_in_nobodys_way(backup: Path, keys: Path, tmp_path: Path) -> None:
    (tmp_path / ".again.restoring" / "drop").mkdir(parents=True)
    (tmp_path / ".again.restoring" / "left.csv").write_text("half", encoding="utf-8")
    restore(backup, tmp_path / "again", keys)
    assert not (tmp_path / "again" / "left.csv").exists()


def test_a_missing_backup_is_told_of(keys: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no such backup"):
        restore(tmp_path / "none.sealed", tmp_path / "again", keys)


def test_a_trail_that_is_kept_elsewhere_comes_with_the_backup(
    settings: Settings, keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboards.journal import open_journal

    where, anew = f"sqlite:///{tmp_path / 'trail.db'}", f"sqlite:///{tmp_path / 'anew.db'}"
    with open_journal(where, steps="trail_migrations").writing() as connection:
        connection.exec_driver_sql(
            "insert into trail_feedback (owner, written_at, written_by, written_as, release_number, answer_1, answer_2,"
            " answer_3) values ('999001', '2026-11-20', 'somebody', 'governor', 3, 'yes', 'no', 'yes')"
        )
    monkeypatch.setenv("ORCHARD_TRAIL_URL", where)
    back_up(load_settings(settings.home), Order(tmp_path / "to", keys), NOW)
    backup = next((tmp_path / "to").iterdir())
    assert "left as it is" in restore(backup, tmp_path / "again", keys)
    monkeypatch.setenv("ORCHARD_TRAIL_URL", anew)
    assert "lines were written into the empty database of the trail" in restore(backup, tmp_path / "anew", keys)
    with open_journal(anew, steps="trail_migrations").reading() as connection:
        assert connection.exec_driver_sql("select owner, answer_2 from trail_feedback").fetchall() == [("999001", "no")]
    monkeypatch.delenv("ORCHARD_TRAIL_URL")
    with pytest.raises(SettingsError, match="its address is not set"):
        restore(backup, tmp_path / "third", keys)
    assert not (tmp_path / "third").exists()
