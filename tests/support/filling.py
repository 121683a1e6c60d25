"""Run one model's SQL over frames, as the night does: an in-memory engine with the declared tables and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import polars as pl

from expectations.contract import Table
from expectations.derive import conform, ddl
from expectations.findings import find
from expectations.tables import ALL, impact_pupils
from models.engine import sql_of, tables_read
from tests.support.frames import pupil, rows, upn

Frames = dict[str, pl.DataFrame]


def fill(table_name: str, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The table that the SQL gives from the frames, by table name; a table not given is empty.

    The result holds every rule of its contract. A frame that the SQL does not read is an error of the test.
    """
    reads = tables_read(sql_of(table_name))
    assert set(frames) <= set(reads), f"{table_name} does not read {set(frames) - set(reads)}"
    with duckdb.connect(config={"threads": "1"}) as engine:
        for name in reads:
            engine.execute(ddl(ALL[name]))
            if name in frames and not frames[name].is_empty():
                engine.register("given", frames[name])
                engine.execute(f'insert into "{name}" by name select * from given')
                engine.unregister("given")
        filled = conform(engine.sql(sql_of(table_name)).pl(), ALL[table_name])
    assert find(filled, ALL[table_name]) == []
    return filled


def fill_in_turn(table_names: Sequence[str], frames: Frames) -> Frames:
    """Tables that the SQL gives one after the other, each from the frames and the tables before it."""
    made: Frames = {}
    for name in table_names:
        known = frames | made
        made[name] = fill(name, {read: known[read] for read in tables_read(sql_of(name)) if read in known})
    unread = set(frames) - {read for name in table_names for read in tables_read(sql_of(name))}
    assert not unread, f"{table_names} do not read {unread}"
    return made


def fill_impact(frames: Frames) -> Frames:
    """The tables of who took part and who could be compared, ``model_impact__pupils`` last."""
    return fill_in_turn([table.name for table in impact_pupils.TABLES], frames)


def recorded(*lists: tuple[Table, pl.DataFrame]) -> pl.DataFrame:
    """CORE_PUPIL_RECORDS of pupil lists whose UPN number is the number of the pupil."""
    number = {upn(n): pupil(n) for n in range(1, 100)}
    parts = [
        frame.with_columns(pupil_key=pl.col("upn").replace_strict(number), table_name=pl.lit(table.name))
        for table, frame in lists
    ]  # fmt: skip
    columns = ALL["core_pupil_records"].column_names
    return (
        pl.concat([part.select(columns) for part in parts]) if parts else rows(ALL["core_pupil_records"], row_number=[])
    )
