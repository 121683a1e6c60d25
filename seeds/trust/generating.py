"""The one way in: make the world, spoil some of what is sent, write files and truth."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from seeds.trust.bad_files import list_bad_files, write_bad_files
from seeds.trust.deliveries import list_deliveries
from seeds.trust.dirt import spoil_deliveries
from seeds.trust.money_ledger import plant_in_ledger
from seeds.trust.truth import write_truth
from seeds.trust.world import make_world
from seeds.trust.writing import write_delivery, write_settings


def generate(
    out: Path, *, schools_count: int, pupils_count: int, years_count: int, seed: int, data_date: dt.date
) -> None:
    """Write the sample trust; see ``seeds.generate_trust``."""
    world = make_world(schools_count, pupils_count, years_count, seed, data_date)
    deliveries = list_deliveries(world)
    spoil_deliveries(deliveries, seed)
    found = plant_in_ledger(deliveries, world)
    drop = out / "drop"
    drop.mkdir(parents=True, exist_ok=True)
    write_settings(out, world)
    for delivery in deliveries:
        write_delivery(drop, delivery)
    bad_files = list_bad_files(world, deliveries)
    write_bad_files(drop, bad_files)
    write_truth(out / "truth", world, deliveries, bad_files, found)
