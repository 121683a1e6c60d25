"""What the settings say of funding: amounts by financial year, bands of top-up, overheads. A trust may name its own."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from expectations.derive import conform
from expectations.tables.reference import CORE_FUNDING_BANDS, CORE_FUNDING_RULES

ELEMENT_2_THRESHOLD_PENCE = 600_000
"""£6,000: support that a mainstream school meets itself. Source: DfE, High needs funding: operational guide."""
PLACE_FUNDING_PENCE = 1_000_000
"""£10,000: elements 1 and 2 of a special-school place. Source: DfE, High needs funding: operational guide."""
RULE_YEARS = range(2015, 2041)
"""Both amounts have stood since 2013; a reform is announced, and then the settings name the year it starts in."""


def funding_rules(
    element_2_pence: Mapping[int, int] | None = None,
    place_pence: Mapping[int, int] | None = None,
    overhead_rate: float = 0.0,
) -> pl.DataFrame:
    """CORE_FUNDING_RULES: one row per financial year. An amount named for a year stands until another is named."""
    rows = {
        "financial_year": list(RULE_YEARS),
        "element_2_threshold_pence": _standing(element_2_pence or {}, ELEMENT_2_THRESHOLD_PENCE),
        "place_funding_pence": _standing(place_pence or {}, PLACE_FUNDING_PENCE),
        "overhead_rate": [overhead_rate] * len(RULE_YEARS),
    }
    return conform(pl.DataFrame(rows), CORE_FUNDING_RULES)


def funding_bands(pence: Mapping[str, Mapping[int, int]]) -> pl.DataFrame:
    """CORE_FUNDING_BANDS: each named band from its first named year on; an amount stands until the next is named."""
    rows = [
        (band, year, amount)
        for band, named in sorted(pence.items())
        for year, amount in zip(RULE_YEARS, _standing(named, None), strict=True)
        if amount is not None
    ]
    names = CORE_FUNDING_BANDS.column_names
    return conform(pl.DataFrame(rows, schema=[*names], orient="row", strict=False), CORE_FUNDING_BANDS)


def _standing(named: Mapping[int, int], first: int | None) -> list[int | None]:
    """The amount of each rule year: the newest named by then, else ``first``."""
    found = []
    for year in RULE_YEARS:
        known = [start for start in named if start <= year]
        found.append(named[max(known)] if known else first)
    return found
