"""Who looked at what: one line an event, each holding the one before, in a file that the app only ever adds to.

A line names a person by pseudonym, the role, the page, the school and the moment: never a pupil, never a figure.
What cannot be written down is not shown.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from dashboards.access import Identity
from dashboards.sign_in import Session
from expectations.chain import Chain, chained, follow, pseudonym
from expectations.errors import OrchardError

LOG_FILE, KEY_FILE = "log.jsonl", "pseudonym_key"


class Event(StrEnum):
    """What a person did."""

    SIGN_IN = "sign_in"
    PAGE = "page"
    DOWNLOAD = "download"
    DENIED = "denied"
    SIGN_OUT = "sign_out"


class AccessLog:
    """The log of one app. Safe for the threads of a process and for a second process on the same file."""

    def __init__(self, folder: Path, app: str) -> None:
        self._file, self._app = folder / LOG_FILE, app
        self._key = _key(folder / KEY_FILE)
        self._lock = threading.Lock()
        self._chain, self._size = Chain(), 0

    def add(
        self, event: Event, session: Session, now: dt.datetime, identity: Identity | None = None, about: str = ""
    ) -> None:
        """Add a line; ``about`` is a page's address, the name of a download, or why it was denied: words of ours.

        Raises ``OrchardError`` when it cannot be written, or when the file is not the one that was written.
        """
        record = {
            "at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "app": self._app,
            "event": event.value,
            "who": pseudonym(self._key, session.issuer, session.subject),
            "role": identity.role.value if identity else "",
            "school": ",".join(identity.school_urns) if identity else "",
            "about": about,
        }
        try:
            with self._lock, _held(self._file) as descriptor:
                self._catch_up(descriptor)
                line, chain = chained(record, self._chain)
                self._size += os.write(descriptor, f"{line}\n".encode())
                self._chain = chain
        except OSError:
            raise _unwritten() from None

    def _catch_up(self, descriptor: int) -> None:
        """Read what another process has added since; the whole file at the first line."""
        size = os.fstat(descriptor).st_size
        if size == self._size:
            return
        with self._file.open(encoding="utf-8") as lines:
            chain = follow(line.rstrip("\n") for line in lines)
        if chain.broken_line is not None or chain.lines_count < self._chain.lines_count:
            raise _unwritten()
        self._chain, self._size = chain, size


def _unwritten() -> OrchardError:
    return OrchardError("Access cannot be recorded, so nothing is shown", LOG_FILE, "Ask the central team: "
                        "'orchard verify-access-log' says what is wrong.")  # fmt: skip


@contextmanager
def _held(file: Path) -> Iterator[int]:
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def _key(file: Path) -> bytes:
    """The key of the pseudonyms, made at first use; whoever holds it can tell who a line is about."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_bytes()
    with os.fdopen(descriptor, "wb") as out:
        out.write(secrets.token_bytes(32))
    return file.read_bytes()
