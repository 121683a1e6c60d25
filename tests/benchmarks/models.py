"""``python -m tests.benchmarks.models [SUBJECT]``: the models of a subject, step by step, beside their goal.

SUBJECT is ``impact`` or ``plans`` (EHC plans, money, what is bought, leavers). A whole night of the sample trust is
run first; then every table of the models is made again over that night's core tables, by the assets themselves. Each
step is told with its seconds (made; checked and stored), the rows that the engine read for it and the rows that were
handed to Python. The goal is five seconds for making them all.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from expectations.contract import Table
from expectations.tables import ALL
from models.engine import tables_with_sql
from pipelines.night import Filled, Night, only_refresh
from pipelines.settings import load_settings
from pipelines.store import Store
from tests.benchmarks.night import orchard

GOAL_SECONDS = 5.0
NOUNS = {
    "impact": ("impact",),
    "plans": ("ehc_clock", "ehc_outcomes", "ehc_delivery", "value_for_money", "money", "cost_effectiveness",
              "purchasing", "referrals", "destinations", "moves"),
}  # fmt: skip
"""The nouns whose models and marts make up a subject."""
BEFORE = {"impact": ("model_interventions__starters", "model_interventions__group_dose"), "plans": ()}
"""Steps of a subject that stand under another noun."""


@dataclass(frozen=True)
class Step:
    """One table made again. ``is_sql`` says that the engine read the rows; otherwise Python was handed them."""

    table: str
    is_sql: bool
    made_seconds: float
    kept_seconds: float
    read_rows: int
    result_rows: int


@dataclass
class TimedNight(Night):
    """A night that notes what each table cost."""

    steps: list[Step] = field(default_factory=list)

    def fill(
        self, table: Table, reads: tuple[Table, ...], produce: Callable[[], pl.DataFrame], *, always: bool = False
    ) -> Filled:
        """Fill as every night does, with a watch on the making."""
        made_seconds = 0.0

        def timed() -> pl.DataFrame:
            nonlocal made_seconds
            began = time.perf_counter()
            frame = produce()
            made_seconds = time.perf_counter() - began
            return frame

        began = time.perf_counter()
        filled = super().fill(table, reads, timed, always=always)
        kept_seconds = time.perf_counter() - began - made_seconds
        read_rows = sum(known[2] for read in reads if (known := self.store.filled(read)))
        is_sql = table.name in tables_with_sql()
        self.steps.append(Step(table.name, is_sql, made_seconds, kept_seconds, read_rows, filled.rows_count))
        return filled


def tables_of(subject: str) -> tuple[str, ...]:
    """Every model and mart of a subject, and the steps before them."""
    mine = [name for name, table in ALL.items() if table.noun in NOUNS[subject] and table.layer in ("model", "mart")]
    return (*BEFORE[subject], *mine)


def make_again(home: Path, names: tuple[str, ...]) -> list[Step]:
    """Make these tables anew over what stands in the trust's work database."""
    import dagster as dg

    from expectations.gx import warm_up
    from pipelines.definitions import build_definitions
    from pipelines.refresh import QUIET
    from pipelines.schedules import JOB_NAME

    os.environ.update(QUIET)
    warm_up().join()  # a night imports it while it reads files
    settings = load_settings(home)
    with only_refresh(settings), Store(settings.work_file) as store:
        for name in names:
            store.execute("delete from filled where table_name = ?", [name])
        night = TimedNight(settings, store, dt.datetime.now(dt.UTC))
        done = (
            build_definitions(lambda: nullcontext(night))
            .resolve_job_def(JOB_NAME)
            .execute_in_process(
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
                instance=dg.DagsterInstance.ephemeral(),
                asset_selection=[dg.AssetKey(name) for name in names],
                raise_on_error=False,
            )
        )
        if not done.success:
            raise SystemExit(f"Not every step succeeded: {', '.join(night.failures) or 'a contract is broken'}")
        return night.steps


def show(steps: list[Step]) -> float:
    """A line a step and the sums; returns the seconds of making."""
    print(f"{'step':38} {'made s':>7} {'kept s':>7} {'engine read':>12} {'to Python':>10} {'result':>8}")
    for step in steps:
        read, handed = (step.read_rows, 0) if step.is_sql else (0, step.read_rows)
        seconds = f"{step.made_seconds:7.2f} {step.kept_seconds:7.2f}"
        print(f"{step.table:38} {seconds} {read:12,} {handed:10,} {step.result_rows:8,}")
    made, kept = sum(step.made_seconds for step in steps), sum(step.kept_seconds for step in steps)
    engine = sum(step.read_rows for step in steps if step.is_sql)
    handed = sum(step.read_rows for step in steps if not step.is_sql)
    print(f"{'all':38} {made:7.2f} {kept:7.2f} {engine:12,} {handed:10,}")
    return made


def main() -> None:
    """Make a sample and its night unless a home is given, and time the model over it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("subject", nargs="?", choices=sorted(NOUNS), default="impact")
    options.add_argument("--pupils", type=int, default=3_500)
    options.add_argument("--home", type=Path, help="a trust whose night has been run; the tables are made again")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder) / "home"
        if chosen.home is None:
            orchard("sample", "--out", str(home), "--pupils", str(chosen.pupils))
            orchard("refresh", "--home", str(home))
        made = show(make_again(home, tables_of(chosen.subject)))
    print(f"all models of {chosen.subject}: made in {made:.2f} s (goal {GOAL_SECONDS:.0f})")
    sys.exit(0 if made <= GOAL_SECONDS else 1)


if __name__ == "__main__":
    main()
