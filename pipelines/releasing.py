"""From stored marts to a release: what it says of itself, its mend lists, its manifest. ``publish.py`` writes it."""

from __future__ import annotations

import datetime as dt
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import polars as pl

from expectations.contract import Sensitivity, Table
from expectations.derive import conform, passports
from expectations.errors import ContractViolation
from expectations.tables import ALL
from expectations.tables.deliveries import MART_DELIVERIES__MEND_ROWS
from expectations.tables.ehc_clock import MART_EHC_CLOCK__DUE
from expectations.tables.questions import (
    MART_RELEASE__ABOUT,
    MART_RELEASE__BENCHMARKS,
    MART_RELEASE__METHODS,
    MART_RELEASE__PASSPORTS,
    MART_RELEASE__SCHOOLS,
)
from pipelines import publish, reference_data, released_cells
from pipelines.calendar_file import write_calendar
from pipelines.mend import write_mend_list
from pipelines.night import Night, code_version
from pipelines.settings import thresholds_of
from pipelines.sharing import open_the_way, readers_of
from pipelines.standing import is_remembered, remember, whole_manifest

DESCRIBING = (
    MART_RELEASE__ABOUT,
    MART_RELEASE__BENCHMARKS,
    MART_RELEASE__METHODS,
    MART_RELEASE__PASSPORTS,
    MART_RELEASE__SCHOOLS,
)
PUBLISHED: tuple[Table, ...] = tuple(t for t in ALL.values() if t.layer == "mart" and t not in DESCRIBING)


def release_marts(night: Night, run_id: str) -> int:
    """Publish a new release unless nothing in it would differ; the number of the release that stands."""
    releases, current = night.settings.releases_folder, night.settings.current
    with night.stage("publishing"):
        fingerprint = _fingerprint(night)
        standing = whole_manifest(current)
        if standing and (standing["fingerprint"] == fingerprint or is_remembered(night)):
            night.release_number = int(standing["release_number"])
            remember(night)
            return night.release_number
        number = publish.next_number(releases)
        marts = {table: night.store.read(table) for table in PUBLISHED}
        described = _describe(night, number, oldest_reading(marts, night.data_date))
        marts |= described
        urns = [school.urn for school in night.settings.schools]
        _check_described(night, described)
        earlier = released_cells.earlier_readings(night.settings, marts)
        folder, files = publish.build_release(releases, marts, urns, thresholds_of(night.settings), earlier)
        _write_mend_lists(night, folder, marts[MART_DELIVERIES__MEND_ROWS])
        _write_calendars(night, folder, marts[MART_EHC_CLOCK__DUE])
    manifest = _manifest(night, run_id, number, fingerprint, files)
    with night.stage("publishing"):
        readers = readers_of(night.settings)
        target = publish.seal(folder, releases, number, manifest, readers)
        if readers:
            open_the_way(night.settings, readers)
        released_cells.write_down(night.settings, marts, number, night.data_date)
        publish.point_to(current, target)
        publish.keep_newest(releases, current, night.settings.releases_kept)
    night.release_number, night.is_new_release = number, True
    remember(night)
    return number


def _check_described(night: Night, described: dict[Table, pl.DataFrame]) -> None:
    """What a release says of itself meets its contract too. Raises ``ContractViolation``."""
    for table, frame in described.items():
        findings, _ = night.checker.check(conform(frame, table), table)
        if findings:
            broken = ", ".join(f"{f.column} {f.rule}" for f in findings)
            raise ContractViolation(f"What the release says of itself breaks its contract: {broken}", table.name)


def _fingerprint(night: Night) -> str:
    """Equal when a new release would hold the same figures: the marts' contents and what describes them."""
    settings = night.settings
    contents = sorted((table.name, night.version_of(table)) for table in PUBLISHED)
    schools = [school.model_dump() for school in settings.schools]
    told = repr((contents, settings.trust_name, settings.is_sample, schools, code_version()))
    return publish.text_sha256(told)[:16]


def oldest_reading(marts: dict[Table, pl.DataFrame], today: dt.date) -> dt.date | None:
    """The date of the oldest counts among the marts; ``None`` when all are of today."""
    dates = [frame["data_date"].min() for table, frame in marts.items()
             if table.sensitivity is Sensitivity.AGGREGATE and "data_date" in frame.columns]  # fmt: skip
    oldest = min((date for date in dates if isinstance(date, dt.date)), default=today)
    return oldest if oldest < today else None


def _describe(night: Night, number: int, figures_date: dt.date | None) -> dict[Table, pl.DataFrame]:
    settings = night.settings
    about = {
        "release_number": number,
        "data_date": night.data_date,
        "figures_date": figures_date,
        "made_at": night.started_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "trust_name": settings.trust_name,
        "is_sample": settings.is_sample,
        "code_version": code_version(),
    }
    pages = sorted((resources.files("models") / "methods").iterdir(), key=lambda page: page.name)
    methods = [
        {"method": p.name.removesuffix(".md"), "markdown": p.read_text("utf-8")}
        for p in pages
        if p.name.endswith(".md")
    ]
    return {
        MART_RELEASE__ABOUT: pl.DataFrame([about], schema_overrides={"figures_date": pl.Date}),
        MART_RELEASE__SCHOOLS: reference_data.schools(settings).drop("laestab"),
        MART_RELEASE__METHODS: pl.DataFrame(methods, schema={"method": pl.String, "markdown": pl.String}),
        MART_RELEASE__PASSPORTS: passports(tuple(ALL.values())),
        MART_RELEASE__BENCHMARKS: reference_data.benchmarks(),
    }


def _refused_files(night: Night) -> pl.DataFrame:
    """Files of tonight's drop that were not taken, in the shape of the quarantine: the whole file is to be mended."""
    return night.store.query(
        "select l.delivery_key, l.school_urn, l.file_name, null::varchar as sheet, null::bigint as row_number, "
        "'' as table_name, l.source_label, null::varchar as column_label, l.rule, l.what, l.next_step, "
        "true as is_row_set_aside from ledger l join present p on p.delivery_key = l.delivery_key "
        "and p.school_urn = l.school_urn where l.state in ('REFUSED', 'HELD')"
    )


def _write_mend_lists(night: Night, folder: Path, rows: pl.DataFrame) -> None:
    mend = folder / "mend"
    mend.mkdir(mode=0o750)
    rows = pl.concat([rows, conform(_refused_files(night).select(rows.columns), MART_DELIVERIES__MEND_ROWS)])
    for school in night.settings.schools:
        mine = rows.filter(pl.col("school_urn") == school.urn)
        write_mend_list(mine, school.name, mend / f"{school.urn}.xlsx", mend / f"{school.urn}.csv")
    trusts = rows.filter(pl.col("school_urn") == "TRUST")
    write_mend_list(trusts, night.settings.trust_name, mend / "trust.xlsx", mend / "trust.csv")


def _write_calendars(night: Night, folder: Path, rows: pl.DataFrame) -> None:
    calendars = folder / "calendar"
    calendars.mkdir(mode=0o750)
    secret = night.settings.pupil_key_secret().get_secret_value()
    for school in night.settings.schools:
        mine = rows.filter(pl.col("school_urn") == school.urn)
        write_calendar(mine, school.name, night.data_date, secret, calendars / f"{school.urn}.ics")


def _manifest(night: Night, run_id: str, number: int, fingerprint: str, files: dict[str, Any]) -> dict[str, Any]:
    """Everything needed to say where a figure came from. Names of files and counts; no pupil, no value."""
    store = night.store
    return {
        "release_number": number,
        "run_id": run_id,
        "fingerprint": fingerprint,
        "code_version": code_version(),
        "git_commit": _git_commit(),
        "data_date": night.data_date.isoformat(),
        "made_at": night.started_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "is_sample": night.settings.is_sample,
        "board_address": night.settings.board_address,
        "inputs": [
            {"sha256": sha, "school_urn": urn, "state": state, "rows": rows}
            for sha, urn, state, rows in store.execute(
                "select sha256, school_urn, state, rows_count from ledger order by 1, 2"
            )
        ],
        "rows": {table.name: (store.filled(table) or ("", "", 0))[2] for table in ALL.values() if table.layer != "raw"
                 and table not in DESCRIBING},
        "checks": {
            "tables_checked": len(night.checker.tables),
            "expectations_evaluated": night.checker.expectations_count,
            "rules_broken": sum(len(filled.findings) for filled in night.filled),
        },
        "landing": {**night.landed.states, "UNSETTLED": night.landed.unsettled_count},
        released_cells.WRITTEN: True,
        "stage_seconds": {name: round(seconds, 3) for name, seconds in night.stage_seconds.items()},
        "files": files,
    }  # fmt: skip


def _git_commit() -> str | None:
    """The checkout's commit, where there is a checkout and git."""
    try:
        found = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607
            cwd=Path(__file__).parent, capture_output=True, text=True, timeout=5, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip() or None
