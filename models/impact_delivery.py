"""What was delivered, by school and by academic year: pupils, scores to judge by, dose, hours and cost. No effects."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import tabulate
from expectations.tables.impact_delivery import MODEL_IMPACT__SCHOOL_DELIVERY, MODEL_IMPACT__YEARS
from models.calendar import academic_year_of
from models.interventions import sum_doses
from models.outcomes import OUTCOME, with_both_scores, without_same_test


def school_delivery(
    model_interventions__group_dose: pl.DataFrame, model_interventions__starters: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """MODEL_IMPACT__SCHOOL_DELIVERY: what each school runs or ran, with pupils, dose and cost."""
    groups = model_interventions__group_dose.unique("intervention_key")
    starters = model_interventions__starters.unique(["intervention_key", "pupil_key"])
    running = groups.filter(pl.col("start_date") <= data_date, pl.col("end_date") >= data_date)
    is_running = set(running.select("school_urn", "intervention_name").iter_rows())
    sums = sum_doses(groups, starters, ["school_urn", "intervention_name"])
    rows = [
        {"school_urn": key[0], "intervention_name": key[1], "is_running": key in is_running, **doses}
        for key, doses in sums.items()
    ]
    return tabulate(rows, MODEL_IMPACT__SCHOOL_DELIVERY)


def year_delivery(
    model_interventions__group_dose: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    model_impact__treated: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_IMPACT__YEARS: the same of each academic year, by the year in which the groups started.

    Pupils with both scores are those of the outcome that speaks for the intervention, in the year of their own start.
    """
    year = academic_year_of(pl.col("start_date")).alias("academic_year")
    groups = model_interventions__group_dose.unique("intervention_key").with_columns(year)
    starters = model_interventions__starters.unique(["intervention_key", "pupil_key"]).join(
        groups.select("intervention_key", "academic_year"), on="intervention_key"
    )
    by = ["intervention_name", "academic_year"]
    told = count_both_scores(model_impact__treated, model_impact__estimates, by)
    rows = [
        {"intervention_name": name, "academic_year": year, "both_scores_count": told.get((name, year), 0), **doses}
        for (name, year), doses in sum_doses(groups, starters, by).items()
    ]
    return tabulate(rows, MODEL_IMPACT__YEARS)


def count_both_scores(treated: pl.DataFrame, estimates: pl.DataFrame, by: list[str]) -> dict[tuple[object, ...], int]:
    """Pupils who took part, whose score after is due, with both scores of the outcome that speaks."""
    outcome = ["intervention_name", *OUTCOME]
    told = without_same_test(with_both_scores(treated.filter("is_exit_due")))
    ours = told.join(estimates.select(outcome), on=outcome, nulls_equal=True)
    return {row[:-1]: row[-1] for row in ours.group_by(by).agg(pl.col("pupil_key").n_unique()).iter_rows()}
