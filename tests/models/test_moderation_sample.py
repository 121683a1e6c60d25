"""The sample of a round: the same every time, spread over schools, provision and need; a pack that tells nobody."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models.moderation_sample import NO_YEAR, YEAR_BANDS, draw, fill_packs, next_number, year_band
from tests.support.frames import pupil, rows, table

DAY = dt.date(2026, 11, 20)
NOBODY = rows(ALL["core_deceased"], pupil_key=[])


def on_roll(sizes: list[int], provisions: str = "K") -> pl.DataFrame:
    """So many pupils in each school; their provision goes round the letters."""
    places = [(number, school) for school, size in enumerate(sizes, start=1) for number in range(size)]
    return rows(
        ALL["model_pupils__on_roll"],
        pupil_key=[pupil(place) for place in range(len(places))],
        school_urn=[f"10000{school}" for _, school in places],
        sen_provision=[provisions[number % len(provisions)] for number, _ in places],
        sen_type=[("SLCN", "ASD", "SPLD")[number % 3] for number, _ in places],
        nc_year="4",
    )


def test_the_same_round_and_registers_give_the_same_pupils_in_any_order_of_rows() -> None:
    roll = on_roll([40, 30, 20], "KKE")
    first = draw(roll, NOBODY, 3, 22)
    assert first == draw(roll.sample(fraction=1, shuffle=True, seed=1), NOBODY, 3, 22)
    assert {row["pupil_key"] for row in first} != {row["pupil_key"] for row in draw(roll, NOBODY, 4, 22)}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(1, 40), st.integers(1, 9))
def test_every_school_gives_as_many_as_any_other_or_all_it_has(sizes: list[int], cases: int, number: int) -> None:
    drawn = draw(on_roll(sizes), NOBODY, number, cases) if sum(sizes) else []
    assert len(drawn) == min(cases, sum(sizes))
    assert len({row["pupil_key"] for row in drawn}) == len(drawn)
    assert [row["case_number"] for row in drawn] == list(range(1, len(drawn) + 1))
    shares = Counter(row["school_urn"] for row in drawn)
    open_ones = [shares[f"10000{school}"] for school, size in enumerate(sizes, 1) if shares[f"10000{school}"] < size]
    most = max(shares.values(), default=0)
    assert all(most - share <= 1 for share in open_ones)


def test_provision_and_need_are_drawn_in_their_share() -> None:
    drawn = draw(on_roll([60], "KKE"), NOBODY, 1, 15)
    assert Counter(row["sen_provision"] for row in drawn) == {"K": 10, "E": 5}
    assert max(Counter(row["sen_type"] for row in drawn).values()) <= 6


def test_nobody_without_sen_and_nobody_who_has_died_is_drawn() -> None:
    roll = on_roll([10], "KN")
    died = rows(ALL["core_deceased"], pupil_key=[pupil(0)])
    drawn = draw(roll, died, 1, 22)
    assert {row["pupil_key"] for row in drawn} == {pupil(number) for number in (2, 4, 6, 8)}


def test_a_pupil_at_two_schools_is_one_case() -> None:
    roll = rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1), school_urn=["100001", "100002"], sen_provision="E")
    assert len(draw(roll, NOBODY, 1, 22)) == 1


def test_the_next_number_follows_the_last_round() -> None:
    assert next_number(rows(ALL["core_journal_rounds"]).clear()) == 1
    assert next_number(rows(ALL["core_journal_rounds"], round_number=[1, 4], round_name=["a", "b"])) == 5


@pytest.mark.parametrize(
    ("year", "band"),
    [("R", "Nursery and reception"), ("2", "Years 1 and 2"), ("3", "Years 3 to 6"), ("9", "Years 7 to 9"),
     ("14", "Years 12 to 14"), ("X", NO_YEAR), (None, NO_YEAR)],
)  # fmt: skip
def test_years_are_told_as_bands(year: str | None, band: str) -> None:
    assert year_band(year) == band
    assert sum(year in years for years in YEAR_BANDS.values()) == (band != NO_YEAR)


NEEDS = """
pupil_key | school_urn | sen_type | sen_type_rank | start_date | end_date
P1 | 100001 | SEMH | 2 | 2024-09-01 | -
P1 | 100001 | SLCN | 1 | 2024-09-01 | -
P1 | 100001 | MLD  | 1 | 2020-09-01 | 2022-08-31
P1 | 100001 | ASD  | 3 | 2027-01-01 | -
"""
SCORES = """
pupil_key | school_urn | academic_year | half_term | assessment_name | subject | scale | score | mark | assessed_date
P1 | 100001 | 2024 | Summer2 | T | Reading | STANDARDISED | 99 | 99 | 2025-06-01
P1 | 100001 | 2025 | Autumn2 | T | Reading | STANDARDISED | 80 | 80 | 2025-12-01
P1 | 100001 | 2025 | Spring2 | T | Reading | STANDARDISED | 82 | 82 | 2026-03-20
P1 | 100001 | 2025 | Summer2 | T | Reading | STANDARDISED | 79 | 79 | 2026-06-20
P1 | 100001 | 2026 | Autumn1 | T | Reading | STANDARDISED | 84 | 84 | 2026-10-01
P1 | 100001 | 2025 | Spring2 | W | Writing | BAND | 1 | Below | 2026-03-20
P1 | 100001 | 2025 | Summer2 | W | Writing | BAND | 2 | Towards | 2026-06-20
"""
GROUPS = """
intervention_key | school_urn | intervention_name | is_in_catalogue
g1 | 100001 | Phonics Steps | yes
g2 | 100001 | Elm House Club | no
g3 | 100001 | Old Group | yes
g4 | 100001 | Later Group | yes
"""
PLACES = """
intervention_key | pupil_key | school_urn | start_date | end_date
g1 | P1 | 100001 | 2026-09-07 | 2026-12-01
g2 | P1 | 100001 | 2026-01-05 | 2026-03-27
g3 | P1 | 100001 | 2025-01-05 | 2025-11-20
g4 | P1 | 100001 | 2026-11-23 | 2026-12-18
"""


def test_a_pack_holds_the_last_year_and_no_name_of_the_schools_own() -> None:
    drawn = draw(rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1), sen_provision="E", nc_year="5"), NOBODY, 1, 22)
    packs = fill_packs(
        drawn,
        table(ALL["core_sen_needs"], NEEDS),
        table(ALL["core_assessments"], SCORES),
        table(ALL["core_interventions"], GROUPS),
        table(ALL["core_intervention_pupils"], PLACES),
        1,
        DAY,
    )
    assert find(packs, ALL["mart_moderation__sample"]) == []
    told = packs.row(0, named=True)
    assert told["year_band"] == "Years 3 to 6"
    assert told["need_codes"] == "SLCN, SEMH"
    assert told["score_strands"] == "Reading 82, 79, 84; Writing Towards"
    assert (
        told["support_given"] == "another group, Phonics Steps"
        or told["support_given"] == "Phonics Steps, another group"
    )
    assert "Elm" not in str(told)


def test_nothing_recorded_is_an_empty_pack() -> None:
    drawn = draw(rows(ALL["model_pupils__on_roll"], pupil_key=pupil(1), sen_provision="K"), NOBODY, 1, 22)
    frames = [rows(ALL[name]).clear() for name in
              ("core_sen_needs", "core_assessments", "core_interventions", "core_intervention_pupils")]  # fmt: skip
    told = fill_packs(drawn, *frames, 1, DAY).row(0, named=True)
    assert (told["need_codes"], told["score_strands"], told["support_given"]) == ("", "", "")
