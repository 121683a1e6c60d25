"""Hours by grade and what-if: hand answers, a range whose ends are in order, section F left alone, no single person."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models.calendar import half_terms
from models.money_staffing import deploy, what_if
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)


def scenarios(
    sizes: list[int], *, schools: list[str] | None = None, delivered: int | None = 10, staff: int = 5, bound: int = 0
) -> dict[tuple[int, float], dict[str, Any]]:
    """Groups of 20 half hours at 20 pounds an hour, ten due so far; ``bound`` of them have a pupil with a plan."""
    keys = [f"g{n}" for n in range(len(sizes))]
    urns = schools or ["100001"] * len(sizes)
    dose = rows(
        ALL["model_interventions__group_dose"], intervention_key=keys, school_urn=urns, intervention_name="Steps",
        start_date=dt.date(2026, 9, 14), end_date=dt.date(2026, 12, 11), pupils_count=sizes, planned_sessions_count=20,
        due_sessions_count=10, delivered_sessions_count=delivered, planned_cost_pence=20_500,
    )  # fmt: skip
    groups = rows(
        ALL["core_interventions"], intervention_key=keys, school_urn=urns, staff_grade="TA2", session_minutes=30,
        resource_pence=500, start_date=dt.date(2026, 9, 14), end_date=dt.date(2026, 12, 11),
    )  # fmt: skip
    members = rows(
        ALL["core_intervention_pupils"], intervention_key=keys, pupil_key=[pupil(n) for n in range(len(keys))]
    )
    plans = [pupil(n) for n in range(bound)]
    found = what_if(
        dose, groups, members,
        rows(ALL["core_ehc_provision"], plan_key=plans, academic_year=2026),
        rows(ALL["core_ehc_plans"], plan_key=plans, pupil_key=plans),
        rows(ALL["core_support_staff"], school_urn=sorted(set(urns)), financial_year=2026, staff_grade="TA2",
             staff_count=staff),
        RUN,
    )  # fmt: skip
    assert find(found, ALL["mart_money__what_if"]) == []
    return {(row["group_size_change"], row["hours_change_rate"]): row for row in found.to_dicts()}


def test_groups_one_larger_free_hours_between_none_and_the_perfect_fit() -> None:
    row = scenarios([4, 4, 4, 4])[1, 0.0]
    # 40 hours for 16 pupils in fours; in fives a fifth less, and whole groups of five are still four groups.
    assert (row["change_low_hours"], row["change_high_hours"]) == (-8.0, 0.0)
    assert (row["cost_change_low_pence"], row["cost_change_high_pence"]) == (-16_000, 0)
    five = scenarios([4, 4, 4, 4, 4])[1, 0.0]
    assert (five["change_low_hours"], five["change_high_hours"]) == (-10.0, -10.0)  # twenty pupils: four whole fives


def test_smaller_groups_cost_more_and_a_tenth_is_a_tenth() -> None:
    found = scenarios([4, 4, 4, 4], delivered=5)
    # Threes: 16 pupils in 5 1/3 groups, or 6 whole ones; half of what was due took place, so half of it at the low end.
    assert found[-1, 0.0]["change_low_hours"] == pytest.approx(40 / 2 / 3, abs=0.05)
    assert found[-1, 0.0]["change_high_hours"] == pytest.approx(20.0, abs=0.05)
    assert (found[0, 0.1]["change_low_hours"], found[0, 0.1]["change_high_hours"]) == (2.0, 4.0)
    assert found[0, 0.0]["change_low_hours"] == found[0, 0.0]["cost_change_high_pence"] == 0


def test_what_a_plan_requires_and_pupils_taught_alone_are_left_as_they_are() -> None:
    row = scenarios([4, 4, 1, 5], bound=1)[1, 0.1]
    assert (row["groups_count"], row["kept_groups_count"]) == (2, 2)
    only = scenarios([1, 1, 1])[-1, -0.1]
    assert (only["groups_count"], only["change_low_hours"], only["has_three_staff"]) == (0, None, False)


@pytest.mark.parametrize(("staff", "is_told"), [(3, True), (2, False)])
def test_no_figure_for_fewer_than_three_staff(staff: int, is_told: bool) -> None:
    row = scenarios([4, 4, 4], staff=staff)[1, 0.0]
    assert row["has_three_staff"] is is_told
    assert (row["change_low_hours"] is not None) is is_told


@settings(max_examples=25, deadline=None)
@given(sizes=st.lists(st.integers(2, 12), min_size=1, max_size=9), given_count=st.integers(0, 10))
def test_the_lower_end_is_never_above_the_upper(sizes: list[int], given_count: int) -> None:
    found = scenarios(sizes, delivered=given_count)
    for (size, _), row in found.items():
        assert row["change_low_hours"] <= row["change_high_hours"]
        assert row["cost_change_low_pence"] <= row["cost_change_high_pence"]
        if size == 0 and row["hours_change_rate"] == 0:
            assert row["change_low_hours"] == row["change_high_hours"] == 0


def test_an_adults_hour_counts_once_however_many_share_it() -> None:
    lines = table(
        ALL["core_ehc_provision"],
        """
        plan_key | line_number | academic_year | school_urn | staff_grade | hours_per_week | weeks_per_year | group_size_count
        A        | 1           | 2025          | 100001     | TA2         | 10             | 38             | 2
        B        | 1           | 2025          | 100001     | TA2         | 10             | 38             | 2
        C        | 1           | 2025          | 100001     | TA2         | 1              | 38             | 1
        """,  # noqa: E501
        planned_sessions_count=[190, 190, 38], delivered_sessions_count=[171, 171, None], fixed_pence=None,
    )  # fmt: skip
    staff = rows(ALL["core_support_staff"], school_urn="100001", financial_year=2025, staff_grade=["TA2", "HLTA"],
                 staff_count=[3, 2], weekly_contracted_hours=[25.0, 10.0])  # fmt: skip
    plans = rows(ALL["core_ehc_plans"], plan_key=["A", "B", "C"], pupil_key=[pupil(n) for n in range(3)])
    made = fill_in_turn(["model_ehc_delivery__lines", "model_money__staff_hours"], {
        "core_run": RUN, "core_half_terms": half_terms(), "core_ehc_provision": lines, "core_ehc_plans": plans,
        "core_support_staff": staff,
    })  # fmt: skip
    found = made["model_money__staff_hours"]
    hours = {row["staff_grade"]: row for row in found.to_dicts()}
    assert (hours["TA2"]["planned_hours"], hours["TA2"]["due_hours"]) == (380 + 38, 380)
    assert hours["TA2"]["given_hours"] == pytest.approx(342)
    shown = {row["staff_grade"]: row for row in deploy(found).to_dicts()}
    assert (shown["TA2"]["need_met_rate"], shown["TA2"]["weekly_planned_hours"]) == (0.9, 11.0)
    assert (shown["HLTA"]["has_three_staff"], shown["HLTA"]["weekly_contracted_hours"]) == (False, None)


def test_a_school_and_grade_without_a_headcount_tells_no_hours() -> None:
    found = deploy(rows(ALL["model_money__staff_hours"], staff_count=None, due_hours=10.0, given_hours=9.0))
    assert found.select(pl.col("need_met_rate", "due_hours", "given_hours").is_null().all()).row(0) == (
        True,
        True,
        True,
    )
