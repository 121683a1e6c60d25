"""Great Expectations' judgement of a table, translated from its contract. Counts and rule names only, never a value.

The only file that knows Great Expectations and pandas, and only inside functions: importing them costs seconds,
so ``warm_up`` does it in the background. What each rule means is in ``checks.py``; ``findings.py`` judges the same
rules in polars, and a test holds the two together. Nothing is written: no data context, so no store, no Data Docs.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from expectations.checks import UPN_LETTERS
from expectations.contract import Table
from expectations.gx_rules import Rule, rules

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from great_expectations import ExpectationSuite

OURS = "Orchard"
"""Starts the names of our classes in Great Expectations' registry, so that none replaces one of its own."""
FIRST_DATE, LAST_DATE = dt.date(1678, 1, 1), dt.date(2261, 12, 31)
"""What pandas' nanoseconds can hold. A date outside is moved to the edge, which no ``DateBetween`` reaches."""


@dataclass(frozen=True)
class Validation:
    """What became of one table: (expectation, column, rule) of each that failed or could not be evaluated."""

    table: str
    is_valid: bool
    expectations_count: int
    failed: tuple[tuple[str, str, str], ...] = ()
    crashed: tuple[tuple[str, str, str], ...] = ()


def suite(table: Table) -> ExpectationSuite:
    """The contract as an expectation suite; each expectation's ``meta["rule_id"]`` is its place in ``rules``."""
    return _suite(table.name, rules(table))


def _suite(name: str, expected: list[Rule]) -> ExpectationSuite:
    import great_expectations as gx

    classes = _expectation_classes()
    return gx.ExpectationSuite(
        name=name,
        expectations=[
            classes[rule.expectation](**rule.arguments, meta={"rule_id": place}) for place, rule in enumerate(expected)
        ],
    )


def validate(frames: Iterable[tuple[Table, pl.DataFrame]]) -> list[Validation]:
    """Judge each frame by its table's suite; one ``Validation`` each, in order.

    An expectation that cannot be evaluated is a failure of its own kind (``crashed``); its text, which may
    quote a value, is not kept.
    """
    return [_validate(table, frame) for table, frame in frames]


def _validate(table: Table, frame: pl.DataFrame) -> Validation:
    expected = rules(table)
    try:
        passed = _evaluate(_suite(table.name, expected), to_pandas(frame))
    except Exception:  # whatever broke, its text may quote a value and is not kept
        passed = [None] * len(expected)
    judged = [
        (rule.expectation, rule.column, rule.rule, has_passed)
        for rule, has_passed in zip(expected, passed, strict=True)
    ]
    return Validation(
        table.name,
        is_valid=all(passed),
        expectations_count=len(expected),
        failed=tuple((kind, column, rule) for kind, column, rule, has_passed in judged if has_passed is False),
        crashed=tuple((kind, column, "CRASHED") for kind, column, _, has_passed in judged if has_passed is None),
    )


def _evaluate(expectations: ExpectationSuite, frame: pd.DataFrame) -> list[bool | None]:
    """Whether each expectation holds, in the suite's order; ``None`` where it could not be evaluated.

    Great Expectations' metrics are resolved once for the whole suite and handed to each expectation. Its
    ``Batch.validate`` comes to the same, but names the batch by hashing every value twice and copies each
    expectation three times: 4 s a night instead of 1.7.
    """
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.validator.metrics_calculator import MetricsCalculator

    form = {"result_format": "BOOLEAN_ONLY"}
    engine = PandasExecutionEngine(batch_data_dict={"frame": frame})
    calculator = MetricsCalculator(execution_engine=engine, show_progress_bars=False)
    needed = {
        metric.id: metric
        for expectation in expectations.expectations
        for metric in expectation.get_validation_dependencies(engine, form).get_metric_configurations()
    }
    graph = calculator.build_metric_dependency_graph(list(needed.values()), runtime_configuration=form)
    # A metric that raises is left out, and the expectations that need it raise in turn.
    metrics, _ = calculator.resolve_validation_graph(graph, runtime_configuration=form)
    passed: list[bool | None] = []
    for expectation in expectations.expectations:
        try:
            passed.append(expectation.metrics_validate(metrics, dict(form), engine).success is True)
        except Exception:  # its text may quote a value and is not kept
            passed.append(None)
    return passed


def to_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """The frame for Great Expectations. Columns with blanks keep their kind: no whole number becomes a float."""
    import pandas as pd

    return pd.DataFrame({column.name: _to_pandas(column) for column in frame.get_columns()}, copy=False)


def _to_pandas(column: pl.Series) -> Any:
    import numpy as np
    import pandas as pd

    if column.dtype == pl.String:
        return pd.StringDtype(na_value=np.nan).__from_arrow__(column.to_arrow())
    if column.dtype == pl.Date:
        return column.clip(FIRST_DATE, LAST_DATE).cast(pl.Datetime("ns")).to_numpy()
    if column.dtype == pl.Boolean or column.dtype.is_integer() or column.dtype.is_float():
        # A masked array tells "not a number" from blank; a plain one, which is quicker, cannot.
        is_nan = column.dtype.is_float() and bool(column.is_nan().any())
        if not column.null_count() and not is_nan:
            return column.to_numpy()
        filled = column.fill_null(False if column.dtype == pl.Boolean else 0).to_numpy(writable=True)
        blank = column.is_null().to_numpy(writable=True)
        if column.dtype == pl.Boolean:
            return pd.arrays.BooleanArray(filled, blank)
        return (pd.arrays.FloatingArray if column.dtype.is_float() else pd.arrays.IntegerArray)(filled, blank)
    return column.to_pandas()


def warm_up() -> threading.Thread:
    """Import Great Expectations in the background; ``validate`` waits for it by itself."""
    thread = threading.Thread(target=_expectation_classes, name="great-expectations", daemon=True)
    thread.start()
    return thread


_LOCK = threading.Lock()
_CLASSES: dict[str, Any] = {}


def _expectation_classes() -> Mapping[str, Any]:
    """Expectation name to class, made once per process."""
    with _LOCK:
        if not _CLASSES:
            _CLASSES.update(_make_classes())
        return _CLASSES


def _make_classes() -> dict[str, Any]:
    """Expectation name to class: Great Expectations' own, made quicker, and the three it lacks."""
    import logging

    import great_expectations.expectations as gxe

    logging.getLogger("great_expectations").setLevel(logging.CRITICAL)  # its messages may quote a value
    own = (
        gxe.ExpectTableColumnsToMatchOrderedList,
        gxe.ExpectColumnValuesToNotBeNull,
        gxe.ExpectColumnValuesToBeBetween,
        gxe.ExpectColumnValuesToBeInSet,
        gxe.ExpectColumnValuesToMatchRegex,
        gxe.ExpectColumnValuesToBeUnique,
        gxe.ExpectCompoundColumnsToBeUnique,
        gxe.ExpectColumnPairValuesAToBeGreaterThanB,
    )
    lacking = (_types_expectation(), _upn_expectation(), _sum_expectation())
    return {base.__name__: _remembering(base) for base in (*own, *lacking)}


def _remembering(base: Any) -> Any:
    """The expectation, with its configuration and needed metrics worked out once instead of some forty times."""
    from great_expectations.compatibility import pydantic

    def configuration(self: Any) -> Any:
        if self._built is None:
            self._built = base.configuration.fget(self)
        return self._built

    def get_validation_dependencies(self: Any, execution_engine: Any, runtime_configuration: Any) -> Any:
        if self._needs is None:
            self._needs = base.get_validation_dependencies(self, execution_engine, runtime_configuration)
        return self._needs

    body = {
        "__module__": __name__,
        "_built": pydantic.PrivateAttr(None),
        "_needs": pydantic.PrivateAttr(None),
        "configuration": property(configuration),
        "get_validation_dependencies": get_validation_dependencies,
    }
    return type(base)(OURS + base.__name__, (base,), body)


def _types_expectation() -> Any:
    from great_expectations.expectations.expectation import BatchExpectation

    class ExpectColumnTypes(BatchExpectation):
        """Each column has one of the types that its kind may have."""

        column_types: dict[str, list[str]]
        metric_dependencies = ("table.column_types",)
        success_keys = ("column_types",)

        def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, Any]:
            found = {column["name"]: str(column["type"]) for column in metrics["table.column_types"]}
            return {"success": all(found.get(name) in types for name, types in self.column_types.items())}

    return ExpectColumnTypes


def _upn_expectation() -> Any:
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import ColumnMapExpectation
    from great_expectations.expectations.metrics.map_metric_provider import ColumnMapMetricProvider
    from great_expectations.expectations.metrics.map_metric_provider.column_condition_partial import (
        column_condition_partial,
    )

    class _ValidUpn(ColumnMapMetricProvider):
        condition_metric_name = "column_values.orchard_valid_upn"

        @column_condition_partial(engine=PandasExecutionEngine)
        def _pandas(cls, column: pd.Series, **_: Any) -> np.ndarray:  # noqa: N805
            return _has_right_check_letter(column)

    class ExpectColumnValuesToBeValidUpn(ColumnMapExpectation):
        """Each value is a UPN with the right check letter."""

        map_metric = "column_values.orchard_valid_upn"
        success_keys = ("mostly",)

    return ExpectColumnValuesToBeValidUpn


def _has_right_check_letter(column: pd.Series) -> np.ndarray:
    """The arithmetic of ``checks.ValidUpn`` on a numpy matrix of characters, a row per UPN."""
    import numpy as np

    is_formed = column.str.fullmatch(f"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]").to_numpy(bool)
    characters = np.frombuffer("".join(column[is_formed]).encode("ascii"), np.uint8).reshape(-1, 13)
    values = np.zeros(128, int)
    values[[ord(digit) for digit in "0123456789"]] = range(10)
    values[[ord(letter) for letter in UPN_LETTERS]] = range(len(UPN_LETTERS))
    numbers = values[characters]
    is_right = is_formed.copy()
    is_right[is_formed] = (numbers[:, 1:] @ np.arange(2, 14)) % 23 == numbers[:, 0]
    return is_right


def _sum_expectation() -> Any:
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import MulticolumnMapExpectation
    from great_expectations.expectations.metrics.map_metric_provider import MulticolumnMapMetricProvider
    from great_expectations.expectations.metrics.map_metric_provider.multicolumn_condition_partial import (
        multicolumn_condition_partial,
    )

    class _PartsSum(MulticolumnMapMetricProvider):
        condition_metric_name = "multicolumn_values.orchard_parts_sum"
        condition_domain_keys = (
            "batch_id",
            "table",
            "column_list",
            "row_condition",
            "condition_parser",
            "ignore_row_if",
        )

        @multicolumn_condition_partial(engine=PandasExecutionEngine)
        def _pandas(cls, column_list: pd.DataFrame, **_: Any) -> pd.Series:  # noqa: N805
            return column_list.iloc[:, 1:].sum(axis=1) == column_list.iloc[:, 0]

    class ExpectPartsToSumToWhole(MulticolumnMapExpectation):
        """The first column is the sum of the others."""

        map_metric = "multicolumn_values.orchard_parts_sum"
        success_keys = ("mostly",)

    return ExpectPartsToSumToWhole
