"""What to ask of buying, found in open prices and released figures: what to buy as one, which need has no test."""

from __future__ import annotations

import polars as pl

from expectations.tables.purchasing import ONCE_KINDS
from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions

WORTH_ASKING_PENCE = 50_000
"""£500 a year at the cautious end: less is not worth a board's time."""
MANY_PUPILS = 10

NEED_WITHOUT_TEST = Trigger(
    "NEED_WITHOUT_TEST", "IDENTIFICATION", "mart_purchasing__needs", "pupils_count",
    "Ten or more pupils have a main need for which the register knows no test, or no school has one in stock; most "
    "pupils first.",
)  # fmt: skip
BUY_TOGETHER = Trigger(
    "BUY_TOGETHER", "VALUE_FOR_MONEY", "mart_purchasing__saving", "saving_low_pence",
    "Tests and licences bought as one trust would cost at least 500 pounds a year less at the cautious end.",
)  # fmt: skip
TRIGGERS = (NEED_WITHOUT_TEST, BUY_TOGETHER)


def ask_of_purchasing(mart_purchasing__needs: pl.DataFrame, mart_purchasing__saving: pl.DataFrame) -> Found:
    """Both are asked of the trust: schools buy, the trust can buy together."""
    needs = mart_purchasing__needs.with_columns(school_urn=pl.lit(TRUST))
    is_without = pl.col("gap").is_in(["NO_TEST", "NOT_STOCKED"]) & (pl.col("pupils_count") >= MANY_PUPILS)
    yearly = mart_purchasing__saving.filter(~pl.col("saving_kind").is_in(ONCE_KINDS))
    together = yearly.select(pl.col("saving_low_pence").sum(), school_urn=pl.lit(TRUST))
    saved = pl.col("saving_low_pence")
    return {
        "NEED_WITHOUT_TEST": exceptions(needs, is_without, "sen_type", pl.col("pupils_count")),
        "BUY_TOGETHER": exceptions(together, saved >= WORTH_ASKING_PENCE, None, saved),
    }
