"""The challenge trail: which figures boards asked about, and whether they moved."""

from __future__ import annotations

import polars as pl

from expectations.tables.trail import CORE_TRAIL_QUESTIONS, MART_TRAIL__QUESTION
from models import trail
from pipelines import trail_source
from pipelines.assets.declare import settings_asset, table_asset
from pipelines.night import Night


@settings_asset(CORE_TRAIL_QUESTIONS)
def core_trail_questions(night: Night) -> pl.DataFrame:
    return trail_source.questions(night)


@table_asset(MART_TRAIL__QUESTION, reads=(CORE_TRAIL_QUESTIONS.name, *trail.READS))
def mart_trail__question(core_trail_questions: pl.DataFrame, **marts: pl.DataFrame) -> pl.DataFrame:
    return trail.follow(core_trail_questions, marts)
