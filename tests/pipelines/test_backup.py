"""Backups: all of a home folder at one moment, readable by their key alone, and never a half one with a whole name."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from dashboards.trail_journal import open_trail
from expectations.errors import BusyError, OrchardError, SettingsError
from pipelines import backup
from pipelines.archive import read_archive
from pipelines.backup import Order, back_up, default_key_file
from pipelines.backup_keys import KeyRing, add_key, read_ring
from pipelines.erased_list import home_mark, list_beside
from pipelines.landing import land
from pipelines.night import only_refresh, open_night
from pipelines.restore import restore
from pipelines.sealed import KEY_ID_DIGITS, MAGIC
from pipelines.settings import Settings
from tests.support.homes import deliver, make_home, register_rows, upn_of

NOW = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)
SECRET_NAME = "Surname1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home with two deliveries landed, an access log, a frozen paper, a release and a trail."""
    (tmp_path / "home").mkdir()
    made = make_home(tmp_path / "home")
    deliver(made, "999001", "Register of Surname1.csv", register_rows(30))
    deliver(made, "999002", "register.csv", register_rows(20, first=40))
    with open_night(made, dt.datetime.now(dt.UTC)) as night:
        land(night)
    for name, text in {
        "access/board/log.jsonl": '{"a":1}\n', "access/entitlements.csv": "issuer\n", "papers/999001/x.html": "<p>",
        "released_cells.parquet": "cells", "dagster/runs.db": "runs", ".CURRENT.new": "half",
        "landing/ab/cd.tmp-7": "half",
    }.items():  # fmt: skip
        path = made.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (made.home / "access" / "entitlements.csv").chmod(0o640)
    open_trail(made.home)
    return made


def files_of(home: Path) -> dict[str, tuple[bytes, int, int]]:
    return {
        path.relative_to(home).as_posix(): (path.read_bytes(), path.stat().st_mode, path.stat().st_mtime_ns)
        for path in home.rglob("*") if path.is_file()
    }  # fmt: skip


def the_backup(folder: Path) -> Path:
    (found,) = folder.glob("orchard-*.sealed")
    return found


def test_a_restored_home_is_the_home_byte_by_byte(settings: Settings, tmp_path: Path) -> None:
    said = back_up(settings, Order(tmp_path / "to"), NOW)
    told = restore(the_backup(tmp_path / "to"), tmp_path / "again", default_key_file(settings.home))
    before, after = files_of(settings.home), files_of(tmp_path / "again")
    trail = "trail/trail.sqlite"
    gone = {name for name in before if name not in after}
    assert gone == {
        ".refresh.lock", ".CURRENT.new", "dagster/runs.db", "landing/ab/cd.tmp-7",
        *(name for name in before if name.startswith(f"{trail}-")),
    }  # fmt: skip
    made = {trail, "secrets/backup_keys"}
    assert {name: of for name, of in after.items() if name not in made} == {
        name: of for name, of in before.items() if name in after and name not in made
    }
    assert "each as it was backed up" in told
    assert f"{len(after) - 1:,} files" in said  # the key file is in no backup
    assert "26 November 2026 at 04:00" in told


def test_nothing_of_a_pupil_is_said_or_lies_open(settings: Settings, tmp_path: Path) -> None:
    said = back_up(settings, Order(tmp_path / "to"), NOW)
    content = the_backup(tmp_path / "to").read_bytes()
    for value in (SECRET_NAME, upn_of(1)):
        assert value not in said
        assert value.encode() not in content
    assert the_backup(tmp_path / "to").name == f"orchard-{home_mark(settings)}-20261126T040000Z.sealed"
    assert the_backup(tmp_path / "to").stat().st_mode & 0o777 == 0o600
    assert not list(settings.home.glob(".backup-*"))


def test_older_backups_stay_readable_when_the_key_is_changed(settings: Settings, tmp_path: Path) -> None:
    key_file = tmp_path / "keys" / "ring"
    ids = []
    for day in range(3):
        back_up(settings, Order(tmp_path / "to", key_file, is_key_new=True), NOW + dt.timedelta(days=day))
        ids.append(read_ring(key_file).newest.key_id)
    made = sorted((tmp_path / "to").iterdir())
    told = [read_archive(path, read_ring(key_file)) for path in made]
    assert [path.read_bytes()[len(MAGIC) :][:KEY_ID_DIGITS].decode() for path in made] == ids
    assert len(set(ids)) == 3
    inside = {name for one in told for name in one["files"]}
    assert not any("backup_keys" in name or "ring" in name for name in inside)


def test_no_key_is_ever_in_a_backup(settings: Settings, tmp_path: Path) -> None:
    """Neither the key file in use, nor the one of the home folder while another is in use."""
    add_key(default_key_file(settings.home))
    elsewhere = settings.home / "secrets" / "another"
    back_up(settings, Order(tmp_path / "to", elsewhere, is_key_new=True), NOW)
    told = read_archive(the_backup(tmp_path / "to"), read_ring(elsewhere))
    assert [name for name in told["files"] if "/secrets/" in name] == ["home/secrets/pupil_key"]


def test_a_refresh_and_a_backup_do_not_run_together(settings: Settings, tmp_path: Path) -> None:
    with only_refresh(settings), pytest.raises(BusyError, match="or a backup"):
        back_up(settings, Order(tmp_path / "to"), NOW)
    assert list((tmp_path / "to").iterdir()) == []


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order(Path("home/backups")), "lost with the home folder"),
        (Order(Path("to"), Path("to/keys")), "beside the backups"),
        (Order(Path("to"), Path("elsewhere/keys")), "There is no key file"),
    ],
)
def test_a_place_that_will_not_do_is_refused(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: Order, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=said):
        back_up(settings, order, NOW)
    assert not default_key_file(settings.home).exists()


def test_backups_past_their_days_go_and_nothing_else(settings: Settings, tmp_path: Path) -> None:
    to = tmp_path / "to"
    for days in (40, 31, 29):
        back_up(settings, Order(to), NOW - dt.timedelta(days=days))
    begin = f"orchard-{home_mark(settings)}-"
    (to / f"{begin}notes.sealed").write_text("mine", encoding="utf-8")
    said = back_up(settings, Order(to, keep_days=30), NOW)
    assert "2 older backups were removed" in said
    assert sorted(path.name for path in to.iterdir()) == [
        f"{begin}20261028T040000Z.sealed", f"{begin}20261126T040000Z.sealed", f"{begin}notes.sealed",
    ]  # fmt: skip


def test_two_homes_may_share_a_folder(settings: Settings, tmp_path: Path) -> None:
    """Neither removes what the other made, nor what it is still making."""
    (tmp_path / "other").mkdir()
    other, to = make_home(tmp_path / "other"), tmp_path / "to"
    back_up(other, Order(to), NOW - dt.timedelta(days=40))
    making = to / f".orchard-{home_mark(other)}-20261126T035959Z.sealed.part"
    making.write_text("half", encoding="utf-8")
    said = back_up(settings, Order(to, keep_days=30), NOW)
    assert "removed" not in said
    assert making.exists()
    assert len(list(to.glob("orchard-*.sealed"))) == 2
    said = back_up(other, Order(to, keep_days=30), NOW)
    assert "1 older backups were removed" in said
    assert not making.exists()


def test_a_backup_holds_the_lock_until_it_has_its_name(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second one at that time would take what is being read back for what a killed one left."""

    def read_back(path: Path, ring: KeyRing) -> dict[str, object]:
        with pytest.raises(BusyError):
            back_up(settings, Order(tmp_path / "to"), NOW + dt.timedelta(seconds=1))
        return read_archive(path, ring)

    monkeypatch.setattr(backup, "read_archive", read_back)
    back_up(settings, Order(tmp_path / "to"), NOW)
    assert the_backup(tmp_path / "to").is_file()


def test_what_a_school_or_a_meeting_names_oddly_is_in_it_and_a_half_built_release_is_not(
    settings: Settings, tmp_path: Path
) -> None:
    kept = {"drop/999001/marks.tmp-7.csv", "drop/999001/.list.new", "papers/999001/.tmp-1/x.html"}
    half = {"releases/.tmp-41/agg_trust.duckdb", ".work.duckdb.new"}
    for name in kept | half:
        (settings.home / name).parent.mkdir(parents=True, exist_ok=True)
        (settings.home / name).write_text("words", encoding="utf-8")
    back_up(settings, Order(tmp_path / "to"), NOW)
    inside = read_archive(the_backup(tmp_path / "to"), read_ring(default_key_file(settings.home)))["files"]
    assert {f"home/{name}" for name in kept} <= set(inside)
    assert not {f"home/{name}" for name in half} & set(inside)


def test_the_erased_are_listed_beside_and_the_list_never_shrinks(settings: Settings, tmp_path: Path) -> None:
    beside = list_beside(tmp_path / "to", home_mark(settings))
    back_up(settings, Order(tmp_path / "to"), NOW)
    assert not beside.exists()
    settings.forgotten_file.write_text(f"digest,since\n{'a' * 32},2026-11-01\n", encoding="ascii")
    back_up(settings, Order(tmp_path / "to"), NOW + dt.timedelta(days=1))
    assert beside.stat().st_mode & 0o777 == 0o600
    settings.forgotten_file.write_text(f"digest,since\n{'b' * 32},2026-11-02\n", encoding="ascii")
    back_up(settings, Order(tmp_path / "to", keep_days=1), NOW + dt.timedelta(days=9))
    assert beside.read_text(encoding="ascii").split() == [
        "digest,since", f"{'a' * 32},2026-11-01", f"{'b' * 32},2026-11-02",
    ]  # fmt: skip


def test_what_lies_elsewhere_is_told(settings: Settings, tmp_path: Path) -> None:
    elsewhere = settings.model_copy(update={"drop": tmp_path / "drop", "ladder_file": Path("ladder.csv")})
    (settings.home / "drop" / "link.csv").symlink_to(tmp_path)
    said = back_up(elsewhere, Order(tmp_path / "to"), NOW)
    assert "what lies outside the home folder (drop), 1 links" in said


def test_a_sender_may_take_a_file_away_meanwhile_and_nobody_else(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(backup._files(settings, default_key_file(settings.home)))
    gone = [settings.drop_folder / "999001" / "gone.csv"]
    monkeypatch.setattr(backup, "_files", lambda *_: iter([*gone, *found]))
    back_up(settings, Order(tmp_path / "to"), NOW)
    gone.append(settings.releases_folder / "1" / "gone.duckdb")
    with pytest.raises(FileNotFoundError):
        back_up(settings, Order(tmp_path / "more"), NOW)
    assert list((tmp_path / "more").iterdir()) == []


def test_a_backup_that_is_killed_leaves_no_file_that_looks_whole(settings: Settings, tmp_path: Path) -> None:
    (settings.home / "drop" / "999001" / "large.bin").write_bytes(random.Random(5).randbytes(40_000_000))
    to = tmp_path / "to"
    program = str(Path(sys.executable).with_name("orchard"))
    running = subprocess.Popen([program, "backup", "--home", str(settings.home), "--to", str(to)])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not any(part.stat().st_size > 8_000_000 for part in to.glob(".*.part")):
        time.sleep(0.002)
    running.send_signal(signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    (half,) = to.iterdir()
    assert half.name.endswith(".part")
    with pytest.raises(OrchardError, match="cut off"):
        restore(half, tmp_path / "again", default_key_file(settings.home))
    assert not (tmp_path / "again").exists()
    os.remove(settings.home / "drop" / "999001" / "large.bin")
    back_up(settings, Order(to), NOW)
    assert [path.name for path in to.iterdir()] == [f"orchard-{home_mark(settings)}-20261126T040000Z.sealed"]
    assert not list(settings.home.glob(".backup-*"))


def test_the_trail_is_whole_while_others_write_it(settings: Settings, tmp_path: Path) -> None:
    """Each writer adds two lines at once; a copy that held one of them alone would be of no moment at all."""
    stop = threading.Event()
    written = [0, 0]

    def write(which: int) -> None:
        with closing(sqlite3.connect(settings.trail_file, timeout=30, isolation_level=None)) as connection:
            while not stop.is_set():
                connection.execute("begin immediate")
                for table in ("pair_one", "pair_two"):
                    connection.execute(f"insert into {table} values (?, ?)", (which, "x" * 2_000))
                connection.execute("commit")
                written[which] += 1

    with closing(sqlite3.connect(settings.trail_file)) as connection:
        connection.execute("create table pair_one (writer, words)")
        connection.execute("create table pair_two (writer, words)")
    writers = [threading.Thread(target=write, args=(which,)) for which in (0, 1)]
    for writer in writers:
        writer.start()
    try:
        while min(written) < 20:
            time.sleep(0.01)
        before = sum(written)
        back_up(settings, Order(tmp_path / "to"), NOW)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    restore(the_backup(tmp_path / "to"), tmp_path / "again", default_key_file(settings.home))
    with closing(sqlite3.connect(tmp_path / "again" / "trail" / "trail.sqlite")) as copy:
        counts = [copy.execute(f"select count(*) from {table}").fetchone()[0] for table in ("pair_one", "pair_two")]
        assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
    assert counts[0] == counts[1]
    assert before <= counts[0] <= sum(written)


def test_a_damaged_trail_stops_the_backup(settings: Settings, tmp_path: Path) -> None:
    settings.trail_file.write_bytes(b"no database at all" * 100)
    with pytest.raises(OrchardError, match="The trail cannot be copied"):
        back_up(settings, Order(tmp_path / "to"), NOW)
    assert list((tmp_path / "to").iterdir()) == []
