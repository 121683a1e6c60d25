"""The ledger of released cells, and which reading of a table people see tonight: a new one, or the one that stands.

One Parquet file beside the releases, so that it outlives those that are pruned: table, row, column, the number shown or
that it was hidden, release and date. No true value behind a hidden one, no pupil. The rules: ``models/earlier.py``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from expectations.contract import Sensitivity, Table
from expectations.errors import OrchardError
from expectations.tables import ALL
from models.disclosure import release
from models.earlier import CELLS, Reading, cells_of, last_reading, reading_before, same_figures, stands, with_new_cells
from models.links import leaders_of, published
from pipelines.night import Night, code_version
from pipelines.publish import read_aggregate, read_manifest
from pipelines.settings import Settings, thresholds_of

_RENEWED = "renewed tables"
WRITTEN = "has_released_cells"
"""In a release's manifest: a ledger was written before people saw it, so one must be there as long as they do."""
_NEXT = (
    "Restore it from the backup. Without one, remove CURRENT and what is left of the ledger: figures then start "
    "anew, and what they hide is no longer kept from whoever noted those shown before."
)


def read_ledger(settings: Settings) -> pl.DataFrame:
    """The ledger as it stands; empty before the first release, and over one older than ledgers.

    Raises ``OrchardError`` where it cannot be read, or is missing though the release that people see has written it.
    """
    path = settings.released_cells_file
    if not path.exists():
        if _is_written(settings):
            raise OrchardError("The ledger of released cells is missing", path.name, _NEXT)
        return pl.DataFrame(schema=CELLS)
    try:
        return pl.read_parquet(path).select(list(CELLS))
    except (OSError, pl.exceptions.PolarsError):
        raise OrchardError("The ledger of released cells cannot be read", path.name, _NEXT) from None


def _is_written(settings: Settings) -> bool:
    if not settings.current.exists():
        return False
    try:
        return bool(read_manifest(settings.current.resolve()).get(WRITTEN))
    except OrchardError:  # a damaged release holds nothing up
        return False


def let_out(true: pl.DataFrame, table: Table, night: Night) -> pl.DataFrame:
    """What people see of a mart tonight: its true figures through the door, or the reading that stands."""
    leaders = {ALL[name]: night.store.read(ALL[name]) for name in leaders_of(table)}
    reading = last_reading(_ledger_of(night), table)
    tonight = release(true, table, thresholds_of(night.settings), leaders, reading)
    renewed: set[str] = night.once(_RENEWED, set)
    is_bound = night.settings.figures_renewed == "half-term" and renewed.isdisjoint(leaders_of(table))
    if reading is not None and is_bound and stands(reading, table, tonight, rules_of(night.settings), night.data_date):
        standing = _shown_now(night).get(table)
        if standing is not None and same_figures(reading, published(table, standing)):
            return standing
    renewed.add(table.name)
    return tonight


def rules_of(settings: Settings) -> str:
    """Digest of all that decides a figure but the data: where it changes, a table is read anew."""
    return hashlib.sha256((code_version() + settings.fingerprint()).encode()).hexdigest()[:16]


def _ledger_of(night: Night) -> pl.DataFrame:
    return night.once("released cells", lambda: read_ledger(night.settings))


def _shown_now(night: Night) -> Mapping[Table, pl.DataFrame]:
    """The aggregate tables that people see before this night ends."""

    def read() -> dict[Table, pl.DataFrame]:
        if not night.settings.current.exists():
            return {}
        try:
            return read_aggregate(night.settings.current.resolve(), _marts(), or_none=True)
        except Exception:  # a damaged release is replaced tonight: nothing of it stands
            return {}

    return night.once("shown now", read)


def _marts() -> list[Table]:
    return [table for table in ALL.values() if table.layer == "mart" and table.sensitivity is Sensitivity.AGGREGATE]


def earlier_readings(
    settings: Settings, released: Mapping[Table, pl.DataFrame], number: int | None = None
) -> dict[str, Reading]:
    """Of each table the last reading that differs from what is released, up to a release's number."""
    ledger = read_ledger(settings)
    found = {table.name: reading_before(ledger, table, published(table, frame), number)
             for table, frame in released.items() if table.sensitivity is Sensitivity.AGGREGATE}  # fmt: skip
    return {name: reading for name, reading in found.items() if reading is not None}


def write_down(settings: Settings, released: Mapping[Table, pl.DataFrame], number: int, day: dt.date) -> None:
    """Add what is about to be shown to the ledger; before the pointer moves, so that nothing is shown unwritten."""
    rules = rules_of(settings)
    cells = {table.name: cells_of(table, frame, number, day, rules)
             for table, frame in released.items() if table.sensitivity is Sensitivity.AGGREGATE}  # fmt: skip
    _replace(settings.released_cells_file, with_new_cells(read_ledger(settings), cells))


def _replace(path: Path, ledger: pl.DataFrame) -> None:
    new = path.with_name(f".{path.name}.new")
    ledger.write_parquet(new)
    new.chmod(0o600)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, path)
