"""Here and included, in words: absence as half-days, suspensions with their range, the curriculum with its blanks."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.figures import Row, hidden_count, is_hidden, known
from dashboards.wording.numbers import (
    counted,
    grouped,
    listed,
    percent,
    rounded,
    sentence,
    year_name,
)

GROUP_WORDS = {
    "No SEN": "pupils without SEN",
    "SEN support": "pupils with SEN support",
    "EHC plan": "pupils with an EHC plan",
    "SEN": "pupils with SEN",
    "All pupils": "all pupils",
}
TERM_WORDS = {"AUT": "autumn", "SPR": "spring", "SUM": "summer"}
ENOUGH_RECORDED = 0.5
GROUP_LABELS = {"No SEN": "No SEN", "SEN support": "SEN support", "EHC plan": "EHC plan", "SEN": "SEN, all together"}
HOW_COUNTED = (
    "A pupil counts under the SEN status held at the time: on the middle day of each half-term for absence, on the day "
    "for a suspension. Absence is of this school year as far as it is delivered, beside the same half-terms of the "
    "year before. Suspensions are of the twelve months to the date of the data, for each 100 pupils in a year on roll; "
    "the range shows what chance alone could make of them. SEN support and plans are told apart where each has ten "
    "pupils or more, else together. The trust is computed over its pupils, not averaged over schools."
)
HOW_RECORDED = (
    "How pupils with SEN take part in each subject is what schools record once a term. A blank is not known and is "
    "never counted as taking part; where less than half is recorded nothing further is told."
)
MEANT_TO_BE_SHORT = (
    "A part-time timetable is meant to be short, with an end and a review. Late: past its planned end, past the day of "
    "its review, or six weeks without one."
)


def one_place(value: float) -> str:
    """A share in per cent with one place: 8.6%."""
    return f"{rounded(value * 100, '0.1')}%"


def half_days_cell(extra: int) -> str:
    """Half-days more or fewer than last year's rate would give."""
    if extra == 0:
        return "about as many"
    return f"{grouped(abs(extra))} {'more' if extra > 0 else 'fewer'}"


def range_cell(row: Row, stem: str = "persistent") -> str:
    """A likely range: 29% to 54%, or 17.1 to 48.5."""
    if stem == "persistent":
        return f"{percent(row['persistent_low_rate'])} to {percent(row['persistent_high_rate'])}"
    return f"{per_100(row['suspensions_low_per_100_years'])} to {per_100(row['suspensions_high_per_100_years'])}"


def per_100(value: float) -> str:
    """A rate for each 100 with one place."""
    return str(rounded(value, "0.1"))


def absence_sentence(row: Row) -> str:
    """What a group missed, against the year before, as half-days; nothing where the group is not told of."""
    group = GROUP_WORDS[row["sen_group"]]
    if not known(row, "absence_rate"):
        return f"Absence of {group} is not shown: the group is small." if is_hidden(row, "absence_rate") else ""
    said = f"{sentence(group)} missed {one_place(row['absence_rate'])} of their half-days this school year"
    if not known(row, "before_absence_rate", "extra_absent_sessions_count"):
        return f"{said}."
    extra, before = row["extra_absent_sessions_count"], one_place(row["before_absence_rate"])
    if extra == 0 or before == one_place(row["absence_rate"]):
        return f"{said}, about the same as in these half-terms a year before ({before})."
    more = "more" if extra > 0 else "fewer"
    half_days = counted(abs(extra), f"{more} half-day", f"{more} half-days")
    return f"{said}, {before} a year before: about {half_days} missed than last year’s rate would give."


def persistent_sentence(row: Row) -> str:
    """Who missed a tenth or more, with the range."""
    if not known(row, "persistent_rate"):
        return ""
    share = f"{percent(row['persistent_rate'])} of {GROUP_WORDS[row['sen_group']]}"
    before = f", {percent(row['before_persistent_rate'])} a year before" if known(row, "before_persistent_rate") else ""
    return f"{share} missed a tenth or more of their half-days (likely range {range_cell(row)}){before}."


def suspension_sentence(row: Row) -> str:
    """Suspensions of a group for each 100 pupils in a year."""
    group = GROUP_WORDS[row["sen_group"]]
    if not known(row, "suspensions_per_100_years"):
        hidden = is_hidden(row, "suspensions_per_100_years")
        return f"Suspensions of {group} are not shown: a number is small." if hidden else ""
    rate, ends = per_100(row["suspensions_per_100_years"]), range_cell(row, "suspensions")
    before = row["before_suspensions_per_100_years"]
    was = f"; {per_100(before)} in the year before" if known(row, "before_suspensions_per_100_years") else ""
    return f"{sentence(group)}: {rate} suspensions for each 100 pupils in the last year (likely range {ends}){was}."


def part_time_sentence(row: Row) -> str:
    """How many are on a part-time timetable, and how many of these are late."""
    if not known(row, "part_time_count"):
        return "How many pupils are on a part-time timetable is not shown: the number is small."
    count = row["part_time_count"]
    if count == 0:
        return "Nobody is on a part-time timetable."
    said = f"{counted(count, 'pupil')} {'is' if count == 1 else 'are'} on a part-time timetable"
    if not known(row, "part_time_late_count"):
        return f"{said}; how many of them are past their planned end or review is not shown."
    late = row["part_time_late_count"]
    return f"{said}; {grouped(late) if late else 'none'} of them past the planned end or review."


def elsewhere_sentence(row: Row) -> str:
    """Alternative provision and permanent exclusion."""
    placed = _counted_sentence(row, "placed_count", "are", "in alternative provision")
    excluded = _counted_sentence(row, "excluded_count", "were", "permanently excluded in the last twelve months")
    return f"{placed} {excluded}"


def _counted_sentence(row: Row, column: str, verb: str, what: str) -> str:
    """So many pupils are in something; nobody; or why it is not shown."""
    if not known(row, column):
        return f"How many pupils {verb} {what} is not shown: the number is small."
    count = row[column]
    one = {"are": "is", "were": "was"}[verb]
    return f"{counted(count, 'pupil')} {one if count == 1 else verb} {what}." if count else f"Nobody {one} {what}."


def recorded_sentence(row: Row) -> str:
    """How much of the curriculum record is filled in, which comes first."""
    term = f"the {TERM_WORDS[row['school_term']]} term of {year_name(row['academic_year'])}"
    if not known(row, "recorded_rate"):
        return f"How pupils with SEN took part in the curriculum in {term} is not shown: they are few."
    if row["recorded_rate"] == 0:
        return f"Nothing is recorded of how pupils with SEN took part in the curriculum in {term}."
    return f"In {term}, {percent(row['recorded_rate'])} of the record is filled in: each pupil with SEN and subject."


def taking_part_sentence(row: Row) -> str:
    """How pupils take part, of what is recorded."""
    if not known(row, "full_rate", "adapted_rate", "not_taught_rate"):
        if known(row, "recorded_rate") and 0 < row["recorded_rate"] < ENOUGH_RECORDED:
            return "That is less than half, so nothing can be said of how they took part."
        return ""
    full, adapted, none = (percent(row[f"{name}_rate"]) for name in ("full", "adapted", "not_taught"))
    return f"Of what is recorded, {full} is taught in full, {adapted} adapted and {none} not taught."


def narrowed_sentence(row: Row) -> str:
    """Pupils who are not taught a foundation subject."""
    if not known(row, "narrowed_rate"):
        return ""
    return f"{percent(row['narrowed_rate'])} of these pupils are not taught one or more foundation subjects."


def missing_sentence(row: Row) -> str:
    """Pupils who miss lessons to attend an intervention."""
    if not known(row, "missing_rate"):
        return ""
    return (
        f"{percent(row['missing_rate'])} of the pupils of whom it is recorded miss lessons to attend an intervention."
    )


def most_missed_sentence(subjects: Iterable[Row]) -> str:
    """The subjects that most pupils miss across the trust, by name."""
    told = [row for row in subjects if known(row, "missing_rate") and row["missing_rate"] > 0]
    if not told:
        return ""
    most = max(row["missing_rate"] for row in told)
    names = sorted(row["curriculum_subject"] for row in told if row["missing_rate"] == most)
    return f"Across the trust most pupils miss {listed(names)}: {percent(most)} of those of whom it is recorded."


def england_sentence(benchmarks: Iterable[Row], *, is_special: bool) -> str:
    """What is published for England, with its year; it is not published here by SEN status, apart from suspensions."""
    found = {row["measure"]: row for row in benchmarks if row["area"] == "England"}
    kind = "special schools" if is_special else "all schools"
    names = (f"Sessions missed: {kind}", f"Pupils who missed 10% or more: {kind}")
    if not all(name in found for name in names):
        return ""
    missed, often = (f"{rounded(found[name]['value'], '0.1')}%" for name in names)
    return (
        f"England, {kind}, {found[names[0]]['period']}: {missed} of sessions missed, and {often} of pupils missed a "
        "tenth or more; these are of all pupils, not by SEN status."
    )


def england_suspensions(benchmarks: Iterable[Row]) -> str:
    """Suspensions in England by SEN status, of an earlier year."""
    stem = "Suspensions for each 100 pupils: "
    found = {row["measure"].removeprefix(stem): row for row in benchmarks if row["measure"].startswith(stem)}
    if not {"SEN support", "EHC plan"} <= set(found):
        return ""
    support, plan = (f"{found[name]['value']:g}" for name in ("SEN support", "EHC plan"))
    return (
        f"England, {found['EHC plan']['period']}: {support} for each 100 pupils with SEN support, {plan} with an EHC "
        "plan; for each 100 on the January roll, where ours are for each 100 in a year."
    )


def told_groups(rows: Iterable[Row]) -> list[Row]:
    """The rows of groups that are told of, or hidden; not those that stand in another row."""
    return [row for row in rows if known(row, "absence_rate") or hidden_count([row])]
