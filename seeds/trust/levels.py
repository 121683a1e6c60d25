"""What teachers judge and what reading age tests give: bands, points, small steps, ages. Scores: ``assessments``.

Behind each mark lies a level that an intervention may raise: ability over 14 points for bands and points, a stable
level of its own below the age curriculum, months for reading ages.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from seeds.trust.calendar import TERMS_OF_TESTS, Calendar, HalfTerm
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People, Person
from seeds.trust.schools import School
from seeds.trust.streams import Stream

JUDGED_SUBJECTS = ("Reading", "Writing", "Mathematics")
BANDS = ("Below", "Towards", "Within", "Above")
BAND_CUTS = (-1.15, -0.45, 0.75)
STEPS = ("EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6")
AGE_SCHOOLS = 3
"""Schools that test reading ages each term from year 3 to year 6; all others in the first half of autumn only."""
AGE_NC_YEARS = (3, 6)
AGE_HALF_TERMS = ("Autumn2", "Spring2")
YOUNGEST_MONTHS, OLDEST_MONTHS = 60, 16 * 12

Floats = npt.NDArray[np.float64]


@dataclass
class Levels:
    """Chance and effects, as arrays over (person, half-term of the calendar, judged subject), months without the last.

    ``missing`` holds (person, half-term, assessment kind) where a mark was due and never recorded.
    """

    calendar: Calendar
    stable: Floats
    chance: Floats
    lift: Floats
    age_chance: Floats
    age_lift: Floats
    age_schools: frozenset[str]
    missing: set[tuple[int, int, str]] = field(default_factory=set)

    def place_of(self, academic_year: int, name: str) -> int:
        """Place of a half-term in the arrays."""
        return self.calendar.half_terms.index(self.calendar.half_term(academic_year, name))

    def band(self, person: Person, place: int, subject: int) -> int:
        """0 below to 3 above."""
        return int(np.searchsorted(BAND_CUTS, self._level(person, place, subject)))

    def points(self, person: Person, place: int, subject: int) -> int:
        """Points rise by two a term: a ladder without a known unit."""
        return max(1, round(expected_points(person, self.calendar, place) + 4 * self._level(person, place, subject)))

    def step(self, person: Person, place: int, subject: int) -> int:
        """0 (engagement model) to 6 (PK6)."""
        return int(np.clip(round(self.below(person, place, subject)), 0, len(STEPS) - 1))

    def below(self, person: Person, place: int, subject: int) -> float:
        """What lies behind a step below the age curriculum."""
        year = self.calendar.half_terms[place].academic_year
        grown = 0.16 * person.nc_year(year) + 0.03 * (year - self.calendar.first_year)
        chance = 0.25 * self.chance[person.key, place, subject] + self.lift[person.key, place, subject]
        return float(2 + 1.4 * self.stable[person.key] + grown + chance)

    def reading_age_months(self, person: Person, place: int) -> int:
        """A reading age; the year group's mean child has 7 months more than its birthdays in autumn."""
        expected = expected_age_months(person, self.calendar, place)
        months = expected * (1 + person.ability[0] / 60) + 6 * self.age_chance[person.key, place]
        return max(YOUNGEST_MONTHS, min(OLDEST_MONTHS, round(months + self.age_lift[person.key, place])))

    def has_reading_age(self, enrolment: Enrolment, half_term: HalfTerm) -> bool:
        """Tested in the first half of autumn from year 2 to 9; some schools test younger classes again each term."""
        year = enrolment.person.nc_year(half_term.academic_year)
        if half_term.name == "Autumn1":
            return 2 <= year <= 9
        low, high = AGE_NC_YEARS
        return half_term.name in AGE_HALF_TERMS and low <= year <= high and enrolment.school.urn in self.age_schools

    def _level(self, person: Person, place: int, subject: int) -> float:
        ability = person.ability[1] if JUDGED_SUBJECTS[subject] == "Mathematics" else person.ability[0]
        chance = 0.45 * self.chance[person.key, place, subject]
        return float(ability / 14 + chance + self.lift[person.key, place, subject])


def judge_levels(people: People, schools: Iterable[School], calendar: Calendar, seed: int) -> Levels:
    """Levels before any intervention."""
    stream = Stream(seed, "levels")
    persons, half_terms = len(people.persons), len(calendar.half_terms)
    stable = stream.numbers.normal(size=persons)
    chance = stream.numbers.normal(size=(persons, half_terms, len(JUDGED_SUBJECTS)))
    age_chance = stream.numbers.normal(size=(persons, half_terms))
    able = [s for s in schools if s.phase in ("Primary", "All-through")]
    held = frozenset(s.urn for s in stream.some(able, AGE_SCHOOLS))
    return Levels(calendar, stable, chance, np.zeros_like(chance), age_chance, np.zeros_like(age_chance), held)


def expected_points(person: Person, calendar: Calendar, place: int) -> int:
    """Points of the mean child of a year group; in the running term those of its end."""
    half_term = calendar.half_terms[place]
    term = TERMS_OF_TESTS.index(half_term.name) if half_term.name in TERMS_OF_TESTS else 0
    return 6 * person.nc_year(half_term.academic_year) + 2 * term


def expected_age_months(person: Person, calendar: Calendar, place: int) -> int:
    """Age of the mean child of a year group in a half-term."""
    half_term = calendar.half_terms[place]
    months_since = {"Autumn1": 0, "Autumn2": 2, "Spring1": 3, "Spring2": 5, "Summer1": 7, "Summer2": 9}
    return 12 * (person.nc_year(half_term.academic_year) + 4) + 7 + months_since[half_term.name]


def gives_points(school: School) -> bool:
    """True for a school whose teachers give points; the others give bands."""
    return school.phase == "Secondary" or school.index % 5 == 4


def is_below_curriculum(enrolment: Enrolment, needs: Needs) -> bool:
    """True for a child who is judged in small steps."""
    need = needs.get(enrolment.person.key)
    return enrolment.school.is_special or bool(need and need.is_below_curriculum)
