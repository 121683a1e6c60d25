"""Primary need of pupils with SEN support and of pupils with a plan, apart; and its codes over the spring censuses."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit

NEED_COUNTS: dict[str, tuple[str, ...]] = {
    "slcn_count": ("SLCN",), "asd_count": ("ASD",), "mld_count": ("MLD",), "spld_count": ("SPLD",),
    "severe_count": ("SLD", "PMLD"), "semh_count": ("SEMH", "BESD"), "sensory_count": ("HI", "VI", "MSI"),
    "physical_count": ("PD",), "down_count": ("DS",), "other_count": ("OTH",), "unspecified_count": ("NSA",),
    "untold_count": (),
}  # fmt: skip
"""Column: the census types that it counts; the last one those without a type."""
AREA_COUNTS: dict[str, tuple[str, ...]] = {
    "communication_count": ("slcn_count", "asd_count"),
    "cognition_count": ("mld_count", "spld_count", "severe_count"),
    "sensory_physical_count": ("sensory_count", "physical_count"),
    "unclear_count": ("other_count", "unspecified_count", "untold_count"),
}
"""Area of need (SEND Code of Practice 2015): its columns. SEMH is an area by itself, Down syndrome has none."""
_MEANINGS = {
    "slcn_count": "Speech, language and communication needs.", "asd_count": "Autistic spectrum disorder.",
    "mld_count": "Moderate learning difficulty.", "spld_count": "Specific learning difficulty.",
    "severe_count": "Severe, or profound and multiple, learning difficulty.",
    "semh_count": "Social, emotional and mental health.",
    "sensory_count": "Hearing, vision or multi-sensory impairment.", "physical_count": "Physical disability.",
    "down_count": "Down syndrome, a code since January 2025.", "other_count": "Other difficulty or disability.",
    "unspecified_count": "No specialist assessment of the type of need (a code of SEN support only).",
    "untold_count": "No type of need recorded.",
    "communication_count": "Communication and interaction.", "cognition_count": "Cognition and learning.",
    "sensory_physical_count": "Sensory and/or physical needs.",
    "unclear_count": "Need not told: other, no specialist assessment, or none recorded.",
}  # fmt: skip
_COUNTED: dict[str, Any] = {"unit": Unit.PUPILS, "null": "hidden: small group", "checks": (Between(0, None),)}
_SHARE: dict[str, Any] = {"unit": Unit.RATE, "null": "fewer than ten, or hidden", "checks": (Between(0, 1),)}
RATES = ("slcn", "asd", "communication", "cognition", "semh", "sensory_physical", "unclear")


def _of(whole: str, name: str, words: str) -> Table:
    """The table of one SEN provision: counts that add up to those of MART_PUPILS__SCHOOL, and shares."""
    counts = [Column(count, Kind.INTEGER, meaning, release=Count(of=whole), **_COUNTED)
              for count, meaning in _MEANINGS.items()]  # fmt: skip
    rates = [Column(f"{stem}_rate", Kind.NUMBER, f"Share: {_MEANINGS[f'{stem}_count']}",
                    release=Rate(whole, f"{stem}_count"), **_SHARE) for stem in RATES]  # fmt: skip
    return Table(
        name=f"mart_needs__{name}",
        grain=f"One row per school, and one for the trust: main need of pupils on roll with {words}.",
        sensitivity=Sensitivity.AGGREGATE,
        key=("school_urn",),
        columns=(
            v.SCHOOL_URN,
            Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
            Column(whole, Kind.INTEGER, f"Pupils on roll with {words}.",
                   release=Count(follows=f"mart_pupils__school.{whole}"), **_COUNTED),
            *counts, *rates, v.HIDDEN_COLUMNS,
        ),
        partitions=(
            Partition(whole, ("communication_count", "cognition_count", "semh_count", "sensory_physical_count",
                              "down_count", "unclear_count")),
            *(Partition(area, parts) for area, parts in AREA_COUNTS.items()),
        ),
    )  # fmt: skip


MART_NEEDS__SUPPORT = _of("sen_support_count", "support", "SEN support")
MART_NEEDS__PLAN = _of("ehc_plan_count", "plan", "an EHC plan")

MART_NEEDS__YEAR = Table(
    name="mart_needs__year",
    grain="One row per spring census: codes of main need in the trust, so that a break in a series is seen.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("calendar_year",),
    columns=(
        Column("calendar_year", Kind.INTEGER, "Year of the spring census.", checks=(Between(2010, 2045),),
               release=Label()),
        Column("is_down_coded", Kind.BOOLEAN, "Down syndrome had a code of its own.", release=Label()),
        Column("typed_count", Kind.INTEGER, "Pupils with a main need in the census.", release=Count(), **_COUNTED),
        *(Column(name, Kind.INTEGER, _MEANINGS[name], release=Count(of="typed_count"), **_COUNTED)
          for name in ("other_count", "down_count", "unspecified_count")),
        Column("other_rate", Kind.NUMBER, "Share coded as other difficulty.",
               release=Rate("typed_count", "other_count"), **_SHARE),
        Column("unspecified_rate", Kind.NUMBER, "Share coded as without specialist assessment.",
               release=Rate("typed_count", "unspecified_count"), **_SHARE),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

TABLES = (MART_NEEDS__SUPPORT, MART_NEEDS__PLAN, MART_NEEDS__YEAR)
