"""A small strategy as it was released: two priorities, every standing once, one action done without evidence."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.filling import fill
from tests.support.frames import table

ACTIONS = """
action_id | priority_number | priority_name | strand | plan_year | action | action_status | lead_role | due_date | noted_date | blocked_by | evidence_kind | evidence_date | standing | overdue_days
1.1.01 | 1 | Leadership | Leads | aim     | Read chapter 6 together   | DONE        | SENCOs    | 2026-09-01 | 2026-11-02 | -        | MINUTES | 2026-09-03 | DONE | -
1.1.02 | 1 | Leadership | Leads | 2021/22 | Name a link trustee       | DONE        | SEND lead | 2026-09-01 | 2026-11-02 | -        | -       | -          | DONE | -
1.1.03 | 1 | Leadership | Leads | 2022/23 | Buy supervision for all   | BLOCKED     | -         | 2026-08-12 | 2026-11-02 | MONEY    | -       | -          | BLOCKED | 100
1.2.01 | 1 | Leadership | Site  | 2022/23 | Put reports on one page   | UNDER_WAY   | SENCOs    | 2026-11-19 | 2026-11-02 | -        | -       | -          | LATE | 1
1.2.02 | 1 | Leadership | Site  | 2023/24 | Say what changed          | -           | -         | -          | -          | -        | -       | -          | NOT_REPORTED | -
2.1.01 | 2 | Identification | Register | aim | One set of descriptors | UNDER_WAY  | SEND lead | 2027-03-01 | 2026-11-02 | -        | -       | -          | ON_COURSE | -
2.1.02 | 2 | Identification | Register | aim | Moderate each term     | UNDER_WAY  | SEND lead | -          | 2026-11-02 | -        | -       | -          | UNDATED | -
2.1.03 | 2 | Identification | Register | aim | A shared case file     | STOPPED    | SEND lead | 2026-03-01 | 2026-11-02 | -        | -       | -          | STOPPED | -
2.1.04 | 2 | Identification | Register | aim | Screen on entry        | UNDER_WAY  | SENCOs    | 2027-03-01 | 2026-05-02 | -        | -       | -          | STALE | -
"""  # noqa: E501


def released_strategy(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """Both marts; the totals are those of the actions."""
    actions = table(ALL["model_strategy__actions"], ACTIONS)
    totals = fill("model_strategy__priorities", {"model_strategy__actions": actions})
    dated = pl.lit(data_date).alias("data_date")
    return {
        "mart_strategy__action": actions.with_columns(dated),
        "mart_strategy__priority": totals.with_columns(dated),
    }
