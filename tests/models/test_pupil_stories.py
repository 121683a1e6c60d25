"""What one pupil received: sessions while in the group, groups of the catalogue only, plans of those on roll."""

from __future__ import annotations

import datetime as dt

from expectations.tables import ALL
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
ON_ROLL = """
pupil_key | school_urn | sen_provision
P1        | 100001     | K
P2        | 100001     | E
P3        | 100001     | N
P4        | 100002     | K
"""
MEMBERS = """
intervention_key | pupil_key | school_urn | start_date | end_date   | attended_sessions_count
100001:G1        | P1        | 100001     | 2026-09-14 | 2026-11-13 | 1
100001:G1        | P2        | 100001     | 2026-09-22 | 2026-12-11 | -
100001:G1        | P3        | 100001     | 2026-09-14 | 2026-12-11 | 3
100001:G1        | P4        | 100001     | 2026-09-14 | 2026-12-11 | 3
100001:G2        | P1        | 100001     | 2026-09-14 | 2026-12-11 | -
100001:G3        | P1        | 100001     | 2026-11-21 | 2026-12-11 | -
100001:G9        | P1        | 100001     | 2026-09-14 | 2026-12-11 | -
"""
DOSE = """
intervention_key | school_urn | intervention_name | start_date | end_date   | pupils_count | delivered_sessions_count | cost_to_date_pence
100001:G1        | 100001     | Phonics           | 2026-09-14 | 2026-12-11 | 4            | 4                        | 12345
100001:G2        | 100001     | Calm              | 2026-09-14 | 2026-12-11 | 1            | -                        | -
100001:G3        | 100001     | Later             | 2026-11-21 | 2026-12-11 | 1            | 0                        | 0
"""  # noqa: E501 -- group G9 is not in the catalogue, so it has no dose
SESSIONS = """
intervention_key | school_urn | session_date | is_delivered
100001:G1        | 100001     | 2026-09-14   | yes
100001:G1        | 100001     | 2026-09-21   | no
100001:G1        | 100001     | 2026-09-22   | yes
100001:G1        | 100001     | 2026-11-13   | yes
100001:G1        | 100001     | 2026-11-20   | yes
100001:G1        | 100001     | 2026-11-21   | yes
"""


def test_sessions_count_while_the_pupil_was_in_the_group() -> None:
    found = fill(
        "mart_interventions__pupil",
        {
            "core_run": RUN,
            "core_intervention_pupils": table(ALL["core_intervention_pupils"], MEMBERS),
            "core_intervention_sessions": table(ALL["core_intervention_sessions"], SESSIONS),
            "model_interventions__group_dose": table(ALL["model_interventions__group_dose"], DOSE),
            "model_pupils__on_roll": table(ALL["model_pupils__on_roll"], ON_ROLL),
        },
    )
    columns = ("pupil_key", "intervention_name", "delivered_sessions_count", "attended_sessions_count",
               "cost_to_date_pence")  # fmt: skip
    assert sorted(found.select(columns).rows(), key=lambda row: row[:2]) == [
        (pupil(1), "Calm", None, None, None),
        (pupil(1), "Phonics", 3, 1, 12345),  # 14 and 22 September, 13 November: both ends count
        (pupil(2), "Phonics", 3, None, 12345),  # from 22 September up to the data date
    ]


def test_a_plan_is_told_while_the_pupil_is_on_roll_with_one() -> None:
    plans = """
    plan_key  | pupil_key | school_urn | academic_year | cost_to_date_pence | unrecorded_pence
    100001:E1 | P2        | 100001     | 2025          | 100                | 0
    100001:E1 | P2        | 100001     | 2026          | -                  | 7
    100001:E2 | P1        | 100001     | 2025          | 200                | 0
    100001:E3 | P4        | 100001     | 2025          | 300                | 0
    """
    found = fill(
        "mart_value_for_money__plan",
        {
            "model_value_for_money__plans": table(ALL["model_value_for_money__plans"], plans),
            "model_pupils__on_roll": table(ALL["model_pupils__on_roll"], ON_ROLL),
        },
    )
    told = found.sort("academic_year").select("pupil_key", "academic_year", "cost_to_date_pence", "unrecorded_pence")
    assert told.rows() == [(pupil(2), 2025, 100, 0), (pupil(2), 2026, None, 7)]
