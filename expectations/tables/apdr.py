"""Assess, plan, do, review: each pupil's cycles, where each stands, and what schools do of it.

The graduated approach of the SEND Code of Practice 2015 (6.44 to 6.56).
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf
from expectations.contract import (
    Column,
    Count,
    Kind,
    Label,
    OnBad,
    Partition,
    Rate,
    Sensitivity,
    Source,
    Table,
    Unit,
)
from expectations.tables.pupils import ON_SEN_SUPPORT

OUTCOMES = ("MET", "PARTLY_MET", "NOT_MET")
NEXT_STEPS = ("CONTINUE", "CHANGE", "STOP", "REFER", "REQUEST_EHC_ASSESSMENT")
STAGES = ("ASSESS", "PLAN", "DO", "REVIEW", "CLOSED")
"""What has to be done next. ASSESS: the cycle is reviewed, and the next one's assessment is to come."""
CLOSED_REASONS = ("FOLLOWED", "STOPPED", "HAS_PLAN", "LEFT", "NO_SEN")
STANDINGS = ("OPEN", "BETWEEN", "STOPPED", "NONE")


def _date(name: str, meaning: str, null: str | None, *headers: str) -> Column:
    return v.START_DATE.but(name=name, meaning=meaning, null=null, headers=headers)


def _told(name: str, meaning: str, *headers: str) -> Column:
    return Column(name, Kind.BOOLEAN, meaning, null="not recorded", on_bad=OnBad.FLAG, headers=headers)


_NUMBER = Column(
    "cycle_number",
    Kind.INTEGER,
    "The pupil's first cycle in the school is 1.",
    checks=(Between(1, 99),),
    headers=("Cycle", "Cycle Number", "Cycle No"),
)
_ASSESSED = _date("assessed_date", "Day of the assessment: the cycle begins.", None, "Assessed", "Assess Date")
_PLANNED = _date("planned_date", "Day the plan was agreed.", "not planned yet", "Planned", "Plan Date", "Plan Agreed")
_STARTED = _date("started_date", "First day of what was planned.", "not started yet", "Started", "Do Date", "Do Start")
_REVIEW_DUE = _date(
    "review_due_date", "Day by which the review is due.", "not set", "Review Due", "Review By", "Review Due Date"
)
_REVIEWED = _date("reviewed_date", "Day the cycle was reviewed.", "not reviewed yet", "Reviewed", "Review Held")
_OUTCOME = Column(
    "cycle_outcome",
    Kind.TEXT,
    "What the review found of the cycle's target.",
    null="not reviewed yet, or not recorded",
    checks=(OneOf(OUTCOMES),),
    on_bad=OnBad.FLAG,
    headers=("Outcome", "Target Met", "Review Outcome"),
)
_NEXT_STEP = Column(
    "cycle_next_step",
    Kind.TEXT,
    "What the review decided; STOP means that no further cycle is due.",
    null="not reviewed yet, or not recorded",
    checks=(OneOf(NEXT_STEPS),),
    on_bad=OnBad.FLAG,
    headers=("Next Step", "Next Steps", "Decision"),
)
_GROUP = Column(
    "group_reference",
    Kind.TEXT,
    "The group of the provision map that the cycle's provision is.",
    null="no group, or not stated",
    headers=("Group Ref", "Group Reference", "Provision Group"),
)
_PUPIL_VIEW = _told("is_pupil_view_recorded", "The pupil's view is on the plan.", "Pupil View", "Pupil Voice Recorded")
_PARENT_VIEW = _told(
    "is_parent_view_recorded", "The parent's view is on the plan.", "Parent View", "Parent Voice Recorded"
)
_CHANGED = _told(
    "is_provision_changed",
    "The provision is another than in the cycle before.",
    "Provision Changed",
    "Changed Since Last Cycle",
)
_DETAILS = (
    v.AREA_OF_NEED, _ASSESSED, _PLANNED, _STARTED, _REVIEW_DUE, _REVIEWED, _OUTCOME, _NEXT_STEP, _GROUP, _PUPIL_VIEW,
    _PARENT_VIEW, _CHANGED,
)  # fmt: skip
_IN_ORDER = (
    *(NotBefore(f"{name}_date", "assessed_date") for name in ("planned", "started", "review_due", "reviewed")),
    *(NotBefore(f"{name}_date", "planned_date") for name in ("started", "reviewed")),
    NotBefore("reviewed_date", "started_date"),
)
"""Each step not before any step that comes earlier: one that is blank in between excuses nothing."""

RAW_APDR__CYCLES = Table(
    name="raw_apdr__cycles",
    grain="One row per pupil and assess-plan-do-review cycle in the school's workbook.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "apdr",
        "cycles",
        "Assess, plan, do, review",
        ("cycle_number", "assessed_date", "review_due_date"),
        natural_key=("pupil_key", "school_urn", "cycle_number"),
        sheet="APDR cycles",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, _NUMBER, *_DETAILS),
    checks=_IN_ORDER,
)

CORE_APDR_CYCLES = Table(
    name="core_apdr_cycles",
    grain="One row per pupil, school and cycle.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "cycle_number"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, _NUMBER, *_DETAILS),
    checks=_IN_ORDER,
)

_STAGE_DUE = _date("stage_due_date", "Day by which the stage is due.", "closed: nothing is due")
_OVERDUE = Column(
    "overdue_days",
    Kind.INTEGER,
    "Days since the stage was due; 0 up to the due day.",
    unit=Unit.DAYS,
    null="closed: nothing is due",
    checks=(Between(0, None),),
)
_RUN = Column(
    "unchanged_run_count",
    Kind.INTEGER,
    "Cycles in a row on the same provision, each after one whose target was not met; 1 for the first on a provision.",
    checks=(Between(1, 99),),
)
_LEDGER = (
    _NUMBER,
    *_DETAILS,
    Column("is_latest", Kind.BOOLEAN, "The pupil's latest cycle in the school."),
    Column("stage", Kind.TEXT, "What has to be done next.", checks=(OneOf(STAGES),)),
    Column(
        "closed_reason",
        Kind.TEXT,
        "FOLLOWED by a later cycle, STOPPED by its review, reviewed and the pupil HAS_PLAN, the pupil LEFT or has "
        "NO_SEN any more.",
        null="not closed",
        checks=(OneOf(CLOSED_REASONS),),
    ),
    _STAGE_DUE,
    _OVERDUE,
    _date(
        "review_limit_date",
        "Day by which the review had to be held: the school's own day, at most 14 weeks after the start.",
        "not started yet",
    ),
    Column(
        "is_unchanged",
        Kind.BOOLEAN,
        "The same provision as in the cycle before, although that one's target was not met.",
        null="not recorded whether the provision changed",
    ),
    _RUN,
)

MODEL_APDR__CYCLES = Table(
    name="model_apdr__cycles",
    grain="One row per pupil, school and cycle assessed by the data date: its one stage, and when that is due.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "cycle_number"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, *_LEDGER),
    checks=_IN_ORDER,
)

_STANDING = (
    _date("support_start_date", "First day of SEN support in this school, as it stands.", "not recorded"),
    Column("cycles_count", Kind.INTEGER, "Cycles so far in this school.", checks=(Between(0, None),)),
    Column(
        "standing",
        Kind.TEXT,
        "OPEN: a cycle is under way; BETWEEN: the last is reviewed, the next to come; STOPPED: the last was ended, "
        "the pupil is still on SEN support; NONE: no cycle so far.",
        checks=(OneOf(STANDINGS),),
    ),
    Column(
        "stage",
        Kind.TEXT,
        "What has to be done next; ASSESS for a pupil without a cycle.",
        checks=(OneOf(STAGES[:-1]),),
    ),
    _STAGE_DUE.but(null="on SEN support since nobody knows when"),
    _OVERDUE.but(null="on SEN support since nobody knows when"),
    _RUN.but(null="no cycle so far", meaning="Of the latest cycle: cycles in a row on the same provision."),
    Column("is_repeating", Kind.BOOLEAN, "Two or more cycles in a row on the same provision, none of them met."),
    *(
        column.but(null="not recorded, or no cycle so far", meaning=f"Of the latest cycle: {meaning}")
        for column, meaning in ((_PUPIL_VIEW, "the pupil's view is on it."), (_PARENT_VIEW, "the parent's view is."))
    ),
)

MODEL_APDR__PUPILS = Table(
    name="model_apdr__pupils",
    grain="One row per pupil on roll with SEN support on the data date, with a cycle or without.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, *_STANDING),
)

_WHO = (v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR)

MART_APDR__CYCLE = Table(
    name="mart_apdr__cycle",
    grain="One row per cycle of a pupil on roll: the SENCO's ledger, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "cycle_number"),
    columns=(*_WHO, v.SEN_PROVISION.but(null=None), *_LEDGER),
)

MART_APDR__PUPIL = Table(
    name="mart_apdr__pupil",
    grain="One row per pupil on SEN support: with a cycle under way or without, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(*_WHO, v.SEN_TYPE.but(null="no need recorded"), *_STANDING),
)

_HIDDEN = "hidden: small group"
_COUNTED: dict[str, Any] = {"null": _HIDDEN, "checks": (Between(0, None),)}


def _pupils(name: str, meaning: str, of: str = "sen_support_count") -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.PUPILS, release=Count(of=of), **_COUNTED)


def _share(name: str, meaning: str, denominator: str, numerator: str, *, is_of_people: bool = True) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="nobody to count, fewer than ten, or hidden",
        checks=(Between(0, 1),),
        release=Rate(denominator, numerator, is_of_people),
    )


_OVERDUE_STAGES = tuple(f"{stage.lower()}_overdue_count" for stage in STAGES[:-1])

MART_APDR__SCHOOL = Table(
    name="mart_apdr__school",
    grain="One row per school, and one for the trust: the cycles of pupils on SEN support on the data date.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column(
            "sen_support_count", Kind.INTEGER, "Pupils on SEN support.", unit=Unit.PUPILS, release=ON_SEN_SUPPORT,
            **_COUNTED,
        ),
        _pupils("open_count", "Pupils with a cycle under way: assessed, and not yet reviewed."),
        _pupils("between_count", "Pupils whose last cycle is reviewed and whose next is to be assessed."),
        _pupils("no_cycle_count", "Pupils with no cycle, or whose last one was ended."),
        _pupils("overdue_count", "Pupils with a cycle of which a stage is overdue."),
        *(
            _pupils(name, meaning)
            for name, meaning in zip(
                _OVERDUE_STAGES,
                (
                    "Pupils whose next assessment is overdue: more than 4 weeks since the review.",
                    "Pupils whose plan is overdue: more than 4 weeks since the assessment.",
                    "Pupils whose provision has not begun: more than 2 weeks since the plan.",
                    "Pupils whose review is overdue: past the school's day, or 14 weeks since the start.",
                ),
                strict=True,
            )
        ),
        _pupils("unchanged_count", "Pupils with two or more cycles in a row on the same provision, none of them met."),
        _pupils("cycled_count", "Pupils whose cycles go on: one under way, or the next to be assessed."),
        _pupils("pupil_view_count", "Pupils whose own view is on the latest cycle.", "cycled_count"),
        _share(
            "pupil_view_rate", "Share of pupils with their own view on the latest cycle.", "cycled_count",
            "pupil_view_count",
        ),
        _pupils("parent_view_count", "Pupils with a parent's view on the latest cycle.", "cycled_count"),
        _share(
            "parent_view_rate", "Share of pupils with a parent's view on the latest cycle.", "cycled_count",
            "parent_view_count",
        ),
        _pupils("reviewing_count", "Pupils with a review that fell due this academic year."),
        Column(
            "reviews_due_count",
            Kind.INTEGER,
            "Reviews that fell due this academic year up to the data date.",
            release=Count(behind="reviewing_count"),
            **_COUNTED,
        ),
        Column(
            "reviews_in_time_count",
            Kind.INTEGER,
            "Of the reviews due, those held by their day.",
            release=Count(of="reviews_due_count", behind="reviewing_count"),
            **_COUNTED,
        ),
        _share(
            "reviewed_in_time_rate", "Share of the reviews due that were held by their day.", "reviews_due_count",
            "reviews_in_time_count",
        ),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("sen_support_count", ("open_count", "between_count", "no_cycle_count")),
        Partition("cycled_count", ("open_count", "between_count")),
        Partition("sen_support_count", ("cycled_count", "no_cycle_count")),
        Partition("overdue_count", _OVERDUE_STAGES),
    ),
)  # fmt: skip

TABLES = (
    RAW_APDR__CYCLES,
    CORE_APDR_CYCLES,
    MODEL_APDR__CYCLES,
    MODEL_APDR__PUPILS,
    MART_APDR__CYCLE,
    MART_APDR__PUPIL,
    MART_APDR__SCHOOL,
)
