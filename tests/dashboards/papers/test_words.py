"""The papers' fixed words: short, plain, readable at the age of about thirteen to fourteen."""

from __future__ import annotations

import pytest

from dashboards.wording import papers as words
from dashboards.wording.answers import ANSWERS
from dashboards.wording.questions import TRIGGERS
from tests.support.reading_age import grade, syllables

FIXED = {
    name: value if isinstance(value, str) else " ".join(value)
    for name, value in vars(words).items()
    if name.isupper() and isinstance(value, str | tuple) and all(isinstance(part, str) for part in value)
    and len(" ".join(value if isinstance(value, tuple) else (value,)).split()) > 7
}  # fmt: skip
OLDEST_GRADE, OLDEST_GRADE_OF_ONE = 9.0, 13.0


def test_the_rule_of_syllables_on_words_that_one_can_count() -> None:
    counted = {"one": 1, "school": 1, "table": 2, "hidden": 2, "governor": 3, "the": 1, "trustee": 2, "release": 2}
    assert {word: syllables(word) for word in counted} == counted
    assert grade("The cat sat on the mat.") < 1
    assert grade("Institutional accountability necessitates comprehensive documentation.") > 20


def test_the_fixed_sentences_of_the_papers_are_plain_together() -> None:
    assert len(FIXED) > 10
    assert grade(" ".join(FIXED.values())) <= OLDEST_GRADE


@pytest.mark.parametrize("name", FIXED)
def test_no_fixed_sentence_is_hard(name: str) -> None:
    assert grade(FIXED[name]) <= OLDEST_GRADE_OF_ONE


def test_the_questions_and_answers_are_plain_together() -> None:
    assert grade(" ".join(asked for _, asked, _ in TRIGGERS.values())) <= OLDEST_GRADE
    assert grade(" ".join(ANSWERS.values())) <= OLDEST_GRADE + 2


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("delivered_rate", 0.87, "87% delivered"), ("gap_pence", 123456, "£1,235 beyond the funding"),
        ("seen_median_weeks", 17.0, "17 weeks until seen"), ("unknown_count", 12, "12 leavers"),
        ("support_ratio", 0.18, "18% of the usual number"), ("support_ratio", 3.09, "3.1 times the usual number"),
        ("suspensions_per_100_years", 29.9, "29.9 for each 100 pupils"), ("absence_rate", 0.1, "10.0% of half-days"),
        ("drift_bands", -0.62, "−0.6 of a band"), ("fewer_mean", 17.0, "17 pupils fewer"),
        ("set_aside_percent", 0, "under 1% of rows set aside"),
        ("difference_points", -3.2, "−3 points from similar pupils"),
        ("verdict", "BEHIND", ""), ("delivered_rate", None, ""), ("strange_rate", 0.4, ""),
    ],
)  # fmt: skip
def test_the_figure_of_an_exception_says_what_it_is_or_nothing(column: str, value: object, said: str) -> None:
    assert words.figure_words(column, value) == said


def test_periods_and_signs() -> None:
    assert [words.period_words(period) for period in ("202425", "2024")] == ["2024/25", "2024"]
    assert words.hidden_words(0) == "No number in this paper is hidden."
    assert words.hidden_words(1).startswith("In 1 place a number is hidden, shown as c:")
    assert words.hidden_words(57).startswith("In 57 places a number is hidden, shown as c:")


def test_where_an_exception_can_be_found_again() -> None:
    assert words.place_words(12, is_here=True) == "Figure 12 overleaf."
    assert words.place_words(12, is_here=True, overleaf="below") == "Figure 12 below."
    assert words.place_words(12, is_here=False) == "Figure 12 of the nutshell."
    assert words.place_words(0, is_here=True) == ""
    assert words.one_decimal(2.649) == "2.6"
    assert words.tenth_percent(0.0785) == "7.9%"


def test_the_trusts_paper_does_not_send_to_the_trusts_figure() -> None:
    assert words.hidden_words(4).endswith("Read the trust’s figure instead.")
    assert words.hidden_words(4, is_trust=True).endswith("Read a figure of more pupils or of more years instead.")
