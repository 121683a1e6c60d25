"""Moderation: the authority's matrix by version, rounds, cases and ratings, from the journal and the trust's workbook.

A case is a pupil of the sample without name, school or status; a rater is an adult, known by a code and a school.
What is published of it stands in ``moderation_marts.py``.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.banding import BAND_RULES
from expectations.checks import Between, Matches, NotBefore, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit

RATING_STATES = ("COUNTED", "OWN_SCHOOL", "NO_BAND", "OTHER_MATRIX", "OPEN_ROUND", "DECEASED")
"""Whether a rating counts, or why not: of an own pupil where the round forbids it, nothing ticked that the matrix
knows, another version than the round's, a round that is not closed yet, a pupil who has died."""
ROUND_SOURCES = ("JOURNAL", "WORKBOOK")
WHOLE_BAND = "ALL"
"""Stands in ``descriptor`` for the band itself."""


def _school(name: str, meaning: str, *headers: str) -> Column:
    return Column(name, Kind.TEXT, meaning, checks=(Matches(r"[0-9]{6}", "a six-digit URN"),), headers=headers)


def _number(name: str, meaning: str, low: int, high: int, *headers: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, checks=(Between(low, high),), headers=headers)


MATRIX_VERSION = Column(
    "matrix_version", Kind.TEXT, "Version of the authority's matrix.", headers=("Matrix Version", "Version of Matrix")
)
_TITLE = Column("matrix_title", Kind.TEXT, "Its name for people.", headers=("Matrix", "Name of Matrix"))
_RULE = Column(
    "band_rule",
    Kind.TEXT,
    "How the band follows: HIGHEST level of any descriptor, or the MIDDLE one of those with a level.",
    checks=(OneOf(BAND_RULES),),
    headers=("Band Rule", "Band Follows From"),
)
_FROM = v.START_DATE.but(meaning="First day on which the version is used.", headers=("From", "Used From"))
_TO = v.END_DATE.but(
    meaning="Last day on which it is used.", null="still used", on_bad=OnBad.FLAG, headers=("To", "Used To")
)
DESCRIPTOR = Column("descriptor", Kind.TEXT, "Part of the matrix.", headers=("Descriptor", "Strand"))
BAND_NUMBER = _number("band_number", "Band, 1 the lowest.", 1, 9, "Band", "Band Number")
_BAND_NAME = Column("band_name", Kind.TEXT, "The band's name.", headers=("Band Name", "Name of Band"))
_CODE = Column(
    "criterion_code",
    Kind.TEXT,
    "Code of the criterion, unlike any other of its version.",
    checks=(Matches(r"[A-Z0-9.\-]{1,12}", "up to twelve capitals, digits, points and hyphens"),),
    headers=("Criterion Code", "Code"),
)
_CRITERION = Column("criterion_text", Kind.TEXT, "What a rater ticks.", headers=("Criterion", "Wording"))
_VERSION = (MATRIX_VERSION, _TITLE, _RULE, _FROM, _TO)
_CRITERIA = (DESCRIPTOR, BAND_NUMBER, _BAND_NAME, _CODE, _CRITERION)

RAW_REGISTERS__MATRIX_VERSIONS = Table(
    name="raw_registers__matrix_versions",
    grain="One row per version of the authority's matrix.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "matrix_versions",
        "Trust registers: versions of the matrix",
        ("matrix_version", "band_rule"),
        natural_key=("matrix_version",),
        sheet="Matrix versions",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, *_VERSION),
    checks=(NotBefore("end_date", "start_date"),),
)

RAW_REGISTERS__MATRIX_CRITERIA = Table(
    name="raw_registers__matrix_criteria",
    grain="One row per version and criterion of the authority's matrix.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "matrix_criteria",
        "Trust registers: criteria of the matrix",
        ("matrix_version", "descriptor", "criterion_code"),
        natural_key=("matrix_version", "criterion_code"),
        parent="raw_registers__matrix_versions",
        parent_key=("matrix_version",),
        sheet="Matrix criteria",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, MATRIX_VERSION, *_CRITERIA),
)

ROUND_NAME = Column("round_name", Kind.TEXT, "The round of moderation.", headers=("Round", "Moderation Round"))
ROUND_DATE = v.START_DATE.but(
    name="round_date", meaning="Day on which the round was held, or opened.", headers=("Round Date", "Held On")
)
CASE_NUMBER = _number("case_number", "Number of the case in the round.", 1, 999, "Case", "Case Number")
RATER_SCHOOL_URN = _school("rater_school_urn", "School of the rater.", "Rater School URN", "School of Rater")
_CASE_SCHOOL = _school(
    "case_school_urn", "School of the pupil; no rater is told it.", "Pupil School URN", "School of Pupil"
)
_RATER_CODE = Column(
    "rater_code",
    Kind.TEXT,
    "Which of the school's raters: a number or letter, no name.",
    checks=(Matches(r"[A-Za-z0-9]{1,6}", "a number or letter, no name"),),
    headers=("Rater", "Rater Code"),
)
CRITERIA_TICKED = Column(
    "criteria_ticked",
    Kind.TEXT,
    "Codes of the criteria ticked, apart by semicolons; the band follows from them.",
    null="none recorded: the band as given counts",
    headers=("Criteria Ticked", "Criteria"),
)
_BAND_GIVEN = BAND_NUMBER.but(
    name="band_given_number",
    meaning="Band written down by hand; counts only where no criteria are recorded.",
    null="not written down",
    on_bad=OnBad.FLAG,
    headers=("Band Given", "Band Written Down"),
)

RAW_REGISTERS__MODERATION_MARKS = Table(
    name="raw_registers__moderation_marks",
    grain="One row per round, case and rater of a moderation held on paper.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "registers",
        "moderation_marks",
        "Trust registers: moderation marks",
        ("round_name", "case_number", "rater_school_urn"),
        natural_key=("round_name", "case_number", "rater_school_urn", "rater_code"),
        sheet="Moderation marks",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE, ROUND_NAME, ROUND_DATE, MATRIX_VERSION, CASE_NUMBER, _CASE_SCHOOL, RATER_SCHOOL_URN,
        _RATER_CODE, CRITERIA_TICKED, _BAND_GIVEN,
    ),
)  # fmt: skip

IS_EXAMPLE = Column("is_example", Kind.BOOLEAN, "The example that comes with Orchard, not an authority's text.")

CORE_MATRIX_CRITERIA = Table(
    name="core_matrix_criteria",
    grain="One row per version and criterion: the trust's own matrix, else the example.",
    sensitivity=Sensitivity.OPEN,
    key=("matrix_version", "criterion_code"),
    columns=(*_VERSION, *_CRITERIA, IS_EXAMPLE),
    checks=(NotBefore("end_date", "start_date"),),
)

ROUND_NUMBER = _number("round_number", "Number of the round in the journal.", 1, 100_000)
_OWN = Column("is_own_school_rated", Kind.BOOLEAN, "Raters rate pupils of their own school too: the design says so.")

CORE_JOURNAL_ROUNDS = Table(
    name="core_journal_rounds",
    grain="One row per round of moderation that the SEND lead opened in the staff app.",
    sensitivity=Sensitivity.OPEN,
    key=("round_number",),
    columns=(
        ROUND_NUMBER,
        ROUND_NAME,
        ROUND_DATE,
        v.END_DATE.but(name="closed_date", meaning="Day on which it was closed."),
        MATRIX_VERSION,
        _OWN,
    ),
)

CORE_JOURNAL_CASES = Table(
    name="core_journal_cases",
    grain="One row per round and case that was drawn in the staff app.",
    sensitivity=Sensitivity.PUPIL,
    key=("round_number", "case_number"),
    columns=(ROUND_NUMBER, CASE_NUMBER, v.SCHOOL_URN, v.PUPIL_KEY),
)

RATER_KEY = Column("rater_key", Kind.TEXT, "Pseudonym of one rater in one school.")

CORE_JOURNAL_RATINGS = Table(
    name="core_journal_ratings",
    grain="One row per round, case and rater in the staff app: the last rating counts.",
    sensitivity=Sensitivity.PUPIL,
    key=("round_number", "case_number", "rater_key"),
    columns=(
        ROUND_NUMBER,
        CASE_NUMBER,
        RATER_KEY,
        RATER_SCHOOL_URN,
        v.START_DATE.but(name="rated_date", meaning="Day of the rating."),
        CRITERIA_TICKED.but(null=None),
    ),
)

MODEL_MODERATION__RATINGS = Table(
    name="model_moderation__ratings",
    grain="One row per round, case and rater: the band that follows from what was ticked, and whether it counts.",
    sensitivity=Sensitivity.PUPIL,
    key=("round_name", "case_number", "rater_key"),
    columns=(
        ROUND_NAME,
        ROUND_DATE,
        Column("round_source", Kind.TEXT, "Where it was rated.", checks=(OneOf(ROUND_SOURCES),)),
        MATRIX_VERSION,
        CASE_NUMBER,
        v.SCHOOL_URN.but(meaning="School of the pupil."),
        v.PUPIL_KEY.but(null="rated on paper: not known"),
        RATER_KEY,
        RATER_SCHOOL_URN,
        CRITERIA_TICKED,
        BAND_NUMBER.but(null="nothing was ticked or written that the matrix knows"),
        Column("rating_state", Kind.TEXT, "Whether it counts, or why not.", checks=(OneOf(RATING_STATES),)),
    ),
)

MODEL_MODERATION__LEVELS = Table(
    name="model_moderation__levels",
    grain="One row per counted rating and descriptor, and one for the band: what the rater ticked comes to.",
    sensitivity=Sensitivity.PUPIL,
    key=("round_name", "case_number", "rater_key", "descriptor"),
    columns=(
        ROUND_NAME,
        ROUND_DATE,
        CASE_NUMBER,
        RATER_KEY,
        RATER_SCHOOL_URN,
        DESCRIPTOR.but(meaning=f"Descriptor; {WHOLE_BAND} for the band itself."),
        _number("level_number", "Level, 0 where nothing is ticked; of the band, the band.", 0, 9),
    ),
)


def bands(name: str, meaning: str, null: str | None = None) -> Column:
    """A number of bands, or a difference in them."""
    return Column(name, Kind.NUMBER, meaning, null=null, checks=(Between(-9, 9),))


def counted(name: str, meaning: str, unit: Unit | None = None, null: str | None = None) -> Column:
    """A whole number from nought."""
    return Column(name, Kind.INTEGER, meaning, unit=unit, null=null, checks=(Between(0, None),))


TABLES = (
    RAW_REGISTERS__MATRIX_VERSIONS,
    RAW_REGISTERS__MATRIX_CRITERIA,
    RAW_REGISTERS__MODERATION_MARKS,
    CORE_MATRIX_CRITERIA,
    CORE_JOURNAL_ROUNDS,
    CORE_JOURNAL_CASES,
    CORE_JOURNAL_RATINGS,
    MODEL_MODERATION__RATINGS,
    MODEL_MODERATION__LEVELS,
)
