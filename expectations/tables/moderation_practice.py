"""The audit of moderation: questions on how schools moderate, by version, and each school's answers side by side."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotBefore, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit

PRACTICE_STANDINGS = ("ALIKE", "COMMON", "DIFFERENT", "NOT_ANSWERED", "NOT_OFFERED")
"""As every other school; as the most schools; otherwise; no answer to this version of the question; an answer that the
question does not offer."""
POLICY_STANDINGS = ("MEETS", "GAP", "NO_POLICY", "NOT_ANSWERED")

QUESTION_CODE = Column(
    "question_code",
    Kind.TEXT,
    "Code of the question.",
    checks=(Matches(r"[A-Z0-9.\-]{1,12}", "up to twelve capitals, digits, points and hyphens"),),
    headers=("Question Code", "Code"),
)
QUESTION_VERSION = Column(
    "question_version",
    Kind.INTEGER,
    "Version of the question: an answer belongs to one.",
    checks=(Between(1, 99),),
    headers=("Question Version", "Version"),
)
_QUESTION = Column("practice_question", Kind.TEXT, "The question.", headers=("Question on Practice", "Question"))
_OFFERED = Column(
    "answers_offered", Kind.TEXT, "Answers to choose from, apart by semicolons.", headers=("Answers Offered", "Options")
)  # fmt: skip
_POLICY = Column(
    "policy_answer",
    Kind.TEXT,
    "The answer that the trust's policy asks for.",
    null="the trust has no policy on it",
    headers=("Trust Policy", "Policy Answer"),
)
_FROM = v.START_DATE.but(meaning="First day on which it is asked so.", headers=("Asked From", "From"))
_TO = v.END_DATE.but(
    meaning="Last day on which it is asked so.", null="still asked", on_bad=OnBad.FLAG, headers=("Asked To", "To")
)
ANSWERED_DATE = v.START_DATE.but(
    name="answered_date", meaning="Day of the answer.", headers=("Answered On", "Date of Answer")
)  # fmt: skip
PRACTICE_ANSWER = Column("practice_answer", Kind.TEXT, "The school's answer.", headers=("Answer", "School's Answer"))

RAW_REGISTERS__PRACTICE_QUESTIONS = Table(
    name="raw_registers__practice_questions",
    grain="One row per question on how schools moderate, and version of it.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "practice_questions",
        "Trust registers: questions on moderation",
        ("question_code", "practice_question", "answers_offered"),
        natural_key=("question_version", "question_code"),
        sheet="Moderation questions",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, QUESTION_CODE, QUESTION_VERSION, _QUESTION, _OFFERED, _POLICY, _FROM, _TO),
    checks=(NotBefore("end_date", "start_date"),),
)

RAW_REGISTERS__PRACTICE_ANSWERS = Table(
    name="raw_registers__practice_answers",
    grain="One row per school, question on how it moderates, and day of the answer.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "practice_answers",
        "Trust registers: schools' answers on moderation",
        ("question_code", "practice_answer", "answered_date"),
        natural_key=("answer_school_urn", "question_code", "question_version", "answered_date"),
        parent="raw_registers__practice_questions",
        parent_key=("question_version", "question_code"),  # a row that is missing is told by the code
        sheet="Moderation answers",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        Column(
            "answer_school_urn", Kind.TEXT, "URN of the school.", checks=(Matches(r"[0-9]{6}", "a six-digit URN"),),
            headers=("URN", "School URN"),
        ),
        QUESTION_CODE,
        QUESTION_VERSION,
        ANSWERED_DATE,
        PRACTICE_ANSWER,
    ),
)  # fmt: skip

MART_MODERATION__PRACTICE = Table(
    name="mart_moderation__practice",
    grain="One row per school of the trust and question on moderation that is asked now.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn", "question_code"),
    columns=(
        v.SCHOOL_URN,
        QUESTION_CODE,
        QUESTION_VERSION,
        _QUESTION,
        PRACTICE_ANSWER.but(null="not answered in this version, or not one of those offered"),
        ANSWERED_DATE.but(null="not answered in this version"),
        Column(
            "common_answer", Kind.TEXT, "The answer of most schools.",
            null="no answer offered was given, or two are as common",
        ),
        Column(
            "common_schools_count", Kind.INTEGER, "Schools that gave the commonest answer.", unit=Unit.SCHOOLS,
            checks=(Between(0, None),),
        ),
        Column(
            "answered_schools_count", Kind.INTEGER, "Schools that gave an answer that is offered.", unit=Unit.SCHOOLS,
            checks=(Between(0, None),),
        ),
        _POLICY,
        Column("practice_standing", Kind.TEXT, "Same or different.", checks=(OneOf(PRACTICE_STANDINGS),)),
        Column("policy_standing", Kind.TEXT, "Against the trust's policy.", checks=(OneOf(POLICY_STANDINGS),)),
        Column(
            "policy_gaps_count", Kind.INTEGER, "Questions on which the school differs from the trust's policy.",
            checks=(Between(0, None),),
        ),
    ),
)  # fmt: skip

TABLES = (RAW_REGISTERS__PRACTICE_QUESTIONS, RAW_REGISTERS__PRACTICE_ANSWERS, MART_MODERATION__PRACTICE)
