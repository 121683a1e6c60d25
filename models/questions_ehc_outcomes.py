"""What to ask of the outcomes of EHC plans and their milestones."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

NO_EVIDENCE_FROM = 0.20
MANY_OUTCOMES = 10
OVERDUE_FROM = 5
"""Pupils with a milestone overdue, from which it is asked."""

TRIGGERS = (
    Trigger("NO_EVIDENCE", "VALUE_FOR_MONEY", "mart_ehc_outcomes__school", "no_evidence_outcomes_count",
            "Of ten or more current outcomes a fifth or more have no evidence, or are said to be met or on track "
            "without anything that bears it out."),
    Trigger("MILESTONES_OVERDUE", "VALUE_FOR_MONEY", "mart_ehc_outcomes__school", "overdue_milestones_count",
            "Five or more pupils have a milestone overdue; most milestones first."),
)  # fmt: skip


def ask_of_ehc_outcomes(mart_ehc_outcomes__school: pl.DataFrame) -> Found:
    """Schools and the trust as they stand on the data date."""
    all_of_them, overdue = pl.col("outcomes_count"), pl.col("overdue_milestones_count")
    share = (pl.col("no_evidence_outcomes_count") + pl.col("unbacked_outcomes_count")) / all_of_them
    is_many = all_of_them >= MANY_OUTCOMES
    is_overdue = pl.col("overdue_pupils_count") >= OVERDUE_FROM
    return {
        "NO_EVIDENCE": exceptions(mart_ehc_outcomes__school, is_many & (share >= NO_EVIDENCE_FROM), None, share),
        "MILESTONES_OVERDUE": exceptions(mart_ehc_outcomes__school, is_overdue, None, overdue),
    }
