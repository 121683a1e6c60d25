"""Two years on, calls without an answer and local routes: what is true of leavers beyond ``destinations``.

Draws from streams of its own, so that the leavers, their Septembers and their two terms stay as they were.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from seeds.trust.calendar import Calendar
from seeds.trust.destinations import NEGATIVE, POSITIVE, SPECIAL, YEAR_6, Leaver
from seeds.trust.streams import Stream

LOST_LATER, LOST_AGAIN, FAILED_LATER = 0.22, 0.6, 0.12
LOCAL_ROUTES = {"L32": 40, "L30": 35, "L31": 15, "L25": 10}
"""Where special-school leavers are who are in no education or work: at home, day service, residential, voluntary."""


def follow_leavers(leavers: list[Leaver], calendar: Calendar, seed: int) -> list[Leaver]:
    """The same leavers with what became of them two years on, local routes and contacts that brought no answer."""
    stream = Stream(seed, "two years on")
    return [_follow(_localised(leaver, stream), calendar, stream) for leaver in leavers]


def _localised(leaver: Leaver, stream: Stream) -> Leaver:
    """Some who were said to be at home have a day service, residential care or voluntary work: no "NEET" either."""
    route = stream.weighted(LOCAL_ROUTES)
    if leaver.stage != SPECIAL or leaver.spring != "L32":
        return leaver
    return replace(leaver, spring=route, september=route if leaver.september == "L32" else leaver.september)


def _follow(leaver: Leaver, calendar: Calendar, stream: Stream) -> Leaver:
    left = leaver.leaving.year
    is_due = dt.date(left + 2, 9, 30) <= calendar.data_date
    lost = LOST_AGAIN if leaver.outcome == "UNKNOWN" else LOST_LATER
    outcome = stream.weighted({"UNKNOWN": lost, "NOT_SUSTAINED": FAILED_LATER, "SUSTAINED": 1 - lost - FAILED_LATER})
    went, failed = stream.weighted(POSITIVE[leaver.stage]), stream.weighted(NEGATIVE[leaver.stage])
    code = {"UNKNOWN": None, "NOT_SUSTAINED": failed, "SUSTAINED": went}[outcome]
    is_by_school = leaver.stage == YEAR_6 or leaver.enrolment.upn_on(calendar.data_date) is None or stream.chance(0.5)
    tries = [stream.chance(0.4) for _ in range(3)]
    days = (dt.date(left, 9, 9), dt.date(left + 1, 3, 4), dt.date(left + 2, 9, 7))
    asked = [day + dt.timedelta(days=stream.whole(0, 20)) for day in days]
    unknown = (leaver.september is None, leaver.spring is None and leaver.is_due, code is None and is_due)
    return replace(
        leaver,
        later=code if is_due else None,
        is_later_due=is_due,
        is_later_by_school=is_by_school,
        later_outcome=outcome if is_due else "NOT_DUE",
        tries=tuple(day if tried and lacks else None for day, tried, lacks in zip(asked, tries, unknown, strict=True)),
        later_contact=asked[2] if is_due and is_by_school and code else None,
        later_found=dt.date(left + 1, 9, stream.whole(2, 20)),
    )
