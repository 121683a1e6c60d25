"""Where leavers went."""

from __future__ import annotations

from dashboards.queries import Query

_COLUMNS = (
    "school_urn, leaver_stage, sen_group, data_date, first_academic_year, last_academic_year, leavers_count, "
    "sustained_count, not_sustained_count, unknown_count, sustained_low_rate, sustained_high_rate, wilson_low_rate, "
    "wilson_high_rate, september_rate, small_number_rule, is_band_first, hidden_columns"
)
_IN_ORDER = (
    "order by array_position(['Year 6', 'Year 11', 'Sixth form', 'Special school leaver'], leaver_stage), "
    "array_position(['All leavers', 'EHC plan', 'SEN support', 'SEN', 'No SEN'], sen_group)"
)


def of_school(school_urn: str) -> Query:
    """One school, or the trust, by stage and group."""
    return Query(
        f"select {_COLUMNS} from mart_destinations__school where school_urn = ? {_IN_ORDER}",  # noqa: S608
        (school_urn,),
    )
