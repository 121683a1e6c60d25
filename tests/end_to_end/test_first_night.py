"""The first night of the sample trust: what was planted is found, every row is accounted for, nothing leaks."""

from __future__ import annotations

import json
import re

import polars as pl
import pytest

from expectations.contract import Count, Sensitivity
from expectations.tables import ALL
from pipelines import publish
from pipelines.released_cells import WRITTEN
from tests.end_to_end.conftest import Trust

OWNERS = {"trust": "TRUST"}
WHERE = ["school_urn", "file_name", "table_name", "row_number"]


def delivered_by(frame: pl.DataFrame) -> pl.DataFrame:
    """The truth's file paths as the ledger names them: school and file name, with the archive's member."""
    owner = pl.col("file").str.split("/").list.first().replace({"trust": "TRUST"})
    name = pl.col("file").str.split("/").list.last()
    member = pl.when(pl.col("member").fill_null("") == "").then(pl.lit("")).otherwise(" > " + pl.col("member"))
    return frame.with_columns(school_urn=owner, file_name=name + member)


def test_the_night_ends_with_rows_to_mend_and_a_release(trust: Trust) -> None:
    assert trust.first.returncode == 1, trust.first.stderr + trust.first.stdout
    assert re.search(r"release\s*│\s*1 \(new\)", trust.first.stdout)
    assert (trust.home / "CURRENT").resolve().name == "1"
    publish.verify((trust.home / "CURRENT").resolve())


def test_every_file_ends_as_planted(trust: Trust) -> None:
    planted = trust.truth("planted_files").filter(pl.col("state") != "LEFT ALONE")
    ledger = trust.work("select school_urn, file_name, state, rule from ledger where state <> 'TAKEN'")
    wanted = set()
    for place, state, rule, *_ in planted.rows():
        owner, name = place.split("/", 1)
        # A file in a folder that is no school's is the trust's to mend, named with its folder.
        wanted.add(
            ("TRUST", place, state, rule) if rule == "UNKNOWN_SCHOOL" else (OWNERS.get(owner, owner), name, state, rule)
        )
    assert set(ledger.rows()) == wanted
    assert wanted


def test_every_planted_row_is_found_by_its_rule_and_nothing_else_is(trust: Trust) -> None:
    planted = delivered_by(trust.truth("planted_rows").cast({"row_number": pl.Int64}))
    planted = planted.filter(pl.col("effect") != "accept").rename({"table": "table_name"})
    found = trust.work("select * from quarantine union all select * exclude (period) from landing_findings")
    is_aside = pl.col("effect") == "quarantine"
    wanted = set(planted.with_columns(is_row_set_aside=is_aside).select(*WHERE, "rule", "is_row_set_aside").rows())
    got = set(found.select(*WHERE, "rule", "is_row_set_aside").rows())
    assert got == wanted
    assert len(wanted) > 500


def test_rows_in_are_rows_accepted_and_rows_set_aside(trust: Trust) -> None:
    """The balance's counts are the generator's own, file by file added up."""
    counts = delivered_by(trust.truth("counts"))
    counts = counts.group_by("school_urn", table_name="table").agg(
        pl.col("rows_count", "quarantined_rows_count", "flagged_values_count").sum()
    )
    balance = trust.work(
        "select school_urn, table_name, rows_count, quarantined_rows_count, flagged_values_count, accepted_rows_count "
        "from model_deliveries__balance"
    )
    assert (balance["rows_count"] == balance["accepted_rows_count"] + balance["quarantined_rows_count"]).all()
    both = counts.join(balance, on=["school_urn", "table_name"], how="full", suffix="_found", coalesce=True)
    for name in ("rows_count", "quarantined_rows_count", "flagged_values_count"):
        wrong = both.filter(pl.col(name).fill_null(0) != pl.col(f"{name}_found").fill_null(0))
        assert wrong.is_empty(), wrong.select("school_urn", "table_name", name, f"{name}_found")


def test_people_are_people_however_many_schools_and_upns(trust: Trust) -> None:
    """One person each; only a child without any UPN who moves between schools cannot be known again."""
    people = (
        trust.truth("people")
        .group_by("person")
        .agg(
            has_upn=(pl.col("upn").is_not_null() | pl.col("temporary_upn").is_not_null()).any(),
            schools=pl.col("school_urn").n_unique(),
        )
    )
    expected = people.select(pl.when("has_upn").then(1).otherwise("schools").sum()).item()
    assert trust.work("select count(*) as n from core_pupils")["n"].item() == expected


def test_plan_costs_are_found_to_the_penny(trust: Trust) -> None:
    planted = trust.truth("plan_costs_truth").select(
        plan_key=pl.col("school_urn").cast(pl.String) + ":" + pl.col("plan_reference"),
        academic_year="academic_year",
        planted_pence=pl.col("staff_cost_full_pence") + pl.col("fixed_full_pence"),
        outcomes_met="outcomes_met_count",
    )
    found = trust.work(
        "select plan_key, academic_year, full_cost_pence, outcomes_met_count from model_value_for_money__plans"
    )
    both = found.join(planted, on=["plan_key", "academic_year"], how="inner")
    assert both.height == found.height > 100
    assert (both["full_cost_pence"] == both["planted_pence"]).all()
    assert (both["outcomes_met_count"] == both["outcomes_met"]).all()


def test_every_outcome_due_is_in_the_account_of_its_plan(trust: Trust) -> None:
    counted = trust.work(
        "select (select count(*) from core_ehc_outcomes where due_date <= (select data_date from core_run)) as due, "
        "(select sum(outcomes_due_count)::bigint from model_value_for_money__plans) as in_account"
    )
    assert counted["due"].item() == counted["in_account"].item() > 100


def test_destinations_are_found_leaver_by_leaver(trust: Trust) -> None:
    planted = trust.truth("destinations_truth").filter(pl.col("is_due").cast(pl.String) != "false")
    found = trust.work(
        "select school_urn::bigint as school_urn, leaver_stage, academic_year, count(*) as n, "
        "count(*) filter (sustained_outcome = 'SUSTAINED') as sustained, "
        "count(*) filter (sustained_outcome = 'UNKNOWN') as unknown from model_destinations__leavers "
        "where sustained_outcome <> 'NOT_DUE' group by all"
    )
    both = planted.join(found, on=["school_urn", "leaver_stage", "academic_year"], how="left")
    assert both.height > 3
    assert both.filter(pl.col("leavers_count") != pl.col("n")).is_empty(), both
    assert both.filter(pl.col("sustained_count") != pl.col("sustained")).is_empty(), both
    assert both.filter(pl.col("unknown_count") != pl.col("unknown")).is_empty(), both


COUNTED = [
    (table.name, column.name)
    for table in ALL.values()
    for column in table.columns
    if table.layer == "mart" and table.sensitivity is Sensitivity.AGGREGATE and isinstance(column.release, Count)
]


@pytest.mark.parametrize(("table", "column"), COUNTED)
def test_no_aggregate_file_shows_one_to_four(trust: Trust, table: str, column: str) -> None:
    shown = trust.published("agg_trust.duckdb", f"select {column} as n from {table}")["n"]
    assert not shown.is_in([1, 2, 3, 4]).any()


def test_no_pupil_leaves_the_pupil_files(trust: Trust) -> None:
    """Names and UPNs of every child: in no aggregate file, manifest, mend list, terminal or settings file."""
    pupils = trust.work("select distinct upn, surname from core_pupils where upn is not null")
    upns = [upn.encode() for upn in pupils["upn"].to_list()]
    release = (trust.home / "CURRENT").resolve()
    open_files = [
        path
        for path in release.rglob("*")
        if path.is_file() and not path.name.startswith("pupil_") and path.suffix != ".xlsx"
    ]
    assert len(open_files) >= 8
    told = {path.name: path.read_bytes() for path in open_files}
    told["terminal"] = (trust.first.stdout + trust.first.stderr).encode()
    for name, content in told.items():
        leaked = [upn for upn in upns if upn in content]
        assert not leaked, f"{len(leaked)} UPNs in {name}"
    rare = [s.encode() for s in pupils["surname"].unique().to_list() if len(s) >= 8 and s.isalpha()]
    for name, content in told.items():
        words = set(re.findall(rb"[A-Za-z]{8,}", content))
        assert not words & set(rare), f"{len(words & set(rare))} surnames in {name}"


def test_a_senco_sees_her_school_and_no_other(trust: Trust) -> None:
    schools = trust.published("agg_trust.duckdb", "select school_urn from mart_release__schools")[
        "school_urn"
    ].to_list()
    for urn in schools:
        for table in ("mart_pupils__register", "mart_deliveries__mend_rows", "mart_deliveries__ledger"):
            seen = trust.published(f"pupil_{urn}.duckdb", f"select distinct school_urn from {table}")[
                "school_urn"
            ].to_list()
            assert set(seen) <= {urn}


def test_the_manifest_says_where_the_figures_came_from(trust: Trust) -> None:
    manifest = json.loads(((trust.home / "CURRENT").resolve() / "manifest.json").read_text())
    assert manifest["release_number"] == 1
    assert manifest["checks"]["rules_broken"] == 0
    assert manifest["checks"]["expectations_evaluated"] > 300
    assert manifest["data_date"] == "2026-11-20"
    assert len(manifest["inputs"]) == trust.work("select count(*) as n from ledger")["n"].item()
    assert set(manifest["sha256"]) >= set(manifest["files"])
    assert manifest["stage_seconds"]["reading files"] > 0
    assert manifest[WRITTEN], "as long as people see it, its ledger of released cells must be there"


SETTLED_BY_PEOPLE = {
    "core_alias_decisions", "core_journal_rounds", "core_journal_cases", "core_journal_ratings", "core_trail_questions",
}  # fmt: skip
"""Filled from the journal and the trail, in which nobody has written by the first night."""


@pytest.mark.parametrize(
    "table", [t.name for t in ALL.values() if t.layer in {"core", "model"} and t.name not in SETTLED_BY_PEOPLE]
)
def test_every_core_and_model_table_holds_something(trust: Trust, table: str) -> None:
    assert trust.work(f"select count(*) as n from {table}")["n"].item() > 0
