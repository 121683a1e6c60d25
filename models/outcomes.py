"""What an intervention is judged by: the one test or rate of its pupils, and what its scale allows (METHODS A1).

Holds who stands on each side and how their scores are read; comparing them is ``models/comparison.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from models.evidence import Measure

FLOOR_CEILING_RATE = 0.15
"""Share of exits at the lowest or highest score above which a test no longer tells pupils apart (METHODS A1)."""
FLOOR_CEILING_NUMBER = 20
"""Pupils from which that share is judged: of ten pupils, two always stand at the ends."""
TERM_NUMBER = 10
"""Comparison pupils whose scores set the scale of a test in a term, where entry and exit are different tests."""
SESSIONS_A_YEAR = 380.0
"""Possible sessions of a pupil in a school year of 190 days: a suspension in every 100 sessions is 3.8 a pupil."""
OUTCOME = ("assessment_name", "exit_assessment_name", "subject", "scale")


@dataclass(frozen=True)
class Scale:
    """How scores of a scale are read. ``factor`` turns them into ``unit``; ``is_lower_better``: sessions missed.

    ``is_rate``: per 100 possible sessions of each pupil; ``is_of_events``: of events too rare to spread like scores.
    """

    unit: str
    measure: Measure
    factor: float = 1.0
    is_ordinal: bool = False
    is_lower_better: bool = False
    has_norms: bool = False
    is_rate: bool = False
    is_of_events: bool = False


SCALES = {
    # Who scored the test is not recorded yet, so it is never taken as blind.
    "STANDARDISED": Scale("POINTS", Measure.STANDARDISED, has_norms=True),
    "AGE": Scale("MONTHS", Measure.SCHOOL_OWN, is_ordinal=True),
    "POINTS": Scale("RANKS", Measure.SCHOOL_OWN, is_ordinal=True),
    "BAND": Scale("RANKS", Measure.SCHOOL_OWN, is_ordinal=True),
    "PRE_KEY_STAGE": Scale("RANKS", Measure.SCHOOL_OWN, is_ordinal=True),
    # Registers are kept by law with national codes, whoever runs the intervention; whom to suspend is a school's own
    # decision.
    "ATTENDANCE": Scale("SESSIONS_PER_100", Measure.STANDARDISED, is_lower_better=True, is_rate=True),
    "INCIDENTS": Scale(
        "PER_100_PUPILS_A_YEAR", Measure.SCHOOL_OWN, SESSIONS_A_YEAR,
        is_lower_better=True, is_rate=True, is_of_events=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Cohort:
    """The pupils of one intervention on one outcome. ``ours`` and ``theirs`` have a score before and after.

    Scores of both are in ``unit`` and turned so that higher is better: where less is better they are below 0.
    """

    assessment_name: str
    exit_assessment_name: str | None
    subject: str
    scale_name: str
    treated: pl.DataFrame
    pool: pl.DataFrame
    ours: pl.DataFrame
    theirs: pl.DataFrame

    @property
    def scale(self) -> Scale:
        """What the scale allows."""
        return SCALES[self.scale_name]

    @property
    def due(self) -> pl.DataFrame:
        """Those who took part whose score after the end is due."""
        return self.treated.filter("is_exit_due")

    @property
    def sign(self) -> int:
        """-1 where less is better: what scores were multiplied by, so that above 0 is better in every difference."""
        return -1 if self.scale.is_lower_better else 1

    @property
    def unit(self) -> str:
        """What a difference is told in."""
        has_two_tests = self.exit_assessment_name is not None and not self.scale.is_ordinal
        return "SD" if has_two_tests else self.scale.unit

    def within(self, school_urn: str) -> Cohort:
        """The same of the pupils of one school."""
        parts = ("treated", "pool", "ours", "theirs")
        return replace(self, **{name: getattr(self, name).filter(school_urn=school_urn) for name in parts})


def cohort_of(people: pl.DataFrame, outcome_domain: str | None) -> Cohort:
    """The outcome that speaks for an intervention, and its pupils. ``people``: rows of MODEL_IMPACT__PUPILS, one name.

    The outcome that the intervention is meant to change, where somebody has both scores; else the one with most
    pupils who have both. Others are counted as started only.
    """
    has_both = pl.col("is_treated") & pl.col("baseline_score").is_not_null() & pl.col("exit_score").is_not_null()
    outcomes = people.group_by(OUTCOME).agg(has_both.sum().alias("pupils"), pl.col("is_treated").sum().alias("started"))
    is_meant = ((pl.col("subject") == pl.lit(outcome_domain, dtype=pl.String)) & (pl.col("pupils") > 0)).fill_null(
        False
    )
    best = outcomes.with_columns(is_meant.alias("is_meant")).sort(
        ["is_meant", "pupils", "started", *OUTCOME], descending=[True, True, True, *[False] * len(OUTCOME)]
    )
    test = best.row(0, named=True)
    chosen = people.filter(pl.col(name).eq_missing(pl.lit(test[name], dtype=pl.String)) for name in OUTCOME)
    scale = SCALES[test["scale"]]
    turn = -scale.factor if scale.is_lower_better else scale.factor
    turned = chosen.with_columns(pl.col("baseline_score", "exit_score") * turn)
    treated, pool = turned.filter("is_treated"), turned.filter(~pl.col("is_treated"))
    sides = (treated, pool, with_both_scores(treated.filter("is_exit_due")), with_both_scores(pool))
    return Cohort(test["assessment_name"], test["exit_assessment_name"], test["subject"], test["scale"], *sides)


def without_same_test(treated: pl.DataFrame) -> pl.DataFrame:
    """Rows of MODEL_IMPACT__TREATED as those of MODEL_IMPACT__PUPILS: the test at the end only where it is another."""
    ends = pl.col("exit_assessment_name")
    return treated.with_columns(pl.when(ends != pl.col("assessment_name")).then(ends).alias("exit_assessment_name"))


def with_both_scores(people: pl.DataFrame) -> pl.DataFrame:
    """Those with a score before and one after."""
    return people.filter(pl.col("baseline_score").is_not_null() & pl.col("exit_score").is_not_null())


def floor_ceiling_rate(ours: pl.DataFrame, theirs: pl.DataFrame) -> float | None:
    """Share of exits at the lowest or highest score of all: the larger of the two sides', ``None`` of few pupils.

    A side of fewer than twenty pupils is judged together with the other.
    """
    sides = [part["exit_score"].to_numpy() for part in (ours, theirs)]
    together = np.concatenate(sides)
    judged = [scores for scores in (*sides, together) if scores.size >= FLOOR_CEILING_NUMBER]
    if not judged:
        return None
    ends = (together.min(), together.max())
    return max(float(np.isin(scores, ends).mean()) for scores in judged)


def standardise(ours: pl.DataFrame, theirs: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Scores before and after in standard deviations of the comparison pupils with the same test in the same term.

    For different tests at entry and exit. Pupils of a term with fewer than ten comparison pupils, or whose scores are
    all the same, are left out: nothing says what their score is worth.
    """
    for column, term in (("baseline_score", "entry_half_term"), ("exit_score", "exit_half_term")):
        scale = theirs.group_by(term).agg(
            pl.len().alias("number"), pl.col(column).mean().alias("centre"), pl.col(column).std().alias("spread")
        )
        known = scale.filter(pl.col("number") >= TERM_NUMBER, pl.col("spread") > 0)
        ours, theirs = (
            part.join(known, on=term, how="inner")
            .with_columns(((pl.col(column) - pl.col("centre")) / pl.col("spread")).alias(column))
            .select(part.columns)
            for part in (ours, theirs)
        )
    key = "pupil_key"
    return ours.sort(key), theirs.sort(key)
