"""Money: staff rates, resources, agency invoices, top-up, place and notional funding. Invented, of plausible size."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from seeds.trust.calendar import Calendar, academic_year_of
from seeds.trust.ehc_plans import Line, Plan
from seeds.trust.people import People
from seeds.trust.rows import Pence, Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

GROSS_PENCE = {
    "TA2": 2_410_000, "TA3": 2_655_000, "HLTA": 3_040_000, "Teacher": 4_320_000, "SENCO": 5_130_000,
    "Specialist teacher": 4_980_000, "Therapist": 4_450_000,
}  # fmt: skip
"""Full-time gross pay in 2023, pence."""
DELIVERABLE_HOURS = {
    "TA2": 1180, "TA3": 1180, "HLTA": 1120, "Teacher": 950, "SENCO": 700, "Specialist teacher": 820, "Therapist": 880,
}  # fmt: skip
PAY_RISE = Fraction(32, 1000)
ON_COST = Fraction(29, 100)
TOP_UP_PENCE = {
    "Band 1": 150_000,
    "Band 2": 320_000,
    "Band 3": 560_000,
    "Band 4": 840_000,
    "Band 5": 1_230_000,
    "Band 6": 1_790_000,
}
PLACE_PENCE = 1_000_000
NOTIONAL_PENCE_PER_PUPIL = 63_000
ITEMS = (
    "Reading books, set",
    "Counting equipment",
    "Headphones",
    "Laminating pouches",
    "Sensory box",
    "Licence, one year",
    "Whiteboards",
)
AGENCIES = ("Plover Lane Therapy", "Brightfen Psychology", "Mallowby Outreach", "Kestrelford Hearing Service")


def staff_rates(calendar: Calendar) -> list[Row]:
    """One row per financial year and grade: (year, grade, gross, on-costs, deliverable hours)."""
    return [
        [year, grade, Pence(gross_pence(grade, year)), Pence(on_cost_pence(grade, year)), DELIVERABLE_HOURS[grade]]
        for year in calendar.years
        for grade in GROSS_PENCE
    ]


def gross_pence(grade: str, year: int) -> int:
    """Gross pay of a full-time post in a financial year."""
    return round(GROSS_PENCE[grade] * (1 + PAY_RISE) ** max(0, year - 2023))


def on_cost_pence(grade: str, year: int) -> int:
    """Employer's pension and National Insurance in a financial year."""
    return round(gross_pence(grade, year) * ON_COST)


def rate_pence(grade: str, year: int) -> Fraction:
    """Exact cost of one deliverable hour, pence."""
    return Fraction(gross_pence(grade, year) + on_cost_pence(grade, year), DELIVERABLE_HOURS[grade])


def line_cost_pence(line: Line) -> Fraction:
    """Staff cost of one section F line over its full year: rate x hours x weeks / pupils who share it."""
    return (
        rate_pence(line.staff_grade, line.academic_year)
        * Fraction(line.hours_per_week)
        * line.weeks_per_year
        / line.group_size
    )


def top_up_pence(band: str, year: int) -> int:
    """Element 3 of a band for a full year; bands rise by one per cent a year."""
    return round(TOP_UP_PENCE[band] * Fraction(101, 100) ** max(0, year - 2023) / 100) * 100


def top_up_rows(plans: list[Plan]) -> list[Row]:
    """One row per plan and financial year with section F lines: (URN, year, plan, band, top-up)."""
    return [
        [plan.enrolment.school.urn, year, plan.reference, plan.band, Pence(top_up_pence(plan.band, year))]
        for plan in plans
        for year in sorted({line.academic_year for line in plan.lines})
    ]


def school_funding(schools: tuple[School, ...], people: People, calendar: Calendar) -> list[Row]:
    """One row per school and financial year: (URN, year, kind, places, amount)."""
    rows: list[Row] = []
    for school in schools:
        for year in calendar.years:
            roll = len(people.on_roll(school, min(dt.date(year, 10, 3), calendar.data_date)))
            if school.is_special:
                places = 5 * ((roll + 4) // 5)
                rows.append([school.urn, year, "PLACE", places, Pence(places * PLACE_PENCE)])
            else:
                rows.append([school.urn, year, "NOTIONAL", None, Pence(roll * NOTIONAL_PENCE_PER_PUPIL)])
    return rows


def resources(schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Row]:
    """Purchases: (URN, day, item, amount); no two alike."""
    stream, seen = Stream(seed, "resources"), set()
    rows: list[Row] = []
    for school in schools:
        for year in calendar.years:
            for _ in range(stream.whole(3, 8)):
                day = stream.day(
                    dt.date(year, 9, 5), min(dt.date(year + 1, 7, 10), calendar.data_date - dt.timedelta(days=3))
                )
                item = stream.one_of(ITEMS)
                if (school.urn, day, item) not in seen and academic_year_of(day) == year:
                    seen.add((school.urn, day, item))
                    rows.append([school.urn, day, item, Pence(stream.whole(900, 95_000))])
    return rows


def agency_invoices(schools: tuple[School, ...], plans: list[Plan], calendar: Calendar, seed: int) -> list[Row]:
    """Invoice lines: (URN, agency, invoice, day, plan or none, amount)."""
    stream = Stream(seed, "agencies")
    rows: list[Row] = []
    by_school: dict[str, list[Plan]] = {}
    for plan in plans:
        by_school.setdefault(plan.enrolment.school.urn, []).append(plan)
    number = 4100
    for school in schools:
        for year in calendar.years:
            for _ in range(stream.whole(6, 14)):
                number += stream.whole(1, 9)
                day = stream.day(
                    dt.date(year, 9, 20), min(dt.date(year + 1, 7, 20), calendar.data_date - dt.timedelta(days=2))
                )
                known = [
                    p for p in by_school.get(school.urn, []) if any(line.academic_year == year for line in p.lines)
                ]
                reference = stream.one_of(known).reference if known and stream.chance(0.6) else None
                rows.append(
                    [
                        school.urn,
                        stream.one_of(AGENCIES),
                        f"INV-{number}",
                        day,
                        reference,
                        Pence(stream.whole(9_000, 88_000)),
                    ]
                )
    return rows
