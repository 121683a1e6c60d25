"""Who is analysed, on every scale, against the plain twin over whole invented trusts."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from tests.support import plain_impact_pupils as plain
from tests.support.filling import fill_impact
from tests.support.frames import pupil, rows
from tests.support.impact_histories import HALF_TERMS, TERMS, Record, frame

SCALES = ("STANDARDISED", "AGE", "POINTS", "BAND", "PRE_KEY_STAGE")
SCHOOLS = {"100001": "Primary", "100002": "Primary", "100003": "Secondary", "100009": "Special"}
AREAS = ("Cognition and learning", "Communication and interaction", None)
WHAT = (  # name, test, test at the end, subject, what the catalogue says it is meant to change
    ("Reading Plus", "Test", None, "Reading", None),
    ("Reading More", "Test", "End Test", "Reading", "Reading"),
    ("Talk", "Test", None, "Reading", "Language"),
    ("Sums", "Test", None, "Mathematics", None),
    ("Come In", None, None, None, "Attendance"),
    ("Keep Calm", "Test", None, "Reading", "Behaviour"),
    ("Play", None, None, None, None),
)
YEARS = (2024, 2025)


def _trust(seed: int) -> plain.Trust:
    """Two years, some 24 pupils in four schools, tests in most half-terms, seven interventions, moves and copies."""
    chance = random.Random(seed)
    today = dt.date(2026, chance.choice((3, 6, 8)), 20)
    terms = [t for t in TERMS.to_dicts() if t["academic_year"] in YEARS]
    keys = [pupil(n) for n in range(1, 25)]
    home = {key: chance.choice(("100001", "100001", "100002", "100003", "100009")) for key in keys}
    usual = {school: chance.choice(SCALES) for school in SCHOOLS}
    scores = [s for key in keys for t in terms for s in _tests(chance, key, home[key], usual, t)]
    kept = {(s["pupil_key"], s["school_urn"], s["assessed_date"].year, s["half_term"], s["academic_year"],
             s["assessment_name"], s["subject"]): s for s in scores}  # fmt: skip
    return plain.Trust(
        today=today,
        half_terms=HALF_TERMS.to_dicts(),
        schools=[
            {"school_urn": urn, "phase": phase, "is_special": phase == "Special"} for urn, phase in SCHOOLS.items()
        ],
        pupils=[{"pupil_key": key, "birth_date": _birth(chance, SCHOOLS[home[key]])} for key in keys],
        enrolments=[e for key in keys for e in _spells(chance, key, home[key])],
        scores=list(kept.values()),
        attendance=[a for key in keys for t in terms for a in _attended(chance, key, home[key], t)],
        suspensions=_suspensions(chance, keys, home),
        starts=_starts(chance, keys, home, today),
    )


def _birth(chance: random.Random, phase: str) -> dt.date:
    youngest = {"Primary": 2019, "Secondary": 2014, "Special": 2018}[phase]
    return chance.choice((dt.date(2019, 3, 10), dt.date(2018, 8, 31), dt.date(2018, 9, 1))) - dt.timedelta(
        days=365 * (2019 - youngest + chance.randrange(6))
    )


def _tests(chance: random.Random, key: str, home: str, usual: dict[str, str], term: Record) -> list[Record]:
    found = []
    for name in ("Test", "End Test"):
        for subject in ("Reading", "Mathematics"):
            if chance.random() < 0.2:
                continue
            school = home if chance.random() < 0.95 else "100002"
            scale = usual[home] if chance.random() < 0.95 else chance.choice((*SCALES, "ENGAGEMENT"))
            row = {
                "pupil_key": key, "school_urn": school, "academic_year": term["academic_year"],
                "half_term": term["half_term"], "assessment_name": name, "subject": subject, "scale": scale,
                "score": None if scale == "ENGAGEMENT" else float(chance.randrange(1, 60)),
                "assessed_date": term["start_date"] + dt.timedelta(chance.choice((0, 10, 20, 30))),
            }  # fmt: skip
            found.append(row)
            if chance.random() < 0.05:  # a copy in another school's tracker, dated alike or by the half-term's middle
                day = chance.choice((row["assessed_date"], term["middle_date"]))
                found.append(row | {"school_urn": "100001", "assessed_date": day})
    return found


def _spells(chance: random.Random, key: str, home: str) -> list[Record]:
    begun = {"pupil_key": key, "school_urn": home, "entry_date": dt.date(2021, 9, 1), "leaving_date": None}
    if chance.random() < 0.75:
        return [begun]
    leaving = dt.date(2025, 9, 1) + dt.timedelta(chance.randrange(300))
    elsewhere = {"school_urn": "100002", "entry_date": leaving + dt.timedelta(chance.choice((1, 30)))}
    return [begun | {"leaving_date": leaving}, begun | elsewhere] if home != "100002" else [begun]


def _attended(chance: random.Random, key: str, home: str, term: Record) -> list[Record]:
    possible, missed = chance.choice((0, 10, 40, 60, 62)), chance.randrange(8)
    row = {"pupil_key": key, "school_urn": home, "academic_year": term["academic_year"], "half_term": term["half_term"],
           "possible_sessions_count": possible, "authorised_sessions_count": min(missed, possible),
           "unauthorised_sessions_count": min(chance.randrange(40), possible)}  # fmt: skip
    other = row | {"school_urn": "100002", "possible_sessions_count": 30, "authorised_sessions_count": 1}
    other["unauthorised_sessions_count"] = 0
    both = [row, other] if chance.random() < 0.1 and home != "100002" else [row]
    return [] if chance.random() < 0.1 else both


def _suspensions(chance: random.Random, keys: list[str], home: dict[str, str]) -> list[Record]:
    told = {(key, dt.date(2025, 9, 1) + dt.timedelta(chance.randrange(300)), chance.choice(("SUSP", "LNCH", "PERM")))
            for key in keys for _ in range(chance.randrange(4))}  # fmt: skip
    return [{"pupil_key": key, "school_urn": home[key], "start_date": day, "category": category}
            for key, day, category in sorted(told)]  # fmt: skip


def _starts(chance: random.Random, keys: list[str], home: dict[str, str], today: dt.date) -> list[Record]:
    begins = [dt.date(2025, 9, 8), dt.date(2025, 11, 10), dt.date(2026, 1, 12), dt.date(2026, 2, 28)]
    starts = []
    for name, test, end_test, subject, domain in WHAT:
        for key in chance.sample(keys, 7):
            begun = chance.choice(begins) + dt.timedelta(chance.choice((0, 0, 1, 30)))
            end = begun + dt.timedelta(chance.choice((-3, 40, 60, 61, 100)))
            first = {
                "intervention_key": f"{home[key]}:{name}", "pupil_key": key, "school_urn": home[key],
                "intervention_name": name, "area_of_need": chance.choice(AREAS), "assessment_name": test,
                "exit_assessment_name": end_test if chance.random() < 0.8 else None, "subject": subject,
                "outcome_domain": domain, "started_date": min(begun, today), "end_date": end, "start_rank": 1,
            }  # fmt: skip
            starts.append(first)
            if chance.random() < 0.1:
                again = {"started_date": min(begun + dt.timedelta(70), today), "end_date": end + dt.timedelta(90)}
                starts.append(first | again | {"intervention_key": f"{home[key]}:{name} 2", "start_rank": 2})
    return starts


def _filled(trust: plain.Trust) -> pl.DataFrame:
    frames = {
        "core_run": rows(ALL["core_run"], data_date=trust.today, academic_year=2025),
        "core_half_terms": HALF_TERMS,
        "core_schools": frame("core_schools", trust.schools),
        "core_pupils": frame("core_pupils", trust.pupils),
        "core_enrolments": frame("core_enrolments", trust.enrolments),
        "core_assessments": frame("core_assessments", trust.scores),
        "core_attendance": frame("core_attendance", trust.attendance),
        "core_suspensions": frame("core_suspensions", trust.suspensions),
        "model_interventions__starters": frame("model_interventions__starters", trust.starts),
    }
    return fill_impact(frames)["model_impact__pupils"]


TOLD = (
    "exit_assessment_name", "scale", "school_urn", "academic_year", "nc_year_number", "entry_half_term",
    "exit_half_term", "entry_date", "exit_date", "entry_score", "baseline_score", "baseline_scores_count", "exit_score",
    "is_exit_due", "missing_reason", "before_sessions_count", "after_sessions_count",
)  # fmt: skip


@given(st.integers(0, 2**32))
@settings(max_examples=10)
def test_who_is_analysed_agrees_with_the_plain_twin(seed: int) -> None:
    trust = _trust(seed)
    key = ALL["model_impact__pupils"].key
    found = {tuple(row[k] for k in key): {n: row[n] for n in TOLD} for row in _filled(trust).to_dicts()}
    wanted: dict[tuple[Any, ...], Record] = {k: {n: r[n] for n in TOLD} for k, r in plain.people(trust).items()}
    assert found == wanted
