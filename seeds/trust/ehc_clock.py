"""What trackers lack and add about the clock of EHC plans: reviews that nobody entered, adulthood, ends without a plan.

Each is drawn from a stream of its own, after plans and requests are made, so that nothing else moves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from seeds.trust.calendar import Calendar, academic_year_of
from seeds.trust.ehc_plans import Plan, Review
from seeds.trust.ehc_requests import Request
from seeds.trust.streams import Stream

FORGOTTEN_RATE, UNENTERED_RATE = 0.05, 0.03
"""Share of plans whose last review and the next are not in the tracker; of those where only the next is lacking."""
COVERED_RATE, ENDED_RATE = 0.8, 0.3
FROM_YEAR, AFTER_DAYS = 13, 112
"""Age on the 31 August before year 9; days after which it is known that no plan will be issued."""


def complete_trackers(plans: list[Plan], calendar: Calendar, seed: int) -> None:
    """Drop some reviews from the trackers of children on roll, and say of the others whether they covered adulthood."""
    stream = Stream(seed, "ehc clock reviews")
    for plan in plans:
        chance = stream.numbers.random()
        if plan.cease is None and plan.enrolment.is_on_roll(calendar.data_date):
            _forget(plan, chance)
        plan.reviews[:] = [_cover(review, plan, stream) for review in plan.reviews]


def _forget(plan: Plan, chance: float) -> None:
    held = [review for review in plan.reviews if review.meeting]
    if chance < FORGOTTEN_RATE and len(held) >= 2:
        plan.reviews[:] = held[:-1]
    elif chance < FORGOTTEN_RATE + UNENTERED_RATE and held:
        plan.reviews[:] = held


def _cover(review: Review, plan: Plan, stream: Stream) -> Review:
    """From year 9 on most held reviews say that they covered adulthood, some say no, some say nothing."""
    is_covered = stream.chance(COVERED_RATE)
    said = True if is_covered else stream.one_of((False, None))
    if review.meeting is None or not is_from_year_9(plan.enrolment.person.birth_date, review.meeting):
        said = None
    return replace(review, is_adulthood_covered=said)


def is_from_year_9(birth: dt.date, day: dt.date) -> bool:
    """Year 9 or above on a day: thirteen on the 31 August before the school year."""
    start = dt.date(academic_year_of(day), 8, 31)
    age = start.year - birth.year - ((start.month, start.day) < (birth.month, birth.day))
    return age >= FROM_YEAR


def end_without_plan(requests: list[Request], calendar: Calendar, seed: int) -> list[Request]:
    """Of requests assessed for sixteen weeks and more without a plan, some end without one."""
    stream, ended = Stream(seed, "ehc clock requests"), []
    for request in requests:
        day = request.requested + dt.timedelta(days=AFTER_DAYS - stream.whole(0, 20))
        is_chosen = stream.chance(ENDED_RATE)
        is_open = request.is_agreed and request.issued is None and request.is_exception is None
        can_end = is_open and is_chosen and day < calendar.data_date and request.decided and day > request.decided
        ended.append(replace(request, no_plan=day) if can_end else request)
    return ended
