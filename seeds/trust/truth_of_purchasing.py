"""The truth about buying: what would be saved, to the penny, and which need has no test. Plain rules only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from statistics import median

from seeds.trust.purchasing import PRODUCTS, TESTS, USED_UP, Diagnostic, Licence, Purchase
from seeds.trust.world import World

Record = dict[str, object]
NEEDS = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS")
BY_HEALTH = ("PMLD", "HI", "VI", "MSI", "PD", "DS")
YEAR = 365


def saving_truth_rows(world: World) -> Iterator[Record]:
    """One record per product and way to save; none where nothing would be saved."""
    for row in (*_of_tests(world), *_of_licences(world)):
        if int(str(row["saving_high_pence"])) > 0:
            yield row


def _of_tests(world: World) -> Iterator[Record]:
    for test in TESTS:
        bought = [p for p in world.purchases if p.test.name == test.name]
        by_school = {p.school.urn: [q for q in bought if q.school.urn == p.school.urn] for p in bought}
        orders = []
        for own in by_school.values():
            newest = [p for p in own if (world.calendar.data_date - p.day).days < YEAR]
            if newest:
                orders.append((sum(p.units for p in newest), sum(p.paid_pence for p in newest)))
        if not orders:
            continue
        units, paid = (sum(order[place] for order in orders) for place in (0, 1))
        low, high = one_price(orders)
        if test.tier and units >= test.tier[1]:
            high = max(high, paid - units * test.tier[0])
        yield _saving("PRICE_TEST", test.name, low, high)
        if test.kind == USED_UP:
            lowest = min(round(cost / count) for count, cost in orders)
            moved = [_movable(by_school, years, world) for years in (2, 1)]
            if moved[1] >= 10:
                yield _saving("SPARE_TEST", test.name, moved[0] * lowest, moved[1] * lowest)


def _movable(by_school: dict[str, list[Purchase]], years: int, world: World) -> int:
    today, spare, lacking = world.calendar.data_date, 0, 0
    for own in by_school.values():
        use = round(sum((p.used or 0) * YEAR / max(YEAR, (today - p.day).days) for p in own))
        left = sum(p.units - (p.used or 0) for p in own if p.expiry is None or p.expiry >= today)
        kept = sum(p.units - (p.used or 0) for p in own if p.expiry is None or (p.expiry - today).days > YEAR)
        spare += max(0, kept - years * use)
        lacking += max(0, use - left)
    return min(spare, lacking)


def _of_licences(world: World) -> Iterator[Record]:
    for product in PRODUCTS:
        held = [one for one in world.licences if one.product == product]
        if not held:
            continue
        orders = [(one.seats, one.yearly_pence) for one in held]
        yield _saving("PRICE_LICENCE", product, *one_price(orders))
        yield from _unused(product, [one for one in held if one.active is not None], orders)


def _unused(product: str, counted: list[Licence], orders: list[tuple[int, int]]) -> Iterator[Record]:
    seats, used = sum(one.seats for one in counted), sum(one.active or 0 for one in counted)
    if seats - used >= 10 and used >= 10:
        lowest = min(round(paid / count) for count, paid in orders)
        low = max(0, seats - used - math.ceil(seats / 10)) * lowest
        yield _saving("UNUSED_SEATS", product, low, (seats - used) * lowest)


def one_price(orders: list[tuple[int, int]]) -> tuple[int, int]:
    """Saved if nobody pays above the middle price, and if all pay the lowest."""
    prices = [round(paid / units) for units, paid in orders]
    ends = (math.ceil(median(prices)), min(prices))
    low, high = (sum(max(0, paid - units * price) for units, paid in orders) for price in ends)
    return low, high


def _saving(kind: str, product: str, low: int, high: int) -> Record:
    return {"saving_kind": kind, "product_name": product, "saving_low_pence": low, "saving_high_pence": high}


def gap_truth_rows(world: World) -> Iterator[Record]:
    """One record per type of need: NO_TEST in the register, NOT_STOCKED anywhere, BY_HEALTH services, or STOCKED."""
    today = world.calendar.data_date

    def is_left(test: Diagnostic) -> bool:
        return any(
            p.units > (p.used or 0) and (p.expiry is None or p.expiry >= today)
            for p in world.purchases
            if p.test.name == test.name
        )

    for need in NEEDS:
        known = [test for test in TESTS if test.serves(need)]
        lacking = "NOT_STOCKED" if known else "BY_HEALTH" if need in BY_HEALTH else "NO_TEST"
        gap = "STOCKED" if any(map(is_left, known)) else lacking
        yield {"sen_type": need, "gap": gap}
