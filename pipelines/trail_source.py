"""The challenge trail as one more source, read once a night: which figures were asked about. It writes nothing.

The apps write it (``dashboards/trail_journal.py``); the two share no code, only the table's columns. What people wrote
stays in the trail: the night takes no word of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from expectations.derive import conform, empty_frame
from expectations.errors import OrchardError
from expectations.tables.trail import CORE_TRAIL_QUESTIONS
from pipelines.database_copy import written_databases
from pipelines.journal_source import ask_database
from pipelines.night import Night
from pipelines.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

_READ = (
    "select question_number, owner, question_trigger, figure_table, figure_column, figure_where, figure_value, "
    "is_figure_hidden, asked_date, figure_date from trail_questions order by question_number"
)
_LOST = "Restore it from a backup. To begin with an empty one instead, open 'Questions and answers' in the board app."
Lines = tuple[tuple[Any, ...], ...]


def read_questions(settings: Settings) -> Lines | None:
    """Every question, the oldest first; ``None`` when there is no trail yet. Raises as ``ask_database``."""

    def read(connection: Connection) -> Lines:
        from sqlalchemy import text

        return tuple(tuple(row) for row in connection.execute(text(_READ)).fetchall())

    _, trail = written_databases(settings)
    return ask_database(trail, read)


def questions(night: Night) -> pl.DataFrame:
    """CORE_TRAIL_QUESTIONS. Raises ``OrchardError`` when the trail has gone while questions of it are in use."""
    lines = night.once("trail", lambda: read_questions(night.settings))
    if lines is None:
        known = night.store.filled(CORE_TRAIL_QUESTIONS)
        if known and known[2]:
            raise OrchardError("The trail of questions is gone, and questions of it are in use", "trail.sqlite", _LOST)
    if not lines:
        return empty_frame(CORE_TRAIL_QUESTIONS)
    names = list(CORE_TRAIL_QUESTIONS.column_names)
    frame = pl.DataFrame(lines, schema=names, orient="row", infer_schema_length=None)
    return conform(
        frame.with_columns(
            pl.col("asked_date", "figure_date").cast(pl.String).str.to_date("%Y-%m-%d"),
            pl.col("is_hidden_then").cast(pl.Boolean),  # SQLite has no yes and no
        ),
        CORE_TRAIL_QUESTIONS,
    )


def state(night: Night) -> str:
    """What the trail holds that a figure follows from, for the digest that tells whether anything has changed."""
    try:
        return repr(night.once("trail", lambda: read_questions(night.settings)))
    except OrchardError:
        return "cannot be read"
