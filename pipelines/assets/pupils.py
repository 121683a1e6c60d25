"""Who the pupils are: people from the pupil lists, their enrolments, SEN status and needs, and the roll."""

from __future__ import annotations

import polars as pl

from expectations.tables.pupils import (
    CORE_ENROLMENTS,
    CORE_PUPIL_IDENTIFIERS,
    CORE_PUPILS,
    CORE_SEN_NEEDS,
    CORE_SEN_STATUS,
    MODEL_PUPILS__ON_ROLL,
)
from expectations.tables.reference import CORE_PUPIL_RECORDS
from models.linkage import PupilIdentity, resolve_pupils
from pipelines.assets.declare import sql_asset, table_asset
from pipelines.night import Night


def resolve(night: Night, insight: pl.DataFrame, register: pl.DataFrame, census: pl.DataFrame) -> PupilIdentity:
    """The people of tonight; three tables come of one resolution."""
    key = night.settings.pupil_key_secret().get_secret_value().encode()
    return night.once("identity", lambda: resolve_pupils(insight, register, census, key))


@table_asset(CORE_PUPIL_RECORDS)
def core_pupil_records(
    clean_insight__pupils: pl.DataFrame,
    clean_send_register__pupils: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    night: Night,
) -> pl.DataFrame:
    return resolve(night, clean_insight__pupils, clean_send_register__pupils, clean_school_census__pupils).records


@table_asset(CORE_PUPIL_IDENTIFIERS)
def core_pupil_identifiers(
    clean_insight__pupils: pl.DataFrame,
    clean_send_register__pupils: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    night: Night,
) -> pl.DataFrame:
    return resolve(night, clean_insight__pupils, clean_send_register__pupils, clean_school_census__pupils).identifiers


@table_asset(CORE_PUPILS)
def core_pupils(
    clean_insight__pupils: pl.DataFrame,
    clean_send_register__pupils: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    night: Night,
) -> pl.DataFrame:
    return resolve(night, clean_insight__pupils, clean_send_register__pupils, clean_school_census__pupils).pupils


core_enrolments = sql_asset(CORE_ENROLMENTS)
core_sen_status = sql_asset(CORE_SEN_STATUS)
core_sen_needs = sql_asset(CORE_SEN_NEEDS)
model_pupils__on_roll = sql_asset(MODEL_PUPILS__ON_ROLL)
