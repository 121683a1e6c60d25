"""Where pupils stand and whether they moved: codes and their versions, each limit of days, odd input, the roll-ups."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.tables import ALL
from expectations.tables.engagement import ENGAGEMENT_AREAS
from models import progress
from models.disclosure import refuse_unreleased, release
from pipelines.ladder_codes import ladder_codes
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows
from tests.support.homes import make_home

TODAY = dt.date(2026, 11, 20)
STEPS = ["model_progress__marks", "model_progress__pupils"]
SCHOOL = "100001"


@pytest.fixture(scope="module")
def codes(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """The list that is shipped."""
    return ladder_codes(make_home(tmp_path_factory.mktemp("home")))


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def marked(*marks: tuple[str, str, int], subject: str = "Reading", person: int = 1) -> pl.DataFrame:
    """CORE_ASSESSMENTS of one pupil: (scale, mark, days ago)."""
    return rows(
        ALL["core_assessments"], pupil_key=pupil(person), school_urn=SCHOOL, subject=subject,
        scale=[scale for scale, _, _ in marks], mark=[mark for _, mark, _ in marks],
        assessed_date=[ago(days) for _, _, days in marks],
        academic_year=[2000 + place + 10 for place, _ in enumerate(marks)],
    )  # fmt: skip


def stepped(*steps: tuple[str, int], framework: str = "Small Steps") -> pl.DataFrame:
    return rows(
        ALL["core_small_steps"], pupil_key=pupil(1), school_urn=SCHOOL, subject="Reading", framework=framework,
        step_code=[code for code, _ in steps], recorded_date=[ago(days) for _, days in steps], pathway="Engagement",
    )  # fmt: skip


def stand(codes: pl.DataFrame, nc_year: str = "4", **core: pl.DataFrame) -> dict[str, Any]:
    """MODEL_PROGRESS__PUPILS of pupil 1 in reading, who is on roll with a plan."""
    usual = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_ladder_codes": codes,
        "model_pupils__on_roll": rows(
            ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn=SCHOOL, nc_year=nc_year, sen_provision="E"
        ),
    }
    found = fill_in_turn(STEPS, usual | core)["model_progress__pupils"]
    assert found.height == 3, "each subject has a row"
    return found.row(by_predicate=pl.col("subject") == "Reading", named=True)


@pytest.mark.parametrize(
    ("scale", "mark", "standing", "reason", "rung"),
    [
        ("ENGAGEMENT", "EM", "PLACED", None, "EM"),
        ("PRE_KEY_STAGE", " pk3 ", "PLACED", None, "PK3"),
        ("PRE_KEY_STAGE", "GDS", "PLACED", None, "GDS"),
        ("BAND", "Working towards", "PLACED", None, "WTS"),
        ("BAND", "Above", "PLACED", None, "GDS"),
        ("BAND", "Below", "UNPLACED", "BELOW_ONLY", None),
        ("PRE_KEY_STAGE", "BLW", "UNPLACED", "BELOW_ONLY", None),
        ("PRE_KEY_STAGE", "A", "UNPLACED", "NO_JUDGEMENT", None),
        ("PRE_KEY_STAGE", "PK7", "UNPLACED", "UNKNOWN_CODE", None),
        ("POINTS", "23", "UNPLACED", "OTHER_SCALE", None),
        ("STANDARDISED", "70", "UNPLACED", "TEST_ONLY", None),
        ("AGE", "6.10", "UNPLACED", "TEST_ONLY", None),
    ],
)
def test_each_code_has_its_place_or_the_reason_why_not(
    codes: pl.DataFrame, scale: str, mark: str, standing: str, reason: str | None, rung: str | None
) -> None:
    found = stand(codes, core_assessments=marked((scale, mark, 30)))
    assert (found["ladder_standing"], found["unplaced_reason"], found["ladder_rung"]) == (standing, reason, rung)
    assert found["movement"] == ("NOTHING_BEFORE" if rung else None)


@pytest.mark.parametrize(("nc_year", "standing"), [("R", "TOO_YOUNG"), ("N2", "TOO_YOUNG"), ("1", "NOT_RECORDED"),
                                                   ("X", "NOT_RECORDED")])  # fmt: skip
def test_nobody_is_expected_on_the_ladder_before_year_1(codes: pl.DataFrame, nc_year: str, standing: str) -> None:
    assert stand(codes, nc_year)["ladder_standing"] == standing


@pytest.mark.parametrize(("days", "standing"), [(0, "PLACED"), (364, "PLACED"), (365, "NOT_RECORDED"),
                                                (-1, "NOT_RECORDED")])  # fmt: skip
def test_a_mark_holds_for_a_year_and_none_counts_before_its_day(codes: pl.DataFrame, days: int, standing: str) -> None:
    assert stand(codes, core_assessments=marked(("PRE_KEY_STAGE", "PK2", days)))["ladder_standing"] == standing


@pytest.mark.parametrize(
    ("days", "movement"),
    [(299, "NOTHING_BEFORE"), (300, "UP"), (365, "UP"), (420, "UP"), (421, "NOTHING_BEFORE")],
)
def test_before_is_ten_to_fourteen_months_ago(codes: pl.DataFrame, days: int, movement: str) -> None:
    found = stand(codes, core_assessments=marked(("PRE_KEY_STAGE", "PK4", 0), ("PRE_KEY_STAGE", "PK3", days)))
    assert found["movement"] == movement
    assert found["earlier_rung"] == ("PK3" if movement == "UP" else None)


@pytest.mark.parametrize(
    ("then", "now", "movement"),
    [("EM", "PK1", "UP"), ("PK6", "WTS", "UP"), ("PK3", "PK3", "HELD"), ("PK4", "PK3", "DOWN"), ("PK1", "EM", "DOWN")],
)
def test_a_move_is_one_of_rungs_and_the_engagement_model_is_the_first(
    codes: pl.DataFrame, then: str, now: str, movement: str
) -> None:
    found = stand(codes, core_assessments=marked(("PRE_KEY_STAGE", now, 10), ("PRE_KEY_STAGE", then, 375)))
    assert (found["movement"], found["is_further_within_rung"]) == (movement, False)


def test_the_mark_nearest_to_a_year_before_is_taken_and_not_the_best_one(codes: pl.DataFrame) -> None:
    marks = marked(("PRE_KEY_STAGE", "PK4", 0), ("PRE_KEY_STAGE", "PK5", 310), ("PRE_KEY_STAGE", "PK3", 360))
    found = stand(codes, core_assessments=marks)
    assert (found["earlier_date"], found["movement"]) == (ago(360), "UP")
    assert found["reached_date"] == ago(310), "the pupil was once at this rung or further"


def test_another_system_a_year_ago_says_nothing_of_a_move(codes: pl.DataFrame) -> None:
    found = stand(codes, core_assessments=marked(("PRE_KEY_STAGE", "PK4", 0), ("BAND", "Towards", 365)))
    assert (found["movement"], found["earlier_rung"]) == ("OTHER_SYSTEM", None)


def test_small_steps_lie_between_rungs_and_stand_apart_from_moves(codes: pl.DataFrame) -> None:
    found = stand(codes, core_small_steps=stepped(("3.2", 10), ("3.1", 370)))
    assert (found["ladder_rung"], found["ladder_step"], found["pathway"]) == ("PK3", 2, "Engagement")
    assert (found["movement"], found["is_further_within_rung"]) == ("HELD", True)
    assert stand(codes, core_small_steps=stepped(("4.1", 10), ("3.3", 370)))["movement"] == "UP"


@pytest.mark.parametrize(
    ("code", "days", "rung"),
    [("3.1", 445, "PK3"), ("3.1", 446, None), ("3A", 446, "PK3"), ("3A", 445, None), ("9.9", 10, None)],
)
def test_a_step_is_read_by_the_version_that_held_on_its_day(
    codes: pl.DataFrame, code: str, days: int, rung: str | None
) -> None:
    """Numbers since 1 September 2025, which is 445 days before the data date; letters up to the day before."""
    assert ago(445) == dt.date(2025, 9, 1)
    frames = {"core_run": rows(ALL["core_run"], data_date=TODAY), "core_ladder_codes": codes,
              "core_small_steps": stepped((code, days))}  # fmt: skip
    (mark,) = fill_in_turn(STEPS[:1], frames)["model_progress__marks"].to_dicts()
    assert (mark["ladder_rung"], mark["placing"]) == (rung, "PLACED" if rung else "UNKNOWN_CODE")


def test_the_finest_system_of_the_last_six_weeks_is_told_and_an_unknown_code_beside_it(codes: pl.DataFrame) -> None:
    both = {"core_assessments": marked(("PRE_KEY_STAGE", "PK4", 10))}
    found = stand(codes, **both, core_small_steps=stepped(("3.2", 52)))
    assert (found["ladder_system"], found["mark"]) == ("SMALL STEPS", "3.2")
    assert stand(codes, **both, core_small_steps=stepped(("3.2", 53)))["ladder_system"] == "STATUTORY"
    found = stand(codes, **both, core_small_steps=stepped(("3B", 5)))
    assert (found["mark"], found["unknown_mark"]) == ("PK4", "3B"), "told, and not guessed"


def test_a_framework_that_nobody_entered_has_no_place(codes: pl.DataFrame) -> None:
    found = stand(codes, core_small_steps=stepped(("Level 3", 5), framework="Own Steps"))
    assert (found["ladder_standing"], found["unplaced_reason"]) == ("UNPLACED", "UNKNOWN_CODE")


def placed(number: int, **told: Any) -> dict[str, Any]:
    usual = {"pupil_key": pupil(number), "school_urn": SCHOOL, "subject": "Reading", "sen_provision": "K",
             "sen_type": "MLD", "ladder_standing": "PLACED", "ladder_rung": "PK3", "earlier_rung": "PK3",
             "movement": "HELD", "is_further_within_rung": False}  # fmt: skip
    return usual | told


def people(*told: dict[str, Any]) -> pl.DataFrame:
    names = {name for row in told for name in row}
    return rows(ALL["model_progress__pupils"], **{name: [row.get(name) for row in told] for name in names})


def on_roll(found: pl.DataFrame) -> pl.DataFrame:
    once = found.unique(["pupil_key", "school_urn"]).sort("pupil_key", "school_urn")
    return rows(ALL["model_pupils__on_roll"], **{name: once[name].to_list() for name in
                                                 ("pupil_key", "school_urn", "sen_provision", "sen_type")})  # fmt: skip


def test_a_school_is_the_sum_of_its_pupils_and_the_trust_counts_a_child_once() -> None:
    found = people(
        *(placed(n, movement="UP") for n in range(6)),
        *(placed(n, is_further_within_rung=n < 8) for n in range(6, 12)),
        *(placed(n, movement="DOWN") for n in range(12, 14)),
        *(placed(n, ladder_rung="WTS", earlier_rung="WTS") for n in range(14, 20)),
        *(placed(n, movement=None, ladder_rung=None, earlier_rung=None, ladder_standing="UNPLACED",
                 unplaced_reason="BELOW_ONLY", is_further_within_rung=None) for n in range(20, 25)),
        placed(0, school_urn="100002", sen_provision="E", movement="UP"),
    )  # fmt: skip
    frame = progress.mart_progress__school_frame(found, on_roll(found), [SCHOOL, "100002"], TODAY)
    mine = frame.row(by_predicate=(pl.col("school_urn") == SCHOOL) & (pl.col("subject") == "Reading"), named=True)
    counts = ("sen_count", "placed_count", "below_age_count", "age_related_count", "off_ladder_count",
              "steps_unseen_count", "compared_count", "moved_up_count", "not_up_count", "small_step_count")  # fmt: skip
    assert [mine[name] for name in counts] == [25, 20, 14, 6, 5, 5, 14, 6, 8, 2]
    assert mine["moved_up_rate"] == pytest.approx(6 / 14)
    trust = frame.row(by_predicate=(pl.col("school_urn") == "TRUST") & (pl.col("subject") == "Reading"), named=True)
    assert [trust[name] for name in counts] == [25, 20, 14, 6, 5, 5, 14, 6, 8, 2]
    refuse_unreleased(ALL["mart_progress__school"], release(frame, ALL["mart_progress__school"]))


def test_groups_are_of_those_who_started_below_age_related_and_only_the_whole_tells_who_moved_down() -> None:
    found = people(
        *(placed(n, earlier_rung="EM", movement="UP") for n in range(5)),
        *(placed(n, earlier_rung="PK2", movement="DOWN", pathway="Engagement") for n in range(5, 11)),
        *(placed(n, earlier_rung="WTS", ladder_rung="EXS", movement="UP", sen_type=None) for n in range(11, 17)),
        placed(17, movement="NOTHING_BEFORE", earlier_rung=None),
    )
    frame = progress.mart_progress__group_frame(found, TODAY)
    told = {(row["group_kind"], row["progress_group"]): row for row in frame.to_dicts()}
    assert told["ALL", "Below age-related"]["compared_count"] == 11
    assert told["ALL", "Below age-related"]["moved_down_count"] == 6
    assert told["START", "Engagement model to PK2"]["moved_up_count"] == 5
    assert told["START", "Age-related"]["moved_up_count"] == 6
    assert told["START", "Age-related"]["moved_down_count"] is None
    assert told["NEED", "Moderate learning difficulty"]["not_up_count"] == 6
    assert told["PATHWAY", "Engagement"]["compared_count"] == 6
    assert ("NEED", "Other, or not recorded") not in told, "they started at age-related"
    rungs = progress.mart_progress__rung_frame(found, TODAY)
    assert dict(rungs.select("ladder_rung", "pupils_count").rows()) == {"PK3": 12, "EXS": 6}


def test_engagement_counts_pupils_area_by_area_in_schools_with_ten_on_the_profile() -> None:
    def seen(urn: str, number: int, days: int, area: str, direction: str) -> dict[str, Any]:
        return {"school_urn": urn, "pupil_key": pupil(number), "observed_date": ago(days), "engagement_area": area,
                "engagement_direction": direction}  # fmt: skip

    told = [
        *(seen(SCHOOL, n, 10, "EXPLORATION", "PROGRESS" if n < 6 else "SAME") for n in range(10)),
        seen(SCHOOL, 0, 20, "EXPLORATION", "PROGRESS"),
        seen(SCHOOL, 1, 182, "PERSISTENCE", "PROGRESS"),
        seen(SCHOOL, 1, 181, "INITIATION", "PROGRESS"),
        seen(SCHOOL, 50, 10, "EXPLORATION", "PROGRESS"),  # has left
        *(seen("100002", n, 10, "EXPLORATION", "PROGRESS") for n in range(20, 29)),
    ]
    frame = rows(ALL["core_engagement"], **{name: [row[name] for row in told] for name in told[0]})
    roll = rows(
        ALL["model_pupils__on_roll"], pupil_key=[pupil(n) for n in range(29)],
        school_urn=[SCHOOL if n < 20 else "100002" for n in range(29)],
    )  # fmt: skip
    found = progress.mart_progress__engagement_frame(frame, roll, TODAY)
    assert set(found["school_urn"]) == {SCHOOL}, "nine pupils have no row, and there is no total from which they follow"
    counts = dict(found.select("engagement_area", "progress_count").rows())
    assert counts == {area: {"EXPLORATION": 6, "INITIATION": 1}.get(area, 0) for area in ENGAGEMENT_AREAS}
    assert set(found["profile_count"]) == {10}


@pytest.mark.parametrize(
    ("told", "fit"),
    [
        ({}, "FITS"),
        ({"ladder_standing": "UNPLACED", "unplaced_reason": "OTHER_SCALE"}, "AT_THE_FLOOR"),
        ({"ladder_standing": "UNPLACED", "unplaced_reason": "UNKNOWN_CODE"}, "UNKNOWN_CODE"),
        ({"ladder_standing": "NOT_RECORDED"}, "NOT_RECORDED"),
        ({"ladder_standing": "TOO_YOUNG"}, "TOO_YOUNG"),
        ({"ladder_standing": "UNPLACED", "unplaced_reason": "BELOW_ONLY", "subject": "Writing"}, "NO_STEPS"),
    ],
)
def test_whether_the_record_can_show_a_step(told: dict[str, Any], fit: str) -> None:
    sittings = rows(
        ALL["model_progress__sittings"], pupil_key=pupil(1), school_urn=SCHOOL, subject="Reading", score=0.0,
        lowest_score=0.0, highest_score=40.0, assessment_name="Check",
    )  # fmt: skip
    core = rows(ALL["core_pupils"], pupil_key=pupil(1))
    listed = progress.list_pupils(people(placed(1, **told)), sittings, core)
    assert listed["system_fit"].to_list() == [fit]
    systems = progress.count_systems(listed)
    assert systems.height == (fit != "TOO_YOUNG")


def test_year_6_stands_together_over_years_and_nothing_at_all_gives_no_row() -> None:
    judged = rows(
        ALL["model_progress__year_6"], pupil_key=[pupil(n) for n in range(12)], academic_year=[2023, 2025] * 6,
        school_urn=SCHOOL, sen_provision="K", is_expected=[n < 5 for n in range(12)],
        has_kept_pace=[True] * 6 + [False] * 5 + [None],
    )  # fmt: skip
    frame = progress.mart_progress__year_6_frame(judged, [SCHOOL, "100002"], TODAY)
    mine = frame.row(by_predicate=(pl.col("school_urn") == SCHOOL) & (pl.col("sen_group") == "SEN support"), named=True)
    assert (mine["first_year"], mine["last_year"], mine["cohort_count"], mine["expected_count"]) == (2023, 2025, 12, 5)
    assert (mine["compared_count"], mine["kept_pace_count"]) == (11, 6)
    assert frame.height == 6
    assert progress.mart_progress__year_6_frame(judged.clear(), [SCHOOL], TODAY).is_empty()
