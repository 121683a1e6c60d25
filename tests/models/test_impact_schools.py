"""One intervention in each school and year, and one pupil: what is shown of how many, what a plain count says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.impact_delivery import year_delivery
from models.impact_schools import estimate_schools
from models.impact_single_pupils import list_pupils
from tests.support.cohorts import DOSE, PEOPLE, STARTERS, cohort, estimate_all
from tests.support.frames import pupil, rows
from tests.support.plain_pooling import shrink

DIFFERENCE = ("difference_points", "lower_points", "upper_points")


def in_schools(*treated: int, compared: int = 40, effects: tuple[float, ...] = ()) -> pl.DataFrame:
    """One intervention with so many pupils in each school, and its effect there."""
    parts = []
    for at, count in enumerate(treated):
        effect = effects[at] if effects else 0.0
        part = cohort(count, compared, effect=effect, seed=at + 1)
        key = pl.lit(f"{at + 1:x}") + pl.col("pupil_key").str.slice(1)
        parts.append(part.with_columns(school_urn=pl.lit(f"10000{at}"), pupil_key=key))
    return pl.concat(parts)


def starters_of(people: pl.DataFrame) -> pl.DataFrame:
    treated = people.filter("is_treated")
    return rows(
        STARTERS,
        intervention_key=[f"{urn}:G" for urn in treated["school_urn"]],
        intervention_name="Reading Plus",
        school_urn=treated["school_urn"].to_list(),
        pupil_key=treated["pupil_key"].to_list(),
    )


def tell(people: pl.DataFrame) -> dict[str, dict[str, Any]]:
    found = estimate_schools(people, starters_of(people), estimate_all(people))
    assert find(found, ALL["model_impact__school_estimates"]) == []
    return {row["school_urn"]: row for row in found.to_dicts()}


def test_five_schools_of_ten_are_shown_drawn_towards_their_mean() -> None:
    people = in_schools(10, 14, 20, 30, 40, 9, effects=(8.0, 0.0, 2.0, 4.0, -3.0, 0.0))
    found = tell(people)
    assert [found[f"10000{at}"]["standing"] for at in range(6)] == ["SHOWN"] * 5 + ["TOO_FEW_PUPILS"]
    # what each school would be told alone, by the same comparison
    alone = [estimate_all(people.filter(school_urn=f"10000{at}")).to_dicts()[0] for at in range(5)]
    errors = [row["pooled_error_sd"] for row in alone]
    assert all(error is not None for error in errors)
    own = [row["difference_points"] for row in alone]
    shown = [found[f"10000{at}"]["difference_points"] for at in range(5)]
    assert max(shown) - min(shown) < max(own) - min(own)
    assert shown.index(max(shown)) == own.index(max(own))
    assert found["100005"]["both_scores_count"] == 9
    assert all(found["100005"][name] is None for name in DIFFERENCE)


def test_what_is_shown_is_the_plain_twins_shrinkage(monkeypatch: pytest.MonkeyPatch) -> None:
    from models import impact_schools

    seen: list[tuple[float, float]] = []
    compare = impact_schools.compare_pupils

    def watched(*given: Any) -> Any:
        found = compare(*given)
        seen.append((found.points[0], found.error_points))
        return found

    monkeypatch.setattr(impact_schools, "compare_pupils", watched)
    people = in_schools(12, 14, 20, 30, 40, effects=(8.0, 0.0, 2.0, 4.0, -3.0))
    found = tell(people)
    expected = shrink([points for points, _ in seen], [error**2 for _, error in seen])
    told = [found[urn]["difference_points"] for urn in sorted(found)]
    assert told == pytest.approx([effect for effect, _ in expected], abs=1e-5)


def test_four_schools_are_too_few() -> None:
    found = tell(in_schools(20, 20, 20, 20, 9))
    assert [row["standing"] for row in found.values()] == ["TOO_FEW_SCHOOLS"] * 4 + ["TOO_FEW_PUPILS"]
    assert all(row[name] is None for row in found.values() for name in DIFFERENCE)


def test_what_has_no_difference_or_nobody_to_compare_with_is_not_estimated() -> None:
    people = in_schools(*[12] * 5)
    ranks = tell(people.with_columns(scale=pl.lit("BAND")))
    assert {row["standing"] for row in ranks.values()} == {"NO_ESTIMATE"}
    alone = tell(people.filter("is_treated"))
    assert {row["standing"] for row in alone.values()} == {"NO_ESTIMATE"}
    assert all(row["both_scores_count"] == 12 for row in alone.values())


def test_a_school_that_only_started_has_a_row() -> None:
    people = in_schools(*[12] * 5)
    started = pl.concat([starters_of(people), rows(STARTERS, intervention_name="Reading Plus", school_urn="100009")])
    unknown = rows(STARTERS, intervention_name="Our own idea", school_urn="100009", is_in_catalogue=False)
    found = estimate_schools(people, pl.concat([started, unknown]), estimate_all(people))
    row = found.filter(school_urn="100009").to_dicts()
    assert [(one["intervention_name"], one["standing"], one["both_scores_count"]) for one in row] == [
        ("Reading Plus", "TOO_FEW_PUPILS", 0)
    ]


def test_years_are_told_by_the_year_in_which_groups_started() -> None:
    people = cohort(9, 40).with_columns(
        academic_year=pl.when(pl.int_range(pl.len()) < 4).then(2024).otherwise(2025).cast(pl.Int64),
        is_exit_due=pl.int_range(pl.len()) != 8,
    )
    keys = people.filter("is_treated")["pupil_key"].to_list()
    begun = rows(STARTERS, intervention_key=["A"] * 4 + ["B"] * 5 + ["B"], intervention_name="Reading Plus",
                 pupil_key=[*keys, keys[0]])  # fmt: skip
    dose = rows(DOSE, intervention_key=["A", "B", "C"], intervention_name="Reading Plus",
                start_date=[dt.date(2025, 8, 31), dt.date(2025, 9, 1), dt.date(2026, 8, 31)],
                school_urn=["100001", "100001", "100002"], due_sessions_count=[10, 10, 20],
                planned_sessions_count=[10, 10, 20], delivered_sessions_count=[5, 8, 18])  # fmt: skip
    found = year_delivery(dose, begun, people.filter("is_treated"), estimate_all(people))
    assert find(found, ALL["model_impact__years"]) == []
    columns = ["academic_year", "schools_count", "started_count", "both_scores_count", "dose_rate"]
    # the pupil who started in both years is in both; one of the second year is not due yet
    assert found.select(columns).rows() == [(2024, 1, 4, 4, 0.5), (2025, 2, 6, 4, 26 / 30)]


def test_only_the_outcome_that_speaks_is_counted_in_a_year() -> None:
    people = cohort(12, 40)
    other = cohort(8, 20).with_columns(subject=pl.lit("Mathematics"))
    both = pl.concat([people, other])
    dose = rows(DOSE, intervention_key="A", intervention_name="Reading Plus", start_date=dt.date(2024, 10, 1))
    begun = starters_of(people).with_columns(intervention_key=pl.lit("A"))
    found = year_delivery(dose, begun, both.filter("is_treated"), estimate_all(both))
    by_year: dict[int, int] = defaultdict(int)
    for row in people.filter("is_treated").to_dicts():
        by_year[row["academic_year"]] += 1
    assert found.select("academic_year", "both_scores_count").rows() == [(2024, by_year[2024])]


PUPILS, SAID = ALL["core_pupils"], ALL["core_intervention_pupils"]


def list_one(**scores: Any) -> dict[str, Any]:
    people = rows(PEOPLE, intervention_name="Reading Plus", is_treated=True, pupil_key=pupil(1), assessment_name="Test",
                  subject="Reading", **scores)  # fmt: skip
    begun = rows(STARTERS, intervention_key=["A", "B"], intervention_name="Reading Plus", pupil_key=pupil(1),
                 started_date=[dt.date(2025, 9, 8), dt.date(2026, 1, 12)], start_rank=[1, 2],
                 attended_sessions_count=[7, 9])  # fmt: skip
    said = rows(SAID, intervention_key=["A", "B"], pupil_key=pupil(1), teacher_judgement=[1, -2])
    found = list_pupils(people, begun, said, rows(PUPILS, pupil_key=pupil(1), surname="Ash", forename="Bo"))
    assert find(found, ALL["mart_impact__pupil"]) == []
    (row,) = found.to_dicts()
    return row


@pytest.mark.parametrize(("entry", "leave", "change"), [
    (80.0, 93.2, "RISEN"), (80.0, 93.1, "WITHIN_CHANCE"), (93.2, 80.0, "FALLEN"), (93.1, 80.0, "WITHIN_CHANCE"),
    (None, 80.0, None), (80.0, None, None),
])  # fmt: skip
def test_a_change_is_reliable_beyond_thirteen_points(entry: float, leave: float, change: str | None) -> None:
    row = list_one(entry_score=entry, exit_score=leave, missing_reason=None if change else "NO_TEST")
    assert row["reliable_change"] == change
    assert row["needed_points"] == (None if change is None else pytest.approx(1.959964 * 15 * (2 * 0.1) ** 0.5))


@pytest.mark.parametrize("more", [{"scale": "AGE"}, {"scale": "ATTENDANCE"}, {"exit_assessment_name": "Another"}])
def test_other_scales_and_other_tests_have_no_reliable_change(more: dict[str, str]) -> None:
    row = list_one(entry_score=60.0, exit_score=110.0, **more)
    assert row["reliable_change"] is row["needed_points"] is None
    assert (row["entry_score"], row["exit_score"]) == (60.0, 110.0)


def test_a_pupil_is_listed_once_at_the_first_start_with_what_was_said_of_it() -> None:
    row = list_one(entry_score=80.0, exit_score=90.0)
    assert (row["surname"], row["academic_year"], row["teacher_judgement"], row["attended_sessions_count"]) == (
        "Ash", 2025, 1, 7,
    )  # fmt: skip


def test_of_two_outcomes_the_one_with_both_scores_is_told() -> None:
    people = rows(PEOPLE, intervention_name="Reading Plus", is_treated=True, pupil_key=pupil(1),
                  assessment_name=["A test", "Test"], subject="Reading", entry_score=[80.0, 70.0],
                  exit_score=[None, 75.0], missing_reason=["LEFT", None])  # fmt: skip
    found = list_pupils(people, rows(STARTERS, intervention_name="Reading Plus", pupil_key=pupil(1)),
                        rows(SAID, pupil_key=[]), rows(PUPILS, pupil_key=pupil(1)))  # fmt: skip
    assert found["assessment_name"].to_list() == ["Test"]


def test_who_has_no_test_is_listed_too() -> None:
    found = list_pupils(rows(PEOPLE, pupil_key=[]), rows(STARTERS, pupil_key=[pupil(1), pupil(2)]),
                        rows(SAID, pupil_key=[]), rows(PUPILS, pupil_key=[pupil(1), pupil(2)]))  # fmt: skip
    assert found["pupil_key"].to_list() == [pupil(1), pupil(2)]
    assert found["assessment_name"].null_count() == found["reliable_change"].null_count() == 2
