"""Whether an asked figure moved: at each threshold, into the newest year, and never told of what is or was hidden."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from expectations.tables.trail import MART_TRAIL__QUESTION
from models.questions import TRIGGERS
from models.trail import HIGHER_IS_BETTER, LOWER_IS_BETTER, NEITHER, READS, follow, is_followed, movement
from tests.support.frames import rows

ELM, OAK = "999001", "999002"


def asked(value: float | None = 0.61, **given: Any) -> pl.DataFrame:
    line = {
        "question_number": 1, "school_urn": ELM, "trigger": "LOW_DOSE", "figure_table": "mart_impact__school",
        "figure_column": "dose_rate", "value_then": value, "is_hidden_then": False,
        "figure_where": json.dumps({"school_urn": ELM, "intervention_name": "Phonics Steps"}),
        "asked_date": dt.date(2026, 6, 20), "figure_date": dt.date(2026, 6, 12),
    }  # fmt: skip
    return rows(ALL["core_trail_questions"], **(line | given))


def followed(questions: pl.DataFrame, **marts: pl.DataFrame) -> dict[str, Any]:
    empty = {name: rows(ALL[name]).clear() for name in READS}
    found = follow(questions, empty | marts)
    assert find(found, MART_TRAIL__QUESTION) == []
    (row,) = found.to_dicts()
    return row


def dose(rate: float | None, urn: str = ELM, name: str = "Phonics Steps", hidden: str = "") -> pl.DataFrame:
    return rows(
        ALL["mart_impact__school"], school_urn=urn, intervention_name=name, dose_rate=rate, hidden_columns=hidden
    )


def test_a_figure_that_rose_is_told_then_and_now() -> None:
    row = followed(asked(), mart_impact__school=dose(0.78))
    assert (row["value_then"], row["value_now"], row["movement"]) == (0.61, 0.78, "BETTER")
    assert (row["year_then"], row["year_now"]) == (None, None)


@pytest.mark.parametrize(
    ("table", "column", "then", "now", "said"),
    [
        ("impact__school", "dose_rate", 0.61, 0.66, "BETTER"), ("impact__school", "dose_rate", 0.61, 0.65, "NO_CHANGE"),
        ("impact__school", "dose_rate", 0.61, 0.56, "WORSE"),
        ("ehc_clock__school", "overdue_reviews_count", 12, 7, "BETTER"),
        ("ehc_clock__school", "overdue_reviews_count", 12, 8, "NO_CHANGE"),
        ("ehc_clock__school", "overdue_reviews_count", 12, 17, "WORSE"),
        ("deliveries__confidence", "set_aside_percent", 9, 4, "BETTER"),
        ("value_for_money__school", "gap_pence", 100_000, 105_000, "WORSE"),
        ("value_for_money__school", "gap_pence", 100_000, 104_999, "NO_CHANGE"),
        ("money__school", "spend_pence", 100_000, 95_000, "DOWN"), ("purchasing__needs", "pupils_count", 20, 25, "UP"),
        ("referrals__school", "seen_median_weeks", 17, 15, "BETTER"),
        ("value_for_money__school", "gap_pence", 0, 0, "NO_CHANGE"),
        ("ehc_outcomes__school", "no_evidence_outcomes_count", 12, 8, "NO_CHANGE"),
        ("ehc_clock__school", "open_late_count", 12, 8, "NO_CHANGE"),
        ("moves__school", "not_known_count", 12, 8, "NO_CHANGE"),
        ("moderation__practice", "policy_gaps_count", 3, 2, "BETTER"),
        ("strategy__priority", "blocked_count", 1, 2, "WORSE"),
        ("strategy__priority", "stale_count", 2, 2, "NO_CHANGE"),
        ("strategy__priority", "evidenced_count", 1, 2, "BETTER"),
        ("deliveries__confidence", "files_taken_count", 0, 1, "BETTER"),
    ],
)  # fmt: skip
def test_a_move_is_told_from_the_step_that_is_worth_a_sentence(
    table: str, column: str, then: float, now: float, said: str
) -> None:
    assert movement(f"mart_{table}", column, then, now) == said


FOLLOWED = {t.figure_column: t.figure_table for t in TRIGGERS if is_followed(t.figure_table, t.figure_column)}


@given(st.sampled_from(sorted(HIGHER_IS_BETTER | LOWER_IS_BETTER)), st.floats(0, 1e6), st.floats(0, 1e6))
def test_what_is_better_one_way_is_worse_the_other(column: str, then: float, now: float) -> None:
    table = FOLLOWED[column]
    if not column.endswith("_pence"):  # of money, a step is measured against what it was
        turned = {"BETTER": "WORSE", "WORSE": "BETTER", "NO_CHANGE": "NO_CHANGE"}
        assert movement(table, column, now, then) == turned[movement(table, column, then, now)]


def test_each_number_that_a_trigger_rests_on_has_a_direction_or_says_that_it_has_none() -> None:
    resting = {t.figure_column for t in TRIGGERS if is_followed(t.figure_table, t.figure_column)}
    listed = [*HIGHER_IS_BETTER, *LOWER_IS_BETTER, *NEITHER]
    assert sorted(listed) == sorted(resting)


@pytest.mark.parametrize(("rate", "hidden"), [(None, "dose_rate"), (None, "dose_rate,started_count")])
def test_a_figure_that_is_hidden_now_is_not_told(rate: float | None, hidden: str) -> None:
    row = followed(asked(), mart_impact__school=dose(rate, hidden=hidden))
    assert (row["value_now"], row["movement"]) == (None, "HIDDEN")


def test_a_figure_that_was_hidden_then_tells_no_movement() -> None:
    row = followed(asked(None, is_hidden_then=True), mart_impact__school=dose(0.78))
    assert (row["value_then"], row["value_now"], row["movement"]) == (None, 0.78, "HIDDEN")


@pytest.mark.parametrize("mart", [dose(0.78, name="Calm Corner"), dose(0.78, urn=OAK), dose(None)])
def test_a_row_that_is_not_published_any_more_is_gone(mart: pl.DataFrame) -> None:
    assert followed(asked(), mart_impact__school=mart)["movement"] == "GONE"


@pytest.mark.parametrize(
    "given",
    [
        {"figure_table": None, "figure_column": None, "figure_where": None, "value_then": None},
        {"figure_table": "core_pupils"}, {"figure_column": "hidden_columns"}, {"figure_column": "no_such_column"},
    ],
)  # fmt: skip
def test_without_a_released_number_there_is_nothing_to_follow(given: dict[str, Any]) -> None:
    assert followed(asked(**given), mart_impact__school=dose(0.78))["movement"] == "NO_FIGURE"


@pytest.mark.parametrize("where", ["", "no JSON", "[]", "{}", '{"surname": "x"}', None])
def test_a_key_that_is_none_finds_nothing(where: str | None) -> None:
    assert followed(asked(figure_where=where), mart_impact__school=dose(0.78))["movement"] == "GONE"


def test_no_figure_of_another_school_is_followed() -> None:
    where = json.dumps({"school_urn": OAK, "intervention_name": "Phonics Steps"})
    assert followed(asked(figure_where=where), mart_impact__school=dose(0.78, urn=OAK))["movement"] == "GONE"


def test_a_figure_of_a_year_is_followed_into_the_newest_year() -> None:
    where = json.dumps({"school_urn": ELM, "academic_year": 2025})
    mart = rows(
        ALL["mart_ehc_delivery__school"], school_urn=ELM, academic_year=[2025, 2026], delivered_rate=[0.62, 0.80],
        hidden_columns="",
    )  # fmt: skip
    given = {"figure_table": "mart_ehc_delivery__school", "figure_column": "delivered_rate", "figure_where": where}
    row = followed(asked(**given), mart_ehc_delivery__school=mart)
    assert (row["year_then"], row["year_now"], row["value_now"], row["movement"]) == (2025, 2026, 0.80, "BETTER")


@pytest.mark.parametrize(
    ("mart", "column", "where"),
    [
        ("mart_moderation__round", "exact_rate", {"round_name": "Summer"}),
        ("mart_moderation__school", "drift_bands", {"school_urn": ELM, "round_name": "Summer"}),
    ],
)  # fmt: skip
def test_a_figure_of_a_round_is_followed_into_the_newest_round(mart: str, column: str, where: dict[str, str]) -> None:
    days = [dt.date(2026, 11, 1), dt.date(2026, 6, 1), dt.date(2025, 11, 1)]
    urn = {name: value for name, value in where.items() if name == "school_urn"}
    rounds = rows(
        ALL[mart], **urn, round_name=["Autumn", "Summer", "Old"], round_date=days, hidden_columns="",
        **{column: [0.8, 0.4, 0.1]},
    )  # fmt: skip
    given = {"figure_table": mart, "figure_column": column, "figure_where": json.dumps(where)}
    row = followed(asked(0.4, **given), **{mart: rounds})
    assert (row["value_now"], row["year_then"], row["year_now"]) == (0.8, None, None)
    assert row["movement"] == ("BETTER" if column == "exact_rate" else "UP")


def test_a_year_that_only_stands_beside_a_figure_is_not_told() -> None:
    where = json.dumps({"school_urn": ELM, "sen_group": "SEN support"})
    mart = rows(
        ALL["mart_inclusion__school"], school_urn=ELM, sen_group="SEN support", academic_year=2026, absence_rate=0.1,
        hidden_columns="",
    )  # fmt: skip
    given = {"figure_table": "mart_inclusion__school", "figure_column": "absence_rate", "figure_where": where}
    row = followed(asked(0.12, **given), mart_inclusion__school=mart)
    assert (row["year_then"], row["year_now"], row["movement"]) == (None, None, "NO_CHANGE")


def test_no_question_makes_an_empty_mart() -> None:
    assert follow(asked().clear(), {name: rows(ALL[name]).clear() for name in READS}).is_empty()
