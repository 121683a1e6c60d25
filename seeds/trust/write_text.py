"""Write a sheet as delimited text, in a school's encoding, delimiter and way of writing dates."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable

from seeds.trust.rows import Cell, Pence
from seeds.trust.sheets import Sheet

BOOLEANS = (("Yes", "No"), ("Y", "N"), ("true", "false"), ("True", "False"))


def text_of(sheet: Sheet, *, delimiter: str = ",", has_iso_dates: bool = False, boolean_style: int = 0) -> str:
    """The file's text with CRLF line ends: preamble lines, header, rows."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    for line in sheet.preamble:
        writer.writerow([line])
    writer.writerow(sheet.headers)
    spell = _speller(has_iso_dates, BOOLEANS[boolean_style])
    writer.writerows([cell if cell.__class__ is str else spell(cell) for cell in row] for row in sheet.rows)
    return buffer.getvalue()


def encode(text: str, encoding: str) -> bytes:
    """The bytes in a school's encoding: UTF-16 with its mark, Windows-1252, UTF-8 with or without mark."""
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(encoding)


def pounds(pence: int) -> str:
    """Pence as a plain amount in pounds."""
    return f"{pence // 100}.{pence % 100:02d}"


def _speller(has_iso_dates: bool, booleans: tuple[str, str]) -> Callable[[Cell], str]:
    pattern = "%Y-%m-%d" if has_iso_dates else "%d/%m/%Y"

    def spell(cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, bool):
            return booleans[0] if cell else booleans[1]
        if isinstance(cell, Pence):
            return pounds(cell)
        return cell.strftime(pattern) if isinstance(cell, dt.date) else str(cell)

    return spell
