"""What else stands in the trust's ledger: lines for groups, and lines that a person should look at. After the dirt.

The rows are put under those that are there, so that nothing else moves. What must be found of each is kept.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.catalogue import UNKNOWN_NAMES
from seeds.trust.deliveries import Delivery
from seeds.trust.interventions import Group
from seeds.trust.money import AGENCIES, TOP_UP_PENCE, top_up_pence
from seeds.trust.rows import Cell, Pence, Row
from seeds.trust.sheets import Sheet
from seeds.trust.streams import Stream
from seeds.trust.world import World

INVOICES, PURCHASES = "raw_money__agency_invoices", "raw_money__resources"
NO_SUCH_URN = "999999"
UNNAMED_BAND = "Band 6"
"""A band that the sample's settings leave out."""
SHORT_BAND, SHORT_PENCE = "Band 2", 5_000
"""A band for which the settings name another amount than the workbook."""
GROUPS_WITH_LINES = 9


@dataclass(frozen=True)
class Finding:
    """One planted line: its sheet's table, its place in it from 0, and the rule that must be named."""

    table: str
    index: int
    rule: str


def plant_in_ledger(deliveries: list[Delivery], world: World) -> list[Finding]:
    """Add the lines to the money workbook; what must be found of them."""
    sheets = {sheet.table: sheet for delivery in deliveries for sheet in delivery.sheets}
    stream, found = Stream(world.seed, "ledger"), []
    known = {name for name, _ in UNKNOWN_NAMES}
    groups = [g for g in world.groups if g.intervention.name not in known and g.sessions]
    for number, group in enumerate(stream.some(groups, GROUPS_WITH_LINES)):
        _add(sheets[INVOICES], _invoice(world, group.school.urn, f"INV-G{number}", _day_in(group, world), stream),
             group_reference=group.reference)  # fmt: skip
        if number % 2 == 0:
            _add(sheets[PURCHASES], [group.school.urn, _day_in(group, world), f"Workbooks, set {number}",
                 Pence(stream.whole(2_000, 30_000)), None, None], group_reference=group.reference)  # fmt: skip
    for rule, row, changes in _odd_lines(world, sheets[INVOICES], stream):
        place = _add(sheets[INVOICES], row, **changes)
        found.append(Finding(INVOICES, place, rule))
    return found


def _odd_lines(world: World, sheet: Sheet, stream: Stream) -> list[tuple[str, Row, dict[str, Cell]]]:
    """Lines to look at, with their rule."""
    today = world.calendar.data_date
    urn, last = world.schools[-1].urn, dt.date(world.calendar.last_year, 6, 12)
    good = next(row for row in sheet.rows if row[sheet.place("plan_reference")] is None and row[0] != NO_SUCH_URN
                and isinstance(row[sheet.place("amount_pence")], Pence)
                and isinstance(row[sheet.place("invoice_date")], dt.date)
                and "X" not in str(row[2]) and "G" not in str(row[2]))  # fmt: skip
    again = list(good)
    again[sheet.place("invoice_number")] = f"{good[sheet.place('invoice_number')]}/2"
    return [
        ("UNKNOWN_SCHOOL", _invoice(world, NO_SUCH_URN, "INV-U1", last, stream), {}),
        ("UNKNOWN_PLAN", _invoice(world, urn, "INV-U2", last, stream), {"plan_reference": "EHCP-9999"}),
        ("UNKNOWN_GROUP", _invoice(world, urn, "INV-U3", last, stream), {"group_reference": "G-9999"}),
        ("OTHER_YEAR", _invoice(world, urn, "INV-U4", last, stream), {"financial_year": world.calendar.last_year}),
        ("LATER", _invoice(world, urn, "INV-U5", today + dt.timedelta(days=12), stream), {}),
        ("MAY_BE_TWICE", again, {}),
    ]


def _invoice(world: World, urn: str, number: str, day: dt.date, stream: Stream) -> Row:
    return [urn, stream.one_of(AGENCIES), number, day, None, Pence(stream.whole(9_000, 60_000)), None, None]


def _day_in(group: Group, world: World) -> dt.date:
    """A day of the group's own financial year by the data date."""
    return min(group.block.start + dt.timedelta(days=9), world.calendar.data_date)


def _add(sheet: Sheet, row: Row, **changes: Cell) -> int:
    for column, value in changes.items():
        row[sheet.place(column)] = value
    sheet.rows.append(row)
    return len(sheet.rows) - 1


def band_settings(world: World) -> list[str]:
    """The bands of the sample's settings: one is left out, one is of another amount than the workbook has."""
    lines = []
    for band in TOP_UP_PENCE:
        if band != UNNAMED_BAND:
            lines += ["", f'[funding.bands."{band}"]']
            lines += [
                f"{year} = {(top_up_pence(band, year) - SHORT_PENCE * (band == SHORT_BAND)) / 100:.2f}"
                for year in world.calendar.years
            ]
    return lines
