"""By which route the trust's leavers went, for the disclosure door: only where the total itself is shown elsewhere."""

from __future__ import annotations

import polars as pl

from expectations.derive import conform
from expectations.tables.destination_results import MART_DESTINATIONS__ROUTE
from expectations.vocabulary import TRUST
from models.destinations import POOLED_YEARS

_TOTALS = {"SUSTAINED": "sustained_count", "NOT_SUSTAINED": "not_sustained_count"}


def count_routes(model_destinations__leavers: pl.DataFrame, mart_destinations__school: pl.DataFrame) -> pl.DataFrame:
    """The frame of MART_DESTINATIONS__ROUTE: traced leavers of the pooled years by stage, outcome and route.

    A stage and outcome whose total is hidden in MART_DESTINATIONS__SCHOOL is left out: its routes would tell it.
    """
    totals = mart_destinations__school.filter(
        (pl.col("school_urn") == TRUST)
        & (pl.col("sen_group") == "All leavers")
        & (pl.col("small_number_rule") == "RATE")
    ).select("leaver_stage", *_TOTALS.values(), last="last_academic_year")
    told = model_destinations__leavers.join(totals, on="leaver_stage").filter(
        pl.col("route").is_not_null()
        & (pl.col("academic_year") > pl.col("last") - POOLED_YEARS)
        & pl.any_horizontal(
            (pl.col("sustained_outcome") == outcome) & pl.col(total).is_not_null() for outcome, total in _TOTALS.items()
        )
    )
    counted = told.group_by("leaver_stage", "sustained_outcome", "route").agg(
        route_leavers_count=pl.len().cast(pl.Int64), hidden_columns=pl.lit("").first()
    )
    return conform(counted, MART_DESTINATIONS__ROUTE).sort(MART_DESTINATIONS__ROUTE.key)
