"""The ledger: what was delivered, what became of it, and which delivery stands in which slice of a raw table.

A slice is one raw table x school x period. A load replaces slices and writes its ledger row in one transaction.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from expectations.contract import Table
from expectations.errors import SourceFileError
from pipelines.drop_folder import Arrival
from pipelines.store import Store


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


@dataclass
class Ledger:
    """The ledger of one store, in the code's present version. What stands is read once and kept in step."""

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

    def other_school(self, arrival: Arrival) -> bool:
        """True when the very same file was taken for another school."""
        return any(
            key == arrival.delivery_key and urn != arrival.school_urn and entry[0] == "TAKEN"
            for (key, urn), entry in self._entries.items()
        )

    def standing(self, piece: Slice) -> tuple[int, dt.datetime] | None:
        """(rows, delivered at) of what stands in the slice; ``None`` when nothing does."""
        found = self._slices.get(_place(piece))
        return None if found is None else found[1:]

    def refuse(self, arrival: Arrival, error: SourceFileError, state: str = "REFUSED") -> Verdict:
        """Write down that a file was not taken, and why."""
        inside = error.where.removeprefix(arrival.file_name).strip(", ")
        what = f"{error.what} ({inside})" if inside else error.what
        verdict = Verdict(state, error.rule, what, error.next_step)
        with self.store.transaction():
            self._write(arrival, verdict)
        return verdict

    def take(self, arrival: Arrival, slices: list[Slice], source_label: str) -> Verdict:
        """Replace the slices by the delivery's rows, with its ledger row, in one transaction."""
        verdict = Verdict("TAKEN", source_label=source_label, rows_count=sum(s.rows_count for s in slices))
        with self.store.transaction():
            for piece in slices:
                self._replace(arrival, piece)
            self._write(arrival, verdict)
        return verdict

    def _replace(self, arrival: Arrival, piece: Slice) -> None:
        place = _place(piece)
        if place in self._slices:
            table, urn, period = place
            before = self._slices[place][0]
            self.store.execute(
                "delete from landing_findings where table_name = ? and school_urn = ? and delivery_key = ?",
                [table, urn, before],
            )
            self.store.execute(f'delete from "{table}" where school_urn = ? and period = ?', [urn, period])
            self.store.execute(
                "delete from ledger_slices where table_name = ? and school_urn = ? and period = ?", list(place)
            )
        self.store.insert(piece.table.name, piece.frame)
        self.store.insert("landing_findings", piece.findings)
        self.store.execute(
            "insert into ledger_slices values (?, ?, ?, ?, ?, ?, ?)",
            [arrival.delivery_key, *place, piece.frame.height, piece.malformed_count, arrival.delivered_at],
        )
        self._slices[place] = (arrival.delivery_key, piece.rows_count, arrival.delivered_at)

    def _write(self, arrival: Arrival, verdict: Verdict) -> None:
        own = (arrival.delivery_key, arrival.school_urn)
        if own in self._entries:
            self.store.execute("delete from ledger where delivery_key = ? and school_urn = ?", list(own))
        self._entries[own] = (verdict.state, self.code_version, arrival.delivered_at)
        self.store.execute(
            "insert into ledger values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                arrival.delivery_key, arrival.school_urn, arrival.sha256, arrival.file_name, verdict.source_label,
                verdict.state, verdict.rule, verdict.what, verdict.next_step, arrival.delivered_at,
                self.landed_at.replace(tzinfo=None), verdict.rows_count, self.code_version,
            ],
        )  # fmt: skip


def _place(piece: Slice) -> tuple[str, str, str]:
    return piece.table.name, piece.school_urn, piece.period
