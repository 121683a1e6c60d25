"""Referrals of pupils with SEN to outside agencies: a slow service, a fast one, some declined, some still waiting.

What is made here is what happened, to the end; what a school has written down by the data date is ``referral_rows``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from seeds.trust.calendar import Calendar
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.purchasing import SERVICES
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream, weekday_from

MEAN_DAYS = {
    "Speech and language therapy": 165, "Occupational therapy": 84, "Educational psychology": 70,
    "Autism outreach": 17, "Behaviour support": 45, "Hearing support": 28,
}  # fmt: skip
"""Mean days from referral to seen: therapy is slow, outreach fast."""
DECLINED, WITHDRAWN, WITHOUT_CONCERN, WITHOUT_PROVISION = 0.09, 0.04, 0.12, 0.15
REFERRED, AGAIN = 0.55, 0.35
REASONS = {"DECLINED_CRITERIA": 55, "DECLINED_INFORMATION": 30, "DECLINED_CAPACITY": 15}
SEEN_NOT_WRITTEN = 0.02
WORDS: tuple[dict[str, str], ...] = (
    {},
    {
        "ACCEPTED": "Yes", "DECLINED": "No", "COMPLETED": "Discharged", "DECLINED_CRITERIA": "Does not meet criteria",
        "DECLINED_INFORMATION": "More information needed", "DECLINED_CAPACITY": "Service full",
        "WITHDRAWN": "Family withdrew", "MOVED": "Left school", "DECEASED": "Deceased",
    },
    {"ACCEPTED": "Accepted", "DECLINED": "Not accepted", "COMPLETED": "Case closed", "WITHDRAWN": "Not needed"},
)  # fmt: skip
"""How a school writes the codes: as they are, or in words of its own."""


@dataclass(frozen=True)
class Referral:
    """One referral as it stands on the data date: a day that lies later has not happened and is None."""

    enrolment: Enrolment
    agency: str
    service: str
    concern: dt.date | None
    referred: dt.date
    decision: str | None
    seen: dt.date | None
    report: dt.date | None
    provision: dt.date | None
    closed: dt.date | None
    reason: str | None
    is_seen_written: bool = True


def make_referrals(people: People, needs: Needs, calendar: Calendar, seed: int) -> list[Referral]:
    """Referrals of about three years, school by school. One pupil of those who left has died since."""
    maker, found = _Maker(calendar, Stream(seed, "referrals")), []
    for enrolment in people.enrolments:
        need = needs.get(enrolment.person.key)
        if need:
            found += maker.referrals_of(enrolment, need.main, max(enrolment.entry, need.spells[0].start))
    return _let_one_die(found, calendar)


class _Maker:
    def __init__(self, calendar: Calendar, stream: Stream) -> None:
        self.calendar, self.stream = calendar, stream

    def referrals_of(self, enrolment: Enrolment, main: str, begins: dt.date) -> list[Referral]:
        """None, one, or two a year or more apart, to the service for the pupil's main need."""
        chosen = next((s for s in SERVICES if s[2] == main), None)
        first = max(begins, self.calendar.data_date - dt.timedelta(days=1000))
        last = min(enrolment.leaving or self.calendar.data_date, self.calendar.data_date) - dt.timedelta(days=3)
        if not self.stream.chance(REFERRED) or chosen is None or first >= last:
            return []
        days = [self.stream.day(first, last)]
        if self.stream.chance(AGAIN):
            days.append(weekday_from(days[0] + dt.timedelta(days=self.stream.whole(380, 600))))
        return [self._referral(enrolment, chosen[0], chosen[1], day) for day in days if day <= last]

    def _referral(self, enrolment: Enrolment, agency: str, service: str, referred: dt.date) -> Referral:
        stream = self.stream
        concern = None if stream.chance(WITHOUT_CONCERN) else _after(referred, -stream.whole(4, 80))
        answered = _after(referred, stream.whole(4, 40))
        is_declined, is_withdrawn = stream.chance(DECLINED), stream.chance(WITHDRAWN)
        seen = _after(referred, 2 + int(stream.numbers.gamma(4, MEAN_DAYS[service] / 4)))
        report = _after(seen, 3 + int(stream.numbers.gamma(3, 9)))
        provision = None if stream.chance(WITHOUT_PROVISION) else _after(report, 2 + int(stream.numbers.gamma(3, 9)))
        is_written = not stream.chance(SEEN_NOT_WRITTEN)
        whole = Referral(
            enrolment, agency, service, concern, referred, "ACCEPTED", seen, report, provision,
            _after(provision or report, stream.whole(10, 60)), "COMPLETED", is_written,
        )  # fmt: skip
        if is_declined or is_withdrawn:
            whole = replace(whole, seen=None, report=None, provision=None)
        if is_declined:
            reason = stream.weighted(REASONS)
            whole = replace(whole, decision="DECLINED", closed=answered, reason=reason)
        elif is_withdrawn:
            whole = replace(whole, closed=_after(referred, stream.whole(20, 60)), reason="WITHDRAWN")
        return self._as_it_stands(whole, min(answered, seen))

    def _as_it_stands(self, whole: Referral, answered: dt.date) -> Referral:
        """What has happened by the data date, or by the day the pupil left: then the school may have closed it."""
        today, leaving = self.calendar.data_date, whole.enrolment.leaving
        has_left = leaving is not None and leaving <= today
        ends = leaving if has_left and leaving else today

        def by_then(day: dt.date | None) -> dt.date | None:
            return day if day is not None and day <= ends else None

        closed, reason = by_then(whole.closed), whole.reason
        if closed is None:
            is_told = has_left and self.stream.chance(0.7)
            closed, reason = (ends, "MOVED") if is_told else (None, None)
        return replace(
            whole, decision=whole.decision if answered <= ends else None, seen=by_then(whole.seen),
            report=by_then(whole.report), provision=by_then(whole.provision), closed=closed, reason=reason,
        )  # fmt: skip


def _after(day: dt.date, days: int) -> dt.date:
    return weekday_from(day + dt.timedelta(days=days))


def _let_one_die(found: list[Referral], calendar: Calendar) -> list[Referral]:
    """The first pupil who left with a referral closed for that: no list or count may hold the child any more."""
    chosen = next(
        (r for r in found if r.reason == "MOVED" and r.referred > calendar.data_date - dt.timedelta(700)), None
    )
    if chosen is None:
        return found
    return [replace(r, reason="DECEASED") if r is chosen else r for r in found]


def referral_rows(school: School, referrals: list[Referral], calendar: Calendar) -> list[Row]:
    """The rows of a school's list, in the order of the contract's columns."""
    words = WORDS[school.index % len(WORDS)]
    return [
        [
            r.enrolment.upn_on(calendar.data_date), r.enrolment.mis_id, r.enrolment.person.surname,
            r.enrolment.person.forename, r.agency, r.service, r.concern, r.referred,
            words.get(r.decision or "", r.decision), r.seen if r.is_seen_written or not r.report else None, r.report,
            r.provision, r.closed, words.get(r.reason or "", r.reason),
        ]
        for r in referrals
    ]  # fmt: skip
