"""Spoil about two rows in a hundred of what is sent, and keep account of each."""

from __future__ import annotations

from seeds.trust.assessment_rows import AGE, STANDARDISED
from seeds.trust.catalogue import POINTS
from seeds.trust.deliveries import Delivery
from seeds.trust.identifiers import take_apart
from seeds.trust.planting import SPOILERS
from seeds.trust.rows import Row
from seeds.trust.sheets import Planted, Sheet
from seeds.trust.spoilers import Spoiler
from seeds.trust.streams import Stream

BAD_RATE = 0.022
"""Share of rows that get a fault or an oddity, before a school's own care."""
CARE = (0.6, 1.0, 0.8, 1.3, 1.0, 2.6, 0.7, 1.1, 0.5, 0.9)
"""How much of it a school has; the sixth is careless."""
SMALLEST_SHEET = 12


def spoil_deliveries(deliveries: list[Delivery], seed: int) -> None:
    """Plant faults in the sheets. A table's spoilers take turns, so that all occur once there are rows enough."""
    turns: dict[str, int] = {}
    for delivery in deliveries:
        stream = Stream(seed, f"dirt {delivery.path}")
        for sheet in delivery.sheets:
            if sheet.table in SPOILERS:
                turns[sheet.table] = _spoil(sheet, delivery, turns.get(sheet.table, 0), stream)
            if sheet.table == "raw_insight__pupils" and delivery.encoding.startswith("utf-8"):
                _take_names_apart(sheet)


def _spoil(sheet: Sheet, delivery: Delivery, turn: int, stream: Stream) -> int:
    care = CARE[(int(delivery.folder) - 999101) % len(CARE)] if delivery.folder.isdigit() else 1.0
    sought = len(sheet.rows) * BAD_RATE * care
    count = int(sought) + stream.chance(sought % 1)
    if len(sheet.rows) >= SMALLEST_SHEET or not delivery.folder.isdigit():
        count = max(1, count)
    usable = [s for s in SPOILERS[sheet.table] if s.needs_form in (None, _form_of(delivery))]
    usable = [s for s in usable if not (delivery.census and s.how in ("before", "long", "short"))]
    chosen = [usable[(turn + step) % len(usable)] for step in range(count)]
    targets = stream.some([p for p, row in enumerate(sheet.rows) if _may_be_touched(row, sheet)], count)
    _rewrite(sheet, dict(zip(targets, chosen, strict=False)), stream, at_end=delivery.census is not None)
    return turn + count


def _form_of(delivery: Delivery) -> str:
    return "text" if delivery.form == "archive" else delivery.form


def _may_be_touched(row: Row, sheet: Sheet) -> bool:
    """Marks that an intervention is linked to stay as they are: the planted effects must be found in them."""
    if sheet.table != "raw_insight__assessments":
        return True
    scheme, subject = row[sheet.place("mark_scheme")], row[sheet.place("subject")]
    return scheme not in (STANDARDISED, AGE) and subject != POINTS.subject


def _rewrite(sheet: Sheet, spoiled: dict[int, Spoiler], stream: Stream, *, at_end: bool) -> None:
    """The sheet's rows anew with the spoiled ones among them, or all at the end where places are numbers."""
    rows: list[Row] = []
    late: list[tuple[Row, Spoiler]] = []
    has_total = False
    for place, row in enumerate(sheet.rows):
        spoiler = spoiled.get(place)
        if spoiler is None:
            rows.append(row)
        elif spoiler.how == "total":
            rows.append(row)
            has_total = True
        elif at_end and spoiler.how != "place":
            rows.append(row)
            late.append(
                ([*_spoiled(row, sheet, spoiler, stream)[:-1], ""], spoiler)
            )  # its SEN types stay with the good one
        else:
            _add(sheet, rows, row, spoiler, stream)
    sheet.rows = rows
    for row, spoiler in late:
        _note(sheet, spoiler)
        rows.append(row)
    if has_total:
        sheet.planted.append(Planted(len(rows), "", "TOTAL_ROW", "quarantine"))
        rows.append(["Total", *[None] * (len(sheet.fields) - 2), len(rows)])


def _add(sheet: Sheet, rows: list[Row], row: Row, spoiler: Spoiler, stream: Stream) -> None:
    """The good row and its spoiled neighbour in the spoiler's order, or the row itself spoiled."""
    spoiled = _spoiled(row, sheet, spoiler, stream)
    if spoiler.how not in ("place", "before"):
        rows.append(row)
    sheet.planted.append(Planted(len(rows), spoiler.column, spoiler.rule, spoiler.effect))
    rows.append(spoiled)
    if spoiler.how == "before":
        rows.append(row)


def _note(sheet: Sheet, spoiler: Spoiler) -> None:
    sheet.planted.append(Planted(len(sheet.rows), spoiler.column, spoiler.rule, spoiler.effect))


def _spoiled(row: Row, sheet: Sheet, spoiler: Spoiler, stream: Stream) -> Row:
    copy = list(row)
    if spoiler.change:
        spoiler.change(copy, sheet, stream)
    if spoiler.how == "long":
        return [*copy, "and one more"]
    return copy[:-2] if spoiler.how == "short" else copy


def _take_names_apart(sheet: Sheet) -> None:
    """Accents as separate characters (NFD): accepted, and the same person."""
    place = sheet.place("surname")
    for index, row in enumerate(sheet.rows):
        if len(row) <= place or not isinstance(row[place], str):
            continue
        apart = take_apart(str(row[place]))
        if apart != row[place]:
            row[place] = apart
            if not any(planted.index == index for planted in sheet.planted):
                sheet.planted.append(Planted(index, "surname", "", "accept"))
