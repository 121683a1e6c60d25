"""Attendance and suspensions as outcomes: two half-terms before the start, two after the end, per 100 sessions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from tests.support.frames import pupil, rows
from tests.support.impact_histories import TERMS, Record, compared, frame, one, pair, people_of, start

# 2025/26 by the calendar's convention: Autumn2 ends 19 December, Spring1 runs 5 January to 13 February,
# Spring2 23 February to 27 March, Summer1 begins on 13 April, Summer2 ends on 24 July.
YEAR = TERMS.filter(academic_year=2025)
NAMES = ("Autumn1", "Autumn2", "Spring1", "Spring2", "Summer1", "Summer2")
BORN = dt.date(2017, 3, 10)
DAY = dt.timedelta(days=1)


def _term(name: str) -> Record:
    return YEAR.filter(half_term=name).to_dicts()[0]


def _attended(number: int, missed: dict[str, int], possible: int = 60, **more: Any) -> list[Record]:
    return [
        {
            "pupil_key": pupil(number),
            "school_urn": "100001",
            "academic_year": 2025,
            "half_term": name,
            "possible_sessions_count": possible,
            "authorised_sessions_count": count,
            "unauthorised_sessions_count": 0,
        }
        | more
        for name, count in missed.items()
    ]


def _start(number: int, domain: str = "Attendance", **more: Any) -> Record:
    begun = {"intervention_name": "Come In", "subject": None, "assessment_name": None, "outcome_domain": domain}
    return start(number, **(begun | more))


def _people(attended: list[Record], starts: list[Record], **more: pl.DataFrame) -> pl.DataFrame:
    keys = sorted({row["pupil_key"] for row in [*attended, *starts]})
    frames = {
        "core_attendance": frame("core_attendance", attended),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=keys, birth_date=BORN),
        "core_enrolments": rows(
            ALL["core_enrolments"], pupil_key=keys, school_urn="100001", entry_date=dt.date(2021, 9, 1)
        ),
    }
    return people_of([], starts, **(frames | more))


EVERY = dict(zip(NAMES, (1, 2, 30, 30, 3, 6), strict=True))


def test_the_half_terms_of_the_start_and_of_the_end_count_on_neither_side() -> None:
    found = one(_people(_attended(1, EVERY), [_start(1)]), 1)  # 12 January to 13 March
    assert (found["assessment_name"], found["subject"], found["scale"]) == ("Attendance", "Attendance", "ATTENDANCE")
    assert (found["entry_score"], found["exit_score"]) == (100 * 3 / 120, 100 * 9 / 120)
    assert (found["baseline_score"], found["baseline_scores_count"]) == (found["entry_score"], 1)
    assert (found["before_sessions_count"], found["after_sessions_count"]) == (120, 120)
    assert (found["entry_half_term"], found["exit_half_term"]) == ("Autumn2", "Summer2")
    assert (found["entry_date"], found["exit_date"]) == (_term("Autumn2")["end_date"], _term("Summer2")["end_date"])


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (_term("Spring1")["end_date"], "Autumn2"),  # the half-term is not over on its last day
        (_term("Spring1")["end_date"] + DAY, "Spring1"),
        (_term("Spring2")["start_date"], "Spring1"),
    ],
)
def test_a_half_term_is_before_the_start_once_it_has_ended(day: dt.date, before: str) -> None:
    people = _people(_attended(1, EVERY), [_start(1, started_date=day, end_date=dt.date(2026, 3, 26))])
    assert one(people, 1)["entry_half_term"] == before


@pytest.mark.parametrize(
    ("day", "after"),
    [(_term("Spring1")["start_date"] - DAY, "Spring2"), (_term("Spring1")["start_date"], "Summer1")],
)
def test_a_half_term_is_after_the_end_when_it_begins_later(day: dt.date, after: str) -> None:
    people = _people(_attended(1, EVERY), [_start(1, started_date=dt.date(2025, 11, 10), end_date=day)])
    assert one(people, 1)["exit_half_term"] == after


def test_the_end_is_due_when_its_second_half_term_is_over() -> None:
    last = _term("Summer2")["end_date"]
    for today, reason, exit_score in ((last - DAY, "NOT_DUE", None), (last, None, 7.5)):
        run = rows(ALL["core_run"], data_date=today, academic_year=2025)
        found = one(_people(_attended(1, EVERY), [_start(1)], core_run=run), 1)
        assert (found["missing_reason"], found["exit_score"]) == (reason, exit_score)
        assert found["is_exit_due"] is (reason is None)


def test_a_rate_stands_on_forty_possible_sessions() -> None:
    for possible, has_rate in ((20, True), (19, False)):
        found = one(_people(_attended(1, EVERY | {"Spring1": 0, "Spring2": 0}, possible), [_start(1)]), 1)
        assert (found["entry_score"] is not None, found["exit_score"] is not None) == (has_rate, has_rate)
        assert found["missing_reason"] == (None if has_rate else "NO_ENTRY")
    # nobody is counted over a pair of half-terms whose second one is missing
    only_first = {name: 1 for name in NAMES if name != "Summer2"}
    assert one(_people(_attended(1, only_first), [_start(1)]), 1)["missing_reason"] == "NO_TEST"


def test_sessions_of_all_schools_add_up_and_no_more_are_missed_than_there_are() -> None:
    here = _attended(1, EVERY) + _attended(1, {"Autumn2": 5}, 40, school_urn="100002")
    here += _attended(2, EVERY) + _attended(2, {"Summer2": 20}, 20, school_urn="100002", unauthorised_sessions_count=20)
    people = _people(here, [_start(1), _start(2)])
    assert (one(people, 1)["entry_score"], one(people, 1)["before_sessions_count"]) == (100 * 8 / 160, 160)
    assert one(people, 2)["exit_score"] == 100 * (9 + 20) / 140


def test_suspensions_are_days_on_which_one_began_per_100_possible_sessions() -> None:
    days = [
        (dt.date(2025, 12, 1), "SUSP"),
        (dt.date(2025, 12, 1), "LNCH"),  # the same day counts once
        (dt.date(2025, 9, 20), "SUSP"),
        (dt.date(2026, 1, 20), "SUSP"),  # while it ran
        (dt.date(2026, 4, 6), "SUSP"),  # in a holiday
        (_term("Summer1")["start_date"], "PERM"),
    ]
    told = rows(
        ALL["core_suspensions"],
        pupil_key=pupil(1),
        school_urn="100001",
        start_date=[day for day, _ in days],
        category=[category for _, category in days],
    )
    attended = [*_attended(1, EVERY), *_attended(2, EVERY)]
    people = _people(attended, [_start(1, "Behaviour")], core_suspensions=told)
    found = one(people, 1)
    assert (found["assessment_name"], found["subject"], found["scale"]) == ("Suspensions", "Behaviour", "INCIDENTS")
    assert (found["entry_score"], found["exit_score"]) == (100 * 2 / 120, 100 * 1 / 120)
    assert one(people, 2, is_treated=False)["exit_score"] == 0


def test_who_is_compared_on_a_rate() -> None:
    attended = [row for n in (1, 2, 3) for row in _attended(n, EVERY)]
    attended += _attended(4, EVERY, school_urn="100002")
    attended += _attended(5, {"Summer1": 1, "Summer2": 1})  # nothing before
    attended += _attended(6, {"Autumn1": 1, "Autumn2": 1})  # nothing after: counted as missing
    attended += _attended(7, EVERY)
    starts = [_start(1), _start(3, intervention_name="Other", intervention_key="G3")]
    roll = rows(
        ALL["core_enrolments"],
        pupil_key=[pupil(n) for n in range(1, 8)],
        school_urn=["100001", "100001", "100001", "100002", "100001", "100001", "100001"],
        entry_date=dt.date(2021, 9, 1),
        leaving_date=[*[None] * 6, dt.date(2026, 3, 1)],
    )
    people = _people(attended, starts, core_enrolments=roll).filter(intervention_name="Come In")
    assert compared(people) == {pupil(2), pupil(4), pupil(6)}
    assert one(people, 6, is_treated=False)["missing_reason"] == "NO_TEST"


def test_an_intervention_for_attendance_with_a_test_has_both_outcomes() -> None:
    begun = _start(1, subject="Reading", assessment_name="Test")
    scores = [row | {"scale": "POINTS"} for row in pair(1)]
    people = _people(_attended(1, EVERY), [begun], core_assessments=frame("core_assessments", scores))
    assert set(people["scale"]) == {"ATTENDANCE", "POINTS"}


def test_no_other_domain_has_a_rate() -> None:
    for domain in ("Wellbeing", "Engagement", None):
        assert _people(_attended(1, EVERY), [_start(1, domain)]).is_empty()
