"""The SEND lead's morning in words: what waits, what is new since the release before, how old a school's files are."""

from __future__ import annotations

import datetime as dt

from dashboards.wording.apdr import short_date
from dashboards.wording.numbers import counted

LATE_DAYS = 7
"""A school whose newest file is older than this has missed its weekly load."""
SCHOOLS_LEAD = "Counted from the rows, for this page only. New: of the last seven days. By name, not a ranking."
NO_EARLIER = "There is no earlier release that can be compared, so nothing is called new."


def newest_words(date: dt.date | None, today: dt.date) -> str:
    """The day of a school's newest file, and that the weekly one is missing."""
    if date is None:
        return "No file yet"
    days = (today - date).days
    return f"{short_date(date)}: none for {counted(days, 'day')}" if days > LATE_DAYS else short_date(date)


def names_sentence(count: int) -> str:
    """How many names of groups wait, up to the link."""
    if count == 0:
        return "No name waits to be settled: "
    return f"{counted(count, 'name')} of groups {'waits' if count == 1 else 'wait'} to be settled: "


def round_sentence(round_name: str | None) -> str:
    """Whether a round of moderation is open, up to the link."""
    return f"{round_name} of moderation is open: " if round_name else "No round of moderation is open: "


def since_sentence(before_number: int, fresh: int, gone: int) -> str:
    """What changed since the release before."""
    since = f"Since release {before_number}"
    if not fresh and not gone:
        return f"{since}: no exception came and none went."
    return f"{since}: {counted(fresh, 'exception')} came, {gone} went."
