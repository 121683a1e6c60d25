"""What is claimed of a difference and what is not: schools left out in turn, grade D, nobody compared."""

from __future__ import annotations

import pytest

from dashboards.wording import differences, flow, translations
from tests.dashboards.test_wording_impact import estimate


@pytest.mark.parametrize(("verdict", "ends", "unit", "said"), [
    ("AHEAD", (0.4, 6.2), "POINTS", "difference is +0.4 to +6.2: it does not hang on any one school."),
    ("AHEAD", (-0.6, 7.0), "POINTS", "difference is −1 to +7: it leans on some of the schools, so read it with care."),
    ("BEHIND", (-5.0, 1.0), "POINTS", "difference is −5 to +1: it leans on some of the schools"),
    ("NO_CLEAR_DIFFERENCE", (-3.0, 3.0), "POINTS", "difference is −3 to +3."),
    ("AHEAD", (0.9, 3.9), "SESSIONS_PER_100", "difference is 0.9 to 3.9 fewer: it does not hang"),
    ("AHEAD", (None, None), "POINTS", ""),
])  # fmt: skip
def test_few_schools_are_left_out_in_turn(verdict: str, ends: tuple[float, float], unit: str, said: str) -> None:
    row = estimate(verdict=verdict, schools_lower_points=ends[0], schools_upper_points=ends[1], outcome_unit=unit)
    assert said in translations.schools_left_out_sentence(row)
    assert bool(translations.schools_left_out_sentence(row)) is bool(said)
    assert translations.schools_left_out_sentence(row | {"hidden_columns": "schools_lower_points"}) == ""


def test_a_figure_of_grade_d_claims_nothing_and_says_why() -> None:
    said = differences.result_sentence(estimate(grade="D", reason="ATTRITION", verdict="CANNOT_TELL"))
    assert said.endswith("the evidence is too thin. Pupils without an end score hold the grade down.")
    assert "too wide" not in said
    wide = differences.result_sentence(estimate(grade="C", verdict="CANNOT_TELL"))
    assert wide.endswith("The range is too wide to say whether it works.")


def test_a_figure_of_its_own_pupils_that_is_none_is_called_none() -> None:
    row = estimate(pooling="POOLED", difference_points=0.4, lower_points=-5.0, upper_points=6.0, shrunken_points=2.0,
                   shrunken_lower_points=-2.0, shrunken_upper_points=6.0)  # fmt: skip
    assert differences.own_sentence(row).startswith("Its own pupils alone came to no difference (−5 to +6).")


def test_nobody_is_in_a_comparison_that_was_not_made() -> None:
    row = estimate(informing_count=None, hidden_columns="informing_count", design="NONE", exit_due_count=30)
    assert [step.label for step in flow.steps_of(row)][-1] == "had a score before and after"
    assert [step.label for step in flow.steps_of(estimate(informing_count=28))][-1] == "are in the comparison"
