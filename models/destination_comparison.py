"""Leavers beside a published series of the same definition, and leavers with SEN beside those without.

Made from *released* figures only, so that a comparison tells nothing that the figures do not. A series that the
Department restated by another method is another series and is never set beside ours.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.destination_results import MART_DESTINATIONS__COMPARED
from models.proportions import newcombe

SERIES = {
    "Year 11": ("KS4_WITH_NCCIS", "mainstream"),
    "Sixth form": ("16_18_WITH_NCCIS", "state school sixth forms"),
}
"""Stage: the series whose definition is ours (mainstream schools, all leavers in the denominator, the authority's
records among the sources), and its kind of school. Of other stages nothing is published."""
ALPHA = 0.05
Row = dict[str, Any]


def compare(mart_destinations__school: pl.DataFrame, *, series: pl.DataFrame) -> pl.DataFrame:
    """MART_DESTINATIONS__COMPARED. ``series``: ``reference_data.destination_series``; its newest final figure counts.

    Only rows of ten leavers or more whose counts are shown are compared.
    """
    shown = mart_destinations__school.filter(
        (pl.col("small_number_rule") == "RATE")
        & pl.all_horizontal(pl.col("leavers_count", "sustained_count").is_not_null())
    ).to_dicts()
    groups = {(row["school_urn"], row["leaver_stage"], row["sen_group"]): row for row in shown}
    published = _newest(series)
    rows = []
    for (school, stage, group), row in groups.items():
        found = published.get((stage, group))
        if found is not None:
            rows.append(_beside_national(row, found))
        other = groups.get((school, stage, "No SEN"))
        if group == "SEN" and other is not None:
            rows.append(_beside_others(row, other))
    return tabulate(rows, MART_DESTINATIONS__COMPARED)


def _newest(series: pl.DataFrame) -> dict[tuple[str, str], Row]:
    """By stage and SEN group: England's newest figure of our series; a provisional one only if there is no other."""
    england = series.filter((pl.col("area") == "England") & pl.col("sustained_rate").is_not_null())
    found: dict[tuple[str, str], Row] = {}
    is_final = (pl.col("release_status") != "Provisional").fill_null(True)
    for row in england.sort(is_final, "period").to_dicts():
        stage = row["leaver_stage"]
        if (row["series_code"], row["institutions"]) == SERIES.get(stage):
            found[stage, row["sen_group"]] = row
    return found


def _beside_national(row: Row, published: Row) -> Row:
    leavers, sustained, rate = row["leavers_count"], row["sustained_count"], published["sustained_rate"]
    own = sustained / leavers
    return _compared(row, "NATIONAL", own, rate) | {
        "verdict": _judge(sustained, row["unknown_count"], leavers, rate),
        "series_code": published["series_code"],
        "series_period": published["period"],
    }


def _judge(sustained: int, unknown: int | None, leavers: int, rate: float) -> str:
    """Exact binomial test; below only if those not traced could not make up for it, of whom all may be unknown."""
    from scipy.stats import binomtest  # imported where it is needed: start-up is the main cost

    if binomtest(sustained, leavers, rate).pvalue >= ALPHA:
        return "WITHIN_CHANCE"
    if sustained / leavers > rate:
        return "ABOVE"
    best = leavers if unknown is None else sustained + unknown
    is_below_at_best = best / leavers < rate and binomtest(best, leavers, rate).pvalue < ALPHA
    return "BELOW" if is_below_at_best else "UNTRACED"


def _beside_others(row: Row, other: Row) -> Row:
    counts = (row["sustained_count"], row["leavers_count"], other["sustained_count"], other["leavers_count"])
    low, high = newcombe(*counts)
    own, others = counts[0] / counts[1], counts[2] / counts[3]
    # To whole points, as people read it: a range that ends at 0 is not called a difference.
    verdict = "BELOW" if round(100 * high) < 0 else "ABOVE" if round(100 * low) > 0 else "WITHIN_CHANCE"
    return _compared(row, "NO_SEN", own, others) | {
        "verdict": verdict,
        "difference_low_rate": low,
        "difference_high_rate": high,
    }


def _compared(row: Row, comparison: str, own: float, other: float) -> Row:
    return {
        "school_urn": row["school_urn"],
        "leaver_stage": row["leaver_stage"],
        "sen_group": row["sen_group"],
        "comparison": comparison,
        "own_rate": round(own, 2),
        "other_rate": round(other, 3),
        "difference_rate": round(own - other, 2),
        **dict.fromkeys(("difference_low_rate", "difference_high_rate", "series_code", "series_period")),
    }
