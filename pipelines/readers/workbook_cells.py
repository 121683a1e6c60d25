"""Cells of an XLSX sheet as text: numbers as short as they were typed, dates as ISO, faults made visible."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from pipelines.readers.decoding import DIRECTION_MARKS
from pipelines.readers.headers import Cell
from pipelines.readers.refusals import refuse_broken, refuse_too_large

FORMULA_FAULT = "\x00FORMULA"
"""Stands for a cell whose formula has no result or shows an error; no delivered text can hold NUL."""

_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook's dates have no time zone
_DAY_ZERO_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_466
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)}
_NOT_A_PATTERN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"[A-Z]{1,3}")


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
    pattern = _NOT_A_PATTERN.sub("", code.split(";", 1)[0]).lower()
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
    return _unescaped(text)


def _unescaped(text: str) -> str:
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")


def number_as_text(value: str) -> str:
    """The shortest text of a stored number: ``12`` not ``12.0``, ``0.1`` not ``0.1000000000000001``, never ``1E-3``."""
    number = float(value)
    if not math.isfinite(number):
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
    """What is needed to read cells: shared texts, which styles are dates, the date system, the widest row and
    longest text allowed.

    ``is_suspect`` turns true once a cell was read whose text has to be looked at (``tabulating.Grid.fault_of``).
    """

    texts: list[str]
    dates: dict[str, str]
    is_1904: bool
    columns_count: int
    cell_characters: int
    is_suspect: bool = False
    _positions: dict[str, int] = field(default_factory=dict)
    _date_texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texts = [_without_marks(text) for text in self.texts]
        self.is_suspect = not all(map(self._is_plain, self.texts))

    def read_row(self, row: Element, where: str) -> list[Cell]:
        """The cells of a row by position, up to the last filled one."""
        cells: list[Cell] = []
        value_tag = row.tag[:-3] + "v"
        for element in row:
            position = self._position(element.get("r"), len(cells), where)
            if len(element) == 1 and element[0].tag == value_tag:
                text = self._value_as_text(element.get("t", "n"), element[0].text, element.get("s", ""), where)
            else:
                text = self._odd_cell(element, where)
            if text:
                if position >= self.columns_count:
                    raise refuse_too_large(f"A cell stands beyond column {self.columns_count}", where)
                if position > len(cells):
                    cells += [None] * (position - len(cells))
                cells[position:] = [text]  # cells come in order, so this appends
        return cells

    def _odd_cell(self, element: Element, where: str) -> Cell:
        """A cell with a formula, an inline text or nothing."""
        parts = {child.tag.rpartition("}")[2]: child for child in element}
        if "is" in parts:
            return self._checked(_text_of(parts["is"]))
        kind = element.get("t", "n")
        value = parts["v"].text if "v" in parts else None
        if "f" in parts and not value and kind != "e" and not (kind == "str" and "v" in parts):
            # A formula may rightly give empty text, which is stored as an empty value of kind "str".
            return self._fault()
        return self._value_as_text(kind, value, element.get("s", ""), where)

    def _value_as_text(self, kind: str, value: str | None, style: str, where: str) -> Cell:
        if not value:
            return self._fault() if kind == "e" else None
        try:
            if kind == "s":
                return self.texts[int(value)]
            if kind == "n":
                return self._date_text(value, style) if style in self.dates else self._number_text(value)
        except (ValueError, IndexError, OverflowError):
            raise refuse_broken("A cell of the workbook cannot be read", where) from None
        if kind == "b":
            return "TRUE" if value.strip() in ("1", "true") else "FALSE"
        if kind == "e":
            return self._fault()
        if kind == "d":
            return self._checked(value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " "))
        return self._checked(_unescaped(value))

    def _number_text(self, value: str) -> Cell:
        if value.isdecimal() and len(value) < 15 and value[0] != "0" and value.isascii():
            return value
        text = number_as_text(value)
        return self._fault() if text == FORMULA_FAULT else text

    def _date_text(self, value: str, style: str) -> Cell:
        key = (value, self.dates[style])
        text = self._date_texts.get(key)
        if text is None:
            text = self._date_texts[key] = serial_as_text(value, key[1], self.is_1904)
        return text

    def _fault(self) -> str:
        self.is_suspect = True
        return FORMULA_FAULT

    def _checked(self, text: str) -> str:
        if self._is_plain(text):
            return text
        self.is_suspect = True
        return _without_marks(text)

    def _is_plain(self, text: str) -> bool:
        return text.isascii() and text.isprintable() and len(text) <= self.cell_characters

    def _position(self, reference: str | None, next_position: int, where: str) -> int:
        if reference is None:
            return next_position
        letters = reference.rstrip("0123456789")
        position = self._positions.get(letters)
        if position is None:
            if not _LETTERS.fullmatch(letters):
                raise refuse_broken("A cell of the workbook has no place", where)
            position = 0
            for letter in letters:
                position = position * 26 + ord(letter) - 64
            position -= 1
            self._positions[letters] = position
        if position < next_position:
            raise refuse_broken("The cells of the workbook are out of order", where)
        return position


def _without_marks(text: str) -> str:
    return text if text.isascii() else DIRECTION_MARKS.sub("", text)
