"""Figures that were asked about, in the small published trust: one that rose, one that is hidden, one to come."""

from __future__ import annotations

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

FOLLOWED = """
school_urn | question_number | trigger | figure_table | figure_column | asked_date | figure_date | value_then | value_now | year_then | year_now | movement
999001 | 1 | LOW_DOSE | mart_impact__school | dose_rate | 2026-11-18 | 2026-11-13 | 0.61 | 0.78 | - | - | BETTER
TRUST  | 2 | UNKNOWN_LEAVERS | mart_destinations__school | unknown_count | 2026-06-20 | 2026-06-12 | - | 9 | - | - | HIDDEN
"""  # noqa: E501


def released_trail() -> dict[str, pl.DataFrame]:
    """Frame of the mart, by name."""
    return {"mart_trail__question": table(ALL["mart_trail__question"], FOLLOWED)}
