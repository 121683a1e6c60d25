"""Moderation: matrix, ratings from the journal and on paper, agreement, drift, cases to discuss, sample, practice."""

from __future__ import annotations

import polars as pl

from expectations.tables.moderation import (
    CORE_JOURNAL_CASES,
    CORE_JOURNAL_RATINGS,
    CORE_JOURNAL_ROUNDS,
    CORE_MATRIX_CRITERIA,
    MODEL_MODERATION__LEVELS,
    MODEL_MODERATION__RATINGS,
)
from expectations.tables.moderation_marts import (
    MART_MODERATION__DRIFT,
    MART_MODERATION__ITEM,
    MART_MODERATION__MATRIX,
    MART_MODERATION__ROUND,
    MART_MODERATION__SAMPLE,
    MART_MODERATION__SCHOOL,
    MODEL_MODERATION__DRIFT,
    MODEL_MODERATION__ROUND,
)
from expectations.tables.moderation_practice import MART_MODERATION__PRACTICE
from models import moderation, moderation_practice, moderation_ratings, moderation_sample
from pipelines import moderation_source, reference_data
from pipelines.assets.declare import released_asset, released_from, settings_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of


@settings_asset(CORE_JOURNAL_ROUNDS)
def core_journal_rounds(night: Night) -> pl.DataFrame:
    return moderation_source.rounds(night)


@settings_asset(CORE_JOURNAL_CASES)
def core_journal_cases(night: Night) -> pl.DataFrame:
    return moderation_source.cases(night)


@settings_asset(CORE_JOURNAL_RATINGS)
def core_journal_ratings(night: Night) -> pl.DataFrame:
    return moderation_source.ratings(night)


@table_asset(CORE_MATRIX_CRITERIA)
def core_matrix_criteria(
    clean_registers__matrix_versions: pl.DataFrame, clean_registers__matrix_criteria: pl.DataFrame
) -> pl.DataFrame:
    return moderation_ratings.choose_matrix(
        clean_registers__matrix_versions, clean_registers__matrix_criteria, reference_data.example_matrix()
    )


@table_asset(MODEL_MODERATION__RATINGS)
def model_moderation__ratings(
    clean_registers__moderation_marks: pl.DataFrame,
    core_journal_rounds: pl.DataFrame,
    core_journal_cases: pl.DataFrame,
    core_journal_ratings: pl.DataFrame,
    core_matrix_criteria: pl.DataFrame,
    core_deceased: pl.DataFrame,
) -> pl.DataFrame:
    return moderation_ratings.rate(
        clean_registers__moderation_marks,
        core_journal_rounds,
        core_journal_cases,
        core_journal_ratings,
        core_matrix_criteria,
        core_deceased,
    )


@table_asset(MODEL_MODERATION__LEVELS)
def model_moderation__levels(
    model_moderation__ratings: pl.DataFrame, core_matrix_criteria: pl.DataFrame
) -> pl.DataFrame:
    return moderation_ratings.level(model_moderation__ratings, core_matrix_criteria)


@table_asset(MODEL_MODERATION__ROUND)
def model_moderation__round(
    model_moderation__ratings: pl.DataFrame, model_moderation__levels: pl.DataFrame, core_matrix_criteria: pl.DataFrame
) -> pl.DataFrame:
    return moderation.measure_rounds(model_moderation__ratings, model_moderation__levels, core_matrix_criteria)


@table_asset(MODEL_MODERATION__DRIFT)
def model_moderation__drift(model_moderation__levels: pl.DataFrame, core_schools: pl.DataFrame) -> pl.DataFrame:
    return moderation.find_drift(model_moderation__levels, core_schools)


mart_moderation__round = released_from(MART_MODERATION__ROUND, MODEL_MODERATION__ROUND)


@released_asset(MART_MODERATION__SCHOOL)
def mart_moderation__school(model_moderation__drift: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return moderation.own_drift(model_moderation__drift).with_columns(data_date=pl.lit(date_of(core_run)))


@table_asset(MART_MODERATION__DRIFT)
def mart_moderation__drift(model_moderation__drift: pl.DataFrame) -> pl.DataFrame:
    return model_moderation__drift


@table_asset(MART_MODERATION__ITEM)
def mart_moderation__item(
    model_moderation__ratings: pl.DataFrame, model_moderation__levels: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    return moderation.list_items(model_moderation__ratings, model_moderation__levels, core_pupils)


@table_asset(MART_MODERATION__MATRIX)
def mart_moderation__matrix(core_matrix_criteria: pl.DataFrame) -> pl.DataFrame:
    return core_matrix_criteria


@table_asset(MART_MODERATION__SAMPLE)
def mart_moderation__sample(
    model_pupils__on_roll: pl.DataFrame,
    core_deceased: pl.DataFrame,
    core_journal_rounds: pl.DataFrame,
    core_sen_needs: pl.DataFrame,
    core_assessments: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_intervention_pupils: pl.DataFrame,
    core_run: pl.DataFrame,
    night: Night,
) -> pl.DataFrame:
    number, cases = moderation_sample.next_number(core_journal_rounds), night.settings.moderation.cases_count
    drawn = moderation_sample.draw(model_pupils__on_roll, core_deceased, number, cases)
    return moderation_sample.fill_packs(
        drawn, core_sen_needs, core_assessments, core_interventions, core_intervention_pupils, number, date_of(core_run)
    )


@table_asset(MART_MODERATION__PRACTICE)
def mart_moderation__practice(
    clean_registers__practice_questions: pl.DataFrame,
    clean_registers__practice_answers: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return moderation_practice.compare(
        clean_registers__practice_questions, clean_registers__practice_answers, core_schools, date_of(core_run)
    )
