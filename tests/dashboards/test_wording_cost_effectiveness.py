"""Sentences of what interventions cost for what they change, the pictures beside them, and what is never said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboards.charts.cost_effectiveness import curve_alt, curve_chart, plane_alt, plane_chart, plane_of, ring
from dashboards.queries.cost_effectiveness import likely_better
from dashboards.views.shared_cost_effectiveness import rating_sentence
from dashboards.wording import cost_effectiveness as words
from dashboards.wording import proposals
from dashboards.wording.asks_cost_effectiveness import ANSWERS, ASKS
from dashboards.wording.questions import TRIGGERS
from expectations.tables.cost_effectiveness import (
    PAIR_REASONS,
    PROPOSAL_RULES,
    PROPOSALS,
    RATIOS,
    STANDINGS,
    TARGET_REASONS,
)
from tests.dashboards.test_charts import of

OPTIONS = {row["intervention_name"]: row for row in of("mart_cost_effectiveness__option")}
PAIRS = {(row["intervention_name"], row["other_intervention_name"]): row for row in of("mart_cost_effectiveness__pair")}
CURVE = [row for row in of("mart_cost_effectiveness__curve") if row["intervention_name"] == "Phonics Steps"]
LEVEL, SAME, DEARER, APART = (
    PAIRS[names]
    for names in (
        ("Paired Pages", "Phonics Steps"), ("Paired Pages", "Word Workshop"), ("Phonics Steps", "Word Workshop"),
        ("Tiny Tutors", "Word Workshop"),
    )
)  # fmt: skip
NEVER = (
    "poor value", "saving", "saves ", "save money", "per child", "each child costs", "worth it", "waste", "bad value",
    "by need", "icer", "lambda", "p-value", "significan", "caused", "lifetime",
)  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "chance"),
    [(0.0, "less than a 1 in 10"), (0.04, "less than a 1 in 10"), (0.05, "about a 1 in 10"), (0.2, "about a 2 in 10"),
     (0.81, "about an 8 in 10"), (0.949, "about a 9 in 10"), (0.95, "more than a 9 in 10"),
     (1.0, "more than a 9 in 10")],
)  # fmt: skip
def test_a_chance_is_told_as_people_say_it_and_never_as_none_or_sure(rate: float, chance: str) -> None:
    assert words.chance_words(rate) == f"{chance} chance"


def test_the_sentence_of_the_method() -> None:
    assert words.better_value_sentence("A", "B", 0.2, 10_000) == (
        "If the board would pay £100 for one point, there is about a 2 in 10 chance that A is better value than B."
    )
    assert words.better_value_sentence("A", "B", 0.7, 0) == (
        "If only the cost counted, there is about a 7 in 10 chance that A is better value than B."
    )


def test_the_likelier_of_the_two_is_named_first() -> None:
    assert words.value_sentence(DEARER) == (
        "If the board would pay £100 for one point, there is about an 8 in 10 chance that Word Workshop is better "
        "value than Phonics Steps."
    )
    assert [likely_better(row) for row in (LEVEL, SAME, DEARER, APART)] == [
        "Paired Pages", None, "Word Workshop", None,
    ]  # fmt: skip
    assert words.likely_sentence(SAME) == "Which of the two is better value cannot be told."


def test_two_options_in_words() -> None:
    assert words.difference_sentence(DEARER) == (
        "Phonics Steps came out about 3 points ahead of Word Workshop (likely range +1 to +6) and cost about £506 more "
        "for each pupil who took part."
    )
    assert words.difference_sentence(LEVEL).startswith("Paired Pages came out about 3 points behind Phonics Steps")
    assert words.difference_sentence(SAME) == (
        "Paired Pages came out about level with Word Workshop (likely range −4 to +3) and cost the same for each pupil "
        "who took part."
    )
    assert "two years apart" in words.difference_sentence(APART)
    assert words.dearer_words(DEARER) == "£506 more (£460 more to £550 more)"
    in_sessions = words.difference_sentence(DEARER | {"outcome_unit": "SESSIONS_PER_100"})
    assert "about 3 sessions in 100 ahead of" in in_sessions


def test_a_ratio_is_given_with_its_range_or_not_at_all() -> None:
    assert words.ratio_sentence(DEARER) == (
        "Each extra point with Phonics Steps cost about £149 (likely between £81 and £910)."
    )
    assert words.ratio_sentence(LEVEL).endswith("so no ratio can be given.")
    assert words.ratio_sentence(APART) == ""
    hidden = DEARER | {"hidden_columns": "ratio_lower_pence"}
    assert words.ratio_sentence(hidden) == ""


def test_targets_in_the_words_of_the_method() -> None:
    assert words.targets_sentence(OPTIONS["Calm Corner"]) == (
        "We spent £61,000 on groups with 44 targets set; 26 were met, 11 not, 7 have no score. That is between £1,848 "
        "and £2,346 for each target met."
    )
    hidden = words.targets_sentence(OPTIONS["Phonics Steps"])
    assert "some of the numbers are small" in hidden
    assert "each target met" not in hidden


def test_pounds_come_before_the_eefs_word() -> None:
    said = rating_sentence(list(OPTIONS.values()))
    assert said.startswith("By the EEF’s bands: very low: 1; low: 3; moderate: 2.")
    assert rating_sentence([OPTIONS["Tiny Tutors"]]) == ""


def test_every_code_has_its_words() -> None:
    assert set(words.STANDING_WORDS) == set(STANDINGS)
    assert set(words.PAIR_REASON_WORDS) == set(PAIR_REASONS)
    assert {*words.RATIO_WORDS, "GIVEN"} == set(RATIOS)
    assert set(words.TARGET_REASON_WORDS) == set(TARGET_REASONS)
    assert set(proposals.RULES) == set(PROPOSAL_RULES)
    assert set(proposals.PROPOSAL_WORDS) == set(PROPOSALS)
    assert set(ASKS) == set(ANSWERS)
    assert set(ASKS) <= set(TRIGGERS)


def test_a_proposal_names_its_rule_and_who_decides_and_never_ends_a_duty() -> None:
    said = proposals.proposal_sentence(OPTIONS["Behind Blocks"])
    assert said.startswith("Proposed: stop. Its pupils ended behind similar pupils")
    assert said.endswith("Where a plan requires it, it goes on.")
    assert "The SEND lead decides" in proposals.WHO_DECIDES
    assert "section F requires goes on" in proposals.WHO_DECIDES
    unknown = {"proposal": "NEW", "proposal_rule": "NEW"}
    assert proposals.proposal_sentence(unknown) == "Proposed: no proposal. A rule that the method page explains."


def everything_said() -> list[str]:
    rows = list(OPTIONS.values())
    told: list[Any] = [
        *(text for text in vars(words).values() if isinstance(text, str)),
        *(text for table in (words.STANDING_WORDS, words.PAIR_REASON_WORDS, words.RATIO_WORDS,
                             words.TARGET_REASON_WORDS, proposals.PROPOSAL_WORDS, ANSWERS) for text in table.values()),
        *(text for rule in proposals.RULES.values() for text in rule), proposals.WHO_DECIDES,
        *(text for title, question, _ in ASKS.values() for text in (title, question)),
        *(say(row) for row in rows for code, (_, _, say) in ASKS.items() if code != "BETTER_VALUE"),
        *(say(row) for row in PAIRS.values() for say in (
            words.difference_sentence, words.ratio_sentence, words.value_sentence, words.quadrant_sentence)),
        *(words.targets_sentence(row) for row in rows), rating_sentence(rows),
    ]  # fmt: skip
    return [str(text) for text in told]


def test_what_may_not_be_claimed_is_nowhere_said() -> None:
    for said in everything_said():
        assert [word for word in NEVER if word in said.lower()] == [], said
        assert not re.search(r"£−|−£|\bnan\b|\bNone\b(?! of)|\binf\b", said), said


def test_the_plane_is_two_rings_and_a_dot_and_no_pupil() -> None:
    plane = plane_of(DEARER)
    assert plane is not None
    figure: Any = plane_chart(plane, DEARER)
    assert [trace.mode for trace in figure.data] == ["lines", "lines", "markers"]
    x, y = ring(plane, 0.95)
    assert max(x) - min(x) == pytest.approx(2 * 2.4477 * plane.more_error, rel=1e-3)
    assert (sum(x[:-1]) / 72, sum(y[:-1]) / 72) == pytest.approx((plane.more, plane.dearer))
    low, high = figure.layout.xaxis.range
    assert (low, -low) == (-high, high)
    assert high > max(x)
    said = [note.text for note in figure.layout.annotations]
    assert any("<b>99 in 100</b>" in text and "achieves more, costs more" in text for text in said)
    alt = plane_alt(plane, DEARER)
    assert "achieves more and costs more 99" in alt


@pytest.mark.parametrize("name", ["shared_correlation", "more_points", "less_and_dearer_rate", "dearer_upper_pence"])
def test_a_plane_with_a_hidden_part_is_not_drawn(name: str) -> None:
    assert plane_of(DEARER | {"hidden_columns": name}) is None
    assert plane_of(SAME) is None
    assert plane_of(APART) is None


def test_the_ring_leans_with_the_correlation_and_is_flat_where_nothing_varies() -> None:
    plane = plane_of(DEARER | {"dearer_lower_pence": 50_640, "dearer_upper_pence": 50_640})
    assert plane is not None
    assert set(ring(plane, 0.5)[1]) == {506.4}
    assert plane_chart(plane, DEARER).data


def test_the_curve_draws_what_its_table_says() -> None:
    figure: Any = curve_chart(CURVE, "Phonics Steps", "point")
    assert list(figure.data[0].x) == [0, 100, 300]
    assert list(figure.data[0].y) == pytest.approx([0, 1.9, 8.8])
    assert "at £0 less than a 1 in 10 chance" in curve_alt(CURVE, "Phonics Steps", "Word Workshop")
    hidden = [row | {"hidden_columns": "better_value_rate"} for row in CURVE]
    assert list(curve_chart(hidden, "A", "point").data[0].x) == []
    assert curve_alt(hidden, "A", "B") == "Nothing is drawn."
