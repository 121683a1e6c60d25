"""Leavers, calls and moves of the small published trust: each state that a page must show."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

SCHOOL = """
school_urn | leaver_stage | sen_group | leavers_count | sustained_count | not_sustained_count | unknown_count | sustained_low_rate | sustained_high_rate | wilson_low_rate | wilson_high_rate | september_count | september_rate | intended_count | no_answer_count | lapsed_count | not_listed_count | never_contacted_count | later_leavers_count | later_positive_count | later_negative_count | later_unknown_count | later_low_rate | later_high_rate | trend | small_number_rule | is_band_first | hidden_columns
999001 | Year 6  | All leavers | 90 | 84 | -  | -  | 0.93 | -      | 0.86 | 0.97 | 87 | 0.97 | 85 | - | - | - | - | 60 | 48 | -  | - | 0.8 | -    | TOO_FEW | RATE  | no  | later_high_rate,later_negative_count,later_unknown_count,not_sustained_count,sustained_high_rate,unknown_count
999001 | Year 6  | EHC plan    | 8  | -  | -  | -  | -    | -      | -    | -    | -  | -    | -  | - | - | - | - | -  | -  | -  | - | -   | -    | -       | WORDS | no  | not_sustained_count,sustained_count,unknown_count
999002 | Year 11 | All leavers | 28 | 22 | -  | -  | 0.79 | -      | 0.6  | 0.9  | -  | -    | -  | - | - | - | - | 0  | 0  | 0  | 0 | -   | -    | TOO_FEW | RATE  | no  | intended_count,not_sustained_count,september_count,september_rate,sustained_high_rate,unknown_count
999003 | Special school leaver | All leavers | 5 | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | TOO_FEW | NOTHING | no | not_sustained_count,sustained_count,unknown_count
TRUST  | Year 6  | All leavers | 120| 98 | 10 | 12 | 0.82 | 0.92   | 0.74 | 0.88 | 114| 0.95 | 110| 7 | 0 | 0 | 5 | 80 | 60 | 8  | 12| 0.75 | 0.9  | TOO_FEW | RATE  | no  |
TRUST  | Year 11 | All leavers | 58 | 44 | 6  | 8  | 0.76 | 0.9    | 0.63 | 0.85 | 53 | 0.91 | 55 | - | - | - | - | 40 | 29 | 5  | 6 | 0.73 | 0.88 | FALLING | RATE  | yes | lapsed_count,never_contacted_count,no_answer_count,not_listed_count
TRUST  | Year 11 | EHC plan    | 12 | 6  | -  | -  | 0.5  | -      | 0.25 | 0.75 | -  | -    | -  | - | - | - | - | -  | -  | -  | - | -   | -    | -       | RATE  | yes | not_sustained_count,sustained_high_rate,unknown_count
TRUST  | Special school leaver | All leavers | 24 | 15 | - | - | 0.63 | - | 0.43 | 0.79 | 18 | 0.75 | 22 | - | - | - | - | 14 | 9 | - | - | 0.64 | - | TOO_FEW | RATE | no | later_high_rate,later_negative_count,later_unknown_count,not_sustained_count,sustained_high_rate,unknown_count
"""  # noqa: E501 -- a table is read by its columns
ROUTES = """
leaver_stage | sustained_outcome | route | route_leavers_count | hidden_columns
Special school leaver | SUSTAINED | Supported internship | - | route_leavers_count
Special school leaver | SUSTAINED | Special school or specialist college | 10 |
Special school leaver | SUSTAINED | College or university | - | route_leavers_count
Year 11 | SUSTAINED | School or sixth form | 44 |
"""
COMPARED = """
school_urn | leaver_stage | sen_group | comparison | verdict | own_rate | other_rate | difference_rate | difference_low_rate | difference_high_rate | series_code | series_period
999002 | Year 11 | All leavers | NATIONAL | UNTRACED | 0.79 | 0.941 | -0.16 | - | - | KS4_WITH_NCCIS | 2020/21
TRUST  | Year 11 | All leavers | NATIONAL | BELOW    | 0.76 | 0.941 | -0.18 | - | - | KS4_WITH_NCCIS | 2020/21
TRUST  | Year 11 | SEN         | NO_SEN   | WITHIN_CHANCE | 0.71 | 0.78 | -0.07 | -0.2 | 0.05 | - | -
"""  # noqa: E501
CALLS = """
pupil_key | school_urn | leaving_date | surname | forename | academic_year | leaver_stage | call_point | point_state | is_contradicted | intended_label | last_label | last_contact_date | contact_age_days | call_due_date | overdue_days | call_whom
P50 | 999001 | 2026-07-17 | Yew    | Yan | 2025 | Year 6 | SEPTEMBER | NO_ANSWER | no | Mainstream secondary school | - | 2026-09-20 | 61 | 2026-10-04 | 47 | INTENDED_PLACE
P51 | 999001 | 2026-07-17 | Alder  | Abe | 2025 | Year 6 | SEPTEMBER | NO_ANSWER | no | - | - | 2026-11-12 | 8 | 2026-11-26 | 0 | FAMILY
P52 | 999001 | 2026-07-17 | Rowan  | Ro  | 2025 | Year 6 | TWO_TERMS | KNOWN | no | Mainstream secondary school | Mainstream secondary school | 2026-09-10 | 71 | 2027-03-31 | 0 | LAST_PLACE
P53 | 999002 | 2024-06-26 | Larch  | Lee | 2023 | Year 11 | TWO_YEARS | LAPSED | no | - | Full-time education - further education | - | - | 2026-09-30 | 51 | LAST_PLACE
P54 | 999002 | 2025-06-26 | Maple  | May | 2024 | Year 11 | TWO_TERMS | KNOWN | yes | - | Apprenticeship | 2026-03-10 | 255 | 2026-03-31 | 234 | LAST_PLACE
"""  # noqa: E501
BACKGROUND = """
surname | forename | pupil_key | school_urn | leaving_date | academic_year | leaver_stage | sen_type | has_sen | has_ehc_plan | sustained_outcome | destination_category | outcomes_due_count | outcomes_met_count | interventions_count | ahead_count | behind_count
Larch | Lee | P53 | 999002 | 2024-06-26 | 2023 | Year 11 | SEMH | yes | yes | SUSTAINED     | Education | 4 | 3 | 2 | 1 | 0
Maple | May | P54 | 999002 | 2025-06-26 | 2024 | Year 11 | -    | yes | no  | NOT_SUSTAINED | NEET      | 0 | 0 | 0 | 0 | 0
"""  # noqa: E501
MOVES = """
school_urn | move_group | pupil_years_count | moves_count | moves_per_100_years | low_per_100_years | high_per_100_years | other_school_count | special_school_count | alternative_provision_count | home_education_count | elsewhere_count | not_known_count | hidden_columns
999001 | All pupils | 850  | 30 | 3.5 | 2.4 | 5.0 | -  | - | - | - | - | - |
999001 | SEN        | 210  | 12 | 5.7 | 3.0 | 10.0 | - | - | - | - | - | - |
999001 | No SEN     | 640  | 18 | 2.8 | 1.7 | 4.4 | -  | - | - | - | - | - |
999002 | All pupils | 1700 | -  | -   | -   | -   | -  | - | - | - | - | - | high_per_100_years,low_per_100_years,moves_count,moves_per_100_years
TRUST  | All pupils | 2800 | 61 | 2.2 | 1.7 | 2.8 | 38 | - | - | 9 | 0 | 6 | alternative_provision_count,special_school_count
TRUST  | SEN        | 700  | 25 | 3.6 | 2.3 | 5.3 | 12 | - | - | 7 | 0 | 0 | alternative_provision_count,special_school_count
TRUST  | No SEN     | 2100 | 36 | 1.7 | 1.2 | 2.4 | 26 | - | - | - | 0 | 6 | alternative_provision_count,home_education_count,special_school_count
"""  # noqa: E501
MOVED = """
surname | forename | pupil_key | school_urn | leaving_date | nc_year | sen_provision | move_type
Willow | Wes | P60 | 999001 | 2026-02-13 | 4 | K | HOME_EDUCATION
Teak   | Tia | P61 | 999002 | 2025-11-07 | 9 | N | NOT_KNOWN
"""


def released_leavers(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts of leavers and moves by name."""
    dated = {"data_date": data_date}
    years = {"first_academic_year": 2022, "last_academic_year": 2024}
    return {
        "mart_destinations__school": table(ALL["mart_destinations__school"], SCHOOL, **years, **dated),
        "mart_destinations__route": table(ALL["mart_destinations__route"], ROUTES),
        "mart_destinations__compared": table(ALL["mart_destinations__compared"], COMPARED),
        "mart_destinations__call": table(ALL["mart_destinations__call"], CALLS),
        "mart_destinations__background": table(ALL["mart_destinations__background"], BACKGROUND),
        "mart_moves__school": table(ALL["mart_moves__school"], MOVES, **dated),
        "mart_moves__pupil": table(ALL["mart_moves__pupil"], MOVED),
    }
