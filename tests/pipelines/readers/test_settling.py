"""F35: a file that is still being written is not touched."""

from __future__ import annotations

import os
import threading
import time

import pytest

from pipelines.readers.settling import is_delivery_name, is_quiet, is_settled
from tests.support.faulty_files import REGISTER_HEADER, register_rows, write_bytes, write_workbook


@pytest.mark.parametrize(
    "name",
    ["~$register.xlsx", "a.csv.tmp", "a.csv.PART", "a.filepart", "a.crdownload", ".a.csv", ".~lock.a.xlsx#",
     "a.csv.done", "Thumbs.db", "a.csv~"],
)  # fmt: skip
def test_names_of_unfinished_copies(name):
    assert not is_delivery_name(name)


@pytest.mark.parametrize("name", ["register.csv", "Part 2.xlsx", "temporary staff.csv", "a"])
def test_names_of_deliveries(name):
    assert is_delivery_name(name)


@pytest.mark.parametrize(
    ("modified", "changed", "is_so"),
    [(100, 100, True), (140, 100, True), (141, 100, False), (100, 141, False), (100, 140, True),
     (9_999, 100, True), (9_999, 190, False)],
)  # fmt: skip
def test_quiet_at_the_threshold_of_sixty_seconds(modified, changed, is_so):
    assert is_quiet(modified, changed, now=200) is is_so


def test_a_file_settles_when_quiet_or_marked(tmp_path):
    path = write_bytes(tmp_path / "a.csv", "x\n")
    now = time.time()
    assert not is_settled(path, now)
    assert is_settled(path, now + 61)
    assert is_settled(path, now + 1, quiet_seconds=0)
    write_bytes(tmp_path / "a.csv.done", b"")
    assert is_settled(path, now)
    assert not is_settled(tmp_path / "gone.csv", now)


def test_a_half_copied_workbook_waits_and_is_at_last_taken_to_be_refused(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"S": [REGISTER_HEADER, *register_rows(20)]})
    later = time.time() + 120
    assert is_settled(path, later)
    os.truncate(path, path.stat().st_size // 2)
    assert not is_settled(path, later)
    assert is_settled(path, later + 3600)


def test_nothing_is_taken_while_a_writer_appends(tmp_path):
    path = tmp_path / "a.csv"
    stop = threading.Event()

    def append() -> None:
        with path.open("a") as handle:
            while not stop.wait(0.01):
                handle.write("x\n")
                handle.flush()

    writer = threading.Thread(target=append)
    writer.start()
    try:
        seen = [is_settled(path, time.time(), quiet_seconds=0.2) for _ in range(40) if not stop.wait(0.01)]
    finally:
        stop.set()
        writer.join()
    assert not any(seen)
    assert is_settled(path, time.time() + 0.3, quiet_seconds=0.2)
