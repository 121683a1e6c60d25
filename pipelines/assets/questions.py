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
    mart_identification__school: pl.DataFrame,
    mart_identification__group: pl.DataFrame,
    mart_deliveries__confidence: pl.DataFrame,
    mart_interventions__compliance: pl.DataFrame,
    mart_interventions__timeliness: pl.DataFrame,
    mart_cost_effectiveness__option: pl.DataFrame,
    mart_cost_effectiveness__pair: pl.DataFrame,
    mart_money__school: pl.DataFrame,
    mart_ehc_delivery__school: pl.DataFrame,
    mart_ehc_outcomes__school: pl.DataFrame,
    mart_referrals__service: pl.DataFrame,
    mart_referrals__school: pl.DataFrame,
    mart_purchasing__needs: pl.DataFrame,
    mart_purchasing__saving: pl.DataFrame,
    mart_moves__school: pl.DataFrame,
    mart_ehc_clock__school: pl.DataFrame,
    mart_strategy__priority: pl.DataFrame,
    mart_inclusion__school: pl.DataFrame,
    mart_inclusion__now: pl.DataFrame,
    mart_inclusion__curriculum: pl.DataFrame,
    mart_progress__school: pl.DataFrame,
    mart_progress__test: pl.DataFrame,
    mart_moderation__round: pl.DataFrame,
    mart_moderation__school: pl.DataFrame,
    mart_moderation__practice: pl.DataFrame,
    mart_match__school: pl.DataFrame,
    mart_needs__support: pl.DataFrame,
) -> pl.DataFrame:
    return questions.ask(
        mart_impact__intervention,
        mart_impact__school,
        mart_value_for_money__school,
        mart_destinations__school,
        mart_identification__school,
        mart_identification__group,
        mart_deliveries__confidence,
        mart_interventions__compliance,
        mart_interventions__timeliness,
        mart_cost_effectiveness__option,
        mart_cost_effectiveness__pair,
        mart_money__school,
        mart_ehc_delivery__school,
        mart_ehc_outcomes__school,
        mart_referrals__service,
        mart_referrals__school,
        mart_purchasing__needs,
        mart_purchasing__saving,
        mart_moves__school,
        mart_ehc_clock__school,
        mart_strategy__priority,
        mart_inclusion__school,
        mart_inclusion__now,
        mart_inclusion__curriculum,
        mart_progress__school,
        mart_progress__test,
        mart_moderation__round,
        mart_moderation__school,
        mart_moderation__practice,
        mart_match__school,
        mart_needs__support,
        benchmarks=reference_data.benchmarks(),
    )
