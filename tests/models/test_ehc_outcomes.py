"""Where outcomes of plans stand: the rule at its thresholds, change between reviews, odd input, the roll-up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from models.disclosure import refuse_unreleased, release
from models.ehc_outcomes import mart_ehc_outcomes__area_frame, mart_ehc_outcomes__school_frame
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
BEGAN = dt.date(2024, 1, 8)
STEPS = ["model_ehc_outcomes__milestones", "model_ehc_outcomes__outcomes"]
MILESTONE = {"plan_key": "A", "outcome_number": 1, "milestone_number": 1}


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def stand(**core: pl.DataFrame) -> list[dict[str, Any]]:
    """MODEL_EHC_OUTCOMES__OUTCOMES of plan A, whose pupil is on roll in year 4 with a plan on the register."""
    usual = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_ehc_plans": rows(ALL["core_ehc_plans"], plan_key="A", pupil_key=pupil(1), plan_start_date=BEGAN),
        "model_pupils__on_roll": rows(
            ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn="100001", nc_year="4", sen_provision="E"
        ),
    }
    return fill_in_turn(STEPS, usual | core)["model_ehc_outcomes__outcomes"].to_dicts()


def outcome(**more: Any) -> pl.DataFrame:
    told = {"plan_key": "A", "outcome_number": 1, "status": "On track", "evidence_date": days_ago(10)}
    return rows(ALL["core_ehc_outcomes"], **({"due_date": days_ago(-100)} | told | more))


def milestone(**more: Any) -> pl.DataFrame:
    return rows(ALL["core_ehc_milestones"], **(MILESTONE | {"milestone_status": "Under way"} | more))


@pytest.mark.parametrize(
    ("status", "evidence_days", "standing", "reason"),
    [
        ("On track", 0, "ON_TRACK", "SAID"),
        ("On track", 98, "ON_TRACK", "SAID"),
        ("On track", 99, "UNBACKED", "EVIDENCE_OLD"),
        ("On track", -1, "UNBACKED", "NEVER_EVIDENCED"),  # a day in the future is none
        ("On track", None, "UNBACKED", "NEVER_EVIDENCED"),
        ("Met", 900, "MET", "SAID"),
        ("Met", None, "UNBACKED", "NEVER_EVIDENCED"),
        ("Off track", None, "OFF_TRACK", "SAID"),
        ("Not met", 3, "OFF_TRACK", "SAID"),
        ("No evidence", 3, "NO_EVIDENCE", "SAID"),
    ],
)
def test_what_is_said_stands_only_where_the_record_bears_it_out(
    status: str, evidence_days: int | None, standing: str, reason: str
) -> None:
    evidence = None if evidence_days is None else days_ago(evidence_days)
    (found,) = stand(core_ehc_outcomes=outcome(status=status, evidence_date=evidence))
    assert (found["standing"], found["standing_reason"]) == (standing, reason)


@pytest.mark.parametrize(("due_days", "standing"), [(0, "ON_TRACK"), (1, "UNBACKED")])
def test_on_track_ends_with_its_day(due_days: int, standing: str) -> None:
    (found,) = stand(core_ehc_outcomes=outcome(due_date=days_ago(due_days)))
    assert found["standing"] == standing
    assert found["next_step"] == ("SETTLE" if due_days else "SET_MILESTONES")


@pytest.mark.parametrize(
    ("days", "status", "is_overdue"),
    [
        (0, "Under way", False),
        (1, "Under way", True),
        (1, "Not started", True),
        (1, "Met", False),
        (1, "Not met", False),
    ],
)
def test_a_milestone_is_overdue_from_the_day_after_until_it_is_met_or_given_up(
    days: int, status: str, is_overdue: bool
) -> None:
    steps = milestone(target_date=days_ago(days), milestone_status=status)
    (found,) = stand(core_ehc_outcomes=outcome(), core_ehc_milestones=steps)
    assert found["overdue_milestones_count"] == is_overdue
    assert (found["standing_reason"] == "MILESTONE_OVERDUE") is is_overdue
    assert (found["next_step"] == "CHASE_MILESTONE") is is_overdue


def test_a_target_date_before_the_plan_is_told_and_makes_nothing_overdue() -> None:
    steps = milestone(milestone_number=[1, 2], target_date=[BEGAN - dt.timedelta(days=1), BEGAN])
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY),
        "core_ehc_plans": rows(ALL["core_ehc_plans"], plan_key="A", plan_start_date=BEGAN),
        "core_ehc_milestones": steps,
    }
    found = fill_in_turn(STEPS[:1], frames)[STEPS[0]].sort("milestone_number")
    assert found["is_before_plan"].to_list() == [True, False]
    assert found["is_overdue"].to_list() == [False, True]
    assert found["overdue_days"].to_list() == [0, (TODAY - BEGAN).days]


def test_evidence_of_a_milestone_is_evidence_of_its_outcome() -> None:
    steps = milestone(target_date=days_ago(20), milestone_status="Met", evidence_date=days_ago(21))
    (found,) = stand(core_ehc_outcomes=outcome(evidence_date=days_ago(300)), core_ehc_milestones=steps)
    assert (found["standing"], found["evidence_date"], found["met_milestones_count"]) == ("ON_TRACK", days_ago(21), 1)


@pytest.mark.parametrize(
    ("status", "due_days", "is_current"),
    [("Met", 365, True), ("Met", 366, False), ("No evidence", 366, False), ("Off track", 366, True), ("Met", -9, True)],
)
def test_outcomes_of_the_last_year_and_open_ones_are_current(status: str, due_days: int, is_current: bool) -> None:
    (found,) = stand(core_ehc_outcomes=outcome(status=status, due_date=days_ago(due_days)))
    assert found["is_current"] is is_current
    assert is_current or found["next_step"] == "NONE"


REVIEWS = rows(
    ALL["core_ehc_reviews"],
    plan_key="A",
    review_due_date=[dt.date(2024, 10, 1), dt.date(2025, 10, 1), dt.date(2026, 10, 1), dt.date(2027, 10, 1)],
    meeting_date=[dt.date(2024, 9, 20), dt.date(2025, 9, 20), dt.date(2026, 9, 20), days_ago(-1)],
)
EARLIER, LAST = dt.date(2025, 9, 20), dt.date(2026, 9, 20)


@pytest.mark.parametrize(
    ("earlier", "last", "change"),
    [
        ("On track", "Met", "IMPROVED"),
        ("No evidence", "On track", "IMPROVED"),
        ("On track", "On track", "HELD"),
        ("Off track", "No evidence", "HELD"),  # neither shows progress
        ("On track", "No evidence", "WORSE"),
        ("On track", "Not met", "WORSE"),
        ("Met", "Met", "ENDED"),
        ("Not met", None, "ENDED"),
        (None, "On track", None),
    ],
)
def test_change_is_between_the_statuses_of_the_last_two_meetings_held(
    earlier: str | None, last: str | None, change: str | None
) -> None:
    told = outcome(earlier_review_status=earlier, last_review_status=last, set_date=BEGAN)
    (found,) = stand(core_ehc_outcomes=told, core_ehc_reviews=REVIEWS)
    assert found["review_change"] == change
    assert found["change_basis"] == (None if change is None else "RECORDED")


@pytest.mark.parametrize(("set_date", "change"), [(EARLIER, None), (EARLIER + dt.timedelta(days=1), "NEW")])
def test_an_outcome_set_after_the_earlier_meeting_is_new(set_date: dt.date, change: str | None) -> None:
    (found,) = stand(core_ehc_outcomes=outcome(set_date=set_date), core_ehc_reviews=REVIEWS)
    assert (found["review_change"], found["change_basis"]) == (change, None)


@pytest.mark.parametrize(
    ("evidence", "target", "change"),
    [
        (LAST, LAST, "IMPROVED"),  # nothing shown at the earlier meeting, met by the last
        (EARLIER, EARLIER, "ENDED"),
        (LAST + dt.timedelta(days=1), days_ago(0), "HELD"),
    ],
)
def test_where_nothing_was_written_down_the_dates_of_milestones_tell(
    evidence: dt.date, target: dt.date, change: str
) -> None:
    steps = milestone(milestone_status="Met", evidence_date=evidence, target_date=target)
    (found,) = stand(core_ehc_outcomes=outcome(), core_ehc_reviews=REVIEWS, core_ehc_milestones=steps)
    assert (found["review_change"], found["change_basis"]) == (change, "MILESTONES")


def test_a_milestone_that_falls_behind_between_the_meetings_is_worse() -> None:
    steps = milestone(
        milestone_number=[1, 2],
        milestone_status=["Met", "Under way"],
        evidence_date=[EARLIER, None],
        target_date=[EARLIER, LAST - dt.timedelta(days=1)],
    )
    (found,) = stand(core_ehc_outcomes=outcome(), core_ehc_reviews=REVIEWS, core_ehc_milestones=steps)
    assert found["review_change"] == "WORSE"


def test_nothing_is_made_up_where_one_review_was_held_or_a_met_milestone_has_no_day() -> None:
    steps = milestone(milestone_status="Met", target_date=EARLIER)
    (found,) = stand(core_ehc_outcomes=outcome(), core_ehc_reviews=REVIEWS, core_ehc_milestones=steps)
    assert found["review_change"] is None
    told = outcome(earlier_review_status="On track", last_review_status="Met")
    (found,) = stand(core_ehc_outcomes=told, core_ehc_reviews=REVIEWS.head(1))
    assert found["review_change"] is None


def test_two_active_plans_are_both_kept_and_told_and_one_that_ceased_today_is_left_out() -> None:
    plans = rows(
        ALL["core_ehc_plans"],
        plan_key=["A", "B", "C", "D"],
        pupil_key=[pupil(1), pupil(1), pupil(1), pupil(2)],
        plan_start_date=[BEGAN, BEGAN, BEGAN, BEGAN],
        cease_date=[None, days_ago(-1), TODAY, None],
    )
    outcomes = rows(
        ALL["core_ehc_outcomes"], plan_key=["A", "B", "C", "D"], outcome_number=1, due_date=days_ago(-9), status="Met"
    )
    found = stand(core_ehc_plans=plans, core_ehc_outcomes=outcomes)
    assert {row["plan_key"]: row["active_plans_count"] for row in found} == {"A": 2, "B": 2}  # D's pupil is not on roll


def test_from_year_9_an_outcome_without_an_area_of_adulthood_is_to_be_linked() -> None:
    roll = rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn="100001", nc_year="9", sen_provision="K")
    steps = milestone(target_date=days_ago(-9))
    for area, step in ((None, "LINK_ADULTHOOD"), ("Health", "NEXT_MILESTONE")):
        told = outcome(preparation_area=area)
        (found,) = stand(core_ehc_outcomes=told, core_ehc_milestones=steps, model_pupils__on_roll=roll)
        assert (found["next_step"], found["is_from_year_9"], found["has_plan_on_register"]) == (step, True, False)


def rolled(outcomes: pl.DataFrame, plans: int) -> dict[str, dict[str, Any]]:
    roll = rows(
        ALL["model_pupils__on_roll"],
        pupil_key=[pupil(n) for n in range(plans)],
        school_urn="100001",
        sen_provision="E",
    )
    frame = mart_ehc_outcomes__school_frame(outcomes, roll, ["100001", "100002"], TODAY)
    released = release(frame, ALL["mart_ehc_outcomes__school"])
    refuse_unreleased(ALL["mart_ehc_outcomes__school"], released)
    return {row["school_urn"]: row for row in released.to_dicts()}


def outcomes_of(pupils: int, per_pupil: int = 2, **more: Any) -> pl.DataFrame:
    keys = [pupil(n) for n in range(pupils) for _ in range(per_pupil)]
    told = {
        "plan_key": keys,
        "pupil_key": keys,
        "school_urn": "100001",
        "outcome_number": [1 + n % per_pupil for n in range(len(keys))],
        "standing": "ON_TRACK",
        "standing_reason": "SAID",
        "is_current": True,
        "has_plan_on_register": True,
        "evidence_date": days_ago(98),
        "milestones_count": 1,
        "overdue_milestones_count": 0,
    }
    return rows(ALL["model_ehc_outcomes__outcomes"], **(told | more))


def test_the_roll_up_counts_pupils_for_use_and_outcomes_for_standing() -> None:
    half = [n < 20 for n in range(40)]
    frame = outcomes_of(
        20,
        standing=["NO_EVIDENCE" if one else "ON_TRACK" for one in half],
        milestones_count=[1 if one else 0 for one in half],
        overdue_milestones_count=[2 if n < 12 else 0 for n in range(40)],
    )
    row = rolled(frame, 30)["100001"]
    assert (row["ehc_plan_count"], row["with_outcomes_count"], row["with_milestones_count"]) == (30, 20, 10)
    assert (row["with_evidence_rate"], row["tracker_use"]) == (0.67, "PARTLY")
    assert (row["outcomes_count"], row["on_track_outcomes_count"], row["no_evidence_outcomes_count"]) == (40, 20, 20)
    assert row["overdue_milestones_count"] == 24
    assert row["overdue_pupils_count"] is None  # 6 of 10: but for 4


def test_outcomes_of_few_pupils_are_hidden_and_those_of_nearly_all_are_not() -> None:
    few = rolled(outcomes_of(4, 5), 30)["100001"]
    assert few["outcomes_count"] is few["on_track_outcomes_count"] is None
    with_milestones = [n < 40 for n in range(58)]
    partly = {"milestones_count": [int(one) for one in with_milestones],
              "evidence_date": [days_ago(98 if one else 99) for one in with_milestones]}  # fmt: skip
    nearly = rolled(outcomes_of(29, **partly), 30)["100001"]
    assert nearly["with_outcomes_count"] is None
    assert nearly["with_milestones_count"] == 20
    assert nearly["outcomes_count"] == 58


def test_a_part_of_nearly_all_is_hidden_where_it_would_tell_that_they_are_nearly_all() -> None:
    # 29 of 30 have outcomes: hidden. That 29 have milestones would say so all the same.
    row = rolled(outcomes_of(29), 30)["100001"]
    assert row["with_outcomes_count"] is None
    assert row["ehc_plan_count"] is None or row["with_milestones_count"] is None


def test_a_school_without_plans_has_nothing_and_past_outcomes_do_not_count() -> None:
    found = rolled(outcomes_of(20, is_current=[n % 2 == 0 for n in range(40)]), 20)
    assert found["100002"]["outcomes_count"] == found["100002"]["ehc_plan_count"] == 0
    assert found["100001"]["outcomes_count"] == found["TRUST"]["outcomes_count"] == 20


@pytest.mark.parametrize(
    ("pupils", "word"), [(0, "NOT"), (7, "HARDLY"), (8, "PARTLY"), (23, "PARTLY"), (24, "MOSTLY"), (32, "MOSTLY")]
)
def test_the_use_of_milestones_has_a_word(pupils: int, word: str) -> None:
    frame = outcomes_of(32, 1, milestones_count=[1 if n < pupils else 0 for n in range(32)])
    assert rolled(frame, 32)["100001"]["tracker_use"] == word
    assert rolled(outcomes_of(9, 1), 9)["100001"]["tracker_use"] is None


def test_areas_count_the_pupil_in_each_and_adulthood_from_year_9_only() -> None:
    frame = table(
        ALL["model_ehc_outcomes__outcomes"],
        """
        plan_key | pupil_key | outcome_number | area_of_need           | preparation_area | is_from_year_9 | is_current
        A        | P1        | 1              | Cognition and learning | Health           | yes            | yes
        A        | P1        | 2              | Cognition and learning | -                | yes            | yes
        B        | P2        | 1              | -                      | Health           | no             | yes
        B        | P2        | 2              | -                      | -                | no             | no
        """,
        has_plan_on_register=True,
        standing="MET",
    )
    found = mart_ehc_outcomes__area_frame(frame, TODAY)
    counted = found.select("area_kind", "outcome_area", "area_pupils_count", "outcomes_count").rows()
    assert counted == [
        ("ADULTHOOD", "Health", 1, 1),
        ("ADULTHOOD", "Not stated", 1, 1),
        ("NEED", "Cognition and learning", 1, 2),
        ("NEED", "Not stated", 1, 1),
    ]
    assert release(found, ALL["mart_ehc_outcomes__area"])["outcomes_count"].null_count() == 4
