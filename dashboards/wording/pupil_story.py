"""One pupil's story in words: need, plan, dose, outcome as dated events, and each part in a sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from dashboards.figures import Row
from dashboards.wording.apdr import change_words, next_step_words, outcome_words, short_date
from dashboards.wording.inclusion_lists import suspended_words, week_words
from dashboards.wording.needs import type_words
from dashboards.wording.numbers import counted, grouped, listed, percent
from dashboards.wording.progress import AREA_WORDS, DIRECTION_WORDS, place_words
from dashboards.wording.sen_flows import change_words as flow_change_words
from dashboards.wording.sen_flows import event_words

TITLE = "One pupil"
KICKER = "names a child · keep safe"
NOT_OURS = "That pupil is not on this school’s register on the date of the data."
HOW_TO_FIND = (
    "Type part of a name above, or follow a name on any list: need, plan, dose, outcome and cost stand on one page, "
    "and what is next for the pupil."
)
LINE_LEAD = "What is on record, the oldest first. What is missing here may have happened and not been written down."
COST_LEAD = (
    "What the support that took place cost, group by group and plan by plan. It is never added up over a child, and it "
    "does not say what the support was worth."
)
DOSE_LEAD = "Sessions that took place while the pupil was in the group, and those that the pupil attended."
NEED, PLAN, DOSE, OUTCOME = "Need", "Plan", "Dose", "Outcome"


class Event(NamedTuple):
    """Something that happened on a day."""

    date: dt.date
    part: str
    said: str


class Records(NamedTuple):
    """What is on record of one pupil, each a list of rows of ``queries.pupil_story`` or ``queries.case_sample``."""

    flows: list[Row]
    cycles: list[Row]
    reviews: list[Row]
    agencies: list[Row]
    part_time: list[Row]
    groups: list[Row]
    milestones: list[Row]
    ladder: list[Row]
    evidence: list[Row]


def line_of_events(records: Records, today: dt.date) -> list[Event]:
    """Every dated event up to the day, the oldest first; of one day in the order need, plan, dose, outcome."""
    order = (NEED, PLAN, DOSE, OUTCOME)
    found = [
        *_needs(records.flows, records.part_time),
        *_cycles(records.cycles),
        *_meetings(records.reviews),
        *_agencies(records.agencies),
        *_groups(records.groups, today),
        *_outcomes(records.milestones, records.ladder, records.evidence),
    ]
    past = {event for event in found if event.date <= today}
    return sorted(past, key=lambda event: (event.date, order.index(event.part), event.said))


def _needs(flows: list[Row], part_time: list[Row]) -> Iterable[Event]:
    for row in flows:
        yield Event(row["flow_date"], NEED, f"{event_words(row['flow'])}: {flow_change_words(row)}")
    for row in part_time:
        yield Event(row["start_date"], NEED, f"Part-time timetable began: {week_words(row)}")


def _cycles(rows: list[Row]) -> Iterable[Event]:
    for row in rows:
        about = f"cycle {row['cycle_number']}, {(row['area_of_need'] or 'area not stated').lower()}"
        found = f"Reviewed, {about}: target {outcome_words(row['cycle_outcome']).lower()}; next: "
        steps = (
            ("assessed_date", f"Assessed, {about}"),
            ("planned_date", f"Plan agreed, {about}"),
            ("started_date", f"Begun, {about}"),
            ("reviewed_date", found + next_step_words(row["cycle_next_step"]).lower()),
        )
        yield from (Event(row[column], PLAN, said) for column, said in steps if row[column])


def _meetings(rows: list[Row]) -> Iterable[Event]:
    return (
        Event(row["meeting_date"], PLAN, "Annual review held") for row in rows if row["is_held"] and row["meeting_date"]
    )


def _agencies(rows: list[Row]) -> Iterable[Event]:
    steps = (
        ("referral_date", "Referred"),
        ("seen_date", "Seen"),
        ("report_date", "Report came"),
        ("provision_start_date", "Provision that the report asks for began"),
    )
    for row in rows:
        yield from (
            Event(row[column], PLAN, f"{said}: {row['agency']}, {row['service']}")
            for column, said in steps if row[column]
        )  # fmt: skip


def _groups(rows: list[Row], today: dt.date) -> Iterable[Event]:
    for row in rows:
        name = row["intervention_name"]
        yield Event(row["start_date"], DOSE, f"{name} began, {counted(row['pupils_count'], 'pupil')} in the group")
        if row["end_date"] < today:
            yield Event(row["end_date"], DOSE, f"{name} ended: {dose_words(row)}")


def _outcomes(milestones: list[Row], ladder: list[Row], evidence: list[Row]) -> Iterable[Event]:
    for row in milestones:
        if row["milestone_status"] == "Met" and row["evidence_date"]:
            place = f"outcome {row['outcome_number']}, milestone {row['milestone_number']}"
            yield Event(row["evidence_date"], OUTCOME, f"Evidence that a milestone is met: {place}")
    for row in ladder:
        if row["reached_date"]:
            place = place_words(row["ladder_rung"], row["ladder_step"])
            yield Event(row["reached_date"], OUTCOME, f"{row['subject']}: first at {place}")
    for row in evidence:
        area, seen = AREA_WORDS[row["engagement_area"]], DIRECTION_WORDS[row["engagement_direction"]]
        yield Event(row["observed_date"], OUTCOME, f"Engagement, {area.lower()}: {seen.lower()}")


def dose_words(row: Row) -> str:
    """Sessions attended of those delivered, as far as either is recorded."""
    attended, delivered = row["attended_sessions_count"], row["delivered_sessions_count"]
    if attended is None and delivered is None:
        return "sessions not recorded"
    if attended is None:
        return f"{counted(delivered, 'session')} delivered, attendance not recorded"
    return f"attended {grouped(attended)}" + ("" if delivered is None else f" of {counted(delivered, 'session')}")


def need_sentence(pupil: Row, absence: Row | None) -> str:
    """The main need, and how much of school was missed."""
    said = f"{type_words(pupil['sen_type'])}."
    if not absence or absence["absence_rate"] is None:
        return f"{said} Attendance of twelve months is not on record."
    missed = f"{grouped(absence['absent_sessions_count'])} of {grouped(absence['possible_sessions_count'])} half-days"
    away = f"In twelve months {missed} were missed ({percent(absence['absence_rate'])})"
    suspended = f"; {suspended_words(absence)} by suspension" if absence["suspensions_count"] else ""
    return f"{said} {away}{suspended}."


def plan_sentence(cycles: list[Row], lines: list[Row]) -> str:
    """How many cycles, what the last review found, and how many lines of section F are behind."""
    reviewed = [row for row in cycles if row["reviewed_date"]]
    parts = [f"{counted(len(cycles), 'cycle')} of plan and review on record." if cycles else "No cycle on record."]
    if reviewed:
        last = max(reviewed, key=lambda row: (row["reviewed_date"], row["cycle_number"]))
        parts.append(f"Last review, {short_date(last['reviewed_date'])}: target "
                     f"{outcome_words(last['cycle_outcome']).lower()}.")  # fmt: skip
    if lines:
        behind = sum(row["delivery_state"] == "BEHIND" for row in lines)
        parts.append(f"Section F: {grouped(behind)} of {counted(len(lines), 'line')} behind this year.")
    return " ".join(parts)


def dose_sentence(groups: list[Row], today: dt.date) -> str:
    """How many groups, those that run now, and the share attended where both numbers are recorded."""
    if not groups:
        return "In no group on record."
    running = [row["intervention_name"] for row in groups if row["end_date"] >= today]
    told = [row for row in groups if row["attended_sessions_count"] is not None and row["delivered_sessions_count"]]
    said = f"In {counted(len(groups), 'group')} so far; now in {listed(running) if running else 'none'}."
    if not told:
        return f"{said} No sessions are recorded."
    attended, delivered = (sum(row[f"{name}_sessions_count"] for row in told) for name in ("attended", "delivered"))
    return f"{said} Attended {grouped(attended)} of {counted(delivered, 'session')} that are recorded."


def outcome_sentence(scores: list[Row], outcomes: list[Row]) -> str:
    """What scores before and after can tell, and how many outcomes of the plan are met."""
    codes = [row["reliable_change"] for row in scores if row["reliable_change"]]
    moved = [f"{codes.count(code)} {change_words(code)}" for code in ("RISEN", "WITHIN_CHANCE", "FALLEN")
             if code in codes]  # fmt: skip
    said = f"Scores before and after: {listed(moved)}." if moved else "No two scores that can be compared."
    if not outcomes:
        return said
    met = sum(row["standing"] == "MET" for row in outcomes)
    return f"{said} Outcomes of the plan: {grouped(met)} of {grouped(len(outcomes))} met."
