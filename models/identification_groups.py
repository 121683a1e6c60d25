"""Is a group of pupils missing from the register? Girls, EAL, free school meals, persistent absence (METHODS D1).

Each group is set beside the school's other pupils of the same year band, free-school-meals group and band of scores:
so many fewer (or more) of them are on the register than if they were listed as those are. What this cannot allow for
stands in ``methods/identification.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import polars as pl

from expectations.vocabulary import TRUST
from models.funnel import Z998
from models.pupils import in_trust_once
from models.stratified import Gap, find_gap

Row = dict[str, Any]
PERSISTENT_ABSENCE_FROM = 0.10
GROUPS = {
    "Girls": ("sex", pl.when(pl.col("sex").is_in(["F", "M"])).then(pl.col("sex") == "F")),
    "Pupils with EAL": ("is_eal", pl.col("is_eal")),
    "Pupils with free school meals": ("is_fsm", pl.col("is_fsm")),
    "Persistently absent pupils": ("absence_rate", pl.col("absence_rate") >= PERSISTENT_ABSENCE_FROM),
}
"""Group: the column it is told from, which is no stratum of its own, and who belongs; blank where it is not known."""
USUAL = ("Girls",)
"""Groups that are on registers less often everywhere in England: judged only beside other schools' difference."""
STRATA = ("school_urn", "year_band", "is_fsm", "score_band")


def find_missing_groups(pupils: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    """The figures of MART_IDENTIFICATION__GROUP for the disclosure door, with the smaller of the two sides."""
    mainstream = schools.filter(~pl.col("is_special"))["school_urn"].implode()
    inside = pupils.filter(pl.col("school_urn").is_in(mainstream))
    sizes = dict(in_trust_once(pupils).group_by("school_urn").agg(pl.len()).iter_rows())
    rows = [
        row | {"pupils_count": sizes.get(row["school_urn"], 0)}
        for group, (column, belongs) in GROUPS.items()
        for row in _of_group(inside.with_columns(belongs=belongs), group, column)
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


_SCHEMA = {
    "school_urn": pl.String, "pupil_group": pl.String, "pupils_count": pl.Int64, "fewer_mean": pl.Float64,
    "fewer_low": pl.Float64, "fewer_high": pl.Float64, "usual_mean": pl.Float64, "is_beyond_chance": pl.Boolean,
    "smaller_count": pl.Int64,
}  # fmt: skip


def _of_group(pupils: pl.DataFrame, group: str, column: str) -> Iterator[Row]:
    """A row of each school, and one of all mainstream schools together, in which a school is a stratum."""
    strata = [name for name in STRATA if name != column]
    is_listed = pl.col("sen_provision") != "N"
    counted = (
        pupils.filter(pl.col("belongs").is_not_null())
        .group_by(strata)
        .agg(
            pl.col("belongs").sum().alias("pupils"),
            (pl.col("belongs") & is_listed).sum().alias("hits"),
            (~pl.col("belongs")).sum().alias("others"),
            (~pl.col("belongs") & is_listed).sum().alias("other_hits"),
        )
        .sort(strata)
    )
    for (urn,), own in counted.group_by("school_urn", maintain_order=True):
        elsewhere = _gap(counted.filter(pl.col("school_urn") != urn))
        yield _row(str(urn), group, own, elsewhere)
    yield _row(TRUST, group, counted, None)


def _gap(counted: pl.DataFrame) -> Gap | None:
    return find_gap(*(counted[name].to_list() for name in ("hits", "pupils", "other_hits", "others")))


def _row(urn: str, group: str, counted: pl.DataFrame, elsewhere: Gap | None) -> Row:
    gap = _gap(counted)
    smaller = min(counted["pupils"].sum(), counted["others"].sum())
    few = dict.fromkeys(("fewer_mean", "fewer_low", "fewer_high", "usual_mean", "is_beyond_chance"))
    return {
        "school_urn": urn,
        "pupil_group": group,
        **(few if gap is None else _figures(gap, elsewhere, is_judged=elsewhere is not None or group not in USUAL)),
        "smaller_count": smaller if gap is None else min(smaller, gap.pupils, gap.others),
    }


def _figures(gap: Gap, elsewhere: Gap | None, *, is_judged: bool) -> Row:
    """The gap; and whether it is beyond chance once the difference that other schools have too is taken off."""
    low, high = gap.within()
    usual = elsewhere.fewer / elsewhere.pupils * gap.pupils if elsewhere else None
    own_error = elsewhere.error / elsewhere.pupils * gap.pupils if elsewhere else 0.0
    error = math.hypot(gap.error, own_error)
    return {
        "fewer_mean": gap.fewer,
        "fewer_low": low,
        "fewer_high": high,
        "usual_mean": usual,
        "is_beyond_chance": gap.fewer - (usual or 0.0) > Z998 * error if is_judged else None,
    }
