"""Who is identified with SEN: what a fair comparison must allow for, and names for the SENCO. Marts apart."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Sensitivity, Table, Unit
from expectations.tables.pupil_lists import IS_EAL, IS_FSM

YEAR_BANDS = ("To year 2", "Years 3 to 6", "Years 7 to 9", "Years 10 and on", "Not by year")
SCORE_BANDS = ("Below the low score", "Low score to 99", "100 and above", "No score in a year")
WHY_LOOK = ("LOW_SCORES", "SEVERE_ABSENCE", "BOTH")

_ABSENCE = Column(
    "absence_rate",
    Kind.NUMBER,
    "Share of the possible sessions of the last four half-terms on record, within a year, that were missed.",
    unit=Unit.RATE,
    null="no attendance on record",
    checks=(Between(0, 1),),
)
_HAS_LOW_SCORES = Column(
    "has_low_scores", Kind.BOOLEAN, "The latest two scores of a subject, both within two years, are low."
)

MODEL_IDENTIFICATION__PUPILS = Table(
    name="model_identification__pupils",
    grain="One row per pupil on roll in a school on the data date: what a fair comparison has to allow for.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),)),
        v.SEN_TYPE.but(null="no need recorded"),
        v.SEX.but(headers=()),
        IS_FSM,
        IS_EAL,
        Column("year_band", Kind.TEXT, "Band of year groups.", checks=(OneOf(YEAR_BANDS),)),
        Column(
            "score_band",
            Kind.TEXT,
            "Band of the mean of the latest standardised score of each subject, not older than a year.",
            checks=(OneOf(SCORE_BANDS),),
        ),
        _ABSENCE,
        _HAS_LOW_SCORES,
    ),
)

MODEL_IDENTIFICATION__YEAR_BEFORE = Table(
    name="model_identification__year_before",
    grain="One row per pupil who was on roll in a school 365 days before the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),))),
)

MART_IDENTIFICATION__UNLISTED = Table(
    name="mart_identification__unlisted",
    grain="One row per pupil on no register whose scores stay low or who is severely absent: names for the SENCO.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.NC_YEAR,
        Column("why_look", Kind.TEXT, "Why a look is worth it.", checks=(OneOf(WHY_LOOK),)),
        _ABSENCE,
    ),
)

TABLES = (MODEL_IDENTIFICATION__PUPILS, MODEL_IDENTIFICATION__YEAR_BEFORE, MART_IDENTIFICATION__UNLISTED)
