"""The truth about pupils: reviews, requests, destinations, identities. Effects are in ``truth_of_impact``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from seeds.trust.truth_of_clock import request_standing
from seeds.trust.world import World

Record = dict[str, object]


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
        if request.enrolment.person.key in world.died:
            continue
        days = (request.issued - request.requested).days if request.issued else ""
        yield {
            "school_urn": request.enrolment.school.urn,
            "person": request.enrolment.person.key,
            "request_date": request.requested,
            "final_plan_date": request.issued or "",
            "days": days,
            "is_in_time": days <= 140 if isinstance(days, int) else "",
            "is_exception": "" if request.is_exception is None else request.is_exception,
            "standing": request_standing(request, world.calendar.data_date),
        }


def destination_rows(world: World) -> Iterator[Record]:
    """One record per school, stage and leaving year."""
    living = [x for x in world.leavers if x.enrolment.person.key not in world.died]
    cells = Counter((x.enrolment.school.urn, x.stage, x.academic_year, x.is_due, x.outcome) for x in living)
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
