"""Level 0: which files lie in the drop folder, whose they are, and whether their sender has finished.

Only looks; nothing here opens, moves or removes a delivered file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from expectations.errors import SourceFileError
from expectations.vocabulary import TRUST
from pipelines.readers.settling import is_settled

TRUST_FOLDER = "trust"
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Arrival:
    """One settled file in the drop folder. ``school_urn`` is the folder's; ``delivered_at`` its own time, UTC."""

    path: Path
    school_urn: str
    file_name: str
    sha256: str
    delivered_at: dt.datetime
    is_link: bool = False
    byte_count: int = 0
    problem: str = ""
    is_stray: bool = False

    @property
    def delivery_key(self) -> str:
        """First 16 digits of the hash: names the delivery in every later table."""
        return self.sha256[:16]


def find_arrivals(
    drop: Path, now: dt.datetime, quiet_seconds: int, largest_bytes: int, school_urns: Container[str]
) -> tuple[list[Arrival], int]:
    """(every settled file, oldest first; number of files left alone because they are still being written).

    A link is never followed: its arrival is marked and has the hash of its own name. A file above
    ``largest_bytes`` is not opened either; its hash stands for its name, size and time. A file in a folder that
    is no school's is the trust's to mend: it is marked as stray and named with its folder.
    """
    arrivals, unsettled = [], 0
    for urn, path in _files(drop):
        if not is_settled(path, now.timestamp(), quiet_seconds):
            unsettled += 1
            continue
        try:
            is_stray = urn not in school_urns and urn != TRUST
            found = _arrival(TRUST if is_stray else urn, path, largest_bytes)
            name = shown(f"{urn}/{path.name}") if is_stray else found.file_name
            arrivals.append(replace(found, file_name=name, is_stray=is_stray))
        except FileNotFoundError:  # its sender took it away or renamed it this moment
            unsettled += 1
    return sorted(arrivals, key=lambda a: (a.delivered_at, a.school_urn, a.file_name)), unsettled


def _files(drop: Path) -> Iterator[tuple[str, Path]]:
    for folder in sorted(drop.iterdir()) if drop.is_dir() else ():
        if folder.is_dir() and not folder.is_symlink():
            urn = TRUST if folder.name == TRUST_FOLDER else folder.name
            for path in sorted(folder.rglob("*")):
                if path.is_symlink() or path.is_file():
                    yield urn, path


def _arrival(urn: str, path: Path, largest_bytes: int) -> Arrival:
    status = path.lstat()
    problem = ""
    delivered_at = dt.datetime.fromtimestamp(status.st_mtime, tz=dt.UTC).replace(tzinfo=None)
    is_link = path.is_symlink()
    stands_for = f"{path.name}|{status.st_size}|{status.st_mtime_ns}"
    sha256 = hashlib.sha256(stands_for.encode(errors="surrogateescape")).hexdigest()
    if not is_link and status.st_size <= largest_bytes:
        try:
            sha256 = _sha256(path)
        except FileNotFoundError:
            raise
        except OSError as error:
            problem = error.strerror or "no reason given"
    return Arrival(path, urn, shown(path.name), sha256, delivered_at, is_link, status.st_size, problem)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def shown(name: str) -> str:
    """A file's name as it may be printed: no line breaks or control characters, at most 120 characters."""
    clean = name.encode("utf-8", "replace").decode()
    return "".join(c if c.isprintable() else "?" for c in clean)[:120]


def copy_of(arrival: Arrival, landing_folder: Path) -> Path:
    """Where level 1 keeps the file."""
    return landing_folder / arrival.sha256[:2] / arrival.sha256


def archive(arrival: Arrival, landing_folder: Path) -> Path:
    """Copy the file to level 1 under its hash, read-only; nothing is done when it is there already.

    The copy is made beside and renamed, so that a killed night leaves no half copy under a hash. Raises
    ``SourceFileError`` when the file was changed or removed since it was looked at.
    """
    target = copy_of(arrival, landing_folder)
    if target.exists():
        return target
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = target.with_suffix(f".tmp-{os.getpid()}")
    digest = hashlib.sha256()
    try:
        source = arrival.path.open("rb")
    except OSError:
        raise _changed(arrival) from None
    with source, partial.open("wb") as copy:
        while block := source.read(_BLOCK):
            digest.update(block)
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())
    if digest.hexdigest() != arrival.sha256:
        partial.unlink()
        raise _changed(arrival)
    partial.chmod(0o400)
    partial.replace(target)
    return target


def _changed(arrival: Arrival) -> SourceFileError:
    return SourceFileError(
        "CHANGED",
        "The file changed while it was being taken",
        arrival.file_name,
        "Nothing to do: it is taken next night.",
    )
