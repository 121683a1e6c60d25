"""The graph: it loads, every table has its asset and blocking check, and the clock is London's."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

from expectations.tables import ALL
from pipelines.definitions import defs
from pipelines.releasing import DESCRIBING
from pipelines.schedules import JOB_NAME, at_two, nightly_refresh, when_a_file_arrives
from pipelines.serve import dagster_environment
from tests.support.homes import deliver, make_home, register_rows

ROOT = Path(__file__).parents[2]
DAGSTER = [sys.executable, "-W", "ignore", "-m", "dagster"]


def test_every_declared_table_is_an_asset_and_every_asset_a_table() -> None:
    assets = {key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()}
    assert assets == {name for name, table in ALL.items() if table not in DESCRIBING} | {"release"}


def test_every_filled_table_has_its_blocking_check() -> None:
    graph = defs.resolve_asset_graph()
    checked = {key.asset_key.to_user_string() for key in graph.asset_check_keys}
    wanted = {name for name, table in ALL.items() if table.layer != "raw" and table not in DESCRIBING}
    assert checked == wanted
    for assets in defs.assets or ():
        for spec in getattr(assets, "check_specs", ()):
            assert spec.blocking


def test_nothing_leads_back_up() -> None:
    """A raw table comes of landing alone, and no layer reads a later one."""
    rank = {"raw": 0, "clean": 1, "core": 2, "model": 3, "mart": 4}
    allowed_back = {("clean", "core")}  # a clean row is linked to the people that the pupil lists gave
    graph = defs.resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        table = ALL.get(key.to_user_string())
        for parent in graph.get(key).parent_keys:
            above = ALL.get(parent.to_user_string())
            if table is None or above is None or (table.layer, above.layer) in allowed_back:
                continue
            assert rank[above.layer] <= rank[table.layer], f"{table.name} reads {above.name}"


def test_the_job_runs_in_one_process_at_two_in_london() -> None:
    assert nightly_refresh.name == JOB_NAME
    assert nightly_refresh.executor_def is dg.in_process_executor
    assert at_two.cron_schedule == "0 2 * * *"
    assert at_two.execution_timezone == "Europe/London"
    assert at_two.default_status is dg.DefaultScheduleStatus.RUNNING
    assert when_a_file_arrives.default_status is dg.DefaultSensorStatus.STOPPED


@pytest.mark.parametrize("night", [dt.date(2027, 3, 28), dt.date(2026, 10, 25), dt.date(2026, 12, 31)])
def test_the_clock_change_gives_one_night_and_no_more(night: dt.date) -> None:
    from dagster._utils.schedules import schedule_execution_time_iterator

    start = dt.datetime(night.year, night.month, night.day, tzinfo=ZoneInfo("Europe/London")).timestamp()
    ticks = schedule_execution_time_iterator(start, "0 2 * * *", "Europe/London")
    first, second = next(ticks), next(ticks)
    assert first.astimezone(ZoneInfo("Europe/London")).date() == night
    assert second.astimezone(ZoneInfo("Europe/London")).date() == night + dt.timedelta(days=1)


def test_the_workspace_loads_without_a_trust(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ORCHARD_HOME"}
    done = subprocess.run(
        [*DAGSTER, "definitions", "validate", "-w", str(ROOT / "workspace.yaml")],
        env={**environment, "DAGSTER_HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.slow
def test_a_real_daemon_keeps_the_schedule(tmp_path: Path) -> None:
    """The daemon fires the night by itself; the release appears; Dagster's store holds no pupil's name."""
    settings = make_home(tmp_path)
    deliver(settings, "999001", "register.csv", [row.replace("Surname", "CanaryName") for row in register_rows(30)])
    workspace = tmp_path / "workspace.yaml"
    workspace.write_text("load_from:\n  - python_module: tests.support.minute_location\n", encoding="utf-8")
    daemon = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "dagster._daemon", "run", "-w", str(workspace)],
        env=dagster_environment(settings) | {"PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        stdout=(tmp_path / "daemon.log").open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 600
        while not settings.current.exists() and time.monotonic() < deadline:
            time.sleep(1)
    finally:
        os.killpg(daemon.pid, signal.SIGTERM)
        daemon.wait(30)
    assert settings.current.exists(), (tmp_path / "daemon.log").read_text()[-3000:]
    told = [path for path in [*settings.dagster_home.rglob("*"), tmp_path / "daemon.log"] if path.is_file()]
    assert told
    assert not [path.name for path in told if b"CanaryName" in path.read_bytes()]
