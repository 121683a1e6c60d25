"""The fictional sample trust and the field's code tables. Nothing here is a real pupil, adult or school.

``generate_trust`` writes a trust's exports in every source's real form, and beside them the truth that was planted.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

SAMPLE_DATA_DATE = dt.date(2026, 11, 20)


def generate_trust(
    out: Path,
    *,
    schools: int = 10,
    pupils: int = 3500,
    years: int = 3,
    seed: int = 2026,
    data_date: dt.date = SAMPLE_DATA_DATE,
) -> None:
    """Write ``orchard.toml``, ``drop/`` and ``truth/`` of a fictional trust into ``out``; same arguments, same bytes.

    ``years`` are whole academic years before the one of ``data_date``. Raises ``ValueError`` for fewer than three
    schools, fewer than 20 pupils a school, or years without term dates in ``reference/term_dates.csv``.
    """
    from seeds.trust.generating import generate  # numpy and polars are slow to import

    generate(Path(out), schools_count=schools, pupils_count=pupils, years_count=years, seed=seed, data_date=data_date)
