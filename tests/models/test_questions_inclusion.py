"""What is asked of who is here and included: each trigger at its threshold, and nothing of what is hidden."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from tests.models.test_questions import frame, triggers


def figures(group: str = "SEN support", **own: Any) -> pl.DataFrame:
    """A school's group and the trust's, which misses often at 30% and 35%, and is suspended at 10 and 12 in 100."""
    school = frame("mart_inclusion__school", school_urn="100001", sen_group=group, **own)
    trust = frame("mart_inclusion__school", school_urn="TRUST", sen_group=["SEN support", "EHC plan"],
                  persistent_rate=[0.3, 0.35], suspensions_per_100_years=[10.0, 12.0])  # fmt: skip
    return pl.concat([school, trust])


def roll(plans: float) -> pl.DataFrame:
    return frame("mart_pupils__school", school_urn="100001", ehc_plan_rate=plans)


@pytest.mark.parametrize(("late", "is_asked"), [(5, True), (0, False), (None, False)])
def test_part_time_beyond_the_planned_end(late: int | None, is_asked: bool) -> None:
    now = frame("mart_inclusion__now", sen_group="All pupils", part_time_count=20, part_time_late_count=[late])
    assert triggers(mart_inclusion__now=now) == (["PART_TIME_BEYOND"] if is_asked else [])


@pytest.mark.parametrize(
    ("group", "low", "is_asked"),
    [("SEN support", 0.31, True), ("SEN support", 0.3, False), ("SEN support", None, False), ("SEN", 0.31, False),
     ("SEN", 0.36, True), ("No SEN", 0.9, False)],
)  # fmt: skip
def test_often_absent_more_than_the_trust_of_the_same_status(group: str, low: float | None, is_asked: bool) -> None:
    given = figures(group, persistent_rate=[0.5], persistent_low_rate=[low])
    found = triggers(mart_inclusion__school=given, mart_pupils__school=roll(0.05))
    assert found == (["SEN_ABSENT_MORE"] if is_asked else [])


@pytest.mark.parametrize(("low", "plans", "is_asked"), [(10.1, 0.05, True), (10.0, 0.05, False), (10.1, 0.5, False)])
def test_suspended_more_and_special_schools_are_not_compared(low: float, plans: float, is_asked: bool) -> None:
    given = figures(suspensions_low_per_100_years=low, suspensions_per_100_years=low + 5)
    found = triggers(mart_inclusion__school=given, mart_pupils__school=roll(plans))
    assert found == (["SEN_SUSPENDED_MORE"] if is_asked else [])


@pytest.mark.parametrize(("now", "is_asked"), [(0.09, True), (0.089, False), (None, False)])
def test_more_half_days_than_a_year_before(now: float | None, is_asked: bool) -> None:
    given = figures(absence_rate=[now], before_absence_rate=[0.08])
    assert triggers(mart_inclusion__school=given) == (["SEN_ABSENCE_ROSE"] if is_asked else [])


@pytest.mark.parametrize(
    ("missing", "recorded", "asked"),
    [(0.25, 0.9, ["LESSONS_MISSED"]), (0.24, 0.5, []), (None, 0.49, ["ACCESS_UNRECORDED"]), (None, None, [])],
)
def test_lessons_missed_and_what_is_not_recorded(
    missing: float | None, recorded: float | None, asked: list[str]
) -> None:
    taught = frame("mart_inclusion__curriculum", missing_rate=[missing], recorded_rate=[recorded])
    assert triggers(mart_inclusion__curriculum=taught) == asked
