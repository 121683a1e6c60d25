"""``make bench``: the whole night on the sample trust, beside its floor. Whole processes, medians, one run.

Floor = the same delivered files merely read, byte for byte, and merely parsed in the reading children. Goals (two
cores): whole refresh 15 s and 1 GB, unchanged refresh 5 s, one school's new file 8 s.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

GOALS = {"whole refresh": 15.0, "unchanged refresh": 5.0, "one new file": 8.0}


@dataclass(frozen=True)
class Measured:
    """One whole process: wall and processor seconds, and the peak memory of its largest process in megabytes."""

    wall_seconds: float
    cpu_seconds: float
    peak_megabytes: float


def run_measured(*line: str, allowed: tuple[int, ...] = (0, 1)) -> Measured:
    """Run a program to its end and take the operating system's own account of it."""
    began = time.perf_counter()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        raise SystemExit(f"{' '.join(line)} ended with {process.returncode}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def orchard(*words: str) -> Measured:
    """Run the program as a user would."""
    return run_measured(str(Path(sys.executable).with_name("orchard")), *words)


def read_bytes(drop: Path) -> float:
    """Seconds to read every delivered file once."""
    began = time.perf_counter()
    for path in drop.rglob("*"):
        if path.is_file():
            path.read_bytes()
    return time.perf_counter() - began


def parse_only(drop: Path) -> float:
    """Seconds to parse every delivered file in the reading children, keeping nothing."""
    from expectations.tables import RAW
    from pipelines.readers.recognition import header_names
    from pipelines.readers.sandbox import read_deliveries

    paths = sorted(path for path in drop.rglob("*") if path.is_file() and path.suffix != ".part")
    began = time.perf_counter()
    for _ in read_deliveries(paths, header_names(RAW)):
        pass
    return time.perf_counter() - began


def touch_one_file(home: Path) -> None:
    """Deliver one school's attendance again with one row fewer, newer than before."""
    path = max((home / "drop").glob("*/*ttendance*.csv"), key=lambda p: p.stat().st_size)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


def show(name: str, measured: list[Measured]) -> None:
    """One line: medians beside the goal."""
    wall = statistics.median(m.wall_seconds for m in measured)
    cpu = statistics.median(m.cpu_seconds for m in measured)
    peak = max(m.peak_megabytes for m in measured)
    goal = GOALS[name]
    print(f"{name:20} wall {wall:6.2f} s (goal {goal:.0f})  cpu {cpu:6.2f} s  peak {peak:6.0f} MB  n={len(measured)}")


def main() -> None:
    """Make a sample, measure three whole nights, unchanged nights and one new file, and print the split."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--pupils", type=int, default=3_500)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wholes, unchanged, changed = [], [], []
        for run in range(chosen.runs):
            home = Path(folder) / str(run)
            made = orchard("sample", "--out", str(home), "--pupils", str(chosen.pupils))
            if run == 0:
                size = sum(p.stat().st_size for p in (home / "drop").rglob("*") if p.is_file())
                print(f"sample written in {made.wall_seconds:.1f} s, {size / 1e6:.1f} MB")
                print(f"floor: bytes read {read_bytes(home / 'drop'):.2f} s, parsed {parse_only(home / 'drop'):.2f} s")
            wholes.append(orchard("refresh", "--home", str(home)))
            unchanged.append(orchard("refresh", "--home", str(home)))
            touch_one_file(home)
            changed.append(orchard("refresh", "--home", str(home)))
        show("whole refresh", wholes)
        show("unchanged refresh", unchanged)
        show("one new file", changed)
        first = min((home / "releases").iterdir(), key=lambda p: int(p.name) if p.name.isdigit() else 10**9)
        stages = json.loads((first / "manifest.json").read_text())["stage_seconds"]
        for stage, seconds in sorted(stages.items(), key=lambda item: -item[1]):
            print(f"  {stage:22} {seconds:6.2f} s")


if __name__ == "__main__":
    main()
