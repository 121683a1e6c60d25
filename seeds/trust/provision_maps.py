"""The rows of the provision map workbook (groups, pupils, sessions) and of Insight's own provision map."""

from __future__ import annotations

import datetime as dt

from expectations.derive import delivered_columns
from expectations.tables import ALL
from seeds.trust.assessments import TESTS
from seeds.trust.calendar import Calendar
from seeds.trust.catalogue import entry_of
from seeds.trust.interventions import Group, Participation
from seeds.trust.rows import Cell, Pence, Row, Tables


def workbook_tables(groups: list[Group], calendar: Calendar) -> Tables:
    """Groups, pupils and sessions of the groups that the school keeps in its own workbook."""
    tables: Tables = {f"raw_provision_map__{entity}": [] for entity in ("groups", "pupils", "sessions")}
    for group in groups:
        if group.is_in_insight:
            continue
        tables["raw_provision_map__groups"].append(_group_row(group))
        for member in group.members:
            person = member.enrolment.person
            tables["raw_provision_map__pupils"].append([
                group.reference, member.enrolment.upn_on(calendar.data_date), member.enrolment.mis_id, person.surname,
                person.forename, None, None, member.attended_count, member.judgement, member.pupil_voice,
                member.parent_voice, _judged_day(group, member, calendar),
            ])  # fmt: skip
        tables["raw_provision_map__sessions"] += [
            [group.reference, session.day, session.is_delivered, None] for session in group.sessions
        ]
    return tables


def _judged_day(group: Group, member: Participation, calendar: Calendar) -> dt.date | None:
    """When the teacher judged: in seven cases of eight within six weeks of the end. Every other school notes no day."""
    if member.judgement is None or group.school.index % 2:
        return None
    day = group.block.end + dt.timedelta(days=1 + member.enrolment.person.key * 7 % 48)
    return day if day <= calendar.data_date else None


def _group_row(group: Group) -> Row:
    """The group in the order of its contract's columns."""
    block, intervention = group.block, group.intervention
    entry, outcome = entry_of(intervention.name), intervention.outcome
    values: dict[str, Cell] = {
        "group_reference": group.reference,
        "intervention_name": group.spelling,
        "area_of_need": entry.area_of_need,
        "wave_number": entry.wave_number,
        "start_date": block.start,
        "end_date": block.end,
        "planned_sessions_count": group.planned_count,
        "session_minutes": intervention.minutes,
        "staff_grade": intervention.staff_grade,
        "assessment_name": outcome.assessment_name,
        "exit_assessment_name": None if outcome.exit_test is None else TESTS[outcome.exit_test].name,
        "subject": outcome.subject or None,
        "resource_pence": Pence(intervention.resource_pence) if intervention.resource_pence else None,
    }
    return [values[column.name] for column in delivered_columns(ALL["raw_provision_map__groups"])]


def insight_provisions(groups: list[Group]) -> list[Row]:
    """One row per pupil and group that Insight holds: planned totals only, no sessions."""
    return [
        [
            group.spelling, entry_of(group.intervention.name).area_of_need, group.intervention.outcome.subject or None,
            group.intervention.outcome.assessment_name,
            group.reference, member.enrolment.insight_id, group.block.start, group.block.end, group.planned_count,
            group.intervention.minutes, group.intervention.staff_grade if group.school.index % 2 else None,
        ]
        for group in groups
        if group.is_in_insight
        for member in group.members
    ]  # fmt: skip
