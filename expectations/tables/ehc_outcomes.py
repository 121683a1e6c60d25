"""Outcome, milestone, evidence: the steps towards the outcomes of EHC plans, and where each outcome stands.

One model for mainstream and special schools. The outcomes as delivered: ``ehc_plans.py``; released figures:
``ehc_outcome_marts.py``.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit
from expectations.tables.ehc_plans import CORE_EHC_OUTCOMES

MILESTONE_STATUSES = ("Met", "Not met", "Under way", "Not started")
EVIDENCE_KINDS = (
    "Observation", "Work sample", "Assessment", "Professional report", "Pupil view", "Parent view",
)  # fmt: skip
STANDINGS = ("MET", "ON_TRACK", "UNBACKED", "OFF_TRACK", "NO_EVIDENCE")
"""UNBACKED: the school says met or on track, and what is on record does not bear it out."""
STANDING_REASONS = ("SAID", "NEVER_EVIDENCED", "MILESTONE_OVERDUE", "PAST_DUE", "EVIDENCE_OLD")
REVIEW_CHANGES = ("IMPROVED", "HELD", "WORSE", "NEW", "ENDED")
CHANGE_BASES = ("RECORDED", "MILESTONES")
NEXT_STEPS = (
    "CHASE_MILESTONE", "SETTLE", "GATHER_EVIDENCE", "CHANGE_SUPPORT", "SET_MILESTONES", "LINK_ADULTHOOD",
    "NEXT_MILESTONE", "NONE",
)  # fmt: skip

_OF_OUTCOME = CORE_EHC_OUTCOMES.by_name
OUTCOME_NUMBER = _OF_OUTCOME["outcome_number"]
_MILESTONE_NUMBER = Column(
    "milestone_number",
    Kind.INTEGER,
    "Milestone within the outcome.",
    checks=(Between(1, 30),),
    headers=("Milestone", "Milestone No", "Step"),
)
_TARGET = v.START_DATE.but(
    name="target_date",
    meaning="Day by which the milestone is to be met.",
    headers=("Target Date", "Milestone Due", "By"),
)
_MILESTONE_STATUS = Column(
    "milestone_status",
    Kind.TEXT,
    "Where the milestone stands.",
    checks=(OneOf(MILESTONE_STATUSES),),
    headers=("Milestone Status", "Status", "Progress"),
)
_EVIDENCE_KIND = Column(
    "evidence_kind",
    Kind.TEXT,
    "What the evidence is.",
    null="not recorded",
    checks=(OneOf(EVIDENCE_KINDS),),
    on_bad=OnBad.FLAG,
    headers=("Evidence Kind", "Evidence Type", "Evidence"),
)
_MILESTONE_COLUMNS = (
    OUTCOME_NUMBER, _MILESTONE_NUMBER, _TARGET, _MILESTONE_STATUS, _OF_OUTCOME["evidence_date"], _EVIDENCE_KIND,
)  # fmt: skip

RAW_EHC_TRACKER__MILESTONES = Table(
    name="raw_ehc_tracker__milestones",
    grain="One row per plan, outcome and milestone; a sheet that a tracker may lack.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "ehc_tracker",
        "milestones",
        "EHC plan tracker: milestones",
        ("plan_reference", "outcome_number", "milestone_number"),
        natural_key=("school_urn", "plan_reference", "outcome_number", "milestone_number"),
        parent="raw_ehc_tracker__outcomes",
        parent_key=("school_urn", "plan_reference", "outcome_number"),
        sheet="Milestones",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.PLAN_REFERENCE, *_MILESTONE_COLUMNS),
)

CORE_EHC_MILESTONES = Table(
    name="core_ehc_milestones",
    grain="One row per plan, outcome and milestone.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "outcome_number", "milestone_number"),
    columns=(v.PLAN_KEY, v.SCHOOL_URN, *_MILESTONE_COLUMNS),
)

OVERDUE_DAYS = Column(
    "overdue_days",
    Kind.INTEGER,
    "Days past the day; 0 up to that day, and for what is settled.",
    unit=Unit.DAYS,
    checks=(Between(0, None),),
)
_MILESTONE_STANDS = (
    Column("is_overdue", Kind.BOOLEAN, "The target date is over and the milestone neither met nor given up."),
    OVERDUE_DAYS,
    Column(
        "is_before_plan",
        Kind.BOOLEAN,
        "The target date lies before the plan began, so it cannot be right: told to the school, never overdue.",
    ),
)

MODEL_EHC_OUTCOMES__MILESTONES = Table(
    name="model_ehc_outcomes__milestones",
    grain="One row per milestone of an outcome of a plan.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "outcome_number", "milestone_number"),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *_MILESTONE_COLUMNS, *_MILESTONE_STANDS),
)


def _count(name: str, meaning: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, checks=(Between(0, None),))


OUTCOME_STANDS = (
    OUTCOME_NUMBER,
    _OF_OUTCOME["area_of_need"],
    _OF_OUTCOME["preparation_area"],
    Column("is_from_year_9", Kind.BOOLEAN, "The pupil is in year 9 or above: preparation for adulthood applies."),
    _OF_OUTCOME["due_date"],
    _OF_OUTCOME["status"].but(meaning="Where the outcome stands, as the school says."),
    _OF_OUTCOME["evidence_date"].but(
        meaning="Day of the latest evidence by the data date, of the outcome or of one of its milestones."
    ),
    _count("milestones_count", "Milestones of the outcome."),
    _count("met_milestones_count", "Of these, met."),
    _count("overdue_milestones_count", "Of these, overdue."),
    _TARGET.but(
        name="next_milestone_date",
        meaning="Target date of the first milestone that is neither met nor given up.",
        null="none is open",
    ),
    Column("standing", Kind.TEXT, "Where the outcome stands, on the record.", checks=(OneOf(STANDINGS),)),
    Column(
        "standing_reason",
        Kind.TEXT,
        "SAID: as the school says; else why what it says is not borne out.",
        checks=(OneOf(STANDING_REASONS),),
    ),
    Column(
        "is_current",
        Kind.BOOLEAN,
        "Due in the last 365 days or still to come, or on track or off track after its day.",
    ),
    Column(
        "review_change",
        Kind.TEXT,
        "From the review before to the last one held; NEW: set since; ENDED: settled by then.",
        null="fewer than two reviews held, or nothing on record to tell it by",
        checks=(OneOf(REVIEW_CHANGES),),
    ),
    Column(
        "change_basis",
        Kind.TEXT,
        "RECORDED at the reviews, or worked out from the dates of MILESTONES and their evidence.",
        null="no change told, or a new outcome",
        checks=(OneOf(CHANGE_BASES),),
    ),
    Column("next_step", Kind.TEXT, "What to do next.", checks=(OneOf(NEXT_STEPS),)),
    Column("active_plans_count", Kind.INTEGER, "Active plans of the pupil in the school.", checks=(Between(1, None),)),
    Column("has_plan_on_register", Kind.BOOLEAN, "The SEN status on the register is an EHC plan."),
)

MODEL_EHC_OUTCOMES__OUTCOMES = Table(
    name="model_ehc_outcomes__outcomes",
    grain="One row per outcome of a plan that is active on the data date, of a pupil on the school's roll.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "outcome_number"),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *OUTCOME_STANDS),
)

_WHO = (v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR)

MART_EHC_OUTCOMES__PLAN = Table(
    name="mart_ehc_outcomes__plan",
    grain="One row per outcome of an active plan, with its milestones counted and its next step: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "outcome_number"),
    columns=(*_WHO, *OUTCOME_STANDS),
)

MART_EHC_OUTCOMES__MILESTONE = Table(
    name="mart_ehc_outcomes__milestone",
    grain="One row per milestone of an outcome of an active plan: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "outcome_number", "milestone_number"),
    columns=(*_WHO, _OF_OUTCOME["area_of_need"], *_MILESTONE_COLUMNS, *_MILESTONE_STANDS),
)

TABLES = (
    RAW_EHC_TRACKER__MILESTONES,
    CORE_EHC_MILESTONES,
    MODEL_EHC_OUTCOMES__MILESTONES,
    MODEL_EHC_OUTCOMES__OUTCOMES,
    MART_EHC_OUTCOMES__PLAN,
    MART_EHC_OUTCOMES__MILESTONE,
)
