"""What the run and the field give: data date, half-terms, code tables, the trust's catalogue. No pupil anywhere."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Label, Sensitivity, Table, Unit

CORE_RUN = Table(
    name="core_run",
    grain="One row: the date that tonight's figures speak for.",
    sensitivity=Sensitivity.OPEN,
    key=("data_date",),
    columns=(
        Column("data_date", Kind.DATE, "The night's date, or the one the settings fix."),
        v.ACADEMIC_YEAR.but(meaning="Academic year of the data date."),
    ),
)

CORE_HALF_TERMS = Table(
    name="core_half_terms",
    grain="One row per academic year and half-term, with Entry standing for the start of autumn 1.",
    sensitivity=Sensitivity.OPEN,
    key=("academic_year", "half_term"),
    columns=(
        v.ACADEMIC_YEAR,
        v.HALF_TERM,
        v.START_DATE,
        v.END_DATE.but(null=None),
        v.START_DATE.but(name="middle_date", meaning="Stands for an undated assessment of the half-term."),
        Column("half_term_index", Kind.INTEGER, "Running number over all years: 7 a year, Entry first."),
    ),
)

OUTCOME_DOMAINS = (
    "Reading", "Writing", "Mathematics", "Language", "Attendance", "Behaviour", "Wellbeing", "Engagement", "Physical",
)  # fmt: skip
"""What an intervention is meant to change; estimates are pooled within one of these (METHODS A8)."""
OUTCOME_DOMAIN = Column(
    "outcome_domain",
    Kind.TEXT,
    "What the intervention is meant to change.",
    null="the linked test's subject stands for it",
    checks=(OneOf(OUTCOME_DOMAINS),),
    release=Label(),
)
EVIDENCE_STRAND = Column(
    "evidence_strand",
    Kind.TEXT,
    "Code of the outside evidence on interventions of this kind, as in seeds/reference/outside_evidence.csv.",
    null="none known",
    release=Label(),
)

CORE_INTERVENTION_CATALOGUE = Table(
    name="core_intervention_catalogue",
    grain="One row per name a school uses: the trust's name for it, in lower case without punctuation.",
    sensitivity=Sensitivity.PUPIL,  # a settled name is a school's free text
    key=("alias",),
    columns=(
        Column("alias", Kind.TEXT, "The school's name, folded: lower case, single spaces, no punctuation."),
        v.INTERVENTION_NAME,
        v.AREA_OF_NEED.but(null=None),
        Column("wave_number", Kind.INTEGER, "1 universal, 2 targeted, 3 specialist.", checks=(Between(1, 3),)),
        OUTCOME_DOMAIN,
        EVIDENCE_STRAND,
    ),
)

CORE_DESTINATION_CODES = Table(
    name="core_destination_codes",
    grain="One row per NCCIS or local destination code.",
    sensitivity=Sensitivity.OPEN,
    key=("destination_code",),
    columns=(
        Column("destination_code", Kind.TEXT, "Code."),
        Column("destination_label", Kind.TEXT, "Label."),
        Column("destination_category", Kind.TEXT, "Category."),
        Column(
            "is_positive",
            Kind.BOOLEAN,
            "Counts as in education, employment or training.",
            null="a person must decide: not counted as positive",
        ),
    ),
)

CORE_FUNDING_RULES = Table(
    name="core_funding_rules",
    grain="One row per academy financial year: the amounts that high-needs funding sets.",
    sensitivity=Sensitivity.OPEN,
    key=("financial_year",),
    columns=(
        v.FINANCIAL_YEAR,
        Column(
            "element_2_threshold_pence",
            Kind.MONEY,
            "Additional support that a mainstream school meets from its notional SEN budget, per pupil and year.",
            unit=Unit.PENCE,
            checks=(Between(0, 10_000_000),),
        ),
        Column(
            "place_funding_pence",
            Kind.MONEY,
            "Elements 1 and 2 of a special-school place, where the school's own place funding is not delivered.",
            unit=Unit.PENCE,
            checks=(Between(0, 10_000_000),),
        ),
        Column(
            "overhead_rate",
            Kind.NUMBER,
            "Overheads on top of pay, as a share of it; 0 unless the settings name one.",
            unit=Unit.RATE,
            checks=(Between(0, 1),),
        ),
    ),
)

CORE_FUNDING_BANDS = Table(
    name="core_funding_bands",
    grain="One row per band and academy financial year that the settings name: bands are local.",
    sensitivity=Sensitivity.OPEN,
    key=("funding_band", "financial_year"),
    columns=(
        Column("funding_band", Kind.TEXT, "Band, as the trust's money workbook writes it."),
        v.FINANCIAL_YEAR,
        Column(
            "top_up_pence",
            Kind.MONEY,
            "Element 3 of the band for a full year.",
            unit=Unit.PENCE,
            checks=(Between(0, 100_000_000),),
        ),
    ),
)

CORE_PUPIL_RECORDS = Table(
    name="core_pupil_records",
    grain="One row per row of a pupil list (Insight, register, census): the person it speaks of.",
    sensitivity=Sensitivity.PUPIL,
    key=("table_name", "delivery_key", "school_urn", "file_name", "row_number"),
    columns=(
        Column(
            "table_name",
            Kind.TEXT,
            "Clean table of the row.",
            checks=(OneOf(("clean_insight__pupils", "clean_send_register__pupils", "clean_school_census__pupils")),),
        ),
        v.DELIVERY_KEY,
        v.SCHOOL_URN,
        v.FILE_NAME,
        v.ROW_NUMBER,
        v.PUPIL_KEY,
    ),
)

TABLES = (
    CORE_RUN,
    CORE_HALF_TERMS,
    CORE_INTERVENTION_CATALOGUE,
    CORE_DESTINATION_CODES,
    CORE_FUNDING_RULES,
    CORE_FUNDING_BANDS,
    CORE_PUPIL_RECORDS,
)
