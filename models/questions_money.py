"""What to ask of money: spending beyond its funding, and hours of support staff that drift. Figures: ``money``."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

HOURS_MET_BELOW = 0.90

SPENT_BEYOND = Trigger(
    "SPENT_BEYOND", "VALUE_FOR_MONEY", "mart_money__school", "spend_pence",
    "In the last whole financial year recorded spending is more than notional budget, place funding and top-up.",
)  # fmt: skip
HOURS_DRIFT = Trigger(
    "HOURS_DRIFT", "DELIVERY", "mart_money__school", "need_met_rate",
    "In the latest year less than 90% of the support staff's hours that plans and groups needed were delivered.",
)  # fmt: skip


def ask_of_money(mart_money__school: pl.DataFrame) -> Found:
    """Rows of both triggers. An unknown top-up or budget is no funding that we know of, so nothing is asked then."""
    year = pl.col("financial_year")
    is_over = pl.date(year + 1, 8, 31) <= pl.col("data_date")
    own = pl.when(pl.any_horizontal(pl.col("notional_pence", "place_pence").is_not_null())).then(
        pl.sum_horizontal("notional_pence", "place_pence")
    )
    beyond = pl.col("spend_pence") - own - pl.col("top_up_pence")
    over = mart_money__school.filter(is_over)
    last = over.filter(year == year.max())
    latest = mart_money__school.filter(year == year.max())
    met = pl.col("need_met_rate")
    return {
        SPENT_BEYOND.code: exceptions(last, beyond > 0, "financial_year", beyond),
        HOURS_DRIFT.code: exceptions(latest, met < HOURS_MET_BELOW, "financial_year", -met),
    }
