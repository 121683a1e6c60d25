"""What a school can get wrong, or have too little of: each gives its reason and never a figure that is no number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from dashboards.wording.impact import REASON_WORDS
from models import comparison, impact, outcomes
from models.scores import Reason
from tests.support.cohorts import cohort, estimate, estimate_frame
from tests.support.plain_impact import flow

FIGURES = ("difference_points", "effect_size_sd", "superiority_rate", "shrunken_points", "percentile_growth")
FLOW = ("exit_due_count", "entry_count", "both_scores_count", "attrition_rate", "differential_attrition_rate")
NOBODY = pl.lit(None, dtype=pl.Float64)


def all_alike(people: pl.DataFrame) -> pl.DataFrame:
    return people.with_columns(baseline_score=pl.lit(85.0), exit_score=pl.lit(90.0))


def no_exits(people: pl.DataFrame) -> pl.DataFrame:
    return people.with_columns(exit_score=pl.when("is_treated").then(NOBODY).otherwise(pl.col("exit_score")))


def no_entries(people: pl.DataFrame) -> pl.DataFrame:
    return people.with_columns(baseline_score=pl.when("is_treated").then(NOBODY).otherwise(pl.col("baseline_score")))


def never_both(people: pl.DataFrame) -> pl.DataFrame:
    """Half have no score before, the others none after."""
    is_even = pl.int_range(pl.len()) % 2 == 0
    return people.with_columns(
        baseline_score=pl.when("is_treated", is_even).then(NOBODY).otherwise(pl.col("baseline_score")),
        exit_score=pl.when("is_treated", ~is_even).then(NOBODY).otherwise(pl.col("exit_score")),
    )


def one_school(people: pl.DataFrame) -> pl.DataFrame:
    return people.with_columns(school_urn=pl.lit("100001"))


@pytest.mark.parametrize("treated", [0, 1, 2, 5])
@pytest.mark.parametrize("compared", [0, 1, 2, 5, 100])
@pytest.mark.parametrize("scale", ["STANDARDISED", "AGE", "BAND", "ATTENDANCE", "INCIDENTS"])
def test_next_to_nobody_has_no_figure(treated: int, compared: int, scale: str) -> None:
    people = cohort(treated, compared).with_columns(
        scale=pl.lit(scale), before_sessions_count=pl.lit(100), after_sessions_count=pl.lit(100)
    )
    row = estimate(people)
    assert row["reason"] == ("NO_SCORES" if treated == 0 else "TOO_FEW")
    assert (row["grade"], row["verdict"], row["small_number_rule"]) == ("D", "CANNOT_TELL", "TOO_FEW")
    assert [
        name for name in (*FIGURES, "entry_mean", "baseline_gap_sd", "tipping_points") if row[name] is not None
    ] == []
    assert (row["both_scores_count"], row["started_count"], row["informing_count"]) == (treated, treated, 0)


@pytest.mark.parametrize(("spoil", "reason"), [
    (all_alike, "NO_COMPARISON"),  # with a share at the ends of 1 nothing but ranks is asked for
    (no_exits, "NO_EXITS"),
    (no_entries, "NO_ENTRIES"),
    (never_both, "NO_TREATED"),
])  # fmt: skip
@pytest.mark.parametrize("compared", [0, 200])
def test_spoilt_scores_give_their_reason(spoil: Any, reason: str, compared: int) -> None:
    row = estimate(spoil(cohort(24, compared)))
    expected = "NO_SPREAD" if spoil is all_alike and compared else reason
    assert (row["design"], row["reason"], row["verdict"]) == ("NONE", expected, "CANNOT_TELL")
    assert [name for name in FIGURES if row[name] is not None] == []


def test_everybody_without_an_end_score_is_all_attrition() -> None:
    row = estimate(no_exits(cohort(24)))
    assert (row["attrition_rate"], row["differential_attrition_rate"], row["entry_count"]) == (1.0, 1.0, 24)


def test_one_school_is_compared_within_itself_and_is_weak_evidence() -> None:
    row = estimate(one_school(cohort(60, effect=4.0)))
    assert (row["design"], row["grade"], row["reason"]) == ("BALANCED_COMPARISON", "C", "REPLICATION")
    assert row["lower_points"] < 4 < row["upper_points"]
    alone = estimate(one_school(cohort(60, 0, effect=4.0)))
    assert (alone["design"], alone["reason"]) == ("NORM_REFERENCED", "NO_COMPARISON")


def test_a_pupil_twice_counts_once() -> None:
    people = cohort(24)
    assert estimate_frame(pl.concat([people, people])).equals(estimate_frame(people))


def test_norms_are_told_at_other_retest_correlations_too() -> None:
    row = estimate(cohort(30, 0).with_columns(baseline_scores_count=pl.lit(1)))
    start = row["entry_mean"]
    # each step of the correlation by a tenth takes off a tenth of the way to 100, more or less
    assert row["norms_low_points"] - row["difference_points"] == pytest.approx(0.1 * (100 - start))
    assert row["difference_points"] - row["norms_high_points"] == pytest.approx(0.1 * (100 - start))
    assert estimate(cohort(30))["norms_low_points"] is None


def test_by_norms_ahead_is_said_only_where_it_holds_at_every_likely_retest_correlation() -> None:
    # thirty pupils who start at 85: at 0.7 instead of 0.8 another point and a half would have come by itself
    def by_norms(points: float) -> dict[str, Any]:
        people = cohort(30, 0).with_columns(baseline_score=pl.lit(85.0), baseline_scores_count=pl.lit(1))
        noise = pl.Series([at - 14.5 for at in range(30)])
        return estimate(people.with_columns(exit_score=88.0 + points + noise))

    half = by_norms(0.0)["upper_points"]
    barely, clearly = by_norms(half + 1.0), by_norms(half + 2.0)
    assert barely["lower_points"] > 0
    assert barely["verdict"] != "AHEAD"
    assert (clearly["verdict"], clearly["norms_high_points"]) == ("AHEAD", pytest.approx(half + 0.5))
    behind = by_norms(-half - 1.0)
    assert (behind["upper_points"] < 0, behind["verdict"]) == (True, "CANNOT_TELL")


def test_what_would_have_happened_is_the_end_without_the_difference() -> None:
    people = cohort(30, effect=5.0)
    row = estimate(people)
    ours = people.filter("is_treated")
    assert row["entry_mean"] == pytest.approx(ours["baseline_score"].mean())
    assert row["exit_mean"] == pytest.approx(ours["exit_score"].mean())
    assert row["expected_exit_mean"] == pytest.approx(row["exit_mean"] - row["difference_points"])


def test_the_tipping_point_is_what_the_missing_would_have_to_be() -> None:
    people = cohort(40, effect=6.0)
    people = people.with_columns(
        exit_score=pl.when(pl.int_range(pl.len()) < 10).then(NOBODY).otherwise(pl.col("exit_score"))
    )
    row = estimate(people)
    # with the ten missing so far below the thirty, the difference of all forty is nothing
    assert row["difference_points"] - row["tipping_points"] * 10 / 40 == pytest.approx(0)
    assert estimate(cohort(40))["tipping_points"] is None  # nobody is missing


@pytest.mark.parametrize("seed", range(5))
def test_the_flow_is_that_of_a_plain_count(seed: int) -> None:
    first, second = cohort(20 + seed, 60, seed=seed), cohort(18, 40, seed=seed + 10)
    place = pl.int_range(pl.len())
    people = pl.concat([first, second.with_columns(assessment_name=pl.lit("Other"))]).with_columns(
        is_exit_due=~pl.col("is_treated") | (place % 7 > 0),
        exit_score=pl.when(place % 5 == seed % 5).then(NOBODY).otherwise(pl.col("exit_score")),
        baseline_score=pl.when(place % 11 == seed).then(NOBODY).otherwise(pl.col("baseline_score")),
    )
    expected, row = flow(people.to_dicts()), estimate(people)
    for name in ("assessment_name", "scale", *FLOW):
        told = expected[name]
        assert row[name] == (pytest.approx(told) if isinstance(told, float) else told)


def test_everything_that_holds_the_grade_is_named() -> None:
    row = estimate(one_school(cohort(12)))
    assert row["grade"] == "C"
    assert {"NUMBERS", "REPLICATION"} <= set(row["cap_reasons"].split(","))
    strong = cohort(60)
    assert estimate(strong)["cap_reasons"] == "MEASURE"  # who scored it is not known, so never A


def test_each_reason_has_words() -> None:
    codes = {str(reason) for reason in Reason} | {
        value for module in (impact, comparison, outcomes) for name, value in vars(module).items()
        if name.isupper() and value == name
    }  # fmt: skip
    assert {"NO_TEST", "NO_EXITS", "FLOOR_CEILING", "DIFFERENT_TESTS", "TOO_FEW_EVENTS"} <= codes
    assert codes <= set(REASON_WORDS)


def test_an_estimate_whose_range_is_of_ranks_is_judged_in_deviations() -> None:
    nothing = comparison.Found(comparison.Design.NONE, Reason.OK, pl.DataFrame())
    assert nothing.ends == (None, None)
    even = replace(nothing, chances=(0.5, 0.416, 0.584))
    assert even.judged == pytest.approx((0.0, -0.3, 0.3), abs=1e-3)
    assert all(abs(end) < 5 for end in replace(nothing, chances=(0.9999, 0.5, 1.0)).judged or ())
