"""How schools moderate: same or different, the version of a question, the trust's policy."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.moderation_practice import compare
from tests.support.frames import rows, table

DAY = dt.date(2026, 11, 20)
SCHOOLS = rows(
    ALL["core_schools"], school_urn=["100001", "100002", "100003"], laestab=["8612001", "8612002", "8612003"]
)
QUESTIONS = """
question_code | question_version | practice_question | answers_offered | policy_answer | start_date | end_date
P1 | 1 | Who? | SENCO only; Whole staff | Whole staff | 2024-09-01 | -
P2 | 1 | Often? | Often; Seldom | - | 2020-09-01 | 2025-08-31
P2 | 2 | How often? | Termly; Yearly | - | 2025-09-01 | -
P9 | 1 | Later? | Yes; No | Yes | 2027-01-01 | -
"""


def compared(answers: str) -> pl.DataFrame:
    found = compare(
        table(ALL["clean_registers__practice_questions"], QUESTIONS),
        table(ALL["clean_registers__practice_answers"], answers), SCHOOLS, DAY,
    )  # fmt: skip
    assert find(found, ALL["mart_moderation__practice"]) == []
    return found


def of(found: pl.DataFrame, code: str, column: str) -> list[object]:
    return found.filter(question_code=code).sort("school_urn")[column].to_list()


HEAD = "answer_school_urn | question_code | question_version | answered_date | practice_answer\n"


def test_the_newest_answer_to_the_present_version_counts() -> None:
    found = compared(
        HEAD + "100001 | P1 | 1 | 2026-01-01 | SENCO only\n100001 | P1 | 1 | 2026-06-01 | whole STAFF\n"
        "100002 | P1 | 1 | 2026-06-01 | SENCO only\n100003 | P1 | 1 | 2026-06-01 | Whole staff\n"
        "100001 | P2 | 1 | 2026-06-01 | Often\n100002 | P2 | 2 | 2026-06-01 | Termly\n"
        "100003 | P2 | 2 | 2026-12-01 | Termly"
    )
    assert set(found["question_code"]) == {"P1", "P2"}, "P9 is not asked yet"
    assert of(found, "P1", "practice_answer") == ["Whole staff", "SENCO only", "Whole staff"]
    assert of(found, "P1", "practice_standing") == ["COMMON", "DIFFERENT", "COMMON"]
    assert of(found, "P1", "policy_standing") == ["MEETS", "GAP", "MEETS"]
    assert of(found, "P1", "policy_gaps_count") == [0, 1, 0]
    assert of(found, "P2", "practice_answer") == [None, "Termly", None], "one answers the old version, one later"
    assert of(found, "P2", "practice_standing") == ["NOT_ANSWERED", "ALIKE", "NOT_ANSWERED"]
    assert of(found, "P2", "policy_standing") == ["NO_POLICY"] * 3


def test_two_answers_as_common_as_each_other_leave_none_the_commonest() -> None:
    found = compared(HEAD + "100001 | P1 | 1 | 2026-01-01 | SENCO only\n100002 | P1 | 1 | 2026-01-01 | Whole staff")
    assert of(found, "P1", "common_answer") == [None] * 3
    assert of(found, "P1", "practice_standing") == ["DIFFERENT", "DIFFERENT", "NOT_ANSWERED"]
    assert of(found, "P1", "answered_schools_count") == [2] * 3


@pytest.mark.parametrize(("words", "standing"), [("Whole staff", "ALIKE"), ("Nobody", "NOT_OFFERED")])
def test_an_answer_that_is_not_offered_is_said_and_not_shown(words: str, standing: str) -> None:
    found = compared(HEAD + f"100001 | P1 | 1 | 2026-01-01 | {words}")
    is_offered = standing == "ALIKE"
    assert of(found, "P1", "practice_standing")[0] == standing
    assert of(found, "P1", "practice_answer")[0] == (words if is_offered else None)
    assert of(found, "P1", "common_answer")[0] == (words if is_offered else None)
    assert of(found, "P1", "answered_schools_count") == [int(is_offered)] * 3
    assert of(found, "P1", "policy_standing")[0] == ("MEETS" if is_offered else "GAP")


def test_an_answer_that_is_not_offered_does_not_count_toward_the_commonest() -> None:
    found = compared(
        HEAD + "100001 | P1 | 1 | 2026-01-01 | Bea Birch\n100002 | P1 | 1 | 2026-01-01 | Bea Birch\n"
        "100003 | P1 | 1 | 2026-01-01 | Whole staff"
    )
    assert "Bea Birch" not in str(found.to_dicts())
    assert of(found, "P1", "common_answer") == ["Whole staff"] * 3
    assert of(found, "P1", "common_schools_count") == of(found, "P1", "answered_schools_count") == [1] * 3
    assert of(found, "P1", "practice_standing") == ["NOT_OFFERED", "NOT_OFFERED", "COMMON"], "not as all schools"


def test_nobody_has_answered_anything() -> None:
    found = compared(HEAD + "100099 | P1 | 1 | 2026-01-01 | Whole staff")
    assert set(found["practice_standing"]) == {"NOT_ANSWERED"}
    assert of(found, "P1", "policy_standing") == ["NOT_ANSWERED"] * 3
    assert found["common_schools_count"].to_list() == [0] * 6
