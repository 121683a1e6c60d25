"""The trust's register of its strategy: what was noted of each action of the plan, termly, up to the data date."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from seeds.trust.calendar import Calendar
from seeds.trust.rows import Row
from seeds.trust.streams import Stream

LEADS = ("SEND lead", "SENCOs", "Link trustee", "Head of school", "Central team")
PLANS = {
    "2021/22": {"DONE": 0.86, "STOPPED": 0.04, "LATE": 0.05, "BLOCKED": 0.05},
    "2022/23": {"DONE": 0.62, "ON_COURSE": 0.14, "LATE": 0.09, "BLOCKED": 0.08, "STALE": 0.04, "STOPPED": 0.03},
    "2023/24": {"DONE": 0.20, "ON_COURSE": 0.45, "LATE": 0.15, "BLOCKED": 0.10, "NOT_REPORTED": 0.10},
    "aim": {"DONE": 0.30, "ON_COURSE": 0.35, "UNDATED": 0.15, "STALE": 0.12, "NOT_REPORTED": 0.08},
}
"""By year of the plan, how often an action stands where."""
BLOCKS = ("MONEY", "STAFF", "PARTNER", "DECISION", "SYSTEM")
EVIDENCE = ("DOCUMENT", "MINUTES", "FIGURE", "VISIT", "REVIEW")
EVIDENCED = 0.8
FIRST_NOTED_DAYS = 330
"""How long before the data date an earlier status was noted; a newer one follows it and must be the one that counts."""


@dataclass(frozen=True)
class ActionNote:
    """What was noted of an action on a day. ``standing`` is where the action truly stands on the data date."""

    action: str
    priority: int
    standing: str
    status: str | None
    lead: str | None = None
    due: dt.date | None = None
    noted: dt.date | None = None
    block: str | None = None
    evidence: str | None = None
    evidence_day: dt.date | None = None


def note_actions(calendar: Calendar, seed: int) -> list[ActionNote]:
    """The newest note of every action of the plan, in its order; none is written of an action not reported."""
    stream = Stream(seed, "strategy")
    text = (resources.files("seeds") / "reference" / "strategy_plan.csv").read_text(encoding="utf-8")
    plan = csv.DictReader(text.splitlines())
    return [
        _note(row["action_id"], int(row["priority_number"]), stream.weighted(PLANS[row["plan_year"]]), calendar, stream)
        for row in plan
    ]


def _note(action: str, priority: int, standing: str, calendar: Calendar, stream: Stream) -> ActionNote:
    today = calendar.data_date
    noted = today - dt.timedelta(days=stream.whole(130, 300) if standing == "STALE" else stream.whole(3, 110))
    status = standing if standing in ("DONE", "STOPPED", "BLOCKED") else stream.one_of(("UNDER_WAY", "NOT_STARTED"))
    ahead = stream.whole(1, 300)
    past = stream.whole(1, 200)
    has_evidence = standing == "DONE" and stream.chance(EVIDENCED)
    due = {
        "UNDATED": None,
        "LATE": today - dt.timedelta(days=past),
        "BLOCKED": today - dt.timedelta(days=past) if past > 100 else today + dt.timedelta(days=ahead),
        "DONE": today - dt.timedelta(days=past),
    }.get(standing, today + dt.timedelta(days=ahead))
    block, evidence, lead = stream.one_of(BLOCKS), stream.one_of(EVIDENCE), stream.one_of(LEADS)
    if standing == "NOT_REPORTED":
        return ActionNote(action, priority, standing, None)
    return ActionNote(
        action, priority, standing, status, lead, due, noted, block if standing == "BLOCKED" else None,
        evidence if has_evidence else None, noted if has_evidence else None,
    )  # fmt: skip


def status_rows(notes: list[ActionNote], calendar: Calendar) -> list[Row]:
    """The register's sheet, newest notes first; every third action has an older one, which must not count."""
    older: list[Row] = [
        [n.action, "NOT_STARTED", n.lead, n.due, calendar.data_date - dt.timedelta(days=FIRST_NOTED_DAYS), None, None,
         None]
        for place, n in enumerate(notes)
        if n.status and place % 3 == 0
    ]  # fmt: skip
    newest: list[Row] = [
        [n.action, n.status, n.lead, n.due, n.noted, n.block, n.evidence, n.evidence_day] for n in notes if n.status
    ]
    return [*newest, *older]


def strategy_truth_rows(notes: list[ActionNote], calendar: Calendar) -> Iterator[dict[str, object]]:
    """Where each action stands on the data date, and days past its day while it is not done."""
    for note in notes:
        past = (calendar.data_date - note.due).days if note.due else 0
        is_open = note.standing in ("LATE", "BLOCKED")
        yield {
            "action_id": note.action,
            "priority_number": note.priority,
            "standing": note.standing,
            "overdue_days": past if is_open and past > 0 else "",
        }
