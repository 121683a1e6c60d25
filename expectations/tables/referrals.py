"""Referrals to outside agencies: from a concern to seen, report and provision; whose step it is; how long pupils wait.

The agencies themselves and their prices stand in the trust's registers (``registers.py``).
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf
from expectations.contract import (
    Amount,
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
    Worded,
)
from expectations.tables.registers import AGENCY, PRICE_UNIT, SERVED_NEED, SERVICE, UNIT_PRICE

DECISIONS = ("ACCEPTED", "DECLINED")
DECLINED_REASONS = ("DECLINED_CRITERIA", "DECLINED_INFORMATION", "DECLINED_CAPACITY")
CLOSED_REASONS = ("COMPLETED", *DECLINED_REASONS, "WITHDRAWN", "MOVED", "DECEASED")
STAGES = ("ANSWER", "SEEN", "REPORT", "PROVISION", "PROVIDED", "CLOSED")
"""The step that comes next; PROVIDED and CLOSED: none. All but PROVISION are the agency's step."""
OWNERS = ("AGENCY", "SCHOOL")
STANDINGS = ("MEDIAN", "NOT_REACHED", "FEW")
"""Whether there is a median: yes; not yet, for fewer than half have got there; no, for there are fewer than ten."""


def _date(name: str, meaning: str, null: str | None, *headers: str) -> Column:
    on_bad = OnBad.QUARANTINE if null is None else OnBad.FLAG
    return v.START_DATE.but(name=name, meaning=meaning, null=null, headers=headers, on_bad=on_bad)


_CONCERN = _date("concern_date", "Day of the first concern.", "not recorded", "Concern Raised", "Concern Date")
_REFERRED = _date("referral_date", "Day the referral was sent.", None, "Referred", "Referral Date", "Date Sent")
_SEEN = _date("seen_date", "Day the pupil was first seen.", "not seen yet", "Seen", "First Seen", "Date Seen")
_REPORT = _date("report_date", "Day the report came.", "no report yet", "Report", "Report Received", "Report Date")
_PROVIDED = _date(
    "provision_start_date", "First day of what the report asked for.", "not begun", "Provision Began", "Support Started"
)  # fmt: skip
_CLOSED = _date("closed_date", "Day the referral was closed.", "open", "Closed", "Closed On", "Date Closed")
_DECISION = Column(
    "referral_decision",
    Kind.TEXT,
    "What the agency answered.",
    null="no answer yet, or not recorded",
    checks=(OneOf(DECISIONS),),
    on_bad=OnBad.FLAG,
    headers=("Accepted or Declined", "Outcome of Referral", "Decision"),
)
_CLOSED_REASON = Column(
    "referral_closed_reason",
    Kind.TEXT,
    "Why it was closed; DECLINED_ and the agency's reason where it was declined.",
    null="open, or not recorded",
    checks=(OneOf(CLOSED_REASONS),),
    on_bad=OnBad.FLAG,
    headers=("Reason Closed", "Closed Because", "Reason"),
)
_STEPS = (_CONCERN, _REFERRED, _DECISION, _SEEN, _REPORT, _PROVIDED, _CLOSED, _CLOSED_REASON)
_IN_ORDER = (
    NotBefore("referral_date", "concern_date"),
    *(NotBefore(f"{name}_date", "referral_date") for name in ("seen", "report", "provision_start", "closed")),
    NotBefore("report_date", "seen_date"),
    NotBefore("provision_start_date", "seen_date"),
)

RAW_REFERRALS__REFERRALS = Table(
    name="raw_referrals__referrals",
    grain="One row per pupil, service of an agency and day of referral in the school's list.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "referrals",
        "referrals",
        "Referrals to agencies",
        ("agency", "service", "referral_date"),
        natural_key=("pupil_key", "school_urn", "agency", "service", "referral_date"),
        parent="raw_registers__agencies",
        parent_key=("agency", "service"),
        sheet="Referrals",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, AGENCY, SERVICE, *_STEPS),
    checks=_IN_ORDER,
)

_KEY = ("pupil_key", "school_urn", "agency", "service", "referral_date")

CORE_REFERRALS = Table(
    name="core_referrals",
    grain="One row per pupil, school, service and day of referral; pupils who have died are left out.",
    sensitivity=Sensitivity.PUPIL,
    key=_KEY,
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, AGENCY, SERVICE, *_STEPS),
    checks=_IN_ORDER,
)


def _days(name: str, meaning: str, null: str | None) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.DAYS, null=null, checks=(Between(0, None),))


_STANDING = (
    Column("referral_stage", Kind.TEXT, "The step that comes next.", checks=(OneOf(STAGES),)),
    Column("step_owner", Kind.TEXT, "Whose step it is.", null="no step is to come", checks=(OneOf(OWNERS),)),
    _days("stage_days", "Days since the step before.", "no step is to come"),
    _days("chase_days", "Of these, days beyond the trust's own limit for the step.", "no step is to come"),
    _days("open_days", "Days since the referral.", "no step is to come"),
    Column("is_declined", Kind.BOOLEAN, "The agency declined it."),
    Column(
        "date_fault",
        Kind.TEXT,
        "SEEN_MISSING: there is a report, and no day on which the pupil was seen.",
        null="none",
        checks=(OneOf(("SEEN_MISSING",)),),
    ),
)

MODEL_REFERRALS__STEPS = Table(
    name="model_referrals__steps",
    grain="One row per referral made by the data date: its one stage, and the wait for each step, open ones to date.",
    sensitivity=Sensitivity.PUPIL,
    key=_KEY,
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        AGENCY,
        SERVICE,
        *_STEPS,
        *_STANDING,
        _days("concern_wait_days", "Concern to referral: the school's own wait.", "the concern is not dated"),
        _days("seen_wait_days", "Referral to seen, or to the end of the watch.", "declined, or seen on no known day"),
        Column("is_seen", Kind.BOOLEAN, "Seen by the data date, on a known day."),
        _days("report_wait_days", "Seen to report, or to the end of the watch.", "declined, or not seen"),
        Column("is_reported", Kind.BOOLEAN, "A report has come by the data date."),
        _days("provision_wait_days", "Report to provision, or to the end of the watch.", "declined, or no report"),
        Column("is_provided", Kind.BOOLEAN, "What the report asked for has begun by the data date."),
        _days("whole_wait_days", "Referral to provision, or to the end of the watch.", "declined"),
    ),
    checks=_IN_ORDER,
)

_HIDDEN = "hidden: small group"
_COUNTED: dict[str, Any] = {"null": _HIDDEN, "checks": (Between(0, None),)}
WAITS = {
    "concern": "from concern to referral",
    "seen": "from referral to seen",
    "report": "from seen to report",
    "provision": "from report to provision",
    "whole": "from referral to provision",
}


def _pupils(name: str, meaning: str, of: str | None = None) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.PUPILS, release=Count(of=of), **_COUNTED)


def _weeks(name: str, meaning: str, base: str) -> Column:
    role = Rate("waited_count", is_of_people=False, base=base, decimals=0)
    null = "fewer than ten waits, not reached by half of them, or hidden"
    return Column(name, Kind.NUMBER, meaning, unit=Unit.WEEKS, null=null, checks=(Between(0, None),), release=role)


_WAITING = (
    _pupils("waited_count", "Pupils referred in the last two years and not declined, or whose referral is still open."),
    _pupils("open_pupils_count", "Of these, pupils with an open referral now.", "waited_count"),
    *(
        _weeks(f"{wait}_median_weeks", f"Median wait {said}, open cases counted.", f"{wait}_cases_count")
        for wait, said in WAITS.items()
    ),
    _weeks("seen_lower_weeks", "Lower end of the likely range of the median wait to be seen.", "seen_cases_count"),
    _weeks("seen_upper_weeks", "Upper end of it.", "seen_cases_count"),
    _weeks("latest_seen_median_weeks", "Median wait to be seen, referrals of the last year.", "latest_cases_count"),
    _weeks("before_seen_median_weeks", "Median wait to be seen, referrals of the year before.", "before_cases_count"),
    Column(
        "seen_standing",
        Kind.TEXT,
        "Whether there is a median wait to be seen: MEDIAN, NOT_REACHED by half, or FEW cases.",
        null=_HIDDEN,
        checks=(OneOf(STANDINGS),),
        release=Worded(of=("waited_count",)),
    ),
)
_TRUST_ONLY = "a school: published of the trust only; or hidden"
_OF_THE_TRUST = tuple(
    column.but(null=_TRUST_ONLY)
    for column in (
        _pupils("agency_step_count", "Pupils with an open referral who wait for an agency.", "open_pupils_count"),
        _pupils(
            "school_step_count", "Pupils with an open referral who wait for their school only.", "open_pupils_count"
        ),
        _pupils("declined_pupils_count", "Pupils with a referral of the last two years that was declined."),
    )
)
_CASES = tuple(
    Column(
        f"{wait}_cases_count",
        Kind.INTEGER,
        f"Pupils whose waits {said} the median rests on.",
        checks=(Between(0, None),),
    )
    for wait, said in {**WAITS, "latest": "of the last year", "before": "of the year before"}.items()
)
_DATED = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
_SPENT = Column(
    "agency_spend_pence",
    Kind.MONEY,
    "Invoices of the year to the data date.",
    unit=Unit.PENCE,
    null="hidden: few pupils, or most of it for one or two",
    release=Amount("waited_count", "spend_largest_pence", "spend_second_pence"),
)
_SPENT_ON_AGENCY = _SPENT.but(
    meaning="Invoices of the agency, all its services, in the year to the data date: in the row of its first "
    "service by name.",
    null="stands in another row of the agency; or hidden: few pupils, or most of it for one or two",
)
_LARGEST = tuple(
    Column(f"spend_{which}_pence", Kind.MONEY, f"The {which} contribution to it.", unit=Unit.PENCE)
    for which in ("largest", "second")
)

MODEL_REFERRALS__SERVICE = Table(
    name="model_referrals__service",
    grain="One row per service of an agency over the whole trust: referrals, waits, open cases. True figures.",
    sensitivity=Sensitivity.INTERNAL,
    key=("service_label",),
    columns=(
        Column("service_label", Kind.TEXT, "Agency and service."), AGENCY, SERVICE, SERVED_NEED, PRICE_UNIT,
        *(UNIT_PRICE.but(name=f"{which}_unit_price_pence", null="no price now") for which in ("lowest", "highest")),
        Column("has_trust_contract", Kind.BOOLEAN, "A contract of the whole trust holds."),
        *(column.but(release=None) for column in (*_WAITING, _SPENT_ON_AGENCY)), *_CASES,
        *(column.but(null="stands in another row of the agency") for column in _LARGEST),
    ),
)  # fmt: skip

MODEL_REFERRALS__SCHOOL = Table(
    name="model_referrals__school",
    grain="One row per school, and one for the trust: all agencies together. True figures.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn",),
    columns=tuple(
        column.but(release=None) for column in (v.SCHOOL_URN, *_WAITING, *_OF_THE_TRUST, *_CASES, _SPENT, *_LARGEST)
    ),
)

MART_REFERRALS__SERVICE = Table(
    name="mart_referrals__service",
    grain="One row per service of an agency over the whole trust: referrals, waits, open cases, prices.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("service_label",),
    columns=(
        Column("service_label", Kind.TEXT, "Agency and service.", release=Label()),
        *(column.but(release=Label()) for column in (AGENCY, SERVICE, SERVED_NEED, PRICE_UNIT)),
        *(
            UNIT_PRICE.but(
                name=f"{which}_unit_price_pence", meaning=f"{said} price of one unit.", null="no price now",
                release=Label(),
            )
            for which, said in (("lowest", "Lowest"), ("highest", "Highest"))
        ),
        Column("has_trust_contract", Kind.BOOLEAN, "A contract of the whole trust holds.", release=Label()),
        _DATED,
        *_WAITING,
        _SPENT_ON_AGENCY,
        v.HIDDEN_COLUMNS,
    ),
    totalled_over=("service_label",),
)  # fmt: skip

MART_REFERRALS__SCHOOL = Table(
    name="mart_referrals__school",
    grain="One row per school, and one for the trust: referrals to all agencies together, waits, open cases, spend.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(v.SCHOOL_URN, _DATED, *_WAITING, *_OF_THE_TRUST, _SPENT, v.HIDDEN_COLUMNS),
    partitions=(Partition("open_pupils_count", ("agency_step_count", "school_step_count")),),
)

MART_REFERRALS__OPEN = Table(
    name="mart_referrals__open",
    grain="One row per referral of a pupil on roll that is open, or was provided, declined or closed in the last "
    "90 days: the SENCO's list, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=_KEY,
    columns=(
        v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR, AGENCY, SERVICE,
        *_STEPS, *_STANDING,
    ),
)  # fmt: skip

TABLES = (
    RAW_REFERRALS__REFERRALS,
    CORE_REFERRALS,
    MODEL_REFERRALS__STEPS,
    MODEL_REFERRALS__SERVICE,
    MODEL_REFERRALS__SCHOOL,
    MART_REFERRALS__SERVICE,
    MART_REFERRALS__SCHOOL,
    MART_REFERRALS__OPEN,
)
