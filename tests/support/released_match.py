"""Conflicts, flows and needs of the small published trust: each state that a page must show."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import rows, table

CONFLICTS = """
pupil_key | school_urn | surname | forename | nc_year | match_field | opened_date | closed_date | closed_how | owner | register_said | census_said | insight_said | tracker_said | open_days
P1 | 999001 | Birch | Bea | 4 | PROVISION   | 2026-10-01 | -          | -      | SENCO        | K          | N   | N  | -          | 50
P4 | 999001 | Elder | Eve | 2 | PROVISION   | 2026-11-19 | -          | -      | INSIGHT_LEAD | K          | K   | N  | -          | 1
P5 | 999001 | Fir   | Flo | 3 | ROLL        | 2026-10-01 | -          | -      | OFFICE       | -          | NO  | YES | -         | 50
P6 | 999001 | Gorse | Guy | - | ROLL        | 2026-11-10 | -          | -      | SENCO        | YES        | YES | NO | -          | 10
P7 | 999001 | Hazel | Hal | 6 | STATUS_DATE | 2025-02-03 | -          | -      | SENCO        | 2025-01-20 | -   | -  | 2025-02-03 | 655
P8 | 999001 | Ivy   | Ian | 5 | PROVISION   | 2026-05-21 | 2026-10-01 | AGREED | SENCO        | K          | N   | -  | -          | -
P2 | 999002 | Cedar | Cy  | 9 | SEX         | 2026-10-01 | -          | -      | OFFICE       | -          | F   | M  | -          | 50
"""  # noqa: E501 -- a table is read by its columns
WORK = """
pupil_key | school_urn | surname | forename | nc_year | worklist_rule | owner | census_term | census_date | left_days
P1 | 999001 | Birch | Bea | 4 | PROVISION | SENCO  | SPR | 2027-01-21 | 62
P5 | 999001 | Fir   | Flo | 3 | NO_UPN    | OFFICE | SPR | 2027-01-21 | 62
P8 | 999001 | Ivy   | Ian | 5 | NSA_LONG  | SENCO  | SPR | 2027-01-21 | 62
"""
HEALTH = """
school_urn | latest_census_date | next_census_date | conflicts_count | conflicts_age | opened_count | closed_count | no_provision_count | unregistered_count | hidden_columns
999001 | 2026-10-01 | 2027-01-21 | 5  | NONE | 6 | 0 | 9  | 7 |
999002 | 2026-10-01 | 2027-01-21 | -  | - | -  | 0 | -  | 0 | conflicts_age,conflicts_count,no_provision_count,opened_count
999003 | -          | 2027-01-21 | -  | - | -  | 0 | -  | 0 | conflicts_age,conflicts_count,no_provision_count,opened_count
TRUST  | 2026-10-01 | 2027-01-21 | 12 | MOST | 13 | 0 | 16 | 7 |
"""  # noqa: E501
EVENTS = """
pupil_key | school_urn | surname | forename | nc_year | flow | flow_date | from_code | to_code | academic_year | half_term
P1 | 999001 | Birch | Bea | 4 | JOINED       | 2026-09-14 | N    | K  | 2026 | Autumn1
P4 | 999001 | Elder | Eve | 2 | NEED_RECODED | 2026-01-15 | OTH  | DS | 2025 | Spring1
P6 | 999001 | Gorse | Guy | - | LEFT         | 2026-07-17 | K    | -  | 2025 | Summer2
P2 | 999002 | Cedar | Cy  | 9 | PLAN         | 2026-03-02 | K    | E  | 2025 | Spring2
"""  # noqa: E501
GAPS = """
pupil_key | school_urn | surname | forename | nc_year | gap | sen_provision | since_date | groups_count
P5 | 999001 | Fir   | Flo | 3 | NO_PROVISION   | K | 2025-10-05 | 1
P8 | 999001 | Ivy   | Ian | 5 | NOT_REGISTERED | N | 2026-09-21 | 3
"""
YEAR = """
school_urn | academic_year | joined_count | arrived_count | left_count | plan_count | ended_count | back_count | need_changed_count | hidden_columns
999001 | 2025 | 9  | -  | 6  | 0 | 0 | - | - | arrived_count,back_count,need_changed_count
999002 | 2025 | 12 | -  | 14 | - | 0 | - | 0 | arrived_count,back_count,plan_count
999003 | 2025 | 0  | 11 | 9  | 0 | 0 | 0 | - | need_changed_count
TRUST  | 2025 | 21 | 15 | 29 | - | 0 | 5 | - | need_changed_count,plan_count
"""  # noqa: E501
TERM = """
academic_year | term | joined_count | arrived_count | left_count | plan_count | ended_count | back_count | need_changed_count | hidden_columns
2025 | Autumn | 10 | 15 | 0  | 0 | 0 | 0 | 0 |
2025 | Spring | 6  | 0  | 0  | - | 0 | 0 | - | need_changed_count,plan_count
2025 | Summer | 5  | 0  | 29 | - | 0 | 5 | - | need_changed_count,plan_count
"""  # noqa: E501
_TYPES = ("slcn", "asd", "mld", "spld", "severe", "semh", "sensory", "physical", "down", "other", "unspecified",
          "untold", "communication", "cognition", "sensory_physical", "unclear")  # fmt: skip
_SHARES = ("slcn", "asd", "communication", "cognition", "semh", "sensory_physical", "unclear")
SUPPORT = {
    "999001": (14, 0, 6, 6, 0, 12, 0, 0, 0, 10, 0, 0, 14, 12, 0, 10),
    "TRUST": (40, 10, 20, 20, 0, 25, 5, 0, 0, 12, 0, 0, 50, 40, 5, 12),
}
PLANS = {"999001": (0, 21, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 21, 10, 0, 0)}


def released_match(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name."""
    return {
        "mart_match__conflict": table(ALL["mart_match__conflict"], CONFLICTS),
        "mart_match__worklist": table(ALL["mart_match__worklist"], WORK),
        "mart_match__school": table(ALL["mart_match__school"], HEALTH, data_date=data_date),
        "mart_sen_flows__pupil": table(ALL["mart_sen_flows__pupil"], EVENTS),
        "mart_sen_flows__gap": table(ALL["mart_sen_flows__gap"], GAPS),
        "mart_sen_flows__year": table(ALL["mart_sen_flows__year"], YEAR, data_date=data_date),
        "mart_sen_flows__term": table(ALL["mart_sen_flows__term"], TERM),
        "mart_needs__support": _needs("support", "sen_support_count", {"999001": 48, "TRUST": 132}, SUPPORT, data_date),
        "mart_needs__plan": _needs("plan", "ehc_plan_count", {"999001": 31}, PLANS, data_date),
        "mart_needs__year": rows(
            ALL["mart_needs__year"], calendar_year=[2024, 2025], is_down_coded=[False, True], typed_count=[170, 175],
            other_count=[14, 9], down_count=[0, 5], unspecified_count=[8, 8], other_rate=[0.08, 0.05],
            unspecified_rate=[0.05, 0.05],
        ),
    }  # fmt: skip


def _needs(
    name: str, whole: str, wholes: dict[str, int], counts: dict[str, tuple[int, ...]], data_date: dt.date
) -> pl.DataFrame:
    """Rows of schools whose needs are shown; every other school's are hidden altogether."""
    contract = ALL[f"mart_needs__{name}"]
    hideable = sorted({whole, *(f"{stem}_count" for stem in _TYPES), *(f"{stem}_rate" for stem in _SHARES)})
    records = []
    for urn in ("999001", "999002", "TRUST"):
        shown = dict(zip((f"{stem}_count" for stem in _TYPES), counts.get(urn, ()), strict=False))
        total = wholes.get(urn)
        rates = {f"{stem}_rate": shown[f"{stem}_count"] / total for stem in _SHARES} if total else {}
        blank = dict.fromkeys(hideable)
        records.append(
            blank | {"school_urn": urn, "data_date": data_date, "hidden_columns": "" if total else ",".join(hideable)}
            | shown | rates | ({whole: total} if total else {})
        )  # fmt: skip
    return rows(contract, **{column: [record[column] for record in records] for column in contract.column_names})
