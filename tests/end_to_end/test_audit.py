"""``orchard audit`` over the first night's release: what was tried, and what it refuses."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import polars as pl
import pytest

from expectations.errors import DisclosureError
from expectations.tables import ALL
from models.disclosure import refuse_what_follows
from tests.end_to_end.conftest import Trust, orchard


def test_nothing_small_can_be_worked_out_of_the_release(trust: Trust) -> None:
    done = orchard("audit", "--home", str(trust.home))
    assert done.returncode == 0, done.stderr
    said = re.search(r"(\d+) aggregate tables with ([\d,]+) cells .* ([\d,]+) hidden counts were attacked", done.stdout)
    assert said, done.stdout
    tables, cells, tried = (int(number.replace(",", "")) for number in said.groups())
    assert "not declared as linked" not in done.stdout, "declare what the listed counts are to each other"
    assert tables > 20
    assert cells > 1_000
    assert tried > 100


def test_a_release_whose_file_was_changed_is_refused(trust: Trust, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(trust.home, home, symlinks=True, ignore=shutil.ignore_patterns("drop", "landing", "work.duckdb"))
    with ((home / "CURRENT").resolve() / "agg_trust.duckdb").open("r+b") as file:
        file.seek(20_000)
        file.write(b"\x00\x01\x02")
    done = orchard("audit", "--home", str(home))
    assert done.returncode == 3
    assert "Files differ from the manifest: agg_trust.duckdb" in done.stderr


def test_a_release_that_is_not_there_is_said_so(trust: Trust) -> None:
    done = orchard("audit", "--home", str(trust.home), "--release", "77")
    assert done.returncode == 3
    assert "There is no such release (77)" in done.stderr


def test_a_hidden_count_of_a_shown_small_group_is_found(trust: Trust) -> None:
    table = ALL["mart_ehc_clock__school"]
    released = trust.published("agg_trust.duckdb", f"select * from {table.name}")
    assert refuse_what_follows({table: released}).hidden_count > 0
    shown = released.with_columns(
        plans_count=pl.lit(3, dtype=pl.Int64),
        overdue_reviews_count=pl.lit(None, dtype=pl.Int64),
        hidden_columns=pl.lit("overdue_reviews_count"),
    )
    with pytest.raises(DisclosureError, match="can be worked out"):
        refuse_what_follows({table: shown})
