"""The strategy in words: where actions stand, what they wait for, what a trustee may ask."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.wording.numbers import counted, long_date

STANDING_WORDS = {
    "DONE": "Done",
    "ON_COURSE": "On course",
    "UNDATED": "No day set",
    "LATE": "Past its day",
    "BLOCKED": "Blocked",
    "STALE": "Not reported for a term",
    "NOT_REPORTED": "Never reported",
    "STOPPED": "Stopped",
}
"""In the order in which charts and tables show them."""
COUNTS = {
    "DONE": "done_count",
    "ON_COURSE": "on_course_count",
    "UNDATED": "undated_count",
    "LATE": "late_count",
    "BLOCKED": "blocked_count",
    "STALE": "stale_count",
    "NOT_REPORTED": "not_reported_count",
    "STOPPED": "stopped_count",
}
"""The column that counts each standing."""
BARS = {
    "done_count": "Done",
    "on_course_count": "On course",
    "stuck_count": "Blocked or past the day",
    "other_count": "No day set, or stopped",
    "silent_count": "Not reported for a term, or never",
}
"""The five groups of the chart, which sum to all actions."""
_BLOCKS = {
    "MONEY": "money",
    "STAFF": "people’s time",
    "PARTNER": "an organisation outside the trust",
    "DECISION": "a decision",
    "SYSTEM": "a computer system",
    "OTHER": "something else",
}
_EVIDENCE = {
    "DOCUMENT": "A document",
    "MINUTES": "Minutes",
    "FIGURE": "A figure",
    "VISIT": "A visit",
    "REVIEW": "A review",
}
NOT_EVIDENCED = "Done and not evidenced is a claim: ask to see it."


def grouped_for_bars(row: Row) -> Row:
    """The row with the five groups of the chart."""
    return {
        **row,
        "stuck_count": row["blocked_count"] + row["late_count"],
        "other_count": row["undated_count"] + row["stopped_count"],
        "silent_count": row["stale_count"] + row["not_reported_count"],
    }


def plan_sentence(whole: Row) -> str:
    """The whole plan in one sentence: done, then what needs a trustee."""
    parts = [
        f"{whole[COUNTS[standing]]} {said}"
        for standing, said in (
            ("BLOCKED", "blocked"),
            ("LATE", "past their day"),
            ("STALE", "not reported for a term"),
            ("NOT_REPORTED", "never reported"),
        )
        if whole[COUNTS[standing]]
    ]
    start = f"Of {counted(whole['actions_count'], 'action')} {whole['done_count']} are done"
    return f"{start}; {_listed(parts)}." if parts else f"{start}, and none is blocked, late or unreported."


def evidence_sentence(whole: Row) -> str:
    """How many of the actions done have evidence named."""
    without = whole["done_count"] - whole["evidenced_count"]
    if not whole["done_count"]:
        return ""
    if not without:
        return "Every action that is done names its evidence."
    one = without == 1
    start = f"{counted(without, 'action')} that {'is' if one else 'are'} done {'names' if one else 'name'} no evidence."
    return f"{start} {NOT_EVIDENCED}"


def waits_for(row: Row) -> str:
    """What a blocked action waits for."""
    return f"Waits for {_BLOCKS[row['blocked_by']]}" if row["blocked_by"] in _BLOCKS else "Not said what it waits for"


def since_words(row: Row) -> str:
    """How long it is past its day, or when its day is."""
    if row["overdue_days"] is not None:
        return f"{counted(row['overdue_days'], 'day')} past its day"
    return f"Due {long_date(row['due_date'])}" if row["due_date"] else "No day set"


def evidence_words(row: Row) -> str:
    """What shows it, and of which day."""
    kind = _EVIDENCE.get(row["evidence_kind"])
    if kind is None:
        return "None named"
    return f"{kind}, {long_date(row['evidence_date'])}" if row["evidence_date"] else kind


def blocked_sentence(row: Row) -> str:
    """For a question: how many are blocked or late in a priority."""
    return (
        f"{row['priority_name']}: of {counted(row['actions_count'], 'action')} {row['blocked_count']} "
        f"{'is' if row['blocked_count'] == 1 else 'are'} blocked and {row['late_count']} "
        f"{'is' if row['late_count'] == 1 else 'are'} past the day set."
    )


def unreported_sentence(whole: Row) -> str:
    """For a question: actions of which nothing was heard for a term."""
    silent = whole["stale_count"] + whole["not_reported_count"]
    return f"Nothing was reported for a term or more of {counted(silent, 'action')} out of {whole['actions_count']}."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
