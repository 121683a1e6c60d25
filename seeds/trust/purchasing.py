"""The trust's registers of buying: diagnostic tests, stock, licences, agencies and prices. All names are invented."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar
from seeds.trust.money import AGENCIES
from seeds.trust.rows import Pence, Row, Tables
from seeds.trust.schools import School
from seeds.trust.streams import Stream

USED_UP, KIT, YEARLY = "PER_PUPIL", "PER_SCHOOL", "PER_YEAR"


@dataclass(frozen=True)
class Diagnostic:
    """One test: what it serves, what it costs, and how often a school has it."""

    name: str
    publisher: str
    needs: tuple[str, ...]
    ages: tuple[int, int]
    list_pence: int
    kind: str
    held_rate: float
    tier: tuple[int, int] | None = None
    reuse_months: int | None = None

    def serves(self, need: str) -> bool:
        """True when the test is for the need."""
        return need in self.needs


TESTS = (
    Diagnostic("Wordwell Reading Profile", "Hollin Press", ("SPLD",), (6, 16), 640, USED_UP, 0.9, (470, 60), 6),
    Diagnostic("Spellgauge", "Hollin Press", ("SPLD", "MLD"), (6, 15), 410, USED_UP, 0.7, None, 6),
    Diagnostic("Talkmap Language Screen", "Brackenlea", ("SLCN", "ASD"), (3, 12), 780, USED_UP, 0.8, (610, 40), 12),
    Diagnostic("Numberlens", "Brackenlea", ("MLD", "SPLD"), (5, 14), 550, USED_UP, 0.6, None, 6),
    Diagnostic("Steplight Screener", "Brackenlea", ("MLD", "SLD"), (4, 16), 320, USED_UP, 0.8, None, 3),
    Diagnostic("Reasoning Shapes Kit", "Tarnbeck", ("MLD", "SLD"), (5, 17), 38_500, KIT, 0.5, None, 12),
    Diagnostic("Motor Steps Kit", "Tarnbeck", ("PD",), (3, 12), 21_000, KIT, 0.0),
    Diagnostic("Sensory Map Online", "Tarnbeck", ("ASD", "SLD"), (3, 19), 18_000, YEARLY, 0.4),
    Diagnostic("Signal Sight Check", "Tarnbeck", ("VI",), (3, 19), 900, USED_UP, 0.0),
)
"""No test is for SEMH, and no school has the one for PD or for VI: gaps that must be found."""
PRODUCTS = {"Readlight Online": 310, "Symbolquay": 1_450, "Countmeadow": 240}
"""Licensed product: price of a seat for a year, pence."""
SERVICES = (
    (AGENCIES[0], "Speech and language therapy", "SLCN", "HOUR", 7_800),
    (AGENCIES[0], "Occupational therapy", "PD", "HOUR", 8_200),
    (AGENCIES[1], "Educational psychology", "MLD", "VISIT", 31_000),
    (AGENCIES[2], "Autism outreach", "ASD", "VISIT", 16_500),
    (AGENCIES[2], "Behaviour support", "SEMH", "VISIT", 15_000),
    (AGENCIES[3], "Hearing support", "HI", "REPORT", 24_000),
)
"""Agency, service, need, unit, price of a unit in pence."""
PRICE_STEPS = (1.0, 0.88, 0.94, 1.0, 1.06)
"""What a school pays of the list price: by its place among the schools, so that two schools differ."""
MISSING_RENEWAL, UNKNOWN_USE = 0.08, 0.10


@dataclass(frozen=True)
class Purchase:
    """One purchase of a test by a school."""

    school: School
    test: Diagnostic
    day: dt.date
    units: int
    paid_pence: int
    used: int | None
    expiry: dt.date | None


@dataclass(frozen=True)
class Licence:
    """One school's seats of a product."""

    school: School
    product: str
    seats: int
    yearly_pence: int
    renewal: dt.date | None
    active: int | None


def buy_tests(schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Purchase]:
    """Purchases of two years: one in the year to the data date, and mostly one in the year before."""
    stream, found = Stream(seed, "purchasing"), []
    for school in schools:
        for test in TESTS:
            if not stream.chance(test.held_rate):
                continue
            for age, rate in ((stream.whole(400, 700), 0.75), (stream.whole(20, 340), 0.8)):
                if stream.chance(rate):
                    found.append(_purchase(school, test, calendar.data_date - dt.timedelta(days=age), stream, calendar))
    return found


def _purchase(school: School, test: Diagnostic, day: dt.date, stream: Stream, calendar: Calendar) -> Purchase:
    units = 5 * stream.whole(3, 14) if test.kind == USED_UP else 1
    price = round(test.list_pence * PRICE_STEPS[school.index % len(PRICE_STEPS)])
    age = (calendar.data_date - day).days
    share = min(1.0, stream.numbers.beta(2.5, 2) * (1.3 if age > 365 else 0.7))
    used = round(units * share) if test.kind == USED_UP else None
    expiry = day + dt.timedelta(days=stream.one_of((720, 900, 1100))) if test.kind == USED_UP else None
    return Purchase(school, test, day, units, units * price, used, expiry)


def hold_licences(schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Licence]:
    """Seats of each product in most schools; some hardly used, some renewals soon, one or another not dated."""
    stream, found = Stream(seed, "licences"), []
    for school in schools:
        for product, seat_pence in PRODUCTS.items():
            if not stream.chance(0.75):
                continue
            seats = 10 * stream.whole(3, 12)
            price = round(seat_pence * PRICE_STEPS[(school.index + len(product)) % len(PRICE_STEPS)])
            day = calendar.data_date + dt.timedelta(days=stream.whole(5, 360))
            renewal = None if stream.chance(MISSING_RENEWAL) else day
            active = None if stream.chance(UNKNOWN_USE) else round(seats * stream.numbers.beta(3, 2))
            found.append(Licence(school, product, seats, seats * price, renewal, active))
    return found


def agency_prices(schools: tuple[School, ...], calendar: Calendar) -> list[Row]:
    """(agency, service, contract, price, from, to): two services under a contract of the trust, the others by school.

    Every service has an older price that has ended and must not be taken.
    """
    start, before = dt.date(calendar.last_year, 9, 1), dt.date(calendar.last_year - 1, 9, 1)
    rows: list[Row] = []
    for place, (agency, service, _, _, price) in enumerate(SERVICES):
        holders = ["TRUST"] if place in (0, 3) else [school.urn for school in schools[place % 3 :: 3]]
        for turn, holder in enumerate(holders):
            now = round(price * PRICE_STEPS[turn % len(PRICE_STEPS)])
            rows.append([agency, service, holder, Pence(round(now * 0.5)), before, start - dt.timedelta(days=1)])
            rows.append([agency, service, holder, Pence(now), start, None])
    return rows


def register_tables(purchases: list[Purchase], licences: list[Licence], prices: list[Row]) -> Tables:
    """The sheets of the trust's workbook, in the order of the contracts' columns."""
    return {
        "raw_registers__diagnostic_tests": [
            [
                t.name, t.publisher, *[*t.needs, None, None][:3], *t.ages, Pence(t.list_pence),
                Pence(t.tier[0]) if t.tier else None, t.tier[1] if t.tier else None, t.kind, t.reuse_months,
            ]
            for t in TESTS
        ],
        "raw_registers__test_stock": [
            [p.school.urn, p.test.name, p.day, p.units, Pence(p.paid_pence), p.used, p.expiry] for p in purchases
        ],
        "raw_registers__licences": [
            [one.school.urn, one.product, one.seats, Pence(one.yearly_pence), one.renewal, one.active]
            for one in licences
        ],
        "raw_registers__agencies": [[agency, service, need, unit] for agency, service, need, unit, _ in SERVICES],
        "raw_registers__agency_prices": prices,
    }  # fmt: skip
