"""Where register, census and Insight differ: the checks of a night, the conflicts with their age, what people see."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf
from expectations.contract import Column, Count, Kind, Label, Sensitivity, Table, Unit, Worded

MATCH_FIELDS = ("PROVISION", "NEED", "ROLL", "YEAR", "SEX", "FSM", "STATUS_DATE")
OWNERS = ("SENCO", "OFFICE", "INSIGHT_LEAD")
"""Who mends: the SENCO (register), the school office (MIS, and so the next census), the lead for Insight."""
CLOSED_HOW = ("AGREED", "LEFT", "MENDED")
"""A later census or Insight agrees; the pupil has left; the source has been put right since the last night."""
CONFLICT_AGES = ("NONE", "SOME", "MOST")
"""How many pupils with a conflict have an old one: nobody, fewer than half, half or more."""
WORKLIST_RULES = (*MATCH_FIELDS, "NO_NEED", "NSA_WITH_PLAN", "NSA_LONG", "OLD_CODE", "NO_UPN", "TOP_UP")

_FIELD = Column("match_field", Kind.TEXT, "What they differ in.", checks=(OneOf(MATCH_FIELDS),))
_SAID = tuple(
    Column(f"{source}_said", Kind.TEXT, f"What {words} says: a code, YES or NO, or a date.", null="it says nothing")
    for source, words in (
        ("register", "the register"), ("census", "the newest census"), ("insight", "Insight"),
        ("tracker", "the EHC plan tracker"),
    )
)  # fmt: skip
_OPENED = Column("opened_date", Kind.DATE, "First day on which the data show it.")
_CLOSED = Column("closed_date", Kind.DATE, "Day of the data that ended it.", null="still open")
_HOW = Column("closed_how", Kind.TEXT, "How it ended.", null="still open", checks=(OneOf(CLOSED_HOW),))
_OWNER = Column("owner", Kind.TEXT, "Who mends it.", checks=(OneOf(OWNERS),))
_OPEN_DAYS = Column(
    "open_days", Kind.INTEGER, "Days it has been open on the data date.", unit=Unit.DAYS, null="closed",
    checks=(Between(0, None),),
)  # fmt: skip
_EPISODE = ("school_urn", "pupil_key", "match_field", "opened_date")

MODEL_MATCH__CHECKS = Table(
    name="model_match__checks",
    grain="One row per school, pupil, field and day on which two sources can be held side by side.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key", "match_field", "check_date", "check_place"),
    columns=(
        v.SCHOOL_URN, v.PUPIL_KEY, _FIELD,
        Column("check_date", Kind.DATE, "Census day, or the day of the newest file that is compared."),
        Column("check_place", Kind.INTEGER, "Order of checks on one day: census 1, newest files 2."),
        Column("since_date", Kind.DATE, "Day since which it holds.", null="no earlier than the check"),
        *_SAID,
        Column("is_agreed", Kind.BOOLEAN, "They say the same."),
        _OWNER,
    ),
)  # fmt: skip

MODEL_MATCH__FOUND = Table(
    name="model_match__found",
    grain="One row per school, pupil, field and run of checks that disagree, as tonight's data tell it.",
    sensitivity=Sensitivity.PUPIL,
    key=_EPISODE,
    columns=(v.SCHOOL_URN, v.PUPIL_KEY, _FIELD, _OPENED, _CLOSED, _HOW, _OWNER, *_SAID),
    checks=(NotBefore("closed_date", "opened_date"),),
)

MODEL_MATCH__DELIVERED = Table(
    name="model_match__delivered",
    grain="One row per pupil and school: codes as the newest lists hold them, for what a census would query.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key"),
    columns=(
        v.SCHOOL_URN, v.PUPIL_KEY,
        Column("provision_code", Kind.TEXT, "SEN provision as sent: the register's, else the newest census's.",
               null="not recorded"),
        Column("has_top_up", Kind.BOOLEAN, "The newest census says that top-up is paid.", null="not in this return"),
    ),
)  # fmt: skip

MODEL_MATCH__CONFLICTS = Table(
    name="model_match__conflicts",
    grain="One row per conflict, open or closed, with the day it was first seen; it remembers earlier nights.",
    sensitivity=Sensitivity.PUPIL,
    key=_EPISODE,
    columns=(*MODEL_MATCH__FOUND.columns, _OPEN_DAYS),
    checks=(NotBefore("closed_date", "opened_date"),),
)

_WHO = (v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None),
        v.NC_YEAR.but(null="not on roll, or not recorded"))  # fmt: skip

MART_MATCH__CONFLICT = Table(
    name="mart_match__conflict",
    grain="One row per conflict that is open or was closed in the last 12 months: the SENCO's list, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=_EPISODE,
    columns=(*_WHO, _FIELD, _OPENED, _CLOSED, _HOW, _OWNER, *_SAID, _OPEN_DAYS),
)

MART_MATCH__WORKLIST = Table(
    name="mart_match__worklist",
    grain="One row per pupil and thing that must be right before a census: the next one that collects it; staff app.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key", "worklist_rule"),
    columns=(
        *_WHO,
        Column("worklist_rule", Kind.TEXT, "What must be right.", checks=(OneOf(WORKLIST_RULES),)),
        _OWNER,
        Column("census_term", Kind.TEXT, "Census: AUT, SPR or SUM.", checks=(OneOf(v.CENSUS_TERMS),)),
        Column("census_date", Kind.DATE, "Census day by which it must be right."),
        Column("left_days", Kind.INTEGER, "Days from the data date to its day; below 0 it is overdue.",
               unit=Unit.DAYS),
    ),
)  # fmt: skip

_COUNTED: dict[str, Any] = {"unit": Unit.PUPILS, "null": "hidden: small group", "checks": (Between(0, None),)}


def _pupils(name: str, meaning: str, of: str | None = None) -> Column:
    return Column(name, Kind.INTEGER, meaning, release=Count(of=of), **_COUNTED)


MART_MATCH__SCHOOL = Table(
    name="mart_match__school",
    grain="One row per school, and one for the trust: how well register, census and Insight agree. Pupils, not cells.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column("latest_census_date", Kind.DATE, "Newest census day delivered.", null="no census yet",
               release=Label()),
        Column("next_census_date", Kind.DATE, "Next census day.", release=Label()),
        _pupils("conflicts_count", "Pupils of whom register, census and Insight say different things."),
        # In words: where most are old the few that are not would follow from two numbers.
        Column("conflicts_age", Kind.TEXT, "How many of these have one open for more than ten days.",
               null="none, or hidden: small group", checks=(OneOf(CONFLICT_AGES),),
               release=Worded(of=("conflicts_count",))),
        _pupils("opened_count", "Pupils with a conflict first seen in the last 12 months."),
        _pupils("closed_count", "Pupils with a conflict that ended in the last 12 months."),
        _pupils("no_provision_count", "Pupils on the register for whom no provision is on record now."),
        _pupils("unregistered_count", "Pupils in an intervention now who are not on the register."),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

TABLES = (
    MODEL_MATCH__CHECKS,
    MODEL_MATCH__FOUND,
    MODEL_MATCH__DELIVERED,
    MODEL_MATCH__CONFLICTS,
    MART_MATCH__CONFLICT,
    MART_MATCH__WORKLIST,
    MART_MATCH__SCHOOL,
)
