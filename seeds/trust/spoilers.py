"""What is planted in which table: one declaration per way a row goes wrong, and what must become of it.

Rows whose loss would change a planted truth (plans, groups, standardised scores, pupils) are never spoiled
themselves: a spoiled copy, or a row about something that does not exist, stands beside the good one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from seeds.trust.identifiers import make_upn, spoil_upn
from seeds.trust.rows import Cell, Row
from seeds.trust.sheets import Sheet
from seeds.trust.streams import Stream
from seeds.trust.write_workbook import FORMULA_MARK

MONTH_FIRST, NO_SUCH_DAY, FAR_DAY = "04/25/2025", "31/02/2026", "05/05/2199"
Change = Callable[[Row, Sheet, Stream], None]


@dataclass(frozen=True)
class Spoiler:
    """One way to go wrong. ``how``: "place" spoils the row itself, "copy" a copy after it, "before" a copy before it,
    "long" and "short" a copy with a field too many or too few, "total" adds a footer. ``effect``: quarantine, flag,
    accept.
    """

    rule: str
    column: str
    change: Change | None
    how: str = "copy"
    effect: str = "quarantine"
    needs_form: str | None = None


def put(column: str, *values: Cell) -> Change:
    """Write one of the values into a column."""

    def change(row: Row, sheet: Sheet, stream: Stream) -> None:
        row[sheet.place(column)] = stream.one_of(values)

    return change


def both(*changes: Change) -> Change:
    """One change after another."""

    def change(row: Row, sheet: Sheet, stream: Stream) -> None:
        for part in changes:
            part(row, sheet, stream)

    return change


def before(column: str, other: str) -> Change:
    """A date two months before another date of the row."""

    def change(row: Row, sheet: Sheet, stream: Stream) -> None:
        start = row[sheet.place(other)]
        day = start if isinstance(start, dt.date) else dt.date(2025, 3, 3)
        row[sheet.place(other)], row[sheet.place(column)] = day, day - dt.timedelta(days=61)

    return change


def numbered(column: str, pattern: str) -> Change:
    """A reference or number that nothing else has."""

    def change(row: Row, sheet: Sheet, stream: Stream) -> None:
        row[sheet.place(column)] = pattern.format(stream.whole(900, 99_999))

    return change


def wrong_letter(row: Row, sheet: Sheet, stream: Stream) -> None:
    """A UPN with a wrong check letter."""
    place = sheet.place("upn")
    row[place] = spoil_upn(str(row[place]) if row[place] else make_upn(2001, 2016, 77))


def nobody(row: Row, sheet: Sheet, stream: Stream) -> None:
    """A well-formed UPN, and numbers of its school, that no pupil has."""
    unknown = make_upn(9100, 2014, stream.whole(0, 999))
    for column, value in (("upn", unknown), ("mis_id", "990001"), ("insight_pupil_id", "9990001")):
        if column in sheet.fields:
            row[sheet.place(column)] = value


def padded(row: Row, sheet: Sheet, stream: Stream) -> None:
    """The UPN in lower case with blanks round it."""
    place = sheet.place("upn")
    row[place] = f" {str(row[place]).lower()} " if row[place] else row[place]


def above(column: str, whole: str) -> Change:
    """A part larger than its whole."""

    def change(row: Row, sheet: Sheet, stream: Stream) -> None:
        total = row[sheet.place(whole)]
        row[sheet.place(column)] = (total if isinstance(total, int) else 0) + 9

    return change


def otherwise(column: str, *values: Cell) -> Change:
    """Another value than the row has, so that two rows contradict each other: one of those given, or made up."""

    def change(row: Row, sheet: Sheet, stream: Stream) -> None:
        value = row[sheet.place(column)]
        different: Cell = value + 1 if isinstance(value, int) else f"{value or 'X'}x"
        row[sheet.place(column)] = next((v for v in values if v != value), different)

    return change


def bad(rule: str, column: str, *values: Cell, how: str = "copy") -> Spoiler:
    """The row is set aside for a value in a column."""
    return Spoiler(rule, column, put(column, *values), how)


def flag(rule: str, column: str, *values: Cell) -> Spoiler:
    """The row is taken, the value left blank and the school told."""
    return Spoiler(rule, column, put(column, *values), "place", "flag")


TWICE = Spoiler("TWICE", "", None)
TOTAL = Spoiler("TOTAL_ROW", "", None, "total")
LONG, SHORT = (
    Spoiler("TOO_MANY_FIELDS", "", None, "long", needs_form="text"),
    Spoiler("TOO_FEW_FIELDS", "", None, "short", needs_form="text"),
)
UPN = Spoiler("UPN", "upn", wrong_letter)
UPN_IN_PLACE = Spoiler("UPN", "upn", wrong_letter, "place")
NOBODY = Spoiler("UNKNOWN_PUPIL", "", nobody)
PADDED = Spoiler("", "upn", padded, "place", "accept")


def conflict(column: str, *values: Cell) -> Spoiler:
    """A row before the good one that says something else: the later row is used."""
    return Spoiler("CONFLICT", "", otherwise(column, *values), "before")


def order(column: str, other: str) -> Spoiler:
    """Dates in the wrong order."""
    return Spoiler("DATE_ORDER", column, before(column, other))


def formula(column: str) -> Spoiler:
    """A formula whose stored result is an error."""
    return Spoiler("FORMULA", column, put(column, FORMULA_MARK), needs_form="workbook")


def orphan(column: str, pattern: str) -> Spoiler:
    """A reference to a row that is not there."""
    return Spoiler("UNKNOWN_REFERENCE", column, numbered(column, pattern))


def on_new(spoiler: Spoiler, column: str, pattern: str) -> Spoiler:
    """The same fault on a row about something new, so that the good row keeps its key to itself."""
    parts = [numbered(column, pattern), *([spoiler.change] if spoiler.change else [])]
    return Spoiler(spoiler.rule, spoiler.column, both(*parts), spoiler.how, spoiler.effect, spoiler.needs_form)
