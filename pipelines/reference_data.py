"""The field's code tables and the trust's own lists, read from ``seeds/reference`` and the settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import polars as pl

from expectations.contract import Table
from expectations.derive import conform, schema
from expectations.errors import SettingsError
from expectations.tables.ehc_clock_marts import MART_EHC_CLOCK__BENCHMARKS
from expectations.tables.identification_marts import MART_IDENTIFICATION__CASELOAD, MART_IDENTIFICATION__CENSUS_SHARE
from expectations.tables.moderation import CORE_MATRIX_CRITERIA
from expectations.tables.progress_marts import MART_PROGRESS__BENCHMARKS
from expectations.tables.questions import MART_RELEASE__BENCHMARKS
from expectations.tables.reference import CORE_INTERVENTION_CATALOGUE
from expectations.tables.strands import CORE_OUTSIDE_EVIDENCE
from expectations.tables.strategy import CORE_STRATEGY_PLAN
from pipelines.settings import Settings

SYMBOLS = {
    "c": "confidential: hidden",
    "z": "not applicable",
    "x": "not available",
    "~": "more than none, less than half a per cent",
    "low": "more than none, rounds to none",
    "k": "more than none, rounds to none",
    "u": "not reliable",
}
"""Signs that stand in place of a figure in the Department's releases, by name; none of them is 0."""

NEIGHBOURS = "Ten statistical neighbours"


def read_reference(name: str) -> pl.DataFrame:
    """One table of ``seeds/reference``, all text."""
    return pl.read_csv((resources.files("seeds") / "reference" / name).read_bytes(), infer_schema=False)


def date_of(core_run: pl.DataFrame) -> dt.date:
    """The date that tonight's figures speak for, from CORE_RUN."""
    date: dt.date = core_run["data_date"].item()
    return date


def schools(settings: Settings) -> pl.DataFrame:
    """The trust's schools, in the shape of CORE_SCHOOLS."""
    return pl.DataFrame(
        {
            "school_urn": [school.urn for school in settings.schools],
            "school_name": [school.name for school in settings.schools],
            "phase": [school.phase for school in settings.schools],
            "is_special": [school.is_special for school in settings.schools],
            "laestab": [school.laestab for school in settings.schools],
        }
    )


def term_dates() -> pl.DataFrame:
    """Half-term dates by academic year."""
    return read_reference("term_dates.csv")


def intervention_catalogue(settings: Settings) -> pl.DataFrame:
    """The trust's names for interventions: its own file where the settings name one, else the one shipped.

    Raises ``SettingsError`` naming the columns that a trust's own file lacks; those that may be blank may be missing.
    """
    shipped = "intervention_catalogue.csv"
    full = _own_or_shipped(settings, "catalogue_file", shipped, CORE_INTERVENTION_CATALOGUE)
    return full.with_columns(pl.col("wave_number").cast(pl.Int64))


def strategy_plan(settings: Settings) -> pl.DataFrame:
    """The actions of the trust's SEND strategy: its own file where the settings name one, else the one shipped.

    Shape of CORE_STRATEGY_PLAN. Raises ``SettingsError`` naming the columns that a trust's own file lacks, and for a
    priority that is no number.
    """
    full = _own_or_shipped(settings, "strategy_file", "strategy_plan.csv", CORE_STRATEGY_PLAN)
    number = pl.col("priority_number").cast(pl.Int64, strict=False)
    if full.select(number.is_null().any()).item():
        where = str(settings.strategy_file)
        raise SettingsError("A priority of the plan is no number", where, "Number the priorities 1, 2, 3 …")
    return full.with_columns(number)


def own_list(settings: Settings, setting: str, needed: Sequence[str]) -> pl.DataFrame | None:
    """A list of the trust's own as text, all its columns; ``None`` where ``setting`` names no file.

    Raises ``SettingsError`` for a file that is not there and for one that lacks a ``needed`` column.
    """
    path: Path | None = getattr(settings, setting)
    if path is None:
        return None
    if not (settings.home / path).is_file():
        raise SettingsError(f"{setting} names no file", str(path), "Correct orchard.toml.")
    frame = pl.read_csv(settings.home / path, infer_schema=False)
    missing = [name for name in needed if name not in frame.columns]
    if missing:
        raise SettingsError(f"The list lacks columns: {', '.join(missing)}", str(path), "Add them to the file.")
    return frame


def _own_or_shipped(settings: Settings, setting: str, shipped: str, table: Table) -> pl.DataFrame:
    """A list of the trust as text, the table's columns alone: its own file, or the one shipped."""
    own = own_list(settings, setting, [column.name for column in table.columns if column.required])
    frame = read_reference(shipped) if own is None else own
    missing = [column.name for column in table.columns if column.name not in frame.columns]
    blank = [pl.lit(None, dtype=pl.String).alias(name) for name in missing]
    optional = [pl.col(column.name).replace("", None) for column in table.columns if not column.required]
    return frame.with_columns(blank).with_columns(optional).select(list(schema(table)))


def destination_codes() -> pl.DataFrame:
    """National and local destination codes, in the shape of CORE_DESTINATION_CODES."""
    columns = ("code", "label", "category", "is_positive")
    both = [read_reference(f"destination_{kind}.csv").select(columns) for kind in ("activity", "local")]
    return pl.concat(both).select(
        destination_code="code",
        destination_label="label",
        destination_category="category",
        is_positive=pl.col("is_positive").replace_strict(
            {"true": True, "false": False}, default=None, return_dtype=pl.Boolean
        ),
    )


def outside_evidence() -> pl.DataFrame:
    """Published evidence from elsewhere by kind of intervention, in the shape of CORE_OUTSIDE_EVIDENCE."""
    frame = read_reference("outside_evidence.csv").select(list(schema(CORE_OUTSIDE_EVIDENCE)))
    return conform(frame, CORE_OUTSIDE_EVIDENCE)


def cost_ratings() -> pl.DataFrame:
    """The EEF's bands of cost for each pupil in a year, in the shape of CORE_COST_RATINGS."""
    return read_reference("eef_cost_rating.csv").select(
        cost_rating="rating", cost_up_to_pence=pl.col("pounds_per_pupil_per_year_up_to").cast(pl.Int64) * 100
    )


def benchmarks() -> pl.DataFrame:
    """Published figures for comparison, in the shape of MART_RELEASE__BENCHMARKS."""
    files = ("benchmark_ehcp.csv", "benchmark_inclusion.csv")
    frame = pl.concat([read_reference(name) for name in files]).with_columns(pl.col("value").cast(pl.Float64))
    return frame.select(list(schema(MART_RELEASE__BENCHMARKS)))


def destination_series() -> pl.DataFrame:
    """Published destination series by stage, SEN group and year; a symbol in place of a figure gives no rate.

    Columns: series_code, leaver_stage, sen_group, area, institutions, period, release_status, symbol, sustained_rate
    (0 to 1). A restated series has a code of its own. Raises ``SettingsError`` for a symbol that no release defines,
    and for a percentage below 0 or above 100.
    """
    frame = read_reference("destination_national.csv")
    percent = pl.col("sustained_percent").cast(pl.Float64, strict=False)
    known = list(SYMBOLS)
    odd = frame.filter(
        (percent < 0) | (percent > 100) | (percent.is_null() & ~pl.col("symbol").is_in(known).fill_null(False))
    )
    if odd.height:
        raise SettingsError(
            f"{odd.height} published destinations are no percentage", "destination_national.csv", "Mend it."
        )
    return frame.with_columns(sustained_rate=percent / 100).drop("sustained_percent", "cohort_count", "sustained_count")


def ehcp_benchmarks() -> pl.DataFrame:
    """Published figures of the statutory clock, in the shape of MART_EHC_CLOCK__BENCHMARKS.

    Official files hold counts below zero (an authority's decisions outstanding): such a value is left out and the rule
    that says so is named, so that a page can tell it.
    """
    value = pl.col("value").cast(pl.Float64)
    return conform(
        read_reference("ehcp_timeliness.csv")
        .with_columns(
            value=pl.when(value >= 0).then(value),
            data_rule=pl.when(value < 0).then(pl.lit("NEGATIVE_COUNT")),
            publication=pl.col("publication") + ", published " + pl.col("published"),
        )
        .select(MART_EHC_CLOCK__BENCHMARKS.column_names),
        MART_EHC_CLOCK__BENCHMARKS,
    )


def census_share() -> pl.DataFrame:
    """Published shares of pupils with SEN by phase and year, in the shape of MART_IDENTIFICATION__CENSUS_SHARE.

    The statistical neighbours stand as their mean, each counted alike, as the Department's own tool has it.
    """
    frame = read_reference("sen_census_share.csv").with_columns(
        pl.col("census_year").cast(pl.Int64), census_share_rate=pl.col("share_percent").cast(pl.Float64) / 100
    )
    keys = ["area", "area_kind", "phase", "sen_provision", "census_year"]
    told = ["publication", "released", "method_version", "licence"]
    near = frame.filter(pl.col("area_kind") == "NEIGHBOUR").with_columns(area=pl.lit(NEIGHBOURS))
    mean = near.group_by(keys, maintain_order=True).agg(
        pl.col("census_share_rate").mean().round(3), pl.col(told).first()
    )
    parts = [frame.filter(pl.col("area_kind") != "NEIGHBOUR"), mean]
    columns = MART_IDENTIFICATION__CENSUS_SHARE.column_names
    return conform(pl.concat([part.select(columns) for part in parts]), MART_IDENTIFICATION__CENSUS_SHARE)


def caseload() -> pl.DataFrame:
    """Plans that authorities maintain, by year, in the shape of MART_IDENTIFICATION__CASELOAD: no share of pupils."""
    frame = read_reference("sen2_caseload.csv").with_columns(
        pl.col("caseload_year", "maintained_plans_count").cast(pl.Int64)
    )
    return conform(frame.select(MART_IDENTIFICATION__CASELOAD.column_names), MART_IDENTIFICATION__CASELOAD)


def key_stage_2() -> pl.DataFrame:
    """Published key stage 2 attainment by SEN group, in the shape of MART_PROGRESS__BENCHMARKS."""
    frame = read_reference("ks2_by_sen.csv").with_columns(pl.col("value").cast(pl.Float64))
    return conform(frame.select(MART_PROGRESS__BENCHMARKS.column_names), MART_PROGRESS__BENCHMARKS)


def effect_months() -> pl.DataFrame:
    """Months of progress by effect size, in the shape of CORE_EFFECT_MONTHS."""
    return read_reference("eef_months.csv").select(
        effect_low_sd=pl.col("effect_size_low").cast(pl.Float64),
        effect_high_sd=pl.col("effect_size_high").cast(pl.Float64),
        progress_months=pl.col("months").cast(pl.Int64),
    )


def example_matrix() -> pl.DataFrame:
    """The example matrix that stands until a trust enters its authority's, in the shape of CORE_MATRIX_CRITERIA."""
    frame = read_reference("moderation_matrix_example.csv").with_columns(
        pl.col("start_date").str.to_date("%Y-%m-%d"), pl.lit(None, dtype=pl.Date).alias("end_date"),
        pl.col("band_number").cast(pl.Int64), pl.lit(True).alias("is_example"),
    )  # fmt: skip
    return conform(frame, CORE_MATRIX_CRITERIA)
