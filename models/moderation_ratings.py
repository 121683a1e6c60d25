"""Ratings of moderation from the staff app's journal and from paper: what was ticked, the band, and whether it counts.

The band always follows from the criteria of the matrix (``expectations/banding.py``); every rating is kept.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import polars as pl

from expectations.banding import Criterion, band_of, levels_of, split_codes
from expectations.derive import conform, tabulate
from expectations.tables.moderation import (
    CORE_MATRIX_CRITERIA,
    MODEL_MODERATION__LEVELS,
    MODEL_MODERATION__RATINGS,
    WHOLE_BAND,
)

Row = dict[str, Any]


def choose_matrix(versions: pl.DataFrame, criteria: pl.DataFrame, example: pl.DataFrame) -> pl.DataFrame:
    """CORE_MATRIX_CRITERIA: the versions that the trust entered; as long as it entered none, the example."""
    entered = criteria.join(versions.drop("row_number"), on="matrix_version", suffix="_of_version")
    if entered.is_empty():
        return example
    own = entered.with_columns(pl.lit(False).alias("is_example"))
    return conform(own.select(CORE_MATRIX_CRITERIA.column_names), CORE_MATRIX_CRITERIA)


def rate(
    marks: pl.DataFrame, rounds: pl.DataFrame, cases: pl.DataFrame, ratings: pl.DataFrame, matrix: pl.DataFrame,
    deceased: pl.DataFrame,
) -> pl.DataFrame:  # fmt: skip
    """MODEL_MODERATION__RATINGS from the workbook's marks and the journal's rounds, cases and last ratings.

    ``matrix``: CORE_MATRIX_CRITERIA; ``deceased``: pupil_key. Each rating is kept, with its state.
    """
    names = set(rounds["round_name"])
    given = [*_from_journal(rounds, cases, ratings), *_from_marks(marks, names)]
    criteria, rules = _criteria_of(matrix)
    died = set(deceased["pupil_key"])
    usual = _usual_versions(given)
    for row in given:
        codes = split_codes(row["criteria_ticked"])
        version = criteria.get(row["matrix_version"], {})
        band = band_of(levels_of(codes, version).values(), rules.get(row["matrix_version"], "HIGHEST"))
        row["band_number"] = band if codes else row["band_given_number"]
        row["rating_state"] = _state_of(row, usual[row["round_name"]], died)
    return tabulate(given, MODEL_MODERATION__RATINGS)


def _from_journal(rounds: pl.DataFrame, cases: pl.DataFrame, ratings: pl.DataFrame) -> list[Row]:
    """Ratings in the staff app, each with its round and its pupil."""
    joined = ratings.join(cases, on=["round_number", "case_number"]).join(rounds, on="round_number")
    return [
        row | {"round_source": "JOURNAL", "band_given_number": None, "is_open": row["closed_date"] is None}
        for row in joined.to_dicts()
    ]


def _from_marks(marks: pl.DataFrame, taken: set[str]) -> list[Row]:
    """Ratings on paper; a round that is called like one of the app gets a name of its own, and one date."""
    first: dict[str, Any] = dict(marks.group_by("round_name").agg(pl.col("round_date").min()).iter_rows())
    return [
        row
        | {
            "round_name": f"{row['round_name']} (workbook)" if row["round_name"] in taken else row["round_name"],
            "round_date": first[row["round_name"]],
            "school_urn": row["case_school_urn"],
            "pupil_key": None,
            "rater_key": f"{row['rater_school_urn']}-{row['rater_code'].upper()}",
            "round_source": "WORKBOOK",
            "is_own_school_rated": False,
            "is_open": False,
        }
        for row in marks.to_dicts()
    ]


def _criteria_of(matrix: pl.DataFrame) -> tuple[dict[str, dict[str, Criterion]], dict[str, str]]:
    """Each version's criteria by code, and its rule for the band."""
    criteria: dict[str, dict[str, Criterion]] = defaultdict(dict)
    rules: dict[str, str] = {}
    for row in matrix.to_dicts():
        criteria[row["matrix_version"]][row["criterion_code"]] = Criterion(row["descriptor"], row["band_number"])
        rules[row["matrix_version"]] = row["band_rule"]
    return dict(criteria), rules


def _usual_versions(given: Sequence[Row]) -> dict[str, str]:
    """The version of the matrix that most ratings of each round name; the first by name of two as common."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in given:
        counts[row["round_name"]][row["matrix_version"]] += 1
    return {name: min(found, key=lambda version: (-found[version], version)) for name, found in counts.items()}


def _state_of(row: Row, version: str, died: set[str]) -> str:
    is_own = row["rater_school_urn"] == row["school_urn"] and not row["is_own_school_rated"]
    reasons = {
        "DECEASED": row["pupil_key"] in died,
        "OWN_SCHOOL": is_own,
        "OTHER_MATRIX": row["matrix_version"] != version,
        "NO_BAND": row["band_number"] is None,
        "OPEN_ROUND": row["is_open"],
    }
    return next((state for state, holds in reasons.items() if holds), "COUNTED")


def level(model_moderation__ratings: pl.DataFrame, matrix: pl.DataFrame) -> pl.DataFrame:
    """MODEL_MODERATION__LEVELS: of each counted rating the band, and the level of each descriptor where ticked."""
    criteria, _ = _criteria_of(matrix)
    told = []
    for row in model_moderation__ratings.filter(rating_state="COUNTED").to_dicts():
        codes = split_codes(row["criteria_ticked"])
        levels = levels_of(codes, criteria.get(row["matrix_version"], {})) if codes else {}
        for descriptor, number in {WHOLE_BAND: row["band_number"], **levels}.items():
            told.append(row | {"descriptor": descriptor, "level_number": number})
    return tabulate(told, MODEL_MODERATION__LEVELS)
