"""The calendar file read back line by line (RFC 5545): folded, escaped, all-day, no name in it, the same each night."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.tables import ALL
from expectations.tables.ehc_clock import STEPS
from pipelines.calendar_file import LINE_OCTETS, escape, fold, identity, write_calendar
from tests.support.frames import rows

DUE = ALL["mart_ehc_clock__due"]
DAY = dt.date(2026, 11, 20)
SECRET = "0" * 32


def unfold(content: bytes) -> list[str]:
    """Content lines as a calendar program reads them: CRLF at each end, a blank after it continues the line."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def unescape(text: str) -> str:
    out, marked = "", False
    for character in text:
        if marked:
            out, marked = out + ("\n" if character in "nN" else character), False
        elif character == "\\":
            marked = True
        else:
            out += character
    return out


def events(content: bytes) -> list[dict[str, str]]:
    """Each event as property and value; the file around it is checked."""
    lines = unfold(content)
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    found: list[dict[str, str]] = []
    is_inside = False
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert not is_inside
            is_inside = True
            found.append({})
        elif line == "END:VEVENT":
            is_inside = False
        elif is_inside:
            assert name not in found[-1]
            found[-1][name] = unescape(value)
    return found


def due() -> pl.DataFrame:
    return rows(
        DUE, item_key=["a", "b", "c"], surname="Canaryson", forename="Ada", pupil_key=["1" * 20, "2" * 20, "3" * 20],
        plan_reference=["EHCP-012; old, torn", None, "EHCP-013"], request_date=[None, dt.date(2026, 7, 3), None],
        kind=["REVIEW", "REQUEST", "CHECK"], step=["HOLD_REVIEW", "FINAL_PLAN", "CHECK"],
        owed_by=["SCHOOL", "AUTHORITY", "SCHOOL"], due_date=[dt.date(2026, 12, 31), DAY, None], left_days=[41, 0, None],
        is_from_year_9=[True, False, False],
    )  # fmt: skip


def written(tmp_path: Path, frame: pl.DataFrame, secret: str = SECRET) -> bytes:
    out = tmp_path / "days.ics"
    write_calendar(frame, "St Elm’s, Primary", DAY, secret, out)
    return out.read_bytes()


def test_each_step_with_a_day_is_an_all_day_event_in_order(tmp_path: Path) -> None:
    first, second = events(written(tmp_path, due()))
    assert first["SUMMARY"] == "Authority: final plan due: request of 3 July 2026"
    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("20261120", "20261121")
    assert second["SUMMARY"] == "Annual review due: EHCP-012; old, torn"
    assert (second["DTSTART;VALUE=DATE"], second["DTEND;VALUE=DATE"]) == ("20261231", "20270101")
    assert "preparation for adulthood" in second["DESCRIPTION"]
    assert (first["CATEGORIES"], second["CATEGORIES"]) == ("Authority", "School")
    assert first["DTSTAMP"] == "20261120T000000Z"


def test_no_name_and_no_key_stands_in_it(tmp_path: Path) -> None:
    content = written(tmp_path, due()).decode()
    for secret in ("Canaryson", "Ada", "1" * 20, "2" * 20):
        assert secret not in content.replace("\r\n ", "")


def test_an_event_keeps_its_identity_and_the_bytes_do_not_change(tmp_path: Path) -> None:
    moved = due().with_columns(due_date=pl.col("due_date") + pl.duration(days=3))
    before, after = events(written(tmp_path, due())), events(written(tmp_path, moved))
    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert written(tmp_path, due()) == written(tmp_path, due().reverse())
    assert len({event["UID"] for event in before}) == 2
    assert identity("a", SECRET) != identity("a", "another key")


def test_every_step_that_has_a_day_has_words(tmp_path: Path) -> None:
    steps = [step for step in STEPS if step != "CHECK"]
    frame = rows(DUE, item_key=steps, step=steps, plan_reference="EHCP-1", due_date=DAY, left_days=0)
    assert len(events(written(tmp_path, frame))) == len(steps)


def test_a_school_with_nothing_due_gets_an_empty_calendar(tmp_path: Path) -> None:
    assert events(written(tmp_path, due().clear())) == []


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200))
def test_a_line_is_folded_within_75_octets_and_reads_back(text: str) -> None:
    lines = fold(text).split(b"\r\n")
    assert all(len(line) <= LINE_OCTETS for line in lines)
    assert unfold(fold(text)) == [text]
    assert unescape(escape(text)) == text


@pytest.mark.parametrize(("text", "value"), [("a;b,c\\d", "a\\;b\\,c\\\\d"), ("a\r\nb", "a\\nb"), ("a\rb", "a\\nb")])
def test_marks_of_the_format_are_escaped(text: str, value: str) -> None:
    assert escape(text) == value
