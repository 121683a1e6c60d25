"""Waits for agencies and buying together in the small published trust: each state that a page must show."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

SERVICES = """
service_label         | agency | service         | sen_type | price_unit | lowest_unit_price_pence | highest_unit_price_pence | has_trust_contract | waited_count | open_pupils_count | concern_median_weeks | seen_median_weeks | seen_lower_weeks | seen_upper_weeks | report_median_weeks | provision_median_weeks | whole_median_weeks | latest_seen_median_weeks | before_seen_median_weeks | seen_standing | agency_spend_pence | hidden_columns
Plover: Speech        | Plover | Speech          | SLCN     | HOUR       | 7800                    | 7800                     | yes                | 71           | 23                | 6                    | 22                | 19               | -                | 4                   | 4                      | 31                 | 24                       | 20                       | MEDIAN        | 1175000            |
Plover: Movement      | Plover | Movement        | PD       | HOUR       | -                       | -                        | no                 | -            | -                 | -                    | -                 | -                | -                | -                   | -                      | -                  | -                        | -                        | -             | -                  | open_pupils_count,seen_standing,waited_count
Mallow: Outreach      | Mallow | Outreach        | ASD      | VISIT      | 14520                   | 16500                    | no                 | 31           | 0                 | 4                    | 3                 | 2                | 4                | 5                   | 4                      | 11                 | -                        | -                        | MEDIAN        | -                  | agency_spend_pence
Mallow: New Service   | Mallow | New Service     | -        | REPORT     | 24000                   | 24000                    | no                 | 12           | 12                | -                    | -                 | -                | -                | -                   | -                      | -                  | -                        | -                        | NOT_REACHED   | -                  |
Mallow: Rare Service  | Mallow | Rare Service    | HI       | REPORT     | 24000                   | 24000                    | no                 | 0            | 0                 | -                    | -                 | -                | -                | -                   | -                      | -                  | -                        | -                        | FEW           | -                  |
"""  # noqa: E501 -- a table is read by its columns
SCHOOLS = """
school_urn | waited_count | open_pupils_count | concern_median_weeks | seen_median_weeks | seen_lower_weeks | seen_upper_weeks | report_median_weeks | provision_median_weeks | whole_median_weeks | latest_seen_median_weeks | before_seen_median_weeks | seen_standing | agency_step_count | school_step_count | declined_pupils_count | agency_spend_pence | hidden_columns
999001     | 35           | 12                | 6                    | 12                | 6                | 19               | 4                   | 4                      | 22                 | 14                       | 9                        | MEDIAN        | -                 | -                 | -                     | 726000             |
999002     | -            | -                 | -                    | -                 | -                | -                | -                   | -                      | -                  | -                        | -                        | -             | -                 | -                 | -                     | -                  | agency_spend_pence,open_pupils_count,seen_standing,waited_count
999003     | 14           | 0                 | -                    | -                 | -                | -                | -                   | -                      | -                  | -                        | -                        | FEW           | -                 | -                 | -                     | 0                  |
TRUST      | 114          | 62                | 6                    | 11                | 8                | 14               | 4                   | 4                      | 23                 | 12                       | 10                       | MEDIAN        | 46                | 16                | 15                    | 4760700            |
"""  # noqa: E501
LIST = """
pupil_key | school_urn | surname | forename | nc_year | agency | service  | concern_date | referral_date | referral_decision | seen_date  | report_date | provision_start_date | closed_date | referral_closed_reason | referral_stage | step_owner | stage_days | chase_days | open_days | is_declined | date_fault
P1        | 999001     | Birch   | Bea      | 4       | Plover | Speech   | 2026-03-02   | 2026-03-20    | ACCEPTED          | -          | -           | -                    | -           | -                      | SEEN           | AGENCY     | 245        | 119        | 245       | no          | -
P4        | 999001     | Elder   | Eve      | 2       | Mallow | Outreach | -            | 2026-09-11    | ACCEPTED          | 2026-09-25 | 2026-10-09  | -                    | -           | -                      | PROVISION      | SCHOOL     | 42         | 14         | 70        | no          | -
P5        | 999001     | Fir     | Flo      | 3       | Plover | Speech   | 2026-11-02   | 2026-11-10    | -                 | -          | -           | -                    | -           | -                      | ANSWER         | AGENCY     | 10         | 0          | 10        | no          | -
P6        | 999001     | Gorse   | Guy      | 6       | Mallow | Outreach | -            | 2026-07-01    | ACCEPTED          | 2026-07-10 | 2026-08-01  | 2026-09-07           | -           | -                      | PROVIDED       | -          | -          | -          | -         | no          | -
P7        | 999001     | Hazel   | Hal      | 5       | Plover | Speech   | -            | 2026-09-02    | DECLINED          | -          | -           | -                    | 2026-09-20  | DECLINED_INFORMATION   | CLOSED         | -          | -          | -          | -         | yes         | -
P8        | 999001     | Ivy     | Ira      | 1       | Mallow | Outreach | -            | 2026-09-01    | ACCEPTED          | -          | 2026-11-06  | -                    | -           | -                      | PROVISION      | SCHOOL     | 14         | 0          | 80        | no          | SEEN_MISSING
P2        | 999002     | Cedar   | Cy       | 9       | Plover | Speech   | -            | 2026-10-01    | ACCEPTED          | -          | -           | -                    | -           | -                      | SEEN           | AGENCY     | 50         | 0          | 50        | no          | -
"""  # noqa: E501
SAVINGS = """
saving_kind   | product_name | schools_count | product_units | lowest_unit_price_pence | middle_unit_price_pence | highest_unit_price_pence | tier_price_pence | tier_from_units | saving_low_pence | saving_high_pence
PRICE_TEST    | Wordwell     | 3             | 320           | 563                     | 621                     | 678                      | 470              | 60              | 19800            | 49600
PRICE_LICENCE | Symbolquay   | 2             | 340           | 1276                    | 1363                    | 1537                     | -                | -               | 24000            | 49600
UNUSED_SEATS  | Symbolquay   | 2             | 156           | 1276                    | 1363                    | 1537                     | -                | -               | 155700           | 199100
SPARE_TEST    | Wordwell     | 3             | 59            | 563                     | 621                     | 678                      | 470              | 60              | 16900            | 33200
"""  # noqa: E501
NEEDS = """
sen_type | pupils_count | known_tests_count | stocked_tests_count | stocked_schools_count | gap         | hidden_columns
SEMH     | 45           | 0                 | 0                   | 0                     | NO_TEST     |
VI       | -            | 1                 | 0                   | 0                     | NOT_STOCKED | pupils_count
SPLD     | 42           | 3                 | 3                   | 2                     | STOCKED     |
HI       | -            | 0                 | 0                   | 0                     | BY_HEALTH   | pupils_count
"""
STOCK = """
school_urn | test_name | licence_kind | bought_units | used_units | left_units | expired_units | expiring_units | expiry_date | year_units | year_priced_units | year_paid_pence | year_unit_price_pence | yearly_use_units | reserve_units
999001     | Wordwell  | PER_PUPIL    | 85           | 51         | 24         | 10            | 24             | 2026-12-31  | 70         | 70                | 47460           | 678                   | 48               | 0
999002     | Wordwell  | PER_PUPIL    | 40           | 10         | 30         | 0             | 0              | 2028-01-31  | 40         | 40                | 22520           | 563                   | 10               | 30
999003     | Shapes    | PER_SCHOOL   | 1            | 0          | 1          | 0             | 0              | -           | 0          | 0                 | 0               | -                     | 0                | 1
"""  # noqa: E501
LICENCES = """
school_urn | product_name | seats_count | yearly_price_pence | renewal_date | active_users_count | renewal_days | seat_price_pence
999001     | Symbolquay   | 240         | 306240             | 2026-12-18   | 104                | 28           | 1276
999002     | Symbolquay   | 100         | 153700             | -            | -                  | -            | 1537
999003     | Countmeadow  | 30          | 7200               | 2027-06-01   | 20                 | 193          | 240
"""  # noqa: E501
GAPS = """
school_urn | sen_type | pupils_count | holder_names             | known_tests_count
999001     | SPLD     | 12           | Oak Academy              | 3
999001     | SEMH     | 9            | -                        | 0
999002     | VI       | 1            | -                        | 1
"""


def released_referrals(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release."""
    dated = {"data_date": data_date}
    gaps = table(ALL["mart_purchasing__gaps"], GAPS)
    return {
        "mart_referrals__service": table(ALL["mart_referrals__service"], SERVICES, **dated),
        "mart_referrals__school": table(ALL["mart_referrals__school"], SCHOOLS, **dated),
        "mart_referrals__open": table(ALL["mart_referrals__open"], LIST),
        "mart_purchasing__saving": table(ALL["mart_purchasing__saving"], SAVINGS),
        "mart_purchasing__needs": table(ALL["mart_purchasing__needs"], NEEDS, **dated),
        "mart_purchasing__tests": table(ALL["mart_purchasing__tests"], STOCK),
        "mart_purchasing__licences": table(ALL["mart_purchasing__licences"], LICENCES),
        "mart_purchasing__gaps": gaps.with_columns(pl.col("holder_names").fill_null("")),
    }
