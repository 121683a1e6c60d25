"""Read one delivered file from its bytes to its tables. This runs in the reading child; it never types a value."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import PurePath
from typing import BinaryIO

from expectations.errors import SourceFileError
from pipelines.readers.archive_zip import open_archive, read_member
from pipelines.readers.delimited import read_delimited
from pipelines.readers.headers import HeaderNames
from pipelines.readers.refusals import (
    refuse_broken,
    refuse_empty,
    refuse_format,
    refuse_too_large,
    refuse_unrecognised,
    shown_name,
)  # fmt: skip
from pipelines.readers.sheet_rows import NOT_READ, Limits, SheetRows
from pipelines.readers.sniffing import HEAD_BYTES, Format, open_delivery, sniff
from pipelines.readers.workbook import WORKBOOK_PART, read_workbook
from pipelines.readers.xml_census import read_census

_OFFICE_PARTS = ("[Content_Types].xml", "mimetype")


def read_file(path: str, names: HeaderNames, limits: Limits, shown: str = "") -> list[SheetRows]:
    """Every table with a known header in one file: workbook, archive, census return or delimited text.

    ``shown`` is the name that messages give the file, where that is not the path's own (a copy in the archive).
    Raises ``SourceFileError`` and nothing else; no message holds a value of the file.
    """
    where = shown_name(shown or PurePath(path).name)
    try:
        with open_delivery(path, limits, where) as stream:
            tables = _read_stream(stream, names, limits, where)
    except SourceFileError:
        raise
    except (MemoryError, RecursionError):
        raise refuse_too_large("The file needs more memory than a delivery may", where) from None
    except (OSError, EOFError, csv.Error, ValueError, LookupError, ArithmeticError, zipfile.BadZipFile) as error:
        # The exception's own text may quote the file, so only its kind is told.
        raise refuse_broken(f"The file is damaged ({type(error).__name__})", where) from None
    if not any(table.rows_count for table in tables):
        raise refuse_empty(where)
    return tables


def _read_stream(stream: BinaryIO, names: HeaderNames, limits: Limits, where: str) -> list[SheetRows]:
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    if sniff(head, where) is Format.ZIP:
        with open_archive(stream, limits, where) as archive:
            if WORKBOOK_PART in archive.namelist():
                return read_workbook(archive, names, limits, where)
            return _read_members(archive, names, limits, where)
    return _read_bytes(stream.read(), names, limits, where, "")


def _read_bytes(data: bytes, names: HeaderNames, limits: Limits, where: str, member: str) -> list[SheetRows]:
    if sniff(data[:HEAD_BYTES], where) is Format.XML:
        return read_census(data, names, limits, where, member)
    return [read_delimited(data, names, limits, where, member)]


def _read_members(archive: zipfile.ZipFile, names: HeaderNames, limits: Limits, where: str) -> list[SheetRows]:
    """The tables of an export's archive: one a member, workbooks included; a member of a member is refused."""
    if any(part in archive.namelist() for part in _OFFICE_PARTS):
        raise refuse_format("The file is an office document of another kind", where, "Save it as .xlsx and send that.")
    tables: list[SheetRows] = []
    not_read: list[str] = []
    for member in archive.infolist():
        if member.is_dir() or _is_litter(member.filename):
            continue
        try:
            tables += _read_member(archive, member.filename, names, limits, where)
        except SourceFileError as refusal:
            # An export's archive also holds tables that nobody declared; a damaged member refuses the whole.
            if refusal.rule != "UNRECOGNISED":
                raise
            not_read.append(shown_name(member.filename))
    if not tables:
        raise refuse_unrecognised("No file of the archive holds the column names of a table we know", where)
    if not_read:
        tables[0].facts[NOT_READ] = "\n".join(not_read)
    return tables


def _read_member(
    archive: zipfile.ZipFile, member: str, names: HeaderNames, limits: Limits, where: str
) -> list[SheetRows]:
    here = f"{where}, {shown_name(member)}"
    data = read_member(archive, member, here)
    if not data:
        raise refuse_empty(here)
    if sniff(data[:HEAD_BYTES], here) is Format.ZIP:
        return _read_inner_workbook(data, names, limits, here, member)
    return _read_bytes(data, names, limits, here, member)


def _read_inner_workbook(data: bytes, names: HeaderNames, limits: Limits, where: str, member: str) -> list[SheetRows]:
    with open_archive(io.BytesIO(data), limits, where) as inner:
        if WORKBOOK_PART not in inner.namelist():
            raise refuse_format("The archive holds another archive", where, "Send the inner archive by itself.")
        return read_workbook(inner, names, limits, where, member)


def _is_litter(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePath(name).name in (".DS_Store", "Thumbs.db", "desktop.ini")
