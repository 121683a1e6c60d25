"""Options, pairs and a curve of the small released trust: every proposal, a pair of each kind, what is hidden."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

OPTIONS = """
intervention_name | assessment_name | subject | outcome_unit | standing | costed_count | cost_to_date_pence | cost_per_pupil_pence | cost_rating | targets_scope_count | targets_pupils_count | targets_set_count | targets_scored_pupils_count | targets_scored_count | targets_met_count | targets_not_scored_count | targets_met_or_not_scored_count | targets_cost_pence | cost_per_target_low_pence | cost_per_target_high_pence | targets_reason | proposal | proposal_rule | hidden_columns
Behind Blocks    | Maths Test   | Mathematics | POINTS | COMPARED | 44 | 1234500 | 28057 | Moderate | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | - | - | - | NO_TARGETS | STOP | BEHIND |
Breakfast Club   | Attendance   | Attendance  | SESSIONS_PER_100 | COMPARED | 36 | 410000 | 11389 | Low | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | - | - | - | NO_TARGETS | CONTINUE | AHEAD |
Calm Corner      | -            | -           | -      | NO_DIFFERENCE | 25 | 304000 | 12160 | Low | 25 | 25 | 44 | 22 | 37 | 26 | 7 | 33 | 6100000 | 184848 | 234615 | - | TOO_EARLY | NOT_MEASURED |
Paired Pages     | Reading Test | Reading     | POINTS | COMPARED | 60 | 980000 | 16333 | Low | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | - | - | - | NO_TARGETS | ADAPT | LEVEL_OUTDONE_WEAK |
Phonics Steps    | Reading Test | Reading     | POINTS | COMPARED | 40 | 2345600 | 58640 | Moderate | 30 | 30 | 62 | 28 | 55 | - | 7 | - | 1200000 | - | - | - | CONTINUE | AHEAD | cost_per_target_high_pence,cost_per_target_low_pence,targets_met_count,targets_met_or_not_scored_count
Tiny Tutors      | Reading Test | Reading     | POINTS | NO_EVIDENCE | - | - | - | - | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | - | - | - | NO_TARGETS | TOO_EARLY | FEW_PUPILS | cost_per_pupil_pence,cost_rating,cost_to_date_pence,costed_count
Word Workshop    | Reading Test | Reading     | POINTS | COMPARED | 30 | 240000 | 8000 | Very low | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | - | - | - | NO_TARGETS | ADAPT | LEVEL |
"""  # noqa: E501 -- a table is read by its columns
PAIRS = """
intervention_name | other_intervention_name | smaller_count | pair_reason | more_points | more_lower_points | more_upper_points | dearer_pence | dearer_lower_pence | dearer_upper_pence | shared_correlation | more_and_cheaper_rate | more_and_dearer_rate | less_and_cheaper_rate | less_and_dearer_rate | better_value_rate | ratio_reason | ratio_pence | ratio_lower_pence | ratio_upper_pence | hidden_columns
Paired Pages  | Phonics Steps | 40 | -          | -3.1 | -6.4 | 0.2  | -42307 | -47000 | -37600 | -0.1 | 0.03 | 0 | 0.97 | 0 | 0.81 | NO_CLEAR_DIFFERENCE | - | - | - |
Paired Pages  | Word Workshop | 30 | SAME_COST  | -0.1 | -3.5 | 3.3  | 0 | 0 | 0 | - | - | - | - | - | 0.5 | - | - | - | - |
Phonics Steps | Word Workshop | 30 | -          | 3.4  | 0.6  | 6.2  | 50640 | 46000 | 55000 | 0.1 | 0 | 0.99 | 0 | 0.01 | 0.19 | GIVEN | 14894 | 8100 | 91000 |
Tiny Tutors   | Word Workshop | 20 | AGES_APART | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - |
"""  # noqa: E501
CURVE = """
intervention_name | other_intervention_name | paid_per_point_pence | smaller_count | better_value_rate | normal_better_value_rate | hidden_columns
Paired Pages  | Phonics Steps | 0     | 40 | 1    | 1    |
Paired Pages  | Phonics Steps | 10000 | 40 | 0.81 | 0.8  |
Paired Pages  | Phonics Steps | 30000 | 40 | 0.16 | 0.15 |
Phonics Steps | Word Workshop | 0     | 30 | 0    | 0    |
Phonics Steps | Word Workshop | 10000 | 30 | 0.19 | 0.2  |
Phonics Steps | Word Workshop | 30000 | 30 | 0.88 | 0.87 |
"""  # noqa: E501


def released_value(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The released tables of cost-effectiveness, by name."""
    measure = {"assessment_name": "Reading Test", "subject": "Reading", "outcome_unit": "POINTS"}
    return {
        name: table(ALL[name], text, data_date=data_date, **more)
        for name, text, more in (
            ("mart_cost_effectiveness__option", OPTIONS, {}),
            ("mart_cost_effectiveness__pair", PAIRS, measure),
            ("mart_cost_effectiveness__curve", CURVE, {}),
        )
    }
