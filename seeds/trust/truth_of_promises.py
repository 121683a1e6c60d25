"""The truth about what plans promise: where each outcome stands, what changed, how far each line is behind.

Plain rules in plain Python, written without the models that must find the same.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator

from seeds.trust.calendar import Calendar
from seeds.trust.deliveries import Delivery
from seeds.trust.ehc_plans import Line
from seeds.trust.milestones import Followed, Milestone
from seeds.trust.rows import Row
from seeds.trust.sheets import Sheet
from seeds.trust.world import World

Record = dict[str, object]
Place = tuple[str, str, int]
TERM_DAYS = 98


def outcome_truth_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per outcome of a plan that is active on the data date, of a child on roll."""
    today, unreadable = world.calendar.data_date, _unreadable_evidence(deliveries)
    for one in world.followed:
        plan, urn = one.plan, one.plan.enrolment.school.urn
        if not plan.enrolment.is_on_roll(today) or plan.start > today or (plan.cease and plan.cease <= today):
            continue
        own = None if (urn, plan.reference, one.outcome.number) in unreadable else one.evidence
        evidence = max((day for day in (own, *(m.evidence for m in one.milestones)) if day), default=None)
        overdue = [m for m in one.milestones if _is_overdue(m, one, today)]
        standing, reason = _stand(one, evidence, len(overdue), today)
        change, basis = _change(one, today)
        yield {
            "school_urn": urn,
            "plan_reference": plan.reference,
            "outcome_number": one.outcome.number,
            "standing": standing,
            "standing_reason": reason,
            "is_current": (today - one.outcome.due).days <= 365 or one.outcome.status in ("On track", "Off track"),
            "milestones_count": len(one.milestones),
            "overdue_milestones_count": len(overdue),
            "before_plan_count": sum(m.target < plan.start for m in one.milestones),
            "review_change": change,
            "change_basis": basis,
        }


def _unreadable_evidence(deliveries: list[Delivery]) -> set[Place]:
    """Outcomes whose own evidence date was spoiled in place: the value is left blank."""
    found = set()
    for delivery in deliveries:
        for sheet in (s for s in delivery.sheets if s.table == "raw_ehc_tracker__outcomes"):
            for planted in sheet.planted:
                if planted.column == "evidence_date" and planted.effect == "flag":
                    found.add(_place(sheet, sheet.rows[planted.index], delivery.folder))
    return found


def _place(sheet: Sheet, row: Row, urn: str) -> Place:
    return urn, str(row[sheet.place("plan_reference")]), int(str(row[sheet.place("outcome_number")]))


def _is_overdue(milestone: Milestone, one: Followed, today: dt.date) -> bool:
    is_open = milestone.status in ("Under way", "Not started")
    return is_open and one.plan.start <= milestone.target < today


def _stand(one: Followed, evidence: dt.date | None, overdue: int, today: dt.date) -> tuple[str, str]:
    status = one.outcome.status
    if status in ("Not met", "Off track"):
        return "OFF_TRACK", "SAID"
    if status == "No evidence":
        return "NO_EVIDENCE", "SAID"
    if evidence is None:
        return "UNBACKED", "NEVER_EVIDENCED"
    if status == "Met":
        return "MET", "SAID"
    if overdue:
        return "UNBACKED", "MILESTONE_OVERDUE"
    if one.outcome.due < today:
        return "UNBACKED", "PAST_DUE"
    return ("UNBACKED", "EVIDENCE_OLD") if (today - evidence).days > TERM_DAYS else ("ON_TRACK", "SAID")


def _change(one: Followed, today: dt.date) -> tuple[str, str]:
    """What changed between the last two meetings, and how it is known; '' where nothing tells it."""
    held = sorted((r.meeting for r in one.plan.reviews if r.meeting and r.meeting <= today), reverse=True)
    if len(held) < 2:
        return "", ""
    last, earlier = held[:2]
    if one.set_date and one.set_date > earlier:
        return "NEW", ""
    if one.earlier_status in ("Met", "Not met"):
        return "ENDED", "RECORDED"
    if one.last_status and one.earlier_status:
        rank = {"Met": 2, "On track": 1}
        return _word(rank.get(one.last_status, 0), rank.get(one.earlier_status, 0)), "RECORDED"
    if not one.milestones or any(m.status == "Met" and m.evidence is None for m in one.milestones):
        return "", ""
    then, before = _level(one.milestones, last), _level(one.milestones, earlier)
    return ("ENDED" if before == 2 else _word(then, before)), "MILESTONES"


def _word(now: int, before: int) -> str:
    return "IMPROVED" if now > before else "WORSE" if now < before else "HELD"


def _level(milestones: tuple[Milestone, ...], day: dt.date) -> int:
    """2: all met by then; 0: one late, or nothing shown by then; 1: under way."""
    met = [bool(m.status == "Met" and m.evidence and m.evidence <= day) for m in milestones]
    if all(met):
        return 2
    is_late = any(m.target < day and not done for m, done in zip(milestones, met, strict=True))
    is_shown = any(m.evidence and m.evidence <= day for m in milestones)
    return 0 if is_late or not is_shown else 1


def delivery_truth_rows(world: World) -> Iterator[Record]:
    """One record per section F line and academic year: due, delivered, whole sessions missed, behind since when."""
    elapsed = {year: _elapsed(year, world.calendar) for year in world.calendar.years}
    for plan in world.plans:
        years: dict[int, dict[int, Line]] = defaultdict(dict)
        for line in plan.lines:
            years[line.number][line.academic_year] = line
        for line in plan.lines:
            due = line.planned_count * elapsed[line.academic_year]
            since = line.academic_year if _is_behind(line, elapsed) else None
            while since and since - 1 in years[line.number] and _is_behind(years[line.number][since - 1], elapsed):
                since -= 1
            done = line.delivered_count
            yield {
                "school_urn": plan.enrolment.school.urn,
                "plan_reference": plan.reference,
                "line_number": line.number,
                "academic_year": line.academic_year,
                "provision_type": line.kind,
                "due_sessions_count": round(due, 6),
                "delivered_sessions_count": "" if done is None else done,
                "shortfall_sessions_count": "" if done is None else max(0, math.floor(due - done + 1e-6)),
                "is_behind": since is not None,
                "behind_since_year": since or "",
            }


def _is_behind(line: Line, elapsed: dict[int, float]) -> bool:
    due, done = line.planned_count * elapsed[line.academic_year], line.delivered_count
    return done is not None and done <= line.planned_count and due - done >= 1 - 1e-6 and done < 0.9 * due - 1e-6


def _elapsed(year: int, calendar: Calendar) -> float:
    """Share of the year's days in term that are over."""
    spans = [(h.start, h.end) for h in calendar.half_terms if h.academic_year == year]
    gone = sum(max(0, (min(end, calendar.data_date) - start).days + 1) for start, end in spans)
    return gone / sum((end - start).days + 1 for start, end in spans)
