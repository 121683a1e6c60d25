"""Here and included: results by pupil, released figures by school and SEN status, and lists for staff.

No released table of these counts pupils anew: the number on roll is that of ``mart_pupils__school``, and a figure of a
group rests on a number (``…_base_count``) that the disclosure door looks at and drops.
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import (
    Column,
    Count,
    Kind,
    Label,
    Rate,
    RowPartition,
    Sensitivity,
    Table,
    Unit,
)
from expectations.tables.inclusion_sources import (
    ACCESS_COLUMN,
    CORE_PART_TIME,
    CORE_PLACEMENTS,
    CURRICULUM_SUBJECT,
    LAST_REVIEW,
    MISSED_MINUTES,
    NEXT_REVIEW,
    PART_TIME_SESSIONS,
    SCHOOL_TERM,
)

SEN_GROUPS = {"No SEN": ("N",), "SEN support": ("K",), "EHC plan": ("E",), "SEN": ("K", "E")}
"""SEN status at the time, not today's. SEN stands for both where one of them is too small to be told apart."""
ALL_PUPILS = "All pupils"
APART = tuple(group for group in SEN_GROUPS if group != "SEN")
_AT_LEAST_NONE = (Between(0, None),)

_STATUS = v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),))
_STATUS_THEN = _STATUS.but(meaning="SEN provision at the time: N none, K SEN support, E EHC plan.")
_IS_LATEST = Column("is_latest", Kind.BOOLEAN, "The period up to now; otherwise the one a year before.")


def _number(name: str, meaning: str, unit: Unit | None = None) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=unit, checks=_AT_LEAST_NONE)


_POSSIBLE = _number("possible_sessions_count", "Half-day sessions possible.", Unit.SESSIONS)
_ABSENT = _number("absent_sessions_count", "Half-day sessions missed, authorised or not.", Unit.SESSIONS)
_SUSPENSIONS = _number("suspensions_count", "Suspensions, those of a lunchtime included.")
_LOST = _number("lost_sessions_count", "Half-day sessions lost to suspensions, as far as recorded.", Unit.SESSIONS)
_RUNNING = _number("running_days", "Days since it began.", Unit.DAYS)
_BEYOND = _number("beyond_end_days", "Days past the planned end; 0 if none.", Unit.DAYS)

MODEL_INCLUSION__ATTENDANCE = Table(
    name="model_inclusion__attendance",
    grain="One row per pupil, school, SEN status at the time and period: this school year so far, and the year before.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "is_latest", "sen_provision"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.ACADEMIC_YEAR, _IS_LATEST, _STATUS_THEN, _POSSIBLE, _ABSENT,
             Column("is_last_status", Kind.BOOLEAN, "The pupil's last status in the period: counted there.")),
)  # fmt: skip

MODEL_INCLUSION__ROLL_DAYS = Table(
    name="model_inclusion__roll_days",
    grain="One row per school, SEN status on the day and period of twelve months: days on roll.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "is_latest", "sen_provision"),
    columns=(
        v.SCHOOL_URN, _IS_LATEST, _STATUS_THEN,
        Column("roll_days", Kind.INTEGER, "Days on roll of all pupils.", unit=Unit.DAYS),
    ),
)  # fmt: skip

MODEL_INCLUSION__SUSPENSIONS = Table(
    name="model_inclusion__suspensions",
    grain="One row per pupil suspended or excluded, school, SEN status on the day and period of twelve months.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "is_latest", "sen_provision"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, _IS_LATEST, _STATUS_THEN, _SUSPENSIONS, _LOST,
             _number("exclusions_count", "Permanent exclusions.")),
)  # fmt: skip

_PART_TIME = (
    v.PUPIL_KEY, v.SCHOOL_URN, v.START_DATE, CORE_PART_TIME.by_name["planned_end_date"], PART_TIME_SESSIONS,
    LAST_REVIEW,
    NEXT_REVIEW.but(name="review_due_date", null=None,
                    meaning="Day by which it is to be reviewed: the school's own, else six weeks after the last."),
    _STATUS, v.NC_YEAR, _RUNNING,
    _number("review_overdue_days", "Days past the day of review; 0 if none.", Unit.DAYS), _BEYOND,
)  # fmt: skip
MODEL_INCLUSION__PART_TIME = Table(
    name="model_inclusion__part_time",
    grain="One row per part-time timetable that runs on the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date"),
    columns=_PART_TIME,
)

_PLACEMENT = (
    v.PUPIL_KEY, v.SCHOOL_URN,
    *(CORE_PLACEMENTS.by_name[name] for name in ("provider_name", "start_date", "planned_end_date",
      "placement_sessions_count", "is_registered_school", "last_visit_date")),
    _STATUS, v.NC_YEAR, _RUNNING, _BEYOND,
)  # fmt: skip
MODEL_INCLUSION__PLACEMENTS = Table(
    name="model_inclusion__placements",
    grain="One row per placement in alternative provision that runs on the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date", "provider_name"),
    columns=_PLACEMENT,
)

MODEL_INCLUSION__CURRICULUM = Table(
    name="model_inclusion__curriculum",
    grain="One row per pupil with SEN and subject of the newest whole term recorded; what is blank is not known.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "curriculum_subject"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.ACADEMIC_YEAR, SCHOOL_TERM, CURRICULUM_SUBJECT, _STATUS, ACCESS_COLUMN,
             MISSED_MINUTES),
)  # fmt: skip

_HIDDEN = "hidden: small number; or not told apart"
_DATED = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
_GROUP = Column("sen_group", Kind.TEXT, "Which pupils, by SEN status at the time.", release=Label())
_ON_ROLL = Column(
    "pupils_count", Kind.INTEGER, "Pupils on roll in the school on the data date, all of them.", unit=Unit.PUPILS,
    null="hidden: small group", checks=_AT_LEAST_NONE, release=Count(follows="mart_pupils__school.pupils_count"),
)  # fmt: skip


def _rate(name: str, meaning: str, base: str, lead: str | None = None, decimals: int | None = None) -> Column:
    """A share: of people, unless ``decimals`` says how exactly a share of sessions or entries is told."""
    role = Rate("pupils_count", lead, is_of_people=decimals is None and lead is None, base=base, decimals=decimals)
    return Column(name, Kind.NUMBER, meaning, unit=Unit.RATE, null=_HIDDEN, checks=(Between(0, 1),), release=role)


def _per_100(name: str, meaning: str, base: str, lead: str | None = None) -> Column:
    role = Rate("pupils_count", lead, is_of_people=False, base=base, decimals=1)
    return Column(name, Kind.NUMBER, meaning, null=_HIDDEN, checks=_AT_LEAST_NONE, release=role)


_NOW, _BEFORE = "absence_base_count", "before_absence_base_count"
_OFTEN, _HELD = "persistent_base_count", "suspension_base_count"
MART_INCLUSION__SCHOOL = Table(
    name="mart_inclusion__school",
    grain="One row per school (and the trust) and SEN status at the time: absence this school year, suspensions.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "sen_group"),
    columns=(
        v.SCHOOL_URN,
        _GROUP.but(checks=(OneOf(tuple(SEN_GROUPS)),)),
        _DATED,
        v.ACADEMIC_YEAR.but(meaning="School year that absence is told of."),
        _ON_ROLL,
        _rate("absence_rate", "Share of half-day sessions missed this school year so far.", _NOW, decimals=3),
        _rate("before_absence_rate", "The same in the same half-terms of the year before.", _BEFORE, "absence_rate", 3),
        Column(
            "extra_absent_sessions_count",
            Kind.INTEGER,
            "Half-days missed beyond what the rate of the year before would give; to the nearest ten.",
            unit=Unit.SESSIONS,
            null=_HIDDEN,
            release=Rate("pupils_count", "absence_rate", is_of_people=False, base=_BEFORE),
        ),
        _rate("persistent_rate", "Share of pupils who missed 10% or more of their sessions.", _OFTEN),
        _rate("persistent_low_rate", "Lower end of its 95% range (Wilson).", _OFTEN, "persistent_rate"),
        _rate("persistent_high_rate", "Upper end of its 95% range.", _OFTEN, "persistent_rate"),
        _rate("before_persistent_rate", "The same share the year before.", "before_persistent_base_count",
              "persistent_rate"),
        _rate("severe_rate", "Share of pupils who missed half or more of their sessions.", "severe_base_count"),
        _per_100("suspensions_per_100_years", "Suspensions in twelve months for each 100 pupils in a year.", _HELD),
        _per_100("suspensions_low_per_100_years", "Lower end of its 95% range (exact Poisson).", _HELD,
                 "suspensions_per_100_years"),
        _per_100("suspensions_high_per_100_years", "Upper end of its 95% range.", _HELD, "suspensions_per_100_years"),
        _per_100("before_suspensions_per_100_years", "The same in the twelve months before.",
                 "before_suspension_base_count", "suspensions_per_100_years"),
        _per_100("lost_days_per_100_years", "School days lost to them for each 100 pupils in a year.", _HELD,
                 "suspensions_per_100_years"),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

_COUNTED: dict[str, Any] = {"unit": Unit.PUPILS, "null": "hidden: small number", "checks": _AT_LEAST_NONE}
MART_INCLUSION__NOW = Table(
    name="mart_inclusion__now",
    grain="One row per school, and of the trust also per SEN status: pupils who are not in school all week.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "sen_group"),
    columns=(
        v.SCHOOL_URN,
        _GROUP.but(checks=(OneOf((ALL_PUPILS, *APART)),)),
        _DATED,
        _ON_ROLL,
        Column("part_time_count", Kind.INTEGER, "Pupils on a part-time timetable now.", **_COUNTED,
               release=Count(of="pupils_count")),
        Column("part_time_late_count", Kind.INTEGER,
               "Of these, pupils past the planned end, or past the day of its review.", **_COUNTED,
               release=Count(of="part_time_count")),
        Column("placed_count", Kind.INTEGER, "Pupils in alternative provision now.", **_COUNTED,
               release=Count(of="pupils_count")),
        Column("excluded_count", Kind.INTEGER, "Pupils permanently excluded in the last twelve months.", **_COUNTED,
               release=Count()),
        v.HIDDEN_COLUMNS,
    ),
    row_partitions=(RowPartition("sen_group", ALL_PUPILS, APART),),
)  # fmt: skip

_NARROW, _MISS = "narrowed_base_count", "missing_base_count"
_RECORDED = _rate("recorded_rate", "Share of entries, a pupil and subject each, that are recorded.", "sen_base_count",
                  decimals=2)  # fmt: skip
_TAKING_PART = (
    _rate("full_rate", "Of the entries recorded: taught in full.", "full_base_count", decimals=2),
    _rate("adapted_rate", "Of the entries recorded: taught an adapted curriculum.", "adapted_base_count", decimals=2),
    _rate("not_taught_rate", "Of the entries recorded: not taught.", "not_taught_base_count", decimals=2),
)
MART_INCLUSION__CURRICULUM = Table(
    name="mart_inclusion__curriculum",
    grain="One row per school (and the trust): how pupils with SEN take part in the curriculum, in the newest term.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        _DATED,
        v.ACADEMIC_YEAR,
        SCHOOL_TERM.but(release=Label()),
        _ON_ROLL,
        _RECORDED,
        *_TAKING_PART,
        _rate("narrowed_rate", "Share of pupils with a foundation subject recorded who are not taught one or more.",
              _NARROW),
        _rate("missing_rate", "Share of pupils of whom it is recorded who miss lessons to attend an intervention.",
              _MISS),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_INCLUSION__SUBJECT = Table(
    name="mart_inclusion__subject",
    grain="One row per subject over the whole trust: how pupils with SEN take part, and who misses lessons of it.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "curriculum_subject"),
    columns=(
        v.SCHOOL_URN,
        CURRICULUM_SUBJECT.but(release=Label()),
        _DATED,
        _ON_ROLL,
        _RECORDED,
        *_TAKING_PART,
        _rate("missing_rate", "Share of pupils of whom it is recorded who miss lessons to attend an intervention.",
              _MISS),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

_NAMED = (v.SURNAME.but(null=None), v.FORENAME.but(null=None))
MART_INCLUSION__PUPIL = Table(
    name="mart_inclusion__pupil",
    grain="One row per pupil on roll with SEN and attendance this school year: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, *_NAMED, v.NC_YEAR, _STATUS, _POSSIBLE, _ABSENT,
             Column("absence_rate", Kind.NUMBER, "Share of half-day sessions missed this school year so far.",
                    unit=Unit.RATE, checks=(Between(0, 1),)),
             _SUSPENSIONS, _LOST),
)  # fmt: skip
MART_INCLUSION__PART_TIME = Table(
    name="mart_inclusion__part_time",
    grain="One row per part-time timetable that runs, by name: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date"),
    columns=(*_NAMED, *_PART_TIME),
)
MART_INCLUSION__PLACEMENT = Table(
    name="mart_inclusion__placement",
    grain="One row per placement in alternative provision that runs, by name: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date", "provider_name"),
    columns=(*_NAMED, *_PLACEMENT),
)
MART_INCLUSION__ACCESS = Table(
    name="mart_inclusion__access",
    grain="One row per pupil on roll with SEN: subjects not taught, adapted and not recorded: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY, v.SCHOOL_URN, *_NAMED, v.NC_YEAR, _STATUS,
        Column("not_taught_subjects", Kind.TEXT, "Subjects not taught, by name.", null="none recorded as not taught"),
        _number("adapted_subjects_count", "Subjects taught an adapted curriculum."),
        _number("blank_subjects_count", "Subjects of which nothing is recorded."),
        Column("missed_subjects", Kind.TEXT, "Subjects whose lessons are missed to attend an intervention.",
               null="none recorded"),
        Column("weekly_missed_minutes", Kind.INTEGER, "Minutes a week missed of all of them.", unit=Unit.MINUTES,
               null="not recorded", checks=_AT_LEAST_NONE),
    ),
)  # fmt: skip

TABLES = (
    MODEL_INCLUSION__ATTENDANCE,
    MODEL_INCLUSION__ROLL_DAYS,
    MODEL_INCLUSION__SUSPENSIONS,
    MODEL_INCLUSION__PART_TIME,
    MODEL_INCLUSION__PLACEMENTS,
    MODEL_INCLUSION__CURRICULUM,
    MART_INCLUSION__SCHOOL,
    MART_INCLUSION__NOW,
    MART_INCLUSION__CURRICULUM,
    MART_INCLUSION__SUBJECT,
    MART_INCLUSION__PUPIL,
    MART_INCLUSION__PART_TIME,
    MART_INCLUSION__PLACEMENT,
    MART_INCLUSION__ACCESS,
)
