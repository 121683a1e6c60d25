"""Moves before the end of a phase, in words: rates with their range, where to."""

from __future__ import annotations

from dashboards.figures import Row, hidden_count, known
from dashboards.wording.numbers import counted, listed, rounded, whole

TYPE_WORDS = {
    "OTHER_SCHOOL": "another school",
    "SPECIAL_SCHOOL": "a special school",
    "ALTERNATIVE_PROVISION": "alternative provision",
    "HOME_EDUCATION": "home education",
    "ELSEWHERE": "elsewhere",
    "NOT_KNOWN": "not known where",
}
FEWEST_YEARS = 10
"""Years on roll below which a group has no rate."""
HOW_COUNTED = (
    "A move is the end on a roll that is no end of a phase, over the last three years. The rate is for each 100 pupils "
    "in a year; the range shows what chance alone could make of it. Where to: another roll of the trust, else the "
    "school’s list of moves."
)


def rate_words(row: Row) -> str:
    """3.2 in 100 a year (likely range 2.1 to 4.6)."""
    rate, low, high = (_one_place(row[f"{name}_per_100_years"]) for name in ("moves", "low", "high"))
    return f"{rate} in 100 a year (likely range {low} to {high})"


def _one_place(value: float) -> str:
    return str(rounded(value, "0.1"))


def moves_sentence(rows: list[Row]) -> str:
    """Moves of a school or the trust: all, then with SEN beside without."""
    by_group = {row["move_group"]: row for row in rows}
    all_pupils = by_group.get("All pupils", {})
    if not known(all_pupils, "moves_count"):
        return "How many left before the end of a phase is not shown: the number is small."
    moves = all_pupils["moves_count"]
    if moves == 0:
        return "Nobody left before the end of a phase in the last three years."
    start = f"{counted(moves, 'move')} off the roll before the end of a phase in the last three years"
    if known(all_pupils, "moves_per_100_years"):
        start += f": {rate_words(all_pupils)}"
    sen, others = by_group.get("SEN", {}), by_group.get("No SEN", {})
    if not known(sen, "moves_per_100_years") or not known(others, "moves_per_100_years"):
        if _is_nothing_apart(sen, others):
            return f"{start}."
        return f"{start}. With and without SEN is not shown apart: one of the numbers is small."
    return f"{start}. With SEN {rate_words(sen)}; without {rate_words(others)}."


def _is_nothing_apart(sen: Row, others: Row) -> bool:
    """True where there is nothing to set beside: too few without SEN, as in a special school, or nothing is hidden."""
    is_few = known(others, "pupil_years_count") and others["pupil_years_count"] < FEWEST_YEARS
    return is_few or not hidden_count((sen, others), "pupil_years_count", "moves_count", "moves_per_100_years")


def where_sentence(row: Row) -> str:
    """Where they went, as far as the numbers may be shown."""
    columns = {words: f"{code.lower()}_count" for code, words in TYPE_WORDS.items()}
    told = [f"{whole(row[column])} {words}" for words, column in columns.items() if known(row, column) and row[column]]
    hidden = any(not known(row, column) for column in columns.values())
    if not told:
        return ""
    return f"To: {listed(told)}{'; other numbers are too small to show' if hidden else ''}."


def type_words(code: str) -> str:
    """Where to, of one pupil."""
    words = TYPE_WORDS.get(code, "not known where")
    return words[:1].upper() + words[1:]
