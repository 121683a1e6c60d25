"""What to ask: exceptions found in released figures, each with the figure it rests on."""

from __future__ import annotations

import polars as pl

from expectations.tables.questions import MART_QUESTIONS__SCHOOL
from models import questions
from pipelines import reference_data
from pipelines.assets.declare import table_asset


@table_asset(MART_QUESTIONS__SCHOOL)
def mart_questions__school(
    mart_impact__intervention: pl.DataFrame,
    mart_impact__school: pl.DataFrame,
    mart_value_for_money__school: pl.DataFrame,
    mart_destinations__school: pl.DataFrame,
    mart_pupils__school: pl.DataFrame,
    mart_deliveries__confidence: pl.DataFrame,
    mart_interventions__compliance: pl.DataFrame,
    mart_interventions__timeliness: pl.DataFrame,
    mart_ehc_clock__school: pl.DataFrame,
) -> pl.DataFrame:
    return questions.ask(
        mart_impact__intervention,
        mart_impact__school,
        mart_value_for_money__school,
        mart_destinations__school,
        mart_pupils__school,
        mart_deliveries__confidence,
        mart_interventions__compliance,
        mart_interventions__timeliness,
        mart_ehc_clock__school,
        benchmarks=reference_data.benchmarks(),
    )
