"""Planted absence, suspensions, part-time timetables, placements and subjects are found, to the session and day."""

from __future__ import annotations

import polars as pl
import pytest

from tests.end_to_end.conftest import Trust

BY_NUMBER = (
    "join core_pupil_identifiers i on i.identifier_kind = 'MIS_ID' and i.school_urn = x.school_urn "
    "and i.pupil_key = x.pupil_key"
)
PUPIL = ["school_urn", "mis_id"]
PLANTED = {  # truth: table, its key beside the pupil, its figures
    "absence_truth": (
        "attendance", ["academic_year", "sen_provision"], ["possible_sessions_count", "absent_sessions_count"],
    ),
    "suspensions_truth": (
        "suspensions", ["is_latest", "sen_provision"], ["suspensions_count", "exclusions_count"],
    ),
    "part_time_truth": ("part_time", ["start_date"], ["beyond_end_days", "review_overdue_days"]),
    "placements_truth": ("placements", ["start_date"], ["running_days"]),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_what_was_planted_of_each_pupil_is_found_and_nothing_else(trust: Trust, name: str) -> None:
    table, key, figures = PLANTED[name]
    found = trust.work(
        f"select x.school_urn, cast(i.identifier as bigint) as mis_id, {', '.join(f'x.{c}' for c in [*key, *figures])} "
        f"from model_inclusion__{table} x {BY_NUMBER}"
    )
    planted = trust.truth(name).select(*PUPIL, *key, *figures)
    both = [
        frame.with_columns(pl.all().cast(pl.String).str.to_lowercase()).sort(pl.all()) for frame in (planted, found)
    ]
    assert both[0].height > 3
    lacking = both[0].join(both[1], on=both[0].columns, how="anti")
    made_up = both[1].join(both[0], on=both[0].columns, how="anti")
    assert (lacking.rows(), made_up.rows()) == ([], [])


def test_each_way_to_be_late_is_planted(trust: Trust) -> None:
    planted = trust.truth("part_time_truth")
    late = (planted["beyond_end_days"] > 0) | (planted["review_overdue_days"] > 0)
    assert late.any()
    assert not late.all()


def test_entries_of_the_curriculum_are_found_and_blanks_stay_blank(trust: Trust) -> None:
    found = trust.work(
        "select school_urn, curriculum_subject, count(*) as entries_count, "
        "count(*) filter (where access is null) as blank_count, count(*) filter (where access = 'FULL') as full_count, "
        "count(*) filter (where access = 'ADAPTED') as adapted_count, "
        "count(*) filter (where access = 'NOT') as not_taught_count from model_inclusion__curriculum group by all"
    )
    planted = trust.truth("curriculum_truth").with_columns(pl.col("school_urn").cast(pl.String))
    sent = found.join(planted.select("school_urn").unique(), on="school_urn", how="semi")
    assert sent.sort(pl.all()).rows() == planted.select(found.columns).sort(pl.all()).rows()
    silent = found.join(planted.select("school_urn").unique(), on="school_urn", how="anti")
    assert silent.height > 0, "one school sends no record"
    assert silent["blank_count"].to_list() == silent["entries_count"].to_list()


def test_the_trust_is_its_pupils_and_no_average_of_schools(trust: Trust) -> None:
    rows = trust.published("agg_trust.duckdb", "select * from mart_inclusion__school where school_urn = 'TRUST'")
    planted = trust.truth("absence_truth")
    latest = planted.filter(pl.col("academic_year") == planted["academic_year"].max())
    for status, group in (("N", "No SEN"), ("K", "SEN support"), ("E", "EHC plan")):
        ours = latest.filter(sen_provision=status)
        share = ours["absent_sessions_count"].sum() / ours["possible_sessions_count"].sum()
        assert rows.filter(sen_group=group)["absence_rate"].item() == pytest.approx(share, abs=0.0005)


def test_no_small_number_and_no_name_is_for_the_board(trust: Trust) -> None:
    for table in ("school", "now", "curriculum", "subject"):
        frame = trust.published("agg_trust.duckdb", f"select * from mart_inclusion__{table}")
        counts = [v for c in frame.columns if c.endswith("_count") and c != "extra_absent_sessions_count"
                  for v in frame[c].drop_nulls()]  # fmt: skip
        assert frame.height > 0
        assert not set(counts) & {1, 2, 3, 4}
        assert not {c for c in frame.columns if c.endswith("_base_count")}
        assert not {"surname", "forename", "pupil_key"} & set(frame.columns)
