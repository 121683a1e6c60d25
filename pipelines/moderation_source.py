"""Rounds, cases and ratings of moderation from the journal, read once a night. It writes nothing.

The app that writes them is ``dashboards/moderation_journal.py``; the two share no code, only the tables' columns.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from expectations.contract import Table
from expectations.derive import conform, empty_frame
from expectations.errors import OrchardError
from expectations.tables.moderation import CORE_JOURNAL_CASES, CORE_JOURNAL_RATINGS, CORE_JOURNAL_ROUNDS
from pipelines.journal_source import ask_journal, refuse_loss
from pipelines.night import Night
from pipelines.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ROUNDS = (
    "select r.round_number, r.round_name, substr(r.opened_at, 1, 10) as round_date, "
    "substr(min(c.closed_at), 1, 10) as closed_date, r.matrix_version, r.is_own_school_rated "
    "from moderation_rounds r left join moderation_closings c on c.round_number = r.round_number "
    "group by r.round_number, r.round_name, r.opened_at, r.matrix_version, r.is_own_school_rated "
    "order by r.round_number"
)
_CASES = (
    "select round_number, case_number, school_urn, pupil_key from moderation_cases order by round_number, case_number"
)
_RATINGS = (
    "select round_number, case_number, rated_by, rater_school_urn, substr(rated_at, 1, 10) as rated_date, "
    "criteria_ticked from moderation_ratings order by rating_number"
)


class Moderated(NamedTuple):
    """Lines of the journal, oldest first, as the database gives them."""

    rounds: tuple[tuple[Any, ...], ...] = ()
    cases: tuple[tuple[Any, ...], ...] = ()
    ratings: tuple[tuple[Any, ...], ...] = ()


def read_moderation(settings: Settings) -> Moderated | None:
    """Everything on moderation in the journal; ``None`` when there is no journal yet. Raises as ``ask_journal``.

    A journal that was last opened before moderation came to the app has none of it.
    """

    def read(connection: Connection) -> Moderated:
        from sqlalchemy import inspect, text

        if not inspect(connection).has_table("moderation_rounds"):
            return Moderated()
        asked = (connection.execute(text(sql)).fetchall() for sql in (_ROUNDS, _CASES, _RATINGS))
        return Moderated(*(tuple(tuple(row) for row in rows) for rows in asked))

    return ask_journal(settings, read)


def _lines(night: Night, table: Table) -> Moderated:
    found = night.once("moderation", lambda: read_moderation(night.settings))
    if found is None:
        refuse_loss(night, table)
    return found or Moderated()


def rounds(night: Night) -> pl.DataFrame:
    """CORE_JOURNAL_ROUNDS: every round that was opened, and the day on which it was closed."""
    return _framed(_lines(night, CORE_JOURNAL_ROUNDS).rounds, CORE_JOURNAL_ROUNDS)


def cases(night: Night) -> pl.DataFrame:
    """CORE_JOURNAL_CASES: whom each round was drawn of."""
    return _framed(_lines(night, CORE_JOURNAL_CASES).cases, CORE_JOURNAL_CASES)


def ratings(night: Night) -> pl.DataFrame:
    """CORE_JOURNAL_RATINGS: the last rating of each rater and case. A rater is told by a pseudonym and a school."""
    last = {
        (number, case, who, urn): (number, case, _pseudonym(who, urn), urn, day, ticked)
        for number, case, who, urn, day, ticked in _lines(night, CORE_JOURNAL_RATINGS).ratings
    }
    return _framed(tuple(last.values()), CORE_JOURNAL_RATINGS)


def _pseudonym(who: str, urn: str) -> str:
    return f"{urn}-{hashlib.sha256(f'{who} {urn}'.encode()).hexdigest()[:12]}"


def _framed(lines: tuple[tuple[Any, ...], ...], table: Table) -> pl.DataFrame:
    if not lines:
        return empty_frame(table)
    frame = pl.DataFrame(lines, schema=list(table.column_names), orient="row", infer_schema_length=None)
    dates = [
        pl.col(name).cast(pl.String).str.to_date("%Y-%m-%d") for name in table.column_names if name.endswith("_date")
    ]
    return conform(frame.with_columns(dates), table)


def state(night: Night) -> str:
    """What the journal holds of moderation, for the digest that tells whether anything has changed. Never raises."""
    try:
        return repr(night.once("moderation", lambda: read_moderation(night.settings)))
    except OrchardError:
        return "cannot be read"
