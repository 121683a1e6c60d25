"""What EHC plans cost, bring in and achieve, by school and trust: facts first, a unit cost only when it can stand.

What one plan costs is ``models/sql/model_value_for_money__plans.sql``. Nothing here puts a price on a child: figures
are sums over at least ten plans by the time a page shows them (METHODS B, E2).
"""

from __future__ import annotations

import polars as pl

from expectations.derive import conform
from expectations.tables.value_for_money import MODEL_VALUE_FOR_MONEY__SCHOOL
from models.everywhere import in_school_and_trust

SMALLEST_PLANS = 10
"""Plans below which no money is shown (METHODS E2, R4)."""
SMALLEST_MET = 10
"""Outcomes met below which there is no cost per outcome (METHODS B3)."""
LARGEST_SHARE = 0.5
"""Share of the cost that one pupil may have where there is a cost per outcome (METHODS B3)."""
SMALLEST_RECORDED_RATE = 0.9
"""Share of section F lines whose sessions must be recorded: below it the cost to date is not the cost."""

FEW_PLANS = "FEW_PLANS"
"""Fewer than ten plans."""
FEW_MET = "FEW_MET"
"""Fewer than ten outcomes met."""
COST_CONCENTRATED = "COST_CONCENTRATED"
"""One pupil has more than half of the cost."""
NOT_RECORDED = "NOT_RECORDED"
"""Sessions are recorded for fewer than nine in ten lines of section F, or costs are not known or nothing at all."""

_AMOUNTS = {
    "full_cost": pl.col("full_cost_pence"),
    "cost_to_date": pl.col("cost_to_date_pence"),
    "funding": pl.col("place_funding_pence") + pl.col("top_up_pence"),
    "gap": pl.col("gap_pence").clip(lower_bound=0),
}
_OUTCOMES = ("outcomes_due_count", "outcomes_met_count", "outcomes_not_met_count", "outcomes_no_evidence_count")
_BY = ["school_urn", "academic_year"]


def roll_up(model_value_for_money__plans: pl.DataFrame) -> pl.DataFrame:
    """MODEL_VALUE_FOR_MONEY__SCHOOL: each school and the trust, by academic year; the trust over pupils, not schools.

    Sums leave out plans whose cost is not known and count them; outcomes of every plan stay in. The two largest
    contributions are of pupils, for rule R4.
    """
    plans = model_value_for_money__plans.unique(["plan_key", "academic_year"])
    everywhere = in_school_and_trust(plans)
    sums = everywhere.group_by(_BY).agg(*_counts(), *_sums(), *_shares())
    for stem, amount in _AMOUNTS.items():
        sums = sums.join(_two_largest(everywhere, stem, amount), on=_BY, how="left")
    judged = sums.with_columns(reason=_judge_unit_cost()).with_columns(
        _unit_cost("outcomes_met_or_no_evidence_count", "cost_per_outcome_low_pence"),
        _unit_cost("outcomes_met_count", "cost_per_outcome_high_pence"),
    )
    return conform(judged.select(MODEL_VALUE_FOR_MONEY__SCHOOL.column_names), MODEL_VALUE_FOR_MONEY__SCHOOL).sort(_BY)


def _counts() -> list[pl.Expr]:
    is_uncosted = pl.col("full_cost_pence").is_null() | pl.col("cost_to_date_pence").is_null()
    may_be_met = pl.col("outcomes_met_count") + pl.col("outcomes_no_evidence_count")
    return [
        pl.len().alias("plans_count"),
        is_uncosted.sum().alias("uncosted_plans_count"),
        (pl.col("gap_pence") > 0).sum().alias("gap_plans_count"),
        (pl.col("due_sessions_count").round(6) > 0).sum().alias("plans_with_sessions_count"),
        (pl.col("lines_count") > 0).sum().alias("plans_with_lines_count"),
        *(pl.col(name).sum() for name in _OUTCOMES),
        may_be_met.sum().alias("outcomes_met_or_no_evidence_count"),
    ]


def _sums() -> list[pl.Expr]:
    return [
        pl.when(amount.is_not_null().any()).then(amount.sum()).alias(f"{stem}_pence")
        for stem, amount in _AMOUNTS.items()
    ]


def _shares() -> list[pl.Expr]:
    due, lines = pl.col("due_sessions_count").round(6).sum(), pl.col("lines_count").sum()
    return [
        pl.when(due > 0).then((pl.col("delivered_sessions_count").sum() / due).round(9)).alias("delivered_rate"),
        pl.when(lines > 0).then(pl.col("recorded_lines_count").sum() / lines).alias("recorded_rate"),
    ]


def _two_largest(plans: pl.DataFrame, stem: str, amount: pl.Expr) -> pl.DataFrame:
    """The two largest contributions of pupils; 0 for a second that is not there, nothing where none is known."""
    by_pupil = plans.group_by([*_BY, "pupil_key"]).agg(amount.sum().alias("pence"), amount.count().alias("known"))
    largest = by_pupil.filter(pl.col("known") > 0).sort("pence", descending=True).group_by(_BY, maintain_order=True)
    return largest.agg(
        pl.col("pence").first().alias(f"{stem}_largest_pence"),
        pl.when(pl.len() > 1).then(pl.col("pence").slice(1, 1).first()).otherwise(0).alias(f"{stem}_second_pence"),
    )


def _judge_unit_cost() -> pl.Expr:
    """Why there is no cost per outcome met; nothing where there is one."""
    is_recorded = (pl.col("recorded_rate") >= SMALLEST_RECORDED_RATE - 1e-9) & (pl.col("cost_to_date_pence") > 0)
    is_costed = pl.col("uncosted_plans_count") <= (1 - SMALLEST_RECORDED_RATE) * pl.col("plans_count") + 1e-9
    is_spread = pl.col("cost_to_date_largest_pence") <= LARGEST_SHARE * pl.col("cost_to_date_pence")
    return (
        pl.when(pl.col("plans_count") < SMALLEST_PLANS)
        .then(pl.lit(FEW_PLANS))
        .when(pl.col("outcomes_met_count") < SMALLEST_MET)
        .then(pl.lit(FEW_MET))
        .when(~(is_recorded & is_costed).fill_null(False))
        .then(pl.lit(NOT_RECORDED))
        .when(~is_spread.fill_null(False))
        .then(pl.lit(COST_CONCENTRATED))
    )


def _unit_cost(outcomes: str, name: str) -> pl.Expr:
    cost = (pl.col("cost_to_date_pence") / pl.col(outcomes)).round(0)
    return pl.when(pl.col("reason").is_null()).then(cost).cast(pl.Int64).alias(name)
