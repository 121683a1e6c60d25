"""Why a leaver is not known, what counts as sustained month by month, two years on, and the next call with its day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

LEFT = dt.date(2024, 7, 19)
TODAY = dt.date(2026, 11, 20)
CODES = table(
    ALL["core_destination_codes"],
    """
    destination_code | destination_label | destination_category | is_positive
    210              | Sixth form        | Education            | yes
    230              | College           | Education            | yes
    310              | Apprenticeship    | Employment           | yes
    330              | Work              | Employment           | yes
    460              | Internship        | Training             | yes
    619              | Seeking           | NEET                 | no
    670              | Not active        | NEET                 | no
    810              | Not known         | Not known            | -
    L10              | Secondary school  | School               | yes
    L30              | Day service       | Adult social care    | -
    L90              | Moved             | Other                | -
    """,
)
STEPS = (
    "core_activity_spells", "core_destinations", "model_destinations__points", "model_destinations__months",
    "model_destinations__leavers", "model_destinations__calls",
)  # fmt: skip
TRACKER = (
    "september_code | september_contact_date | spring_code | spring_contact_date | later_code | later_contact_date"
)
SPELLS = "activity_code | start_date | end_date | ascertained_date | is_currency_lapsed | lapse_due_date"


def follow(
    tracker: str = "- | - | - | - | - | -",
    spells: str = "",
    *,
    stage: str = "Year 11",
    intended: str | None = None,
    today: dt.date = TODAY,
) -> dict[str, dict[str, Any]]:
    """One leaver of July 2024: each table's row; points under their names."""
    leaver = {"pupil_key": pupil(1), "school_urn": "100002", "leaving_date": LEFT}
    frames: dict[str, pl.DataFrame] = {
        "core_run": rows(ALL["core_run"], data_date=today, academic_year=2026),
        "core_leavers": rows(ALL["core_leavers"], **leaver, academic_year=2023, leaver_stage=stage,
                             sen_provision="K", intended_code=intended),
        "core_destination_codes": CODES,
        "clean_leavers__pupils": table(ALL["clean_leavers__pupils"], f"{TRACKER}\n{tracker}", **leaver),
    }  # fmt: skip
    if spells:
        frames["clean_nccis__activities"] = table(
            ALL["clean_nccis__activities"], f"{SPELLS}\n{spells}", school_urn="TRUST", pupil_key=pupil(1)
        )
    made = fill_in_turn(STEPS, frames)
    told = {row["time_point"]: row for row in made["model_destinations__points"].to_dicts()}
    return told | {
        "leaver": made["model_destinations__leavers"].to_dicts()[0],
        "call": made["model_destinations__calls"].to_dicts()[0],
    }


@pytest.mark.parametrize(
    ("tracker", "spells", "stage", "state"),
    [
        ("- | - | 230 | 2025-03-10 | - | -", "", "Year 11", "KNOWN"),
        # the school asked: no answer, whatever the authority's record is
        ("- | - | 810 | 2025-03-10 | - | -", "230 | 2024-09-01 | - | 2024-10-01 | yes | -", "Year 11", "NO_ANSWER"),
        ("- | - | -   | 2025-03-10 | - | -", "", "Year 6", "NO_ANSWER"),
        ("- | - | -   | - | - | -", "230 | 2024-09-01 | - | 2024-10-01 | yes | -", "Year 11", "LAPSED"),
        ("- | - | -   | - | - | -", "230 | 2024-09-01 | - | 2024-10-01 | no | 2025-03-31", "Year 11", "LAPSED"),
        ("- | - | -   | - | - | -", "230 | 2024-09-01 | - | 2024-10-01 | no | 2025-04-01", "Year 11", "KNOWN"),
        ("- | - | -   | - | - | -", "", "Year 11", "NOT_LISTED"),
        ("- | - | -   | - | - | -", "810 | 2024-09-01 | - | 2024-10-01 | no | -", "Year 11", "NEVER_CONTACTED"),
        # a code without a day is no contact on record
        ("- | - | 810 | - | - | -", "810 | 2024-09-01 | - | 2024-10-01 | no | -", "Year 11", "NEVER_CONTACTED"),
        # the extract does not list children of year 6, so it lacks none
        ("- | - | -   | - | - | -", "", "Year 6", "NEVER_CONTACTED"),
    ],
)
def test_why_nobody_knows(tracker: str, spells: str, stage: str, state: str) -> None:
    told = follow(tracker, spells, stage=stage)
    assert told["TWO_TERMS"]["point_state"] == state
    known = state == "KNOWN"
    assert told["leaver"]["sustained_outcome"] == ("SUSTAINED" if known else "UNKNOWN")
    assert told["leaver"]["unknown_reason"] == (None if known else state)


@pytest.mark.parametrize(
    ("point", "day"),
    [("SEPTEMBER", dt.date(2024, 9, 30)), ("TWO_TERMS", dt.date(2025, 3, 31)), ("TWO_YEARS", dt.date(2026, 9, 30))],
)
def test_a_point_is_due_on_its_day(point: str, day: dt.date) -> None:
    assert follow(today=day - dt.timedelta(days=1))[point]["point_state"] == "NOT_DUE"
    assert follow(today=day)[point]["point_state"] == "NOT_LISTED"
    assert follow(today=day)[point]["count_date"] == day


@pytest.mark.parametrize(
    ("spells", "outcome", "basis"),
    [
        # education in all six months
        ("230 | 2024-10-31 | 2025-03-31 | 2024-11-01 | no | -", "SUSTAINED", "MONTHS"),
        # from December on only: two months lack, so the two days decide, and September is not known to be anything else
        ("230 | 2024-12-01 | - | 2024-12-02 | no | -", "SUSTAINED", "TWO_DAYS"),
        # six months known, one of them in no place
        ("619 | 2024-09-01 | 2024-11-15 | 2024-09-20 | no | - \n 230 | 2024-11-16 | - | 2024-12-01 | no | -",
         "NOT_SUSTAINED", "MONTHS"),
        # work in five of six; in four of six
        ("619 | 2024-09-01 | 2024-11-15 | 2024-09-20 | no | - \n 330 | 2024-11-16 | - | 2024-12-01 | no | -",
         "SUSTAINED", "MONTHS"),
        ("619 | 2024-09-01 | 2024-12-15 | 2024-09-20 | no | - \n 330 | 2024-12-16 | - | 2024-12-20 | no | -",
         "NOT_SUSTAINED", "MONTHS"),
        # a mix of education and work fills all six
        ("230 | 2024-09-01 | 2024-12-31 | 2024-09-20 | no | - \n 330 | 2025-01-01 | - | 2025-01-05 | no | -",
         "SUSTAINED", "MONTHS"),
        # six months of an apprenticeship at any time in the year, seeking work in March
        ("310 | 2024-08-05 | 2025-01-31 | 2024-09-20 | no | - \n 619 | 2025-02-01 | - | 2025-02-10 | no | -",
         "SUSTAINED", "MONTHS"),
        ("310 | 2024-09-05 | 2025-01-31 | 2024-09-20 | no | - \n 619 | 2025-02-01 | - | 2025-02-10 | no | -",
         "NOT_SUSTAINED", "MONTHS"),
        # an internship is study; nobody in a day service is called sustained
        ("460 | 2024-09-01 | - | 2024-09-20 | no | -", "SUSTAINED", "MONTHS"),
        ("670 | 2024-09-01 | - | 2024-09-20 | no | -", "NOT_SUSTAINED", "MONTHS"),
    ],
)  # fmt: skip
def test_sustained_by_the_months_of_the_authority_s_record(spells: str, outcome: str, basis: str) -> None:
    found = follow(spells=spells)["leaver"]
    assert (found["sustained_outcome"], found["sustained_basis"]) == (outcome, basis)


def test_the_school_s_later_word_on_march_decides_against_the_record() -> None:
    seeking = "619 | 2024-09-01 | - | 2024-09-20 | no | -"
    assert follow(spells=seeking)["leaver"]["sustained_outcome"] == "NOT_SUSTAINED"
    told = follow("230 | 2024-10-10 | 230 | 2025-03-20 | - | -", seeking)
    assert (told["leaver"]["sustained_outcome"], told["leaver"]["sustained_basis"]) == ("SUSTAINED", "TWO_DAYS")
    assert told["TWO_TERMS"]["is_contradicted"]


def test_contradicted_is_only_what_differs_on_whether_in_a_place() -> None:
    both = follow("210 | 2024-09-20 | 210 | 2025-03-20 | - | -", "230 | 2024-09-01 | - | 2024-10-01 | no | -")
    assert not both["SEPTEMBER"]["is_contradicted"]
    assert both["SEPTEMBER"]["destination_code"] == "230", "established last"


def test_two_years_on_by_school_or_authority() -> None:
    assert follow()["leaver"]["later_outcome"] == "UNKNOWN"
    assert follow("- | - | - | - | 230 | 2026-09-10")["leaver"]["later_outcome"] == "SUSTAINED"
    assert follow(spells="619 | 2026-09-01 | - | 2026-09-20 | no | -")["leaver"]["later_outcome"] == "NOT_SUSTAINED"
    assert follow(today=dt.date(2026, 9, 29))["leaver"]["later_outcome"] == "NOT_DUE"


@pytest.mark.parametrize(
    ("code", "route"),
    [("230", "College or university"), ("210", "School or sixth form"), ("460", "Supported internship"),
     ("L30", "Adult day or residential care"), ("619", "Not in education or work"), ("L90", "Elsewhere"),
     ("310", "Apprenticeship or work")],
)  # fmt: skip
def test_local_routes_are_their_own_and_not_neet(code: str, route: str) -> None:
    assert follow(f"{code} | 2024-09-20 | {code} | 2025-03-20 | - | -")["leaver"]["route"] == route
    began = follow("619 | 2024-09-20 | 230 | 2025-03-20 | - | -")["leaver"]
    assert (began["sustained_outcome"], began["route"]) == ("NOT_SUSTAINED", "Began later")


# --- calls ------------------------------------------------------------------------------------------------------------


def call(*given: Any, **more: Any) -> tuple[Any, ...]:
    found = follow(*given, **more)["call"]
    return found["call_point"], found["call_due_date"], found["overdue_days"], found["call_whom"]


def test_a_point_that_nobody_knows_is_asked_by_its_day() -> None:
    on = dt.date(2025, 3, 31)
    assert call(today=on) == ("TWO_TERMS", on, 0, "AUTHORITY")
    assert call(today=dt.date(2025, 4, 10)) == ("TWO_TERMS", on, 10, "AUTHORITY")
    assert call(today=dt.date(2025, 4, 10), intended="230")[3] == "INTENDED_PLACE"
    assert call(today=dt.date(2025, 4, 10), stage="Year 6")[3] == "FAMILY"


def test_after_a_contact_without_an_answer_the_next_is_due_two_weeks_later() -> None:
    asked = "230 | 2024-09-20 | 810 | 2025-03-25 | - | -"
    assert call(asked, today=dt.date(2025, 4, 20)) == ("TWO_TERMS", dt.date(2025, 4, 8), 12, "AUTHORITY")
    assert call(asked, today=dt.date(2025, 4, 20), stage="Year 6")[3] == "LAST_PLACE"
    early = "230 | 2024-09-20 | 810 | 2025-03-01 | - | -"  # two weeks later is before the day itself
    assert call(early, today=dt.date(2025, 4, 20))[1] == dt.date(2025, 3, 31)


def test_what_is_known_is_asked_again_at_the_next_point() -> None:
    known = "230 | 2024-09-20 | 230 | 2025-03-25 | - | -"
    assert call(known, today=dt.date(2025, 4, 20)) == ("TWO_YEARS", dt.date(2026, 9, 30), 0, "LAST_PLACE")
    assert call("230 | 2024-09-20 | - | - | - | -", today=dt.date(2024, 12, 1))[:2] == (
        "TWO_TERMS",
        dt.date(2025, 3, 31),
    )


def test_two_years_on_is_asked_for_six_months_and_then_left() -> None:
    assert call(today=dt.date(2027, 3, 31))[0] == "TWO_YEARS"
    assert call(today=dt.date(2027, 4, 1)) == (None, None, 0, None)
    assert call("- | - | - | - | 230 | 2026-09-10") == (None, None, 0, None)


def test_a_contradiction_is_called_about_although_something_is_known() -> None:
    said = ("- | - | 230 | 2025-03-20 | - | -", "619 | 2024-09-01 | - | 2024-09-20 | no | -")
    found = follow(*said, today=dt.date(2025, 4, 20))["call"]
    assert (found["call_point"], found["point_state"], found["is_contradicted"]) == ("TWO_TERMS", "KNOWN", True)
    assert (found["last_contact_date"], found["contact_age_days"]) == (dt.date(2025, 3, 20), 31)


def test_somebody_in_no_place_is_asked_for_at_the_authority() -> None:
    """There is no "last place" of somebody who was seeking one; nor is one meant of somebody who means to stay home."""
    seeking = "619 | 2024-09-20 | - | - | - | -"
    assert call(seeking, today=dt.date(2025, 4, 20), intended="230")[3] == "AUTHORITY"
    assert call(seeking, today=dt.date(2025, 4, 20), stage="Year 6")[3] == "FAMILY"
    assert call(today=dt.date(2025, 4, 20), stage="Year 6", intended="619")[3] == "FAMILY"


def test_before_september_nobody_is_called_yet() -> None:
    assert call(today=dt.date(2024, 9, 29)) == ("SEPTEMBER", dt.date(2024, 9, 30), 0, "FAMILY")
