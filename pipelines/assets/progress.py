"""The one ladder: where codes stand, where pupils stand and stood, what tests can show; released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.progress import (
    CORE_LADDER_CODES,
    CORE_SMALL_STEPS,
    MART_PROGRESS__EVIDENCE,
    MART_PROGRESS__PUPIL,
    MART_PROGRESS__SYSTEM,
    MODEL_PROGRESS__MARKS,
    MODEL_PROGRESS__PUPILS,
    MODEL_PROGRESS__SITTINGS,
    MODEL_PROGRESS__YEAR_6,
)
from expectations.tables.progress_marts import (
    MART_PROGRESS__BENCHMARKS,
    MART_PROGRESS__ENGAGEMENT,
    MART_PROGRESS__GROUP,
    MART_PROGRESS__RUNG,
    MART_PROGRESS__SCHOOL,
    MART_PROGRESS__TEST,
    MART_PROGRESS__YEAR_6,
)
from models import progress, progress_tests
from pipelines import ladder_codes, reference_data
from pipelines.assets.declare import released_asset, settings_asset, sql_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of

core_small_steps = sql_asset(CORE_SMALL_STEPS)
model_progress__marks = sql_asset(MODEL_PROGRESS__MARKS)
model_progress__pupils = sql_asset(MODEL_PROGRESS__PUPILS)
model_progress__sittings = sql_asset(MODEL_PROGRESS__SITTINGS)
model_progress__year_6 = sql_asset(MODEL_PROGRESS__YEAR_6)
mart_progress__evidence = sql_asset(MART_PROGRESS__EVIDENCE)


@settings_asset(CORE_LADDER_CODES)
def core_ladder_codes(night: Night) -> pl.DataFrame:
    return ladder_codes.ladder_codes(night.settings)


@table_asset(MART_PROGRESS__PUPIL)
def mart_progress__pupil(
    model_progress__pupils: pl.DataFrame, model_progress__sittings: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return progress.list_pupils(model_progress__pupils, model_progress__sittings, core_pupils)


@table_asset(MART_PROGRESS__SYSTEM)
def mart_progress__system(mart_progress__pupil: pl.DataFrame) -> pl.DataFrame:
    return progress.count_systems(mart_progress__pupil)


@released_asset(MART_PROGRESS__SCHOOL)
def mart_progress__school(
    model_progress__pupils: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    schools = core_schools["school_urn"].to_list()
    return progress.mart_progress__school_frame(
        model_progress__pupils, model_pupils__on_roll, schools, date_of(core_run)
    )


@released_asset(MART_PROGRESS__RUNG)
def mart_progress__rung(model_progress__pupils: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return progress.mart_progress__rung_frame(model_progress__pupils, date_of(core_run))


@released_asset(MART_PROGRESS__GROUP)
def mart_progress__group(model_progress__pupils: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return progress.mart_progress__group_frame(model_progress__pupils, date_of(core_run))


@released_asset(MART_PROGRESS__ENGAGEMENT)
def mart_progress__engagement(
    core_engagement: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return progress.mart_progress__engagement_frame(core_engagement, model_pupils__on_roll, date_of(core_run))


@released_asset(MART_PROGRESS__TEST)
def mart_progress__test(model_progress__sittings: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return progress_tests.mart_progress__test_frame(model_progress__sittings, date_of(core_run))


@released_asset(MART_PROGRESS__YEAR_6)
def mart_progress__year_6(
    model_progress__year_6: pl.DataFrame, core_schools: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    schools = core_schools["school_urn"].to_list()
    return progress.mart_progress__year_6_frame(model_progress__year_6, schools, date_of(core_run))


@settings_asset(MART_PROGRESS__BENCHMARKS)
def mart_progress__benchmarks(_night: Night) -> pl.DataFrame:
    return reference_data.key_stage_2()
