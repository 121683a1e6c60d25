"""What a release says of itself: its date, schools, methods, passports, published comparisons."""

from __future__ import annotations

from dashboards.queries import Query


def about() -> Query:
    """One row: number, dates, trust."""
    return Query(
        "select release_number, data_date, figures_date, made_at, trust_name, is_sample, code_version "
        "from mart_release__about"
    )


def schools() -> Query:
    """The schools by name, mainstream before special."""
    return Query(
        "select school_urn, school_name, phase, is_special from mart_release__schools order by is_special, school_name"
    )


def methods() -> Query:
    """Method pages."""
    return Query("select method, markdown from mart_release__methods order by method")


def passports() -> Query:
    """What every published column means."""
    return Query(
        "select table_name, column_name, meaning, unit, blank_meaning, grain from mart_release__passports "
        "order by table_name, column_name"
    )


def benchmarks() -> Query:
    """Every published figure kept for comparison."""
    return Query(
        "select measure, area, period, value, unit, source from mart_release__benchmarks "
        "order by measure, area, period desc"
    )
