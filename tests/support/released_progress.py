"""Released figures of the ladder, and the staff's lists of it, for a small fictional trust."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

SUBJECTS = ("Reading", "Writing", "Mathematics")
BY_SCHOOL = """
school_urn | sen_support_count | ehc_plan_count | sen_count | placed_count | below_age_count | age_related_count | off_ladder_count | off_ladder_rate | steps_unseen_count | compared_count | moved_up_count | not_up_count | small_step_count | moved_up_rate | hidden_columns
999001 | 48  | 31 | 79 | 50 | 24 | 26 | 29 | 0.37 | 9 | 22 | 12 | 10 | 0  | 0.55 |
999002 | 84  | -  | -  | -  | -  | -  | -  | -    | - | 0  | 0  | 0  | 0  | -    | age_related_count,below_age_count,ehc_plan_count,off_ladder_count,off_ladder_rate,placed_count,sen_count,steps_unseen_count
999003 | 0   | 90 | 90 | 75 | 75 | 0  | 15 | 0.17 | 0 | 40 | 20 | 20 | 10 | 0.5  |
TRUST  | 132 | -  | -  | -  | -  | -  | -  | -    | - | 62 | 32 | 30 | 10 | 0.52 | age_related_count,below_age_count,ehc_plan_count,off_ladder_count,off_ladder_rate,placed_count,sen_count,steps_unseen_count
"""  # noqa: E501
RUNGS = """
ladder_rung | pupils_count | hidden_columns
EM  | -  | pupils_count
PK1 | 20 |
PK2 | -  | pupils_count
PK3 | 30 |
WTS | 26 |
"""
GROUPS = """
group_kind | progress_group | compared_count | moved_up_count | not_up_count | small_step_count | moved_up_rate | moved_down_count | hidden_columns
ALL     | Below age-related           | 62 | 32 | 30 | 10 | 0.52 | 8 |
START   | Engagement model to PK2     | 30 | 16 | 14 | 5  | 0.53 | - |
START   | PK3 and PK4                 | 32 | 16 | 16 | 5  | 0.5  | - |
NEED    | Moderate learning difficulty| 12 | -  | -  | -  | -    | - | moved_up_count,moved_up_rate,not_up_count,small_step_count
PATHWAY | Engagement                  | 20 | 10 | 10 | 5  | 0.5  | - |
"""  # noqa: E501
ENGAGEMENT = """
school_urn | engagement_area | profile_count | progress_count | hidden_columns
999003 | EXPLORATION  | 24 | 14 |
999003 | REALISATION  | 24 | 12 |
999003 | ANTICIPATION | 24 | -  | progress_count
999003 | PERSISTENCE  | 24 | 15 |
999003 | INITIATION   | 24 | 9  |
"""
TESTS = """
assessment_name | subject | scale | need_group | pupils_count | at_lowest_rate | at_highest_rate | compared_count | movable_rate | changed_rate | between_weeks | noise_points | hidden_columns
Phonics Check | Reading     | POINTS       | Moderate learning difficulty | 50 | 0.66 | 0    | 48 | 0.38 | 0.4  | 22 | -   |
Phonics Check | Reading     | POINTS       | Speech, language and communication | 60 | - | 0  | 55 | 0.9  | 0.8  | 22 | -   | at_lowest_rate
Number Facts  | Mathematics | STANDARDISED | No SEN                       | 300| 0    | 0.2  | 280| 0.8  | 0.15 | 14 | 6.1 |
"""  # noqa: E501
YEAR_6 = """
school_urn | sen_group | cohort_count | expected_count | reached_expected_rate | compared_count | kept_pace_count | kept_pace_rate | hidden_columns
999001 | SEN support | 24 | 6 | 0.25 | 20 | 14 | 0.7 |
999001 | EHC plan    | -  | - | -    | -  | -  | -   | cohort_count,compared_count,expected_count,kept_pace_count,kept_pace_rate,reached_expected_rate
999002 | SEN support | 0  | 0 | -    | 0  | 0  | -   |
999002 | EHC plan    | 0  | 0 | -    | 0  | 0  | -   |
999003 | SEN support | 0  | 0 | -    | 0  | 0  | -   |
999003 | EHC plan    | -  | - | -    | -  | -  | -   | cohort_count,compared_count,expected_count,kept_pace_count,kept_pace_rate,reached_expected_rate
TRUST  | SEN support | 24 | 6 | 0.25 | 20 | 14 | 0.7 |
TRUST  | EHC plan    | 30 | 0 | 0    | 20 | 10 | 0.5 |
"""  # noqa: E501
BENCHMARKS = """
sen_group | area | period | value
SEN support | England | 2021/22 | 21.2
SEN support | England | 2022/23 | 23.6
EHC plan    | England | 2022/23 | 8.2
"""
PUPILS = """
pupil_key | school_urn | surname | forename | nc_year | subject | sen_provision | sen_type | pathway | ladder_standing | unplaced_reason | ladder_system | mark | assessed_date | ladder_rung | ladder_rung_number | ladder_step | reached_date | earlier_mark | earlier_date | earlier_rung | movement | is_further_within_rung | unknown_mark | floor_assessment | system_fit
P1 | 999001 | Birch  | Bea | 4  | Reading | E | MLD  | -          | PLACED   | -          | STATUTORY   | PK3 | 2026-07-10 | PK3 | 3 | 0 | 2025-07-10 | PK3 | 2025-07-10 | PK3 | HELD | no | PK9 | - | FITS
P2 | 999001 | Cedar  | Cy  | 5  | Reading | E | MLD  | -          | UNPLACED | BELOW_ONLY | STATUTORY   | BLW | 2026-07-10 | -   | - | - | -          | -   | -          | -   | -    | -  | -   | Phonics Check | AT_THE_FLOOR
P4 | 999003 | Damson | Dee | 11 | Reading | E | PMLD | Engagement | PLACED   | -          | SMALL STEPS | 0.2 | 2026-10-19 | EM  | 0 | 2 | 2026-10-19 | 0.1 | 2025-10-20 | EM  | HELD | yes| -   | - | FITS
"""  # noqa: E501
EVIDENCE = """
pupil_key | school_urn | surname | forename | nc_year | observed_date | engagement_area | engagement_direction
P4 | 999003 | Damson | Dee | 11 | 2026-10-14 | EXPLORATION | PROGRESS
P4 | 999003 | Damson | Dee | 11 | 2026-10-14 | INITIATION  | LESS
P4 | 999003 | Damson | Dee | 11 | 2025-10-14 | INITIATION  | SAME
"""
SYSTEMS = """
school_urn | subject | ladder_system | recorded_pupils_count | placed_pupils_count | below_only_pupils_count | unknown_code_pupils_count | at_floor_pupils_count
999001 | Reading | STATUTORY   | 2 | 1 | 1 | 1 | 1
999003 | Reading | SMALL STEPS | 1 | 1 | 0 | 0 | 0
"""  # noqa: E501


def released_progress(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release; the three subjects alike."""
    dated = {"data_date": data_date}

    def each(name: str, drawn: str) -> pl.DataFrame:
        return pl.concat(table(ALL[name], drawn, subject=subject, **dated) for subject in SUBJECTS)

    return {
        "mart_progress__school": each("mart_progress__school", BY_SCHOOL),
        "mart_progress__rung": each("mart_progress__rung", RUNGS),
        "mart_progress__group": each("mart_progress__group", GROUPS),
        "mart_progress__engagement": table(ALL["mart_progress__engagement"], ENGAGEMENT, **dated),
        "mart_progress__test": table(ALL["mart_progress__test"], TESTS, **dated),
        "mart_progress__year_6": table(ALL["mart_progress__year_6"], YEAR_6, first_year=2023, last_year=2025, **dated),
        "mart_progress__benchmarks": table(ALL["mart_progress__benchmarks"], BENCHMARKS, unit="per cent"),
        "mart_progress__pupil": table(ALL["mart_progress__pupil"], PUPILS),
        "mart_progress__evidence": table(ALL["mart_progress__evidence"], EVIDENCE),
        "mart_progress__system": table(ALL["mart_progress__system"], SYSTEMS),
    }
