"""What children score in standardised tests, and who sits which. True effects come from outside.

A standardised score is 100 + the child's stable ability + the effects of interventions so far + chance, so that two
sittings of a trust-wide test without an intervention between them correlate at 0.8. What teachers judge, and reading
ages, are in ``levels``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seeds.trust.calendar import TERMS_OF_TESTS, Calendar, TestPoint
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.schools import School
from seeds.trust.streams import Stream

SUBJECTS = ("Reading", "Mathematics")
"""Subjects of the tests that the whole trust sits, in the order of a child's stable abilities."""
CHANCE_SD = 15 * 0.2**0.5
"""Standard deviation of the part of a score that a retest does not repeat: retest correlation 0.8."""
ABILITY_SD = 15 * 0.8**0.5
LOWEST, HIGHEST = 60, 140
ABSENT_RATE = 0.04


@dataclass(frozen=True)
class StandardisedTest:
    """One standardised test. ``ability`` is the stable part that it measures, ``easier_points`` how much milder its
    norms are; ``schools_limit`` is None where every mainstream school holds it.
    """

    name: str
    subject: str
    ability: int
    chance_sd: float = CHANCE_SD
    easier_points: float = 0.0
    highest: int = HIGHEST
    nc_years: tuple[int, int] = (1, 9)
    half_terms: tuple[str, ...] = TERMS_OF_TESTS
    schools_limit: int | None = None
    is_for_workbooks: bool = False

    @property
    def score_sd(self) -> float:
        """Standard deviation of its scores over all children, before anything is cut off at the top."""
        return float(np.hypot(ABILITY_SD, self.chance_sd))


READING_TEST, MATHS_TEST, COMPREHENSION_TEST, FACTS_TEST, SPELLING_TEST = range(5)
TESTS = (
    StandardisedTest("Reading Test", "Reading", 0),
    StandardisedTest("Maths Test", "Mathematics", 1),
    # The same reading, other questions: milder norms and more chance, so that the difference of the two says nothing.
    StandardisedTest(
        "Reading Comprehension Test", "Reading", 0, 8.5, 5.0, nc_years=(3, 6), half_terms=("Spring2",),
        schools_limit=3, is_for_workbooks=True,
    ),
    # Nobody can score above 106: who is good at it reaches the top.
    StandardisedTest(
        "Number Facts Test", "Mathematics", 1, 6.0, highest=106, nc_years=(3, 6), half_terms=("Autumn2", "Spring2"),
        schools_limit=3,
    ),
    # One year group in a primary, one in a secondary: a school gives it to all of them or to none.
    StandardisedTest("Spelling Test", "Writing", 0, nc_years=(6, 7), half_terms=("Autumn2", "Spring2")),
)  # fmt: skip


@dataclass
class Scores:
    """Standardised scores as arrays over (person, test point, test).

    ``lift`` holds the points that interventions have added by each test; ``sat`` says that the test was sat;
    ``held_in`` names the schools that hold each test.
    """

    ability: npt.NDArray[np.float64]
    chance: npt.NDArray[np.float64]
    lift: npt.NDArray[np.float64]
    sat: npt.NDArray[np.bool_]
    days: npt.NDArray[np.int64]
    held_in: tuple[frozenset[str], ...]

    def observed(self) -> npt.NDArray[np.int64]:
        """Scores as the school sees them, whole points; meaningful where ``sat``."""
        raw = 100 + self.ability[:, None, :] + self.lift + self.chance
        return np.clip(np.rint(raw), LOWEST, [test.highest for test in TESTS]).astype(np.int64)

    def observed_at(self, person: int, point: int, test: int) -> int:
        """One score."""
        raw = 100 + self.ability[person, test] + self.lift[person, point, test] + self.chance[person, point, test]
        return int(np.clip(np.rint(raw), LOWEST, TESTS[test].highest))

    def raise_by(self, points: float, person: int, point: int, test: int) -> None:
        """Add to what a child can do, from a test point on: it shows in every test of the same subject."""
        for other, each in enumerate(TESTS):
            if each.subject == TESTS[test].subject:
                self.lift[person, point:, other] += points


def sit_tests(people: People, schools: Iterable[School], needs: Needs, calendar: Calendar, seed: int) -> Scores:
    """Scores before any intervention. Years 1 to 9 sit tests, save those below the age curriculum."""
    numbers, further = Stream(seed, "scores").numbers, Stream(seed, "further tests")
    shape = (len(people.persons), len(calendar.test_points), len(SUBJECTS))
    chance = numbers.normal(0, CHANCE_SD, shape)
    days = numbers.integers(0, 5, shape[:2])
    is_present = numbers.random(shape) >= ABSENT_RATE
    more = (*shape[:2], len(TESTS) - len(SUBJECTS))
    spread = [test.chance_sd for test in TESTS[len(SUBJECTS) :]]
    ability = np.array([[p.ability[t.ability] + t.easier_points for t in TESTS] for p in people.persons])
    scores = Scores(
        ability=ability,
        chance=np.concatenate([chance, further.numbers.normal(0, spread, more)], axis=2),
        lift=np.zeros((*shape[:2], len(TESTS))),
        sat=np.zeros((*shape[:2], len(TESTS)), dtype=bool),
        days=days,
        held_in=tuple(_choose_schools(test, schools, further) for test in TESTS),
    )
    is_present = np.concatenate([is_present, further.numbers.random(more) >= ABSENT_RATE], axis=2)
    for enrolment in people.enrolments:
        for point in calendar.test_points:
            for test in tests_due(enrolment, needs, point, scores):
                key = enrolment.person.key
                scores.sat[key, point.index, test] = is_present[key, point.index, test]
    return scores


def _choose_schools(test: StandardisedTest, schools: Iterable[School], stream: Stream) -> frozenset[str]:
    low, high = test.nc_years
    able = [s for s in schools if not s.is_special and s.year_range[0] <= high and low <= s.year_range[1]]
    if test.schools_limit:
        able = [s for s in able if s.forms.provision_map == "workbook" or not test.is_for_workbooks]
        able = stream.some(able, test.schools_limit)
    return frozenset(s.urn for s in able)


def tests_due(enrolment: Enrolment, needs: Needs, point: TestPoint, scores: Scores) -> Iterator[int]:
    """The tests that a child sits at a test point, if well."""
    if not is_tested(enrolment, needs, point):
        return
    year = enrolment.person.nc_year(point.academic_year)
    for place, test in enumerate(TESTS):
        low, high = test.nc_years
        if low <= year <= high and point.half_term in test.half_terms and enrolment.school.urn in scores.held_in[place]:
            yield place


def is_tested(enrolment: Enrolment, needs: Needs, point: TestPoint) -> bool:
    """On roll in a mainstream school in the test week, year 1 to 9, on the age curriculum."""
    need = needs.get(enrolment.person.key)
    return (
        not enrolment.school.is_special
        and 1 <= enrolment.person.nc_year(point.academic_year) <= 9
        and not (need and need.is_below_curriculum)
        and enrolment.is_on_roll(point.monday)
        and (enrolment.leaving is None or (enrolment.leaving - point.monday).days >= 5)
    )
