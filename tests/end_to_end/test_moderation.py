"""Planted drift, agreement and practice are found; a matrix that changed is told; what is released keeps R8."""

from __future__ import annotations

import polars as pl
import pytest

from tests.end_to_end.conftest import Trust


def test_drift_of_each_school_is_what_its_ratings_show(trust: Trust) -> None:
    planted = trust.truth("drift_truth").with_columns(pl.col("school_urn").cast(pl.String))
    found = trust.work(
        "select round_name, school_urn, rated_count, drift_bands from model_moderation__drift "
        "where descriptor = 'ALL' and school_urn <> 'TRUST'"
    )
    both = planted.join(found, on=["round_name", "school_urn"], how="full", suffix="_found", coalesce=True)
    assert both.height == planted.height == found.height > 15
    assert (both["rated_count"] == both["rated_count_found"]).all()
    assert both.filter((pl.col("drift_bands") - pl.col("drift_bands_found")).abs() > 1e-5).is_empty()


def test_schools_that_were_planted_to_drift_are_found_and_the_others_are_not_taken_for_them(trust: Trust) -> None:
    """Over the measured rounds: the lenient and the strict school lie apart in every one, on the planted side."""
    found = trust.work(
        "select d.*, r.round_standing from model_moderation__drift d join model_moderation__round r using (round_name) "
        "where descriptor = 'ALL' and school_urn <> 'TRUST'"
    ).filter(round_standing="MEASURED")
    planted = trust.truth("drift_truth").with_columns(pl.col("school_urn").cast(pl.String))
    both = found.join(planted, on=["round_name", "school_urn"], suffix="_truth")
    drifting = both.filter(pl.col("planted_bands") != 0)
    assert drifting.height == 6
    for row in drifting.to_dicts():
        assert row["drift_lower"] > 0 if row["planted_bands"] > 0 else row["drift_upper"] < 0
        assert row["drift_lower"] - 0.15 <= row["planted_bands"] <= row["drift_upper"] + 0.15
    others = both.filter(pl.col("planted_bands") == 0)
    assert others["drift_bands"].abs().max() < drifting["drift_bands"].abs().min()


def test_the_descriptor_that_one_school_sees_more_in_stands_out(trust: Trust) -> None:
    found = trust.work(
        "select descriptor, avg(drift_bands) as bands from model_moderation__drift "
        "where school_urn = '999103' and descriptor <> 'ALL' group by descriptor order by bands desc"
    )
    assert found["descriptor"][0] == "Social, emotional and mental health"
    assert found["bands"][0] > 0.5 > found["bands"][1]


def test_agreement_is_what_the_ratings_show_and_a_changed_matrix_is_told(trust: Trust) -> None:
    planted = trust.truth("agreement_truth").sort("round_date")
    found = trust.work("select * from model_moderation__round order by round_date")
    for name in ("round_name", "matrix_version", "rated_count"):
        assert found[name].to_list() == planted[name].to_list()
    for name in ("exact_rate", "adjacent_rate"):
        assert found[name].to_list() == pytest.approx(planted[name].to_list(), abs=1e-5)
    assert found["has_new_matrix"].to_list() == [False, False, True, False]
    assert found["round_standing"].to_list() == ["FEW_CASES", "MEASURED", "MEASURED", "MEASURED"]
    assert found["alpha"].is_null().to_list() == [True, False, False, False]
    items = trust.work("select round_name, count(*) as n from mart_moderation__item group by 1")
    counts = dict(items.iter_rows())
    assert [counts.get(name, 0) for name in planted["round_name"]] == planted["discussed_count"].to_list()


def test_ratings_of_own_pupils_are_kept_and_do_not_count(trust: Trust) -> None:
    states = dict(trust.work("select rating_state, count(*) from model_moderation__ratings group by 1").iter_rows())
    assert set(states) == {"COUNTED", "OWN_SCHOOL"}
    written = trust.work("select count(*) as n from model_moderation__ratings where criteria_ticked is null")[
        "n"
    ].item()
    assert 0 < written < states["COUNTED"] / 10


def test_practice_is_what_the_registers_say(trust: Trust) -> None:
    names = ["school_urn", "question_code", "practice_answer", "policy_standing"]
    planted = trust.truth("practice_truth").with_columns(pl.col("school_urn").cast(pl.String)).sort(names[:2])
    found = trust.published("agg_trust.duckdb", f"select {', '.join(names)} from mart_moderation__practice").sort(
        names[:2]
    )
    assert found.rows() == planted.select(names).rows()
    assert {"MEETS", "GAP", "NO_POLICY", "NOT_ANSWERED"} == set(found["policy_standing"])


def test_a_governor_has_the_trusts_agreement_and_no_other_schools_drift(trust: Trust) -> None:
    for urn in ("999101", "999102"):
        rows = trust.published(f"agg_{urn}.duckdb", "select distinct school_urn from mart_moderation__school")
        assert set(rows["school_urn"]) <= {urn}
    many = trust.work("select school_urn from model_moderation__drift where raters_count < 3")["school_urn"].unique()
    released = trust.published("agg_trust.duckdb", "select distinct school_urn from mart_moderation__school")
    assert set(released["school_urn"]) == {"999102", "999104"}
    assert not set(released["school_urn"]) & set(many)
    tables = trust.published("agg_999102.duckdb", "select table_name from duckdb_tables()")["table_name"].to_list()
    assert not {"mart_moderation__drift", "mart_moderation__item", "mart_moderation__sample"} & set(tables)


def test_the_sample_is_spread_over_schools_and_names_nothing(trust: Trust) -> None:
    sample = trust.published("pupil_trust.duckdb", "select * from mart_moderation__sample order by case_number")
    assert sample.height == 22
    shares = sample["school_urn"].value_counts()["count"]
    assert shares.max() - shares.min() <= 1
    assert set(sample["sen_provision"]) == {"K", "E"}
    told = " ".join(
        " ".join(row) for row in sample.select("year_band", "need_codes", "score_strands", "support_given").rows()
    )
    names = trust.work("select surname from core_pupils where length(surname) > 3")["surname"].to_list()
    schools = trust.work("select school_name from core_schools")["school_name"].to_list()
    assert not [name for name in {*names, *schools} if f" {name} " in f" {told} "]
