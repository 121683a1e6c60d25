"""Who took part and who may be compared, with which scores: drawn answers and edges on a standardised test."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from tests.support.frames import pupil, rows
from tests.support.impact_histories import (
    ENDED,
    ENTRY_DAY,
    EXIT_DAY,
    STARTED,
    TODAY,
    compared,
    one,
    pair,
    people_of,
    score,
    start,
)


def test_baseline_is_the_mean_of_the_last_two_scores_and_exit_the_first_after_the_end() -> None:
    scores = [
        score(1, dt.date(2025, 3, 20), 70),  # third from last
        score(1, dt.date(2025, 6, 20), 80),
        score(1, dt.date(2025, 12, 5), 90),
        score(1, dt.date(2026, 2, 2), 60),  # while it ran
        score(1, dt.date(2026, 3, 24), 95),
        score(1, dt.date(2026, 4, 14), 120),
    ]
    found = one(people_of(scores, [start(1)]), 1)
    assert (found["baseline_score"], found["baseline_scores_count"], found["exit_score"]) == (85, 2, 95)
    assert (found["entry_half_term"], found["exit_half_term"]) == ("Autumn2", "Spring2")
    assert (found["nc_year_number"], found["age_months"], found["academic_year"]) == (4, 8 * 12 + 10, 2025)


@pytest.mark.parametrize(
    ("entry", "leave", "has_entry", "has_exit"),
    [
        (STARTED - dt.timedelta(days=42), ENDED + dt.timedelta(days=42), True, True),
        (STARTED - dt.timedelta(days=43), ENDED + dt.timedelta(days=43), False, False),
        (STARTED, ENDED, True, True),
        (STARTED + dt.timedelta(days=1), ENDED - dt.timedelta(days=1), False, False),
    ],
)
def test_scores_count_within_six_weeks(entry: dt.date, leave: dt.date, has_entry: bool, has_exit: bool) -> None:
    found = one(people_of([score(1, entry, 90), score(1, leave, 95)], [start(1)]), 1)
    assert (found["baseline_score"] is not None, found["exit_score"] is not None) == (has_entry, has_exit)
    assert found["is_exit_due"]


def test_an_exit_is_due_when_its_window_has_closed() -> None:
    entry = score(1, dt.date(2026, 10, 1), 90)
    begun = start(1, started_date=dt.date(2026, 10, 1))
    for end, is_due in ((TODAY - dt.timedelta(days=42), False), (TODAY - dt.timedelta(days=43), True)):
        assert one(people_of([entry], [begun | {"end_date": end}]), 1)["is_exit_due"] is is_due


def test_a_score_that_is_a_year_old_is_no_part_of_the_baseline() -> None:
    for days, mean in ((364, 85.0), (365, 90.0)):
        scores = [score(1, STARTED - dt.timedelta(days=days), 80), score(1, dt.date(2025, 12, 5), 90)]
        assert one(people_of(scores, [start(1)]), 1)["baseline_score"] == mean


def test_who_may_becompared() -> None:
    others = {
        2: {},  # alike
        3: {"school_urn": "100002"},  # another school of the same phase
        4: {"school_urn": "100009"},  # a special school
        5: {"assessment_name": "Other test"},
        6: {"subject": "Mathematics"},
        7: {"scale": "POINTS"},
    }
    scores = pair(1) + [s for n, more in others.items() for s in pair(n, **more)]
    scores += [score(8, dt.date(2025, 10, 6), 90), score(8, EXIT_DAY, 95)]  # tested in another half-term
    scores += [score(9, ENTRY_DAY, 90), score(9, EXIT_DAY, 95, school_urn="100002")]  # moved school
    scores += [score(10, ENTRY_DAY, 90)]  # missed the second test: counted, for attrition on both sides
    people = people_of(scores, [start(1)])
    assert compared(people) == {pupil(2), pupil(3), pupil(10)}
    assert one(people, 10, is_treated=False)["exit_score"] is None


@pytest.mark.parametrize(
    ("year", "alike"), [(3, {1, 2, 3, 4, 5}), (6, {4, 5, 6}), (7, {7, 8, 9}), (9, {7, 8, 9, 10, 11})]
)
def test_compared_pupils_are_within_two_year_groups_of_the_same_phase(year: int, alike: set[int]) -> None:
    years = range(12)
    born = rows(
        ALL["core_pupils"],
        pupil_key=[pupil(99), *(pupil(n) for n in years)],
        birth_date=[dt.date(2021 - n, 3, 10) for n in (year, *years)],
    )
    scores = [s for n in (99, *years) for s in pair(n)]
    assert compared(people_of(scores, [start(99)], core_pupils=born)) == {pupil(n) for n in alike}


def test_of_several_starts_the_first_counts() -> None:
    later = {"started_date": dt.date(2026, 4, 13), "end_date": dt.date(2026, 6, 12), "start_rank": 2}
    starts = [start(1, intervention_key="G2", **later), start(1)]
    assert one(people_of([*pair(1), score(1, dt.date(2026, 6, 22), 120)], starts), 1)["exit_score"] == 95


def test_compared_pupils_were_on_roll_throughout() -> None:
    spells = {
        1: ("2021-09-01", None),
        2: ("2025-12-05", None),
        3: ("2025-12-06", None),
        4: ("2021-09-01", "2026-03-12"),
        5: ("2021-09-01", "2026-03-13"),
    }
    roll = rows(
        ALL["core_enrolments"],
        pupil_key=[pupil(n) for n in spells],
        school_urn="100001",
        entry_date=[dt.date.fromisoformat(start) for start, _ in spells.values()],
        leaving_date=[end and dt.date.fromisoformat(end) for _, end in spells.values()],
    )
    people = people_of([s for n in spells for s in pair(n)], [start(1)], core_enrolments=roll)
    assert compared(people) == {pupil(2), pupil(5)}


def test_compared_pupils_had_no_similar_intervention_meanwhile() -> None:
    def also(number: int, **more: Any) -> dict[str, Any]:
        return start(number, intervention_key=f"H{number}", **({"intervention_name": "Other"} | more))

    starts = [
        start(1),
        also(2, subject="Mathematics"),  # another subject
        also(3),  # the same subject at the same time
        also(4, end_date=STARTED - dt.timedelta(days=1), started_date=dt.date(2025, 9, 8)),  # ended before
        also(5, end_date=STARTED, started_date=dt.date(2025, 9, 8)),  # ended on the first day
        also(6, started_date=ENDED + dt.timedelta(days=1), end_date=dt.date(2026, 6, 1)),  # began after
        also(7, subject=None, assessment_name=None),  # no subject: the area of need decides
        also(8, subject=None, assessment_name=None, area_of_need="Social, emotional and mental health"),
        also(9, intervention_name="Reading Plus", started_date=dt.date(2025, 3, 3), end_date=dt.date(2025, 4, 1)),
        also(10, intervention_name="Reading Plus", started_date=dt.date(2026, 4, 20), end_date=dt.date(2026, 6, 1)),
    ]
    people = people_of([s for n in range(1, 11) for s in pair(n)], starts)
    mine = people.filter(intervention_name="Reading Plus")
    # who takes part later is not dropped for it: that would leave out those who did badly meanwhile
    assert compared(mine) == {pupil(n) for n in (2, 4, 6, 8, 10)}


def test_a_comparison_pupil_stands_once_however_many_windows_fit() -> None:
    later = (dt.date(2026, 4, 13), dt.date(2026, 6, 12))
    scores = [s for n in (1, 2, 3) for s in (*pair(n), score(n, dt.date(2026, 6, 22), 99))]
    starts = [start(1), start(2, intervention_key="G2", started_date=later[0], end_date=later[1])]
    people = people_of(scores, starts)
    assert people.filter(~pl.col("is_treated"), pupil_key=pupil(3)).height == 1


def test_what_is_known_of_a_pupil_at_the_start() -> None:
    plan = rows(
        ALL["core_sen_status"],
        pupil_key=[pupil(1), pupil(2), pupil(3)],
        sen_provision="E",
        start_date=[STARTED, STARTED + dt.timedelta(days=1), dt.date(2025, 1, 1)],
        end_date=[None, None, STARTED - dt.timedelta(days=1)],
    )
    absent = rows(
        ALL["core_attendance"],
        pupil_key=[pupil(1), pupil(1), pupil(2)],
        academic_year=[2024, 2024, 2025],
        half_term=["Autumn1", "Autumn2", "Autumn1"],
        possible_sessions_count=[70, 30, 70],
        authorised_sessions_count=[5, 0, 9],
        unauthorised_sessions_count=[2, 3, 9],
    )
    starts = [start(n) for n in (1, 2, 3)]
    people = people_of([s for n in (1, 2, 3) for s in pair(n)], starts, core_sen_status=plan, core_attendance=absent)
    assert [one(people, n)["has_ehc_plan"] for n in (1, 2, 3)] == [True, False, False]
    assert [one(people, n)["absence_rate"] for n in (1, 2, 3)] == [0.1, None, None]
