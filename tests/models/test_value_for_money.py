"""What plans cost and achieve: the edges of a cost per outcome, a plain twin, what passes the door."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models.disclosure import prepare, refuse_unreleased, release
from models.value_for_money import roll_up
from tests.support import plain_answers as plain
from tests.support.frames import pupil, rows

TODAY = dt.date(2026, 11, 20)
PLANS, SCHOOL, MART = (
    ALL[name]
    for name in ("model_value_for_money__plans", "model_value_for_money__school", "mart_value_for_money__school")
)


def plans_of(count: int, *, met: int = 20, largest: int | None = None, **more: Any) -> pl.DataFrame:
    """``count`` plans that cost 1,000 pounds each; ``met`` outcomes met, five not, four without evidence."""
    cost = [100_000] * count
    if largest is not None:
        cost[0] = largest
    spread = [met // count + (n < met % count) for n in range(count)]
    not_met, unknown = ([1 if n < few else 0 for n in range(count)] for few in (5, 4))
    told = {
        "plan_key": [f"p{n}" for n in range(count)],
        "pupil_key": [pupil(n) for n in range(count)],
        "academic_year": 2025,
        "full_cost_pence": 120_000,
        "cost_to_date_pence": cost,
        "place_funding_pence": 60_000,
        "top_up_pence": 30_000,
        "gap_pence": 30_000,
        "lines_count": 10,
        "recorded_lines_count": 9,
        "due_sessions_count": 100.0,
        "delivered_sessions_count": 80,
        "outcomes_met_count": spread,
        "outcomes_not_met_count": not_met,
        "outcomes_no_evidence_count": unknown,
        "outcomes_due_count": [sum(parts) for parts in zip(spread, not_met, unknown, strict=True)],
    }
    return rows(PLANS, **(told | more))


def rolled(plans: pl.DataFrame, school: str = "TRUST") -> dict[str, Any]:
    found = roll_up(plans)
    assert find(found, SCHOOL) == []
    return found.filter(school_urn=school).to_dicts()[0]


def test_cost_per_outcome_is_given_with_both_bounds() -> None:
    found = rolled(plans_of(20))
    assert (found["plans_count"], found["outcomes_met_count"], found["outcomes_met_or_no_evidence_count"]) == (
        20,
        20,
        24,
    )
    assert found["cost_to_date_pence"] == 2_000_000
    assert (found["cost_per_outcome_low_pence"], found["cost_per_outcome_high_pence"]) == (83_333, 100_000)
    assert (found["delivered_rate"], found["recorded_rate"], found["reason"]) == (0.8, 0.9, None)
    assert (found["gap_pence"], found["gap_plans_count"], found["funding_pence"]) == (600_000, 20, 1_800_000)


@pytest.mark.parametrize(
    ("plans", "reason"),
    [
        (plans_of(10, met=10), None),
        (plans_of(9, met=10), "FEW_PLANS"),
        (plans_of(10, met=9), "FEW_MET"),
        (plans_of(11, largest=1_000_000), None),  # exactly half
        (plans_of(11, largest=1_000_001), "COST_CONCENTRATED"),
        (plans_of(10, recorded_lines_count=[8] + [9] * 9), "NOT_RECORDED"),
        (plans_of(10, cost_to_date_pence=[None] + [100_000] * 9), None),  # one in ten not costed
        (plans_of(11, cost_to_date_pence=[None] * 2 + [100_000] * 9), "NOT_RECORDED"),
        (plans_of(10, cost_to_date_pence=0), "NOT_RECORDED"),
    ],
)
def test_a_cost_per_outcome_is_withheld_at_the_edge_of_each_rule(plans: pl.DataFrame, reason: str | None) -> None:
    found = rolled(plans)
    assert found["reason"] == reason
    assert (found["cost_per_outcome_low_pence"] is None) is (reason is not None)
    assert (found["cost_per_outcome_high_pence"] is None) is (reason is not None)


def test_a_rate_that_rests_on_few_plans_is_hidden_although_the_school_has_many() -> None:
    few, many = [80.0] * 9 + [0.0] * 6, [80.0] * 10 + [0.0] * 5
    for due, is_hidden in ((few, True), (many, False)):
        found = roll_up(plans_of(15, due_sessions_count=due, lines_count=[int(n > 0) for n in due],
                                 recorded_lines_count=[int(n > 0) for n in due]))  # fmt: skip
        shown = release(prepare(found, MART, TODAY), MART)
        assert shown["plans_count"].to_list() == [15, 15]
        assert (shown["delivered_rate"].null_count() > 0, shown["recorded_rate"].null_count() > 0) == (is_hidden,) * 2
        refuse_unreleased(MART, shown)


def test_gaps_are_never_netted() -> None:
    found = rolled(plans_of(20, gap_pence=[50_000] * 10 + [-80_000] * 10))
    assert (found["gap_pence"], found["gap_plans_count"]) == (500_000, 10)


def test_the_largest_contributions_are_of_pupils_not_of_plans() -> None:
    plans = plans_of(12).with_columns(
        pupil_key=pl.when(pl.col("plan_key").is_in(["p0", "p1", "p2"])).then(pl.lit(pupil(0))).otherwise("pupil_key")
    )
    found = rolled(plans)
    assert (found["cost_to_date_largest_pence"], found["cost_to_date_second_pence"]) == (300_000, 100_000)


@st.composite
def _plans(draw: st.DrawFn) -> pl.DataFrame:
    count = draw(st.integers(1, 25))
    met = [draw(st.integers(0, 4)) for _ in range(count)]
    unknown = [draw(st.integers(0, 2)) for _ in range(count)]
    return plans_of(
        count,
        school_urn=[draw(st.sampled_from(["100001", "100002"])) for _ in range(count)],
        academic_year=[draw(st.sampled_from([2024, 2025])) for _ in range(count)],
        pupil_key=[pupil(draw(st.integers(0, 15))) for _ in range(count)],
        full_cost_pence=[draw(st.one_of(st.none(), st.integers(0, 10**6))) for _ in range(count)],
        cost_to_date_pence=[draw(st.one_of(st.none(), st.integers(0, 10**6))) for _ in range(count)],
        gap_pence=[draw(st.one_of(st.none(), st.integers(-(10**6), 10**6))) for _ in range(count)],
        outcomes_met_count=met,
        outcomes_no_evidence_count=unknown,
        outcomes_not_met_count=0,
        outcomes_due_count=[a + b for a, b in zip(met, unknown, strict=True)],
    )


@given(_plans())
@settings(max_examples=30)
def test_sums_agree_with_the_plain_twin_and_pass_the_door(plans: pl.DataFrame) -> None:
    found = roll_up(plans)
    told = {
        (row["school_urn"], row["academic_year"]): {
            "plans": row["plans_count"],
            "uncosted": row["uncosted_plans_count"],
            "gap_plans": row["gap_plans_count"],
            "cost": row["cost_to_date_pence"],
            "gap": row["gap_pence"],
            "met": row["outcomes_met_count"],
            "largest": row["cost_to_date_largest_pence"],
            "second": row["cost_to_date_second_pence"],
        }
        for row in found.to_dicts()
    }
    assert told == plain.school_money(plans.to_dicts())
    assert roll_up(plans.sample(fraction=1, shuffle=True, seed=3)).equals(found)
    assert roll_up(pl.concat([plans, plans])).equals(found)
    released = release(prepare(found, MART, TODAY), MART)
    refuse_unreleased(MART, released)
    assert not any("largest" in name or "second" in name for name in released.columns)
    for row in released.to_dicts():
        # what is shown never gives a hidden number of outcomes away by division
        if row["cost_per_outcome_low_pence"] is not None:
            assert row["outcomes_met_or_no_evidence_count"] is not None
            assert row["cost_to_date_pence"] is not None
        if row["cost_per_outcome_high_pence"] is not None:
            assert row["outcomes_met_count"] is not None
            assert row["cost_to_date_pence"] is not None


def test_a_small_school_shows_no_money() -> None:
    released = release(prepare(roll_up(plans_of(9)), MART, TODAY), MART)
    money = [name for name in released.columns if name.endswith("_pence")]
    assert released.select(money).null_count().row(0) == tuple([released.height] * len(money))
