"""Reading in children: whatever a file does to its child, the parent lives, tells it plainly and reads the rest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.readers import sandbox
from pipelines.readers.recognition import header_names
from pipelines.readers.sandbox import read_deliveries, read_delivery
from pipelines.readers.sheet_rows import Limits, MalformedRow, SheetRows, as_values, from_values
from tests.support.faulty_files import (
    BILLION_LAUGHS,
    CANARY,
    LOGIN_PAGE,
    REGISTER_HEADER,
    census_pupil,
    census_return,
    csv_text,
    register_rows,
    write_bomb,
    write_bytes,
    write_lying_zip,
    write_workbook,
    write_zip,
    write_zip_with_link,
)  # fmt: skip

NAMES = header_names(RAW)
GOOD = csv_text(REGISTER_HEADER, register_rows(30))


def rule_of(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(SourceFileError) as refusal:
        read_delivery(path, NAMES, limits)
    assert CANARY not in str(refusal.value)
    assert path.name.split("\n")[0] in str(refusal.value)
    return refusal.value.rule


def test_every_format_by_content_in_the_order_given(tmp_path):
    rows = register_rows(30)
    paths = [
        write_bytes(tmp_path / "register.xlsx", GOOD),
        write_workbook(tmp_path / "register.csv", {"S": [REGISTER_HEADER, *rows]}),
        write_zip(tmp_path / "register.txt", {"a/register.csv": GOOD.encode(), "__MACOSX/x.csv": b"x"}),
        write_bytes(tmp_path / "register.pdf", census_return([census_pupil("B801200005001", "One")])),
        *(write_bytes(tmp_path / f"more{place:02d}", GOOD) for place in range(40)),
    ]
    answers = list(read_deliveries(paths, NAMES, workers=2))
    assert [path for path, _ in answers] == paths
    tables = [answer[0] for _, answer in answers if not isinstance(answer, SourceFileError)]
    assert [len(table.row_numbers) for table in tables] == [30, 30, 30, 1] + [30] * 40
    assert tables[0].columns == tables[1].columns == tables[2].columns
    assert tables[2].member == "a/register.csv"


def test_empty_files(tmp_path):
    assert rule_of(write_bytes(tmp_path / "a", b"")) == "EMPTY"
    assert rule_of(write_bytes(tmp_path / "b", GOOD.split("\n", 1)[0] + "\n")) == "EMPTY"
    assert rule_of(write_zip(tmp_path / "c", {"pupils.csv": b""})) == "EMPTY"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (LOGIN_PAGE, "FORMAT"),
        (b"\xef\xbb\xbf" + LOGIN_PAGE.encode(), "FORMAT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "FORMAT"),
        (b"%PDF-1.7\n", "FORMAT"),
        (b"MZ\x90\x00", "FORMAT"),
        (b"\x89PNG\r\n\x1a\n", "FORMAT"),
        (bytes(range(256)) * 8, "UNRECOGNISED"),
        (GOOD.encode("utf-16-le"), "ENCODING"),
        (GOOD.encode("utf-32"), "ENCODING"),
        (BILLION_LAUGHS, "UNSAFE"),
        (b"PK\x03\x04" + bytes(40), "TRUNCATED"),
    ],
)
def test_f31_what_is_not_read_is_refused_by_content(tmp_path, data, rule):
    assert rule_of(write_bytes(tmp_path / "register.csv", data)) in {rule, "ENCODING"}


class TestArchives:
    @pytest.mark.parametrize("name", ["../pupils.csv", "/etc/pupils.csv", "a/../../b.csv", "..\\b.csv", "C:/b.csv"])
    def test_f32_members_that_point_outside(self, tmp_path, name):
        before = sorted(tmp_path.rglob("*"))
        path = write_zip(tmp_path / "a.zip", {name: GOOD.encode()})
        assert rule_of(path) == "UNSAFE"
        assert sorted(tmp_path.rglob("*")) == [*before, path]

    def test_f32_links_inside_and_outside(self, tmp_path):
        assert rule_of(write_zip_with_link(tmp_path / "a.zip")) == "UNSAFE"
        (tmp_path / "link.csv").symlink_to(write_bytes(tmp_path / "good.csv", GOOD))
        assert rule_of(tmp_path / "link.csv") == "UNSAFE"
        (tmp_path / "folder.csv").mkdir()
        assert rule_of(tmp_path / "folder.csv") == "UNSAFE"
        os.mkfifo(tmp_path / "pipe.csv")
        assert rule_of(tmp_path / "pipe.csv") == "UNSAFE"

    def test_f32_a_name_with_a_line_break_stays_on_one_line(self, tmp_path):
        path = write_bytes(tmp_path / "register\n\u202e.csv", LOGIN_PAGE)
        with pytest.raises(SourceFileError) as refusal:
            read_delivery(path, NAMES)
        assert "\n" not in str(refusal.value)
        assert "\u202e" not in str(refusal.value)

    def test_nested_archives(self, tmp_path):
        inner = write_zip(tmp_path / "inner.zip", {"register.csv": GOOD.encode()}).read_bytes()
        assert rule_of(write_zip(tmp_path / "outer.zip", {"inner.zip": inner})) == "FORMAT"

    def test_f29_bombs_are_refused_before_they_unpack(self, tmp_path):
        path = write_bomb(tmp_path / "a.zip", 300 * 2**20)
        started = time.perf_counter()
        assert rule_of(path) == "TOO_LARGE"
        assert rule_of(path, Limits(unpacked_bytes=2**40)) == "TOO_LARGE"
        assert time.perf_counter() - started < 5

    def test_f29_a_directory_that_lies_about_sizes(self, tmp_path):
        assert rule_of(write_lying_zip(tmp_path / "a.zip", {"register.csv": GOOD.encode()}, 100)) == "BROKEN"

    def test_too_many_members(self, tmp_path):
        members = {f"{place}.csv": GOOD.encode() for place in range(5)}
        assert rule_of(write_zip(tmp_path / "a.zip", members), Limits(members_count=4)) == "TOO_LARGE"

    def test_one_damaged_member_refuses_the_delivery(self, tmp_path):
        members = {"register.csv": GOOD.encode(), "more.csv": (GOOD + "x,y").encode()}
        assert rule_of(write_zip(tmp_path / "a.zip", members)) == "TRUNCATED"


class TestHardLimits:
    def test_f30_two_gigabytes_are_refused_unread(self, tmp_path):
        path = tmp_path / "big.csv"
        with path.open("wb") as handle:
            handle.truncate(2 * 2**30)
        started = time.perf_counter()
        assert rule_of(path) == "TOO_LARGE"
        assert time.perf_counter() - started < 1

    def test_memory(self, tmp_path):
        path = write_bytes(tmp_path / "a.csv", csv_text(REGISTER_HEADER, register_rows(60_000)))
        assert rule_of(path, Limits(memory_bytes=50 * 2**20)) in {"TOO_LARGE", "READER_STOPPED"}

    def test_wall_time(self, tmp_path):
        path = write_bytes(tmp_path / "a.csv", csv_text(REGISTER_HEADER, register_rows(100_000)))
        assert rule_of(path, Limits(wall_seconds=0.02)) == "TOO_LARGE"


class TestDeaths:
    """A child or the whole reading process is killed while files are in hand."""

    def answers(self, paths: list[Path], monkeypatch: pytest.MonkeyPatch, sabotage: str) -> list[object]:
        program = f"import sys, os, signal; sys.path.insert(0, sys.argv[1])\n{sabotage}\n"
        program += "from pipelines.readers import reader_server; reader_server.serve()"
        monkeypatch.setattr(sandbox, "_PROGRAM", program)
        return [answer for _, answer in read_deliveries(paths, NAMES, workers=2)]

    @pytest.mark.parametrize("death", ["os.kill(os.getpid(), signal.SIGKILL)", "os.abort()", "os._exit(3)"])
    def test_a_child_that_dies_costs_its_file_only(self, tmp_path, monkeypatch, death):
        paths = [write_bytes(tmp_path / name, GOOD) for name in ("a.csv", "deadly.csv", "c.csv")]
        sabotage = (
            "import pipelines.readers.reader_server as server\n"
            "real = server.read_file\n"
            f"server.read_file = lambda path, *rest: {death} if 'deadly' in path else real(path, *rest)"
        )
        first, deadly, last = self.answers(paths, monkeypatch, sabotage)
        assert isinstance(deadly, SourceFileError)
        assert deadly.rule == "READER_STOPPED"
        assert "deadly.csv" in str(deadly)
        assert isinstance(first, list)
        assert isinstance(last, list)

    def test_a_child_killed_while_it_answers_gives_no_half_answer(self, tmp_path, monkeypatch):
        sabotage = (
            "import pipelines.readers.reader_server as server\n"
            "real = os.write\n"
            "def write(fd, data):\n"
            "    if fd == 1:\n"
            "        return real(fd, data)\n"
            "    real(fd, bytes(data)[:50]); os.kill(os.getpid(), signal.SIGKILL)\n"
            "server.os.write = write"
        )
        [answer] = self.answers([write_bytes(tmp_path / "a.csv", GOOD)], monkeypatch, sabotage)
        assert isinstance(answer, SourceFileError)

    def test_the_reading_process_itself_dies(self, tmp_path, monkeypatch):
        paths = [write_bytes(tmp_path / f"{place}.csv", GOOD) for place in range(6)]
        sabotage = (
            "import pipelines.readers.reader_server as server\n"
            "real = server._send\n"
            "def send(request, *rest):\n"
            "    if request == 2: os.kill(os.getpid(), signal.SIGKILL)\n"
            "    real(request, *rest)\n"
            "server._send = send"
        )
        answers = self.answers(paths, monkeypatch, sabotage)
        assert len(answers) == 6
        refused = [place for place, answer in enumerate(answers) if isinstance(answer, SourceFileError)]
        assert refused == [2], "only the file that was alone in its hand when it died"

    def test_nonsense_from_a_child_is_no_answer(self, tmp_path, monkeypatch):
        sabotage = "import pipelines.readers.reader_server as server\nserver._answer = lambda *a: b'\\x01[{}]'"
        [answer] = self.answers([write_bytes(tmp_path / "a.csv", GOOD)], monkeypatch, sabotage)
        assert isinstance(answer, SourceFileError)

    def test_a_caller_that_stops_listening_leaves_no_process(self, tmp_path):
        paths = [write_bytes(tmp_path / f"{place}.csv", GOOD) for place in range(20)]
        reading = read_deliveries(paths, NAMES)
        next(reading)
        frame = reading.gi_frame
        assert frame is not None
        process = frame.f_locals["process"].process
        reading.close()
        assert process.returncode == 0


def test_secrets_are_not_inherited_and_nothing_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("ORCHARD_SECRET", "s3cret")
    sabotage = (
        "import pipelines.readers.reader_server as server\n"
        "from expectations.errors import SourceFileError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "def read_file(path, *rest):\n"
        "    try:\n"
        f"        os.write(os.open({str(tmp_path / 'out')!r}, os.O_CREAT | os.O_WRONLY), b'x')\n"
        "        wrote = 'wrote'\n"
        "    except OSError:\n"
        "        wrote = 'could not write'\n"
        "    raise SourceFileError('TOLD', f'{dict(os.environ)} {wrote} {os.listdir(chr(47) + \"proc/self/fd\")}')\n"
        "server.read_file = read_file"
    )
    [answer] = TestDeaths().answers([write_bytes(tmp_path / "a.csv", GOOD)], monkeypatch, sabotage)
    assert isinstance(answer, SourceFileError)
    assert "s3cret" not in str(answer)
    assert "could not write" in str(answer)


def test_a_reading_child_imports_nothing_heavy():
    code = (
        "import sys, pipelines.readers.reader_server\n"
        "heavy = {'polars', 'numpy', 'openpyxl', 'duckdb', 'dagster', 'httpx'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).stderr == b""


@pytest.mark.parametrize("numbers", [[2, 3, 4], [2, 5, 9], []])
def test_tables_come_back_as_they_went(numbers):
    cells = {0: ["a", None, "c"], 3: [None, None, "x"]}
    table = SheetRows(
        "m", "s", ("A", "b", "c", "D"), 1, {place: column[: len(numbers)] for place, column in cells.items()}, numbers,
        [MalformedRow(7, "FORMULA", 4, 4, "A")], {"URN": "999001"},
    )  # fmt: skip
    assert from_values(as_values(table)) == table


def test_signals_of_time_are_told_as_time(tmp_path):
    refusal = sandbox._refuse_stopped("a.csv", signal.SIGXCPU, Limits())
    assert "60 seconds" in str(refusal)
