"""Serve a trust on this machine: both apps, Dagster's page and the daemon that keeps the schedule.

Each is a process of its own in its own group, started by us and ended by us. Loopback only.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from expectations.errors import BusyError, SettingsError
from pipelines.refresh import QUIET
from pipelines.settings import Settings
from pipelines.where import HOME_VARIABLE, JOURNAL_VARIABLE, TRAIL_VARIABLE

DAGSTER_YAML = """\
telemetry: {enabled: false}
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
concurrency: {runs: {max_concurrent_runs: 1}}
run_monitoring: {enabled: true, poll_interval_seconds: 30, max_runtime_seconds: 3600}
run_retries: {enabled: true, max_retries: 1}
retention:
  schedule: {purge_after_days: 30}
  sensor: {purge_after_days: 7}
"""
WORKSPACE = Path(__file__).parents[1] / "workspace.yaml"
LOOPBACK = "127.0.0.1"
ENDING_SECONDS = 10
ONLY = {"board app": "board", "staff app": "staff", "Dagster page": "night", "schedule": "night"}
"""Process to the part it belongs to: what ``orchard serve --only`` takes."""


def serve(settings: Settings, only: str = "") -> int:
    """Start everything (or ``only`` the board app, the staff app or the night), print where it is, wait.

    0 when interrupted, 3 when a process ended by itself. Each app alone is how two operating-system users run them.
    """
    lines = {name: line for name, line in commands(settings).items() if only in ("", ONLY[name])}
    if not lines:
        raise SettingsError("There is nothing of that name to serve", only, "Choose board, staff or night.")
    refuse_taken_ports(settings, only)
    environment = apps_environment(settings)
    if only in ("", "night"):
        environment = dagster_environment(settings)
        end_orphaned_runs(environment)
    with _running(lines, environment) as processes:
        print(addresses(settings, only), flush=True)  # noqa: T201 -- the program's voice
        return _wait(processes)


def commands(settings: Settings) -> dict[str, list[str]]:
    """Name to command line of every process."""
    from dashboards.server_settings import command

    python = [sys.executable, "-W", "ignore"]
    where = ["-w", str(WORKSPACE)]
    return {
        "board app": command("board", settings.home, settings.board_port),
        "staff app": command("staff", settings.home, settings.staff_port),
        "Dagster page": [
            *python, "-m", "dagster_webserver", "-h", LOOPBACK, "-p", str(settings.dagster_port), *where,
            "--suppress-warnings",
        ],
        "schedule": [*python, "-m", "dagster._daemon", "run", *where],
    }  # fmt: skip


def addresses(settings: Settings, only: str = "") -> str:
    """Where a person finds each page."""
    places = {
        "board": f"Board app (governors, trustees):          http://{LOOPBACK}:{settings.board_port}",
        "staff": f"Staff app (SEND lead, SENCOs, central):   http://{LOOPBACK}:{settings.staff_port}",
        "night": f"Dagster (the central team):               http://{LOOPBACK}:{settings.dagster_port}\n"
                 "The night runs at 02:00 in London.",
    }  # fmt: skip
    return "\n".join([*(place for name, place in places.items() if only in ("", name)), "Ctrl+C ends all of this."])


def refuse_taken_ports(settings: Settings, only: str = "") -> None:
    """Raise ``BusyError`` naming the setting whose port another program holds, before anything starts."""
    ports = {"board": "board_port", "staff": "staff_port", "night": "dagster_port"}
    for name in (setting for part, setting in ports.items() if only in ("", part)):
        port = getattr(settings, name)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                raise BusyError(
                    f"Port {port} is taken", name, f"End the program that holds it, or set {name} in orchard.toml."
                ) from None


def dagster_environment(settings: Settings) -> dict[str, str]:
    """The environment of every process; Dagster's home is made ready."""
    settings.dagster_home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (settings.dagster_home / "dagster.yaml").write_text(DAGSTER_YAML, encoding="utf-8")
    return {**apps_environment(settings), "DAGSTER_HOME": str(settings.dagster_home)}


def apps_environment(settings: Settings) -> dict[str, str]:
    """The environment of an app: where the data are and, unless they are files, where journal and trail are."""
    given = {JOURNAL_VARIABLE: settings.journal_url, TRAIL_VARIABLE: settings.trail_url}
    urls = {name: url.get_secret_value() for name, url in given.items() if url}
    return {**os.environ, **QUIET, HOME_VARIABLE: str(settings.home), **urls}


def environment_of(name: str, environment: dict[str, str]) -> dict[str, str]:
    """The environment of one process: the board app, which writes the trail alone, is not told where the journal is."""
    return {key: value for key, value in environment.items() if name != "board app" or key != JOURNAL_VARIABLE}


def end_orphaned_runs(environment: dict[str, str]) -> None:
    """Mark runs that a crash left 'started' as failed: they would keep the queue shut for ever."""
    os.environ.update({name: environment[name] for name in ("DAGSTER_HOME", *QUIET)})
    import dagster as dg

    started = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING]
    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs(filters=dg.RunsFilter(statuses=started)):
            instance.report_run_failed(run, "Orphaned: the machine or the service was restarted.")


@contextmanager
def _running(named: dict[str, list[str]], environment: dict[str, str]) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, line in named.items():
            own = environment_of(name, environment)
            processes[name] = subprocess.Popen(line, env=own, start_new_session=True)  # noqa: S603 -- ours
        yield processes
    finally:
        for process in processes.values():
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + ENDING_SECONDS
        for process in processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _wait(processes: dict[str, subprocess.Popen[bytes]]) -> int:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)  # a shell that starts us in the background has it ignored
    try:
        while True:
            for name, process in processes.items():
                if process.poll() is not None:
                    print(f"The {name} ended by itself (code {process.returncode}); all is ended.", flush=True)  # noqa: T201
                    return 3
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
