"""The ledger: what was delivered, what became of it, and which delivery stands in which slice of a raw table.

A slice is one raw table x school x period. A load replaces slices and writes its ledger row in one transaction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.contract import Table
from expectations.errors import SourceFileError
from pipelines.drop_folder import Arrival
from pipelines.store import Store

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Slice:
    """Rows of one raw table for one school and period, and what was malformed among them."""

    table: Table
    school_urn: str
    period: str
    frame: pl.DataFrame
    findings: pl.DataFrame
    malformed_count: int

    @property
    def rows_count(self) -> int:
        """Rows delivered, good and malformed."""
        return self.frame.height + self.malformed_count


@dataclass(frozen=True)
class Verdict:
    """What became of a delivery: a state of ``DELIVERY_STATES`` and, where it was not taken, why and what next."""

    state: str
    rule: str | None = None
    what: str | None = None
    next_step: str | None = None
    source_label: str | None = None
    rows_count: int = 0


_SLICE_COLUMNS: dict[str, Any] = {
    "delivery_key": pl.String, "table_name": pl.String, "school_urn": pl.String, "period": pl.String,
    "rows_count": pl.Int64, "malformed_count": pl.Int64, "delivered_at": pl.Datetime("us"),
}  # fmt: skip
_LEDGER_COLUMNS: dict[str, Any] = {
    "delivery_key": pl.String, "school_urn": pl.String, "sha256": pl.String, "file_name": pl.String,
    "source_label": pl.String, "state": pl.String, "rule": pl.String, "what": pl.String, "next_step": pl.String,
    "delivered_at": pl.Datetime("us"), "landed_at": pl.Datetime("us"), "rows_count": pl.Int64,
    "code_version": pl.String,
}  # fmt: skip
UNREADABLE = "unreadable"
"""Period of rows whose year cannot be read; the next file of the same table lets them go."""
FLUSH_ROWS = 60_000
"""Rows that wait before they are written: one large write costs a tenth of many small ones."""


@dataclass
class Ledger:
    """The ledger of one store, in the code's present version. What stands is read once and kept in step.

    What is taken waits until ``flush`` writes it, slices and ledger rows in one transaction; a killed night takes
    again what had not been written.
    """

    store: Store
    code_version: str
    landed_at: dt.datetime

    def __post_init__(self) -> None:
        entries = self.store.execute("select delivery_key, school_urn, state, code_version, delivered_at from ledger")
        self._entries = {(key, urn): (state, version, at) for key, urn, state, version, at in entries}
        slices = self.store.execute(
            "select table_name, school_urn, period, delivery_key, rows_count, delivered_at from ledger_slices"
        )
        self._slices = {(table, urn, period): (key, count, at) for table, urn, period, key, count, at in slices}
        self._written = set(self._slices)
        self._leaving: set[Place] = set()
        self._known = set(self._entries)
        self._waiting_slices: dict[Place, tuple[Arrival, Slice]] = {}
        self._waiting_rows: dict[tuple[str, str], tuple[Any, ...]] = {}

    def known_state(self, arrival: Arrival) -> str | None:
        """The standing state of a delivery that need not be read again; ``None`` when it must be read.

        A refusal is read again once the code has changed. A file that was taken, replaced and is delivered
        once more with a newer date is a correction, and is read again.
        """
        entry = self._entries.get((arrival.delivery_key, arrival.school_urn))
        if entry is None:
            return None
        state, version, delivered_at = entry
        if state != "TAKEN":
            return state if version == self.code_version else None
        if arrival.delivered_at > delivered_at and not self._stands(arrival):
            return None
        return state

    def _stands(self, arrival: Arrival) -> bool:
        own = (arrival.delivery_key, arrival.school_urn)
        return any((key, urn) == own for (_, urn, _), (key, _, _) in self._slices.items())

    def other_school(self, arrival: Arrival, present: set[tuple[str, str]]) -> bool:
        """True when the very same file was taken for another school and still lies in that school's folder.

        Where it has been removed from there, what it brought to the other school is withdrawn.
        """
        others = [
            (key, urn)
            for (key, urn), entry in self._entries.items()
            if key == arrival.delivery_key and urn != arrival.school_urn and entry[0] == "TAKEN"
        ]
        for own in others:
            if own in present:
                return True
            self._let_go({place for place, found in self._slices.items() if (found[0], place[1]) == own})
        return False

    def _let_go(self, places: set[Place]) -> None:
        """Slices whose rows are to be removed with the next flush."""
        for place in places & self._slices.keys():
            self._waiting_slices.pop(place, None)
            del self._slices[place]
            self._leaving.add(place)

    def standing(self, piece: Slice) -> tuple[int, dt.datetime] | None:
        """(rows, delivered at) of what stands in the slice; ``None`` when nothing does."""
        found = self._slices.get(_place(piece))
        return None if found is None else found[1:]

    def refuse(self, arrival: Arrival, error: SourceFileError, state: str = "REFUSED") -> Verdict:
        """Write down that a file was not taken, and why."""
        inside = error.where.removeprefix(arrival.file_name).strip(", ")
        what = f"{error.what} ({inside})" if inside else error.what
        verdict = Verdict(state, error.rule, what, error.next_step)
        self._note(arrival, verdict)
        return verdict

    def take(self, arrival: Arrival, slices: list[Slice], source_label: str) -> Verdict:
        """Let the delivery's rows replace what stands in their slices."""
        verdict = Verdict("TAKEN", source_label=source_label, rows_count=sum(s.rows_count for s in slices))
        for piece in slices:
            self._waiting_slices[_place(piece)] = (arrival, piece)
            self._leaving.discard(_place(piece))
            self._slices[_place(piece)] = (arrival.delivery_key, piece.rows_count, arrival.delivered_at)
            self._let_go({(piece.table.name, piece.school_urn, UNREADABLE)} - {_place(p) for p in slices})
        self._note(arrival, verdict)
        if sum(piece.frame.height for _, piece in self._waiting_slices.values()) >= FLUSH_ROWS:
            self.flush()
        return verdict

    def flush(self) -> None:
        """Write all that waits in one transaction."""
        with self.store.transaction():
            for place in (self._waiting_slices.keys() | self._leaving) & self._written:
                self._remove(place)
            by_table: dict[str, list[pl.DataFrame]] = {}
            for _, piece in self._waiting_slices.values():
                by_table.setdefault(piece.table.name, []).append(piece.frame)
                by_table.setdefault("landing_findings", []).append(piece.findings)
            for table_name, frames in by_table.items():
                self.store.insert(table_name, pl.concat(frames))
            standing = [
                (a.delivery_key, *place, piece.frame.height, piece.malformed_count, a.delivered_at)
                for place, (a, piece) in self._waiting_slices.items()
            ]
            self.store.insert("ledger_slices", pl.DataFrame(standing, schema=_SLICE_COLUMNS, orient="row"))
            for own in self._waiting_rows.keys() & self._known:
                self.store.execute("delete from ledger where delivery_key = ? and school_urn = ?", list(own))
            noted = list(self._waiting_rows.values())
            self.store.insert("ledger", pl.DataFrame(noted, schema=_LEDGER_COLUMNS, orient="row"))
        self._written = (self._written - self._leaving) | self._waiting_slices.keys()
        self._known |= self._waiting_rows.keys()
        self._leaving.clear()
        self._waiting_slices.clear()
        self._waiting_rows.clear()

    def _remove(self, place: Place) -> None:
        table, urn, period = place
        self.store.execute(
            "delete from landing_findings where table_name = ? and school_urn = ? and period = ?", list(place)
        )
        self.store.execute(f'delete from "{table}" where school_urn = ? and period = ?', [urn, period])
        self.store.execute(
            "delete from ledger_slices where table_name = ? and school_urn = ? and period = ?", list(place)
        )

    def _note(self, arrival: Arrival, verdict: Verdict) -> None:
        own = (arrival.delivery_key, arrival.school_urn)
        self._entries[own] = (verdict.state, self.code_version, arrival.delivered_at)
        self._waiting_rows[own] = (
            *own, arrival.sha256, arrival.file_name, verdict.source_label, verdict.state, verdict.rule, verdict.what,
            verdict.next_step, arrival.delivered_at, self.landed_at.replace(tzinfo=None), verdict.rows_count,
            self.code_version,
        )  # fmt: skip


def _place(piece: Slice) -> Place:
    return piece.table.name, piece.school_urn, piece.period
