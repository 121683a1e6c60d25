"""What other group sizes or hours would come to: a range and no promise, never for what a plan requires."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording.numbers import MINUS, counted, listed, pounds, rounded

SIZE_WORDS = {-1: "one pupil fewer in each group", 0: "groups as they are", 1: "one pupil more in each group"}
HOURS_WORDS = {-0.1: "a tenth fewer hours", 0.0: "hours as planned", 0.1: "a tenth more hours"}
NO_PROMISE = (
    "A range, not a promise: from groups filled without a remainder across the trust to whole groups school by school, "
    "and from hours as planned to hours as they are delivered. It does not say what pupils would lose or gain; a "
    "larger group may do less for each."
)
DUTY = (
    "Nothing here touches section F: a group with a pupil whose plan requires provision is left as it is, and so is a "
    "pupil taught alone."
)


def left_out_sentence(count: int) -> str:
    """Interventions without a figure, and why."""
    few = counted(count, "intervention")
    return f"Not shown: {few} led by fewer than three staff, or with no group that could be planned otherwise."


def hours_words(row: Row) -> str:
    """Adults' hours in the scenario against the plan: from the lower to the upper end."""
    return _span(_hours(row["change_low_hours"]), _hours(row["change_high_hours"]))


def cost_words(row: Row) -> str:
    """Staff cost in the scenario against the plan: to ten pounds, for it is no more exact than that."""
    return _span(_tens(row["cost_change_low_pence"]), _tens(row["cost_change_high_pence"]))


def scenario_sentence(size: int, share: float, rows: list[Row]) -> str:
    """All interventions that can be told, together."""
    told = [row for row in rows if row["change_low_hours"] is not None]
    if size == 0 and share == 0:
        return "This is the plan as it is: choose another group size or other hours to see what they would come to."
    if not told:
        return "No intervention is led by three staff or more, so nothing can be shown."
    names = ("change_low_hours", "change_high_hours", "cost_change_low_pence", "cost_change_high_pence")
    low, high, least, most = (sum(row[name] for row in told) for name in names)
    chosen = [words for words in (SIZE_WORDS[size] if size else "", HOURS_WORDS[share] if share else "") if words]
    hours = _in_words(low, high, lambda value: f"{rounded(value):,} hours of adults’ time")
    cost = _in_words(least, most, lambda pence: f"{pounds(int(rounded(pence / 1000)) * 1000)} of staff cost")
    return (
        f"With {listed(chosen)}, {counted(len(told), 'intervention')} together would come to {hours} and {cost} a year "
        "beside the plan."
    )


def _in_words(low: float, high: float, write: Callable[[float], str]) -> str:
    """A change in words: between 8 and 70 hours less, 20 to 30 more; both where the range crosses the plan."""
    if low < 0 < high:
        return f"between {write(-low)} less and {write(high)} more"
    least, most = sorted((abs(low), abs(high)))
    number, _, of_what = write(most).partition(" ")
    said = number if write(least) == write(most) else f"between {write(least).partition(' ')[0]} and {number}"
    return f"{said} {of_what} {'less' if low < 0 else 'more'}"


def _span(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"


def _hours(value: float) -> str:
    number = rounded(value)
    return f"+{number:,}" if number > 0 else f"{number:,}".replace("-", MINUS)


def _tens(pence: float) -> str:
    amount = int(rounded(pence / 1000)) * 1000
    return f"+{pounds(amount)}" if amount > 0 else pounds(amount)
