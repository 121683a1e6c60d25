"""What children score: standardised tests, teacher bands, reading ages, small steps. True effects come from outside.

A standardised score is 100 + the child's stable ability + the effects of interventions so far + chance, so that two
tests without an intervention between them correlate at 0.8.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from seeds.trust.calendar import Calendar, TestPoint
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.streams import Stream

SUBJECTS = ("Reading", "Mathematics")
TEST_NAMES = {"Reading": "Reading Test", "Mathematics": "Maths Test"}
CHANCE_SD = 15 * 0.2**0.5
"""Standard deviation of the part of a score that a retest does not repeat: retest correlation 0.8."""
LOWEST, HIGHEST = 60, 140
ABSENT_RATE = 0.04


@dataclass
class Scores:
    """Standardised scores as arrays over (person, test point, subject).

    ``lift`` holds the points that interventions have added by each test; ``sat`` says that the test was sat.
    """

    ability: npt.NDArray[np.float64]
    chance: npt.NDArray[np.float64]
    lift: npt.NDArray[np.float64]
    sat: npt.NDArray[np.bool_]
    days: npt.NDArray[np.int64]

    def observed(self) -> npt.NDArray[np.int64]:
        """Scores as the school sees them, whole points; meaningful where ``sat``."""
        raw = 100 + self.ability[:, None, :] + self.lift + self.chance
        return np.clip(np.rint(raw), LOWEST, HIGHEST).astype(np.int64)

    def observed_at(self, person: int, point: int, subject: int) -> int:
        """One score."""
        raw = (
            100
            + self.ability[person, subject]
            + self.lift[person, point, subject]
            + self.chance[person, point, subject]
        )
        return int(np.clip(np.rint(raw), LOWEST, HIGHEST))


def sit_tests(people: People, needs: Needs, calendar: Calendar, seed: int) -> Scores:
    """Scores before any intervention. Years 1 to 9 sit tests, save those below the age curriculum."""
    numbers = Stream(seed, "scores").numbers
    shape = (len(people.persons), len(calendar.test_points), len(SUBJECTS))
    ability = np.array([person.ability for person in people.persons])
    scores = Scores(
        ability=ability,
        chance=numbers.normal(0, CHANCE_SD, shape),
        lift=np.zeros(shape),
        sat=np.zeros(shape, dtype=bool),
        days=numbers.integers(0, 5, shape[:2]),
    )
    is_present = numbers.random(shape) >= ABSENT_RATE
    for enrolment in people.enrolments:
        for point in calendar.test_points:
            if is_tested(enrolment, needs, point):
                key = enrolment.person.key
                scores.sat[key, point.index] = is_present[key, point.index]
    return scores


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
