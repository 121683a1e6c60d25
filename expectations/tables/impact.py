"""Did it make a difference: one estimate an intervention against similar pupils, and what of it is released.

Who is analysed: ``impact_pupils.py``; what was delivered: ``impact_delivery.py``; outcomes pooled, single schools and
single pupils: ``impact_marts.py``.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Rate, Sensitivity, Table, Unit, Worded
from expectations.tables.impact_delivery import (
    BOTH_SCORES_COUNT,
    DATA_DATE,
    DELIVERED,
    DOSE_RATE,
    FOR_THE_DOOR,
    SCHOOLS_COUNT,
    STARTED_COUNT,
    count_of_pupils,
    share_of,
)
from expectations.tables.impact_pupils import EXIT_TEST, OUTCOME_SCALES
from expectations.tables.reference import OUTCOME_DOMAIN

GRADES = ("A", "B", "C", "D")
VERDICTS = ("AHEAD", "BEHIND", "NO_CLEAR_DIFFERENCE", "CANNOT_TELL")
DESIGNS = ("BALANCED_COMPARISON", "SCHOOL_MEANS", "NORM_REFERENCED", "NONE")
POOLINGS = ("NOT_POOLED", "POOLED", "TOO_FEW_TO_POOL", "NO_SPREAD_BETWEEN")
"""Whether an estimate was drawn towards the mean of its outcome: it has none that could be; it was; fewer than five
have one; it was, and the differences between them are no larger than chance, so that all share one mean."""
OUTCOME_UNITS = ("POINTS", "SD", "RANKS", "MONTHS", "SESSIONS_PER_100", "PER_100_PUPILS_A_YEAR")
"""What a difference is told in. SD: different tests at entry and exit. RANKS and MONTHS have no difference, only
shares of pupils ahead. SESSIONS_PER_100: sessions missed for each 100 possible. PER_100_PUPILS_A_YEAR: suspensions for
each 100 pupils in a school year."""
SMALL_NUMBER_RULES = ("TOO_FEW", "CANNOT_TELL_SMALL", "WEAK_AT_MOST", "MODERATE_AT_MOST", "ALL")
_SCALE = Column("scale", Kind.TEXT, "Scale of the test.", checks=(OneOf(OUTCOME_SCALES),), release=Label())

_SMALL = "hidden, or too few pupils to say"


def _effect(name: str, meaning: str, unit: Unit | None = None, decimals: int | None = None) -> Column:
    """A mean, difference or effect over the pupils with both scores."""
    release = Rate("both_scores_count", decimals=decimals)
    return Column(name, Kind.NUMBER, meaning, unit=unit, null=_SMALL, release=release)


DIFFERENCE = (
    _effect(
        "difference_points",
        "Adjusted difference from similar pupils at the end, in the outcome's unit; above 0 is always better, so of "
        "sessions missed and suspensions it is how many fewer.",
        Unit.POINTS,
    ),
    _effect("lower_points", "Lower end of the likely (95%) range.", Unit.POINTS),
    _effect("upper_points", "Upper end of the likely (95%) range.", Unit.POINTS),
)
_ON_ITS_SCALE = (
    _effect(
        "schools_lower_points",
        "Lower end of the 95% range of the difference when schools are left out in turn; where 4 to 10 inform it.",
        Unit.POINTS,
    ),
    _effect("schools_upper_points", "Upper end of that range.", Unit.POINTS),
    _effect("entry_mean", "Mean before the start of those who inform the estimate, as measured.", decimals=1),
    _effect("exit_mean", "Their mean after the end, as measured.", decimals=1),
    _effect(
        "expected_exit_mean", "What it would have been: the mean after the end without the difference.", decimals=1
    ),
    _effect("norms_low_points", "Gain beyond the test's norms if retests agreed better (0.9).", Unit.POINTS),
    _effect("norms_high_points", "The same if they agreed less (0.7).", Unit.POINTS),
)
_DRAWN_IN = (
    Column(
        "pooling",
        Kind.TEXT,
        "Whether the estimate was drawn towards the mean of its outcome.",
        checks=(OneOf(POOLINGS),),
        release=Worded(),
    ),
    _effect("shrunken_points", "The difference drawn towards the mean of its outcome.", Unit.POINTS),
    _effect("shrunken_lower_points", "Lower end of its 95% range.", Unit.POINTS),
    _effect("shrunken_upper_points", "Upper end of its 95% range.", Unit.POINTS),
    _effect(
        "inner_lower_points",
        "Lower end of the 50% range of the drawn-in difference; of its own where it was not pooled.",
        Unit.POINTS,
    ),
    _effect("inner_upper_points", "Upper end of that 50% range.", Unit.POINTS),
    _effect("shrunken_sd", "The drawn-in difference in standard deviations.", Unit.SD),
    _effect("shrunken_lower_sd", "Lower end of its 95% range.", Unit.SD),
    _effect("shrunken_upper_sd", "Upper end of its 95% range.", Unit.SD),
)
_OTHER_SCALES = (
    *(
        share_of("both_scores_count", name, meaning, is_of_people=False)
        for name, meaning in (
            ("superiority_rate", "How often a pupil who took part ends ahead of a similar pupil, both drawn by lot."),
            ("superiority_low_rate", "Lower end of its 95% range."),
            ("superiority_high_rate", "Upper end of its 95% range."),
        )
    ),
    _effect("odds_ratio", "Odds of ending above any level against similar pupils, adjusted for the start.", decimals=2),
    _effect("odds_low_ratio", "Lower end of its 95% range.", decimals=2),
    _effect("odds_high_ratio", "Upper end of its 95% range.", decimals=2),
    _effect("ratio_gain", "Months of reading or spelling age gained for each month gone by: no effect.", decimals=1),
    *(
        Column(name, Kind.INTEGER, meaning, null="not attainment, too few, or the range holds zero; or hidden",
               checks=(Between(-12, 12),), release=Rate("both_scores_count"))
        for name, meaning in (
            ("months_count", "Months of progress by the EEF table, of the estimate that is shown first."),
            ("months_low_count", "Lower end of its 95% range."),
            ("months_high_count", "Upper end of its 95% range."),
        )
    ),
)  # fmt: skip
_FOR_POOLING = tuple(
    Column(name, Kind.NUMBER, meaning, unit=unit, null="not pooled")
    for name, meaning, unit in (
        ("pooled_effect_sd", "Hedges g that goes into the pool of its outcome.", Unit.SD),
        ("pooled_error_sd", "Its standard error.", Unit.SD),
        ("one_sd_points", "One standard deviation of the outcome in its unit, after Hedges' correction.", Unit.POINTS),
    )
)
"""What ``model_impact__domains`` is made of; it stays in the house."""
_FLOOR_CEILING = share_of(
    "both_scores_count",
    "floor_ceiling_rate",
    "Share of exits at the lowest or highest score: the larger of the two groups'.",
)
"""Few pupils stand there, so it is mostly hidden: what comes of it (reason FLOOR_CEILING) is told instead."""
_IDENTITY = (
    v.INTERVENTION_NAME,
    v.ASSESSMENT_NAME.but(null="no test is linked"),
    EXIT_TEST,
    v.SUBJECT.but(null="no test is linked"),
    OUTCOME_DOMAIN.but(null="neither the catalogue nor a test says"),
)
_FIGURES = (
    v.AREA_OF_NEED,
    _SCALE.but(null="no test is linked"),
    Column(
        "outcome_unit",
        Kind.TEXT,
        "What the difference is told in.",
        null="no test is linked",
        checks=(OneOf(OUTCOME_UNITS),),
        release=Label(),
    ),
    SCHOOLS_COUNT,
    STARTED_COUNT,
    count_of_pupils("exit_due_count", "Of these, whose score after the end of the linked test is due."),
    count_of_pupils("entry_count", "Of those due, with a score before."),
    BOTH_SCORES_COUNT,
    count_of_pupils(
        "informing_count",
        "Of those with both scores, who inform the estimate: within schools, those of schools with comparison pupils.",
    ).but(release=Count(of="both_scores_count")),  # the others are all the pupils of some school
    count_of_pupils("comparison_count", "Similar pupils compared with."),
    Column("design", Kind.TEXT, "How the comparison was made.", checks=(OneOf(DESIGNS),), release=Worded()),
    Column(
        "reason",
        Kind.TEXT,
        "Reason code where no estimate is given, or what caps the grade.",
        null="nothing to add",
        release=Worded(),
    ),
    Column(
        "small_number_rule",
        Kind.TEXT,
        "What the number of pupils allows to be said.",
        null="hidden: small group",
        checks=(OneOf(SMALL_NUMBER_RULES),),
        release=Worded(("both_scores_count",)),
    ),
    *DIFFERENCE,
    _effect("effect_size_sd", "Difference in standard deviations (Hedges g).", Unit.SD),
    _effect("lower_sd", "Lower end of its 95% range.", Unit.SD),
    _effect("upper_sd", "Upper end of its 95% range.", Unit.SD),
    Column(
        "percentile_growth",
        Kind.NUMBER,
        "Places in 100 that an average pupil would move.",
        null=_SMALL,
        checks=(Between(-50, 50),),
        release=Rate("both_scores_count"),
    ),
    _effect("baseline_gap_sd", "Largest gap between the groups before the start, after weighting.", Unit.SD),
    *_ON_ITS_SCALE,
    *_DRAWN_IN,
    *_OTHER_SCALES,
    Column(
        "grade",
        Kind.TEXT,
        "How sure we are: A strong, B moderate, C weak, D none.",
        checks=(OneOf(GRADES),),
        release=Worded(),
    ),
    Column(
        "cap_reasons",
        Kind.TEXT,
        "Everything that holds the grade where it is, comma separated.",
        null="nothing: the grade is A",
        release=Worded(),
    ),
    Column(
        "verdict",
        Kind.TEXT,
        "What the range says: the more careful of its own and of the one drawn towards the mean.",
        checks=(OneOf(VERDICTS),),
        release=Worded(),
    ),
    share_of("exit_due_count", "attrition_rate", "Share of those due without both scores.", is_of_people=False),
    share_of(
        "exit_due_count",
        "differential_attrition_rate",
        "That share less the same share of the comparison pupils.",
        is_of_people=False,
    ).but(checks=(Between(-1, 1),), null="no comparison pupils, or hidden"),
    _effect(
        "tipping_points",
        "How much lower than the others those without an end score would have to be for the sign to change; below 0: "
        "higher.",
        Unit.POINTS,
    ),
    DOSE_RATE,
    share_of(
        "started_count",
        "full_dose_rate",
        "Share of pupils who attended 80% or more of the sessions delivered so far.",
        base="attendance_told_count",
    ),
    *(
        Column(
            name,
            Kind.INTEGER,
            meaning,
            unit=Unit.SESSIONS,
            null="no sessions recorded, or hidden",
            checks=(Between(0, None),),
            release=Rate("started_count", is_of_people=False, base="recorded_count"),
        )
        for name, meaning in (
            ("due_sessions_count", "Sessions that fell due by the data date, of groups whose map records sessions."),
            ("delivered_sessions_count", "Sessions delivered of these."),
        )
    ),
    *DELIVERED,
)

MODEL_IMPACT__ESTIMATES = Table(
    name="model_impact__estimates",
    grain="One row per intervention and linked test, over the whole trust and all years, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name",),
    columns=(
        *_IDENTITY,
        *_FIGURES,
        *FOR_THE_DOOR,
        count_of_pupils("attendance_told_count", "Pupils whose attendance is told, for rule R2.").but(null=None),
        _FLOOR_CEILING,
        *_FOR_POOLING,
    ),
)

MART_IMPACT__INTERVENTION = Table(
    name="mart_impact__intervention",
    grain="One row per intervention over the whole trust and all years.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("intervention_name",),
    columns=(
        DATA_DATE,
        *_IDENTITY,
        *_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
)

TABLES = (MODEL_IMPACT__ESTIMATES, MART_IMPACT__INTERVENTION)
