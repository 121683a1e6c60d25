"""The ledger of released cells, and whether people see tonight's reading or the one that stands."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from expectations.errors import OrchardError
from expectations.tables import ALL
from models.disclosure import Thresholds
from pipelines import publish, released_cells
from pipelines.releasing import oldest_reading
from pipelines.settings import Settings, load_settings
from tests.models.test_earlier import AUTUMN, LATER, SPRING, true_roll

PUPILS = ALL["mart_pupils__school"]
TOML = 'trust_name = "Elms"\nis_sample = true\n' + "".join(
    f'[[schools]]\nurn = "{urn}"\nname = "School"\nphase = "Primary"\nlaestab = "999{urn[2:]}"\n'
    for urn in ("100001", "100002")
)
OTHER = ("100002", 40, 35, 210)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "orchard.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


def one_night(settings: Settings, plans: int, day: dt.date) -> pl.DataFrame:
    """What people see of the roll after a night in which the first school has so many plans."""
    memory: dict[str, Any] = {}

    def once(name: str, work: Any) -> Any:
        return memory.setdefault(name, memory[name] if name in memory else work())

    night = SimpleNamespace(settings=settings, data_date=day, once=once, store=None)
    true = true_roll(("100001", 60, plans, 200), OTHER).with_columns(data_date=pl.lit(day))
    seen = released_cells.let_out(true, PUPILS, night)  # type: ignore[arg-type]
    number = publish.next_number(settings.releases_folder)
    earlier = released_cells.earlier_readings(settings, {PUPILS: seen})
    folder, files = publish.build_release(settings.releases_folder, {PUPILS: seen}, ["100001"], Thresholds(), earlier)
    target = publish.seal(folder, settings.releases_folder, number, _manifest(number, files))
    released_cells.write_down(settings, {PUPILS: seen}, number, day)
    publish.point_to(settings.current, target)
    publish.keep_newest(settings.releases_folder, settings.current, 1)
    return seen


def _manifest(number: int, files: dict[str, Any]) -> dict[str, Any]:
    return {"release_number": number, "files": files, released_cells.WRITTEN: True}


def plans_of(seen: pl.DataFrame) -> tuple[int, dt.date]:
    return seen["ehc_plan_count"][0], seen["data_date"][0]


def test_a_reading_stands_for_the_half_term_and_is_renewed_in_the_next(home: Path) -> None:
    settings = load_settings(home)
    assert plans_of(one_night(settings, 30, AUTUMN)) == (30, AUTUMN)
    second = one_night(settings, 31, LATER)
    assert plans_of(second) == (30, AUTUMN), "one more plan does not show, and the figure keeps its date"
    assert oldest_reading({PUPILS: second}, LATER) == AUTUMN
    third = one_night(settings, 31, SPRING)
    assert plans_of(third) == (31, SPRING)
    assert oldest_reading({PUPILS: third}, SPRING) is None
    assert released_cells.read_ledger(settings)["release_number"].unique().sort().to_list() == [1, 3]


def test_a_corrected_file_shows_the_next_morning(home: Path) -> None:
    settings = load_settings(home)
    one_night(settings, 30, AUTUMN)
    assert plans_of(one_night(settings, 41, LATER)) == (41, LATER)


def test_a_trust_may_have_its_figures_read_every_night(home: Path) -> None:
    settings = load_settings(home, figures_renewed="night")
    one_night(settings, 30, AUTUMN)
    assert plans_of(one_night(settings, 31, LATER)) == (31, LATER)


def test_the_ledger_outlives_the_releases_and_the_audit_reads_it(home: Path) -> None:
    settings = load_settings(home)
    for plans, day in ((30, AUTUMN), (36, SPRING)):
        seen = one_night(settings, plans, day)
    assert [path.name for path in settings.releases_folder.iterdir()] == ["2"]
    [reading] = released_cells.earlier_readings(settings, {PUPILS: seen}).values()
    assert (reading.rows[0]["ehc_plan_count"], reading.data_date) == (30, AUTUMN)
    assert settings.released_cells_file.stat().st_mode & 0o077 == 0


def test_a_damaged_release_holds_nothing_up(home: Path) -> None:
    settings = load_settings(home)
    one_night(settings, 30, AUTUMN)
    (settings.current.resolve() / "agg_trust.duckdb").write_bytes(b"broken")
    assert plans_of(one_night(settings, 31, LATER)) == (31, LATER)


def test_a_ledger_that_is_missing_stops_the_night_until_somebody_decides(home: Path) -> None:
    settings = load_settings(home)
    one_night(settings, 30, AUTUMN)
    settings.released_cells_file.unlink()
    with pytest.raises(OrchardError, match="ledger of released cells is missing") as told:
        one_night(settings, 31, LATER)
    assert "backup" in told.value.next_step
    settings.current.unlink()
    assert plans_of(one_night(settings, 31, LATER)) == (31, LATER)


def test_a_release_older_than_ledgers_needs_none(home: Path) -> None:
    settings = load_settings(home)
    one_night(settings, 30, AUTUMN)
    settings.released_cells_file.unlink()
    manifest = settings.current / publish.MANIFEST
    told = json.loads(manifest.read_text("utf-8"))
    del told[released_cells.WRITTEN]
    manifest.write_text(json.dumps(told), "utf-8")
    assert released_cells.read_ledger(settings).is_empty()


def test_a_ledger_that_cannot_be_read_is_one_sentence(home: Path) -> None:
    settings = load_settings(home)
    settings.released_cells_file.write_bytes(b"not parquet")
    with pytest.raises(OrchardError, match="ledger of released cells"):
        released_cells.read_ledger(settings)
