"""The whole night in the foreground: the same Dagster job as at 02:00, run in this process, with its closing table.

Run records of a foreground refresh live in memory: what happened is in the release's manifest and the ledger.
Dagster's own pages show the scheduled runs.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from expectations.errors import OrchardError
from pipelines.night import Night, open_night
from pipelines.settings import Settings
from pipelines.standing import nothing_has_changed

QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DAGSTER_REDACT_USER_CODE_ERRORS": "1",
    "GX_ANALYTICS_ENABLED": "false",
}
"""No telemetry, and no exception text of ours in an event: it could quote a value."""


@dataclass(frozen=True)
class Outcome:
    """What a refresh came to, for the closing table and the exit code."""

    states: dict[str, int]
    unsettled_count: int
    accepted_rows: int
    quarantined_rows: int
    tables_checked: int
    expectations_evaluated: int
    rules_broken: int
    release_number: int | None
    is_new_release: bool
    stage_seconds: dict[str, float]
    wall_seconds: float
    failures: tuple[OrchardError, ...]
    broken: tuple[str, ...]
    not_taken: tuple[str, ...]
    quiet_seconds: int
    is_success: bool

    @property
    def exit_code(self) -> int:
        """0 done; 1 done with rows set aside or files not taken; 3 failed and the last good release stands."""
        if not self.is_success:
            return 3
        not_taken = self.states.get("REFUSED", 0) + self.states.get("HELD", 0)
        return 1 if self.quarantined_rows or not_taken else 0


def refresh(settings: Settings, report: Callable[[str], None] = lambda _: None) -> Outcome:
    """Run the night once, now, unless nothing at all has changed since the last good one.

    Raises ``BusyError`` when another refresh holds the trust.
    """
    began = time.perf_counter()
    os.environ.update(QUIET)
    with open_night(settings, dt.datetime.now(dt.UTC), report) as night:
        if nothing_has_changed(night):
            return _outcome(night, True, time.perf_counter() - began)
        _warm_up(night)
        with night.stage("starting"):
            run = _job_of(night)
        is_success = run()
        return _outcome(night, is_success, time.perf_counter() - began)


def _warm_up(night: Night) -> None:
    """Import Great Expectations beside the reading of files, unless nothing new has arrived."""
    from expectations.gx import warm_up

    night.when_new_files = warm_up


def _job_of(night: Night) -> Callable[[], bool]:
    """Dagster's job over this night, ready to run; true when every step succeeded."""
    import dagster as dg

    from pipelines.definitions import build_definitions
    from pipelines.schedules import JOB_NAME

    job = build_definitions(lambda: nullcontext(night)).resolve_job_def(JOB_NAME)
    instance = dg.DagsterInstance.ephemeral()
    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    return lambda: job.execute_in_process(run_config=quiet, instance=instance, raise_on_error=False).success


def _outcome(night: Night, is_success: bool, wall_seconds: float) -> Outcome:
    accepted, quarantined = _row_counts(night)
    return Outcome(
        states=dict(night.landed.states),
        unsettled_count=night.landed.unsettled_count,
        accepted_rows=accepted,
        quarantined_rows=quarantined,
        tables_checked=len(night.checker.tables),
        expectations_evaluated=night.checker.expectations_count,
        rules_broken=sum(len(filled.findings) for filled in night.filled),
        release_number=night.release_number,
        is_new_release=night.is_new_release,
        stage_seconds=dict(night.stage_seconds),
        wall_seconds=wall_seconds,
        failures=tuple(night.failures.values()),
        broken=tuple(
            f"{f.table}.{f.column}: {f.description} ({f.rule}), {f.failing_count:,} rows"
            for filled in night.filled
            for f in filled.findings
        ),
        not_taken=_not_taken(night),
        quiet_seconds=night.settings.quiet_seconds,
        is_success=is_success and night.release_number is not None,
    )


def _not_taken(night: Night) -> tuple[str, ...]:
    """One line for each file of tonight's drop that was not taken: whose, which, why, what next."""
    rows = night.store.execute(
        "select l.school_urn, l.file_name, l.state, l.what, l.next_step from ledger l join present p "
        "on p.delivery_key = l.delivery_key and p.school_urn = l.school_urn "
        "where l.state in ('REFUSED', 'HELD') order by 1, 2"
    )
    return tuple(f"{urn} {name}: {state.lower()}. {what}. {step}" for urn, name, state, what, step in rows)


def _row_counts(night: Night) -> tuple[int, int]:
    """(rows accepted, rows set aside) of everything that stands; zeros when the night ended before cleaning."""
    try:
        rows = night.store.execute(
            "select coalesce(sum(accepted_rows_count), 0)::bigint, coalesce(sum(quarantined_rows_count), 0)::bigint "
            "from model_deliveries__balance"
        )
    except OrchardError:
        return 0, 0
    return rows[0][0], rows[0][1]
