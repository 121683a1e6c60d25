"""Cycles as schools write them: codes in their own words, dates in order whichever step is left out."""

from __future__ import annotations

from itertools import combinations

import pytest

from expectations.tables import ALL
from models.clean import Cleaned, clean
from tests.support.frames import pupil, rows, upn

RAW = ALL["raw_apdr__cycles"]
KNOWN = rows(
    ALL["core_pupil_identifiers"], identifier_kind="UPN", school_urn="TRUST", identifier=upn(1), pupil_key=pupil(1)
)
DATES = ("assessed_date", "planned_date", "started_date", "reviewed_date")


def cleaned(**values: str | None) -> Cleaned:
    row = {"upn": upn(1), "school_urn": "100001", "cycle_number": "2", "assessed_date": "07/09/2026"} | values
    return clean(rows(RAW, **row), RAW, identifiers=KNOWN)


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("cycle_outcome", "Met", "MET"),
        ("cycle_outcome", "ACHIEVED", "MET"),
        ("cycle_outcome", "Partially met", "PARTLY_MET"),
        ("cycle_outcome", "partly-met", "PARTLY_MET"),
        ("cycle_outcome", "Not achieved", "NOT_MET"),
        ("cycle_next_step", "Next cycle", "CONTINUE"),
        ("cycle_next_step", "Change provision", "CHANGE"),
        ("cycle_next_step", "No further action", "STOP"),
        ("cycle_next_step", "Referral", "REFER"),
        ("cycle_next_step", "EHCNA", "REQUEST_EHC_ASSESSMENT"),
        ("cycle_next_step", "Request EHC assessment", "REQUEST_EHC_ASSESSMENT"),
        ("area_of_need", "SEMH", "Social, emotional and mental health"),
    ],
)
def test_a_school_may_write_a_code_in_its_own_words(column: str, written: str, code: str) -> None:
    found = cleaned(**{column: written})
    assert found.frame[column].to_list() == [code]
    assert found.quarantine.is_empty()


def test_a_word_that_is_no_outcome_is_left_blank_and_told() -> None:
    found = cleaned(cycle_outcome="Nearly")
    assert found.frame["cycle_outcome"].to_list() == [None]
    assert found.quarantine.select("column_label", "rule", "is_row_set_aside").rows() == [("Outcome", "CODE", False)]


def test_a_row_without_its_assessment_is_no_cycle() -> None:
    found = cleaned(assessed_date=None)
    assert found.frame.is_empty()
    assert found.quarantine.select("column_label", "rule").rows() == [("Assessed", "REQUIRED")]


@pytest.mark.parametrize(("earlier", "later"), list(combinations(DATES, 2)))
def test_no_step_comes_before_an_earlier_one_even_if_those_between_are_blank(earlier: str, later: str) -> None:
    start = {"assessed_date": "01/09/2026"}
    wrong = cleaned(**start | {earlier: "08/09/2026", later: "07/09/2026"})
    assert wrong.frame.is_empty()
    assert ("DATE_ORDER",) in wrong.quarantine.select("rule").rows()
    same_day = cleaned(**start | {earlier: "08/09/2026", later: "08/09/2026"})
    assert same_day.quarantine.is_empty()


def test_a_review_cannot_be_due_before_the_assessment() -> None:
    assert cleaned(review_due_date="06/09/2026").frame.is_empty()
    assert cleaned(review_due_date="07/09/2026").frame.height == 1
