"""Did it make a difference: pupils with scores, estimates against similar pupils, released figures."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Amount, Column, Count, Kind, Label, Rate, Sensitivity, Table, Unit, Worded

GRADES = ("A", "B", "C", "D")
VERDICTS = ("AHEAD", "BEHIND", "NO_CLEAR_DIFFERENCE", "CANNOT_TELL")
DESIGNS = ("BALANCED_COMPARISON", "SCHOOL_MEANS", "NORM_REFERENCED", "NONE")
SMALL_NUMBER_RULES = ("TOO_FEW", "CANNOT_TELL_SMALL", "WEAK_AT_MOST", "MODERATE_AT_MOST", "ALL")
_SCALE = Column("scale", Kind.TEXT, "Scale of the test.", checks=(OneOf(v.SCALES),), release=Label())

_PUPILS: dict[str, Any] = {"unit": Unit.PUPILS, "checks": (Between(0, None),)}
_SD: dict[str, Any] = {"unit": Unit.SD}
_POINTS: dict[str, Any] = {"unit": Unit.POINTS}
_SMALL = "hidden, or too few pupils to say"


def _rate(
    name: str, meaning: str, *, of: str = "started_count", is_of_people: bool = True, base: str | None = None
) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="not recorded, or hidden",
        checks=(Between(0, None),),
        release=Rate(of, None, is_of_people, base),
    )


_DOSE_RATE = _rate(
    "dose_rate", "Delivered sessions as a share of those due.", is_of_people=False, base="recorded_count"
)
_FOR_THE_DOOR = (
    Column("recorded_count", Kind.INTEGER, "Pupils in groups whose map records sessions, for rule R2.", **_PUPILS),
    *(
        Column(
            f"{stem}_{place}_pence",
            Kind.MONEY,
            "One of the two largest shares of a pupil in the cost of the groups, for rule R4.",
            unit=Unit.PENCE,
            null="no cost recorded",
            checks=(Between(0, None),),
        )
        for stem in ("cost_to_date", "planned_cost")
        for place in ("largest", "second")
    ),
)
"""What the disclosure door needs and drops."""

_IDENTITY = (
    v.INTERVENTION_NAME,
    v.ASSESSMENT_NAME.but(null="no test is linked"),
    v.SUBJECT.but(null="no test is linked"),
)
# Who is due a score, has both or is costed is no fact about a child but about records, so these counts are not parts
# of a group under rule R3: a small difference between two of them (a test missed) may be seen, a small count may not.
_DELIVERED = (
    Column(
        "delivered_hours",
        Kind.NUMBER,
        "Adult hours delivered to date.",
        unit=Unit.HOURS,
        null="no sessions recorded",
        checks=(Between(0, None),),
        release=Rate("started_count", base="recorded_count"),
    ),
    Column(
        "costed_count",
        Kind.INTEGER,
        "Of these, in groups whose delivered sessions and cost are recorded; the cost is of their groups.",
        null="hidden: small group",
        release=Count(),
        **_PUPILS,
    ),
    Column(
        "cost_to_date_pence",
        Kind.MONEY,
        "Cost of what was delivered to date.",
        unit=Unit.PENCE,
        null="no cost recorded, or hidden",
        checks=(Between(0, None),),
        release=Amount("costed_count", "cost_to_date_largest_pence", "cost_to_date_second_pence"),
    ),
    Column(
        "planned_cost_pence",
        Kind.MONEY,
        "Cost of all that is planned.",
        unit=Unit.PENCE,
        null="no cost recorded, or hidden",
        checks=(Between(0, None),),
        release=Amount("costed_count", "planned_cost_largest_pence", "planned_cost_second_pence"),
    ),
)
"""What was delivered and what it cost: the same of the trust and of a school."""
_FIGURES = (
    v.AREA_OF_NEED,
    _SCALE.but(null="no test is linked"),
    Column(
        "schools_count",
        Kind.INTEGER,
        "Schools that ran it.",
        unit=Unit.SCHOOLS,
        checks=(Between(0, None),),
        release=Label(),
    ),
    Column(
        "started_count", Kind.INTEGER, "Pupils who started.", null="hidden: small group", release=Count(), **_PUPILS
    ),
    Column(
        "exit_due_count",
        Kind.INTEGER,
        "Of these, whose score after the end of the linked test is due.",
        null="hidden: small group",
        release=Count(),
        **_PUPILS,
    ),
    Column(
        "both_scores_count",
        Kind.INTEGER,
        "Of those due, with a score before and after.",
        null="hidden: small group",
        release=Count(),
        **_PUPILS,
    ),
    Column(
        "comparison_count",
        Kind.INTEGER,
        "Similar pupils compared with.",
        null="hidden: small group",
        release=Count(),
        **_PUPILS,
    ),
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
    Column(
        "difference_points",
        Kind.NUMBER,
        "Adjusted difference from similar pupils at the end.",
        null=_SMALL,
        release=Rate("both_scores_count"),
        **_POINTS,
    ),
    Column(
        "lower_points",
        Kind.NUMBER,
        "Lower end of the likely (95%) range.",
        null=_SMALL,
        release=Rate("both_scores_count"),
        **_POINTS,
    ),
    Column(
        "upper_points",
        Kind.NUMBER,
        "Upper end of the likely (95%) range.",
        null=_SMALL,
        release=Rate("both_scores_count"),
        **_POINTS,
    ),
    Column(
        "effect_size_sd",
        Kind.NUMBER,
        "Difference in standard deviations.",
        null=_SMALL,
        release=Rate("both_scores_count"),
        **_SD,
    ),
    Column(
        "lower_sd", Kind.NUMBER, "Lower end of its 95% range.", null=_SMALL, release=Rate("both_scores_count"), **_SD
    ),
    Column(
        "upper_sd", Kind.NUMBER, "Upper end of its 95% range.", null=_SMALL, release=Rate("both_scores_count"), **_SD
    ),
    Column(
        "percentile_growth",
        Kind.NUMBER,
        "Places in 100 that an average pupil would move.",
        null=_SMALL,
        checks=(Between(-50, 50),),
        release=Rate("both_scores_count"),
    ),
    Column(
        "baseline_gap_sd",
        Kind.NUMBER,
        "Largest gap between the groups before the start, after weighting.",
        null=_SMALL,
        release=Rate("both_scores_count"),
        **_SD,
    ),
    Column(
        "grade",
        Kind.TEXT,
        "How sure we are: A strong, B moderate, C weak, D none.",
        checks=(OneOf(GRADES),),
        release=Worded(),
    ),
    Column("verdict", Kind.TEXT, "What the range says.", checks=(OneOf(VERDICTS),), release=Worded()),
    _rate("attrition_rate", "Share of those due without both scores.", of="exit_due_count", is_of_people=False),
    _DOSE_RATE,
    _rate(
        "full_dose_rate",
        "Share of pupils who attended 80% or more of the sessions delivered so far.",
        base="attendance_told_count",
    ),
    *_DELIVERED,
)

MODEL_IMPACT__ESTIMATES = Table(
    name="model_impact__estimates",
    grain="One row per intervention and linked test, over the whole trust and all years, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name",),
    columns=(
        *_IDENTITY,
        *_FIGURES,
        *_FOR_THE_DOOR,
        Column("attendance_told_count", Kind.INTEGER, "Pupils whose attendance is told, for rule R2.", **_PUPILS),
    ),
)

MART_IMPACT__INTERVENTION = Table(
    name="mart_impact__intervention",
    grain="One row per intervention over the whole trust and all years.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("intervention_name",),
    columns=(
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *_IDENTITY,
        *_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
)

_SCHOOL_FIGURES = (
    v.AREA_OF_NEED,
    Column(
        "started_count",
        Kind.INTEGER,
        "Pupils who started, all years.",
        null="hidden: small group",
        release=Count(),
        **_PUPILS,
    ),
    Column("is_running", Kind.BOOLEAN, "A group is running on the data date.", release=Label()),
    _DOSE_RATE,
    *_DELIVERED,
)

MODEL_IMPACT__SCHOOL_DELIVERY = Table(
    name="model_impact__school_delivery",
    grain="One row per school and intervention: pupils, dose and cost, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "intervention_name"),
    columns=(v.SCHOOL_URN, v.INTERVENTION_NAME, *_SCHOOL_FIGURES, *_FOR_THE_DOOR),
)

MART_IMPACT__SCHOOL = Table(
    name="mart_impact__school",
    grain="One row per school and intervention: what the school runs; the trust's estimate stands in the other mart.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "intervention_name"),
    columns=(
        v.SCHOOL_URN,
        v.INTERVENTION_NAME,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *_SCHOOL_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
)

TABLES = (
    MODEL_IMPACT__ESTIMATES,
    MODEL_IMPACT__SCHOOL_DELIVERY,
    MART_IMPACT__INTERVENTION,
    MART_IMPACT__SCHOOL,
)
