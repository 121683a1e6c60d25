"""Moves off the roll before the end of a phase, over person-time, by SEN: schools and trust.

What a move is, and where to, is ``models/sql/core_moves.sql``; days on roll are ``models/sql/model_moves__time.sql``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.derive import conform
from expectations.tables.moves import MART_MOVES__PUPIL, MART_MOVES__SCHOOL, MOVE_GROUPS, MOVE_TYPES, TYPE_COUNTS
from expectations.vocabulary import TRUST
from models.destinations import named

YEARS = 3
DAYS_IN_YEAR = 365.25
SMALLEST_YEARS = 10
"""Pupil-years from which a rate is told, as ten pupils are elsewhere (R2)."""
_GROUPS = {"All pupils": (True, False), "SEN": (True,), "No SEN": (False,)}


def mart_moves__school_frame(model_moves__time: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_MOVES__SCHOOL for the disclosure door: three groups each; where to, of the trust only."""
    parts = _sums(model_moves__time)
    urns = sorted({urn for urn, _ in parts})
    rows = [_describe(urn, group, parts) for urn in [*urns, TRUST] for group in MOVE_GROUPS] if urns else []
    kinds = {column.name: None for column in MART_MOVES__SCHOOL.columns}
    frame = pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame(schema=list(kinds))
    return conform(
        frame.with_columns(data_date=pl.lit(data_date, pl.Date), hidden_columns=pl.lit("")), MART_MOVES__SCHOOL
    )


def list_moves(core_moves: pl.DataFrame, core_pupils: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """MART_MOVES__PUPIL: moves of the last three years, by name."""
    first = pl.lit(data_date).dt.offset_by(f"-{YEARS}y")
    return named(core_moves.filter(pl.col("leaving_date") >= first), core_pupils, MART_MOVES__PUPIL)


def exact_poisson(count: int) -> tuple[float, float]:
    """95% range of a Poisson mean from one count, by the gamma distribution. Source: Garwood 1936."""
    from scipy.special import gammaincinv  # imported where it is needed: start-up is the main cost

    low = float(gammaincinv(count, 0.025)) if count else 0.0
    return low, float(gammaincinv(count + 1, 0.975))


def _sums(time: pl.DataFrame) -> dict[tuple[str, bool], dict[str, int]]:
    """By school and SEN or not: whole pupil-years (of the parts, so that groups add up) and moves by type."""
    found: dict[tuple[str, bool], dict[str, int]] = {}
    for row in time.to_dicts():
        part = found.setdefault((row["school_urn"], row["has_sen"]), {"years": 0, **dict.fromkeys(MOVE_TYPES, 0)})
        if row["move_type"] == "STAYED":
            part["years"] = round(row["roll_days"] / DAYS_IN_YEAR)
        else:
            part[row["move_type"]] = row["moves_count"]
    return found


def _describe(urn: str, group: str, parts: dict[tuple[str, bool], dict[str, int]]) -> dict[str, Any]:
    members = [part for (school, has_sen), part in parts.items()
               if urn in (TRUST, school) and has_sen in _GROUPS[group]]  # fmt: skip
    years = sum(part["years"] for part in members)
    types = {move_type: sum(part[move_type] for part in members) for move_type in MOVE_TYPES}
    moves = sum(types.values())
    has_rate = years >= SMALLEST_YEARS
    low, high = exact_poisson(moves)
    per_100 = 100 / years if has_rate else None
    return {
        "school_urn": urn,
        "move_group": group,
        "pupil_years_count": years,
        "moves_count": moves,
        "moves_per_100_years": moves * per_100 if per_100 else None,
        "low_per_100_years": low * per_100 if per_100 else None,
        "high_per_100_years": high * per_100 if per_100 else None,
        **{
            name: types[move_type] if urn == TRUST else None
            for name, move_type in zip(TYPE_COUNTS, MOVE_TYPES, strict=True)
        },
    }
