"""How an asset is declared: by an SQL file, by a function over the tables it names, or by cleaning a raw table.

Every asset gets its blocking contract check here, so that none can forget it. Nothing here names a table.
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import dagster as dg
import polars as pl

from expectations.contract import Table
from expectations.derive import is_linked
from expectations.errors import OrchardError
from expectations.tables import ALL, RAW
from models.clean import clean
from models.disclosure import leaders_of, prepare
from models.engine import sql_of, tables_read
from pipelines.night import Filled, Night, unexpected
from pipelines.reference_data import date_of
from pipelines.released_cells import let_out
from pipelines.store import Store

T = TypeVar("T")
LANDED = RAW[:1]
"""One raw table stands for all: they land together, and Dagster looks up every dependency that is named."""
CHECK_NAME = "contract"
RETRY = dg.RetryPolicy(max_retries=1, delay=1)


def _asset(table: Table, reads: tuple[Table, ...], fill: Callable[[Night], Filled]) -> dg.AssetsDefinition:
    """The asset of one table with its blocking check; metadata are counts only."""

    @dg.asset(
        name=table.name,
        group_name=table.noun,
        description=table.grain,
        deps=[read.name for read in reads],
        check_specs=[dg.AssetCheckSpec(CHECK_NAME, asset=table.name, blocking=True)],
        required_resource_keys={"night"},
        kinds={"duckdb", table.layer},
        retry_policy=RETRY,
    )
    def materialise(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        night = context.resources.night
        filled = explain(night, table.name, lambda: fill(night))
        return dg.MaterializeResult(
            metadata={"rows_count": filled.rows_count, "is_unchanged": filled.is_unchanged},
            check_results=[_check_result(filled, table)],
        )

    return materialise


def _check_result(filled: Filled, table: Table) -> dg.AssetCheckResult:
    """The Dagster check result of a filled table: rules and counts, never a value."""
    return dg.AssetCheckResult(
        check_name=CHECK_NAME,
        asset_key=table.name,
        passed=filled.is_sound,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={
            "rules_broken_count": len(filled.findings),
            "expectations_count": filled.expectations_count,
            "broken": "; ".join(f"{f.column} {f.rule}: {f.failing_count} rows" for f in filled.findings[:20]) or "none",
        },
    )


def explain(night: Night, where: str, work: Callable[[], T]) -> T:
    """Do the work; a known error becomes a failure that is not tried again and whose text holds no value."""
    try:
        result = work()
        night.failures.pop(where, None)  # a second try that succeeds leaves nothing to tell
        return result
    except OrchardError as error:
        night.failures[where] = error
        raise dg.Failure(description=error.sentence(), allow_retries=False) from None
    except Exception as error:
        night.failures[where] = unexpected(error, where)
        raise


def sql_asset(table: Table) -> dg.AssetsDefinition:
    """The asset that ``models/sql/<table>.sql`` fills; it depends on the tables its SQL reads."""
    sql = sql_of(table.name)
    reads = tuple(ALL[name] for name in tables_read(sql))
    return _asset(table, reads, lambda night: night.fill(table, reads, lambda: night.store.select(sql, table)))


def table_asset(
    table: Table, reads: Sequence[str] | None = None
) -> Callable[[Callable[..., pl.DataFrame]], dg.AssetsDefinition]:
    """The asset that a function fills. Its parameters are named after the tables it reads; ``night`` is the night.

    ``reads`` names the tables for a function that takes any, by name.
    """
    return _declare_from(table, lambda frame, _: frame, names=reads)


def released_asset(table: Table) -> Callable[[Callable[..., pl.DataFrame]], dg.AssetsDefinition]:
    """The asset of an aggregate mart: a function gives the true figures, and the disclosure door lets out what it may.

    The function's parameters are named as in ``table_asset``; nothing else leads to an aggregate mart of pupils.
    """
    leaders = tuple(ALL[name] for name in leaders_of(table))
    return _declare_from(table, lambda frame, night: let_out(frame, table, night), leaders)


def released_from(table: Table, model: Table) -> dg.AssetsDefinition:
    """The asset of an aggregate mart that lets out a model's figures as they are, with the date of the data."""
    run = ALL["core_run"]
    reads = (model, run, *(ALL[name] for name in leaders_of(table)))

    def fill(night: Night) -> Filled:
        def made() -> pl.DataFrame:
            true = prepare(night.store.read(model), table, date_of(night.store.read(run)))
            return let_out(true, table, night)

        return night.fill(table, reads, made)

    return _asset(table, reads, fill)


def _declare_from(
    table: Table,
    finish: Callable[[pl.DataFrame, Night], pl.DataFrame],
    also: tuple[Table, ...] = (),
    names: Sequence[str] | None = None,
) -> Callable[[Callable[..., pl.DataFrame]], dg.AssetsDefinition]:
    def declare(produce: Callable[..., pl.DataFrame]) -> dg.AssetsDefinition:
        wanted = tuple(names or inspect.signature(produce).parameters)
        reads = tuple(ALL[name] for name in wanted if name != "night")

        def fill(night: Night) -> Filled:
            def made() -> pl.DataFrame:
                given: dict[str, Any] = {read.name: night.store.read(read) for read in reads}
                return finish(produce(**given, **({"night": night} if "night" in wanted else {})), night)

            return night.fill(table, (*reads, *also), made)

        return _asset(table, (*reads, *also), fill)

    return declare


def clean_asset(raw: Table) -> dg.AssetsDefinition:
    """The asset that types, links and checks a raw table; what it sets aside goes to quarantine with its reason."""
    table = ALL["clean_" + raw.name.removeprefix("raw_")]
    assert raw.source is not None
    identifiers = ALL["core_pupil_identifiers"] if is_linked(raw) else None
    parent = ALL["clean_" + raw.source.parent.removeprefix("raw_")] if raw.source.parent else None
    reads = tuple(read for read in (raw, identifiers, parent) if read is not None)

    def fill(night: Night) -> Filled:
        def made() -> pl.DataFrame:
            cleaned = clean(
                night.store.read(raw),
                raw,
                identifiers=night.store.read(identifiers) if identifiers else None,
                parents=night.store.read(parent) if parent else None,
            )
            night.store.replace_quarantine(raw.name, cleaned.quarantine)
            return cleaned.frame

        return night.fill(table, reads, made)

    return _asset(table, reads, fill)


def bookkeeping_asset(
    table: Table, read: Callable[[Store], pl.DataFrame], *, after: tuple[Table, ...], after_cleaning: bool = False
) -> dg.AssetsDefinition:
    """The asset of a table that landing and cleaning wrote down as they worked; it is read anew every night."""
    waits = tuple(ALL["clean_" + raw.name.removeprefix("raw_")] for raw in after) if after_cleaning else after
    return _asset(table, waits, lambda night: night.fill(table, waits, lambda: read(night.store), always=True))


def settings_asset(table: Table) -> Callable[[Callable[[Night], pl.DataFrame]], dg.AssetsDefinition]:
    """The asset of a small table that follows from the settings, the clock or a code table: made anew every night.

    It waits for landing, so that Great Expectations is imported while files are read and not before.
    """

    def declare(produce: Callable[[Night], pl.DataFrame]) -> dg.AssetsDefinition:
        return _asset(table, LANDED, lambda night: night.fill(table, (), lambda: produce(night), always=True))

    return declare
