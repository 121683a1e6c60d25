"""Released figures of EHC plans, and the SENCO's lists of them, for a small fictional trust."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

OUTCOMES = """
school_urn | ehc_plan_count | with_outcomes_count | with_outcomes_rate | with_milestones_count | with_milestones_rate | with_evidence_count | with_evidence_rate | outcomes_count | met_outcomes_count | on_track_outcomes_count | unbacked_outcomes_count | off_track_outcomes_count | no_evidence_outcomes_count | overdue_pupils_count | overdue_milestones_count | compared_pupils_count | compared_outcomes_count | improved_outcomes_count | held_outcomes_count | worse_outcomes_count | tracker_use | hidden_columns
999001 | 31 | 31 | 1.0 | 24 | 0.77 | 20 | 0.65 | 60 | 15 | 18 | 9 | 8 | 10 | 9 | 14 | 20 | 30 | 14 | 10 | 6 | MOSTLY |
999002 | -  | -  | -   | -  | -    | -  | -    | -  | -  | -  | - | - | -  | - | -  | -  | -  | -  | -  | - | -      | compared_outcomes_count,compared_pupils_count,ehc_plan_count,held_outcomes_count,improved_outcomes_count,met_outcomes_count,no_evidence_outcomes_count,off_track_outcomes_count,on_track_outcomes_count,outcomes_count,overdue_milestones_count,overdue_pupils_count,unbacked_outcomes_count,with_evidence_count,with_evidence_rate,with_milestones_count,with_milestones_rate,with_outcomes_count,with_outcomes_rate,worse_outcomes_count
999003 | 90 | 80 | 0.89 | 0 | 0 | 60 | 0.67 | 200 | 60 | 80 | 20 | 20 | 20 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | NOT |
TRUST  | 123| -  | -   | 24 | 0.2  | -  | -    | -  | -  | -  | -  | -  | -  | 9 | 14 | 20 | 30 | 14 | 10 | 6 | HARDLY | met_outcomes_count,no_evidence_outcomes_count,off_track_outcomes_count,on_track_outcomes_count,outcomes_count,unbacked_outcomes_count,with_evidence_count,with_evidence_rate,with_outcomes_count,with_outcomes_rate
"""  # noqa: E501
AREAS = """
area_kind | outcome_area | area_pupils_count | outcomes_count | met_outcomes_count | on_track_outcomes_count | unbacked_outcomes_count | off_track_outcomes_count | no_evidence_outcomes_count | hidden_columns
NEED      | Cognition and learning | 60 | 90 | 30 | 30 | 10 | 10 | 10 |
NEED      | Not stated             | 40 | 60 | 15 | 25 | -  | -  | 7  | off_track_outcomes_count,unbacked_outcomes_count
ADULTHOOD | Employment             | 20 | 24 | 6  | 6  | 6  | 6  | 0  |
"""  # noqa: E501
DELIVERY = """
school_urn | academic_year | plans_count | behind_plans_count | delivered_rate | support_delivered_rate | specialist_delivered_rate | promised_hours | due_hours | delivered_hours | shortfall_hours | behind_since_year | specialist_behind_since_year | hidden_columns
999001 | 2025 | 31 | 12 | 0.93 | 0.96 | 0.71 | 9000 | 8800 | 8200 | 700 | -    | 2024 |
999001 | 2026 | 30 | 14 | 0.87 | 0.92 | 0.58 | 8800 | 2200 | 1914 | 300 | 2026 | 2024 |
999002 | 2026 | -  | -  | -    | -    | -    | -    | -    | -    | -   | -    | -    | behind_plans_count,delivered_hours,delivered_rate,due_hours,plans_count,promised_hours,shortfall_hours,specialist_delivered_rate,support_delivered_rate
999003 | 2026 | 90 | 0  | 0.97 | 0.98 | 0.95 | 90000| 22500| 21900| 650 | -    | -    |
TRUST  | 2025 | 124| 60 | 0.92 | 0.95 | 0.72 | 99000| 97000| 90000| 8000| -    | 2024 |
TRUST  | 2026 | 123| -  | 0.90 | 0.95 | 0.70 | 99500| 24900| 23900| 1000| -    | 2024 | behind_plans_count
"""  # noqa: E501
TYPES = """
provision_group | is_specialist | type_plans_count | behind_plans_count | delivered_rate | due_hours | delivered_hours | shortfall_hours | behind_since_year | recorded_since_year | hidden_columns
SPEECH_LANGUAGE | yes | 40  | 30 | 0.61 | 300   | 183   | 117 | 2024 | 2023 |
PHYSIOTHERAPY   | yes | -   | -  | -    | -     | -     | -   | -    | -    | behind_plans_count,delivered_hours,delivered_rate,due_hours,shortfall_hours,type_plans_count
CLASS_SUPPORT   | no  | 110 | 20 | 0.96 | 24000 | 23040 | 960 | -    | 2023 |
"""  # noqa: E501
_PUPILS = """
plan_key     | school_urn | pupil_key | surname | forename | nc_year"""
PLAN_OUTCOMES = (
    _PUPILS
    + """ | outcome_number | area_of_need | preparation_area | is_from_year_9 | due_date | status | evidence_date | milestones_count | met_milestones_count | overdue_milestones_count | next_milestone_date | standing | standing_reason | is_current | review_change | change_basis | next_step | active_plans_count | has_plan_on_register
999001:E1    | 999001     | P1 | Birch | Bea | 4  | 1 | Cognition and learning | -          | no  | 2027-03-20 | On track    | 2026-05-04 | 2 | 1 | 1 | 2026-11-02 | UNBACKED    | MILESTONE_OVERDUE | yes | IMPROVED | MILESTONES | CHASE_MILESTONE | 2 | yes
999001:E1    | 999001     | P1 | Birch | Bea | 4  | 2 | -                      | -          | no  | 2026-10-12 | No evidence | -          | 0 | 0 | 0 | -          | NO_EVIDENCE | SAID              | yes | -        | -          | SETTLE          | 2 | yes
999001:E1    | 999001     | P1 | Birch | Bea | 4  | 3 | Cognition and learning | -          | no  | 2024-07-18 | Met         | 2024-07-01 | 0 | 0 | 0 | -          | MET         | SAID              | no  | -        | -          | NONE            | 2 | yes
999002:E9    | 999002     | P3 | Cedar | Cy  | 11 | 1 | Cognition and learning | Employment | yes | 2027-07-18 | On track    | 2026-11-02 | 1 | 0 | 0 | 2027-07-18 | ON_TRACK    | SAID              | yes | HELD     | RECORDED   | NEXT_MILESTONE  | 1 | no
"""  # noqa: E501
)
MILESTONES = (
    _PUPILS
    + """ | area_of_need | outcome_number | milestone_number | target_date | milestone_status | evidence_date | evidence_kind | is_overdue | overdue_days | is_before_plan
999001:E1    | 999001     | P1 | Birch | Bea | 4  | Cognition and learning | 1 | 1 | 2026-05-08 | Met         | 2026-05-04 | Observation | no  | 0  | no
999001:E1    | 999001     | P1 | Birch | Bea | 4  | Cognition and learning | 1 | 2 | 2026-11-02 | Under way   | -          | -           | yes | 18 | no
999002:E9    | 999002     | P3 | Cedar | Cy  | 11 | Cognition and learning | 1 | 1 | 2019-07-18 | Not started | -          | -           | no  | 0  | yes
"""  # noqa: E501
)
LINES = (
    _PUPILS
    + """ | line_number | provision_type | provision_group | is_specialist | hours_per_week | planned_sessions_count | elapsed_rate | due_sessions_count | delivered_sessions_count | shortfall_sessions_count | promised_hours | due_hours | delivered_hours | shortfall_hours | delivery_state | behind_since_year
999001:E1    | 999001     | P1 | Birch | Bea | 4  | 1 | In-class support            | CLASS_SUPPORT   | no  | 20  | 190 | 0.25 | 47.5 | 44 | 3 | 760 | 190  | 176 | 14  | ON_PLAN      | -
999001:E1    | 999001     | P1 | Birch | Bea | 4  | 2 | Speech and language therapy | SPEECH_LANGUAGE | yes | 0.5 | 30  | 0.25 | 7.5  | 0  | 7 | 15  | 3.75 | 0   | 3.75| BEHIND       | 2024
999001:E1    | 999001     | P1 | Birch | Bea | 4  | 3 | Mentoring                   | MENTORING       | no  | 1   | 38  | 0.25 | 9.5  | -  | - | 38  | 9.5  | -   | -   | NOT_RECORDED | -
999002:E9    | 999002     | P3 | Cedar | Cy  | 11 | 1 | Mentoring                   | MENTORING       | no  | 1   | 38  | 0.25 | 9.5  | 8  | 1 | 38  | 9.5  | 8   | 1.5 | BEHIND       | 2026
"""  # noqa: E501
)


def released_plans(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release."""
    dated = {"data_date": data_date}
    return {
        "mart_ehc_outcomes__school": table(ALL["mart_ehc_outcomes__school"], OUTCOMES, **dated),
        "mart_ehc_outcomes__area": table(ALL["mart_ehc_outcomes__area"], AREAS, **dated),
        "mart_ehc_delivery__school": table(ALL["mart_ehc_delivery__school"], DELIVERY, **dated),
        "mart_ehc_delivery__type": table(ALL["mart_ehc_delivery__type"], TYPES, academic_year=2026, **dated),
        "mart_ehc_outcomes__plan": table(ALL["mart_ehc_outcomes__plan"], PLAN_OUTCOMES),
        "mart_ehc_outcomes__milestone": table(ALL["mart_ehc_outcomes__milestone"], MILESTONES),
        "mart_ehc_delivery__line": table(ALL["mart_ehc_delivery__line"], LINES, academic_year=2026),
    }
