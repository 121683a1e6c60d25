"""What one pupil of the small published trust received: groups with their dose, the plan's cost."""

from __future__ import annotations

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

GROUPS = """
intervention_key | pupil_key | school_urn | intervention_name | start_date | end_date   | pupils_count | delivered_sessions_count | attended_sessions_count | cost_to_date_pence
999001:G1        | P1        | 999001     | Phonics Steps     | 2026-09-14 | 2026-12-11 | 6            | 12                       | 10                      | 48000
999001:G0        | P1        | 999001     | Calm Corner       | 2025-09-15 | 2025-12-12 | 4            | -                        | -                       | -
999002:G1        | P2        | 999002     | Phonics Steps     | 2026-09-14 | 2026-12-11 | 9            | 0                        | 0                       | 0
"""  # noqa: E501
PLANS = """
plan_key  | pupil_key | school_urn | academic_year | cost_to_date_pence | unrecorded_pence
999001:E1 | P1        | 999001     | 2025          | 712345             | 0
999001:E1 | P1        | 999001     | 2026          | 180000             | 9000
"""


def released_pupils() -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release."""
    return {
        "mart_interventions__pupil": table(ALL["mart_interventions__pupil"], GROUPS),
        "mart_value_for_money__plan": table(ALL["mart_value_for_money__plan"], PLANS),
    }
