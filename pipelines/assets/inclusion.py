"""Here and included: attendance, suspensions, part-time timetables, alternative provision, the curriculum."""

from __future__ import annotations

import polars as pl

from expectations.tables import inclusion_marts as marts
from expectations.tables.inclusion import CORE_ATTENDANCE, CORE_SUSPENSIONS
from expectations.tables.inclusion_sources import CORE_CURRICULUM, CORE_PART_TIME, CORE_PLACEMENTS
from models import inclusion, inclusion_lists
from models.destinations import named
from models.pupils import roll_up
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.reference_data import date_of

core_attendance = sql_asset(CORE_ATTENDANCE)
core_suspensions = sql_asset(CORE_SUSPENSIONS)
core_part_time = sql_asset(CORE_PART_TIME)
core_placements = sql_asset(CORE_PLACEMENTS)
core_curriculum = sql_asset(CORE_CURRICULUM)
model_inclusion__attendance = sql_asset(marts.MODEL_INCLUSION__ATTENDANCE)
model_inclusion__roll_days = sql_asset(marts.MODEL_INCLUSION__ROLL_DAYS)
model_inclusion__suspensions = sql_asset(marts.MODEL_INCLUSION__SUSPENSIONS)
model_inclusion__part_time = sql_asset(marts.MODEL_INCLUSION__PART_TIME)
model_inclusion__placements = sql_asset(marts.MODEL_INCLUSION__PLACEMENTS)
model_inclusion__curriculum = sql_asset(marts.MODEL_INCLUSION__CURRICULUM)


@released_asset(marts.MART_INCLUSION__SCHOOL)
def mart_inclusion__school(
    model_inclusion__attendance: pl.DataFrame,
    model_inclusion__roll_days: pl.DataFrame,
    model_inclusion__suspensions: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return inclusion.sum_schools(
        model_inclusion__attendance,
        model_inclusion__roll_days,
        model_inclusion__suspensions,
        roll_up(model_pupils__on_roll),
        date_of(core_run),
    )


@released_asset(marts.MART_INCLUSION__NOW)
def mart_inclusion__now(
    model_inclusion__part_time: pl.DataFrame,
    model_inclusion__placements: pl.DataFrame,
    model_inclusion__suspensions: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return inclusion_lists.count_now(
        model_inclusion__part_time,
        model_inclusion__placements,
        model_inclusion__suspensions,
        roll_up(model_pupils__on_roll),
        date_of(core_run),
    )


@released_asset(marts.MART_INCLUSION__CURRICULUM)
def mart_inclusion__curriculum(
    model_inclusion__curriculum: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    roll = roll_up(model_pupils__on_roll)
    return inclusion_lists.sum_curriculum(model_inclusion__curriculum, roll, date_of(core_run))


@released_asset(marts.MART_INCLUSION__SUBJECT)
def mart_inclusion__subject(
    model_inclusion__curriculum: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    roll = roll_up(model_pupils__on_roll)
    return inclusion_lists.sum_subjects(model_inclusion__curriculum, roll, date_of(core_run))


@table_asset(marts.MART_INCLUSION__PUPIL)
def mart_inclusion__pupil(
    model_inclusion__attendance: pl.DataFrame,
    model_inclusion__suspensions: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
) -> pl.DataFrame:
    return inclusion_lists.list_pupils(
        model_inclusion__attendance, model_inclusion__suspensions, model_pupils__on_roll, core_pupils
    )


@table_asset(marts.MART_INCLUSION__PART_TIME)
def mart_inclusion__part_time(model_inclusion__part_time: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    return named(model_inclusion__part_time, core_pupils, marts.MART_INCLUSION__PART_TIME)


@table_asset(marts.MART_INCLUSION__PLACEMENT)
def mart_inclusion__placement(model_inclusion__placements: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    return named(model_inclusion__placements, core_pupils, marts.MART_INCLUSION__PLACEMENT)


@table_asset(marts.MART_INCLUSION__ACCESS)
def mart_inclusion__access(
    model_inclusion__curriculum: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return inclusion_lists.list_access(model_inclusion__curriculum, model_pupils__on_roll, core_pupils)
