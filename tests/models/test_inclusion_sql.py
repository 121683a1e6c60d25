"""Who is here, in SQL: which half-terms are compared, the status at the time, days on roll, what is late, blanks."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.tables import ALL
from models import calendar
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
STATUS = "pupil_key | sen_provision | start_date | end_date\n"
ROLL = "pupil_key | entry_date | leaving_date\n"
HALF_TERMS = calendar.half_terms()
MIDDLE = HALF_TERMS.filter(academic_year=2026, half_term="Autumn1")["middle_date"].item()
DIED = rows(ALL["core_deceased"], pupil_key=pupil(1))


def attendance(given: str, status: str = "", roll: str = "", **more: pl.DataFrame) -> list[tuple[object, ...]]:
    frames = more | {
        "core_run": RUN,
        "core_half_terms": HALF_TERMS,
        "core_attendance": table(
            ALL["core_attendance"],
            "pupil_key | academic_year | half_term | possible_sessions_count | authorised_sessions_count | "
            "unauthorised_sessions_count\n" + given,
        ),
        "core_enrolments": table(ALL["core_enrolments"], ROLL + (roll or "P1 | 2022-09-05 | -")),
        "core_sen_status": table(ALL["core_sen_status"], STATUS + status),
    }
    found = fill("model_inclusion__attendance", {n: f for n, f in frames.items() if not f.is_empty()})
    kept = found.select("is_latest", "sen_provision", "possible_sessions_count", "absent_sessions_count",
                        "is_last_status")  # fmt: skip
    return kept.sort(pl.all(), descending=True).rows()


def test_the_same_half_terms_of_the_year_before_are_compared() -> None:
    given = (
        "P1 | 2026 | Autumn1 | 70 | 4 | 3\nP1 | 2025 | Autumn1 | 72 | 1 | 1\nP1 | 2025 | Autumn2 | 70 | 50 | 0\n"
        "P1 | 2024 | Autumn1 | 70 | 60 | 0\n"
    )
    assert attendance(given) == [(True, "N", 70, 7, True), (False, "N", 72, 2, True)]


def test_before_a_school_year_has_begun_the_last_one_is_told() -> None:
    assert attendance("P1 | 2025 | Summer2 | 70 | 4 | 3\nP1 | 2024 | Summer2 | 70 | 1 | 0") == [
        (True, "N", 70, 7, True), (False, "N", 70, 1, True),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "status"), [(0, "K"), (1, "N")])
def test_the_status_is_the_one_of_the_middle_day(day: int, status: str) -> None:
    start = MIDDLE + dt.timedelta(days=day)
    assert attendance("P1 | 2026 | Autumn1 | 70 | 7 | 0", f"P1 | K | {start} | -") == [(True, status, 70, 7, True)]


def test_who_left_before_the_middle_day_has_the_status_of_the_last_day() -> None:
    given = "P1 | 2026 | Autumn1 | 10 | 7 | 0"
    assert attendance(given, "P1 | E | 2024-09-02 | 2026-09-11", "P1 | 2022-09-05 | 2026-09-11") == [
        (True, "E", 10, 7, True)
    ]
    late = MIDDLE + dt.timedelta(days=3)
    assert attendance(given, f"P1 | E | {late} | -", f"P1 | {late} | -") == [(True, "E", 10, 7, True)]


def test_a_pupil_counts_once_under_the_last_status_and_sessions_under_each() -> None:
    second = HALF_TERMS.filter(academic_year=2025, half_term="Autumn2")["start_date"].item()
    given = "P1 | 2025 | Autumn1 | 70 | 7 | 0\nP1 | 2025 | Autumn2 | 60 | 6 | 0"
    assert attendance(given, f"P1 | K | {second} | -") == [(True, "N", 70, 7, False), (True, "K", 60, 6, True)]


def test_nobody_who_died_and_no_half_term_without_sessions() -> None:
    assert attendance("P1 | 2026 | Autumn1 | 70 | 7 | 0", core_deceased=DIED) == []
    assert attendance("P1 | 2026 | Autumn1 | 0 | 0 | 0") == []


def test_days_on_roll_of_twelve_months_and_of_the_twelve_before() -> None:
    """20 November 2026 back to 21 November 2025 are 365 days, both included."""
    frames = {
        "core_run": RUN,
        "core_enrolments": table(ALL["core_enrolments"], ROLL + "P1 | 2020-09-01 | -\nP2 | 2025-11-19 | 2025-11-22"),
        "core_sen_status": table(ALL["core_sen_status"], STATUS + "P1 | K | 2026-11-19 | -\nP2 | E | 2025-11-20 | -"),
    }
    found = fill("model_inclusion__roll_days", frames)
    days = {(row["is_latest"], row["sen_provision"]): row["roll_days"] for row in found.to_dicts()}
    assert days == {(True, "K"): 2, (True, "E"): 2, (True, "N"): 363, (False, "E"): 1, (False, "N"): 365 + 1}


def test_suspensions_by_the_status_of_the_day_and_exclusions_apart() -> None:
    given = """
        pupil_key | start_date | category | missed_sessions_count
        P1 | 2025-11-20 | SUSP | 4
        P1 | 2025-11-21 | SUSP | 2
        P1 | 2026-03-02 | LNCH | 1
        P1 | 2026-03-03 | SUSP | -
        P1 | 2026-05-04 | PERM | -
        P1 | 2024-11-20 | SUSP | 9
        P1 | 2026-11-21 | SUSP | 9
    """
    frames = {
        "core_run": RUN,
        "core_suspensions": table(ALL["core_suspensions"], given),
        "core_sen_status": table(ALL["core_sen_status"], STATUS + "P1 | K | 2026-03-03 | -"),
    }
    found = fill("model_inclusion__suspensions", frames).sort("is_latest", "sen_provision")
    figures = ["is_latest", "sen_provision", "suspensions_count", "lost_sessions_count", "exclusions_count"]
    assert found.select(figures).rows() == [(False, "N", 1, 4, 0), (True, "K", 1, 0, 1), (True, "N", 2, 3, 0)]
    assert fill("model_inclusion__suspensions", frames | {"core_deceased": DIED}).is_empty()


@pytest.mark.parametrize(
    ("dates", "review", "beyond"),
    [("2026-11-20 | - | 2026-11-20", 0, 0), ("2026-11-19 | - | 2026-11-19", 1, 1), ("- | - | -", 32, 0),
     ("2027-01-15 | 2026-10-08 | -", 1, 0), ("2027-01-15 | 2026-10-09 | -", 0, 0)],
)  # fmt: skip
def test_a_part_time_timetable_is_late_from_the_day_after(dates: str, review: int, beyond: int) -> None:
    """Six weeks from the last review, or from the start on 7 September, where no day is written down."""
    given = table(
        ALL["core_part_time"],
        "pupil_key | start_date | planned_end_date | last_review_date | next_review_date | end_date\n"
        f"P1 | 2026-09-07 | {dates} | -",
    )
    on_roll = rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1))
    frames = {"core_run": RUN, "core_part_time": given, "model_pupils__on_roll": on_roll}
    (row,) = fill("model_inclusion__part_time", frames).to_dicts()
    assert (row["review_overdue_days"], row["beyond_end_days"], row["running_days"]) == (review, beyond, 74)
    assert fill("model_inclusion__part_time", frames | {"core_deceased": DIED}).is_empty()


@pytest.mark.parametrize(("start", "end", "runs"), [
    ("2026-11-20", "-", True), ("2026-11-21", "-", False), ("2026-09-07", "2026-11-20", True),
    ("2026-09-07", "2026-11-19", False),
])  # fmt: skip
def test_only_what_runs_on_the_day_counts(start: str, end: str, runs: bool) -> None:
    on_roll = rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1))
    for core, model in (("core_part_time", "part_time"), ("core_placements", "placements")):
        given = table(ALL[core], f"pupil_key | start_date | end_date\nP1 | {start} | {end}")
        frames = {"core_run": RUN, core: given, "model_pupils__on_roll": on_roll}
        assert fill(f"model_inclusion__{model}", frames).height == runs


def curriculum(given: str, **more: pl.DataFrame) -> list[tuple[object, ...]]:
    frames = more | {
        "core_run": RUN,
        "core_half_terms": HALF_TERMS,
        "core_schools": table(ALL["core_schools"], "school_urn\n100001\n100002"),
        "core_curriculum": table(
            ALL["core_curriculum"], "pupil_key | academic_year | school_term | curriculum_subject | access\n" + given
        ),
        "core_enrolments": table(
            ALL["core_enrolments"],
            "pupil_key | school_urn | entry_date | leaving_date\nP1 | 100001 | 2020-09-01 | -\n"
            "P2 | 100001 | 2020-09-01 | -\nP3 | 100002 | 2020-09-01 | -\nP4 | 100001 | 2020-09-01 | 2026-05-01",
        ),
        "core_sen_status": table(
            ALL["core_sen_status"],
            "pupil_key | school_urn | sen_provision | start_date\n"
            "P1 | 100001 | K | 2020-09-01\nP2 | 100001 | E | 2020-09-01\nP3 | 100002 | K | 2020-09-01\n"
            "P4 | 100001 | K | 2020-09-01",
        ),
    }
    found = fill("model_inclusion__curriculum", frames).sort("pupil_key", "curriculum_subject")
    return [(int(row[0], 16), *row[1:]) for row in found.select("pupil_key", "curriculum_subject", "access").rows()]


def test_what_is_not_recorded_is_a_blank_of_each_pupil_and_subject() -> None:
    given = "P1 | 2025 | SUM | Music | FULL\nP1 | 2025 | SUM | History | -\nP1 | 2025 | SPR | Science | NOT\n"
    assert curriculum(given) == [
        (1, "History", None), (1, "Music", "FULL"), (2, "History", None), (2, "Music", None),
        (3, "History", None), (3, "Music", None),
    ]  # fmt: skip


def test_a_term_that_is_not_over_is_not_told() -> None:
    given = "P1 | 2025 | SUM | Music | FULL\nP1 | 2026 | AUT | History | FULL"
    assert {subject for _, subject, _ in curriculum(given)} == {"Music"}
