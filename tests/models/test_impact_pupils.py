"""Who took part and who may be compared, with which scores: drawn answers, edges, a plain twin."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import calendar
from tests.support import plain_answers as plain
from tests.support.filling import fill_impact
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
SCHOOLS = table(
    ALL["core_schools"],
    """
    school_urn | phase   | is_special
    100001     | Primary | no
    100002     | Primary | no
    100009     | Special | yes
    """,
)
STARTED, ENDED = dt.date(2026, 1, 12), dt.date(2026, 3, 13)


TERMS = calendar.half_terms().filter(pl.col("half_term") != "Entry")


def _score(number: int, day: dt.date, score: float, **more: Any) -> dict[str, Any]:
    begun = TERMS.filter(pl.col("start_date") <= day, academic_year=calendar.academic_year(day))
    term = begun["half_term"].last() if begun.height else "Autumn1"  # a holiday belongs to the half-term before it
    told = {"pupil_key": pupil(number), "school_urn": "100001", "academic_year": calendar.academic_year(day)}
    fixed = {"half_term": term, "assessment_name": "Test", "subject": "Reading", "scale": "STANDARDISED"}
    return told | fixed | {"score": score, "assessed_date": day} | more


def _frame(name: str, records: list[dict[str, Any]]) -> pl.DataFrame:
    return rows(ALL[name], **{column: [record[column] for record in records] for column in records[0]})


def people_of(scores: list[dict[str, Any]], starts: list[dict[str, Any]], **more: pl.DataFrame) -> pl.DataFrame:
    """MODEL_IMPACT__PUPILS; everybody born in 2017 and on roll in the school of their scores unless said otherwise."""
    numbers = sorted({s["pupil_key"] for s in scores} | {s["pupil_key"] for s in starts})
    usual = {
        "intervention_key": "G1",
        "intervention_name": "Reading Plus",
        "school_urn": "100001",
        "subject": "Reading",
        "assessment_name": "Test",
        "started_date": STARTED,
        "end_date": ENDED,
        "start_rank": 1,
        "area_of_need": "Cognition and learning",
    }
    at = {s["pupil_key"]: s["school_urn"] for s in scores}
    frames = {
        "core_run": RUN,
        "core_half_terms": calendar.half_terms(),
        "core_schools": SCHOOLS,
        "core_assessments": _frame("core_assessments", scores),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=numbers, birth_date=dt.date(2017, 3, 10)),
        "core_enrolments": rows(
            ALL["core_enrolments"], pupil_key=list(at), school_urn=list(at.values()), entry_date=dt.date(2021, 9, 1)
        ),
        "model_interventions__starters": _frame("model_interventions__starters", [usual | s for s in starts]),
    }
    return fill_impact(frames | more)["model_impact__pupils"]


def _one(people: pl.DataFrame, number: int, is_treated: bool = True) -> dict[str, Any]:
    mine = people.filter(pupil_key=pupil(number), is_treated=is_treated)
    assert mine.height == 1, f"{mine.height} rows"
    return mine.to_dicts()[0]


def test_baseline_is_the_mean_of_the_last_two_scores_and_exit_the_first_after_the_end() -> None:
    scores = [
        _score(1, dt.date(2025, 3, 20), 70),  # third from last
        _score(1, dt.date(2025, 6, 20), 80),
        _score(1, dt.date(2025, 12, 5), 90),
        _score(1, dt.date(2026, 2, 2), 60),  # while it ran
        _score(1, dt.date(2026, 3, 24), 95),
        _score(1, dt.date(2026, 4, 14), 120),
    ]
    found = _one(people_of(scores, [{"pupil_key": pupil(1)}]), 1)
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
    found = _one(people_of([_score(1, entry, 90), _score(1, leave, 95)], [{"pupil_key": pupil(1)}]), 1)
    assert (found["baseline_score"] is not None, found["exit_score"] is not None) == (has_entry, has_exit)
    assert found["is_exit_due"]


def test_an_exit_is_due_when_its_window_has_closed() -> None:
    entry = _score(1, dt.date(2026, 10, 1), 90)
    starts = [{"pupil_key": pupil(1), "started_date": dt.date(2026, 10, 1)}]
    for end, is_due in ((TODAY - dt.timedelta(days=42), False), (TODAY - dt.timedelta(days=43), True)):
        assert _one(people_of([entry], [starts[0] | {"end_date": end}]), 1)["is_exit_due"] is is_due


def test_a_score_that_is_a_year_old_is_no_part_of_the_baseline() -> None:
    for days, mean in ((364, 85.0), (365, 90.0)):
        scores = [_score(1, STARTED - dt.timedelta(days=days), 80), _score(1, dt.date(2025, 12, 5), 90)]
        assert _one(people_of(scores, [{"pupil_key": pupil(1)}]), 1)["baseline_score"] == mean


ENTRY_DAY, EXIT_DAY = dt.date(2025, 12, 5), dt.date(2026, 3, 24)


def _pair(number: int, **more: Any) -> list[dict[str, Any]]:
    return [_score(number, ENTRY_DAY, 90, **more), _score(number, EXIT_DAY, 95, **more)]


def _compared(people: pl.DataFrame) -> set[str]:
    return set(people.filter(~pl.col("is_treated"))["pupil_key"])


def test_who_may_be_compared() -> None:
    others = {
        2: {},  # alike
        3: {"school_urn": "100002"},  # another school of the same phase
        4: {"school_urn": "100009"},  # a special school
        5: {"assessment_name": "Other test"},
        6: {"subject": "Mathematics"},
        7: {"scale": "POINTS"},
    }
    scores = _pair(1) + [s for n, more in others.items() for s in _pair(n, **more)]
    scores += [_score(8, dt.date(2025, 10, 6), 90), _score(8, EXIT_DAY, 95)]  # tested in another half-term
    scores += [_score(9, ENTRY_DAY, 90), _score(9, EXIT_DAY, 95, school_urn="100002")]  # moved school
    scores += [_score(10, ENTRY_DAY, 90)]  # missed the second test: counted, for attrition on both sides
    people = people_of(scores, [{"pupil_key": pupil(1)}])
    assert _compared(people) == {pupil(2), pupil(3), pupil(10)}
    assert _one(people, 10, is_treated=False)["exit_score"] is None


@pytest.mark.parametrize(
    ("year", "compared"), [(3, {1, 2, 3, 4, 5}), (6, {4, 5, 6}), (7, {7, 8, 9}), (9, {7, 8, 9, 10, 11})]
)
def test_compared_pupils_are_within_two_year_groups_of_the_same_phase(year: int, compared: set[int]) -> None:
    years = range(12)
    born = rows(
        ALL["core_pupils"],
        pupil_key=[pupil(99), *(pupil(n) for n in years)],
        birth_date=[dt.date(2021 - n, 3, 10) for n in (year, *years)],
    )
    scores = [s for n in (99, *years) for s in _pair(n)]
    assert _compared(people_of(scores, [{"pupil_key": pupil(99)}], core_pupils=born)) == {pupil(n) for n in compared}


def test_of_several_starts_the_first_counts() -> None:
    first = {
        "pupil_key": pupil(1),
        "intervention_key": "G1",
        "started_date": STARTED,
        "end_date": ENDED,
        "start_rank": 1,
    }
    again = first | {
        "intervention_key": "G2",
        "started_date": dt.date(2026, 4, 13),
        "end_date": dt.date(2026, 6, 12),
        "start_rank": 2,
    }
    assert _one(people_of([*_pair(1), _score(1, dt.date(2026, 6, 22), 120)], [again, first]), 1)["exit_score"] == 95


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
    people = people_of([s for n in spells for s in _pair(n)], [{"pupil_key": pupil(1)}], core_enrolments=roll)
    assert _compared(people) == {pupil(2), pupil(5)}


def test_compared_pupils_had_no_similar_intervention_meanwhile() -> None:
    def also(number: int, **more: Any) -> dict[str, Any]:
        return {"pupil_key": pupil(number), "intervention_key": f"H{number}", "intervention_name": "Other"} | more

    starts = [
        {"pupil_key": pupil(1)},
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
    people = people_of([s for n in range(1, 11) for s in _pair(n)], [starts[0] | s for s in starts])
    mine = people.filter(intervention_name="Reading Plus")
    # who takes part later is not dropped for it: that would leave out those who did badly meanwhile
    assert _compared(mine) == {pupil(n) for n in (2, 4, 6, 8, 10)}


def test_a_comparison_pupil_stands_once_however_many_windows_fit() -> None:
    later = (dt.date(2026, 4, 13), dt.date(2026, 6, 12))
    scores = [s for n in (1, 2, 3) for s in (*_pair(n), _score(n, dt.date(2026, 6, 22), 99))]
    starts = [
        {"pupil_key": pupil(1)},
        {"pupil_key": pupil(2), "intervention_key": "G2", "started_date": later[0], "end_date": later[1]},
    ]
    people = people_of(
        scores, [{"intervention_key": "G1", "started_date": STARTED, "end_date": ENDED} | s for s in starts]
    )
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
    starts = [{"pupil_key": pupil(n)} for n in (1, 2, 3)]
    people = people_of([s for n in (1, 2, 3) for s in _pair(n)], starts, core_sen_status=plan, core_attendance=absent)
    assert [_one(people, n)["has_ehc_plan"] for n in (1, 2, 3)] == [True, False, False]
    assert [_one(people, n)["absence_rate"] for n in (1, 2, 3)] == [0.1, None, None]


@st.composite
def _histories(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    scores, starts = [], []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        start = draw(st.dates(dt.date(2025, 10, 1), dt.date(2026, 10, 20)))
        end = start + dt.timedelta(days=draw(st.integers(0, 120)))
        starts.append({"pupil_key": pupil(number), "started_date": start, "end_date": end})
        days = draw(st.lists(st.integers(-500, 200), unique=True, max_size=6))
        seen = set()
        for day in (start + dt.timedelta(days=n) for n in days):
            score = _score(number, day, float(60 + (day - start).days % 70))
            place = (score["academic_year"], score["half_term"])
            if place not in seen:  # one score a half-term: the key of core_assessments
                seen.add(place)
                scores.append(score)
    return scores or [_score(99, ENTRY_DAY, 90.0)], starts


@given(_histories())
@settings(max_examples=15)
def test_windows_agree_with_the_plain_twin(drawn: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    scores, starts = drawn
    people = people_of(scores, starts).filter("is_treated")
    twin = plain.treated_of([s | {"subject": "Reading"} for s in starts], scores, TODAY)
    found = {
        row["pupil_key"]: {
            "baseline": row["baseline_score"],
            "count": row["baseline_scores_count"],
            "exit": row["exit_score"],
            "is_due": row["is_exit_due"],
        }
        for row in people.to_dicts()
    }
    assert found == twin
