"""What was delivered and what it cost: by school and by academic year. Whether it made a difference: ``impact.py``."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between
from expectations.contract import Amount, Column, Count, Kind, Label, Rate, Sensitivity, Table, Unit

_COUNTED: dict[str, Any] = {"unit": Unit.PUPILS, "checks": (Between(0, None),)}

DATA_DATE = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
SCHOOLS_COUNT = Column(
    "schools_count", Kind.INTEGER, "Schools that ran it.", unit=Unit.SCHOOLS, checks=(Between(0, None),),
    release=Label(),
)  # fmt: skip


def count_of_pupils(name: str, meaning: str) -> Column:
    """A number of pupils under rule R1.

    Who is due a score, has both or is costed is no fact about a child but about records, so these counts are not parts
    of a group under rule R3: a small difference between two of them (a test missed) may be seen, a small count may not.
    """
    return Column(name, Kind.INTEGER, meaning, null="hidden: small group", release=Count(), **_COUNTED)


def share_of(
    of: str,
    name: str,
    meaning: str,
    *,
    is_of_people: bool = True,
    base: str | None = None,
    highest: float | None = None,
) -> Column:
    """A share under rules R2 and R3, of the pupils counted in the column ``of``."""
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="not recorded, or hidden",
        checks=(Between(0, highest),),
        release=Rate(of, None, is_of_people, base),
    )


STARTED_COUNT = count_of_pupils("started_count", "Pupils who started.")
BOTH_SCORES_COUNT = count_of_pupils("both_scores_count", "Of those due, with a score before and after.")
DOSE_RATE = share_of(
    "started_count",
    "dose_rate",
    "Delivered sessions as a share of those due.",
    is_of_people=False,
    base="recorded_count",
)
FOR_THE_DOOR = (
    Column("recorded_count", Kind.INTEGER, "Pupils in groups whose map records sessions, for rule R2.", **_COUNTED),
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

DELIVERED = (
    Column(
        "delivered_hours",
        Kind.NUMBER,
        "Adult hours delivered to date.",
        unit=Unit.HOURS,
        null="no sessions recorded",
        checks=(Between(0, None),),
        release=Rate("started_count", base="recorded_count"),
    ),
    count_of_pupils(
        "costed_count",
        "Of these, in groups whose delivered sessions and cost are recorded; the cost is of their groups.",
    ),
    *(
        Column(
            f"{stem}_pence",
            Kind.MONEY,
            meaning,
            unit=Unit.PENCE,
            null="no cost recorded, or hidden",
            checks=(Between(0, None),),
            release=Amount("costed_count", f"{stem}_largest_pence", f"{stem}_second_pence"),
        )
        for stem, meaning in (
            ("cost_to_date", "Cost of what was delivered to date."),
            ("planned_cost", "Cost of all that is planned."),
        )
    ),
)
"""What was delivered and what it cost: the same of the trust, of a school and of a year."""

_SCHOOL_FIGURES = (
    v.AREA_OF_NEED,
    STARTED_COUNT.but(
        meaning="Pupils who started, all years.", release=Count(sums_to="mart_impact__intervention.started_count")
    ),
    Column("is_running", Kind.BOOLEAN, "A group is running on the data date.", release=Label()),
    DOSE_RATE,
    *DELIVERED,
)

MODEL_IMPACT__SCHOOL_DELIVERY = Table(
    name="model_impact__school_delivery",
    grain="One row per school and intervention: pupils, dose and cost, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "intervention_name"),
    columns=(v.SCHOOL_URN, v.INTERVENTION_NAME, *_SCHOOL_FIGURES, *FOR_THE_DOOR),
)

MART_IMPACT__SCHOOL = Table(
    name="mart_impact__school",
    grain="One row per school and intervention: what the school runs; the trust's estimate stands in the other mart.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "intervention_name"),
    columns=(v.SCHOOL_URN, v.INTERVENTION_NAME, DATA_DATE, *_SCHOOL_FIGURES, v.HIDDEN_COLUMNS),
    totalled_over=("intervention_name",),  # the protocol's mart gives a school's starts over all interventions
)

_YEAR = v.ACADEMIC_YEAR.but(meaning="Academic year in which the groups started, by the calendar year it starts in.")
_YEAR_FIGURES = (
    SCHOOLS_COUNT,
    STARTED_COUNT.but(meaning="Pupils who started in groups of that year; one who started in two years is in both."),
    BOTH_SCORES_COUNT,
    DOSE_RATE,
    *DELIVERED,
)

MODEL_IMPACT__YEARS = Table(
    name="model_impact__years",
    grain="One row per intervention and academic year: pupils, scores, dose and cost, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name", "academic_year"),
    columns=(v.INTERVENTION_NAME, _YEAR, *_YEAR_FIGURES, *FOR_THE_DOOR),
)

MART_IMPACT__YEAR = Table(
    name="mart_impact__year",
    grain="One row per intervention and academic year over the whole trust; all years: mart_impact__intervention.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("intervention_name", "academic_year"),
    columns=(v.INTERVENTION_NAME, _YEAR, DATA_DATE, *_YEAR_FIGURES, v.HIDDEN_COLUMNS),
    totalled_over=("academic_year", "intervention_name"),
)

TABLES = (MODEL_IMPACT__SCHOOL_DELIVERY, MODEL_IMPACT__YEARS, MART_IMPACT__SCHOOL, MART_IMPACT__YEAR)
