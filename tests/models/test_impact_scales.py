"""Each scale as it deserves: ranks, ages, other tests, lost marks, absence, suspensions; what ranks has no mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl
import pytest

from models.outcomes import cohort_of, floor_ceiling_rate, standardise
from tests.support.cohorts import cohort, estimate, estimate_all
from tests.support.plain_estimation import mean
from tests.support.plain_impact import rate_of, share_at_the_ends, standard_scores

NEVER_OF_RANKS = (
    "difference_points", "lower_points", "effect_size_sd", "percentile_growth", "shrunken_points", "months_count",
    "entry_mean", "exit_mean", "expected_exit_mean", "tipping_points", "norms_low_points",
)  # fmt: skip
CHANCES = ("superiority_rate", "superiority_low_rate", "superiority_high_rate")


def on_scale(people: pl.DataFrame, scale: str, **more: Any) -> pl.DataFrame:
    """The pupils with their scores taken for those of another scale."""
    return people.with_columns(scale=pl.lit(scale), **more)


def in_bands(people: pl.DataFrame, width: float = 8) -> pl.DataFrame:
    """Scores as whole bands: a few levels, many ties."""
    banded = ((pl.col("baseline_score", "exit_score") - 60) / width).floor()
    return on_scale(people.with_columns(banded), "BAND")


@pytest.mark.parametrize("scale", ["POINTS", "BAND", "PRE_KEY_STAGE", "AGE"])
def test_what_only_ranks_has_a_share_ahead_and_no_mean(scale: str) -> None:
    found = estimate(on_scale(in_bands(cohort(40, effect=10.0)), scale))
    assert found["design"] == "BALANCED_COMPARISON"
    assert (found["grade"], found["verdict"]) == ("C", "AHEAD")
    assert 0.5 < found["superiority_low_rate"] < found["superiority_rate"] < found["superiority_high_rate"] < 1
    assert 1 < found["odds_low_ratio"] < found["odds_ratio"] < found["odds_high_ratio"]
    assert all(found[name] is None for name in NEVER_OF_RANKS)
    assert found["outcome_unit"] == ("MONTHS" if scale == "AGE" else "RANKS")
    assert found["pooling"] == "NOT_POOLED"
    assert "MEASURE" in found["cap_reasons"].split(",")


def test_ranks_change_nothing_when_their_distances_do() -> None:
    people = in_bands(cohort(40, effect=6.0))
    same_order = people.with_columns(exit_score=pl.col("exit_score").exp())
    for name in CHANCES:
        assert estimate(people)[name] == pytest.approx(estimate(same_order)[name], abs=1e-9)


@pytest.mark.parametrize(("effect", "verdict"), [(12.0, "AHEAD"), (-12.0, "BEHIND"), (0.0, "NO_CLEAR_DIFFERENCE")])
def test_the_verdict_of_ranks_is_of_the_whole_range_beside_one_half(effect: float, verdict: str) -> None:
    found = estimate(in_bands(cohort(120, 600, effect=effect), 4))
    assert found["verdict"] == verdict
    low, high = found["superiority_low_rate"], found["superiority_high_rate"]
    if verdict == "NO_CLEAR_DIFFERENCE":  # narrow: within about 0.08 of the middle on either side
        assert low < 0.5 < high
        assert high - low < 2 * 0.084
    else:
        assert (low > 0.5) is (verdict == "AHEAD")


def test_a_wide_range_of_ranks_cannot_tell() -> None:
    found = estimate(in_bands(cohort(24)))
    assert found["superiority_high_rate"] - found["superiority_low_rate"] > 2 * 0.085
    assert found["verdict"] == "CANNOT_TELL"


@pytest.mark.parametrize(("treated", "has_share"), [(9, False), (10, True)])
def test_a_share_ahead_needs_ten_pupils(treated: int, has_share: bool) -> None:
    found = estimate(in_bands(cohort(treated)))
    assert all((found[name] is not None) is has_share for name in CHANCES)


@pytest.mark.parametrize(("people", "reason"), [
    (in_bands(cohort(20, 0)), "NO_COMPARISON"),
    (in_bands(cohort(20)).with_columns(school_urn=pl.when("is_treated").then(pl.lit("100001")).otherwise(
        pl.lit("100002"))), "SCHOOL_CONFOUNDED"),
    (in_bands(cohort(20)).with_columns(exit_score=pl.lit(3.0)), "NO_SPREAD"),
    (in_bands(cohort(20)).with_columns(exit_score=pl.when("is_treated").then(9.0).otherwise(3.0)), "SEPARATED"),
    (in_bands(cohort(20, apart=60.0)), "NO_OVERLAP"),
    (in_bands(cohort(20, 6)), "THIN_COMPARISON"),
])  # fmt: skip
def test_ranks_without_a_comparison_have_no_figure_and_a_reason(people: pl.DataFrame, reason: str) -> None:
    found = estimate(people)
    assert (found["design"], found["reason"], found["grade"], found["verdict"]) == ("NONE", reason, "D", "CANNOT_TELL")
    assert found["superiority_rate"] is found["odds_ratio"] is None


def test_an_age_has_a_ratio_gain_of_sums_that_is_never_an_effect() -> None:
    people = on_scale(
        cohort(12),
        "AGE",
        entry_score=90.0,
        exit_score=pl.when(pl.int_range(pl.len()) % 2 == 0).then(96.0).otherwise(104.0),
        entry_date=pl.lit(dt.date(2025, 9, 10)),
        exit_date=pl.when(pl.int_range(pl.len()) % 2 == 0)
        .then(pl.lit(dt.date(2025, 12, 10)))
        .otherwise(pl.lit(dt.date(2026, 3, 10))),
    )
    found = estimate(people)
    # six pupils gain 6 months in 91 days and six gain 14 in 181: 120 months over 6 x 272 days
    assert found["ratio_gain"] == pytest.approx(120 / (6 * 272 / (365.25 / 12)))
    assert found["effect_size_sd"] is found["difference_points"] is None
    assert estimate(people.with_columns(scale=pl.lit("POINTS")))["ratio_gain"] is None
    two_tests = people.with_columns(exit_assessment_name=pl.lit("Another"))
    assert estimate(two_tests)["ratio_gain"] is None
    backwards = people.with_columns(exit_date=pl.lit(dt.date(2025, 9, 10)))
    assert estimate(backwards)["ratio_gain"] is None


@pytest.mark.parametrize(("at_top", "is_ranked"), [(6, False), (7, True)])
def test_above_15_percent_at_the_top_scores_only_rank(at_top: int, is_ranked: bool) -> None:
    people = cohort(40, 160, effect=5.0)
    place = pl.int_range(pl.len())
    people = people.with_columns(exit_score=pl.when(place < at_top).then(141.0).otherwise(pl.col("exit_score")))
    found = estimate(people)
    # the lowest score of all is one pupil's, who did not take part
    assert found["floor_ceiling_rate"] == pytest.approx(at_top / 40)
    assert (found["reason"] == "FLOOR_CEILING") is is_ranked
    assert (found["difference_points"] is None) is is_ranked
    assert (found["superiority_rate"] is not None) is is_ranked
    assert (found["outcome_unit"] == "RANKS") is is_ranked
    if is_ranked:
        assert found["grade"] == "C"


def test_a_test_at_its_ceiling_has_no_norms_to_fall_back_on() -> None:
    people = cohort(40, 0).with_columns(exit_score=pl.lit(130.0) + pl.int_range(pl.len()) % 2)
    found = estimate(people)
    assert (found["design"], found["reason"], found["floor_ceiling_rate"]) == ("NONE", "NO_COMPARISON", 1.0)
    assert found["difference_points"] is None


@pytest.mark.parametrize("seed", range(6))
def test_the_share_at_the_ends_is_that_of_a_plain_count(seed: int) -> None:
    numbers = np.random.default_rng(seed)
    people = cohort(*(int(number) for number in numbers.integers(2, 40, 2)), seed=seed)
    people = people.with_columns((pl.col("exit_score") / 6).round())
    parts = [people.filter("is_treated"), people.filter(~pl.col("is_treated"))]
    expected = share_at_the_ends(*(part["exit_score"].to_list() for part in parts))
    assert floor_ceiling_rate(*parts) == (None if expected is None else pytest.approx(expected))


def with_other_test(people: pl.DataFrame) -> pl.DataFrame:
    """Entry and exit are different tests, sat in one of three terms each; the exit test is easier and wider."""
    place = pl.int_range(pl.len())
    return people.with_columns(
        exit_assessment_name=pl.lit("Another test"),
        exit_score=40 + 2 * pl.col("exit_score"),
        entry_half_term=pl.lit("Autumn") + (place % 2 + 1).cast(pl.String),
        exit_half_term=pl.lit("Spring") + (place % 3 % 2 + 1).cast(pl.String),
    )


def test_different_tests_are_told_in_deviations_and_are_weak_evidence() -> None:
    people = cohort(60, 300, effect=6.0)
    one, two = estimate(people), estimate(with_other_test(people))
    assert (two["reason"], two["outcome_unit"], two["grade"]) == ("DIFFERENT_TESTS", "SD", "C")
    assert (two["assessment_name"], two["exit_assessment_name"]) == ("Test", "Another test")
    assert two["effect_size_sd"] == pytest.approx(one["effect_size_sd"], abs=0.1)
    assert two["verdict"] == "AHEAD"
    in_points = [name for name in two if name.endswith("_points") and name != "one_sd_points"]
    assert [name for name in in_points if two[name] is not None] == []
    assert two["exit_mean"] is two["months_count"] is None
    assert "MEASURE" in two["cap_reasons"].split(",")


def test_different_tests_without_a_pool_have_no_norms() -> None:
    found = estimate(with_other_test(cohort(30, 0)))
    assert (found["design"], found["reason"], found["effect_size_sd"]) == ("NONE", "NO_COMPARISON", None)


@pytest.mark.parametrize("seed", range(3))
def test_standard_scores_are_those_of_a_plain_count(seed: int) -> None:
    people = with_other_test(cohort(15, 24, seed=seed))
    # the second term has too few to compare with
    people = people.with_columns(
        entry_half_term=pl.when(pl.int_range(pl.len()) % 5 == 0).then(pl.lit("Autumn2")).otherwise(pl.lit("Autumn1"))
    )
    ours, theirs = people.filter("is_treated"), people.filter(~pl.col("is_treated"))
    told = [row for part in standardise(ours, theirs) for row in part.to_dicts()]
    before = standard_scores(ours.to_dicts(), theirs.to_dicts(), "baseline_score", "entry_half_term")
    assert {row["pupil_key"] for row in told} <= set(before)
    assert len(before) < people.height
    for row in told:
        assert row["baseline_score"] == pytest.approx(before[row["pupil_key"]])
    # after the first step those without a scale at the start are out
    kept = [row for row in theirs.to_dicts() if row["pupil_key"] in before]
    after = standard_scores(ours.to_dicts(), kept, "exit_score", "exit_half_term")
    assert {row["pupil_key"]: row["exit_score"] for row in told} == pytest.approx(
        {key: score for key, score in after.items() if key in before}
    )


def absence(people: pl.DataFrame, scale: str = "ATTENDANCE", fewer: float = 0.0, unit: float = 0.1) -> pl.DataFrame:
    """Sessions missed per 100: the lower the better; ``fewer`` are taken off those who took part, after."""
    count = people.height
    return on_scale(
        people,
        scale,
        assessment_name=pl.lit("Attendance"),
        subject=pl.lit("Attendance"),
        baseline_score=(pl.col("baseline_score") - 60).clip(0) * unit * 3,
        exit_score=((pl.col("exit_score") - 60) * unit * 3 - fewer * pl.col("is_treated")).clip(0),
        before_sessions_count=pl.Series([120 + n % 30 for n in range(count)]),
        after_sessions_count=pl.Series([140 - n % 40 for n in range(count)]),
    )


def test_fewer_sessions_missed_are_ahead_and_above_zero() -> None:
    people = absence(cohort(60, 300), fewer=3.0)
    found = estimate(people)
    assert (found["design"], found["outcome_unit"], found["verdict"]) == (
        "BALANCED_COMPARISON",
        "SESSIONS_PER_100",
        "AHEAD",
    )
    assert 0 < found["lower_points"] < 3 < found["upper_points"]
    ours = people.filter("is_treated")
    assert found["exit_mean"] == pytest.approx(
        rate_of(ours["exit_score"].to_list(), ours["after_sessions_count"].to_list())
    )
    assert found["expected_exit_mean"] == pytest.approx(found["exit_mean"] + found["difference_points"])
    assert found["months_count"] is None
    assert found["outcome_domain"] == "Attendance"
    more = estimate(absence(cohort(60, 300), fewer=-3.0))
    assert (more["verdict"], more["difference_points"] < 0) == ("BEHIND", True)


def test_a_rate_has_no_norms_to_fall_back_on() -> None:
    found = estimate(absence(cohort(30, 0)))
    assert (found["design"], found["reason"], found["difference_points"]) == ("NONE", "NO_COMPARISON", None)


def test_rates_weigh_by_the_time_they_are_of() -> None:
    """A pupil on roll for next to no time has next to no say."""
    people = absence(cohort(40, 200))
    loud = people.with_columns(
        exit_score=pl.when(pl.int_range(pl.len()) == 0).then(100.0).otherwise(pl.col("exit_score"))
    )
    quiet = loud.with_columns(
        after_sessions_count=pl.when(pl.int_range(pl.len()) == 0).then(1).otherwise(pl.col("after_sessions_count"))
    )
    plain, heard, unheard = (estimate(part)["difference_points"] for part in (people, loud, quiet))
    assert abs(heard - plain) > 1.0
    assert abs(unheard - plain) < 0.1


def suspended(treated_days: int, compared_days: int, treated: int = 60, compared: int = 400) -> pl.DataFrame:
    """So many suspensions of those who took part and of the others, a pupil each; 140 possible sessions a pupil."""
    people = cohort(treated, compared)
    place = pl.int_range(pl.len())
    had = pl.when("is_treated").then(place < treated_days).otherwise(place - treated < compared_days)
    return on_scale(
        people,
        "INCIDENTS",
        assessment_name=pl.lit("Suspensions"),
        subject=pl.lit("Behaviour"),
        baseline_score=pl.when(place % 9 == 0).then(100 / 140).otherwise(0.0),
        exit_score=pl.when(had).then(100 / 140).otherwise(0.0),
        before_sessions_count=pl.lit(140),
        after_sessions_count=pl.lit(140),
    )


def test_suspensions_are_told_for_100_pupils_a_year() -> None:
    found = estimate(suspended(6, 120))
    assert (found["outcome_unit"], found["grade"]) == ("PER_100_PUPILS_A_YEAR", "C")
    # 6 of 60 pupils in 140 of 380 sessions
    assert found["exit_mean"] == pytest.approx(6 / 60 * 380 / 140 * 100)
    assert found["difference_points"] == pytest.approx((120 / 400 - 6 / 60) * 380 / 140 * 100, abs=3)
    assert found["verdict"] == "AHEAD"


@pytest.mark.parametrize(("had", "others", "is_told"), [(0, 20, False), (4, 20, False), (5, 20, True), (0, 60, True)])
def test_a_handful_of_suspensions_tells_nothing(had: int, others: int, is_told: bool) -> None:
    """Of 60 pupils three would be expected at 20 in 400, nine at 60 in 400; none at all may be luck."""
    found = estimate(suspended(had, others))
    assert (found["reason"] == "TOO_FEW_EVENTS") is not is_told
    assert (found["difference_points"] is not None) is is_told


def test_nobody_suspended_is_no_certainty() -> None:
    """Expected 9, had 0: a Poisson of 9 spreads by 3, so the range is 2 x 3 wide in suspensions on either side."""
    found = estimate(suspended(0, 60))
    unit = 380 * 100 / (60 * 140)
    half = (found["upper_points"] - found["lower_points"]) / 2 / unit
    assert half == pytest.approx(1.97 * np.sqrt(found["expected_exit_mean"] / unit), rel=0.02)
    assert found["pooled_error_sd"] is not None


def test_the_outcome_that_is_meant_speaks_before_the_one_with_most_pupils() -> None:
    tested, missed = cohort(30), absence(cohort(12))
    people = pl.concat([tested, missed.select(tested.columns)])
    assert estimate(people)["assessment_name"] == "Test"
    meant = estimate_all(people, **{"Reading Plus": {"outcome_domain": "Attendance"}}).to_dicts()[0]
    assert (meant["assessment_name"], meant["outcome_domain"], meant["both_scores_count"]) == (
        "Attendance",
        "Attendance",
        12,
    )
    nobody = people.with_columns(
        exit_score=pl.when(pl.col("subject") == "Attendance").then(None).otherwise(pl.col("exit_score"))
    )
    told = estimate_all(nobody, **{"Reading Plus": {"outcome_domain": "Attendance"}}).to_dicts()[0]
    assert told["assessment_name"] == "Test"


def test_scores_are_turned_once_and_only_where_less_is_better() -> None:
    missed = absence(cohort(10))
    turned, straight = cohort_of(missed, None), cohort_of(cohort(10), None)
    assert turned.ours["exit_score"].to_list() == [-score for score in missed.filter("is_treated")["exit_score"]]
    assert straight.ours["exit_score"].equals(cohort(10).filter("is_treated")["exit_score"])
    assert mean(turned.theirs["baseline_score"].to_list()) < 0
