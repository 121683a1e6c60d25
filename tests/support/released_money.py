"""Money of the small published trust: each state that a page must show."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

SPEND = """
school_urn | financial_year | pupils_floor_count | spend_pence | unrecorded_pence | top_up_pence | notional_pence | place_pence | plan_hour_pence | group_hour_pence | need_met_rate | hidden_columns
999001     | 2024           | 40                 | 9100000     | 0                | 3300000      | 8000000        | -           | 1410            | 702              | 0.94          |
999001     | 2025           | 40                 | 12400000    | 250000           | 3400000      | 8200000        | -           | 1450            | 730              | 0.91          |
999001     | 2026           | 30                 | 2600000     | 0                | 3500000      | 8300000        | -           | 1461            | 741              | 0.86          |
999002     | 2025           | 20                 | 4100000     | -                | -            | 9000000        | -           | -               | 655              | 0.97          | plan_hour_pence,top_up_pence,unrecorded_pence
999002     | 2026           | 0                  | -           | -                | -            | 9100000        | -           | -               | -                | -             | need_met_rate,plan_hour_pence,group_hour_pence,spend_pence,top_up_pence,unrecorded_pence
999003     | 2025           | 90                 | 140000000   | 9000000          | 60000000     | -              | 90000000    | 1290            | -                | 0.95          |
TRUST      | 2025           | 150                | 156500000   | 9250000          | 66000000     | 17200000       | 90000000    | 1310            | 702              | 0.95          |
TRUST      | 2026           | 140                | 40000000    | 1000000          | -            | -              | -           | 1322            | 711              | 0.94          |
"""  # noqa: E501 -- a table is read by its columns
WHAT_IF = """
intervention_name | group_size_change | hours_change_rate | groups_count | kept_groups_count | has_three_staff | change_low_hours | change_high_hours | cost_change_low_pence | cost_change_high_pence
Phonics Steps     | 1                 | 0                 | 6            | 2                 | yes             | -40.2            | -11.5             | -78000                | -22000
Calm Corner       | 1                 | 0                 | 1            | 0                 | no              | -                | -                 | -                     | -
Behind Blocks     | 1                 | 0                 | 0            | 3                 | no              | -                | -                 | -                     | -
Phonics Steps     | 0                 | 0                 | 6            | 2                 | yes             | 0                | 0                 | 0                     | 0
Phonics Steps     | -1                | 0.1               | 6            | 2                 | yes             | 30               | 88                | 61000                 | 170000
"""  # noqa: E501
DEPLOYMENT = """
school_urn | financial_year | staff_grade | has_three_staff | weekly_contracted_hours | weekly_vacant_hours | weekly_planned_hours | due_hours | given_hours | need_met_rate
999001     | 2025           | TA2         | yes             | 150.5                   | 25                  | 161.2                | 5900      | 5400        | 0.915
999001     | 2025           | HLTA        | no              | -                       | -                   | -                    | -         | -           | -
999003     | 2026           | TA2         | yes             | 900                     | -                   | 910                  | 8000      | 7600        | 0.95
"""  # noqa: E501
RECONCILIATION = """
school_urn | financial_year | cost_kind | ledger_pence | counted_pence | difference_pence | difference_rate | is_within_limit | set_aside_pence | duplicate_pence | unknown_school_pence | later_pence | other_year_pence | unexplained_pence | unreadable_rows_count
999001     | 2025           | AGENCY    | 500000       | 471816        | 28184            | 0.0564          | no              | 0               | 28184           | 0                    | 0           | 0                | 0                 | 1
999001     | 2025           | RESOURCE  | 90000        | 90000         | 0                | 0               | yes             | 0               | 0               | 0                    | 0           | 0                | 0                 | 0
TRUST      | 2025           | AGENCY    | 560000       | 471816        | 88184            | 0.1575          | no              | 0               | 28184           | 60000                | 0           | 0                | 0                 | 1
TRUST      | 2025           | RESOURCE  | 90000        | 90000         | 0                | 0               | yes             | 0               | 0               | 0                    | 0           | 0                | 0                 | 0
TRUST      | 2024           | AGENCY    | 0            | 0             | 0                | -               | yes             | 0               | 0               | 0                    | 0           | 0                | 0                 | 0
"""  # noqa: E501
FINDINGS = """
file_name       | sheet    | row_number | school_urn | financial_year | rule           | amount_pence | expected_pence
SEND money.xlsx | Agencies | 14         | 999001     | 2025           | DUPLICATE      | 28184        | -
SEND money.xlsx | Agencies | 15         | TRUST      | 2025           | UNKNOWN_SCHOOL | 60000        | -
SEND money.xlsx | Top-up   | 9          | 999001     | 2025           | UNKNOWN_BAND   | 840000       | -
SEND money.xlsx | Agencies | 16         | 999001     | 2025           | SET_ASIDE      | -            | -
"""


def released_money(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release."""
    return {
        "mart_money__school": table(ALL["mart_money__school"], SPEND, data_date=data_date),
        "mart_money__what_if": table(ALL["mart_money__what_if"], WHAT_IF, school_urn="TRUST"),
        "mart_money__deployment": table(ALL["mart_money__deployment"], DEPLOYMENT),
        "mart_money__reconciliation": table(ALL["mart_money__reconciliation"], RECONCILIATION),
        "mart_money__findings": table(ALL["mart_money__findings"], FINDINGS),
    }
