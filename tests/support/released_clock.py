"""Invented figures of the statutory clock for the tests of the pages: known, hidden, none, and what is due of whom."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables import ALL
from tests.support.frames import table

BY_SCHOOL = """
school_urn | plans_count | reviewed_plans_count | reviews_due_count | reviews_in_time_count | reviews_in_time_rate | wilson_low_rate | wilson_high_rate | reports_due_count | reports_in_time_count | reports_in_time_rate | decisions_due_count | decisions_in_time_count | decisions_in_time_rate | amended_due_count | amended_in_time_count | amended_in_time_rate | adulthood_due_count | adulthood_covered_count | adulthood_covered_rate | overdue_reviews_count | due_soon_count | open_requests_count | open_late_count | transfers_count | transfers_unreviewed_count | transfers_late_count | hidden_columns
999001 | 31 | 30 | 30 | 22 | 0.73 | 0.56 | 0.86 | 28 | 23 | 0.82 | 28 | 12 | 0.43 | 10 | 5 | 0.5 | 0 | 0 | - | 6 | 9 | 0 | 0 | 8 | 8 | 0 |
999002 | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | - | plans_count,reviewed_plans_count,reviews_due_count,reviews_in_time_count,reviews_in_time_rate,wilson_low_rate,wilson_high_rate,reports_due_count,reports_in_time_count,reports_in_time_rate,decisions_due_count,decisions_in_time_count,decisions_in_time_rate,amended_due_count,amended_in_time_count,amended_in_time_rate,adulthood_due_count,adulthood_covered_count,adulthood_covered_rate,overdue_reviews_count,due_soon_count,open_requests_count,open_late_count,transfers_count,transfers_unreviewed_count,transfers_late_count
999003 | 90 | 88 | 86 | 80 | 0.93 | 0.86 | 0.97 | 86 | 78 | 0.91 | 86 | 60 | 0.7 | 20 | 10 | 0.5 | 40 | 32 | 0.8 | 0 | 20 | 0 | 0 | 12 | 0 | 0 |
TRUST  | 125 | 120 | 120 | 105 | 0.88 | 0.81 | 0.92 | 118 | 104 | 0.88 | 118 | 75 | 0.64 | 32 | 16 | 0.5 | 45 | 36 | 0.8 | 8 | 30 | 14 | 5 | 22 | 9 | 0 |
"""  # noqa: E501
YEARS = """
calendar_year | issued_count | exception_count | regular_count | issued_in_time_count | exception_in_time_count | regular_in_time_count | issued_in_time_rate | regular_in_time_rate | decided_count | decided_in_time_count | decided_in_time_rate | caseload_count | hidden_columns
2024 | 30 | 6 | 24 | 12 | 0 | 12 | 0.4 | 0.5 | 40 | 34 | 0.85 | 110 |
2025 | 36 | - | -  | 15 | 0 | 15 | 0.42 | - | 44 | 38 | 0.86 | 118 | exception_count,regular_count,regular_in_time_rate
"""  # noqa: E501
CURVE = """
elapsed_weeks | cases_count | issued_rate | hidden_columns
0  | 90 | 0    |
16 | 90 | -    |
20 | 90 | 0.44 |
24 | 90 | 0.61 |
28 | 90 | -    | issued_rate
"""
FORECAST = """
cases_count | by_20_rate | expected_rate | expected_low_rate | expected_high_rate | next_caseload_count | next_caseload_low_count | next_caseload_high_count | hidden_columns
90 | 0.44 | 0.5 | 0.31 | 0.7 | 130 | 124 | 136 |
"""  # noqa: E501
PUBLISHED = """
measure | area | period | value | unit | publication | method_version | licence | data_rule
Final plans issued within 20 weeks, exceptions left out | England | 2024 | 46.4 | per cent | DfE, reporting year 2025 | SEN2 person level return | OGL | -
Final plans issued within 20 weeks, exceptions left out | England | 2021 | 59.9 | per cent | DfE, reporting year 2025 | SEN2 aggregate return | OGL | -
Review decisions within 4 weeks of the meeting | England | 2024 | 44.4 | per cent | DfE, reporting year 2025 | SEN2 person level return | OGL | -
Review decisions within 4 weeks of the meeting | Elsewhere | 2024 | 70.3 | per cent | DfE, reporting year 2025 | SEN2 person level return | OGL | -
Review decisions outstanding | Elsewhere | 2024 | - | decisions | DfE, reporting year 2025 | SEN2 person level return | OGL | NEGATIVE_COUNT
"""  # noqa: E501
DUE = """
item_key | pupil_key | school_urn | surname | forename | nc_year | plan_reference | request_date | kind | step | owed_by | due_date | left_days | is_exception | is_from_year_9 | data_rule
a | P1 | 999001 | Birch  | Bea | 4  | EHCP-004 | - | REVIEW   | HOLD_REVIEW     | SCHOOL    | 2026-11-11 | -9 | -   | no | -
b | P3 | 999001 | Elder  | Eve | 2  | EHCP-007 | - | REVIEW   | SEND_REPORT     | SCHOOL    | 2026-11-20 | 0  | -   | no | -
c | P4 | 999001 | Gorse  | Guy | 6  | EHCP-009 | - | REVIEW   | ENTER_REVIEW    | SCHOOL    | 2027-01-10 | 51 | -   | no | -
d | P4 | 999001 | Gorse  | Guy | 6  | EHCP-009 | - | REVIEW   | DECIDE          | AUTHORITY | 2026-11-13 | -7 | -   | no | -
e | P5 | 999001 | Hazel  | Hal | 3  | -        | 2026-06-01 | REQUEST | FINAL_PLAN | AUTHORITY | 2026-10-19 | -32 | yes | no | -
f | P1 | 999001 | Birch  | Bea | 4  | EHCP-004 | - | CHECK    | CHECK           | SCHOOL    | -          | -  | -   | no | TWO_ACTIVE_PLANS
g | P9 | 999002 | Cedar  | Cy  | 9  | EHCP-001 | - | REVIEW   | HOLD_REVIEW     | SCHOOL    | 2026-12-10 | 20 | -   | yes | -
"""  # noqa: E501
REVIEWS = """
plan_key | pupil_key | school_urn | surname | forename | nc_year | review_number | due_date | due_rule | is_in_tracker | is_held | is_live | meeting_date | meeting_late_days | papers_late_days | report_late_days | decision_late_days | amended_late_days | is_from_year_9 | is_adulthood_covered
999001:EHCP-009 | P4 | 999001 | Gorse | Guy | 6 | 2 | 2026-10-20 | DECISION | yes | yes | yes | 2026-10-16 | 0 | 3 | 0 | 7 | - | no | -
999002:EHCP-001 | P9 | 999002 | Cedar | Cy | 9 | 1 | 2026-03-20 | DECISION | yes | yes | yes | 2026-03-16 | 0 | 0 | 0 | 0 | - | yes | yes
"""  # noqa: E501
TRANSFERS = """
plan_key | pupil_key | school_urn | surname | forename | nc_year | transfer_stage | is_move_certain | transfer_due_date | review_by_date | meeting_date | transfer_standing | transfer_late_days | owed_by
999001:EHCP-009 | P4 | 999001 | Gorse | Guy | 6 | SCHOOL | yes | 2027-02-14 | 2026-11-22 | - | REVIEW | - | SCHOOL
"""  # noqa: E501


def released_clock(data_date: dt.date) -> dict[str, pl.DataFrame]:
    """The marts by name, as they stand in the release."""
    dated = {"data_date": data_date}
    return {
        "mart_ehc_clock__school": table(ALL["mart_ehc_clock__school"], BY_SCHOOL, **dated),
        "mart_ehc_clock__year": table(ALL["mart_ehc_clock__year"], YEARS),
        "mart_ehc_clock__curve": table(ALL["mart_ehc_clock__curve"], CURVE),
        "mart_ehc_clock__forecast": table(ALL["mart_ehc_clock__forecast"], FORECAST, **dated),
        "mart_ehc_clock__benchmarks": table(ALL["mart_ehc_clock__benchmarks"], PUBLISHED),
        "mart_ehc_clock__due": table(ALL["mart_ehc_clock__due"], DUE),
        "mart_ehc_clock__review": table(ALL["mart_ehc_clock__review"], REVIEWS),
        "mart_ehc_clock__transfer": table(ALL["mart_ehc_clock__transfer"], TRANSFERS),
    }
