"""Cells of an XLSX sheet as text: numbers as short as they were typed, dates as ISO, faults made visible."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from pipelines.readers.decoding import DIRECTION_MARKS
from pipelines.readers.headers import Cell
from pipelines.readers.refusals import refuse_broken, refuse_too_large

FORMULA_FAULT = "\x00FORMULA"
"""Stands for a cell whose formula has no result or shows an error; no delivered text can hold NUL."""

_DAY_ZERO = dt.datetime(1899, 12, 30)
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)
_LAST_SERIAL = 2_958_466
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_NOT_A_PATTERN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def shared_texts(part: Element) -> list[str]:
    """The workbook's shared texts in order; phonetic guides left out."""
    return [_text_of(item) for item in part.iterfind("{*}si")]


def date_styles(part: Element) -> dict[str, str]:
    """Index of each cell style that shows a date or time -> its kind: ``date`` or ``duration``."""
    own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in part.iterfind("{*}numFmts/{*}numFmt")}
    kinds: dict[str, str] = {}
    for index, style in enumerate(part.iterfind("{*}cellXfs/{*}xf")):
        identifier = style.get("numFmtId", "0")
        kind = _kind_of_format(own[identifier]) if identifier in own else _kind_of_built_in(identifier)
        if kind:
            kinds[str(index)] = kind
    return kinds


def _kind_of_built_in(identifier: str) -> str | None:
    if identifier == "46":
        return "duration"
    return "date" if identifier.isdigit() and int(identifier) in _BUILT_IN_DATES else None


def _kind_of_format(code: str) -> str | None:
    pattern = _NOT_A_PATTERN.sub("", code.split(";")[0]).lower()
    if re.search(r"\[[hms]+\]", pattern):
        return "duration"
    if pattern == "general":
        return None
    return "date" if re.search(r"[dmyhs]", pattern) else None


def _text_of(item: Element) -> str:
    if len(item) == 1 and item[0].tag.endswith("t"):
        text = item[0].text or ""
    else:
        parts = [child.text or "" for child in item.iterfind("{*}t")]
        parts += [run.text or "" for run in item.iterfind("{*}r/{*}t")]
        text = "".join(parts)
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")
    return text


def number_as_text(value: str) -> str:
    """The shortest text of a stored number: ``12`` not ``12.0``, ``0.1`` not ``0.1000000000000001``, never ``1E-3``."""
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return FORMULA_FAULT
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def serial_as_text(value: str, kind: str, is_1904: bool) -> str:
    """A stored date serial as ISO text: date only at midnight, time only below one day, else both.

    A serial outside the calendar stays the number it is, for cleaning to judge.
    """
    serial = float(value)
    if kind == "duration":
        minutes, seconds = divmod(round(serial * 86_400), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    if not 0 <= serial < _LAST_SERIAL:
        return number_as_text(value)
    whole = dt.timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
    # Day 60 of the 1900 system is 29 February 1900, which never was; earlier days are one off.
    early = dt.timedelta(days=1 if not is_1904 and 0 < serial < 60 else 0)
    moment = (_DAY_ZERO_1904 if is_1904 else _DAY_ZERO) + whole + early
    if serial < 1 and not is_1904:
        return moment.time().isoformat()
    is_midnight = moment.time() == dt.time(0)
    return moment.date().isoformat() if is_midnight else moment.isoformat(sep=" ")


@dataclass
class CellReader:
    """What is needed to read a cell: shared texts, which styles are dates, and the date system."""

    texts: list[str]
    dates: dict[str, str]
    is_1904: bool
    positions: dict[str, int] = field(default_factory=dict)

    def read_row(self, row: Element, columns_count: int, where: str) -> list[Cell]:
        """The cells of a row by position, up to the last filled one."""
        cells: list[Cell] = []
        for element in row:
            reference = element.get("r")
            position = self._position(reference, where) if reference else len(cells)
            text = self.read_cell(element, where)
            if text and not text.isascii():
                text = DIRECTION_MARKS.sub("", text)
            if not text:
                # A blank cell far out is formatting; a filled one is caught here, whatever its row.
                position = min(position, columns_count)
            if position > len(cells):
                if position >= columns_count and text:
                    raise refuse_too_large(f"A cell stands beyond column {columns_count}", where)
                cells += [None] * (position - len(cells))
            if position < len(cells):
                cells[position] = text
            else:
                cells.append(text)
        while cells and not cells[-1]:
            cells.pop()
        return cells

    def read_cell(self, element: Element, where: str) -> Cell:
        """One cell's text; ``FORMULA_FAULT`` for an error or a formula without result; ``None`` for blank."""
        kind = element.get("t", "n")
        value: str | None = None
        has_formula = has_value = False
        for child in element:
            tag = child.tag
            if tag.endswith("}v") or tag == "v":
                value, has_value = child.text, True
            elif tag.endswith("}f") or tag == "f":
                has_formula = True
            elif tag.endswith("}is") or tag == "is":
                return _text_of(child) or None
        if kind == "e":
            return FORMULA_FAULT
        if not value:
            # A formula may rightly give empty text, which is stored as an empty value of kind "str".
            is_missing = has_formula and not (kind == "str" and has_value)
            return FORMULA_FAULT if is_missing else None
        return self._value_as_text(kind, value, element.get("s", ""), where)

    def _value_as_text(self, kind: str, value: str, style: str, where: str) -> str | None:
        try:
            if kind == "s":
                return self.texts[int(value)] or None
            if kind == "n":
                date_kind = self.dates.get(style)
                return serial_as_text(value, date_kind, self.is_1904) if date_kind else number_as_text(value)
        except (ValueError, IndexError, OverflowError):
            raise refuse_broken("A cell of the workbook cannot be read", where) from None
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "d":
            return value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        return value

    def _position(self, reference: str, where: str) -> int:
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            raise refuse_broken("A cell of the workbook has no place", where)
        letters = match[1]
        position = self.positions.get(letters)
        if position is None:
            position = 0
            for letter in letters:
                position = position * 26 + ord(letter) - 64
            position -= 1
            self.positions[letters] = position
        return position
