"""Assess, plan, do, review in words: stages, days, why a cycle is closed; what a pupil's two scores can tell."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row
from dashboards.wording.numbers import counted, grouped

_STAGES = {
    "ASSESS": "Assess for the next cycle",
    "PLAN": "Agree the plan",
    "DO": "Begin what is planned",
    "REVIEW": "Hold the review",
    "CLOSED": "Closed",
}
_CLOSED = {
    "FOLLOWED": "Followed by the next",
    "STOPPED": "Ended by its review",
    "HAS_PLAN": "EHC plan since",
    "LEFT": "Left the school",
    "NO_SEN": "No SEN any more",
}
_OUTCOMES = {"MET": "Met", "PARTLY_MET": "Partly met", "NOT_MET": "Not met"}
_NEXT_STEPS = {
    "CONTINUE": "Continue",
    "CHANGE": "Change the provision",
    "STOP": "Stop",
    "REFER": "Refer",
    "REQUEST_EHC_ASSESSMENT": "Request an EHC assessment",
}
_CHANGES = {
    "RISEN": "risen by more than chance",
    "WITHIN_CHANCE": "within what chance can do",
    "FALLEN": "fallen by more than chance",
}
_RECORDINGS = {
    "SILENT": "Nothing on record for over three weeks: enter the sessions, held or not.",
    "NOT_KEPT": "Insight’s map keeps no sessions: keep them in the provision map workbook.",
}
DAYS_AHEAD = 14
_LONG_DAYS = 730
HOW_COUNTED = (
    "The plan is due 4 weeks after the assessment, its start 2 weeks after the plan, the review on the school’s own "
    "day and no later than 14 weeks after the start, the next assessment 4 weeks after the review unless that said "
    "stop. A day in the holidays moves to the first day back. These limits are the trust’s; the SEND Code of Practice "
    "asks for a meeting with parents three times a year (6.65)."
)
CHANCE = (
    "A test taken twice gives two scores even if nothing has changed. Only a change beyond what the test’s own error "
    "explains 95 times in 100 is called risen or fallen. It does not say what brought the change about. Standardised "
    "tests only: of other measures that error is not known."
)


def stage_words(stage: str) -> str:
    """What has to be done next."""
    return _STAGES.get(stage, stage)


def state_words(row: Row) -> str:
    """Where a cycle stands: what is next and by when, or why it is closed."""
    if row["stage"] == "CLOSED":
        return _CLOSED.get(row["closed_reason"], "Closed")
    return f"{stage_words(row['stage'])} by {short_date(row['stage_due_date'])}"


def late_words(days: int) -> str:
    """How long past its day: in days, from two weeks on in weeks, from two years on in years."""
    if days < DAYS_AHEAD:
        return counted(days, "day")
    return counted(days // 7, "week") if days < _LONG_DAYS else f"{days // 365} years"


def ahead_words(due: dt.date, today: dt.date) -> str:
    """How long there is: today, tomorrow, in 9 days."""
    days = (due - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")


def short_date(date: dt.date | None) -> str:
    """4 Nov 2026; a sign where there is none."""
    return "–" if date is None else f"{date.day} {date:%b %Y}"


def outcome_words(code: str | None) -> str:
    """What the review found."""
    return _OUTCOMES.get(code or "", "–")


def next_step_words(code: str | None) -> str:
    """What the review decided."""
    return _NEXT_STEPS.get(code or "", "–")


def why_without_words(standing: str) -> str:
    """Why a pupil on SEN support has no cycle."""
    return "Last one ended by its review" if standing == "STOPPED" else "None so far"


def run_words(count: int) -> str:
    """Cycles in a row on the same provision."""
    return f"{grouped(count)} in a row"


def change_words(code: str | None) -> str:
    """Whether one pupil's change is more than the test's own error; never called impact."""
    return _CHANGES.get(code or "", "this test cannot tell")


def changes_sentence(codes: list[str | None]) -> str:
    """How many pupils' scores moved by more than chance, and how many did not."""
    risen, fallen = codes.count("RISEN"), codes.count("FALLEN")
    still = len(codes) - risen - fallen
    listed = ((risen, "RISEN"), (still, "WITHIN_CHANCE"), (fallen, "FALLEN"))
    said = ", ".join(f"{grouped(count)} {_CHANGES[code]}" for count, code in listed)
    return f"{counted(len(codes), 'pupil')} with both scores: {said}."


def recording_words(code: str) -> str:
    """What is missing of a group's sessions, and what to do."""
    return _RECORDINGS.get(code, "")


def steps_sentence(late: int, soon: int) -> str:
    """The page in one line."""
    overdue = f"{counted(late, 'step')} {'is' if late == 1 else 'are'} overdue" if late else "Nothing is overdue"
    ahead = f"{counted(soon, 'step')} {'falls' if soon == 1 else 'fall'}" if soon else "nothing falls"
    return f"{overdue}; {ahead} due in the next two weeks."
