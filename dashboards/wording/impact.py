"""How sure we are of an intervention, what was delivered, what it cost, in words. Differences: ``differences``."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.queries.impact import LOW_DOSE_RATE
from dashboards.wording.numbers import counted, listed, percent, pounds, rounded, whole

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
    "TOO_FEW_EVENTS": "There are too few suspensions, had or expected, to tell a difference from chance.",
    "TOO_FEW_TO_POOL": "Fewer than five interventions of its subject can be compared, so it stands for itself.",
    "NO_SPREAD_BETWEEN": "The interventions of its subject differ by no more than chance.",
    "SEPARATED": "Every pupil of one group is ahead of every pupil of the other, so no range can be given.",
    "NO_FIT": "The scores fit no answer that could be relied on.",
    "TOO_FEW_SCHOOLS": "There are too few schools to see how the result hangs on any one of them.",
    "NOBODY_MISSING": "Every pupil has an end score.",
    "NO_DIFFERENCE": "There is no difference either way.",
    "NO_TIME_BETWEEN": "The two tests are of one day, or in the wrong order.",
    "PART_COMPARED": "Only some of those who took part are in schools that also have similar pupils who did not; the "
    "difference is of them alone.",
    "NO_TEST": "No test is linked to it, so there is nothing to measure it by.",
    "NO_SCORES": "The trust has no scores of its test, so pupils cannot be compared.",
    "DIFFERENT_TESTS": "The tests before and after differ, so each is read beside similar pupils who sat the same.",
    "NOT_FINISHED": "Nobody’s score after the end is due yet.",
    "NO_ENTRIES": "Scores after the end are due, and nobody has one from before it began.",
    "NO_EXITS": "Scores after the end are due, and nobody has one.",
    "FLOOR_CEILING": "Many are at the lowest or highest score of the test, so only who is ahead of whom is told.",
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
COMPARED_WITH = {
    "BALANCED_COMPARISON": "Compared with similar pupils in the trust",
    "SCHOOL_MEANS": "Compared with schools in the trust that did not run it",
    "NORM_REFERENCED": "Compared with what the test’s norms lead us to expect",
}
_YARDSTICK = {
    "SCHOOL_MEANS": "schools that did not run it",
    "NORM_REFERENCED": "what the test’s norms lead us to expect",
}
CAP_WORDS = {
    "NUMBERS": "the number of pupils",
    "DESIGN": "what they can be compared with",
    "PRECISION": "the width of the range",
    "ATTRITION": "pupils without an end score",
    "BASELINE": "groups that did not start alike",
    "MEASURE": "the kind of test",
    "REPLICATION": "being seen in few schools or only once",
    "DOSE": "too few records of what was delivered",
}


def yardstick_words(design: str) -> str:
    """Who or what stands for "without it"."""
    return _YARDSTICK.get(design, "similar pupils")


def grade_words(grade: str) -> str:
    """A letter with its word: B, moderate."""
    return f"{grade}, {GRADE_WORDS.get(grade, 'not graded')}"


def verdict_words(verdict: str) -> str:
    """What the range says."""
    return VERDICT_WORDS.get(verdict, "Not judged")


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


def missing_scores_sentence(row: Row) -> str:
    """How many are missing from the comparison."""
    if not known(row, "attrition_rate") or rounded(row["attrition_rate"] * 100) == 0:
        return ""
    return f"{percent(row['attrition_rate'])} of those due an end score lack one before or after, and are not compared."


def grade_sentence(row: Row) -> str:
    """How sure we are, and what holds it down."""
    held = reason_sentence(row) if row["design"] in COMPARED_WITH else ""
    return f"Evidence: {grade_words(row['grade'])}. {held}".strip()


def caps_sentence(row: Row) -> str:
    """Everything that holds the grade where it is; nothing for grade A or where no figure was made."""
    codes = [code for code in str(row.get("cap_reasons") or "").split(",") if code in CAP_WORDS]
    if not codes or row["grade"] == "A":
        return ""
    return f"The grade is held at {row['grade']} by {listed([CAP_WORDS[code] for code in codes])}."


def sessions_words(row: Row) -> str:
    """Delivered of due, as counts."""
    if not known(row, "delivered_sessions_count", "due_sessions_count"):
        return ""
    return f"{whole(row['delivered_sessions_count'])} of {whole(row['due_sessions_count'])}"


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
