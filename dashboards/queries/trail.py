"""Whether figures moved that were asked about."""

from __future__ import annotations

from dashboards.queries import Query


def followed() -> Query:
    """Every question of the file, with its figure then and now."""
    return Query(
        "select school_urn, question_number, trigger, figure_table, figure_column, asked_date, figure_date, "
        "value_then, value_now, year_then, year_now, movement from mart_trail__question "
        "order by school_urn, question_number"
    )
