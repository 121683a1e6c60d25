"""Leavers beside England and by SEN, trends over years, routes: oracles, thresholds, and only what is released."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.errors import SettingsError
from expectations.findings import find
from expectations.tables import ALL
from expectations.tables.destinations import LOCAL_CODES, NATIONAL_CODES
from models.destination_comparison import compare
from models.destination_routes import count_routes
from models.destinations import group_leavers
from models.disclosure import refuse_unreleased, release
from models.proportions import share_trend
from pipelines import reference_data
from tests.support.frames import pupil, rows

SERIES = reference_data.destination_series()
SCHOOL, COMPARED, ROUTE = (
    ALL[f"mart_destinations__{name}"] for name in ("school", "compared", "route")
)  # fmt: skip


def group(sustained: int | None, leavers: int | None, unknown: int | None = 0, **more: Any) -> pl.DataFrame:
    usual = {"leaver_stage": "Year 11", "sen_group": "EHC plan", "small_number_rule": "RATE", "hidden_columns": ""}
    return rows(
        SCHOOL, **(usual | {"sustained_count": sustained, "leavers_count": leavers, "unknown_count": unknown} | more)
    )


def compared(*frames: pl.DataFrame, series: pl.DataFrame = SERIES) -> list[dict[str, Any]]:
    found = compare(pl.concat(frames), series=series)
    assert find(found, COMPARED) == []
    return found.to_dicts()


@pytest.mark.parametrize(
    ("sustained", "unknown", "leavers", "verdict"),
    [
        (18, 0, 20, "WITHIN_CHANCE"),
        (15, 0, 20, "BELOW"),  # p = 0.031 against 90.6%
        (16, 0, 20, "WITHIN_CHANCE"),  # p = 0.11
        (15, 4, 20, "UNTRACED"),  # 19 of 20 at best
        (10, 2, 20, "BELOW"),  # 12 of 20 at best
        (15, None, 20, "UNTRACED"),  # hidden: all of the rest may be untraced
        (60, 0, 60, "ABOVE"),
    ],
)
def test_beside_england_by_the_exact_binomial(sustained: int, unknown: int | None, leavers: int, verdict: str) -> None:
    from scipy.stats import binomtest

    (found,) = compared(group(sustained, leavers, unknown))
    assert found["verdict"] == verdict
    assert found["other_rate"] == 0.906, "mainstream schools, 2020/21: the newest final figure"
    assert (found["series_code"], found["series_period"]) == ("KS4_WITH_NCCIS", "2020/21")
    is_told = bool(binomtest(sustained, leavers, 0.906).pvalue < 0.05)
    assert is_told is (verdict != "WITHIN_CHANCE")


def test_nothing_is_compared_that_is_not_shown_or_has_no_series() -> None:
    assert compared(group(None, 20)) == []
    assert compared(group(None, None, None, small_number_rule=None)) == []
    assert compared(group(7, 9, small_number_rule="WORDS")) == []
    assert compared(group(18, 20, leaver_stage="Year 6")) == []
    assert compared(group(18, 20, leaver_stage="Special school leaver")) == []
    assert compared(group(18, 20, leaver_stage="Sixth form")) == [], "no series by plan after sixth form"
    (sixth_form,) = compared(group(18, 20, leaver_stage="Sixth form", sen_group="SEN"))
    assert (sixth_form["series_code"], sixth_form["other_rate"]) == ("16_18_WITH_NCCIS", 0.839)


def test_a_restated_series_is_another_series() -> None:
    ours = pl.col("series_code") == "KS4_WITH_NCCIS"
    assert SERIES.filter(~ours & (pl.col("leaver_stage") == "Year 11")).height > 20
    assert compared(group(18, 20), series=SERIES.filter(~ours)) == []
    both = SERIES.filter(
        (pl.col("area") == "England") & (pl.col("sen_group") == "EHC plan") & (pl.col("period") == "2020/21")
    )
    assert both.select("series_code", "institutions", "sustained_rate").sort("sustained_rate").rows() == [
        ("KS4_RESTATED", "mainstream and special", pytest.approx(0.897)),
        ("KS4_WITH_NCCIS", "mainstream and special", pytest.approx(0.905)),
        ("KS4_WITH_NCCIS", "mainstream", pytest.approx(0.906)),
    ]


def test_with_sen_beside_without_by_newcombe() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    pair = (group(50, 74, sen_group="SEN"), group(205, 246, sen_group="No SEN"))
    found = next(row for row in compared(*pair) if row["comparison"] == "NO_SEN")
    oracle = confint_proportions_2indep(50, 74, 205, 246, method="newcomb")
    assert (found["difference_low_rate"], found["difference_high_rate"]) == pytest.approx(oracle, abs=1e-9)
    assert found["verdict"] == "BELOW"
    near = compared(group(54, 74, sen_group="SEN"), pair[1])  # up to 0.2 points below: 0 as people read it
    assert [row["verdict"] for row in near if row["comparison"] == "NO_SEN"] == ["WITHIN_CHANCE"]
    assert not [row for row in compared(pair[0], group(None, 246, sen_group="No SEN")) if row["comparison"] == "NO_SEN"]


@pytest.mark.parametrize(
    ("percent", "symbol", "is_read"),
    [("101", "", False), ("-1", "", False), ("", "", False), ("", "c", True), ("", "z", True), ("", "x", True),
     ("", "~", True), ("", "low", True), ("", "u", True), ("", "?", False)],
)  # fmt: skip
def test_a_published_sign_is_known_by_name_and_is_no_figure(
    monkeypatch: pytest.MonkeyPatch, percent: str, symbol: str, is_read: bool
) -> None:
    frame = reference_data.read_reference("destination_national.csv").head(1)
    given_frame = frame.with_columns(
        sustained_percent=pl.lit(percent or None, pl.String), symbol=pl.lit(symbol or None, pl.String)
    )
    monkeypatch.setattr(reference_data, "read_reference", lambda name: given_frame)
    if is_read:
        assert reference_data.destination_series()["sustained_rate"].to_list() == [None]
    else:
        with pytest.raises(SettingsError):
            reference_data.destination_series()


def test_every_published_row_names_its_series_release_and_area() -> None:
    frame = reference_data.read_reference("destination_national.csv")
    key = ["series_code", "leaver_stage", "sen_group", "area", "institutions", "period"]
    assert frame.select(key).is_unique().all()
    assert frame.select(*key, "release").null_count().row(0) == (0,) * 7
    counted = frame.drop_nulls("sustained_count").select(
        pl.col("sustained_count", "cohort_count", "sustained_percent").cast(pl.Float64)
    )
    assert counted.height >= 30
    away = (100 * counted["sustained_count"] / counted["cohort_count"] - counted["sustained_percent"]).abs()
    assert away.max() <= 0.0501  # type: ignore[operator]  # percentages are published to one place


def test_codes_are_in_step_with_the_reference_tables() -> None:
    codes = set(reference_data.destination_codes()["destination_code"])
    assert codes == {*NATIONAL_CODES, *LOCAL_CODES}


# --- trends -----------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(5, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=4, max_size=6))
def test_the_trend_is_the_correlation_of_each_leaver_with_the_year(years: list[tuple[int, int]]) -> None:
    """Cochran-Armitage: z squared is the number of people times the squared correlation (Agresti 2002, 5.3.5)."""
    from scipy.stats import pearsonr

    hits, sizes = [hit for hit, _ in years], [size for _, size in years]
    z = share_trend(list(range(2020, 2020 + len(years))), hits, sizes)
    score = np.repeat(np.arange(len(years)), sizes)
    said = np.concatenate([[1] * hit + [0] * (size - hit) for hit, size in years])
    if said.min() == said.max():
        assert z is None
    else:
        assert z == pytest.approx(pearsonr(score, said).statistic * len(said) ** 0.5, abs=1e-9)


def left_in_years(shares: dict[int, tuple[int, int]]) -> pl.DataFrame:
    years = [(year, place < hit) for year, (hit, size) in shares.items() for place in range(size)]
    return rows(
        ALL["model_destinations__leavers"], pupil_key=[pupil(n) for n in range(len(years))], leaver_stage="Year 11",
        academic_year=[year for year, _ in years],
        sustained_outcome=["SUSTAINED" if stayed else "NOT_SUSTAINED" for _, stayed in years],
        later_outcome="NOT_DUE",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "trend"),
    [
        ({2021: (20, 40), 2022: (25, 40), 2023: (30, 40), 2024: (36, 40)}, "RISING"),
        ({2021: (36, 40), 2022: (30, 40), 2023: (25, 40), 2024: (20, 40)}, "FALLING"),
        ({2021: (30, 40), 2022: (31, 40), 2023: (29, 40), 2024: (30, 40)}, "WITHIN_CHANCE"),
        ({2021: (30, 30), 2022: (30, 30), 2023: (30, 30), 2024: (30, 30)}, "WITHIN_CHANCE"),
        ({2022: (10, 40), 2023: (25, 40), 2024: (36, 40)}, "TOO_FEW"),
        ({2021: (10, 29), 2022: (25, 40), 2023: (30, 40), 2024: (36, 40)}, "TOO_FEW"),
    ],
)
def test_a_trend_is_told_of_four_years_with_thirty_leavers_each(shares: dict[int, tuple[int, int]], trend: str) -> None:
    found = group_leavers(left_in_years(shares)).filter(sen_group="All leavers", school_urn="TRUST")
    assert found["trend"].item() == trend


# --- routes -----------------------------------------------------------------------------------------------------------


def routes(sustained_shown: int | None) -> pl.DataFrame:
    routes_taken = ["Supported internship"] * 6 + ["Training"] * 5 + ["College or university"] * 3
    leavers = rows(
        ALL["model_destinations__leavers"], pupil_key=[pupil(n) for n in range(14)], route=routes_taken,
        leaver_stage="Special school leaver", academic_year=2024, sustained_outcome="SUSTAINED",
    )  # fmt: skip
    total = group(
        sustained_shown, 20, leaver_stage="Special school leaver", sen_group="All leavers", school_urn="TRUST",
        last_academic_year=2024,
    )  # fmt: skip
    return release(count_routes(leavers, total), ROUTE)


def test_a_small_route_is_hidden_with_one_more_so_that_the_total_does_not_tell_it() -> None:
    found = routes(14)
    refuse_unreleased(ROUTE, found)
    assert dict(found.select("route", "route_leavers_count").rows()) == {
        "Supported internship": 6, "Training": None, "College or university": None,
    }  # fmt: skip


def test_routes_are_left_out_where_their_total_is_hidden() -> None:
    assert routes(None).is_empty()
