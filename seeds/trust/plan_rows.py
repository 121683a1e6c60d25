"""The rows of the EHC plan tracker's six sheets."""

from __future__ import annotations

from seeds.trust.calendar import Calendar
from seeds.trust.ehc_plans import Plan
from seeds.trust.ehc_requests import Request
from seeds.trust.milestones import Followed, milestone_rows, outcome_row
from seeds.trust.people import Enrolment
from seeds.trust.rows import Pence, Row, Tables


def tracker_tables(plans: list[Plan], followed: list[Followed], requests: list[Request], calendar: Calendar) -> Tables:
    """Plans, provision, outcomes, reviews, requests and milestones of one school."""
    tables: Tables = {
        f"raw_ehc_tracker__{entity}": [] for entity in ("plans", "provision", "outcomes", "reviews", "requests")
    }
    for plan in plans:
        tables["raw_ehc_tracker__plans"].append([
            plan.reference, *_pupil(plan.enrolment, calendar), plan.start, plan.cease, plan.cease_reason, plan.need,
            plan.band,
        ])  # fmt: skip
        tables["raw_ehc_tracker__provision"] += [
            [
                plan.reference, line.number, line.academic_year, line.kind, line.staff_grade, line.hours_per_week,
                line.weeks_per_year, line.group_size, Pence(line.fixed_pence) if line.fixed_pence else None,
                line.planned_count, line.delivered_count,
            ]
            for line in plan.lines
        ]  # fmt: skip
        tables["raw_ehc_tracker__reviews"] += [
            [
                plan.reference, r.due, r.meeting, r.papers, r.report, r.decision, r.amended, r.outcome,
                r.is_adulthood_covered,
            ]
            for r in plan.reviews
        ]  # fmt: skip
    tables["raw_ehc_tracker__outcomes"] = [outcome_row(one) for one in followed]
    tables["raw_ehc_tracker__requests"] = [
        [*_pupil(r.enrolment, calendar), r.requested, r.decided, r.is_agreed, r.issued, r.no_plan,
         r.is_exception]
        for r in requests
    ]  # fmt: skip
    tables["raw_ehc_tracker__milestones"] = [row for one in followed for row in milestone_rows(one)]
    return tables


def _pupil(enrolment: Enrolment, calendar: Calendar) -> Row:
    person = enrolment.person
    return [enrolment.upn_on(calendar.data_date), enrolment.mis_id, person.surname, person.forename, person.birth_date]
