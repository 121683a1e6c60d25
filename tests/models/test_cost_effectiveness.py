"""Cost for each pupil and target met: against hand values, a plain twin, and the limits of METHODS B3."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.cost_effectiveness import tell_options
from models.disclosure import prepare, release
from pipelines.reference_data import cost_ratings
from tests.support.cohorts import TODAY
from tests.support.frames import pupil, rows

COSTS, ESTIMATES = ALL["model_cost_effectiveness__pupils"], ALL["model_impact__estimates"]
OPTIONS, PEOPLE = ALL["model_cost_effectiveness__options"], ALL["model_impact__pupils"]
MART = ALL["mart_cost_effectiveness__option"]


def estimates(**more: Any) -> pl.DataFrame:
    return rows(ESTIMATES, **({"intervention_name": ["Talk"], "assessment_name": None, "costed_count": 20} | more))


def pupils(count: int, **more: Any) -> pl.DataFrame:
    plain = {"group_cost_pence": 40_000, "group_pupils_count": 4, "has_target_group": True, "targets_set_count": 1,
             "targets_scored_count": 1, "targets_met_count": 0}  # fmt: skip
    keys = [pupil(at) for at in range(count)]
    return rows(COSTS, **({"intervention_name": "Talk", "pupil_key": keys} | plain | more))


def tell(costs: pl.DataFrame, **more: Any) -> dict[str, Any]:
    found = tell_options(rows(PEOPLE, pupil_key=["a"]).clear(), estimates(**more), costs, cost_ratings())
    assert find(found, OPTIONS) == []
    (row,) = found.to_dicts()
    return row


def test_cost_for_each_target_met_by_hand() -> None:
    """24 pupils at 100 pounds; 16 of 24 targets scored, 12 met: 2,400 / 12 = 200, 2,400 / (12 + 8) = 120 pounds."""
    row = tell(pupils(24, targets_scored_count=[1] * 16 + [0] * 8, targets_met_count=[1] * 12 + [0] * 12))
    assert (row["targets_cost_pence"], row["targets_scope_count"]) == (240_000, 24)
    assert (row["targets_set_count"], row["targets_met_count"], row["targets_not_scored_count"]) == (24, 12, 8)
    assert (row["cost_per_target_low_pence"], row["cost_per_target_high_pence"]) == (12_000, 20_000)
    assert row["targets_reason"] is None


def test_a_pupil_without_a_target_and_one_who_failed_cost_as_much_as_any_other() -> None:
    with_them = tell(pupils(20, targets_set_count=[1] * 15 + [0] * 5, targets_scored_count=[1] * 15 + [0] * 5,
                            targets_met_count=[1] * 10 + [0] * 10))  # fmt: skip
    assert with_them["targets_cost_pence"] == 200_000
    assert with_them["cost_per_target_high_pence"] == 20_000
    assert with_them["targets_pupils_count"] == 15


def test_groups_that_work_towards_no_target_are_out_of_scope() -> None:
    row = tell(pupils(20, has_target_group=False, targets_set_count=0, targets_scored_count=0))
    assert (row["targets_reason"], row["targets_scope_count"], row["targets_cost_pence"]) == ("NO_TARGETS", 0, None)


@pytest.mark.parametrize(
    ("count", "met", "known", "reason"),
    [
        (9, 9, 9, "FEW_PUPILS"), (20, 9, 20, "FEW_MET"), (20, 10, 20, None), (20, 10, 18, None),
        (20, 10, 17, "NOT_RECORDED"), (20, 10, 0, "NOT_RECORDED"),
    ],
)  # fmt: skip
def test_the_limits_of_a_cost_for_each_target(count: int, met: int, known: int, reason: str | None) -> None:
    costs = pupils(
        count, targets_met_count=[1] * met + [0] * (count - met),
        group_cost_pence=[40_000] * known + [None] * (count - known),
    )  # fmt: skip
    row = tell(costs)
    assert row["targets_reason"] == reason
    assert (row["cost_per_target_high_pence"] is None) == (reason is not None)


@pytest.mark.parametrize(("dearest", "reason"), [(76_000, None), (76_004, "COST_CONCENTRATED")])
def test_no_pupil_has_more_than_half_of_the_cost(dearest: int, reason: str | None) -> None:
    """19 pupils at 10 pounds are 190; one at 190 has exactly half."""
    row = tell(pupils(20, targets_met_count=1, group_cost_pence=[4_000] * 19 + [dearest]))
    assert row["targets_reason"] == reason


def test_nothing_spent_is_no_cost_for_each_target() -> None:
    row = tell(pupils(20, targets_met_count=1, group_cost_pence=0))
    assert (row["targets_reason"], row["cost_per_target_low_pence"]) == ("NOT_RECORDED", None)


@pytest.mark.parametrize(
    ("pence", "word"),
    [(0, "Very low"), (8_000, "Very low"), (8_001, "Low"), (20_000, "Low"), (20_001, "Moderate"), (72_000, "Moderate"),
     (72_001, "High"), (120_000, "High"), (120_001, "Very high")],
)  # fmt: skip
def test_pounds_for_each_pupil_first_then_the_eefs_word(pence: int, word: str) -> None:
    row = tell(pupils(20), cost_to_date_pence=20 * pence)
    assert (row["cost_per_pupil_pence"], row["cost_rating"]) == (pence, word)


def test_a_cost_that_is_not_recorded_has_no_word() -> None:
    row = tell(pupils(20), costed_count=0, cost_to_date_pence=None)
    assert (row["cost_per_pupil_pence"], row["cost_rating"]) == (None, None)


def test_targets_against_a_plain_twin() -> None:
    chance = random.Random(7)
    records = []
    for at in range(400):
        each = chance.randint(0, 3)
        scored = chance.randint(0, each)
        group = (chance.choice([None, 9_000, 20_000, 31_000]), chance.randint(1, 6), chance.random() < 0.8)
        records.append((chance.choice("ABC"), pupil(at), *group, each, scored, chance.randint(0, scored)))
    names = ("intervention_name", "pupil_key", "group_cost_pence", "group_pupils_count", "has_target_group",
             "targets_set_count", "targets_scored_count", "targets_met_count")  # fmt: skip
    columns = {name: list(column) for name, column in zip(names, zip(*records, strict=True), strict=True)}
    found = tell_options(rows(PEOPLE, pupil_key=["a"]).clear(), estimates(intervention_name=["A", "B", "C"]),
                         rows(COSTS, **columns), cost_ratings())  # fmt: skip
    for row in found.to_dicts():
        mine = [record for record in records if record[0] == row["intervention_name"] and record[4]]
        cost = round(sum(record[2] / record[3] for record in mine if record[2] is not None))
        told = [sum(record[at] for record in mine) for at in (5, 6, 7)]
        assert [row[f"targets_{name}_count"] for name in ("set", "scored", "met")] == told
        assert (row["targets_scope_count"], row["targets_cost_pence"]) == (len(mine), cost)
        assert row["targets_met_or_not_scored_count"] == told[2] + told[0] - told[1]


def test_what_is_released_hides_few_targets_as_the_strands_do() -> None:
    """Two of fourteen scored were not met: how many were met would tell, and so would the cost for each."""
    costs = pupils(14, targets_met_count=[1] * 12 + [0] * 2)
    made = tell_options(rows(PEOPLE, pupil_key=["a"]).clear(), estimates(), costs, cost_ratings())
    true = prepare(made.with_columns(proposal=pl.lit("ADAPT"), proposal_rule=pl.lit("LEVEL")), MART, TODAY)
    (row,) = release(true, MART).to_dicts()
    hidden = set(row["hidden_columns"].split(","))
    assert {"targets_met_count", "cost_per_target_high_pence"} <= hidden
    assert row["targets_set_count"] == 14
