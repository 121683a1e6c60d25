"""What to ask of moderation, at each threshold; a hidden figure raises nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from expectations.tables import ALL
from models.questions_moderation import ask_of_moderation
from tests.support.frames import rows

DAY = dt.date(2026, 11, 20)


def asked(**marts: dict[str, Any]) -> dict[str, list[str]]:
    frames = []
    for name in ("round", "school", "practice"):
        table = ALL[f"mart_moderation__{name}"]
        given = marts.get(name)
        plain = {"hidden_columns": ""} if "hidden_columns" in table.by_name else {}
        frames.append(rows(table, **plain, **given) if given else rows(table, **plain).clear())
    found = ask_of_moderation(*frames)
    return {code: frame["school_urn"].to_list() for code, frame in found.items() if frame.height}


def of_round(**figures: Any) -> dict[str, list[str]]:
    return asked(round={"round_name": "R", "round_date": DAY, "data_date": DAY, **figures})


@pytest.mark.parametrize(
    ("agreement", "is_asked"), [("NOT_RELIABLE", True), ("TENTATIVE", False), ("RELIABLE", False), (None, False)]
)
def test_agreement_that_is_not_reliable(agreement: str | None, is_asked: bool) -> None:
    found = of_round(alpha=0.67, agreement=agreement, exact_rate=0.6)
    assert found == ({"MODERATION_APART": ["TRUST"]} if is_asked else {})


@pytest.mark.parametrize(("exact", "is_asked"), [(0.49, True), (0.5, False), (None, False)])
def test_few_alike_where_alpha_cannot_be_measured(exact: float | None, is_asked: bool) -> None:
    assert ("MODERATION_APART" in of_round(exact_rate=exact)) == is_asked


def test_only_the_newest_round_is_asked_about() -> None:
    both = asked(round={"round_name": ["A", "B"], "round_date": [DAY, dt.date(2026, 1, 9)], "data_date": DAY,
                        "agreement": ["RELIABLE", "NOT_RELIABLE"], "exact_rate": 0.9})  # fmt: skip
    assert both == {}


@pytest.mark.parametrize(("days", "is_asked"), [(365, False), (366, True)])
def test_a_round_more_than_a_year_ago(days: int, is_asked: bool) -> None:
    assert ("MODERATION_STALE" in of_round(round_date=DAY - dt.timedelta(days=days))) == is_asked


@pytest.mark.parametrize(
    ("bands", "lower", "upper", "is_asked"),
    [(0.5, 0.1, 0.9, True), (0.4, 0.1, 0.7, False), (-0.5, -0.9, -0.1, True), (0.6, 0.0, 1.2, False),
     (None, None, None, False)],
)  # fmt: skip
def test_own_drift_of_half_a_band_on_one_side(
    bands: float | None, lower: float | None, upper: float | None, is_asked: bool
) -> None:
    found = asked(school={"school_urn": "100001", "round_date": DAY, "drift_bands": bands, "drift_lower": lower,
                          "drift_upper": upper})  # fmt: skip
    assert found == ({"OWN_DRIFT": ["100001"]} if is_asked else {})


def test_a_gap_to_the_policy_is_asked_once_a_school() -> None:
    found = asked(practice={"school_urn": ["100001", "100001", "100002"], "question_code": ["P1", "P2", "P1"],
                            "policy_gaps_count": [2, 2, 0]})  # fmt: skip
    assert found == {"PRACTICE_GAP": ["100001"]}
