"""Who puts a file right: the SENCO's own lists, what the office exports, and the assessments.

Wrong rows are the same work for whoever keeps the list, so each is given to that person and to nobody else.
"""

from __future__ import annotations

from dashboards.wording.numbers import counted

OWN, OFFICE, ASSESSMENT = "OWN", "OFFICE", "ASSESSMENT"
_KEPT_BY_THE_OFFICE = ("Attendance", "School Census", "Suspensions", "Moves off the roll", "Money", "NCCIS")
_KEPT_WITH_ASSESSMENTS = ("Insight assessments", "Insight pupils", "Small steps")
_TITLES = {
    OWN: "Your own files",
    OFFICE: "For the school office",
    ASSESSMENT: "For whoever leads on assessment",
}
LEADS = {
    OWN: "Lists that you keep. Row numbers are those you see when you open the file.",
    OFFICE: "Exports of the MIS and returns. Nothing for you to do but send this list on.",
    ASSESSMENT: "Insight and assessment files. Nothing for you to do but send this list on.",
}


def owner_of(source_label: str | None) -> str:
    """Who keeps the list that a row stands in; a file that nobody recognises is the SENCO's to look at."""
    label = source_label or ""
    if label.startswith(_KEPT_WITH_ASSESSMENTS):
        return ASSESSMENT
    return OFFICE if label.startswith(_KEPT_BY_THE_OFFICE) else OWN


def title_words(owner: str, count: int) -> str:
    """Whose files, and how much there is to do."""
    return f"{_TITLES[owner]}: {counted(count, 'thing')} to mend"
