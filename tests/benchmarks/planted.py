"""``python -m tests.benchmarks.planted --home DIR``: what was planted in a sample trust beside what its night found.

One line an intervention: the true effect, turned so that above 0 is better, beside the estimate with its 95% range,
the one drawn in, the grade and the verdict. Where marks only rank, the planted direction beside how often a pupil who
took part ends ahead of a similar one. Read from the work database, before disclosure control: no page shows it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl

from tests.support.planted import Planted, compare_with_truth

UNITS = {"POINTS": "points", "SD": "SD", "SESSIONS_PER_100": "sessions/100", "PER_100_PUPILS_A_YEAR": "a year/100"}
COLUMNS = ("intervention", "n", "planted", "found", "95% range", "drawn in", "unit", "design", "grade", "verdict")


def read_home(home: Path) -> list[Planted]:
    """What a sample home's truth and work database say. Raises ``SystemExit`` where one is missing."""
    truth, work = home / "truth" / "interventions_truth.csv", home / "work.duckdb"
    if not (truth.is_file() and work.is_file()):
        raise SystemExit(f"{home} holds no sample with a finished night: run orchard sample, then orchard refresh.")
    with duckdb.connect(str(work), read_only=True) as connection:
        estimates = connection.sql("select * from model_impact__estimates").pl()
    return compare_with_truth(pl.read_csv(truth, infer_schema_length=None), estimates)


def lines_of(found: list[Planted]) -> Iterator[tuple[str, ...]]:
    """The cells of each line, under ``COLUMNS``."""
    for one in found:
        signs = "" if one.is_ranked else "+"
        middle, low, high = (f"{value:{signs}.2f}" for value in one.found) if one.found else ("-", "", "")
        yield (
            one.name,
            str(one.row["both_scores_count_found"]),
            _planted(one),
            middle,
            f"{low} to {high}" if one.found else str(one.row["reason"] or "too few"),
            "-" if one.drawn_in is None else f"{one.drawn_in:+.2f}",
            "share ahead" if one.is_ranked else UNITS.get(one.unit or "", "-"),
            str(one.row["design"]).lower().replace("_", " "),
            str(one.row["grade"]),
            str(one.row["verdict"]).lower().replace("_", " ") + {False: "  (outside)"}.get(one.is_inside, ""),  # type: ignore[call-overload]
        )


def _planted(one: Planted) -> str:
    if one.true_effect is None:
        return "-"
    if one.is_ranked:
        return "ahead" if one.true_effect > 0 else "behind" if one.true_effect < 0 else "none"
    return f"{one.true_effect:+.2f}"


def main() -> None:
    """Print the table, and how many of the ranges hold the truth."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--home", type=Path, required=True)
    found = read_home(options.parse_args().home)
    table = [COLUMNS, *lines_of(found)]
    widths = [max(len(line[at]) for line in table) for at in range(len(COLUMNS))]
    for line in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    told = [one.is_inside for one in found if one.is_inside is not None]
    print(f"\n{sum(told)} of {len(told)} ranges hold what was planted.")


if __name__ == "__main__":
    main()
