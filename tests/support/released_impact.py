"""Interventions of the small released trust: every scale, every state of an estimate, schools, years, subjects.

Invented figures. Six interventions of reading are drawn towards their average; mathematics has one alone; attendance,
steps and ages speak in words; others are too few, not measured, hidden.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

NUMBERS = """
intervention_name | outcome_domain | subject | scale | outcome_unit | area_of_need | schools_count | started_count | exit_due_count | entry_count | both_scores_count | informing_count | comparison_count | small_number_rule | costed_count | hidden_columns
Behind Blocks    | Mathematics | Mathematics | STANDARDISED | POINTS | Cognition and learning | 2 | 44 | 42 | 40 | 34 | 34 | 400 | MODERATE_AT_MOST | 44 |
Breakfast Club   | Attendance  | Attendance  | ATTENDANCE   | SESSIONS_PER_100 | Social, emotional and mental health | 3 | 36 | 36 | 36 | 34 | 34 | 700 | MODERATE_AT_MOST | 36 |
Calm Corner      | Wellbeing   | -           | -            | -      | Social, emotional and mental health | 2 | 25 | 0  | 0  | 0  | 0  | 0   | TOO_FEW           | 25 |
Paired Pages     | Reading     | Reading     | STANDARDISED | POINTS | Cognition and learning | 3 | 60 | 60 | 60 | 60 | 50 | 900 | ALL               | 60 |
Phonics Steps    | Reading     | Reading     | STANDARDISED | POINTS | Cognition and learning | 5 | 61 | 58 | 56 | 49 | 49 | 900 | ALL               | 40 |
Small Group Talk | Reading     | Reading     | STANDARDISED | POINTS | Communication and interaction | 2 | 12 | 12 | 12 | 7  | -  | 300 | CANNOT_TELL_SMALL | 12 | attrition_rate,difference_points,informing_count,lower_points,shrunken_points,upper_points
Step Ladder      | Writing     | Writing     | POINTS       | RANKS  | Cognition and learning | 4 | 30 | 30 | 28 | 26 | 26 | 500 | MODERATE_AT_MOST  | 30 |
Tiny Tutors      | Reading     | Reading     | STANDARDISED | POINTS | Cognition and learning | 1 | -  | -  | -  | -  | -  | 120 | -                 | -  | both_scores_count,cost_to_date_pence,costed_count,dose_rate,entry_count,exit_due_count,informing_count,planned_cost_pence,started_count
Word Workshop    | Reading     | Spelling    | STANDARDISED | POINTS | Communication and interaction | 1 | 18 | 16 | 15 | 13 | 13 | 0   | WEAK_AT_MOST      | 18 |
Years of Reading | Reading     | Reading     | AGE          | MONTHS | Cognition and learning | 2 | 24 | 24 | 22 | 20 | 20 | 200 | MODERATE_AT_MOST  | 24 |
"""  # noqa: E501 -- a table is read by its columns
JUDGED = """
intervention_name | verdict | grade | cap_reasons | design | reason | pooling | attrition_rate | dose_rate | due_sessions_count | delivered_sessions_count | cost_to_date_pence | planned_cost_pence
Behind Blocks    | BEHIND              | B | ATTRITION,PRECISION | BALANCED_COMPARISON | ATTRITION | TOO_FEW_TO_POOL | 0.19 | 0.88 | 900  | 792  | 1234500 | 1500000
Breakfast Club   | AHEAD               | B | MEASURE             | BALANCED_COMPARISON | MEASURE   | NOT_POOLED      | 0.06 | 0.81 | 2000 | 1620 | 410000  | 520000
Calm Corner      | CANNOT_TELL         | D | DESIGN              | NONE                | NO_TEST   | NOT_POOLED      | -    | 0.51 | 600  | 306  | 304000  | 400000
Paired Pages     | NO_CLEAR_DIFFERENCE | A | -                   | BALANCED_COMPARISON | -         | POOLED          | 0    | 0.97 | 1200 | 1164 | 980000  | 1000000
Phonics Steps    | AHEAD               | B | REPLICATION,DOSE    | BALANCED_COMPARISON | REPLICATION | POOLED        | 0.16 | 0.93 | 1500 | 1395 | 2345600 | 2500000
Small Group Talk | CANNOT_TELL         | D | NUMBERS,PRECISION   | BALANCED_COMPARISON | NUMBERS   | POOLED          | -    | 0.74 | 300  | 222  | 89000   | 120000
Step Ladder      | CANNOT_TELL         | C | MEASURE             | BALANCED_COMPARISON | MEASURE   | NOT_POOLED      | 0.13 | 0.90 | 700  | 630  | 350000  | 390000
Tiny Tutors      | CANNOT_TELL         | D | NUMBERS             | NONE                | TOO_FEW   | NOT_POOLED      | -    | -    | -    | -    | -       | -
Word Workshop    | CANNOT_TELL         | C | DESIGN,NUMBERS      | NORM_REFERENCED     | DESIGN    | POOLED          | 0.19 | 0.66 | 400  | 264  | 560000  | 700000
Years of Reading | NO_CLEAR_DIFFERENCE | C | MEASURE             | BALANCED_COMPARISON | MEASURE   | NOT_POOLED      | 0.17 | 0.85 | 500  | 425  | 220000  | 260000
"""  # noqa: E501
ESTIMATES = """
intervention_name | difference_points | lower_points | upper_points | inner_lower_points | inner_upper_points | shrunken_points | shrunken_lower_points | shrunken_upper_points | effect_size_sd | lower_sd | upper_sd | percentile_growth | entry_mean | exit_mean | expected_exit_mean | tipping_points | superiority_rate | superiority_low_rate | superiority_high_rate | ratio_gain | months_count | months_low_count | months_high_count | norms_low_points | norms_high_points
Behind Blocks    | -3.2 | -5.6 | -0.8 | -4.0 | -2.4 | -   | -    | -   | -0.21 | -0.37 | -0.05 | -8.3 | 86.1 | 88.0 | 91.2 | -18.1 | -    | -    | -    | -   | -2 | -4 | -1 | -   | -
Breakfast Club   | 2.4  | 0.9  | 3.9  | 1.9  | 2.9  | -   | -    | -   | 0.31  | 0.12  | 0.50  | -    | 11.2 | 8.1  | 10.5 | 30.0  | -    | -    | -    | -   | -  | -  | -  | -   | -
Calm Corner      | -    | -    | -    | -    | -    | -   | -    | -   | -     | -     | -     | -    | -    | -    | -    | -     | -    | -    | -    | -   | -  | -  | -  | -   | -
Paired Pages     | 0.3  | -1.8 | 2.4  | -0.1 | 1.5  | 0.7 | -1.1 | 2.5 | 0.02  | -0.12 | 0.16  | 0.8  | 84.0 | 87.9 | 87.6 | -     | -    | -    | -    | -   | -  | -  | -  | -   | -
Phonics Steps    | 3.4  | 0.6  | 6.2  | 1.8  | 3.4  | 2.6 | 0.5  | 4.7 | 0.23  | 0.04  | 0.41  | 9.1  | 82.3 | 88.1 | 84.7 | 22.3  | -    | -    | -    | -   | 3  | 1  | 5  | -   | -
Small Group Talk | -    | -    | -    | -    | -    | -   | -    | -   | -     | -     | -     | -    | -    | -    | -    | -     | -    | -    | -    | -   | -  | -  | -  | -   | -
Step Ladder      | -    | -    | -    | -    | -    | -   | -    | -   | -     | -     | -     | -    | -    | -    | -    | -     | 0.58 | 0.42 | 0.73 | -   | -  | -  | -  | -   | -
Tiny Tutors      | -    | -    | -    | -    | -    | -   | -    | -   | -     | -     | -     | -    | -    | -    | -    | -     | -    | -    | -    | -   | -  | -  | -  | -   | -
Word Workshop    | 0.4  | -4.1 | 4.9  | -0.3 | 2.3  | 1.0 | -2.0 | 4.0 | -     | -     | -     | -    | 81.5 | 84.9 | 84.5 | 2.1   | -    | -    | -    | -   | -  | -  | -  | -0.9 | 1.8
Years of Reading | -    | -    | -    | -    | -    | -   | -    | -   | -     | -     | -     | -    | -    | -    | -    | -     | 0.52 | 0.39 | 0.65 | 1.8 | -  | -  | -  | -   | -
"""  # noqa: E501
DOMAINS = """
outcome_domain | interventions_count | pupils_count | pooling | mean_points | lower_points | upper_points | prediction_lower_points | prediction_upper_points | spread_points | hidden_columns
Attendance  | 1 | 34  | TOO_FEW_TO_POOL | -   | -    | -   | -    | -   | -   |
Mathematics | 1 | 34  | TOO_FEW_TO_POOL | -   | -    | -   | -    | -   | -   |
Reading     | 6 | 190 | POOLED          | 1.2 | -0.4 | 2.8 | -2.6 | 5.0 | 1.1 |
"""  # noqa: E501
SCHOOLS = """
school_urn | intervention_name | area_of_need | started_count | is_running | dose_rate | delivered_hours | costed_count | cost_to_date_pence | planned_cost_pence | hidden_columns
999001 | Behind Blocks    | Cognition and learning | 14 | yes | 0.84 | 60.5 | 14 | 400000 | 500000 |
999001 | Calm Corner      | Social, emotional and mental health | 11 | yes | 0.42 | 20   | 11 | 150000 | 300000 |
999001 | Paired Pages     | Cognition and learning | 30 | yes | 0.97 | 66   | 30 | 490000 | 500000 |
999001 | Phonics Steps    | Cognition and learning | 21 | yes | 0.95 | 88   | 21 | 800000 | 900000 |
999001 | Small Group Talk | Communication and interaction | -  | yes | -    | -    | -  | -      | -      | cost_to_date_pence,costed_count,delivered_hours,dose_rate,planned_cost_pence,started_count
999001 | Step Ladder      | Cognition and learning | 12 | yes | 0.90 | 40   | 12 | 140000 | 150000 |
999001 | Word Workshop    | Communication and interaction | 10 | no  | 0.70 | 31   | 10 | 200000 | 260000 |
999002 | Phonics Steps    | Cognition and learning | 40 | yes | 0.90 | 170  | 19 | 1545600| 1600000|
999003 | Calm Corner      | Social, emotional and mental health | 14 | yes | -    | -    | 0  | -      | -      |
999003 | Phonics Steps    | Cognition and learning | 10 | yes | 0.88 | 30   | 10 | 100000 | 120000 |
"""  # noqa: E501
SCHOOL_ESTIMATES = """
intervention_name | school_urn | both_scores_count | standing | difference_points | lower_points | upper_points | hidden_columns
Calm Corner   | 999001 | -  | TOO_FEW_PUPILS | -   | -    | -   |
Phonics Steps | 999001 | 19 | SHOWN          | 2.9 | -0.2 | 6.0 |
Phonics Steps | 999002 | 36 | SHOWN          | 3.8 | 1.1  | 6.5 |
Phonics Steps | 999003 | -  | TOO_FEW_PUPILS | -   | -    | -   | both_scores_count,difference_points,lower_points,upper_points
"""  # noqa: E501
YEARS = """
intervention_name | academic_year | schools_count | started_count | both_scores_count | dose_rate | delivered_hours | costed_count | cost_to_date_pence | planned_cost_pence | hidden_columns
Phonics Steps | 2024 | 1 | 20 | 16 | 0.91 | 100 | 20 | 900000  | 950000  |
Phonics Steps | 2025 | 3 | 41 | 33 | 0.94 | 188 | 20 | 1445600 | 1550000 |
Tiny Tutors   | 2025 | 1 | -  | -  | -    | -   | -  | -       | -       | both_scores_count,cost_to_date_pence,costed_count,delivered_hours,dose_rate,planned_cost_pence,started_count
"""  # noqa: E501
STRANDS = """
intervention_name | judgement_asked_count | judged_count | judged_more_count | judged_as_hoped_count | judged_less_count | pupil_asked_count | pupil_answered_count | pupil_positive_count | parent_asked_count | parent_answered_count | parent_positive_count | targets_pupils_count | targets_set_count | targets_scored_pupils_count | targets_scored_count | targets_met_count | goal_pupils_count | goal_attainment_mean | goal_attainment_start_mean | engagement_pupils_count | evidence_strand | evidence_label | evidence_months | evidence_security | evidence_cost | evidence_source | evidence_retrieved | evidence_certainty | hidden_columns
Phonics Steps | 58 | 51 | 20 | 19 | 12 | 58 | 40 | 31 | 58 | 21 | 15 | 30 | 62 | 28 | 55 | 34 | 28 | 52.1 | 37.4 | 0 | PHONICS | Phonics | 5 | 5 | 1 | EEF Toolkit | 2026-08 | READ |
Tiny Tutors   | -  | -  | -  | -  | -  | -  | -  | -  | -  | -  | -  | 0  | 0  | 0  | 0  | 0  | 0  | -    | -    | 0 | - | - | - | - | - | - | - | - | judged_as_hoped_count,judged_count,judged_less_count,judged_more_count,judgement_asked_count,parent_answered_count,parent_asked_count,parent_positive_count,pupil_answered_count,pupil_asked_count,pupil_positive_count
"""  # noqa: E501


def released_impact(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The released tables of impact, by name."""
    whole = {"assessment_name": "Reading Test", "full_dose_rate": 0.8, "baseline_gap_sd": 0.02,
             "delivered_hours": 120.0}  # fmt: skip
    drawn = {
        "mart_impact__domain": DOMAINS,
        "mart_impact__school": SCHOOLS,
        "mart_impact__school_estimate": SCHOOL_ESTIMATES,
        "mart_impact__year": YEARS,
        "mart_impact__strands": STRANDS,
    }
    frames = {name: table(ALL[name], text, data_date=data_date) for name, text in drawn.items()}
    return {"mart_impact__intervention": _beside(data_date, whole), **frames}


def _beside(data_date: dt.date, whole: dict[str, object]) -> pl.DataFrame:
    """The three tables of interventions, drawn apart to be legible, as one."""
    contract, texts = ALL["mart_impact__intervention"], (NUMBERS, JUDGED, ESTIMATES)
    columns: dict[str, list[object]] = {}
    for text in texts:
        named = [name.strip() for name in text.strip().splitlines()[0].split("|")]
        columns |= {name: table(contract, text)[name].to_list() for name in named}
    return table(contract, NUMBERS, data_date=data_date, **{**whole, **columns})
