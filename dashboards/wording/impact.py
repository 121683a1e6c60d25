"""Intervention impact in words: a difference always with its range, never a bare before-and-after (METHODS A)."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.queries.impact import LOW_DOSE_RATE
from dashboards.wording.numbers import count_words, counted, ordinal, percent, pounds, rounded, sentence, span, whole

GRADE_WORDS = {"A": "strong", "B": "moderate", "C": "weak", "D": "none"}
VERDICT_WORDS = {
    "AHEAD": "Ahead of similar pupils",
    "BEHIND": "Behind similar pupils",
    "NO_CLEAR_DIFFERENCE": "No clear difference",
    "CANNOT_TELL": "Cannot tell yet",
}
DESIGN_WORDS = {
    "BALANCED_COMPARISON": "Compared with pupils in the trust who started at the same level and are alike in age, free "
    "school meals, EHC plan and absence. Similar, never identical: nothing here knows why these pupils were chosen.",
    "SCHOOL_MEANS": "Whole schools that ran it are compared with whole schools that did not, after allowing for where "
    "their pupils started.",
    "NORM_REFERENCED": "There were no pupils to compare with. The scores are set against the test’s own norms, and the "
    "rise that would have come anyway, because pupils were chosen when their score was low, is taken off.",
}
REASON_WORDS = {
    "OK": "",
    "NOTHING": "",
    "NO_TREATED": "Nobody who took part has a score both before and after.",
    "NO_COMPARISON": "There are no similar pupils to compare with.",
    "TOO_FEW": "There are too few pupils with both scores.",
    "NO_SPREAD": "All scores are the same, so nothing can be said about chance.",
    "NOT_FINITE": "Some scores cannot be read as numbers.",
    "NO_OVERLAP": "The pupils who took part are unlike every other pupil in the trust, so a comparison would mislead.",
    "THIN_COMPARISON": "The comparison would lean on only a few pupils.",
    "SCHOOL_CONFOUNDED": "Whole schools took part, so its effect cannot be separated from the school.",
    "NO_INTERVAL": "The scores do not allow a range to be given.",
    "PART_COMPARED": "Only some of those who took part are in schools that also have similar pupils who did not; the "
    "difference is of them alone.",
    "NO_TEST": "No test is linked to it, so there is nothing to measure it by.",
    "NO_SCORES": "Its test is not a standardised one with scores here, so pupils cannot be compared.",
    "NOT_FINISHED": "Nobody’s score after the end is due yet.",
    "NUMBERS": "The number of pupils holds the grade down.",
    "DESIGN": "What the pupils can be compared with holds the grade down.",
    "PRECISION": "The width of the range holds the grade down.",
    "ATTRITION": "Pupils without an end score hold the grade down.",
    "BASELINE": "The groups did not start alike, which holds the grade down.",
    "MEASURE": "The kind of test holds the grade down.",
    "REPLICATION": "It was seen in few schools or only once, which holds the grade down.",
    "DOSE": "Too few records of what was delivered hold the grade down.",
}
NOT_A_TRIAL = (
    "Even strong evidence here is not a trial: pupils were chosen for help, not drawn by lot. In 141 large trials the "
    "average difference was about one point on a test like these, so a large difference is more likely luck than a "
    "miracle."
)
HOW_TO_READ = (
    "The dot is the best estimate, the line its likely range. A line that crosses “similar pupils” may be no "
    "difference at all."
)
_COMPARED_WITH = {
    "BALANCED_COMPARISON": "Compared with similar pupils in the trust",
    "SCHOOL_MEANS": "Compared with schools in the trust that did not run it",
    "NORM_REFERENCED": "Compared with what the test’s norms lead us to expect",
}

_NOT_MEASURED = ("NO_TEST", "NO_SCORES", "NOT_FINISHED")


def grade_words(grade: str) -> str:
    """A letter with its word: B, moderate."""
    return f"{grade}, {GRADE_WORDS.get(grade, 'not graded')}"


def verdict_words(verdict: str) -> str:
    """What the range says."""
    return VERDICT_WORDS.get(verdict, "Not judged")


def points_words(points: float) -> str:
    """A difference in words: 3 points higher, 1 point lower, the same."""
    size = rounded(abs(points))
    if size == 0:
        return "about the same"
    return f"{whole(abs(points))} point{'' if size == 1 else 's'} {'higher' if points > 0 else 'lower'}"


def range_words(row: Row) -> str:
    """The likely range, in points; with a tenth where a whole number would hide that it is clear of zero."""
    low, high = row["lower_points"], row["upper_points"]
    is_blurred = low * high > 0 and rounded(low) * rounded(high) == 0
    return span(low, high, "0.1" if is_blurred else "1")


def result_sentence(row: Row) -> str:
    """What can be said of one intervention: the difference with its range, or why there is none."""
    if row["reason"] in _NOT_MEASURED:
        return f"{REASON_WORDS[row['reason']]} No difference can be given."
    if row["small_number_rule"] in ("TOO_FEW", None):  # hidden with the number of pupils
        return _too_few(row)
    if row["small_number_rule"] == "CANNOT_TELL_SMALL":
        return _small_group(row)
    if row["design"] not in _COMPARED_WITH:
        return f"No difference can be given. {reason_sentence(row)}".strip()
    if not known(row, "difference_points", "lower_points", "upper_points"):
        return _without_figures(row)
    compared, said = _COMPARED_WITH[row["design"]], points_words(row["difference_points"])
    main = (
        f"{compared}, pupils in {row['intervention_name']} scored {said} at the end (likely range {range_words(row)})."
    )
    if row["verdict"] == "CANNOT_TELL":
        return f"{main} The range is too wide, or the evidence too thin, to say whether it works."
    return main


def _without_figures(row: Row) -> str:
    why = "it rests on a small number of pupils" if is_hidden(row, "difference_points") else "it is not available"
    return f"No difference is shown, because {why}. {reason_sentence(row)}".strip()


def _too_few(row: Row) -> str:
    if known(row, "started_count"):
        started = sentence(f"{count_words(row['started_count'])} pupils started")
        return f"{started}, but fewer than six have a score both before and after. That is too few to say anything."
    return "Fewer than six pupils have a score both before and after. That is too few to say anything."


def _small_group(row: Row) -> str:
    cannot = "This cannot tell us whether it works."
    if not known(row, "both_scores_count"):
        return f"Fewer than ten pupils have a score both before and after. {cannot}"
    number = count_words(row["both_scores_count"])
    took_part = sentence(f"{number} pupils took part and had both scores.")
    if not known(row, "difference_points", "lower_points", "upper_points"):
        return f"{took_part} With so few the difference could be almost anything, so none is shown. {cannot}"
    return (
        f"{took_part} They ended {_beside(row['difference_points'])} similar pupils, but with {number} pupils the true "
        f"difference could be anything from {_off(row['lower_points'])} to {_off(row['upper_points'])}. {cannot}"
    )


def _beside(points: float) -> str:
    size = rounded(abs(points))
    return "level with" if size == 0 else f"{counted(int(size), 'point')} {'above' if points > 0 else 'below'}"


def _off(points: float) -> str:
    size = rounded(abs(points))
    return "no difference" if size == 0 else f"{whole(abs(points))} {'above' if points > 0 else 'below'}"


def reason_sentence(row: Row) -> str:
    """Why there is no estimate, or what holds the grade down; nothing where there is nothing to add."""
    code = row["reason"]
    return "" if code is None else REASON_WORDS.get(code, "The method page says what limits this figure.")


def dose_sentence(row: Row) -> str:
    """How much of what was due took place; a warning when it was little."""
    if not known(row, "dose_rate"):
        return ""
    said = f"{percent(row['dose_rate'])} of the sessions due took place."
    warning = " This tells us about what was delivered, not about the programme."
    return said + (warning if row["dose_rate"] < LOW_DOSE_RATE else "")


def growth_sentence(row: Row) -> str:
    """Places in 100, only where the number of pupils allows it and the result is clear of zero."""
    allowed = row["small_number_rule"] in ("MODERATE_AT_MOST", "ALL") and row["verdict"] in ("AHEAD", "BEHIND")
    if not allowed or not known(row, "percentile_growth", "lower_sd", "upper_sd"):
        return ""
    place = int(rounded(50 + row["percentile_growth"]))
    return f"An average pupil would move from the 50th to about the {ordinal(place)} place in 100."


def missing_scores_sentence(row: Row) -> str:
    """How many are missing from the comparison."""
    if not known(row, "attrition_rate") or rounded(row["attrition_rate"] * 100) == 0:
        return ""
    return f"{percent(row['attrition_rate'])} of those due an end score lack one before or after, and are not compared."


def chance_sentence(comparisons_count: int) -> str:
    """How many of so many comparisons would look unusual by luck alone; one in twenty."""
    if comparisons_count < 2:
        return ""
    if comparisons_count < 10:
        return f"With {count_words(comparisons_count)} comparisons, even one that looks unusual may be chance."
    expected = int(rounded(comparisons_count / 20))
    return f"With {comparisons_count} comparisons, about {count_words(expected)} would look unusual by chance."


def grade_sentence(row: Row) -> str:
    """How sure we are, and what holds it down."""
    held = reason_sentence(row) if row["design"] in _COMPARED_WITH else ""
    return f"Evidence: {grade_words(row['grade'])}. {held}".strip()


def cost_sentence(row: Row) -> str:
    """What it cost so far of what is planned, and of how many pupils that speaks."""
    if not known(row, "cost_to_date_pence"):
        return ""
    planned = f" of {pounds(row['planned_cost_pence'])} planned" if known(row, "planned_cost_pence") else ""
    started = "school_started_count" if "school_started_count" in row else "started_count"
    is_part = known(row, "costed_count", started) and row["costed_count"] < row[started]
    part = f", for {row['costed_count']:,} of {counted(row[started], 'pupil')}" if is_part else ""
    return f"{pounds(row['cost_to_date_pence'])} spent to date{planned}{part}."


def design_sentence(row: Row) -> str:
    """How the comparison was made; nothing where there is none."""
    return DESIGN_WORDS.get(row["design"], "")
