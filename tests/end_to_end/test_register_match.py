"""Planted conflicts and flows of the register are found one by one, to the day, and nothing beside them."""

from __future__ import annotations

import datetime as dt

import polars as pl

from tests.end_to_end.conftest import Trust

CONFLICT = ["school_urn", "mis_id", "match_field", "opened_date", "closed_date", "closed_how", "owner"]
FLOW = ["school_urn", "mis_id", "flow", "flow_date"]
SENCOS = ("mart_match__conflict", "mart_match__worklist", "mart_sen_flows__pupil", "mart_sen_flows__gap")
WORK = "select census_term, min(left_days) as days from mart_match__worklist group by census_term"
FIRST_SIGHT = "2026-11-19"
"""Day of the sample's files: what only Insight shows cannot be older."""


def named(trust: Trust, table: str, columns: list[str]) -> pl.DataFrame:
    """Rows of a model, each pupil under the school's own number."""
    own = ", ".join(f"coalesce(cast(t.{name} as varchar), '') as {name}" for name in columns if name != "mis_id")
    return trust.work(
        f"select {own}, cast(cast(i.identifier as bigint) as varchar) as mis_id from {table} t "
        "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = t.school_urn "
        "and i.pupil_key = t.pupil_key"
    ).select(columns)


def told(frame: pl.DataFrame, columns: list[str]) -> set[tuple[str, ...]]:
    return set(frame.select(pl.col(columns).cast(pl.String).fill_null("")).rows())


def test_every_conflict_is_found_with_its_days_and_its_owner_and_no_other(trust: Trust) -> None:
    planted = told(trust.truth("conflicts_truth"), CONFLICT)
    assert told(named(trust, "model_match__conflicts", CONFLICT), CONFLICT) == planted
    kinds = {row[2] for row in planted}
    assert kinds == {"PROVISION", "NEED", "ROLL", "YEAR", "SEX", "FSM", "STATUS_DATE"}
    assert {row[6] for row in planted} == {"SENCO", "OFFICE", "INSIGHT_LEAD"}
    assert {row[3] for row in planted if row[6] == "INSIGHT_LEAD"} == {FIRST_SIGHT}
    assert sum(row[5] == "AGREED" for row in planted) > 5


def test_every_flow_of_the_register_is_found_to_the_day_and_no_other(trust: Trust) -> None:
    planted = told(trust.truth("sen_flows_truth"), FLOW)
    found = named(trust, "model_sen_flows__events", [*FLOW, "academic_year"])
    assert told(found.filter(pl.col("academic_year").cast(pl.Int64) >= 2023), FLOW) == planted
    assert {row[2] for row in planted} >= {"JOINED", "ARRIVED", "LEFT", "PLAN", "BACK", "NEED_CHANGED"}


def test_stock_at_the_end_is_stock_at_the_start_and_the_flows_between(trust: Trust) -> None:
    """On roll with SEN on the data date = on 31 August before + came + joined - left - went back."""
    sql = """
        select count(distinct s.pupil_key || s.school_urn) as held from core_sen_status s
        join core_enrolments e on e.pupil_key = s.pupil_key and e.school_urn = s.school_urn
        where s.sen_provision <> 'N' and date '{day}' between s.start_date and coalesce(s.end_date, date '9999-12-31')
        and date '{day}' between e.entry_date and coalesce(e.leaving_date, date '9999-12-31')
    """
    start, end = (trust.work(sql.format(day=day))["held"][0] for day in ("2025-08-31", "2026-08-31"))
    counted = "select flow, count(*) as n from model_sen_flows__events where academic_year = 2025"
    n = dict(trust.work(f"{counted} group by flow").rows())
    lost = trust.work(f"{counted} and flow = 'ENDED' and to_code = 'N' group by flow")["n"].sum()
    assert end == start + n["JOINED"] + n["ARRIVED"] - n["LEFT"] - n["BACK"] - lost


def test_the_senco_reads_the_own_schools_conflicts_only(trust: Trust) -> None:
    schools = trust.published("agg_trust.duckdb", "select school_urn from mart_release__schools")["school_urn"]
    for urn in schools:
        for table in SENCOS:
            found = trust.published(f"pupil_{urn}.duckdb", f"select distinct school_urn from {table}")["school_urn"]
            assert set(found.to_list()) <= {urn}
    every = trust.published("pupil_trust.duckdb", WORK)
    assert every.rows() == [("SPR", 62)]  # 20 November to 21 January, which is the next census and the next spring one


def test_shown_figures_are_those_of_the_pupils_behind_them(trust: Trust) -> None:
    shown = trust.published("agg_trust.duckdb", "select * from mart_match__school")
    conflicts = trust.work("select * from model_match__conflicts")
    compared = 0
    for row in shown.to_dicts():
        mine = conflicts if row["school_urn"] == "TRUST" else conflicts.filter(school_urn=row["school_urn"])
        still = mine.filter(pl.col("closed_date").is_null())
        true = {
            "conflicts_count": still["pupil_key"].n_unique(),
            "opened_count": mine.filter(pl.col("opened_date") > dt.date(2025, 11, 20))["pupil_key"].n_unique(),
            "closed_count": mine.filter(pl.col("closed_date") > dt.date(2025, 11, 20))["pupil_key"].n_unique(),
        }
        for name, count in true.items():
            assert row[name] in (None, count)
            assert (row[name] is None) is (name in row["hidden_columns"].split(","))
            compared += row[name] is not None
    assert compared > 9
