"""The truth about SEND leadership, website and policies, school by school. Plain rules only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from seeds.trust.governance import ITEMS, leadership_rows, website_rows
from seeds.trust.rows import Row
from seeds.trust.world import World

Record = dict[str, object]


def governance_truth_rows(world: World) -> Iterator[Record]:
    """One record per school: what a paper must say of it."""
    given = (world.schools, world.calendar, world.seed)
    items = website_rows(*given)
    for row in leadership_rows(*given):
        yield _record(row, [item for item in items if item[0] == row[0]], world.calendar.data_date)


def _record(row: Row, items: list[Row], today: dt.date) -> Record:
    urn, hours, award, staff, governor, _, _, still_open, due, held = row
    late = [item for item in items if _due(item) < today]
    return {
        "school_urn": urn,
        "senco_weekly_hours": hours,
        "award_held_count": int(award == "HELD"),
        "staff_trained_count": int(isinstance(staff, dt.date) and staff >= _earlier(today, 1)),
        "governor_trained_count": int(isinstance(governor, dt.date) and governor >= _earlier(today, 2)),
        "open_recommendations_count": still_open,
        "late_follow_ups_count": int(isinstance(due, dt.date) and due < today and held is None),
        "late_items_count": len(late),
        "missing_items_count": len(ITEMS) - len(items),
    }


def _due(item: Row) -> dt.date:
    _, name, published, review = item
    assert isinstance(published, dt.date)
    limit = _earlier(published, -3 if name == "ACCESSIBILITY_PLAN" else -1)
    return review if isinstance(review, dt.date) and review < limit else limit


def _earlier(day: dt.date, years: int) -> dt.date:
    """The same day years before; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
