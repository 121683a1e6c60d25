"""The trust's registers of SEND leadership and of reports, plans and policies; nobody is named."""

from __future__ import annotations

import datetime as dt

from seeds.trust.calendar import Calendar
from seeds.trust.rows import Row, Tables
from seeds.trust.schools import School
from seeds.trust.streams import Stream

AWARDS = ("HELD", "HELD", "HELD", "UNDER_WAY", "NOT_STARTED")
ITEMS = ("SEN_INFORMATION_REPORT", "ACCESSIBILITY_PLAN", "SEND_POLICY")
MISSING_ITEM, NO_TRAINING, NO_REVIEW = 0.06, 0.12, 0.2


def governance_tables(schools: tuple[School, ...], calendar: Calendar, seed: int) -> Tables:
    """The sheets of the trust's workbook, in the order of the contracts' columns."""
    return {
        "raw_registers__leadership": leadership_rows(schools, calendar, seed),
        "raw_registers__website": website_rows(schools, calendar, seed),
    }


def leadership_rows(schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Row]:
    """(school, hours, award, training of staff and governor, review, recommendations, open, follow-up due and held)."""
    stream = Stream(seed, "leadership")
    rows: list[Row] = []
    for school in schools:
        staff, governor = _day(stream, calendar, 20, 560), _day(stream, calendar, 20, 1_000)
        rows.append([
            school.urn, stream.one_of((6.0, 9.0, 12.5, 18.0, 25.0)), AWARDS[school.index % len(AWARDS)],
            None if stream.chance(NO_TRAINING) else staff, None if stream.chance(NO_TRAINING) else governor,
            *_review(stream, calendar),
        ])  # fmt: skip
    return rows


def _day(stream: Stream, calendar: Calendar, youngest: int, oldest: int) -> dt.date:
    return calendar.data_date - dt.timedelta(days=stream.whole(youngest, oldest))


def _review(stream: Stream, calendar: Calendar) -> Row:
    """A peer review and its follow-up about six months later, some past their day."""
    if stream.chance(NO_REVIEW):
        return [None, None, None, None, None]
    day, made = _day(stream, calendar, 30, 500), stream.whole(3, 9)
    due = day + dt.timedelta(days=182)
    is_held = due < calendar.data_date and stream.chance(0.6)
    held = min(due + dt.timedelta(days=stream.whole(-10, 25)), calendar.data_date) if is_held else None
    return [day, made, stream.whole(0, made), due, held]


def website_rows(schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Row]:
    """(school, item, published, own review day): most in date, some late, a few not recorded at all."""
    stream = Stream(seed, "website")
    rows: list[Row] = []
    for school in schools:
        for item in ITEMS:
            oldest = 1_250 if item == "ACCESSIBILITY_PLAN" else 430
            published, own = _day(stream, calendar, 10, oldest), stream.one_of((None, 300, 365))
            if not stream.chance(MISSING_ITEM):
                review = published + dt.timedelta(days=own) if own else None
                rows.append([school.urn, item, published, review])
    return rows
