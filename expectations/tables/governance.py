"""What the trust keeps of SEND leadership by school: the SENCO's time, training, peer reviews, website and policies.

One workbook of the trust, a sheet each. No pupil is behind any of it. Days in law: a school's SEN information report is
updated at least every year (SEND Regulations 2014, regulation 51; Code of Practice 6.79), its accessibility plan is
reviewed at least every three years (Equality Act 2010, Schedule 10). A SEND policy's year is the trust's own rule.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotAbove, NotBefore, OneOf
from expectations.contract import Column, Kind, Label, OnBad, Sensitivity, Source, Table, Unit

SENCO_AWARDS = ("HELD", "UNDER_WAY", "NOT_STARTED")
WEBSITE_ITEMS = ("SEN_INFORMATION_REPORT", "ACCESSIBILITY_PLAN", "SEND_POLICY")


def _urn(name: str, meaning: str) -> Column:
    return Column(
        name, Kind.TEXT, meaning, checks=(Matches("[0-9]{6}", "a six-digit URN"),), headers=("URN", "School URN")
    )


def _date(name: str, meaning: str, null: str | None, *headers: str) -> Column:
    on_bad = OnBad.QUARANTINE if null is None else OnBad.FLAG
    return v.START_DATE.but(name=name, meaning=meaning, null=null, headers=headers, on_bad=on_bad)


def _count(name: str, meaning: str, *headers: str) -> Column:
    return Column(
        name, Kind.INTEGER, meaning, null="not recorded", checks=(Between(0, 500),), on_bad=OnBad.FLAG, headers=headers
    )  # fmt: skip


_HOURS = Column(
    "senco_weekly_hours",
    Kind.NUMBER,
    "Hours a week that the post of SENCO has for the role.",
    unit=Unit.HOURS,
    null="not recorded",
    checks=(Between(0, 60),),
    on_bad=OnBad.FLAG,
    headers=("SENCO Hours a Week", "SENCO Time (hours)"),
)
_AWARD = Column(
    "senco_award",
    Kind.TEXT,
    "The SENCO's mandatory qualification: HELD, UNDER_WAY or NOT_STARTED.",
    checks=(OneOf(SENCO_AWARDS),),
    headers=("SENCO Award", "SENCO Qualification"),
)
_LEADERSHIP = (
    _HOURS,
    _AWARD,
    _date("staff_training_date", "Day of the latest SEND training of all staff.", "none recorded",
          "Staff Training On", "All-staff Training"),
    _date("governor_training_date", "Day of the SEND governor's latest training.", "none recorded",
          "Governor Training On", "Link Governor Training"),
    _date("peer_review_date", "Day of the latest peer review of SEND.", "none yet", "Peer Review On", "Review Date"),
    _count("recommendations_count", "Recommendations of that review.", "Recommendations", "Recommendations Made"),
    _count("open_recommendations_count", "Of these, still open.", "Recommendations Open", "Still Open"),
    _date("follow_up_due_date", "Day by which the follow-up visit is due.", "none planned", "Follow-up Due"),
    _date("follow_up_date", "Day of the follow-up visit.", "not held yet", "Follow-up Held"),
)  # fmt: skip
_LEADERSHIP_RULES = (
    NotAbove("open_recommendations_count", "recommendations_count"),
    NotBefore("follow_up_date", "peer_review_date"),
)
_ITEM = Column(
    "website_item", Kind.TEXT, "Report, plan or policy.", checks=(OneOf(WEBSITE_ITEMS),), headers=("Item", "Document")
)
_WEBSITE = (
    _ITEM,
    _date("published_date", "Day on which it was last published or updated.", None, "Published On", "Updated On"),
    _date("review_due_date", "The school's own day for its next review.", "none set", "Review Due", "Next Review"),
)

RAW_REGISTERS__LEADERSHIP = Table(
    name="raw_registers__leadership",
    grain="One row per school: SEND leadership.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "registers",
        "leadership",
        "Trust registers: SEND leadership",
        ("senco_weekly_hours", "senco_award"),
        natural_key=("leadership_school_urn",),
        sheet="SEND leadership",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, _urn("leadership_school_urn", "URN of the school."), *_LEADERSHIP),
    checks=_LEADERSHIP_RULES,
)

RAW_REGISTERS__WEBSITE = Table(
    name="raw_registers__website",
    grain="One row per school and report, plan or policy.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "website",
        "Trust registers: website and policies",
        ("website_item", "published_date"),
        natural_key=("website_school_urn", "website_item"),
        sheet="Website and policies",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, _urn("website_school_urn", "URN of the school."), *_WEBSITE),
)

CORE_LEADERSHIP = Table(
    name="core_leadership",
    grain="One row per school of the trust with SEND leadership recorded.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn",),
    columns=(v.SCHOOL_URN, *_LEADERSHIP),
    checks=_LEADERSHIP_RULES,
)

CORE_WEBSITE_ITEMS = Table(
    name="core_website_items",
    grain="One row per school of the trust and report, plan or policy, with the day it is due again.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn", "website_item"),
    columns=(
        v.SCHOOL_URN,
        *_WEBSITE,
        _date("item_due_date", "The school's own day, or the day in law or rule where that is earlier.", None),
    ),
)


def _number(name: str, meaning: str, null: str | None = None, unit: Unit | None = None) -> Column:
    return Column(name, Kind.INTEGER, meaning, null=null, unit=unit, checks=(Between(0, None),), release=Label())


MART_GOVERNANCE__SCHOOL = Table(
    name="mart_governance__school",
    grain="One row per school, and one for the trust: SEND leadership, website and policies. No pupil is behind it.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN.but(release=Label()),
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        _number("schools_count", "Schools with leadership recorded: of a school 0 or 1.", unit=Unit.SCHOOLS),
        _HOURS.but(meaning="Hours a week that the post of SENCO has for the role; never of the trust.", headers=(),
                   release=Label(), checks=(Between(0, None),)),
        _number("award_held_count", "Schools whose SENCO holds the mandatory qualification."),
        _number("award_under_way_count", "Schools whose SENCO is working for it."),
        _number("staff_trained_count", "Schools with SEND training of all staff in the last 12 months."),
        _number("governor_trained_count", "Schools whose SEND governor was trained in the last 24 months."),
        _number("open_recommendations_count", "Recommendations of peer reviews still open.", "none recorded"),
        _number("late_follow_ups_count", "Follow-up visits past their day and not held."),
        _number("website_items_count", "Reports, plans and policies recorded."),
        _number("late_items_count", "Of these, past their day."),
        _number("missing_items_count", "Reports, plans and policies not recorded."),
        Column("next_item_due_date", Kind.DATE, "The earliest day on which one is due.", null="none recorded",
               release=Label()),
    ),
    checks=(NotAbove("late_items_count", "website_items_count"), NotAbove("award_held_count", "schools_count")),
)  # fmt: skip

TABLES = (
    RAW_REGISTERS__LEADERSHIP,
    RAW_REGISTERS__WEBSITE,
    CORE_LEADERSHIP,
    CORE_WEBSITE_ITEMS,
    MART_GOVERNANCE__SCHOOL,
)
