"""The blocking check of a table: the contract's own findings and Great Expectations, counts only.

Both judge every frame before it is stored. Great Expectations costs seconds to import, so it is imported in
the background while files are read, and only on a night that has something new to check.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from expectations.contract import Table
from expectations.findings import Finding, find


@dataclass
class Checker:
    """Judges frames by their contracts; remembers how much it judged."""

    expectations_count: int = 0
    tables: list[str] = field(default_factory=list)

    def check(self, frame: pl.DataFrame, table: Table) -> tuple[tuple[Finding, ...], int]:
        """(broken rules, number of expectations that Great Expectations evaluated).

        Raw tables are text as delivered and clean tables are judged row by row while cleaning; core, model and
        mart tables are validated by Great Expectations as well.
        """
        findings = list(find(frame, table))
        evaluated = 0
        if table.layer in {"core", "model", "mart"}:
            from expectations.gx import validate

            for validation in validate([(table, frame)]):
                evaluated += validation.expectations_count
                for kind, column, rule in (*validation.failed, *validation.crashed):
                    findings.append(Finding(table.name, column, rule, f"Great Expectations: {kind}", frame.height))
        self.expectations_count += evaluated
        self.tables.append(table.name)
        return tuple(findings), evaluated
