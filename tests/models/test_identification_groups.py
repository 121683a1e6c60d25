"""Groups that may be missing from the register, and the SQL behind them at each threshold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from models.disclosure import prepare, refuse_unreleased, release
from models.identification_groups import find_missing_groups
from tests.support.filling import fill, fill_in_turn
from tests.support.frames import pupil, rows
from tests.support.plain_identification import plain_gap

DAY = dt.date(2026, 11, 20)
PUPILS, SCHOOLS, GROUP = (
    ALL[name] for name in ("model_identification__pupils", "core_schools", "mart_identification__group")
)
A, B = "100001", "100002"


def boys_and_girls(urn: str, girls: tuple[int, int], boys: tuple[int, int], first: int = 0) -> pl.DataFrame:
    """(listed, not listed) of each."""
    told = [("F", "K")] * girls[0] + [("F", "N")] * girls[1] + [("M", "K")] * boys[0] + [("M", "N")] * boys[1]
    return rows(
        PUPILS, pupil_key=[pupil(first + n) for n in range(len(told))], school_urn=urn, sex=[sex for sex, _ in told],
        sen_provision=[code for _, code in told], has_low_scores=False, is_fsm=False, is_eal=False,
    )  # fmt: skip


def found(*frames: pl.DataFrame, special: str = "") -> dict[tuple[str, str], dict[str, Any]]:
    pupils = pl.concat(frames)
    urns = pupils["school_urn"].unique().sort().to_list()
    schools = rows(SCHOOLS, school_urn=urns, is_special=[urn == special for urn in urns])
    missing = find_missing_groups(pupils, schools)
    return {(row["school_urn"], row["pupil_group"]): row for row in missing.to_dicts()}


def test_a_school_is_asked_about_only_beyond_the_difference_that_others_have_too() -> None:
    usual, more = boys_and_girls(A, (10, 90), (30, 70)), boys_and_girls(B, (10, 90), (30, 70), 500)
    alike = found(usual, more)
    assert alike[A, "Girls"]["fewer_mean"] == pytest.approx(20)
    assert alike[A, "Girls"]["usual_mean"] == pytest.approx(20)
    assert not alike[A, "Girls"]["is_beyond_chance"]
    apart = found(boys_and_girls(A, (2, 98), (50, 50)), boys_and_girls(B, (20, 80), (20, 80), 500))
    assert apart[A, "Girls"]["is_beyond_chance"]
    assert not apart[B, "Girls"]["is_beyond_chance"]


def test_the_trust_is_not_judged_on_girls_who_are_fewer_everywhere() -> None:
    both = found(boys_and_girls(A, (2, 98), (50, 50)), boys_and_girls(B, (2, 98), (50, 50), 500))
    assert both["TRUST", "Girls"]["fewer_mean"] == pytest.approx(96)
    assert both["TRUST", "Girls"]["usual_mean"] is None
    assert both["TRUST", "Girls"]["is_beyond_chance"] is None


def test_strata_are_school_years_meals_and_scores_but_for_the_group_itself() -> None:
    """Free school meals are no stratum when they are the group; each school is one in the trust's figure."""
    pupils = pl.concat([boys_and_girls(A, (8, 12), (16, 24)), boys_and_girls(B, (4, 36), (2, 18), 500)])
    given = found(pupils.with_columns(is_fsm=pl.col("sex") == "F"))
    assert given["TRUST", "Pupils with free school meals"]["fewer_mean"] == pytest.approx(
        plain_gap([(8, 20, 16, 40), (4, 40, 2, 20)])[0]
    )
    assert given["TRUST", "Girls"]["fewer_mean"] is None  # every stratum has one sex only
    bands = pl.when(pl.col("sex") == "F").then(pl.lit("100 and above")).otherwise(pl.lit("Low score to 99"))
    by_score = found(pupils.with_columns(score_band=bands))
    assert by_score[A, "Girls"]["fewer_mean"] is None


def test_nobody_is_counted_whose_group_is_not_known_and_special_schools_are_left_out() -> None:
    pupils = boys_and_girls(A, (5, 20), (10, 20)).with_columns(
        sex=pl.when(pl.int_range(pl.len()) < 5).then(pl.lit("U")).otherwise("sex"), absence_rate=None
    )
    own = found(pupils)
    assert own[A, "Girls"]["smaller_count"] == 20
    assert (A, "Persistently absent pupils") not in own
    assert own["TRUST", "Persistently absent pupils"]["fewer_mean"] is None
    assert set(found(boys_and_girls(A, (5, 20), (10, 20)), special=A)) == {
        ("TRUST", group) for group in ("Girls", "Pupils with EAL", "Pupils with free school meals",
                                       "Persistently absent pupils")}  # fmt: skip


@pytest.mark.parametrize(("rate", "is_absent"), [(0.10, True), (0.0999, False)])
def test_persistent_absence_from_a_tenth(rate: float, is_absent: bool) -> None:
    absent = boys_and_girls(A, (3, 9), (6, 12)).with_columns(absence_rate=pl.when(sex="F").then(rate).otherwise(0.0))
    row = found(absent)[A, "Persistently absent pupils"]
    assert (row["smaller_count"] == 12) is is_absent


@pytest.mark.parametrize(("girls", "is_shown"), [(9, False), (10, True)])
def test_a_group_is_shown_from_ten_pupils_on_each_side(girls: int, is_shown: bool) -> None:
    pupils = pl.concat([boys_and_girls(A, (3, girls - 3), (20, 60)), boys_and_girls(B, (30, 70), (30, 70), 500)])
    frame = find_missing_groups(pupils, rows(SCHOOLS, school_urn=[A, B], is_special=False))
    released = release(prepare(frame, GROUP, DAY), GROUP)
    refuse_unreleased(GROUP, released)
    mine = released.filter(school_urn=A, pupil_group="Girls").to_dicts()[0]
    assert (mine["fewer_mean"] is not None) is is_shown
    assert (mine["is_beyond_chance"] is not None) is is_shown


# The SQL --------------------------------------------------------------------------------------------------------


def strata(**frames: pl.DataFrame) -> dict[str, Any]:
    given = {
        "core_run": rows(ALL["core_run"], data_date=DAY, academic_year=2026),
        "core_screening": rows(ALL["core_screening"], low_score=85),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=pupil(1), sex="F"),
        "model_pupils__on_roll": rows(
            ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn=A, sen_provision="N"
        ),
    }
    (row,) = fill("model_identification__pupils", given | frames).to_dicts()
    return row


def scores(*told: tuple[str, int, float]) -> pl.DataFrame:
    """(subject, days before the data date, score)."""
    return rows(
        ALL["core_assessments"], pupil_key=pupil(1), school_urn=A, scale="STANDARDISED",
        subject=[subject for subject, _, _ in told], score=[score for *_, score in told],
        assessed_date=[DAY - dt.timedelta(days=days) for _, days, _ in told],
        assessment_name=[f"Test {place}" for place in range(len(told))],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "band"),
    [
        ([("Reading", 0, 84.9)], "Below the low score"),
        ([("Reading", 0, 85.0)], "Low score to 99"),
        ([("Reading", 364, 99.9)], "Low score to 99"),
        ([("Reading", 365, 99.9)], "No score in a year"),
        ([("Reading", 1, 100.0)], "100 and above"),
        ([("Reading", 1, 80.0), ("Mathematics", 1, 96.0)], "Low score to 99"),
        ([("Reading", 1, 120.0), ("Reading", 2, 60.0)], "100 and above"),
        ([("Reading", -1, 60.0)], "No score in a year"),
    ],
)
def test_the_band_of_scores_is_of_the_latest_in_each_subject(told: list[tuple[str, int, float]], band: str) -> None:
    assert strata(core_assessments=scores(*told))["score_band"] == band


@pytest.mark.parametrize(
    ("told", "is_low"),
    [
        ([("Reading", 1, 84.0), ("Reading", 90, 84.0)], True),
        ([("Reading", 1, 84.0), ("Reading", 90, 85.0)], False),
        ([("Reading", 1, 85.0), ("Reading", 90, 84.0), ("Reading", 180, 84.0)], False),
        ([("Reading", 1, 84.0), ("Mathematics", 1, 84.0)], False),
        ([("Reading", 1, 84.0), ("Reading", 729, 84.0)], True),
        ([("Reading", 1, 84.0), ("Reading", 730, 84.0)], False),
    ],
)
def test_scores_stay_low_when_the_latest_two_of_a_subject_are(told: list[tuple[str, int, float]], is_low: bool) -> None:
    assert strata(core_assessments=scores(*told))["has_low_scores"] is is_low


@pytest.mark.parametrize(
    ("year", "band"),
    [("N1", "To year 2"), ("R", "To year 2"), ("2", "To year 2"), ("3", "Years 3 to 6"), ("6", "Years 3 to 6"),
     ("7", "Years 7 to 9"), ("9", "Years 7 to 9"), ("10", "Years 10 and on"), ("14", "Years 10 and on"),
     ("X", "Not by year"), (None, "Not by year")],
)  # fmt: skip
def test_year_bands(year: str | None, band: str) -> None:
    roll = rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn=A, sen_provision="N", nc_year=year)
    assert strata(model_pupils__on_roll=roll)["year_band"] == band


def test_absence_is_of_the_last_four_half_terms_that_ended_within_a_year() -> None:
    names = ["Autumn1", "Spring1", "Spring2", "Summer1", "Summer2", "Autumn2"]
    ends = [DAY, DAY - dt.timedelta(days=100), DAY - dt.timedelta(days=200), DAY - dt.timedelta(days=300),
            DAY - dt.timedelta(days=350), DAY + dt.timedelta(days=30)]  # fmt: skip
    terms = rows(ALL["core_half_terms"], academic_year=2026, half_term=names, end_date=ends,
                 half_term_index=[10, 9, 8, 7, 6, 11])  # fmt: skip
    attended = rows(ALL["core_attendance"], pupil_key=pupil(1), school_urn=A, academic_year=2026, half_term=names,
                    possible_sessions_count=50, authorised_sessions_count=[10, 5, 5, 0, 50, 50],
                    unauthorised_sessions_count=0)  # fmt: skip
    found_rate = strata(core_half_terms=terms, core_attendance=attended)["absence_rate"]
    assert found_rate == pytest.approx(20 / 200)


@pytest.mark.parametrize(
    ("entry", "leaving", "is_there"),
    [(365, None, True), (364, None, False), (400, 365, True), (400, 366, False)],
)
def test_who_was_on_roll_a_year_before(entry: int, leaving: int | None, is_there: bool) -> None:
    enrolled = rows(ALL["core_enrolments"], pupil_key=pupil(1), school_urn=A, entry_date=DAY - dt.timedelta(days=entry),
                    leaving_date=None if leaving is None else DAY - dt.timedelta(days=leaving))  # fmt: skip
    status = rows(ALL["core_sen_status"], pupil_key=pupil(1), school_urn=A, sen_provision=["K", "E"],
                  start_date=[DAY - dt.timedelta(days=500), DAY - dt.timedelta(days=364)],
                  end_date=[DAY - dt.timedelta(days=365), None])  # fmt: skip
    made = fill_in_turn(["model_pupils__roll_days", "model_identification__year_before"], {
        "core_run": rows(ALL["core_run"], data_date=DAY, academic_year=2026),
        "core_enrolments": enrolled, "core_sen_status": status,
    })  # fmt: skip
    before = made["model_identification__year_before"]
    assert before["sen_provision"].to_list() == (["K"] if is_there else [])


@pytest.mark.parametrize(
    ("rate", "is_low", "code", "why"),
    [(0.5, False, "N", "SEVERE_ABSENCE"), (0.4999, False, "N", None), (0.5, True, "N", "BOTH"),
     (None, True, "N", "LOW_SCORES"), (0.9, True, "K", None), (None, False, "N", None)],
)  # fmt: skip
def test_whom_the_senco_sees_on_no_register(rate: float | None, is_low: bool, code: str, why: str | None) -> None:
    seen = rows(PUPILS, pupil_key=pupil(1), school_urn=A, sen_provision=code, absence_rate=rate, has_low_scores=is_low)
    core = rows(ALL["core_pupils"], pupil_key=pupil(1))
    named = fill("mart_identification__unlisted", {"model_identification__pupils": seen, "core_pupils": core})
    assert named["why_look"].to_list() == ([] if why is None else [why])
