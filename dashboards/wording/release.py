"""The release and its data in words: how old, how sure, what became of each file."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row
from dashboards.wording.numbers import counted, long_date

SAMPLE_BANNER = "Sample data: fictional trust"
CONFIDENCE_WORDS = {"GOOD": "Good", "FAIR": "Fair", "POOR": "Poor", "NO_DATA": "No data"}
CONFIDENCE_MEANINGS = {
    "GOOD": "Good: every file was taken, and few rows wait to be mended.",
    "FAIR": "Fair, the middle of three: some files were not taken, or some rows wait to be mended.",
    "POOR": "Poor, the lowest of three: many rows wait to be mended.",
}
STATE_WORDS = {
    "TAKEN": "Taken",
    "HELD": "Held",
    "REFUSED": "Refused",
    "DUPLICATE": "Seen before",
    "OLDER": "Older than what we have",
    "UNSETTLED": "Still being written",
}
STAGE_WORDS = {"publishing": "Publishing", "landing": "Landing"}
NOT_RECOGNISED = "Not recognised"
LATE_HOURS, STALE_HOURS = 26, 50
READ_INSTEAD = (
    "Read instead, where the page has it, the figure of the trust, of a larger group or of several years together, and "
    "the sentences above."
)
KEY_TEXT = (
    ("c", "hidden: small number. The figure exists, but showing it could tell something about one child. Not zero."),
    ("–", "not available: not recorded, or not known yet."),
    ("0", "a true zero."),
)


def confidence_words(code: str | None) -> str:
    """One word for how far a school's data can be relied on."""
    return CONFIDENCE_WORDS.get(code or "NO_DATA", "Not judged")


def confidence_meaning(row: Row | None) -> str:
    """What the word for a school's data says; nothing where there is no data to judge."""
    return CONFIDENCE_MEANINGS.get(row["confidence"], "") if row else ""


def confidence_sentence(row: Row | None) -> str:
    """What the word rests on."""
    if row is None or row["confidence"] == "NO_DATA":
        return "This school has sent no files that could be taken."
    taken = counted(row["files_taken_count"], "file") + " taken"
    refused = row["files_refused_count"]
    not_taken = f", {refused} not taken" if refused else ""
    aside = row["set_aside_percent"]
    rows = "" if aside is None else f"; {'under 1' if aside == 0 else aside}% of rows set aside to be mended"
    newest = row["latest_delivery_date"]
    return f"{taken}{not_taken}{rows}." + (f" Newest file: {long_date(newest)}." if newest else "")


def age_sentence(made_at: dt.datetime, now: dt.datetime) -> str:
    """A warning when the figures are older than a night; nothing when they are fresh."""
    hours = (now - made_at).total_seconds() / 3600
    if hours <= LATE_HOURS:
        return ""
    days = max(1, int(hours // 24))
    start = f"These figures were made {counted(days, 'day')} ago."
    late = "Last night’s work did not publish new ones." if hours <= STALE_HOURS else "Newer ones are overdue."
    return f"{start} {late} Ask the central team."


def state_words(state: str) -> str:
    """What became of a file."""
    return STATE_WORDS.get(state, "Not taken")


def hidden_sentence(count: int, place: str = "on this page", instead: str = READ_INSTEAD) -> str:
    """How much of a page or paper is hidden, why, and what to read instead."""
    if count == 0:
        return f"No figure {place} is hidden."
    start = f"1 figure is hidden {place}: it" if count == 1 else f"{count} figures are hidden {place}: each"
    why = "is about only a few people, or would give away one that is"
    return f"{start} {why}. Hidden is not zero. {instead}"


def stage_words(stage: str) -> str:
    """A stage's name as people read it."""
    words = stage.replace("_", " ").replace(".", " ").strip()
    return words[:1].upper() + words[1:]
