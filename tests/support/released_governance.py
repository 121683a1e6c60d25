"""SEND leadership of the fictional release: Elm whole and late, Oak with little recorded, Ash in order."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

ROWS = """
school_urn | schools_count | senco_weekly_hours | award_held_count | award_under_way_count | staff_trained_count | governor_trained_count | open_recommendations_count | late_follow_ups_count | website_items_count | late_items_count | missing_items_count | next_item_due_date
999001 | 1 | 12.5 | 1 | 0 | 0 | 1 | 4 | 1 | 3 | 1 | 0 | 2026-09-01
999002 | 0 | -    | 0 | 0 | 0 | 0 | - | 0 | 0 | 0 | 3 | -
999003 | 1 | 25   | 0 | 1 | 1 | 1 | 0 | 0 | 3 | 0 | 0 | 2027-02-01
TRUST  | 2 | -    | 1 | 1 | 1 | 2 | 4 | 1 | 6 | 1 | 3 | 2026-09-01
"""  # noqa: E501


def released_governance(data_date: dt.date) -> pl.DataFrame:
    """MART_GOVERNANCE__SCHOOL."""
    return table(ALL["mart_governance__school"], ROWS, data_date=data_date)
