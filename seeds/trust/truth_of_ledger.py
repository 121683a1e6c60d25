"""The truth of what was spent and of the ledger, worked out from what was planned and from the rows as written."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from seeds.trust.calendar import academic_year_of
from seeds.trust.catalogue import UNKNOWN_NAMES
from seeds.trust.deliveries import Delivery
from seeds.trust.interventions import Group
from seeds.trust.money import rate_pence, top_up_pence
from seeds.trust.money_ledger import INVOICES, PURCHASES, SHORT_BAND, UNNAMED_BAND, Finding
from seeds.trust.rows import Cell, Pence
from seeds.trust.sheets import Sheet
from seeds.trust.truth_of_money import cost_rows
from seeds.trust.world import World

Record = dict[str, object]
_Sums = dict[tuple[str, int], int]


@dataclass(frozen=True)
class _Line:
    """One line of the ledger. ``group`` is the reference of a group that it is for; ``year`` that of its date."""

    urn: str
    booked_year: int
    year: int
    kind: str
    amount: int
    is_counted: bool
    is_for_plan: bool
    group: str


_KINDS = {INVOICES: ("AGENCY", "invoice_date"), PURCHASES: ("RESOURCE", "purchase_date")}


def ledger_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per school, financial year and kind: what the ledger comes to, and what of it can be counted."""
    sums: dict[tuple[str, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for line in _lines(world, deliveries):
        sums[line.urn, line.booked_year, line.kind][0] += line.amount
        if line.is_counted:
            sums[line.urn, line.year, line.kind][1] += line.amount
    for (urn, year, kind), (ledger, counted) in sorted(sums.items()):
        yield {"school_urn": urn, "financial_year": year, "cost_kind": kind, "ledger_pence": ledger,
               "counted_pence": counted}  # fmt: skip


def finding_rows(world: World, deliveries: list[Delivery], found: list[Finding]) -> Iterator[Record]:
    """One record per planted line that must be told of, with the rule."""
    sheets = {sheet.table: (delivery, sheet) for delivery in deliveries for sheet in delivery.sheets}
    for finding in found:
        delivery, sheet = sheets[finding.table]
        yield _finding(delivery, sheet, finding.index, finding.rule)
    delivery, sheet = sheets["raw_money__top_up"]
    aside = {planted.index for planted in sheet.planted}
    for index, row in enumerate(sheet.rows):
        band = row[sheet.place("funding_band")]
        if index not in aside and band in (UNNAMED_BAND, SHORT_BAND):
            yield _finding(delivery, sheet, index, "UNKNOWN_BAND" if band == UNNAMED_BAND else "BAND_AMOUNT")


def _finding(delivery: Delivery, sheet: Sheet, index: int, rule: str) -> Record:
    return {"file": delivery.file_name, "sheet": sheet.name, "row_number": sheet.row_number(index), "rule": rule}


def money_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per school and financial year: plans (whole years), groups, what is for neither; top-up.

    ``groups_pence`` are the parts of pupils without section F that year, ``beside_pence`` those of pupils with it.
    """
    plans, shared = _plans_pence(world), _shared_pence(world, deliveries)
    groups, beside = _groups_pence(world, deliveries)
    top_up: dict[tuple[str, int], int] = defaultdict(int)
    for plan in world.plans:
        for year in {line.academic_year for line in plan.lines}:
            top_up[plan.enrolment.school.urn, year] += top_up_pence(plan.band, year)
    for urn, year in sorted({*plans, *groups, *shared}):
        is_whole = dt.date(year + 1, 8, 31) <= world.calendar.data_date
        yield {
            "school_urn": urn, "financial_year": year, "is_whole_year": is_whole,
            "plans_pence": plans[urn, year] if is_whole else "", "groups_pence": groups[urn, year],
            "beside_pence": beside[urn, year], "shared_pence": shared[urn, year], "top_up_pence": top_up[urn, year],
        }  # fmt: skip


def _plans_pence(world: World) -> dict[tuple[str, int], int]:
    """Cost to date of a whole year: lines as delivered, fixed cost and invoices; without a record, invoices alone."""
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for row in cost_rows(world):
        spent = int(str(row["staff_cost_to_date_pence"])) + int(str(row["fixed_full_pence"]))
        invoices = int(str(row["invoices_pence"]))
        key = str(row["school_urn"]), int(str(row["academic_year"]))
        sums[key] += invoices + (spent if row["recorded_lines_count"] else 0)
    return sums


def _groups_pence(world: World, deliveries: list[Delivery]) -> tuple[_Sums, _Sums]:
    """The cost of groups, each year's: parts of pupils without section F there that year, and with it.

    Of a cost that the pupils share evenly, those with section F get whole pence rounded down, the others the rest.
    """
    named: dict[tuple[str, str], list[_Line]] = defaultdict(list)
    for line in _lines(world, deliveries):
        if line.is_counted and line.group:
            named[line.urn, line.group].append(line)
    with_lines = {
        (p.enrolment.person.key, p.enrolment.school.urn, n.academic_year) for p in world.plans for n in p.lines
    }
    without: _Sums = defaultdict(int)
    beside: _Sums = defaultdict(int)
    for group in world.groups:
        urn, lines = group.school.urn, named[group.school.urn, group.reference]
        costs: dict[int, int] = defaultdict(int)
        year = academic_year_of(group.block.start)
        costs[year] += _own_pence(group, year, any(line.kind == "RESOURCE" for line in lines))
        for line in lines:
            costs[line.year] += line.amount
        for year, cost in costs.items():
            bound = sum((m.enrolment.person.key, urn, year) in with_lines for m in group.members)
            part = cost * bound // len(group.members)
            beside[urn, year] += part
            without[urn, year] += cost - part
    return without, beside


def _own_pence(group: Group, year: int, has_purchases: bool) -> int:
    """Hours delivered at the grade's rate, and the map's materials unless purchases stand for them."""
    is_settled = group.intervention.name not in {name for name, _ in UNKNOWN_NAMES}
    materials = 0 if has_purchases or group.is_in_insight else group.intervention.resource_pence
    if group.is_in_insight or not is_settled or not group.sessions:
        return materials
    hours = Fraction(group.delivered_count * group.intervention.minutes, 60)
    return math.floor(hours * rate_pence(group.intervention.staff_grade, year) + Fraction(1, 2)) + materials


def _shared_pence(world: World, deliveries: list[Delivery]) -> dict[tuple[str, int], int]:
    sums: dict[tuple[str, int], int] = defaultdict(int)
    for line in _lines(world, deliveries):
        if line.is_counted and not line.group and not line.is_for_plan:
            sums[line.urn, line.year] += line.amount
    return sums


def _lines(world: World, deliveries: list[Delivery]) -> Iterator[_Line]:
    """Each purchase and invoice line whose amount can be read."""
    plans = {f"{plan.enrolment.school.urn}:{plan.reference}" for plan in world.plans}
    groups = {f"{group.school.urn}:{group.reference}" for group in world.groups}
    ours, today = {school.urn for school in world.schools}, world.calendar.data_date
    for sheet in (sheet for delivery in deliveries for sheet in delivery.sheets if sheet.table in _KINDS):
        kind, date = _KINDS[sheet.table]
        aside = {planted.index for planted in sheet.planted if planted.effect == "quarantine"}
        for index, row in enumerate(sheet.rows):
            cells = dict(zip(sheet.fields, row, strict=False))
            amount, day, booked = _amount(cells["amount_pence"]), cells[date], cells.get("financial_year")
            if amount is None:
                continue
            urn = str(cells["funded_school_urn"])
            year = academic_year_of(day) if isinstance(day, dt.date) else academic_year_of(today)
            is_counted = index not in aside and urn in ours and isinstance(day, dt.date) and day <= today
            plan = f"{urn}:{cells.get('plan_reference')}" in plans
            group = f"{urn}:{cells.get('group_reference')}"
            yield _Line(
                urn if urn in ours else "TRUST", int(str(booked)) if booked else year, year, kind, amount, is_counted,
                plan, str(cells["group_reference"]) if group in groups and not plan else "",
            )  # fmt: skip


def _amount(cell: Cell) -> int | None:
    """Pence of an amount as written; brackets are a credit. Words, formulas and foreign forms are no amount."""
    return int(cell) if isinstance(cell, Pence) else -25_000 if cell == "(250.00)" else None
