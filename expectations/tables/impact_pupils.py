"""Who took part in an intervention and who could be compared, with the scores that count. Estimates: ``impact.py``."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Label, Sensitivity, Table, Unit
from expectations.tables.reference import OUTCOME_DOMAIN

OUTCOME_SCALES = ("STANDARDISED", "AGE", "POINTS", "BAND", "PRE_KEY_STAGE", "ATTENDANCE", "INCIDENTS")
"""Scales an outcome can have. Ages are months; bands and pre-key-stage standards are ranks; attendance is sessions
missed and incidents are suspensions, each per 100 possible sessions. The engagement model is never an outcome."""
MISSING_REASONS = ("NOT_DUE", "NO_ENTRY", "LEFT", "NO_TEST")
"""Why somebody has not both scores: the window after the end is open; no score before the start; left the school
before that window closed; was there and has no score."""

_SCALE = Column("scale", Kind.TEXT, "Scale of the outcome.", checks=(OneOf(OUTCOME_SCALES),), release=Label())
EXIT_TEST = v.ASSESSMENT_NAME.but(
    name="exit_assessment_name", meaning="The test at the end, where it is another.", null="the same test at the end"
)

_OUTCOME = (
    v.INTERVENTION_NAME,
    v.ASSESSMENT_NAME.but(meaning="Name of the test, or Attendance or Suspensions."),
    v.ASSESSMENT_NAME.but(name="exit_assessment_name", meaning="Name of the test at the end: the same or another."),
    v.SUBJECT.but(meaning="Subject of the test, or Attendance or Behaviour."),
)
_HAS_PERSON_TIME = Column(
    "has_person_time", Kind.BOOLEAN, "The outcome is a rate over the sessions of half-terms, not a score of a test."
)
_STARTED = v.START_DATE.but(name="started_date", meaning="First session delivered to the pupil, or to the window.")
_WHO_STARTED = (
    v.PUPIL_KEY,
    v.SCHOOL_URN,
    v.AREA_OF_NEED,
    OUTCOME_DOMAIN,
    v.ACADEMIC_YEAR.but(meaning="Academic year of the start."),
    _STARTED,
    v.END_DATE.but(null=None, meaning="The pupil's last day in the group."),
)
_PLANNED = Column(
    "planned_sessions_count",
    Kind.INTEGER,
    "Sessions planned for the pupil's group.",
    unit=Unit.SESSIONS,
    null="comparison pupil",
)
_ATTENDED = Column(
    "attended_sessions_count",
    Kind.INTEGER,
    "Sessions the pupil attended.",
    unit=Unit.SESSIONS,
    null="comparison pupil, or not recorded",
)
_HALF_TERM_INDEX = Column("half_term_index", Kind.INTEGER, "Running number of the half-term over all years.")

MODEL_IMPACT__WINDOWS = Table(
    name="model_impact__windows",
    grain="One row per intervention, outcome and pupil who started: within which days the scores that count lie.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "assessment_name", "subject", "pupil_key"),
    columns=(
        *_OUTCOME,
        _HAS_PERSON_TIME,
        *_WHO_STARTED,
        *(
            Column(f"{side}_{end}_date", Kind.DATE, f"{word} day of the window {where}.")
            for side, where in (("entry", "before the start"), ("exit", "after the end"))
            for end, word in (("from", "First"), ("to", "Last"))
        ),
        _PLANNED.but(null=None),
        _ATTENDED,
    ),
)

MODEL_IMPACT__SCORES = Table(
    name="model_impact__scores",
    grain="One row per pupil, outcome and day: every score that may stand before or after an intervention.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "assessment_name", "subject", "assessed_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.ASSESSMENT_NAME.but(meaning="Name of the test, or Attendance or Suspensions."),
        v.SUBJECT.but(meaning="Subject of the test, or Attendance or Behaviour."),
        _SCALE,
        v.HALF_TERM,
        _HALF_TERM_INDEX,
        Column("assessed_date", Kind.DATE, "Day of the test; of a rate, the last day of its second half-term."),
        Column("score", Kind.NUMBER, "Score on its scale, or rate per 100 possible sessions."),
        Column(
            "possible_sessions_count",
            Kind.INTEGER,
            "Possible sessions behind the rate.",
            unit=Unit.SESSIONS,
            null="not a rate",
            checks=(Between(40, None),),
        ),
    ),
)

_SCORES_THAT_COUNT = (
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
        "missing_reason",
        Kind.TEXT,
        "Why there are not both scores.",
        null="both scores are there",
        checks=(OneOf(MISSING_REASONS),),
    ),
    *(
        Column(
            f"{side}_sessions_count",
            Kind.INTEGER,
            f"Possible sessions behind the rate {where}.",
            unit=Unit.SESSIONS,
            null="not a rate, or no rate",
            checks=(Between(40, None),),
        )
        for side, where in (("before", "before the start"), ("after", "after the end"))
    ),
)
_IS_EXIT_DUE = Column(
    "is_exit_due",
    Kind.BOOLEAN,
    "The window for the score after the end has closed by the data date, or the score is there.",
)

MODEL_IMPACT__TREATED = Table(
    name="model_impact__treated",
    grain="One row per intervention, outcome and pupil who started, with the scores that count.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "assessment_name", "subject", "pupil_key"),
    columns=(
        *_OUTCOME,
        _SCALE,
        _HAS_PERSON_TIME,
        *_WHO_STARTED,
        *(_HALF_TERM_INDEX.but(name=f"{side}_half_term_index", null=f"no {side} score") for side in ("entry", "exit")),
        *_SCORES_THAT_COUNT,
        _IS_EXIT_DUE,
        _PLANNED.but(null=None),
        _ATTENDED,
    ),
)

MODEL_IMPACT__COMPARED = Table(
    name="model_impact__compared",
    grain="One row per intervention, outcome and pupil who could be compared, in the one window given to the pupil.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "assessment_name", "subject", "pupil_key"),
    columns=(
        *_OUTCOME,
        _SCALE,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR.but(meaning="Academic year in which the window started."),
        _STARTED,
        *_SCORES_THAT_COUNT,
    ),
)

MODEL_IMPACT__PUPILS = Table(
    name="model_impact__pupils",
    grain="One row per intervention, outcome and pupil: those who started it, and those who could be compared.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "assessment_name", "subject", "is_treated", "pupil_key"),
    columns=(
        *(EXIT_TEST if column.name == EXIT_TEST.name else column for column in _OUTCOME),
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
        *_SCORES_THAT_COUNT,
        _IS_EXIT_DUE,
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
        _PLANNED,
        _ATTENDED,
    ),
)

TABLES = (
    MODEL_IMPACT__WINDOWS,
    MODEL_IMPACT__SCORES,
    MODEL_IMPACT__TREATED,
    MODEL_IMPACT__COMPARED,
    MODEL_IMPACT__PUPILS,
)
