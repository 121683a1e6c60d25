"""From raw text to a clean table, by the contract: each row is typed and taken, or set aside with a reason.

``clean`` is the only door. Rows in = rows taken + rows set aside, always; ``pipelines/balance.py`` keeps that
account. Texts for people name the rule and the column, never a value. How one text is read is in
``clean_values.py``; who a pupil is, in ``linkage.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from expectations import tables
from expectations.contract import Column, OnBad, Table
from expectations.derive import PROVENANCE_NAMES, clean_table, conform, delivered_columns, is_linked
from expectations.errors import ContractViolation
from expectations.tables.deliveries import CORE_QUARANTINE
from models.clean_values import NOT_READABLE, read_distinct

ROW_IDENTITY = ("delivery_key", "school_urn", "file_name", "sheet", "row_number")
"""What names a delivered row; readers number the rows of a table within a file and sheet from 1, each once."""

_FINDINGS = {
    "place": pl.UInt32, "column_label": pl.String, "rule": pl.String, "what": pl.String, "next_step": pl.String,
    "is_flag": pl.Boolean,
}  # fmt: skip
_TWO_PUPILS = (
    "The identifiers of this row belong to two different pupils",
    "Check the UPN and the school's pupil number against the MIS.",
)
_NO_PUPIL = (
    "No pupil on a roll or register has these identifiers",
    "Check the UPN; if the pupil is new, the next pupil export brings them.",
)
_SAID_TWICE = ("The same row is there more than once; it is counted once", "Keep one of the rows.")
_CONTRADICTED = (
    "Another row says something else of the same thing; the later row is used",
    "Keep the row that is right.",
)


@dataclass(frozen=True)
class Cleaned:
    """``frame`` follows ``derive.clean_table(raw)``; ``quarantine`` follows ``CORE_QUARANTINE``."""

    frame: pl.DataFrame
    quarantine: pl.DataFrame


def clean(
    raw: pl.DataFrame,
    raw_table: Table,
    *,
    identifiers: pl.DataFrame | None = None,
    parents: pl.DataFrame | None = None,
) -> Cleaned:
    """Type, check and link the delivered rows of one raw table.

    ``raw``: rows oldest delivery first. ``identifiers``: CORE_PUPIL_IDENTIFIERS, needed when the table's rows
    name a pupil. ``parents``: the clean parent table, needed when the source has one.
    Raises ``ContractViolation`` when either is needed and missing.
    """
    assert raw_table.source is not None
    if is_linked(raw_table) and identifiers is None:
        raise ContractViolation("Rows that name a pupil need the pupil identifiers", raw_table.name)
    if raw_table.source.parent and parents is None:
        raise ContractViolation("Rows that belong to another table's rows need that table", raw_table.name)
    typed, findings = _read_columns(raw, raw_table)
    broken = pl.concat([*findings, _break_row_rules(typed, raw_table)])
    if identifiers is not None and is_linked(raw_table):
        typed, unlinked = link_pupils(typed, identifiers)
        broken = _add_to(broken, unlinked)
    if parents is not None and raw_table.source.parent:
        broken = _add_to(broken, _miss_parents(typed, raw_table, parents))
    broken = _add_to(broken, _find_repeats(_without(typed, broken), raw_table))
    frame = _without(typed, broken).select(clean_table(raw_table).column_names)
    return Cleaned(conform(frame, clean_table(raw_table)), _quarantine(raw, raw_table, broken))


def _label(column: Column) -> str:
    return column.header_names()[0]


def _finding(
    rows: pl.DataFrame, label: str | None, rule: str, words: tuple[str, str], *, flag: bool = False
) -> pl.DataFrame:
    """One finding per row; ``words`` are what is wrong and what to do next."""
    what, next_step = words
    return rows.select(
        pl.col("place"),
        pl.lit(label, pl.String).alias("column_label"),
        pl.lit(rule).alias("rule"),
        pl.lit(what).alias("what"),
        pl.lit(next_step).alias("next_step"),
        pl.lit(flag).alias("is_flag"),
    ).cast(_FINDINGS)  # type: ignore[arg-type]  # a mapping of names to types is accepted


def _without(typed: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """The rows that no finding sets aside."""
    set_aside = findings.filter(~pl.col("is_flag"))["place"].unique()
    return typed if set_aside.is_empty() else typed.filter(~pl.col("place").is_in(set_aside.implode()))


def _add_to(findings: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Findings of rows that nothing set aside before: an unreadable UPN is not also an unknown pupil."""
    return pl.concat([findings, _without(later, findings)])


def _read_columns(raw: pl.DataFrame, table: Table) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """The typed frame with ``place`` (row number from 0), and what is wrong with single values."""
    typed = raw.select(PROVENANCE_NAMES).with_row_index("place")
    findings: list[pl.DataFrame] = []
    for column in delivered_columns(table):
        typed, broken = _read_column(typed, raw[column.name], column)
        findings += broken
    return typed, findings


def _read_column(typed: pl.DataFrame, texts: pl.Series, column: Column) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Each distinct text is read and checked once, then carried to its rows: most columns repeat few values."""
    read = read_distinct(texts, column).with_columns(
        check.failing("value").alias(f"check_{place}") for place, check in enumerate(column.checks)
    )
    words, next_step = NOT_READABLE[column.kind]
    rules = [("is_unreadable", "KIND", words, next_step)]
    rules += [(f"check_{n}", check.rule, check.describe(), check.next_step) for n, check in enumerate(column.checks)]
    is_flag = column.on_bad is OnBad.FLAG and not column.required
    is_bad = pl.any_horizontal(name for name, *_ in rules)
    values = read.with_columns(value=pl.when(~is_bad).then(pl.col("value")), is_bad=is_bad)
    rows = pl.DataFrame({"place": typed["place"], "text": texts}).join(
        values, on="text", how="left", maintain_order="left"
    )
    bad = rows.filter("is_bad")
    label = _label(column)
    findings = [
        _finding(bad.filter(name), label, rule, (f"{label} {what}", step), flag=is_flag)
        for name, rule, what, step in rules
        if bad[name].any()
    ]
    if column.required:
        blank = rows.filter(pl.col("value").is_null() & pl.col("is_bad").fill_null(False).not_())
        findings.append(_finding(blank, label, "REQUIRED", (f"{label} is blank", "Fill in the value.")))
    return typed.with_columns(rows["value"].alias(column.name)), findings


def _break_row_rules(typed: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Rules across the columns of a row, evaluated on the values that could be read."""
    findings = [pl.DataFrame(schema=_FINDINGS)]
    for check in table.checks:
        words = check.describe()
        for name in check.columns:
            words = words.replace(name, _label(table.by_name[name]))
        label = _label(table.by_name[check.columns[0]])
        findings.append(_finding(typed.filter(check.failing()), label, check.rule, (words, check.next_step)))
    return pl.concat(findings)


def link_pupils(typed: pl.DataFrame, identifiers: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give each row its ``pupil_key``: by UPN, else by the school's number, else by Insight's number.

    An identifier of several people is not in ``identifiers`` (see ``linkage.py``) and so leads to nobody.
    Two identifiers that lead to two people link the row to neither.
    """
    found: list[str] = []
    for name, kinds in (("upn", ("UPN", "FORMER_UPN")), ("mis_id", ("MIS_ID",)), ("insight_pupil_id", ("INSIGHT_ID",))):
        if name not in typed.columns:
            continue
        for kind in kinds:
            known = identifiers.filter(identifier_kind=kind)
            on = ["identifier"] if name == "upn" else ["school_urn", "identifier"]
            matched = typed.select("school_urn", identifier=name).join(
                known.select(*on, "pupil_key"), on=on, how="left", maintain_order="left"
            )
            found.append(f"by_{kind.lower()}")
            typed = typed.with_columns(matched["pupil_key"].alias(found[-1]))
    # A current UPN answers before a former one: only the first of the two speaks.
    speaking = typed.with_columns(by_upn=pl.coalesce(pl.col("^by_(former_)?upn$"))) if "by_upn" in found else typed
    answers = [name for name in found if name != "by_former_upn"]
    differ = pl.min_horizontal(answers) != pl.max_horizontal(answers)
    linked = speaking.with_columns(pupil_key=pl.coalesce(answers), is_conflict=differ.fill_null(False))
    conflict, unknown = linked.filter("is_conflict"), linked.filter(pl.col("pupil_key").is_null())
    findings = pl.concat([
        _finding(conflict, None, "PUPIL_CONFLICT", _TWO_PUPILS),
        _finding(unknown, None, "UNKNOWN_PUPIL", _NO_PUPIL),
    ])  # fmt: skip
    return linked.drop(*found, "is_conflict"), findings


def _miss_parents(typed: pl.DataFrame, table: Table, parents: pl.DataFrame) -> pl.DataFrame:
    """Rows whose parent row is not among the taken ones."""
    source = table.source
    assert source is not None
    assert source.parent is not None
    parent = tables.ALL[source.parent].source
    assert parent is not None
    keys = parents.select(parent.natural_key).unique()
    orphans = typed.join(keys, left_on=list(source.parent_key), right_on=list(parent.natural_key), how="anti")
    label = _label(table.by_name[source.parent_key[-1]])
    what = f"{label} is not found in {parent.label}, or its row there is set aside"
    return _finding(orphans, label, "UNKNOWN_REFERENCE", (what, f"Add or mend the row in {parent.label}."))


def _find_repeats(typed: pl.DataFrame, table: Table) -> pl.DataFrame:
    """Rows that say the same thing twice (the first stays) or contradict a later row (the last delivered stays).

    Later means: a later delivery in the order given, then file, sheet and the higher row number; the order of
    the rows of one file in the frame does not matter.
    """
    assert table.source is not None
    key, values = list(table.source.natural_key), [c.name for c in delivered_columns(table)]
    if not key or typed.is_empty():
        return pl.DataFrame(schema=_FINDINGS)
    repeated = typed.filter(typed.select(key).is_duplicated())
    delivered = repeated.select(pl.col("delivery_key").unique(maintain_order=True)).with_row_index("delivered")
    ranked = (
        repeated.join(delivered, on="delivery_key")
        .sort("delivered", "file_name", pl.col("sheet").fill_null(""), "row_number", "place")
        .with_row_index("rank")
        .with_columns(last=pl.col("rank").max().over(key), first_same=pl.col("rank").min().over([*key, *values]))
        .with_columns(says_last=pl.col("rank").max().over([*key, *values]) == pl.col("last"))
    )
    same = ranked.filter(pl.col("says_last") & (pl.col("rank") != pl.col("first_same")))
    other = ranked.filter(~pl.col("says_last"))
    return pl.concat([
        _finding(same, None, "TWICE", _SAID_TWICE),
        _finding(other, None, "CONFLICT", _CONTRADICTED),
    ])  # fmt: skip


def _quarantine(raw: pl.DataFrame, table: Table, findings: pl.DataFrame) -> pl.DataFrame:
    """One row per finding with where it was found; all findings of a row set aside say so."""
    assert table.source is not None
    where = raw.select(ROW_IDENTITY).with_row_index("place")
    set_aside = findings.filter(~pl.col("is_flag"))["place"].unique()
    rows = findings.join(where, on="place").sort("place", "rule", "column_label")
    return conform(
        rows.with_columns(
            table_name=pl.lit(table.name),
            source_label=pl.lit(table.source.label),
            is_row_set_aside=pl.col("place").is_in(set_aside.implode()),
        ).select(CORE_QUARANTINE.column_names),
        CORE_QUARANTINE,
    )
