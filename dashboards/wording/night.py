"""What the night came to, for the central team: does the release stand, what was not taken, are rows lost."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row
from dashboards.wording.numbers import counted, grouped


def night_sentences(release: int, is_pointed_to: bool, files: Sequence[Row], balance: Sequence[Row]) -> tuple[str, ...]:
    """The answer to the first question of a morning, then what there is to do."""
    stands = f"Release {release} is whole, and it is what everyone sees."
    if not is_pointed_to:
        stands = f"A newer release cannot be read: everyone sees release {release}, the last one that is whole."
    not_taken = sum(row["state"] in ("REFUSED", "HELD") for row in files)
    to_do = "Every file that came was taken."
    if not_taken:
        to_do = (
            f"{grouped(not_taken)} of {counted(len(files), 'file')} {'was' if not_taken == 1 else 'were'} not taken. "
            "What is wrong with each, and what to do, stands below; what came earlier stays in use."
        )
    return stands, to_do, balance_sentence(balance)


def balance_sentence(rows: Sequence[Row]) -> str:
    """Whether every row that came is accepted or set aside."""
    off = [row for row in rows if row["rows_count"] != row["accepted_rows_count"] + row["quarantined_rows_count"]]
    if off:
        return f"{counted(len(off), 'source')} out of balance: rows are lost. Tell whoever keeps Orchard today."
    return "Every source is in balance: no row is lost."
