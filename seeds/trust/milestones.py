"""The way to each outcome of a plan: milestones, evidence, where it stood at the last reviews; known shortfalls.

Schools follow outcomes to very different degrees: most do for nearly every plan, the last but one of the trust hardly,
and the last one still has a tracker without milestones. What is drawn here has a stream of its own: plans, provision
and outcomes stay what they were without it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from expectations.vocabulary import PREPARATION_AREAS
from seeds.trust.calendar import Calendar
from seeds.trust.ehc_plans import Outcome, Plan
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream, weekday_from

FOLLOWED, HARDLY_FOLLOWED = 0.95, 0.12
"""Plans with milestones in most schools, and in the last but one."""
EVIDENCE_KINDS = ("Observation", "Work sample", "Assessment", "Professional report", "Pupil view", "Parent view")
WORDS: tuple[dict[str, str], ...] = (
    {},
    {"Met": "Achieved", "Under way": "In progress", "Not started": "Not yet", "Not met": "Not achieved"},
    {"Met": "Done", "Under way": "Ongoing", "Not started": "Planned", "Not met": "Missed"},
)
"""How a school writes where a milestone stands."""
MISSED_THERAPY = "Speech and language therapy"
"""One line of this provision is planted with no visit at all in the running year."""


@dataclass(frozen=True)
class Milestone:
    """One step towards an outcome."""

    number: int
    target: dt.date
    status: str
    evidence: dt.date | None
    kind: str | None


@dataclass(frozen=True)
class Followed:
    """One outcome as the tracker has it: its own evidence, its milestones, where it stood at the last two reviews."""

    plan: Plan
    outcome: Outcome
    evidence: dt.date | None
    set_date: dt.date | None = None
    preparation: str | None = None
    last_status: str | None = None
    earlier_status: str | None = None
    milestones: tuple[Milestone, ...] = ()


def has_old_tracker(school: School, schools: tuple[School, ...]) -> bool:
    """True for the last school of the trust."""
    return school.urn == schools[-1].urn


def miss_visits(plans: list[Plan], calendar: Calendar) -> None:
    """Plant the shortfall: one therapist's line of the running year of which nothing took place."""
    for plan in plans:
        for place, line in enumerate(plan.lines):
            is_now = line.academic_year == calendar.last_year and line.delivered_count is not None
            if line.kind == MISSED_THERAPY and is_now and plan.enrolment.is_on_roll(calendar.data_date):
                plan.lines[place] = replace(line, delivered_count=0)
                return


def follow_outcomes(plans: list[Plan], schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Followed]:
    """Every outcome of every plan, in the order of the plans."""
    stream = Stream(seed, "milestones")
    return [one for plan in plans for one in _follow_plan(plan, schools, calendar, stream)]


def _follow_plan(plan: Plan, schools: tuple[School, ...], calendar: Calendar, stream: Stream) -> Iterator[Followed]:
    school = plan.enrolment.school
    rate = HARDLY_FOLLOWED if school.urn == schools[-2].urn else FOLLOWED
    is_followed = stream.chance(rate) and not has_old_tracker(school, schools)
    for outcome in plan.outcomes:
        plain = Followed(plan, outcome, outcome.evidence)
        yield _follow(plain, calendar, stream) if is_followed else plain


def _follow(plain: Followed, calendar: Calendar, stream: Stream) -> Followed:
    """The outcome with its way; some on track have old evidence, or none, although nobody says so."""
    plan, outcome = plain.plan, plain.outcome
    set_date = max(plan.start, weekday_from(outcome.due - dt.timedelta(days=stream.whole(240, 1100))))
    evidence, is_shown = outcome.evidence, outcome.status != "No evidence"
    if outcome.status == "On track" and stream.chance(0.2):
        is_shown = stream.chance(0.5)
        old = calendar.data_date - dt.timedelta(days=stream.whole(99, 260))
        evidence = max(plan.start, old) if is_shown else None
    age = plan.enrolment.person.nc_year(calendar.last_year)
    preparation = stream.one_of(PREPARATION_AREAS) if age >= 9 and stream.chance(0.75) else None
    milestones = tuple(_milestones(plain, set_date, calendar, stream, is_shown=is_shown))
    if stream.chance(0.01):
        milestones = (replace(milestones[0], target=plan.start - dt.timedelta(days=40)), *milestones[1:])
    followed = replace(plain, evidence=evidence, set_date=set_date, preparation=preparation, milestones=milestones)
    return _review(followed, calendar, stream)


def _milestones(
    plain: Followed, set_date: dt.date, calendar: Calendar, stream: Stream, *, is_shown: bool
) -> Iterator[Milestone]:
    """Two or three, the last on the outcome's own day. Most whose day is over are met; some nobody has looked at."""
    count, due, today = stream.whole(2, 3), plain.outcome.due, calendar.data_date
    for number in range(1, count + 1):
        target = due - (due - set_date) * (count - number) / count
        is_over = target < today
        weights = {"Met": 78, "Not met": 6, "Under way": 16} if is_over else {"Under way": 45, "Not started": 55}
        if not is_shown:
            weights = {"Under way": 50, "Not started": 50}
        status = "Met" if plain.outcome.status == "Met" else stream.weighted(weights)
        shown = min(today, target + dt.timedelta(days=stream.whole(-12, 6)))
        has_evidence = is_shown and status in ("Met", "Not met") and stream.chance(0.93)
        kind = stream.one_of(EVIDENCE_KINDS)
        yield Milestone(number, target, status, shown if has_evidence else None, kind if has_evidence else None)


def _review(followed: Followed, calendar: Calendar, stream: Stream) -> Followed:
    """Four in five have the status of the last review; of the one before, those that were there by then."""
    held = sorted((r.meeting for r in followed.plan.reviews if r.meeting), reverse=True)
    is_written, last, earlier = (
        stream.chance(0.8),
        stream.weighted({"Met": 25, "On track": 40, "Off track": 20, "No evidence": 15}),
        stream.weighted({"Met": 8, "Not met": 4, "On track": 45, "Off track": 25, "No evidence": 18}),
    )
    set_date = followed.set_date or calendar.data_date
    return replace(
        followed,
        last_status=last if is_written and held and set_date <= held[0] else None,
        earlier_status=earlier if is_written and len(held) > 1 and set_date <= held[1] else None,
    )


def outcome_row(one: Followed) -> Row:
    """The row of the tracker's sheet of outcomes."""
    outcome = one.outcome
    return [
        one.plan.reference, outcome.number, outcome.area, outcome.due, outcome.status, one.evidence, one.set_date,
        one.preparation, one.last_status, one.earlier_status,
    ]  # fmt: skip


def milestone_rows(one: Followed) -> list[Row]:
    """The rows of the tracker's sheet of milestones, in the school's own words."""
    words = WORDS[one.plan.enrolment.school.index % len(WORDS)]
    return [
        [one.plan.reference, one.outcome.number, m.number, m.target, words.get(m.status, m.status), m.evidence, m.kind]
        for m in one.milestones
    ]
