"""Buying as one trust in words: a range, and for each end what would have to be true. Never a saving from a plan."""

from __future__ import annotations

from decimal import Decimal

from dashboards.figures import Row, known
from dashboards.wording.needs import type_words
from dashboards.wording.numbers import POUND, counted, grouped, pounds, pounds_between
from expectations.tables.purchasing import ONCE_KINDS

DAYS_AHEAD = 90
NEVER_SAVES = (
    "What section F of a plan requires is a duty and never counted here: agencies’ time is left out altogether, and a "
    "seat or a test that a plan promises is not spare, whoever has not used it yet."
)
_KINDS = {
    "PRICE_TEST": "One price for all",
    "PRICE_LICENCE": "One price a seat for all",
    "SPARE_TEST": "Spare stock that moves",
    "UNUSED_SEATS": "Seats that nobody uses",
}
_GAPS = {
    "NO_TEST": "No test in the register serves it",
    "NOT_STOCKED": "In the register, in no school’s stock",
    "BY_HEALTH": "Found by health services, not by a school’s test",
    "STOCKED": "In stock",
}


def price_words(pence: int) -> str:
    """A price to the penny: £5.63; whole pounds from £100 on."""
    return pounds(pence) if pence >= 10_000 else f"{POUND}{Decimal(pence) / 100:.2f}"


def kind_words(kind: str) -> str:
    """What would be saved."""
    return _KINDS.get(kind, "Buying together")


def gap_words(gap: str) -> str:
    """Whether a need has a test."""
    return _GAPS.get(gap, "Not known")


def range_cell(low_pence: int, high_pence: int) -> str:
    """From the cautious to the hopeful end, in whole pounds."""
    low, high = pounds(low_pence), pounds(high_pence)
    return low if low == high else f"{low} to {high}"


def price_range(row: Row) -> str:
    """What schools pay for a unit now."""
    low, high = row["lowest_unit_price_pence"], row["highest_unit_price_pence"]
    if low is None:
        return "–"
    return price_words(low) if low == high else f"{price_words(low)} to {price_words(high)}"


def totals(rows: list[Row]) -> tuple[tuple[int, int], tuple[int, int]]:
    """(low, high) saved every year, and once, in pence."""
    yearly = [row for row in rows if row["saving_kind"] not in ONCE_KINDS]
    once = [row for row in rows if row["saving_kind"] in ONCE_KINDS]
    return _sum(yearly), _sum(once)


def _sum(rows: list[Row]) -> tuple[int, int]:
    return sum(row["saving_low_pence"] for row in rows), sum(row["saving_high_pence"] for row in rows)


def saving_sentence(rows: list[Row]) -> str:
    """What buying as one would save in all; nothing where there is nothing to save."""
    if not rows:
        return "The registers show nothing that would cost less if it were bought as one trust."
    yearly, once = totals(rows)
    said = f"Bought as one trust, the same tests and licences would cost {_between(*yearly)} a year less."
    return f"{said} Stock that some schools can spare would save others {_between(*once)}, once." if once[1] else said


def _between(low_pence: int, high_pence: int) -> str:
    """A range of money; one that starts at nothing is up to its upper end."""
    is_nothing = low_pence < 50 <= high_pence
    return f"up to {pounds(high_pence)}" if is_nothing else pounds_between(low_pence, high_pence)


def assumption(row: Row) -> str:
    """What would have to be true for the range of one row."""
    units = grouped(row["product_units"])
    match row["saving_kind"]:
        case "PRICE_TEST":
            return _one_order(row, f"{counted(row['schools_count'], 'school')} order {units} a year as one")
        case "PRICE_LICENCE":
            return _one_order(row, f"{counted(row['schools_count'], 'school')} take out {units} seats as one")
        case "SPARE_TEST":
            return (
                f"{units} units that some schools would not use in a year go to schools that are short of them; the "
                "cautious end keeps two years’ use where it is. None runs out within a year."
            )
        case _:
            return (
                f"{units} seats that nobody used last term are given up at renewal; the cautious end keeps one seat in "
                "ten free. None of them is promised in a plan."
            )


def _one_order(row: Row, together: str) -> str:
    lowest, middle, tier = (row[f"{name}_price_pence"] for name in ("lowest_unit", "middle_unit", "tier"))
    is_quoted = tier is not None and tier < lowest
    is_reached = is_quoted and row["product_units"] >= (row["tier_from_units"] or 0)
    if row["schools_count"] == 1 and is_reached:
        return f"The quote of {price_words(tier)} for {_from(row)} holds for this school’s order of a year."
    hopeful = (
        f"{price_words(tier)}, quoted for {_from(row)}" if is_reached else f"{price_words(lowest)}, as one does now"
    )
    cautious = f"at the cautious end nobody pays more than {price_words(middle)}, the middle"
    said = f"{together} and all pay {hopeful}; {cautious}."
    unreached = f" The quote of {price_words(tier)} needs {_from(row)}." if is_quoted and not is_reached else ""
    return said + unreached


def _from(row: Row) -> str:
    return f"{grouped(row['tier_from_units'] or 0)} or more in one order"


def together_sentence(row: Row) -> str:
    """The total for a question."""
    saved = _between(row["saving_low_pence"], row["saving_high_pence"])
    return f"The same tests and licences would cost {saved} a year less if they were bought as one trust."


def need_sentence(row: Row) -> str:
    """Pupils with a need and no test for it; nothing where the number is hidden."""
    if not known(row, "pupils_count"):
        return ""
    pupils = counted(row["pupils_count"], "pupil")
    have = "has" if row["pupils_count"] == 1 else "have"
    why = "no test in the trust’s register serves it" if row["gap"] == "NO_TEST" else "no school has a test for it"
    return f"{pupils} {have} {type_words(row['sen_type']).lower()} as main need, and {why}."


def renewal_words(days: int | None) -> str:
    """When a licence renews."""
    if days is None:
        return "no date recorded: ask"
    if days < 0:
        return f"{counted(-days, 'day')} ago: renewed?"
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def use_words(row: Row) -> str:
    """Seats in use of those paid for."""
    used = row["active_users_count"]
    return "not counted" if used is None else f"{grouped(used)} of {grouped(row['seats_count'])}"
