"""Columns and code lists that two or more tables share: same name, same meaning.

Only shared columns belong here; a column of one table lives beside its table in ``tables/<noun>.py``.
Code lists are facts of the field (School Census, SEND Code of Practice 2015, NCCIS, Insight); their labels
are rows in ``seeds/reference``.
"""

from __future__ import annotations

import datetime as dt

from expectations.checks import Between, DateBetween, Matches, OneOf, ValidUpn
from expectations.contract import Column, Header, Kind, Label, OnBad, Unit

TRUST = "TRUST"
"""Stands in ``school_urn`` for the trust as a whole."""

SEN_PROVISIONS = ("N", "K", "E")
SEN_PROVISIONS_WITH_HISTORY = (*SEN_PROVISIONS, "S", "A", "P")
SEN_TYPES = ("SPLD", "MLD", "SLD", "PMLD", "SEMH", "SLCN", "HI", "VI", "MSI", "PD", "ASD", "DS", "OTH", "NSA", "BESD")
AREAS_OF_NEED = (
    "Communication and interaction",
    "Cognition and learning",
    "Social, emotional and mental health",
    "Sensory and/or physical needs",
    "Uncategorised",
)
NC_YEARS = ("E1", "E2", "N1", "N2", "R", *(str(year) for year in range(1, 15)), "X", "M")
HALF_TERMS = ("Entry", "Autumn1", "Autumn2", "Spring1", "Spring2", "Summer1", "Summer2")
CENSUS_TERMS = ("AUT", "SPR", "SUM")
SUBJECTS = ("Reading", "Writing", "Mathematics", "Spelling", "Language", "Wellbeing", "Engagement")
SCALES = ("STANDARDISED", "AGE", "POINTS", "BAND", "PRE_KEY_STAGE", "ENGAGEMENT")
STAFF_GRADES = ("TA2", "TA3", "HLTA", "Teacher", "SENCO", "Specialist teacher", "Therapist")
OUTCOME_STATUSES = ("Met", "Not met", "On track", "Off track", "No evidence")
PREPARATION_AREAS = ("Employment", "Independent living", "Community participation", "Health")
"""The four areas of preparation for adulthood; employment includes education (SEND Code of Practice, chapter 8)."""
REVIEW_DECISIONS = ("Keep", "Amend", "Cease")
"""What an authority may decide after an annual review (SEND Regulations 2014, regulation 20)."""
SEXES = ("F", "M", "U")

OLDEST_BIRTH = dt.date(1995, 1, 1)
NEWEST_DATE = dt.date(2045, 12, 31)
A_DATE = DateBetween(dt.date(2000, 1, 1), NEWEST_DATE)

# Provenance: landing adds these to every raw row, so that each row can be traced and mended.
DELIVERY_KEY = Column("delivery_key", Kind.TEXT, "The delivery that brought the row: first 16 digits of its SHA-256.")
SCHOOL_URN = Column(
    "school_urn",
    Kind.TEXT,
    "The school's URN, six digits; TRUST for the trust as a whole.",
    release=Label(),
    checks=(Matches(r"[0-9]{6}|TRUST", "a six-digit URN"),),
)
PERIOD = Column("period", Kind.TEXT, "What the delivery replaces: an academic year, a census, or 'all'.")
FILE_NAME = Column("file_name", Kind.TEXT, "Name of the delivered file, with the member's name for an archive.")
SHEET = Column("sheet", Kind.TEXT, "Sheet of a workbook.", null="not a workbook")
ROW_NUMBER = Column("row_number", Kind.INTEGER, "Row number in the file as a person sees it, from 1.")
PROVENANCE = (DELIVERY_KEY, SCHOOL_URN, PERIOD, FILE_NAME, SHEET, ROW_NUMBER)

# A child, as delivered.
UPN = Column(
    "upn",
    Kind.TEXT,
    "Unique Pupil Number, permanent or temporary.",
    null="the file does not give it",
    personal=True,
    checks=(ValidUpn(),),
    headers=("UPN", "Unique Pupil Number", "UniquePupilNumber"),
)
FORMER_UPN = Column(
    "former_upn",
    Kind.TEXT,
    "UPN the pupil had before.",
    null="none known",
    personal=True,
    on_bad=OnBad.FLAG,
    checks=(ValidUpn(),),
    headers=("Former UPN", "FormerUPN"),
)
MIS_ID = Column(
    "mis_id",
    Kind.TEXT,
    "The school's own pupil number in its management information system.",
    null="the file does not give it",
    personal=True,
    headers=("MIS ID", "Adno", "Admission Number", "MIS Id"),
)
SURNAME = Column(
    "surname",
    Kind.TEXT,
    "Family name.",
    null="the file does not give it",
    personal=True,
    headers=("Surname", "Last Name", "Legal Surname", "Family Name"),
)
FORENAME = Column(
    "forename",
    Kind.TEXT,
    "Given name.",
    null="the file does not give it",
    personal=True,
    headers=("Forename", "First Name", "Legal Forename", "Given Name"),
)
BIRTH_DATE = Column(
    "birth_date",
    Kind.DATE,
    "Date of birth.",
    null="the file does not give it",
    personal=True,
    checks=(DateBetween(OLDEST_BIRTH, NEWEST_DATE),),
    headers=("Date of Birth", "DOB", "Birth Date", "D.O.B."),
)
SEX = Column(
    "sex",
    Kind.TEXT,
    "Sex as recorded: F, M or U.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(OneOf(SEXES),),
    headers=("Sex", Header("Gender", "renamed Sex in the School Census", until=2023)),
)
NC_YEAR = Column(
    "nc_year",
    Kind.TEXT,
    "National curriculum year: N1 … R, 1 … 14.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(OneOf(NC_YEARS),),
    headers=("Year Group", "NC Year", "NCyearActual", "Year"),
)
SEN_PROVISION = Column(
    "sen_provision",
    Kind.TEXT,
    "SEN provision: N none, K SEN support, E education, health and care plan.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(OneOf(SEN_PROVISIONS_WITH_HISTORY),),
    headers=("SEN Status", "SENprovision", "SEN Provision", "SEN", "Stage", "SEN Stage"),
)
SEN_TYPE = Column(
    "sen_type",
    Kind.TEXT,
    "SEN type (need) code of the School Census.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    checks=(OneOf(SEN_TYPES),),
    headers=("Primary Need", "SENtype", "SEN Type", "Primary SEN Type", "Main Need"),
)
PUPIL_COLUMNS = (UPN, MIS_ID, SURNAME, FORENAME, BIRTH_DATE)

# A child, inside: the pseudonym.
PUPIL_KEY = Column(
    "pupil_key",
    Kind.TEXT,
    "Pseudonym of one person across schools and years: keyed HMAC, 20 characters.",
    checks=(Matches(r"[0-9a-f]{20}", "a pupil key"),),
)

# Time.
ACADEMIC_YEAR = Column(
    "academic_year",
    Kind.INTEGER,
    "Academic year by the calendar year it starts in: 2025 is 2025/26.",
    release=Label(),
    checks=(Between(2010, 2045),),
    headers=("Academic Year", "academicYear", "AcademicYear"),
)
HALF_TERM = Column(
    "half_term",
    Kind.TEXT,
    "Half-term: Entry (baseline, start of autumn 1), Autumn1 … Summer2.",
    release=Label(),
    checks=(OneOf(HALF_TERMS),),
    headers=("Term", "Half Term", "Half-term"),
)
FINANCIAL_YEAR = Column(
    "financial_year",
    Kind.INTEGER,
    "Academy financial year (September to August) by the year it starts in.",
    release=Label(),
    checks=(Between(2010, 2045),),
    headers=("Financial Year", "Funding Year"),
)
START_DATE = Column("start_date", Kind.DATE, "First day.", checks=(A_DATE,), headers=("Start Date", "Start", "From"))
END_DATE = Column(
    "end_date", Kind.DATE, "Last day.", null="still open", checks=(A_DATE,), headers=("End Date", "End", "To")
)

# Interventions.
INTERVENTION_NAME = Column(
    "intervention_name",
    Kind.TEXT,
    "The intervention's name.",
    release=Label(),
    headers=("Intervention", "Provision", "Provision Type", "Provision Name", "Title"),
)
AREA_OF_NEED = Column(
    "area_of_need",
    Kind.TEXT,
    "Broad area of need (SEND Code of Practice 2015).",
    null="not stated",
    release=Label(),
    on_bad=OnBad.FLAG,
    checks=(OneOf(AREAS_OF_NEED),),
    headers=("Area of Need", "SEND Broad Area", "Area of Concern"),
)
SUBJECT = Column("subject", Kind.TEXT, "Subject of the test.", release=Label(), headers=("Subject", "Subjects"))
ASSESSMENT_NAME = Column(
    "assessment_name",
    Kind.TEXT,
    "Name of the assessment, as the school's tracker has it.",
    release=Label(),
    headers=("Assessment", "Assessment Name", "Linked Assessment", "Name"),
)
STAFF_GRADE = Column(
    "staff_grade",
    Kind.TEXT,
    "Pay grade of the adult; never a person.",
    checks=(OneOf(STAFF_GRADES),),
    headers=("Staff Grade", "Grade", "Led By (Grade)", "Delivered By"),
)
GROUP_SIZE = Column(
    "group_size_count",
    Kind.INTEGER,
    "Pupils who share one adult's time.",
    unit=Unit.PUPILS,
    checks=(Between(1, 40),),
    headers=("Group Size", "Number in Group"),
)
PLANNED_SESSIONS = Column(
    "planned_sessions_count",
    Kind.INTEGER,
    "Sessions planned over the whole date range.",
    unit=Unit.SESSIONS,
    checks=(Between(0, 1000),),
    headers=("Sessions Planned", "Planned Sessions", "Sessions"),
)
SESSION_MINUTES = Column(
    "session_minutes",
    Kind.INTEGER,
    "Length of one session.",
    unit=Unit.MINUTES,
    checks=(Between(1, 420),),
    headers=("Minutes per Session", "Session Length (mins)", "Minutes", "Time"),
)

# EHC plans.
PLAN_KEY = Column("plan_key", Kind.TEXT, "One EHC plan in one school: school URN and the school's plan reference.")
PLAN_REFERENCE = Column(
    "plan_reference",
    Kind.TEXT,
    "The school's own reference of the plan.",
    headers=("Plan Ref", "Plan Reference", "EHCP Ref"),
)

# Aggregate marts.
HIDDEN_COLUMNS = Column(
    "hidden_columns",
    Kind.TEXT,
    "Columns hidden in this row because the group is small, comma separated; '' if none.",
    release=Label(),
)

# Words of yes, no and nothing, and columns that are read in a way of their own.
TRUE_WORDS = ("yes", "y", "true", "t", "1", "1.0")
FALSE_WORDS = ("no", "n", "false", "f", "0", "0.0")
BLANK_WORDS = ("-", "--", "–", "—", "n/a", "na", "null", "none", "nil", "not known", "not recorded")
"""Mean "nothing" in a date, a number or a code; in a name or a free text they are kept: a surname may be Null."""
PERSON_NUMBERS = ("upn", "former_upn", "mis_id", "insight_pupil_id", "young_persons_id")
YEARS = ("academic_year", "financial_year")
"""Columns that hold a year which starts in September: 2025 may be written 2025/26."""
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
