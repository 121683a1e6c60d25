"""One pupil's scores before and after, for the pupil's own school: staff app only, never an effect (METHODS A7)."""

from __future__ import annotations

import polars as pl

from expectations.derive import conform
from expectations.tables.impact_marts import MART_IMPACT__PUPIL
from models.calendar import academic_year_of
from models.goals import reliable_change
from models.outcomes import without_same_test

_BY = ["intervention_name", "pupil_key"]


def list_pupils(
    model_impact__treated: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    core_intervention_pupils: pl.DataFrame,
    core_pupils: pl.DataFrame,
) -> pl.DataFrame:
    """MART_IMPACT__PUPIL: everybody who started, once for each intervention, at the first start.

    Of a pupil with several outcomes the one with both scores is told, else the first by name. Judgement and voices
    are those of the group of the first start.
    """
    starts = model_interventions__starters.sort("start_rank", "intervention_key").unique(
        _BY, keep="first", maintain_order=True
    )
    said = core_intervention_pupils.select(
        "intervention_key", "pupil_key", "teacher_judgement", "is_pupil_positive", "is_parent_positive"
    )
    named = core_pupils.select("pupil_key", "surname", "forename")
    listed = (
        starts.select(
            *_BY, "intervention_key", "school_urn", "delivered_sessions_count", "attended_sessions_count",
            academic_year_of(pl.col("started_date")).alias("academic_year"),
        )
        .join(_scores(model_impact__treated), on=_BY, how="left")
        .join(said, on=["intervention_key", "pupil_key"], how="left")
        .join(named, on="pupil_key", how="left")
    )  # fmt: skip
    return conform(_judge_change(listed).select(MART_IMPACT__PUPIL.column_names), MART_IMPACT__PUPIL).sort(
        MART_IMPACT__PUPIL.key
    )


def _scores(treated: pl.DataFrame) -> pl.DataFrame:
    """One outcome a pupil and intervention: without a reason why scores are missing first."""
    columns = ("assessment_name", "exit_assessment_name", "subject", "scale", "entry_score", "exit_score")
    return (
        without_same_test(treated)
        .sort(*_BY, "missing_reason", "assessment_name", "subject", nulls_last=False)
        .unique(_BY, keep="first", maintain_order=True)
        .select(*_BY, *columns, "missing_reason")
    )


def _judge_change(listed: pl.DataFrame) -> pl.DataFrame:
    """The listed pupils with what the test's own error makes of the change: one standardised test, both scores."""
    is_one_test = (pl.col("scale") == "STANDARDISED") & pl.col("exit_assessment_name").is_null()
    pairs = listed.select(
        pl.when(is_one_test).then(pl.col(name)).alias(name) for name in ("entry_score", "exit_score")
    ).rows()
    changes = [reliable_change(*pair) for pair in pairs]
    return listed.with_columns(
        pl.Series("reliable_change", [one.change and one.change.value for one in changes], dtype=pl.String),
        pl.Series("needed_points", [one.needed_points for one in changes], dtype=pl.Float64),
    )
