"""The account of what was written where: planted rows and values, and rows per table and file."""

from __future__ import annotations

from collections.abc import Iterator

from expectations.tables import ALL
from seeds.trust.deliveries import Delivery
from seeds.trust.sheets import Sheet
from seeds.trust.write_census import count_needs


def planted_rows(deliveries: list[Delivery]) -> Iterator[dict[str, object]]:
    """One record per planted row or value. ``row_number`` is the one a person sees in the file."""
    for delivery in deliveries:
        for sheet in delivery.sheets:
            for planted in sheet.planted:
                yield {
                    **_where(delivery, sheet), "row_number": sheet.row_number(planted.index), "column": planted.column,
                    "column_label": _label(sheet.table, planted.column), "rule": planted.rule, "effect": planted.effect,
                }  # fmt: skip


def count_rows(deliveries: list[Delivery]) -> Iterator[dict[str, object]]:
    """One record per table and file: rows written, good and bad, and what was planted among them."""
    for delivery in deliveries:
        for sheet in delivery.sheets:
            effects = [planted.effect for planted in sheet.planted]
            yield {
                **_where(delivery, sheet), "rows_count": len(sheet.rows),
                "quarantined_rows_count": effects.count("quarantine"),
                "flagged_values_count": effects.count("flag"),
            }  # fmt: skip
            if delivery.census is not None and count_needs(sheet):
                where = {**_where(delivery, sheet), "table": "raw_school_census__sen_needs"}
                yield {
                    **where,
                    "rows_count": count_needs(sheet),
                    "quarantined_rows_count": 0,
                    "flagged_values_count": 0,
                }


def _where(delivery: Delivery, sheet: Sheet) -> dict[str, object]:
    return {
        "file": delivery.path,
        "member": sheet.name if delivery.form == "archive" else "",
        "sheet": sheet.name if delivery.form == "workbook" else "",
        "table": sheet.table,
    }


def _label(table: str, column: str) -> str:
    return ALL[table].by_name[column].header_names()[0] if column else ""
