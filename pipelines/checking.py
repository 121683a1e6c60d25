"""``orchard check``: what would become of a file, told before it is sent. Nothing is stored.

Linking needs the pupils that the trust knows; where there has been no night yet, that one rule is left out and
the answer says so.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.table import Table as Lines

from expectations.contract import Table
from expectations.derive import clean_table, is_linked
from expectations.errors import OrchardError, SettingsError, SourceFileError
from expectations.tables import ALL, RAW
from expectations.vocabulary import TRUST
from models.clean import clean
from pipelines.drop_folder import Arrival, shown
from pipelines.ledger import Slice
from pipelines.night import only_refresh
from pipelines.publish import file_sha256
from pipelines.readers.recognition import header_names
from pipelines.readers.sandbox import read_delivery
from pipelines.settings import Settings
from pipelines.slices import cut_slices
from pipelines.store import Store

SHOWN_ROWS = 40


def check_file(settings: Settings, path: Path, school_urn: str, console: Console | None = None) -> int:
    """Print what would be refused or set aside; 0 all is well, 1 something to mend, 2 the file cannot be taken."""
    console = console or Console()
    arrival = _arrival(settings, path, school_urn)
    try:
        sheets = read_delivery(path, header_names(RAW, settings.mapping))
        slices = cut_slices(arrival, sheets, settings)
    except SourceFileError as error:
        console.print(f"This file would be refused: {error.sentence()}", markup=False, highlight=False)
        return 2
    findings, is_linked_to_pupils = _findings(settings, slices)
    rows_count = sum(piece.rows_count for piece in slices)
    labels = ", ".join(sorted({piece.table.source.label for piece in slices if piece.table.source}))
    console.print(f"Recognised: {labels}. Rows: {rows_count:,}.", markup=False, highlight=False)
    if not is_linked_to_pupils:
        console.print("Pupils were not looked up: no refresh has been run yet, or one is running now.")
    if findings.is_empty():
        console.print("Nothing to mend.")
        return 0
    console.print(_lines(findings))
    if findings.height > SHOWN_ROWS:
        console.print(f"… and {findings.height - SHOWN_ROWS:,} more.")
    return 1


def _arrival(settings: Settings, path: Path, school_urn: str) -> Arrival:
    if not path.is_file():
        raise SettingsError("There is no such file", str(path), "Name the file you are about to send.")
    known = [school.urn for school in settings.schools] + [TRUST]
    urn = school_urn.upper() or path.resolve().parent.name
    urn = TRUST if urn.casefold() == TRUST.casefold() else urn
    if urn not in known:
        raise SettingsError("Say whose file it is", f"--school {school_urn or '?'}", f"One of: {', '.join(known)}.")
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    return Arrival(path, urn, shown(path.name), file_sha256(path), now, False, path.stat().st_size)


def _findings(settings: Settings, slices: list[Slice]) -> tuple[pl.DataFrame, bool]:
    """(what would be set aside or flagged, whether pupils could be looked up)."""
    found = [piece.findings.drop("period") for piece in slices]
    identifiers = _known(settings, ALL["core_pupil_identifiers"])
    by_table: dict[str, list[Slice]] = {}
    for piece in slices:
        by_table.setdefault(piece.table.name, []).append(piece)
    for pieces in by_table.values():
        raw = pieces[0].table
        if is_linked(raw) and identifiers is None:
            continue
        frame = pl.concat([piece.frame for piece in pieces])
        found.append(clean(frame, raw, identifiers=identifiers, parents=_parents(settings, raw, slices)).quarantine)
    return pl.concat([frame for frame in found if not frame.is_empty()] or [found[0]]), identifiers is not None


def _parents(settings: Settings, raw: Table, slices: list[Slice]) -> pl.DataFrame | None:
    """The parent rows that the file itself brings, else those that stand."""
    assert raw.source is not None
    if raw.source.parent is None:
        return None
    brought = [piece.frame for piece in slices if piece.table.name == raw.source.parent]
    parent = ALL[raw.source.parent]
    if brought and not is_linked(parent):
        return clean(pl.concat(brought), parent).frame
    if brought:
        return pl.concat(brought).select(raw.source.parent_key)
    return _known(settings, clean_table(parent))


def _known(settings: Settings, table: Table) -> pl.DataFrame | None:
    """A stored table, or ``None`` when there has been no night, or one or a backup is running now.

    A look takes the lock too: a backup copies the work database and must find it closed.
    """
    if not settings.work_file.exists():
        return None
    try:
        with only_refresh(settings), Store(settings.work_file) as store:
            return store.read(table)
    except OrchardError:
        return None


def _lines(findings: pl.DataFrame) -> Lines:
    lines = Lines("row", "column", "what is wrong", "what next")
    ordered = findings.sort("table_name", "row_number").head(SHOWN_ROWS)
    for row in ordered.iter_rows(named=True):
        lines.add_row(str(row["row_number"] or ""), row["column_label"] or "", row["what"], row["next_step"])
    return lines
