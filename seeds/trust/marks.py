"""An intervention's outcome in a child's marks: the one it is picked by, what the effect raises, the one not recorded.

Every scale is asked alike here; how scores and levels come about is in ``assessments`` and ``levels``.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.assessment_rows import AGE as AGE_MARK
from seeds.trust.assessment_rows import judged_day
from seeds.trust.assessments import TESTS, Scores, tests_due
from seeds.trust.blocks import Block
from seeds.trust.calendar import TestPoint
from seeds.trust.catalogue import Intervention, Outcome
from seeds.trust.levels import (
    AGE_HALF_TERMS,
    AGE_NC_YEARS,
    JUDGED_SUBJECTS,
    Levels,
    expected_age_months,
    expected_points,
    gives_points,
    is_below_curriculum,
)  # fmt: skip
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.schools import School


@dataclass
class Marks:
    """The scores and levels of everybody, which effects change; and suspensions, which none does."""

    needs: Needs
    scores: Scores
    levels: Levels
    suspended: dict[int, list[dt.date]]
    """Person key to days of suspension."""

    def was_suspended(self, enrolment: Enrolment, before: dt.date) -> bool:
        """Suspended in the last half-year before a day."""
        since = before - dt.timedelta(days=182)
        return any(since <= day < before for day in self.suspended.get(enrolment.person.key, ()))

    def is_held(self, outcome: Outcome, school: School, block: Block) -> bool:
        """True where the school records the outcome at both ends of the block, for some year group at least."""
        if block.entry is None or block.exit is None or not outcome.is_marked:
            return True
        ends = (block.entry.half_term, block.exit.half_term)
        if outcome.test is not None and outcome.last_test is not None:
            tests = (outcome.test, outcome.last_test)
            return all(
                end in TESTS[test].half_terms and school.urn in self.scores.held_in[test]
                for end, test in zip(ends, tests, strict=True)
            )
        if outcome.scale == "AGE":
            return ends == AGE_HALF_TERMS and school.urn in self.levels.age_schools
        if outcome.scale == "PRE_KEY_STAGE":
            return school.is_special
        return (outcome.scale == "POINTS") == gives_points(school) and not school.is_special

    def entry_mark(self, outcome: Outcome, enrolment: Enrolment, block: Block) -> float | None:
        """The observed mark before the block, on the scale of the intervention's cut; None where the child has none,
        or could have none after it.
        """
        if block.entry is None or block.exit is None:
            return None
        if outcome.test is not None:
            return self._entry_score(outcome, enrolment, block.entry, block.exit)
        is_below = is_below_curriculum(enrolment, self.needs)
        places = [self._place(point) for point in (block.entry, block.exit)]
        days = [judged_day(self.levels.calendar.half_terms[place]) for place in places]
        if is_below != (outcome.scale == "PRE_KEY_STAGE") or not all(enrolment.is_on_roll(day) for day in days):
            return None
        return self._entry_level(outcome, enrolment, block.academic_year, places[0])

    def _entry_score(self, outcome: Outcome, child: Enrolment, entry: TestPoint, leave: TestPoint) -> float | None:
        key, first, last = child.person.key, outcome.test, outcome.last_test
        if first is None or last is None or not self.scores.sat[key, entry.index, first]:
            return None
        if first not in tests_due(child, self.needs, entry, self.scores):
            return None
        is_due = last in tests_due(child, self.needs, leave, self.scores)
        return self.scores.observed_at(key, entry.index, first) if is_due else None

    def _entry_level(self, outcome: Outcome, enrolment: Enrolment, year: int, place: int) -> float | None:
        """A point over or under the year group's, a band, a step above the engagement model, an age of 100 expected."""
        person, levels, year_group = enrolment.person, self.levels, enrolment.person.nc_year(year)
        if outcome.scale == "AGE":
            low, high = AGE_NC_YEARS
            expected = expected_age_months(person, levels.calendar, place)
            is_tested = low <= year_group <= high
            return 100 * levels.reading_age_months(person, place) / expected if is_tested else None
        subject = JUDGED_SUBJECTS.index(outcome.subject)
        if outcome.scale == "PRE_KEY_STAGE":
            return levels.step(person, place, subject) or None
        if not 1 <= year_group <= 11:
            return None
        if outcome.scale == "POINTS":
            return levels.points(person, place, subject) - expected_points(person, levels.calendar, place)
        return levels.band(person, place, subject)

    def exit_score(self, outcome: Outcome, enrolment: Enrolment, block: Block) -> int:
        """What the child scores in the standardised test at the end, sat or not."""
        if outcome.last_test is None or block.exit is None:
            raise ValueError(f"No standardised test ends {outcome.assessment_name}")
        return self.scores.observed_at(enrolment.person.key, block.exit.index, outcome.last_test)

    def apply(self, intervention: Intervention, effect: float, enrolment: Enrolment, block: Block) -> None:
        """Raise what the child can do from the end of the block on."""
        outcome, key = intervention.outcome, enrolment.person.key
        if block.exit is None or not outcome.is_marked:
            return
        if outcome.test is not None:
            self.scores.raise_by(effect, key, block.exit.index, outcome.test)
        elif outcome.scale == "AGE":
            self.levels.age_lift[key, self._place(block.exit) :] += effect
        else:
            self.levels.lift[key, self._place(block.exit) :, JUDGED_SUBJECTS.index(outcome.subject)] += effect

    def record_exit(self, outcome: Outcome, enrolment: Enrolment, block: Block, *, is_missing: bool) -> None:
        """The mark at the end is there, or is not."""
        if block.exit is None or not outcome.is_marked:
            return
        key = enrolment.person.key
        if outcome.last_test is not None:
            self.scores.sat[key, block.exit.index, outcome.last_test] = not is_missing
        elif is_missing:
            kind = AGE_MARK if outcome.scale == "AGE" else outcome.subject
            self.levels.missing.add((key, self._place(block.exit), kind))

    def _place(self, point: TestPoint) -> int:
        return self.levels.place_of(point.academic_year, point.half_term)
