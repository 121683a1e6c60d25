"""The one ladder: small-step records, how codes stand on it, where each pupil stands and stood a year before.

From the engagement model through the pre-key-stage standards and schools' own small steps to age-related. A place on
it is for putting codes in order. Two places are never subtracted from each other: the steps are not of one size.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit
from expectations.tables.engagement import CORE_ENGAGEMENT

RUNGS = ("EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS")
"""In order; seeds/reference/pre_key_stage.csv labels them (a test compares the two)."""
BELOW_AGE = RUNGS[:7]
"""Fixed standards, the same at any age: who takes no step is held. From WTS on the standard grows with the child."""
LADDER_SUBJECTS = ("Reading", "Writing", "Mathematics")
PATHWAYS = ("Multi-sensory", "Engagement", "Progression", "Functional")
PLACINGS = ("PLACED", "BELOW_ONLY", "NO_JUDGEMENT", "UNKNOWN_CODE", "OTHER_SCALE", "TEST_ONLY")
CODE_PLACINGS = PLACINGS[:3]
STANDINGS = ("PLACED", "UNPLACED", "NOT_RECORDED", "TOO_YOUNG")
MOVEMENTS = ("UP", "HELD", "DOWN", "NOTHING_BEFORE", "OTHER_SYSTEM")
STARTS = ("Engagement model to PK2", "PK3 and PK4", "PK5 and PK6", "Age-related")
NEED_GROUPS = (
    "Autistic spectrum disorder",
    "Speech, language and communication",
    "Social, emotional and mental health",
    "Specific learning difficulty",
    "Moderate learning difficulty",
    "Severe or profound learning difficulty",
    "Sensory or physical",
    "Other, or not recorded",
)
"""Types of need, the small ones together: few enough groups that most of them can be shown."""
NO_SEN = "No SEN"

_FRAMEWORK = Column(
    "framework",
    Kind.TEXT,
    "The school's list of small steps, by its name; reference data say where each step stands on the ladder.",
    headers=("Framework", "Steps Framework"),
)
_STEP_CODE = Column("step_code", Kind.TEXT, "The step, as the framework writes it.", headers=("Step", "Step Reached"))
_RECORDED_DATE = v.START_DATE.but(
    name="recorded_date", meaning="Day the step was recorded.", headers=("Date Recorded", "Recorded On")
)
_PATHWAY = Column(
    "pathway",
    Kind.TEXT,
    "The pupil's pathway in a special school.",
    null="no pathway, or not recorded",
    checks=(OneOf(PATHWAYS),),
    on_bad=OnBad.FLAG,
    headers=("Pathway", "Curriculum Pathway"),
)
_STEP = (v.SUBJECT.but(meaning="Subject of the step."), _FRAMEWORK, _STEP_CODE, _RECORDED_DATE, _PATHWAY)

RAW_SMALL_STEPS__RECORDS = Table(
    name="raw_small_steps__records",
    grain="One row per pupil, subject and day of a small step in the school's own record.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "small_steps",
        "records",
        "Small steps",
        ("framework", "step_code", "recorded_date"),
        natural_key=("school_urn", "pupil_key", "subject", "framework", "recorded_date"),
        sheet="Small steps",
        templated=True,
    ),
    columns=(*v.PROVENANCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, *_STEP),
)

CORE_SMALL_STEPS = Table(
    name="core_small_steps",
    grain="One row per pupil, school, subject, framework and day of a recorded small step.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "subject", "framework", "recorded_date"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, *_STEP),
)

_SYSTEM = Column(
    "ladder_system",
    Kind.TEXT,
    "STATUTORY (engagement model, pre-key-stage and end of key stage codes), BANDS, POINTS, TEST, or the name of a "
    "school's own small steps.",
)
_RUNG = Column("ladder_rung", Kind.TEXT, "Rung of the one ladder.", null="has no place on it", checks=(OneOf(RUNGS),))
_STEP_NUMBER = Column(
    "ladder_step",
    Kind.INTEGER,
    "Small steps taken within the rung, in the school's own order; 0 where the system has none.",
    null="has no place on it",
    checks=(Between(0, 99),),
)
_RUNG_NUMBER = Column(
    "ladder_rung_number",
    Kind.INTEGER,
    "Place of the rung, the engagement model 0: for order alone, never for sums.",
    null="has no place on it",
    checks=(Between(0, len(RUNGS) - 1),),
)

CORE_LADDER_CODES = Table(
    name="core_ladder_codes",
    grain="One row per system, code and first day: where the code stands on the ladder while that version holds.",
    sensitivity=Sensitivity.OPEN,
    key=("ladder_system", "mark_code", "valid_from_date"),
    columns=(
        _SYSTEM,
        Column("mark_code", Kind.TEXT, "The code in capitals."),
        v.START_DATE.but(name="valid_from_date", meaning="First day on which the code means this."),
        v.END_DATE.but(name="valid_until_date", meaning="Last day on which it does.", null="it still does"),
        Column(
            "code_placing",
            Kind.TEXT,
            "PLACED on a rung; BELOW_ONLY: below age-related, nobody can say where; NO_JUDGEMENT: absent and the like.",
            checks=(OneOf(CODE_PLACINGS),),
        ),
        _RUNG,
        _RUNG_NUMBER,
        _STEP_NUMBER,
    ),
)

_MARK = Column("mark", Kind.TEXT, "The result as recorded.")
_ASSESSED = v.START_DATE.but(name="assessed_date", meaning="Day of the record.")

MODEL_PROGRESS__MARKS = Table(
    name="model_progress__marks",
    grain="One row per pupil, subject, record and day up to the data date: where the mark stands on the ladder.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "subject", "assessment_name", "ladder_system", "assessed_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SUBJECT.but(meaning="Reading, Writing or Mathematics.", checks=(OneOf(LADDER_SUBJECTS),)),
        v.ASSESSMENT_NAME,
        _SYSTEM,
        _ASSESSED,
        _MARK,
        Column("placing", Kind.TEXT, "Whether the mark has a place, and why not.", checks=(OneOf(PLACINGS),)),
        _RUNG,
        _RUNG_NUMBER,
        _STEP_NUMBER,
    ),
)

_NOW = (
    Column(
        "ladder_standing",
        Kind.TEXT,
        "PLACED on the ladder; UNPLACED: recorded in a way that has no place on it; NOT_RECORDED in the last 365 days; "
        "TOO_YOUNG: reception or nursery.",
        checks=(OneOf(STANDINGS),),
    ),
    Column(
        "unplaced_reason",
        Kind.TEXT,
        "Why a recorded pupil has no place.",
        null="has a place, or is not recorded",
        checks=(OneOf(PLACINGS[1:]),),
    ),
    _SYSTEM.but(null="not recorded"),
    _MARK.but(null="not recorded"),
    _ASSESSED.but(null="not recorded"),
    _RUNG,
    _RUNG_NUMBER,
    _STEP_NUMBER,
    v.START_DATE.but(
        name="reached_date",
        meaning="First day on record at this place or further, in the same system.",
        null="has no place on the ladder",
    ),
    Column("earlier_mark", Kind.TEXT, "The mark about a year before.", null="none to compare with"),
    _ASSESSED.but(name="earlier_date", meaning="Its day, 300 to 420 days before.", null="none to compare with"),
    _RUNG.but(name="earlier_rung", meaning="Rung about a year before: the starting point.", null="none to compare"),
    Column(
        "movement",
        Kind.TEXT,
        "The rung against the one about a year before, in the same system: UP, HELD or DOWN; NOTHING_BEFORE, or "
        "OTHER_SYSTEM where only another system was in use.",
        null="has no place on the ladder",
        checks=(OneOf(MOVEMENTS),),
    ),
    Column(
        "is_further_within_rung",
        Kind.BOOLEAN,
        "Held on the rung, and a small step further within it: only a record of small steps can show that.",
        null="not compared with a year before",
    ),
    Column(
        "unknown_mark",
        Kind.TEXT,
        "Latest code of the last 365 days that the list of the ladder does not know: told, never guessed.",
        null="none",
    ),
)

MODEL_PROGRESS__PUPILS = Table(
    name="model_progress__pupils",
    grain="One row per pupil on roll with SEN support or a plan, and subject: the place now and a year before.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "subject"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SUBJECT.but(meaning="Reading, Writing or Mathematics.", checks=(OneOf(LADDER_SUBJECTS),)),
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None),
        v.SEN_TYPE.but(null="no need recorded"),
        _PATHWAY,
        *_NOW,
    ),
)

_VALUE = Column("score", Kind.NUMBER, "The latest value, on the test's own scale.")
MODEL_PROGRESS__SITTINGS = Table(
    name="model_progress__sittings",
    grain="One row per pupil on roll and assessment with a value in the last 365 days: that, and one before it.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "assessment_name", "subject", "scale"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SEN_PROVISION.but(null=None),
        v.SEN_TYPE.but(null="no need recorded"),
        v.ASSESSMENT_NAME,
        v.SUBJECT,
        Column(
            "scale",
            Kind.TEXT,
            "What kind of figure it is; STEPS: a school's own small steps in the order of the ladder.",
            checks=(OneOf((*v.SCALES, "STEPS")),),
        ),
        _VALUE,
        _ASSESSED,
        Column(
            "earlier_score", Kind.NUMBER, "The value at the sitting before, 84 days or more.", null="no such sitting"
        ),
        _ASSESSED.but(name="earlier_date", meaning="Day of the sitting before.", null="no such sitting"),
        Column("lowest_score", Kind.NUMBER, "Lowest value that anybody has ever been given, or that the scale has."),
        Column("highest_score", Kind.NUMBER, "Highest value that anybody has been given, or that the scale has."),
    ),
)

MODEL_PROGRESS__YEAR_6 = Table(
    name="model_progress__year_6",
    grain="One row per pupil with SEN in year 6 in one of the last three whole years, judged in all three subjects.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "academic_year"),
    columns=(
        v.PUPIL_KEY,
        v.ACADEMIC_YEAR,
        v.SCHOOL_URN,
        v.SEN_PROVISION.but(null=None),
        Column("is_expected", Kind.BOOLEAN, "Judged at the expected standard or above in all three subjects."),
        Column(
            "has_kept_pace",
            Kind.BOOLEAN,
            "In each subject at least on the rung of about two years before.",
            null="a subject has nothing to compare with in the same system",
        ),
    ),
)

_WHO = (v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR)
FITS = ("FITS", "AT_THE_FLOOR", "NO_STEPS", "UNKNOWN_CODE", "NOT_RECORDED", "TOO_YOUNG")

MART_PROGRESS__PUPIL = Table(
    name="mart_progress__pupil",
    grain="One row per pupil on roll with SEN and subject: the place on the ladder, by name; staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "subject"),
    columns=(
        *_WHO,
        v.SUBJECT.but(meaning="Reading, Writing or Mathematics."),
        v.SEN_PROVISION.but(null=None),
        v.SEN_TYPE.but(null="no need recorded"),
        _PATHWAY,
        *_NOW,
        Column(
            "floor_assessment",
            Kind.TEXT,
            "A test in the subject in which the pupil has the lowest value there is.",
            null="none",
        ),
        Column(
            "system_fit",
            Kind.TEXT,
            "Whether what the school uses can show the pupil's steps, and if not, why.",
            checks=(OneOf(FITS),),
        ),
    ),
)

MART_PROGRESS__EVIDENCE = Table(
    name="mart_progress__evidence",
    grain="One row per pupil on roll, day and area of the engagement profile: dated evidence by name, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "observed_date", "engagement_area"),
    columns=(*_WHO, *CORE_ENGAGEMENT.columns[2:]),
)


def _people(name: str, meaning: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.PUPILS, checks=(Between(0, None),))


MART_PROGRESS__SYSTEM = Table(
    name="mart_progress__system",
    grain="One row per school, subject and system in use for pupils with SEN: for the SEND lead, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "subject", "ladder_system"),
    columns=(
        v.SCHOOL_URN,
        v.SUBJECT.but(meaning="Reading, Writing or Mathematics."),
        _SYSTEM.but(meaning="System that the pupils' latest record is in; NONE: nothing in 365 days."),
        _people("recorded_pupils_count", "Pupils with SEN from year 1 on whose latest record is in it."),
        _people("placed_pupils_count", "Of these, with a place on the ladder."),
        _people("below_only_pupils_count", "Of these, recorded as below, nobody can say where."),
        _people("unknown_code_pupils_count", "Of these, with a code in the last 365 days that the list does not know."),
        _people("at_floor_pupils_count", "Of these, with the lowest value there is in a test of the subject."),
    ),
)

TABLES = (
    RAW_SMALL_STEPS__RECORDS,
    CORE_SMALL_STEPS,
    CORE_LADDER_CODES,
    MODEL_PROGRESS__MARKS,
    MODEL_PROGRESS__PUPILS,
    MODEL_PROGRESS__SITTINGS,
    MODEL_PROGRESS__YEAR_6,
    MART_PROGRESS__PUPIL,
    MART_PROGRESS__EVIDENCE,
    MART_PROGRESS__SYSTEM,
)
