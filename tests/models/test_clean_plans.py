"""Milestones and outcomes as trackers bring them: own words, old trackers, rows that are set aside or flagged."""

from __future__ import annotations

from typing import Any

import pytest

from expectations.derive import delivered_columns
from expectations.tables import ALL
from models.clean import Cleaned, clean
from pipelines.readers.recognition import recognise
from pipelines.readers.sheet_rows import SheetRows
from tests.support.frames import rows

MILESTONES, OUTCOMES = ALL["raw_ehc_tracker__milestones"], ALL["raw_ehc_tracker__outcomes"]
OF_OUTCOME = {"school_urn": "100001", "plan_reference": "E1", "outcome_number": 1}
KNOWN = rows(ALL["clean_ehc_tracker__outcomes"], **OF_OUTCOME)
PLAIN = {name: str(value) for name, value in OF_OUTCOME.items()} | {
    "milestone_number": "1", "target_date": "12/12/2026", "milestone_status": "Under way",
}  # fmt: skip


def cleaned(**values: Any) -> Cleaned:
    return clean(rows(MILESTONES, **(PLAIN | values)), MILESTONES, parents=KNOWN)


@pytest.mark.parametrize(
    ("column", "written", "code"),
    [
        ("milestone_status", "ACHIEVED", "Met"),
        ("milestone_status", "In progress", "Under way"),
        ("milestone_status", "not yet", "Not started"),
        ("milestone_status", "Missed", "Not met"),
        ("evidence_kind", "Pupil’s view", "Pupil view"),
        ("evidence_kind", "Photo", "Work sample"),
    ],
)
def test_a_school_may_write_a_code_in_its_own_words(column: str, written: str, code: str) -> None:
    found = cleaned(**{column: written})
    assert found.frame[column].to_list() == [code]
    assert found.quarantine.is_empty()


@pytest.mark.parametrize(
    ("values", "label", "rule", "is_set_aside"),
    [
        ({"outcome_number": "2"}, "Outcome", "UNKNOWN_REFERENCE", True),
        ({"plan_reference": "E9"}, "Outcome", "UNKNOWN_REFERENCE", True),
        ({"milestone_status": "Nearly"}, "Milestone Status", "CODE", True),
        ({"milestone_status": None}, "Milestone Status", "REQUIRED", True),
        ({"target_date": None}, "Target Date", "REQUIRED", True),
        ({"target_date": "31/02/2027"}, "Target Date", "KIND", True),
        ({"milestone_number": "0"}, "Milestone", "RANGE", True),
        ({"evidence_kind": "Hearsay"}, "Evidence Kind", "CODE", False),
        ({"evidence_date": "last week"}, "Evidence Date", "KIND", False),
    ],
)
def test_each_fault_has_its_rule_and_only_a_row_that_cannot_stand_is_set_aside(
    values: dict[str, str | None], label: str, rule: str, is_set_aside: bool
) -> None:
    found = cleaned(**values)
    told = found.quarantine.select("column_label", "rule", "is_row_set_aside").rows()
    assert told == [(label, rule, is_set_aside)]
    assert found.frame.height == (0 if is_set_aside else 1)


def test_of_two_milestones_with_one_number_the_later_row_stands() -> None:
    found = cleaned(target_date=["12/12/2026", "20/03/2027"], row_number=[2, 3])
    assert found.frame["target_date"].dt.year().to_list() == [2027]
    assert found.quarantine["rule"].to_list() == ["CONFLICT"]


def test_a_target_date_before_the_plan_began_is_taken_here() -> None:
    """No plan is known to the row; where the date cannot be right is told from the plan (the SENCO's page)."""
    assert cleaned(target_date="01/09/2015").frame.height == 1


@pytest.mark.parametrize(
    ("values", "rule", "is_set_aside"),
    [
        ({"planned_sessions_count": "0"}, None, False),
        ({"delivered_sessions_count": "60"}, None, False),  # more than planned: it happens; the SENCO is asked
        ({"delivered_sessions_count": "-4"}, "RANGE", True),
        ({"planned_sessions_count": "-1"}, "RANGE", True),
        ({"line_number": ["1", "1"], "row_number": [2, 3]}, "TWICE", True),
        ({"line_number": ["1", "1"], "hours_per_week": ["1", "2"], "row_number": [2, 3]}, "CONFLICT", True),
    ],
)
def test_lines_of_section_f(values: dict[str, Any], rule: str | None, is_set_aside: bool) -> None:
    table = ALL["raw_ehc_tracker__provision"]
    plain = {"school_urn": "100001", "plan_reference": "E1", "line_number": "1", "academic_year": "2026",
             "staff_grade": "TA2", "hours_per_week": "1", "weeks_per_year": "38", "group_size_count": "1",
             "planned_sessions_count": "38", "delivered_sessions_count": "9"}  # fmt: skip
    plans = rows(ALL["clean_ehc_tracker__plans"], school_urn="100001", plan_reference="E1")
    found = clean(rows(table, **(plain | values)), table, parents=plans)
    assert found.quarantine["rule"].to_list() == ([rule] if rule else [])
    assert found.quarantine["is_row_set_aside"].to_list() == ([is_set_aside] if rule else [])


def sheet_of(*headers: str, name: str = "Sheet1") -> SheetRows:
    return SheetRows("", name, headers, 1, {n: ["x"] for n in range(len(headers))}, [2])


def test_a_tracker_from_before_milestones_is_taken_as_it_is() -> None:
    old = ("Plan Ref", "Outcome", "Outcome Area", "Due Date", "Status", "Evidence Date")
    assert recognise(sheet_of(*old), [OUTCOMES, MILESTONES]).table is OUTCOMES
    added = {"set_date", "preparation_area", "last_review_status", "earlier_review_status"}
    assert {column.name for column in delivered_columns(OUTCOMES) if column.required} & added == set()


def test_a_sheet_of_milestones_is_not_taken_for_outcomes_whatever_its_name() -> None:
    sheet = sheet_of("Plan Ref", "Outcome", "Milestone", "Target Date", "Status", "Evidence Date", name="Outcomes")
    assert recognise(sheet, [OUTCOMES, MILESTONES]).table is MILESTONES


def test_an_area_of_adulthood_in_other_words_and_one_that_is_none() -> None:
    plain = {"school_urn": "100001", "plan_reference": "E1", "outcome_number": ["1", "2"], "due_date": "12/12/2026",
             "status": "On track", "preparation_area": ["Employment & Education", "Leisure"]}  # fmt: skip
    plans = rows(ALL["clean_ehc_tracker__plans"], school_urn="100001", plan_reference="E1")
    found = clean(rows(OUTCOMES, **plain), OUTCOMES, parents=plans)
    assert found.frame["preparation_area"].to_list() == ["Employment", None]
    assert found.quarantine.select("rule", "is_row_set_aside").rows() == [("CODE", False)]
