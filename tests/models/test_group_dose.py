"""Dose, cost and who started: drawn answers, edges, a plain twin."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import calendar
from tests.support import plain_answers as plain
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
GROUPS = ALL["core_interventions"]
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)


def doses(groups: pl.DataFrame, sessions: pl.DataFrame | None = None, **more: pl.DataFrame) -> dict[str, Any]:
    frames = {"core_run": RUN, "core_half_terms": calendar.half_terms(), "core_interventions": groups, **more}
    if sessions is not None:
        frames["core_intervention_sessions"] = sessions
    found = fill("model_interventions__group_dose", frames)
    return {row["intervention_key"]: row for row in found.to_dicts()}


def test_a_finished_group_was_due_all_that_was_planned_and_costs_what_was_delivered() -> None:
    groups = table(
        GROUPS,
        """
        intervention_key|start_date|end_date  |planned_sessions_count|session_minutes|staff_grade|resource_pence
        A               |2026-01-05|2026-03-13|4                     |30             |TA2        |5000
        """,
    )
    sessions = table(
        ALL["core_intervention_sessions"],
        """
        intervention_key | session_date | is_delivered | session_minutes
        A                | 2026-01-06   | yes          | 30
        A                | 2026-01-13   | no           | 30
        A                | 2026-01-20   | yes          | 45
        """,
    )
    rates = table(
        ALL["core_staff_rates"],
        """
        financial_year | staff_grade | rate_per_hour_pence
        2024           | TA2         | 1800
        2025           | TA2         | 2000
        2026           | TA2         | 9999
        """,
    )
    found = doses(groups, sessions, core_staff_rates=rates)["A"]
    assert (found["due_sessions_count"], found["delivered_sessions_count"]) == (4, 2)
    assert found["delivered_hours"] == 1.25
    assert found["cost_to_date_pence"] == 1.25 * 2000 + 5000
    assert found["planned_cost_pence"] == 4 * 0.5 * 2000 + 5000


def test_a_map_without_sessions_has_no_dose_and_a_grade_without_a_rate_no_cost() -> None:
    groups = table(
        GROUPS,
        """
        intervention_key | start_date | end_date   | planned_sessions_count | staff_grade
        insight          | 2026-01-05 | 2026-03-13 | 10                     | -
        later            | 2027-01-04 | 2027-03-13 | 10                     | TA2
        """,
    )
    found = doses(groups)
    assert found["insight"]["delivered_sessions_count"] is None
    assert found["insight"]["cost_to_date_pence"] is found["insight"]["planned_cost_pence"] is None
    assert found["later"]["due_sessions_count"] == 0


def test_what_was_planned_for_the_holidays_was_due_too() -> None:
    groups = rows(
        GROUPS,
        intervention_key="A",
        start_date=dt.date(2026, 8, 3),
        end_date=dt.date(2026, 8, 14),
        planned_sessions_count=8,
    )
    assert doses(groups)["A"]["due_sessions_count"] == 8


def test_a_running_group_is_due_the_share_of_its_term_days_or_its_dated_sessions_whichever_is_more() -> None:
    start, end = dt.date(2026, 9, 14), dt.date(2026, 12, 11)
    groups = rows(
        GROUPS, intervention_key=["calendar", "dated"], start_date=start, end_date=end, planned_sessions_count=[20, 20]
    )
    sessions = rows(
        ALL["core_intervention_sessions"], intervention_key=["dated"] * 18,
        session_date=[TODAY - dt.timedelta(days=n) for n in range(18)], is_delivered=True,
    )  # fmt: skip
    found = doses(groups, sessions)
    terms = calendar.half_terms().filter(pl.col("half_term") != "Entry").to_dicts()
    days = [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]
    term_days = [day for day in days if any(t["start_date"] <= day <= t["end_date"] for t in terms)]
    gone = sum(day <= TODAY for day in term_days) / len(term_days)
    assert found["calendar"]["due_sessions_count"] == int(20 * gone)
    assert found["dated"]["due_sessions_count"] == 18


DATES = st.dates(dt.date(2025, 9, 1), dt.date(2026, 12, 20))


@st.composite
def _groups(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    count = draw(st.integers(1, 4))
    spans = [sorted(draw(st.tuples(DATES, DATES))) for _ in range(count)]
    groups = rows(
        GROUPS, intervention_key=[f"g{n}" for n in range(count)], start_date=[s[0] for s in spans],
        end_date=[s[1] for s in spans],
        planned_sessions_count=draw(st.lists(st.integers(0, 40), min_size=count, max_size=count)),
        session_minutes=draw(st.lists(st.integers(10, 60), min_size=count, max_size=count)),
        staff_grade=draw(st.lists(st.sampled_from(["TA2", "TA3", None]), min_size=count, max_size=count)),
        resource_pence=draw(st.lists(st.sampled_from([None, 0, 4_999]), min_size=count, max_size=count)),
    )  # fmt: skip
    held = draw(st.lists(st.tuples(st.integers(0, count - 1), DATES), unique=True, max_size=20))
    sessions = rows(
        ALL["core_intervention_sessions"], intervention_key=[f"g{n}" for n, _ in held],
        session_date=[day for _, day in held], session_minutes=[20 + n % 3 for n in range(len(held))],
        is_delivered=draw(st.lists(st.booleans(), min_size=len(held), max_size=len(held))),
    )  # fmt: skip
    rated = [(year, grade) for year in (2024, 2025, 2026) for grade in ("TA2", "TA3") if draw(st.booleans())]
    rates = rows(
        ALL["core_staff_rates"], financial_year=[y for y, _ in rated], staff_grade=[g for _, g in rated],
        rate_per_hour_pence=[1500.0 + 111 * n for n in range(len(rated))],
    )  # fmt: skip
    return groups, sessions, rates


@given(_groups())
@settings(max_examples=15)
def test_dose_and_cost_agree_with_the_plain_twin(drawn: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]) -> None:
    groups, sessions, rates = drawn
    terms = calendar.half_terms().filter(pl.col("half_term") != "Entry").to_dicts()
    found = doses(groups, sessions, core_staff_rates=rates)
    for group in groups.to_dicts():
        told, twin = (
            found[group["intervention_key"]],
            plain.dose_of(group, sessions.to_dicts(), terms, rates.to_dicts(), TODAY),
        )
        assert told["due_sessions_count"] == twin["due"]
        assert told["delivered_sessions_count"] == twin["delivered"]
        for column, name in (("cost_to_date_pence", "spent"), ("planned_cost_pence", "planned")):
            assert (told[column] is None) == (twin[name] is None)
            assert told[column] is None or abs(told[column] - twin[name]) <= 0.5 + 1e-6


def starters(members: str, sessions: str | None = None, groups: str | None = None) -> pl.DataFrame:
    drawn = groups or (
        "intervention_key | intervention_name | start_date | end_date   | assessment_name | subject\n"
        "G1 | Reading | 2026-01-05 | 2026-03-13 | Test | Reading\n"
        "G2 | Reading | 2026-04-13 | 2026-06-19 | Test | Reading"
    )
    frames = {
        "core_run": RUN,
        "core_interventions": table(GROUPS, drawn),
        "core_intervention_pupils": table(ALL["core_intervention_pupils"], members),
    }
    if sessions:
        frames["core_intervention_sessions"] = table(ALL["core_intervention_sessions"], sessions)
    return fill("model_interventions__starters", frames).sort("intervention_key", "pupil_key")


def test_nobody_starts_without_a_session_delivered_to_them() -> None:
    found = starters(
        """
        intervention_key | pupil_key | start_date | end_date   | attended_sessions_count
        G1               | P1        | 2026-01-05 | 2026-03-13 | 2
        G1               | P2        | 2026-01-05 | 2026-03-13 | 0
        G1               | P3        | 2026-01-14 | 2026-03-13 | -
        G1               | P4        | 2026-02-01 | 2026-03-13 | -
        G2               | P1        | 2026-04-13 | 2026-06-19 | -
        G2               | P5        | 2027-04-13 | 2027-06-19 | -
        """,
        """
        intervention_key | session_date | is_delivered
        G1               | 2026-01-06   | no
        G1               | 2026-01-13   | yes
        G1               | 2026-01-20   | yes
        G1               | 2026-02-10   | no
        """,
    )
    told = found.select("intervention_key", "pupil_key", "started_date", "delivered_sessions_count", "start_rank")
    assert told.rows() == [
        ("G1", pupil(1), dt.date(2026, 1, 13), 2, 1),
        ("G1", pupil(3), dt.date(2026, 1, 20), 1, 1),  # joined late: only what was delivered from then on
        ("G2", pupil(1), dt.date(2026, 4, 13), None, 2),  # no sessions recorded: the first day stands for it
    ]
