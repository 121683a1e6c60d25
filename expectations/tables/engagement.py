"""The engagement profile: what staff saw in each of its five areas. Never a score, never summed over the areas."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import OneOf
from expectations.contract import Column, Kind, Sensitivity, Source, Table

ENGAGEMENT_AREAS = ("EXPLORATION", "REALISATION", "ANTICIPATION", "PERSISTENCE", "INITIATION")
"""The five areas of the engagement model, labelled in seeds/reference/engagement_areas.csv (a test compares them)."""
ENGAGEMENT_DIRECTIONS = ("PROGRESS", "SAME", "LESS")

_OBSERVED = (
    v.START_DATE.but(
        name="observed_date",
        meaning="Day of the observation.",
        headers=("Date Observed", "Observation Date", "Observed On"),
    ),
    Column(
        "engagement_area",
        Kind.TEXT,
        "Area of the engagement model.",
        checks=(OneOf(ENGAGEMENT_AREAS),),
        headers=("Area of Engagement", "Engagement Area"),
    ),
    Column(
        "engagement_direction",
        Kind.TEXT,
        "Against the observation before: progress, the same, or less. Not a score.",
        checks=(OneOf(ENGAGEMENT_DIRECTIONS),),
        headers=("Change in Engagement", "Engagement Change"),
    ),
)

RAW_ENGAGEMENT__OBSERVATIONS = Table(
    name="raw_engagement__observations",
    grain="One row per pupil, day and area of engagement observed.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "engagement",
        "observations",
        "Engagement profile",
        ("observed_date", "engagement_area", "engagement_direction"),
        natural_key=("school_urn", "pupil_key", "observed_date", "engagement_area"),
        sheet="Engagement profile",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, *_OBSERVED),
)

CORE_ENGAGEMENT = Table(
    name="core_engagement",
    grain="One row per pupil, day and area of engagement observed in a school.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "observed_date", "engagement_area"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, *_OBSERVED),
)

TABLES = (RAW_ENGAGEMENT__OBSERVATIONS, CORE_ENGAGEMENT)
