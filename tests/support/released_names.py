"""The catalogue of the small published trust, and names of its schools that wait to be settled, a hostile one too."""

from __future__ import annotations

import polars as pl

from expectations.tables import ALL
from tests.support.frames import rows, table

CATALOGUE = """
intervention_name | area_of_need                  | wave_number | outcome_domain
Paired Pages      | Cognition and learning        | 2           | Reading
Phonics Steps     | Cognition and learning        | 2           | Reading
Word Workshop     | Communication and interaction | 3           | Reading
"""
QUEUE = """
school_urn | alias       | given_name   | groups_count | pupils_count | start_date | nearest_name | second_name
999001     | red table   | Red Table    | 2            | 9            | 2026-09-14 | -            | -
999002     | phonix step | Phonix step! | 1            | 6            | 2026-10-05 | Phonics Steps | Paired Pages
999002     | red table   | RED TABLE    | 1            | 3            | 2026-09-07 | -            | -
"""
HOSTILE_NAME = "=cmd|' /C calc'!A0 ![x](https://example.org/x) <a href=\"https://example.org\">a</a> " + "Z" * 10_000


def released_names() -> dict[str, pl.DataFrame]:
    """Frames of the catalogue's marts, by name."""
    waiting = table(ALL["mart_interventions__queue"], QUEUE)
    hostile = rows(
        ALL["mart_interventions__queue"], school_urn="999003", alias=HOSTILE_NAME.lower(), given_name=HOSTILE_NAME,
        groups_count=1, pupils_count=1,
    )  # fmt: skip
    return {
        "mart_interventions__catalogue": table(ALL["mart_interventions__catalogue"], CATALOGUE),
        "mart_interventions__queue": pl.concat([waiting, hostile]),
    }
