"""EHC plans: section F lines, outcomes, annual reviews and requests, with shortfalls and lateness that are known."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from seeds.trust.calendar import Calendar, academic_year_of, years_later
from seeds.trust.needs import Need, Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.streams import Stream, weekday_from

AREAS = (
    "Communication and interaction", "Cognition and learning", "Social, emotional and mental health",
    "Sensory and/or physical needs",
)  # fmt: skip
BANDS = ("Band 1", "Band 2", "Band 3", "Band 4", "Band 5", "Band 6")
PROVISIONS = (
    ("In-class support", "TA2", (8, 25), 38, (1, 3), 0, 0.96),
    ("Small group teaching", "TA3", (2, 6), 38, (3, 6), 0, 0.9),
    ("Mentoring", "HLTA", (1, 3), 38, (1, 2), 0, 0.84),
    ("Speech and language therapy", "Therapist", (0.5, 1), 30, (1, 1), 15_000, 0.62),
    ("Specialist teacher visits", "Specialist teacher", (0.5, 1), 36, (1, 3), 8_000, 0.78),
    ("Occupational therapy", "Therapist", (0.25, 0.5), 24, (1, 1), 24_050, 0.7),
)
"""Kind, grade, hours a week, weeks a year, group size, fixed yearly cost in pence, share delivered."""
SPECIAL_PROVISIONS = (
    ("Specialist class teaching", "Teacher", (25, 25), 38, (7, 9), 0, 0.98),
    ("In-class support", "TA2", (20, 30), 38, (1, 4), 0, 0.95),
)


@dataclass(frozen=True)
class Line:
    """One line of section F in one academic year."""

    number: int
    academic_year: int
    kind: str
    staff_grade: str
    hours_per_week: float
    weeks_per_year: int
    group_size: int
    fixed_pence: int
    planned_count: int
    delivered_count: int | None


@dataclass(frozen=True)
class Outcome:
    """One outcome of section E."""

    number: int
    area: str
    due: dt.date
    status: str
    evidence: dt.date | None


@dataclass(frozen=True)
class Review:
    """One annual review; what has not happened by the data date is None."""

    due: dt.date
    meeting: dt.date | None
    papers: dt.date | None
    report: dt.date | None
    decision: dt.date | None
    amended: dt.date | None
    outcome: str | None = None
    is_adulthood_covered: bool | None = None


@dataclass(frozen=True)
class Plan:
    """One plan in one school's tracker."""

    reference: str
    enrolment: Enrolment
    start: dt.date
    cease: dt.date | None
    cease_reason: int | None
    need: str
    band: str
    lines: list[Line] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


def make_plans(people: People, needs: Needs, calendar: Calendar, seed: int) -> list[Plan]:
    """Every plan of a child who was on roll with it at some time in the period, by school."""
    stream = Stream(seed, "ehc plans")
    counts: dict[str, int] = {}
    plans = []
    for enrolment in people.enrolments:
        need = needs.get(enrolment.person.key)
        start = need.plan_start() if need else None
        last = enrolment.leaving or calendar.data_date
        begins = dt.date(calendar.first_year, 9, 1)
        if need is None or start is None or start > last or last < begins:
            continue
        urn = enrolment.school.urn
        counts[urn] = counts.get(urn, 0) + 1
        plans.append(_make_plan(f"EHCP-{counts[urn]:03d}", enrolment, need, start, calendar, stream))
    return plans


def _make_plan(
    reference: str, enrolment: Enrolment, need: Need, start: dt.date, calendar: Calendar, stream: Stream
) -> Plan:
    leaving = enrolment.leaving
    is_last = (
        leaving is not None
        and enrolment.school.is_special
        and enrolment.person.nc_year(academic_year_of(leaving)) >= 13
    )
    lowest = 2 if enrolment.school.is_special else 0
    band = BANDS[min(5, max(lowest, lowest + int(stream.numbers.binomial(3, 0.45))))]
    plan = Plan(
        reference, enrolment, start, leaving if is_last else None,
        stream.weighted({1: 5, 2: 2, 4: 1, 6: 2}) if is_last else None,
        need.main_on(calendar.data_date), band,
    )  # fmt: skip
    plan.lines.extend(_make_lines(plan, calendar, stream))
    plan.outcomes.extend(_make_outcomes(plan, calendar, stream))
    plan.reviews.extend(_make_reviews(plan, calendar, stream))
    return plan


def _make_lines(plan: Plan, calendar: Calendar, stream: Stream) -> list[Line]:
    """Two to four lines, the same in each year the child was here with the plan; the running year is under way."""
    enrolment, lines = plan.enrolment, []
    others = stream.some(PROVISIONS[1:], stream.whole(1, 3))
    chosen = [*(SPECIAL_PROVISIONS if enrolment.school.is_special else PROVISIONS[:1]), *others]
    sizes = [
        (stream.whole(round(4 * low), round(4 * high)) / 4, stream.whole(*group))
        for _, _, (low, high), _, group, _, _ in chosen
    ]
    first = max(calendar.first_year, academic_year_of(max(enrolment.entry, plan.start)))
    last = academic_year_of(enrolment.leaving) if enrolment.leaving else calendar.last_year
    for year in range(first, last + 1):
        for number, ((kind, grade, _, weeks, _, fixed, rate), (hours, group)) in enumerate(
            zip(chosen, sizes, strict=True), 1
        ):
            planned = weeks * (5 if hours > 3 else 2 if hours > 1 else 1)
            share = _elapsed(year, calendar) * min(1.0, max(0.2, rate + stream.normal(0, 0.07)))
            delivered = round(planned * share) if stream.chance(0.95) else None
            lines.append(Line(number, year, kind, grade, hours, weeks, group, fixed, planned, delivered))
    return lines


def _elapsed(year: int, calendar: Calendar) -> float:
    """Share of the academic year's teaching days that lie before the data date."""
    weekdays = (0, 1, 2, 3, 4)
    start, end = dt.date(year, 9, 1), dt.date(year + 1, 8, 31)
    if end <= calendar.data_date:
        return 1.0
    gone = len(calendar.teaching_days(start, calendar.data_date, weekdays))
    return gone / max(1, len(calendar.teaching_days(start, end, weekdays)))


def _make_outcomes(plan: Plan, calendar: Calendar, stream: Stream) -> list[Outcome]:
    """Three to five outcomes due at the ends of school years; those past are met, not met or without evidence."""
    outcomes = []
    first = max(calendar.first_year, academic_year_of(max(plan.start, plan.enrolment.entry)))
    last = academic_year_of(plan.enrolment.leaving) if plan.enrolment.leaving else calendar.last_year + 1
    for number in range(1, stream.whole(3, 5) + 1):
        year = stream.whole(first, max(first, last))
        due = stream.one_of((dt.date(year + 1, 7, 18), dt.date(year + 1, 3, 20), dt.date(year, 12, 12)))
        due = max(due, plan.start + dt.timedelta(days=90))
        is_due = due <= calendar.data_date
        weights = (
            {"Met": 55, "Not met": 24, "No evidence": 21}
            if is_due
            else {"On track": 58, "Off track": 22, "No evidence": 20}
        )
        status = stream.weighted(weights)
        latest = min(due, calendar.data_date)
        evidence = (
            None
            if status == "No evidence"
            else stream.day(latest - dt.timedelta(days=70), latest - dt.timedelta(days=3))
        )
        outcomes.append(Outcome(number, stream.one_of(AREAS), due, status, evidence))
    return outcomes


def _make_reviews(plan: Plan, calendar: Calendar, stream: Stream) -> list[Review]:
    """A chain of reviews: each is due twelve months after the plan or the decision before it. One in six is late."""
    reviews: list[Review] = []
    here_from = max(plan.enrolment.entry, dt.date(calendar.first_year, 9, 1))
    here_to = plan.enrolment.leaving or years_later(calendar.data_date, 1)
    due = years_later(plan.start, 1)
    while due < here_from - dt.timedelta(days=150):
        due = years_later(due, 1)
    while due <= here_to:
        review = _make_review(due, calendar, stream)
        reviews.append(review)
        if review.meeting is None:
            break
        due = years_later(review.decision or review.meeting + dt.timedelta(days=28), 1)
    return reviews


def _make_review(due: dt.date, calendar: Calendar, stream: Stream) -> Review:
    lateness = stream.whole(1, 45) if stream.chance(0.16) else -stream.whole(0, 40)
    meeting = weekday_from(due + dt.timedelta(days=lateness))
    if lateness <= 0 and meeting > due:
        meeting = due - dt.timedelta(days=due.weekday() - 4 if due.weekday() > 4 else 0)
    papers = meeting - dt.timedelta(days=14 if stream.chance(0.8) else stream.whole(3, 10))
    report = meeting + dt.timedelta(days=stream.whole(4, 14) if stream.chance(0.83) else stream.whole(15, 33))
    decision = meeting + dt.timedelta(days=stream.whole(12, 28) if stream.chance(0.68) else stream.whole(29, 80))
    amended = decision + dt.timedelta(days=stream.whole(15, 70)) if stream.chance(0.3) else None
    held, sent, reported, decided, issued = (
        day if day and day < calendar.data_date else None for day in (meeting, papers, report, decision, amended)
    )
    outcome = ("Amend" if amended else "Keep") if decided else None
    return Review(due, held, sent, reported, decided, issued, outcome)
