"""Moderation: which ratings count, agreement at each threshold, drift by hand, cases to discuss, what may be told."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.disclosure import prepare, release
from models.moderation import agreement_words, find_drift, list_items, measure_rounds, own_drift
from models.moderation_ratings import choose_matrix, level, rate
from tests.support.frames import pupil, rows, table

DAY = dt.date(2026, 10, 14)
MATRIX = table(
    ALL["core_matrix_criteria"],
    """
    matrix_version | band_rule | start_date | descriptor | band_number | criterion_code | is_example
    V1 | HIGHEST | 2020-09-01 | Talk | 1 | T1 | no
    V1 | HIGHEST | 2020-09-01 | Talk | 2 | T2 | no
    V1 | HIGHEST | 2020-09-01 | Self | 3 | S3 | no
    V2 | MIDDLE  | 2025-09-01 | Talk | 1 | T1 | no
    V2 | MIDDLE  | 2025-09-01 | Self | 3 | S3 | no
    """,
)
NOBODY = rows(ALL["core_deceased"], pupil_key=[])
SCHOOLS = rows(
    ALL["core_schools"], school_urn=["100001", "100002", "100003"], laestab=["8612001", "8612002", "8612003"]
)


def marks(drawn: str) -> pl.DataFrame:
    given = {"round_date": DAY, "matrix_version": "V1", "case_school_urn": "100009"}
    return table(ALL["clean_registers__moderation_marks"], drawn, **{n: x for n, x in given.items() if n not in drawn})


def rated(paper: pl.DataFrame, deceased: pl.DataFrame = NOBODY, **journal: pl.DataFrame) -> pl.DataFrame:
    names = ("rounds", "cases", "ratings")
    read = [journal.get(name, rows(ALL[f"core_journal_{name}"]).clear()) for name in names]
    found = rate(paper, *read, MATRIX, deceased)
    assert find(found, ALL["model_moderation__ratings"]) == []
    return found


def bands(values: list[list[int | None]], schools: list[str] | None = None) -> pl.DataFrame:
    """Paper marks with bands written down: cases down, raters across, each of a school of its own if none is given."""
    urns = schools or [f"10000{place}" for place in range(1, len(values[0]) + 1)]
    cells = [
        (case, urns[place], str(place), band)
        for case, given in enumerate(values, start=1) for place, band in enumerate(given) if band is not None
    ]  # fmt: skip
    numbers, of, codes, given = (list(column) for column in zip(*cells, strict=True))
    return rows(
        ALL["clean_registers__moderation_marks"], round_name="R", round_date=DAY, matrix_version="V1",
        case_school_urn="100009", case_number=numbers, rater_school_urn=of, rater_code=codes, band_given_number=given,
    )  # fmt: skip


def measured(paper: pl.DataFrame) -> dict[str, Any]:
    found = rated(paper)
    told = measure_rounds(found, level(found, MATRIX), MATRIX)
    assert find(told, ALL["model_moderation__round"]) == []
    return told.row(0, named=True)


def test_the_band_follows_from_the_ticks_and_a_written_band_only_where_there_are_none() -> None:
    found = rated(
        marks(
            """
            round_name | case_number | rater_school_urn | rater_code | criteria_ticked | band_given_number
            R | 1 | 100001 | 1 | T1;T2    | 3
            R | 1 | 100002 | 1 | t1; s3   | -
            R | 1 | 100003 | 1 | -        | 2
            R | 1 | 100003 | 2 | X9       | 2
            R | 1 | 100003 | 3 | -        | -
            """
        )
    ).sort("rater_key")
    assert found["band_number"].to_list() == [2, 3, 2, None, None]
    assert found["rating_state"].to_list() == ["COUNTED"] * 3 + ["NO_BAND"] * 2


def test_a_rating_of_an_own_pupil_or_on_another_matrix_is_kept_and_does_not_count() -> None:
    found = rated(
        marks(
            """
            round_name|case_number|case_school_urn|matrix_version|rater_school_urn|rater_code|criteria_ticked
            R | 1 | 100001 | V1 | 100001 | 1 | T1
            R | 1 | 100001 | V1 | 100002 | 1 | T1
            R | 1 | 100001 | V2 | 100003 | 1 | T1
            """
        )
    ).sort("rater_key")
    assert found["rating_state"].to_list() == ["OWN_SCHOOL", "COUNTED", "OTHER_MATRIX"]


def journal(**changes: Any) -> dict[str, pl.DataFrame]:
    return {
        "rounds": rows(ALL["core_journal_rounds"], **{"round_number": 1, "round_name": "R", "round_date": DAY,
                       "closed_date": DAY, "matrix_version": "V2", "is_own_school_rated": False, **changes}),
        "cases": rows(ALL["core_journal_cases"], round_number=1, case_number=[1, 2], school_urn=["100001", "100002"],
                      pupil_key=[pupil(1), pupil(2)]),
        "ratings": rows(ALL["core_journal_ratings"], round_number=1, case_number=[1, 2], rater_key=["100001-a"] * 2,
                        rater_school_urn="100001", criteria_ticked="S3;T1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "states"),
    [
        ({}, ["OWN_SCHOOL", "COUNTED"]),
        ({"is_own_school_rated": True}, ["COUNTED", "COUNTED"]),
        ({"closed_date": None}, ["OWN_SCHOOL", "OPEN_ROUND"]),
    ],
)
def test_a_round_of_the_app_counts_once_it_is_closed(changes: dict[str, Any], states: list[str]) -> None:
    found = rated(marks("round_name | case_number\nR | 1").clear(), **journal(**changes)).sort("case_number")
    assert found["rating_state"].to_list() == states
    assert found["band_number"].to_list() == [3, 3], "the middle one of two levels is the higher"
    assert found["pupil_key"].to_list() == [pupil(1), pupil(2)]


def test_a_pupil_who_has_died_is_in_no_figure() -> None:
    died = rows(ALL["core_deceased"], pupil_key=pupil(2))
    found = rated(marks("round_name | case_number\nR | 1").clear(), died, **journal()).sort("case_number")
    assert found["rating_state"].to_list() == ["OWN_SCHOOL", "DECEASED"]
    assert level(found, MATRIX).is_empty()


def test_a_paper_round_called_like_one_of_the_app_is_another_round() -> None:
    paper = marks("round_name | case_number | rater_school_urn | rater_code | criteria_ticked\nR | 2 | 100003 | 1 | T1")
    found = rated(paper, **journal())
    assert set(found["round_name"]) == {"R", "R (workbook)"}


def test_agreement_of_a_small_table_by_hand() -> None:
    """Pairs of case 1: 1-1, 1-2, 1-2; of case 2: 3-3. Alike (1/3 + 1)/2; within one band all."""
    row = measured(bands([[1, 1, 2], [3, None, 3]]))
    assert row["exact_rate"] == pytest.approx(2 / 3)
    assert row["adjacent_rate"] == 1
    assert (row["rated_count"], row["schools_count"], row["round_standing"]) == (2, 3, "FEW_CASES")
    assert row["alpha"] is None
    assert row["gwet_ac2"] is None


@pytest.mark.parametrize(
    ("cases", "raters", "top", "standing"),
    [(15, 3, 3, "MEASURED"), (14, 3, 3, "FEW_CASES"), (15, 2, 3, "FEW_RATERS"), (15, 3, 2, "BANDS_MISSING")],
)
def test_fifteen_pupils_three_raters_and_every_band(cases: int, raters: int, top: int, standing: str) -> None:
    values: list[list[int | None]] = [
        [1 + (case + (place == 1 and case % 4 == 0)) % top for place in range(raters)] for case in range(cases)
    ]
    row = measured(bands(values))
    assert row["round_standing"] == standing
    assert (row["alpha"] is not None) == (standing == "MEASURED")
    assert (row["exact_rate"] is None) == (standing == "FEW_RATERS")


@pytest.mark.parametrize(
    ("alpha", "word"),
    [(0.8, "RELIABLE"), (0.7999, "TENTATIVE"), (0.667, "TENTATIVE"), (0.6669, "NOT_RELIABLE"), (None, None)],
)
def test_what_alpha_allows_to_be_said(alpha: float | None, word: str | None) -> None:
    assert agreement_words(alpha) == word


def test_drift_is_the_difference_from_the_other_schools_whose_raters_count_as_one() -> None:
    """School 1 has two raters. Case 1: (2 + 4)/2 - (1 + 2)/2 = 1.5; case 2: 3 - 2.5 = 0.5. Mean 1."""
    found = rated(bands([[2, 4, 1, 2], [3, 3, 3, 2]], ["100001", "100001", "100002", "100003"]))
    drift = find_drift(level(found, MATRIX), SCHOOLS)
    assert find(drift, ALL["model_moderation__drift"]) == []
    own = drift.filter(school_urn="100001", descriptor="ALL").row(0, named=True)
    assert own["drift_bands"] == pytest.approx(1)
    assert (own["raters_count"], own["rated_count"]) == (2, 2)
    half = 12.706204736 * 0.5  # t with one degree of freedom, standard error 0.5
    assert own["drift_lower"] == pytest.approx(1 - half)
    trust = drift.filter(school_urn="TRUST").row(0, named=True)
    assert trust["exact_rate"] == pytest.approx((1 / 6 + 3 / 6) / 2), "of six pairs: 2-2; then 3-3 three times"
    assert trust["drift_bands"] is None


def test_a_school_that_is_none_of_the_trusts_is_compared_with_and_not_shown() -> None:
    found = rated(bands([[2, 1], [3, 1]], ["100001", "100077"]))
    drift = find_drift(level(found, MATRIX), SCHOOLS)
    assert set(drift["school_urn"]) == {"100001", "TRUST"}
    assert drift.filter(school_urn="100001")["drift_bands"].item() == 1.5


def test_drift_needs_two_pupils() -> None:
    drift = find_drift(level(rated(bands([[2, 1]])), MATRIX), SCHOOLS)
    assert drift["drift_bands"].is_null().all()


def test_renaming_raters_and_shuffling_rows_changes_nothing() -> None:
    paper = bands([[1 + (case + place) % 3 for place in range(4)] for case in range(16)])
    other = paper.sample(fraction=1, shuffle=True, seed=3).with_columns(rater_code=pl.lit("Z") + pl.col("rater_code"))
    assert measured(paper) == measured(other)


def test_cases_two_bands_apart_are_to_be_discussed_with_the_widest_descriptor() -> None:
    found = rated(
        marks(
            """
            round_name | case_number | rater_school_urn | rater_code | criteria_ticked
            R | 1 | 100001 | 1 | T1
            R | 1 | 100002 | 1 | T2;S3
            R | 2 | 100001 | 1 | T1
            R | 2 | 100002 | 1 | T2
            """
        )
    )
    items = list_items(found, level(found, MATRIX), rows(ALL["core_pupils"], pupil_key=pupil(1)))
    assert find(items, ALL["mart_moderation__item"]) == []
    assert items.select("case_number", "bands_given", "widest_descriptor").rows() == [(1, "1, 3", "Self")]


def test_a_named_pupil_is_told_to_the_send_lead() -> None:
    cases = rows(ALL["core_journal_cases"], round_number=1, case_number=1, school_urn="100009", pupil_key=pupil(7))
    ratings = rows(ALL["core_journal_ratings"], round_number=1, case_number=1, rater_key=["a", "b"],
                   rater_school_urn=["100001", "100002"], criteria_ticked=["T1", "S3"])  # fmt: skip
    found = rated(marks("round_name | case_number\nR | 1").clear(), **{**journal(), "cases": cases, "ratings": ratings})
    people = rows(ALL["core_pupils"], pupil_key=pupil(7), surname="Birch", forename="Bea")
    items = list_items(found, level(found, MATRIX), people)
    assert items.select("surname", "forename", "ratings_count").rows() == [("Birch", "Bea", 2)]


@pytest.mark.parametrize(("raters", "cases", "is_told"), [(3, 15, True), (2, 15, False), (3, 14, False)])
def test_a_school_is_told_its_drift_with_three_raters_and_fifteen_pupils(
    raters: int, cases: int, is_told: bool
) -> None:
    schools = [*["100001"] * raters, "100002"]
    found = rated(bands([[2] * raters + [1 + case % 2] for case in range(cases)], schools))
    own = own_drift(find_drift(level(found, MATRIX), SCHOOLS))
    assert own["school_urn"].to_list() == (["100001"] if is_told else [])
    mart = ALL["mart_moderation__school"]
    released = release(own.with_columns(data_date=pl.lit(DAY)), mart)
    assert released["drift_bands"].to_list() == ([0.5] if is_told else [])


def test_a_round_is_released_whole_and_rates_of_few_pupils_are_hidden() -> None:
    mart = ALL["mart_moderation__round"]
    for cases, is_hidden in ((10, False), (9, True)):
        found = rated(bands([[1, 2, 3]] * cases))
        told = release(prepare(measure_rounds(found, level(found, MATRIX), MATRIX), mart, DAY), mart).row(0, named=True)
        assert (told["exact_rate"] is None) == is_hidden
        assert ("exact_rate" in told["hidden_columns"]) == is_hidden


def test_the_example_stands_until_a_trust_enters_its_own_matrix() -> None:
    example = MATRIX.filter(matrix_version="V1").with_columns(is_example=pl.lit(True))
    versions, criteria = (rows(ALL[f"clean_registers__matrix_{name}"]) for name in ("versions", "criteria"))
    assert choose_matrix(versions.clear(), criteria.clear(), example).equals(example)
    assert choose_matrix(versions, criteria.clear(), example).equals(example), "a version without criteria is none"
    own = choose_matrix(versions, criteria, example)
    assert own["is_example"].to_list() == [False]
    assert find(own, ALL["core_matrix_criteria"]) == []


def test_the_shipped_example_is_labelled_and_whole() -> None:
    from pipelines.reference_data import example_matrix

    example = example_matrix()
    assert find(example, ALL["core_matrix_criteria"]) == []
    assert example["is_example"].all()
    assert example["matrix_title"].str.contains("xample").all()
    by_descriptor = example.group_by("descriptor").agg(pl.col("band_number").n_unique())
    assert by_descriptor["band_number"].unique().to_list() == [4]
