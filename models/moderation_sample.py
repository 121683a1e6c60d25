"""The next round's sample: pupils with SEN drawn from the registers, and a pack of each without name, school or status.

The draw follows from the round's number and the registers alone: whoever repeats it gets the same pupils. Every school
gives as many cases as any other, give or take one, spread over SEN support and plans and over kinds of need.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.moderation_marts import MART_MODERATION__SAMPLE

Row = dict[str, Any]
WITH_SEN = ("K", "E")
SCORES_SHOWN = 3
PACK_DAYS = 365
YEAR_BANDS = {
    "Nursery and reception": ("E1", "E2", "N1", "N2", "R"),
    "Years 1 and 2": ("1", "2"),
    "Years 3 to 6": ("3", "4", "5", "6"),
    "Years 7 to 9": ("7", "8", "9"),
    "Years 10 and 11": ("10", "11"),
    "Years 12 to 14": ("12", "13", "14"),
}
NO_YEAR = "Year not recorded"
OTHER_GROUP = "another group"
"""Stands for a group under a name of the school's own, which could tell the school."""


def next_number(core_journal_rounds: pl.DataFrame) -> int:
    """The number that the next round will have."""
    return max(core_journal_rounds["round_number"], default=0) + 1


def draw(model_pupils__on_roll: pl.DataFrame, deceased: pl.DataFrame, round_number: int, cases_count: int) -> list[Row]:
    """The pupils of the sample with their case numbers, in an order that tells neither school nor status.

    Rows: pupil_key, school_urn, sen_provision, sen_type, nc_year, case_number. A pupil at two schools counts in one;
    nobody is drawn who is recorded as having died (``deceased``: pupil_key).
    """
    with_sen = model_pupils__on_roll.filter(pl.col("sen_provision").is_in(WITH_SEN)).join(
        deceased, on="pupil_key", how="anti"
    )
    by_school: dict[str, list[Row]] = defaultdict(list)
    for row in (
        with_sen.sort("pupil_key", "school_urn").unique("pupil_key", keep="first", maintain_order=True).to_dicts()
    ):
        by_school[row["school_urn"]].append(row)
    shares = _share_out({urn: len(rows) for urn, rows in by_school.items()}, round_number, cases_count)
    chosen = [row for urn, rows in by_school.items() for row in _spread(rows, shares[urn], round_number)]
    chosen.sort(key=lambda row: lot("case", round_number, row["pupil_key"]))
    return [row | {"case_number": number} for number, row in enumerate(chosen, start=1)]


def lot(purpose: str, round_number: int, name: str) -> float:
    """A number from 0 to 1 that follows from a round and a name: the same on every machine and every night."""
    digest = hashlib.sha256(f"{purpose} {round_number} {name}".encode()).digest()
    return int.from_bytes(digest[:8]) / 2**64


def _share_out(sizes: dict[str, int], round_number: int, cases_count: int) -> dict[str, int]:
    """Cases of each school: one at a time in turn, in an order drawn by lot, until all are given or nobody is left."""
    order = sorted(sizes, key=lambda urn: lot("school", round_number, urn))
    shares = dict.fromkeys(order, 0)
    left = min(cases_count, sum(sizes.values()))
    while left:
        for urn in order:
            if left and shares[urn] < sizes[urn]:
                shares[urn] += 1
                left -= 1
    return shares


def _spread(rows: list[Row], share: int, round_number: int) -> list[Row]:
    """Every n-th pupil in order of provision and need, from a start drawn by lot; pupils of one kind by lot too."""
    if not share:
        return []
    ordered = sorted(
        rows,
        key=lambda row: (row["sen_provision"], row["sen_type"] or "", lot("pupil", round_number, row["pupil_key"])),
    )
    step = len(ordered) / share
    start = lot("start", round_number, rows[0]["school_urn"]) * step
    return [ordered[int(start + place * step)] for place in range(share)]


def fill_packs(
    drawn: list[Row], core_sen_needs: pl.DataFrame, core_assessments: pl.DataFrame, core_interventions: pl.DataFrame,
    core_intervention_pupils: pl.DataFrame, round_number: int, data_date: dt.date,
) -> pl.DataFrame:  # fmt: skip
    """MART_MODERATION__SAMPLE: what a rater reads of each case. Nothing in it names a child, a school or a status."""
    keys = [row["pupil_key"] for row in drawn]
    needs = core_sen_needs.filter(pl.col("pupil_key").is_in(keys)).sort("sen_type_rank", "start_date", "sen_type")
    scores = core_assessments.filter(pl.col("pupil_key").is_in(keys)).sort(
        "subject", "assessed_date", "assessment_name"
    )
    places = core_intervention_pupils.filter(pl.col("pupil_key").is_in(keys)).join(
        core_interventions.select("intervention_key", "intervention_name", "is_in_catalogue"), on="intervention_key"
    )
    told = [
        row
        | {
            "round_number": round_number,
            "year_band": year_band(row["nc_year"]),
            "need_codes": _needs(needs.filter(pupil_key=row["pupil_key"]), data_date),
            "score_strands": _scores(scores.filter(pupil_key=row["pupil_key"]), data_date),
            "support_given": _support(places.filter(pupil_key=row["pupil_key"]), data_date),
        }
        for row in drawn
    ]
    return tabulate(told, MART_MODERATION__SAMPLE)


def year_band(nc_year: str | None) -> str:
    """Years of school as a band wide enough to point at nobody."""
    return next((band for band, years in YEAR_BANDS.items() if nc_year in years), NO_YEAR)


def _needs(needs: pl.DataFrame, data_date: dt.date) -> str:
    """Types of need that hold on the day, the main one first."""
    holding = needs.filter(
        (pl.col("start_date") <= data_date) & (pl.col("end_date").is_null() | (pl.col("end_date") >= data_date))
    )
    return ", ".join(dict.fromkeys(holding["sen_type"]))


def _within_a_year(day: pl.Expr, data_date: dt.date) -> pl.Expr:
    return (day <= data_date) & (day > data_date - dt.timedelta(days=PACK_DAYS))


def _scores(scores: pl.DataFrame, data_date: dt.date) -> str:
    """Standardised scores of the last year by subject, oldest first; where there are none, the latest marks."""
    recent = scores.filter(_within_a_year(pl.col("assessed_date"), data_date))
    standardised = recent.filter((pl.col("scale") == "STANDARDISED") & pl.col("score").is_not_null())
    strands = [
        f"{subject} {', '.join(str(round(score)) for score in group['score'].tail(SCORES_SHOWN))}"
        for (subject,), group in standardised.group_by("subject", maintain_order=True)
    ]
    others = recent.filter(~pl.col("subject").is_in(standardised["subject"].unique()))
    strands += [
        f"{subject} {group['mark'].to_list()[-1]}"
        for (subject,), group in others.group_by("subject", maintain_order=True)
    ]
    return "; ".join(strands)


def _support(places: pl.DataFrame, data_date: dt.date) -> str:
    """Interventions that ran in the last year, by the trust's names."""
    running = places.filter(
        (pl.col("start_date") <= data_date) & (pl.col("end_date") > data_date - dt.timedelta(days=PACK_DAYS))
    )
    names = [
        row["intervention_name"] if row["is_in_catalogue"] else OTHER_GROUP
        for row in running.sort("intervention_name").to_dicts()
    ]
    return ", ".join(dict.fromkeys(names))
