"""What a test can show: its ends, the two sittings, chance; and the questions that follow from released figures."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from models.disclosure import release
from models.progress_tests import mart_progress__test_frame, needed_points
from models.questions_progress import ask_of_progress
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table
from tests.support.released_progress import released_progress

TODAY = dt.date(2026, 11, 20)


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def sittings(*taken: tuple[int, float, int], scale: str = "STANDARDISED") -> list[dict[str, Any]]:
    """MODEL_PROGRESS__SITTINGS from (pupil, score, days ago)."""
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY),
        "model_pupils__on_roll": rows(ALL["model_pupils__on_roll"], pupil_key=[pupil(1), pupil(2)]),
        "core_assessments": rows(
            ALL["core_assessments"], pupil_key=[pupil(who) for who, _, _ in taken], scale=scale,
            score=[score for _, score, _ in taken], assessed_date=[ago(days) for _, _, days in taken],
            academic_year=[2010 + place for place, _ in enumerate(taken)],
        ),
    }  # fmt: skip
    return fill("model_progress__sittings", frames).sort("pupil_key").to_dicts()


@pytest.mark.parametrize(("days", "found"), [(93, None), (94, 80.0), (900, 80.0)])
def test_the_sitting_before_lies_twelve_weeks_back_or_more(days: int, found: float | None) -> None:
    (one,) = sittings((1, 90, 10), (1, 80, days))
    assert (one["score"], one["earlier_score"]) == (90, found)


def test_the_ends_are_those_of_the_scale_or_what_anybody_was_ever_given() -> None:
    first, second = sittings((1, 90, 10), (2, 70, 20), (2, 64, 500))
    assert {(row["lowest_score"], row["highest_score"]) for row in (first, second)} == {(64, 90)}
    assert [row["highest_score"] for row in sittings((1, 2, 10), scale="BAND")] == [4]
    assert [row["lowest_score"] for row in sittings((1, 4, 10), scale="PRE_KEY_STAGE")] == [1]
    assert sittings((1, 90, 365)) == [], "a value of a year ago says nothing of now"
    assert sittings((1, 90, -1)) == []


def group(scores: list[float], before: list[float | None], **told: Any) -> pl.DataFrame:
    usual: dict[str, Any] = {"scale": "STANDARDISED", "sen_provision": "K", "sen_type": "MLD", "lowest_score": 60.0,
                             "highest_score": 140.0, "assessed_date": ago(10), "school_urn": "100001"}  # fmt: skip
    return rows(
        ALL["model_progress__sittings"], pupil_key=[pupil(n) for n, _ in enumerate(scores)], score=scores,
        earlier_score=before, earlier_date=[None if value is None else ago(150) for value in before], **(usual | told),
    )  # fmt: skip


def test_figures_of_a_test_by_hand() -> None:
    scores = [60.0, 60.0, 60.0, 60.0, 60.0, 90.0, 104.0, 90.0, 120.0, 140.0]
    before = [60.0, 75.0, 60.0, 60.0, None, 80.0, 90.0, 90.0, 100.0, 120.0]
    (row,) = mart_progress__test_frame(group(scores, before), TODAY).to_dicts()
    assert (row["need_group"], row["pupils_count"], row["compared_count"]) == ("Moderate learning difficulty", 10, 9)
    assert (row["at_lowest_rate"], row["at_highest_rate"]) == (0.5, 0.1)
    assert row["movable_rate"] == pytest.approx(6 / 9), "three stood at the lowest value before"
    assert row["changed_rate"] == pytest.approx(4 / 9), "15, 14, 20 and 20 points; 10 may be chance"
    assert row["between_weeks"] == 20
    changes = [now - then for now, then in zip(scores, before, strict=True) if then is not None]
    assert row["noise_points"] == pytest.approx(statistics.stdev(changes) / math.sqrt(2))
    assert needed_points() == pytest.approx(13.1, abs=0.05)


def test_on_a_scale_that_only_ranks_any_change_counts_and_chance_is_not_known() -> None:
    frame = group([1.0] * 6 + [2.0] * 4, [1.0] * 10, scale="BAND", lowest_score=1.0, highest_score=4.0)
    (row,) = mart_progress__test_frame(frame, TODAY).to_dicts()
    assert (row["changed_rate"], row["noise_points"]) == (0.4, None)


def test_fewer_than_ten_have_no_row_and_pupils_without_sen_stand_apart() -> None:
    assert mart_progress__test_frame(group([90.0] * 9, [None] * 9), TODAY).is_empty()
    (row,) = mart_progress__test_frame(group([90.0] * 10, [None] * 10, sen_provision="N"), TODAY).to_dicts()
    assert (row["need_group"], row["compared_count"], row["changed_rate"]) == ("No SEN", 0, None)


def test_a_floor_of_few_pupils_is_hidden_with_its_question() -> None:
    frame = mart_progress__test_frame(group([60.0] * 4 + [90.0] * 8, [None] * 12), TODAY)
    shown = release(frame, ALL["mart_progress__test"])
    assert shown["at_lowest_rate"].to_list() == [None]
    assert ask_of_progress(released_progress(TODAY)["mart_progress__school"], shown)["TEST_AT_FLOOR"].is_empty()


def schools(drawn: str) -> pl.DataFrame:
    head = "school_urn | sen_count | off_ladder_rate | compared_count | moved_up_rate | hidden_columns\n"
    return table(ALL["mart_progress__school"], head + drawn, subject="Reading", data_date=TODAY)


@pytest.mark.parametrize(
    ("school", "trigger"),
    [
        ("100001 | 20 | 0.5  | 24 | 0.30 |", None),  # 0.20 below 0.50; chance allows 1.96 * 0.102 = 0.2000
        ("100001 | 20 | 0.5  | 25 | 0.30 |", "HELD"),
        ("100001 | 20 | 0.5  | 9  | 0.00 |", None),
        ("100001 | 20 | 0.51 | 0  | -    |", "STEPS_UNSEEN"),
        ("100001 | 9  | 1.0  | 0  | -    |", None),
        ("100001 | -  | -    | -  | -    | sen_count", None),
    ],
)  # fmt: skip
def test_a_school_is_asked_where_chance_does_not_explain_it(school: str, trigger: str | None) -> None:
    found = ask_of_progress(schools(f"{school}\nTRUST | 400 | 0.2 | 200 | 0.5 |"), ALL_TESTS)
    assert [name for name, rows_ in found.items() if not rows_.is_empty() and name != "TEST_AT_FLOOR"] == (
        [trigger] if trigger else []
    )


ALL_TESTS = released_progress(TODAY)["mart_progress__test"]


def test_a_test_at_its_floor_is_asked_about_once_for_the_trust_and_not_for_those_without_sen() -> None:
    found = ask_of_progress(schools("TRUST | 400 | 0.2 | 200 | 0.5 |"), ALL_TESTS)["TEST_AT_FLOOR"]
    assert found.rows() == [("TRUST", "Phonics Check: Moderate learning difficulty", 0.66)]
