"""Cycles, groups, protocol and waits of the small published trust: each state that a page must show."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

CYCLES = """
pupil_key | school_urn | surname   | forename | nc_year | sen_provision | cycle_number | area_of_need           | assessed_date | planned_date | started_date | review_due_date | reviewed_date | cycle_outcome | cycle_next_step | group_reference | is_latest | stage  | closed_reason | stage_due_date | overdue_days | review_limit_date | unchanged_run_count
P1        | 999001     | Birch     | Bea      | 4       | K             | 1            | Cognition and learning | 2026-02-02    | 2026-02-09   | 2026-02-23   | 2026-05-22      | 2026-05-20    | NOT_MET       | CONTINUE        | G1              | no        | CLOSED | FOLLOWED      | -              | -            | 2026-05-22        | 1
P1        | 999001     | Birch     | Bea      | 4       | K             | 2            | Cognition and learning | 2026-06-08    | 2026-06-15   | 2026-06-22   | 2026-10-02      | -             | -             | -               | G1              | yes       | REVIEW | -             | 2026-10-02     | 49           | 2026-10-02        | 2
P4        | 999001     | Elder     | Eve      | 2       | K             | 1            | -                      | 2026-11-02    | -            | -            | -               | -             | -             | -               | -               | yes       | PLAN   | -             | 2026-11-30     | 0            | -                 | 1
P5        | 999001     | Fir       | Flo      | 3       | K             | 1            | Cognition and learning | 2026-09-07    | 2026-10-05   | 2026-10-12   | 2027-01-08      | -             | -             | -               | -               | yes       | REVIEW | -             | 2027-01-08     | 0            | 2027-01-08        | 1
P2        | 999002     | Cedar     | Cy       | 9       | K             | 1            | -                      | 2026-10-12    | -            | -            | -               | -             | -             | -               | -               | yes       | PLAN   | -             | 2026-11-09     | 11           | -                 | 1
"""  # noqa: E501 -- a table is read by its columns
PUPILS = """
pupil_key | school_urn | surname | forename | nc_year | sen_type | support_start_date | cycles_count | standing | stage  | stage_due_date | overdue_days | unchanged_run_count | is_repeating
P1        | 999001     | Birch   | Bea      | 4       | SLCN     | 2024-09-02         | 2            | OPEN     | REVIEW | 2026-10-02     | 49           | 2                   | yes
P4        | 999001     | Elder   | Eve      | 2       | SPLD     | 2026-10-05         | 1            | OPEN     | PLAN   | 2026-11-30     | 0            | 1                   | no
P5        | 999001     | Fir     | Flo      | 3       | MLD      | 2025-10-05         | 1            | OPEN     | REVIEW | 2027-01-08     | 0            | 1                   | no
P6        | 999001     | Gorse   | Guy      | 6       | -        | 2023-11-06         | 0            | NONE     | ASSESS | -              | -            | -                   | no
P2        | 999002     | Cedar   | Cy       | 9       | -        | -                  | 1            | OPEN     | PLAN   | 2026-11-09     | 11           | 1                   | no
"""  # noqa: E501
CYCLES_BY_SCHOOL = """
school_urn | sen_support_count | open_count | between_count | no_cycle_count | overdue_count | assess_overdue_count | plan_overdue_count | do_overdue_count | review_overdue_count | unchanged_count | cycled_count | pupil_view_count | pupil_view_rate | parent_view_count | parent_view_rate | reviewing_count | reviews_due_count | reviews_in_time_count | reviewed_in_time_rate | hidden_columns
999001     | 48 | 30 | 10 | 8  | 12 | 0 | 5 | 0 | 7  | 6  | 40  | 30 | 0.75 | 25 | 0.62 | 28 | 30 | 21 | 0.70 |
999002     | 84 | -  | -  | 20 | 30 | - | - | 9 | 11 | -  | 64  | 50 | 0.78 | 40 | 0.62 | 50 | 55 | 40 | 0.73 | assess_overdue_count,between_count,open_count,plan_overdue_count,unchanged_count
999003     | 0  | 0  | 0  | 0  | 0  | 0 | 0 | 0 | 0  | 0  | 0   | 0  | -    | 0  | -    | 0  | 0  | 0  | -    |
TRUST      | 132| -  | -  | 28 | 42 | - | - | 9 | 18 | -  | 104 | 80 | 0.77 | 65 | 0.62 | 78 | 85 | 61 | 0.72 | assess_overdue_count,between_count,open_count,plan_overdue_count,unchanged_count
"""  # noqa: E501
END_TESTS = """
pupil_key | school_urn | surname | forename | nc_year | intervention_name | assessment_name | subject     | end_date   | exit_to_date | exit_standing
P1        | 999001     | Birch   | Bea      | 4       | Phonics Steps     | Reading Test    | Reading     | 2026-10-16 | 2026-11-27   | DUE
P4        | 999001     | Elder   | Eve      | 2       | Phonics Steps     | Reading Test    | Reading     | 2026-10-09 | 2026-11-20   | DUE
P5        | 999001     | Fir     | Flo      | 3       | Behind Blocks     | Term Test       | Mathematics | 2026-06-19 | 2026-07-31   | MISSING
P2        | 999002     | Cedar   | Cy       | 9       | Phonics Steps     | Reading Test    | Reading     | 2026-10-16 | 2026-11-27   | DUE
"""  # noqa: E501
GROUPS = """
intervention_key | school_urn | intervention_name | group_reference | start_date | end_date   | pupils_count | due_sessions_count | delivered_sessions_count | last_recorded_date | recording
999001:G1        | 999001     | Phonics Steps     | G1              | 2026-09-14 | 2026-12-11 | 6            | 18                 | 12                       | 2026-10-16         | SILENT
999001:G2        | 999001     | Calm Corner       | G2              | 2026-09-14 | 2026-12-11 | 4            | 18                 | -                        | -                  | NOT_KEPT
999001:G3        | 999001     | Behind Blocks     | G3              | 2026-09-14 | 2026-12-11 | 5            | 18                 | 17                       | 2026-11-19         | RECORDED
999002:G1        | 999002     | Phonics Steps     | G1              | 2026-09-14 | 2026-12-11 | 9            | 18                 | 0                        | -                  | SILENT
"""  # noqa: E501
UNSERVED = """
pupil_key | school_urn | surname | forename | nc_year | sen_provision | subject     | assessment_name | score | assessed_date
P6        | 999001     | Gorse   | Guy      | 6       | K             | Reading     | Reading Test    | 71.5  | 2026-11-09
P7        | 999001     | Hazel   | Hal      | 5       | N             | Mathematics | Maths Test      | 68    | 2026-11-09
"""  # noqa: E501
CHANGES = """
school_urn | intervention_name | pupil_key | surname | forename | academic_year | assessment_name | subject | scale | entry_score | exit_score | missing_reason | reliable_change | needed_points | delivered_sessions_count | attended_sessions_count
999001 | Phonics Steps | P1 | Birch | Bea | 2025 | Reading Test | Reading | STANDARDISED | 78   | 95  | -       | RISEN         | 13.1 | 28 | 26
999001 | Phonics Steps | P4 | Elder | Eve | 2025 | Reading Test | Reading | STANDARDISED | 84   | 80.5| -       | WITHIN_CHANCE | 13.1 | 28 | -
999001 | Phonics Steps | P5 | Fir   | Flo | 2024 | Reading Test | Reading | STANDARDISED | 96   | 82  | -       | FALLEN        | 13.1 | -  | 20
999001 | Phonics Steps | P6 | Gorse | Guy | 2022 | Reading Test | Reading | STANDARDISED | 90   | 92  | -       | WITHIN_CHANCE | 13.1 | 28 | 28
999001 | Calm Corner   | P6 | Gorse | Guy | 2025 | Attendance   | Attendance | ATTENDANCE| 9.5  | 4   | -       | -             | -    | 28 | 28
999001 | Behind Blocks | P5 | Fir   | Flo | 2025 | Term Test    | Mathematics | STANDARDISED | 80 | - | NO_TEST | -             | -    | 28 | 28
"""  # noqa: E501
COMPLIANCE = """
school_urn | academic_year | pupils_count | starts_count | linked_starts_count | baseline_starts_count | baseline_rate | exit_due_starts_count | exit_starts_count | exit_rate | dose_recorded_rate | full_dose_starts_rate | reviewed_rate | hidden_columns
999001 | 2025 | 40 | 52 | 50 | 45 | 0.90 | 50 | 44 | 0.88 | 0.96 | 0.75 | 0.80 |
999002 | 2025 | 30 | 38 | 30 | -  | -    | 30 | 21 | 0.70 | 0.50 | -    | 0.66 | baseline_rate,baseline_starts_count,full_dose_starts_rate
999003 | 2025 | 14 | 14 | 0  | 0  | -    | 0  | 0  | -    | 0    | -    | 0.50 |
TRUST  | 2025 | 84 | 104| 80 | -  | -    | 80 | 65 | 0.81 | 0.70 | -    | 0.70 | baseline_rate,baseline_starts_count,full_dose_starts_rate
TRUST  | 2026 | 60 | 70 | 60 | 33 | 0.55 | 0  | 0  | -    | 0.40 | 0.90 | -    |
"""  # noqa: E501
TIMELINESS = """
school_urn | concern_count | begun_count | mean_wait_days | told_count | slow_count | slow_rate | low_score_count | unserved_count | unserved_rate | hidden_columns
999001     | 44            | 30          | 61.0           | 40         | 10         | 0.25      | 33              | 12             | 0.36          |
999002     | 70            | 41          | 97.0           | 60         | 30         | 0.50      | 50              | -              | -             | unserved_count,unserved_rate
999003     | 0             | 0           | -              | 0          | 0          | -         | 0               | 0              | -             |
TRUST      | 114           | 71          | 82.0           | 100        | 40         | 0.40      | 83              | -              | -             | unserved_count,unserved_rate
"""  # noqa: E501


def released_cycles(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release."""
    dated = {"data_date": data_date}
    return {
        "mart_apdr__cycle": table(ALL["mart_apdr__cycle"], CYCLES),
        "mart_apdr__pupil": table(ALL["mart_apdr__pupil"], PUPILS),
        "mart_apdr__school": table(ALL["mart_apdr__school"], CYCLES_BY_SCHOOL, **dated),
        "mart_interventions__exit": table(ALL["mart_interventions__exit"], END_TESTS),
        "mart_interventions__group": table(ALL["mart_interventions__group"], GROUPS),
        "mart_interventions__unserved": table(ALL["mart_interventions__unserved"], UNSERVED),
        "mart_interventions__compliance": table(ALL["mart_interventions__compliance"], COMPLIANCE, **dated),
        "mart_interventions__timeliness": table(ALL["mart_interventions__timeliness"], TIMELINESS, **dated),
        "mart_impact__pupil": table(ALL["mart_impact__pupil"], CHANGES),
    }
