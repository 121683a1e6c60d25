"""What else waits for the SENCO, page by page: how many are overdue, for how long the oldest, and the way there.

A page stands here only while something on it is overdue, so that a quiet week has a short list.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from dashboards import trail_journal
from dashboards.figures import Row
from dashboards.queries import apdr, deliveries, destinations, ehc_outcomes, groups, inclusion, match, referrals
from dashboards.tables import Linked, TableTwin, headings
from dashboards.trail import State
from dashboards.views.shared_trail import today as day_of_look
from dashboards.views.shared_trail import trail_of
from dashboards.views.visits import Visit
from dashboards.wording.apdr import late_words
from dashboards.wording.inclusion_lists import is_late
from dashboards.wording.match import OLD_AFTER
from dashboards.wording.mending import OWN, owner_of
from dashboards.wording.numbers import grouped
from expectations.errors import OrchardError


class Waiting(NamedTuple):
    """Something overdue on another page: where, what, how many, for how many days the oldest."""

    page: str
    address: str
    what: str
    many: int | None
    days: int | None = None


def _days(rows: Iterable[Row], column: str) -> Iterable[int]:
    """The days of each row that is past its day."""
    return (row[column] for row in rows if (row[column] or 0) > 0)


def _of(page: str, address: str, what: str, days: Iterable[int]) -> Waiting:
    late = list(days)
    return Waiting(page, address, what, len(late), max(late, default=None))


def _end_tests(rows: list[Row]) -> Waiting:
    """Tests that can still be sat in time come first; once they are missed there is no hurry."""
    due = sum(row["exit_standing"] == "DUE" for row in rows)
    return Waiting("Groups to review", "groups", "End tests to sit in the six weeks" if due else "End tests missing",
                   due or len(rows))  # fmt: skip


def _questions(visit: Visit) -> Waiting:
    """Governors' questions past their day; a dash where the trail cannot be read."""
    said = "Governors’ questions overdue"
    try:
        found = trail_journal.threads(trail_of(visit), visit.identity)
    except OrchardError:
        return Waiting("Questions to answer", "questions", f"{said}: they cannot be read just now", None)
    day = day_of_look()
    late = [one.due_date for one in found if one.due_date and one.state(day) is State.OVERDUE]
    return _of("Questions to answer", "questions", said, ((day - due).days for due in late))


def waiting_table(visit: Visit, urn: str) -> TableTwin:
    """Pupils who miss school first, then what was promised and not done, then the records."""
    found = (
        _of("Here and included", "included", "Part-time timetables past their end or review",
            (max(row["beyond_end_days"] or 0, row["review_overdue_days"] or 0)
             for row in visit.read(inclusion.part_time(urn)) if is_late(row))),
        _of("Plan and review", "cycles", "Steps of assess, plan, do, review overdue",
            _days(visit.read(apdr.live(urn)), "overdue_days")),
        _of("Referrals", "referrals", "Referrals to chase", _days(visit.read(referrals.of_pupils(urn)), "chase_days")),
        _of("Outcomes and milestones", "outcomes", "Milestones of plans overdue",
            _days(visit.read(ehc_outcomes.overdue(urn)), "overdue_days")),
        _end_tests(visit.read(groups.end_tests(urn))),
        _questions(visit),
        _of("Leavers to call", "calls", "Calls to leavers overdue",
            _days(visit.read(destinations.calls(urn)), "overdue_days")),
        _of("Data conflicts", "conflicts", "Conflicts between the lists, open for more than ten days",
            (days for days in _days(visit.read(match.open_conflicts(urn)), "open_days") if days > OLD_AFTER)),
        Waiting("Please mend", "mend", "Rows and values of your own files",
                sum(owner_of(row["source_label"]) == OWN for row in visit.read(deliveries.mend_rows(urn)))),
    )  # fmt: skip
    rows = (
        (Linked(one.page, one.address, visit.here()), one.what, "–" if one.many is None else grouped(one.many),
         "–" if one.days is None else late_words(one.days))
        for one in found if one.many != 0
    )  # fmt: skip
    return TableTwin(
        "Overdue on your other pages", headings("Page", "~What waits", "#How many", "#The oldest"), tuple(rows)
    )
