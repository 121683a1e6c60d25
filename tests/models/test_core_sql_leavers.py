"""The SQL of who left and where they went: stages, the year and status of leaving, the two count days."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import calendar
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

RUN = rows(ALL["core_run"], data_date=dt.date(2025, 11, 14), academic_year=2025)
SCHOOLS = table(ALL["core_schools"], """
    school_urn | phase       | is_special
    100001     | Primary     | no
    100002     | Secondary   | no
    100003     | Special     | yes
    100004     | All-through | no
""")  # fmt: skip


def leavers(tracker: str = "", roll: str = "", status: str = "", **more: pl.DataFrame) -> list[str]:
    frames = more | {
        "clean_leavers__pupils": table(
            ALL["clean_leavers__pupils"],
            "pupil_key | school_urn | leaving_date | nc_year | intended_code | september_code\n" + tracker,
        ),
        "core_enrolments": table(
            ALL["core_enrolments"], "pupil_key | school_urn | entry_date | leaving_date | nc_year\n" + roll
        ),
        "core_sen_status": table(
            ALL["core_sen_status"], "pupil_key | school_urn | sen_provision | start_date | end_date\n" + status
        ),
        "core_schools": SCHOOLS,
        "core_run": RUN,
    }
    made = fill_in_turn(("core_deceased", "core_leavers"), frames)
    found = made["core_leavers"].sort("pupil_key", "leaving_date")
    columns = ("leaving_date", "academic_year", "leaver_stage", "sen_provision", "intended_code")
    return [
        f"P{int(row[0], 16)} " + " ".join(str(value) for value in row[1:])
        for row in found.select("pupil_key", *columns).rows()
    ]


@pytest.mark.parametrize(
    ("school", "year_group", "stage"),
    [("100001", "6", "Year 6"), ("100001", "5", None), ("100004", "6", "Year 6"), ("100004", "11", "Year 11"),
     ("100002", "11", "Year 11"), ("100002", "10", None), ("100002", "12", "Sixth form"),
     ("100002", "14", "Sixth form"),
     ("100003", "6", None), ("100003", "10", None), ("100003", "11", "Special school leaver"),
     ("100003", "14", "Special school leaver")],
)  # fmt: skip
def test_the_stage_of_a_leaver_follows_year_group_and_school(school: str, year_group: str, stage: str | None) -> None:
    found = leavers(tracker=f"P1 | {school} | 2025-07-18 | {year_group} | - | -")
    assert found == ([f"P1 2025-07-18 2024 {stage} N None"] if stage else [])


def test_nobody_is_left_out_for_not_being_in_the_tracker() -> None:
    found = leavers(
        tracker="P1 | 100001 | 2025-07-18 | 6 | L10 | -",
        roll="""
            P1 | 100001 | 2018-09-03 | 2025-07-22 | 6
            P2 | 100001 | 2018-09-03 | 2025-07-22 | 6
            P3 | 100001 | 2018-09-03 | 2025-02-14 | 6
            P4 | 100001 | 2018-09-03 | -          | 6
        """,
        status="P2 | 100001 | K | 2022-09-05 | -",
    )
    assert found == ["P1 2025-07-18 2024 Year 6 N L10", "P2 2025-07-22 2024 Year 6 K None"]


def test_a_leaver_without_a_year_group_has_that_of_the_roll() -> None:
    assert leavers("P1 | 100002 | 2025-07-18 | - | - | -", "P1 | 100002 | 2020-09-03 | 2025-07-18 | 11") == [
        "P1 2025-07-18 2024 Year 11 N None"
    ]


def test_a_child_who_died_is_in_no_count() -> None:
    roll = "P1 | 100002 | 2020-09-03 | 2025-07-18 | 11"
    assert leavers("P1 | 100002 | 2025-07-18 | 11 | 230 | L98", roll) == []


def test_who_is_to_leave_in_the_future_is_no_leaver_yet() -> None:
    """The data date is 14 November 2025."""
    assert leavers("P1 | 100002 | 2025-11-14 | 11 | - | -") == ["P1 2025-11-14 2025 Year 11 N None"]
    assert leavers("P1 | 100002 | 2025-11-15 | 11 | - | -") == []


def test_a_death_is_known_by_the_list_of_moves_and_by_the_plan_too() -> None:
    roll = "P1 | 100002 | 2020-09-03 | 2025-07-18 | 11"
    moves = table(ALL["clean_attendance__moves"], "pupil_key | leaving_date | move_code\nP1 | 2025-07-18 | L98")
    plans = table(ALL["core_ehc_plans"], "pupil_key | cease_reason_code\nP1 | 8")
    assert leavers("", roll) == ["P1 2025-07-18 2024 Year 11 N None"]
    assert leavers("", roll, clean_attendance__moves=moves) == []
    assert leavers("P1 | 100002 | 2025-07-18 | 11 | 230 | -", roll, core_ehc_plans=plans) == []
    other = plans.with_columns(cease_reason_code=pl.lit(1, pl.Int64))
    assert len(leavers("", roll, core_ehc_plans=other)) == 1


def test_the_authority_s_word_of_year_11_fills_what_the_school_did_not_note() -> None:
    noted = table(
        ALL["clean_nccis__activities"], "pupil_key | school_urn | activity_code | intended_code\nP1 | TRUST | 230 | 310"
    )
    said = ("P1 | 100002 | 2025-07-18 | 11 | - | -", "P1 | 100002 | 2025-07-18 | 11 | 230 | -")
    assert [leavers(one, clean_nccis__activities=noted)[0].split()[-1] for one in said] == ["310", "230"]
    sixth_form = leavers("P1 | 100002 | 2025-07-18 | 13 | - | -", clean_nccis__activities=noted)
    assert sixth_form[0].split()[-1] == "None"


@pytest.mark.parametrize(
    ("spell", "provision"),
    [("2022-09-05 | -", "E"), ("2022-09-05 | 2025-07-18", "E"), ("2022-09-05 | 2025-06-18", "E"),
     ("2022-09-05 | 2025-06-16", "N"), ("2025-07-19 | -", "N")],
)  # fmt: skip
def test_the_status_at_leaving_is_that_of_the_last_month(spell: str, provision: str) -> None:
    found = leavers("P1 | 100001 | 2025-07-18 | 6 | - | -", status=f"P1 | 100001 | E | {spell}")
    assert found == [f"P1 2025-07-18 2024 Year 6 {provision} None"]


@given(st.dates(dt.date(2011, 1, 1), dt.date(2025, 11, 14)))
@settings(max_examples=15, deadline=None)
def test_the_year_of_leaving_is_the_calendars(day: dt.date) -> None:
    assert leavers(f"P1 | 100001 | {day} | 6 | - | -")[0].split()[2] == str(calendar.academic_year(day))


def destinations(tracker: str = "", activities: str = "", stage: str = "Year 11") -> list[str]:
    leaver = rows(ALL["core_leavers"], pupil_key=pupil(1), school_urn="100002", leaving_date=dt.date(2024, 7, 19),
                  academic_year=2023, leaver_stage=stage)  # fmt: skip
    head = "pupil_key | school_urn | leaving_date | september_code | september_contact_date | spring_code\n"
    spells = "activity_code | start_date | end_date | ascertained_date | is_currency_lapsed | lapse_due_date\n"
    frames = {
        "core_leavers": leaver,
        "core_run": RUN,
        "clean_leavers__pupils": table(ALL["clean_leavers__pupils"], head + tracker),
        "clean_nccis__activities": table(
            ALL["clean_nccis__activities"], spells + activities, school_urn="TRUST", pupil_key=pupil(1)
        ),
    }
    made = fill_in_turn(("core_activity_spells", "core_destinations"), frames)
    found = made["core_destinations"].sort("destination_source", "time_point")
    return [" ".join(row) for row in found.select("destination_source", "time_point", "destination_code").rows()]


def test_the_tracker_gives_what_it_knows() -> None:
    assert destinations("P1 | 100002 | 2024-07-19 | 230 | 2024-09-20 | -") == ["school SEPTEMBER 230"]
    assert destinations("P1 | 100002 | 2024-07-19 | 230 | 2024-09-20 | 310") == [
        "school SEPTEMBER 230",
        "school TWO_TERMS 310",
    ]


@pytest.mark.parametrize(
    ("spell", "expected"),
    [
        ("2024-09-01 | -          | 2024-10-01 | no  | -", ["SEPTEMBER", "TWO_TERMS"]),
        ("2024-09-30 | 2024-09-30 | 2024-10-01 | -   | -", ["SEPTEMBER"]),
        ("2024-10-01 | 2025-03-30 | 2024-10-01 | no  | -", []),
        ("2024-10-01 | 2025-03-31 | 2024-10-01 | no  | -", ["TWO_TERMS"]),
        # flagged as lapsed: on no day, unless it says from which day on
        ("2024-09-01 | -          | 2024-10-01 | yes | -", []),
        ("2024-09-01 | -          | 2024-10-01 | yes | 2025-03-31", ["SEPTEMBER"]),
        ("2024-09-01 | -          | 2024-10-01 | yes | 2025-04-01", ["SEPTEMBER", "TWO_TERMS"]),
        ("2024-09-01 | -          | 2024-10-01 | no  | 2024-09-30", []),
        ("2024-09-01 | 2025-06-30 | 2024-10-01 | no  | 2025-03-31", ["SEPTEMBER"]),
    ],
)
def test_an_nccis_spell_counts_on_the_days_that_it_covers_unless_it_has_lapsed(spell: str, expected: list[str]) -> None:
    assert destinations(activities=f"230 | {spell}") == [f"nccis {point} 230" for point in expected]


def test_of_two_nccis_spells_the_one_established_last_counts() -> None:
    both = "230 | 2024-09-01 | - | 2024-09-10 | no | - \n 540 | 2024-09-02 | 2024-12-01 | 2024-09-09 | no | -"
    assert destinations(activities=both) == ["nccis SEPTEMBER 230", "nccis TWO_TERMS 230"]


def test_a_child_twice_in_nccis_is_one_child_and_the_latest_word_counts() -> None:
    both = "230 | 2024-09-01 | - | 2024-09-10 | no | - \n 619 | 2024-09-05 | - | 2024-11-01 | no | -"
    assert destinations(activities=both) == ["nccis SEPTEMBER 619", "nccis TWO_TERMS 619"]


def test_a_code_of_school_age_does_not_stand_before_a_leaver_s() -> None:
    both = "230 | 2024-09-01 | - | 2024-09-10 | no | - \n 110 | 2024-09-05 | - | 2024-11-01 | no | -"
    assert destinations(activities=both) == ["nccis SEPTEMBER 230", "nccis TWO_TERMS 230"]


def test_two_years_on_is_asked_two_years_after_the_first_september() -> None:
    """Left in July 2024: 30 September 2026 is after the data date, whatever the record says."""
    spell = "230 | 2024-09-01 | - | 2024-10-01 | no | -"
    assert "nccis TWO_YEARS 230" not in destinations(activities=spell)


def test_nccis_is_not_asked_about_children_of_year_6() -> None:
    assert destinations(activities="230 | 2024-09-01 | - | 2024-10-01 | no | -", stage="Year 6") == []
