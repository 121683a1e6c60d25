"""EHC plans: the tracker workbook (plans, provision, outcomes, reviews, requests) and its core tables."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf, PenceBetween
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit


def _date(name: str, meaning: str, null: str | None, *headers: str) -> Column:
    on_bad = OnBad.QUARANTINE if null is None else OnBad.FLAG
    return v.START_DATE.but(name=name, meaning=meaning, null=null, headers=headers, on_bad=on_bad)


def _whole(name: str, meaning: str, unit: Unit, high: int, null: str | None, *headers: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=unit, null=null, checks=(Between(0, high),), headers=headers)


_CEASE = _date("cease_date", "Day the plan ended.", "the plan is active", "Cease Date", "Plan Ended")
_CEASE_REASON = Column(
    "cease_reason_code",
    Kind.INTEGER,
    "SEN2 cease reason 1 to 9.",
    null="the plan is active, or no reason recorded",
    checks=(Between(1, 9),),
    on_bad=OnBad.FLAG,
    headers=("Cease Reason",),
)
_BAND = Column(
    "funding_band",
    Kind.TEXT,
    "The authority's funding band, as the trust's settings name it.",
    null="no band recorded",
    headers=("Funding Band", "Band"),
)
_PLAN_START = _date(
    "plan_start_date", "Day the plan was first issued.", None, "Plan Start Date", "Date Issued", "Plan Issued"
)

RAW_EHC_TRACKER__PLANS = Table(
    name="raw_ehc_tracker__plans",
    grain="One row per EHC plan in the school's tracker.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "ehc_tracker",
        "plans",
        "EHC plan tracker: plans",
        ("plan_reference", "plan_start_date", "funding_band"),
        natural_key=("school_urn", "plan_reference"),
        sheet="Plans",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.PLAN_REFERENCE, *v.PUPIL_COLUMNS, _PLAN_START, _CEASE, _CEASE_REASON, v.SEN_TYPE, _BAND),
    checks=(NotBefore("cease_date", "plan_start_date"),),
)

_LINE_NUMBER = Column(
    "line_number",
    Kind.INTEGER,
    "Line of section F within the plan.",
    checks=(Between(1, 200),),
    headers=("Line", "Section F Line"),
)
_PROVISION_TYPE = Column(
    "provision_type", Kind.TEXT, "What kind of provision the line promises.", headers=("Provision Type", "Provision")
)
_HOURS_PER_WEEK = Column(
    "hours_per_week",
    Kind.NUMBER,
    "Hours a week that the line promises.",
    unit=Unit.HOURS,
    checks=(Between(0, 40),),
    headers=("Hours per Week", "Hours/Week"),
)
_WEEKS = Column(
    "weeks_per_year",
    Kind.NUMBER,
    "Weeks a year.",
    unit=Unit.WEEKS,
    checks=(Between(0, 52),),
    headers=("Weeks per Year", "Weeks"),
)
_FIXED = Column(
    "fixed_pence",
    Kind.MONEY,
    "Fixed yearly cost: equipment, licences, visits.",
    unit=Unit.PENCE,
    null="none",
    checks=(PenceBetween(0, 20_000_000),),
    headers=("Fixed Cost", "Other Cost (£)"),
)
_PLANNED = _whole(
    "planned_sessions_count",
    "Sessions planned in the academic year.",
    Unit.SESSIONS,
    1000,
    None,
    "Sessions Planned",
    "Planned Sessions",
)
_DELIVERED = _whole(
    "delivered_sessions_count",
    "Sessions delivered in the academic year to date.",
    Unit.SESSIONS,
    1000,
    "not recorded",
    "Sessions Delivered",
    "Delivered to Date",
)

_PROVISION_COLUMNS = (
    _LINE_NUMBER,
    v.ACADEMIC_YEAR,
    _PROVISION_TYPE,
    v.STAFF_GRADE,
    _HOURS_PER_WEEK,
    _WEEKS,
    v.GROUP_SIZE,
    _FIXED,
    _PLANNED,
    _DELIVERED,
)

RAW_EHC_TRACKER__PROVISION = Table(
    name="raw_ehc_tracker__provision",
    grain="One row per plan, section F line and academic year.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "ehc_tracker",
        "provision",
        "EHC plan tracker: provision (section F)",
        ("plan_reference", "line_number", "hours_per_week", "group_size_count"),
        natural_key=("school_urn", "plan_reference", "line_number", "academic_year"),
        parent="raw_ehc_tracker__plans",
        parent_key=("school_urn", "plan_reference"),
        sheet="Provision",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.PLAN_REFERENCE, *_PROVISION_COLUMNS),
)

_OUTCOME_NUMBER = Column(
    "outcome_number",
    Kind.INTEGER,
    "Outcome of section E within the plan.",
    checks=(Between(1, 60),),
    headers=("Outcome", "Outcome No"),
)
_OUTCOME_AREA = v.AREA_OF_NEED.but(headers=("Outcome Area", "Area of Need", "Area"))
_DUE = _date("due_date", "Day by which the outcome is to be met.", None, "Due Date", "Review By", "Target Date")
_STATUS = Column(
    "status",
    Kind.TEXT,
    "Where the outcome stands; 'No evidence' is never hidden in 'On track'.",
    checks=(OneOf(v.OUTCOME_STATUSES),),
    headers=("Status", "Progress"),
)
_EVIDENCE = _date(
    "evidence_date", "Day of the latest evidence.", "no evidence recorded", "Evidence Date", "Last Evidence"
)
_SET = _date("set_date", "Day the outcome was set.", "not recorded", "Outcome Set", "Set Date", "Date Set")
_PREPARATION = Column(
    "preparation_area",
    Kind.TEXT,
    "Area of preparation for adulthood that the outcome serves, from year 9 on.",
    null="not stated, or below year 9",
    checks=(OneOf(v.PREPARATION_AREAS),),
    on_bad=OnBad.FLAG,
    headers=("Preparation for Adulthood", "PfA Area", "PfA"),
)
_AT_LAST_REVIEW = _STATUS.but(
    name="last_review_status",
    meaning="Where the outcome stood at the last review meeting held.",
    null="not recorded, or no review held",
    on_bad=OnBad.FLAG,
    headers=("Status at Last Review", "Last Review Status"),
)
_AT_EARLIER_REVIEW = _AT_LAST_REVIEW.but(
    name="earlier_review_status",
    meaning="Where the outcome stood at the review meeting before the last.",
    headers=("Status at Review Before", "Earlier Review Status"),
)
_OUTCOME_COLUMNS = (
    _OUTCOME_NUMBER, _OUTCOME_AREA, _DUE, _STATUS, _EVIDENCE, _SET, _PREPARATION, _AT_LAST_REVIEW, _AT_EARLIER_REVIEW,
)  # fmt: skip
"""The last four may be missing: trackers older than them are taken as they are."""

RAW_EHC_TRACKER__OUTCOMES = Table(
    name="raw_ehc_tracker__outcomes",
    grain="One row per plan and outcome.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "ehc_tracker",
        "outcomes",
        "EHC plan tracker: outcomes",
        ("plan_reference", "outcome_number", "status"),
        natural_key=("school_urn", "plan_reference", "outcome_number"),
        parent="raw_ehc_tracker__plans",
        parent_key=("school_urn", "plan_reference"),
        sheet="Outcomes",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.PLAN_REFERENCE, *_OUTCOME_COLUMNS),
)

_REVIEW_COLUMNS = (
    _date("review_due_date", "Day by which the annual review is due.", None, "Review Due", "Due"),
    _date("meeting_date", "Day of the review meeting.", "not held yet", "Meeting Date", "Review Meeting"),
    _date("papers_sent_date", "Day the papers went out.", "not sent yet", "Papers Sent"),
    _date(
        "report_sent_date",
        "Day the school's report went to the authority.",
        "not sent yet",
        "Report to LA",
        "Report Sent",
    ),
    _date("decision_date", "Day of the authority's decision.", "not decided yet", "LA Decision Date", "LA Decision"),
    _date(
        "amended_plan_date", "Day the amended plan was issued.", "not amended", "Amended Plan", "Amended Plan Issued"
    ),
    Column(
        "review_decision",
        Kind.TEXT,
        "What the authority decided after the meeting.",
        null="not decided yet, or not recorded",
        checks=(OneOf(v.REVIEW_DECISIONS),),
        on_bad=OnBad.FLAG,
        headers=("Decision", "Outcome of Review", "Review Outcome"),
    ),
    Column(
        "is_adulthood_covered",
        Kind.BOOLEAN,
        "The review covered preparation for adulthood, as it must from year 9 on.",
        null="not recorded",
        on_bad=OnBad.FLAG,
        headers=("Preparation for Adulthood Covered", "PfA Covered", "Preparing for Adulthood"),
    ),
)
_REVIEW_ORDER = (
    NotBefore("decision_date", "meeting_date"),
    NotBefore("report_sent_date", "meeting_date"),
    NotBefore("amended_plan_date", "meeting_date"),
    NotBefore("amended_plan_date", "decision_date"),
)

RAW_EHC_TRACKER__REVIEWS = Table(
    name="raw_ehc_tracker__reviews",
    grain="One row per plan and annual review.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "ehc_tracker",
        "reviews",
        "EHC plan tracker: annual reviews",
        ("plan_reference", "review_due_date", "meeting_date"),
        natural_key=("school_urn", "plan_reference", "review_due_date"),
        parent="raw_ehc_tracker__plans",
        parent_key=("school_urn", "plan_reference"),
        sheet="Reviews",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.PLAN_REFERENCE, *_REVIEW_COLUMNS),
    checks=_REVIEW_ORDER,
)

_REQUEST_DATE = _date("request_date", "Day the authority received the request.", None, "Request Date", "Requested")
_REQUEST_COLUMNS = (
    _REQUEST_DATE,
    _date(
        "assess_decision_date",
        "Day of the decision whether to assess.",
        "not decided yet",
        "Decision to Assess Date",
        "6 Week Decision",
    ),
    Column(
        "is_assessment_agreed",
        Kind.BOOLEAN,
        "The authority agreed to assess.",
        null="not decided yet",
        on_bad=OnBad.FLAG,
        headers=("Assessment Agreed", "Agreed"),
    ),
    _date(
        "final_plan_date",
        "Day the final plan was issued.",
        "not issued yet, or no plan",
        "Final Plan Date",
        "Plan Issued",
    ),
    _date(
        "no_plan_date",
        "Day the authority said that no plan will be issued after the assessment, or the request was withdrawn.",
        "no such decision",
        "No Plan Decision Date",
        "Decision Not to Issue",
        "Withdrawn",
    ),
    Column(
        "is_exception",
        Kind.BOOLEAN,
        "A lawful exception to the 20 weeks applies.",
        null="not recorded",
        on_bad=OnBad.FLAG,
        headers=("20 Week Exception", "Exception"),
    ),
)

RAW_EHC_TRACKER__REQUESTS = Table(
    name="raw_ehc_tracker__requests",
    grain="One row per request for an EHC needs assessment.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "ehc_tracker",
        "requests",
        "EHC plan tracker: requests",
        ("request_date", "assess_decision_date", "surname"),
        natural_key=("pupil_key", "request_date"),
        sheet="Requests",
        templated=True,
    ),
    columns=(*v.PROVENANCE, *v.PUPIL_COLUMNS, *_REQUEST_COLUMNS),
    checks=tuple(
        NotBefore(name, "request_date") for name in ("assess_decision_date", "final_plan_date", "no_plan_date")
    ),
)

CORE_EHC_PLANS = Table(
    name="core_ehc_plans",
    grain="One row per EHC plan in one school.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key",),
    columns=(v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, _PLAN_START, _CEASE, _CEASE_REASON, v.SEN_TYPE, _BAND),
    checks=(NotBefore("cease_date", "plan_start_date"),),
)
CORE_EHC_PROVISION = Table(
    name="core_ehc_provision",
    grain="One row per plan, section F line and academic year.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "line_number", "academic_year"),
    columns=(v.PLAN_KEY, v.SCHOOL_URN, *_PROVISION_COLUMNS),
)
CORE_EHC_OUTCOMES = Table(
    name="core_ehc_outcomes",
    grain="One row per plan and outcome.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "outcome_number"),
    columns=(v.PLAN_KEY, v.SCHOOL_URN, *_OUTCOME_COLUMNS),
)
CORE_EHC_REVIEWS = Table(
    name="core_ehc_reviews",
    grain="One row per plan and annual review.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "review_due_date"),
    columns=(v.PLAN_KEY, v.SCHOOL_URN, *_REVIEW_COLUMNS),
)
CORE_EHC_REQUESTS = Table(
    name="core_ehc_requests",
    grain="One row per request for an EHC needs assessment.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "request_date"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, *_REQUEST_COLUMNS),
)

TABLES = (
    RAW_EHC_TRACKER__PLANS,
    RAW_EHC_TRACKER__PROVISION,
    RAW_EHC_TRACKER__OUTCOMES,
    RAW_EHC_TRACKER__REVIEWS,
    RAW_EHC_TRACKER__REQUESTS,
    CORE_EHC_PLANS,
    CORE_EHC_PROVISION,
    CORE_EHC_OUTCOMES,
    CORE_EHC_REVIEWS,
    CORE_EHC_REQUESTS,
)
