"""Read delivered files in child processes with limits, from the side of the parent, which survives whatever happens.

One reading process is started for a whole batch (about 200 ms, most of it importing openpyxl); it forks a child
per file (a few ms). A file that kills its child, or hangs it, becomes a ``SourceFileError`` like any other refusal.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from expectations.errors import SourceFileError
from pipelines.readers.headers import HeaderNames
from pipelines.readers.reader_server import DIED, FRAME, REFUSED
from pipelines.readers.refusals import refuse_too_large, shown_name
from pipelines.readers.sheet_rows import Limits, SheetRows, from_values

Answer = list[SheetRows] | SourceFileError
_PROJECT = Path(__file__).resolve().parents[2]
_PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from pipelines.readers.reader_server import serve; serve()"
_AHEAD_COUNT = 16
_GRACE_SECONDS = 5


def read_delivery(path: Path, names: HeaderNames, limits: Limits | None = None) -> list[SheetRows]:
    """Every table with a known header in one file. Raises ``SourceFileError`` for a file that cannot be taken."""
    [(_, answer)] = read_deliveries([path], names, limits, workers=1)
    if isinstance(answer, SourceFileError):
        raise answer
    return answer


def read_deliveries(
    paths: Sequence[Path],
    names: HeaderNames,
    limits: Limits | None = None,
    workers: int = 2,
    shown_names: Sequence[str] | None = None,
) -> Iterator[tuple[Path, Answer]]:
    """Each file with its tables or its refusal, in the order given; ``workers`` files are read at a time.

    ``names`` come from ``recognition.header_names``. Reading runs ahead of the caller by a few files only, so that
    a night's files are never all in memory. Nothing is raised for a bad file. ``shown_names`` are the names that
    messages give the files, where those are not the paths' own (copies kept under their hash).
    """
    shown = shown_names or [path.name for path in paths]
    queue = _Queue(len(paths), workers)
    answers: dict[int, Answer] = {}
    given = 0
    process: _ReadingProcess | None = None
    try:
        while given < len(paths):
            process = process or _ReadingProcess(names, limits or Limits())
            for number in queue.next_numbers(process.waiting, given + _AHEAD_COUNT):
                process.ask(number, paths[number], shown[number])
            answered = process.next_answer()
            if answered is None:
                process.close()
                answers |= queue.put_back(process)
                process = None
            else:
                answers[answered[0]] = answered[1]
            while given in answers:
                yield paths[given], answers.pop(given)
                given += 1
    finally:
        if process is not None:
            process.close()


class _Queue:
    """Which file is read next. When the reading process dies, the files in hand are suspects and are read alone."""

    def __init__(self, count: int, workers: int) -> None:
        self.numbers = deque(range(count))
        self.workers = workers
        self.suspects: set[int] = set()

    def next_numbers(self, waiting: Collection[int], end: int) -> Iterator[int]:
        """The files to ask for now, below ``end``; one more than the workers, so that none waits for the caller."""
        in_hand = len(waiting)
        while self.numbers and self.numbers[0] < end and in_hand <= self.workers:
            is_alone = self.numbers[0] in self.suspects or bool(self.suspects & set(waiting))
            if is_alone and in_hand:
                return
            in_hand += 1 + self.workers * is_alone
            yield self.numbers.popleft()

    def put_back(self, process: _ReadingProcess) -> dict[int, Answer]:
        """Read again what a dead process had in hand; a file that was alone in its hand is refused."""
        stopped = process.waiting
        if len(stopped) == 1:
            return {number: _refuse_stopped(shown, 0, process.limits) for number, shown in stopped.items()}
        self.suspects |= set(stopped)
        self.numbers.extendleft(sorted(stopped, reverse=True))
        return {}


def _library_folders() -> list[str]:
    """Where openpyxl and what it needs are installed: the reading process starts without the site's packages."""
    specs = [find_spec(name) for name in ("openpyxl", "et_xmlfile")]
    return sorted({str(Path(spec.origin).parents[1]) for spec in specs if spec is not None and spec.origin})


class _ReadingProcess:
    """The reading process and the requests it has not answered yet."""

    def __init__(self, names: HeaderNames, limits: Limits) -> None:
        self.limits = limits
        self.waiting: dict[int, str] = {}
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and program
            # No site packages, no environment: nothing to inherit, and half the start-up.
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _PROGRAM, str(_PROJECT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={}, close_fds=True, start_new_session=True, bufsize=0,
        )  # fmt: skip
        self._write({"limits": asdict(limits), "names": sorted(names.names), "libraries": _library_folders()})

    def ask(self, number: int, path: Path, shown: str) -> None:
        """Have one file read."""
        self.waiting[number] = shown
        self._write({"number": number, "path": os.path.abspath(path), "shown": shown})

    def next_answer(self) -> tuple[int, Answer] | None:
        """The next file's number and answer; ``None`` when the reading process has died."""
        head = self._read(FRAME.size)
        if head is None:
            return None
        number, status, length = FRAME.unpack(head)
        payload = self._read(length)
        return None if payload is None else (number, self._answer(self.waiting.pop(number), status, payload))

    def _answer(self, shown: str, status: int, payload: bytes) -> Answer:
        try:
            values = json.loads(payload)
            if status == DIED:
                return _refuse_stopped(shown, int(values), self.limits)
            if status == REFUSED:
                return SourceFileError(*map(str, values))
            return [from_values(table) for table in values]
        except (ValueError, LookupError, TypeError):
            # A child that was taken over may say anything; what is no table is no answer.
            return _refuse_stopped(shown, 0, self.limits)

    def _write(self, request: dict[str, object]) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has died; reading its answer will tell
            _stream(self.process.stdin).write(json.dumps(request).encode() + b"\n")

    def _read(self, length: int) -> bytes | None:
        """So many bytes, or ``None`` when the process has ended before."""
        pieces, missing = [], length
        while missing:
            piece = _stream(self.process.stdout).read(min(missing, 1 << 20))
            if not piece:
                return None
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """End the process; its children end with it."""
        _stream(self.process.stdin).close()
        try:
            self.process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        _stream(self.process.stdout).close()


def _stream(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # both ends are pipes, by the way the process is started
    return stream


def _refuse_stopped(shown: str, signal_number: int, limits: Limits) -> SourceFileError:
    where = shown_name(shown)
    if signal_number in (signal.SIGALRM, signal.SIGXCPU):
        seconds = limits.wall_seconds if signal_number == signal.SIGALRM else limits.cpu_seconds
        return refuse_too_large(f"Reading the file took more than {seconds} seconds", where)
    next_step = "Open it in its own program, save it again and send that."
    return SourceFileError("READER_STOPPED", "The file stopped the program that reads files", where, next_step)
