"""Did it make a difference: from pupils with scores to one honest estimate an intervention.

Who took part and who could be compared is ``models/sql/model_impact__pupils.sql``; by which outcome an intervention is
judged, ``models/outcomes.py``; how pupils are compared, ``models/comparison.py`` and ``models/ranking.py``; estimates
of one outcome together, ``models/impact_pooling.py``; what a number of pupils allows, ``models/evidence.py``. A gain
without a comparison never becomes an effect here: no comparison, no number (METHODS A).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.impact import MODEL_IMPACT__ESTIMATES
from expectations.tables.reference import OUTCOME_DOMAINS
from models.attrition import Attrition, count_attrition, tipping_points
from models.comparison import DIFFERENT_TESTS, Found, allow, compare
from models.evidence import (
    Allowance,
    Cap,
    Design,
    Evidence,
    GradedEvidence,
    Measure,
    MonthsBand,
    decide_verdict,
    grade_evidence,
)
from models.impact_figures import conclude, describe
from models.impact_pooling import draw_in
from models.interventions import sum_doses
from models.outcomes import FLOOR_CEILING_RATE, Cohort, cohort_of, floor_ceiling_rate
from models.ranking import compare_ranks
from models.scores import Reason

NO_TEST = "NO_TEST"
"""No test is linked to the intervention."""
NO_SCORES = "NO_SCORES"
"""The trust records no scores of the linked test."""
NOT_FINISHED = "NOT_FINISHED"
"""Nobody's score after the end is due yet."""
NO_ENTRIES = "NO_ENTRIES"
"""Scores after the end are due, and nobody has one from before."""
NO_EXITS = "NO_EXITS"
"""Scores after the end are due, and nobody has one."""
FLOOR_CEILING = "FLOOR_CEILING"
"""Many are at the lowest or highest score of the test, so only who is ahead of whom is told."""
PART_COMPARED = "PART_COMPARED"
"""Only some of those with both scores are in schools that also have comparison pupils: the estimate is of them."""

Figures = dict[str, Any]
_KEY = ("intervention_name", "assessment_name", "subject", "is_treated", "pupil_key")
_BLANK = {column.name: None for column in MODEL_IMPACT__ESTIMATES.columns if not column.required}
_DOMAIN_OF_SUBJECT = {name: name for name in OUTCOME_DOMAINS} | {"Spelling": "Writing"}


def estimate_interventions(
    model_impact__pupils: pl.DataFrame,
    model_interventions__group_dose: pl.DataFrame,
    model_interventions__starters: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_effect_months: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_IMPACT__ESTIMATES: one row for every intervention that has a group, with or without a test.

    The order of rows and a row given twice change nothing. ``core_effect_months``: the EEF table.
    """
    groups = model_interventions__group_dose.unique("intervention_key")
    people = model_impact__pupils.unique(list(_KEY)).sort(_KEY)
    starters = model_interventions__starters.unique(["intervention_key", "pupil_key"])
    by_name = {str(name): part for (name,), part in people.group_by("intervention_name", maintain_order=True)}
    linked = _links(core_interventions)
    rows = [
        _BLANK | doses | _estimate_one(name, by_name.get(name), linked.get(name, {}), doses)
        for name, doses in sum_doses(groups, starters, ["intervention_name"]).items()
    ]
    bands = [MonthsBand(*row) for row in core_effect_months.iter_rows()]
    return tabulate([conclude(row, bands) for row in draw_in(rows)], MODEL_IMPACT__ESTIMATES)


def _links(core_interventions: pl.DataFrame) -> dict[str, Figures]:
    """Of each intervention the test that most groups are linked to, and the outcome that its catalogue names."""
    names = ["assessment_name", "exit_assessment_name", "subject"]
    has_test = pl.col("assessment_name").is_not_null() & pl.col("subject").is_not_null()
    counted = core_interventions.group_by("intervention_name", has_test.alias("has_test"), *names).agg(
        pl.len().alias("number"), pl.col("outcome_domain").drop_nulls().sort().first()
    )
    order = ["intervention_name", "has_test", "number", *names]
    ranked = counted.sort(order, descending=[False, True, True, False, False, False], nulls_last=True)
    domains = ranked.group_by("intervention_name").agg(pl.col("outcome_domain").drop_nulls().sort().first())
    best = ranked.drop("outcome_domain").unique("intervention_name", keep="first", maintain_order=True)
    return {row["intervention_name"]: row for row in best.join(domains, on="intervention_name").to_dicts()}


def _estimate_one(name: str, people: pl.DataFrame | None, link: Figures, doses: Figures) -> Figures:
    """The figures of one intervention but for dose and cost, before it is drawn in; all, whatever its number allows."""
    if people is None or not people["is_treated"].any():
        return _without_scores(name, link)
    cohort = cohort_of(people, link.get("outcome_domain"))
    found, floor_rate = find_difference(cohort)
    missing = count_attrition(cohort.due.height, cohort.ours.height, cohort.pool.height, cohort.theirs.height)
    graded = _grade(found, _measure(cohort, found), missing, doses)
    figures, (lower, upper) = describe(cohort, found), found.claimed_ends
    return {
        "intervention_name": name,
        "assessment_name": cohort.assessment_name,
        "exit_assessment_name": cohort.exit_assessment_name,
        "subject": cohort.subject,
        "outcome_domain": link.get("outcome_domain") or _DOMAIN_OF_SUBJECT.get(cohort.subject),
        "scale": cohort.scale_name,
        "outcome_unit": "RANKS" if found.reason == FLOOR_CEILING else cohort.unit,
        "exit_due_count": cohort.due.height,
        "entry_count": cohort.due["baseline_score"].count(),
        "both_scores_count": cohort.ours.height,
        "informing_count": 0 if lower is None else found.pupils.height,
        "comparison_count": cohort.theirs.height if found.compared_count is None else found.compared_count,
        "design": found.design.value,
        "reason": _say_reason(found, graded, cohort.ours.height),
        "small_number_rule": allow(found.pupils).value,
        "grade": graded.grade.value,
        "cap_reasons": ",".join(graded.reason_codes) or None,
        "verdict": decide_verdict(lower, upper, graded.grade).value,
        "attrition_rate": missing.rate,
        "differential_attrition_rate": missing.differential_rate,
        "tipping_points": tipping_points(
            figures.get("difference_points"), cohort.ours.height, missing.missing_count
        ).points,
        "floor_ceiling_rate": floor_rate,
        **figures,
    }


def _without_scores(name: str, link: Figures) -> Figures:
    """An intervention without an outcome: what ran and what it cost, and why no more can be said.

    The name of a test that nobody has a score of is whatever a school typed: it is told nowhere.
    """
    is_linked = bool(link.get("has_test"))
    subject = link["subject"] if is_linked else None
    return {
        "intervention_name": name,
        "assessment_name": None,
        "exit_assessment_name": None,
        "subject": None,
        "outcome_domain": link.get("outcome_domain") or _DOMAIN_OF_SUBJECT.get(subject or ""),
        "exit_due_count": 0,
        "entry_count": 0,
        "both_scores_count": 0,
        "informing_count": 0,
        "comparison_count": 0,
        "design": Design.NONE.value,
        "reason": NO_SCORES if is_linked else NO_TEST,
        "small_number_rule": Allowance.TOO_FEW.value,
        "grade": "D",
        "verdict": "CANNOT_TELL",
    }


def find_difference(cohort: Cohort) -> tuple[Found, float | None]:
    """The best estimate that the outcome allows, and the share of exits at an end of its scale where that matters."""
    if cohort.ours.is_empty():
        return Found(Design.NONE, _why_nobody(cohort), cohort.ours), None
    if cohort.scale.is_ordinal:
        return compare_ranks(cohort), None
    if cohort.scale_name != "STANDARDISED":
        return compare(cohort), None
    rate = floor_ceiling_rate(cohort.ours, cohort.theirs)
    if rate is None or rate <= FLOOR_CEILING_RATE:
        return compare(cohort), rate
    found = compare_ranks(cohort)
    return (found if found.chances is None else replace(found, reason=FLOOR_CEILING)), rate


def _why_nobody(cohort: Cohort) -> str:
    """Why nobody who took part has a score before and after."""
    due = cohort.due
    if due.is_empty():
        return NOT_FINISHED
    if due["exit_score"].count() == 0:
        return NO_EXITS
    return NO_ENTRIES if due["baseline_score"].count() == 0 else Reason.NO_TREATED


def _measure(cohort: Cohort, found: Found) -> Measure:
    """Different tests, and scores that were only ranked, count as a school's own measure."""
    return Measure.SCHOOL_OWN if found.reason in (DIFFERENT_TESTS, FLOOR_CEILING) else cohort.scale.measure


def _grade(found: Found, measure: Measure, missing: Attrition, doses: Figures) -> GradedEvidence:
    lower, upper = found.ends
    has_comparison = found.design in (Design.BALANCED_COMPARISON, Design.SCHOOL_MEANS)
    differential = missing.differential_rate if has_comparison else 0.0
    return grade_evidence(
        Evidence(
            design=found.design,
            measure=measure,
            treated_count=found.pupils.height,
            school_count=found.pupils["school_urn"].n_unique(),
            cohort_count=found.pupils["academic_year"].n_unique(),
            half_width_sd=None if lower is None or upper is None else (upper - lower) / 2,
            attrition_rate=missing.rate,
            differential_attrition_rate=differential,
            baseline_smd=found.baseline_gap,
            dose_recorded_rate=doses["attendance_recorded_rate"],
        )
    )


def _say_reason(found: Found, graded: GradedEvidence, number: int) -> str | None:
    """Why there is no better comparison; else what holds the grade down; else nothing.

    That only some of the ``number`` with both scores inform it is told where it is what holds the grade down, and
    always where they are fewer than half.
    """
    if found.reason != Reason.OK:
        return str(found.reason)
    part, is_held = found.pupils.height, graded.reason_code in (Cap.NUMBERS, Cap.REPLICATION)
    if part < number and (is_held or 2 * part < number):
        return PART_COMPARED
    return None if graded.reason_code is Cap.NOTHING else graded.reason_code.value
