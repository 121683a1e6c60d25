"""Moderation in words: how often raters agree, what that allows to be said, how a school differs and moderates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboards.figures import Row, known, shown
from dashboards.markup import MISSING, Symbol
from dashboards.wording.numbers import (
    count_words,
    counted,
    long_date,
    percent,
    rounded,
    sentence,
    signed,
    span,
    whole,
    year_name,
)

TENTHS, HUNDREDTHS = "0.1", "0.01"
BAND = "ALL"
"""The row of the band itself, among those of descriptors."""
NO_ROUND = "No round of moderation is closed yet, so nothing can be said of how far schools agree."
BLIND = (
    "Raters saw what is recorded of each pupil, and neither name, nor school, nor each other’s ratings. They ticked "
    "criteria; the band follows from these. No school rates its own pupils unless the round was set up so."
)
NOT_OWN = (
    "How our own raters differ from the others is not shown: fewer than three of them rated, or fewer than 15 pupils."
)
DRIFT_NOTE = (
    "Difference from the mean of the other schools on the same pupils. A school’s raters count as one. Something to "
    "talk about, not a fault: the others may be the ones who differ."
)
AGREEMENT = {
    "RELIABLE": "Far enough in agreement to compare schools by their bands",
    "TENTATIVE": "Far enough in agreement for tentative comparisons of schools, no more",
    "NOT_RELIABLE": "Too far apart to compare schools by their bands",
}
STANDING = {
    "MEASURED": "Measured",
    "FEW_CASES": "Fewer than 15 pupils were rated: too few to say how reliable the bands are",
    "BANDS_MISSING": "Not every band was given to a pupil, so it cannot be said how reliable the bands are",
    "FEW_RATERS": "Fewer than three people rated, so nothing is shown of it",
}
PRACTICE = {
    "ALIKE": "As all schools",
    "COMMON": "As most schools",
    "DIFFERENT": "Differs",
    "NOT_ANSWERED": "Not answered",
    "NOT_OFFERED": "An answer that is not offered",
}


def times_in_ten(rate: float) -> str:
    """A share as people say it: 4 times in 10."""
    times = int(rounded(rate * 10))
    if times == 0:
        return "hardly ever"
    if times == 10:
        return "nearly every time"
    return f"{times} {'time' if times == 1 else 'times'} in 10"


def found_sentence(row: Row) -> str:
    """What a round found: who rated whom, how often alike, how often within one band."""
    schools = sentence(count_words(row["schools_count"])) + (" school" if row["schools_count"] == 1 else " schools")
    if not known(row, "rated_count"):
        return f"{schools} took part in the last round; how many pupils were rated is not shown: the number is small."
    said = f"{schools} rated the same {counted(row['rated_count'], 'pupil')}."
    if not known(row, "exact_rate", "adjacent_rate"):
        return f"{said} {STANDING['FEW_RATERS']}." if row["round_standing"] == "FEW_RATERS" else said
    alike, near = times_in_ten(row["exact_rate"]), times_in_ten(row["adjacent_rate"])
    return f"{said} They gave the same band {alike} and were within one band {near}."


def meaning_sentence(row: Row) -> str:
    """What may be concluded from it."""
    if known(row, "agreement"):
        return f"{AGREEMENT[row['agreement']]}."
    standing = row.get("round_standing")
    return f"{STANDING[standing]}." if standing in STANDING and standing not in ("MEASURED", "FEW_RATERS") else ""


def last_sentence(row: Row) -> str:
    """When schools last moderated: figure 4 of the nutshell."""
    return f"Schools last moderated on {long_date(row['round_date'])} ({row['round_name']})."


def change_sentence(rounds: Sequence[Row]) -> str:
    """The newest round beside the newest of an earlier academic year; rounds on two matrices are not compared."""
    newest = rounds[0]
    before = next((row for row in rounds if row["academic_year"] < newest["academic_year"]), None)
    if before is None or not known(newest, "exact_rate"):
        return ""
    year = year_name(before["academic_year"])
    if before["matrix_version"] != newest["matrix_version"]:
        return f"The matrix has changed since {year}, so the two years do not compare."
    if not known(before, "exact_rate"):
        return ""
    then = times_in_ten(before["exact_rate"])
    now = times_in_ten(newest["exact_rate"])
    if then == now:
        return f"In {year} they gave the same band as often."
    return f"In {year} they gave the same band {then}."


def changed_matrix_sentence(rounds: Sequence[Row]) -> str:
    """Since which round another version of the matrix is used."""
    first = next((row for row in rounds if row["has_new_matrix"]), None)
    if first is None:
        return ""
    return f"A new version of the matrix is used since {first['round_name']}; rounds before it do not compare with it."


def measured_sentence(row: Row) -> str:
    """The coefficients, for those who know them."""
    if not known(row, "alpha"):
        return ""
    said = f"Krippendorff’s alpha {rounded(row['alpha'], HUNDREDTHS)}"
    if known(row, "alpha_lower", "alpha_upper"):
        said += (
            f" (likely range {rounded(row['alpha_lower'], HUNDREDTHS)} to {rounded(row['alpha_upper'], HUNDREDTHS)})"
        )
    second = f"; Gwet’s AC2 {rounded(row['gwet_ac2'], HUNDREDTHS)}" if known(row, "gwet_ac2") else ""
    return f"{said}{second}. 1 is full agreement, 0 no more than chance."


def own_sentence(row: Row) -> str:
    """How a school's raters differ from the others."""
    if not known(row, "drift_bands", "drift_lower", "drift_upper"):
        return NOT_OWN
    reach = f"likely range {span(row['drift_lower'], row['drift_upper'], TENTHS)}"
    if row["drift_lower"] <= 0 <= row["drift_upper"]:
        return f"Our raters gave the same pupils much the same bands as the other schools did ({reach} of a band)."
    size, side = rounded(abs(row["drift_bands"]), TENTHS), "higher" if row["drift_bands"] > 0 else "lower"
    return f"For the same pupils our raters’ bands were {size} {side} on average than the other schools’ ({reach})."


def drift_cell(row: Row | None) -> str | Symbol:
    """A difference in bands with its sign."""
    return MISSING if row is None else shown(row, "drift_bands", lambda bands: signed(bands, TENTHS))


def drift_range(row: Row) -> str | Symbol:
    """Its likely range."""
    if not known(row, "drift_lower", "drift_upper"):
        return MISSING
    return span(row["drift_lower"], row["drift_upper"], TENTHS)


def is_apart(row: Row) -> bool:
    """True where the whole likely range lies on one side of nought."""
    return known(row, "drift_lower", "drift_upper") and not row["drift_lower"] <= 0 <= row["drift_upper"]


def apart_sentence(rows: Sequence[Row], names: Mapping[str, str]) -> str:
    """Which schools differ, in order of name; not a ranking."""
    apart = [row for row in rows if is_apart(row)]
    if not apart:
        return "No school’s raters differ from the others by more than chance would explain."
    said = [f"{names.get(row['school_urn'], row['school_urn'])} {drift_cell(row)}" for row in apart]
    return f"Worth a conversation: {', '.join(said)} of a band."


def descriptor_sentence(rows: Sequence[Row]) -> str:
    """On which descriptor raters agree least. ``rows``: the trust's, one a descriptor."""
    told = [row for row in rows if row["descriptor"] != BAND and known(row, "exact_rate")]
    if not told:
        return ""
    least = min(told, key=lambda row: (row["exact_rate"], row["descriptor"]))
    return f"Raters agree least on “{least['descriptor']}”: the same level {times_in_ten(least['exact_rate'])}."


def items_sentence(count: int) -> str:
    """How many cases are worth discussing."""
    if count == 0:
        return "No case of this round had ratings two bands or more apart."
    return f"{sentence(counted(count, 'case'))} {'has' if count == 1 else 'have'} ratings two bands or more apart."


def practice_sentence(rows: Sequence[Row]) -> str:
    """How alike schools moderate. ``rows``: every school and question of the file."""
    by_question: dict[str, set[str]] = {}
    for row in rows:
        by_question.setdefault(row["question_code"], set()).add(row["practice_standing"])
    if not by_question:
        return "No questions on how schools moderate are in the registers."
    alike = sum(standings <= {"ALIKE", "NOT_ANSWERED"} and "ALIKE" in standings for standings in by_question.values())
    return f"Schools do alike on {alike} of {counted(len(by_question), 'question')}."


def gaps_sentence(row: Row) -> str:
    """How far a school's practice is from the trust's policy."""
    gaps = row["policy_gaps_count"]
    if gaps == 0:
        return "The way the school moderates meets the trust’s policy where there is one and it has answered."
    return f"The way the school moderates differs from the trust’s policy on {counted(gaps, 'question')}."


def against_policy(row: Row) -> str:
    """A school's answer against the trust's policy, in a cell."""
    asked = row["policy_answer"]
    return {
        "MEETS": "Meets the policy",
        "GAP": f"Policy: {asked}",
        "NO_POLICY": "No policy",
        "NOT_ANSWERED": f"Not answered; policy: {asked}",
    }[row["policy_standing"]]


def example_sentence(version: Row | None) -> str:
    """A warning where the matrix is the example that comes with Orchard."""
    if version is None:
        return "No version of the matrix is used today. Enter your authority’s in the trust’s registers."
    if not version["is_example"]:
        return f"Matrix: {version['matrix_title']}, version {version['matrix_version']}."
    return (
        f"{version['matrix_title']}. It is there to try moderation with; enter your authority’s own matrix in the "
        "trust’s registers (sheets Matrix versions and Matrix criteria) before its bands are used for anything."
    )


def rounds_cells(row: Row) -> tuple[str | Symbol, ...]:
    """One round as cells: name, day, schools, pupils, alike, within one, alpha and its range, AC2."""
    return (
        row["round_name"] + (" (new matrix)" if row["has_new_matrix"] else ""),
        long_date(row["round_date"]),
        whole(row["schools_count"]),
        shown(row, "rated_count", whole),
        shown(row, "exact_rate", percent),
        shown(row, "adjacent_rate", percent),
        shown(row, "alpha", lambda alpha: str(rounded(alpha, HUNDREDTHS))),
        f"{rounded(row['alpha_lower'], HUNDREDTHS)} to {rounded(row['alpha_upper'], HUNDREDTHS)}"
        if known(row, "alpha_lower", "alpha_upper")
        else MISSING,
        shown(row, "gwet_ac2", lambda figure: str(rounded(figure, HUNDREDTHS))),
    )
