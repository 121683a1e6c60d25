"""A school's statutory days as a calendar file (iCalendar, RFC 5545) that any calendar program can take in.

No name of a child stands in it: a calendar is shown on screens and shared. The school's own plan reference, or the day
of a request, says whom it is about. The same rows give the same bytes, and a step keeps its identity from night to
night, so that a program that takes the file in again moves a day instead of doubling it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

LINE_OCTETS = 75
"""Longest line of the format, without its end."""
_STEPS = {
    "HOLD_REVIEW": ("Annual review due", "Last day in law for the review meeting."),
    "ENTER_REVIEW": (
        "Annual review due",
        "Last day in law for the review meeting. The tracker has no such review yet.",
    ),
    "SEND_PAPERS": ("Review papers due", "Papers go out two weeks before the meeting."),
    "SEND_REPORT": ("Review report due", "The school's report goes to the authority within two weeks of the meeting."),
    "DECIDE": ("Authority: review decision due", "The authority decides within four weeks of the meeting."),
    "AMEND_PLAN": ("Authority: amended plan due", "Eight weeks after the decision, twelve after the meeting."),
    "ASSESS_DECISION": ("Authority: decision to assess due", "Six weeks after the request."),
    "FINAL_PLAN": ("Authority: final plan due", "Twenty weeks after the request."),
    "TRANSFER_REVIEW": (
        "Transfer review due",
        "Later, and the authority has less than twelve weeks to amend the plan.",
    ),
    "TRANSFER_DECISION": ("Authority: transfer decision due", "The amended plan has to be there by this day."),
    "TRANSFER_PLAN": (
        "Authority: transfer plan due",
        "The amended plan for the next phase has to be there by this day.",
    ),
}
"""Step: what stands in the calendar, and the sentence under it."""
_ADULTHOOD = "From year 9 on the review covers preparation for adulthood."


def write_calendar(rows: pl.DataFrame, school_name: str, made_on: dt.date, secret: str, out: Path) -> None:
    """Write the days of one school. ``rows`` has the columns of MART_EHC_CLOCK__DUE; ``secret`` keys the identities."""
    lines = list(_calendar(rows, school_name, made_on, secret))
    out.write_bytes(b"".join(fold(line) for line in lines))


def _calendar(rows: pl.DataFrame, school_name: str, made_on: dt.date, secret: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Orchard//EHC plan clock//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{escape(f'EHC plans: {school_name}')}")
    dated = rows.filter(pl.col("due_date").is_not_null() & pl.col("step").is_in(list(_STEPS)))
    for row in dated.sort("due_date", "item_key").to_dicts():
        yield from _event(row, made_on, secret)
    yield "END:VCALENDAR"


def _event(row: dict[str, Any], made_on: dt.date, secret: str) -> Iterator[str]:
    title, meaning = _STEPS[row["step"]]
    about = row["plan_reference"] or f"request of {_day(row['request_date'])}"
    day: dt.date = row["due_date"]
    yield "BEGIN:VEVENT"
    yield f"UID:{identity(row['item_key'], secret)}"
    yield f"DTSTAMP:{made_on:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(f'{title}: {about}')}"
    adulthood = f" {_ADULTHOOD}" if row["is_from_year_9"] and row["kind"] == "REVIEW" else ""
    yield f"DESCRIPTION:{escape(f'{meaning}{adulthood} Who it is about stands in Orchard, on the page Today.')}"
    yield "TRANSP:TRANSPARENT"
    yield f"CATEGORIES:{'School' if row['owed_by'] == 'SCHOOL' else 'Authority'}"
    yield "END:VEVENT"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def identity(item_key: str, secret: str) -> str:
    """A step's identity: the same each night, and without the key it leads back to nobody."""
    digest = hmac.new(secret.encode(), f"calendar:{item_key}".encode(), hashlib.sha256).hexdigest()
    return f"{digest[:32]}@orchard"


def escape(text: str) -> str:
    """Text as a value (RFC 5545, 3.3.11): backslash, semicolon, comma and line break are marked."""
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def fold(line: str) -> bytes:
    """One content line with its end, broken after at most 75 octets and never within a character (3.1)."""
    parts: list[bytes] = []
    part = b""
    for character in line:
        octets = character.encode()
        room = LINE_OCTETS if not parts else LINE_OCTETS - 1  # the blank that continues a line counts
        if len(part) + len(octets) > room:
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
