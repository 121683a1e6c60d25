"""The ledger against what is counted: each reason for a difference, bad amounts, bands without an amount."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.clean import clean
from models.funding import funding_bands, funding_rules
from models.money_ledger import Known, list_findings, list_lines, reconcile
from tests.support.filling import fill
from tests.support.frames import rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
SCHOOLS = rows(ALL["core_schools"], school_urn=["100001", "100002"])
PLANS = rows(ALL["core_ehc_plans"], plan_key="100001:P1", school_urn="100001")
GROUPS = rows(
    ALL["core_interventions"], intervention_key="100001:G1", school_urn="100001", start_date=dt.date(2026, 1, 5),
    end_date=dt.date(2026, 3, 6),
)  # fmt: skip
INVOICES = """
funded_school_urn | agency | invoice_number | invoice_date | plan_reference | amount_pence | financial_year | group_reference
100001            | Plover | 1              | 01/02/2026   | P1             | £1,200.50    | -              | -
100001            | Plover | 2              | 01/02/2026   | -              | 100          | 2025/26        | G1
100001            | Plover | 3              | 01/02/2026   | -              | 10           | -              | -
100001            | Plover | 3              | 01/02/2026   | -              | 10           | -              | -
100001            | Plover | 4              | 01/02/2026   | P9             | 20           | -              | -
100001            | Plover | 5              | 01/02/2026   | -              | 30           | -              | G9
100001            | Plover | 6              | 01/02/2026   | -              | 40           | 2026           | -
100001            | Plover | 7              | 21/11/2026   | -              | 50           | -              | -
999999            | Plover | 8              | 01/02/2026   | -              | 60           | -              | -
100001            | Plover | 9              | 01/02/2026   | -              | (250.00)     | -              | -
100001            | Plover | 10             | 01/02/2026   | -              | TBC          | -              | -
100001            | Plover | 11             | 01/02/2026   | -              | 1.200,50     | -              | -
100001            | Plover | 12             | 01/02/2026   | -              | 1e9          | -              | -
100001            | Plover | 13             | 31/02/2026   | -              | 70           | -              | -
100001            | Plover | 14             | 01/02/2026   | -              | 10           | -              | -
100002            | Plover | 15             | 20/11/2026   | -              | 80           | -              | -
"""  # noqa: E501 -- a table is read by its columns
EXPECTED = {4: "DUPLICATE", 5: "UNKNOWN_PLAN", 6: "UNKNOWN_GROUP", 7: "OTHER_YEAR", 8: "LATER", 9: "UNKNOWN_SCHOOL",
            10: "SET_ASIDE", 11: "SET_ASIDE", 12: "SET_ASIDE", 13: "SET_ASIDE", 14: "SET_ASIDE",
            15: "MAY_BE_TWICE"}  # fmt: skip
"""Row of the table above, from 1: what is told of it."""


def night(drawn: str = INVOICES) -> dict[str, pl.DataFrame]:
    """The ledger's tables as a night makes them from the raw lines."""
    raw = table(ALL["raw_money__agency_invoices"], drawn)
    cleaned = clean(raw, ALL["raw_money__agency_invoices"])
    costs = fill("core_costs", {"clean_money__agency_invoices": cleaned.frame, "core_ehc_plans": PLANS,
                                "core_interventions": GROUPS})  # fmt: skip
    groups = fill("model_money__groups", {"core_costs": costs, "core_interventions": GROUPS, "core_run": RUN})
    known = Known(SCHOOLS, PLANS, GROUPS, RUN)
    resources = rows(ALL["raw_money__resources"], row_number=[])
    lines = list_lines(raw, resources, cleaned.quarantine, known)
    tied = costs.filter(pl.col("plan_key").is_not_null())["amount_pence"].sum()
    plans = rows(ALL["model_value_for_money__plans"], plan_key="100001:P1", school_urn="100001", academic_year=2025,
                 invoiced_pence=tied)  # fmt: skip
    told = reconcile(lines, costs, groups, plans, SCHOOLS, RUN)
    assert find(lines, ALL["model_money__ledger"]) == []
    assert find(told, ALL["model_money__reconciliation"]) == []
    return {"lines": lines, "told": told, "aside": cleaned.quarantine, "accepted": cleaned.frame}


def row_of(told: pl.DataFrame, urn: str, year: int) -> dict[str, Any]:
    return told.filter(school_urn=urn, financial_year=year, cost_kind="AGENCY").to_dicts()[0]


def test_each_line_is_told_of_with_its_rule_and_rows_in_are_rows_out() -> None:
    made = night()
    found = {row["row_number"]: row["rule"] for row in made["lines"].to_dicts() if row["rule"]}
    assert found == EXPECTED
    set_aside = made["aside"].filter("is_row_set_aside")["row_number"].n_unique()
    assert made["lines"].height == made["accepted"].height + set_aside == 16


def test_the_difference_is_the_sum_of_its_reasons_to_the_penny() -> None:
    told = night()["told"]
    year = row_of(told, "100001", 2025)
    # 1,200.50 + 100 + 10 + 10 + 20 + 30 - 250 + 10 in the ledger of 2025; counted also the 40 that is booked in 2026
    assert year["ledger_pence"] == 120_050 + 10_000 + 1_000 + 1_000 + 2_000 + 3_000 - 25_000 + 1_000
    assert year["counted_pence"] == 120_050 + 10_000 + 1_000 + 2_000 + 3_000 + 1_000 + 4_000
    assert (year["duplicate_pence"], year["set_aside_pence"], year["other_year_pence"]) == (1_000, -25_000, -4_000)
    assert (year["unreadable_rows_count"], year["is_within_limit"]) == (3, False)
    now = row_of(told, "100001", 2026)
    assert (now["ledger_pence"], now["later_pence"], now["other_year_pence"]) == (16_000, 5_000, 4_000)
    assert now["set_aside_pence"] == 7_000  # its date cannot be read, so it stands in the year of the data date
    assert told["unexplained_pence"].to_list() == [0] * told.height


def test_the_trusts_row_holds_its_schools_and_the_lines_of_no_school() -> None:
    told = night()["told"]
    trust = row_of(told, "TRUST", 2025)
    assert trust["unknown_school_pence"] == 6_000
    assert trust["ledger_pence"] == row_of(told, "100001", 2025)["ledger_pence"] + 6_000
    assert row_of(told, "TRUST", 2026)["counted_pence"] == row_of(told, "100002", 2026)["counted_pence"] == 8_000
    assert told.filter(school_urn="999999").is_empty()


def test_two_in_a_hundred_is_within_the_limit_and_a_penny_more_is_not() -> None:
    head = "funded_school_urn | agency | invoice_number | invoice_date | amount_pence\n"
    lines = "100001 | Plover | 1 | 01/02/2026 | 98.00\n100001 | Plover | 2 | 21/11/2026 | {later}\n"
    booked = head.replace("amount_pence", "amount_pence | financial_year")
    for later, is_within in (("2.00", True), ("2.01", False)):
        drawn = "".join(f"{line} | 2025\n" for line in lines.format(later=later).splitlines())
        assert row_of(night(booked + drawn)["told"], "100001", 2025)["is_within_limit"] is is_within


def test_no_invoices_at_all_is_no_row() -> None:
    empty = rows(ALL["raw_money__agency_invoices"], row_number=[])
    aside = clean(empty, ALL["raw_money__agency_invoices"]).quarantine
    lines = list_lines(
        empty, rows(ALL["raw_money__resources"], row_number=[]), aside, Known(SCHOOLS, PLANS, GROUPS, RUN)
    )
    assert lines.is_empty()


BANDS = funding_bands({"Band 1": {2024: 150_000, 2026: 160_000}})
TOP_UP = table(
    ALL["clean_money__top_up"],
    """
    row_number | funded_school_urn | financial_year | plan_reference | funding_band | top_up_pence
    1          | 100001            | 2025           | P1             | Band 1       | 150000
    2          | 100001            | 2026           | P1             | Band 1       | 150000
    3          | 100001            | 2025           | P2             | Band 9       | 990000
    4          | 100001            | 2023           | P3             | Band 1       | 140000
    5          | 100001            | 2025           | P4             | -            | 5
    6          | 999999            | 2025           | P5             | Band 9       | 7
    """,
)


def test_a_band_that_the_settings_do_not_name_is_told_of_and_its_top_up_stands() -> None:
    lines = rows(ALL["model_money__ledger"], row_number=[])
    found = list_findings(lines, TOP_UP, BANDS, SCHOOLS)
    told = {row["row_number"]: (row["rule"], row["amount_pence"], row["expected_pence"]) for row in found.to_dicts()}
    assert told == {
        2: ("BAND_AMOUNT", 150_000, 160_000),
        3: ("UNKNOWN_BAND", 990_000, None),
        4: ("UNKNOWN_BAND", 140_000, None),  # before the first year that the settings name
        6: ("UNKNOWN_BAND", 7, None),
    }
    assert found.filter(row_number=6)["school_urn"].item() == "TRUST"
    assert (
        fill("core_top_up", {"clean_money__top_up": TOP_UP})["top_up_pence"].to_list()
        == TOP_UP["top_up_pence"].to_list()
    )
    assert list_findings(
        lines, TOP_UP, funding_bands({}), SCHOOLS
    ).is_empty()  # no bands in the settings: nothing to say


def test_funding_rules_stand_until_another_year_is_named() -> None:
    rules = {row["financial_year"]: row for row in funding_rules({2026: 700_000}, {2020: 1, 2027: 2}, 0.1).to_dicts()}
    assert [rules[year]["element_2_threshold_pence"] for year in (2025, 2026, 2040)] == [600_000, 700_000, 700_000]
    assert [rules[year]["place_funding_pence"] for year in (2019, 2020, 2026, 2027)] == [1_000_000, 1, 1, 2]
    assert rules[2030]["overhead_rate"] == 0.1
    assert {row["overhead_rate"] for row in funding_rules().to_dicts()} == {0.0}


@pytest.mark.parametrize(("overheads", "rate"), [(None, 2_600.0), (0.0, 2_600.0), (0.1, 2_860.0)])
def test_overheads_are_off_unless_the_settings_say_so(overheads: float | None, rate: float) -> None:
    delivered = rows(ALL["clean_money__staff_rates"], financial_year=2025, staff_grade="TA2", gross_pay_pence=2_000_000,
                     on_cost_pence=600_000, deliverable_hours=1_000.0)  # fmt: skip
    rules = {} if overheads is None else {"core_funding_rules": funding_rules(overhead_rate=overheads)}
    found = fill("core_staff_rates", {"clean_money__staff_rates": delivered} | rules)
    assert found["rate_per_hour_pence"].item() == pytest.approx(rate)


@pytest.mark.parametrize(("year", "rule"), [(None, "REQUIRED"), ("next year", "KIND"), ("1999", "RANGE")])
def test_a_top_up_or_rate_without_a_financial_year_is_set_aside(year: str | None, rule: str) -> None:
    for name in ("staff_rates", "support_staff"):
        raw = rows(ALL[f"raw_money__{name}"], financial_year=year)
        cleaned = clean(raw, ALL[f"raw_money__{name}"])
        assert cleaned.frame.is_empty()
        assert rule in cleaned.quarantine["rule"].to_list()
