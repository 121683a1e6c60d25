"""Moderation in words: every state of a round, a school's own drift, two years on two matrices, practice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboards.charts.drift import Mark, drift_alt, drift_chart
from dashboards.views import shared_identification, shared_moderation
from dashboards.wording import moderation as words
from dashboards.wording.asks_moderation import ANSWERS, ASKS
from models.questions_moderation import TRIGGERS

ROUND: dict[str, Any] = {
    "round_name": "Autumn", "round_date": dt.date(2026, 10, 14), "academic_year": 2026, "matrix_version": "V2",
    "has_new_matrix": False, "schools_count": 5, "rated_count": 22, "round_standing": "MEASURED", "exact_rate": 0.41,
    "adjacent_rate": 0.89, "alpha": 0.62, "alpha_lower": 0.44, "alpha_upper": 0.76, "gwet_ac2": 0.71,
    "agreement": "NOT_RELIABLE", "hidden_columns": "",
}  # fmt: skip
BLANK = dict.fromkeys(("exact_rate", "adjacent_rate", "alpha", "alpha_lower", "alpha_upper", "gwet_ac2", "agreement"))


@pytest.mark.parametrize(
    ("rate", "said"),
    [(0.04, "hardly ever"), (0.05, "1 time in 10"), (0.44, "4 times in 10"), (0.94, "9 times in 10"),
     (0.95, "nearly every time")],
)  # fmt: skip
def test_a_share_as_people_say_it(rate: float, said: str) -> None:
    assert words.times_in_ten(rate) == said


def test_what_a_round_found() -> None:
    assert words.found_sentence(ROUND) == (
        "Five schools rated the same 22 pupils. They gave the same band 4 times in 10 and were within one band 9 times "
        "in 10."
    )
    few = ROUND | BLANK | {"round_standing": "FEW_RATERS", "schools_count": 2}
    assert words.found_sentence(few).endswith("Fewer than three people rated, so nothing is shown of it.")
    hidden = ROUND | {"rated_count": None, "hidden_columns": "rated_count"}
    assert "the number is small" in words.found_sentence(hidden)
    assert words.found_sentence(ROUND | {"schools_count": 1}).startswith("One school rated")


@pytest.mark.parametrize("standing", ["FEW_CASES", "BANDS_MISSING"])
def test_why_it_cannot_be_said_how_reliable_bands_are(standing: str) -> None:
    assert words.meaning_sentence(ROUND | {"agreement": None, "round_standing": standing}).startswith(
        words.STANDING[standing]
    )


def test_two_years_on_one_matrix_compare_and_on_two_do_not() -> None:
    before = ROUND | {"academic_year": 2025, "exact_rate": 0.54}
    assert words.change_sentence([ROUND, before]) == "In 2025/26 they gave the same band 5 times in 10."
    assert (
        words.change_sentence([ROUND, before | {"exact_rate": 0.42}]) == "In 2025/26 they gave the same band as often."
    )
    assert "do not compare" in words.change_sentence([ROUND, before | {"matrix_version": "V1"}])
    assert words.change_sentence([ROUND, ROUND]) == ""
    assert words.change_sentence([ROUND, before | BLANK]) == ""


def test_own_drift_in_words() -> None:
    row = {"drift_bands": -0.6, "drift_lower": -0.9, "drift_upper": -0.3, "hidden_columns": ""}
    assert "0.6 lower on average" in words.own_sentence(row)
    assert "much the same bands" in words.own_sentence(row | {"drift_upper": 0.0})
    assert words.own_sentence(row | {"drift_bands": None}) == words.NOT_OWN


def test_the_coefficients_stand_with_their_range_or_not_at_all() -> None:
    assert words.measured_sentence(ROUND).startswith("Krippendorff’s alpha 0.62 (likely range 0.44 to 0.76)")
    assert words.measured_sentence(ROUND | BLANK) == ""


def test_the_example_matrix_is_never_taken_for_an_authoritys() -> None:
    version = {"is_example": True, "matrix_title": "Example matrix", "matrix_version": "E"}
    assert "before its bands are used for anything" in words.example_sentence(version)
    assert words.example_sentence(version | {"is_example": False}) == "Matrix: Example matrix, version E."
    assert "Enter your authority’s" in words.example_sentence(None)


def test_every_trigger_has_its_words_and_an_answer_without_a_name() -> None:
    assert set(ASKS) == set(ANSWERS) == {trigger.code for trigger in TRIGGERS}


def test_the_picture_is_filled_where_the_range_is_clear_of_nought() -> None:
    marks = [Mark("Elm <b>", 0.6, 0.3, 0.9), Mark("Oak", -0.2, -0.5, 0.1)]
    figure = drift_chart(marks)
    assert len(set(figure.data[1].marker.color)) == 2
    assert "Elm &lt;b&gt;" in figure.layout.annotations[0].text
    assert drift_alt(marks) == (
        "Difference from the other schools. Elm <b>: +0.6 of a band (likely range +0.3 to +0.9); Oak: −0.2 of a band "
        "(likely range −0.5 to +0.1)."
    )


@pytest.mark.parametrize(
    ("standing", "given", "policy", "cell"),
    [("NOT_OFFERED", None, "GAP", "≠ Not one of those offered"), ("NOT_OFFERED", None, "NO_POLICY", "Not one of those "
     "offered"), ("NOT_ANSWERED", None, "NOT_ANSWERED", "Not answered"), ("DIFFERENT", "Yes", "GAP", "≠ Yes")],
)  # fmt: skip
def test_what_a_school_wrote_that_is_not_offered_is_said_to_be_so(
    standing: str, given: str | None, policy: str, cell: str
) -> None:
    row = {"practice_standing": standing, "practice_answer": given, "policy_standing": policy}
    assert shared_moderation._answer(row) == cell
    asked = row | {"practice_question": "Who?", "policy_answer": "No"}
    assert shared_moderation._own_practice([asked]).rows[0][1] == cell.removeprefix("≠ ")


def test_trustees_are_asked_about_the_registers_and_not_of_a_schools_drift() -> None:
    assert {"mart_match__school", "mart_needs__support"} <= set(shared_identification.TABLES)
    assert "mart_moderation__school" not in shared_identification.TABLES
