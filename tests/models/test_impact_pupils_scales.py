"""Who is analysed on each scale, with another test at the end, with doubled, undated and disordered scores."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.tables import ALL
from expectations.tables.impact_pupils import MISSING_REASONS
from tests.support.filling import fill
from tests.support.frames import pupil, rows
from tests.support.impact_histories import (
    ENDED,
    ENTRY_DAY,
    EXIT_DAY,
    HALF_TERMS,
    STARTED,
    TODAY,
    compared,
    one,
    pair,
    people_of,
    score,
    start,
)

SCALES = ("STANDARDISED", "AGE", "POINTS", "BAND", "PRE_KEY_STAGE")
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_has_entry_baseline_exit_and_its_own_comparison(scale: str) -> None:
    other = "POINTS" if scale != "POINTS" else "BAND"
    before = score(1, dt.date(2025, 10, 6), 2, scale=scale)
    scores = [before, *pair(1, scale=scale), *pair(2, scale=scale), *pair(3, scale=other)]
    people = people_of(scores, [start(1)])
    found = one(people, 1)
    assert (found["scale"], found["entry_score"], found["baseline_score"]) == (scale, 90, 46)
    assert (found["entry_date"], found["exit_date"], found["exit_score"]) == (ENTRY_DAY, EXIT_DAY, 95)
    assert (found["before_sessions_count"], found["exit_assessment_name"]) == (None, None)
    assert compared(people) == {pupil(2)}


def test_the_entry_decides_the_scale_and_scales_are_never_mixed() -> None:
    scores = [
        score(1, dt.date(2025, 10, 6), 40, scale="POINTS"),
        score(1, ENTRY_DAY, 2, scale="BAND"),
        score(1, EXIT_DAY, 55, scale="POINTS"),
        score(1, EXIT_DAY + 2 * DAY, 3, scale="BAND", school_urn="100002"),
    ]
    found = one(people_of(scores, [start(1)]), 1)
    assert (found["scale"], found["baseline_score"], found["baseline_scores_count"]) == ("BAND", 2, 1)
    assert (found["exit_score"], found["exit_date"]) == (3, EXIT_DAY + 2 * DAY)


def test_without_an_entry_the_scale_is_the_usual_one_of_the_school_then_of_the_trust() -> None:
    scores = [*pair(2, scale="BAND"), *pair(3, school_urn="100002", scale="POINTS")]
    scores += [*pair(4, school_urn="100002", scale="POINTS"), *pair(5, school_urn="100002", scale="POINTS")]
    roll = rows(ALL["core_enrolments"], pupil_key=[pupil(n) for n in (1, 9)], school_urn=["100001", "100009"])
    people = people_of(scores, [start(1), start(9, school_urn="100009", intervention_key="G9")], core_enrolments=roll)
    assert (one(people, 1)["scale"], one(people, 9)["scale"]) == ("BAND", "POINTS")
    assert one(people, 1)["missing_reason"] == "NO_ENTRY"


def test_marks_that_are_no_figure_are_no_score_and_a_test_nobody_sat_is_no_outcome() -> None:
    engaged = [score(1, ENTRY_DAY, 0, scale="ENGAGEMENT") | {"score": None}, *pair(2)]
    assert one(people_of(engaged, [start(1)]), 1)["missing_reason"] == "NO_ENTRY"
    assert people_of(pair(1), [start(1, assessment_name="Never sat")]).is_empty()
    assert people_of(pair(1), [start(1, assessment_name=None, subject=None)]).is_empty()
    assert people_of([], [start(1)]).is_empty()
    assert people_of(pair(1), []).is_empty()


def test_an_undated_mark_stands_at_the_middle_of_its_half_term() -> None:
    told = HALF_TERMS.filter(academic_year=2025, half_term="Autumn2").to_dicts()[0]
    clean = rows(
        ALL["clean_insight__assessments"],
        pupil_key=pupil(1),
        academic_year=2025,
        half_term="Autumn2",
        assessment_name="Test",
        subject="Reading",
        mark_scheme="Points",
        mark="12",
        assessed_date=None,
    )
    marked = fill("core_assessments", {"clean_insight__assessments": clean, "core_half_terms": HALF_TERMS})
    middle = told["middle_date"]
    for begun, entry in ((middle + 42 * DAY, 12), (middle + 43 * DAY, None)):
        people = people_of(pair(2, scale="POINTS"), [start(1, started_date=begun)], core_assessments=marked)
        assert one(people, 1)["entry_score"] == entry


# Another test at the end.


def test_another_test_at_the_end_is_compared_with_the_same_pair_of_tests() -> None:
    def sat(number: int, first: str, last: str) -> list[dict[str, object]]:
        return [score(number, ENTRY_DAY, 90, assessment_name=first), score(number, EXIT_DAY, 95, assessment_name=last)]

    scores = [*sat(1, "Test", "New"), *sat(2, "Test", "New"), *sat(3, "Test", "Test"), *sat(4, "New", "New")]
    people = people_of(scores, [start(1, exit_assessment_name="New")])
    assert {row["exit_assessment_name"] for row in people.to_dicts()} == {"New"}
    assert set(people["assessment_name"]) == {"Test"}
    assert one(people, 1)["exit_score"] == 95
    # who sat the first and not the second is counted as missing the end, not left out
    assert compared(people) == {pupil(2), pupil(3)}
    assert one(people, 3, is_treated=False)["missing_reason"] == "NO_TEST"


def test_another_test_on_another_scale_gives_no_exit() -> None:
    scores = [score(1, ENTRY_DAY, 90), score(1, EXIT_DAY, 3, assessment_name="Band", scale="BAND")]
    found = one(people_of(scores, [start(1, exit_assessment_name="Band")]), 1)
    assert (found["scale"], found["exit_score"], found["missing_reason"]) == ("STANDARDISED", None, "NO_TEST")


# Doubled and disordered.


def test_a_copy_in_another_school_counts_once_and_as_the_score_of_the_pupils_own_school() -> None:
    copies = [s | {"school_urn": "100001"} for n in (1, 2) for s in pair(n)]
    own = [s | {"school_urn": "100002"} for n in (1, 2) for s in pair(n)]
    people = people_of([*copies, *own], [start(1, school_urn="100002")])
    found = one(people, 1)
    assert (found["baseline_scores_count"], found["baseline_score"], found["exit_score"]) == (1, 90, 95)
    # the lower URN has a copy too, but the pupil was never on roll there
    assert one(people, 2, is_treated=False)["school_urn"] == "100002"
    assert one(people, 2, is_treated=False)["exit_score"] == 95


def test_a_copy_dated_otherwise_in_the_same_half_term_is_no_second_baseline() -> None:
    scores = [*pair(1), score(1, ENTRY_DAY - 3 * DAY, 60, school_urn="100002")]
    found = one(people_of(scores, [start(1)]), 1)
    assert (found["baseline_score"], found["baseline_scores_count"]) == (90, 1)


def test_an_end_before_the_start_still_wants_an_exit_after_the_start() -> None:
    reversed_dates = start(1, end_date=STARTED - 20 * DAY)
    scores = [score(1, STARTED, 90), score(1, STARTED + DAY, 99, school_urn="100002")]
    assert one(people_of(scores, [reversed_dates]), 1)["exit_score"] == 99
    found = one(people_of([score(1, STARTED, 90)], [reversed_dates]), 1)
    assert (found["entry_score"], found["exit_score"], found["missing_reason"]) == (90, None, "NO_TEST")


def test_a_score_after_the_data_date_is_not_known_yet() -> None:
    scores = [score(1, dt.date(2026, 10, 1), 90), score(1, TODAY + DAY, 95)]
    begun = start(1, started_date=dt.date(2026, 10, 5), end_date=TODAY - DAY)
    assert one(people_of(scores, [begun]), 1)["missing_reason"] == "NOT_DUE"
    scores[1] |= {"assessed_date": TODAY}
    assert one(people_of(scores, [begun]), 1)["exit_score"] == 95


# Compared.


def test_a_compared_pupils_second_score_is_of_an_earlier_half_term_within_a_year() -> None:
    for days, mean in ((364, 85.0), (365, 90.0)):
        scores = [*pair(1), *pair(2), score(2, STARTED - days * DAY, 80)]
        assert one(people_of(scores, [start(1)]), 2, is_treated=False)["baseline_score"] == mean


def test_similar_is_what_the_catalogue_says_it_changes() -> None:
    def also(number: int, **more: object) -> dict[str, object]:
        return start(number, intervention_key=f"H{number}", intervention_name="Other", assessment_name=None, **more)

    starts = [
        start(1, outcome_domain="Language"),
        also(2, subject=None, outcome_domain="Language"),  # another area, the same domain
        also(3, subject=None, outcome_domain="Behaviour"),  # the same area, another domain
        also(4, subject="Reading", outcome_domain="Behaviour"),  # a reading test speaks of it
        also(5, subject=None),  # nothing known but the area
    ]
    starts[1]["area_of_need"] = "Communication and interaction"
    people = people_of([s for n in range(1, 6) for s in pair(n)], starts)
    assert compared(people.filter(intervention_name="Reading Plus")) == {pupil(3)}


# Missing and why.


def test_why_somebody_has_not_both_scores() -> None:
    entry = [score(n, ENTRY_DAY, 90) for n in (2, 3, 4, 5)]
    roll = rows(
        ALL["core_enrolments"],
        pupil_key=[pupil(n) for n in range(1, 7)],
        school_urn="100001",
        entry_date=dt.date(2021, 9, 1),
        leaving_date=[None, ENDED + 41 * DAY, ENDED + 42 * DAY, None, None, None],
    )
    starts = [start(n) for n in (1, 2, 3, 4, 6)] + [start(5, end_date=TODAY - DAY)]
    people = people_of([*entry, *pair(6)], starts, core_enrolments=roll)
    reasons = {n: one(people, n)["missing_reason"] for n in range(1, 7)}
    assert reasons == {1: "NO_ENTRY", 2: "LEFT", 3: "NO_TEST", 4: "NO_TEST", 5: "NOT_DUE", 6: None}


def test_started_is_not_due_plus_each_reason_plus_both() -> None:
    starts = [start(n, end_date=ENDED if n % 3 else TODAY) for n in range(1, 20)]
    scores = [s for n in range(1, 20) for s in (pair(n) if n % 2 else pair(n)[n % 4 // 2 :][:1])]
    treated = people_of(scores, starts).filter("is_treated")
    both = treated.filter(pl.col("baseline_score").is_not_null() & pl.col("exit_score").is_not_null())
    parts = {reason: treated.filter(missing_reason=reason).height for reason in MISSING_REASONS}
    assert treated.height == len(starts) == both.height + sum(parts.values())
    assert both.height == treated["missing_reason"].null_count()
    assert treated.filter(~pl.col("is_exit_due")).height == parts["NOT_DUE"] > 0
    assert parts["NO_ENTRY"] > 0
    assert parts["NO_TEST"] > 0


def test_with_every_exit_missing_all_are_counted_and_nobody_is_compared() -> None:
    people = people_of([score(n, ENTRY_DAY, 90) for n in range(1, 6)], [start(1), start(2)])
    assert people["missing_reason"].to_list() == ["NO_TEST", "NO_TEST"]
    assert people["is_treated"].all()


def test_a_year_group_that_never_sat_the_test_at_the_end_missed_nothing() -> None:
    born = rows(
        ALL["core_pupils"],
        pupil_key=[pupil(n) for n in (1, 2, 3, 4)],
        birth_date=[dt.date(2017, 3, 10), dt.date(2017, 3, 10), dt.date(2016, 3, 10), dt.date(2018, 3, 10)],
    )
    scores = [*pair(1), score(2, ENTRY_DAY, 90), score(3, ENTRY_DAY, 90), *pair(4)]
    assert compared(people_of(scores, [start(1)], core_pupils=born)) == {pupil(2), pupil(4)}
