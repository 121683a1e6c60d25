"""What is asked of the trust on value for money: each trigger at its threshold, and nothing of a school."""

from __future__ import annotations

import polars as pl
import pytest

from expectations.tables import ALL
from expectations.vocabulary import TRUST
from models.questions_cost_effectiveness import TRIGGERS, ask_of_cost_effectiveness
from tests.support.frames import rows

OPTION, PAIR = ALL["mart_cost_effectiveness__option"], ALL["mart_cost_effectiveness__pair"]


def options(**more: object) -> pl.DataFrame:
    return rows(OPTION, **({"intervention_name": ["A", "B", "C"], "proposal": ["STOP", "ADAPT", "CONTINUE"],
                            "proposal_rule": "LEVEL", "costed_count": [20, 30, None],
                            "cost_to_date_pence": [None, 500, 900]} | more))  # fmt: skip


def pairs(*chances: float | None) -> pl.DataFrame:
    others = [f"B{at}" for at in range(len(chances))]
    return rows(PAIR, intervention_name="A", other_intervention_name=others, better_value_rate=list(chances))


def found(chances: list[float | None], **more: object) -> dict[str, list[str]]:
    asked = ask_of_cost_effectiveness(options(**more), pairs(*chances))
    assert set(asked) == {trigger.code for trigger in TRIGGERS}
    for frame in asked.values():
        assert set(frame["school_urn"]) <= {TRUST}
        assert frame["distance"].null_count() == 0
    return {code: frame["about"].to_list() for code, frame in asked.items()}


def test_each_proposal_is_asked_of_and_the_one_with_most_pupils() -> None:
    told = found([])
    assert (told["PROPOSED_STOP"], told["PROPOSED_ADAPT"], told["MOST_PUPILS"]) == (["A"], ["B"], ["B"])


def test_two_options_are_asked_of_when_one_is_likely_better_value() -> None:
    assert found([0.8, 0.79, 0.2, 0.21, None])["BETTER_VALUE"] == ["A or B0", "A or B2"]


@pytest.mark.parametrize("counts", [[None, None, None], [0, 0, 0]])
def test_where_no_cost_is_known_or_shown_nothing_has_most_pupils(counts: list[int | None]) -> None:
    assert found([], costed_count=counts)["MOST_PUPILS"] == []


def test_nothing_to_ask_of_empty_tables() -> None:
    asked = ask_of_cost_effectiveness(options().clear(), pairs().clear())
    assert all(frame.is_empty() for frame in asked.values())
