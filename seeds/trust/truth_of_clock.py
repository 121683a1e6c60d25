"""The truth about the statutory clock: each review's days, transfers, requests, in plain steps of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from seeds.trust.calendar import academic_year_of, years_later
from seeds.trust.ehc_clock import is_from_year_9
from seeds.trust.ehc_plans import Plan, Review
from seeds.trust.ehc_requests import Request
from seeds.trust.world import World

Record = dict[str, object]
WEEK = dt.timedelta(days=7)


def review_clock_rows(world: World) -> Iterator[Record]:
    """One record per review in a tracker that was held or is still to be held, and one per review that it lacks.

    Nothing of pupils who have died, here and below.
    """
    today = world.calendar.data_date
    for plan in world.plans:
        if plan.start > today or plan.enrolment.person.key in world.died:
            continue
        is_live = plan.enrolment.is_on_roll(today) and (plan.cease is None or plan.cease > today)
        held = [review for review in plan.reviews if review.meeting]
        before: Review | None = None
        for number, review in enumerate(plan.reviews, 1):
            if review.meeting or is_live:
                is_last = is_live and (review.meeting is None or review is held[-1])
                yield _record(plan, number, review.due, _law_day(plan, before, review.due), review, is_last, today)
            before = review
        if is_live and (before is None or before.meeting):
            yield _record(plan, len(plan.reviews) + 1, None, _law_day(plan, before, None), None, True, today)


def _law_day(plan: Plan, before: Review | None, told: dt.date | None) -> dt.date:
    """Twelve months after the decision before it or the plan; six for a child under five on that day."""
    if before is not None and before.meeting:
        start = before.decision or before.meeting + 4 * WEEK
    elif told is None:
        start = max(plan.start, plan.enrolment.entry)
    elif told <= _months_later(plan.start, 18):
        start = plan.start
    else:
        return told
    half_year = _months_later(start, 6)
    return half_year if half_year < years_later(plan.enrolment.person.birth_date, 5) else years_later(start, 1)


def _months_later(day: dt.date, months: int) -> dt.date:
    """The same day some months on, or the last day of a shorter month."""
    place = day.year * 12 + day.month - 1 + months
    for last in range(day.day, 0, -1):
        try:
            return dt.date(place // 12, place % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError


def _record(
    plan: Plan, number: int, told: dt.date | None, due: dt.date, review: Review | None, is_live: bool, today: dt.date
) -> Record:
    meeting = review.meeting if review else None
    year_day = meeting or due
    steps: Record = {
        "meeting_late_days": _late(due, meeting, today, is_open=True),
        "papers_late_days": "", "report_late_days": "", "decision_late_days": "", "amended_late_days": "",
    }  # fmt: skip
    if review and meeting:
        steps["papers_late_days"] = max(0, (review.papers - (meeting - 2 * WEEK)).days) if review.papers else ""
        undecided = is_live and review.decision is None
        steps["report_late_days"] = _late(meeting + 2 * WEEK, review.report, today, is_open=undecided)
        steps["decision_late_days"] = _late(meeting + 4 * WEEK, review.decision, today, is_open=is_live)
        if review.decision and review.outcome == "Amend":
            last = min(review.decision + 8 * WEEK, meeting + 12 * WEEK)
            steps["amended_late_days"] = _late(last, review.amended, today, is_open=is_live)
    return {
        "school_urn": plan.enrolment.school.urn,
        "plan_reference": plan.reference,
        "review_number": number,
        "review_due_date": told or "",
        "due_date": due,
        "is_in_tracker": review is not None,
        "meeting_date": meeting or "",
        **steps,
        "is_from_year_9": is_from_year_9(plan.enrolment.person.birth_date, year_day),
    }


def _late(last: dt.date, done: dt.date | None, today: dt.date, *, is_open: bool) -> int | str:
    """Days late; so far where it is still to be done; nothing where that is not known or not due."""
    if done:
        return max(0, (done - last).days)
    return (today - last).days if is_open and last < today else ""


def transfer_rows(world: World) -> Iterator[Record]:
    """One record per active plan of a child who changes phase at the end of the running year."""
    today = world.calendar.data_date
    year = academic_year_of(today)
    on_roll = [e for e in world.people.enrolments if e.is_on_roll(today)]
    tops = {s.urn: max(e.person.nc_year(year) for e in on_roll if e.school.urn == s.urn) for s in world.schools}
    for plan in world.plans:
        at, school = plan.enrolment.person.nc_year(year), plan.enrolment.school
        is_active = plan.enrolment.is_on_roll(today) and plan.start <= today and plan.cease is None
        is_active = is_active and plan.enrolment.person.key not in world.died
        is_moving = at in (-1, 6, 11, 14) or (at in (2, 12, 13) and at == tops[school.urn])
        if not is_active or not is_moving:
            continue
        last = (
            dt.date(year + 1, 2, 14) if at < 11 else dt.date(year + 1, 3, 30) if at == 11 else dt.date(year + 1, 4, 1)
        )
        recent = [r for r in plan.reviews if r.meeting and r.meeting > years_later(last, -1)]
        yield {
            "school_urn": school.urn,
            "plan_reference": plan.reference,
            "is_move_certain": at == tops[school.urn],
            "transfer_due_date": last,
            "transfer_standing": _transfer_standing(recent[-1] if recent else None),
        }


def _transfer_standing(review: Review | None) -> str:
    if review is None:
        return "REVIEW"
    if review.amended:
        return "DONE"
    return "PLAN" if review.decision else "DECISION"


def request_standing(request: Request, today: dt.date) -> str:
    """Where a request stands: issued in time, late or with an exception, ended, or open."""
    limit = request.requested + dt.timedelta(days=140)
    if request.issued:
        return "IN_TIME" if request.issued <= limit else "EXCEPTION" if request.is_exception else "LATE"
    if request.no_plan or request.is_agreed is False:
        return "ENDED"
    return "OPEN" if today <= limit else "OPEN_EXCEPTION" if request.is_exception else "OPEN_LATE"
