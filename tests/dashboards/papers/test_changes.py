"""What changed and why: thresholds on each side, each cause, the order; a step of one to four is never told."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from dashboards.papers.blocks import Stored
from dashboards.papers.changes import Earlier, changes, points, spread
from dashboards.papers.figures import Line

JUNE, NOVEMBER = dt.date(2026, 6, 12), dt.date(2026, 11, 20)
LINES = (
    Line("roll", "Pupils on roll", "Register", worth=10),
    Line("sen_support", "SEN support", "Register", worth=0.02),
    Line("open", "Open referrals", "Referrals", worth=1),
    Line("delivered", "Sessions", "Plans", worth=0.02),
    Line("quiet", "Not worth a sentence", "Plans"),
)


def count(number: int, period: str = "", definition: str = "d") -> Stored:
    return Stored("Open referrals", number, None, str(number), "", period, definition)


def share(rate: float, period: str = "", definition: str = "d") -> Stored:
    return Stored("Sessions", None, rate, "", f"{rate:.0%}", period, definition)


def causes(key: str, now: Stored, before: Stored, roll: int = 100) -> list[str]:
    found = changes(LINES, {key: now, "roll": count(roll)}, Earlier(JUNE, {key: before, "roll": count(100)}), NOVEMBER)
    return [change.cause for change in found if change.key == key]


@pytest.mark.parametrize(("step", "is_told"), [(1, False), (4, False), (-4, False), (5, True), (-5, True)])
def test_a_step_of_one_to_four_is_never_told(step: int, is_told: bool) -> None:
    found = changes(LINES, {"open": count(20 + step)}, Earlier(JUNE, {"open": count(20)}), NOVEMBER)
    assert bool(found) is is_told


@pytest.mark.parametrize(("rate", "is_told"), [(0.90, False), (0.91, False), (0.92, True), (0.88, True), (0.89, False)])
def test_a_share_is_told_from_the_change_that_is_worth_a_sentence(rate: float, is_told: bool) -> None:
    found = changes(LINES, {"delivered": share(rate)}, Earlier(JUNE, {"delivered": share(0.90)}), NOVEMBER)
    assert bool(found) is is_told


def test_the_causes_in_their_order() -> None:
    assert causes("delivered", share(0.8, definition="new"), share(0.9)) == ["DEFINITION"]
    assert causes("delivered", share(0.8, "2026"), share(0.9, "2025")) == ["YEAR"]
    assert causes("delivered", share(0.8, "2024"), share(0.9, "2024")) == ["LATE_DATA"], "that year was over in June"
    assert causes("delivered", share(0.8, "2025"), share(0.9, "2025")) == ["RECORDS"], "in June it was not"
    assert causes("sen_support", share(0.2), share(0.1), roll=120) == ["PUPILS"]
    assert causes("sen_support", share(0.2), share(0.1)) == ["RECORDS"]
    assert causes("delivered", share(0.8), share(0.9), roll=120) == ["RECORDS"], "sessions do not hang on the roll"


def test_the_same_day_told_otherwise_is_late_data() -> None:
    (found,) = changes(LINES, {"open": count(30)}, Earlier(NOVEMBER, {"open": count(20)}), NOVEMBER)
    assert found.cause == "LATE_DATA"


def test_the_largest_three_against_what_is_worth_a_sentence() -> None:
    now = {
        "roll": count(160),
        "sen_support": share(0.2),
        "open": count(28),
        "delivered": share(0.88),
    }
    before = {"roll": count(100), "sen_support": share(0.1), "open": count(20), "delivered": share(0.9)}
    found = changes(LINES, now, Earlier(JUNE, before), NOVEMBER)
    assert [change.key for change in found] == ["open", "roll", "sen_support", "delivered"]
    told = points(found, JUNE)
    assert len(told) == 3
    assert told[0].value == "28; it was 20 on 12 June 2026 (the records since then)."


def test_a_second_change_of_a_figure_waits_for_the_others() -> None:
    now = {"roll": count(160), "sen_support": share(0.2), "open": count(28)}
    before = {"roll": count(100), "sen_support": share(0.1), "open": count(20)}
    found = changes(LINES, now, Earlier(JUNE, before), NOVEMBER)
    assert [change.key for change in found] == ["open", "roll", "sen_support"]
    together = {"open": 16, "roll": 16, "sen_support": 1}
    assert [change.key for change in spread(found, together)] == ["open", "sen_support", "roll"]


def test_beside_last_years_figures_the_year_is_named_and_no_cause() -> None:
    found = changes(
        LINES, {"delivered": share(0.8, "2026")}, Earlier(NOVEMBER, {"delivered": share(0.9, "2025")}), NOVEMBER
    )
    assert points(found, None)[0].value == "80%; it was 90% in 2025/26."


def test_a_figure_that_one_paper_hides_is_not_compared() -> None:
    part = dataclasses.replace(share(0.8), share=None, number=4)
    assert not changes(LINES, {"delivered": part}, Earlier(JUNE, {"delivered": share(0.9)}), NOVEMBER)
    assert not changes(LINES, {"open": count(30)}, Earlier(JUNE, {}), NOVEMBER)
