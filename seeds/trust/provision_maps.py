"""The rows of the provision map workbook (groups, pupils, sessions) and of Insight's own provision map."""

from __future__ import annotations

from seeds.trust.assessments import SUBJECTS, TEST_NAMES
from seeds.trust.calendar import Calendar
from seeds.trust.catalogue import read_catalogue
from seeds.trust.interventions import Group
from seeds.trust.rows import Pence, Row, Tables


def workbook_tables(groups: list[Group], calendar: Calendar) -> Tables:
    """Groups, pupils and sessions of the groups that the school keeps in its own workbook."""
    catalogue = read_catalogue()
    tables: Tables = {f"raw_provision_map__{entity}": [] for entity in ("groups", "pupils", "sessions")}
    for group in groups:
        if group.is_in_insight:
            continue
        entry, block, intervention = catalogue[group.intervention.name], group.block, group.intervention
        tables["raw_provision_map__groups"].append([
            group.reference, group.spelling, entry.area_of_need, entry.wave_number, block.start, block.end,
            group.planned_count, intervention.minutes, intervention.staff_grade, linked_test(group),
            subject_name(group),
            Pence(intervention.resource_pence) if intervention.resource_pence else None,
        ])  # fmt: skip
        for member in group.members:
            person = member.enrolment.person
            tables["raw_provision_map__pupils"].append([
                group.reference, member.enrolment.upn_on(calendar.data_date), member.enrolment.mis_id, person.surname,
                person.forename, None, None, member.attended_count, member.judgement, member.pupil_voice,
                member.parent_voice,
            ])  # fmt: skip
        tables["raw_provision_map__sessions"] += [
            [group.reference, session.day, session.is_delivered, None] for session in group.sessions
        ]
    return tables


def insight_provisions(groups: list[Group]) -> list[Row]:
    """One row per pupil and group that Insight holds: planned totals only, no sessions."""
    catalogue = read_catalogue()
    return [
        [
            group.spelling, catalogue[group.intervention.name].area_of_need, subject_name(group), linked_test(group),
            group.reference, member.enrolment.insight_id, group.block.start, group.block.end, group.planned_count,
            group.intervention.minutes, group.intervention.staff_grade if group.school.index % 2 else None,
        ]
        for group in groups
        if group.is_in_insight
        for member in group.members
    ]  # fmt: skip


def linked_test(group: Group) -> str | None:
    """The linked assessment, as the tracker names it."""
    subject = group.intervention.subject
    return None if subject is None else TEST_NAMES[SUBJECTS[subject]]


def subject_name(group: Group) -> str | None:
    """The subject of the linked test, or what the group is about."""
    subject = group.intervention.subject
    return group.intervention.label if subject is None else SUBJECTS[subject]
