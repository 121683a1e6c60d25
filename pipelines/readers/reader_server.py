"""The reading process: forks one child per file, each under hard limits, and relays what the child says.

Started by ``sandbox`` with the standard library alone, an empty environment and no open files. The one library it
adds, openpyxl, is imported before the first fork, so that no child pays for it. Requests come as lines of JSON on
standard input: first the limits, header names and where openpyxl is, then one file each. Answers go to
standard output as a frame (``FRAME``: request number, status, length) and JSON. A child that dies answers
with the number of the signal that ended it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import selectors
import signal
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from expectations.errors import SourceFileError
from pipelines.readers.headers import HeaderNames
from pipelines.readers.reading import read_file
from pipelines.readers.sheet_rows import Limits, as_values

FRAME = struct.Struct(">IBQ")
TABLES, REFUSED, DIED = 1, 2, 3
_PIECE = 1 << 20
_OUT = 1


@dataclass
class _Child:
    process: int
    request: int
    pieces: list[bytes] = field(default_factory=list)


def serve() -> None:
    """Answer requests until standard input ends, then end every child that still runs."""
    gc.disable()  # a child ends with its file, and a collection would copy the memory that children share
    lines = _Lines()
    setup = json.loads(lines.first())
    _import_openpyxl(setup["libraries"])
    limits, names = Limits(**setup["limits"]), HeaderNames(frozenset(setup["names"]))
    watched = selectors.DefaultSelector()
    watched.register(0, selectors.EVENT_READ)
    children: dict[int, _Child] = {}
    requests = list(lines.complete())
    while True:
        for line in requests:
            request = json.loads(line)
            receiving, child = _start_child(request, names, limits)
            children[receiving] = child
            watched.register(receiving, selectors.EVENT_READ)
        requests = []
        for key, _ in watched.select():
            if key.fd == 0:
                if not lines.read_more():
                    return _end_children(children)
                requests = list(lines.complete())
            else:
                _relay(key.fd, watched, children)


def _import_openpyxl(folders: list[str]) -> None:
    """Import it without what it would use if it were there: readers of cells need no numbers, pictures or lxml."""
    sys.path.extend(folders)
    sys.modules.update(dict.fromkeys(("numpy", "PIL", "lxml", "defusedxml")))  # type: ignore[arg-type]  # None: absent
    importlib.import_module("openpyxl")


class _Lines:
    """Lines of standard input, read without a buffer that a selector could not see."""

    def __init__(self) -> None:
        self.rest = b""

    def read_more(self) -> bool:
        """False when the input has ended."""
        piece = os.read(0, _PIECE)
        self.rest += piece
        return bool(piece)

    def complete(self) -> Iterator[bytes]:
        """Every whole line at hand."""
        *lines, self.rest = self.rest.split(b"\n")
        yield from lines

    def first(self) -> bytes:
        """The first line, waited for."""
        while b"\n" not in self.rest and self.read_more():
            pass
        line, _, self.rest = self.rest.partition(b"\n")
        return line


def _start_child(request: dict[str, Any], names: HeaderNames, limits: Limits) -> tuple[int, _Child]:
    """The pipe's end on which the child will answer, and the child."""
    receiving, sending = os.pipe()
    process = os.fork()
    if process == 0:
        _run_child(sending, request, names, limits)
    os.close(sending)
    return receiving, _Child(process, request["number"])


def _run_child(sending: int, request: dict[str, Any], names: HeaderNames, limits: Limits) -> None:
    """Read one file and answer; never returns."""
    status = 1
    try:
        _give_up_everything_but(sending)
        _set_limits(limits)
        answer = _answer(request, names, limits)
        signal.setitimer(signal.ITIMER_REAL, 0)  # the parent may take its time to listen
        view = memoryview(answer)
        while view:
            view = view[os.write(sending, view) :]
        status = 0
    finally:
        os._exit(status)


def _give_up_everything_but(sending: int) -> None:
    for descriptor in range(256):
        if descriptor != sending:
            try:
                os.close(descriptor)
            except OSError:
                continue


def _set_limits(limits: Limits) -> None:
    """Memory, processor, wall time; no file can be written, no memory dumped."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)


def _answer(request: dict[str, Any], names: HeaderNames, limits: Limits) -> bytes:
    try:
        tables = read_file(request["path"], names, limits, request["shown"])
        return bytes((TABLES,)) + json.dumps([as_values(table) for table in tables], ensure_ascii=False).encode()
    except SourceFileError as refusal:
        parts = (refusal.rule, refusal.what, refusal.where, refusal.next_step)
        return bytes((REFUSED,)) + json.dumps(parts).encode()


def _relay(descriptor: int, watched: selectors.BaseSelector, children: dict[int, _Child]) -> None:
    child = children[descriptor]
    piece = os.read(descriptor, _PIECE)
    if piece:
        child.pieces.append(piece)
        return
    watched.unregister(descriptor)
    os.close(descriptor)
    del children[descriptor]
    code = os.waitstatus_to_exitcode(os.waitpid(child.process, 0)[1])
    answer = b"".join(child.pieces)
    if code != 0 or not answer:
        _send(child.request, DIED, json.dumps(-code).encode())
    else:
        _send(child.request, answer[0], answer[1:])


def _send(request: int, status: int, payload: bytes) -> None:
    view = memoryview(FRAME.pack(request, status, len(payload)) + payload)
    while view:
        view = view[os.write(_OUT, view) :]


def _end_children(children: dict[int, _Child]) -> None:
    for child in children.values():
        os.kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)
