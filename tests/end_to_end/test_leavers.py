"""Planted leavers, reasons, two years on and moves are found one by one; who died is nowhere."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust

TOLD = ["leaver_stage", "september_outcome", "sustained_outcome", "unknown_reason", "later_outcome"]
BY_NUMBER = (
    "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = x.school_urn "
    "and i.pupil_key = x.pupil_key"
)
KEY = ["school_urn", "mis_id", "leaving_date"]


def beside(planted: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Each planted record with what was found of it; one that is on one side only has blanks on the other."""
    texts = [frame.with_columns(pl.all().cast(pl.String).fill_null("")) for frame in (planted, found)]
    return texts[0].join(texts[1], on=KEY, how="full", suffix="_found", coalesce=True)


def test_every_leaver_is_found_with_each_point_and_reason(trust: Trust) -> None:
    found = trust.work(
        "select x.school_urn, cast(i.identifier as bigint) as mis_id, x.leaving_date, "
        f"{', '.join(f'x.{name}' for name in TOLD)}, case when x.later_outcome = 'UNKNOWN' then p.point_state end "
        f"as later_unknown_reason from model_destinations__leavers x {BY_NUMBER} "
        "join model_destinations__points p on p.pupil_key = x.pupil_key and p.school_urn = x.school_urn "
        "and p.leaving_date = x.leaving_date and p.time_point = 'TWO_YEARS'"
    )
    planted = trust.truth("leavers_truth")
    both = beside(planted, found)
    assert both.height == planted.height > 500
    for name in [*TOLD, "later_unknown_reason"]:
        wrong = both.filter(pl.col(name) != pl.col(f"{name}_found"))
        assert wrong.is_empty(), wrong.select(*KEY, name, f"{name}_found")
    assert set(planted["unknown_reason"].drop_nulls()) == {"NO_ANSWER", "LAPSED", "NOT_LISTED", "NEVER_CONTACTED"}


def test_every_move_is_found_with_where_to_and_who_died_is_in_no_list(trust: Trust) -> None:
    found = trust.work(
        "select x.school_urn, cast(i.identifier as bigint) as mis_id, x.leaving_date, x.move_type, x.sen_provision "
        f"from core_moves x {BY_NUMBER}"
    )
    planted = trust.truth("moves_truth")
    both = beside(planted.filter(pl.col("move_type") != "DIED"), found)
    died = planted.filter(move_type="DIED").height
    assert both.height == planted.height - died == found.height > 30
    for name in ("move_type", "sen_provision"):
        wrong = both.filter(pl.col(name) != pl.col(f"{name}_found"))
        assert wrong.is_empty(), wrong.select(*KEY, name, f"{name}_found")
    for table in ("core_leavers", "core_moves", "model_destinations__calls", "model_destinations__background"):
        assert trust.work(f"select count(*) as n from {table} join core_deceased using (pupil_key)")["n"].item() == 0
    assert trust.work("select count(*) as n from core_deceased")["n"].item() == 2, "one by the moves, one by a referral"


def test_the_calls_are_of_those_whom_nobody_knows_or_whose_next_day_comes(trust: Trust) -> None:
    calls = trust.work("select * from model_destinations__calls where overdue_days > 0")
    assert calls.height > 10
    assert calls.filter((pl.col("point_state") == "KNOWN") & ~pl.col("is_contradicted")).is_empty()
    urn = calls["school_urn"][0]
    own = trust.published(f"pupil_{urn}.duckdb", "select distinct school_urn from mart_destinations__call")
    assert own["school_urn"].to_list() == [urn]


def test_shown_moves_of_the_trust_are_the_sum_of_its_moves(trust: Trust) -> None:
    row = trust.published(
        "agg_trust.duckdb", "select * from mart_moves__school where school_urn = 'TRUST' and move_group = 'All pupils'"
    ).to_dicts()[0]
    true = trust.work(
        "select move_type, count(*) as n from core_moves, core_run where leaving_date >= data_date - interval 3 year "
        "group by move_type"
    )
    counts = dict(true.rows())
    assert row["moves_count"] == sum(counts.values())
    shown = {name: row[f"{name.lower()}_count"] for name in counts}
    assert all(value in (None, counts[name]) for name, value in shown.items())
    assert any(value is not None for value in shown.values())
