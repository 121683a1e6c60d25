"""The sample's interventions: what each is said to be and what it truly does, which the pipeline must find."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from seeds.trust.assessments import (
    COMPREHENSION_TEST,
    FACTS_TEST,
    MATHS_TEST,
    READING_TEST,
    SPELLING_TEST,
    TESTS,
)  # fmt: skip

MAINSTREAM = ("Primary", "Secondary", "All-through")
EVERYWHERE = (*MAINSTREAM, "Special")


@dataclass(frozen=True)
class Outcome:
    """What an intervention is measured by. ``unit`` is that of a planted effect; ``test`` is a place in TESTS;
    ``exit_test`` another test that stands at the end.
    """

    assessment_name: str | None
    subject: str
    scale: str
    unit: str
    test: int | None = None
    exit_test: int | None = None

    @property
    def is_marked(self) -> bool:
        """True where marks before and after are recorded for it."""
        return self.assessment_name is not None

    @property
    def last_test(self) -> int | None:
        """The test at the end, as a place in TESTS."""
        return self.test if self.exit_test is None else self.exit_test


def _standardised(test: int, exit_test: int | None = None) -> Outcome:
    return Outcome(TESTS[test].name, TESTS[test].subject, "STANDARDISED", "POINTS", test, exit_test)


READING, MATHEMATICS, FACTS = _standardised(READING_TEST), _standardised(MATHS_TEST), _standardised(FACTS_TEST)
SPELLING, COMPREHENSION = _standardised(SPELLING_TEST), _standardised(READING_TEST, COMPREHENSION_TEST)
AGE = Outcome("Reading Age Test", "Reading", "AGE", "MONTHS")
POINTS = Outcome("Main Assessment", "Writing", "POINTS", "LEVELS")
BAND = Outcome("Main Assessment", "Writing", "BAND", "LEVELS")
STEPS = Outcome("Main Assessment", "Writing", "PRE_KEY_STAGE", "LEVELS")
ATTENDANCE = Outcome(None, "Wellbeing", "ATTENDANCE", "SESSIONS_PER_100")
BEHAVIOUR = Outcome(None, "Engagement", "INCIDENTS", "SUSPENSIONS_PER_100")
NOT_MEASURED = Outcome(None, "", "", "")


@dataclass(frozen=True)
class Intervention:
    """One intervention. ``effect`` is added, in the outcome's unit, to what each pupil does after the block, and
    ``school_sd`` is how much it differs between schools; ``treated_count`` is the number of pupils sought at full size.
    ``cut`` is the mark below which pupils are picked: a score, an age of 100 expected, points beyond the year group's,
    a band or step; ``is_lowest_first`` picks from the lowest. ``has_own_stream``: nothing else moves with its draws.
    """

    name: str
    outcome: Outcome
    effect: float
    treated_count: int
    delivered_rate: float
    sessions_per_week: int
    minutes: int
    staff_grade: str
    resource_pence: int
    nc_years: tuple[int, int]
    length: str = "TERM"
    cut: float = 90
    schools_limit: int | None = None
    phases: tuple[str, ...] = MAINSTREAM
    is_insight_only: bool = False
    school_sd: float = 0.0
    is_spread: bool = False
    is_lowest_first: bool = True
    is_whole_school: bool = False
    loses_lowest: bool = False
    has_own_stream: bool = False

    @property
    def benefit(self) -> float:
        """The effect with the sign that is good for pupils."""
        return -self.effect if self.outcome.scale in ("ATTENDANCE", "INCIDENTS") else self.effect


_EARLIER = (
    Intervention(
        "Paired Reading Groups", READING, 3.0, 120, 0.88, 3, 20, "TA2", 12_000, (2, 8), school_sd=3.0, is_spread=True
    ),
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
    Intervention("Calm Start", ATTENDANCE, -3.0, 70, 0.95, 5, 15, "TA2", 5_000, (1, 13), phases=EVERYWHERE),
    Intervention("Social Circle", BEHAVIOUR, 0.0, 56, 0.77, 1, 40, "TA3", 0, (1, 13), phases=EVERYWHERE),
    Intervention("Fine Motor Mornings", NOT_MEASURED, 0.0, 40, 0.9, 3, 15, "TA2", 3_000, (0, 3), is_insight_only=True),
)  # fmt: skip
_LATER = (
    Intervention("Echo Reading", READING, 2.0, 42, 0.87, 3, 20, "TA2", 6_500, (2, 6), cut=97),
    Intervention("Reading Relay", COMPREHENSION, 4.0, 36, 0.9, 3, 25, "HLTA", 14_000, (3, 6), cut=97),
    Intervention("Page Turners", AGE, 8.0, 36, 0.85, 4, 15, "TA3", 9_000, (3, 6), cut=97),
    Intervention("Shape and Space Group", MATHEMATICS, 2.5, 40, 0.83, 2, 30, "TA3", 7_500, (2, 6), cut=97),
    Intervention("Maths Mentors", MATHEMATICS, 1.0, 48, 0.8, 2, 25, "TA2", 2_000, (3, 8), cut=97, loses_lowest=True),
    Intervention("Number Facts Club", FACTS, 4.0, 36, 0.92, 4, 10, "TA2", 1_800, (3, 6), cut=106),
    Intervention("Spelling Stars", SPELLING, 4.0, 200, 0.94, 3, 10, "Teacher", 30_000, (6, 7), is_whole_school=True),
    Intervention("Sentence Builders", POINTS, 1.2, 40, 0.86, 2, 30, "HLTA", 5_500, (2, 9), cut=0),
    Intervention("Story Planners", BAND, 0.0, 40, 0.82, 2, 30, "TA3", 4_000, (2, 6), cut=2),
    Intervention("Mark Making Steps", STEPS, 0.9, 32, 0.89, 4, 15, "TA3", 11_000, (1, 14), cut=5, phases=("Special",)),
)  # fmt: skip

INTERVENTIONS = (*_EARLIER, *(replace(i, is_lowest_first=False, has_own_stream=True) for i in _LATER))
"""Each of the later ones has a stream of its own and takes pupils from all below its cut, so that there are enough."""

CHECK_INS = Intervention("Keep-up Check-ins", NOT_MEASURED, 0.0, 0, 0.93, 1, 15, "TA2", 0, (0, 14))
SPRINT = Intervention("Sentence Sprint", POINTS, 0.0, 10, 1.0, 4, 20, "TA3", 0, (3, 8))
LATER_GROUPS = (CHECK_INS, SPRINT)
"""What ``later_groups`` forms: support at once in some schools, and a burst whose end test is still open."""
EVERY_INTERVENTION = (*INTERVENTIONS, *LATER_GROUPS)

UNKNOWN_NAMES = (("Lantern Club", None), ("Quiet Garden Time", None), ("Socail Circle", "Social Circle"))
"""Names that no spelling of the catalogue matches, each with the name that it is close to, if any."""


@dataclass(frozen=True)
class CatalogueEntry:
    """What the trust's catalogue says of an intervention."""

    area_of_need: str
    wave_number: int
    outcome_domain: str
    aliases: tuple[str, ...]


def entry_of(name: str) -> CatalogueEntry:
    """What is said of an intervention of any name: the catalogue's entry, or what a school made up for its own."""
    return read_catalogue().get(name, CatalogueEntry("Social, emotional and mental health", 2, "", (name,)))


@lru_cache
def read_catalogue() -> dict[str, CatalogueEntry]:
    """Intervention name to its entry, from ``reference/intervention_catalogue.csv``."""
    text = (resources.files("seeds") / "reference" / "intervention_catalogue.csv").read_text(encoding="utf-8")
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        grouped.setdefault(row["intervention_name"], []).append(row)
    return {
        name: CatalogueEntry(
            rows[0]["area_of_need"],
            int(rows[0]["wave_number"]),
            rows[0]["outcome_domain"],
            tuple(row["alias"] for row in rows),
        )
        for name, rows in grouped.items()
    }
