"""Shares, rates and ranges of who is here: hand answers, thresholds, a plain twin, and what the door lets out."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models.disclosure import refuse_unreleased, release
from models.inclusion import Absence, base_of, extra_sessions, sum_schools
from models.inclusion_lists import count_now, list_access, list_pupils, sum_curriculum, sum_subjects
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
MART = ALL["mart_inclusion__school"]
YEAR = 365.25


def attended(*parts: tuple[int, str, str, int, int]) -> pl.DataFrame:
    """(pupil, school, status, possible, absent) of this year."""
    names = ("pupil_key", "school_urn", "sen_provision", "possible_sessions_count", "absent_sessions_count")
    columns: dict[str, Any] = {name: [part[place] for part in parts] for place, name in enumerate(names)}
    columns["pupil_key"] = [pupil(number) for number in columns["pupil_key"]]
    return rows(ALL["model_inclusion__attendance"], academic_year=2026, is_latest=True, is_last_status=True, **columns)


def on_roll(**counts: int) -> pl.DataFrame:
    return pl.DataFrame({"school_urn": list(counts), "pupils_count": list(counts.values())}).with_columns(
        pl.col("school_urn").str.strip_prefix("u")
    )


def days(*parts: tuple[str, bool, str, int]) -> pl.DataFrame:
    names = ("school_urn", "is_latest", "sen_provision", "roll_days")
    table_ = ALL["model_inclusion__roll_days"]
    return rows(table_, **{name: [part[place] for part in parts] for place, name in enumerate(names)})


def held(*parts: tuple[int, str, str, int, int]) -> pl.DataFrame:
    """(pupil, school, status, suspensions, half-days lost) of the last twelve months."""
    columns: dict[str, Any] = {
        "pupil_key": [pupil(part[0]) for part in parts], "school_urn": [part[1] for part in parts],
        "sen_provision": [part[2] for part in parts], "suspensions_count": [part[3] for part in parts],
        "lost_sessions_count": [part[4] for part in parts],
    }  # fmt: skip
    return rows(ALL["model_inclusion__suspensions"], is_latest=True, exclusions_count=0, **columns)


NO_DAYS = rows(ALL["model_inclusion__roll_days"]).clear()
NOBODY_HELD = rows(ALL["model_inclusion__suspensions"]).clear()


def made(attendance: pl.DataFrame, roll_days: pl.DataFrame = NO_DAYS, suspended: pl.DataFrame = NOBODY_HELD,
         **counts: int) -> dict[tuple[str, str], dict[str, Any]]:  # fmt: skip
    frame = sum_schools(attendance, roll_days, suspended, on_roll(**(counts or {"u100001": 60, "TRUST": 60})), TODAY)
    return {(row["school_urn"], row["sen_group"]): row for row in frame.to_dicts()}


def many(school: str, status: str, absent: list[int], first: int = 1) -> list[tuple[int, str, str, int, int]]:
    return [(first + place, school, status, 70, missed) for place, missed in enumerate(absent)]


def test_a_tenth_and_a_half_are_counted_from_exactly_there() -> None:
    rows_ = many("100001", "K", [6, 7, 34, 35, 0, 0, 0, 0, 0, 0])
    row = made(attended(*rows_))["100001", "SEN support"]
    assert row["persistent_rate"] == 0.3
    assert row["severe_rate"] == 0.1
    assert row["absence_rate"] == pytest.approx(82 / 700)


def test_half_days_beyond_last_year_to_the_nearest_ten() -> None:
    """31 pupils of 70 half-days: 7.9% against 6.6% are 28.2 more; told as 30."""
    now, before = Absence(2170, 171, 31, 0, 0), Absence(2170, 143, 31, 0, 0)
    assert extra_sessions(now, before) == 30
    assert extra_sessions(before, now) == -30
    assert extra_sessions(Absence(2170, 147, 31, 0, 0), before) == 0
    assert extra_sessions(Absence(2170, 148, 31, 0, 0), before) == 10
    assert extra_sessions(now, Absence(0, 0, 0, 0, 0)) is None


@pytest.mark.parametrize(("plans", "together"), [(0, False), (9, True), (10, False)])
def test_apart_where_both_are_ten_else_together(plans: int, together: bool) -> None:
    given_ = many("100001", "K", [7] * 12) + many("100001", "E", [0] * plans, 100)
    found = made(attended(*given_))
    assert (found["100001", "SEN"]["absence_rate"] is not None) is together
    assert (found["100001", "SEN support"]["absence_rate"] is None) is together
    assert found["TRUST", "SEN"]["absence_rate"] is None, "the trust tells them apart"
    assert found["TRUST", "SEN support"]["absence_rate"] == pytest.approx(0.1)


def test_suspensions_over_person_time_with_the_exact_range() -> None:
    """Twelve in 200 pupil-years are 6.0 for each 100, from 3.1 to 10.5 (Garwood); 30 half-days are 15 days."""
    roll = days(("100001", True, "K", round(200 * YEAR)), ("100001", False, "K", round(100 * YEAR)))
    suspended = held(*((number, "100001", "K", 2, 5) for number in range(1, 7)))
    row = made(attended(*many("100001", "K", [0] * 20)), roll, suspended)["100001", "SEN support"]
    assert row["suspensions_per_100_years"] == pytest.approx(6.0)
    assert row["suspensions_low_per_100_years"] == pytest.approx(3.1003, abs=1e-4)
    assert row["suspensions_high_per_100_years"] == pytest.approx(10.4808, abs=1e-4)
    assert row["lost_days_per_100_years"] == pytest.approx(7.5)
    assert row["before_suspensions_per_100_years"] == 0
    assert row["suspension_base_count"] == 200


@pytest.mark.parametrize(("pupils", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_rate_that_points_at_one_to_four_pupils_is_hidden(pupils: int, is_shown: bool) -> None:
    roll = days(("100001", True, "K", round(20 * YEAR)))
    suspended = held(*((number, "100001", "K", 3, 5) for number in range(pupils)))
    frame = sum_schools(attended(*many("100001", "K", [0] * 20)), roll, suspended if pupils else NOBODY_HELD,
                        on_roll(u100001=60), TODAY)  # fmt: skip
    leader = rows(ALL["mart_pupils__school"], school_urn="100001", pupils_count=60, hidden_columns="")
    row = (
        release(frame, MART, leaders={ALL["mart_pupils__school"]: leader}).filter(sen_group="SEN support").to_dicts()[0]
    )
    for name in ("suspensions_per_100_years", "suspensions_low_per_100_years", "lost_days_per_100_years"):
        assert (row[name] is not None) is is_shown
        assert (name in row["hidden_columns"]) is not is_shown


def test_nothing_is_told_below_ten_pupils() -> None:
    leader = rows(ALL["mart_pupils__school"], school_urn="100001", pupils_count=60, hidden_columns="")
    for size, is_shown in ((9, False), (10, True)):
        frame = sum_schools(
            attended(*many("100001", "E", [7] * size)), NO_DAYS, NOBODY_HELD, on_roll(u100001=60), TODAY
        )
        shown = release(frame, MART, leaders={ALL["mart_pupils__school"]: leader})
        assert (shown["absence_rate"].drop_nulls().len() == 1) is is_shown


@pytest.mark.parametrize(("only_persistent", "base"), [(0, 30), (1, 0), (4, 0), (5, 30)])
def test_severe_absence_is_hidden_where_few_are_persistently_absent_only(only_persistent: int, base: int) -> None:
    absent = [35] * 6 + [7] * only_persistent
    row = made(attended(*many("100001", "K", absent + [0] * (30 - len(absent)))))["100001", "SEN support"]
    assert row["severe_base_count"] == base
    assert row["persistent_base_count"] == 30


@pytest.mark.parametrize(("pupils", "counted", "base"), [(20, 0, 20), (20, 1, 0), (20, 4, 0), (20, 5, 20), (20, 15, 20),
                                                         (20, 16, 0), (20, 20, 20)])  # fmt: skip
def test_the_base_is_none_where_few_are_pointed_at(pupils: int, counted: int, base: int) -> None:
    assert base_of(pupils, counted) == base


@st.composite
def _worlds(draw: st.DrawFn) -> list[tuple[int, str, str, int, int]]:
    parts = []
    for number in range(draw(st.integers(5, 60))):
        school, status = draw(st.sampled_from(("100001", "100002", "100003"))), draw(st.sampled_from("NKE"))
        possible = draw(st.integers(1, 70))
        parts.append((number, school, status, possible, draw(st.integers(0, possible))))
    return parts


@given(_worlds())
@settings(max_examples=25, deadline=None)
def test_the_trust_is_computed_over_pupils_and_all_pass_the_door(parts: list[tuple[int, str, str, int, int]]) -> None:
    counts = {f"u{urn}": 60 for urn in ("100001", "100002", "100003")} | {"TRUST": 180}
    frame = sum_schools(attended(*parts), NO_DAYS, NOBODY_HELD, on_roll(**counts), TODAY)
    for status, group in (("N", "No SEN"), ("K", "SEN support"), ("E", "EHC plan")):
        ours = [part for part in parts if part[2] == status]
        row = frame.filter(school_urn="TRUST", sen_group=group).to_dicts()[0]
        if ours:
            assert row["absence_rate"] == pytest.approx(sum(part[4] for part in ours) / sum(part[3] for part in ours))
            assert row["persistent_rate"] == pytest.approx(sum(10 * p[4] >= p[3] for p in ours) / len(ours))
            assert row["severe_rate"] == pytest.approx(sum(2 * part[4] >= part[3] for part in ours) / len(ours))
        else:
            assert row["absence_rate"] is None
    leader = rows(ALL["mart_pupils__school"], school_urn=frame["school_urn"].unique(maintain_order=True).to_list(),
                  pupils_count=[60, 60, 60, 180], hidden_columns="")  # fmt: skip
    refuse_unreleased(MART, release(frame, MART, leaders={ALL["mart_pupils__school"]: leader}))


def test_a_trust_without_attendance_has_rows_without_figures() -> None:
    assert made(attended(*many("100001", "K", [0])).clear())["TRUST", "No SEN"]["absence_rate"] is None
    none = attended(*many("100001", "K", [0])).clear()
    empty = sum_schools(none, NO_DAYS, NOBODY_HELD, on_roll(u100001=60).clear(), TODAY)
    assert empty.is_empty()
    assert "suspension_base_count" in empty.columns


def test_the_trusts_groups_add_up_and_each_pupil_counts_once() -> None:
    running = table(ALL["model_inclusion__part_time"], """
        pupil_key | school_urn | start_date | sen_provision | review_overdue_days | beyond_end_days
        P1        | 100001     | 2026-09-07 | K             | 1                   | 0
        P1        | 100002     | 2026-09-08 | K             | 0                   | 0
        P2        | 100001     | 2026-09-07 | E             | 0                   | 3
        P3        | 100001     | 2026-09-07 | N             | 0                   | 0
    """)  # fmt: skip
    none = rows(ALL["model_inclusion__placements"]).clear()
    excluded = held((9, "100001", "K", 0, 0)).with_columns(exclusions_count=pl.lit(1, pl.Int64))
    found = count_now(running, none, excluded, on_roll(u100001=60, u100002=60, TRUST=120), TODAY)
    figures = ["school_urn", "sen_group", "part_time_count", "part_time_late_count", "placed_count", "excluded_count"]
    assert found.select(figures).rows() == [
        ("100001", "All pupils", 3, 2, 0, 1), ("100002", "All pupils", 1, 0, 0, 0), ("TRUST", "All pupils", 3, 2, 0, 1),
        ("TRUST", "No SEN", 1, 0, 0, 0), ("TRUST", "SEN support", 1, 1, 0, 1), ("TRUST", "EHC plan", 1, 1, 0, 0),
    ]  # fmt: skip


def taught(text: str) -> pl.DataFrame:
    head = "pupil_key | school_urn | curriculum_subject | access | weekly_missed_minutes\n"
    return table(ALL["model_inclusion__curriculum"], head + text, academic_year=2025, school_term="SUM",
                 sen_provision="K")  # fmt: skip


def test_a_blank_is_never_taken_for_taking_part() -> None:
    entries = taught(
        "P1 | 100001 | Music | FULL | 0\nP1 | 100001 | English | NOT | -\nP2 | 100001 | Music | NOT | 30\n"
        "P2 | 100001 | English | - | -\n"
    )
    (row,) = sum_curriculum(entries, on_roll(u100001=60), TODAY).to_dicts()
    assert row["recorded_rate"] == 0.75
    assert [round(row[f"{name}_rate"], 3) for name in ("full", "adapted", "not_taught")] == [0.333, 0, 0.667]
    assert row["narrowed_rate"] == 0.5, "English is no foundation subject"
    assert row["missing_rate"] == 0.5
    subjects = sum_subjects(entries, on_roll(TRUST=60), TODAY)
    assert subjects.select("curriculum_subject", "recorded_rate", "missing_rate").rows() == [
        ("English", 0.5, None), ("Music", 1.0, 0.5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("full", "adapted", "not_taught", "shown"),
    [(98, 0, 2, ("adapted",)), (60, 38, 2, ("full",)), (95, 5, 0, ("full", "adapted", "not_taught")),
     (88, 2, 10, ("full",)), (50, 30, 20, ("full", "adapted", "not_taught")), (94, 3, 3, ("full",))],
)  # fmt: skip
def test_shares_that_point_at_one_to_four_pupils_leave_through_no_door(
    full: int, adapted: int, not_taught: int, shown: tuple[str, ...]
) -> None:
    """One hidden share of three would be told by the other two."""
    codes = ["FULL"] * full + ["ADAPTED"] * adapted + ["NOT"] * not_taught
    entries = taught("".join(f"P{n} | 100001 | French | {code} | 0\n" for n, code in enumerate(codes, 1)))
    for name, frame in (("curriculum", sum_curriculum(entries, on_roll(TRUST=400), TODAY)),
                        ("subject", sum_subjects(entries, on_roll(TRUST=400), TODAY))):  # fmt: skip
        leader = rows(ALL["mart_pupils__school"], school_urn="TRUST", pupils_count=400, hidden_columns="")
        (row,) = release(frame, ALL[f"mart_inclusion__{name}"], leaders={ALL["mart_pupils__school"]: leader}).to_dicts()
        told = tuple(code for code in ("full", "adapted", "not_taught") if row[f"{code}_rate"] is not None)
        assert told == shown


@pytest.mark.parametrize(("blanks", "is_told"), [(1, True), (2, False)])
def test_below_half_recorded_nothing_is_told_of_taking_part(blanks: int, is_told: bool) -> None:
    entries = taught("P1 | 100001 | Music | FULL | 0\n" + "".join(
        f"P{number} | 100001 | Music | - | -\n" for number in range(2, 2 + blanks)
    ))  # fmt: skip
    (row,) = sum_curriculum(entries, on_roll(u100001=60), TODAY).to_dicts()
    assert (row["full_rate"] is not None) is is_told


def test_lists_hold_pupils_with_sen_on_roll_only() -> None:
    roll = table(
        ALL["model_pupils__on_roll"], "pupil_key | school_urn | sen_provision\nP1 | 100001 | K\nP2 | 100001 | N"
    )
    people = rows(ALL["core_pupils"], pupil_key=[pupil(1), pupil(2), pupil(3)])
    absent = attended((1, "100001", "N", 30, 3), (2, "100001", "N", 70, 9), (3, "100001", "E", 70, 9))
    absent = pl.concat([absent, attended((1, "100001", "K", 40, 4))])
    (row,) = list_pupils(absent, held((1, "100001", "N", 2, 6)), roll, people).to_dicts()
    assert (row["possible_sessions_count"], row["absent_sessions_count"], row["absence_rate"]) == (70, 7, 0.1)
    assert (row["suspensions_count"], row["lost_sessions_count"], row["sen_provision"]) == (2, 6, "K")
    entries = taught("P1 | 100001 | Music | NOT | -\nP1 | 100001 | History | - | -\nP1 | 100001 | Science | FULL | 20\n"
                     "P1 | 100001 | English | ADAPTED | 10\nP2 | 100001 | Music | NOT | 0\n")  # fmt: skip
    (row,) = list_access(entries, roll, people).to_dicts()
    assert row["not_taught_subjects"] == "Music"
    assert row["missed_subjects"] == "English, Science"
    assert (row["weekly_missed_minutes"], row["adapted_subjects_count"], row["blank_subjects_count"]) == (30, 1, 1)
