"""Who leaves in mid-phase: moves off the roll, person-time, released rates, the list by name."""

from __future__ import annotations

import polars as pl

from expectations.tables.moves import CORE_MOVES, MART_MOVES__PUPIL, MART_MOVES__SCHOOL, MODEL_MOVES__TIME
from models import moves
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

core_moves = sql_asset(CORE_MOVES)
model_moves__time = sql_asset(MODEL_MOVES__TIME)


@released_asset(MART_MOVES__SCHOOL)
def mart_moves__school(model_moves__time: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return moves.mart_moves__school_frame(model_moves__time, date_of(core_run))


@table_asset(MART_MOVES__PUPIL)
def mart_moves__pupil(core_moves: pl.DataFrame, core_pupils: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return moves.list_moves(core_moves, core_pupils, date_of(core_run))
