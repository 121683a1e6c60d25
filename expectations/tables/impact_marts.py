"""Estimates of an outcome together and of single schools, and one pupil's scores for the staff app.

The trust's estimate of each intervention is in ``impact.py``.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Rate, Sensitivity, Table, Unit, Worded
from expectations.tables.impact import DIFFERENCE, POOLINGS
from expectations.tables.impact_delivery import BOTH_SCORES_COUNT, DATA_DATE, count_of_pupils
from expectations.tables.impact_pupils import MISSING_REASONS, OUTCOME_SCALES
from expectations.tables.interventions import JUDGEMENT, VOICES
from expectations.tables.reference import OUTCOME_DOMAIN

STANDINGS = ("SHOWN", "TOO_FEW_PUPILS", "TOO_FEW_SCHOOLS", "NO_ESTIMATE")
"""Whether a school's own estimate of an intervention is shown: it is; fewer than ten pupils of the school inform it;
fewer than five schools have one; no school could be compared within itself, or the scale has no difference."""
CHANGES = ("RISEN", "FALLEN", "WITHIN_CHANCE")

CORE_EFFECT_MONTHS = Table(
    name="core_effect_months",
    grain="One row per band of effect sizes: the months of progress that the EEF reads it as.",
    sensitivity=Sensitivity.OPEN,
    key=("effect_low_sd",),
    columns=(
        Column("effect_low_sd", Kind.NUMBER, "Smallest effect of the band.", unit=Unit.SD),
        Column("effect_high_sd", Kind.NUMBER, "Largest effect of the band.", unit=Unit.SD),
        Column("progress_months", Kind.INTEGER, "Months of progress.", unit=Unit.MONTHS, checks=(Between(0, 12),)),
    ),
)

_NOT_POOLED = "fewer than five estimates, or hidden"
_DOMAIN = OUTCOME_DOMAIN.but(null=None)
_DOMAIN_FIGURES = (
    Column("interventions_count", Kind.INTEGER, "Interventions with an estimate that was pooled.", release=Label()),
    count_of_pupils("pupils_count", "Pupils who inform these estimates; one in two interventions counts twice."),
    Column(
        "pooling",
        Kind.TEXT,
        "Whether the estimates were pooled.",
        checks=(OneOf(POOLINGS),),
        release=Worded(),
    ),
    *(
        Column(f"{stem}_{unit}", Kind.NUMBER, meaning + where, unit=kind, null=_NOT_POOLED,
               release=Rate("pupils_count"))
        for unit, kind, where in (
            ("sd", Unit.SD, " In standard deviations."),
            ("points", Unit.POINTS, " In the outcome's unit; blank where the interventions do not share one."),
        )
        for stem, meaning in (
            ("mean", "Mean effect of these interventions."),
            ("lower", "Lower end of the mean's 95% range."),
            ("upper", "Upper end of the mean's 95% range."),
            ("prediction_lower", "Lower end of the range in which another intervention's effect would lie."),
            ("prediction_upper", "Upper end of that range."),
            ("spread", "Standard deviation of the true effects; 0: they differ by no more than chance."),
        )
    ),
)  # fmt: skip

MODEL_IMPACT__DOMAINS = Table(
    name="model_impact__domains",
    grain="One row per outcome: the estimates of its interventions pooled, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("outcome_domain",),
    columns=(_DOMAIN, *_DOMAIN_FIGURES),
)

MART_IMPACT__DOMAIN = Table(
    name="mart_impact__domain",
    grain="One row per outcome: the estimates of its interventions pooled.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("outcome_domain",),
    columns=(_DOMAIN, DATA_DATE, *_DOMAIN_FIGURES, v.HIDDEN_COLUMNS),
)

_STANDING = Column(
    "standing", Kind.TEXT, "Whether the school's own estimate is shown.", checks=(OneOf(STANDINGS),), release=Worded()
)
_SCHOOL_FIGURES = (
    # Whose score is missing is a fact about records: that two of forty have none may be seen.
    BOTH_SCORES_COUNT.but(release=Count(apart=("mart_impact__school",))),
    _STANDING,
    *DIFFERENCE,
)

MODEL_IMPACT__SCHOOL_ESTIMATES = Table(
    name="model_impact__school_estimates",
    grain="One row per intervention and school with pupils who started: the school's estimate drawn towards the "
    "intervention's mean, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name", "school_urn"),
    columns=(v.INTERVENTION_NAME, v.SCHOOL_URN, *_SCHOOL_FIGURES),
)

MART_IMPACT__SCHOOL_ESTIMATE = Table(
    name="mart_impact__school_estimate",
    grain="One row per intervention and school: the school's estimate drawn towards the intervention's mean.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("intervention_name", "school_urn"),
    columns=(v.INTERVENTION_NAME, v.SCHOOL_URN, DATA_DATE, *_SCHOOL_FIGURES, v.HIDDEN_COLUMNS),
)

_SESSIONS = Column(
    "attended_sessions_count",
    Kind.INTEGER,
    "Sessions the pupil attended.",
    unit=Unit.SESSIONS,
    null="not recorded",
    checks=(Between(0, 1000),),
)

MART_IMPACT__PUPIL = Table(
    name="mart_impact__pupil",
    grain="One row per school, intervention and pupil who started it: the scores, what was said of it. Staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "intervention_name", "pupil_key"),
    columns=(
        v.SCHOOL_URN,
        v.INTERVENTION_NAME,
        v.PUPIL_KEY,
        v.SURNAME,
        v.FORENAME,
        v.ACADEMIC_YEAR.but(meaning="Academic year of the start."),
        v.ASSESSMENT_NAME.but(null="no test is linked"),
        v.SUBJECT.but(null="no test is linked"),
        Column("scale", Kind.TEXT, "Scale of the outcome.", null="no test is linked", checks=(OneOf(OUTCOME_SCALES),)),
        Column("entry_score", Kind.NUMBER, "Latest score before the start.", null="none in the window"),
        Column("exit_score", Kind.NUMBER, "First score after the end.", null="none in the window"),
        Column(
            "missing_reason",
            Kind.TEXT,
            "Why there are not both scores.",
            null="both are there, or no test is linked",
            checks=(OneOf(MISSING_REASONS),),
        ),
        Column(
            "reliable_change",
            Kind.TEXT,
            "Whether the change is more than the test's own error explains.",
            null="not a standardised test, another one at the end, or not both scores",
            checks=(OneOf(CHANGES),),
        ),
        Column(
            "needed_points",
            Kind.NUMBER,
            "A change beyond this, up or down, is more than the test's error explains 95 times in 100.",
            unit=Unit.POINTS,
            null="as the change",
        ),
        Column(
            "delivered_sessions_count",
            Kind.INTEGER,
            "Sessions delivered by the data date while the pupil was in the group.",
            unit=Unit.SESSIONS,
            null="this map records no sessions",
            checks=(Between(0, 1000),),
        ),
        _SESSIONS,
        JUDGEMENT,
        *VOICES,
    ),
)

TABLES = (
    CORE_EFFECT_MONTHS,
    MODEL_IMPACT__DOMAINS,
    MODEL_IMPACT__SCHOOL_ESTIMATES,
    MART_IMPACT__DOMAIN,
    MART_IMPACT__SCHOOL_ESTIMATE,
    MART_IMPACT__PUPIL,
)
