"""What lies inside a backup: a tar archive, compressed and sealed, whose last member says what the others must be."""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, cast

from expectations.errors import OrchardError
from pipelines.backup_keys import KeyRing
from pipelines.sealed import Key, SealedReader, SealedWriter

INVENTORY = "inventory.json"
_COMPRESSION = 1
"""Databases shrink to a third at the lowest level; more costs minutes and gains little."""


@dataclass
class Archive:
    """An archive that is being written. ``files`` says of each member: digest, bytes, mode, time of change."""

    out: BinaryIO
    key: Key
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sealed = SealedWriter(self.out, self.key)
        self._packed = gzip.GzipFile(
            fileobj=cast("BinaryIO", self._sealed), mode="wb", compresslevel=_COMPRESSION, mtime=0
        )
        self._tar = tarfile.open(  # noqa: SIM115 -- closed by finish
            fileobj=self._packed, mode="w|", format=tarfile.PAX_FORMAT
        )

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now. A log that an app adds to meanwhile is read between two lines."""
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            status = os.fstat(file.fileno())
            member = tarfile.TarInfo(name)
            member.size = status.st_size
            reading = _Digested(file)
            self._tar.addfile(member, cast("IO[bytes]", reading))
        self.files[name] = {
            "sha256": reading.digest.hexdigest(), "bytes": status.st_size, "mode": status.st_mode & 0o777,
            "mtime_ns": status.st_mtime_ns,
        }  # fmt: skip

    def finish(self, told: dict[str, Any]) -> None:
        """Write the inventory, with what else is to be known of the backup, and seal the end."""
        text = json.dumps({**told, "files": self.files}).encode()
        member = tarfile.TarInfo(INVENTORY)
        member.size = len(text)
        self._tar.addfile(member, io.BytesIO(text))
        self._tar.close()
        self._packed.close()
        self._sealed.finish()


@dataclass
class _Digested:
    """A file that is read, and the digest of what was read."""

    file: BinaryIO
    digest: Any = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.digest.update(data)
        return data


Keep = Callable[[str, IO[bytes]], None]


def read_archive(path: Path, ring: KeyRing, keep: Keep | None = None) -> dict[str, Any]:
    """Read a backup to its end, handing each file to ``keep``; what its inventory says.

    Raises ``OrchardError`` for a file that is no backup, was changed, is cut off or was sealed with another key, and
    when a file differs from the inventory.
    """
    found: dict[str, str] = {}
    told: dict[str, Any] = {}
    with path.open("rb") as source:
        for member, content in _members(SealedReader(source, ring.of)):
            if member.name == INVENTORY:
                told = json.loads(content.read())
                continue
            reading = _Digested(cast("BinaryIO", content))
            if keep:
                keep(member.name, cast("IO[bytes]", reading))
            while reading.read(1024 * 1024):
                pass
            found[member.name] = reading.digest.hexdigest()
    if {name: of["sha256"] for name, of in told.get("files", {}).items()} != found:
        raise OrchardError("The backup does not hold what its inventory says", path.name, "Take another backup.")
    return told


def _members(sealed: SealedReader) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    """The files of an archive; only plain files below the archive's own top."""
    with gzip.GzipFile(fileobj=cast("BinaryIO", sealed), mode="rb") as packed:
        with tarfile.open(fileobj=packed, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                path = PurePosixPath(member.name)
                if content is None or path.is_absolute() or ".." in path.parts:
                    raise OrchardError("The backup holds something that is no plain file", "", "Take another backup.")
                yield member, content
        while packed.read(1024 * 1024):  # to the very end: a cut is seen there too
            pass
    while sealed.read(1024 * 1024):
        pass
