"""What to ask of what EHC plans promise and what is delivered of it."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

LOW_DELIVERY_BELOW = 0.90

TRIGGERS = (
    Trigger("LOW_DELIVERY", "DELIVERY", "mart_ehc_delivery__school", "delivered_rate",
            "In the latest year less than 90% of the section F sessions due were delivered, of all or of those of "
            "therapists and specialist teachers."),
)  # fmt: skip


def ask_of_ehc_delivery(mart_ehc_delivery__school: pl.DataFrame) -> Found:
    """Schools and the trust in the latest year; the lower of the two shares says how pressing it is."""
    year = pl.col("academic_year")
    latest = mart_ehc_delivery__school.filter(year == year.max())
    lowest = pl.min_horizontal("delivered_rate", "specialist_delivered_rate")
    return {"LOW_DELIVERY": exceptions(latest, lowest < LOW_DELIVERY_BELOW, "academic_year", -lowest)}
