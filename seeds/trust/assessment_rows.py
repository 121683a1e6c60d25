"""The rows of Insight's assessment export: which child has which mark, on which scale, in which half-term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from seeds.trust.assessments import TESTS, Scores
from seeds.trust.calendar import TERMS_OF_TESTS, Calendar, HalfTerm
from seeds.trust.levels import (
    BANDS,
    JUDGED_SUBJECTS,
    STEPS,
    Levels,
    gives_points,
    is_below_curriculum,
)  # fmt: skip
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Cell, Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

BELOW_CODE = "BLW"
"""What a system without steps writes of everybody below the age curriculum: the code of 2016 to 2018."""
JUDGED_NAME, AGE_NAME = "Main Assessment", "Reading Age Test"
STANDARDISED, AGE = "Standardised score", "Reading Age"


def list_assessments(
    school: School, roll: list[Enrolment], needs: Needs, scores: Scores, levels: Levels, seed: int
) -> list[Row]:
    """Every assessment of one school: (Insight id, UPN, year, year group, term, name, subject, scheme, mark, date)."""
    writer = _Writer(school, needs, scores, levels, Stream(seed, f"marks {school.urn}"))
    return [row for enrolment in roll for row in writer.list_child(enrolment)]


class _Writer:
    def __init__(self, school: School, needs: Needs, scores: Scores, levels: Levels, stream: Stream) -> None:
        self.school, self.needs, self.scores, self.levels = school, needs, scores, levels
        self.calendar: Calendar = levels.calendar
        self.stream = stream
        self.observed = scores.observed()
        self.has_steps = not (school.phase == "Primary" and school.index % 5 == 2)
        self.points = {(p.academic_year, p.half_term): p for p in self.calendar.test_points}

    def list_child(self, enrolment: Enrolment) -> Iterator[Row]:
        is_below = is_below_curriculum(enrolment, self.needs)
        for place, half_term in enumerate(self.calendar.half_terms):
            year_group = enrolment.person.nc_year(half_term.academic_year)
            judged = judged_day(half_term)
            if not (1 <= year_group <= 14 and enrolment.is_on_roll(judged) and judged <= self.calendar.data_date):
                continue
            if is_below:
                yield from self._steps(enrolment, place, half_term, judged)
                continue
            yield from self._judgements(enrolment, place, half_term, judged)
            yield from self._standardised(enrolment, half_term, year_group)
            if self.levels.has_reading_age(enrolment, half_term):
                yield from self._reading_age(enrolment, place, half_term)

    def _row(self, enrolment: Enrolment, half_term: HalfTerm, *rest: Cell) -> Row:
        upn, year = enrolment.upn_on(self.calendar.data_date), half_term.academic_year
        return [enrolment.insight_id, upn, year, str(enrolment.person.nc_year(year)), half_term.name, *rest]

    def _judgements(self, enrolment: Enrolment, place: int, half_term: HalfTerm, judged: dt.date) -> Iterator[Row]:
        """Teacher judgements once a term, and in the running term at its first half."""
        is_running = half_term.academic_year == self.calendar.last_year and half_term.name == "Autumn1"
        year_group = enrolment.person.nc_year(half_term.academic_year)
        if year_group > 11 or not (half_term.name in TERMS_OF_TESTS or is_running):
            return
        person, has_points = enrolment.person, gives_points(self.school)
        scheme = "Points" if has_points else "Point in Time Assessment"
        for at, subject in enumerate(JUDGED_SUBJECTS):
            if (person.key, place, subject) not in self.levels.missing:
                points, band = self.levels.points(person, place, at), BANDS[self.levels.band(person, place, at)]
                mark = str(points) if has_points else band
                yield self._row(enrolment, half_term, JUDGED_NAME, subject, scheme, mark, judged)

    def _standardised(self, enrolment: Enrolment, half_term: HalfTerm, year_group: int) -> Iterator[Row]:
        point = self.points.get((half_term.academic_year, half_term.name))
        if point is None or year_group > 9:
            return
        key = enrolment.person.key
        day = point.monday + dt.timedelta(days=int(self.scores.days[key, point.index]))
        for place, test in enumerate(TESTS):
            if self.scores.sat[key, point.index, place] and enrolment.is_on_roll(day):
                mark = str(self.observed[key, point.index, place])
                yield self._row(enrolment, half_term, test.name, test.subject, STANDARDISED, mark, day)

    def _reading_age(self, enrolment: Enrolment, place: int, half_term: HalfTerm) -> Iterator[Row]:
        """Written years.months, so that ten months are ".10"; some dated, some not, some as "8y 9m"."""
        if (enrolment.person.key, place, AGE) in self.levels.missing:
            return
        years, rest = divmod(self.levels.reading_age_months(enrolment.person, place), 12)
        mark = f"{years}y {rest}m" if self.school.index % 4 == 3 else f"{years}.{rest}"
        day = half_term.start + dt.timedelta(days=self.stream.whole(8, 25)) if self.school.index % 2 else None
        if half_term.name != "Autumn1":
            day = judged_day(half_term)
        yield self._row(enrolment, half_term, AGE_NAME, "Reading", AGE, mark, day)

    def _steps(self, enrolment: Enrolment, place: int, half_term: HalfTerm, judged: dt.date) -> Iterator[Row]:
        """Small steps below the age curriculum; special schools every half-term, others once a term."""
        if not enrolment.school.is_special and half_term.name not in TERMS_OF_TESTS:
            return
        for at, subject in enumerate(JUDGED_SUBJECTS):
            if (enrolment.person.key, place, subject) not in self.levels.missing:
                step = STEPS[self.levels.step(enrolment.person, place, at)] if self.has_steps else BELOW_CODE
                scheme = "Engagement Model" if step == "EM" else "Pre-Key Stage"
                day = judged if enrolment.school.is_special else None
                yield self._row(enrolment, half_term, JUDGED_NAME, subject, scheme, step, day)


def judged_day(half_term: HalfTerm) -> dt.date:
    """The day on which teachers hand in a half-term's judgements."""
    return half_term.end - dt.timedelta(days=4)
