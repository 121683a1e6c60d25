"""Does the ledger come to what the figures count? Each line as delivered, taken or not; then by school and year.

The two sides are made apart: the ledger from the raw lines, what is counted from the cost models. A difference that
no line explains is a fault of ours and is shown as one.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from expectations.derive import conform
from expectations.tables.money_ledger import (
    DIFFERENCES,
    MART_MONEY__FINDINGS,
    MODEL_MONEY__LEDGER,
    MODEL_MONEY__RECONCILIATION,
)
from expectations.vocabulary import TRUST
from models.calendar import academic_year_of
from models.clean_values import read_date, read_money, read_year, tidy
from models.money import shared_costs

LIMIT_RATE = 0.02
"""Difference, as a share of the ledger, from which it is said (METHODS B1)."""
_LINE = ["delivery_key", "file_name", "sheet", "row_number"]
_BY = ["school_urn", "financial_year", "cost_kind"]
_REPEATS = ("TWICE", "CONFLICT")


@dataclass(frozen=True)
class Known:
    """What a reference may name: schools, plans and groups of ours (one column each), and tonight's run."""

    core_schools: pl.DataFrame
    core_ehc_plans: pl.DataFrame
    core_interventions: pl.DataFrame
    core_run: pl.DataFrame


def list_lines(
    raw_money__agency_invoices: pl.DataFrame,
    raw_money__resources: pl.DataFrame,
    core_quarantine: pl.DataFrame,
    known: Known,
) -> pl.DataFrame:
    """MODEL_MONEY__LEDGER: every delivered line, with where it counts and what a person should know of it."""
    lines = pl.concat(
        [
            _read(raw_money__agency_invoices, "AGENCY", "invoice_date", "agency", "plan_reference"),
            _read(raw_money__resources, "RESOURCE", "purchase_date", "resource_name", None),
        ]
    )
    aside = core_quarantine.filter(
        pl.col("table_name").is_in(["raw_money__agency_invoices", "raw_money__resources"]) & pl.col("is_row_set_aside")
    ).with_columns(pl.col("sheet").fill_null(""))
    is_repeat = pl.col("rule").is_in(_REPEATS)
    outcome = aside.group_by(*_LINE, "table_name").agg(is_repeat.all().alias("is_repeat"))
    judged = lines.join(outcome, on=[*_LINE, "table_name"], how="left").pipe(_refer, known)
    return conform(judged.pipe(_judge, known).select(MODEL_MONEY__LEDGER.column_names), MODEL_MONEY__LEDGER).sort(_LINE)


def _read(raw: pl.DataFrame, kind: str, date: str, supplier: str, plan: str | None) -> pl.DataFrame:
    """A raw table's lines, typed as far as they can be read."""
    return raw.select(
        "delivery_key",
        "file_name",
        pl.col("sheet").fill_null(""),
        pl.col("row_number").cast(pl.Int64),
        pl.lit(f"raw_money__{'agency_invoices' if kind == 'AGENCY' else 'resources'}").alias("table_name"),
        pl.lit(kind).alias("cost_kind"),
        tidy(pl.col("funded_school_urn")).str.extract(r"([0-9]{6})", 1).alias("urn"),
        read_date(tidy(pl.col(date))).alias("date"),
        read_year(tidy(pl.col("financial_year"))).alias("booked_year"),
        read_money(tidy(pl.col("amount_pence"))).alias("amount_pence"),
        tidy(pl.col(supplier)).str.to_lowercase().alias("supplier"),
        (tidy(pl.col(plan)) if plan else pl.lit(None, pl.String)).alias("plan_reference"),
        tidy(pl.col("group_reference")).alias("group_reference"),
    )


def _refer(lines: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Which school, plan and group a line speaks of, and whether we know them."""
    schools = known.core_schools.select(urn="school_urn", is_ours=pl.lit(True))
    plans = known.core_ehc_plans.select(plan_key="plan_key", has_plan=pl.lit(True)).unique()
    groups = known.core_interventions.select(group_key="intervention_key", has_group=pl.lit(True)).unique()
    of = pl.col("urn") + ":"
    return (
        lines.with_columns(plan_key=of + pl.col("plan_reference"), group_key=of + pl.col("group_reference"))
        .join(schools, on="urn", how="left")
        .join(plans, on="plan_key", how="left")
        .join(groups, on="group_key", how="left")
        .with_columns(pl.col("is_ours", "has_plan", "has_group").fill_null(False))
    )


def _judge(lines: pl.DataFrame, known: Known) -> pl.DataFrame:
    """The first thing to tell of each line, the year of its accounts, and the year in which the figures count it."""
    run = known.core_run.row(0, named=True)
    date_year, is_aside = academic_year_of(pl.col("date")), pl.col("is_repeat").is_not_null()
    lines = lines.with_columns(
        financial_year=pl.coalesce("booked_year", date_year, pl.lit(run["academic_year"])).clip(2010, 2045)
    )
    same = ["table_name", "urn", "supplier", "date", "amount_pence", "plan_key", "group_key"]
    is_again = pl.int_range(pl.len()).over(same) > 0
    rule = (
        pl.when(pl.col("is_repeat").fill_null(False)).then(pl.lit("DUPLICATE"))
        .when(is_aside).then(pl.lit("SET_ASIDE"))
        .when(~pl.col("is_ours")).then(pl.lit("UNKNOWN_SCHOOL"))
        .when(pl.col("date") > run["data_date"]).then(pl.lit("LATER"))
        .when(pl.col("financial_year") != date_year).then(pl.lit("OTHER_YEAR"))
        .when(pl.col("plan_reference").is_not_null() & ~pl.col("has_plan")).then(pl.lit("UNKNOWN_PLAN"))
        .when(pl.col("group_reference").is_not_null() & ~pl.col("has_group")).then(pl.lit("UNKNOWN_GROUP"))
        .when(is_again & ~is_aside).then(pl.lit("MAY_BE_TWICE"))
    )  # fmt: skip
    is_counted = ~is_aside & pl.col("is_ours") & (pl.col("date") <= run["data_date"])
    return lines.with_columns(
        school_urn=pl.when(pl.col("is_ours")).then(pl.col("urn")).otherwise(pl.lit(TRUST)),
        rule=rule,
        counted_year=pl.when(is_counted).then(date_year),
    )


def reconcile(
    model_money__ledger: pl.DataFrame,
    core_costs: pl.DataFrame,
    model_money__groups: pl.DataFrame,
    model_value_for_money__plans: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_MONEY__RECONCILIATION by school, year and kind; the trust's rows hold the lines of unknown schools too."""
    run = core_run.row(0, named=True)
    shared = shared_costs(core_costs, model_money__groups.clear(), core_schools.select("school_urn"), run["data_date"])
    counted = pl.concat(
        [
            shared.select(*_BY, pence="shared_part_pence"),
            _of(model_money__groups, "RESOURCE", "purchases_pence"),
            _of(model_money__groups, "AGENCY", "invoices_pence"),
            _of(model_value_for_money__plans.rename({"academic_year": "financial_year"}), "AGENCY", "invoiced_pence"),
        ]
    )
    counted = _with_trust(counted, of_trust=False).group_by(_BY).agg(pl.col("pence").sum().alias("counted_pence"))
    told = _with_trust(_explain(model_money__ledger), of_trust=True)
    ledger = told.group_by(_BY).agg(
        pl.col("ledger_pence", *_DIFFERENCES).sum(), pl.col("is_unreadable").sum().alias("unreadable_rows_count")
    )
    both = ledger.join(counted, on=_BY, how="full", coalesce=True).with_columns(pl.exclude(_BY).fill_null(0))
    return conform(_measure(both).select(MODEL_MONEY__RECONCILIATION.column_names), MODEL_MONEY__RECONCILIATION).sort(
        _BY
    )


_DIFFERENCES = tuple(f"{name}_pence" for name, _ in DIFFERENCES)


def _of(frame: pl.DataFrame, kind: str, amount: str) -> pl.DataFrame:
    counted = frame.filter(pl.col(amount) != 0)
    return counted.select(
        "school_urn", pl.col("financial_year").cast(pl.Int64), pl.lit(kind).alias("cost_kind"), pence=amount
    )


def _with_trust(frame: pl.DataFrame, *, of_trust: bool) -> pl.DataFrame:
    """Each school and the trust. With ``of_trust`` some rows are of no school: they stand in the trust's row alone."""
    schools = frame.filter(pl.col("school_urn") != TRUST) if of_trust else frame
    return pl.concat([schools, frame.with_columns(school_urn=pl.lit(TRUST))])


def _explain(ledger: pl.DataFrame) -> pl.DataFrame:
    """Each line's amount in its ledger year, and what it adds to the difference in each year, by reason."""
    amount, rule = pl.col("amount_pence").fill_null(0), pl.col("rule")
    is_moved = pl.col("counted_year").is_not_null() & (pl.col("counted_year") != pl.col("financial_year"))
    reasons = {
        "set_aside_pence": rule == "SET_ASIDE", "duplicate_pence": rule == "DUPLICATE",
        "unknown_school_pence": rule == "UNKNOWN_SCHOOL", "later_pence": rule == "LATER", "other_year_pence": is_moved,
    }  # fmt: skip
    booked = ledger.select(
        *_BY, amount.alias("ledger_pence"),
        *(pl.when(reasons[name]).then(amount).otherwise(0).alias(name) for name in _DIFFERENCES),
        pl.col("amount_pence").is_null().cast(pl.Int64).alias("is_unreadable"),
    )  # fmt: skip
    counted_elsewhere = ledger.filter(is_moved).select(
        "school_urn", pl.col("counted_year").alias("financial_year"), "cost_kind",
        *((-amount if name == "other_year_pence" else pl.lit(0, pl.Int64)).alias(name)
          for name in ("ledger_pence", *_DIFFERENCES)),
        pl.lit(0, pl.Int64).alias("is_unreadable"),
    )  # fmt: skip
    return pl.concat([booked, counted_elsewhere])


def _measure(both: pl.DataFrame) -> pl.DataFrame:
    difference, ledger = pl.col("difference_pence"), pl.col("ledger_pence")
    explained = pl.sum_horizontal(_DIFFERENCES)
    rate = pl.when(ledger != 0).then((difference.abs() / ledger.abs()).round(9))
    return both.with_columns(difference_pence=ledger - pl.col("counted_pence")).with_columns(
        unexplained_pence=difference - explained,
        difference_rate=rate,
        is_within_limit=difference.abs() <= LIMIT_RATE * ledger.abs(),
    )


def list_findings(
    model_money__ledger: pl.DataFrame,
    clean_money__top_up: pl.DataFrame,
    core_funding_bands: pl.DataFrame,
    core_schools: pl.DataFrame,
) -> pl.DataFrame:
    """MART_MONEY__FINDINGS: lines of the ledger to look at, and top-ups whose band the settings do not bear out."""
    lines = model_money__ledger.filter(pl.col("rule").is_not_null()).with_columns(expected_pence=pl.lit(None, pl.Int64))
    bands = _judge_bands(clean_money__top_up, core_funding_bands, core_schools)
    names = MART_MONEY__FINDINGS.column_names
    both = pl.concat([lines.select(names), bands.select(names)])
    return conform(both, MART_MONEY__FINDINGS).sort("file_name", "sheet", "row_number", "rule")


def _judge_bands(top_up: pl.DataFrame, bands: pl.DataFrame, schools: pl.DataFrame) -> pl.DataFrame:
    """The top-up counts as delivered, whatever the settings say; without bands in the settings nothing is said."""
    told = top_up.drop("school_urn").filter(pl.col("funding_band").is_not_null() & pl.lit(bands.height > 0))
    known = bands.select("funding_band", "financial_year", expected_pence="top_up_pence")
    own = schools.select(pl.col("school_urn").alias("funded_school_urn"), school_urn="school_urn")
    judged = told.join(known, on=["funding_band", "financial_year"], how="left").join(
        own, on="funded_school_urn", how="left"
    )
    differs = pl.col("top_up_pence") != pl.col("expected_pence")
    rule = (
        pl.when(pl.col("expected_pence").is_null())
        .then(pl.lit("UNKNOWN_BAND"))
        .when(differs)
        .then(pl.lit("BAND_AMOUNT"))
    )
    return judged.with_columns(
        pl.col("sheet").fill_null(""), pl.col("school_urn").fill_null(TRUST), rule=rule, amount_pence="top_up_pence"
    ).filter(pl.col("rule").is_not_null())
