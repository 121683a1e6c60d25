"""Section F promised and delivered: the line at its thresholds, odd input, a plain twin, one truth with the costs."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import calendar
from models.disclosure import prepare, refuse_unreleased, release
from models.ehc_delivery import mart_ehc_delivery__school_frame, mart_ehc_delivery__type_frame
from models.funding import funding_rules
from models.value_for_money import roll_up
from tests.support.filling import fill, fill_in_turn
from tests.support.frames import pupil, rows

TODAY = dt.date(2026, 11, 20)
LINES, PLANS = "model_ehc_delivery__lines", "model_value_for_money__plans"
SCHOOL, TYPE = ALL["mart_ehc_delivery__school"], ALL["mart_ehc_delivery__type"]


def provision(**more: Any) -> pl.DataFrame:
    """Lines of plan A in the year before the running one, whose whole plan is due: what is due is what is planned."""
    told = {"plan_key": "A", "line_number": 1, "academic_year": 2025, "staff_grade": "TA2", "hours_per_week": 2.0}
    return rows(ALL["core_ehc_provision"], **(told | {"weeks_per_year": 30.0, "planned_sessions_count": 60} | more))


def lines(provided: pl.DataFrame, day: dt.date = TODAY) -> list[dict[str, Any]]:
    frames = {
        "core_run": rows(ALL["core_run"], data_date=day),
        "core_half_terms": calendar.half_terms(),
        "core_ehc_plans": rows(ALL["core_ehc_plans"], plan_key="A", pupil_key=pupil(1)),
        "core_ehc_provision": provided,
    }
    return fill(LINES, frames).sort("line_number", "academic_year").to_dicts()


@pytest.mark.parametrize(
    ("planned", "delivered", "state", "missing"),
    [
        (60, 54, "ON_PLAN", 6),  # 90% exactly is not behind
        (60, 53, "BEHIND", 7),
        (60, 0, "BEHIND", 60),
        (60, 60, "ON_PLAN", 0),
        (60, 61, "ABOVE_PLAN", 0),
        (60, None, "NOT_RECORDED", None),
        (0, 0, "NOTHING_PLANNED", 0),
        (0, 5, "NOTHING_PLANNED", 0),
        (0, None, "NOTHING_PLANNED", None),
    ],
)
def test_a_line_is_behind_below_nine_tenths_and_what_is_ahead_lacks_nothing(
    planned: int, delivered: int | None, state: str, missing: int | None
) -> None:
    (found,) = lines(provision(planned_sessions_count=planned, delivered_sessions_count=delivered))
    assert (found["delivery_state"], found["shortfall_sessions_count"]) == (state, missing)
    assert (found["promised_hours"], found["due_hours"]) == (60.0, 60.0)
    hours = None if delivered is None or planned == 0 else delivered / planned * 60
    assert found["delivered_hours"] == (None if hours is None else pytest.approx(hours))
    assert found["shortfall_hours"] == (None if hours is None else pytest.approx(max(0, 60 - hours)))


def test_what_is_due_follows_the_days_in_term_and_a_part_of_a_session_is_not_missing() -> None:
    terms = calendar.half_terms().filter((pl.col("half_term") != "Entry") & (pl.col("academic_year") == 2026))
    spans = terms.select("start_date", "end_date").rows()
    gone = sum(max(0, (min(end, TODAY) - start).days + 1) for start, end in spans)
    elapsed = gone / sum((end - start).days + 1 for start, end in spans)
    due = 30 * elapsed
    assert not due.is_integer()
    for delivered in range(9):
        (found,) = lines(provision(academic_year=2026, planned_sessions_count=30, delivered_sessions_count=delivered))
        assert found["due_sessions_count"] == pytest.approx(due)
        assert found["shortfall_sessions_count"] == max(0, math.floor(due - delivered))
        assert (found["delivery_state"] == "BEHIND") is (delivered <= due - 1 and delivered < 0.9 * due)


def test_on_the_day_before_term_nothing_is_due() -> None:
    (found,) = lines(provision(academic_year=2026, delivered_sessions_count=0), dt.date(2026, 8, 31))
    assert (found["due_sessions_count"], found["delivery_state"], found["shortfall_sessions_count"]) == (
        0,
        "ON_PLAN",
        0,
    )


@pytest.mark.parametrize(
    ("grade", "words", "group", "is_specialist"),
    [
        ("Therapist", "Speech and Language Therapy", "SPEECH_LANGUAGE", True),
        ("TA2", "Speech and language programme", "OTHER_SUPPORT", False),
        ("Therapist", "OCCUPATIONAL therapy", "OCCUPATIONAL_THERAPY", True),
        ("Therapist", "Physio", "PHYSIOTHERAPY", True),
        ("Therapist", "Educational psychologist", "OTHER_SPECIALIST", True),
        ("Specialist teacher", "Teacher of the deaf", "SPECIALIST_TEACHING", True),
        ("Teacher", "Specialist class teaching", "CLASS_SUPPORT", False),
        ("TA3", "Small group teaching", "SMALL_GROUP", False),
        ("HLTA", "Mentoring in a group", "MENTORING", False),
    ],
)
def test_a_specialists_visit_is_told_by_the_grade_of_the_adult(
    grade: str, words: str, group: str, is_specialist: bool
) -> None:
    (found,) = lines(provision(staff_grade=grade, provision_type=words))
    assert (found["provision_group"], found["is_specialist"]) == (group, is_specialist)


def test_behind_since_is_the_first_year_of_the_run_and_a_year_without_the_line_ends_it() -> None:
    provided = provision(
        line_number=[1, 1, 1, 1, 2, 2],
        academic_year=[2022, 2023, 2024, 2025, 2023, 2025],
        delivered_sessions_count=[0, 60, 10, 20, 0, 0],
    )
    found = {(row["line_number"], row["academic_year"]): row["behind_since_year"] for row in lines(provided)}
    assert found == {
        (1, 2022): 2022,
        (1, 2023): None,
        (1, 2024): 2024,
        (1, 2025): 2024,
        (2, 2023): 2023,
        (2, 2025): 2025,
    }


@given(st.data())
@settings(max_examples=20)
def test_lines_agree_with_the_plain_twin(data: st.DataObject) -> None:
    years = data.draw(st.lists(st.integers(2020, 2025), min_size=1, max_size=6, unique=True))
    planned = [data.draw(st.integers(0, 200)) for _ in years]
    delivered = [data.draw(st.none() | st.integers(0, 220)) for _ in years]
    provided = provision(academic_year=years, planned_sessions_count=planned, delivered_sessions_count=delivered)
    found = {row["academic_year"]: row for row in lines(provided)}
    told = {year: (p, d) for year, p, d in zip(years, planned, delivered, strict=True)}
    behind = {year for year, (p, d) in told.items() if d is not None and p - d >= 1 and 10 * d < 9 * p}
    for year, row in found.items():
        since = year
        while since - 1 in behind:
            since -= 1
        assert row["behind_since_year"] == (since if year in behind else None)
        p, d = told[year]
        assert row["shortfall_sessions_count"] == (None if d is None else max(0, p - d))


def model_lines(count: int, **more: Any) -> pl.DataFrame:
    """One line each of ``count`` plans: ten sessions due, nine of them delivered."""
    told = {
        "plan_key": [f"p{n}" for n in range(count)],
        "pupil_key": [pupil(n) for n in range(count)],
        "school_urn": "100001",
        "academic_year": 2026,
        "provision_group": "SPEECH_LANGUAGE",
        "is_specialist": True,
        "due_sessions_count": 10.0,
        "delivered_sessions_count": 9,
        "promised_hours": 40.0,
        "due_hours": 10.0,
        "delivered_hours": 9.0,
        "shortfall_hours": 1.0,
        "delivery_state": "ON_PLAN",
    }
    return rows(ALL[LINES], **(told | more))


def released(given_lines: pl.DataFrame) -> dict[tuple[str, int], dict[str, Any]]:
    plans = rows(
        ALL[PLANS],
        plan_key=given_lines["plan_key"].to_list(),
        school_urn=given_lines["school_urn"].to_list(),
        academic_year=given_lines["academic_year"].to_list(),
    )
    shown = release(mart_ehc_delivery__school_frame(given_lines, plans, TODAY), SCHOOL)
    refuse_unreleased(SCHOOL, shown)
    return {(row["school_urn"], row["academic_year"]): row for row in shown.to_dicts()}


def test_extra_sessions_of_one_line_make_up_for_none_of_another() -> None:
    half = [n < 10 for n in range(20)]
    found = released(
        model_lines(
            20,
            is_specialist=half,
            delivered_sessions_count=[4 if one else 14 for one in half],
            delivered_hours=[4.0 if one else 14.0 for one in half],
            shortfall_hours=[6.0 if one else 0.0 for one in half],
            delivery_state=["BEHIND" if one else "ABOVE_PLAN" for one in half],
        )
    )["100001", 2026]
    assert (found["delivered_rate"], found["support_delivered_rate"], found["specialist_delivered_rate"]) == (
        0.9,
        1.4,
        0.4,
    )
    assert (found["due_hours"], found["delivered_hours"], found["shortfall_hours"]) == (200, 180, 60)
    assert (found["behind_plans_count"], found["behind_since_year"]) == (10, None)
    assert found["specialist_behind_since_year"] == 2026


def test_fewer_than_ten_plans_show_no_share_and_unrecorded_lines_no_hours() -> None:
    found = released(model_lines(9))["100001", 2026]
    assert found["delivered_rate"] is found["shortfall_hours"] is None
    assert "delivered_rate" in found["hidden_columns"]
    unrecorded = released(model_lines(12, delivered_sessions_count=None, delivered_hours=None, shortfall_hours=None))
    assert unrecorded["100001", 2026]["delivered_rate"] is unrecorded["100001", 2026]["due_hours"] is None
    assert unrecorded["100001", 2026]["promised_hours"] == 480


@pytest.mark.parametrize(("middle", "since"), [(8, 2024), (9, 2026)])
def test_a_share_is_low_since_the_first_year_of_the_unbroken_run(middle: int, since: int) -> None:
    years = [2024, 2025, 2026]
    done = {2024: 5, 2025: middle, 2026: 8}
    all_lines = pl.concat(model_lines(12, academic_year=year, delivered_sessions_count=done[year]) for year in years)
    found = released(all_lines)
    assert found["TRUST", 2026]["behind_since_year"] == since
    (kind,) = mart_ehc_delivery__type_frame(all_lines, TODAY, 2026).to_dicts()
    assert (kind["behind_since_year"], kind["recorded_since_year"], kind["type_plans_count"]) == (since, 2024, 12)


def test_since_when_is_hidden_with_the_share_it_tells_of() -> None:
    few = [n < 9 for n in range(20)]
    school = [model_lines(20, is_specialist=few), model_lines(20, plan_key=[f"q{n}" for n in range(20)])]
    other = school[1].with_columns(school_urn=pl.lit("100002"), delivered_sessions_count=pl.lit(5, pl.Int64))
    row = released(pl.concat([school[0], other]))["100002", 2026]
    assert row["specialist_delivered_rate"] is row["specialist_behind_since_year"] is None  # so that nine do not follow
    assert row["behind_since_year"] == 2026


def test_kinds_of_provision_are_released_for_the_trust_with_ten_plans_or_more() -> None:
    few = model_lines(9, provision_group="MENTORING", is_specialist=False)
    both = pl.concat([model_lines(12), few])
    shown = release(mart_ehc_delivery__type_frame(both, TODAY, 2026), TYPE)
    refuse_unreleased(TYPE, shown)
    found = {row["provision_group"]: row for row in shown.to_dicts()}
    assert found["MENTORING"]["delivered_rate"] is None
    assert found["SPEECH_LANGUAGE"]["type_plans_count"] in (12, None)


def test_the_share_delivered_is_that_of_value_for_money() -> None:
    """One truth: the same plans and the same share on both pages, recorded lines and others, ahead and behind."""
    count, planned = 15, 38
    provided = rows(
        ALL["core_ehc_provision"],
        plan_key=[f"p{n % count}" for n in range(3 * count)],
        line_number=[1 + n // count for n in range(3 * count)],
        academic_year=[2026 if n % 2 else 2025 for n in range(3 * count)],
        planned_sessions_count=planned,
        delivered_sessions_count=[None if n % 5 == 0 else n % 13 for n in range(3 * count)],
    )
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_half_terms": calendar.half_terms(),
        "core_schools": rows(ALL["core_schools"], school_urn="100001", is_special=False),
        "core_funding_rules": funding_rules(),
        "core_ehc_provision": provided,
        "core_ehc_plans": rows(
            ALL["core_ehc_plans"],
            plan_key=[f"p{n}" for n in range(count)],
            pupil_key=[pupil(n) for n in range(count)],
            school_urn="100001",
        ),
        "core_enrolments": rows(
            ALL["core_enrolments"], pupil_key=[pupil(n) for n in range(count)], school_urn="100001"
        ),
    }
    made = fill_in_turn([LINES, PLANS], frames)
    mine = release(mart_ehc_delivery__school_frame(made[LINES], made[PLANS], TODAY), SCHOOL)
    money = ALL["mart_value_for_money__school"]
    theirs = release(prepare(roll_up(made[PLANS]), money, TODAY), money)
    both = ["school_urn", "academic_year", "plans_count", "delivered_rate"]
    assert mine.select(both).equals(theirs.select(both))
    assert mine["delivered_rate"].null_count() == 0


def test_a_plan_is_on_the_list_until_the_day_before_it_ceases() -> None:
    plans = ["A", "B", "C"]
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=pupil(1)),
        "model_pupils__on_roll": rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1)),
        "core_ehc_plans": rows(
            ALL["core_ehc_plans"], plan_key=plans, pupil_key=pupil(1), plan_start_date=dt.date(2024, 1, 8),
            cease_date=[None, TODAY + dt.timedelta(1), TODAY],
        ),
        LINES: rows(ALL[LINES], plan_key=plans, pupil_key=pupil(1), academic_year=2026),
    }  # fmt: skip
    assert sorted(fill("mart_ehc_delivery__line", frames)["plan_key"]) == ["A", "B"]
