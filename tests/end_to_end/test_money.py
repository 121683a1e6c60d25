"""Planted spending and ledger found again to the penny, from the schools' files on."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust

SCHOOL = pl.col("school_urn").cast(pl.String)


def test_planted_spending_is_found_to_the_penny(trust: Trust) -> None:
    planted = trust.truth("money_truth").with_columns(SCHOOL)
    found = trust.work("select * from model_money__school where school_urn <> 'TRUST'")
    both = found.join(planted, on=["school_urn", "financial_year"], how="full", coalesce=True)
    assert both.height == planted.height == found.height > 10
    for found_name, planted_name in (
        ("groups_part_pence", "groups_pence"), ("beside_plan_pence", "beside_pence"),
        ("shared_part_pence", "shared_pence"), ("top_up_pence", "top_up_pence_right"),
    ):  # fmt: skip
        assert both.filter(pl.col(found_name) != pl.col(planted_name)).is_empty(), found_name
        assert both[found_name].sum() > 0
    whole = both.filter(pl.col("is_whole_year").cast(pl.String) == "true", pl.col("plans_pence") > 0)
    if whole.is_empty():
        whole = both.filter(pl.col("plans_pence").is_not_null())
    assert whole.height > 8
    assert whole.filter(pl.col("plans_part_pence") != pl.col("plans_pence")).is_empty()


def test_the_ledger_comes_to_what_was_planted_and_every_difference_is_explained(trust: Trust) -> None:
    by = ["school_urn", "financial_year", "cost_kind"]
    planted = trust.truth("ledger_truth").with_columns(SCHOOL)
    found = trust.work("select * from model_money__reconciliation")
    schools = found.filter(pl.col("school_urn") != "TRUST")
    both = schools.join(planted.filter(pl.col("school_urn") != "TRUST"), on=by, how="full", coalesce=True)
    assert both.height == schools.height > 20
    assert both.filter(pl.col("ledger_pence") != pl.col("ledger_pence_right")).is_empty()
    assert both.filter(pl.col("counted_pence") != pl.col("counted_pence_right")).is_empty()
    of_nobody = planted.filter(school_urn="TRUST")["ledger_pence"].sum()
    assert found.filter(school_urn="TRUST")["unknown_school_pence"].sum() == of_nobody > 0
    assert found["unexplained_pence"].to_list() == [0] * found.height
    assert not found["is_within_limit"].all()


def test_planted_lines_are_told_of_with_their_rule(trust: Trust) -> None:
    on = ["file_name", "sheet", "row_number", "rule"]
    planted = trust.truth("ledger_findings").rename({"file": "file_name"})
    found = trust.published("pupil_trust.duckdb", "select * from mart_money__findings")
    assert planted.join(found, on=on, how="anti").is_empty()
    others = found.join(planted, on=on, how="anti")["rule"].unique().to_list()
    assert set(others) <= {"SET_ASIDE", "DUPLICATE"}  # planted with the other dirt
    assert {"UNKNOWN_BAND", "BAND_AMOUNT", "MAY_BE_TWICE", "OTHER_YEAR"} <= set(found["rule"])


def test_governors_hold_no_ledger_and_no_deployment(trust: Trust) -> None:
    """A file boundary: what stands in the staff's files is not in the board's."""
    tables = trust.published("agg_trust.duckdb", "select table_name from information_schema.tables")["table_name"]
    assert set(tables) & {"mart_money__reconciliation", "mart_money__findings", "mart_money__deployment",
                          "mart_money__what_if", "model_money__school"} == set()  # fmt: skip
    assert "mart_money__school" in set(tables)
