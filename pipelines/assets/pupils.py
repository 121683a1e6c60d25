"""Who the pupils are: people from the pupil lists, their enrolments, SEN status and needs, and the roll."""

from __future__ import annotations

import polars as pl

from expectations.tables.pupils import (
    CORE_ENROLMENTS,
    CORE_PUPIL_IDENTIFIERS,
    CORE_PUPILS,
    CORE_SEN_NEEDS,
    CORE_SEN_STATUS,
    MART_PUPILS__REGISTER,
    MART_PUPILS__SCHOOL,
    MODEL_PUPILS__ON_ROLL,
    MODEL_PUPILS__ROLL_DAYS,
)
from expectations.tables.reference import CORE_PUPIL_RECORDS
from models import pupils
from models.linkage import PupilIdentity, resolve_pupils
from pipelines.assets.declare import released_asset, sql_asset, table_asset
from pipelines.night import Night
from pipelines.reference_data import date_of


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
model_pupils__roll_days = sql_asset(MODEL_PUPILS__ROLL_DAYS)
model_pupils__on_roll = sql_asset(MODEL_PUPILS__ON_ROLL)


@released_asset(MART_PUPILS__SCHOOL)
def mart_pupils__school(model_pupils__on_roll: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return pupils.mart_pupils__school_frame(model_pupils__on_roll, date_of(core_run))


@table_asset(MART_PUPILS__REGISTER)
def mart_pupils__register(model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    return pupils.list_register(model_pupils__on_roll, core_pupils)
