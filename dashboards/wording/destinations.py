"""Leavers in words: all leavers count, and not traced is a result (METHODS C)."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known, shown
from dashboards.markup import Symbol
from dashboards.wording.numbers import count_words, counted, percent, rounded, year_name

HOW_TO_READ = (
    "Dark: still in education, training or work two terms on. Hatched: not traced, so it may be either. Light: not "
    "sustained. Every leaver is counted."
)
GROUP_WORDS = {
    "All leavers": "All leavers",
    "EHC plan": "Leavers with an EHC plan",
    "SEN": "Leavers with SEN",
    "No SEN": "Leavers without SEN",
}
STAGE_WORDS = {
    "Year 6": "Year 6 leavers",
    "Year 11": "Year 11 leavers",
    "Sixth form": "Sixth-form leavers",
    "Special school leaver": "Leavers of special schools",
}
IN_A_PLACE = "in education, training or work"
IN_EDUCATION = "in education"
_NO_NUMBER = "a small number"


def years_words(row: Row) -> str:
    """The pooled years."""
    first, last = row["first_academic_year"], row["last_academic_year"]
    return year_name(last) if first == last else f"{year_name(first)} to {year_name(last)} together"


def place_words(row: Row) -> str:
    """What being in a place means at this age: nobody of eleven is in work."""
    return IN_EDUCATION if row.get("leaver_stage") == "Year 6" else IN_A_PLACE


def _still_in(row: Row) -> str:
    return f"still {place_words(row)} after six months"


def sustained_sentence(row: Row) -> str:
    """How many were sustained: a band where some are not traced, words where they are few."""
    if row["small_number_rule"] is None:
        return "Not shown: the number of leavers is small, or would tell a small number elsewhere."
    if row["small_number_rule"] == "NOTHING":
        return "Fewer than six left in three years: too few to say anything."
    if row["small_number_rule"] == "WORDS":
        return _in_words(row)
    if not known(row, "leavers_count"):
        return "Not shown: the number of leavers is small."
    leavers = row["leavers_count"]
    if known(row, "sustained_count", "unknown_count"):
        return _counted(row["sustained_count"], row["unknown_count"], leavers, _still_in(row))
    if known(row, "sustained_count"):
        said = f"At least {row['sustained_count']:,} of {counted(leavers, 'leaver')} were {_still_in(row)}."
        return f"{said} How many of the rest are not traced is not shown: the number is small."
    return f"{counted(leavers, 'leaver')}. Where they are now is not shown: some of the numbers are small."


def _counted(sustained: int, unknown: int, leavers: int, still: str) -> str:
    if unknown == 0:
        return f"{sustained:,} of {counted(leavers, 'leaver')} were {still}. All were traced."
    traced = f"({unknown:,} not traced)"
    return f"{sustained:,} to {sustained + unknown:,} of {counted(leavers, 'leaver')} were {still} {traced}."


def _in_words(row: Row) -> str:
    leavers = count_words(row["leavers_count"]) if known(row, "leavers_count") else _NO_NUMBER
    start = f"{leavers[:1].upper()}{leavers[1:]} {'of leavers' if leavers == _NO_NUMBER else 'leavers'} in three years"
    if not known(row, "sustained_count", "unknown_count"):
        return f"{start}: too few for a rate."
    rest = _portion(row["sustained_count"], row["leavers_count"])
    untraced = row["unknown_count"]
    traced = "all were traced" if untraced == 0 else f"{count_words(untraced)} not traced"
    return f"{start}: {rest} of them {_still_in(row)}, {traced}. Too few for a rate."


def _portion(part: int, of: int) -> str:
    if part == of:
        return "all"
    return "most" if part * 2 > of else "half" if part * 2 == of else "fewer than half"


def unknown_words(row: Row) -> str:
    """The band that is not traced, in per cent."""
    if is_hidden(row, "sustained_high_rate") or not known(row, "sustained_low_rate", "sustained_high_rate"):
        return ""
    share = row["sustained_high_rate"] - row["sustained_low_rate"]
    if known(row, "unknown_count", "leavers_count"):  # two rounded rates may differ by one in a hundred from it
        share = row["unknown_count"] / row["leavers_count"]
    untraced = rounded(share * 100)
    return "all traced" if untraced == 0 else f"{untraced}% not traced"


def band_words(row: Row) -> str | Symbol:
    """The rate as a band: 79% to 89%, or one figure when all were traced."""
    if not known(row, "sustained_low_rate", "sustained_high_rate"):
        return shown(row, "sustained_low_rate", percent)
    low, high = percent(row["sustained_low_rate"]), percent(row["sustained_high_rate"])
    return low if low == high else f"{low.removesuffix('%')}–{high}"


def stage_words(row: Row) -> str:
    """Who left, in the plural."""
    return STAGE_WORDS.get(row["leaver_stage"], f"{row['leaver_stage']}: leavers")


def few_words(row: Row) -> str:
    """Why there is no rate."""
    return "" if row["small_number_rule"] == "RATE" else "Too few leavers for a rate."
