"""Moves before the end of a phase: what is one, where to, days on roll by SEN, rates with their range, the door."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models.disclosure import refuse_unreleased, release
from models.moves import exact_poisson, mart_moves__school_frame
from tests.support.filling import fill
from tests.support.frames import rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
SCHOOLS = table(ALL["core_schools"], "school_urn | is_special\n100001 | no\n100002 | no\n100003 | yes")
ROLL = "pupil_key | school_urn | entry_date | leaving_date | nc_year\n"
TIME, MART = ALL["model_moves__time"], ALL["mart_moves__school"]


def moves(roll: str, listed: str = "", status: str = "", **more: pl.DataFrame) -> list[str]:
    frames = {
        "core_run": RUN,
        "core_schools": SCHOOLS,
        "core_enrolments": table(ALL["core_enrolments"], ROLL + roll),
        "clean_attendance__moves": table(
            ALL["clean_attendance__moves"], f"pupil_key | leaving_date | move_code\n{listed}"
        ),
        "core_sen_status": table(
            ALL["core_sen_status"], f"pupil_key | sen_provision | start_date | end_date\n{status}"
        ),
    }
    found = fill("core_moves", {name: frame for name, frame in (frames | more).items() if not frame.is_empty()})
    kept = found.sort("pupil_key", "leaving_date").select("school_urn", "leaving_date", "sen_provision", "move_type")
    return [" ".join(map(str, row)) for row in kept.rows()]


GONE = "P1 | 100001 | 2022-09-05 | 2026-02-13 | 4\n"


@pytest.mark.parametrize(
    ("code", "move_type"),
    [("L10", "OTHER_SCHOOL"), ("L12", "SPECIAL_SCHOOL"), ("L13", "SPECIAL_SCHOOL"), ("L14", "ALTERNATIVE_PROVISION"),
     ("L15", "HOME_EDUCATION"), ("L16", "ELSEWHERE"), ("L90", "ELSEWHERE"), ("230", "ELSEWHERE"),
     ("L99", "NOT_KNOWN"), ("810", "NOT_KNOWN"), ("-", "NOT_KNOWN")],
)  # fmt: skip
def test_where_to_is_what_the_schools_list_says(code: str, move_type: str) -> None:
    assert moves(GONE, f"P1 | 2026-02-13 | {code}") == [f"100001 2026-02-13 N {move_type}"]


def test_the_list_may_be_a_month_off_and_no_more() -> None:
    assert moves(GONE, "P1 | 2026-03-15 | L15") == ["100001 2026-02-13 N HOME_EDUCATION"]
    assert moves(GONE, "P1 | 2026-03-16 | L15") == ["100001 2026-02-13 N NOT_KNOWN"]


@pytest.mark.parametrize(
    ("school", "entry", "move_type"),
    [("100002", "2026-02-23", "OTHER_SCHOOL"), ("100003", "2026-02-23", "SPECIAL_SCHOOL"),
     ("100002", "2026-04-14", "OTHER_SCHOOL"), ("100002", "2026-04-15", "HOME_EDUCATION")],
)  # fmt: skip
def test_another_roll_of_the_trust_within_sixty_days_says_where(school: str, entry: str, move_type: str) -> None:
    roll = GONE + f"P1 | {school} | {entry} | - | 4"
    assert moves(roll, "P1 | 2026-02-13 | L15") == [f"100001 2026-02-13 N {move_type}"]


def test_leavers_deaths_returns_and_the_future_are_no_moves() -> None:
    leaver = rows(ALL["core_leavers"], pupil_key="0" * 19 + "1", leaving_date=dt.date(2026, 2, 27))
    died = rows(ALL["core_deceased"], pupil_key="0" * 19 + "1")
    assert moves(GONE, core_leavers=leaver) == []
    assert moves(GONE, core_deceased=died) == []
    assert moves(GONE + "P1 | 100001 | 2026-04-14 | - | 4") == []
    assert moves("P1 | 100001 | 2022-09-05 | 2026-11-21 | 4") == []
    assert moves("P1 | 100001 | 2022-09-05 | - | 4") == []


def test_sen_is_that_of_the_last_month() -> None:
    assert moves(GONE, status="P1 | E | 2024-09-02 | -") == ["100001 2026-02-13 E NOT_KNOWN"]
    assert moves(GONE, status="P1 | K | 2024-09-02 | 2025-12-01") == ["100001 2026-02-13 N NOT_KNOWN"]


def test_days_on_roll_are_counted_with_sen_from_the_day_it_begins() -> None:
    """Window: 20 November 2023 to 20 November 2026, both included."""
    roll = "P1 | 100001 | 2026-11-11 | - | 4\nP2 | 100001 | 2020-09-01 | 2023-11-21 | 4\n"
    status = "P1 | K | 2026-11-17 | -"
    frames = {
        "core_run": RUN,
        "core_enrolments": table(ALL["core_enrolments"], ROLL + roll),
        "core_sen_status": table(
            ALL["core_sen_status"], f"pupil_key | sen_provision | start_date | end_date\n{status}"
        ),
    }
    found = fill("model_moves__time", frames)
    days = {row["has_sen"]: row["roll_days"] for row in found.to_dicts()}
    assert days == {True: 4, False: 6 + 2}


def time(*parts: tuple[str, bool, str, int, int]) -> pl.DataFrame:
    names = ("school_urn", "has_sen", "move_type", "roll_days", "moves_count")
    return rows(TIME, **{name: [part[place] for part in parts] for place, name in enumerate(names)})


def test_a_rate_has_the_exact_range_of_its_count() -> None:
    """Twelve moves in 200 pupil-years are 6.0 in 100, from 3.1 to 10.5 (Garwood: 6.20 and 20.96 for a count of 12)."""
    assert exact_poisson(12) == pytest.approx((6.2006, 20.9616), abs=1e-4)
    assert exact_poisson(0) == pytest.approx((0, 3.6889), abs=1e-4)
    days = round(200 * 365.25)
    made = mart_moves__school_frame(
        time(("100001", True, "STAYED", days, 0), ("100001", True, "OTHER_SCHOOL", 0, 12)), TODAY
    )
    found = made.filter(school_urn="100001", move_group="SEN").to_dicts()[0]
    assert (found["pupil_years_count"], found["moves_count"]) == (200, 12)
    assert found["moves_per_100_years"] == pytest.approx(6.0)
    assert found["low_per_100_years"] == pytest.approx(3.1003, abs=1e-4)
    assert found["high_per_100_years"] == pytest.approx(10.4808, abs=1e-4)
    assert found["other_school_count"] is None, "where to is told of the trust only"
    assert made.filter(school_urn="TRUST", move_group="SEN")["other_school_count"].item() == 12


def test_no_rate_of_fewer_than_ten_pupil_years() -> None:
    for years, has_rate in ((9, False), (10, True)):
        made = mart_moves__school_frame(time(("100001", False, "STAYED", round(years * 365.25), 0)), TODAY)
        assert (made["moves_per_100_years"][0] is not None) is has_rate


@st.composite
def _times(draw: st.DrawFn) -> pl.DataFrame:
    parts: list[tuple[str, bool, str, int, int]] = []
    for school in ("100001", "100002", "100003"):
        for has_sen in (True, False):
            parts.append((school, has_sen, "STAYED", draw(st.integers(0, 200_000)), 0))
            parts += [
                (school, has_sen, kind, 0, draw(st.integers(1, 25)))
                for kind in ("OTHER_SCHOOL", "SPECIAL_SCHOOL", "HOME_EDUCATION", "NOT_KNOWN")
                if draw(st.booleans())
            ]
    return time(*parts)


@given(_times())
@settings(max_examples=30, deadline=None)
def test_groups_and_schools_add_up_and_pass_the_door(given_time: pl.DataFrame) -> None:
    made = mart_moves__school_frame(given_time, TODAY)
    for name in ("moves_count", "pupil_years_count"):
        by_key: dict[Any, int] = {(row["school_urn"], row["move_group"]): row[name] for row in made.to_dicts()}
        for urn in {urn for urn, _ in by_key}:
            assert by_key[urn, "All pupils"] == by_key[urn, "SEN"] + by_key[urn, "No SEN"]
        schools = [value for (urn, group), value in by_key.items() if urn != "TRUST" and group == "All pupils"]
        assert by_key["TRUST", "All pupils"] == sum(schools)
    released = release(made, MART)
    refuse_unreleased(MART, released)
    shown = [value for name in MART.column_names if name.endswith("_count") for value in released[name].to_list()]
    assert not set(shown) & {1, 2, 3, 4}


def test_an_empty_trust_has_no_rates() -> None:
    assert mart_moves__school_frame(time().clear(), TODAY).is_empty()
