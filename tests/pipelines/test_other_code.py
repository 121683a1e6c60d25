"""A release that other code made: what is said of it by ``audit`` and ``rollback``, and that the rest is judged."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from expectations.errors import DisclosureError, OrchardError
from expectations.tables import ALL
from pipelines.auditing import audit_release
from pipelines.cli import app
from pipelines.other_code import beside, maker_of, what_pages_miss
from pipelines.publish import AGGREGATE_LEVELS
from tests.pipelines.test_publish import publish_once
from tests.support.homes import make_home
from tests.support.other_code import alter
from tests.support.releases import publish_release

MARTS = {table.name for table in ALL.values() if table.layer == "mart" and table.sensitivity in AGGREGATE_LEVELS}


def test_a_release_of_this_code_differs_in_nothing(tmp_path: Path) -> None:
    release = publish_release(tmp_path)
    found = beside(release / "agg_trust.duckdb")
    assert found.is_same, found.told()
    assert {table.name for table in found.same} == MARTS
    assert what_pages_miss(release) == ""


def test_each_kind_of_difference_is_named(tmp_path: Path) -> None:
    release = publish_release(tmp_path)
    alter(
        release,
        "drop table mart_referrals__school",
        "alter table mart_pupils__school drop column ehc_plan_rate",
        "alter table mart_needs__plan alter column hidden_columns type integer using 0",
        "create table mart_weather__day (rain integer)",
    )
    found = beside(release / "agg_trust.duckdb")
    assert found.missing == ("mart_referrals__school",)
    assert found.changed == ("mart_needs__plan", "mart_pupils__school")
    assert found.unknown == ("mart_weather__day",)
    said = what_pages_miss(release)
    assert "3 of its tables" in said
    assert "mart_weather__day" not in said, "no page looks for it"


def test_what_can_be_audited_is_and_the_rest_is_said(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    publish_once(tmp_path)
    ended = CliRunner().invoke(app, ["audit", "--home", str(tmp_path), "--release", "1"])
    assert ended.exit_code == 1, ended.output
    said = " ".join(ended.output.split())
    assert "files are as the manifest says. Other code made this release (code version unknown)" in said
    assert "not in this release: mart_apdr__school," in said
    assert "run 'orchard audit' with the code that made them; or run 'orchard refresh'" in said
    assert "Of the others: 1 aggregate tables" in said
    assert not audit_release(settings).is_whole


def test_a_leak_in_what_can_be_audited_is_still_found(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    publish_once(tmp_path)
    alter((tmp_path / "CURRENT").resolve(), "update mart_pupils__school set ehc_plan_count = 3")
    with pytest.raises(DisclosureError, match="mart_pupils__school"):
        audit_release(settings)


def test_a_release_of_which_nothing_is_as_declared_is_a_sentence(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    publish_once(tmp_path)
    alter((tmp_path / "CURRENT").resolve(), "alter table mart_pupils__school add column rain integer")
    with pytest.raises(OrchardError, match="None of the release's tables can be audited"):
        audit_release(settings)


def test_a_rollback_to_a_release_of_other_code_says_what_pages_will_miss(tmp_path: Path) -> None:
    make_home(tmp_path)
    publish_once(tmp_path)
    publish_once(tmp_path)
    ended = CliRunner().invoke(app, ["rollback", "--home", str(tmp_path)])
    assert ended.exit_code == 1, ended.output
    assert "Release 1 is the one that people see now" in ended.output
    assert "Their pages will say so" in ended.output
    assert maker_of(tmp_path / "releases" / "1") == "code version unknown"
