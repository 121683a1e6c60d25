"""What arrived last night: the ledger, quarantine, the "please mend" list and each school's data confidence."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf, SumsTo
from expectations.contract import Column, Kind, Label, Sensitivity, Table, Unit, Worded

DELIVERY_STATES = ("TAKEN", "HELD", "REFUSED", "DUPLICATE", "OLDER")
_ROWS: dict[str, Any] = {"unit": Unit.ROWS, "checks": (Between(0, None),)}
_FILES: dict[str, Any] = {"unit": Unit.FILES, "checks": (Between(0, None),)}
_SOURCE_LABEL = Column("source_label", Kind.TEXT, "What was delivered, in words.", null="not recognised")
_WHAT = Column("what", Kind.TEXT, "What is wrong; never a pupil's value.", null="nothing")
_NEXT_STEP = Column("next_step", Kind.TEXT, "What to do next.", null="nothing to do")
_RULE = Column("rule", Kind.TEXT, "Stable code of the rule.", null="nothing was wrong")

CORE_DELIVERIES = Table(
    name="core_deliveries",
    grain="One row per file taken, or lying in the drop folder and not taken: the ledger after landing.",
    sensitivity=Sensitivity.PUPIL,
    key=("delivery_key", "school_urn"),
    columns=(
        v.DELIVERY_KEY,
        v.SCHOOL_URN,
        v.FILE_NAME,
        _SOURCE_LABEL,
        Column("state", Kind.TEXT, "What became of it.", checks=(OneOf(DELIVERY_STATES),)),
        _RULE,
        _WHAT,
        _NEXT_STEP,
        Column("delivered_date", Kind.DATE, "Day the file was last changed by its sender."),
        Column("rows_count", Kind.INTEGER, "Rows read.", **_ROWS),
    ),
)

CORE_QUARANTINE = Table(
    name="core_quarantine",
    grain="One row per set-aside row and per flagged value: where, which rule, what next. No values.",
    sensitivity=Sensitivity.PUPIL,
    columns=(
        v.DELIVERY_KEY,
        v.SCHOOL_URN,
        v.FILE_NAME,
        v.SHEET,
        v.ROW_NUMBER.but(null="the whole file"),
        Column("table_name", Kind.TEXT, "Raw table of the row."),
        _SOURCE_LABEL,
        Column("column_label", Kind.TEXT, "Column as the school's template names it.", null="the whole row"),
        Column("rule", Kind.TEXT, "Stable code of the rule."),
        Column("what", Kind.TEXT, "What is wrong; never a pupil's value."),
        Column("next_step", Kind.TEXT, "What to do next."),
        Column("is_row_set_aside", Kind.BOOLEAN, "The row waits in quarantine; otherwise only the value is blank."),
    ),
)

MODEL_DELIVERIES__BALANCE = Table(
    name="model_deliveries__balance",
    grain="One row per school and raw table: rows in = rows accepted + rows quarantined.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "table_name"),
    checks=(SumsTo("rows_count", ("accepted_rows_count", "quarantined_rows_count")),),
    columns=(
        v.SCHOOL_URN,
        Column("table_name", Kind.TEXT, "Raw table."),
        _SOURCE_LABEL,
        Column("rows_count", Kind.INTEGER, "Rows delivered and standing.", **_ROWS),
        Column("accepted_rows_count", Kind.INTEGER, "Rows accepted.", **_ROWS),
        Column("quarantined_rows_count", Kind.INTEGER, "Rows set aside.", **_ROWS),
        Column("flagged_values_count", Kind.INTEGER, "Values left blank in accepted rows.", **_ROWS),
    ),
)

MART_DELIVERIES__MEND_ROWS = Table(
    name="mart_deliveries__mend_rows",
    grain="One row per thing to mend: the school's list, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    columns=CORE_QUARANTINE.columns,
)
MART_DELIVERIES__LEDGER = Table(
    name="mart_deliveries__ledger",
    grain="One row per file delivered, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("delivery_key", "school_urn"),
    columns=CORE_DELIVERIES.columns,
)
MART_DELIVERIES__BALANCE = Table(
    name="mart_deliveries__balance",
    grain="One row per school and source: rows in, accepted, set aside; staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "table_name"),
    columns=MODEL_DELIVERIES__BALANCE.columns,
)

MART_DELIVERIES__CONFIDENCE = Table(
    name="mart_deliveries__confidence",
    grain="One row per school: how far its data can be relied on, in words and whole percentages of rows.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column(
            "latest_delivery_date",
            Kind.DATE,
            "Day of the newest file taken.",
            null="nothing taken yet",
            release=Label(),
        ),
        Column("files_taken_count", Kind.INTEGER, "Files taken.", release=Label(), **_FILES),
        Column("files_refused_count", Kind.INTEGER, "Files refused or held.", release=Label(), **_FILES),
        Column(
            "set_aside_percent",
            Kind.INTEGER,
            "Rows set aside, whole per cent of rows delivered.",
            null="nothing delivered",
            checks=(Between(0, 100),),
            release=Worded(),
        ),
        Column(
            "confidence",
            Kind.TEXT,
            "GOOD under 2% set aside and nothing refused; FAIR under 5%; POOR above.",
            checks=(OneOf(("GOOD", "FAIR", "POOR", "NO_DATA")),),
            release=Worded(),
        ),
    ),
)

TABLES = (
    CORE_DELIVERIES,
    CORE_QUARANTINE,
    MODEL_DELIVERIES__BALANCE,
    MART_DELIVERIES__MEND_ROWS,
    MART_DELIVERIES__LEDGER,
    MART_DELIVERIES__BALANCE,
    MART_DELIVERIES__CONFIDENCE,
)
