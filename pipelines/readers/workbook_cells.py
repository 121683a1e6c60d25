"""Cells of an XLSX sheet: their values as text, and the formulas that openpyxl would give as blanks."""

from __future__ import annotations

import datetime as dt
import io
import math
from decimal import Decimal
from xml.etree import ElementTree

from pipelines.readers.decoding import DIRECTION_MARKS
from pipelines.readers.refusals import refuse_broken

FORMULA_FAULT = "\x00FORMULA"
"""Stands for a cell whose formula has no result or shows an error; no delivered text can hold NUL."""

_LAST_ROW = 1_048_576
_HALF_SECOND = dt.timedelta(milliseconds=500)


def cell_as_text(value: object) -> str:
    """A value as openpyxl gives it, as text. A date and time at midnight is a date; seconds are not split."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_as_text(value)
    if isinstance(value, dt.datetime):
        moment = (value + _HALF_SECOND).replace(microsecond=0)
        return moment.date().isoformat() if moment.time() == dt.time(0) else moment.isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, dt.time):
        return (dt.datetime.combine(dt.date.min, value) + _HALF_SECOND).time().replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def number_as_text(number: float) -> str:
    """The shortest text of a number: ``12`` not ``12.0``, ``0.1`` not ``0.1000000000000001``, never ``1E-3``."""
    if not math.isfinite(number):
        return FORMULA_FAULT
    if isinstance(number, int) or (number.is_integer() and abs(number) < 1e15):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def _plain(text: str) -> str:
    if "_x" in text:
        from openpyxl.utils.escape import unescape

        text = unescape(text).replace("\r\n", "\n")
    return text if text.isascii() else DIRECTION_MARKS.sub("", text)


def formulas_without_result(part: bytes, where: str) -> set[tuple[int, int]]:
    """(Row, column) of each formula in a sheet's part that was never calculated.

    Raises ``SourceFileError`` (BROKEN) for rows or cells out of order, which openpyxl would drop without a word, and
    ``ParseError`` or ``ValueError`` for other damage. A document type must have been refused before.
    """
    from openpyxl.utils.cell import coordinate_to_tuple

    places: set[tuple[int, int]] = set()
    number = 0
    for _, row in ElementTree.iterparse(io.BytesIO(part)):  # noqa: S314  # its prolog was seen
        if not row.tag.endswith("}row"):
            continue
        before, number, column = number, int(row.get("r", number + 1)), 0
        for cell in row:
            left, reference = column, cell.get("r")
            column = coordinate_to_tuple(reference)[1] if reference else left + 1
            if column <= left:
                raise refuse_broken("The cells of the workbook are out of order", where)
            if _is_without_result(cell):
                places.add((number, column))
        if not before < number <= _LAST_ROW:
            raise refuse_broken("The rows of the workbook are out of order", where)
        row.clear()
    return places


def _is_without_result(cell: ElementTree.Element) -> bool:
    if not len(cell) or not cell[0].tag.endswith("}f") or cell.findtext("{*}v"):
        return False
    # A formula may rightly give empty text, which is stored as an empty value of kind "str".
    return cell.get("t") != "str" or len(cell) == 1
