"""A trust whose schools get interventions wrong, or have too little of them, in files as they would send them.

One intervention a fault, each with a test and pupils of its own, so that none informs another.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.homes import date_back, upn_of

SCHOOLS = tuple(f"99900{n}" for n in range(1, 5))
BEFORE, AFTER = ("Autumn2", "08/12/2025"), ("Spring2", "25/03/2026")
FIRST_DAY, LAST_DAY, SESSIONS = "07/01/2026", "20/03/2026", ("07/01/2026", "14/01/2026", "21/01/2026", "28/01/2026")
WRONG_ORDER = "Comprehension Corner"
"""Its groups end before they start: they are set aside with their pupils and sessions."""
Row = list[object]


@dataclass(frozen=True)
class Case:
    """One intervention of the trust's catalogue and what is wrong with it; ``says``: part of the sentence for it."""

    intervention: str
    says: str
    treated: int = 12
    compared: int = 60
    schools: tuple[str, ...] = SCHOOLS
    scheme: str = "Standardised score"
    is_constant: bool = False
    copies: int = 1
    exit_test: str | None = None
    has_exits: bool = True
    is_before_after: bool = True
    last_day: str = LAST_DAY


CASES = (
    Case("Paired Reading Groups", "All scores are the same, so nothing can be said about chance.", is_constant=True),
    Case("Phonics Catch-up", "what the test’s norms lead us to expect, pupils in Phonics Catch-up scored", compared=0),
    Case("Precision Reading", "Scores after the end are due, and nobody has one.", has_exits=False),
    Case("Echo Reading", "similar pupils in the trust, pupils in Echo Reading scored", schools=SCHOOLS[:1]),
    Case(
        "Speech and Language Group", "similar pupils in the trust, pupils in Speech and Language Group scored", copies=2
    ),
    Case("Reading Relay", "The tests before and after differ, so there are no points.", 24, 160, exit_test="Other"),
    Case(WRONG_ORDER, "", last_day="05/01/2026"),
    Case("Reading Ladder", "nobody has one from before it began", is_before_after=False),
    Case("Page Turners", "All scores are the same", scheme="Reading Age", is_constant=True),
    Case("Story Retelling", "No test is linked to it", treated=0),
    Case("Word Workshop", "That is too few to say anything.", treated=1),
    Case("Story Planners", "That is too few to say anything.", treated=2),
    Case("Sentence Builders", "That is too few to say anything.", treated=5),
)


def write_trust(home: Path) -> None:
    """Settings and every school's files."""
    lines = ['trust_name = "Test trust (sample)"', "is_sample = true", "data_date = 2026-11-20", "quiet_seconds = 0"]
    for at, urn in enumerate(SCHOOLS):
        lines += ["[[schools]]", f'urn = "{urn}"', f'name = "School {at + 1}"', 'phase = "Primary"',
                  f'laestab = "999200{at + 1}"']  # fmt: skip
    home.mkdir(parents=True)
    (home / "orchard.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    pupils = list(_pupils())
    for urn in SCHOOLS:
        own = [one for one in pupils if one.urn == urn]
        _write(home, urn, "pupils", ["Insight Pupil ID", "UPN", "Surname", "Forename", "Date of Birth", "Year Group",
                                     "SEN Status", "Entry Date"],
               [[one.number, one.upn, f"Surname{one.number}", f"Forename{one.number}", f"{1 + one.number % 28}/05/2017",
                 "4", "N", "01/09/2021"] for one in own])  # fmt: skip
        _write(home, urn, "assessments", ["Insight Pupil ID", "UPN", "Academic Year", "Year Group", "Term",
                                          "Assessment", "Subject", "Mark Scheme", "Mark", "Assessment Date"],
               [row for one in own for row in _marks(one)])  # fmt: skip
        cases = [case for case in CASES if urn in case.schools]
        _write(home, urn, "groups", ["Group Ref", "Intervention", "Start Date", "End Date", "Sessions Planned",
                                     "Minutes per Session", "Staff Grade", "Assessment", "Subject", "Exit Assessment"],
               [_group(case, urn) for case in cases])  # fmt: skip
        _write(home, urn, "members", ["Group Ref", "UPN", "Surname", "Forename", "Sessions Attended"],
               [[_reference(one.case, urn), one.upn, f"Surname{one.number}", f"Forename{one.number}", 4]
                for one in own if one.is_treated])  # fmt: skip
        _write(home, urn, "sessions", ["Group Ref", "Session Date", "Delivered"],
               [[_reference(case, urn), day, "Yes"] for case in cases for day in SESSIONS])  # fmt: skip


@dataclass(frozen=True)
class _Pupil:
    case: Case
    number: int
    urn: str
    is_treated: bool

    @property
    def upn(self) -> str:
        return upn_of(self.number)


def _pupils() -> Iterator[_Pupil]:
    number = 0
    for case in CASES:
        for at in range(case.treated + case.compared):
            number += 1
            yield _Pupil(case, number, case.schools[at % len(case.schools)], at < case.treated)


def _marks(one: _Pupil) -> Iterator[Row]:
    """A score before and one after, in the same two half-terms for all, spread by the pupil's number alone."""
    case, test = one.case, f"Test of {one.case.intervention}"
    first, second = (BEFORE, AFTER) if case.is_before_after else (AFTER, BEFORE)
    low = 90 if case.is_constant else 76 + one.number * 37 % 31
    high = 95 if case.is_constant else low + one.number * 53 % 23 - 8
    ends = [(test, first, low), (case.exit_test or test, second, high)]
    if not case.is_before_after and one.is_treated:
        ends = ends[:1]  # the one score there is was taken after the end
    if not case.has_exits and one.is_treated:
        ends = ends[:1]
    for name, (half_term, day), score in ends:
        mark = f"{score // 12}.{score % 12}" if case.scheme == "Reading Age" else score
        row: Row = [one.number, one.upn, 2025, "4", half_term, name, "Reading", case.scheme, mark, day]
        yield from [row] * case.copies


def _reference(case: Case, urn: str) -> str:
    """A group's own: two schools never send the very same file."""
    return f"{case.intervention} {urn}"


def _group(case: Case, urn: str) -> Row:
    linked = (f"Test of {case.intervention}", "Reading") if case.treated else ("", "")
    return [_reference(case, urn), case.intervention, FIRST_DAY, case.last_day, 10, 30, "TA2", *linked, case.exit_test]


def _write(home: Path, urn: str, name: str, header: list[str], rows: list[Row]) -> None:
    path = home / "drop" / urn / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    date_back(path, 1)
