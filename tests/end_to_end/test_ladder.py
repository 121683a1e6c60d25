"""Planted places and moves on the ladder are found pupil by pupil; a test at its floor and a blind system are told."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust

TOLD = ["ladder_standing", "unplaced_reason", "ladder_rung", "ladder_step", "earlier_rung", "movement",
        "is_further_within_rung"]  # fmt: skip


def found(trust: Trust) -> pl.DataFrame:
    """Every pupil with SEN and subject, under the school's own number, blanks as ''."""
    return trust.work(
        "select cast(p.school_urn as bigint) as school_urn, cast(i.identifier as bigint) as mis_id, p.* exclude "
        "(school_urn) from model_progress__pupils p join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' "
        "and i.school_urn = p.school_urn and i.pupil_key = p.pupil_key"
    )


def test_every_pupil_stands_and_moved_as_was_planted(trust: Trust) -> None:
    planted = trust.truth("ladder_truth")
    both = planted.join(
        found(trust), on=["school_urn", "mis_id", "subject"], how="full", suffix="_found", coalesce=True
    )
    assert both.height == planted.height > 500
    for name in TOLD:
        there, told = (pl.col(column).cast(pl.String).fill_null("") for column in (name, f"{name}_found"))
        assert both.filter(there != told).is_empty(), both.filter(there != told).select(name, f"{name}_found")
    assert set(planted["movement"].drop_nulls()) >= {"UP", "HELD", "DOWN", "NOTHING_BEFORE"}
    assert planted["is_further_within_rung"].cast(pl.String).eq("true").sum() > 10


def test_the_trusts_moves_are_those_of_its_pupils(trust: Trust) -> None:
    planted = trust.truth("ladder_truth").unique(["person", "subject"])
    below = planted.filter(pl.col("earlier_rung").is_in(["EM", *(f"PK{n}" for n in range(1, 7))]))
    shown = trust.published(
        "agg_trust.duckdb",
        "select subject, compared_count, moved_up_count, not_up_count, moved_down_count from mart_progress__group "
        "where group_kind = 'ALL'",
    )
    compared = 0
    for row in shown.to_dicts():
        mine = below.filter(subject=row["subject"])["movement"]
        true = {"compared_count": len(mine), "moved_up_count": (mine == "UP").sum(), "not_up_count":
                (mine != "UP").sum(), "moved_down_count": (mine == "DOWN").sum()}  # fmt: skip
        for name, count in true.items():
            assert row[name] in (None, count)
            compared += row[name] is not None
    assert compared >= 9


def test_steps_that_one_system_cannot_see_are_told_of_the_school_that_has_it(trust: Trust) -> None:
    told = trust.work(
        "select s.phase, count(distinct p.pupil_key) as pupils_count from model_progress__pupils p "
        "join core_schools s on s.school_urn = p.school_urn where p.mark = 'BLW' group by s.phase"
    )
    assert told["phase"].to_list() == ["Primary"]
    assert told["pupils_count"].item() >= 1


CATCH_UP = "Phonics Catch-up Check"


def test_the_test_at_its_floor_for_one_need_is_found(trust: Trust) -> None:
    """Pupil by pupil: the latest score of each, and with it who sits at the floor. One need alone was planted there."""
    latest = trust.truth("catch_up_truth").sort("assessed_date").unique("person", keep="last").drop("school_urn")
    people = trust.truth("people").select("school_urn", "mis_id", "person")
    found = trust.work(
        "select cast(s.school_urn as bigint) as school_urn, cast(i.identifier as bigint) as mis_id, s.score, "
        "s.lowest_score, cast(s.assessed_date as varchar) as assessed_date from model_progress__sittings s "
        "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = s.school_urn "
        f"and i.pupil_key = s.pupil_key where s.assessment_name = '{CATCH_UP}'"
    )
    both = found.join(people, on=["school_urn", "mis_id"]).join(latest, on=["person", "assessed_date"], how="left")
    assert both.height == found.height
    assert both.height > 50
    assert both["score"].to_list() == both["raw_score"].cast(pl.Float64).to_list()
    assert found["lowest_score"].unique().to_list() == [0.0]
    floored = both.filter(pl.col("score") == 0)
    assert set(floored["planted_need"]) == {"MLD"}
    assert floored.height / both.filter(planted_need="MLD").height > 0.15
    shown = trust.published(
        "agg_trust.duckdb",
        f"select need_group, at_lowest_rate from mart_progress__test where assessment_name = '{CATCH_UP}'",
    )
    assert {row[0] for row in shown.rows() if row[1] is not None and row[1] > 0.15} <= {"Moderate learning difficulty"}


def test_engagement_is_in_no_aggregate_a_score(trust: Trust) -> None:
    columns = trust.published("agg_trust.duckdb", "select * from mart_progress__engagement").columns
    assert not [name for name in columns if "score" in name or "mean" in name or "rate" in name]
