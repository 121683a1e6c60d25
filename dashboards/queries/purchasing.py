"""Buying as one trust: savings, needs and tests, stock and licences. Rows of schools' stock: staff app."""

from __future__ import annotations

from dashboards.queries import Query


def savings() -> Query:
    """Every way to save, the largest first."""
    return Query(
        "select saving_kind, product_name, schools_count, product_units, lowest_unit_price_pence, "
        "middle_unit_price_pence, highest_unit_price_pence, tier_price_pence, tier_from_units, saving_low_pence, "
        "saving_high_pence from mart_purchasing__saving order by saving_high_pence desc, product_name, saving_kind"
    )


def saved_yearly() -> Query:
    """One row: what would be saved every year, all products together."""
    return Query(
        "select sum(saving_low_pence)::bigint as saving_low_pence, sum(saving_high_pence)::bigint as saving_high_pence "
        "from mart_purchasing__saving where saving_kind <> 'SPARE_TEST'"
    )


def needs() -> Query:
    """Every type of need over the whole trust: without a test first, most pupils first, hidden counts last."""
    return Query(
        "select sen_type, pupils_count, known_tests_count, stocked_tests_count, stocked_schools_count, gap, "
        "hidden_columns from mart_purchasing__needs "
        "order by case gap when 'NO_TEST' then 0 when 'NOT_STOCKED' then 1 when 'STOCKED' then 2 else 3 end, sen_type"
    )


def stock() -> Query:
    """Stock of tests in every school of the file, by test."""
    return Query(
        "select school_urn, test_name, licence_kind, bought_units, used_units, left_units, expired_units, "
        "expiring_units, expiry_date, year_unit_price_pence, yearly_use_units from mart_purchasing__tests "
        "order by test_name, school_urn"
    )


def licences() -> Query:
    """Licences of every school of the file: no date first, then the soonest renewal."""
    return Query(
        "select school_urn, product_name, seats_count, active_users_count, yearly_price_pence, seat_price_pence, "
        "renewal_date, renewal_days from mart_purchasing__licences "
        "order by renewal_date nulls first, product_name, school_urn"
    )


def gaps() -> Query:
    """Needs in a school without a test in its stock, and who has one."""
    return Query(
        "select school_urn, sen_type, pupils_count, holder_names, known_tests_count from mart_purchasing__gaps "
        "order by school_urn, pupils_count desc, sen_type"
    )
