"""Calls to leavers in words: whom to ask, about which day, by when; what they had beside where they went."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.wording.apdr import late_words, short_date
from dashboards.wording.destination_steps import REASON_WORDS
from dashboards.wording.numbers import counted, grouped, sentence

STATE_WORDS = REASON_WORDS | {
    "NOT_LISTED": "not in the authority’s extract, not asked yet",
    "NEVER_CONTACTED": "not asked about this yet",
}
"""Beside the last contact, which may have been about an earlier point."""
DAYS_AHEAD = 30
POINT_WORDS = {
    "SEPTEMBER": "where they are since September",
    "TWO_TERMS": "where they were in March, two terms on",
    "TWO_YEARS": "where they are two years on",
}
WHOM_WORDS = {
    "LAST_PLACE": "The place where they were last",
    "INTENDED_PLACE": "The place they meant to go to",
    "AUTHORITY": "The authority’s tracking team",
    "FAMILY": "The family",
}
RULE = (
    "A call is due on the day it asks about: 30 September after leaving, 31 March after that, 30 September two years "
    "on. After a contact without an answer the next is due two weeks later. Two years on is asked for six months. "
    "First ask the place where they were last, else the place they meant to go to; after a contact in vain, or when "
    "the authority’s record has lapsed, its tracking team; else the family. A pupil recorded as having died is on no "
    "list."
)
NOT_A_CAUSE = (
    "This shows what leavers had beside where they went. It does not show that one led to the other: pupils with "
    "greater needs have more support and harder roads."
)


def point_words(row: Row) -> str:
    """The question of the call, with the summer in which they left."""
    asked = POINT_WORDS.get(row["call_point"], "where they are")
    return f"Left in {row['leaving_date']:%B %Y}: {asked}"


def whom_words(row: Row) -> str:
    """Whom to ask first, with the place where one is known."""
    place = {"LAST_PLACE": row["last_label"], "INTENDED_PLACE": row["intended_label"]}.get(row["call_whom"])
    said = WHOM_WORDS.get(row["call_whom"] or "", "The family")
    return f"{said}: {place[:1].lower()}{place[1:]}." if place else f"{said}."


def state_words(row: Row) -> str:
    """Why a call is due."""
    if row["point_state"] == "KNOWN":
        return "School and authority differ: which is right?" if row["is_contradicted"] else "Known so far"
    return sentence(STATE_WORDS.get(row["point_state"], "not asked yet"))


def contact_words(row: Row) -> str:
    """The last contact and how long ago."""
    if row["last_contact_date"] is None:
        return "Never contacted."
    days = row["contact_age_days"]
    ago = late_words(days) if days < 60 else counted(days // 30, "month")
    return f"Last contact {short_date(row['last_contact_date'])}, {ago} ago."


def calls_sentence(late: int, soon: int) -> str:
    """The list in one line."""
    overdue = f"{counted(late, 'call')} {'is' if late == 1 else 'are'} overdue" if late else "No call is overdue"
    ahead = f"{grouped(soon)} {'is' if soon == 1 else 'are'}" if soon else "none is"
    return f"{overdue}; {ahead} due in the next {DAYS_AHEAD} days."
