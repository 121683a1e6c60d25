"""Expected pupils by hand, who is compared with whom, last year's door, and what must not change a figure."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.disclosure import prepare, refuse_unreleased, release
from models.identification import Judged, compare_schools, draw_funnel, judge_support
from pipelines import reference_data
from tests.support.frames import pupil, rows
from tests.support.plain_identification import plain_limit

PUPILS, BEFORE, SCHOOLS, MODEL, MART = (
    ALL[name]
    for name in ("model_identification__pupils", "model_identification__year_before", "core_schools",
                 "model_identification__schools", "mart_identification__school")
)  # fmt: skip
SHARES = reference_data.census_share()
A, B, C, SPECIAL = "100001", "100002", "100003", "100004"
Cells = dict[tuple[str, bool], dict[str, int]]


def people(cells: dict[str, Cells], **more: Any) -> pl.DataFrame:
    """Pupils by school, (year band, free school meals) and provision."""
    told = [
        (urn, band, is_fsm, code)
        for urn, strata in cells.items()
        for (band, is_fsm), counts in strata.items()
        for code, count in counts.items()
        for _ in range(count)
    ]
    columns = {name: [row[at] for row in told]
               for at, name in enumerate(("school_urn", "year_band", "is_fsm", "sen_provision"))}  # fmt: skip
    return rows(PUPILS, pupil_key=[pupil(n) for n in range(len(told))], has_low_scores=False, **(columns | more))


def schools(*urns: str, special: str = "") -> pl.DataFrame:
    named = [*urns, *([special] if special else [])]
    return rows(SCHOOLS, school_urn=named, is_special=[urn == special for urn in named])


def before(counts: dict[str, dict[str, int]]) -> pl.DataFrame:
    told = [(urn, code) for urn, of in counts.items() for code, count in of.items() for _ in range(count)]
    return rows(BEFORE, pupil_key=[pupil(n) for n in range(len(told))], school_urn=[row[0] for row in told],
                sen_provision=[row[1] for row in told])  # fmt: skip


def compared(cells: dict[str, Cells], was: dict[str, dict[str, int]] | None = None) -> dict[str, dict[str, Any]]:
    pupils = people(cells)
    found = compare_schools(pupils, before(was or {}), schools(*cells, special=SPECIAL), SHARES)
    assert find(found, MODEL) == []
    return {row["school_urn"]: row for row in found.to_dicts()}


LOW, HIGH = ("To year 2", False), ("Years 3 to 6", True)
THREE: dict[str, Cells] = {
    A: {LOW: {"K": 10, "N": 40}, HIGH: {"K": 30, "E": 2, "N": 18}},
    B: {LOW: {"K": 5, "N": 45}, HIGH: {"K": 10, "N": 40}},
    C: {LOW: {"K": 5, "N": 145}, HIGH: {"K": 10, "N": 40}},
}


def test_expected_by_hand_from_the_other_schools_only() -> None:
    """B and C list 10 of 200 and 20 of 100; A has 50 and 50 pupils: 2.5 and 10 expected."""
    mine = compared(THREE)[A]
    assert mine["support_reference"] == "TRUST"
    assert mine["support_expected"] == pytest.approx(12.5)
    assert mine["support_ratio"] == pytest.approx(40 / 12.5)
    assert mine["support_adjusted_rate"] == pytest.approx(40 / 12.5 * 30 / 300)
    assert mine["support_verdict"] == "ABOVE"
    low, high = (plain_limit(Fraction(point), 100, Fraction(1, 8)) for point in ("0.025", "0.975"))
    assert (mine["support_low_95"], mine["support_high_95"]) == (math.ceil(low), math.floor(high))


def test_plans_are_expected_by_englands_newest_shares_and_are_not_judged() -> None:
    mine = compared(THREE)[A]
    assert mine["plan_reference"] == "ENGLAND"
    assert mine["plan_expected"] == pytest.approx(100 * 0.035)
    assert "plan_verdict" not in mine


def test_a_school_whose_years_the_others_lack_stands_beside_england_and_is_not_judged() -> None:
    cells = THREE | {"100005": {("Years 7 to 9", False): {"K": 60, "N": 140}}}
    mine = compared(cells)["100005"]
    assert mine["support_reference"] == "ENGLAND"
    assert mine["support_expected"] == pytest.approx(200 * 0.134)
    assert mine["support_verdict"] is None


@pytest.mark.parametrize(("others", "reference"), [(99, "ENGLAND"), (100, "TRUST")])
def test_the_others_must_be_as_many_as_the_school_itself(others: int, reference: str) -> None:
    cells: dict[str, Cells] = {A: {LOW: {"K": 10, "N": 90}}, B: {LOW: {"K": 9, "N": others - 9}}}
    assert compared(cells)[A]["support_reference"] == reference


@pytest.mark.parametrize(("uncovered", "reference"), [(5, "TRUST"), (6, "ENGLAND")])
def test_the_others_must_have_the_years_of_95_in_100_pupils(uncovered: int, reference: str) -> None:
    cells: dict[str, Cells] = {
        A: {LOW: {"K": 10, "N": 90 - uncovered}, HIGH: {"N": uncovered}},
        B: {LOW: {"K": 20, "N": 180}, HIGH: {"N": 9}},
    }
    assert compared(cells)[A]["support_reference"] == reference


@pytest.mark.parametrize(("few", "expected"), [(0, 100 * 20 / 300), (4, 10.0), (5, 100 * 25 / 300)])
def test_a_school_with_one_to_four_listed_gives_no_share_to_the_others(few: int, expected: float) -> None:
    cells: dict[str, Cells] = {
        A: {LOW: {"K": 10, "N": 90}}, B: {LOW: {"K": 20, "N": 180}}, C: {LOW: {"K": few, "N": 100 - few}},
    }  # fmt: skip
    assert compared(cells)[A]["support_expected"] == pytest.approx(expected)


def test_a_special_school_is_not_compared_and_gives_no_share() -> None:
    found = compared(THREE | {SPECIAL: {LOW: {"E": 80}}})
    assert found[SPECIAL]["support_expected"] is None
    assert found[SPECIAL]["plan_expected"] is None
    assert found[A]["support_expected"] == pytest.approx(12.5)
    assert found["TRUST"]["support_expected"] is None
    assert found["TRUST"]["sen_support_count"] == 70


def test_the_order_of_rows_and_the_names_of_schools_change_nothing() -> None:
    pupils = people(THREE)
    first = compare_schools(pupils, before({}), schools(A, B, C), SHARES)
    again = compare_schools(pupils.sample(fraction=1, shuffle=True, seed=3), before({}), schools(C, A, B), SHARES)
    assert first.sort("school_urn").equals(again.sort("school_urn"))
    new = {A: "900009", B: "900003", C: "900001"}
    renamed = compare_schools(
        pupils.with_columns(pl.col("school_urn").replace(new)), before({}), schools(*new.values()), SHARES
    )
    assert set(renamed["support_expected"].round(9)) == set(first["support_expected"].round(9))


WAS = {"B": 200}


@pytest.mark.parametrize(
    ("then", "is_shown"),
    [(40, True), (39, False), (36, False), (35, True), (44, False), (45, True), (4, False), (0, True), (5, True)],
)
def test_last_years_share_is_hidden_where_the_change_or_the_count_is_of_one_to_four(then: int, is_shown: bool) -> None:
    """A has 40 with SEN support now; B and C are far from any threshold."""
    was = {A: {"K": then, "N": 100 - then}, B: {"K": 25, "N": 75}, C: {"K": 25, "N": 175}}
    found = compare_schools(people(THREE), before(was), schools(A, B, C), SHARES)
    base = {row["school_urn"]: row["year_before_support_base"] for row in found.to_dicts()}
    assert (base[A] > 0) is is_shown
    released = released_of(found).filter(school_urn=A).to_dicts()[0]
    assert (released["year_before_support_rate"] is not None) is is_shown
    assert ("year_before_support_rate" in released["hidden_columns"]) is not is_shown


def released_of(model: pl.DataFrame) -> pl.DataFrame:
    leader = ALL["mart_pupils__school"]
    counts = model.select("school_urn", "pupils_count", "sen_support_count", "ehc_plan_count").with_columns(
        no_sen_count=pl.col("pupils_count") - pl.col("sen_support_count") - pl.col("ehc_plan_count"),
        sen_support_rate=pl.col("sen_support_count") / pl.col("pupils_count"),
        ehc_plan_rate=pl.col("ehc_plan_count") / pl.col("pupils_count"),
        data_date=pl.lit(dt.date(2026, 11, 20)),
    )
    led = {leader: release(counts, leader)}
    released = release(prepare(model, MART, dt.date(2026, 11, 20)), MART, leaders=led)
    refuse_unreleased(MART, released)
    return released


def test_what_the_roll_hides_is_hidden_here_with_all_that_tells_it() -> None:
    """Two plans in A: the roll hides them and, to cover them, those without SEN; what the page is about stays."""
    found = compare_schools(people(THREE), before({}), schools(A, B, C), SHARES)
    mine = released_of(found).filter(school_urn=A).to_dicts()[0]
    assert mine["ehc_plan_count"] is None
    assert mine["plan_ratio"] is None
    assert mine["sen_support_count"] == 40
    assert mine["support_ratio"] is not None
    assert mine["support_verdict"] is not None
    assert mine["support_expected"] == 13.0


def judged(cells: dict[str, Cells]) -> Judged:
    return judge_support(people(cells), schools(*cells), SHARES)


def test_the_funnel_follows_what_is_expected_and_not_what_is_counted() -> None:
    """Whom a school lists changes neither its own expected number nor where the picture ends (R7)."""
    more = THREE | {A: {LOW: {"K": 2, "N": 48}, HIGH: {"N": 50}}}
    assert draw_funnel(judged(THREE))["expected_number"].equals(draw_funnel(judged(more))["expected_number"]) is False
    own = judged(THREE).expected[A], judged(more).expected[A]
    assert own[0] == own[1]
    points = draw_funnel(judged(THREE))
    assert find(points, ALL["mart_identification__funnel"]) == []
    assert points["compared_schools_count"].unique().to_list() == [3]
    assert points["false_alarms_mean"].unique().to_list() == [0.006]
    assert points["phi"].null_count() == points.height


def test_without_anybody_to_compare_there_is_no_funnel() -> None:
    assert draw_funnel(judged({A: {LOW: {"K": 10, "N": 90}}})).is_empty()


def test_unlisted_pupils_are_without_sen_and_low_or_away() -> None:
    cells: dict[str, Cells] = {A: {LOW: {"N": 12, "K": 2}}}
    rates = [0.5, 0.4999, None, *[0.0] * 9, 0.9, 0.0]
    is_low = pl.Series([False, False, True, *[True] * 3, *[False] * 6, True, True])
    pupils = people(cells, absence_rate=rates).with_columns(has_low_scores=is_low)
    found = compare_schools(pupils, before({}), schools(A), SHARES)
    assert dict(found.select("school_urn", "unlisted_count").iter_rows()) == {A: 5, "TRUST": 5}


def test_census_share_and_caseload_have_nothing_but_place_and_source_in_common() -> None:
    """A share of pupils in schools and a number of plans of an authority must never stand in one column."""
    share, load = ALL["mart_identification__census_share"], ALL["mart_identification__caseload"]
    common = set(share.column_names) & set(load.column_names)
    assert common == {"area", "area_kind", "publication", "released", "method_version", "licence"}
    assert not set(reference_data.census_share()["method_version"]) & set(reference_data.caseload()["method_version"])


def test_published_figures_are_those_of_the_release() -> None:
    england = SHARES.filter(area="England", census_year=2025)
    found = {(row["phase"], row["sen_provision"]): row["census_share_rate"] for row in england.to_dicts()}
    assert found == pytest.approx({
        ("Primary", "K"): 0.148, ("Primary", "E"): 0.035, ("Secondary", "K"): 0.134, ("Secondary", "E"): 0.0309,
        ("All schools", "K"): 0.142, ("All schools", "E"): 0.053,
    })  # fmt: skip
    assert set(SHARES["area_kind"]) == {"ENGLAND", "AUTHORITY", "NEIGHBOUR"}
    load = {(row["area"], row["caseload_year"]): row["maintained_plans_count"]
            for row in reference_data.caseload().to_dicts()}  # fmt: skip
    assert load["England", 2025] == 638_745
    assert load["Stoke-on-Trent", 2025] == 3_405
