"""The trust's catalogue of interventions: names that the SEND lead has settled join those of the trust's list."""

from __future__ import annotations

import polars as pl

from expectations.derive import conform
from expectations.tables.reference import CORE_INTERVENTION_CATALOGUE


def add_settled_names(catalogue: pl.DataFrame, core_alias_decisions: pl.DataFrame) -> pl.DataFrame:
    """CORE_INTERVENTION_CATALOGUE: the trust's list (same columns), and each name settled as one of its interventions.

    The list speaks first. A name settled as an intervention that the list no longer has counts for nothing, so that
    its groups are asked about again.
    """
    known = catalogue.sort("alias").unique("intervention_name", keep="first", maintain_order=True)
    settled = (
        core_alias_decisions.select("alias", "intervention_name")
        .join(known.drop("alias"), on="intervention_name", how="inner")
        .join(catalogue.select("alias"), on="alias", how="anti")
    )
    return conform(pl.concat([catalogue, settled.select(catalogue.columns)]), CORE_INTERVENTION_CATALOGUE)
