"""The truth about pupils: effects and regression to the mean, reviews, requests, destinations, identities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from seeds.trust.assessments import SUBJECTS, TEST_NAMES
from seeds.trust.catalogue import INTERVENTIONS, Intervention
from seeds.trust.interventions import Group
from seeds.trust.world import World

Record = dict[str, object]
RETEST_CORRELATION = 0.8


def intervention_rows(world: World) -> Iterator[Record]:
    """One record per intervention that ran."""
    for intervention in INTERVENTIONS:
        groups = [g for g in world.groups if g.intervention is intervention]
        if not groups:
            continue
        framed = [m for g in groups if g.block.exit for m in g.members]
        missing = sum(m.is_exit_missing for m in framed)
        due = sum(len(g.sessions) for g in groups)
        delivered = sum(g.delivered_count for g in groups)
        subject = intervention.subject
        yield {
            "intervention_name": intervention.name,
            "assessment_name": "" if subject is None else TEST_NAMES[SUBJECTS[subject]],
            "subject": "" if subject is None else SUBJECTS[subject],
            "true_effect_points": "" if subject is None else intervention.effect_points,
            "groups_count": len(groups),
            "schools_count": len({g.school.urn for g in groups}),
            "started_count": sum(len(g.members) for g in groups),
            "between_tests_count": len(framed) if subject is not None else "",
            "both_scores_count": len(framed) - missing if subject is not None else "",
            "missing_exit_count": missing if subject is not None else "",
            "due_sessions_count": due,
            "delivered_sessions_count": delivered,
            "delivered_rate": round(delivered / due, 4) if due else "",
            "selection_rule": _selection(intervention),
        }


def _selection(intervention: Intervention) -> str:
    if intervention.subject is None:
        return "children with SEN of the years, in random order"
    return f"drawn from the lowest observed entry scores below {intervention.cut} in two year groups of a school"


def regression_rows(world: World) -> Iterator[Record]:
    """One record per intervention with a test: the raw rise, the effect, and what is left of the rise without it."""
    observed = world.scores.observed()
    for intervention in INTERVENTIONS:
        pairs = [pair for g in world.groups if g.intervention is intervention for pair in _scores(g, observed)]
        if intervention.subject is None or not pairs:
            continue
        entry, leave = np.array(pairs).T
        rise = float((leave - entry).mean())
        yield {
            "intervention_name": intervention.name,
            "pupils_count": len(pairs),
            "mean_entry_score": round(float(entry.mean()), 2),
            "mean_exit_score": round(float(leave.mean()), 2),
            "raw_rise_points": round(rise, 2),
            "true_effect_points": intervention.effect_points,
            "rise_without_effect_points": round(rise - intervention.effect_points, 2),
            "expected_regression_points": round((1 - RETEST_CORRELATION) * float((100 - entry).mean()), 2),
        }


def _scores(group: Group, observed: np.ndarray) -> Iterator[tuple[int, int]]:
    entry, leave, subject = group.block.entry, group.block.exit, group.intervention.subject
    if entry is None or leave is None or subject is None:
        return
    for member in group.members:
        if not member.is_exit_missing:
            key = member.enrolment.person.key
            yield int(observed[key, entry.index, subject]), int(observed[key, leave.index, subject])


def late_review_rows(world: World) -> Iterator[Record]:
    """One record per review held after its due day, or not held on the data date although it was due."""
    for plan in world.plans:
        for review in plan.reviews:
            day = review.meeting or world.calendar.data_date
            if day > review.due:
                yield {
                    "school_urn": plan.enrolment.school.urn,
                    "plan_reference": plan.reference,
                    "review_due_date": review.due,
                    "meeting_date": review.meeting or "",
                    "days_late": (day - review.due).days,
                }


def request_rows(world: World) -> Iterator[Record]:
    """One record per request; 140 days to the final plan are in time."""
    for request in world.requests:
        days = (request.issued - request.requested).days if request.issued else ""
        yield {
            "school_urn": request.enrolment.school.urn,
            "person": request.enrolment.person.key,
            "request_date": request.requested,
            "final_plan_date": request.issued or "",
            "days": days,
            "is_in_time": days <= 140 if isinstance(days, int) else "",
            "is_exception": "" if request.is_exception is None else request.is_exception,
        }


def destination_rows(world: World) -> Iterator[Record]:
    """One record per school, stage and leaving year."""
    cells = Counter((x.enrolment.school.urn, x.stage, x.academic_year, x.is_due, x.outcome) for x in world.leavers)
    for urn, stage, year, is_due in sorted({cell[:4] for cell in cells}):
        sustained, failed, unknown = (
            cells[urn, stage, year, is_due, outcome] for outcome in ("SUSTAINED", "NOT_SUSTAINED", "UNKNOWN")
        )
        yield {
            "school_urn": urn,
            "leaver_stage": stage,
            "academic_year": year,
            "is_due": is_due,
            "leavers_count": sustained + failed + unknown,
            "sustained_count": sustained if is_due else "",
            "not_sustained_count": failed if is_due else "",
            "unknown_count": unknown if is_due else "",
        }


def disagreement_rows(world: World) -> Iterator[Record]:
    """One record per child and census that codes another provision than the register holds."""
    for census in world.censuses:
        for found in census.disagreements:
            yield {
                "school_urn": census.school.urn,
                "person": found.enrolment.person.key,
                "upn": found.enrolment.upn_on(found.reference_date) or "",
                "reference_date": found.reference_date,
                "register_provision": found.register,
                "census_provision": found.census,
            }


def people_rows(world: World) -> Iterator[Record]:
    """One record per enrolment: which person it is, whatever the UPNs say."""
    day = world.calendar.data_date
    for enrolment in world.people.enrolments:
        yield {
            "person": enrolment.person.key,
            "school_urn": enrolment.school.urn,
            "upn": enrolment.upn_on(day) or "",
            "former_upn": enrolment.former_upn_on(day) or "",
            "temporary_upn": enrolment.person.temporary_upn or "",
            "mis_id": enrolment.mis_id,
            "insight_pupil_id": enrolment.insight_id,
            "entry_date": enrolment.entry,
            "leaving_date": enrolment.leaving or "",
        }
