"""Moderation: how far raters agree, which school drifts, which cases to discuss.

Ratings are those that count (``models/moderation_ratings.py``); the coefficients are in ``models/agreement.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from expectations.derive import tabulate
from expectations.tables.moderation import WHOLE_BAND
from expectations.tables.moderation_marts import (
    MART_MODERATION__ITEM,
    MODEL_MODERATION__DRIFT,
    MODEL_MODERATION__ROUND,
)
from expectations.vocabulary import TRUST
from models import agreement
from models.calendar import academic_year
from models.scores import t_multiplier

Row = dict[str, Any]
SMALLEST_CASES, SMALLEST_RATERS = 15, 3
"""Pupils and raters below which agreement is not measured (METHODS D2); nothing is said of fewer raters (R8)."""
TO_DISCUSS_FROM = 2
"""Bands between the lowest and the highest rating from which a case is worth discussing."""


def measure_rounds(
    model_moderation__ratings: pl.DataFrame, model_moderation__levels: pl.DataFrame, matrix: pl.DataFrame
) -> pl.DataFrame:
    """MODEL_MODERATION__ROUND: agreement on the band in every closed round with a case rated twice, oldest first."""
    versions = dict(
        model_moderation__ratings.filter(rating_state="COUNTED").select("round_name", "matrix_version").iter_rows()
    )
    told = []
    for name, group in _rounds(model_moderation__levels.filter(descriptor=WHOLE_BAND)):
        most = matrix.filter(matrix_version=versions[name])["band_number"].max()
        measured = _measure(group, int(str(most)) if most is not None else _highest(group))
        if measured["rated_count"]:
            told.append({"round_name": name, "matrix_version": versions[name]} | measured)
    told.sort(key=lambda row: (row["round_date"], row["round_name"]))
    for row in told[:1]:
        row["has_new_matrix"] = False
    for before, row in pairwise(told):
        row["has_new_matrix"] = before["matrix_version"] != row["matrix_version"]
    return tabulate(told, MODEL_MODERATION__ROUND)


def _rounds(levels: pl.DataFrame) -> Iterable[tuple[str, pl.DataFrame]]:
    for (name,), group in levels.group_by("round_name", maintain_order=True):
        yield str(name), group


def _highest(group: pl.DataFrame) -> int:
    return int(str(group["level_number"].max()))


def _table(group: pl.DataFrame, lowest: int, highest: int) -> agreement.Floats:
    """Cases by raters of some ratings, as counts by level."""
    grid = group.pivot("rater_key", index="case_number", values="level_number").sort("case_number").drop("case_number")
    return agreement.count_bands(grid.cast(pl.Float64).to_numpy() - lowest + 1, highest - lowest + 1)


def _measure(group: pl.DataFrame, highest: int) -> Row:
    counts = _table(group, 1, max(highest, _highest(group)))
    twice = counts[counts.sum(axis=1) >= 2]
    day = group["round_date"].min()
    row: Row = {
        "round_date": day,
        "academic_year": academic_year(day),  # type: ignore[arg-type]
        "schools_count": group["rater_school_urn"].n_unique(),
        "rated_count": len(twice),
        "round_standing": _standing(counts, twice, group["rater_key"].n_unique()),
    }
    is_told, is_measured = row["round_standing"] != "FEW_RATERS", row["round_standing"] == "MEASURED"
    row["exact_rate"] = _known(agreement.pairs_within(counts, 0)) if is_told else None
    row["adjacent_rate"] = _known(agreement.pairs_within(counts, 1)) if is_told else None
    figures = dict.fromkeys(("alpha", "alpha_lower", "alpha_upper", "gwet_ac2"))
    if is_measured:
        whole = agreement.bootstrap_alpha(counts)
        ac2 = agreement.gwet(counts, agreement.quadratic(counts.shape[1]))
        figures = dict(zip(figures, (*whole, ac2), strict=True))
    told = {name: _known(value) for name, value in figures.items()}
    return row | told | {"agreement": agreement_words(told["alpha"])}


def _standing(counts: agreement.Floats, twice: agreement.Floats, raters: int) -> str:
    if raters < SMALLEST_RATERS:
        return "FEW_RATERS"
    if len(twice) < SMALLEST_CASES:
        return "FEW_CASES"
    return "MEASURED" if (counts.sum(axis=0) > 0).all() else "BANDS_MISSING"


def agreement_words(alpha: float | None) -> str | None:
    """What may be concluded from an alpha; nothing from none."""
    if alpha is None:
        return None
    return (
        "RELIABLE" if alpha >= agreement.RELIABLE else "TENTATIVE" if alpha >= agreement.TENTATIVE else "NOT_RELIABLE"
    )


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def find_drift(model_moderation__levels: pl.DataFrame, core_schools: pl.DataFrame) -> pl.DataFrame:
    """MODEL_MODERATION__DRIFT: each school of the trust against the others on the same cases, and the trust's shares.

    A school's raters count as one, so that a school with three raters does not outweigh one with a single rater.
    """
    schools = set(core_schools["school_urn"])
    told = []
    for (name, descriptor), group in model_moderation__levels.group_by("round_name", "descriptor", maintain_order=True):
        about = {"round_name": name, "round_date": group["round_date"].min(), "descriptor": descriptor}
        means = group.group_by("case_number", "rater_school_urn").agg(pl.col("level_number").mean())
        for urn in sorted(schools & set(group["rater_school_urn"])):
            raters = group.filter(rater_school_urn=urn)["rater_key"].n_unique()
            told.append(about | {"school_urn": urn, "raters_count": raters} | _drift_of(urn, means))
        told.append(about | _trust_of(group))
    return tabulate(told, MODEL_MODERATION__DRIFT)


def _drift_of(urn: str, means: pl.DataFrame) -> Row:
    """Mean over cases of the school's mean less the mean of the other schools' means, with a 95% range."""
    others = means.filter(pl.col("rater_school_urn") != urn).group_by("case_number").agg(pl.col("level_number").mean())
    both = means.filter(rater_school_urn=urn).join(others, on="case_number", suffix="_others").sort("case_number")
    apart = (both["level_number"] - both["level_number_others"]).to_numpy()
    row: Row = {"rated_count": len(apart), "exact_rate": None, "adjacent_rate": None}
    if len(apart) < 2:
        return row | dict.fromkeys(("drift_bands", "drift_lower", "drift_upper"))
    middle = float(apart.mean())
    half = t_multiplier(len(apart) - 1) * float(apart.std(ddof=1)) / math.sqrt(len(apart))
    return row | {
        "drift_bands": middle,
        "drift_lower": max(-9.0, middle - half),
        "drift_upper": min(9.0, middle + half),
    }


def _trust_of(group: pl.DataFrame) -> Row:
    counts = _table(group, 0, _highest(group))
    return {
        "school_urn": TRUST,
        "raters_count": group["rater_key"].n_unique(),
        "rated_count": int((counts.sum(axis=1) >= 2).sum()),
        **dict.fromkeys(("drift_bands", "drift_lower", "drift_upper")),
        "exact_rate": _known(agreement.pairs_within(counts, 0)),
        "adjacent_rate": _known(agreement.pairs_within(counts, 1)),
    }


def own_drift(model_moderation__drift: pl.DataFrame) -> pl.DataFrame:
    """What may be told of one school: the band alone, three raters or more (R8), and as many pupils as agreement needs.

    Columns of MART_MODERATION__SCHOOL but the date of the data.
    """
    return model_moderation__drift.filter(
        (pl.col("school_urn") != TRUST)
        & (pl.col("descriptor") == WHOLE_BAND)
        & (pl.col("raters_count") >= SMALLEST_RATERS)
        & (pl.col("rated_count") >= SMALLEST_CASES)
    ).select(
        "school_urn", "round_name", "round_date", "rated_count", "drift_bands", "drift_lower", "drift_upper"
    )  # fmt: skip


def list_items(
    model_moderation__ratings: pl.DataFrame, model_moderation__levels: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    """MART_MODERATION__ITEM: cases two bands or more apart, with the descriptor on which raters differ most."""
    names = {row["pupil_key"]: row for row in core_pupils.select("pupil_key", "surname", "forename").to_dicts()}
    ratings = model_moderation__ratings.filter(rating_state="COUNTED")
    levels = dict(iter(model_moderation__levels.group_by("round_name", "case_number")))
    told = []
    for key, group in ratings.group_by("round_name", "case_number"):
        given = sorted(group["band_number"])
        if given[-1] - given[0] < TO_DISCUSS_FROM:
            continue
        first = group.row(0, named=True)
        told.append(
            {"surname": None, "forename": None}
            | first
            | names.get(first["pupil_key"], {})
            | {
                "ratings_count": len(given),
                "lowest_band_number": given[0],
                "highest_band_number": given[-1],
                "bands_given": ", ".join(map(str, given)),
                "widest_descriptor": _widest(levels[key]),
            }
        )
    return tabulate(told, MART_MODERATION__ITEM)


def _widest(levels: pl.DataFrame) -> str | None:
    """The descriptor whose levels vary most; of two alike the first by name."""
    spreads: Mapping[str, float] = {
        str(name): float(np.var(group["level_number"].to_numpy()))
        for (name,), group in levels.filter(pl.col("descriptor") != WHOLE_BAND).group_by("descriptor")
    }
    return min(spreads, key=lambda name: (-spreads[name], name), default=None)
