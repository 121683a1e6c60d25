"""Leavers, the authority's record and moves as they are sent: what is taken, set aside or flagged, by which rule."""

from __future__ import annotations

import polars as pl
import pytest

from expectations.contract import Table
from expectations.tables import ALL
from models.clean import Cleaned, clean
from tests.support.frames import pupil, rows, table, upn

IDENTIFIERS = rows(
    ALL["core_pupil_identifiers"], identifier_kind="UPN", identifier=[upn(1), upn(2)], pupil_key=[pupil(1), pupil(2)]
)
TRACKER = "upn | leaving_date | nc_year | intended_code | september_code | september_contact_date | spring_code | "
TRACKER += "spring_contact_date | later_code | later_contact_date"


def cleaned(name: str, drawn: str) -> Cleaned:
    raw: Table = ALL[name]
    frame = table(raw, drawn)
    done = clean(frame, raw, identifiers=IDENTIFIERS)
    assert frame.height == done.frame.height + done.quarantine.filter("is_row_set_aside")["row_number"].n_unique()
    return done


def tracker(*lines: str) -> Cleaned:
    return cleaned("raw_leavers__pupils", "\n".join([TRACKER, *lines]))


def rules(done: Cleaned) -> list[tuple[str, str | None, bool]]:
    found = done.quarantine.select("rule", "column_label", "is_row_set_aside")
    return [(rule, label, aside) for rule, label, aside in found.rows()]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("U1 | 2025-07-18 | 14 | 230 | 230 | 2025-09-12 | - | - | - | -", []),  # year 14 is real in special schools
        ("U1 | 2027-07-18 | 11 | 230 | - | - | - | - | - | -", []),  # to leave: taken, and no leaver until the day
        ("U1 | - | 11 | 230 | - | - | - | - | - | -", [("REQUIRED", "Leaving Date", True)]),
        ("U1 | 2199-07-18 | 11 | 230 | - | - | - | - | - | -", [("DATE_RANGE", "Leaving Date", True)]),
        ("U1 | 2025-07-18 | 15 | 230 | - | - | - | - | - | -", [("CODE", "Leaving Year Group", False)]),
        ("U1 | 2025-07-18 | 11 | College | - | - | - | - | - | -", [("CODE", "Intended Destination", False)]),
        ("U1 | 2025-07-18 | 11 | 999 | - | - | - | - | - | -", [("CODE", "Intended Destination", False)]),
        ("U1 | 2025-07-18 | 11 | - | 230 | 2025-07-17 | - | - | - | -",
         [("DATE_ORDER", "September Contact Date", True)]),
        ("U1 | 2025-07-18 | 11 | - | 230 | 2025-07-18 | - | - | - | -", []),
        ("U1 | 2025-07-18 | 11 | - | 230 | 2025-09-12 | 230 | 2025-09-11 | - | -",
         [("DATE_ORDER", "March Contact Date", True)]),
        ("U1 | 2025-07-18 | 11 | - | - | - | 230 | 2026-03-12 | 230 | 2026-03-11",
         [("DATE_ORDER", "Two Years On Contact Date", True)]),
        ("U1 | 2025-07-18 | 11 | - | L98 | - | - | - | - | -", []),  # taken as it is said; in no count from there on
        ("U9 | 2025-07-18 | 11 | - | 230 | - | - | - | - | -", [("UNKNOWN_PUPIL", None, True)]),
    ],
)  # fmt: skip
def test_a_line_of_the_tracker(line: str, found: list[tuple[str, str | None, bool]]) -> None:
    assert rules(tracker(line)) == found


def test_two_destinations_of_one_leaver_are_told_and_the_later_line_counts() -> None:
    done = tracker(
        "U1 | 2025-07-18 | 11 | - | 230 | - | - | - | - | -", "U1 | 2025-07-18 | 11 | - | 310 | - | - | - | - | -"
    )
    assert rules(done) == [("CONFLICT", None, True)]
    assert done.frame["september_code"].to_list() == ["310"]


RECORD = "upn | young_persons_id | activity_code | start_date | end_date | ascertained_date | is_currency_lapsed"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["- | Y1 | 230 | 2025-09-01 | - | - | no"], [("REQUIRED", "UPN", True)]),
        (["U1 | Y1 | 23  | 2025-09-01 | - | - | no"], [("FORM", "ActivityCode", True)]),
        (["U1 | Y1 | 230 | 2025-09-01 | 2025-08-01 | - | no"], [("DATE_ORDER", "EndDate", True)]),
        # one child under two of the authority's numbers: the same spell is one spell, two spells are two
        (["U1 | Y1 | 230 | 2025-09-01 | - | - | no", "U1 | Y2 | 230 | 2025-09-01 | - | - | no"],
         [("CONFLICT", None, True)]),
        (["U1 | Y1 | 230 | 2025-09-01 | - | - | no", "U1 | Y2 | 619 | 2025-09-01 | - | - | no"], []),
        (["U1 | Y1 | 110 | 2025-09-01 | - | - | no"], []),  # a school-age code: taken, and says nothing of leavers
    ],
)  # fmt: skip
def test_a_line_of_the_authority_s_record(lines: list[str], found: list[tuple[str, str | None, bool]]) -> None:
    assert rules(cleaned("raw_nccis__activities", "\n".join([RECORD, *lines]))) == found


def test_a_move_needs_its_day_and_no_destination() -> None:
    head = "upn | leaving_date | move_code"
    assert rules(cleaned("raw_attendance__moves", f"{head}\nU1 | 2026-02-13 | -")) == []
    assert rules(cleaned("raw_attendance__moves", f"{head}\nU1 | - | L15")) == [("REQUIRED", "Leaving Date", True)]
    odd = cleaned("raw_attendance__moves", f"{head}\nU1 | 2026-02-13 | Grandma")
    assert rules(odd) == [("CODE", "Moved To", False)]
    assert odd.frame["move_code"].to_list() == [None]


def test_no_message_holds_what_was_written() -> None:
    done = tracker("U1 | 2025-07-18 | 11 | College | - | - | - | - | - | -")
    told = done.quarantine.select(pl.concat_str("what", "next_step", separator=" ")).item()
    assert "College" not in told
    assert upn(1) not in told
