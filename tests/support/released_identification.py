"""Identification of the small published trust: a school apart from its like, one near the edge, a special school."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from pipelines import reference_data
from tests.support.frames import table

SCHOOL = """
school_urn | pupils_count | sen_support_count | ehc_plan_count | support_reference | support_expected | support_low_95 | support_high_95 | support_low_998 | support_high_998 | support_ratio | support_ratio_low | support_ratio_high | support_adjusted_rate | support_verdict | plan_reference | plan_expected | plan_low_95 | plan_high_95 | plan_low_998 | plan_high_998 | plan_ratio | plan_ratio_low | plan_ratio_high | plan_adjusted_rate | year_before_support_rate | year_before_plan_rate | unlisted_count | hidden_columns
999001 | 300 | 48  | 31 | TRUST | 29 | 19 | 39 | 14 | 45 | 1.66 | 1.22 | 2.19 | 0.19 | ABOVE  | ENGLAND | 11 | 5 | 16 | 2 | 20 | 2.82 | 1.91 | 4.0 | 0.1 | 0.11 | - | 7 | year_before_plan_rate
999002 | 600 | 84  | -  | TRUST | 70 | 58 | 83 | 49 | 94 | 1.2  | 0.96 | 1.49 | 0.14 | NEAR_LIMIT | ENGLAND | 19 | 11 | 27 | 7 | 33 | - | - | - | - | 0.14 | - | - | ehc_plan_count,plan_adjusted_rate,plan_ratio,plan_ratio_high,plan_ratio_low,unlisted_count,year_before_plan_rate
999003 | 90  | 0   | 90 | -     | -  | -  | -  | -  | -  | -    | -    | -    | -    | -      | - | - | - | - | - | - | - | - | - | - | 0 | 1 | 0 |
TRUST  | 990 | 132 | -  | -     | -  | -  | -  | -  | -  | -    | -    | -    | -    | -      | - | - | - | - | - | - | - | - | - | - | 0.12 | - | 30 | ehc_plan_count,year_before_plan_rate
"""  # noqa: E501 -- a table is read by its columns
FUNNEL = """
expected_number | ratio_low_95 | ratio_high_95 | ratio_low_998 | ratio_high_998
10 | 0.41 | 1.56 | 0.16 | 1.95
40 | 0.71 | 1.28 | 0.56 | 1.46
80 | 0.8  | 1.2  | 0.69 | 1.32
"""
GROUP = """
school_urn | pupil_group | pupils_count | fewer_mean | fewer_low | fewer_high | usual_mean | is_beyond_chance | hidden_columns
999001 | Girls                         | 300 | 12 | 4  | 20 | 3 | yes |
999001 | Pupils with EAL               | 300 | -  | -  | -  | - | -   | fewer_high,fewer_low,fewer_mean,is_beyond_chance,usual_mean
999001 | Persistently absent pupils    | 300 | -3 | -9 | 4  | 0 | no  |
999001 | Pupils with free school meals | 300 | 0  | -6 | 0  | -2 | no |
999002 | Girls                         | 600 | 5  | -4 | 14 | 11 | no |
TRUST  | Girls                         | 900 | 17 | 5  | 29 | - | -   |
TRUST  | Pupils with EAL               | 900 | 2  | -8 | 12 | - | no  |
"""  # noqa: E501
UNLISTED = """
pupil_key | school_urn | surname | forename | nc_year | why_look | absence_rate
P70 | 999001 | Hawthorn | Hal | 4 | LOW_SCORES     | 0.03
P71 | 999001 | Medlar   | Mo  | 2 | SEVERE_ABSENCE | 0.61
P72 | 999001 | Rowan    | Ro  | 6 | BOTH           | 0.5
"""


def released_identification(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts of identification by name; the published shares are the real ones."""
    dated = {"data_date": data_date}
    spread = {"compared_schools_count": 2, "false_alarms_mean": 0.004, "is_wider_than_chance": False}
    return {
        "mart_identification__school": table(ALL["mart_identification__school"], SCHOOL, **dated),
        "mart_identification__funnel": table(ALL["mart_identification__funnel"], FUNNEL, **spread),
        "mart_identification__group": table(ALL["mart_identification__group"], GROUP, **dated),
        "mart_identification__unlisted": table(ALL["mart_identification__unlisted"], UNLISTED),
        "mart_identification__census_share": reference_data.census_share(),
        "mart_identification__caseload": reference_data.caseload(),
    }
