"""How many a school like this one would identify, and how far the school is from it (METHODS D1).

Indirect standardisation: each mainstream school beside the trust's *other* mainstream schools, pupil by pupil of one
year band and free-school-meals group. England publishes no shares for these strata; its shares by phase stand in where
the others are too few, and for EHC plans, which authorities decide. A special school is never compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.identification_marts import MART_IDENTIFICATION__FUNNEL, MODEL_IDENTIFICATION__SCHOOLS
from models.everywhere import in_school_and_trust
from models.funnel import (
    Limits,
    Spread,
    exact_limits,
    expected_false_alarms,
    find_spread,
    limits_of,
    poisson_interval,
)
from models.pupils import roll_up

Row = dict[str, Any]
Strata = dict[tuple[str, bool | None], tuple[int, int]]
"""Pupils and pupils with SEN support by (year band, has free school meals)."""

FEWEST_IN_STRATUM = 10
"""Pupils of other schools from whom a share may be taken."""
LEAST_TOLD = 5
"""The smallest number of pupils that is told, other than none, where the trust's settings name no other."""
SEVERE_ABSENCE_FROM = 0.5
COVERED_FROM = 0.95
"""Share of a school's pupils for whom the others have such a share."""
PRIMARY_BANDS = ("To year 2", "Years 3 to 6")
PHASES = {"Primary": "Primary", "Secondary": "Secondary"}
"""The school's phase: the phase of England's figures. An all-through school's are mixed by year band."""
COMPARED = ("reference", "expected", "low_95", "high_95", "low_998", "high_998", "ratio", "ratio_low", "ratio_high",
            "adjusted_rate")  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """What is expected of a school: by whose shares, how many pupils, and the share in that reference."""

    reference: str
    pupils: float
    reference_rate: float


@dataclass(frozen=True)
class Judged:
    """All that is compared of SEN support: expected by school, limits, the spread of the schools judged."""

    expected: Mapping[str, Expected]
    limits: Mapping[str, Limits]
    spread: Spread
    share: float


def compare_schools(
    pupils: pl.DataFrame,
    year_before: pl.DataFrame,
    schools: pl.DataFrame,
    census_share: pl.DataFrame,
    least_told: int = LEAST_TOLD,
) -> pl.DataFrame:
    """MODEL_IDENTIFICATION__SCHOOLS: true figures, not released.

    ``pupils``: MODEL_IDENTIFICATION__PUPILS; ``year_before``: MODEL_IDENTIFICATION__YEAR_BEFORE; ``schools``:
    CORE_SCHOOLS; ``census_share``: MART_IDENTIFICATION__CENSUS_SHARE; ``least_told``: smallest count that is shown.
    """
    now = {row["school_urn"]: row for row in roll_up(pupils).to_dicts()}
    before = {row["school_urn"]: row for row in roll_up(year_before).to_dicts()}
    unlisted = _count_unlisted(pupils)
    judged, plans = (
        judge_support(pupils, schools, census_share, least_told),
        _expect_plans(pupils, schools, census_share),
    )
    rows = []
    for urn, row in now.items():
        support, plan = row["sen_support_count"], row["ehc_plan_count"]
        size = row["pupils_count"]
        rows.append(
            {name: row[name] for name in ("school_urn", "pupils_count", "sen_support_count", "ehc_plan_count")}
            | _figures("support", support, judged.expected.get(urn), judged.limits.get(urn))
            | {"support_verdict": _verdict(support, judged.expected.get(urn), judged.limits.get(urn))}
            | _figures("plan", plan, plans.get(urn), _plain_limits(plans.get(urn), size))
            | _before(row, before.get(urn), least_told)
            | {"unlisted_count": unlisted.get(urn, 0)}
        )
    return tabulate(rows, MODEL_IDENTIFICATION__SCHOOLS)


def judge_support(
    pupils: pl.DataFrame, schools: pl.DataFrame, census_share: pl.DataFrame, least_told: int = LEAST_TOLD
) -> Judged:
    """Expected pupils with SEN support of each mainstream school, and limits; widened where schools differ by more.

    Only schools beside the trust's others are in the funnel: England's shares are not adjusted for school meals.
    """
    strata = count_strata(pupils, schools)
    england = _england(census_share, "K")
    expected = {}
    for urn, own in strata.items():
        found = _beside_the_others(own, _others(strata, urn, least_told)) or _beside_england(own, england)
        if found is not None and 0 < found.pupils < _size(own):
            expected[urn] = found
    inside = [urn for urn, found in expected.items() if found.reference == "TRUST"]
    spread = find_spread([_hits(strata[urn]) for urn in inside], [expected[urn].pupils for urn in inside],
                         [_size(strata[urn]) for urn in inside])  # fmt: skip
    limits = {urn: limits_of(found.pupils, _size(strata[urn]), spread if urn in inside else Spread(0, None, 0.0))
              for urn, found in expected.items()}  # fmt: skip
    size = sum(_size(strata[urn]) for urn in inside)
    share = sum(_hits(strata[urn]) for urn in inside) / size if size else 0.0
    return Judged(expected, limits, spread, share)


def draw_funnel(judged: Judged) -> pl.DataFrame:
    """MART_IDENTIFICATION__FUNNEL for the door: limits of observed over expected where the schools judged lie.

    The share that the limits rest on is taken in whole per cent, so that no count follows from a curve; the points go
    by fives from ten to beyond the largest number expected, so that no single school sets the axis.
    """
    inside = [one.pupils for one in judged.expected.values() if one.reference == "TRUST"]
    share = round(judged.share, 2)
    if not inside or not 0 < share < 1:
        return tabulate([], MART_IDENTIFICATION__FUNNEL)
    last = 20 * math.ceil(max(inside) * 1.15 / 20)
    spread, rows = judged.spread, []
    for expected in range(10, max(40, last) + 1, 5):
        limits = limits_of(float(expected), round(expected / share), spread)
        rows.append({
            "expected_number": expected,
            **{f"ratio_{name}": round(getattr(limits, name) / expected, 3)
               for name in ("low_95", "high_95", "low_998", "high_998")},
            "compared_schools_count": len(inside),
            "false_alarms_mean": expected_false_alarms(len(inside)),
            "phi": None if spread.phi is None else round(spread.phi, 1),
            "is_wider_than_chance": spread.is_wider_than_chance,
        })  # fmt: skip
    return tabulate(rows, MART_IDENTIFICATION__FUNNEL)


def count_strata(pupils: pl.DataFrame, schools: pl.DataFrame, provision: str = "K") -> dict[str, Strata]:
    """Each mainstream school's pupils, and those with the provision, by year band and free school meals."""
    mainstream = schools.filter(~pl.col("is_special"))["school_urn"].implode()
    counted = (
        pupils.filter(pl.col("school_urn").is_in(mainstream))
        .group_by("school_urn", "year_band", "is_fsm")
        .agg(pl.len().alias("size"), (pl.col("sen_provision") == provision).sum().alias("hits"))
    )
    found: dict[str, Strata] = {}
    for row in counted.sort("school_urn", "year_band", "is_fsm").to_dicts():
        found.setdefault(row["school_urn"], {})[row["year_band"], row["is_fsm"]] = (row["size"], row["hits"])
    return found


def _others(strata: Mapping[str, Strata], urn: str, least_told: int) -> Strata:
    """The strata of all other schools together; one whose count is too small to be told is left out."""
    found: Strata = {}
    for other, of_other in strata.items():
        if other == urn or 0 < _hits(of_other) < least_told:
            continue
        for key, (size, hits) in of_other.items():
            before = found.get(key, (0, 0))
            found[key] = (before[0] + size, before[1] + hits)
    return found


def _beside_the_others(own: Strata, others: Strata) -> Expected | None:
    """Expected from the others' shares; ``None`` when they are fewer than the school itself, or lack its strata."""
    usable = {key: size for key, (size, _) in own.items() if others.get(key, (0, 0))[0] >= FEWEST_IN_STRATUM}
    covered, of_others = sum(usable.values()), sum(others[key][0] for key in usable)
    if covered < COVERED_FROM * _size(own) or of_others < _size(own):
        return None
    expected = sum(size * others[key][1] / others[key][0] for key, size in usable.items()) * _size(own) / covered
    return Expected("TRUST", expected, sum(others[key][1] for key in usable) / of_others)


def _beside_england(own: Strata, england: Mapping[str, float]) -> Expected | None:
    """Expected from England's shares of the phase that each year band belongs to."""
    if not {"Primary", "Secondary"} <= set(england) or not own:
        return None
    expected = sum(
        size * england["Primary" if band in PRIMARY_BANDS else "Secondary"] for (band, _), (size, _) in own.items()
    )
    return Expected("ENGLAND", expected, expected / _size(own))


def _expect_plans(pupils: pl.DataFrame, schools: pl.DataFrame, census_share: pl.DataFrame) -> dict[str, Expected]:
    england = _england(census_share, "E")
    found = {urn: _beside_england(own, england) for urn, own in count_strata(pupils, schools, "E").items()}
    return {urn: one for urn, one in found.items() if one is not None}


def _england(census_share: pl.DataFrame, provision: str) -> dict[str, float]:
    """England's newest census share by phase."""
    rows = census_share.filter((pl.col("area_kind") == "ENGLAND") & (pl.col("sen_provision") == provision))
    return {row["phase"]: row["census_share_rate"] for row in rows.sort("census_year").to_dicts()}


def _plain_limits(expected: Expected | None, size: int) -> Limits | None:
    return exact_limits(expected.pupils, size) if expected and 0 < expected.pupils < size else None


def _figures(stem: str, observed: int, expected: Expected | None, limits: Limits | None) -> Row:
    """The compared columns of one provision; whole pupils inside the limits."""
    if expected is None or limits is None:
        return {f"{stem}_{name}": None for name in COMPARED}
    low, high = poisson_interval(observed, expected.pupils)
    ratio = observed / expected.pupils
    found = {
        "reference": expected.reference,
        "expected": expected.pupils,
        "low_95": float(math.ceil(limits.low_95)),
        "high_95": float(math.floor(limits.high_95)),
        "low_998": float(math.ceil(limits.low_998)),
        "high_998": float(math.floor(limits.high_998)),
        "ratio": ratio,
        "ratio_low": low,
        "ratio_high": high,
        "adjusted_rate": min(1.0, ratio * expected.reference_rate),
    }
    return {f"{stem}_{name}": value for name, value in found.items()}


def _verdict(observed: int, expected: Expected | None, limits: Limits | None) -> str | None:
    """Only beyond the 99.8% limits is a school apart; beside England it is not judged."""
    if expected is None or limits is None or expected.reference != "TRUST":
        return None
    if observed > limits.high_998:
        return "ABOVE"
    if observed < limits.low_998:
        return "BELOW"
    return "WITHIN" if limits.low_95 <= observed <= limits.high_95 else "NEAR_LIMIT"


def _before(now: Row, before: Row | None, least_told: int) -> Row:
    """The shares a year before. Their base is nobody where count, rest or change is too small to be told."""
    found: Row = {}
    for stem, name in (("support", "sen_support_count"), ("plan", "ehc_plan_count")):
        size, then = (before["pupils_count"], before[name]) if before else (0, 0)
        is_told = not any(0 < number < least_told for number in (then, size - then, abs(now[name] - then)))
        found[f"year_before_{stem}_rate"] = then / size if size else None
        found[f"year_before_{stem}_base"] = size if is_told else 0
    return found


def _count_unlisted(pupils: pl.DataFrame) -> dict[str, int]:
    """Pupils on no register whose scores stay low or who are severely absent, by school and for the trust."""
    is_absent = (pl.col("absence_rate") >= SEVERE_ABSENCE_FROM).fill_null(False)
    seen = pupils.filter((pl.col("sen_provision") == "N") & (pl.col("has_low_scores") | is_absent))
    counted = in_school_and_trust(seen).group_by("school_urn").agg(pl.col("pupil_key").n_unique())
    return dict(counted.iter_rows())


def _size(strata: Strata) -> int:
    return sum(size for size, _ in strata.values())


def _hits(strata: Strata) -> int:
    return sum(hits for _, hits in strata.values())
