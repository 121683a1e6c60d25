"""Scores and starts drawn by hand for tests of who is analysed: say what matters, the rest is a plain case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.tables import ALL
from models import calendar
from tests.support.filling import fill_impact
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
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
ENTRY_DAY, EXIT_DAY = dt.date(2025, 12, 5), dt.date(2026, 3, 24)
HALF_TERMS = calendar.half_terms()
TERMS = HALF_TERMS.filter(pl.col("half_term") != "Entry")

Record = dict[str, Any]


def score(number: int, day: dt.date, points: float, **more: Any) -> Record:
    """A row of CORE_ASSESSMENTS: standardised Reading in school 100001, in the half-term of the day."""
    begun = TERMS.filter(pl.col("start_date") <= day, academic_year=calendar.academic_year(day))
    term = begun["half_term"].last() if begun.height else "Autumn1"  # a holiday belongs to the half-term before it
    told = {"pupil_key": pupil(number), "school_urn": "100001", "academic_year": calendar.academic_year(day)}
    fixed = {"half_term": term, "assessment_name": "Test", "subject": "Reading", "scale": "STANDARDISED"}
    return told | fixed | {"score": points, "assessed_date": day} | more


def pair(number: int, **more: Any) -> list[Record]:
    """A score before and one after the usual intervention."""
    return [score(number, ENTRY_DAY, 90, **more), score(number, EXIT_DAY, 95, **more)]


def start(number: int, **more: Any) -> Record:
    """A row of MODEL_INTERVENTIONS__STARTERS: Reading Plus in the spring of 2026, with a reading test."""
    return {
        "pupil_key": pupil(number),
        "intervention_key": "G1",
        "intervention_name": "Reading Plus",
        "school_urn": "100001",
        "subject": "Reading",
        "assessment_name": "Test",
        "exit_assessment_name": None,
        "outcome_domain": None,
        "started_date": STARTED,
        "end_date": ENDED,
        "start_rank": 1,
        "area_of_need": "Cognition and learning",
    } | more


def frame(name: str, records: list[Record]) -> pl.DataFrame:
    """The records as a frame of the table's contract."""
    columns = records[0] if records else {}
    return rows(
        ALL[name], **{column: [record[column] for record in records] for column in columns} or {"pupil_key": []}
    )


def people_of(scores: list[Record], starts: list[Record], **more: pl.DataFrame) -> pl.DataFrame:
    """MODEL_IMPACT__PUPILS; everybody born in 2017 and on roll in the school of their scores unless said otherwise."""
    numbers = sorted({s["pupil_key"] for s in scores} | {s["pupil_key"] for s in starts})
    at = {s["pupil_key"]: s["school_urn"] for s in scores}
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_half_terms": HALF_TERMS,
        "core_schools": SCHOOLS,
        "core_assessments": frame("core_assessments", scores),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=numbers, birth_date=dt.date(2017, 3, 10)),
        "core_enrolments": rows(
            ALL["core_enrolments"], pupil_key=list(at), school_urn=list(at.values()), entry_date=dt.date(2021, 9, 1)
        ),
        "model_interventions__starters": frame("model_interventions__starters", starts),
    }
    return fill_impact(frames | more)["model_impact__pupils"]


def one(people: pl.DataFrame, number: int, is_treated: bool = True) -> Record:
    """The one row of a pupil."""
    mine = people.filter(pupil_key=pupil(number), is_treated=is_treated)
    assert mine.height == 1, f"{mine.height} rows"
    return mine.to_dicts()[0]


def compared(people: pl.DataFrame) -> set[str]:
    """Keys of the comparison pupils."""
    return set(people.filter(~pl.col("is_treated"))["pupil_key"])
