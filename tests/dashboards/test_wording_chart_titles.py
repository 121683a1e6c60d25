"""What stands above a picture: the finding, by hand; and what is drawn where no finding may be told."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboards.figures import Row
from dashboards.wording import chart_titles as titles

HIDDEN = {"persistent_rate": None, "suspensions_per_100_years": None,
          "hidden_columns": "persistent_rate,suspensions_per_100_years"}  # fmt: skip


def group(name: str, **figures: object) -> Row:
    return {"sen_group": name, "hidden_columns": "", **figures}


def test_groups_are_told_in_their_order_and_a_hidden_one_is_left_out() -> None:
    rows = [group("No SEN", persistent_rate=0.15, suspensions_per_100_years=5.62),
            group("SEN support", persistent_rate=0.264, suspensions_per_100_years=30.0),
            group("EHC plan") | HIDDEN]  # fmt: skip
    assert titles.persistent_title(rows) == (
        "Missed a tenth or more of half-days: 15% without SEN and 26% with SEN support"
    )
    assert titles.suspensions_title(rows) == (
        "Suspensions for each 100 pupils in a year: 5.6 without SEN and 30.0 with SEN support"
    )
    assert titles.persistent_title(rows[2:]) == "Missed a tenth or more of half-days"
    assert titles.suspensions_title(rows[2:]) == "Suspensions for each 100 pupils in a year"


def test_outcomes_without_evidence_and_those_not_borne_out_are_one_number() -> None:
    row = {"outcomes_count": 86, "met_outcomes_count": 12, "unbacked_outcomes_count": 15,
           "no_evidence_outcomes_count": 13}  # fmt: skip
    assert titles.outcomes_title(row) == "Of 86 outcomes, 12 met; nothing on record bears out how 28 stand"


def test_the_smallest_share_and_the_longest_wait_are_named() -> None:
    kinds = [{"provision_group": "MENTORING", "delivered_rate": 0.85}, {"provision_group": "SPEECH_LANGUAGE",
             "delivered_rate": 0.62}, {"provision_group": "SMALL_GROUP", "delivered_rate": None}]  # fmt: skip
    assert titles.provision_title(kinds) == (
        "Speech and language therapy: 62% of what is due took place, the smallest share"
    )
    services = [{"service": "Autism outreach", "seen_median_weeks": 1.0}, {"service": "Occupational therapy",
                "seen_median_weeks": 8.0}, {"service": "Hearing support", "seen_median_weeks": None}]  # fmt: skip
    assert titles.waits_title(services) == (
        "Waits across the trust, by service: longest for occupational therapy, half seen within 8 weeks"
    )
    assert titles.waits_title(services[:1]).endswith("autism outreach, half seen within 1 week")


def test_requests_say_the_share_where_enough_were_followed() -> None:
    assert titles.requests_title({"by_20_rate": 0.36}) == (
        "Across the trust, about 36% get a final plan within 20 weeks"
    )
    assert "as weeks go by" in titles.requests_title({"by_20_rate": None})


def year(**changes: object) -> Row:
    return {"financial_year": 2025, "data_date": dt.date(2026, 11, 20), "spend_pence": 36_597_700,
            "notional_pence": 28_161_000, "place_pence": None, "top_up_pence": 13_322_200,
            "hidden_columns": ""} | changes  # fmt: skip


@pytest.mark.parametrize(
    ("spend", "said"),
    [(36_597_700, "2025/26: £365,977 recorded, £48,855 within the funding for it"),
     (42_000_000, "2025/26: £420,000 recorded, £5,168 beyond the funding for it")],
)  # fmt: skip
def test_spending_says_on_which_side_of_its_funding_it_is(spend: int, said: str) -> None:
    running = year(financial_year=2026)
    assert titles.spend_title([year(spend_pence=spend), running]) == said
    assert titles.spend_title([running]) == "Recorded spending and its funding, by year"


def test_plans_are_set_beside_what_comes_with_them() -> None:
    rows: list[Row] = [{"academic_year": 2026, "data_date": dt.date(2026, 11, 20), "full_cost_pence": 43_700_000,
                        "funding_pence": 33_800_000}]  # fmt: skip
    assert titles.plan_costs_title(rows) == ("2026/27: £437,000 planned for the year, £338,000 comes with the plans")
    assert titles.plan_costs_title([{"full_cost_pence": 1, "funding_pence": None}]).startswith("What plans cost")


def test_untraced_leavers_are_counted_over_the_stages_that_tell_them() -> None:
    rows = [{"unknown_count": 58, "leavers_count": 827}, {"unknown_count": None, "leavers_count": 40},
            {"unknown_count": 73, "leavers_count": 619}]  # fmt: skip
    assert titles.leavers_title(rows) == "Two terms on, 131 of 1,446 leavers are not traced"
    assert titles.leavers_title(rows[1:2]).endswith("by stage")


def test_the_ladder_the_strategy_and_the_funnel() -> None:
    assert titles.places_title([{"subject": "Reading", "off_ladder_count": 24, "sen_count": 88}]) == (
        "Reading: 24 of 88 pupils have no place on the ladder"
    )
    whole = {"done_count": 86, "actions_count": 138, "blocked_count": 6, "late_count": 9, "undated_count": 0,
             "stopped_count": 0, "stale_count": 6, "not_reported_count": 5}  # fmt: skip
    assert titles.priorities_title(whole) == "86 of 138 actions done, 15 blocked or past their day"
    assert titles.funnel_title([]) == "No school lies beyond the outer lines"
    assert titles.funnel_title(["Elm", "Oak"]) == "Beyond the outer lines: Elm and Oak"
    assert titles.lower_first("SEND advice") == "SEND advice"
