"""Words of the lists by name: who is often absent, whose part-time timetable is late, who is taught elsewhere."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.wording.apdr import late_words, short_date
from dashboards.wording.numbers import counted, grouped, percent

SEVERE_FROM = 0.5


def late_reason(row: Row) -> str:
    """Why a part-time timetable is late: past its end, past its review, or nothing."""
    told = []
    if row["beyond_end_days"] > 0:
        told.append(f"Past its planned end by {late_words(row['beyond_end_days']).removesuffix(' late')}")
    if row["review_overdue_days"] > 0:
        told.append(f"Review overdue by {late_words(row['review_overdue_days']).removesuffix(' late')}")
    return ". ".join(told)


def is_late(row: Row) -> bool:
    """Past its planned end or its review."""
    return bool(row["beyond_end_days"] or row["review_overdue_days"])


def week_words(row: Row) -> str:
    """How much of a week: 4 of 10 half-days."""
    return f"{row['weekly_sessions_count']} of 10 half-days"


def planned_end_words(row: Row) -> str:
    """The planned end, or that there is none."""
    return short_date(row["planned_end_date"]) if row["planned_end_date"] else "None planned"


def absent_words(row: Row) -> str:
    """Half-days missed of those possible, and whether that is half or more."""
    said = f"{grouped(row['absent_sessions_count'])} of {grouped(row['possible_sessions_count'])}"
    return f"{said}: half or more" if row["absence_rate"] >= SEVERE_FROM else said


def suspended_words(row: Row) -> str:
    """Suspensions in twelve months."""
    if not row["suspensions_count"]:
        return "None"
    return f"{counted(row['suspensions_count'], 'suspension')}, {grouped(row['lost_sessions_count'])} half-days"


def registered_words(row: Row) -> str:
    """Whether the provider is a registered school."""
    answer = row["is_registered_school"]
    return "Not recorded" if answer is None else "Yes" if answer else "No"


def visit_words(row: Row) -> str:
    """The last visit, or that none is recorded."""
    return short_date(row["last_visit_date"]) if row["last_visit_date"] else "None recorded"


def access_words(row: Row) -> str:
    """What a pupil is not taught, and how much is blank."""
    none = f"Not taught: {row['not_taught_subjects']}" if row["not_taught_subjects"] else ""
    blank = f"{counted(row['blank_subjects_count'], 'subject')} not recorded" if row["blank_subjects_count"] else ""
    return ". ".join(part for part in (none, blank) if part) or "Taught every subject"


def missed_words(row: Row) -> str:
    """Lessons missed to attend an intervention."""
    if row["missed_subjects"]:
        return f"{row['missed_subjects']}: {grouped(row['weekly_missed_minutes'])} minutes a week"
    return "Not recorded" if row["weekly_missed_minutes"] is None else "None"


def tasks_sentence(absent: int, late: int, elsewhere: int) -> str:
    """The page in one line."""
    often = f"{counted(absent, 'pupil')} with SEN missed a tenth or more of their half-days this school year"
    timetables = f"{counted(late, 'part-time timetable')} {'is' if late == 1 else 'are'} past the planned end or review"
    return f"{often}; {timetables}; {counted(elsewhere, 'pupil')} in alternative provision."


def share_words(row: Row) -> str:
    """Share of half-days missed."""
    return percent(row["absence_rate"])
