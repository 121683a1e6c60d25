"""Publishing: whole or not at all, verified, and never anything that is not released."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import time
from pathlib import Path

import duckdb
import polars as pl
import pytest

from expectations.derive import conform, empty_frame
from expectations.errors import DisclosureError, OrchardError
from expectations.tables import ALL
from models.disclosure import Thresholds, release
from pipelines import publish

PUPILS = ALL["mart_pupils__school"]
REGISTER = ALL["mart_pupils__register"]
URNS = ["999001", "999002"]


def roll(pupils: int = 100) -> pl.DataFrame:
    """True figures of two schools and the trust."""
    frame = pl.DataFrame(
        {
            "school_urn": [*URNS, "TRUST"],
            "data_date": [dt.date(2026, 11, 20)] * 3,
            "pupils_count": [pupils, pupils, 2 * pupils],
            "sen_support_count": [20, 20, 40],
            "ehc_plan_count": [10, 10, 20],
            "no_sen_count": [pupils - 30, pupils - 30, 2 * pupils - 60],
            "sen_support_rate": [20 / pupils] * 3,
            "ehc_plan_rate": [10 / pupils] * 3,
            "hidden_columns": [""] * 3,
        }
    )
    return release(conform(frame, PUPILS), PUPILS)


def register() -> pl.DataFrame:
    rows = [
        ("0" * 20, "999001", "CanaryOne", "Ash", "4", "K", "SLCN"),
        ("1" * 20, "999002", "CanaryTwo", "Elm", "5", "E", "ASD"),
    ]
    return conform(pl.DataFrame(rows, schema=REGISTER.column_names, orient="row"), REGISTER)


def publish_once(home: Path, pupils: int = 100) -> int:
    releases, current = home / "releases", home / "CURRENT"
    number = publish.next_number(releases)
    folder, files = publish.build_release(releases, {PUPILS: roll(pupils), REGISTER: register()}, URNS, Thresholds())
    publish.point_to(current, publish.seal(folder, releases, number, {"release_number": number, "files": files}))
    publish.keep_newest(releases, current, 3)
    return number


def tables_in(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return {name: connection.execute(f"select count(*) from {name}").fetchall()[0][0] for name in names}


def test_each_file_holds_only_its_level_and_its_school(tmp_path: Path) -> None:
    publish_once(tmp_path)
    release_folder = (tmp_path / "CURRENT").resolve()
    assert tables_in(release_folder / "agg_999001.duckdb") == {"mart_pupils__school": 2}
    assert tables_in(release_folder / "agg_trust.duckdb") == {"mart_pupils__school": 3}
    assert tables_in(release_folder / "pupil_999001.duckdb") == {"mart_pupils__school": 2, "mart_pupils__register": 1}
    assert tables_in(release_folder / "pupil_trust.duckdb") == {"mart_pupils__school": 3, "mart_pupils__register": 2}
    assert b"CanaryTwo" not in (release_folder / "pupil_999001.duckdb").read_bytes()
    for name in ("agg_999001.duckdb", "agg_999002.duckdb", "agg_trust.duckdb"):
        assert b"Canary" not in (release_folder / name).read_bytes()


def test_no_log_file_is_left_beside_a_published_database(tmp_path: Path) -> None:
    publish_once(tmp_path)
    assert not list((tmp_path / "releases").rglob("*.wal"))


def test_three_releases_are_kept_and_the_pointer_is_the_newest(tmp_path: Path) -> None:
    for _ in range(5):
        publish_once(tmp_path)
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == ["3", "4", "5"]
    assert (tmp_path / "CURRENT").resolve().name == "5"


def test_rollback_goes_to_the_release_before_and_forward_by_number(tmp_path: Path) -> None:
    for _ in range(3):
        publish_once(tmp_path)
    releases, current = tmp_path / "releases", tmp_path / "CURRENT"
    assert publish.roll_back(releases, current) == 2
    assert current.resolve().name == "2"
    assert publish.roll_back(releases, current, to=3) == 3
    with pytest.raises(OrchardError, match="no such release"):
        publish.roll_back(releases, current, to=9)


def test_a_flipped_byte_is_found_and_never_rolled_back_to(tmp_path: Path) -> None:
    publish_once(tmp_path)
    publish_once(tmp_path)
    damaged = tmp_path / "releases" / "1" / "agg_trust.duckdb"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.chmod(0o600)
    damaged.write_bytes(content)
    with pytest.raises(OrchardError, match=r"agg_trust\.duckdb"):
        publish.roll_back(tmp_path / "releases", tmp_path / "CURRENT")
    assert (tmp_path / "CURRENT").resolve().name == "2"


def test_an_unreleased_count_is_refused_at_the_last_look(tmp_path: Path) -> None:
    frame = roll().with_columns(sen_support_count=pl.lit(3, pl.Int64))
    with pytest.raises(DisclosureError):
        publish.build_release(tmp_path / "releases", {PUPILS: frame}, URNS, Thresholds())
    assert not list((tmp_path / "releases").glob("[0-9]*"))


@pytest.mark.parametrize("name", ["model_impact__estimates", "core_pupils", "core_staff_rates"])
def test_a_table_that_is_no_mart_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DisclosureError, match=name):
        publish.build_release(tmp_path / "releases", {ALL[name]: empty_frame(ALL[name])}, URNS, Thresholds())


def _publish_for_ever(home: str) -> None:
    for number in range(1_000):
        publish_once(Path(home), 100 + number)


def test_killed_at_any_moment_the_pointer_names_a_whole_release(tmp_path: Path) -> None:
    publish_once(tmp_path)
    context = multiprocessing.get_context("spawn")
    for attempt in range(6):
        process = context.Process(target=_publish_for_ever, args=(str(tmp_path),))
        process.start()
        time.sleep(1.2 + 0.173 * attempt)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        publish.verify((tmp_path / "CURRENT").resolve())
    publish_once(tmp_path)
    assert not list((tmp_path / "releases").glob(".tmp-*"))
    assert not list(tmp_path.glob(".CURRENT*"))
