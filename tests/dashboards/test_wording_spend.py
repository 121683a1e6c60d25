"""Spending in words: known, hidden and not known are three things; a year that runs is not set against a whole year."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dashboards.wording import ledger, spend, what_if
from expectations.tables.money_ledger import DIFFERENCES, RULES


def year(**changes: Any) -> dict[str, Any]:
    row = {
        "financial_year": 2025, "data_date": dt.date(2026, 11, 20), "spend_pence": 12_400_000, "unrecorded_pence": 0,
        "top_up_pence": 3_400_000, "notional_pence": 8_200_000, "place_pence": None, "plan_hour_pence": 1_450,
        "group_hour_pence": 730, "need_met_rate": 0.91, "hidden_columns": "",
    }  # fmt: skip
    return {**row, **changes}


def test_a_year_that_is_over_is_set_against_its_funding() -> None:
    assert spend.spend_sentence(year()).endswith("and top-up £34,000. The recorded spending is £8,000 more.")
    assert spend.spend_sentence(year(spend_pence=11_600_000)).endswith("The recorded spending lies within it.")
    running = spend.spend_sentence(year(financial_year=2026))
    assert running.startswith("In 2026/27 to date, ")
    assert running.endswith("The funding for the whole year: notional SEN budget £82,000 and top-up £34,000.")


def test_hidden_and_not_known_are_told_apart() -> None:
    hidden = spend.spend_sentence(year(top_up_pence=None, hidden_columns="top_up_pence"))
    unknown = spend.spend_sentence(year(top_up_pence=None))
    assert hidden.endswith("Top-up is not shown: it is for few pupils.")
    assert unknown.endswith("Top-up is not in the data.")
    assert spend.beyond_pence(year(top_up_pence=None)) is None
    assert "not shown" in spend.spend_sentence(year(spend_pence=None, hidden_columns="spend_pence"))
    assert "not in the data" in spend.spend_sentence(year(notional_pence=None, top_up_pence=None))


def test_without_its_own_funding_a_top_up_is_not_taken_for_all_of_it() -> None:
    row = year(notional_pence=None)
    assert spend.spend_sentence(row).endswith(
        "is recorded. Of the funding for the year only the top-up is known: £34,000."
    )
    assert (spend.beyond_pence(row), spend.beyond_question_sentence(row)) == (None, "")
    running = spend.spend_sentence(year(notional_pence=None, financial_year=2026))
    assert running.endswith("Of the funding for the whole year only the top-up is known: £34,000.")


def test_what_is_not_recorded_stands_beside_and_is_not_added() -> None:
    assert spend.unrecorded_sentence(year()) == ""
    said = spend.unrecorded_sentence(year(unrecorded_pence=250_000))
    assert said.startswith("Support planned at £2,500 more was due")


def test_an_hour_is_said_with_its_pence_and_nothing_where_hidden() -> None:
    assert "£14.50 for section F and £7.30 for an intervention" in spend.per_hour_sentence(year())
    one = spend.per_hour_sentence(year(plan_hour_pence=None, hidden_columns="plan_hour_pence"))
    assert "section F" not in one
    assert spend.per_hour_sentence(year(plan_hour_pence=None, group_hour_pence=None)) == ""


def test_every_rule_and_reason_of_the_ledger_has_its_words() -> None:
    assert set(ledger.RULES) == set(RULES)
    assert {f"{name}_pence" for name, _ in DIFFERENCES} | {"unexplained_pence"} == set(ledger.REASONS)
    assert ledger.rule_words("A_NEW_ONE")[0]


def test_a_scenario_without_three_staff_anywhere_says_so() -> None:
    row = {"change_low_hours": None, "change_high_hours": None}
    assert "nothing can be shown" in what_if.scenario_sentence(1, 0.0, [row])
    assert "as it is" in what_if.scenario_sentence(0, 0.0, [row])
