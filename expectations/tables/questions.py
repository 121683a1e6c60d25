"""What to ask: exceptions with their question, worded from released figures only; and what describes a release."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Label, Sensitivity, Table, Worded

SUBJECTS = (
    "IMPACT", "DELIVERY", "VALUE_FOR_MONEY", "DESTINATIONS", "IDENTIFICATION", "INCLUSION", "PROGRESS", "EHC_PLANS",
    "LEADERSHIP", "DATA",
)  # fmt: skip
MOST_QUESTIONS = 8
"""Questions on a first page: a governor has twenty minutes (VIEWS 1). Pages on one subject list every one of theirs."""

MART_QUESTIONS__SCHOOL = Table(
    name="mart_questions__school",
    grain="One row per school (and the trust) and exception, most pressing first; codes that the app puts into words.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "question_rank"),
    columns=(
        v.SCHOOL_URN,
        Column(
            "question_rank",
            Kind.INTEGER,
            f"1 is the most pressing; first pages list those up to {MOST_QUESTIONS}.",
            checks=(Between(1, None),),
            release=Label(),
        ),
        Column("subject", Kind.TEXT, "What it is about.", checks=(OneOf(SUBJECTS),), release=Label()),
        Column(
            "trigger",
            Kind.TEXT,
            "Stable code of the trigger; dashboards/wording.py holds its sentence and question.",
            release=Worded(),
        ),
        Column(
            "about",
            Kind.TEXT,
            "Intervention, leaver stage or year that it is about.",
            null="the whole school",
            release=Label(),
        ),
        Column("figure_table", Kind.TEXT, "Mart that holds the figure.", release=Label()),
        Column("figure_column", Kind.TEXT, "Column of the figure.", release=Label()),
    ),
)

MART_RELEASE__ABOUT = Table(
    name="mart_release__about",
    grain="One row: what this release is.",
    sensitivity=Sensitivity.OPEN,
    columns=(
        Column("release_number", Kind.INTEGER, "Sequence number."),
        Column("data_date", Kind.DATE, "Date of the data."),
        Column(
            "figures_date",
            Kind.DATE,
            "Date of the oldest counts in it: a table is read once in a half-term, and that reading stands.",
            null="all are of the date of the data",
        ),
        Column("made_at", Kind.TEXT, "When it was made, UTC, ISO 8601."),
        Column("trust_name", Kind.TEXT, "The trust."),
        Column("is_sample", Kind.BOOLEAN, "Fictional sample data."),
        Column("code_version", Kind.TEXT, "Version of Orchard."),
    ),
)

MART_RELEASE__SCHOOLS = Table(
    name="mart_release__schools",
    grain="One row per school whose figures this file holds.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("school_name", Kind.TEXT, "The school's name."),
        Column("phase", Kind.TEXT, "Phase of education."),
        Column("is_special", Kind.BOOLEAN, "A special school."),
    ),
)

MART_RELEASE__METHODS = Table(
    name="mart_release__methods",
    grain="One row per method page.",
    sensitivity=Sensitivity.OPEN,
    key=("method",),
    columns=(Column("method", Kind.TEXT, "Subject."), Column("markdown", Kind.TEXT, "The page.")),
)

MART_RELEASE__PASSPORTS = Table(
    name="mart_release__passports",
    grain="One row per published column: its meaning.",
    sensitivity=Sensitivity.OPEN,
    key=("table_name", "column_name"),
    columns=(
        Column("table_name", Kind.TEXT, "Mart."),
        Column("column_name", Kind.TEXT, "Column."),
        Column("meaning", Kind.TEXT, "Meaning."),
        Column("unit", Kind.TEXT, "Unit.", null="no unit"),
        Column("blank_meaning", Kind.TEXT, "What a blank means.", null="never blank"),
        Column("grain", Kind.TEXT, "What a row is."),
    ),
)

MART_RELEASE__BENCHMARKS = Table(
    name="mart_release__benchmarks",
    grain="One row per published national or local figure, with its source.",
    sensitivity=Sensitivity.OPEN,
    key=("measure", "area", "period"),
    columns=(
        Column("measure", Kind.TEXT, "What is measured."),
        Column("area", Kind.TEXT, "Area."),
        Column("period", Kind.TEXT, "Period as published."),
        Column("value", Kind.NUMBER, "Value."),
        Column("unit", Kind.TEXT, "Unit as published."),
        Column("source", Kind.TEXT, "Source."),
    ),
)

TABLES = (
    MART_QUESTIONS__SCHOOL,
    MART_RELEASE__ABOUT,
    MART_RELEASE__SCHOOLS,
    MART_RELEASE__METHODS,
    MART_RELEASE__PASSPORTS,
    MART_RELEASE__BENCHMARKS,
)
