"""Are they here and included: attendance and suspensions."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotAbove, OneOf
from expectations.contract import Column, Kind, OnBad, Period, Sensitivity, Source, Table, Unit

_SESSIONS = tuple(
    Column(name, Kind.INTEGER, meaning, unit=Unit.SESSIONS, checks=(Between(0, 400),), headers=headers)
    for name, meaning, headers in (
        (
            "possible_sessions_count",
            "Half-day sessions possible.",
            ("Possible Sessions", "SessionsPossible", "Possible"),
        ),
        ("authorised_sessions_count", "Sessions missed, authorised.", ("Authorised Absence", "Authorised")),
        ("unauthorised_sessions_count", "Sessions missed, unauthorised.", ("Unauthorised Absence", "Unauthorised")),
    )
)

RAW_ATTENDANCE__HALF_TERMS = Table(
    name="raw_attendance__half_terms",
    grain="One row per pupil and half-term in the school's attendance extract.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "attendance",
        "half_terms",
        "Attendance",
        ("possible_sessions_count", "authorised_sessions_count", "half_term"),
        natural_key=("pupil_key", "school_urn", "academic_year", "half_term"),
        period=Period.ACADEMIC_YEAR,
        sheet="Attendance",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, v.ACADEMIC_YEAR, v.HALF_TERM, *_SESSIONS),
    checks=(
        NotAbove("authorised_sessions_count", "possible_sessions_count"),
        NotAbove("unauthorised_sessions_count", "possible_sessions_count"),
    ),
)

_CATEGORY = Column(
    "category",
    Kind.TEXT,
    "SUSP suspension, PERM permanent exclusion, LNCH lunchtime.",
    checks=(OneOf(("SUSP", "PERM", "LNCH")),),
    headers=("Category", "Exclusion Category", "Type"),
)
_MISSED = Column(
    "missed_sessions_count",
    Kind.INTEGER,
    "Half-day sessions missed.",
    unit=Unit.SESSIONS,
    null="not recorded",
    checks=(Between(0, 90),),
    headers=("Sessions Missed", "Sessions", "Number of Sessions"),
    on_bad=OnBad.FLAG,
)

RAW_ATTENDANCE__SUSPENSIONS = Table(
    name="raw_attendance__suspensions",
    grain="One row per suspension or exclusion.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "attendance",
        "suspensions",
        "Suspensions and exclusions",
        ("category", "start_date", "missed_sessions_count"),
        natural_key=("pupil_key", "school_urn", "start_date", "category"),
        sheet="Suspensions",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, v.START_DATE, _CATEGORY, _MISSED),
)

CORE_ATTENDANCE = Table(
    name="core_attendance",
    grain="One row per pupil, school and half-term.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "academic_year", "half_term"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.ACADEMIC_YEAR, v.HALF_TERM, *_SESSIONS),
)

CORE_SUSPENSIONS = Table(
    name="core_suspensions",
    grain="One row per suspension or exclusion of a pupil.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date", "category"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.START_DATE, _CATEGORY, _MISSED),
)

TABLES = (RAW_ATTENDANCE__HALF_TERMS, RAW_ATTENDANCE__SUSPENSIONS, CORE_ATTENDANCE, CORE_SUSPENSIONS)
