"""Planted cycles of assess, plan, do, review are found pupil by pupil; the school's figures are their sums."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust

TOLD = ["cycles_count", "standing", "stage", "stage_due_date", "overdue_days", "unchanged_run_count"]


def found(trust: Trust) -> pl.DataFrame:
    """The pupils of the ledger, each under the school's own number."""
    return trust.work(
        "select cast(p.school_urn as bigint) as school_urn, cast(i.identifier as bigint) as mis_id, p.* exclude "
        "(school_urn, stage_due_date), cast(p.stage_due_date as varchar) as stage_due_date from model_apdr__pupils p "
        "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = p.school_urn "
        "and i.pupil_key = p.pupil_key"
    )


def test_every_pupil_stands_where_the_planted_truth_says(trust: Trust) -> None:
    planted = trust.truth("apdr_truth")
    both = planted.join(found(trust), on=["school_urn", "mis_id"], how="full", suffix="_found", coalesce=True)
    assert both.height == planted.height > 100
    for name in TOLD:
        there, told = (pl.col(column).cast(pl.String).fill_null("") for column in (name, f"{name}_found"))
        assert both.filter(there != told).is_empty(), both.filter(there != told).select(name, f"{name}_found")


def test_what_was_planted_to_be_pressing_is_there(trust: Trust) -> None:
    planted = trust.truth("apdr_truth")
    assert set(planted.filter(pl.col("overdue_days") > 0)["stage"]) >= {"PLAN", "DO", "REVIEW"}
    assert planted.filter(pl.col("unchanged_run_count") >= 3).height > 3
    assert set(planted["standing"]) == {"OPEN", "BETWEEN", "STOPPED", "NONE"}


def test_the_senco_reads_the_ledger_of_the_own_school_only(trust: Trust) -> None:
    urns = trust.published("agg_trust.duckdb", "select school_urn from mart_release__schools")["school_urn"].to_list()
    for urn in urns:
        for table in ("mart_apdr__cycle", "mart_apdr__pupil", "mart_interventions__group", "mart_interventions__exit"):
            told = trust.published(f"pupil_{urn}.duckdb", f"select distinct school_urn from {table}")["school_urn"]
            assert set(told.to_list()) <= {urn}


def test_shown_figures_of_a_school_are_those_of_its_pupils(trust: Trust) -> None:
    shown = trust.published("agg_trust.duckdb", "select * from mart_apdr__school where school_urn <> 'TRUST'")
    people = found(trust)
    assert shown.height == 5
    compared = 0
    for row in shown.to_dicts():
        mine = people.filter(pl.col("school_urn") == int(row["school_urn"]))
        true = {
            "sen_support_count": mine.height,
            "open_count": mine.filter(standing="OPEN").height,
            "overdue_count": mine.filter(pl.col("overdue_days") > 0).height,
        }
        for name, count in true.items():
            assert row[name] in (None, count)
            assert (row[name] is None) is (name in row["hidden_columns"].split(","))
            compared += row[name] is not None
    assert compared > 6
