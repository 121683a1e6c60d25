"""Absence, suspensions, part-time timetables and the curriculum in the small published trust: each state of a page."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

SCHOOL = """
school_urn | sen_group   | pupils_count | absence_rate | before_absence_rate | extra_absent_sessions_count | persistent_rate | persistent_low_rate | persistent_high_rate | before_persistent_rate | severe_rate | suspensions_per_100_years | suspensions_low_per_100_years | suspensions_high_per_100_years | before_suspensions_per_100_years | lost_days_per_100_years | hidden_columns
999001     | No SEN      | 300 | 0.051 | 0.051 | 0  | 0.15 | 0.12 | 0.19 | 0.16 | 0 | 0   | 0   | 1.7 | 0  | 0  |
999001     | SEN support | 300 | 0.079 | 0.066 | 30 | 0.33 | 0.22 | 0.47 | 0.25 | - | 6.2 | 1.3 | 18.2| -  | 14.5 | before_suspensions_per_100_years,severe_rate
999001     | EHC plan    | 300 | 0.094 | -     | -  | -    | -    | -    | -    | 0 | -   | -   | -   | -  | -  | before_suspensions_per_100_years,lost_days_per_100_years,persistent_high_rate,persistent_low_rate,persistent_rate,suspensions_high_per_100_years,suspensions_low_per_100_years,suspensions_per_100_years
999001     | SEN         | 300 | -     | -     | -  | -    | -    | -    | -    | - | -   | -   | -   | -  | -  |
999002     | No SEN      | 600 | 0.06  | 0.062 | -70| 0.2  | 0.16 | 0.24 | 0.2  | 0.02 | 14.9 | 11 | 19.8 | 15.3 | 43.2 |
999002     | SEN         | 600 | 0.102 | 0.089 | 50 | 0.41 | 0.29 | 0.54 | 0.41 | - | 29.9 | 17.1 | 48.5 | 36.7 | 64.5 | severe_rate
999003     | EHC plan    | 90  | 0.128 | 0.131 | -20| 0.36 | 0.26 | 0.46 | 0.38 | - | 0 | 0 | 4.1 | 0 | 0 | severe_rate
TRUST      | No SEN      | 990 | 0.058 | 0.059 | -80| 0.18 | 0.15 | 0.21 | 0.19 | 0.02 | 8.6 | 6.5 | 11.2 | 7.6 | 24.6 |
TRUST      | SEN support | 990 | 0.085 | 0.081 | 40 | 0.31 | 0.24 | 0.4  | 0.35 | 0.05 | 14 | 8 | 22.7 | 17.3 | 30.1 |
TRUST      | EHC plan    | 990 | 0.112 | 0.12  | -60| 0.33 | 0.25 | 0.42 | 0.41 | 0.06 | 11 | 5.3 | 20.1 | 11.8 | 37.2 |
"""  # noqa: E501 -- a table is read by its columns
NOW = """
school_urn | sen_group   | pupils_count | part_time_count | part_time_late_count | placed_count | excluded_count | hidden_columns
999001     | All pupils  | 300 | 12 | 6 | - | 0 | placed_count
999002     | All pupils  | 600 | -  | - | 7 | - | excluded_count,part_time_count,part_time_late_count
999003     | All pupils  | 90  | 0  | 0 | 0 | 0 |
TRUST      | All pupils  | 990 | 15 | 8 | 9 | - | excluded_count
TRUST      | No SEN      | 990 | 0  | 0 | - | 0 | placed_count
TRUST      | SEN support | 990 | 9  | - | - | - | excluded_count,part_time_late_count,placed_count
TRUST      | EHC plan    | 990 | 6  | - | 0 | - | excluded_count,part_time_late_count
"""  # noqa: E501
CURRICULUM = """
school_urn | pupils_count | recorded_rate | full_rate | adapted_rate | not_taught_rate | narrowed_rate | missing_rate | hidden_columns
999001     | 300 | 0.91 | 0.74 | 0.22 | 0.04 | 0.19 | 0.28 |
999002     | 600 | 0.42 | -    | -    | -    | -    | -    | missing_rate,narrowed_rate
999003     | 90  | 0    | -    | -    | -    | -    | -    |
TRUST      | 990 | 0.7  | 0.65 | 0.3  | 0.05 | 0.3  | 0.2  |
"""  # noqa: E501
SUBJECTS = """
school_urn | curriculum_subject | pupils_count | recorded_rate | full_rate | adapted_rate | not_taught_rate | missing_rate | hidden_columns
TRUST      | Art and design     | 990 | 0.71 | 0.6 | 0.34 | 0.06 | 0.09 |
TRUST      | Music              | 990 | 0.69 | 0.7 | 0.26 | 0.04 | -    | missing_rate
"""  # noqa: E501
PUPILS = """
pupil_key | school_urn | surname | forename | nc_year | sen_provision | possible_sessions_count | absent_sessions_count | absence_rate | suspensions_count | lost_sessions_count
P60       | 999001     | Quince  | Quin     | 4       | K             | 70                      | 7                     | 0.1          | 2                 | 6
P61       | 999001     | Sorrel  | Sal      | 5       | E             | 70                      | 40                    | 0.571        | 0                 | 0
P62       | 999001     | Tansy   | Tam      | 5       | K             | 70                      | 6                     | 0.0857       | 0                 | 0
P63       | 999002     | Umber   | Una      | 9       | K             | 70                      | 21                    | 0.3          | 0                 | 0
"""  # noqa: E501
PART_TIME = """
pupil_key | school_urn | surname | forename | nc_year | sen_provision | start_date | planned_end_date | weekly_sessions_count | last_review_date | review_due_date | running_days | review_overdue_days | beyond_end_days
P60       | 999001     | Quince  | Quin     | 4       | K             | 2026-09-07 | 2026-10-23       | 5                     | -                | 2026-10-19      | 74           | 32                  | 28
P61       | 999001     | Sorrel  | Sal      | 5       | E             | 2026-11-02 | -                | 6                     | -                | 2026-12-14      | 18           | 0                   | 0
"""  # noqa: E501
PLACEMENTS = """
pupil_key | school_urn | surname | forename | nc_year | sen_provision | provider_name     | start_date | planned_end_date | placement_sessions_count | is_registered_school | last_visit_date | running_days | beyond_end_days
P63       | 999002     | Umber   | Una      | 9       | K             | Hollowbank Centre | 2026-09-14 | -                | 4                        | no                   | -               | 67           | 0
P62       | 999001     | Tansy   | Tam      | 5       | K             | Reedmarsh Farm    | 2026-10-05 | 2026-12-18       | 2                        | -                    | 2026-10-19      | 46           | 0
"""  # noqa: E501
ACCESS = """
pupil_key | school_urn | surname | forename | nc_year | sen_provision | not_taught_subjects | adapted_subjects_count | blank_subjects_count | missed_subjects | weekly_missed_minutes
P61       | 999001     | Sorrel  | Sal      | 5       | E             | Languages           | 4                      | 1                    | Music           | 40
P62       | 999001     | Tansy   | Tam      | 5       | K             | -                   | 0                      | 13                   | -               | -
P60       | 999001     | Quince  | Quin     | 4       | K             | -                   | 2                      | 0                    | -               | 0
"""  # noqa: E501


def released_inclusion(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """Every mart of who is here and included, by name."""
    dated = {"data_date": data_date}
    return {
        "mart_inclusion__school": table(ALL["mart_inclusion__school"], SCHOOL, academic_year=2026, **dated),
        "mart_inclusion__now": table(ALL["mart_inclusion__now"], NOW, **dated),
        "mart_inclusion__curriculum": table(
            ALL["mart_inclusion__curriculum"], CURRICULUM, academic_year=2025, school_term="SUM", **dated
        ),
        "mart_inclusion__subject": table(ALL["mart_inclusion__subject"], SUBJECTS, **dated),
        "mart_inclusion__pupil": table(ALL["mart_inclusion__pupil"], PUPILS),
        "mart_inclusion__part_time": table(ALL["mart_inclusion__part_time"], PART_TIME),
        "mart_inclusion__placement": table(ALL["mart_inclusion__placement"], PLACEMENTS),
        "mart_inclusion__access": table(ALL["mart_inclusion__access"], ACCESS),
    }
