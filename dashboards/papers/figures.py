"""How a figure of the nutshell is declared, and how it is read from published rows. The figures: ``figures_<block>``.

A figure is a number from 1 to 20, a name and its lines. A line names a table, a column for its number, one for its
share, and the words; the school's row, the trust's, last year's and England's follow. What no column holds is a small
function (``of``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from dashboards.figures import Row, known, shown
from dashboards.markup import HIDDEN, MISSING, Content
from dashboards.papers.blocks import Stored
from dashboards.queries import papers as of_papers
from dashboards.queries import release as of_release
from dashboards.views.visits import Visit, made_once
from dashboards.wording.numbers import percent, whole
from dashboards.wording.papers import one_decimal, period_words, published_tenth
from expectations.vocabulary import TRUST

SMALLEST_STEP = 5
"""Two papers' counts that lie closer than this are not set beside each other: the step could be one child."""


class Only(Enum):
    """Which schools a line is for: a special school's share with a plan says nothing."""

    ALL = "all"
    MAINSTREAM = "mainstream"
    SPECIAL = "special"


@dataclass(frozen=True)
class Reading:
    """A line read for one school: what stands in each column, what a later paper compares with, and (``before``)

    the same of last year where the table itself holds it. ``of_whom`` goes with the line's label.
    """

    number: Content = MISSING
    share: Content = MISSING
    last_year: Content = MISSING
    trust: Content = MISSING
    england: Content = MISSING
    stored: Stored | None = None
    before: Stored | None = None
    of_whom: str = ""

    @property
    def is_told(self) -> bool:
        """True where a figure, or the sign for hidden, stands in the school's own columns."""
        return self.number is not MISSING or self.share is not MISSING

    @property
    def told(self) -> tuple[Content, ...]:
        """The number, the share, or both; one sign where both are hidden or neither is there."""
        both = [said for said in (self.number, self.share) if said is not MISSING] or [MISSING]
        return (HIDDEN,) if all(said is HIDDEN for said in both) else tuple(both)

    @property
    def hidden_count(self) -> int:
        """How many signs for hidden a reader sees."""
        return sum(said is HIDDEN for said in (*self.told, self.last_year, self.trust, self.england))


@dataclass(frozen=True)
class Line:
    """One line of a figure, by the columns of a table or by a small function (``of``).

    ``alone`` is its name where it stands outside the table. ``where`` picks rows by value; ``year`` names the column
    of the year: the newest row is this year's, the one before last year's, and with ``base`` only years count of which
    that column is known and not nought. ``before`` is a column that holds last year's figure: in the same row, or in
    the school's row of ``before_table``. ``england`` is a measure of the published comparisons. ``worth`` is the change
    that deserves a sentence: in the unit of the share (0 to 1) or of the number. An ``optional`` line is left out of
    the paper of a school of which the table does not tell it. What is counted ``so far`` this year is not set beside
    the whole of last year.
    """

    key: str
    label: str
    source: str
    table: str = ""
    number: str = ""
    share: str = ""
    alone: str = ""
    say: Callable[[Any], str] = whole
    say_share: Callable[[Any], str] = percent
    where: Mapping[str, str] = field(default_factory=dict)
    year: str = ""
    base: str = ""
    before: str = ""
    before_table: str = ""
    england: str = ""
    only: Only = Only.ALL
    optional: bool = False
    is_so_far: bool = False
    worth: float | None = None
    of: Callable[[Visit, str], Reading] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the line needs of its table."""
        wanted = (
            "school_urn",
            *self.where,
            self.year,
            self.base,
            self.number,
            self.share,
            "" if self.before_table else self.before,
            "hidden_columns",
        )
        return tuple(dict.fromkeys(name for name in wanted if name))


@dataclass(frozen=True)
class Figure:
    """One of the twenty. ``table``: what its lines rest on where these are all small functions."""

    number: int
    name: str
    lines: tuple[Line, ...]
    table: str = ""


@dataclass(frozen=True)
class Block:
    """One of the strategy's five priorities, with its figures."""

    priority: int
    name: str
    figures: tuple[Figure, ...]


Past = Mapping[str, Stored]
"""Figures of an earlier paper, by the key of their line."""


def lines_for(figure: Figure, is_special: bool) -> list[Line]:
    """The lines of a figure that stand in the paper of such a school."""
    skipped = Only.MAINSTREAM if is_special else Only.SPECIAL
    return [line for line in figure.lines if line.only is not skipped]


def read_line(line: Line, visit: Visit, owner: str, year_ago: Past) -> Reading:
    """The line for a school, or for the trust (``TRUST``). ``year_ago``: figures of the paper of about a year ago."""
    if line.of:
        return line.of(visit, owner)
    mine, before = _of_owner(line, visit, owner)
    trust, _ = _of_owner(line, visit, TRUST) if owner != TRUST else ({}, {})
    stored = _stored(line, visit, mine)
    beside = _row_of_before(line, visit, owner, mine)
    return Reading(
        number=shown(mine, line.number, line.say) if line.number else MISSING,
        share=shown(mine, line.share, line.say_share) if line.share else MISSING,
        last_year=_last_year(line, beside, before, stored, year_ago.get(line.key)),
        trust=_leading(line, trust) if trust else MISSING,
        england=england(visit, line.england),
        stored=stored,
        before=_stored_before(line, beside, stored) if line.before else _stored(line, visit, before),
    )


def _of_owner(line: Line, visit: Visit, owner: str) -> tuple[Row, Row]:
    """(newest row, row of the year before) of a school or the trust; empty where there is none."""
    rows = [
        row
        for row in visit.read(of_papers.rows_of(line.table, _columns(line)))
        if row["school_urn"] == owner and all(row[name] == value for name, value in line.where.items())
    ]
    if not line.year:
        return (rows[0] if rows else {}), {}
    by_year = {row[line.year]: row for row in rows if not line.base or (known(row, line.base) and row[line.base])}
    newest = max(by_year, default=0)
    return by_year.get(newest, {}), by_year.get(newest - 1, {})


def _row_of_before(line: Line, visit: Visit, owner: str, mine: Row) -> Row:
    """The row that holds last year's figure as a column."""
    if not line.before_table:
        return mine
    rows = visit.read(of_papers.rows_of(line.before_table, ("school_urn", line.before, "hidden_columns")))
    return next((row for row in rows if row["school_urn"] == owner), {})


def _columns(line: Line) -> tuple[str, ...]:
    return tuple(name for name in line.columns if name != "hidden_columns" or line.table not in _NEVER_HIDDEN)


_NEVER_HIDDEN = frozenset({"mart_deliveries__confidence", "mart_governance__school"})
"""Tables in which no cell is hidden: they have no list of hidden columns."""


def _leading(line: Line, row: Row) -> Content:
    """The share where the line has one, else the number: what is set beside other figures."""
    return shown(row, line.share, line.say_share) if line.share else shown(row, line.number, line.say)


def _last_year(line: Line, beside: Row, before: Row, stored: Stored | None, past: Stored | None) -> Content:
    if line.before:
        return shown(beside, line.before, line.say_share if line.share else line.say)
    if before:
        return MISSING if line.is_so_far else _leading(line, before)
    return from_paper(stored, past)


def from_paper(now: Stored | None, past: Stored | None) -> Content:
    """What an earlier paper said of the same figure, unless it was made otherwise or the step could be one child."""
    if past is None or (now and now.definition != past.definition):
        return MISSING
    if past.share is not None:
        return past.share_words
    if past.number is None:
        return MISSING
    step = abs(now.number - past.number) if now and now.number is not None else 0
    return HIDDEN if past.counts_people and 0 < step < SMALLEST_STEP else past.number_words


def _stored(line: Line, visit: Visit, row: Row) -> Stored | None:
    number = row[line.number] if line.number and known(row, line.number) else None
    share = row[line.share] if line.share and known(row, line.share) else None
    if number is None and share is None:
        return None
    return Stored(
        label=line.alone or line.label,
        number=number,
        share=share,
        number_words="" if number is None else line.say(number),
        share_words="" if share is None else line.say_share(share),
        period=str(row[line.year]) if line.year else "",
        definition=definition_of(visit, line.table, line.number, line.share),
    )


def _stored_before(line: Line, beside: Row, stored: Stored | None) -> Stored | None:
    """Last year's figure from its own column, as this year's is stored; nothing where either is not shown."""
    if stored is None or not known(beside, line.before):
        return None
    value = beside[line.before]
    if line.share:
        return replace(stored, number=None, number_words="", share=value, share_words=line.say_share(value))
    return replace(stored, number=value, number_words=line.say(value))


@made_once
def definition_of(visit: Visit, table: str, *columns: str) -> str:
    """A digest of what the columns mean, as this release says it."""
    said = [
        (row["column_name"], row["meaning"], row["unit"], row["grain"])
        for row in visit.read(of_release.passports())
        if row["table_name"] == table and row["column_name"] in columns
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


@made_once
def england(visit: Visit, measure: str) -> Content:
    """England's newest published figure of a measure, with its year."""
    rows = [
        row for row in visit.read(of_release.benchmarks()) if row["measure"] == measure and row["area"] == "England"
    ]
    if not measure or not rows:
        return MISSING
    newest = max(rows, key=lambda row: str(row["period"]))
    say = {"per cent": published_tenth, "suspensions": one_decimal}.get(newest["unit"], whole)
    return f"{say(newest['value'])} ({period_words(str(newest['period']))})"
