"""What the trust would save by buying as one, as a range with the rule behind each end; and needs without a test.

Low: every school buys at the lowest price that one of them pays already. High: the publisher's quoted price for a
larger order, where the schools' own yearly order is large enough. Spare stock and unused seats are counted only beyond
a reserve. Nothing that section F of a plan requires is ever counted: agencies' time is left out.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.purchasing import MART_PURCHASING__GAPS, MART_PURCHASING__SAVING
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
    prices = [row["year_unit_price_pence"] for row in bought]
    if not bought:
        return
    units, paid = (sum(row[name] for row in bought) for name in ("year_priced_units", "year_paid_pence"))
    tier, tier_from = quote["tier_price_pence"], quote["tier_from_units"]
    is_reached = tier is not None and units >= (tier_from or 0)
    low = max(0, paid - units * min(prices))
    high = max(low, paid - units * tier) if is_reached else low
    known = {"lowest_unit_price_pence": min(prices), "highest_unit_price_pence": max(prices)}
    quoted = {"tier_price_pence": tier, "tier_from_units": tier_from}
    yield _saving("PRICE_TEST", test, len(bought), units, low, high, **known, **quoted)
    if quote["licence_kind"] == "PER_PUPIL":
        cautious, hopeful = (_movable(stock, years) for years in (2, 1))
        if hopeful >= LEAST_UNITS:
            price = min(prices)
            yield _saving("SPARE_TEST", test, len(stock), hopeful, cautious * price, hopeful * price, **known, **quoted)


def _movable(stock: list[Record], years: int) -> int:
    """Units beyond so many years' own use in some schools, up to what others lack for a year."""
    spare = sum(max(0, row["reserve_units"] - years * row["yearly_use_units"]) for row in stock)
    lacking = sum(max(0, row["yearly_use_units"] - row["left_units"]) for row in stock)
    return min(spare, lacking)


def _of_licence(product: str, held: list[Record]) -> Iterator[Record]:
    """A product at one price a seat for all, and seats that nobody uses."""
    if not held:
        return
    prices = [round(row["yearly_price_pence"] / row["seats_count"]) for row in held]
    seats, paid = (sum(row[name] for row in held) for name in ("seats_count", "yearly_price_pence"))
    lowest = min(prices)
    known = {"lowest_unit_price_pence": lowest, "highest_unit_price_pence": max(prices)}
    low = max(0, paid - seats * lowest)
    yield _saving("PRICE_LICENCE", product, len(held), seats, low, low, **known)
    counted = [row for row in held if row["active_users_count"] is not None]
    used = sum(row["active_users_count"] for row in counted)
    unused = sum(row["seats_count"] for row in counted) - used
    if unused >= LEAST_UNITS and used >= LEAST_UNITS:
        reserve = math.ceil(RESERVE_SHARE * (unused + used))
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
    gap = (
        pl.when(pl.col("known_tests_count") == 0)
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
    without = schools.filter((pl.col("pupils_count") > 0) & (pl.col("left_units") == 0))
    told = without.join(holders, on="sen_type", how="left").with_columns(pl.col("holder_names").fill_null(""))
    return tabulate(told.to_dicts(), MART_PURCHASING__GAPS)
