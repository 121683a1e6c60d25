"""Which groups ran: pupils picked for a low observed mark, sessions planned and delivered, true effects applied.

Selection looks at the observed mark before the block alone, so that regression to the mean is in the data and pupils
with the same mark who were not picked are a fair comparison.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from dataclasses import dataclass, field

from seeds.trust.blocks import Block, Session, make_blocks, plan_sessions
from seeds.trust.calendar import Calendar
from seeds.trust.catalogue import INTERVENTIONS, NOT_MEASURED, UNKNOWN_NAMES, Intervention, entry_of
from seeds.trust.marks import Marks
from seeds.trust.people import Enrolment, People
from seeds.trust.schools import School
from seeds.trust.streams import Stream

MISSING_EXIT = 0.08
LOST_LOWEST = 0.3
"""Share of each group, those with the lowest marks at the end, whose end mark is missing where it tells something."""
FULL_SIZE = 3500
WINDOW_DAYS = 42
Busy = set[tuple[int, str, int]]


@dataclass(frozen=True)
class Participation:
    """One pupil in one group. ``effect`` is the true effect in the outcome's unit."""

    enrolment: Enrolment
    attended_count: int | None
    judgement: int | None
    pupil_voice: bool | None
    parent_voice: bool | None
    is_exit_missing: bool
    effect: float


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

    @property
    def is_framed(self) -> bool:
        """True where marks before and after are recorded, so that an effect was planted."""
        return self.block.exit is not None and self.intervention.outcome.is_marked


def run_interventions(
    people: People, schools: tuple[School, ...], marks: Marks, calendar: Calendar, seed: int
) -> list[Group]:
    """Every group of the period. Changes ``marks``: adds effects, and marks the tests at the end sat or missed."""
    runner = Runner(people, schools, marks, calendar, seed)
    for block in make_blocks(calendar):
        runner.prepare(block)
    runner.run()
    runner.form_unknown()
    return sorted(runner.groups, key=lambda g: (g.school.index, g.reference))


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
    """Groups of one intervention that are still to be formed, by size, the schools that run it, its chance and how
    much its effect differs from school to school.
    """

    intervention: Intervention
    sizes: list[int]
    schools: list[School]
    stream: Stream
    deviations: dict[str, float]
    pupils_by_school: Counter[str] = field(default_factory=Counter)


@dataclass
class Runner:
    """Forms the groups, block by block."""

    people: People
    schools: tuple[School, ...]
    marks: Marks
    calendar: Calendar
    seed: int
    groups: list[Group] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    rolls: dict[tuple[str, dt.date], list[Enrolment]] = field(default_factory=dict)
    busy: Busy = field(default_factory=set)
    taken_part: set[tuple[int, str]] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)

    def prepare(self, block: Block) -> None:
        """Note the block, and for each school who stays to its end."""
        self.blocks.append(block)
        for school in self.schools:
            staying = [
                e
                for e in self.people.on_roll(school, block.start)
                if e.leaving is None or e.leaving > block.end + dt.timedelta(days=WINDOW_DAYS - 14)
            ]
            self.rolls.setdefault((school.urn, block.start), staying)

    def run(self) -> None:
        """Fill the blocks in order of time, so that who is picked depends on marks that are then final."""
        shared = Stream(self.seed, "interventions")
        wanted = [self._want(i, shared) for i in INTERVENTIONS if not i.has_own_stream]
        newer = [self._want(i, Stream(self.seed, i.name)) for i in INTERVENTIONS if i.has_own_stream]
        blocks = sorted(self.blocks, key=lambda b: (b.start, b.length))
        for place, block in enumerate(blocks):
            for want in [*shared.some(wanted, len(wanted)), *newer]:
                if block.length == "RUNNING" and not want.intervention.schools_limit:
                    # The smallest stay exactly as small as they are declared.
                    if want.schools and not want.intervention.is_whole_school:
                        self._form(want, want.stream.one_of(want.schools), block, want.stream.whole(3, 6))
                elif any(self._suits(want, school, block) for school in want.schools):
                    later = [b for b in blocks[place + 1 :] if any(self._suits(want, s, b) for s in want.schools)]
                    self._fill(want, block, is_last=not later, count=math.ceil(len(want.sizes) / (1 + len(later))))

    def form_unknown(self) -> None:
        """Small groups without a test, in the two first mainstream schools, under names that no catalogue knows."""
        stream = Stream(self.seed, "unknown names")
        block = max((b for b in self.blocks if b.length == "TERM"), key=lambda b: b.start, default=None)
        mainstream = [s for s in self.schools if not s.is_special]
        for place, (name, _) in enumerate(UNKNOWN_NAMES):
            school = mainstream[min(1, place)]
            like = Intervention(name, NOT_MEASURED, 0.0, 4, 0.9, 1, 30, "TA2", 0, school.year_range)
            if block:
                self._form(_Wanted(like, [], [school], stream, {school.urn: 0.0}), school, block, stream.whole(3, 4))

    def _want(self, intervention: Intervention, stream: Stream) -> _Wanted:
        sizes, schools = self._sizes(intervention, stream), self._schools_for(intervention, stream)
        deviations = {s.urn: Stream(self.seed, f"{intervention.name} {s.urn}").normal() for s in schools}
        middle = sum(deviations.values()) / max(1, len(deviations))
        by_school = {urn: intervention.school_sd * (z - middle) for urn, z in deviations.items()}
        return _Wanted(intervention, sizes, schools, stream, by_school)

    def _suits(self, want: _Wanted, school: School, block: Block) -> bool:
        return block.length == want.intervention.length and self.marks.is_held(want.intervention.outcome, school, block)

    def _sizes(self, intervention: Intervention, stream: Stream) -> list[int]:
        scale = min(1.0, 2.5 * len(self.people.persons) / (1.43 * FULL_SIZE))
        return _split(max(6, round(intervention.treated_count * scale)), stream)

    def _schools_for(self, intervention: Intervention, stream: Stream) -> list[School]:
        schools = [s for s in self.schools if s.phase in intervention.phases and self._fits(s, intervention)]
        if intervention.is_whole_school:
            return schools[1::2]  # every other school, so that as many do without
        if intervention.has_own_stream:
            blocks = [b for b in self.blocks if b.length == intervention.length]
            schools = [s for s in schools if any(self.marks.is_held(intervention.outcome, s, b) for b in blocks)]
        return stream.some(schools, intervention.schools_limit) if intervention.schools_limit else schools

    def _fits(self, school: School, intervention: Intervention) -> bool:
        return school.year_range[0] <= intervention.nc_years[1] and intervention.nc_years[0] <= school.year_range[1]

    def _fill(self, want: _Wanted, block: Block, *, is_last: bool, count: int) -> None:
        """Form some of the groups wanted, each in the first school, in random order, that has enough such pupils."""
        if want.intervention.is_whole_school:
            for school in want.schools if is_last else []:
                self._form(want, school, block, None)
            return
        for size in want.sizes[:count]:
            schools = want.stream.some(want.schools, len(want.schools))
            if want.intervention.is_spread:
                schools.sort(key=lambda s: want.pupils_by_school[s.urn])
            if any(self._form(want, s, block, size) for s in schools if self._suits(want, s, block)):
                want.sizes.remove(size)

    def _form(self, want: _Wanted, school: School, block: Block, size: int | None) -> bool:
        """One group, if the school has enough pupils for it; of everybody who may take part without a size."""
        intervention, stream = want.intervention, want.stream
        pool = self._candidates(want, school, block)
        if not pool or len(pool) < (size or 0):
            return False
        within = 3 * size if size and intervention.is_lowest_first else len(pool)
        members = stream.some(pool[:within], size) if size else pool
        self.busy |= {(e.person.key, self._subject(intervention), block.academic_year) for e in members}
        self.taken_part |= {(e.person.key, intervention.name) for e in members}
        want.pupils_by_school[school.urn] += len(members)
        sessions, planned_count = plan_sessions(intervention, block, self.calendar, stream)
        delivered = sum(s.is_delivered for s in sessions)
        lost = self._lose(members, intervention, block)
        taking = tuple(self._take_part(e, want, block, delivered, e.person.key in lost) for e in members)
        is_in_insight = intervention.is_insight_only or school.forms.provision_map == "insight"
        aliases = entry_of(intervention.name).aliases
        spelling = aliases[(school.index + len(intervention.name)) % len(aliases)].capitalize()
        self.groups.append(
            Group(
                self._reference(school, spelling, block, is_in_insight), school, intervention,
                intervention.name if school.index % 3 == 0 else spelling, block, planned_count,
                sessions, taking, is_in_insight,
            )
        )  # fmt: skip
        return True

    def _subject(self, intervention: Intervention) -> str:
        """What a child takes part in once a year at most; interventions without marks share one place."""
        return intervention.outcome.subject if intervention.outcome.is_marked else ""

    def _reference(self, school: School, spelling: str, block: Block, is_in_insight: bool) -> str:
        count = self.counts[school.urn] = self.counts.get(school.urn, 0) + 1
        return f"{spelling} {block.start:%b %Y} {count:03d}" if is_in_insight else f"G{count:03d}"

    def _candidates(self, want: _Wanted, school: School, block: Block) -> list[Enrolment]:
        """Those who may be picked, lowest observed mark first; without marks, those with SEN, in random order,
        for behaviour those first who were suspended not long ago.
        """
        intervention, stream = want.intervention, want.stream
        lowest = max(intervention.nc_years[0], school.year_range[0])
        highest = min(intervention.nc_years[1], school.year_range[1])
        years = range(lowest, highest + 1)
        if not intervention.is_whole_school:
            first = stream.whole(lowest, max(lowest, highest - 1))
            years = range(first, min(highest, first + (1 if intervention.outcome.is_marked else 3)) + 1)
        free = [
            e
            for e in self.rolls[school.urn, block.start]
            if e.person.nc_year(block.academic_year) in years
            and (e.person.key, self._subject(intervention), block.academic_year) not in self.busy
            and (e.person.key, intervention.name) not in self.taken_part
        ]
        if not intervention.outcome.is_marked or block.entry is None or block.exit is None:
            pool = stream.some([e for e in free if e.person.key in self.marks.needs], len(free))
            if intervention.outcome.scale == "INCIDENTS":
                pool.sort(key=lambda e: not self.marks.was_suspended(e, block.start))
            return pool
        marked = [(self.marks.entry_mark(intervention.outcome, e, block), e) for e in free]
        cut = math.inf if intervention.is_whole_school else intervention.cut
        low = [(mark, e.person.key, e) for mark, e in marked if mark is not None and mark < cut]
        return [e for _, _, e in sorted(low, key=lambda row: row[:2])]

    def _lose(self, members: list[Enrolment], intervention: Intervention, block: Block) -> set[int]:
        """Those whose mark at the end is missing because it would be low: the effect is the same for all of them."""
        if not intervention.loses_lowest or block.exit is None:
            return set()
        marked = sorted((self.marks.exit_score(intervention.outcome, e, block), e.person.key) for e in members)
        return {key for _, key in marked[: round(LOST_LOWEST * len(members))]}

    def _take_part(
        self, enrolment: Enrolment, want: _Wanted, block: Block, delivered: int, is_lost: bool
    ) -> Participation:
        stream, intervention = want.stream, want.intervention
        effect = intervention.effect + want.deviations[enrolment.school.urn]
        is_missing = False
        if intervention.outcome.is_marked and block.entry and block.exit:
            is_missing = is_lost if intervention.loses_lowest else stream.chance(MISSING_EXIT)
            self.marks.record_exit(intervention.outcome, enrolment, block, is_missing=is_missing)
            self.marks.apply(intervention, effect, enrolment, block)
        is_over = block.length != "RUNNING"
        mood = 0.55 + 0.04 * intervention.benefit
        return Participation(
            enrolment,
            attended_count=int(stream.numbers.binomial(delivered, 0.93)) if stream.chance(0.96) else None,
            judgement=max(-2, min(2, round(stream.normal(0.4, 0.9)))) if is_over and stream.chance(0.85) else None,
            pupil_voice=stream.chance(mood + 0.15) if is_over and stream.chance(0.8) else None,
            parent_voice=stream.chance(mood + 0.1) if is_over and stream.chance(0.45) else None,
            is_exit_missing=is_missing,
            effect=effect,
        )
