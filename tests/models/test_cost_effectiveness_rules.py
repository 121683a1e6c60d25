"""The rules of the proposal: each fires where it should, and nothing ever proposes to stop where it must not."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.tables import ALL
from expectations.tables.cost_effectiveness import PROPOSAL_RULES, PROPOSALS
from models.cost_effectiveness_pairs import PRICES_PENCE
from models.cost_effectiveness_rules import RULES, decide, outdone_options, propose
from tests.support.frames import rows

PLAIN: dict[str, Any] = {
    "reason": None, "both_scores_count": 40, "informing_count": 40, "grade": "B", "verdict": "NO_CLEAR_DIFFERENCE",
    "dose_rate": 0.9, "recorded_count": 40, "is_outdone": False, "is_required": False,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "rule", "proposal"),
    [
        ({"reason": "NO_TEST", "grade": "D"}, "NOT_MEASURED", "TOO_EARLY"),
        ({"reason": "NO_SCORES", "grade": "D"}, "NOT_MEASURED", "TOO_EARLY"),
        ({"reason": "NOT_FINISHED", "grade": "D"}, "NOT_FINISHED", "TOO_EARLY"),
        ({"both_scores_count": 9, "verdict": "BEHIND", "grade": "D"}, "FEW_PUPILS", "TOO_EARLY"),
        ({"both_scores_count": 10, "grade": "D"}, "NO_EVIDENCE", "TOO_EARLY"),
        ({"dose_rate": 0.599, "verdict": "BEHIND"}, "LITTLE_DELIVERED", "ADAPT"),
        ({"dose_rate": 0.599, "verdict": "AHEAD"}, "LITTLE_DELIVERED", "ADAPT"),
        ({"dose_rate": 0.6, "verdict": "BEHIND"}, "BEHIND", "STOP"),
        ({"verdict": "BEHIND", "is_required": True}, "BEHIND_REQUIRED", "ADAPT"),
        ({"verdict": "BEHIND", "dose_rate": None}, "BEHIND_NOT_RECORDED", "ADAPT"),
        ({"verdict": "BEHIND", "dose_rate": 0.2, "recorded_count": 9}, "BEHIND_NOT_RECORDED", "ADAPT"),
        ({"verdict": "BEHIND", "informing_count": 19}, "BEHIND_FEW", "ADAPT"),
        ({"verdict": "BEHIND", "grade": "C"}, "BEHIND", "STOP"),
        ({"verdict": "AHEAD"}, "AHEAD", "CONTINUE"),
        ({"verdict": "AHEAD", "is_outdone": True}, "AHEAD_DEARER", "ADAPT"),
        ({"is_outdone": True}, "LEVEL_OUTDONE", "STOP"),
        ({"is_outdone": True, "grade": "C"}, "LEVEL_OUTDONE_WEAK", "ADAPT"),
        ({"is_outdone": True, "is_required": True}, "LEVEL_OUTDONE_WEAK", "ADAPT"),
        ({"is_outdone": True, "dose_rate": None}, "LEVEL_OUTDONE_WEAK", "ADAPT"),
        ({}, "LEVEL", "ADAPT"),
        ({"verdict": "CANNOT_TELL"}, "CANNOT_TELL", "TOO_EARLY"),
    ],
)
def test_each_rule_fires(changed: dict[str, Any], rule: str, proposal: str) -> None:
    found = decide(PLAIN | changed)
    assert (found.code, found.proposal) == (rule, proposal)


def test_every_rule_is_declared_in_its_order() -> None:
    assert tuple(rule.code for rule in RULES) == PROPOSAL_RULES
    assert {rule.proposal for rule in RULES} == set(PROPOSALS)


@given(
    reason=st.sampled_from([None, "NO_TEST", "NOT_FINISHED", "ATTRITION"]), both=st.integers(0, 60),
    informing=st.integers(0, 60), grade=st.sampled_from("ABCD"),
    verdict=st.sampled_from(["AHEAD", "BEHIND", "NO_CLEAR_DIFFERENCE", "CANNOT_TELL"]),
    dose=st.none() | st.floats(0, 1.2), recorded=st.integers(0, 60), outdone=st.booleans(), required=st.booleans(),
)  # fmt: skip
def test_never_stop_where_it_must_not(
    reason: str | None, both: int, informing: int, grade: str, verdict: str, dose: float | None, recorded: int,
    outdone: bool, required: bool,
) -> None:  # fmt: skip
    rule = decide({
        "reason": reason, "both_scores_count": both, "informing_count": informing, "grade": grade, "verdict": verdict,
        "dose_rate": dose, "recorded_count": recorded, "is_outdone": outdone, "is_required": required,
    })  # fmt: skip
    if rule.proposal == "STOP":
        assert grade != "D"
        assert dose is not None
        assert dose >= 0.6
        assert min(both, recorded) >= 10
        assert informing >= 20
        assert not required
        assert verdict in ("BEHIND", "NO_CLEAR_DIFFERENCE")
    if grade == "D":
        assert rule.proposal == "TOO_EARLY"


def _pairs(chance: float | None, price: int = 10_000) -> pl.DataFrame:
    return rows(ALL["model_cost_effectiveness__pairs"], intervention_name=["A"], other_intervention_name="B",
                paid_per_point_pence=price, better_value_rate=chance)  # fmt: skip


@pytest.mark.parametrize(
    ("chance", "ahead", "outdone"),
    [(0.8, "A", {"B"}), (0.79, "A", set()), (0.2, "B", {"A"}), (0.21, "B", set()), (0.9, "B", set()),
     (None, "A", set())],
)  # fmt: skip
def test_outdone_is_who_stands_beside_one_ahead_and_likely_better_value(
    chance: float | None, ahead: str, outdone: set[str]
) -> None:
    estimates = rows(ALL["model_impact__estimates"], intervention_name=["A", "B"],
                     verdict=["AHEAD" if name == ahead else "CANNOT_TELL" for name in "AB"])  # fmt: skip
    assert outdone_options(_pairs(chance), estimates) == outdone
    assert outdone_options(_pairs(chance, PRICES_PENCE[-1]), estimates) == set()


def test_a_plan_that_names_it_keeps_it() -> None:
    estimates = rows(ALL["model_impact__estimates"], intervention_name=["A", "B"], **PLAIN_COLUMNS)
    options = rows(ALL["model_cost_effectiveness__options"], intervention_name=["A", "B"])
    required = rows(ALL["model_cost_effectiveness__required"], intervention_name=["A", "B"], is_required=[True, False])
    found = propose(options, _pairs(None), required, estimates)
    assert found["proposal_rule"].to_list() == ["BEHIND_REQUIRED", "BEHIND"]
    assert found["proposal"].to_list() == ["ADAPT", "STOP"]


PLAIN_COLUMNS = {
    name: value for name, value in (PLAIN | {"verdict": "BEHIND"}).items() if not name.startswith("is_")
}  # fmt: skip
