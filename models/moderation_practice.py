"""How schools moderate, side by side: who does alike, who otherwise, and where the trust's policy is not met."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import polars as pl

from expectations.banding import SEPARATOR
from expectations.derive import tabulate
from expectations.tables.moderation_practice import MART_MODERATION__PRACTICE

Row = dict[str, Any]


def compare(
    questions: pl.DataFrame, answers: pl.DataFrame, core_schools: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """MART_MODERATION__PRACTICE: every school of the trust and every question that is asked on the day.

    An answer counts when it is to this version of the question; the newest one of a school.
    """
    schools = core_schools["school_urn"].to_list()
    told: list[Row] = []
    for question in _asked_now(questions, data_date):
        given = _answers_to(question, answers, schools, data_date)
        told += [_place(urn, question, given) for urn in schools]
    gaps = Counter(row["school_urn"] for row in told if row["policy_standing"] == "GAP")
    return tabulate([row | {"policy_gaps_count": gaps[row["school_urn"]]} for row in told], MART_MODERATION__PRACTICE)


def _asked_now(questions: pl.DataFrame, data_date: dt.date) -> list[Row]:
    """The version of each question that holds on the day; the newest of two."""
    holding = questions.filter(
        (pl.col("start_date") <= data_date) & (pl.col("end_date").is_null() | (pl.col("end_date") >= data_date))
    )
    return (
        holding.sort("start_date", "question_version")
        .unique("question_code", keep="last")
        .sort("question_code")
        .to_dicts()
    )


def _answers_to(question: Row, answers: pl.DataFrame, schools: list[str], data_date: dt.date) -> dict[str, Row]:
    """The newest answer of each school, written as the question offers it; none where it does not: it is free text."""
    own = answers.filter(
        (pl.col("question_code") == question["question_code"])
        & (pl.col("question_version") == question["question_version"])
        & (pl.col("answered_date") <= data_date)
        & pl.col("answer_school_urn").is_in(schools)
    ).sort("answered_date")
    offered = {option.lower(): option for option in _options(question)}
    return {
        row["answer_school_urn"]: row | {"answer": offered.get(row["practice_answer"].strip().lower())}
        for row in own.to_dicts()
    }


def _options(question: Row) -> list[str]:
    return [option.strip() for option in question["answers_offered"].split(SEPARATOR) if option.strip()]


def _place(urn: str, question: Row, given: dict[str, Row]) -> Row:
    """One school's answer beside the others' and the policy."""
    own = given.get(urn)
    answered = [row["answer"] for row in given.values() if row["answer"] is not None]
    counts, is_alike = Counter(answered), len(set(answered)) == 1 and len(answered) == len(given)
    (common, most), *others = [*counts.most_common(), (None, 0)]
    is_tied = bool(others) and others[0][1] == most and most > 0
    policy = question["policy_answer"]
    return {
        **question,
        "school_urn": urn,
        "practice_answer": own["answer"] if own else None,
        "answered_date": own["answered_date"] if own else None,
        "common_answer": None if is_tied else common,
        "common_schools_count": most,
        "answered_schools_count": len(answered),
        "practice_standing": _standing(own, None if is_tied else common, is_alike),
        "policy_standing": _against_policy(own, policy),
    }


def _standing(own: Row | None, common: str | None, is_alike: bool) -> str:
    if own is None:
        return "NOT_ANSWERED"
    if own["answer"] is None:
        return "NOT_OFFERED"
    if is_alike:
        return "ALIKE"
    return "COMMON" if own["answer"] == common else "DIFFERENT"


def _against_policy(own: Row | None, policy: str | None) -> str:
    if policy is None:
        return "NO_POLICY"
    if own is None:
        return "NOT_ANSWERED"
    return "MEETS" if (own["answer"] or "").lower() == policy.strip().lower() else "GAP"
