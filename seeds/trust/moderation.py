"""Moderation on paper: rounds over two years, raters that drift, one change of the matrix; and how schools moderate.

A rater sees what is true of a pupil in each descriptor, moved by the school's drift and by chance, and ticks criteria.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

from seeds.trust.calendar import Calendar
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.rows import Row, Tables
from seeds.trust.schools import School
from seeds.trust.streams import Stream

VERSIONS = ("BANDS-2024", "BANDS-2025")
TITLE = "Bands of need (made up)"
DROPPED, ADDED = "IN4B", ("IN4C", "Needs two adults for nearly everything")
"""What the second version changed: a criterion left out and one put in."""
DRIFT = (0.0, 0.75, 0.0, -0.6, 0.0)
"""Bands that a school's raters are above or below what is true, by the school's place among the schools."""
STRICT_DESCRIPTOR, STRICT_DRIFT = "Social, emotional and mental health", 1.0
"""The third school alone: in one descriptor its raters see more than is there."""
NOISE = 0.42
MANY_RATERS_AT = (1, 3)
"""Places of schools with three raters; the others have one."""
FORGETFUL = (3, 2)
"""Place of the school, and its rater who rated own pupils too."""
MISSED = 0.06
CASES, PILOT_CASES = 22, 10
HIGHEST = 4


@dataclass(frozen=True)
class Rating:
    """One rater's ticks on one case, and the band that follows.

    ``is_written``: the rater forgot the ticks and wrote the band. ``is_own``: of the own school's pupil, not to count.
    """

    case: int
    pupil: Enrolment
    school: School
    rater: str
    levels: Mapping[str, int]
    ticked: tuple[str, ...]
    is_written: bool = False
    is_own: bool = False

    @property
    def band(self) -> int:
        """The highest level."""
        return max(1, *self.levels.values())


@dataclass
class Round:
    """One round of moderation on paper."""

    name: str
    day: dt.date
    version: str
    ratings: list[Rating] = field(default_factory=list)


def read_criteria() -> list[dict[str, str]]:
    """The criteria of the shipped example, which the fictional authority's versions are made from."""
    text = (resources.files("seeds") / "reference" / "moderation_matrix_example.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def hold_rounds(
    schools: tuple[School, ...], people: People, needs: Needs, calendar: Calendar, seed: int
) -> list[Round]:
    """A small pilot and three rounds, the matrix changed after the first of them."""
    today = calendar.data_date
    planned = (
        ("Pilot", today - dt.timedelta(days=620), VERSIONS[0], PILOT_CASES),
        ("Summer moderation", today - dt.timedelta(days=525), VERSIONS[0], CASES),
        ("Spring moderation", today - dt.timedelta(days=250), VERSIONS[1], CASES),
        ("Autumn moderation", today - dt.timedelta(days=30), VERSIONS[1], CASES),
    )
    rounds = [Round(f"{name} {day.year}", day, version) for name, day, version, _ in planned]
    for one, (_, _, _, size) in zip(rounds, planned, strict=True):
        stream = Stream(seed, f"moderation {one.name.split()[0]}")
        sample = _draw(schools, people, needs, one.day, size, stream)
        for case, (pupil, truth) in enumerate(sample, start=1):
            for school in schools:
                one.ratings += _rate(case, pupil, truth, school, stream)
    return [one for one in rounds if one.ratings]


def _draw(
    schools: tuple[School, ...], people: People, needs: Needs, day: dt.date, size: int, stream: Stream
) -> list[tuple[Enrolment, dict[str, float]]]:
    """Pupils with SEN of every school in turn, each with what is true of it: about band 2 on support, 3 with a plan."""
    with_sen = [
        e for e in people.enrolments
        if e.person.key in needs and e.entry <= day and (e.leaving is None or e.leaving >= day)
        and needs[e.person.key].provision_on(day) != "N"
    ]  # fmt: skip
    queues = [stream.some([e for e in with_sen if e.school.urn == school.urn], size) for school in schools]
    in_turn = [queue[place] for place in range(size) for queue in queues if place < len(queue)][:size]
    found = []
    for enrolment in in_turn:
        middle = stream.normal(2.6 if needs[enrolment.person.key].provision_on(day) == "E" else 1.5, 0.9)
        descriptors = dict.fromkeys(row["descriptor"] for row in read_criteria())
        found.append((enrolment, {name: middle + stream.normal(-0.7, 0.5) for name in descriptors}))
    return found


def _rate(case: int, pupil: Enrolment, truth: dict[str, float], school: School, stream: Stream) -> Iterator[Rating]:
    """Ratings of one school's raters: none of their own pupils but by mistake, and now and then one is missing."""
    raters = 3 if school.index in MANY_RATERS_AT else 1
    for number in range(1, raters + 1):
        levels = {name: _level(value, name, school, stream) for name, value in truth.items()}
        is_missed, is_written = stream.chance(MISSED), stream.chance(0.02)
        is_own = pupil.school.urn == school.urn
        if is_missed or (is_own and (school.index, number) != FORGETFUL):
            continue
        if not any(levels.values()):
            levels[next(iter(levels))] = 1
        yield Rating(case, pupil, school, str(number), levels, _ticks(levels, stream), is_written, is_own)


def _level(truth: float, descriptor: str, school: School, stream: Stream) -> int:
    seen = truth + 0.7 + DRIFT[school.index % len(DRIFT)] + stream.normal(0, NOISE)
    if school.index == 2 and descriptor == STRICT_DESCRIPTOR:
        seen += STRICT_DRIFT
    return min(HIGHEST, max(0, round(seen)))


def _ticks(levels: Mapping[str, int], stream: Stream) -> tuple[str, ...]:
    """One criterion of each level up to the one seen: the first of two, or both."""
    ticked = []
    for row in read_criteria():
        level, letter = int(row["band_number"]), row["criterion_code"][-1]
        if level <= levels[row["descriptor"]] and (letter == "A" or stream.chance(0.3)):
            ticked.append(row["criterion_code"])
    return tuple(code for code in ticked if code != DROPPED)


QUESTIONS = (
    ("P1", "Who takes part in moderation?", "SENCO only;SENCO and teachers;Whole staff", "SENCO and teachers"),
    ("P2", "How often does the school moderate its own bands?", "Every term;Once a year;Never", "Every term"),
    ("P3", "Does the rater see the pupil’s name?", "Yes;No", "No"),
    ("P4", "Where are the results kept?", "In the register;In a file;Nowhere", None),
    ("P5", "What happens when two raters differ?", "They talk and agree;The higher band stands;The SENCO decides",
     "They talk and agree"),
)  # fmt: skip
OLD_QUESTION = ("P2", "How often is moderation held?", "Often;Seldom", None)
"""What P2 was before it was asked anew: answers to it do not count any more."""
SILENT, LATE_ANSWER = 4, 3
"""The school that never answered P4, and the one whose only answer to P2 is to the old question."""


@dataclass(frozen=True)
class Answer:
    """A school's answer to a question on how it moderates."""

    school: School
    code: str
    version: int
    day: dt.date
    words: str


def version_of(code: str) -> int:
    """The version of a question that is asked now."""
    return 2 if code == OLD_QUESTION[0] else 1


def answer_questions(schools: tuple[School, ...], calendar: Calendar, seed: int) -> list[Answer]:
    """Most schools do alike; P3 all do; one answer is old, one is missing, some were changed since."""
    stream, found = Stream(seed, "moderation practice"), []
    old, new = calendar.data_date - dt.timedelta(days=500), calendar.data_date - dt.timedelta(days=120)
    for school in schools:
        found.append(Answer(school, "P2", 1, old, stream.one_of(("Often", "Seldom"))))
        for code, _, offered, _ in QUESTIONS:
            options = offered.split(";")
            usual = "No" if code == "P3" else options[stream.weighted({0: 6, 1: 3, len(options) - 1: 1})]
            if (code, school.index) in (("P4", SILENT), ("P2", LATE_ANSWER)):
                continue
            if code == "P5" and school.index % 3 == 0:
                found.append(Answer(school, code, version_of(code), old, options[-1]))
            found.append(Answer(school, code, version_of(code), new, usual))
    return found


def _version_rows(calendar: Calendar) -> list[Row]:
    change = calendar.data_date - dt.timedelta(days=400)
    return [
        [VERSIONS[0], TITLE, "HIGHEST", dt.date(2020, 9, 1), change - dt.timedelta(days=1)],
        [VERSIONS[1], TITLE, "HIGHEST", change, None],
    ]


def _criteria_rows() -> Iterator[Row]:
    for version in VERSIONS:
        for row in read_criteria():
            code, words = row["criterion_code"], row["criterion_text"]
            if version == VERSIONS[1] and code == DROPPED:
                code, words = ADDED
            yield [version, row["descriptor"], int(row["band_number"]), row["band_name"], code, words]


def moderation_tables(rounds: list[Round], answers: list[Answer], calendar: Calendar) -> Tables:
    """The sheets of the trust's workbook of moderation, in the order of the contracts' columns."""
    asked = calendar.data_date - dt.timedelta(days=420)
    return {
        "raw_registers__matrix_versions": _version_rows(calendar),
        "raw_registers__matrix_criteria": list(_criteria_rows()),
        "raw_registers__moderation_marks": [
            [
                one.name, one.day, one.version, r.case, r.pupil.school.urn, r.school.urn, r.rater,
                None if r.is_written else ";".join(r.ticked), r.band if r.is_written else None,
            ]
            for one in rounds
            for r in one.ratings
        ],
        "raw_registers__practice_questions": [
            ["P2", 1, *OLD_QUESTION[1:], dt.date(2020, 9, 1), asked - dt.timedelta(days=1)],
            *([code, version_of(code), *told, asked, None] for code, *told in QUESTIONS),
        ],
        "raw_registers__practice_answers": [[a.school.urn, a.code, a.version, a.day, a.words] for a in answers],
    }  # fmt: skip
