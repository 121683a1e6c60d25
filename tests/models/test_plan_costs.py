"""What one plan costs, brings in and achieves in a year: drawn answers, edges, a plain twin."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import calendar
from models.funding import funding_rules
from tests.support import plain_answers as plain
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
PLANS = "model_value_for_money__plans"
SCHOOLS = table(
    ALL["core_schools"],
    """
    school_urn | phase   | is_special
    100001     | Primary | no
    100009     | Special | yes
    """,
)
RATES = table(
    ALL["core_staff_rates"],
    """
    financial_year | staff_grade | rate_per_hour_pence
    2025           | TA2         | 2000
    2025           | Therapist   | 6000
    """,
)


def plan_years(**core: pl.DataFrame) -> dict[tuple[str, int], dict[str, Any]]:
    """MODEL_VALUE_FOR_MONEY__PLANS of plan A (mainstream) and B (special), by plan and year."""
    usual = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_half_terms": calendar.half_terms(),
        "core_schools": SCHOOLS,
        "core_funding_rules": funding_rules(),
        "core_staff_rates": RATES,
        "core_ehc_plans": rows(
            ALL["core_ehc_plans"],
            plan_key=["A", "B"],
            pupil_key=[pupil(1), pupil(2)],
            school_urn=["100001", "100009"],
            plan_start_date=dt.date(2024, 1, 8),
        ),
        "core_enrolments": rows(
            ALL["core_enrolments"],
            pupil_key=[pupil(1), pupil(2)],
            school_urn=["100001", "100009"],
            entry_date=dt.date(2023, 9, 4),
        ),
    }
    found = fill_in_turn(["model_ehc_delivery__lines", PLANS], usual | core)[PLANS]
    return {(row["plan_key"], row["academic_year"]): row for row in found.to_dicts()}


LINES = table(
    ALL["core_ehc_provision"],
    """
    plan_key | line_number | academic_year | staff_grade | hours_per_week | weeks_per_year | group_size_count
    A        | 1           | 2025          | TA2         | 10             | 38             | 2
    A        | 2           | 2025          | Therapist   | 0.5            | 30             | 1
    A        | 3           | 2025          | TA2         | 1              | 38             | 1
    A        | 1           | 2026          | TA2         | 10             | 38             | 2
    """,
    fixed_pence=[None, 15_000, None, 8_000],
    planned_sessions_count=[190, 30, 38, 190],
    delivered_sessions_count=[171, 15, None, 40],
)


def test_a_plan_is_priced_line_by_line_and_an_unrecorded_line_adds_nothing_to_date() -> None:
    top_up = table(
        ALL["core_top_up"],
        """
        plan_key | financial_year | top_up_pence
        A        | 2025           | 320000
        """,
    )
    invoices = table(
        ALL["core_costs"],
        """
        cost_key | cost_kind | cost_date  | plan_key | amount_pence
        1        | AGENCY    | 2026-08-31 | A        | 9000
        2        | AGENCY    | 2026-09-01 | A        | 500
        3        | AGENCY    | 2026-11-21 | A        | 700
        4        | AGENCY    | 2026-03-01 | -        | 100000
        """,
    )
    found = plan_years(core_ehc_provision=LINES, core_top_up=top_up, core_costs=invoices)
    year = found["A", 2025]
    # 2000 x 10 x 38 / 2 = 380,000; 6000 x 0.5 x 30 = 90,000 and 15,000 fixed; 2000 x 38 = 76,000
    assert year["full_cost_pence"] == 380_000 + 90_000 + 15_000 + 76_000
    assert year["cost_to_date_pence"] == 342_000 + 45_000 + 15_000 + 9_000
    assert (year["place_funding_pence"], year["top_up_pence"]) == (600_000, 320_000)
    assert year["gap_pence"] == 561_000 - 600_000 - 320_000
    assert (year["lines_count"], year["recorded_lines_count"]) == (3, 2)
    assert (year["due_sessions_count"], year["delivered_sessions_count"]) == (220, 186)
    without = plan_years(core_ehc_provision=LINES)["A", 2026]["cost_to_date_pence"]
    assert found["A", 2026]["cost_to_date_pence"] == without + 500  # not what is invoiced tomorrow


def test_the_running_year_takes_the_last_known_rate_and_the_share_of_the_year_gone() -> None:
    year = plan_years(core_ehc_provision=LINES)["A", 2026]
    terms = (
        calendar.half_terms().filter((pl.col("half_term") != "Entry") & (pl.col("academic_year") == 2026)).to_dicts()
    )
    days = [
        t["start_date"] + dt.timedelta(days=n) for t in terms for n in range((t["end_date"] - t["start_date"]).days + 1)
    ]
    gone = sum(day <= TODAY for day in days) / len(days)
    assert year["full_cost_pence"] == 380_000 + 8_000
    assert year["cost_to_date_pence"] == round(380_000 * 40 / 190 + 8_000 * gone)
    assert year["due_sessions_count"] == pytest.approx(190 * gone)


def test_a_plan_without_lines_or_rates_stays_in_without_a_cost() -> None:
    lines = LINES.with_columns(
        staff_grade=pl.when(pl.col("line_number") == 2).then(pl.lit("SENCO")).otherwise(pl.col("staff_grade"))
    )
    found = plan_years(core_ehc_provision=lines)
    assert found["A", 2025]["full_cost_pence"] is found["A", 2025]["gap_pence"] is None
    assert found["B", 2025]["full_cost_pence"] is None  # on roll with a plan, but nothing written down for it
    assert found["B", 2025]["place_funding_pence"] == 1_000_000


def test_a_special_place_is_funded_as_the_school_is_paid_for_it() -> None:
    paid = table(
        ALL["core_school_funding"],
        """
        school_urn | financial_year | funding_kind | places_count | funding_pence
        100009     | 2025           | PLACE        | 80           | 96000000
        100001     | 2025           | NOTIONAL     | -            | 500000
        """,
    )
    found = plan_years(core_ehc_provision=LINES, core_school_funding=paid)
    assert found["B", 2025]["place_funding_pence"] == 1_200_000
    assert found["A", 2025]["place_funding_pence"] == 600_000


def test_outcomes_count_in_the_year_they_fall_due_and_no_evidence_is_kept_apart() -> None:
    outcomes = table(
        ALL["core_ehc_outcomes"],
        """
        plan_key | outcome_number | due_date   | status
        A        | 1              | 2026-08-31 | Met
        A        | 2              | 2026-07-18 | Not met
        A        | 3              | 2026-03-20 | On track
        A        | 4              | 2026-03-20 | Off track
        A        | 5              | 2025-12-12 | No evidence
        A        | 6              | 2026-09-01 | Met
        A        | 7              | 2026-11-20 | No evidence
        A        | 8              | 2026-11-21 | Met
        """,
    )
    found = plan_years(core_ehc_provision=LINES, core_ehc_outcomes=outcomes)
    names = [f"outcomes_{name}_count" for name in ("due", "met", "not_met", "no_evidence")]
    assert [found["A", 2025][name] for name in names] == [5, 1, 3, 1]
    assert [found["A", 2026][name] for name in names] == [2, 1, 0, 1]


def test_what_fell_due_in_a_year_without_section_f_is_kept_in_without_a_cost() -> None:
    outcomes = table(
        ALL["core_ehc_outcomes"],
        """
        plan_key | outcome_number | due_date   | status
        A        | 1              | 2025-07-18 | Met
        B        | 1              | 2014-07-18 | Met
        C        | 1              | 2026-10-01 | No evidence
        """,
    )
    invoices = table(
        ALL["core_costs"],
        """
        cost_key | cost_kind | cost_date  | plan_key | amount_pence
        1        | AGENCY    | 2024-03-01 | A        | 9000
        2        | AGENCY    | 2026-11-21 | C        | 9000
        """,
    )
    plans = rows(
        ALL["core_ehc_plans"],
        plan_key=["A", "B", "C"],
        pupil_key=[pupil(1), pupil(2), pupil(3)],
        school_urn=["100001", "100009", "100001"],
        plan_start_date=dt.date(2024, 1, 8),
        cease_date=[None, None, dt.date(2026, 7, 20)],
    )
    found = plan_years(
        core_ehc_plans=plans,
        core_ehc_provision=LINES.filter(academic_year=2025),
        core_ehc_outcomes=outcomes,
        core_costs=invoices,
    )
    assert set(found) == {("A", 2023), ("A", 2024), ("A", 2025), ("B", 2013), ("B", 2025), ("C", 2026)}
    for year in (("A", 2023), ("A", 2024), ("B", 2013), ("C", 2026)):
        assert found[year]["full_cost_pence"] is found[year]["cost_to_date_pence"] is found[year]["gap_pence"] is None
    # funding comes with a plan that is there: A was on roll, B had no plan yet, C had ceased
    funding = {year: row["place_funding_pence"] for year, row in found.items()}
    assert (funding["A", 2024], funding["B", 2013], funding["C", 2026]) == (600_000, 0, 0)


@given(st.data())
@settings(max_examples=25)
def test_every_outcome_due_is_in_some_year_of_its_plan(data: st.DataObject) -> None:
    days = st.dates(dt.date(2013, 9, 1), dt.date(2027, 8, 31))
    plans = ["A", "B", "C"]
    numbers = list(range(1, data.draw(st.integers(1, 8)) + 1))
    outcomes = rows(
        ALL["core_ehc_outcomes"],
        plan_key=[data.draw(st.sampled_from(plans)) for _ in numbers],
        outcome_number=numbers,
        due_date=[data.draw(days) for _ in numbers],
        status=[data.draw(st.sampled_from(["Met", "Not met", "No evidence"])) for _ in numbers],
    )
    lines = LINES.filter(pl.col("academic_year").is_in(data.draw(st.sampled_from([[], [2025], [2025, 2026]]))))
    written = rows(
        ALL["core_ehc_plans"],
        plan_key=plans,
        pupil_key=[pupil(n) for n in (1, 2, 3)],
        school_urn=["100001", "100009", "100001"],
        plan_start_date=[data.draw(days) for _ in plans],
        cease_date=[data.draw(st.none() | days) for _ in plans],
    )
    found = plan_years(core_ehc_plans=written, core_ehc_outcomes=outcomes, core_ehc_provision=lines)
    due = outcomes.filter(pl.col("due_date") <= TODAY)
    assert sum(row["outcomes_due_count"] for row in found.values()) == due.height
    assert sum(row["outcomes_met_count"] for row in found.values()) == due.filter(status="Met").height
    kept = {(plan, calendar.academic_year(day)) for plan, day in due.select("plan_key", "due_date").iter_rows()}
    assert kept | set(lines.select("plan_key", "academic_year").iter_rows()) <= set(found)


def test_a_plan_counts_in_the_years_it_was_active_here() -> None:
    plans = rows(
        ALL["core_ehc_plans"],
        plan_key=["before", "ceased", "left", "future"],
        pupil_key=[pupil(n) for n in (1, 2, 3, 4)],
        school_urn="100001",
        plan_start_date=[dt.date(2020, 1, 1), dt.date(2020, 1, 1), dt.date(2020, 1, 1), dt.date(2026, 9, 2)],
        cease_date=[None, dt.date(2026, 8, 31), None, None],
    )
    roll = rows(
        ALL["core_enrolments"],
        pupil_key=[pupil(n) for n in (1, 2, 3, 4)],
        school_urn="100001",
        entry_date=dt.date(2022, 9, 1),
        leaving_date=[None, None, dt.date(2026, 7, 20), None],
    )
    lines = LINES.with_columns(plan_key=pl.lit("before"))
    found = plan_years(core_ehc_plans=plans, core_enrolments=roll, core_ehc_provision=lines)
    assert set(found) == {("before", 2025), ("before", 2026), ("ceased", 2025), ("left", 2025), ("future", 2026)}


@given(st.data())
@settings(max_examples=15)
def test_plan_costs_agree_with_the_plain_twin(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 6))
    lines = rows(
        ALL["core_ehc_provision"],
        plan_key=[data.draw(st.sampled_from(["A", "B"])) for _ in range(count)],
        line_number=list(range(1, count + 1)),
        academic_year=2025,
        staff_grade=[data.draw(st.sampled_from(["TA2", "Therapist"])) for _ in range(count)],
        hours_per_week=[data.draw(st.integers(1, 100)) / 4 for _ in range(count)],
        weeks_per_year=[data.draw(st.integers(1, 39)) for _ in range(count)],
        group_size_count=[data.draw(st.integers(1, 8)) for _ in range(count)],
        fixed_pence=[data.draw(st.sampled_from([None, 0, 24_050])) for _ in range(count)],
        planned_sessions_count=[data.draw(st.integers(1, 190)) for _ in range(count)],
        delivered_sessions_count=[data.draw(st.integers(0, 200)) for _ in range(count)],
    )
    found = plan_years(core_ehc_provision=lines)
    rates = dict(RATES.select("staff_grade", "rate_per_hour_pence").rows())
    for plan in ("A", "B"):
        mine = lines.filter(plan_key=plan).to_dicts()
        year = found[plan, 2025]
        if mine:
            full, spent = plain.plan_cost(mine, rates, 1.0, [])
            assert abs(year["full_cost_pence"] - full) <= 0.5 + 1e-6
            assert abs(year["cost_to_date_pence"] - spent) <= 0.5 + 1e-6
        else:
            assert year["full_cost_pence"] is None
