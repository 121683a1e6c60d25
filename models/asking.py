"""What every subject that raises questions shares: a trigger, and the rows that it found. Subjects: ``questions``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Trigger:
    """One reason to ask. ``rule`` says in words when it is raised and which of several comes first."""

    code: str
    subject: str
    figure_table: str
    figure_column: str
    rule: str


Found = Mapping[str, pl.DataFrame]
"""By trigger: the rows to ask about, as ``exceptions`` gives them."""


def exceptions(frame: pl.DataFrame, when: pl.Expr, about: str | None, distance: pl.Expr) -> pl.DataFrame:
    """The rows to ask about: school, what it is about, and how pressing (larger is more)."""
    named = pl.col(about).cast(pl.String) if about else pl.lit(None, dtype=pl.String)
    return frame.filter(when.fill_null(False)).select(
        "school_urn", named.alias("about"), distance.cast(pl.Float64).alias("distance")
    )
