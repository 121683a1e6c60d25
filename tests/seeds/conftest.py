"""A small sample trust in files, and a full-sized one in memory; each made once."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from seeds import generate_trust
from seeds.trust.world import World, make_world

Truth = Callable[[str], list[dict[str, str]]]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six schools, so that every phase and every source's form is there."""
    out = tmp_path_factory.mktemp("sample")
    generate_trust(out, schools=6, pupils=500, years=3, seed=11)
    return out


@pytest.fixture(scope="session")
def truth(sample: Path) -> Truth:
    def read(name: str) -> list[dict[str, str]]:
        with (sample / "truth" / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def world() -> World:
    """The trust of the documentation: ten schools, about 3,500 pupils."""
    return make_world(10, 3500, 3, 2026, dt.date(2026, 11, 20))
