"""Requests for an EHC needs assessment: agreed, refused, open; in and beyond twenty weeks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.streams import Stream, weekday_from

REFUSED_RATE = 0.012
"""Share of mainstream children with SEN support for whom a request was refused in the period."""


@dataclass(frozen=True)
class Request:
    """One request; what has not happened by the data date is None."""

    enrolment: Enrolment
    requested: dt.date
    decided: dt.date | None
    is_agreed: bool | None
    issued: dt.date | None
    is_exception: bool | None
    no_plan: dt.date | None = None


def make_requests(people: People, needs: Needs, calendar: Calendar, seed: int) -> list[Request]:
    """Requests made by the trust's schools since the first year: those that led to a plan, and others."""
    stream, begins = Stream(seed, "requests"), dt.date(calendar.first_year, 9, 1)
    requests = []
    for enrolment in people.enrolments:
        need = needs.get(enrolment.person.key)
        if need is None or enrolment.school.is_special:
            continue
        plan = need.plan_start()
        if plan is not None and enrolment.is_on_roll(plan):
            request = _granted(enrolment, plan, calendar, stream)
            if max(begins, enrolment.entry) <= request.requested < calendar.data_date:
                requests.append(request)
        elif plan is None and enrolment.leaving is None and stream.chance(REFUSED_RATE * 3):
            requests.append(_without_plan(enrolment, calendar, stream))
    return requests


def _decision(requested: dt.date, stream: Stream) -> dt.date:
    days = stream.whole(20, 42) if stream.chance(0.87) else stream.whole(43, 75)
    return requested + dt.timedelta(days=days)


def _granted(enrolment: Enrolment, plan: dt.date, calendar: Calendar, stream: Stream) -> Request:
    """About half are issued within twenty weeks (140 days), as in England in 2024."""
    days = stream.whole(105, 140) if stream.chance(0.48) else stream.whole(141, 330)
    requested = plan - dt.timedelta(days=days)
    decided = _decision(requested, stream)
    is_decided, is_issued = decided < calendar.data_date, plan < calendar.data_date
    return Request(
        enrolment, requested, decided if is_decided else None, True if is_decided else None,
        plan if is_issued else None, stream.chance(0.08),
    )  # fmt: skip


def _without_plan(enrolment: Enrolment, calendar: Calendar, stream: Stream) -> Request:
    """Refused, or still open at the data date."""
    if stream.chance(0.5):
        requested = stream.day(calendar.data_date - dt.timedelta(days=170), calendar.data_date - dt.timedelta(days=5))
        decided = _decision(requested, stream)
        is_decided = decided < calendar.data_date
        requested = max(requested, enrolment.entry)
        if decided < requested:
            is_decided = False
        return Request(enrolment, requested, decided if is_decided else None, True if is_decided else None, None, None)
    earliest = max(dt.date(calendar.first_year, 9, 1), enrolment.entry)
    requested = weekday_from(stream.day(earliest, max(earliest, calendar.data_date - dt.timedelta(days=120))))
    decided = _decision(requested, stream)
    is_decided = decided < calendar.data_date
    return Request(enrolment, requested, decided if is_decided else None, False if is_decided else None, None, False)
