"""What was planted of identification, and what the first night found: to the pupil, and no school too many."""

from __future__ import annotations

import pytest

from tests.end_to_end.conftest import Trust

FOUND = {"OVER": "ABOVE", "UNDER": "BELOW"}


def test_rolls_and_sen_support_are_those_of_the_truth(trust: Trust) -> None:
    truth = trust.truth("identification_truth").to_dicts()
    found = {row["school_urn"]: row for row in trust.work("from model_identification__schools").to_dicts()}
    assert truth
    for row in truth:
        mine = found[str(row["school_urn"])]
        assert mine["pupils_count"] == row["pupils_count"]
        assert mine["sen_support_count"] == row["sen_support_count"]


def test_the_planted_schools_are_apart_and_no_other_is(trust: Trust) -> None:
    truth = {str(row["school_urn"]): row["planted"] for row in trust.truth("identification_truth").to_dicts()}
    verdicts = dict(trust.work("select school_urn, support_verdict from model_identification__schools").iter_rows())
    assert {"OVER", "UNDER", "GIRLS"} <= set(truth.values())
    for urn, planted in truth.items():
        assert (verdicts[urn] if verdicts[urn] in FOUND.values() else None) == FOUND.get(planted or "")


def test_the_school_that_misses_its_girls_is_found_and_no_other(trust: Trust) -> None:
    truth = trust.truth("identification_truth").to_dicts()
    sql = "select school_urn, pupil_group, is_beyond_chance from mart_identification__group where is_beyond_chance"
    found = trust.published("agg_trust.duckdb", sql).to_dicts()
    assert [(row["school_urn"], row["pupil_group"]) for row in found] == [
        (str(row["school_urn"]), "Girls") for row in truth if row["planted"] == "GIRLS"
    ]


def test_a_judgement_is_published_only_with_its_count(trust: Trust) -> None:
    """Where the count is hidden so are ratio, share and verdict; the expected number stays."""
    sql = "from mart_identification__school where support_reference is not null"
    rows = trust.published("agg_trust.duckdb", sql).to_dicts()
    assert rows
    for row in rows:
        assert row["support_expected"] is not None
        is_told = row["sen_support_count"] is not None
        assert (row["support_ratio"] is not None) is is_told
        assert is_told or row["support_verdict"] is None


def test_the_counts_are_those_of_the_roll(trust: Trust) -> None:
    names = "school_urn, pupils_count, sen_support_count, ehc_plan_count"
    two = [trust.published("agg_trust.duckdb", f"select {names} from mart_{table}__school order by all")
           for table in ("pupils", "identification")]  # fmt: skip
    assert two[0].equals(two[1])


def test_a_governors_file_holds_one_school_and_the_trust_and_nobodys_name(trust: Trust) -> None:
    urn = str(trust.truth("identification_truth")["school_urn"][0])
    for table in ("school", "group"):
        found = trust.published(f"agg_{urn}.duckdb", f"select distinct school_urn from mart_identification__{table}")
        assert set(found["school_urn"]) <= {urn, "TRUST"}
    with pytest.raises(Exception, match="mart_identification__unlisted"):
        trust.published(f"agg_{urn}.duckdb", "from mart_identification__unlisted")
