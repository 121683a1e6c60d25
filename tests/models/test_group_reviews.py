"""Groups without recorded sessions and pupils without an end test: each side of each limit, by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from expectations.tables import ALL
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def recording(
    start: dt.date, end: dt.date, recorded: dt.date | None, is_held: bool = True, source: str = "provision_map"
) -> list[str]:
    """What is said of one group's sessions; nothing where the group is not listed."""
    key = {"intervention_key": "100001:G7", "school_urn": "100001"}
    span = {"start_date": start, "end_date": end}
    frames = {
        "core_run": RUN,
        "core_interventions": rows(ALL["core_interventions"], **key, **span, map_source=source),
        "model_interventions__group_dose": rows(ALL["model_interventions__group_dose"], **key, **span),
    }
    if recorded:
        frames["core_intervention_sessions"] = rows(
            ALL["core_intervention_sessions"], **key, session_date=recorded, is_delivered=is_held
        )
    found = fill("mart_interventions__group", frames)
    assert set(found["group_reference"]) <= {"G7"}
    return found["recording"].to_list()


@pytest.mark.parametrize(
    ("start", "end", "recorded", "said"),
    [
        (ago(60), ago(-30), ago(21), ["RECORDED"]),
        (ago(60), ago(-30), ago(22), ["SILENT"]),
        (ago(21), ago(-30), None, ["RECORDED"]),  # begun three weeks ago: there may be none yet
        (ago(22), ago(-30), None, ["SILENT"]),
        (ago(60), ago(-30), TODAY + dt.timedelta(days=1), ["SILENT"]),  # planned for tomorrow is no record
        (ago(90), ago(20), ago(41), ["RECORDED"]),  # ended: counted up to its own last day
        (ago(90), ago(20), ago(42), ["SILENT"]),
        (ago(90), ago(42), ago(80), ["SILENT"]),
        (ago(90), ago(43), ago(80), []),  # over for more than six weeks
        (TODAY, ago(-30), None, ["RECORDED"]),
        (ago(-1), ago(-30), None, []),  # not begun
    ],
)
def test_a_group_is_silent_after_three_weeks(
    start: dt.date, end: dt.date, recorded: dt.date | None, said: list[str]
) -> None:
    assert recording(start, end, recorded) == said


def test_a_session_that_did_not_happen_is_a_record_and_insight_has_none() -> None:
    assert recording(ago(60), ago(-30), ago(5), is_held=False) == ["RECORDED"]
    assert recording(ago(60), ago(-30), None, source="insight") == ["NOT_KEPT"]


def end_tests(**changes: object) -> list[tuple[str, str]]:
    """(test, standing) of one pupil in one intervention; nothing where nobody has to see to it."""
    window = {"end_date": ago(30), "exit_to_date": TODAY, "entry_score": 80.0, "exit_score": None} | changes
    outcome = {"intervention_name": "Phonics", "assessment_name": "Entry Test", "subject": "Reading"}
    shared = outcome | {"pupil_key": pupil(1), "school_urn": "100001", "exit_assessment_name": "End Test"}
    found = fill(
        "mart_interventions__exit",
        {
            "core_run": RUN,
            "model_impact__windows": rows(
                ALL["model_impact__windows"], **shared, has_person_time=window.get("has_person_time", False),
                end_date=window["end_date"], exit_to_date=window["exit_to_date"],
            ),
            "model_impact__treated": rows(
                ALL["model_impact__treated"], **shared, entry_score=window["entry_score"],
                exit_score=window["exit_score"],
            ),
            "model_pupils__on_roll": rows(
                ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn=window.get("school_urn", "100001")
            ),
            "core_pupils": rows(ALL["core_pupils"], pupil_key=pupil(1)),
        },
    )  # fmt: skip
    return found.select("assessment_name", "exit_standing").rows()


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, ["DUE"]),  # the window's last day
        ({"exit_to_date": ago(1)}, ["MISSING"]),
        ({"exit_to_date": ago(182)}, ["MISSING"]),
        ({"exit_to_date": ago(183)}, []),
        ({"end_date": ago(1)}, ["DUE"]),
        ({"end_date": TODAY}, []),  # the last session may be today
        ({"exit_score": 90.0}, []),
        ({"entry_score": None}, []),
        ({"has_person_time": True}, []),  # attendance is no test that somebody sits
        ({"school_urn": "100002"}, []),  # has left the school
    ],
)
def test_an_end_test_is_due_until_its_window_closes(changes: dict[str, object], standing: list[str]) -> None:
    assert end_tests(**changes) == [("End Test", code) for code in standing]


def test_each_pupil_without_an_end_test_is_named_once() -> None:
    pupils = [pupil(1), pupil(2)]
    shared = {"intervention_name": "Phonics", "assessment_name": "T", "exit_assessment_name": "T", "subject": "Reading"}
    found = fill(
        "mart_interventions__exit",
        {
            "core_run": RUN,
            "model_impact__windows": rows(
                ALL["model_impact__windows"], pupil_key=pupils, school_urn="100001", has_person_time=False,
                end_date=ago(10), exit_to_date=TODAY, **shared,
            ),
            "model_impact__treated": rows(
                ALL["model_impact__treated"], pupil_key=pupils, school_urn="100001", entry_score=80.0, **shared
            ),
            "model_pupils__on_roll": rows(ALL["model_pupils__on_roll"], pupil_key=pupils, school_urn="100001"),
            "core_pupils": table(
                ALL["core_pupils"],
                """
                pupil_key | surname | forename
                P1        | Ash     | Ada
                P2        | Birch   | Bea
                """,
            ),
        },
    )  # fmt: skip
    assert found.sort("surname")["surname"].to_list() == ["Ash", "Birch"]
