"""The statutory clock in words: steps, whose they are, days, and the school's part beside the authority's."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row, known
from dashboards.wording.apdr import ahead_words, late_words, short_date
from dashboards.wording.numbers import counted, grouped, percent, published_percent

DAYS_AHEAD = 14
PERIODS = (30, 60, 90)
_STEPS = {
    "HOLD_REVIEW": "Hold the annual review",
    "ENTER_REVIEW": "Hold the annual review, and enter it in the tracker",
    "SEND_PAPERS": "Send the papers for the review",
    "SEND_REPORT": "Send the report of the review to the authority",
    "DECIDE": "Authority: decide after the review",
    "AMEND_PLAN": "Authority: issue the amended plan",
    "ASSESS_DECISION": "Authority: decide whether to assess",
    "FINAL_PLAN": "Authority: issue the final plan",
    "TRANSFER_REVIEW": "Review the plan for the next phase",
    "TRANSFER_DECISION": "Authority: decide after the transfer review",
    "TRANSFER_PLAN": "Authority: issue the plan for the next phase",
}
_CHECKS = {
    "TWO_ACTIVE_PLANS": "The tracker has two plans in force for this pupil. Enter the day the older one ended.",
    "DUE_BEFORE_PLAN": "The review’s day lies before the plan began. Check both days.",
    "ADULTHOOD_NOT_RECORDED": "In year 9 or above, and the review does not say that it covered preparation for "
    "adulthood.",
}
_STAGES = {
    "EARLY_YEARS": "to school",
    "SCHOOL": "to the next school",
    "SECONDARY": "to post-16",
    "POST_16": "after 16",
}
_STANDINGS = {
    "REVIEW": "Review to be held",
    "DECISION": "Authority to decide",
    "PLAN": "Authority to issue the amended plan",
    "DONE": "Amended plan issued",
    "ENDING": "Plan ends",
}
HOW_COUNTED = (
    "Days in law: the review within 12 months of the last decision (for a child under five we ask for 6, as the Code "
    "of Practice advises), papers two weeks before, the school’s report within two weeks after, the authority’s "
    "decision within four weeks and the amended plan within twelve weeks of the meeting. A day that falls in a holiday "
    "does not move."
)
NO_NAMES = "The calendar file holds plan references and days, no names."
LATE_PLAN_RULE = "Requests that ended without a plan are not late; those still open are counted."


def step_words(row: Row) -> str:
    """What has to be done, or checked."""
    if row["step"] == "CHECK":
        return _CHECKS.get(row["data_rule"] or "", "Check the tracker.")
    return _STEPS.get(row["step"], "Look at the tracker")


def about_words(row: Row) -> str:
    """Which plan or request."""
    return str(row["plan_reference"] or f"Request of {short_date(row['request_date'])}")


def left_words(row: Row, today: dt.date) -> str:
    """Days left, or days late; a lawful exception is said."""
    if row["due_date"] is None:
        return "–"
    if row["left_days"] >= 0:
        return ahead_words(row["due_date"], today)
    late = f"{late_words(-row['left_days'])} late"
    return f"{late}, exception recorded" if row["is_exception"] else late


def late_day_words(days: int | None) -> str:
    """Days late of a step: in time, 9 days, or a sign where nothing is known."""
    if days is None:
        return "–"
    return "in time" if days == 0 else f"{counted(days, 'day')} late"


def stage_words(row: Row) -> str:
    """Which change of phase."""
    return _STAGES.get(row["transfer_stage"], "to the next phase")


def standing_words(row: Row) -> str:
    """What is to come of a transfer."""
    said = _STANDINGS.get(row["transfer_standing"], "Look at the tracker")
    if row["transfer_standing"] == "DECISION" and row["is_report_due"]:
        said = "Our report to be sent, then the authority decides"
    late = row["transfer_late_days"]
    return f"{said}, {counted(late, 'day')} late" if late else said


def covered_words(is_covered: bool | None) -> str:
    """Whether a review covered preparation for adulthood."""
    return {True: "Covered", False: "Not covered", None: "Not recorded"}[is_covered]


def covered_sentence(rows: list[Row]) -> str:
    """How many reviews from year 9 on say that they covered preparation for adulthood: exact, for the SENCO."""
    covered = sum(1 for row in rows if row["is_adulthood_covered"])
    return (
        f"{grouped(covered)} of {counted(len(rows), 'review')} of the last 12 months in year 9 and above "
        f"{'says that it' if covered == 1 else 'say that they'} covered it."
    )


def today_sentence(overdue: int, soon: int) -> str:
    """The SENCO's page in one line."""
    late = f"{counted(overdue, 'step')} of ours {'is' if overdue == 1 else 'are'} overdue" if overdue else ""
    ahead = f"{counted(soon, 'step')} {'falls' if soon == 1 else 'fall'} due in the next {DAYS_AHEAD} days"
    return f"{late or 'Nothing of ours is overdue'}; {ahead if soon else f'nothing falls due in {DAYS_AHEAD} days'}."


def _told(row: Row, stem: str) -> tuple[str, str, str] | None:
    count, due, rate = f"{stem}_in_time_count", f"{stem}_due_count", f"{stem}_in_time_rate"
    if not known(row, count, due) or row[due] == 0:
        return None
    share = f" ({percent(row[rate])})" if known(row, rate) else ""
    return grouped(row[count]), grouped(row[due]), share


def _untold(row: Row, stem: str, what: str) -> str:
    """Why there is no sentence: nothing fell due, or the number is not shown. Which of the two is small is not said."""
    if known(row, f"{stem}_due_count") and row[f"{stem}_due_count"] == 0:
        return f"No {what} fell due in the last 12 months."
    return f"How many {what} were in time is not shown, because a number is small."


def reviews_sentence(row: Row) -> str:
    """Annual reviews held by their day: the school's part, with its likely range."""
    told = _told(row, "reviews")
    if told is None:
        return _untold(row, "reviews", "annual reviews")
    span = (
        f" With so many reviews, chance alone could move that between {percent(row['wilson_low_rate'])} and "
        f"{percent(row['wilson_high_rate'])}."
        if known(row, "wilson_low_rate", "wilson_high_rate", "reviews_in_time_rate")
        else ""
    )
    return f"{told[0]} of {told[1]} annual reviews of the last 12 months were held by their day{told[2]}.{span}"


def _part_sentence(row: Row, stem: str, what: str, said: str) -> str:
    told = _told(row, stem)
    return said.format(*told) if told else _untold(row, stem, what)


def reports_sentence(row: Row) -> str:
    """The school's report after the meeting."""
    said = "{0} of {1} reports were sent to the authority within two weeks of the meeting{2}."
    return _part_sentence(row, "reports", "reports of reviews", said)


def decisions_sentence(row: Row) -> str:
    """The authority's decision after the meeting."""
    said = "The authority decided {0} of {1} within four weeks of the meeting{2}."
    return _part_sentence(row, "decisions", "decisions of the authority", said)


def amended_sentence(row: Row) -> str:
    """The authority's amended plan."""
    return _part_sentence(row, "amended", "amended plans", "{0} of {1} amended plans were issued in time{2}.")


def overdue_sentence(row: Row) -> str:
    """What is overdue and what comes."""
    if not known(row, "overdue_reviews_count"):
        return "How many reviews are overdue now is not shown, because a number is small." if row else ""
    late = row["overdue_reviews_count"]
    said = f"{counted(late, 'review is', 'reviews are')} overdue now" if late else "No review is overdue now"
    ahead = f"; {counted(row['due_soon_count'], 'plan has', 'plans have')} one due in the next 90 days" if known(
        row, "due_soon_count") else ""  # fmt: skip
    return f"{said}{ahead}."


def adulthood_sentence(row: Row) -> str:
    """Preparation for adulthood from year 9 on."""
    if not known(row, "adulthood_covered_count", "adulthood_due_count") or not row["adulthood_due_count"]:
        return ""
    covered, held = grouped(row["adulthood_covered_count"]), grouped(row["adulthood_due_count"])
    return f"{covered} of {held} reviews in year 9 and above say that they covered preparation for adulthood."


def open_sentence(row: Row) -> str:
    """Open requests, and those past twenty weeks: all of it the authority's part."""
    if not known(row, "open_requests_count"):
        return "How many requests are open is not shown, because a number is small." if row else ""
    count = row["open_requests_count"]
    if count == 0:
        return "No request for an assessment is open."
    said = f"{counted(count, 'request')} for an assessment {'is' if count == 1 else 'are'} open"
    if not known(row, "open_late_count"):
        return f"{said}; how many have passed 20 weeks is not shown, because a number is small."
    late = row["open_late_count"]
    return f"{said}; {grouped(late) if late else 'none'} of them {'has' if late == 1 else 'have'} passed 20 weeks."


def transfers_sentence(row: Row) -> str:
    """Phase transfers of the running year."""
    if not known(row, "transfers_count"):
        return "How many pupils with a plan must change school is not shown, because a number is small." if row else ""
    count = row["transfers_count"]
    if count == 0:
        return "No pupil with a plan has to change school at the end of this year."
    said = f"{counted(count, 'pupil')} with a plan must change school at the end of this year"
    if not known(row, "transfers_unreviewed_count"):
        return f"{said}; how many still need a review is not shown, because a number is small."
    waiting = row["transfers_unreviewed_count"]
    need = f"{grouped(waiting)} still {'needs' if waiting == 1 else 'need'} the review for it" if waiting else (
        "each has been reviewed for it")  # fmt: skip
    return f"{said}; {need}."


def by_20_sentence(row: Row) -> str:
    """The share issued within twenty weeks, open cases included, and what is expected next."""
    if not known(row, "by_20_rate"):
        return "Too few requests have been followed for 20 weeks to say how many plans come in time."
    return (
        f"Of all requests, those still open included, about {percent(row['by_20_rate'])} get a final plan within "
        "20 weeks."
    )


def expected_sentence(row: Row) -> str:
    """Plans expected of the open requests in the next quarter of a year."""
    if not known(row, "expected_low_rate", "expected_high_rate"):
        return "Fewer than ten requests are open: too few for a forecast of the next 13 weeks."
    low, high = percent(row["expected_low_rate"]), percent(row["expected_high_rate"])
    return f"Of the requests open now, between {low} and {high} are likely to get a final plan in the next 13 weeks."


def caseload_sentence(row: Row) -> str:
    """Plans in a year's time."""
    if not known(row, "next_caseload_low_count", "next_caseload_high_count"):
        return "Too few years are on record to say how many plans there will be in a year."
    low, high = grouped(row["next_caseload_low_count"]), grouped(row["next_caseload_high_count"])
    return (
        f"If the number of plans goes on changing as it has, there may be about {low} to {high} in a year; few years "
        "stand behind that."
    )


def published_sentence(rows: list[Row], what: str) -> str:
    """The newest published figure of England and of each authority; a value that is not used is left out."""
    newest = [row for row in rows if row["period"] == rows[0]["period"]] if rows else []
    used = [row for row in newest if row["value"] is not None]
    if not used:
        return ""
    listed = "; ".join(f"{row['area']} {published_percent(row['value'])}" for row in used)
    return f"{what}, {used[0]['period']}: {listed} ({used[0]['publication']})."


def refused_sentence(rows: list[Row]) -> str:
    """Official values that cannot be right are not used; which, and why."""
    refused = sorted({f"{row['area']} {row['period']}" for row in rows if row["data_rule"]})
    if not refused:
        return ""
    return (
        f"The official file gives a number below zero of review decisions outstanding for {', '.join(refused)}; no "
        "count can be below zero (rule NEGATIVE_COUNT), so it is not used here."
    )
