"""What to ask about the register: pupils without provision, conflicts that stay open, needs that are not told."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

FEW_WITHOUT = 5
UNCLEAR_FROM = 0.15
"""Share of pupils on SEN support with no told need from which it is asked about."""

NO_PROVISION = Trigger("NO_PROVISION", "IDENTIFICATION", "mart_match__school", "no_provision_count",
                       "Five or more pupils on the register have no provision on record; the most first.")  # fmt: skip
OLD_CONFLICTS = Trigger("OLD_CONFLICTS", "DATA", "mart_match__school", "conflicts_age",
                        "Of half or more of the pupils with a conflict between register, census and Insight it has "
                        "been open for more than ten days; the most pupils first.")  # fmt: skip
NEED_UNCLEAR = Trigger("NEED_UNCLEAR", "DATA", "mart_needs__support", "unclear_rate",
                       "Of ten or more pupils on SEN support 15% or more have no told need: other, not assessed by a "
                       "specialist, or none; the highest share first.")  # fmt: skip


def ask_of_match(mart_match__school: pl.DataFrame, mart_needs__support: pl.DataFrame) -> Found:
    """The exceptions of each school and of the trust; a hidden figure raises none."""
    without, unclear = pl.col("no_provision_count"), pl.col("unclear_rate")
    is_old, pupils = pl.col("conflicts_age") == "MOST", pl.col("conflicts_count")
    return {
        NO_PROVISION.code: exceptions(mart_match__school, without >= FEW_WITHOUT, None, without),
        OLD_CONFLICTS.code: exceptions(mart_match__school, is_old, None, pupils),
        NEED_UNCLEAR.code: exceptions(mart_needs__support, unclear >= UNCLEAR_FROM, None, unclear),
    }
