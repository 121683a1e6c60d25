"""What pupils scored: Insight assessments, each on its own scale and never mixed."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table

_MARK_SCHEME = Column("mark_scheme", Kind.TEXT, "Insight mark scheme.", headers=("Mark Scheme", "markScheme", "Scheme"))
_ASSESSED_DATE = v.START_DATE.but(
    name="assessed_date",
    meaning="Day of the test.",
    null="not recorded: the half-term's middle stands for it",
    on_bad=OnBad.FLAG,
    headers=("Assessment Date", "Date Assessed", "date"),
)

RAW_INSIGHT__ASSESSMENTS = Table(
    name="raw_insight__assessments",
    grain="One row per pupil, academic year, half-term, assessment, subject and mark scheme in Insight.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "insight",
        "assessments",
        "Insight assessments",
        ("insight_pupil_id", "academic_year", "half_term", "mark_scheme", "mark"),
        natural_key=("pupil_key", "school_urn", "academic_year", "half_term", "assessment_name", "subject"),
        sheet="Assessments",
    ),
    columns=(
        *v.PROVENANCE,
        Column(
            "insight_pupil_id",
            Kind.TEXT,
            "Insight's own pupil number.",
            personal=True,
            headers=("Insight Pupil ID", "Pupil ID", "PupilId"),
        ),
        v.UPN,
        v.ACADEMIC_YEAR,
        v.NC_YEAR,
        v.HALF_TERM,
        v.ASSESSMENT_NAME,
        v.SUBJECT,
        _MARK_SCHEME,
        Column(
            "mark", Kind.TEXT, "The result as recorded: score, age, band, step or code.", headers=("Mark", "Result")
        ),
        _ASSESSED_DATE,
    ),
)

CORE_ASSESSMENTS = Table(
    name="core_assessments",
    grain="One row per pupil, school, half-term, assessment and subject.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "academic_year", "half_term", "assessment_name", "subject"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        v.HALF_TERM,
        v.ASSESSMENT_NAME,
        v.SUBJECT,
        Column("scale", Kind.TEXT, "What kind of figure the result is.", checks=(OneOf(v.SCALES),)),
        Column(
            "score",
            Kind.NUMBER,
            "Standardised score, age in months, points or rank; by scale.",
            null="not a number: the engagement model is never scored",
        ),
        Column("mark", Kind.TEXT, "The result as recorded."),
        _ASSESSED_DATE.but(null=None),
    ),
)

TABLES = (RAW_INSIGHT__ASSESSMENTS, CORE_ASSESSMENTS)
