"""Part-time timetables, alternative provision and access to the curriculum: as schools record them, and cleaned."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit

CORE_SUBJECTS = ("English", "Mathematics", "Science")
FOUNDATION_SUBJECTS = (
    "Art and design", "Computing", "Design and technology", "Geography", "History", "Languages", "Music",
    "Physical education", "Religious education", "Personal, social and health education",
)  # fmt: skip
"""The other subjects that all pupils are to be taught; religious and personal education stand with them here."""
ACCESS = ("FULL", "ADAPTED", "NOT")
WHOLE_WEEK = 10
"""Half-day sessions of a school week."""

_PLANNED_END = v.END_DATE.but(
    name="planned_end_date",
    meaning="Day on which it was planned to end.",
    null="no end was planned",
    on_bad=OnBad.FLAG,
    headers=("Planned End Date", "Planned End", "Intended End"),
)
_ENDED = v.END_DATE.but(null="still running", headers=("End Date", "Ended", "Actual End"))
PART_TIME_SESSIONS = Column(
    "weekly_sessions_count",
    Kind.INTEGER,
    "Half-day sessions a week that the pupil is expected in school; ten would be a whole week.",
    unit=Unit.SESSIONS,
    checks=(Between(0, WHOLE_WEEK - 1),),
    headers=("Sessions in School a Week", "Weekly Sessions", "Sessions a Week"),
)
LAST_REVIEW = v.START_DATE.but(
    name="last_review_date",
    meaning="Day of the last review.",
    null="not reviewed yet",
    on_bad=OnBad.FLAG,
    headers=("Last Review", "Last Review Date", "Reviewed"),
)
NEXT_REVIEW = v.END_DATE.but(
    name="next_review_date",
    meaning="Day by which it is to be reviewed next.",
    null="no review is planned",
    on_bad=OnBad.FLAG,
    headers=("Next Review", "Next Review Date", "Review Due"),
)

RAW_INCLUSION__PART_TIME = Table(
    name="raw_inclusion__part_time",
    grain="One row per part-time timetable of a pupil.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "inclusion",
        "part_time",
        "Part-time timetables",
        ("weekly_sessions_count", "next_review_date"),
        natural_key=("pupil_key", "school_urn", "start_date"),
        sheet="Part-time timetables",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, v.START_DATE, _PLANNED_END, _ENDED, PART_TIME_SESSIONS,
        LAST_REVIEW, NEXT_REVIEW,
    ),
    checks=(NotBefore("end_date", "start_date"), NotBefore("planned_end_date", "start_date")),
)  # fmt: skip

_PROVIDER = Column(
    "provider_name", Kind.TEXT, "Who provides it.", headers=("AP Provider", "Alternative Provider", "Provider")
)
_PLACEMENT_SESSIONS = Column(
    "placement_sessions_count",
    Kind.INTEGER,
    "Half-day sessions a week that the pupil is there.",
    unit=Unit.SESSIONS,
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(Between(1, WHOLE_WEEK),),
    headers=("Sessions There a Week", "AP Sessions", "Sessions at Provider"),
)
_IS_REGISTERED = Column(
    "is_registered_school",
    Kind.BOOLEAN,
    "The provider is a registered school.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    headers=("Registered School", "Is Registered"),
)
_LAST_VISIT = v.START_DATE.but(
    name="last_visit_date",
    meaning="Day on which the school last visited the pupil there.",
    null="no visit recorded",
    on_bad=OnBad.FLAG,
    headers=("Last Visit", "Last School Visit"),
)

RAW_INCLUSION__PLACEMENTS = Table(
    name="raw_inclusion__placements",
    grain="One row per placement of a pupil in alternative provision.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "inclusion",
        "placements",
        "Alternative provision",
        ("provider_name", "placement_sessions_count"),
        natural_key=("pupil_key", "school_urn", "start_date", "provider_name"),
        sheet="Alternative provision",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, _PROVIDER, v.START_DATE, _PLANNED_END, _ENDED,
        _PLACEMENT_SESSIONS, _IS_REGISTERED, _LAST_VISIT,
    ),
    checks=(NotBefore("end_date", "start_date"), NotBefore("planned_end_date", "start_date")),
)  # fmt: skip

SCHOOL_TERM = Column(
    "school_term",
    Kind.TEXT,
    "Term: AUT autumn, SPR spring, SUM summer.",
    checks=(OneOf(v.CENSUS_TERMS),),
    headers=("School Term", "Term"),
)
CURRICULUM_SUBJECT = Column(
    "curriculum_subject",
    Kind.TEXT,
    "Subject of the curriculum.",
    checks=(OneOf((*CORE_SUBJECTS, *FOUNDATION_SUBJECTS)),),
    headers=("Curriculum Subject", "Subject"),
)
ACCESS_COLUMN = Column(
    "access",
    Kind.TEXT,
    "How the pupil takes part in the subject: FULL, ADAPTED, NOT at all. A blank is not known, never taking part.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(OneOf(ACCESS),),
    headers=("Access", "Curriculum Access", "Taught"),
)
MISSED_MINUTES = Column(
    "weekly_missed_minutes",
    Kind.INTEGER,
    "Minutes a week of the subject's lessons that the pupil misses to attend an intervention.",
    unit=Unit.MINUTES,
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(Between(0, 600),),
    headers=("Minutes Missed a Week", "Missed for Intervention (mins)", "Minutes Missed"),
)

RAW_INCLUSION__CURRICULUM = Table(
    name="raw_inclusion__curriculum",
    grain="One row per pupil with SEN, term and subject: how the pupil takes part.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "inclusion",
        "curriculum",
        "Curriculum access",
        ("access", "weekly_missed_minutes", "curriculum_subject"),
        natural_key=("pupil_key", "school_urn", "academic_year", "school_term", "curriculum_subject"),
        sheet="Curriculum access",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, v.ACADEMIC_YEAR, SCHOOL_TERM, CURRICULUM_SUBJECT,
        ACCESS_COLUMN, MISSED_MINUTES,
    ),
)  # fmt: skip

CORE_PART_TIME = Table(
    name="core_part_time",
    grain="One row per part-time timetable of a pupil.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.START_DATE, _PLANNED_END, _ENDED, PART_TIME_SESSIONS, LAST_REVIEW,
             NEXT_REVIEW),
)  # fmt: skip

CORE_PLACEMENTS = Table(
    name="core_placements",
    grain="One row per placement of a pupil in alternative provision.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date", "provider_name"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, _PROVIDER, v.START_DATE, _PLANNED_END, _ENDED, _PLACEMENT_SESSIONS,
             _IS_REGISTERED, _LAST_VISIT),
)  # fmt: skip

CORE_CURRICULUM = Table(
    name="core_curriculum",
    grain="One row per pupil, school, term and subject.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "academic_year", "school_term", "curriculum_subject"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.ACADEMIC_YEAR, SCHOOL_TERM, CURRICULUM_SUBJECT, ACCESS_COLUMN,
             MISSED_MINUTES),
)  # fmt: skip

TABLES = (
    RAW_INCLUSION__PART_TIME,
    RAW_INCLUSION__PLACEMENTS,
    RAW_INCLUSION__CURRICULUM,
    CORE_PART_TIME,
    CORE_PLACEMENTS,
    CORE_CURRICULUM,
)
