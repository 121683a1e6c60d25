"""Cycles in words: days and weeks, what comes next, why it is closed, what two scores can tell."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboards.wording import apdr as words
from expectations.tables.apdr import CLOSED_REASONS, NEXT_STEPS, OUTCOMES, STAGES
from expectations.tables.group_reviews import RECORDINGS

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (13, "13 days"), (14, "2 weeks"), (20, "2 weeks"), (21, "3 weeks"), (400, "57 weeks")],
)
def test_how_late(days: int, said: str) -> None:
    assert words.late_words(days) == said


@pytest.mark.parametrize(("days", "said"), [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (14, "in 14 days")])
def test_how_long_there_is(days: int, said: str) -> None:
    assert words.ahead_words(TODAY + dt.timedelta(days=days), TODAY) == said


@pytest.mark.parametrize(
    ("late", "soon", "said"),
    [
        (0, 0, "Nothing is overdue; nothing falls due in the next two weeks."),
        (1, 1, "1 step is overdue; 1 step falls due in the next two weeks."),
        (2, 3, "2 steps are overdue; 3 steps fall due in the next two weeks."),
    ],
)
def test_the_page_in_one_line(late: int, soon: int, said: str) -> None:
    assert words.steps_sentence(late, soon) == said


def test_every_code_has_words_of_its_own() -> None:
    closed = [words.state_words({"stage": "CLOSED", "closed_reason": reason}) for reason in CLOSED_REASONS]
    for told in (
        [words.stage_words(code) for code in STAGES],
        closed,
        [words.outcome_words(code) for code in OUTCOMES],
        [words.next_step_words(code) for code in NEXT_STEPS],
        [words.recording_words(code) for code in RECORDINGS if code != "RECORDED"],
        [words.change_words(code) for code in ("RISEN", "WITHIN_CHANCE", "FALLEN", None)],
    ):
        assert len(set(told)) == len(told)
        assert not any("_" in said or not said for said in told)


def test_where_a_cycle_stands() -> None:
    open_cycle = {"stage": "REVIEW", "closed_reason": None, "stage_due_date": dt.date(2026, 12, 4)}
    assert words.state_words(open_cycle) == "Hold the review by 4 Dec 2026"
    assert words.outcome_words(None) == words.next_step_words(None) == words.short_date(None) == "–"


def test_nobodys_change_is_called_impact() -> None:
    said = words.changes_sentence(["RISEN", "RISEN", "WITHIN_CHANCE"])
    assert said == (
        "3 pupils with both scores: 2 risen by more than chance, 1 within what chance can do, "
        "0 fallen by more than chance."
    )
    assert "impact" not in (said + words.CHANCE).lower()
