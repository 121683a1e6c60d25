"""Hours of support staff, contracted, needed and delivered; and what other group sizes or hours would come to.

By grade, never by person; no figure for fewer than three staff (METHODS E2, R8). The marts are of the level PUPIL, as
in ``money_ledger.py``: only the staff app can open them.
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between
from expectations.contract import Column, Kind, Sensitivity, Source, Table, Unit
from expectations.tables.money import FUNDED_SCHOOL

_WEEKLY: dict[str, Any] = {"unit": Unit.HOURS, "checks": (Between(0, 10_000),)}
_STAFF_COUNT = Column(
    "staff_count",
    Kind.INTEGER,
    "Staff of the grade: a headcount.",
    checks=(Between(0, 1000),),
    headers=("Staff", "Headcount", "Number of Staff"),
)
_CONTRACTED = Column(
    "weekly_contracted_hours",
    Kind.NUMBER,
    "Hours a week in the contracts of these staff together.",
    headers=("Contracted Hours a Week", "Contracted Hours"),
    **_WEEKLY,
)
_VACANT = Column(
    "weekly_vacant_hours",
    Kind.NUMBER,
    "Hours a week of posts that stand empty.",
    null="none known",
    headers=("Vacant Hours a Week", "Vacant Hours"),
    **_WEEKLY,
)

RAW_MONEY__SUPPORT_STAFF = Table(
    name="raw_money__support_staff",
    grain="One row per school, financial year and pay grade: contracted hours; never a person.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "money",
        "support_staff",
        "Money: support staff",
        ("staff_grade", "staff_count", "weekly_contracted_hours"),
        natural_key=("funded_school_urn", "financial_year", "staff_grade"),
        sheet="Support staff",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, FUNDED_SCHOOL, v.FINANCIAL_YEAR, v.STAFF_GRADE, _STAFF_COUNT, _CONTRACTED, _VACANT),
)

CORE_SUPPORT_STAFF = Table(
    name="core_support_staff",
    grain="One row per school, financial year and pay grade.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "financial_year", "staff_grade"),
    columns=(v.SCHOOL_URN, v.FINANCIAL_YEAR, v.STAFF_GRADE, _STAFF_COUNT, _CONTRACTED, _VACANT),
)


def _hours(name: str, meaning: str, null: str | None = None) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit=Unit.HOURS, null=null, checks=(Between(0, None),))


MODEL_MONEY__STAFF_HOURS = Table(
    name="model_money__staff_hours",
    grain="One row per school, financial year and pay grade: adults' hours that plans and groups need, and got.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "financial_year", "staff_grade"),
    columns=(
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        v.STAFF_GRADE,
        _hours("planned_hours", "Hours that section F and groups plan for the year; an adult's hour counts once."),
        _hours("due_hours", "Of the planned with a record of delivery, due by the date of the data."),
        _hours("given_hours", "Of these, delivered."),
        _STAFF_COUNT.but(null="no headcount delivered"),
        _CONTRACTED.but(null="not delivered"),
        _VACANT,
    ),
)

_R8 = "fewer than three staff, or not known"
MART_MONEY__DEPLOYMENT = Table(
    name="mart_money__deployment",
    grain="One row per school, financial year and pay grade; staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "financial_year", "staff_grade"),
    columns=(
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        v.STAFF_GRADE,
        Column("has_three_staff", Kind.BOOLEAN, "Three staff or more, so that no figure is one person's (R8)."),
        _CONTRACTED.but(null=_R8),
        _VACANT.but(null=_R8),
        _hours("weekly_planned_hours", "Planned hours of a taught week: the year's over 38 weeks.", _R8),
        _hours("due_hours", "Needed by the date of the data, of what is recorded.", _R8),
        _hours("given_hours", "Of these, delivered.", _R8),
        Column(
            "need_met_rate",
            Kind.NUMBER,
            "Hours delivered, of those needed by the date of the data.",
            unit=Unit.RATE,
            null=_R8,
            checks=(Between(0, None),),
        ),
    ),
)

SIZES = (-1, 0, 1)
SHARES = (-0.1, 0.0, 0.1)
MART_MONEY__WHAT_IF = Table(
    name="mart_money__what_if",
    grain="One row per intervention and scenario over the trust: groups of the last twelve months; a range.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "group_size_change", "hours_change_rate"),
    columns=(
        v.SCHOOL_URN.but(meaning="TRUST: the scenarios are for the whole trust."),
        v.INTERVENTION_NAME,
        Column("group_size_change", Kind.INTEGER, "Pupils more or fewer in a group.", checks=(Between(-1, 1),)),
        Column("hours_change_rate", Kind.NUMBER, "Hours more or fewer, as a share.", unit=Unit.RATE,
               checks=(Between(-1, 1),)),
        Column("groups_count", Kind.INTEGER, "Groups that could be planned otherwise.", checks=(Between(0, None),)),
        Column("kept_groups_count", Kind.INTEGER,
               "Groups left as they are: a pupil in them has section F, or is taught alone.",
               checks=(Between(0, None),)),
        Column("has_three_staff", Kind.BOOLEAN, "Three staff or more lead it, so that no figure is one person's (R8)."),
        *(
            Column(f"{name}_{end}_{unit.value}", kind, f"{meaning}; {words}.", unit=unit, null=_R8)
            for name, meaning, kind, unit in (
                ("change", "Adults' hours a year, against the plan as it is", Kind.NUMBER, Unit.HOURS),
                ("cost_change", "Staff cost a year, against the plan as it is", Kind.MONEY, Unit.PENCE),
            )
            for end, words in (("low", "lower end"), ("high", "upper end"))
        ),
    ),
)  # fmt: skip

TABLES = (
    RAW_MONEY__SUPPORT_STAFF,
    CORE_SUPPORT_STAFF,
    MODEL_MONEY__STAFF_HOURS,
    MART_MONEY__DEPLOYMENT,
    MART_MONEY__WHAT_IF,
)
