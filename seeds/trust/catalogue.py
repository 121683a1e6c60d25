"""The sample's interventions: what each is said to be and what it truly does, which the pipeline must find."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

READING, MATHEMATICS = 0, 1
MAINSTREAM = ("Primary", "Secondary", "All-through")
EVERYWHERE = (*MAINSTREAM, "Special")


@dataclass(frozen=True)
class Intervention:
    """One intervention. ``effect_points`` are standardised points added to each pupil's true score after the block;
    ``treated_count`` is the number of pupils sought at full size; ``subject`` is None where no test is linked.
    """

    name: str
    subject: int | None
    effect_points: float
    treated_count: int
    delivered_rate: float
    sessions_per_week: int
    minutes: int
    staff_grade: str
    resource_pence: int
    nc_years: tuple[int, int]
    length: str = "TERM"
    cut: int = 90
    schools_limit: int | None = None
    phases: tuple[str, ...] = MAINSTREAM
    label: str | None = None
    is_insight_only: bool = False


INTERVENTIONS = (
    Intervention("Paired Reading Groups", READING, 3.0, 120, 0.88, 3, 20, "TA2", 12_000, (2, 8)),
    Intervention("Phonics Catch-up", READING, 6.0, 90, 0.93, 4, 25, "TA3", 45_050, (1, 4), "YEAR", 88),
    Intervention("Number Talk", MATHEMATICS, 0.0, 110, 0.81, 3, 20, "TA2", 0, (2, 8)),
    Intervention("Precision Reading", READING, 0.0, 72, 0.97, 4, 15, "HLTA", 8_000, (2, 7)),
    Intervention("Times Tables Club", MATHEMATICS, 2.0, 66, 0.74, 2, 30, "TA3", 3_500, (3, 7)),
    Intervention("Colourful Steps", MATHEMATICS, -3.0, 84, 0.86, 3, 25, "TA2", 120_000, (1, 6), "YEAR"),
    Intervention("Comprehension Corner", READING, 0.0, 60, 0.66, 2, 30, "Teacher", 6_000, (4, 9)),
    Intervention("Speech and Language Group", READING, 1.5, 45, 0.79, 2, 30, "TA3", 20_000, (1, 5), "YEAR"),
    Intervention("Maths Bridge", MATHEMATICS, 4.0, 33, 0.91, 3, 30, "Teacher", 9_900, (5, 9), "TERM", 88),
    Intervention("Story Retelling", READING, 0.0, 24, 0.58, 2, 20, "TA2", 0, (1, 3)),
    Intervention("Word Workshop", READING, 0.0, 12, 0.84, 2, 30, "HLTA", 2_500, (7, 9), schools_limit=1),
    Intervention("Reading Ladder", READING, 2.0, 9, 0.61, 4, 15, "TA3", 15_000, (3, 6), schools_limit=1),
    Intervention("Counting Ahead", MATHEMATICS, 0.0, 6, 0.72, 3, 20, "TA2", 4_200, (1, 4), schools_limit=1),
    Intervention("Calm Start", None, 0.0, 70, 0.95, 5, 15, "TA2", 5_000, (1, 13), phases=EVERYWHERE, label="Wellbeing"),
    Intervention("Social Circle", None, 0.0, 56, 0.77, 1, 40, "TA3", 0, (1, 13), phases=EVERYWHERE, label="Engagement"),
    Intervention("Fine Motor Mornings", None, 0.0, 40, 0.9, 3, 15, "TA2", 3_000, (0, 3), is_insight_only=True),
)  # fmt: skip


@dataclass(frozen=True)
class CatalogueEntry:
    """What the trust's catalogue says of an intervention."""

    area_of_need: str
    wave_number: int
    aliases: tuple[str, ...]


def read_catalogue() -> dict[str, CatalogueEntry]:
    """Intervention name to its entry, from ``reference/intervention_catalogue.csv``."""
    text = (resources.files("seeds") / "reference" / "intervention_catalogue.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    return {
        name: CatalogueEntry(
            next(row["area_of_need"] for row in rows if row["intervention_name"] == name),
            int(next(row["wave_number"] for row in rows if row["intervention_name"] == name)),
            tuple(row["alias"] for row in rows if row["intervention_name"] == name),
        )
        for name in {row["intervention_name"] for row in rows}
    }
