"""Waits and buying in words and pictures: hidden is neither said nor drawn, ranges say what would have to be true."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboards.charts.waits import waits_alt, waits_chart
from dashboards.wording import purchasing, referrals
from dashboards.wording.answers import ANSWERS
from dashboards.wording.questions import ask_of
from expectations.tables.purchasing import GAPS, SAVING_KINDS
from expectations.tables.referrals import CLOSED_REASONS, DECLINED_REASONS, STAGES


def waits(**changes: Any) -> dict[str, Any]:
    row = {
        "agency": "Plover", "service": "Speech", "waited_count": 71, "open_pupils_count": 23, "seen_median_weeks": 22.0,
        "seen_lower_weeks": 19.0, "seen_upper_weeks": 24.0, "whole_median_weeks": 31.0, "concern_median_weeks": 6.0,
        "latest_seen_median_weeks": 24.0, "before_seen_median_weeks": 20.0, "seen_standing": "MEDIAN",
        "agency_step_count": 20, "school_step_count": 3, "agency_spend_pence": 1_175_000, "declined_pupils_count": 9,
        "hidden_columns": "",
    }  # fmt: skip
    return {**row, **changes}


def test_a_median_is_said_with_its_range_and_that_open_cases_count() -> None:
    assert referrals.seen_sentence(waits()) == (
        "Half of the pupils referred to an outside agency in the last two years were seen within 22 weeks (likely "
        "range 19 to 24 weeks), open cases counted."
    )
    assert "(likely range 19 or more weeks)" in referrals.seen_sentence(waits(seen_upper_weeks=None))
    assert referrals.service_sentence(waits()).endswith("Year before to last year: 20 → 24 weeks.")
    assert "within 1 week " in referrals.seen_sentence(waits(seen_median_weeks=1.0))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seen_median_weeks": None, "seen_standing": "NOT_REACHED"}, "Fewer than half"),
        ({"seen_median_weeks": None, "seen_standing": "FEW"}, "too few for a median"),
        ({"seen_median_weeks": None, "seen_standing": None, "hidden_columns": "seen_standing"}, "is not shown"),
    ],
)
def test_why_there_is_no_median(changes: dict[str, Any], said: str) -> None:
    sentence = referrals.seen_sentence(waits(**changes))
    assert said in sentence
    assert "None" not in sentence
    assert not any(sign.isdigit() for sign in sentence)


def test_who_waits_now_and_what_was_paid() -> None:
    assert referrals.open_sentence(waits()) == (
        "23 pupils have an open referral now: 20 wait for an agency, 3 for their school only."
    )
    assert (
        referrals.open_sentence(waits(open_pupils_count=1, agency_step_count=None))
        == "1 pupil has an open referral now."
    )
    assert "is not shown" in referrals.open_sentence(waits(open_pupils_count=None, hidden_columns="open_pupils_count"))
    assert referrals.open_sentence(waits(open_pupils_count=0)) == "Nobody waits for an outside agency now."
    assert referrals.spend_sentence(waits(), dt.date(2026, 11, 20)).startswith("Agencies sent invoices of £11,750 in")
    assert referrals.spend_sentence(waits(agency_spend_pence=None), dt.date(2026, 11, 20)) == ""
    assert referrals.declined_sentence(waits(declined_pupils_count=0)) == ""


def test_every_code_has_words_of_its_own() -> None:
    open_stages = STAGES[:4]
    ended = [
        referrals.end_words({"referral_stage": "CLOSED", "referral_closed_reason": reason, "is_declined": False})
        for reason in CLOSED_REASONS
        if reason != "DECEASED"  # never listed
    ]
    for told in (
        [referrals.to_do_words(code) for code in open_stages],
        [referrals.next_words(code) for code in open_stages],
        ended,
        [purchasing.kind_words(code) for code in SAVING_KINDS],
        [purchasing.gap_words(code) for code in GAPS],
    ):
        assert len(set(told)) == len(told)
        assert not any("_" in said or said == "–" for said in told)
    declined = {"referral_stage": "CLOSED", "referral_closed_reason": None, "is_declined": True}
    assert referrals.end_words(declined) == "Declined: no reason recorded"
    assert all(
        referrals.end_words(declined | {"referral_closed_reason": reason}).startswith("Declined: ")
        for reason in DECLINED_REASONS
    )


def saving(kind: str, **changes: Any) -> dict[str, Any]:
    row = {
        "saving_kind": kind, "product_name": "Wordwell", "schools_count": 3, "product_units": 320,
        "lowest_unit_price_pence": 563, "middle_unit_price_pence": 621, "highest_unit_price_pence": 678,
        "tier_price_pence": None, "tier_from_units": None, "saving_low_pence": 19_800, "saving_high_pence": 49_600,
    }  # fmt: skip
    return {**row, **changes}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            saving("PRICE_TEST"),
            "3 schools order 320 a year as one and all pay £5.63, as one does now; at the cautious end nobody pays "
            "more than £6.21, the middle.",
        ),
        (saving("PRICE_TEST", tier_price_pence=470, tier_from_units=60), "£4.70, quoted for 60 or more in one order"),
        (saving("PRICE_TEST", tier_price_pence=470, tier_from_units=321), "The quote of £4.70 needs 321 or more"),
        (saving("PRICE_TEST", tier_price_pence=600, tier_from_units=1), "all pay £5.63"),
        (saving("PRICE_TEST", schools_count=1, tier_price_pence=470, tier_from_units=60), "this school’s order"),
        (saving("PRICE_LICENCE"), "3 schools take out 320 seats as one"),
        (saving("SPARE_TEST"), "two years’ use"),
        (saving("UNUSED_SEATS"), "None of them is promised in a plan."),
    ],
)
def test_each_range_says_what_would_have_to_be_true(row: dict[str, Any], said: str) -> None:
    assert said in purchasing.assumption(row)
    assert "None " not in purchasing.assumption(row).replace("None of them", "").replace("None runs", "")


def test_the_total_is_a_range_a_year_and_once() -> None:
    rows = [saving("PRICE_TEST"), saving("SPARE_TEST", saving_low_pence=0, saving_high_pence=8_000)]
    assert purchasing.saving_sentence(rows) == (
        "Bought as one trust, the same tests and licences would cost between £198 and £496 a year less. Stock that "
        "some schools can spare would save others up to £80, once."
    )
    assert "nothing that would cost less" in purchasing.saving_sentence([])
    assert "section F" in purchasing.NEVER_SAVES


@pytest.mark.parametrize(("pence", "said"), [(563, "£5.63"), (500, "£5.00"), (9_999, "£99.99"), (10_000, "£100")])
def test_a_price_is_to_the_penny_below_a_hundred_pounds(pence: int, said: str) -> None:
    assert purchasing.price_words(pence) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [(None, "no date recorded: ask"), (-3, "3 days ago: renewed?"), (0, "today"), (1, "tomorrow"), (90, "in 90 days")],
)
def test_when_a_licence_renews(days: int | None, said: str) -> None:
    assert purchasing.renewal_words(days) == said


def test_a_need_without_a_test_is_asked_about_in_words() -> None:
    question = {"subject": "IDENTIFICATION", "trigger": "NEED_WITHOUT_TEST", "about": "SEMH"}
    row = {"sen_type": "SEMH", "pupils_count": 117, "gap": "NO_TEST", "hidden_columns": ""}
    asked = ask_of(question, row)
    assert asked.title == "Social, emotional and mental health: a need without a test"
    assert asked.said == (
        "117 pupils have social, emotional and mental health as main need, and no test in the trust’s register serves "
        "it."
    )
    assert asked.answer == ANSWERS["NEED_WITHOUT_TEST"]
    assert purchasing.need_sentence(row | {"pupils_count": None, "hidden_columns": "pupils_count"}) == ""


def test_only_what_may_be_shown_is_drawn() -> None:
    rows = [waits(), waits(service="Open", seen_upper_weeks=None), waits(service="Hidden", seen_median_weeks=None)]
    figure = waits_chart(rows, 18)
    lines, dots = [t for t in figure.data if t.mode == "lines"], figure.data[-1]
    assert len(dots.x) == len(lines) == 2
    assert lines[1].x[1] == figure.layout.xaxis.range[1], "an open end runs to the edge"
    assert "Hidden" not in figure.to_json()
    assert "Hidden" not in waits_alt(rows)
    assert "half seen within 22 weeks (likely range 19 or more)" in waits_alt(rows)
    assert waits_alt([rows[2]]) == "No service has enough cases for a median."


def test_the_last_year_stands_beside_the_two_years_together() -> None:
    row = {"latest_seen_median_weeks": 11.0, "before_seen_median_weeks": 13.0, "hidden_columns": ""}
    assert referrals.change_sentence(row) == (
        "Of the last year’s referrals alone half were seen within 11 weeks; of those of the year before, 13 weeks."
    )
    assert referrals.change_sentence(row | {"hidden_columns": "before_seen_median_weeks"}) == ""
