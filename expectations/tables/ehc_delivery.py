"""Promised against delivered: each line of section F, what fell due and what took place; a shortfall is a duty."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Rate, Sensitivity, Table, Unit, Worded
from expectations.tables.ehc_plans import CORE_EHC_PROVISION

SPECIALIST_GROUPS = (
    "SPEECH_LANGUAGE", "OCCUPATIONAL_THERAPY", "PHYSIOTHERAPY", "SPECIALIST_TEACHING", "OTHER_SPECIALIST",
)  # fmt: skip
"""Visits of therapists, specialist teachers and agencies: by the grade of the adult, then by the line's words."""
SUPPORT_GROUPS = ("CLASS_SUPPORT", "SMALL_GROUP", "MENTORING", "OTHER_SUPPORT")
"""Hours of support by the school's own staff."""
PROVISION_GROUPS = (*SPECIALIST_GROUPS, *SUPPORT_GROUPS)
DELIVERY_STATES = ("BEHIND", "NOTHING_PLANNED", "NOT_RECORDED", "ON_PLAN", "ABOVE_PLAN")

_OF_LINE = CORE_EHC_PROVISION.by_name
_PROVISION_GROUP = Column(
    "provision_group",
    Kind.TEXT,
    "Kind of provision, told from the adult's grade and the line's words.",
    checks=(OneOf(PROVISION_GROUPS),),
    release=Label(),
)
_IS_SPECIALIST = Column(
    "is_specialist",
    Kind.BOOLEAN,
    "A visit of a therapist or specialist teacher, not hours of the school's own staff.",
    release=Label(),
)


def _hours(name: str, meaning: str, null: str | None = None) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit=Unit.HOURS, null=null, checks=(Between(0, None),))


_NOT_RECORDED = "sessions are not recorded, or none are planned"
_LINE = (
    v.ACADEMIC_YEAR,
    *(_OF_LINE[name] for name in ("line_number", "provision_type")),
    _PROVISION_GROUP,
    _IS_SPECIALIST,
    *(_OF_LINE[name] for name in ("staff_grade", "hours_per_week", "weeks_per_year", "group_size_count")),
    _OF_LINE["fixed_pence"],
    _OF_LINE["planned_sessions_count"],
    Column(
        "elapsed_rate",
        Kind.NUMBER,
        "Share of the academic year's days in term that are over on the data date.",
        unit=Unit.RATE,
        checks=(Between(0, 1),),
    ),
    Column(
        "due_sessions_count",
        Kind.NUMBER,
        "Planned sessions that fell due by the data date: the elapsed share of the year's.",
        unit=Unit.SESSIONS,
        checks=(Between(0, None),),
    ),
    _OF_LINE["delivered_sessions_count"],
    Column(
        "shortfall_sessions_count",
        Kind.INTEGER,
        "Whole sessions that fell due and did not take place; a line that is ahead has none.",
        unit=Unit.SESSIONS,
        null="sessions are not recorded",
        checks=(Between(0, None),),
    ),
    _hours("promised_hours", "Hours that the line promises in the year: a week's times the weeks."),
    _hours("due_hours", "Of these, hours that fell due by the data date."),
    _hours(
        "delivered_hours", "Hours delivered: the promise times the delivered share of planned sessions.", _NOT_RECORDED
    ),
    _hours(
        "shortfall_hours", "Hours that fell due and were not delivered; a line that is ahead has none.", _NOT_RECORDED
    ),
    Column(
        "delivery_state",
        Kind.TEXT,
        "BEHIND: a whole session or more behind, and less than 90% of what is due; ABOVE_PLAN: more than the year's.",
        checks=(OneOf(DELIVERY_STATES),),
    ),
    Column(
        "behind_since_year",
        Kind.INTEGER,
        "First academic year of the unbroken run of years in which the line is behind. The tracker has a total a year, "
        "so no day is known.",
        null="not behind",
        checks=(Between(2010, 2045),),
    ),
)

MODEL_EHC_DELIVERY__LINES = Table(
    name="model_ehc_delivery__lines",
    grain="One row per plan, section F line and academic year: promised, due and delivered by the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "line_number", "academic_year"),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *_LINE),
)

MART_EHC_DELIVERY__LINE = Table(
    name="mart_ehc_delivery__line",
    grain="One row per section F line of an active plan in the academic year of the data date: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "line_number"),
    columns=(
        v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR,
        *(column for column in _LINE if column.name != "fixed_pence"),
    ),
)  # fmt: skip

_HIDDEN: dict[str, Any] = {"null": "hidden: small group", "checks": (Between(0, None),), "unit": Unit.PLANS}


def _rate(name: str, meaning: str, plans: str, base: str) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="not recorded, fewer than ten plans, or hidden",
        checks=(Between(0, None),),
        release=Rate(plans, is_of_people=False, base=base),
    )


def _sum(name: str, meaning: str, plans: str, base: str) -> Column:
    return _rate(name, meaning, plans, base).but(unit=Unit.HOURS)


_SINCE = Column(
    "behind_since_year",
    Kind.INTEGER,
    "First academic year of the unbroken run of years with less than 90% delivered over ten plans or more.",
    null="not behind, or hidden",
    checks=(Between(2010, 2045),),
    release=Worded(("type_plans_count", "delivered_rate")),
)
_DELIVERED = "Section F sessions delivered, of those due to date."

MART_EHC_DELIVERY__SCHOOL = Table(
    name="mart_ehc_delivery__school",
    grain="One row per school (and the trust) and academic year: what section F promised and what was delivered.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "academic_year"),
    columns=(
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column("plans_count", Kind.INTEGER, "EHC plans active in the year.",
               release=Count(follows="mart_value_for_money__school.plans_count"), **_HIDDEN),
        Column(
            "behind_plans_count", Kind.INTEGER, "Of these, plans with a line of section F behind.",
            release=Count(of="plans_count"), **_HIDDEN,
        ),
        _rate("delivered_rate", _DELIVERED, "plans_count", "plans_with_sessions_count"),
        _rate("support_delivered_rate", "The same, of hours of support by the school's own staff.", "plans_count",
              "plans_with_support_count"),
        _rate("specialist_delivered_rate", "The same, of visits of therapists and specialist teachers.", "plans_count",
              "plans_with_specialist_count"),
        _sum("promised_hours", "Hours that section F promises in the year.", "plans_count", "plans_with_lines_count"),
        _sum("due_hours", "Hours of the recorded lines that fell due by the data date.", "plans_count",
             "plans_with_sessions_count"),
        _sum("delivered_hours", "Of these, hours delivered.", "plans_count", "plans_with_sessions_count"),
        _sum("shortfall_hours", "Hours that fell due and were not delivered, line by line: what is ahead elsewhere is "
             "not taken off.", "plans_count", "plans_with_sessions_count"),
        _SINCE.but(release=Worded(("plans_count", "delivered_rate"))),
        _SINCE.but(
            name="specialist_behind_since_year",
            meaning="The same, of visits of therapists and specialist teachers.",
            release=Worded(("plans_count", "specialist_delivered_rate")),
        ),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_EHC_DELIVERY__TYPE = Table(
    name="mart_ehc_delivery__type",
    grain="One row per kind of provision over the whole trust, in the academic year of the data date.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("provision_group",),
    columns=(
        _PROVISION_GROUP,
        _IS_SPECIALIST,
        v.ACADEMIC_YEAR,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column(
            "type_plans_count", Kind.INTEGER, "Plans with recorded sessions of this kind due to date.",
            release=Count(), **_HIDDEN,
        ),
        Column(
            "behind_plans_count", Kind.INTEGER, "Of these, plans with a line of section F behind.",
            release=Count(of="type_plans_count"), **_HIDDEN,
        ),
        _rate("delivered_rate", _DELIVERED, "type_plans_count", "type_plans_count"),
        _sum("due_hours", "Hours of the recorded lines that fell due by the data date.", "type_plans_count",
             "type_plans_count"),
        _sum("delivered_hours", "Of these, hours delivered.", "type_plans_count", "type_plans_count"),
        _sum("shortfall_hours", "Hours that fell due and were not delivered, line by line: what is ahead elsewhere is "
             "not taken off.", "type_plans_count", "type_plans_count"),
        _SINCE,
        Column(
            "recorded_since_year",
            Kind.INTEGER,
            "First academic year with sessions of this kind on record.",
            null="hidden",
            checks=(Between(2010, 2045),),
            release=Worded(("type_plans_count",)),
        ),
        v.HIDDEN_COLUMNS,
    ),
    totalled_over=("provision_group",),
)  # fmt: skip

TABLES = (
    MODEL_EHC_DELIVERY__LINES,
    MART_EHC_DELIVERY__LINE,
    MART_EHC_DELIVERY__SCHOOL,
    MART_EHC_DELIVERY__TYPE,
)
