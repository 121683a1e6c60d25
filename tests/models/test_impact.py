"""What is said of an intervention: edges of the numbers, reasons, what changes nothing, planted effects."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from dashboards.wording.impact import REASON_WORDS
from expectations.findings import find
from expectations.tables import ALL
from models.disclosure import prepare, refuse_unreleased, release
from models.impact import estimate_interventions
from models.impact_delivery import school_delivery
from tests.support.cohorts import (
    DOSE,
    GROUPS,
    MONTHS,
    PEOPLE,
    STARTERS,
    TODAY,
    cohort,
    estimate,
    estimate_frame,
)
from tests.support.frames import pupil, rows

POINTS = ("difference_points", "lower_points", "upper_points")
SIZES = ("effect_size_sd", "lower_sd", "upper_sd", "percentile_growth")


@pytest.mark.parametrize(
    ("treated", "rule", "has_points", "has_sizes", "best"),
    [
        (5, "TOO_FEW", False, False, "D"),
        (6, "CANNOT_TELL_SMALL", True, False, "D"),
        (9, "CANNOT_TELL_SMALL", True, False, "D"),
        (10, "WEAK_AT_MOST", True, False, "C"),
        (19, "WEAK_AT_MOST", True, False, "C"),
        (20, "MODERATE_AT_MOST", True, True, "B"),
        (44, "MODERATE_AT_MOST", True, True, "B"),
        (45, "ALL", True, True, "A"),
    ],
)
def test_the_number_of_pupils_decides_what_is_said(
    treated: int, rule: str, has_points: bool, has_sizes: bool, best: str
) -> None:
    found = estimate(cohort(treated))
    assert (found["both_scores_count"], found["small_number_rule"]) == (treated, rule)
    assert all((found[name] is not None) is has_points for name in POINTS)
    assert all((found[name] is not None) is has_sizes for name in SIZES)
    assert found["grade"] >= best
    if treated < 10:
        assert (found["grade"], found["verdict"]) == ("D", "CANNOT_TELL")


def test_a_large_effect_is_found_and_none_is_not_called_one() -> None:
    strong, none = estimate(cohort(60, effect=8.0)), estimate(cohort(60))
    assert strong["design"] == none["design"] == "BALANCED_COMPARISON"
    assert strong["lower_points"] < 8 < strong["upper_points"]
    assert (strong["verdict"], estimate(cohort(60, effect=-8.0))["verdict"]) == ("AHEAD", "BEHIND")
    assert none["lower_points"] < 0 < none["upper_points"]
    assert none["verdict"] == "NO_CLEAR_DIFFERENCE"
    assert abs(none["baseline_gap_sd"]) < 0.01


def test_without_comparison_pupils_the_norms_speak_and_regression_to_the_mean_is_taken_off() -> None:
    # all start at 80 to 89 and gain what retesting alone brings for the mean of two scores: r = 1.6 / 1.8
    people = cohort(30, 0).with_columns(baseline_score=80.0 + pl.int_range(pl.len()) % 10)
    chance = pl.when(pl.int_range(pl.len()) % 4 < 2).then(3.0).otherwise(-3.0)
    people = people.with_columns(
        exit_score=pl.col("baseline_score") + (1 - 1.6 / 1.8) * (100 - pl.col("baseline_score")) + chance
    )
    found = estimate(people)
    assert (found["design"], found["reason"]) == ("NORM_REFERENCED", "NO_COMPARISON")
    assert found["difference_points"] == pytest.approx(
        0.2, abs=1e-9
    )  # 30 is not a whole number of fours: 16 up, 14 down
    assert found["grade"] == "C"
    assert found["baseline_gap_sd"] is None


def test_comparison_pupils_who_are_nothing_alike_are_not_used() -> None:
    found = estimate(cohort(30, 60, apart=60.0))
    assert (found["design"], found["reason"]) == ("NORM_REFERENCED", "NO_OVERLAP")


def in_schools(treated: dict[str, int], compared: dict[str, int], **more: Any) -> pl.DataFrame:
    """A cohort with so many pupils in each school."""
    people = cohort(sum(treated.values()), sum(compared.values()), **more)
    urns = [urn for part in (treated, compared) for urn, count in part.items() for _ in range(count)]
    return people.with_columns(school_urn=pl.Series(urns))


def test_only_pupils_of_schools_with_both_kinds_inform_a_comparison_within_schools() -> None:
    mixed = in_schools({"100001": 12}, {"100001": 60})
    people = in_schools({"100001": 12, "100002": 20, "100003": 18}, {"100001": 60, "100004": 90})
    is_mixed = people["school_urn"] == "100001"
    # the same twelve in both; the silent schools start and end elsewhere
    people = people.with_columns(
        pl.when(is_mixed).then(pl.col(name)).otherwise(pl.col(name) + 25).alias(name)
        for name in ("baseline_score", "exit_score")
    )
    told = estimate(people)
    alone = estimate(people.filter(is_mixed))
    assert (told["design"], told["both_scores_count"], told["comparison_count"]) == ("BALANCED_COMPARISON", 50, 60)
    assert (told["small_number_rule"], told["grade"], told["reason"]) == ("WEAK_AT_MOST", "C", "PART_COMPARED")
    assert told["effect_size_sd"] is None
    for name in (*POINTS, "baseline_gap_sd"):
        assert told[name] == pytest.approx(alone[name], abs=1e-9)
    assert estimate(mixed)["reason"] != "PART_COMPARED"
    assert "PART_COMPARED" in REASON_WORDS


@pytest.mark.parametrize(
    ("part", "design"), [(6, "NORM_REFERENCED"), (9, "NORM_REFERENCED"), (10, "BALANCED_COMPARISON")]
)
def test_a_part_below_ten_does_not_speak_for_the_rest(part: int, design: str) -> None:
    found = estimate(in_schools({"100001": part, "100002": 25, "100003": 25 - part}, {"100001": 60, "100004": 90}))
    assert (found["design"], found["both_scores_count"]) == (design, 50)
    assert found["grade"] in "CD"
    if design == "NORM_REFERENCED":  # all fifty inform it
        assert (found["reason"], found["small_number_rule"]) == ("THIN_COMPARISON", "ALL")


def test_whole_schools_are_compared_only_where_no_school_has_both_kinds() -> None:
    ours, theirs = ({f"10000{n + first}": 12 for n in range(4)} for first in (0, 4))
    assert estimate(in_schools(ours, theirs))["design"] == "SCHOOL_MEANS"
    assert estimate(in_schools(ours, theirs | {"100000": 60}))["design"] == "BALANCED_COMPARISON"


def test_a_gain_without_any_comparison_is_never_a_figure() -> None:
    same = cohort(30, 0).with_columns(baseline_score=pl.lit(80.0), exit_score=pl.lit(95.0))
    found = estimate(same)  # all alike: nothing can be said about chance
    assert found["design"] == "NONE"
    assert all(found[name] is None for name in (*POINTS, *SIZES))
    assert (found["grade"], found["verdict"]) == ("D", "CANNOT_TELL")


def test_reasons_why_nothing_can_be_said() -> None:
    nobody = cohort(5).clear()
    assert estimate(nobody, "Calm", linked=False)["reason"] == "NO_TEST"
    assert estimate(nobody, "Calm")["reason"] == "NO_SCORES"
    running = cohort(12).with_columns(is_exit_due=~pl.col("is_treated"), exit_score=None)
    told = estimate(running.cast({"exit_score": pl.Float64}))
    assert (told["reason"], told["started_count"], told["exit_due_count"], told["attrition_rate"]) == (
        "NOT_FINISHED",
        12,
        0,
        None,
    )
    assert estimate(cohort(5))["reason"] == "TOO_FEW"


def test_who_is_still_in_the_group_is_not_attrition() -> None:
    people = cohort(40)
    place = pl.int_range(pl.len())
    people = people.with_columns(
        is_exit_due=place >= 10,  # ten still running
        exit_score=pl.when((place >= 16) | (place < 0)).then(pl.col("exit_score")),  # six of the thirty due are missing
    )
    found = estimate(people)
    assert (found["started_count"], found["exit_due_count"], found["both_scores_count"]) == (40, 30, 24)
    assert found["attrition_rate"] == pytest.approx(0.2)


def test_the_test_with_most_pupils_speaks_where_schools_use_different_ones() -> None:
    few = cohort(8).with_columns(
        assessment_name=pl.lit("A rare test"), pupil_key=pl.col("pupil_key").str.replace("^0", "f")
    )
    found = estimate(pl.concat([cohort(25), few]))
    assert (found["assessment_name"], found["both_scores_count"], found["started_count"]) == ("Test", 25, 33)


def test_the_order_of_rows_a_row_twice_and_the_names_of_schools_change_nothing() -> None:
    people = cohort(25, effect=3.0)
    expected = estimate_frame(people)
    assert estimate_frame(people.sample(fraction=1, shuffle=True, seed=5)).equals(expected)
    assert estimate_frame(pl.concat([people, people.head(40)])).equals(expected)
    renamed = people.with_columns(school_urn=pl.lit("99") + pl.col("school_urn").str.slice(2))
    assert estimate(renamed)["difference_points"] == pytest.approx(expected["difference_points"][0], abs=1e-8)
    lifted = people.with_columns(pl.col("baseline_score", "exit_score") + 10)
    assert estimate(lifted)["difference_points"] == pytest.approx(expected["difference_points"][0], abs=1e-6)


def test_dose_hours_and_cost_stand_beside_the_estimate() -> None:
    found = estimate(cohort(25))
    assert (found["dose_rate"], found["delivered_hours"], found["costed_count"]) == (0.75, 4.5, 25)
    assert (found["cost_to_date_pence"], found["planned_cost_pence"], found["full_dose_rate"]) == (9_000, 12_000, 1.0)


def test_costs_are_of_groups_whose_cost_is_known_and_say_for_how_many_pupils() -> None:
    dose = rows(
        DOSE,
        intervention_key=["G1", "G2"],
        school_urn=["100001", "100002"],
        intervention_name="Reading Plus",
        start_date=[dt.date(2026, 9, 14), dt.date(2025, 9, 14)],
        end_date=[dt.date(2026, 12, 11), dt.date(2025, 12, 11)],
        due_sessions_count=[10, 20],
        planned_sessions_count=[10, 20],
        delivered_sessions_count=[8, None],
        cost_to_date_pence=[5_000, None],
        planned_cost_pence=[6_000, 7_000],
        delivered_hours=[4.0, None],
    )
    begun = rows(
        STARTERS,
        intervention_key=["G1", "G1", "G2", "G2"],
        school_urn=["100001", "100001", "100002", "100002"],
        intervention_name="Reading Plus",
        pupil_key=[pupil(n) for n in (1, 2, 2, 3)],
        delivered_sessions_count=[8, 8, None, None],
        attended_sessions_count=[8, 6, None, None],
    )
    found = school_delivery(dose, begun, TODAY)
    assert find(found, ALL["model_impact__school_delivery"]) == []
    columns = ["school_urn", "started_count", "is_running", "dose_rate", "costed_count", "cost_to_date_pence"]
    assert found.select(columns).rows() == [("100001", 2, True, 0.8, 2, 5_000), ("100002", 2, False, None, 0, None)]
    trust = estimate_interventions(
        rows(PEOPLE, pupil_key=[]), dose, begun, rows(GROUPS, intervention_key=["G1"]), MONTHS
    )
    told = trust.select(
        "started_count", "costed_count", "cost_to_date_pence", "planned_cost_pence", "full_dose_rate"
    ).row(0)
    assert told == (3, 2, 5_000, 6_000, 0.5)  # a pupil in two groups counts once; 8 of 8 and 6 of 8 attended


def deliver(costs: list[int], sizes: list[int], recorded: list[int | None], attended: list[int | None]) -> pl.DataFrame:
    """One school's groups of one intervention: what each cost, its pupils, sessions delivered and attended."""
    names = [f"G{n}" for n in range(len(costs))]
    dose = rows(DOSE, intervention_key=names, intervention_name="Reading Plus", cost_to_date_pence=costs,
                planned_cost_pence=costs, delivered_sessions_count=recorded, delivered_hours=5.0,
                planned_sessions_count=10, due_sessions_count=10)  # fmt: skip
    of = [at for at, size in enumerate(sizes) for _ in range(size)]
    begun = rows(STARTERS, intervention_key=[names[at] for at in of], intervention_name="Reading Plus",
                 pupil_key=[pupil(n) for n in range(len(of))], delivered_sessions_count=[recorded[at] for at in of],
                 attended_sessions_count=[attended[at] for at in of])  # fmt: skip
    delivery = school_delivery(dose, begun, TODAY)
    assert find(delivery, ALL["model_impact__school_delivery"]) == []
    nobody, groups = rows(PEOPLE, pupil_key=[]), rows(GROUPS, intervention_key=names)
    estimates = estimate_interventions(nobody, dose, begun, groups, MONTHS)
    shown = []
    for name, frame in (("mart_impact__intervention", estimates), ("mart_impact__school", delivery)):
        shown.append(release(prepare(frame, ALL[name], TODAY), ALL[name]))
        refuse_unreleased(ALL[name], shown[-1])
    return pl.concat(shown, how="diagonal")


@pytest.mark.parametrize(("alone", "is_hidden"), [(110_000, True), (80_000, False)])
def test_a_cost_that_is_nearly_all_of_one_pupil_is_hidden(alone: int, is_hidden: bool) -> None:
    shown = deliver([alone, 12_000], [1, 12], [10, 10], [10, 10])  # the next has 1,000: 91% and 88% of the sum
    assert shown["costed_count"].to_list() == [13, 13]
    for name in ("cost_to_date_pence", "planned_cost_pence"):
        assert (shown[name].null_count() == 2) is is_hidden


@pytest.mark.parametrize(("told", "is_hidden"), [(9, True), (10, False)])
def test_dose_and_attendance_need_ten_pupils_whose_groups_record_it(told: int, is_hidden: bool) -> None:
    shown = deliver([9_000, 9_000], [told, 11], [10, None], [10, None])
    assert shown["started_count"].to_list() == [told + 11] * 2
    for name in ("dose_rate", "delivered_hours"):
        assert (shown[name].null_count() == 2) is is_hidden
    assert (shown["full_dose_rate"].null_count() == 2) is is_hidden  # the school's row has none


def test_small_groups_do_not_pass_the_door() -> None:
    found = estimate_frame(cohort(9))
    released = release(prepare(found, ALL["mart_impact__intervention"], TODAY), ALL["mart_impact__intervention"])
    refuse_unreleased(ALL["mart_impact__intervention"], released)
    assert all(released[name][0] is None for name in (*POINTS, *SIZES, "cost_to_date_pence", "delivered_hours"))
    delivery = school_delivery(
        rows(DOSE, intervention_key="G1", cost_to_date_pence=9_000),
        rows(STARTERS, intervention_key="G1", pupil_key=pupil(1)),
        TODAY,
    )
    told = release(prepare(delivery, ALL["mart_impact__school"], TODAY), ALL["mart_impact__school"])
    assert told["started_count"][0] is told["cost_to_date_pence"][0] is None
