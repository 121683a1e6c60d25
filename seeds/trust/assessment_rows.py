"""The rows of Insight's assessment export: which child has which mark, on which scale, in which half-term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from seeds.trust.assessments import SUBJECTS, TEST_NAMES, Scores
from seeds.trust.calendar import TERMS_OF_TESTS, Calendar, HalfTerm
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Cell, Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

BAND_SUBJECTS = ("Reading", "Writing", "Mathematics")
BANDS = ("Below", "Towards", "Within", "Above")
BAND_CUTS = (-1.15, -0.45, 0.75)
STEPS = ("EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6")
STANDARDISED = "Standardised score"


def list_assessments(
    school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, scores: Scores, seed: int
) -> list[Row]:
    """Every assessment of one school: (Insight id, UPN, year, year group, term, name, subject, scheme, mark, date)."""
    writer = _Writer(school, needs, calendar, scores, Stream(seed, f"marks {school.urn}"))
    return [row for enrolment in roll for row in writer.list_child(enrolment)]


class _Writer:
    def __init__(self, school: School, needs: Needs, calendar: Calendar, scores: Scores, stream: Stream) -> None:
        self.school, self.needs, self.calendar, self.scores = school, needs, calendar, scores
        self.stream = stream
        self.observed = scores.observed()
        self.points = {(p.academic_year, p.half_term): p for p in calendar.test_points}
        self.gives_points = school.phase == "Secondary" or school.index % 5 == 4

    def list_child(self, enrolment: Enrolment) -> Iterator[Row]:
        need = self.needs.get(enrolment.person.key)
        is_below = enrolment.school.is_special or bool(need and need.is_below_curriculum)
        stable = self.stream.normal()
        for half_term in self.calendar.half_terms:
            year_group = enrolment.person.nc_year(half_term.academic_year)
            judged = half_term.end - dt.timedelta(days=4)
            if not (1 <= year_group <= 14 and enrolment.is_on_roll(judged) and judged <= self.calendar.data_date):
                continue
            if is_below:
                yield from self._steps(enrolment, half_term, year_group, stable)
            else:
                yield from self._bands(enrolment, half_term, year_group, judged)
                yield from self._standardised(enrolment, half_term, year_group)
            if half_term.name == "Autumn1" and 2 <= year_group <= 9 and not is_below:
                yield self._reading_age(enrolment, half_term, year_group)

    def _row(self, enrolment: Enrolment, half_term: HalfTerm, year_group: int, *rest: Cell) -> Row:
        upn = enrolment.upn_on(self.calendar.data_date)
        return [enrolment.insight_id, upn, half_term.academic_year, str(year_group), half_term.name, *rest]

    def _bands(self, enrolment: Enrolment, half_term: HalfTerm, year_group: int, judged: dt.date) -> Iterator[Row]:
        """Teacher judgements once a term, and in the running term at its first half."""
        is_running = half_term.academic_year == self.calendar.last_year and half_term.name == "Autumn1"
        if year_group > 11 or not (half_term.name in TERMS_OF_TESTS or is_running):
            return
        ability = enrolment.person.ability
        for subject, noise in zip(BAND_SUBJECTS, self.stream.numbers.normal(0, 0.45, 3), strict=True):
            points = ability[1] if subject == "Mathematics" else ability[0]
            level = points / 14 + noise
            if self.gives_points:
                # Points rise by two a term: a ladder without a known unit.
                terms = 6 * year_group + 2 * TERMS_OF_TESTS.index(half_term.name if not is_running else "Autumn2")
                yield self._row(
                    enrolment,
                    half_term,
                    year_group,
                    "Main Assessment",
                    subject,
                    "Points",
                    str(max(1, round(terms + 4 * level))),
                    judged,
                )
            else:
                band = BANDS[int(np.searchsorted(BAND_CUTS, level))]
                scheme = "Point in Time Assessment"
                yield self._row(enrolment, half_term, year_group, "Main Assessment", subject, scheme, band, None)

    def _standardised(self, enrolment: Enrolment, half_term: HalfTerm, year_group: int) -> Iterator[Row]:
        point = self.points.get((half_term.academic_year, half_term.name))
        if point is None or year_group > 9:
            return
        key = enrolment.person.key
        day = point.monday + dt.timedelta(days=int(self.scores.days[key, point.index]))
        for place, subject in enumerate(SUBJECTS):
            if self.scores.sat[key, point.index, place] and enrolment.is_on_roll(day):
                mark = str(self.observed[key, point.index, place])
                yield self._row(enrolment, half_term, year_group, TEST_NAMES[subject], subject, STANDARDISED, mark, day)

    def _reading_age(self, enrolment: Enrolment, half_term: HalfTerm, year_group: int) -> Row:
        """Written years.months, so that ten months are ".10"; some dated, some not, some as "8y 9m"."""
        age_months = 12 * (year_group + 4) + 7
        months = round(age_months * (1 + enrolment.person.ability[0] / 60) + self.stream.normal(0, 6))
        years, rest = divmod(max(60, min(months, 16 * 12)), 12)
        mark = f"{years}y {rest}m" if self.school.index % 4 == 3 else f"{years}.{rest}"
        day = half_term.start + dt.timedelta(days=self.stream.whole(8, 25)) if self.school.index % 2 else None
        return self._row(enrolment, half_term, year_group, "Reading Age Test", "Reading", "Reading Age", mark, day)

    def _steps(self, enrolment: Enrolment, half_term: HalfTerm, year_group: int, stable: float) -> Iterator[Row]:
        """Small steps below the age curriculum; special schools every half-term, others once a term."""
        if not enrolment.school.is_special and half_term.name not in TERMS_OF_TESTS:
            return
        grown = 0.16 * year_group + 0.03 * (half_term.academic_year - self.calendar.first_year)
        for subject, noise in zip(BAND_SUBJECTS, self.stream.numbers.normal(0, 0.25, 3), strict=True):
            step = STEPS[int(np.clip(round(2 + 1.4 * stable + grown + noise), 0, 6))]
            scheme = "Engagement Model" if step == "EM" else "Pre-Key Stage"
            yield self._row(enrolment, half_term, year_group, "Main Assessment", subject, scheme, step, None)
