"""May a file in the drop folder be taken yet? Files that are still being written are left alone.

Decided from the name, the file's times and its last bytes; nothing is opened that is not a settled, regular file.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pipelines.readers.archive_zip import has_end_record

QUIET_SECONDS = 60
PATIENCE_SECONDS = 3600
DONE_SUFFIX = ".done"
_TEMPORARY_STARTS = ("~$", ".", "~lock")
_TEMPORARY_ENDS = (
    ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".swp", ".lock", "~", DONE_SUFFIX,
)  # fmt: skip
_NOT_DELIVERIES = ("thumbs.db", "desktop.ini")


def is_delivery_name(name: str) -> bool:
    """False for names that programs give to unfinished copies, locks and their own litter."""
    folded = name.casefold()
    return not (folded.startswith(_TEMPORARY_STARTS) or folded.endswith(_TEMPORARY_ENDS) or folded in _NOT_DELIVERIES)


def is_quiet(modified_at: float, changed_at: float, now: float, quiet_seconds: float = QUIET_SECONDS) -> bool:
    """True when neither content nor entry has changed for so many seconds (all are seconds since 1970).

    A modification time may be copied from elsewhere, even from the future; the change time may not.
    """
    latest = changed_at if modified_at > now else max(modified_at, changed_at)
    return now - latest >= quiet_seconds


def is_settled(path: Path, now: float, quiet_seconds: float = QUIET_SECONDS) -> bool:
    """True when the file may be taken: a delivery's name, quiet or marked ``<name>.done``, and complete.

    A zip or workbook is complete with its end record; after an hour without one it is taken all the same, so
    that it is refused as cut short and somebody hears of it. Links and folders are settled (and refused later).
    """
    if not is_delivery_name(path.name):
        return False
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(status.st_mode):
        return True
    if path.with_name(path.name + DONE_SUFFIX).exists():
        return True
    if not is_quiet(status.st_mtime, status.st_ctime, now, quiet_seconds):
        return False
    return is_quiet(status.st_mtime, status.st_ctime, now, PATIENCE_SECONDS) or _is_complete(path)


def _is_complete(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return not stream.read(4).startswith(b"PK") or has_end_record(stream)
    except OSError:
        return True  # whatever is wrong with it, reading will say so
