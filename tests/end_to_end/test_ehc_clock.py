"""Planted days of the statutory clock are found to the day: reviews, what trackers lack, transfers, requests."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust

LATE = ("meeting_late_days", "papers_late_days", "report_late_days", "decision_late_days", "amended_late_days")
PLAN = "cast(school_urn as bigint) as school_urn, substr(plan_key, length(school_urn) + 2) as plan_reference"


def differing(planted: pl.DataFrame, found: pl.DataFrame, key: list[str], *told: str) -> pl.DataFrame:
    """Rows that only one side has, or whose told columns differ; both sides as text."""
    text = pl.selectors.all().cast(pl.String).fill_null("")
    here, there = (side.select(*key, *told).with_columns(text) for side in (planted, found))
    both = here.join(there, on=key, how="full", suffix="_found", coalesce=False)
    return both.filter(pl.any_horizontal(pl.col(n).ne_missing(pl.col(f"{n}_found")) for n in (*key, *told)))


def test_every_review_is_found_with_its_day_and_each_lateness(trust: Trust) -> None:
    found = trust.work(f"select {PLAN}, review_number, cast(due_date as varchar) as due_date, is_from_year_9, "
                       f"is_in_tracker, {', '.join(LATE)} from model_ehc_clock__reviews")  # fmt: skip
    planted = trust.truth("review_clock_truth")
    key, told = ["school_urn", "plan_reference", "review_number"], ("due_date", "is_from_year_9", "is_in_tracker")
    assert planted.height > 200
    assert differing(planted, found, key, *told, *(name for name in LATE if name != "papers_late_days")).is_empty()
    lost = differing(planted, found, key, "papers_late_days")
    assert set(lost["papers_late_days_found"]) <= {""}, "only a day that could not be read may be missing"
    flagged = trust.truth("planted_rows").filter(pl.col("column") == "papers_sent_date")
    assert lost.height <= flagged.height


def test_what_was_planted_to_be_late_is_late_of_each_side(trust: Trust) -> None:
    planted = trust.truth("review_clock_truth")
    for name in LATE:
        assert planted.filter(pl.col(name) > 0).height > 3, name
    missing = planted.filter(~pl.col("is_in_tracker"))
    assert missing.filter(pl.col("meeting_late_days") > 0).height >= 1


def test_transfers_stand_where_they_were_planted(trust: Trust) -> None:
    found = trust.work(f"select {PLAN}, is_move_certain, transfer_standing, cast(transfer_due_date as varchar) "
                       "as transfer_due_date from model_ehc_clock__transfers")  # fmt: skip
    planted = trust.truth("transfers_truth")
    assert planted.height > 10
    told = ("is_move_certain", "transfer_due_date", "transfer_standing")
    assert differing(planted, found, ["school_urn", "plan_reference"], *told).is_empty()


def test_requests_stand_where_they_were_planted_and_140_days_are_in_time(trust: Trust) -> None:
    found = trust.work(
        "select cast(q.school_urn as bigint) as school_urn, cast(q.request_date as varchar) as request_date, "
        "cast(i.identifier as bigint) as mis_id, q.plan_days as days, q.standing from model_ehc_clock__requests q "
        "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = q.school_urn "
        "and i.pupil_key = q.pupil_key"
    )
    people = trust.truth("people").select("person", "school_urn", "mis_id").unique()
    planted = trust.truth("requests_truth").join(people, on=["person", "school_urn"])
    key = ["school_urn", "mis_id", "request_date"]
    assert planted.height > 20
    assert differing(planted, found, key, "days").is_empty()
    unread = differing(planted, found, key, "standing")
    assert set(unread["standing"]) <= {"EXCEPTION", "OPEN_EXCEPTION"}, "an exception that could not be read is none"


def test_the_senco_finds_what_is_due_in_the_own_school_only(trust: Trust) -> None:
    urns = trust.published("agg_trust.duckdb", "select school_urn from mart_release__schools")["school_urn"].to_list()
    for urn in urns:
        for table in ("mart_ehc_clock__due", "mart_ehc_clock__review", "mart_ehc_clock__transfer"):
            told = trust.published(f"pupil_{urn}.duckdb", f"select distinct school_urn from {table}")["school_urn"]
            assert set(told.to_list()) <= {urn}


def test_shown_figures_of_a_school_are_those_of_its_plans(trust: Trust) -> None:
    shown = trust.published("agg_trust.duckdb", "select * from mart_ehc_clock__school where school_urn <> 'TRUST'")
    due = trust.work(
        "select school_urn, count(*) as reviews_due_count, count(*) filter (meeting_late_days = 0) as "
        "reviews_in_time_count from model_ehc_clock__reviews cross join core_run where meeting_late_days is not null "
        "and due_date <= data_date and due_date > data_date - interval 1 year group by school_urn"
    )
    both = shown.join(due, on="school_urn", suffix="_true")
    compared = 0
    for row in both.to_dicts():
        for name in ("reviews_due_count", "reviews_in_time_count"):
            assert row[name] in (None, row[f"{name}_true"])
            assert (row[name] is None) is (name in row["hidden_columns"].split(","))
            compared += row[name] is not None
    assert compared >= 3


def test_each_school_gets_its_days_as_a_calendar_without_a_name(trust: Trust) -> None:
    calendars = (trust.home / "CURRENT").resolve() / "calendar"
    due = trust.published("pupil_trust.duckdb", "select school_urn from mart_ehc_clock__due where due_date is not null")
    for urn in due["school_urn"].unique().to_list():
        content = (calendars / f"{urn}.ics").read_bytes()
        assert content.count(b"BEGIN:VEVENT") == due.filter(school_urn=urn).height
