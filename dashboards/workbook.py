"""A table as a workbook: the cells that the page shows, typed, and a sheet that says what they are. Pure.

Only what is shown is written: a number has no more places than on the page, a hidden cell has its sign. No formula, no
merged cell; the first row is the heading, so that a screen reader and a program can read the sheet.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from dashboards.tables import Cell, TableTwin, plain
from dashboards.wording.numbers import MINUS, POUND

Note = tuple[str, str | int | dt.date]
_NUMBER = re.compile(
    rf"(?P<sign>[+{MINUS}-]?)(?P<pound>{POUND}?)(?P<whole>\d{{1,3}}(?:,\d{{3}})*|\d+)(?P<part>\.\d+)?(?P<rate>%?)"
)
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_WIDEST, _NARROWEST = 60, 10


class Typed(NamedTuple):
    """A cell's value and the number format that shows it as the page does ('' for text)."""

    value: str | float | int | dt.date
    format: str = ""


def typed(cell: Cell, *, is_number: bool) -> Typed:
    """The cell as a number, a date or text. Only a column of numbers holds numbers: a URN stays text."""
    said = plain(cell)
    if _DATE.fullmatch(said):
        for name, written in (("%B", "d mmmm yyyy"), ("%b", "d mmm yyyy")):
            with suppress(ValueError):  # no such month, or no such day: the words of somebody
                return Typed(dt.datetime.strptime(f"{said} +0000", f"%d {name} %Y %z").date(), written)
    found = _NUMBER.fullmatch(said) if is_number else None
    return _number(found) if found else Typed(said)


def _number(found: re.Match[str]) -> Typed:
    places = len(found["part"] or "") - 1
    size = float(found["whole"].replace(",", "") + (found["part"] or ""))
    value = -size if found["sign"] in (MINUS, "-") else size
    written = found["pound"] + ("#,##0" if places < 1 else f"#,##0.{'0' * places}") + found["rate"]
    if found["rate"]:
        value = round(value / 100, max(places, 0) + 2)
    if found["sign"] == "+":
        written = f"+{written}"
    return Typed(int(value) if value.is_integer() else value, written)


def workbook(twin: TableTwin, name: str, notes: Sequence[Note], made: dt.date) -> bytes:
    """An XLSX file: the sheet ``Table`` and the sheet ``Notes``. ``made`` is the date that the file bears."""
    import xlsxwriter  # a page that nobody downloads from does not need it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": twin.caption, "created": dt.datetime.combine(made, dt.time())})
        _write_table(book, twin, name)
        _write_notes(book, notes)
    return out.getvalue()


def _write_table(book: Any, twin: TableTwin, name: str) -> None:
    sheet = book.add_worksheet("Table")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    rows = [[typed(cell, is_number=head.is_number) for cell, head in _beside(row, twin)] for row in twin.rows]
    labels = unlike([plain(heading.label) for heading in twin.headings])
    sheet.add_table(0, 0, max(1, len(rows)), len(labels) - 1, {
        "name": "orchard_" + re.sub(r"\W", "_", name), "title": twin.caption, "description": twin.note or twin.caption,
        "columns": [{"header": label, "header_format": wrapped} for label in labels],
        "style": "Table Style Light 1", "first_column": True,
    })  # fmt: skip
    shown = {cell.format for row in rows for cell in row if cell.format}
    formats = {written: book.add_format({"num_format": written, "valign": "top"}) for written in sorted(shown)}
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell.value, formats.get(cell.format, wrapped))
    for place, label in enumerate(labels):
        longest = max([len(label), *(len(str(row[place].value)) for row in rows)])
        sheet.set_column(place, place, min(_WIDEST, max(_NARROWEST, longest + 2)))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)


def _beside(row: Sequence[Cell], twin: TableTwin) -> Any:
    return zip(row, twin.headings, strict=True)


def _write(sheet: Any, row: int, place: int, value: object, style: Any = None) -> None:
    """Text as text, whatever it begins with; nothing is guessed."""
    if isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), style)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, str(value), style)


def _write_notes(book: Any, notes: Sequence[Note]) -> None:
    sheet = book.add_worksheet("Notes")
    bold, wrapped = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True})
    date = book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
    number = book.add_format({"align": "left"})
    for row, (name, said) in enumerate(notes):
        sheet.write_string(row, 0, name, bold)
        style = date if isinstance(said, dt.date) else number if isinstance(said, int) else wrapped
        _write(sheet, row, 1, said if isinstance(said, (int, dt.date)) else plain(said), style)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)


def unlike(labels: Sequence[str]) -> list[str]:
    """The labels, each different from the others, as a spreadsheet's table asks for; none is empty."""
    seen: set[str] = set()
    found = []
    for place, label in enumerate(labels, start=1):
        told, number = label or f"Column {place}", 2
        while told.lower() in seen:
            told, number = f"{label} ({number})", number + 1
        seen.add(told.lower())
        found.append(told)
    return found
