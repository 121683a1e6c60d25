"""Numbers in words: pounds, per cents, points, counts, dates. Rounded half away from zero, as people do by hand."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
POUND = "£"
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def rounded(value: float, step: str = "1") -> Decimal:
    """Rounded half away from zero to the step's last place; never minus nothing.

    To nine places first: a share of 0.145 times 100 is a hair below 14.5 in floating point.
    """
    result = Decimal(repr(round(value, 9))).quantize(Decimal(step), rounding=ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def grouped(value: Decimal | int) -> str:
    """With commas, and a true minus sign."""
    return f"{value:,}".replace("-", MINUS)


def whole(value: float) -> str:
    """A count or a measure as a whole number."""
    return grouped(rounded(value))


def pounds(pence: int) -> str:
    """Whole pounds: £1,850."""
    amount = (Decimal(pence) / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{MINUS if amount < 0 else ''}{POUND}{abs(amount):,}"


def pounds_and_pence(pence: int) -> str:
    """Pounds with the pence: £13.61, for the price of an hour."""
    return f"{MINUS if pence < 0 else ''}{POUND}{abs(Decimal(pence)) / 100:,.2f}"


def pounds_between(low_pence: int, high_pence: int) -> str:
    """A range of money: between £1,850 and £2,350; one amount when both round to it."""
    low, high = pounds(low_pence), pounds(high_pence)
    return f"about {low}" if low == high else f"between {low} and {high}"


def nearest_ten_pounds(pence: int) -> int:
    """Pence to the nearest ten pounds: a cost for one outcome is no more exact than that."""
    return int((Decimal(pence) / 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP)) * 1000


def percent(rate: float) -> str:
    """Whole per cent of a share from 0 to 1."""
    return f"{grouped(rounded(rate * 100))}%"


def published_percent(value: float) -> str:
    """A published percentage as it was published: 14.2%."""
    return f"{Decimal(repr(value)).normalize():f}%"


def signed(value: float, step: str = "1") -> str:
    """With its sign: +7, −1, 0."""
    number = rounded(value, step)
    return f"+{number:,}" if number > 0 else grouped(number)


def span(low: float, high: float, step: str = "1") -> str:
    """A range on a scale that has zero in it: −1 to +7."""
    return f"{signed(low, step)} to {signed(high, step)}"


def count_words(count: int) -> str:
    """Small counts in words, as in running text: six; larger ones in figures."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else grouped(count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: 1 pupil, 9 pupils."""
    return f"{grouped(count)} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """With a capital at the start."""
    return text[:1].upper() + text[1:]


def ordinal(number: int) -> str:
    """1st, 2nd, 58th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def long_date(date: dt.date) -> str:
    """14 November 2026."""
    return f"{date.day} {date:%B %Y}"


def month_name(month: str) -> str:
    """November 2026 for 2026-11."""
    return f"{dt.date.fromisoformat(f'{month}-01'):%B %Y}"


def year_name(academic_year: int) -> str:
    """2025/26 for the year that starts in 2025."""
    return f"{academic_year}/{(academic_year + 1) % 100:02d}"


def listed(words: list[str]) -> str:
    """One, two and three."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""
