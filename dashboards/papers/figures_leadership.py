"""Priority 1, Leadership: voice, leadership, compliance (figures 1 to 3)."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.markup import MISSING, Content
from dashboards.papers.blocks import Stored
from dashboards.papers.figures import Block, Figure, Line, Only, Reading, definition_of
from dashboards.queries import papers as of_papers
from dashboards.views.visits import Visit
from dashboards.wording.apdr import short_date
from dashboards.wording.papers import hours_words, of_schools_words, yes_or_no
from expectations.vocabulary import TRUST

_CYCLES, _FROM_CYCLES = "mart_apdr__school", "Review cycles"
_POSTS, _FROM_REGISTER = "mart_governance__school", "Trust register"
_READ = (
    "school_urn", "schools_count", "senco_weekly_hours", "award_held_count", "staff_trained_count",
    "governor_trained_count", "late_follow_ups_count", "next_item_due_date",
)  # fmt: skip


def _rows(visit: Visit) -> dict[str, Row]:
    return {row["school_urn"]: row for row in visit.read(of_papers.rows_of(_POSTS, _READ))}


def _asked(column: str, label: str) -> Callable[[Visit, str], Reading]:
    """Yes or no of a school, and how many schools of the trust say yes."""

    def read(visit: Visit, owner: str) -> Reading:
        rows = _rows(visit)
        mine, trust = rows.get(owner, {}), rows.get(TRUST, {})
        if not mine or not mine["schools_count"]:
            return Reading(trust=_of_trust(trust, column) if owner != TRUST else MISSING)
        if owner == TRUST:
            return Reading(of_schools_words(mine[column], mine["schools_count"]))
        said = yes_or_no(mine[column] > 0)
        stored = Stored(label, mine[column], None, said, "", "", definition_of(visit, _POSTS, column))
        return Reading(said, trust=_of_trust(trust, column), stored=stored)

    return read


def _of_trust(trust: Row, column: str) -> Content:
    return of_schools_words(trust[column], trust["schools_count"]) if trust else MISSING


def hours(visit: Visit, owner: str) -> Reading:
    """The post's weekly hours: of one school, never summed or averaged over the trust's few posts."""
    row = _rows(visit).get(owner, {})
    if owner == TRUST or not row or row["senco_weekly_hours"] is None:
        return Reading()
    return Reading(hours_words(row["senco_weekly_hours"]))


def next_due(visit: Visit, owner: str) -> Reading:
    """The day on which the first of the reports, plans and policies is due."""
    row = _rows(visit).get(owner, {})
    return Reading(short_date(row["next_item_due_date"])) if row and row["next_item_due_date"] else Reading()


def not_recorded(_visit: Visit, _owner: str) -> Reading:
    """Views are recorded in cycles of SEN support, which a special school has not: none is not nought."""
    return Reading()


_AWARD, _STAFF = "SENCO holds the award", "All staff trained, last year"
_GOVERNOR, _FOLLOW_UP = "SEND governor trained, 2 years", "Follow-up visit overdue"
LEADERSHIP = Block(
    1,
    "Leadership",
    (
        Figure(
            1,
            "Views heard, SEN support",
            (
                Line(
                    "pupil_view",
                    "Pupil’s own view recorded",
                    _FROM_CYCLES,
                    _CYCLES,
                    "pupil_view_count",
                    "pupil_view_rate",
                    "The pupil’s own view on the plan",
                    only=Only.MAINSTREAM,
                    worth=0.05,
                ),
                Line(
                    "parent_view",
                    "Parent’s view recorded",
                    _FROM_CYCLES,
                    _CYCLES,
                    "parent_view_count",
                    "parent_view_rate",
                    "A parent’s view on the plan",
                    only=Only.MAINSTREAM,
                    worth=0.05,
                ),
                Line("views", "Views on plans: not recorded", _FROM_CYCLES, of=not_recorded, only=Only.SPECIAL),
            ),
        ),
        Figure(
            2,
            "SENCO, training, reviews",
            (
                Line("senco_hours", "SENCO’s time, a week", _FROM_REGISTER, of=hours),
                Line("award", _AWARD, _FROM_REGISTER, of=_asked("award_held_count", _AWARD)),
                Line("staff_trained", _STAFF, _FROM_REGISTER, of=_asked("staff_trained_count", _STAFF)),
                Line("governor_trained", _GOVERNOR, _FROM_REGISTER, of=_asked("governor_trained_count", _GOVERNOR)),
                Line(
                    "recommendations", "Peer-review actions open", _FROM_REGISTER, _POSTS, "open_recommendations_count"
                ),
                Line("follow_up", _FOLLOW_UP, _FROM_REGISTER, of=_asked("late_follow_ups_count", _FOLLOW_UP)),
            ),
        ),
        Figure(
            3,
            "SEN report, access plan, policy",
            (
                Line("items_late", "Overdue, of these three", _FROM_REGISTER, _POSTS, "late_items_count"),
                Line("items_missing", "Not on record, of these three", _FROM_REGISTER, _POSTS, "missing_items_count"),
                Line("next_item", "Earliest one due", _FROM_REGISTER, of=next_due),
            ),
        ),
    ),
)
