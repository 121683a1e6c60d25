"""What the settings and the field's code tables say: data date, schools, half-terms, catalogue, destination codes."""

from __future__ import annotations

import polars as pl

from expectations.tables.pupils import CORE_SCHOOLS
from expectations.tables.reference import (
    CORE_DESTINATION_CODES,
    CORE_HALF_TERMS,
    CORE_INTERVENTION_CATALOGUE,
    CORE_RUN,
)
from models import calendar
from models.catalogue import add_settled_names
from pipelines import reference_data
from pipelines.assets.declare import settings_asset
from pipelines.journal_source import settled_names
from pipelines.night import Night


@settings_asset(CORE_RUN)
def core_run(night: Night) -> pl.DataFrame:
    return pl.DataFrame({"data_date": [night.data_date], "academic_year": [calendar.academic_year(night.data_date)]})


@settings_asset(CORE_SCHOOLS)
def core_schools(night: Night) -> pl.DataFrame:
    return reference_data.schools(night.settings)


@settings_asset(CORE_HALF_TERMS)
def core_half_terms(night: Night) -> pl.DataFrame:
    return calendar.half_terms(reference_data.term_dates())


@settings_asset(CORE_INTERVENTION_CATALOGUE)
def core_intervention_catalogue(night: Night) -> pl.DataFrame:
    return add_settled_names(reference_data.intervention_catalogue(night.settings), settled_names(night))


@settings_asset(CORE_DESTINATION_CODES)
def core_destination_codes(night: Night) -> pl.DataFrame:
    return reference_data.destination_codes()
