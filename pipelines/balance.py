"""The accounts of a night: the ledger and the quarantine as tables, and rows in = rows accepted + rows set aside."""

from __future__ import annotations

import polars as pl

from expectations.derive import clean_table, schema
from expectations.tables import RAW
from expectations.tables.deliveries import CORE_DELIVERIES, CORE_QUARANTINE, MODEL_DELIVERIES__BALANCE
from pipelines.store import Store

_QUARANTINE = ", ".join(CORE_QUARANTINE.column_names)


def read_deliveries_ledger(store: Store) -> pl.DataFrame:
    """The ledger in the shape of CORE_DELIVERIES: what was taken, and what lies in the drop folder and was not.

    A refused file that its sender has removed or replaced is no longer anybody's task; the ledger itself keeps it.
    """
    return store.query(
        "select delivery_key, school_urn, file_name, source_label, state, rule, what, next_step, "
        "delivered_at::date as delivered_date, rows_count from ledger l where state = 'TAKEN' or exists "
        "(select 1 from present p where p.delivery_key = l.delivery_key and p.school_urn = l.school_urn)"
    ).select(list(schema(CORE_DELIVERIES)))


def read_quarantine(store: Store) -> pl.DataFrame:
    """Rows that cleaning set aside or flagged, and rows that reading could not take apart."""
    return store.query(
        f"select {_QUARANTINE} from quarantine union all select {_QUARANTINE} from landing_findings order by all"
    )


def balance_rows(store: Store) -> pl.DataFrame:
    """Rows in, accepted and set aside for each school and raw table, in the shape of MODEL_DELIVERIES__BALANCE.

    The three counts are taken from three places (the slices as landed, the clean table, the quarantine), so
    that a row lost in between breaks the contract's sum.
    """
    return pl.concat([_balance_of(store, place) for place in range(len(RAW))]).sort("school_urn", "table_name")


def _balance_of(store: Store, place: int) -> pl.DataFrame:
    raw = RAW[place]
    assert raw.source is not None
    frame = store.query(
        f"""
        with delivered as (
          select school_urn, sum(rows_count + malformed_count)::bigint as n from ledger_slices
          where table_name = ? group by all),
        accepted as (select school_urn, count(*) as n from "{clean_table(raw).name}" group by all),
        aside as (
          select school_urn, file_name, sheet, row_number from quarantine where table_name = ? and is_row_set_aside
          union select school_urn, file_name, sheet, row_number from landing_findings where table_name = ?),
        counted as (select school_urn, count(*) as n from aside group by all),
        flagged as (
          select school_urn, count(*) as n from quarantine where table_name = ? and not is_row_set_aside group by all)
        select d.school_urn, ? as table_name, ? as source_label, d.n as rows_count,
          coalesce(a.n, 0) as accepted_rows_count, coalesce(c.n, 0) as quarantined_rows_count,
          coalesce(f.n, 0) as flagged_values_count
        from delivered d
        left join accepted a on a.school_urn = d.school_urn
        left join counted c on c.school_urn = d.school_urn
        left join flagged f on f.school_urn = d.school_urn
        """,
        [raw.name, raw.name, raw.name, raw.name, raw.name, raw.source.label],
    )
    return frame.select(list(schema(MODEL_DELIVERIES__BALANCE)))
