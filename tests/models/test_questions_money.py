"""What to ask of money: spending beyond its funding in the last whole year, hours that drift in the latest."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from expectations.tables import ALL
from models.questions_money import ask_of_money
from tests.support.frames import rows


def asked(**columns: Any) -> dict[str, list[tuple[str, str]]]:
    """School and year asked about, by trigger."""
    usual = {"school_urn": "100001", "financial_year": 2025, "data_date": dt.date(2026, 11, 20), "spend_pence": 101,
             "notional_pence": 60, "top_up_pence": 40, "place_pence": None, "need_met_rate": 0.9,
             "hidden_columns": ""}  # fmt: skip
    found = ask_of_money(rows(ALL["mart_money__school"], **(usual | columns)))
    return {code: frame.select("school_urn", "about").rows() for code, frame in found.items() if not frame.is_empty()}


@pytest.mark.parametrize(("changes", "is_asked"), [
    ({}, True),
    ({"spend_pence": 100}, False),
    ({"top_up_pence": None}, False),
    ({"spend_pence": None}, False),
    ({"notional_pence": None}, False),
    ({"notional_pence": None, "place_pence": 60}, True),
    ({"data_date": dt.date(2026, 8, 31)}, True),
    ({"data_date": dt.date(2026, 8, 30)}, False),
])  # fmt: skip
def test_spending_beyond_is_asked_of_a_year_that_is_over_where_all_is_known(
    changes: dict[str, Any], is_asked: bool
) -> None:
    assert ("SPENT_BEYOND" in asked(**changes)) is is_asked


def test_the_year_that_runs_and_the_years_before_the_last_are_not_asked_of() -> None:
    found = asked(financial_year=[2024, 2025, 2026], spend_pence=[900, 101, 900])
    assert found["SPENT_BEYOND"] == [("100001", "2025")]


@pytest.mark.parametrize(("rate", "is_asked"), [(0.8999, True), (0.90, False), (None, False)])
def test_hours_that_drift(rate: float | None, is_asked: bool) -> None:
    assert ("HOURS_DRIFT" in asked(need_met_rate=rate)) is is_asked


def test_no_rows_no_questions() -> None:
    empty = rows(ALL["mart_money__school"], financial_year=[])
    assert all(frame.is_empty() for frame in ask_of_money(empty).values())
