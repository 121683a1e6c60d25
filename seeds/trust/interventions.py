"""Which groups ran: pupils picked for a low observed score, sessions planned and delivered, true effects applied.

Selection looks at the observed score of the entry test alone, so that regression to the mean is in the data and
pupils with the same score who were not picked are a fair comparison.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field

from seeds.trust.assessments import Scores, is_tested
from seeds.trust.calendar import Calendar, TestPoint
from seeds.trust.catalogue import INTERVENTIONS, CatalogueEntry, Intervention, read_catalogue
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.schools import School
from seeds.trust.streams import Stream

MISSING_EXIT = 0.08
FULL_SIZE = 3500
WINDOW_DAYS = 42


@dataclass(frozen=True)
class Block:
    """A stretch of weeks between two tests; ``entry`` and ``exit`` are None where no test frames it."""

    academic_year: int
    length: str
    start: dt.date
    end: dt.date
    entry: TestPoint | None
    exit: TestPoint | None


@dataclass(frozen=True)
class Participation:
    """One pupil in one group."""

    enrolment: Enrolment
    attended_count: int | None
    judgement: int | None
    pupil_voice: bool | None
    parent_voice: bool | None
    is_exit_missing: bool


@dataclass(frozen=True)
class Session:
    """One planned session that fell due by the data date."""

    day: dt.date
    is_delivered: bool


@dataclass(frozen=True)
class Group:
    """One group of one intervention in one school."""

    reference: str
    school: School
    intervention: Intervention
    spelling: str
    block: Block
    planned_count: int
    sessions: tuple[Session, ...]
    members: tuple[Participation, ...]
    is_in_insight: bool

    @property
    def delivered_count(self) -> int:
        """Sessions that took place by the data date."""
        return sum(session.is_delivered for session in self.sessions)


def run_interventions(
    people: People, schools: tuple[School, ...], needs: Needs, calendar: Calendar, scores: Scores, seed: int
) -> list[Group]:
    """Every group of the period. Changes ``scores``: adds effects, and marks entry and exit tests sat or missed."""
    runner = _Runner(people, schools, needs, calendar, scores, Stream(seed, "interventions"))
    for block in make_blocks(calendar):
        runner.prepare(block)
    runner.run()
    return sorted(runner.groups, key=lambda g: (g.school.index, g.reference))


def make_blocks(calendar: Calendar) -> list[Block]:
    """Blocks of ten weeks within a term, of twenty weeks over two, and the one that is still running."""
    blocks = []
    for year in calendar.years:
        points = {p.half_term: p for p in calendar.test_points if p.academic_year == year}
        autumn, spring, summer = (points.get(name) for name in ("Autumn2", "Spring2", "Summer2"))
        if autumn and spring:
            start = calendar.half_term(year, "Spring1").start
            blocks.append(Block(year, "TERM", start, _friday(start, 10), autumn, spring))
        if autumn and summer:
            start, end = calendar.half_term(year, "Spring1").start, calendar.half_term(year, "Summer2").start
            blocks.append(Block(year, "YEAR", start, _friday(end, 2), autumn, summer))
        if spring and summer:
            start = calendar.half_term(year, "Summer1").start
            blocks.append(Block(year, "TERM", start, _friday(start, 10), spring, summer))
    start = calendar.half_term(calendar.last_year, "Autumn1").start + dt.timedelta(days=13)
    if start < calendar.data_date:
        end = calendar.half_term(calendar.last_year, "Autumn2").end - dt.timedelta(days=7)
        blocks.append(Block(calendar.last_year, "RUNNING", start, end, None, None))
    return blocks


def _friday(start: dt.date, weeks: int) -> dt.date:
    monday = start - dt.timedelta(days=start.weekday())
    return monday + dt.timedelta(days=7 * weeks - 3)


def _split(total: int, stream: Stream) -> list[int]:
    """Group sizes of three to six that add up to the total."""
    sizes = []
    while total > 0:
        size = total if total <= 6 else min(stream.whole(3, 6), total - 3)
        sizes.append(size)
        total -= size
    return sizes


@dataclass
class _Wanted:
    """Groups of one intervention that are still to be formed, by size, and the schools that run it."""

    intervention: Intervention
    sizes: list[int]
    schools: list[School]


@dataclass
class _Runner:
    people: People
    schools: tuple[School, ...]
    needs: Needs
    calendar: Calendar
    scores: Scores
    stream: Stream
    groups: list[Group] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    rolls: dict[tuple[str, dt.date], list[Enrolment]] = field(default_factory=dict)
    busy: set[tuple[int, int | None, int]] = field(default_factory=set)
    taken_part: set[tuple[int, str]] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)
    catalogue: dict[str, CatalogueEntry] = field(default_factory=read_catalogue)

    def prepare(self, block: Block) -> None:
        self.blocks.append(block)
        for school in self.schools:
            staying = [
                e
                for e in self.people.on_roll(school, block.start)
                if e.leaving is None or e.leaving > block.end + dt.timedelta(days=WINDOW_DAYS - 14)
            ]
            self.rolls.setdefault((school.urn, block.start), staying)

    def run(self) -> None:
        """Fill the blocks in order of time, so that who is picked depends on scores that are then final."""
        wanted = [_Wanted(i, self._sizes(i), self._schools_for(i)) for i in INTERVENTIONS]
        for place, block in enumerate(sorted(self.blocks, key=lambda b: (b.start, b.length))):
            left = 1 + sum(later.length == block.length for later in self.blocks[place + 1 :])
            for want in self.stream.some(wanted, len(wanted)):
                if block.length == want.intervention.length:
                    self._fill(want, block, math.ceil(len(want.sizes) / left))
                elif block.length == "RUNNING" and not want.intervention.schools_limit:
                    # The smallest stay exactly as small as they are declared.
                    self._form(want.intervention, self.stream.one_of(want.schools), block, self.stream.whole(3, 6))

    def _sizes(self, intervention: Intervention) -> list[int]:
        scale = min(1.0, 2.5 * len(self.people.persons) / (1.43 * FULL_SIZE))
        return _split(max(6, round(intervention.treated_count * scale)), self.stream)

    def _schools_for(self, intervention: Intervention) -> list[School]:
        schools = [s for s in self.schools if s.phase in intervention.phases and self._fits(s, intervention)]
        return self.stream.some(schools, intervention.schools_limit) if intervention.schools_limit else schools

    def _fits(self, school: School, intervention: Intervention) -> bool:
        return school.year_range[0] <= intervention.nc_years[1] and intervention.nc_years[0] <= school.year_range[1]

    def _fill(self, want: _Wanted, block: Block, count: int) -> None:
        """Form some of the groups wanted, each in the first school, in random order, that has enough such pupils."""
        for size in want.sizes[:count]:
            schools = self.stream.some(want.schools, len(want.schools))
            if any(self._form(want.intervention, school, block, size) for school in schools):
                want.sizes.remove(size)

    def _form(self, intervention: Intervention, school: School, block: Block, size: int) -> bool:
        """One group, if the school has enough pupils for it."""
        pool = self._candidates(intervention, school, block)
        if len(pool) < size:
            return False
        members = self.stream.some(pool[: 3 * size], size)
        self.busy |= {(e.person.key, intervention.subject, block.academic_year) for e in members}
        self.taken_part |= {(e.person.key, intervention.name) for e in members}
        sessions, planned_count = self._sessions(intervention, block)
        delivered = sum(s.is_delivered for s in sessions)
        taking = tuple(self._take_part(e, intervention, block, delivered) for e in members)
        is_in_insight = intervention.is_insight_only or school.forms.provision_map == "insight"
        aliases = self.catalogue[intervention.name].aliases
        spelling = aliases[(school.index + len(intervention.name)) % len(aliases)].capitalize()
        self.groups.append(
            Group(
                self._reference(school, spelling, block, is_in_insight), school, intervention,
                intervention.name if school.index % 3 == 0 else spelling, block, planned_count,
                sessions, taking, is_in_insight,
            )
        )  # fmt: skip
        return True

    def _reference(self, school: School, spelling: str, block: Block, is_in_insight: bool) -> str:
        count = self.counts[school.urn] = self.counts.get(school.urn, 0) + 1
        return f"{spelling} {block.start:%b %Y} {count:03d}" if is_in_insight else f"G{count:03d}"

    def _candidates(self, intervention: Intervention, school: School, block: Block) -> list[Enrolment]:
        """Those who may be picked, lowest observed score first; without a test, those with SEN, in random order."""
        lowest = max(intervention.nc_years[0], school.year_range[0])
        highest = min(intervention.nc_years[1], school.year_range[1])
        first = self.stream.whole(lowest, max(lowest, highest - 1))
        years = range(first, min(highest, first + (1 if intervention.subject is not None else 3)) + 1)
        free = [
            e
            for e in self.rolls[school.urn, block.start]
            if e.person.nc_year(block.academic_year) in years
            and (e.person.key, intervention.subject, block.academic_year) not in self.busy
            and (e.person.key, intervention.name) not in self.taken_part
        ]
        if intervention.subject is None or block.entry is None or block.exit is None:
            return self.stream.some([e for e in free if e.person.key in self.needs], len(free))
        subject, entry, leave = intervention.subject, block.entry, block.exit
        tested = [
            (self.scores.observed_at(e.person.key, entry.index, subject), e)
            for e in free
            if self.scores.sat[e.person.key, entry.index, subject]
            and is_tested(e, self.needs, entry)
            and is_tested(e, self.needs, leave)
        ]
        low = [(score, e.person.key, e) for score, e in tested if score < intervention.cut]
        return [e for _, _, e in sorted(low, key=lambda row: row[:2])]

    def _sessions(self, intervention: Intervention, block: Block) -> tuple[tuple[Session, ...], int]:
        """Sessions due by the data date, with the share delivered near the intervention's rate; and all planned."""
        weekdays = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
        planned = self.calendar.teaching_days(block.start, block.end, weekdays[intervention.sessions_per_week])
        due = [day for day in planned if day < self.calendar.data_date]
        rate = min(1.0, max(0.3, intervention.delivered_rate + self.stream.normal(0, 0.03)))
        # The first session takes place: that day a group has started, and its entry test must still be near.
        later = self.stream.numbers.permutation(max(0, len(due) - 1))[: round(len(due) * (1 - rate))] + 1
        missed = {due[int(place)] for place in later}
        return tuple(Session(day, day not in missed) for day in due), len(planned)

    def _take_part(
        self, enrolment: Enrolment, intervention: Intervention, block: Block, delivered: int
    ) -> Participation:
        stream, key = self.stream, enrolment.person.key
        is_missing = False
        if intervention.subject is not None and block.entry and block.exit:
            is_missing = stream.chance(MISSING_EXIT)
            self.scores.sat[key, block.exit.index, intervention.subject] = not is_missing
            self.scores.lift[key, block.exit.index :, intervention.subject] += intervention.effect_points
        is_over = block.length != "RUNNING"
        mood = 0.55 + 0.04 * intervention.effect_points
        return Participation(
            enrolment,
            attended_count=int(stream.numbers.binomial(delivered, 0.93)) if stream.chance(0.96) else None,
            judgement=max(-2, min(2, round(stream.normal(0.4, 0.9)))) if is_over and stream.chance(0.85) else None,
            pupil_voice=stream.chance(mood + 0.15) if is_over and stream.chance(0.8) else None,
            parent_voice=stream.chance(mood + 0.1) if is_over and stream.chance(0.45) else None,
            is_exit_missing=is_missing,
        )
