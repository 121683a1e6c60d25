"""What to ask about leavers and moves, from released figures: did they stay, who left in mid-phase, and where to."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

FELL_BY = 0.10
"""Points of share by which two terms on lies below September even if all the untraced stayed."""
MANY_MOVES = 10
UNTOLD_ABOVE = 0.10
"""Share of moves of which nobody knows where to."""

TRIGGERS = (
    Trigger("DID_NOT_STAY", "DESTINATIONS", "mart_destinations__school", "sustained_high_rate",
            "Even if all untraced leavers stayed, the share two terms on is ten points or more below September's."),
    Trigger("SEN_LEAVE_MORE", "DESTINATIONS", "mart_moves__school", "moves_per_100_years",
            "Pupils with SEN leave before the end of a phase at a rate whose whole likely range lies above the range "
            "of pupils without."),
    Trigger("MOVES_UNTOLD", "DESTINATIONS", "mart_moves__school", "not_known_count",
            "Of ten moves or more, nobody knows where to of more than one in ten."),
)  # fmt: skip


def ask_of_destinations(mart_destinations__school: pl.DataFrame, mart_moves__school: pl.DataFrame) -> Found:
    """Exceptions of released leavers and moves, by trigger."""
    everyone = mart_destinations__school.filter(pl.col("sen_group") == "All leavers")
    fall = pl.col("september_rate") - pl.col("sustained_high_rate")
    without = mart_moves__school.filter(move_group="No SEN").select("school_urn", others="high_per_100_years")
    with_sen = mart_moves__school.filter(move_group="SEN").join(without, on="school_urn", how="left")
    together = mart_moves__school.filter(move_group="All pupils")
    untold, is_many = pl.col("not_known_count") / pl.col("moves_count"), pl.col("moves_count") >= MANY_MOVES
    return {
        "DID_NOT_STAY": exceptions(everyone, fall.round(2) >= FELL_BY, "leaver_stage", fall),
        "SEN_LEAVE_MORE": exceptions(
            with_sen, is_many & (pl.col("low_per_100_years") > pl.col("others")), None,
            pl.col("low_per_100_years") - pl.col("others"),
        ),
        "MOVES_UNTOLD": exceptions(together, is_many & (untold > UNTOLD_ABOVE), None, untold),
    }  # fmt: skip
