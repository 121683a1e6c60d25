"""Do the invoices and purchases of the ledger come to what the figures count? Line by line, and by school and year.

The marts are of the level PUPIL though no pupil is in them: they hold totals of single schools before disclosure
control, which governors must not see, and that level is the one that only the staff app can open.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf, SumsTo
from expectations.contract import Column, Kind, Sensitivity, Table, Unit
from expectations.tables.money import OF_A_TRUST_PENCE, money

COST_KIND = Column("cost_kind", Kind.TEXT, "Resource or agency.", checks=(OneOf(("RESOURCE", "AGENCY")),))
DIFFERENCES = (
    ("set_aside", "Lines set aside because a value cannot be used."),
    ("duplicate", "Lines set aside because the same invoice or purchase stands twice."),
    ("unknown_school", "Lines for a school that is not the trust's."),
    ("later", "Lines dated after the date of the data."),
    ("other_year", "Lines whose accounts are of another year than their date: plus in the one, minus in the other."),
)
"""Why the ledger and the figures differ, as columns ``<reason>_pence``."""
RULES = (
    "SET_ASIDE", "DUPLICATE", "UNKNOWN_SCHOOL", "LATER", "OTHER_YEAR", "UNKNOWN_PLAN", "UNKNOWN_GROUP", "MAY_BE_TWICE",
    "UNKNOWN_BAND", "BAND_AMOUNT",
)  # fmt: skip
"""What is told of a line. Those after OTHER_YEAR make no difference: the amount counts, and a person should look."""


def _signed(name: str, meaning: str, null: str | None = None) -> Column:
    return Column(name, Kind.MONEY, meaning, unit=Unit.PENCE, null=null)


_FINDING = Column("rule", Kind.TEXT, "Stable code of what was found.", null="nothing to tell", checks=(OneOf(RULES),))
_LINE = (
    v.FILE_NAME,
    v.SHEET.but(null=None, meaning="Sheet of a workbook; '' for a text file."),
    v.ROW_NUMBER,
    v.SCHOOL_URN.but(meaning="The school the money is for; TRUST where it is none of ours or cannot be read."),
)

MODEL_MONEY__LEDGER = Table(
    name="model_money__ledger",
    grain="One row per purchase or invoice line as delivered, taken or not: what it comes to and where it counts.",
    sensitivity=Sensitivity.INTERNAL,
    key=("delivery_key", "file_name", "sheet", "row_number"),
    columns=(
        v.DELIVERY_KEY,
        *_LINE,
        COST_KIND,
        v.FINANCIAL_YEAR.but(meaning="Year of the accounts: as stated, else of the date, else of the data date."),
        _signed("amount_pence", "Amount as written; below nothing for a credit.", "cannot be read"),
        Column(
            "counted_year",
            Kind.INTEGER,
            "Financial year in which the figures count it.",
            null="not counted",
            checks=(Between(2000, 2045),),
        ),
        _FINDING,
    ),
)

MODEL_MONEY__RECONCILIATION = Table(
    name="model_money__reconciliation",
    grain="One row per school (and the trust), financial year and kind of cost: the ledger against what is counted.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "financial_year", "cost_kind"),
    checks=(
        SumsTo("difference_pence", (*(f"{name}_pence" for name, _ in DIFFERENCES), "unexplained_pence")),
        SumsTo("ledger_pence", ("counted_pence", "difference_pence")),
    ),
    columns=(
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        COST_KIND,
        _signed("ledger_pence", "All lines of the ledger that can be read."),
        money(
            "counted_pence",
            "What the cost figures count: for plans, for groups, for the school.",
            None,
            high=OF_A_TRUST_PENCE,
        ),
        _signed("difference_pence", "Ledger less counted."),
        Column(
            "difference_rate",
            Kind.NUMBER,
            "Difference, without its sign, as a share of the ledger.",
            unit=Unit.RATE,
            null="nothing in the ledger",
            checks=(Between(0, None),),
        ),
        Column("is_within_limit", Kind.BOOLEAN, "The difference is 2% of the ledger or less."),
        *(_signed(f"{name}_pence", meaning) for name, meaning in DIFFERENCES),
        _signed("unexplained_pence", "What none of these reasons explains: a fault of ours."),
        Column(
            "unreadable_rows_count",
            Kind.INTEGER,
            "Lines without a readable amount: in neither sum.",
            unit=Unit.ROWS,
            checks=(Between(0, None),),
        ),
    ),
)

MART_MONEY__RECONCILIATION = Table(
    name="mart_money__reconciliation",
    grain="One row per school (and the trust), financial year and kind of cost; staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=MODEL_MONEY__RECONCILIATION.key,
    columns=MODEL_MONEY__RECONCILIATION.columns,
)

MART_MONEY__FINDINGS = Table(
    name="mart_money__findings",
    grain="One row per line of the money workbook that a person should look at; staff app only. No plan, no pupil.",
    sensitivity=Sensitivity.PUPIL,
    key=("file_name", "sheet", "row_number", "rule"),
    columns=(
        *_LINE,
        v.FINANCIAL_YEAR,
        _FINDING.but(null=None),
        _signed("amount_pence", "Amount as written.", "cannot be read"),
        _signed("expected_pence", "Amount that the settings give for the band.", "not about a band with an amount"),
    ),
)

TABLES = (
    MODEL_MONEY__LEDGER,
    MODEL_MONEY__RECONCILIATION,
    MART_MONEY__RECONCILIATION,
    MART_MONEY__FINDINGS,
)
