"""How pupils with SEN take part in each subject, term by term, as far as a school records it. No files."""

from __future__ import annotations

from dataclasses import dataclass

from expectations.tables.inclusion_sources import CORE_SUBJECTS, FOUNDATION_SUBJECTS
from seeds.trust.calendar import Calendar, HalfTerm
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

TERMS = {"AUT": "Autumn2", "SPR": "Spring2", "SUM": "Summer2"}
"""Term to the half-term on whose first day the record is made."""
ACCESS_BY_STATUS = {"K": {"FULL": 84, "ADAPTED": 14, "NOT": 2}, "E": {"FULL": 45, "ADAPTED": 46, "NOT": 9}}
RECORDED = (0.95, 0.78, 0.88, 0.0, 0.92, 0.42, 0.97, 0.85, 0.9, 0.7)
"""Share of entries that a school fills in, by its place: the fourth sends no record, the sixth fills in few."""
MISSES_LESSONS = {"K": 0.25, "E": 0.15}
TERMS_RECORDED = 3


@dataclass(frozen=True)
class Entry:
    """One pupil, term and subject. ``access`` and ``minutes`` are nothing where the school left them blank."""

    enrolment: Enrolment
    academic_year: int
    term: str
    subject: str
    provision: str
    access: str | None
    minutes: int | None


def record_curriculum(
    school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, seed: int
) -> list[Entry]:
    """A school's record of the last three whole terms: its pupils with SEN on the first day of each second half."""
    share = RECORDED[school.index % len(RECORDED)]
    if not share:
        return []
    stream = Stream(seed, f"curriculum access {school.urn}")
    return [
        entry
        for term, half in _whole_terms(calendar)
        for enrolment in roll
        for entry in _of_pupil(enrolment, needs, term, half, share, stream)
    ]


def _whole_terms(calendar: Calendar) -> list[tuple[str, HalfTerm]]:
    ended = [(term, half) for half in calendar.half_terms for term, name in TERMS.items()
             if half.name == name and half.end <= calendar.data_date]  # fmt: skip
    return ended[-TERMS_RECORDED:]


def _of_pupil(
    enrolment: Enrolment, needs: Needs, term: str, half: HalfTerm, share: float, stream: Stream
) -> list[Entry]:
    need = needs.get(enrolment.person.key)
    provision = need.provision_on(half.start) if need else "N"
    if provision == "N" or not enrolment.is_on_roll(half.start):
        return []
    is_in_group = stream.chance(MISSES_LESSONS[provision])
    missed = set(stream.some(FOUNDATION_SUBJECTS, 2)) if is_in_group else set()
    entries = []
    for subject in (*CORE_SUBJECTS, *FOUNDATION_SUBJECTS):
        access = stream.weighted(ACCESS_BY_STATUS[provision]) if stream.chance(share) else None
        minutes = 10 * stream.whole(2, 6) if subject in missed else 0
        is_timed = access is not None and access != "NOT" and stream.chance(0.9)
        entries.append(Entry(enrolment, half.academic_year, term, subject, provision, access,
                             minutes if is_timed else None))  # fmt: skip
    return entries


def curriculum_rows(entries: list[Entry], calendar: Calendar) -> list[Row]:
    """(UPN, MIS id, surname, forename, year, term, subject, access, minutes missed a week)."""
    return [
        [
            entry.enrolment.upn_on(calendar.data_date), entry.enrolment.mis_id, entry.enrolment.person.surname,
            entry.enrolment.person.forename, entry.academic_year, entry.term, entry.subject, entry.access,
            entry.minutes,
        ]
        for entry in entries
    ]  # fmt: skip
