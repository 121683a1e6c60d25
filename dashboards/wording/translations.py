"""What a difference means in other terms, in words: without it, places in 100, missing pupils, norms, months of age.

The difference itself stands in ``differences``. Nothing here is said where the mart has no figure for it.
"""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.wording.differences import likely_words, range_words
from dashboards.wording.impact import yardstick_words
from dashboards.wording.numbers import counted, ordinal, rounded, span, whole

ENOUGH_FOR_GROWTH = ("MODERATE_AT_MOST", "ALL")
_FEW = 5


def growth_sentence(row: Row) -> str:
    """Places in 100, only where the number of pupils allows it and the result is clear of zero."""
    allowed = row["small_number_rule"] in ENOUGH_FOR_GROWTH and row["verdict"] in ("AHEAD", "BEHIND")
    if not allowed or not known(row, "percentile_growth", "lower_sd", "upper_sd"):
        return ""
    place = int(rounded(50 + row["percentile_growth"]))
    return f"An average pupil would move from the 50th to about the {ordinal(place)} place in 100."


def months_words(row: Row) -> str:
    """Small print only: the months of the Education Endowment Foundation's table, with their range."""
    if not known(row, "months_count", "months_low_count", "months_high_count"):
        return ""
    low, high = row["months_low_count"], row["months_high_count"]
    months = counted(abs(row["months_count"]), "month")
    behind = " less" if row["months_count"] < 0 else ""
    return (
        f"In months, which we trust least: about {months}{behind} (EEF table; likely range {span(low, high)}). "
        "Months make a small difference look large."
    )


def ratio_gain_sentence(row: Row) -> str:
    """Growth in reading or spelling age as a description, with its caveat; it says nothing of cause (METHODS A7)."""
    if not known(row, "ratio_gain"):
        return ""
    gain = rounded(row["ratio_gain"], "0.1")
    return (
        f"Between the two tests pupils gained {gain} months of age on the test for every month that passed. One for "
        "one is ordinary growth, and pupils chosen for a low score catch up somewhat by themselves: this describes "
        "the rise and does not say what brought it about."
    )


def expected_sentence(row: Row) -> str:
    """Where pupils started, where they ended, where similar pupils' path would have taken them."""
    if not known(row, "entry_mean", "exit_mean", "expected_exit_mean"):
        return ""
    start, end, without = (whole(row[name]) for name in ("entry_mean", "exit_mean", "expected_exit_mean"))
    whom = yardstick_words(row["design"])
    return (
        f"On average they started at {start} and ended at {end}. Going by {whom} they would have ended at "
        f"about {without} without it. Only the gap between the two ends can be its doing; the change as a whole is not."
    )


def norms_sentence(row: Row) -> str:
    """Against the test's norms: what the answer would be if retests agreed more or less than we take them to."""
    if row["design"] != "NORM_REFERENCED" or not known(row, "norms_low_points", "norms_high_points"):
        return ""
    likely = range_words(row["norms_low_points"], row["norms_high_points"])
    return f"If two sittings of the test agreed more, or less, than we take them to, the difference would be {likely}."


def schools_left_out_sentence(row: Row) -> str:
    """Where few schools inform the difference: its range when each is left out in turn, and what that says.

    Of the intervention's own pupils. Said of every difference, and plainly where a claim does not survive it.
    """
    ends = ("schools_lower_points", "schools_upper_points")
    if not known(row, *ends):
        return ""
    lower, upper = (row[end] for end in ends)
    said = (
        "Few schools inform this. With each of them left out in turn, the likely range of its own pupils’ difference "
        f"is {likely_words(row, lower, upper)}"
    )
    if row["verdict"] not in ("AHEAD", "BEHIND"):
        return f"{said}."
    if lower <= 0 <= upper:
        return f"{said}: it leans on some of the schools, so read it with care."
    return f"{said}: it does not hang on any one school."


def points_counted(points: float) -> str:
    """A size without its sign: 9 points; half a point is not none."""
    size = rounded(abs(points))
    return counted(int(size), "point") if size else "less than 1 point"


def tipping_sentence(row: Row) -> str:
    """How much the pupils who lack a score would have to differ from the rest for the sign to change.

    Said of a claim only: where nothing is claimed there is nothing to overturn, and a figure drawn in may have another
    sign than that of its own pupils.
    """
    if row["verdict"] not in ("AHEAD", "BEHIND"):
        return ""
    if row.get("outcome_unit") != "POINTS" or not known(row, "tipping_points", "exit_due_count", "both_scores_count"):
        return ""
    missing = row["exit_due_count"] - row["both_scores_count"]
    if missing < 1:
        return ""
    who = f"the {missing} pupils" if missing >= _FEW else "the few pupils"
    size = points_counted(row["tipping_points"])
    way = "worse" if row["tipping_points"] > 0 else "better"
    has_entries = known(row, "entry_count") and row["entry_count"] == row["exit_due_count"]
    lacking = "without an end score" if has_entries else "who lack a score before or after"
    return f"The result would only change if {who} {lacking} did {size} {way} than the rest."
