"""What is published of moderation: agreement by round, a school's own drift, cases to discuss, the next sample.

A rater is a member of staff: nothing is released on fewer than three of them (METHODS E2, R8). What the SEND lead works
with (drift of every school, cases, the sample) is in staff files only.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotAbove, OneOf
from expectations.contract import Column, Count, Kind, Label, Rate, Release, Sensitivity, Table, Unit, Worded
from expectations.tables.moderation import (
    BAND_NUMBER,
    CASE_NUMBER,
    CORE_MATRIX_CRITERIA,
    DESCRIPTOR,
    MATRIX_VERSION,
    ROUND_DATE,
    ROUND_NAME,
    ROUND_NUMBER,
    WHOLE_BAND,
    bands,
    counted,
)

ROUND_STANDINGS = ("MEASURED", "FEW_CASES", "BANDS_MISSING", "FEW_RATERS")
"""Whether a round can be measured: yes; under 15 pupils, or not every band given, and only shares are told; or fewer
than three raters, and nothing is."""
AGREEMENTS = ("RELIABLE", "TENTATIVE", "NOT_RELIABLE")
"""Alpha of .80 or more, of .667 or more, below (Krippendorff)."""

_DATED = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
_ROUND = tuple(column.but(release=Label()) for column in (ROUND_NAME, ROUND_DATE))
_HIDDEN = "fewer than three raters, or hidden: small group"
_NOT_MEASURED = "fewer than three raters or 15 pupils, or a band that nobody gave; or hidden"


def _share(name: str, meaning: str, null: str | None, release: Release | None) -> Column:
    return Column(
        name, Kind.NUMBER, meaning, unit=Unit.RATE, null=null, checks=(Between(0, 1),), release=release
    )  # fmt: skip


def _coefficient(name: str, meaning: str) -> Column:
    role = Rate("rated_count", is_of_people=False, decimals=2)
    return Column(name, Kind.NUMBER, meaning, null=_NOT_MEASURED, checks=(Between(-1, 1),), release=role)


_OF_CASES = Rate("rated_count", is_of_people=False)
_STANDING = Column(
    "round_standing", Kind.TEXT, "Whether agreement could be measured.", null="hidden: small group",
    checks=(OneOf(ROUND_STANDINGS),), release=Worded(of=("rated_count",)),
)  # fmt: skip
_AGREEMENT = Column(
    "agreement", Kind.TEXT, "What alpha allows to be said.", null=_NOT_MEASURED, checks=(OneOf(AGREEMENTS),),
    release=Worded(of=("rated_count",)),
)  # fmt: skip
_ROUND_FIGURES = (
    v.ACADEMIC_YEAR.but(meaning="Academic year of the round."),
    MATRIX_VERSION.but(release=Label()),
    Column("has_new_matrix", Kind.BOOLEAN, "Another version than in the round before.", release=Label()),
    counted("schools_count", "Schools that rated.", Unit.SCHOOLS).but(release=Label()),
    counted("rated_count", "Pupils rated by two raters or more.", Unit.PUPILS, "hidden: small group").but(
        release=Count()
    ),
    _STANDING,
    _share("exact_rate", "Share of pairs of raters who gave the same pupil the same band.", _HIDDEN, _OF_CASES),
    _share("adjacent_rate", "Share of pairs who were within one band of each other.", _HIDDEN, _OF_CASES),
    _coefficient("alpha", "Krippendorff's alpha, ordinal: 1 full agreement, 0 no better than chance."),
    _coefficient("alpha_lower", "Lower end of its likely range, pupils drawn again 2,000 times."),
    _coefficient("alpha_upper", "Upper end of it."),
    _coefficient("gwet_ac2", "Gwet's AC2, quadratic weights."),
    _AGREEMENT,
)
_RANGES = (NotAbove("alpha_lower", "alpha_upper"), NotAbove("exact_rate", "adjacent_rate"))

MODEL_MODERATION__ROUND = Table(
    name="model_moderation__round",
    grain="One row per closed round with a case rated twice: agreement over all raters. True figures.",
    sensitivity=Sensitivity.INTERNAL,
    key=("round_name",),
    columns=tuple(column.but(release=None) for column in (*_ROUND, *_ROUND_FIGURES)),
    checks=_RANGES,
)

MART_MODERATION__ROUND = Table(
    name="mart_moderation__round",
    grain="One row per closed round of moderation: agreement over all raters of the trust.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("round_name",),
    columns=(*_ROUND, _DATED, *_ROUND_FIGURES, v.HIDDEN_COLUMNS),
    checks=_RANGES,
)

_DRIFT = (
    bands("drift_bands", "Mean difference from the mean of the other schools on the same pupils, in bands.",
          "fewer than two pupils that others rated too"),
    bands("drift_lower", "Lower end of its likely range.", "fewer than two pupils that others rated too"),
    bands("drift_upper", "Upper end of it.", "fewer than two pupils that others rated too"),
)  # fmt: skip
_IN_ORDER = (NotAbove("drift_lower", "drift_upper"),)

MODEL_MODERATION__DRIFT = Table(
    name="model_moderation__drift",
    grain="One row per closed round, school of raters (and the trust) and descriptor (and the band). True figures.",
    sensitivity=Sensitivity.INTERNAL,
    key=("round_name", "school_urn", "descriptor"),
    columns=(
        *(column.but(release=None) for column in (*_ROUND, v.SCHOOL_URN)),
        DESCRIPTOR.but(meaning=f"Descriptor; {WHOLE_BAND} for the band."),
        counted("raters_count", "Raters of the school."),
        counted("rated_count", "Pupils that the school and another rated; of the trust, rated twice.", Unit.PUPILS),
        *_DRIFT,
        _share("exact_rate", "Of the trust: share of pairs at the same level.", "a school's row, or no pair", None),
        _share("adjacent_rate", "Of the trust: share of pairs within one level.", "a school's row, or no pair", None),
    ),
    checks=_IN_ORDER,
)

MART_MODERATION__DRIFT = Table(
    name="mart_moderation__drift",
    grain="One row per closed round, school of raters (and the trust) and descriptor (and the band): staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("round_name", "school_urn", "descriptor"),
    columns=MODEL_MODERATION__DRIFT.columns,
    checks=_IN_ORDER,
)

MART_MODERATION__SCHOOL = Table(
    name="mart_moderation__school",
    grain="One row per closed round and school with three raters or more and 15 pupils: how it differed from others.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "round_name"),
    columns=(
        v.SCHOOL_URN,
        *_ROUND,
        _DATED,
        counted("rated_count", "Pupils that the school and another rated.", Unit.PUPILS, "hidden: small group").but(
            release=Count()
        ),
        *(column.but(null="hidden: small group", release=Rate("rated_count", is_of_people=False, decimals=1))
          for column in _DRIFT),
        v.HIDDEN_COLUMNS,
    ),
    checks=_IN_ORDER,
)  # fmt: skip

MART_MODERATION__ITEM = Table(
    name="mart_moderation__item",
    grain="One row per case of a closed round whose ratings lie two bands or more apart: to discuss, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("round_name", "case_number"),
    columns=(
        *(column.but(release=None) for column in _ROUND),
        CASE_NUMBER,
        v.SCHOOL_URN.but(meaning="School of the pupil.", release=None),
        v.PUPIL_KEY.but(null="rated on paper: not known"),
        v.SURNAME.but(null="rated on paper: not known"),
        v.FORENAME.but(null="rated on paper: not known"),
        counted("ratings_count", "Ratings of the case."),
        BAND_NUMBER.but(name="lowest_band_number", meaning="Lowest band given."),
        BAND_NUMBER.but(name="highest_band_number", meaning="Highest band given."),
        Column("bands_given", Kind.TEXT, "Every band given, in order."),
        DESCRIPTOR.but(name="widest_descriptor", meaning="Descriptor on which raters differ most.",
                       null="no criteria were recorded"),
    ),
    checks=(NotAbove("lowest_band_number", "highest_band_number"),),
)  # fmt: skip

MART_MODERATION__MATRIX = Table(
    name="mart_moderation__matrix",
    grain=CORE_MATRIX_CRITERIA.grain,
    sensitivity=Sensitivity.OPEN,
    key=CORE_MATRIX_CRITERIA.key,
    columns=CORE_MATRIX_CRITERIA.columns,
)

MART_MODERATION__SAMPLE = Table(
    name="mart_moderation__sample",
    grain="One row per case that the next round would be drawn with, and its pack: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("case_number",),
    columns=(
        ROUND_NUMBER.but(meaning="Number that the next round will have; the draw follows from it and the registers."),
        CASE_NUMBER,
        v.SCHOOL_URN.but(release=None),
        v.PUPIL_KEY,
        v.SEN_PROVISION.but(null=None),
        v.SEN_TYPE.but(null="no need recorded"),
        Column("year_band", Kind.TEXT, "Years of school that the pupil is in, as a band."),
        Column("need_codes", Kind.TEXT, "Types of need, the main one first; '' if none is recorded."),
        Column("score_strands", Kind.TEXT, "Latest scores by subject, oldest first; '' if none is recorded."),
        Column("support_given", Kind.TEXT, "Interventions of the last year; '' if none is recorded."),
    ),
)

TABLES = (
    MODEL_MODERATION__ROUND,
    MODEL_MODERATION__DRIFT,
    MART_MODERATION__ROUND,
    MART_MODERATION__SCHOOL,
    MART_MODERATION__DRIFT,
    MART_MODERATION__ITEM,
    MART_MODERATION__MATRIX,
    MART_MODERATION__SAMPLE,
)
