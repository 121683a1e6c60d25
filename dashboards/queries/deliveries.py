"""What arrived, what was set aside, what to mend."""

from __future__ import annotations

from dashboards.queries import Query


def confidence() -> Query:
    """One row per school: how far its data can be relied on."""
    return Query(
        "select school_urn, data_date, latest_delivery_date, files_taken_count, files_refused_count, "
        "set_aside_percent, confidence from mart_deliveries__confidence order by school_urn"
    )


def mend_rows(school_urn: str) -> Query:
    """A school's list, by file and row. The trust's own files stand under TRUST."""
    return Query(
        "select file_name, sheet, row_number, source_label, column_label, rule, what, next_step, is_row_set_aside "
        "from mart_deliveries__mend_rows where school_urn = ? "
        "order by file_name, sheet nulls first, row_number nulls first, column_label",
        (school_urn,),
    )


def files_not_taken(school_urn: str) -> Query:
    """A school's files that were refused or held."""
    return Query(
        "select file_name, source_label, state, what, next_step, delivered_date from mart_deliveries__ledger "
        "where school_urn = ? and state in ('REFUSED', 'HELD') order by file_name",
        (school_urn,),
    )


def ledger() -> Query:
    """Every file of every school, what was not taken first."""
    return Query(
        "select school_urn, file_name, source_label, state, what, next_step, delivered_date, rows_count "
        "from mart_deliveries__ledger order by state in ('TAKEN', 'DUPLICATE', 'OLDER'), school_urn, file_name"
    )


def balance() -> Query:
    """Rows in, accepted and set aside by school and source."""
    return Query(
        "select school_urn, table_name, source_label, rows_count, accepted_rows_count, quarantined_rows_count, "
        "flagged_values_count from mart_deliveries__balance order by school_urn, source_label"
    )


def schools_with_lists() -> Query:
    """Schools that have something to mend, with how much."""
    return Query(
        "select school_urn, count(*) as items_count from mart_deliveries__mend_rows group by school_urn order by 1"
    )
