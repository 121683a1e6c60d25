"""Planted outcomes, milestones and shortfalls are found one by one; released figures are their sums."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust

OUTCOME, LINE = ("outcome_number",), ("line_number", "academic_year")
STANDS = ("standing", "standing_reason", "is_current", "milestones_count", "overdue_milestones_count", "review_change",
          "change_basis")  # fmt: skip


def beside(trust: Trust, truth: str, table: str, of_plan: tuple[str, ...]) -> pl.DataFrame:
    """What was planted beside what was found, one row each, no row more on either side."""
    found = trust.work(f"select * from {table}").with_columns(
        pl.col("school_urn").cast(pl.Int64), plan_reference=pl.col("plan_key").str.split(":").list.last()
    )
    planted = trust.truth(truth)
    both = planted.join(
        found, on=["school_urn", "plan_reference", *of_plan], how="full", suffix="_found", coalesce=True
    )
    assert both.height == planted.height == found.height > 100
    return both


def differing(both: pl.DataFrame, name: str) -> pl.DataFrame:
    planted, found = (pl.col(column).cast(pl.String).fill_null("") for column in (name, f"{name}_found"))
    return both.filter(planted != found)


def test_every_outcome_stands_where_the_planted_truth_says(trust: Trust) -> None:
    both = beside(trust, "outcomes_truth", "model_ehc_outcomes__outcomes", OUTCOME)
    for name in STANDS:
        assert differing(both, name).is_empty(), name
    planted = trust.truth("outcomes_truth")
    assert set(planted["standing"]) == {"MET", "ON_TRACK", "UNBACKED", "OFF_TRACK", "NO_EVIDENCE"}
    assert set(planted["standing_reason"]) >= {"NEVER_EVIDENCED", "MILESTONE_OVERDUE", "EVIDENCE_OLD"}
    assert set(planted["review_change"].drop_nulls()) == {"IMPROVED", "HELD", "WORSE", "NEW", "ENDED"}


def test_every_line_is_as_far_behind_as_was_planted_and_since_that_year(trust: Trust) -> None:
    both = beside(trust, "delivery_truth", "model_ehc_delivery__lines", LINE)
    for name in ("delivered_sessions_count", "shortfall_sessions_count", "behind_since_year"):
        assert differing(both, name).is_empty(), name
    assert (both["due_sessions_count"] - both["due_sessions_count_found"]).abs().max() < 1e-5
    assert both.filter(pl.col("is_behind") != (pl.col("delivery_state") == "BEHIND")).is_empty()
    nothing = both.filter((pl.col("academic_year") == 2026) & (pl.col("delivered_sessions_count") == 0))
    assert nothing["provision_group"].to_list() == ["SPEECH_LANGUAGE"], "one therapist's line without any visit"


def test_schools_use_the_tracker_as_differently_as_was_planted(trust: Trust) -> None:
    used = trust.work(
        "select school_urn, count(distinct plan_key) filter (where milestones_count > 0) as used, "
        "count(distinct plan_key) as plans from model_ehc_outcomes__outcomes group by school_urn order by school_urn"
    )
    *most, hardly, none = used.select(pl.col("used") / pl.col("plans")).to_series().to_list()
    assert min(most) > 0.8
    assert hardly < 0.5
    assert none == 0
    old = trust.work("select distinct set_date from core_ehc_outcomes where school_urn = '999105'")
    assert old["set_date"].to_list() == [None]


def test_a_target_date_before_the_plan_is_planted_and_found(trust: Trust) -> None:
    found = trust.work(
        "select count(*) filter (where m.is_before_plan) as n from model_ehc_outcomes__milestones m "
        "join model_ehc_outcomes__outcomes o on o.plan_key = m.plan_key and o.outcome_number = m.outcome_number"
    ).item()
    assert found == trust.truth("outcomes_truth")["before_plan_count"].sum() > 0


def test_released_figures_are_the_sums_and_agree_with_the_pages_beside_them(trust: Trust) -> None:
    current = trust.work(
        "select school_urn, count(*) as n, count(*) filter (where standing = 'NO_EVIDENCE') as without "
        "from model_ehc_outcomes__outcomes where is_current and has_plan_on_register group by school_urn"
    )
    shown = trust.published("agg_trust.duckdb", "select * from mart_ehc_outcomes__school")
    compared = 0
    for row in shown.filter(pl.col("school_urn") != "TRUST").join(current, on="school_urn").to_dicts():
        for name, true in (("outcomes_count", row["n"]), ("no_evidence_outcomes_count", row["without"])):
            assert row[name] in (None, true)
            compared += row[name] is not None
    assert compared >= 4
    pairs = trust.published(
        "agg_trust.duckdb",
        "select p.ehc_plan_count as there, o.ehc_plan_count as here from mart_pupils__school p "
        "join mart_ehc_outcomes__school o on o.school_urn = p.school_urn",
    )
    assert pairs.filter(pl.col("there").is_not_null() & (pl.col("there") != pl.col("here"))).is_empty()
    plans = trust.published(
        "agg_trust.duckdb",
        "select m.plans_count as there, d.plans_count as here, m.delivered_rate as share, d.delivered_rate as same "
        "from mart_value_for_money__school m full join mart_ehc_delivery__school d "
        "on d.school_urn = m.school_urn and d.academic_year = m.academic_year",
    )
    assert plans.filter(pl.col("there").ne_missing(pl.col("here"))).is_empty()
    assert plans.filter(pl.col("share").ne_missing(pl.col("same"))).is_empty()


def test_a_senco_has_the_own_schools_plans_only(trust: Trust) -> None:
    for urn in ("999101", "999103"):
        for table in ("mart_ehc_outcomes__plan", "mart_ehc_outcomes__milestone", "mart_ehc_delivery__line"):
            told = trust.published(f"pupil_{urn}.duckdb", f"select distinct school_urn from {table}")
            assert told["school_urn"].to_list() == [urn]
