"""Who took part in an intervention and who could be compared, with the scores that count. Estimates: ``impact.py``."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Label, Sensitivity, Table, Unit

OUTCOME_SCALES = ("STANDARDISED", "AGE", "POINTS", "BAND", "PRE_KEY_STAGE", "ATTENDANCE", "INCIDENTS")
"""Scales an outcome can have. Ages are months; bands and pre-key-stage standards are ranks; attendance is sessions
missed and incidents are suspensions, each per 100 possible sessions. The engagement model is never an outcome."""
MISSING_REASONS = ("NOT_DUE", "NO_ENTRY", "LEFT", "NO_TEST")
"""Why somebody has not both scores: the window after the end is open; no score before the start; left the school
before that window closed; was there and has no score."""

_SCALE = Column("scale", Kind.TEXT, "Scale of the outcome.", checks=(OneOf(OUTCOME_SCALES),), release=Label())
_EXIT_TEST = v.ASSESSMENT_NAME.but(
    name="exit_assessment_name", meaning="The test at the end, where it is another.", null="the same test at the end"
)

MODEL_IMPACT__PUPILS = Table(
    name="model_impact__pupils",
    grain="One row per intervention, outcome and pupil: those who started it, and those who could be compared.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "assessment_name", "subject", "is_treated", "pupil_key"),
    columns=(
        v.INTERVENTION_NAME,
        v.ASSESSMENT_NAME.but(meaning="Name of the test, or Attendance or Suspensions."),
        _EXIT_TEST,
        v.SUBJECT.but(meaning="Subject of the test, or Attendance or Behaviour."),
        _SCALE,
        Column("is_treated", Kind.BOOLEAN, "Started the intervention; otherwise a comparison pupil."),
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR.but(meaning="Academic year in which the intervention (or the comparison window) started."),
        Column(
            "nc_year_number",
            Kind.INTEGER,
            "Year group as a number, reception 0.",
            null="not recorded",
            checks=(Between(-4, 14),),
        ),
        Column("entry_half_term", Kind.TEXT, "Half-term of the latest score before the start.", null="no entry score"),
        Column("exit_half_term", Kind.TEXT, "Half-term of the score after the end.", null="no exit score"),
        Column("entry_date", Kind.DATE, "Day of the latest score before the start.", null="no entry score"),
        Column("exit_date", Kind.DATE, "Day of the score after the end.", null="no exit score"),
        Column("entry_score", Kind.NUMBER, "Latest score before the start.", null="no entry score in the window"),
        Column(
            "baseline_score",
            Kind.NUMBER,
            "Mean of the last two scores before the start, or the one there is.",
            null="no entry score in the window",
        ),
        Column("baseline_scores_count", Kind.INTEGER, "Scores in the baseline: 0, 1 or 2.", checks=(Between(0, 2),)),
        Column(
            "exit_score",
            Kind.NUMBER,
            "First score within the window after the end.",
            null="no exit score in the window",
        ),
        Column(
            "is_exit_due",
            Kind.BOOLEAN,
            "The window for the score after the end has closed by the data date, or the score is there.",
        ),
        Column(
            "missing_reason",
            Kind.TEXT,
            "Why there are not both scores.",
            null="both scores are there",
            checks=(OneOf(MISSING_REASONS),),
        ),
        *(
            Column(
                f"person_sessions_{side}",
                Kind.INTEGER,
                f"Possible sessions behind the rate {where}.",
                unit=Unit.SESSIONS,
                null="not a rate, or no rate",
                checks=(Between(0, 400),),
            )
            for side, where in (("before", "before the start"), ("after", "after the end"))
        ),
        Column("age_months", Kind.INTEGER, "Age at the start.", unit=Unit.MONTHS, checks=(Between(24, 320),)),
        Column("is_fsm", Kind.BOOLEAN, "Free school meals in the last six years."),
        Column("has_ehc_plan", Kind.BOOLEAN, "Had an EHC plan at the start."),
        Column(
            "absence_rate",
            Kind.NUMBER,
            "Absence in the academic year before the start.",
            unit=Unit.RATE,
            null="no attendance recorded",
            checks=(Between(0, 1),),
        ),
        Column(
            "planned_sessions_count",
            Kind.INTEGER,
            "Sessions planned for the pupil's group.",
            unit=Unit.SESSIONS,
            null="comparison pupil",
        ),
        Column(
            "attended_sessions_count",
            Kind.INTEGER,
            "Sessions the pupil attended.",
            unit=Unit.SESSIONS,
            null="comparison pupil, or not recorded",
        ),
    ),
)

TABLES = (MODEL_IMPACT__PUPILS,)
