"""What the trust would save by buying as one, as a range with the rule behind each end; and needs without a test.

Cautious end: nobody pays more than the middle of the prices that schools pay already. Hopeful end: all pay the lowest
of them, or the publisher's quoted price for a larger order where the schools' yearly order is large enough. Spare
stock and unused seats count beyond a reserve. What section F of a plan requires is never counted: agencies' time is
left out.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from statistics import median
from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.purchasing import BY_HEALTH_NEEDS, MART_PURCHASING__GAPS, MART_PURCHASING__SAVING
from expectations.vocabulary import TRUST

RESERVE_SHARE = 0.10
"""Share of all seats that stay free at the cautious end: pupils come in mid-year."""
LEAST_UNITS = 10
"""Spare units, unused seats and seats in use from which a row is made: fewer would tell of few people."""
Record = dict[str, Any]


def find_savings(
    model_purchasing__stock: pl.DataFrame, core_diagnostic_tests: pl.DataFrame, core_licences: pl.DataFrame
) -> pl.DataFrame:
    """MART_PURCHASING__SAVING: every way in which something would be saved; nothing where nothing would."""
    quotes = {row["test_name"]: row for row in core_diagnostic_tests.to_dicts()}
    found: list[Record] = []
    for (test,), stock in model_purchasing__stock.group_by("test_name", maintain_order=True):
        found += _of_test(str(test), stock.to_dicts(), quotes[str(test)])
    for (product,), held in core_licences.group_by("product_name", maintain_order=True):
        found += _of_licence(str(product), held.filter(pl.col("seats_count") > 0).to_dicts())
    return tabulate([row for row in found if row["saving_high_pence"] > 0], MART_PURCHASING__SAVING)


def _of_test(test: str, stock: list[Record], quote: Record) -> Iterator[Record]:
    """A test bought at one price for all, and stock that one school has to spare and another would have to buy."""
    bought = [row for row in stock if row["year_priced_units"] > 0]
    if not bought:
        return
    orders = [(row["year_priced_units"], row["year_paid_pence"]) for row in bought]
    prices, low, high = _one_price(orders)
    units = sum(count for count, _ in orders)
    tier, tier_from = quote["tier_price_pence"], quote["tier_from_units"]
    if tier is not None and units >= (tier_from or 0):
        high = max(high, sum(paid for _, paid in orders) - units * tier)
    known = prices | {"tier_price_pence": tier, "tier_from_units": tier_from}
    yield _saving("PRICE_TEST", test, len(bought), units, low, high, **known)
    if quote["licence_kind"] == "PER_PUPIL":
        cautious, hopeful = (_movable(stock, years) for years in (2, 1))
        if hopeful >= LEAST_UNITS:
            price = prices["lowest_unit_price_pence"]
            yield _saving("SPARE_TEST", test, len(stock), hopeful, cautious * price, hopeful * price, **known)


def _one_price(orders: list[tuple[int, int]]) -> tuple[dict[str, int], int, int]:
    """The schools' prices of a unit, and what is saved if nobody pays above the middle, and if all pay the lowest.

    ``orders``: units and pence of each school. Prices are whole pence: a school's own is its order's average.
    """
    prices = [round(paid / units) for units, paid in orders]
    lowest, middle = min(prices), math.ceil(median(prices))
    known = {
        "lowest_unit_price_pence": lowest,
        "middle_unit_price_pence": middle,
        "highest_unit_price_pence": max(prices),
    }
    low, high = (sum(max(0, paid - units * price) for units, paid in orders) for price in (middle, lowest))
    return known, low, high


def _movable(stock: list[Record], years: int) -> int:
    """Units beyond so many years' own use in some schools, up to what others lack for a year."""
    spare = sum(max(0, row["reserve_units"] - years * row["yearly_use_units"]) for row in stock)
    lacking = sum(max(0, row["yearly_use_units"] - row["left_units"]) for row in stock)
    return min(spare, lacking)


def _of_licence(product: str, held: list[Record]) -> Iterator[Record]:
    """A product at one price a seat for all, and seats that nobody uses."""
    if not held:
        return
    known, low, high = _one_price([(row["seats_count"], row["yearly_price_pence"]) for row in held])
    yield _saving("PRICE_LICENCE", product, len(held), sum(row["seats_count"] for row in held), low, high, **known)
    counted = [row for row in held if row["active_users_count"] is not None]
    used = sum(row["active_users_count"] for row in counted)
    unused = sum(row["seats_count"] for row in counted) - used
    if unused >= LEAST_UNITS and used >= LEAST_UNITS:
        lowest, reserve = known["lowest_unit_price_pence"], math.ceil(RESERVE_SHARE * (unused + used))
        cautious, hopeful = max(0, unused - reserve) * lowest, unused * lowest
        yield _saving("UNUSED_SEATS", product, len(counted), unused, cautious, hopeful, **known)


def _saving(kind: str, product: str, schools: int, units: int, low: int, high: int, **prices: int | None) -> Record:
    nothing = {"tier_price_pence": None, "tier_from_units": None}
    return nothing | prices | {
        "saving_kind": kind, "product_name": product, "schools_count": schools, "product_units": units,
        "saving_low_pence": low, "saving_high_pence": high,
    }  # fmt: skip


def mart_purchasing__needs_frame(model_purchasing__needs: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_PURCHASING__NEEDS for the disclosure door: the trust only, never a school."""
    trust = model_purchasing__needs.filter(school_urn=TRUST).drop("school_urn", "left_units")
    is_known = pl.col("known_tests_count") > 0
    gap = (
        pl.when(~is_known & pl.col("sen_type").is_in(BY_HEALTH_NEEDS))
        .then(pl.lit("BY_HEALTH"))
        .when(~is_known)
        .then(pl.lit("NO_TEST"))
        .when(pl.col("stocked_tests_count") == 0)
        .then(pl.lit("NOT_STOCKED"))
        .otherwise(pl.lit("STOCKED"))
    )
    return trust.with_columns(data_date=pl.lit(data_date), gap=gap)


def find_gaps(model_purchasing__needs: pl.DataFrame, core_schools: pl.DataFrame) -> pl.DataFrame:
    """MART_PURCHASING__GAPS: pupils with a need in a school that has no test for it left, and who has one."""
    schools = model_purchasing__needs.filter(pl.col("school_urn") != TRUST)
    holding = schools.filter(pl.col("left_units") > 0).join(core_schools, on="school_urn").sort("school_name")
    holders = holding.group_by("sen_type").agg(pl.col("school_name").str.join(", ").alias("holder_names"))
    is_a_schools = (pl.col("known_tests_count") > 0) | ~pl.col("sen_type").is_in(BY_HEALTH_NEEDS)
    without = schools.filter((pl.col("pupils_count") > 0) & (pl.col("left_units") == 0) & is_a_schools)
    told = without.join(holders, on="sen_type", how="left").with_columns(pl.col("holder_names").fill_null(""))
    return tabulate(told.to_dicts(), MART_PURCHASING__GAPS)
