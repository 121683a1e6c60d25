"""The journal as one more source: what people decided in the staff app, read once a night. It writes nothing.

The app that writes it is ``dashboards/journal.py``; the two share no code, only the table's columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import polars as pl

from expectations.contract import Table
from expectations.derive import empty_frame
from expectations.errors import OrchardError
from expectations.tables.catalogue import CORE_ALIAS_DECISIONS
from pipelines.database_copy import Written, written_databases
from pipelines.night import Night
from pipelines.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

T = TypeVar("T")
_READ = "select alias, intervention_name, decided_at from alias_decisions order by decision_number"
_LOST = "Restore it from a backup. To begin with an empty one instead, open 'Names to settle' in the staff app."


class Decision(NamedTuple):
    """One line of the journal: which name, what it stands for (``None``: no intervention), on which day (UTC)."""

    alias: str
    intervention_name: str | None
    decided_date: dt.date


def read_decisions(settings: Settings) -> tuple[Decision, ...] | None:
    """Every decision, oldest first; ``None`` when there is no journal yet. Raises as ``ask_journal``."""

    def read(connection: Connection) -> tuple[Decision, ...]:
        from sqlalchemy import text

        rows = connection.execute(text(_READ)).fetchall()
        return tuple(Decision(alias, name, dt.date.fromisoformat(at[:10])) for alias, name, at in rows)

    return ask_journal(settings, read)


def ask_journal(settings: Settings, read: Callable[[Connection], T]) -> T | None:
    """What ``read`` finds in the journal. Raises as ``ask_database``."""
    journal, _ = written_databases(settings)
    return ask_database(journal, read)


def ask_database(of: Written, read: Callable[[Connection], T]) -> T | None:
    """What ``read`` finds in the database that people write; ``None`` when it is a file that is not there yet.

    Raises ``OrchardError`` when it is there and cannot be read; the error quotes nothing of it.
    """
    from sqlalchemy.exc import SQLAlchemyError

    if of.url is None and not of.file.is_file():
        return None
    try:
        with of.engine().connect() as connection:
            return read(connection)
    except (SQLAlchemyError, ValueError, TypeError, ImportError):
        raise OrchardError(
            f"The {of.name} cannot be read", of.file.name if of.url is None else f"{of.name}_url",
            "See that it is there and not damaged, then refresh again; the last good release stands.",
        ) from None  # fmt: skip


def settled_names(night: Night) -> pl.DataFrame:
    """CORE_ALIAS_DECISIONS: the latest decision on each name, from the journal as it was when the night began.

    Raises ``OrchardError`` when the journal has gone while decisions of it are in use.
    """
    decisions = night.once("journal", lambda: read_decisions(night.settings))
    if decisions is None:
        refuse_loss(night, CORE_ALIAS_DECISIONS)
        return empty_frame(CORE_ALIAS_DECISIONS)
    latest = {decision.alias: decision for decision in decisions}
    return pl.DataFrame(
        [(d.alias, d.intervention_name, d.decided_date) for _, d in sorted(latest.items())],
        schema={"alias": pl.String, "intervention_name": pl.String, "decided_date": pl.Date},
        orient="row",
    )


def refuse_loss(night: Night, table: Table) -> None:
    """Raise ``OrchardError`` when the journal has gone and the table holds what was read from it before."""
    known = night.store.filled(table)
    if known and known[2]:
        raise OrchardError("The journal is gone, and what was settled in it is in use", "journal.sqlite", _LOST)


def state(night: Night) -> str:
    """What the journal holds of names, for the digest that tells whether anything has changed. Never raises."""
    try:
        return repr(night.once("journal", lambda: read_decisions(night.settings)))
    except OrchardError:
        return "cannot be read"
