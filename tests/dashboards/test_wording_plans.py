"""Outcomes and section F in words: every code has its words, hidden figures say nothing, nothing is called a saving."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.charts.ehc_delivery import delivered_chart
from dashboards.charts.ehc_outcomes import can_be_drawn, standing_chart
from dashboards.wording import ehc_delivery, ehc_outcomes
from expectations.tables import ehc_delivery as delivery_tables
from expectations.tables import ehc_outcome_marts
from expectations.tables import ehc_outcomes as outcome_tables

OUTCOMES = {
    "outcomes_count": 60, "met_outcomes_count": 15, "on_track_outcomes_count": 18, "unbacked_outcomes_count": 9,
    "off_track_outcomes_count": 8, "no_evidence_outcomes_count": 10, "hidden_columns": "",
}  # fmt: skip
YEAR: dict[str, Any] = {
    "academic_year": 2026, "plans_count": 30, "behind_plans_count": 1, "delivered_rate": 0.93,
    "support_delivered_rate": 0.95, "specialist_delivered_rate": 0.7, "due_hours": 2200.4, "shortfall_hours": 299.6,
    "behind_since_year": None, "specialist_behind_since_year": 2024, "hidden_columns": "",
}  # fmt: skip


def test_every_code_has_words() -> None:
    assert set(ehc_outcomes.STANDING_WORDS) == set(outcome_tables.STANDINGS)
    assert list(ehc_outcomes.STANDING_COLUMNS) == list(ehc_outcome_marts.STANDING_COUNTS.values())
    assert all(ehc_outcomes.step_words(code) for code in outcome_tables.NEXT_STEPS)
    assert set(ehc_delivery.GROUP_WORDS) == set(delivery_tables.PROVISION_GROUPS)
    assert all(ehc_delivery.state_words(code) != code for code in delivery_tables.DELIVERY_STATES)
    uses = {code: ehc_outcomes.use_words({"tracker_use": code}) for code in ehc_outcome_marts.TRACKER_USES}
    assert len(set(uses.values())) == len(uses)
    for code in outcome_tables.REVIEW_CHANGES:
        assert ehc_outcomes.change_words({"review_change": code, "change_basis": None}) != "–"


@pytest.mark.parametrize("reason", [code for code in outcome_tables.STANDING_REASONS if code != "SAID"])
def test_every_doubt_says_what_the_school_said(reason: str) -> None:
    said = ehc_outcomes.doubt_words({"standing": "UNBACKED", "standing_reason": reason, "status": "On track"})
    assert said.startswith("Said to be on track; ")


def test_the_five_groups_are_told_together_or_not_at_all() -> None:
    said = ehc_outcomes.standing_sentence(OUTCOMES)
    assert "18 on track with recent evidence" in said
    assert "10 without evidence" in said
    hidden = OUTCOMES | {"met_outcomes_count": None, "off_track_outcomes_count": None,
                         "hidden_columns": "met_outcomes_count,off_track_outcomes_count"}  # fmt: skip
    assert ehc_outcomes.standing_sentence(hidden) == (
        "60 outcomes; not all of how they stand is shown: some numbers are small."
    )
    assert not can_be_drawn(hidden)
    assert not can_be_drawn(OUTCOMES | {"outcomes_count": 0})


def test_one_is_one() -> None:
    said = ehc_outcomes.standing_sentence(OUTCOMES | {"met_outcomes_count": 1, "unbacked_outcomes_count": 1})
    assert "1 is met" in said
    assert "1 is said to be met" in said
    row = {"overdue_pupils_count": 1, "overdue_milestones_count": 1, "hidden_columns": ""}
    assert ehc_outcomes.overdue_sentence(row) == "1 pupil has a milestone that is overdue: 1 milestone in all."
    assert ehc_delivery.behind_sentence(YEAR) == "1 of 30 plans has a line of section F behind."


def test_hidden_figures_make_no_sentence() -> None:
    nothing = dict.fromkeys(YEAR, None) | {"academic_year": 2026, "hidden_columns": "delivered_rate"}
    for say in (ehc_delivery.delivered_sentence, ehc_delivery.hours_sentence, ehc_delivery.behind_sentence,
                ehc_delivery.low_sentence):  # fmt: skip
        assert say(nothing) == ""
    for tell in (ehc_outcomes.no_evidence_sentence, ehc_outcomes.overdue_sentence, ehc_outcomes.change_sentence,
                 ehc_outcomes.use_sentence):  # fmt: skip
        assert tell({"hidden_columns": ""}) == ""


def test_since_names_whose_delivery_is_low_and_no_day() -> None:
    assert ehc_delivery.since_sentence(YEAR) == (
        "The visits of therapists and specialist teachers have been below 90% in every school year since 2024/25."
    )
    fell = "It fell below 90% this school year, 2026/27."
    assert ehc_delivery.since_sentence(YEAR | {"behind_since_year": 2026}) == fell
    assert ehc_delivery.since_sentence(YEAR | {"specialist_behind_since_year": None}) == ""


def test_hours_are_owed_and_never_called_a_saving() -> None:
    texts = [ehc_delivery.DUTY, ehc_delivery.HOW_COUNTED, ehc_delivery.hours_sentence(YEAR)]
    assert "300 of the 2,200 recorded hours" in texts[-1]
    for text in texts:
        assert not any(word in text.lower() for word in ("efficien", "saving", "under budget", "underspend"))


def test_the_kind_furthest_behind_is_named_with_its_years() -> None:
    kinds = [
        {"provision_group": "MENTORING", "delivered_rate": 0.9, "academic_year": 2026},
        {"provision_group": "SPEECH_LANGUAGE", "delivered_rate": 0.61, "academic_year": 2026, "behind_since_year": 2023,
         "recorded_since_year": 2023},
        {"provision_group": "PHYSIOTHERAPY", "delivered_rate": None, "hidden_columns": "delivered_rate"},
    ]  # fmt: skip
    said = ehc_delivery.furthest_behind_sentence(kinds)
    assert said.startswith(
        "Furthest behind across the trust: Speech and language therapy, 61% of what is due, and below"
    )
    assert said.endswith("Sessions of it are on record from 2023/24.")
    assert ehc_delivery.furthest_behind_sentence(kinds[:1]).startswith("No kind of provision is below 90%")


def test_charts_draw_what_is_shown_and_no_evidence_never_looks_like_on_track() -> None:
    figure = standing_chart([("<b>Elm</b>", OUTCOMES)])
    assert [bar.name for bar in figure.data] == list(ehc_outcomes.STANDING_COLUMNS.values())
    assert sum(bar.x[0] for bar in figure.data) == pytest.approx(1)
    assert all("<b>Elm</b>" not in bar.y for bar in figure.data)
    on_track, without = figure.data[1].marker, figure.data[4].marker
    assert on_track.color != without.color
    rows = [{"provision_group": "SPEECH_LANGUAGE", "delivered_rate": 0.61, "hidden_columns": ""},
            {"provision_group": "MENTORING", "delivered_rate": None, "hidden_columns": "delivered_rate"}]  # fmt: skip
    assert list(delivered_chart(rows).data[1].y) == ["Speech and language therapy"]
