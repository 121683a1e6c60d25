"""Nights after the first: nothing new changes nothing, one new file changes what hangs on it, faults change nothing."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from pipelines import publish
from tests.end_to_end.conftest import PROGRAM, Trust, orchard


@pytest.fixture
def home(trust: Trust, tmp_path: Path) -> Path:
    """A copy of the trust after its first night, to change as a test likes."""
    return Path(shutil.copytree(trust.home, tmp_path / "home", symlinks=True))


def pointed(home: Path) -> str:
    return (home / "CURRENT").resolve().name


def hashes(home: Path) -> dict[str, str]:
    found: dict[str, str] = publish.read_manifest((home / "CURRENT").resolve())["sha256"]
    return found


def newest_attendance(home: Path) -> Path:
    return max((home / "drop").glob("*/attendance_2025-26.csv"), key=lambda path: path.stat().st_size)


def shorten(path: Path) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


def test_a_second_night_changes_nothing(home: Path) -> None:
    before = hashes(home)
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 1, done.stderr
    assert "nothing changed" in done.stdout
    assert pointed(home) == "1"
    assert hashes(home) == before
    publish.verify((home / "CURRENT").resolve())


def test_one_new_file_makes_one_new_release(home: Path) -> None:
    shorten(newest_attendance(home))
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 1, done.stderr
    assert pointed(home) == "2"
    assert publish.read_manifest((home / "CURRENT").resolve())["landing"]["TAKEN"] == 1


def test_a_school_that_sends_rubbish_holds_nobody_up(home: Path) -> None:
    rubbish = next((home / "drop").glob("9*")) / "pupils.csv"
    rubbish.write_text("<html>Session expired, please sign in</html>", encoding="utf-8")
    shorten(newest_attendance(home))
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 1, done.stderr
    assert pointed(home) == "2"


def test_rollback_goes_back_and_the_next_night_goes_on(home: Path) -> None:
    shorten(newest_attendance(home))
    orchard("refresh", "--home", str(home))
    assert orchard("rollback", "--home", str(home)).returncode == 0
    assert pointed(home) == "1"
    shorten(newest_attendance(home))
    orchard("refresh", "--home", str(home))
    assert pointed(home) == "3"


def test_a_rollback_stands_until_something_new_arrives(home: Path) -> None:
    shorten(newest_attendance(home))
    orchard("refresh", "--home", str(home))
    orchard("rollback", "--home", str(home))
    assert "nothing changed" in orchard("refresh", "--home", str(home)).stdout
    assert pointed(home) == "1"


def test_a_refused_file_stands_on_its_schools_mend_list(home: Path) -> None:
    planted = next(
        line for line in (home / "truth" / "planted_files.csv").read_text().splitlines() if ",EMPTY," in line
    )
    urn, name = planted.split(",", 1)[0].split("/", 1)
    told = ((home / "CURRENT").resolve() / "mend" / f"{urn}.csv").read_text(encoding="utf-8")
    assert name in told


def test_a_damaged_release_is_replaced_the_next_night(home: Path) -> None:
    file = (home / "CURRENT").resolve() / "agg_trust.duckdb"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.chmod(0o600)
    file.write_bytes(content)
    assert orchard("refresh", "--home", str(home)).returncode == 1
    assert pointed(home) == "2"
    publish.verify((home / "CURRENT").resolve())


def _is_locked(path: Path) -> bool:
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_second_refresh_at_once_is_told_and_starts_nothing(home: Path) -> None:
    shorten(newest_attendance(home))
    first = subprocess.Popen(
        [PROGRAM, "refresh", "--home", str(home)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _is_locked(home / ".refresh.lock") and first.poll() is None:
            time.sleep(0.05)
        second = orchard("refresh", "--home", str(home))
    finally:
        first.wait(120)
    assert second.returncode == 2
    assert "Another refresh" in second.stderr


@pytest.mark.parametrize("seconds", [1.0, 3.0, 5.0, 7.0])
def test_killed_at_any_moment_the_last_good_release_stands(home: Path, seconds: float) -> None:
    shorten(newest_attendance(home))
    process = subprocess.Popen(
        [PROGRAM, "refresh", "--home", str(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
    publish.verify((home / "CURRENT").resolve())
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 1, done.stderr
    assert pointed(home) == "2"
    assert not list((home / "releases").glob(".tmp-*"))


def _small_files_only() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def test_a_full_disk_is_one_sentence_and_the_last_good_release_stands(home: Path) -> None:
    before = hashes(home)
    shorten(newest_attendance(home))
    done = orchard("refresh", "--home", str(home), preexec_fn=_small_files_only)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert pointed(home) == "1"
    assert hashes(home) == before
    assert orchard("refresh", "--home", str(home)).returncode == 1
    assert pointed(home) == "2"


def test_without_settings_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    done = orchard("refresh", "--home", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "orchard sample" in done.stderr


def test_a_taken_port_is_named_before_anything_starts(home: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        done = orchard("serve", "--home", str(home), env={**os.environ, "ORCHARD_STAFF_PORT": port})
    assert done.returncode == 2
    assert f"Port {port} is taken (staff_port)" in done.stderr


def test_a_table_of_pupils_cannot_be_exported(home: Path, tmp_path: Path) -> None:
    refused = orchard(
        "export", "--home", str(home), "--table", "mart_pupils__register", "--out", str(tmp_path / "x.csv")
    )
    assert refused.returncode == 2
    assert not (tmp_path / "x.csv").exists()
    done = orchard("export", "--home", str(home), "--table", "mart_pupils__school", "--out", str(tmp_path / "x.csv"))
    assert done.returncode == 0
    assert (tmp_path / "x.csv").read_text().startswith("school_urn,")


def test_check_says_what_would_be_set_aside_before_sending(home: Path, tmp_path: Path) -> None:
    school = next((home / "drop").glob("9*"))
    source = next(school.glob("attendance_2025-26.csv"), None) or newest_attendance(home)
    urn = source.parent.name
    assert orchard("check", str(source), "--home", str(home), "--school", urn).returncode in (0, 1)
    bad = tmp_path / "attendance.csv"
    bad.write_text("one,two\n1,2\n", encoding="utf-8")
    refused = orchard("check", str(bad), "--home", str(home), "--school", urn)
    assert refused.returncode == 2
    assert "refused" in refused.stdout
    assert orchard("check", str(bad), "--home", str(home), "--school", "123456").returncode == 2


def test_check_names_broken_and_malformed_rows_of_one_file_together(home: Path, tmp_path: Path) -> None:
    source = newest_attendance(home)
    lines = source.read_bytes().splitlines()
    comma = b";" if b";" in lines[0] else b","
    wrong = [lines[6] + comma + b"one" + comma + b"more", lines[7].replace(b"2025", b"2099", 1)]
    bad = tmp_path / "attendance.csv"
    bad.write_bytes(b"\n".join([*lines[:6], *wrong]) + b"\n")
    told = orchard("check", str(bad), "--home", str(home), "--school", source.parent.name)
    assert told.returncode == 1, told.stdout + told.stderr
    assert "more" in told.stdout
    assert "2099" not in told.stdout
