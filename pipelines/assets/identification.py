"""Who is identified with SEN, beside a school like it: pupils' strata, released figures, published shares."""

from __future__ import annotations

import polars as pl

from expectations.tables.identification import (
    MART_IDENTIFICATION__UNLISTED,
    MODEL_IDENTIFICATION__PUPILS,
    MODEL_IDENTIFICATION__YEAR_BEFORE,
)
from expectations.tables.identification_marts import (
    MART_IDENTIFICATION__CASELOAD,
    MART_IDENTIFICATION__CENSUS_SHARE,
    MART_IDENTIFICATION__FUNNEL,
    MART_IDENTIFICATION__GROUP,
    MART_IDENTIFICATION__SCHOOL,
    MODEL_IDENTIFICATION__SCHOOLS,
)
from models import identification, identification_groups
from models.disclosure import prepare
from pipelines import reference_data
from pipelines.assets.declare import released_asset, settings_asset, sql_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of
from pipelines.settings import thresholds_of

model_identification__pupils = sql_asset(MODEL_IDENTIFICATION__PUPILS)
model_identification__year_before = sql_asset(MODEL_IDENTIFICATION__YEAR_BEFORE)
mart_identification__unlisted = sql_asset(MART_IDENTIFICATION__UNLISTED)


@settings_asset(MART_IDENTIFICATION__CENSUS_SHARE)
def mart_identification__census_share(_night: Night) -> pl.DataFrame:
    return reference_data.census_share()


@settings_asset(MART_IDENTIFICATION__CASELOAD)
def mart_identification__caseload(_night: Night) -> pl.DataFrame:
    return reference_data.caseload()


@table_asset(MODEL_IDENTIFICATION__SCHOOLS)
def model_identification__schools(
    model_identification__pupils: pl.DataFrame,
    model_identification__year_before: pl.DataFrame,
    core_schools: pl.DataFrame,
    night: Night,
) -> pl.DataFrame:
    return identification.compare_schools(
        model_identification__pupils,
        model_identification__year_before,
        core_schools,
        reference_data.census_share(),
        thresholds_of(night.settings).minimum_count,
    )


@released_asset(MART_IDENTIFICATION__SCHOOL)
def mart_identification__school(model_identification__schools: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return prepare(model_identification__schools, MART_IDENTIFICATION__SCHOOL, date_of(core_run))


@released_asset(MART_IDENTIFICATION__FUNNEL)
def mart_identification__funnel(
    model_identification__pupils: pl.DataFrame,
    core_schools: pl.DataFrame,
    mart_identification__census_share: pl.DataFrame,
    night: Night,
) -> pl.DataFrame:
    least_told = thresholds_of(night.settings).minimum_count
    return identification.draw_funnel(
        identification.judge_support(
            model_identification__pupils, core_schools, mart_identification__census_share, least_told
        )
    )


@released_asset(MART_IDENTIFICATION__GROUP)
def mart_identification__group(
    model_identification__pupils: pl.DataFrame, core_schools: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return identification_groups.find_missing_groups(model_identification__pupils, core_schools).with_columns(
        data_date=pl.lit(date_of(core_run))
    )
