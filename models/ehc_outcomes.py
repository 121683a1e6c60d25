"""Outcomes of EHC plans, rolled up: how far the tracker is in use, where outcomes stand, what changed between reviews.

Where one outcome stands is ``models/sql/model_ehc_outcomes__outcomes.sql``. Counted are the current outcomes of pupils
who have a plan on the register, so that the pupils are the same as those of ``mart_pupils__school``.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables.ehc_outcome_marts import CHANGE_COUNTS, STANDING_COUNTS
from expectations.vocabulary import TRUST
from models import pupils
from models.everywhere import in_school_and_trust

EVIDENCE_DAYS = 98
"""Evidence older than a term of 14 weeks does not bear out "on track"; the same number stands in the SQL."""
SMALLEST_PLANS, HARDLY_BELOW, MOSTLY_FROM = 10, 0.25, 0.75
"""Pupils from which the use of milestones is put into words, and the shares at which the word changes."""
NOT_STATED = "Not stated"
_IN_USE = ("with_outcomes", "with_milestones", "with_evidence")


def mart_ehc_outcomes__school_frame(
    model_ehc_outcomes__outcomes: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    schools: list[str],
    data_date: dt.date,
) -> pl.DataFrame:
    """The frame of MART_EHC_OUTCOMES__SCHOOL for the disclosure door: each school and the trust.

    A child with plans in two schools counts once in the trust; every outcome counts where it is.
    """
    counted = _counted(model_ehc_outcomes__outcomes)
    outcomes = in_school_and_trust(counted)
    figures = pl.DataFrame({"school_urn": [*schools, TRUST]}, schema={"school_urn": pl.String})
    plans = pupils.roll_up(model_pupils__on_roll).select("school_urn", "ehc_plan_count")
    for part in (plans, _count_pupils(outcomes, data_date), _count_outcomes(outcomes, ["school_urn"])):
        figures = figures.join(part, on="school_urn", how="left")
    figures = figures.join(_count_changes(outcomes), on="school_urn", how="left").with_columns(
        pl.exclude("school_urn").fill_null(0)
    )
    shares = [
        pl.when(pl.col("ehc_plan_count") > 0)
        .then(pl.col(f"{name}_count") / pl.col("ehc_plan_count"))
        .alias(f"{name}_rate")
        for name in _IN_USE
    ]
    return figures.with_columns(*shares, tracker_use=_tracker_use(), data_date=pl.lit(data_date)).sort("school_urn")


def mart_ehc_outcomes__area_frame(model_ehc_outcomes__outcomes: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_EHC_OUTCOMES__AREA: the trust's outcomes by area of need and of adulthood."""
    counted = _counted(model_ehc_outcomes__outcomes)
    kinds = {"NEED": (counted, "area_of_need"), "ADULTHOOD": (counted.filter("is_from_year_9"), "preparation_area")}
    rows = pl.concat(
        outcomes.with_columns(area_kind=pl.lit(kind), outcome_area=pl.col(area).fill_null(NOT_STATED))
        for kind, (outcomes, area) in kinds.items()
    )
    by = ["area_kind", "outcome_area"]
    people = rows.group_by(by).agg(pl.col("pupil_key").n_unique().cast(pl.Int64).alias("area_pupils_count"))
    return people.join(_count_outcomes(rows, by), on=by).with_columns(data_date=pl.lit(data_date)).sort(by)


def _tracker_use() -> pl.Expr:
    """How far milestones are in use, in words that single nobody out; nothing for fewer than ten pupils."""
    share = pl.col("with_milestones_count") / pl.col("ehc_plan_count")
    word = (
        pl.when(share == 0).then(pl.lit("NOT"))
        .when(share < HARDLY_BELOW).then(pl.lit("HARDLY"))
        .when(share < MOSTLY_FROM).then(pl.lit("PARTLY"))
        .otherwise(pl.lit("MOSTLY"))
    )  # fmt: skip
    return pl.when(pl.col("ehc_plan_count") >= SMALLEST_PLANS).then(word)


def _counted(outcomes: pl.DataFrame) -> pl.DataFrame:
    return outcomes.filter(pl.col("is_current") & pl.col("has_plan_on_register"))


def _count_pupils(outcomes: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """Pupils with outcomes, milestones, evidence of the last term and milestones overdue."""
    is_recent = pl.col("evidence_date") >= data_date - dt.timedelta(days=EVIDENCE_DAYS)
    which = {
        "with_outcomes_count": pl.lit(True),
        "with_milestones_count": pl.col("milestones_count") > 0,
        "with_evidence_count": is_recent.fill_null(False),
        "overdue_pupils_count": pl.col("overdue_milestones_count") > 0,
        "compared_pupils_count": pl.col("review_change").is_in(list(CHANGE_COUNTS)).fill_null(False),
    }
    people = (pl.col("pupil_key").filter(told).n_unique().cast(pl.Int64).alias(name) for name, told in which.items())
    overdue = pl.col("overdue_milestones_count").sum().cast(pl.Int64)
    return outcomes.group_by("school_urn").agg(*people, overdue)


def _count_outcomes(outcomes: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    return outcomes.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("outcomes_count"),
        *((pl.col("standing") == code).sum().cast(pl.Int64).alias(name) for code, name in STANDING_COUNTS.items()),
    )


def _count_changes(outcomes: pl.DataFrame) -> pl.DataFrame:
    """What changed between the last two reviews; new and ended outcomes have nothing to compare."""
    compared = outcomes.filter(pl.col("review_change").is_in(list(CHANGE_COUNTS)))
    return compared.group_by("school_urn").agg(
        pl.len().cast(pl.Int64).alias("compared_outcomes_count"),
        *((pl.col("review_change") == code).sum().cast(pl.Int64).alias(name) for code, name in CHANGE_COUNTS.items()),
    )
