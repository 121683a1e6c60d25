"""Read delivered files in child processes with limits, from the side of the parent, which survives whatever happens.

One reading process is started for a whole batch (about 50 ms); it forks a child per file (about 3 ms). A file
that kills its child, or hangs it, becomes a ``SourceFileError`` like any other refusal.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
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
    for _, answer in read_deliveries([path], names, limits, workers=1):
        if isinstance(answer, SourceFileError):
            raise answer
        return answer
    raise AssertionError("one file always has one answer")


def read_deliveries(
    paths: Sequence[Path], names: HeaderNames, limits: Limits | None = None, workers: int = 2
) -> Iterator[tuple[Path, Answer]]:
    """Each file with its tables or its refusal, in the order given; ``workers`` files are read at a time.

    ``names`` come from ``recognition.header_names``. Reading runs ahead of the caller by a few files only, so that
    a night's files are never all in memory. Nothing is raised for a bad file.
    """
    answers: dict[int, Answer] = {}
    asked = given = 0
    process: _ReadingProcess | None = None
    try:
        while given < len(paths):
            if process is None:
                process = _ReadingProcess(names, limits or Limits())
            while asked < min(len(paths), given + _AHEAD_COUNT) and len(process.waiting) <= workers:
                process.ask(asked, paths[asked])
                asked += 1
            answers.update(process.next_answers())
            if process.has_ended:
                process.close()
                process = None
            while given in answers:
                yield paths[given], answers.pop(given)
                given += 1
    finally:
        if process is not None:
            process.close()


class _ReadingProcess:
    """The reading process and the requests it has not answered yet."""

    def __init__(self, names: HeaderNames, limits: Limits) -> None:
        self.limits = limits
        self.waiting: dict[int, Path] = {}
        self.has_ended = False
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and program
            # No site packages, no environment: nothing to inherit, and half the start-up.
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _PROGRAM, str(_PROJECT)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={}, close_fds=True, start_new_session=True, bufsize=0,
        )  # fmt: skip
        self._write({"limits": asdict(limits), "names": sorted(names.names)})

    def ask(self, number: int, path: Path) -> None:
        """Have one file read."""
        self.waiting[number] = path
        self._write({"number": number, "path": os.path.abspath(path)})

    def next_answers(self) -> dict[int, Answer]:
        """The next answer; or, when the reading process has ended, a refusal for each file it had in hand."""
        head = self._read(FRAME.size)
        number, status, length = FRAME.unpack(head) if head else (0, 0, 0)
        payload = self._read(length) if head else None
        if payload is None:
            self.has_ended = True
            stopped = {number: _refuse_stopped(path, 0, self.limits) for number, path in self.waiting.items()}
            self.waiting.clear()
            return dict(stopped)
        return {number: self._answer(self.waiting.pop(number), status, payload)}

    def _answer(self, path: Path, status: int, payload: bytes) -> Answer:
        values = json.loads(payload)
        if status == DIED:
            return _refuse_stopped(path, values, self.limits)
        if status == REFUSED:
            return SourceFileError(*values)
        return [from_values(table) for table in values]

    def _write(self, request: dict[str, object]) -> None:
        try:
            _stream(self.process.stdin).write(json.dumps(request).encode() + b"\n")
        except BrokenPipeError:
            self.has_ended = True

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


def _refuse_stopped(path: Path, signal_number: int, limits: Limits) -> SourceFileError:
    where = shown_name(path.name)
    if signal_number in (signal.SIGALRM, signal.SIGXCPU):
        seconds = limits.wall_seconds if signal_number == signal.SIGALRM else limits.cpu_seconds
        return refuse_too_large(f"Reading the file took more than {seconds} seconds", where)
    next_step = "Open it in its own program, save it again and send that."
    return SourceFileError("READER_STOPPED", "The file stopped the program that reads files", where, next_step)
