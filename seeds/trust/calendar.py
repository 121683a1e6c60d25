"""Dates of the sample: half-terms, census days, test points, teaching days. No pupils."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from importlib import resources

TERMS_OF_TESTS = ("Autumn2", "Spring2", "Summer2")
CENSUS_MONTHS = {"AUT": (10, 1), "SPR": (1, 3), "SUM": (5, 3)}
"""Census: month, and which Thursday of it. Rule of the School Census (Devon census guidance)."""


@dataclass(frozen=True)
class HalfTerm:
    """One half-term; both days included."""

    academic_year: int
    name: str
    start: dt.date
    end: dt.date


@dataclass(frozen=True)
class TestPoint:
    """The school week in which one term's tests are sat; ``index`` counts over all years from 0."""

    index: int
    academic_year: int
    half_term: str
    monday: dt.date


@dataclass(frozen=True)
class Calendar:
    """The period the sample covers: ``first_year`` to the academic year of the data date."""

    first_year: int
    data_date: dt.date
    half_terms: tuple[HalfTerm, ...]
    test_points: tuple[TestPoint, ...]

    @property
    def last_year(self) -> int:
        """Academic year of the data date."""
        return academic_year_of(self.data_date)

    @property
    def years(self) -> range:
        """Academic years covered, the last one in part."""
        return range(self.first_year, self.last_year + 1)

    def half_term(self, academic_year: int, name: str) -> HalfTerm:
        """One half-term by name."""
        return next(h for h in self.half_terms if (h.academic_year, h.name) == (academic_year, name))

    def teaching_days(self, start: dt.date, end: dt.date, weekdays: tuple[int, ...]) -> list[dt.date]:
        """Days in term from start to end that fall on the given weekdays (Monday 0)."""
        return [
            day
            for half_term in self.half_terms
            for day in _days(max(start, half_term.start), min(end, half_term.end))
            if day.weekday() in weekdays
        ]


def make_calendar(years_count: int, data_date: dt.date) -> Calendar:
    """The calendar of ``years_count`` whole years and a part. ``ValueError`` when term dates are missing."""
    last = academic_year_of(data_date)
    first = last - years_count
    half_terms = tuple(h for h in read_half_terms() if first <= h.academic_year <= last)
    if years_count < 1 or {h.academic_year for h in half_terms} != set(range(first, last + 1)):
        raise ValueError("The sample needs one or more years that all stand in reference/term_dates.csv")
    weeks = [(h.academic_year, h.name, _test_week(h)) for h in half_terms if h.name in TERMS_OF_TESTS]
    held = [week for week in weeks if week[2] + dt.timedelta(days=5) <= data_date]
    points = tuple(TestPoint(index, *week) for index, week in enumerate(held))
    return Calendar(first, data_date, half_terms, points)


def read_half_terms() -> list[HalfTerm]:
    """Every half-term of ``reference/term_dates.csv``."""
    text = (resources.files("seeds") / "reference" / "term_dates.csv").read_text(encoding="utf-8")
    return [
        HalfTerm(
            int(row["academic_year"]),
            row["half_term"],
            dt.date.fromisoformat(row["start_date"]),
            dt.date.fromisoformat(row["end_date"]),
        )
        for row in csv.DictReader(text.splitlines())
    ]


def academic_year_of(day: dt.date) -> int:
    """Academic year, by the year it starts in; 1 September to 31 August."""
    return day.year if day.month >= 9 else day.year - 1


def census_days(calendar: Calendar) -> list[tuple[str, dt.date]]:
    """(term, day) of each census delivered: springs of all years, every term of the last two whole years and since."""
    days = []
    for year in calendar.years:
        for term, (month, _) in CENSUS_MONTHS.items():
            day = census_day(year if month >= 9 else year + 1, term)
            is_recent = year >= calendar.last_year - 2
            if day <= calendar.data_date and (term == "SPR" or is_recent):
                days.append((term, day))
    return days


def census_day(calendar_year: int, term: str) -> dt.date:
    """First Thursday of October, third Thursday of January and May."""
    month, which = CENSUS_MONTHS[term]
    first = dt.date(calendar_year, month, 1)
    return first + dt.timedelta(days=(3 - first.weekday()) % 7 + 7 * (which - 1))


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day some years on; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _days(start: dt.date, end: dt.date) -> list[dt.date]:
    return [start + dt.timedelta(days=n) for n in range((end - start).days + 1)]


def _test_week(half_term: HalfTerm) -> dt.date:
    """Spring tests in the last week of term, the others a fortnight before its end: blocks fit between them."""
    weeks_back = 0 if half_term.name == "Spring2" else 2
    last_monday = half_term.end - dt.timedelta(days=half_term.end.weekday())
    return last_monday - dt.timedelta(weeks=weeks_back)
