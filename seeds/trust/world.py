"""Everything that is true of the sample, made once: schools, children, needs, scores, groups, plans, leavers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from seeds.trust.apdr import Cycle, make_cycles
from seeds.trust.assessments import Scores, sit_tests
from seeds.trust.calendar import Calendar, census_days, make_calendar
from seeds.trust.conflicts import Conflict, plant_conflicts
from seeds.trust.curriculum import Entry, record_curriculum
from seeds.trust.destinations import Leaver, find_leavers
from seeds.trust.destinations_later import follow_leavers
from seeds.trust.ehc_clock import complete_trackers, end_without_plan
from seeds.trust.ehc_plans import Plan, make_plans
from seeds.trust.ehc_requests import Request, make_requests
from seeds.trust.engagement import Observation, observe_engagement
from seeds.trust.identification import exchange_girls, shift_registers
from seeds.trust.inclusion import Attended, Suspension, attend, find_falls, suspend
from seeds.trust.interventions import Group, run_interventions
from seeds.trust.later_groups import form_later_groups
from seeds.trust.levels import Levels, judge_levels
from seeds.trust.marks import Marks
from seeds.trust.milestones import Followed, follow_outcomes, miss_visits
from seeds.trust.moderation import Answer, Round, answer_questions, hold_rounds
from seeds.trust.moves import Move, find_moves
from seeds.trust.needs import Needs, decide_needs
from seeds.trust.part_time import PartTime, Placement, give_part_time, place_elsewhere
from seeds.trust.people import Enrolment, People, make_people
from seeds.trust.pupil_lists import Census, take_census
from seeds.trust.purchasing import Licence, Purchase, buy_tests, hold_licences
from seeds.trust.referrals import Referral, make_referrals
from seeds.trust.schools import School, make_schools
from seeds.trust.strategy import ActionNote, note_actions
from seeds.trust.targets import Target, set_targets


@dataclass(frozen=True)
class World:
    """What is true. Files show it, some of them wrongly; ``truth`` writes it down."""

    seed: int
    calendar: Calendar
    schools: tuple[School, ...]
    people: People
    needs: Needs
    scores: Scores
    levels: Levels
    suspensions: dict[str, list[Suspension]]
    groups: list[Group]
    plans: list[Plan]
    followed: list[Followed]
    requests: list[Request]
    leavers: list[Leaver]
    moves: list[Move]
    cycles: list[Cycle]
    targets: list[Target]
    observations: list[Observation]
    censuses: list[Census]
    referrals: list[Referral]
    purchases: list[Purchase]
    licences: list[Licence]
    strategy: list[ActionNote]
    rounds: list[Round]
    answers: list[Answer]
    conflicts: list[Conflict]

    @cached_property
    def died(self) -> set[int]:
        """Keys of the people of whom a list of moves, a plan or a referral says that they have died."""
        moved = {m.enrolment.person.key for m in self.moves if m.move_type == "DIED"}
        ceased = {p.enrolment.person.key for p in self.plans if p.cease_reason == 8}
        return moved | ceased | {r.enrolment.person.key for r in self.referrals if r.reason == "DECEASED"}

    @cached_property
    def attended(self) -> dict[str, list[Attended]]:
        """Attendance by school URN; made when first asked for."""
        falls, rolls = find_falls(self.groups), self.rolls
        return {s.urn: list(attend(s, rolls[s.urn], self.needs, self.calendar, falls, self.seed)) for s in self.schools}

    @cached_property
    def rolls(self) -> dict[str, list[Enrolment]]:
        """Every spell on roll by school URN."""
        return {s.urn: [e for e in self.people.enrolments if e.school.urn == s.urn] for s in self.schools}

    @cached_property
    def part_time(self) -> dict[str, list[PartTime]]:
        """Part-time timetables by school URN."""
        needs, calendar = self.needs, self.calendar
        return {s.urn: give_part_time(s, self.rolls[s.urn], needs, calendar, self.seed) for s in self.schools}

    @cached_property
    def placements(self) -> dict[str, list[Placement]]:
        """Placements in alternative provision by school URN."""
        needs, calendar = self.needs, self.calendar
        return {s.urn: place_elsewhere(s, self.rolls[s.urn], needs, calendar, self.seed) for s in self.schools}

    @cached_property
    def curriculum(self) -> dict[str, list[Entry]]:
        """Entries of curriculum access by school URN."""
        needs, calendar = self.needs, self.calendar
        return {s.urn: record_curriculum(s, self.rolls[s.urn], needs, calendar, self.seed) for s in self.schools}


def make_world(schools_count: int, pupils_count: int, years_count: int, seed: int, data_date: dt.date) -> World:
    """The trust of a seed. Raises ``ValueError`` for sizes that it cannot have."""
    calendar = make_calendar(years_count, data_date)
    schools = make_schools(schools_count, pupils_count)
    people = make_people(schools, calendar, seed)
    needs = decide_needs(people, calendar, seed)
    people = exchange_girls(people, needs, schools, calendar, seed)
    scores = sit_tests(people, schools, needs, calendar, seed)
    levels = judge_levels(people, schools, calendar, seed)
    rolls = {s.urn: [e for e in people.enrolments if e.school.urn == s.urn] for s in schools}
    suspensions = {s.urn: list(suspend(s, rolls[s.urn], needs, calendar, seed)) for s in schools}
    suspended: dict[int, list[dt.date]] = {}
    for one in (one for school in suspensions.values() for one in school):
        suspended.setdefault(one.enrolment.person.key, []).append(one.day)
    groups = run_interventions(people, schools, Marks(needs, scores, levels, suspended), calendar, seed)
    plans = make_plans(people, needs, calendar, seed)
    miss_visits(plans, calendar)
    followed = follow_outcomes(plans, schools, calendar, seed)
    leavers = follow_leavers(find_leavers(people, needs, calendar, seed), calendar, seed)
    moves = find_moves(people, needs, calendar, seed)
    complete_trackers(plans, calendar, seed)
    requests = end_without_plan(make_requests(people, needs, calendar, seed), calendar, seed)
    cycles = make_cycles(people, needs, groups, calendar, seed)
    targets = set_targets(groups, calendar, seed)
    observations = observe_engagement(groups, needs, calendar, seed)
    censuses = [
        take_census(school, rolls[school.urn], needs, term, day, seed)
        for school in schools
        for term, day in census_days(calendar)
    ]
    conflicts = plant_conflicts(people, schools, needs, plans, censuses, calendar, seed)
    groups += form_later_groups(people, schools, needs, scores, calendar, seed)
    return World(
        seed=seed,
        calendar=calendar,
        schools=schools,
        people=people,
        needs=shift_registers(people, needs, schools, calendar, seed),
        scores=scores,
        levels=levels,
        suspensions=suspensions,
        groups=groups,
        plans=plans,
        followed=followed,
        requests=requests,
        leavers=leavers,
        moves=moves,
        cycles=cycles,
        targets=targets,
        observations=observations,
        censuses=censuses,
        referrals=make_referrals(people, needs, calendar, seed),
        purchases=buy_tests(schools, calendar, seed),
        licences=hold_licences(schools, calendar, seed),
        strategy=note_actions(calendar, seed),
        rounds=hold_rounds(schools, people, needs, calendar, seed),
        answers=answer_questions(schools, calendar, seed),
        conflicts=conflicts,
    )
