"""Planted referrals, waits, savings and gaps are found: to the day, to the penny, and nobody who has died."""

from __future__ import annotations

import polars as pl
import pytest

from tests.end_to_end.conftest import Trust

TOLD = (
    "referral_stage", "step_owner", "stage_days", "chase_days", "open_days", "date_fault", "seen_wait_days", "is_seen",
    "whole_wait_days", "is_provided",
)  # fmt: skip
KEY = ["school_urn", "mis_id", "agency", "service", "referral_date"]


def found(trust: Trust) -> pl.DataFrame:
    """The referrals of the model, each under the school's own number of the pupil."""
    return trust.work(
        "select cast(s.school_urn as bigint) as school_urn, cast(i.identifier as bigint) as mis_id, s.* exclude "
        "(school_urn, referral_date), cast(s.referral_date as varchar) as referral_date from model_referrals__steps s "
        "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = s.school_urn "
        "and i.pupil_key = s.pupil_key"
    )


def test_every_referral_stands_where_the_planted_truth_says(trust: Trust) -> None:
    planted = trust.truth("referrals_truth")
    both = planted.join(found(trust), on=KEY, how="full", suffix="_found", coalesce=True)
    assert both.height == planted.height > 100
    for name in TOLD:
        there, told = (pl.col(column).cast(pl.String).fill_null("") for column in (name, f"{name}_found"))
        assert both.filter(there != told).is_empty(), both.filter(there != told).select(*KEY, name, f"{name}_found")


def test_what_was_planted_to_be_pressing_is_there(trust: Trust) -> None:
    planted = trust.truth("referrals_truth")
    assert {"ANSWER", "SEEN", "REPORT", "PROVISION", "PROVIDED", "CLOSED"} <= set(planted["referral_stage"])
    assert planted.filter(pl.col("chase_days") > 0).height > 0
    assert planted.filter(date_fault="SEEN_MISSING").height > 0
    died = trust.work("select count(*) as n from clean_referrals__referrals where referral_closed_reason = 'DECEASED'")
    assert died["n"].item() > 0
    core = trust.work(
        "select count(*) as n from core_referrals where pupil_key in "
        "(select pupil_key from clean_referrals__referrals where referral_closed_reason = 'DECEASED')"
    )
    assert core["n"].item() == 0


def test_the_median_of_each_service_is_the_planted_day(trust: Trust) -> None:
    planted = {row["service_label"]: row for row in trust.truth("waits_truth").to_dicts()}
    told = trust.work("select * from model_referrals__service").to_dicts()
    assert len(told) == len(planted) == 6
    compared = 0
    for row in told:
        truth = planted[row["service_label"]]
        assert row["open_pupils_count"] == truth["open_pupils_count"]
        if row["seen_cases_count"] >= 10 and truth["seen_median_days"] is not None:
            assert row["seen_median_weeks"] * 7 == pytest.approx(truth["seen_median_days"])
            compared += 1
        else:
            assert row["seen_median_weeks"] is None
    assert compared >= 3
    published = trust.published("agg_trust.duckdb", "select * from mart_referrals__service").to_dicts()
    for row in published:
        if row["seen_median_weeks"] is not None:
            assert row["seen_median_weeks"] == int(planted[row["service_label"]]["seen_median_days"] / 7 + 0.5)


def test_savings_are_found_to_the_penny(trust: Trust) -> None:
    names = ["saving_kind", "product_name", "saving_low_pence", "saving_high_pence"]
    planted = trust.truth("savings_truth").select(names).sort(names)
    told = trust.published("agg_trust.duckdb", f"select {', '.join(names)} from mart_purchasing__saving").sort(names)
    assert told.rows() == planted.rows()
    assert set(told["saving_kind"]) >= {"PRICE_TEST", "PRICE_LICENCE", "UNUSED_SEATS"}


def test_needs_without_a_test_are_found(trust: Trust) -> None:
    planted = trust.truth("needs_truth").sort("sen_type")
    told = trust.published("agg_trust.duckdb", "select sen_type, gap from mart_purchasing__needs").sort("sen_type")
    assert told.rows() == planted.rows()
    assert set(told["gap"]) == {"NO_TEST", "NOT_STOCKED", "BY_HEALTH", "STOCKED"}


def test_stock_seats_and_open_referrals_are_for_the_staff_app_only(trust: Trust) -> None:
    def tables(name: str) -> set[str]:
        return set(trust.published(name, "select table_name from information_schema.tables")["table_name"])

    pupils = {"mart_referrals__open", "mart_purchasing__tests", "mart_purchasing__licences", "mart_purchasing__gaps"}
    urns = trust.published("agg_trust.duckdb", "select school_urn from mart_release__schools")["school_urn"].to_list()
    for urn in [*urns, "trust"]:
        assert not pupils & tables(f"agg_{urn}.duckdb")
        assert pupils <= tables(f"pupil_{urn}.duckdb")
    for urn in urns:
        for table in sorted(pupils):
            told = trust.published(f"pupil_{urn}.duckdb", f"select distinct school_urn from {table}")["school_urn"]
            assert set(told.to_list()) <= {urn}
