"""The trust's SEND strategy: the plan's actions and, from the trust's register, where each one stands.

Actions and their leads are the trust's own work: no pupil is behind any column. Leads are named by role, never by name,
and free remarks are not taken in: what stands in a way is a code.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotAbove, OneOf
from expectations.contract import Column, Kind, Label, OnBad, Sensitivity, Source, Table, Unit

STATUSES = ("NOT_STARTED", "UNDER_WAY", "BLOCKED", "DONE", "STOPPED")
BLOCKS = ("MONEY", "STAFF", "PARTNER", "DECISION", "SYSTEM", "OTHER")
"""What an action waits for: money, people's time, an organisation outside, a decision, a computer system."""
EVIDENCE_KINDS = ("DOCUMENT", "MINUTES", "FIGURE", "VISIT", "REVIEW")
STANDINGS = ("BLOCKED", "LATE", "NOT_REPORTED", "STALE", "UNDATED", "ON_COURSE", "DONE", "STOPPED")
"""Where an action stands on the data date, what needs a question first."""
STALE_DAYS = 120
"""A status older than this (about a term) says nothing of today."""

ACTION_ID = Column(
    "action_id",
    Kind.TEXT,
    "Number of the action in the plan: priority, strand, place.",
    checks=(Matches(r"[1-9]\.[0-9]{1,2}\.[0-9]{2}", "a number like 1.2.03"),),
    headers=("Action", "Action Number", "Ref"),
    release=Label(),
)
_STATUS = Column(
    "action_status",
    Kind.TEXT,
    "What was last reported of the action.",
    checks=(OneOf(STATUSES),),
    headers=("Status", "Progress"),
    release=Label(),
)
_LEAD = Column(
    "lead_role",
    Kind.TEXT,
    "Role of the person who leads it; no names.",
    null="nobody named",
    headers=("Led By (role)", "Lead"),
    release=Label(),
)
_DUE = v.END_DATE.but(
    name="due_date",
    meaning="Day by which it is to be done.",
    null="no day set",
    on_bad=OnBad.FLAG,
    headers=("Due", "Due By"),
    release=Label(),
)
_NOTED = v.START_DATE.but(
    name="noted_date",
    meaning="Day on which the status was noted.",
    headers=("Noted On", "Status Date"),
    release=Label(),
)
_BLOCK = Column(
    "blocked_by",
    Kind.TEXT,
    "What a blocked action waits for.",
    null="not blocked, or not said",
    checks=(OneOf(BLOCKS),),
    on_bad=OnBad.FLAG,
    headers=("Blocked By", "Waits For"),
    release=Label(),
)
_EVIDENCE = Column(
    "evidence_kind",
    Kind.TEXT,
    "What shows that it is done or moving.",
    null="no evidence named",
    checks=(OneOf(EVIDENCE_KINDS),),
    on_bad=OnBad.FLAG,
    headers=("Evidence",),
    release=Label(),
)
_EVIDENCE_DATE = v.END_DATE.but(
    name="evidence_date",
    meaning="Day of the evidence.",
    null="no evidence named",
    on_bad=OnBad.FLAG,
    headers=("Evidence Date",),
    release=Label(),
)
_REPORTED = (_STATUS, _LEAD, _DUE, _NOTED, _BLOCK, _EVIDENCE, _EVIDENCE_DATE)

RAW_REGISTERS__STRATEGY_STATUS = Table(
    name="raw_registers__strategy_status",
    grain="One row per action of the plan and day on which its status was noted.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "registers",
        "strategy_status",
        "Trust registers: strategy",
        ("action_id", "action_status", "noted_date"),
        natural_key=("action_id", "noted_date"),
        sheet="Strategy status",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, ACTION_ID, *_REPORTED),
)

PRIORITY = Column(
    "priority_number", Kind.INTEGER, "Priority of the plan, 1 to 5.", checks=(Between(1, 9),), release=Label()
)  # fmt: skip
PRIORITY_NAME = Column("priority_name", Kind.TEXT, "The priority's name.", release=Label())
_PLANNED = (
    PRIORITY,
    PRIORITY_NAME,
    Column("strand", Kind.TEXT, "The strand of the priority.", release=Label()),
    Column("plan_year", Kind.TEXT, "Year of the plan, or 'aim' for what holds throughout.", release=Label()),
    Column("action", Kind.TEXT, "The action in the plan's words.", release=Label()),
)

CORE_STRATEGY_PLAN = Table(
    name="core_strategy_plan",
    grain="One row per action of the trust's published plan.",
    sensitivity=Sensitivity.OPEN,
    key=("action_id",),
    columns=(ACTION_ID.but(headers=()), *_PLANNED),
)

CORE_STRATEGY_STATUS = Table(
    name="core_strategy_status",
    grain="One row per action of the plan that the register tells of: its newest status up to the data date.",
    sensitivity=Sensitivity.INTERNAL,
    key=("action_id",),
    columns=(ACTION_ID.but(headers=()), *(column.but(headers=()) for column in _REPORTED)),
)

_NEVER_REPORTED = {"action_status", "noted_date"}
_STANDING = Column(
    "standing",
    Kind.TEXT,
    "Where it stands: BLOCKED, LATE (day past), NOT_REPORTED, STALE (noted over 120 days ago), UNDATED (no day set), "
    "ON_COURSE, DONE or STOPPED.",
    checks=(OneOf(STANDINGS),),
    release=Label(),
)
_DAYS = Column(
    "overdue_days", Kind.INTEGER, "Days past its day, while it is not done.", unit=Unit.DAYS, null="not overdue",
    checks=(Between(1, None),), release=Label(),
)  # fmt: skip

_ACTION = (
    ACTION_ID.but(headers=()),
    *_PLANNED,
    *(
        column.but(headers=(), null="never reported" if column.name in _NEVER_REPORTED else column.null)
        for column in _REPORTED
    ),
    _STANDING,
    _DAYS,
)
_DATE = Column("data_date", Kind.DATE, "Date of the data.", release=Label())

MODEL_STRATEGY__ACTIONS = Table(
    name="model_strategy__actions",
    grain="One row per action of the plan: what was last reported and where it stands.",
    sensitivity=Sensitivity.INTERNAL,
    key=("action_id",),
    columns=_ACTION,
)

MART_STRATEGY__ACTION = Table(
    name="mart_strategy__action",
    grain="One row per action of the plan: what was last reported and where it stands. No pupil behind.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("action_id",),
    columns=(*_ACTION, _DATE),
)


def _actions(name: str, meaning: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, checks=(Between(0, None),), release=Label())


_PRIORITY = (
    PRIORITY.but(meaning="Priority of the plan, 1 to 5; 0 for the whole plan.", checks=(Between(0, 9),)),
    PRIORITY_NAME,
    _actions("actions_count", "Actions of the plan."),
    _actions("done_count", "Of these, done."),
    _actions("evidenced_count", "Of those done, with evidence named."),
    _actions("on_course_count", "Under way or to come, with a day ahead and a status of the last 120 days."),
    _actions("undated_count", "Neither done nor stopped, without a day by which to be done."),
    _actions("late_count", "Past their day."),
    _actions("blocked_count", "Blocked."),
    _actions("stale_count", "Last reported over 120 days ago."),
    _actions("not_reported_count", "Never reported."),
    _actions("stopped_count", "Stopped."),
)
_PARTS_IN_WHOLE = (NotAbove("done_count", "actions_count"), NotAbove("evidenced_count", "done_count"))

MODEL_STRATEGY__PRIORITIES = Table(
    name="model_strategy__priorities",
    grain="One row per priority of the plan, and one (0) for the whole plan: its actions by where they stand.",
    sensitivity=Sensitivity.INTERNAL,
    key=("priority_number",),
    columns=_PRIORITY,
    checks=_PARTS_IN_WHOLE,
)

MART_STRATEGY__PRIORITY = Table(
    name="mart_strategy__priority",
    grain="One row per priority of the plan, and one (0) for the whole plan: its actions by where they stand.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("priority_number",),
    columns=(*_PRIORITY, _DATE),
    checks=_PARTS_IN_WHOLE,
)

TABLES = (
    RAW_REGISTERS__STRATEGY_STATUS,
    CORE_STRATEGY_PLAN,
    CORE_STRATEGY_STATUS,
    MODEL_STRATEGY__ACTIONS,
    MODEL_STRATEGY__PRIORITIES,
    MART_STRATEGY__ACTION,
    MART_STRATEGY__PRIORITY,
)
