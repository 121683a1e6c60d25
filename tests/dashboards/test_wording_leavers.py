"""Leavers and moves in words: what a governor reads of 7 and of 40 leavers, through the door; each reason and route."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from dashboards.wording import destination_calls as calls
from dashboards.wording import destination_steps as steps
from dashboards.wording import destinations, moves
from expectations.tables import ALL
from expectations.tables.destination_results import (
    CALL_WHOM,
    COMPARED,
    ROUTES,
    SEN_GROUPS,
    TIME_POINTS,
    UNKNOWN_REASONS,
)
from expectations.tables.moves import MOVE_TYPES
from models.destination_comparison import SERIES
from models.destinations import group_leavers, mart_destinations__school_frame
from models.disclosure import release
from tests.support.frames import pupil, rows

LEAVERS, MART = ALL["model_destinations__leavers"], ALL["mart_destinations__school"]


def of_a_school(
    outcomes: dict[str, int], later: dict[str, int], reasons: dict[str, int] | None = None
) -> dict[str, Any]:
    """The released row of all leavers of one stage of a school of a trust with two schools."""
    said = [code for code, count in outcomes.items() for _ in range(count)]
    last = [code for code, count in later.items() for _ in range(count)]
    why = [code for code, count in (reasons or {}).items() for _ in range(count)]
    frame = rows(
        LEAVERS, pupil_key=[pupil(n) for n in range(len(said))], school_urn="100001", leaver_stage="Year 6",
        academic_year=[2022 + n % 3 for n in range(len(said))], sustained_outcome=said, later_outcome=last,
        september_outcome=["UNKNOWN" if code == "UNKNOWN" else "SUSTAINED" for code in said],
        is_intended_positive=True, has_sen=False, has_ehc_plan=False,
        unknown_reason=[why.pop() if code == "UNKNOWN" else None for code in said],
    )  # fmt: skip
    other = rows(
        LEAVERS, pupil_key=[pupil(n) for n in range(100, 180)], school_urn="100002", leaver_stage="Year 6",
        academic_year=2024, sustained_outcome=["SUSTAINED"] * 60 + ["NOT_SUSTAINED"] * 10 + ["UNKNOWN"] * 10,
        unknown_reason=[None] * 70 + ["NO_ANSWER"] * 10, has_sen=False, has_ehc_plan=False, later_outcome="NOT_DUE",
        is_intended_positive=True,
    )  # fmt: skip
    made = mart_destinations__school_frame(group_leavers(pl.concat([frame, other])), dt.date(2026, 11, 20))
    released = release(made, MART)
    return released.filter(school_urn="100001", sen_group="All leavers").to_dicts()[0]


def read(row: dict[str, Any]) -> list[str]:
    """What a governor's page says of a stage."""
    said = [destinations.sustained_sentence(row), steps.few_sentence(row)]
    if row["small_number_rule"] == "RATE":
        said += [steps.reasons_sentence(row), steps.later_sentence(row), steps.trend_sentence(row)]
    return [sentence for sentence in said if sentence]


def test_what_a_governor_reads_of_seven_leavers() -> None:
    row = of_a_school(
        {"SUSTAINED": 5, "NOT_SUSTAINED": 1, "UNKNOWN": 1}, {"SUSTAINED": 4, "NOT_DUE": 3}, {"NO_ANSWER": 1}
    )
    assert read(row) == [
        "Seven leavers in three years: too few for a rate.",
        "With so few, a number would point at one of them. Ask the SENCO, who sees every name: is each of them traced, "
        "and when is the next call?",
    ]


def test_what_a_governor_reads_of_forty_leavers() -> None:
    row = of_a_school(
        {"SUSTAINED": 29, "NOT_SUSTAINED": 5, "UNKNOWN": 6},
        {"SUSTAINED": 15, "NOT_SUSTAINED": 5, "UNKNOWN": 6, "NOT_DUE": 14},
        {"NO_ANSWER": 6},
    )
    assert read(row) == [
        "29 to 35 of 40 leavers were still in education after six months (6 not traced).",
        "Two years on: 15 to 21 of 26 leavers who left two years ago or longer were in education (6 not traced).",
        "No trend is told: that needs four years with 30 leavers or more in each.",
    ]
    few_lost = of_a_school(
        {"SUSTAINED": 35, "NOT_SUSTAINED": 2, "UNKNOWN": 3},
        {"SUSTAINED": 20, "UNKNOWN": 6, "NOT_DUE": 14},
        {"NO_ANSWER": 1, "LAPSED": 2},
    )
    assert read(few_lost)[0] == (
        "At least 35 of 40 leavers were still in education after six months. How many of the rest "
        "are not traced is not shown: the number is small."
    )


def test_every_code_has_words() -> None:
    assert set(UNKNOWN_REASONS) == set(steps.REASON_WORDS)
    assert set(TIME_POINTS) == set(calls.POINT_WORDS)
    assert set(CALL_WHOM) == set(calls.WHOM_WORDS)
    assert set(MOVE_TYPES) == set(moves.TYPE_WORDS)
    assert {code for code, _ in SERIES.values()} == set(steps.SERIES_WORDS)
    assert set(SEN_GROUPS) - {"SEN support"} == set(destinations.GROUP_WORDS)
    assert not any("NEET" in route for route in ROUTES)


def comparison(**changes: Any) -> dict[str, Any]:
    return {
        "leaver_stage": "Year 11", "sen_group": "SEN", "comparison": "NATIONAL", "verdict": "BELOW", "own_rate": 0.73,
        "other_rate": 0.895, "difference_low_rate": None, "difference_high_rate": None, "series_period": "2020/21",
        "series_code": "KS4_WITH_NCCIS",
    } | changes  # fmt: skip


def test_a_comparison_says_both_shares_and_what_chance_would_explain() -> None:
    assert steps.compared_sentence(comparison()) == (
        "Leavers with SEN: 73% here, 89.5% in England in 2020/21. Fewer than chance would explain, even if all who "
        "are not traced had stayed."
    )
    gap = comparison(comparison="NO_SEN", other_rate=0.83, difference_low_rate=-0.22, difference_high_rate=-0.02)
    assert steps.compared_sentence(gap) == (
        "Leavers with SEN: 73% stayed for two terms, without SEN 83% (likely range −22 to −2 points). More than "
        "chance would explain."
    )
    assert "as published with the 2021/22 figures" in steps.series_sentence([comparison()])
    assert "is not mixed in" in steps.series_sentence([])
    for verdict in COMPARED:
        assert steps.verdict_words(comparison(verdict=verdict)).endswith(".")


def test_later_and_reasons_with_hidden_numbers_say_so_and_no_number() -> None:
    row = {"hidden_columns": "later_unknown_count,unknown_count", "later_leavers_count": 20, "later_positive_count": 14}
    assert steps.later_sentence(row) == (
        "Two years on: at least 14 of 20 leavers who left two years ago or longer were in education, training or work."
    )
    assert steps.reasons_sentence(row) == ""
    of_trust = {"unknown_count": 12, "no_answer_count": 7, "lapsed_count": 0, "not_listed_count": None,
                "never_contacted_count": None, "hidden_columns": "never_contacted_count,not_listed_count"}  # fmt: skip
    assert steps.reasons_sentence(of_trust) == "Why: 7 asked, and no answer; the rest for reasons too small to show."
    of_school = dict.fromkeys(("no_answer_count", "lapsed_count", "not_listed_count", "never_contacted_count"))
    assert steps.reasons_sentence({"unknown_count": 12, "hidden_columns": ""} | of_school) == ""
    assert "not shown" in steps.later_sentence({"hidden_columns": "later_leavers_count"})
    assert steps.later_sentence({"later_leavers_count": 0}) == "Two years on: no leaver left long enough ago."


def call(**changes: Any) -> dict[str, Any]:
    return {
        "point_state": "NO_ANSWER", "is_contradicted": False, "intended_label": "General further education college",
        "last_label": None, "call_whom": "INTENDED_PLACE", "last_contact_date": dt.date(2026, 9, 20),
        "contact_age_days": 61,
    } | changes  # fmt: skip


def test_a_call_says_whom_to_ask_and_why() -> None:
    assert calls.whom_words(call()) == "The place they meant to go to: general further education college."
    assert calls.whom_words(call(call_whom="AUTHORITY")) == "The authority’s tracking team."
    asked = {"call_point": "TWO_TERMS", "leaving_date": dt.date(2025, 6, 26)}
    assert calls.point_words(asked) == "Left in June 2025: where they were in March, two terms on"
    assert calls.contact_words(call()) == "Last contact 20 Sep 2026, 2 months ago."
    assert calls.contact_words(call(last_contact_date=None, contact_age_days=None)) == "Never contacted."
    assert calls.state_words(call(point_state="NEVER_CONTACTED")) == "Not asked about this yet"
    assert set(calls.STATE_WORDS) == set(UNKNOWN_REASONS)
    assert calls.state_words(call(point_state="KNOWN", is_contradicted=True)).startswith("School and authority differ")
    assert calls.calls_sentence(1, 0) == "1 call is overdue; none is due in the next 30 days."
    assert calls.calls_sentence(0, 2) == "No call is overdue; 2 are due in the next 30 days."


def moved(group: str, **changes: Any) -> dict[str, Any]:
    return {
        "move_group": group, "moves_count": 30, "moves_per_100_years": 3.5, "low_per_100_years": 2.4,
        "high_per_100_years": 5.0, "hidden_columns": "",
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ([moved("All pupils"), moved("SEN", moves_per_100_years=5.7), moved("No SEN")],
         "30 moves off the roll before the end of a phase in the last three years: 3.5 in 100 a year (likely range "
         "2.4 to 5.0). With SEN 5.7 in 100 a year (likely range 2.4 to 5.0); without 3.5 in 100 a year (likely "
         "range 2.4 to 5.0)."),
        ([moved("All pupils"), moved("SEN", moves_per_100_years=None, hidden_columns="moves_per_100_years")],
         "30 moves off the roll before the end of a phase in the last three years: 3.5 in 100 a year (likely range "
         "2.4 to 5.0). With and without SEN is not shown apart: one of the numbers is small."),
        ([moved("All pupils"), moved("SEN"), moved("No SEN", pupil_years_count=9, moves_per_100_years=None)],
         "30 moves off the roll before the end of a phase in the last three years: 3.5 in 100 a year (likely range "
         "2.4 to 5.0)."),
        ([moved("All pupils"), moved("SEN", moves_per_100_years=None), moved("No SEN", pupil_years_count=10)],
         "30 moves off the roll before the end of a phase in the last three years: 3.5 in 100 a year (likely range "
         "2.4 to 5.0)."),
        ([moved("All pupils"), moved("SEN"),
          moved("No SEN", pupil_years_count=10, moves_per_100_years=None, hidden_columns="moves_per_100_years")],
         "30 moves off the roll before the end of a phase in the last three years: 3.5 in 100 a year (likely range "
         "2.4 to 5.0). With and without SEN is not shown apart: one of the numbers is small."),
        ([moved("All pupils", moves_count=None, hidden_columns="moves_count")],
         "How many left before the end of a phase is not shown: the number is small."),
        ([moved("All pupils", moves_count=0)], "Nobody left before the end of a phase in the last three years."),
    ],
)  # fmt: skip
def test_moves_in_one_sentence(groups: list[dict[str, Any]], said: str) -> None:
    assert moves.moves_sentence(groups) == said
