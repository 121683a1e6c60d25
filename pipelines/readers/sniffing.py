"""What a file is, by its first bytes; and how it is opened: never through a link, never above the size limit.

The suffix of a name is never asked.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from pipelines.readers.refusals import refuse_empty, refuse_encoding, refuse_format, refuse_too_large, refuse_unsafe
from pipelines.readers.sheet_rows import Limits

HEAD_BYTES = 4096


class Format(Enum):
    """The formats that are read."""

    ZIP = "zip archive or workbook"
    XML = "XML"
    TEXT = "delimited text"


_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "The file is an old Excel file or is protected by a password",
     "Open it in Excel and save it as .xlsx without a password."),
    (b"%PDF", "The file is a PDF", "Send the table as XLSX or CSV."),
    (b"\x1f\x8b", "The file is a gzip archive", "Send the unpacked file or a zip."),
    (b"7z\xbc\xaf", "The file is a 7z archive", "Send the unpacked file or a zip."),
    (b"Rar!", "The file is a RAR archive", "Send the unpacked file or a zip."),
    (b"\x89PNG", "The file is a picture", "Send the table as XLSX or CSV."),
    (b"\xff\xd8\xff", "The file is a picture", "Send the table as XLSX or CSV."),
    (b"MZ", "The file is a program", "Do not open it; tell your IT support."),
    (b"\x7fELF", "The file is a program", "Do not open it; tell your IT support."),
    (b"{\\rtf", "The file is a text document", "Send the table as XLSX or CSV."),
    (b"SQLite format 3\x00", "The file is a database", "Send the table as XLSX or CSV."),
)  # fmt: skip
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF32_MARKS = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_WEB_PAGE = re.compile(r"<!doctype html|<(html|head|body|script)[\s>]")


@contextmanager
def open_delivery(path: str | Path, limits: Limits, where: str) -> Iterator[BinaryIO]:
    """The file, opened for reading. Refuses links, folders, devices, pipes, empty and oversized files.

    Size is taken from the open file before one byte is read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise refuse_format("The file is no longer there", where, "Send it again.") from None
    except OSError:
        raise refuse_unsafe("The file is a link or cannot be opened", where) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise refuse_unsafe("The name stands for a folder or a device, not a file", where)
    with os.fdopen(descriptor, "rb") as handle:
        if status.st_size == 0:
            raise refuse_empty(where)
        if status.st_size > limits.file_bytes:
            raise refuse_too_large(f"The file is larger than {limits.file_bytes // 2**20} MB", where)
        yield handle


def sniff(head: bytes, where: str) -> Format:
    """The format by the first bytes. Raises ``SourceFileError`` (FORMAT, ENCODING) for anything not read."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.ZIP
    for magic, what, next_step in _REFUSED:
        if head.startswith(magic):
            raise refuse_format(what, where, next_step)
    if head.startswith(_UTF32_MARKS):
        raise refuse_encoding("it is UTF-32", where)
    start = _start_of_text(head, where)
    if start.startswith("<"):
        if _WEB_PAGE.search(start):
            next_step = "Sign in again and export the table; the page may be a login page."
            raise refuse_format("The file is a web page", where, next_step)
        return Format.XML
    return Format.TEXT


def _start_of_text(head: bytes, where: str) -> str:
    """The first characters, lower case, without byte order mark and leading blanks."""
    if head.startswith(_UTF16_MARKS):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace").lstrip("\ufeff \t\r\n").casefold()
    if head.count(0) * 10 > len(head):
        raise refuse_encoding("it is binary, or UTF-16 without its mark", where)
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip().casefold()
