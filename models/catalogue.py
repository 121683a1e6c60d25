"""The trust's catalogue of interventions: names that the SEND lead has settled, and names that wait to be settled."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

import polars as pl

from expectations.derive import conform
from expectations.tables.catalogue import MART_INTERVENTIONS__QUEUE
from expectations.tables.reference import CORE_INTERVENTION_CATALOGUE

NAMES_OFFERED = 3
NEAR_ENOUGH = 0.5
"""Likeness, 0 to 1, below which a name is no suggestion."""
COMPARED_LENGTH = 120
"""Characters of a name that are compared: nobody's intervention has a longer one, and a hostile name has."""


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


def queue_unknown_names(
    core_interventions: pl.DataFrame, core_intervention_pupils: pl.DataFrame, core_intervention_catalogue: pl.DataFrame
) -> pl.DataFrame:
    """MART_INTERVENTIONS__QUEUE: each school's names that the catalogue does not know, with the nearest it does."""
    unknown = core_interventions.filter(~pl.col("is_in_catalogue")).sort("start_date", "intervention_key")
    members = unknown.select("intervention_key", "school_urn", "alias").join(
        core_intervention_pupils.select("intervention_key", "pupil_key"), on="intervention_key", how="left"
    )
    pupils = members.group_by("school_urn", "alias").agg(
        pl.col("pupil_key").drop_nulls().n_unique().alias("pupils_count")
    )
    names = unknown.group_by("school_urn", "alias", maintain_order=True).agg(
        pl.col("given_name").first(),
        pl.len().alias("groups_count"),
        pl.col("start_date").min(),
    )
    known = dict(core_intervention_catalogue.sort("alias").select("alias", "intervention_name").iter_rows())
    nearest = {alias: nearest_names(alias, known) for alias in names["alias"].unique().to_list()}
    columns = ("nearest_name", "second_name", "third_name")
    suggested = pl.DataFrame(
        [(alias, *found, *([None] * (NAMES_OFFERED - len(found)))) for alias, found in sorted(nearest.items())],
        schema=dict.fromkeys(("alias", *columns), pl.String),
        orient="row",
    )
    queue = names.join(pupils, on=["school_urn", "alias"], how="left").join(suggested, on="alias", how="left")
    return conform(queue.select(MART_INTERVENTIONS__QUEUE.column_names), MART_INTERVENTIONS__QUEUE).sort(
        "school_urn", "alias"
    )


def nearest_names(alias: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The trust's names nearest to a folded name, nearest first, at most three; ``known``: alias to trust's name.

    Likeness is difflib's, letters in common in order over both lengths, also with the words in order of the alphabet:
    "reading paired" is "paired reading".
    """
    likeness: dict[str, float] = {}
    for candidate, name in known.items():
        likeness[name] = max(likeness.get(name, 0.0), _likeness(candidate, alias[:COMPARED_LENGTH]))
    near = sorted((-like, name) for name, like in likeness.items() if like >= NEAR_ENOUGH)
    return tuple(name for _, name in near[:NAMES_OFFERED])


def _likeness(one: str, other: str) -> float:
    in_order = SequenceMatcher(None, one, other, autojunk=False).ratio()
    one, other = (" ".join(sorted(text.split())) for text in (one, other))
    return max(in_order, SequenceMatcher(None, one, other, autojunk=False).ratio())
