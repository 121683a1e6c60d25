"""What the first night finds of what interventions cost: to the pupil and the penny, and pairs within chance."""

from __future__ import annotations

from scipy.stats import binom

from tests.end_to_end.conftest import Trust

LOSES_LOWEST = "Maths Mentors"


def test_the_cost_of_each_intervention_is_found_to_the_penny(trust: Trust) -> None:
    truth = trust.truth("option_costs_truth")
    found = trust.work(
        "select intervention_name, costed_count as found_count, cost_to_date_pence as found_pence, "
        "cost_per_pupil_pence from model_cost_effectiveness__options"
    )
    both = truth.join(found, on="intervention_name", how="left")
    assert truth.height >= 15
    assert both["found_count"].to_list() == both["costed_count"].to_list()
    assert both["found_pence"].to_list() == both["cost_to_date_pence"].to_list()
    each = [round(p / n) for p, n in both.select("cost_to_date_pence", "costed_count").iter_rows()]
    assert both["cost_per_pupil_pence"].to_list() == each


def test_planted_pairs_lie_within_their_ranges(trust: Trust) -> None:
    """The effects of two, subtracted; bounds that honest 95% ranges break in one trust of a thousand."""
    effects = dict(trust.truth("interventions_truth").select("intervention_name", "true_effect").iter_rows())
    pairs = trust.work(
        "select distinct intervention_name as first, other_intervention_name as second, more_lower_points as low, "
        "more_upper_points as high from model_cost_effectiveness__pairs where more_points is not null"
    ).to_dicts()
    told = [row for row in pairs if LOSES_LOWEST not in (row["first"], row["second"])]
    assert len(told) >= 3
    outside = [
        row for row in told if not row["low"] <= effects[row["first"]] - effects[row["second"]] <= row["high"]
    ]  # fmt: skip
    assert len(outside) <= max(2, binom.ppf(0.999, len(told), 0.05)), outside  # pairs share options


def test_nothing_is_said_of_few_pupils_or_grade_d(trust: Trust) -> None:
    wrong = trust.work(
        "select p.intervention_name from model_cost_effectiveness__pairs p join model_impact__estimates e "
        "on e.intervention_name in (p.intervention_name, p.other_intervention_name) "
        "where e.grade = 'D' or e.informing_count < 20 or p.smaller_count < 20"
    )
    assert wrong.is_empty()
    stopped = trust.published(
        "agg_trust.duckdb",
        "select o.intervention_name from mart_cost_effectiveness__option o join mart_impact__intervention e "
        "using (intervention_name) where o.proposal = 'STOP' and (e.grade = 'D' or coalesce(e.dose_rate, 0) < 0.6)",
    )
    assert stopped.is_empty()


def test_boards_read_the_same_rows_and_no_draws(trust: Trust) -> None:
    """The trust's figures stand in every school's aggregate file; a curve has one row a price, not one a draw."""
    made = trust.work("select count(*) from model_cost_effectiveness__options").item()
    for name in ("agg_trust.duckdb", "agg_999101.duckdb"):
        counted = trust.published(
            name,
            "select (select count(*) from mart_cost_effectiveness__option) as options, "
            "(select count(*) from mart_cost_effectiveness__curve) as points, "
            "(select count(*) from mart_cost_effectiveness__pair where pair_reason is null) as pairs",
        ).to_dicts()[0]
        assert counted["options"] == made
        assert counted["points"] == 16 * counted["pairs"]
    columns = trust.published("agg_trust.duckdb", "select * from mart_cost_effectiveness__pair limit 0").columns
    assert not {"pupil_key", "school_urn", "draw_number"} & set(columns)
