"""Who is on roll, the register, and how far a school's data can be relied on."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.deliveries import judge_confidence
from models.disclosure import refuse_unreleased, release
from models.pupils import list_register, mart_pupils__school_frame, roll_up
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
ROLL, MART = ALL["model_pupils__on_roll"], ALL["mart_pupils__school"]


def test_status_and_need_are_those_of_the_day_in_that_school() -> None:
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=[pupil(n) for n in range(1, 7)]),
        "core_enrolments": table(
            ALL["core_enrolments"],
            """
            pupil_key | school_urn | entry_date | leaving_date | nc_year
            P1        | 100001     | 2022-09-01 | 2026-11-20   | 4
            P2        | 100001     | 2022-09-01 | 2026-11-19   | 4
            P3        | 100001     | 2026-11-20 | -            | 5
            P4        | 100001     | 2026-11-21 | -            | 5
            P5        | 100001     | 2022-09-01 | -            | 6
            P5        | 100002     | 2026-09-01 | -            | 6
            P6        | 100002     | 2026-09-01 | -            | 1
            """,
        ),
        "core_sen_status": table(
            ALL["core_sen_status"],
            """
            pupil_key | school_urn | sen_provision | start_date | end_date
            P1        | 100001     | K             | 2023-01-01 | 2026-11-20
            P3        | 100001     | K             | 2023-01-01 | 2026-11-19
            P3        | 100001     | E             | 2026-11-20 | -
            P5        | 100001     | K             | 2023-01-01 | -
            P6        | 100002     | K             | 2026-11-21 | -
            """,
        ),
        "core_sen_needs": table(
            ALL["core_sen_needs"],
            """
            pupil_key | school_urn | sen_type | sen_type_rank | start_date
            P1        | 100001     | MLD      | 2             | 2023-01-01
            P1        | 100001     | SLCN     | 1             | 2023-01-01
            P3        | 100001     | ASD      | 1             | 2023-01-01
            P3        | 100001     | SLCN     | 1             | 2025-01-01
            """,
        ),
    }
    made = fill_in_turn(["model_pupils__roll_days", "model_pupils__on_roll"], frames)
    found = made["model_pupils__on_roll"].sort("pupil_key", "school_urn")
    assert found.select("pupil_key", "school_urn", "sen_provision", "sen_type").rows() == [
        (pupil(1), "100001", "K", "SLCN"),
        (pupil(3), "100001", "E", "SLCN"),  # of two first needs the newer
        (pupil(5), "100001", "K", None),
        (pupil(5), "100002", "N", None),
        (pupil(6), "100002", "N", None),
    ]


def test_the_trust_counts_a_child_of_two_schools_once() -> None:
    roll = table(
        ROLL,
        """
        pupil_key | school_urn | sen_provision
        P1        | 100001     | N
        P1        | 100002     | K
        P2        | 100001     | E
        P3        | 100002     | N
        """,
    )
    found = roll_up(roll)
    counts = ["school_urn", "pupils_count", "sen_support_count", "ehc_plan_count", "no_sen_count"]
    assert found.select(counts).rows() == [("100001", 2, 0, 1, 1), ("100002", 2, 1, 0, 1), ("TRUST", 3, 1, 1, 1)]
    assert found["sen_support_rate"].to_list() == pytest.approx([0, 0.5, 1 / 3])
    assert roll_up(pl.concat([roll, roll]).sample(fraction=1, shuffle=True, seed=1)).equals(found)


def test_the_roll_passes_the_door() -> None:
    roll = rows(
        ROLL,
        pupil_key=[pupil(n) for n in range(400)],
        school_urn=[f"10000{n % 4}" for n in range(400)],
        sen_provision=["E" if n % 50 == 0 else "K" if n % 7 == 0 else "N" for n in range(400)],
    )
    released = release(mart_pupils__school_frame(roll, TODAY), MART)
    refuse_unreleased(MART, released)
    assert released.filter(pl.col("school_urn") == "TRUST")["pupils_count"][0] == 400


def test_the_register_lists_pupils_with_sen_only() -> None:
    roll = rows(ROLL, pupil_key=[pupil(n) for n in (1, 2, 3)], sen_provision=["K", "N", "E"])
    people = rows(ALL["core_pupils"], pupil_key=[pupil(n) for n in (1, 2, 3)], surname=["B", "C", "A"])
    found = list_register(roll, people)
    assert find(found, ALL["mart_pupils__register"]) == []
    assert found.select("surname", "sen_provision").rows() == [("A", "E"), ("B", "K")]


@pytest.mark.parametrize(
    ("set_aside", "state", "confidence", "percent"),
    [
        (19, "TAKEN", "GOOD", 2),  # 1.9%
        (20, "TAKEN", "FAIR", 2),
        (19, "REFUSED", "FAIR", 2),
        (19, "HELD", "FAIR", 2),
        (49, "TAKEN", "FAIR", 5),
        (50, "TAKEN", "POOR", 5),
    ],
)
def test_confidence_at_each_threshold(set_aside: int, state: str, confidence: str, percent: int) -> None:
    schools = rows(ALL["core_schools"], school_urn=["100001", "100002"])
    files = rows(
        ALL["core_deliveries"],
        school_urn=["100001", "100001", "TRUST"],
        delivery_key=["a", "b", "c"],
        state=["TAKEN", state, "TAKEN"],
        delivered_date=[dt.date(2026, 11, 1), dt.date(2026, 11, 9), dt.date(2026, 11, 3)],
    )
    balance = rows(
        ALL["model_deliveries__balance"],
        school_urn=["100001"],
        rows_count=1000,
        accepted_rows_count=1000 - set_aside,
        quarantined_rows_count=set_aside,
    )
    found = judge_confidence(schools, files, balance, TODAY)
    assert find(found, ALL["mart_deliveries__confidence"]) == []
    told = found.select("school_urn", "confidence", "set_aside_percent", "files_taken_count").rows()
    taken = 2 if state == "TAKEN" else 1
    assert told == [
        ("100001", confidence, percent, taken),
        ("100002", "NO_DATA", None, 0),
        ("TRUST", confidence, percent, taken + 1),
    ]
    assert found["latest_delivery_date"][0] == dt.date(2026, 11, 9 if state == "TAKEN" else 1)
