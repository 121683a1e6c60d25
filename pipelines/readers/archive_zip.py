"""Zip archives: the directory is judged before a byte is unpacked, and nothing is ever extracted to disk."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from pipelines.readers.refusals import (
    refuse_broken,
    refuse_format,
    refuse_too_large,
    refuse_truncated,
    refuse_unsafe,
    shown_name,
)  # fmt: skip
from pipelines.readers.sheet_rows import Limits

_SMALL_BYTES = 1024 * 1024
_END_RECORD = b"PK\x05\x06"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError,
)  # fmt: skip


def open_archive(stream: BinaryIO, limits: Limits, where: str) -> zipfile.ZipFile:
    """The archive, once its directory is found to be harmless.

    Raises ``SourceFileError``: TRUNCATED, BROKEN, TOO_LARGE, UNSAFE, FORMAT.
    """
    if not has_end_record(stream):
        raise refuse_truncated(where)
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN:
        raise refuse_broken("The archive is damaged", where) from None
    members = archive.infolist()
    if len(members) > limits.members_count:
        raise refuse_too_large(f"The archive holds more than {limits.members_count} files", where)
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise refuse_too_large(f"Unpacked, the archive is larger than {limits.unpacked_bytes // 2**20} MB", where)
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise refuse_unsafe("Two files in the archive have the same name", where)
    for member in members:
        _judge_member(member, limits, f"{where}, {shown_name(member.filename)}")
    return archive


def has_end_record(stream: BinaryIO) -> bool:
    """True when the archive's end record is there: a half-copied archive has none."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    stream.seek(0)
    return _END_RECORD in tail


def read_member(archive: zipfile.ZipFile, name: str, where: str) -> bytes:
    """One member's bytes, never more than its declared size. Raises BROKEN when it is damaged."""
    try:
        return archive.read(name)
    except KeyError:
        raise refuse_broken("A part of the workbook is missing", where) from None
    except _BROKEN:
        raise refuse_broken("The archive is damaged", where) from None


def _judge_member(member: zipfile.ZipInfo, limits: Limits, where: str) -> None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ":" in name.split("/", 1)[0] or ".." in name.split("/"):
        raise refuse_unsafe("A name in the archive points outside it", where)
    if stat.S_ISLNK(member.external_attr >> 16):
        raise refuse_unsafe("The archive holds a link", where)
    if member.flag_bits & 0x1:
        raise refuse_format("The archive is protected by a password", where, "Send it without a password.")
    if member.file_size > _SMALL_BYTES and member.file_size > limits.unpacked_ratio * max(1, member.compress_size):
        raise refuse_too_large("A file in the archive unpacks to far more than any export does", where)
