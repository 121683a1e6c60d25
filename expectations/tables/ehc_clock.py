"""The statutory clock of EHC plans, pupil by pupil: requests, annual reviews, phase transfers, and what is due next.

Limits: SEND Regulations 2014 and Children and Families Act 2014, listed in ``seeds/reference`` under
``ehcp_statutory_deadline.csv``. What the board sees of it is in ``ehc_clock_marts.py``.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf
from expectations.contract import Column, Kind, Sensitivity, Table, Unit

OWNERS = ("SCHOOL", "AUTHORITY")
REQUEST_STANDINGS = ("IN_TIME", "LATE", "EXCEPTION", "ENDED", "OPEN", "OPEN_LATE", "OPEN_EXCEPTION")
"""Issued within 20 weeks; later; later with a lawful exception; ended without a plan; open in or past them."""
DUE_RULES = ("PLAN_START", "DECISION", "TRACKER", "ENTRY")
"""What the review's day runs from. TRACKER: the school's own day, where nothing earlier is known."""
DATA_RULES = ("TWO_ACTIVE_PLANS", "DUE_BEFORE_PLAN", "ADULTHOOD_NOT_RECORDED")
TRANSFER_STAGES = ("EARLY_YEARS", "SCHOOL", "SECONDARY", "POST_16")
TRANSFER_STANDINGS = ("REVIEW", "DECISION", "PLAN", "DONE", "ENDING")
STEPS = (
    "HOLD_REVIEW", "ENTER_REVIEW", "SEND_PAPERS", "SEND_REPORT", "DECIDE", "AMEND_PLAN", "ASSESS_DECISION",
    "FINAL_PLAN", "TRANSFER_REVIEW", "TRANSFER_DECISION", "TRANSFER_PLAN", "CHECK",
)  # fmt: skip
KINDS = ("REVIEW", "REQUEST", "TRANSFER", "CHECK")


def _date(name: str, meaning: str, null: str | None = None) -> Column:
    return v.START_DATE.but(name=name, meaning=meaning, null=null, headers=())


def _days(name: str, meaning: str, null: str | None) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.DAYS, null=null, checks=(Between(0, None),))


def _code(name: str, meaning: str, codes: tuple[str, ...], null: str | None = None) -> Column:
    return Column(name, Kind.TEXT, meaning, null=null, checks=(OneOf(codes),))


_IS_EXCEPTION = Column("is_exception", Kind.BOOLEAN, "A lawful exception to the 20 weeks applies.", null="not recorded")
_OWED_BY = _code("owed_by", "Whose step is next.", OWNERS, "nothing is due")

MODEL_EHC_CLOCK__REQUESTS = Table(
    name="model_ehc_clock__requests",
    grain="One row per request for an EHC needs assessment made by the data date: each day of its clock.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "request_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _date("request_date", "Day the authority received the request."),
        _IS_EXCEPTION,
        _date("assess_due_date", "Last day for the decision whether to assess: 6 weeks."),
        _date("no_plan_due_date", "Last day to say that no plan will be issued: 16 weeks."),
        _date("plan_due_date", "Last day for the final plan: 20 weeks, 140 days; that day is in time."),
        _date("assess_decision_date", "Day of the decision whether to assess.", "not decided by the data date"),
        _date("no_plan_date", "Day it was said that no plan will be issued, or of withdrawal.", "no such decision"),
        _date("final_plan_date", "Day the final plan was issued.", "not issued by the data date"),
        _days("assess_days", "Days from the request to that decision.", "not decided by the data date"),
        _days("plan_days", "Days from the request to the final plan.", "not issued by the data date"),
        _days("followed_days", "Days from the request to its end, or to the data date.", None),
        _days("assess_late_days", "Days beyond 6 weeks, so far while open.", "not decided, and not due yet"),
        _days("plan_late_days", "Days beyond 20 weeks, so far while open.", "ended without a plan, or not due yet"),
        _code("standing", "Where the request stands on the data date.", REQUEST_STANDINGS),
        _code("next_step", "What is due next.", ("ASSESS_DECISION", "FINAL_PLAN"), "nothing: it has ended"),
        _date("next_due_date", "Day by which the next step is due.", "nothing is due"),
        _OWED_BY,
    ),
    checks=tuple(NotBefore(f"{name}_date", "request_date") for name in ("assess_decision", "final_plan", "no_plan")),
)

_REVIEW = (
    Column("review_number", Kind.INTEGER, "The plan's reviews in order, from 1.", checks=(Between(1, 99),)),
    _date("review_due_date", "Day by which the school's tracker has it due.", "the tracker lacks the review"),
    _date("due_date", "Last day in law: 12 months, or 6 for a child under five on that day."),
    _code("due_rule", "What that day runs from.", DUE_RULES),
    Column("is_in_tracker", Kind.BOOLEAN, "The tracker has the review; if not, it follows from the one before."),
    Column("is_held", Kind.BOOLEAN, "The meeting was held by the data date."),
    Column("is_live", Kind.BOOLEAN, "The plan is active, the pupil on roll, and no later review has been held."),
    _date("meeting_date", "Day of the meeting, held or fixed.", "no day fixed"),
    _date("papers_sent_date", "Day the papers went out.", "not recorded"),
    _date("report_due_date", "Last day for the school's report: 2 weeks after the meeting.", "not held"),
    _date("report_sent_date", "Day the report went to the authority.", "not sent by the data date"),
    _date("decision_due_date", "Last day for the authority's decision: 4 weeks after the meeting.", "not held"),
    _date("decision_date", "Day of the authority's decision.", "not decided by the data date"),
    _code("review_decision", "What the authority decided.", v.REVIEW_DECISIONS, "not decided, or not recorded"),
    _date(
        "amended_due_date",
        "Last day for the amended plan: 8 weeks after the decision, and 12 after the meeting.",
        "not to be amended, or not decided",
    ),
    _date("amended_plan_date", "Day the amended plan was issued.", "not issued by the data date"),
    _days("meeting_late_days", "School: days the meeting was late, so far while not held.", "not due, or held early"),
    _days("papers_late_days", "School: days late of the papers, two weeks before.", "not held, or not recorded"),
    _days("report_late_days", "School: days late of the report, so far while not sent.", "not due, or not known"),
    _days("decision_late_days", "Authority: days late of the decision, so far.", "not due, or not known"),
    _days("amended_late_days", "Authority: days late of the amended plan, so far.", "not due, or not known"),
    Column("is_from_year_9", Kind.BOOLEAN, "In year 9 or above: the review must cover preparation for adulthood."),
    Column("is_adulthood_covered", Kind.BOOLEAN, "It covered preparation for adulthood.", null="not recorded"),
)  # fmt: skip

MODEL_EHC_CLOCK__REVIEWS = Table(
    name="model_ehc_clock__reviews",
    grain="One row per plan and review, held or still to be held; also the next one that the tracker lacks.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "review_number"),
    columns=(
        v.PLAN_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        *_REVIEW,
        _code("data_rule", "What the school should check.", DATA_RULES, "nothing"),
    ),
)

_TRANSFER = (
    v.NC_YEAR.but(null=None),
    _code("transfer_stage", "From which phase.", TRANSFER_STAGES),
    Column("is_move_certain", Kind.BOOLEAN, "The school has no later year; elsewhere the pupil may stay."),
    _date("transfer_due_date", "Last day on which the amended plan is in time."),
    _date("review_by_date", "Twelve weeks before: a later review leaves the authority less than the law gives it."),
    _date("meeting_date", "Day of the latest review within a year before that day.", "none held"),
    _date("decision_date", "Day of the authority's decision.", "not decided by the data date"),
    _date("amended_plan_date", "Day the amended plan was issued.", "not issued by the data date"),
    _code("transfer_standing", "What is to come: review, decision or plan; or done, or the plan ends.",
          TRANSFER_STANDINGS),
    _days("transfer_late_days", "Days beyond the last day, so far while not done.", "not due yet"),
    _OWED_BY,
)  # fmt: skip

MODEL_EHC_CLOCK__TRANSFERS = Table(
    name="model_ehc_clock__transfers",
    grain="One row per active plan of a pupil who changes phase at the end of this academic year.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key",),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *_TRANSFER),
)

MODEL_EHC_CLOCK__PLANS = Table(
    name="model_ehc_clock__plans",
    grain="One row per plan begun by the data date, with whether it counts as active; a pupil who died is left out.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key",),
    columns=(
        v.PLAN_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _date("plan_start_date", "Day the plan was first issued."),
        _date("cease_date", "Day the plan ended.", "not ended by the data date"),
        _date("entry_date", "First day of the pupil's present or last time in this school.", "never on its roll"),
        _date("leaving_date", "Last day of it.", "still on roll"),
        Column("is_active", Kind.BOOLEAN, "In force on the data date, the pupil on roll, and the pupil's only one."),
        Column("is_doubled", Kind.BOOLEAN, "The pupil has another plan in force in the same school's tracker."),
    ),
)

_NAMES = (v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR)

MART_EHC_CLOCK__DUE = Table(
    name="mart_ehc_clock__due",
    grain="One row per step that is due of a pupil on roll, by whom and when: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("item_key",),
    columns=(
        Column("item_key", Kind.TEXT, "The step: the same from night to night, whatever its day."),
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        *_NAMES,
        v.PLAN_REFERENCE.but(null="a request: no plan yet", headers=()),
        _date("request_date", "Day the authority received the request.", "not a request"),
        _code("kind", "What it belongs to.", KINDS),
        _code("step", "What is due.", STEPS),
        _OWED_BY.but(null=None),
        _date("due_date", "Last day in time.", "nothing is late: something to check"),
        Column("left_days", Kind.INTEGER, "Days left; below 0, days late.", unit=Unit.DAYS, null="something to check"),
        _IS_EXCEPTION,
        Column("is_from_year_9", Kind.BOOLEAN, "The review must cover preparation for adulthood."),
        _code("data_rule", "What to check.", DATA_RULES, "nothing"),
    ),
)

MART_EHC_CLOCK__REVIEW = Table(
    name="mart_ehc_clock__review",
    grain="One row per review due or held in the last 12 months, of pupils on roll: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "review_number"),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *_NAMES, *_REVIEW),
)

MART_EHC_CLOCK__TRANSFER = Table(
    name="mart_ehc_clock__transfer",
    grain="One row per active plan of a pupil who changes phase at the end of this academic year: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key",),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *_NAMES[:2], *_TRANSFER),
)

TABLES = (
    MODEL_EHC_CLOCK__PLANS,
    MODEL_EHC_CLOCK__REQUESTS,
    MODEL_EHC_CLOCK__REVIEWS,
    MODEL_EHC_CLOCK__TRANSFERS,
    MART_EHC_CLOCK__DUE,
    MART_EHC_CLOCK__REVIEW,
    MART_EHC_CLOCK__TRANSFER,
)
