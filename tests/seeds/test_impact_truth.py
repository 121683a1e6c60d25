"""The planted effects: each on its own scale, in the marks, told in the truth, and moved by nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from expectations.tables.impact_pupils import OUTCOME_SCALES
from expectations.tables.reference import OUTCOME_DOMAINS
from seeds.trust.assessment_rows import list_assessments
from seeds.trust.assessments import COMPREHENSION_TEST, FACTS_TEST, READING_TEST, SPELLING_TEST, TESTS
from seeds.trust.calendar import TERMS_OF_TESTS
from seeds.trust.catalogue import EVERY_INTERVENTION, UNKNOWN_NAMES, read_catalogue
from seeds.trust.inclusion import attend
from seeds.trust.levels import JUDGED_SUBJECTS, Levels, expected_age_months, expected_points, judge_levels
from seeds.trust.provision_maps import insight_provisions, workbook_tables
from seeds.trust.truth_of_impact import (
    attendance_rows,
    framed_members,
    groups_of,
    intervention_rows,
    school_effect_rows,
    unknown_name_rows,
)
from seeds.trust.world import World

WRITING = JUDGED_SUBJECTS.index("Writing")


def named(name: str):
    return next(i for i in EVERY_INTERVENTION if i.name == name)


@pytest.fixture(scope="module")
def truths(world: World) -> dict[str, dict[str, object]]:
    return {str(row["intervention_name"]): row for row in intervention_rows(world)}


def test_every_scale_has_an_effect_and_every_domain_is_one_of_ours(truths):
    assert {row["scale"] for row in truths.values()} >= set(OUTCOME_SCALES)
    assert {entry.outcome_domain for entry in read_catalogue().values()} <= set(OUTCOME_DOMAINS)
    tested = Counter(row["outcome_domain"] for row in truths.values() if row["scale"] == "STANDARDISED")
    assert tested["Reading"] >= 8
    assert tested["Mathematics"] >= 6


def test_truth_tells_effects_in_their_own_unit(truths):
    for name, row in truths.items():
        intervention = named(name)
        assert row["effect_unit"] == intervention.outcome.unit
        assert (row["true_effect_points"] == "") == (row["scale"] != "STANDARDISED")
        if row["between_tests_count"] == 0:
            assert row["true_effect"] == ""  # the test at the end is still open
        elif row["scale"] in ("AGE", "POINTS", "BAND", "PRE_KEY_STAGE"):
            assert row["true_effect"] == intervention.effect
        if row["scale"] == "STANDARDISED":
            assert row["true_effect"] == pytest.approx(intervention.effect, abs=intervention.school_sd)
    assert -3 <= truths["Calm Start"]["true_effect"] <= -2
    assert truths["Social Circle"]["true_effect"] == 0


def test_counts_of_the_truth_are_those_of_the_marks(world, truths):
    """Those with a mark before and one after, counted from the rows that the schools send."""
    marked = Counter()
    for school in world.schools:
        roll = [e for e in world.people.enrolments if e.school.urn == school.urn]
        ids = {e.insight_id: e.person.key for e in roll}
        for row in list_assessments(school, roll, world.needs, world.scores, world.levels, world.seed):
            marked[ids[row[0]], row[2], row[4], row[5], row[6]] += row[7] != "Engagement Model"
    for name, row in truths.items():
        outcome, found = named(name).outcome, 0
        for group in groups_of(world, named(name)):
            if not group.is_framed:
                continue
            last = row["exit_assessment_name"] or outcome.assessment_name
            for member in group.members:
                key, block = member.enrolment.person.key, group.block
                before = (key, block.entry.academic_year, block.entry.half_term, outcome.assessment_name)
                after = (key, block.exit.academic_year, block.exit.half_term, last)
                assert marked[*before, outcome.subject] == 1
                found += marked[*after, outcome.subject]
        assert found == (row["both_scores_count"] or 0)


def test_the_other_test_at_the_end_asks_for_the_same_reading_with_other_norms(world):
    scores = world.scores
    both = scores.sat[:, :, READING_TEST] & scores.sat[:, :, COMPREHENSION_TEST]
    observed = scores.observed()
    reading, comprehension = observed[both][:, READING_TEST], observed[both][:, COMPREHENSION_TEST]
    assert both.sum() > 300
    assert 0.65 < np.corrcoef(reading, comprehension)[0, 1] < 0.85
    assert comprehension.mean() - reading.mean() == pytest.approx(TESTS[COMPREHENSION_TEST].easier_points, abs=1)
    linked = [g for g in world.groups if g.intervention.name == "Reading Relay"]
    assert {g.is_in_insight for g in linked} == {False}  # only the school's own workbook has a column for it
    sent = workbook_tables(linked, world.calendar)["raw_provision_map__groups"]
    assert all("Reading Comprehension Test" in row for row in sent)


def test_a_test_with_a_ceiling_has_many_at_the_top_and_no_other_test_has(world, truths):
    limits = {name: row["exits_at_limit_rate"] for name, row in truths.items() if row["exits_at_limit_rate"] != ""}
    assert limits.pop("Number Facts Club") > 0.15
    large = {name: rate for name, rate in limits.items() if truths[name]["both_scores_count"] >= 20}
    assert max(large.values()) < 0.1
    assert world.scores.observed()[:, :, FACTS_TEST].max() == TESTS[FACTS_TEST].highest


def test_whole_school_delivery_leaves_nobody_out(world):
    groups = [g for g in world.groups if g.intervention.is_whole_school]
    schools = {g.school.urn for g in groups}
    assert len(schools) == len(groups) == 4
    assert len(world.scores.held_in[SPELLING_TEST]) == 8
    taking = {m.enrolment.person.key for g in groups for m in g.members}
    entry = groups[0].block.entry
    for enrolment in world.people.enrolments:
        key = enrolment.person.key
        stays = enrolment.leaving is None or enrolment.leaving > groups[0].block.exit.monday
        if enrolment.school.urn in schools and world.scores.sat[key, entry.index, SPELLING_TEST] and stays:
            assert key in taking


def test_lost_marks_are_the_lowest_of_their_groups(world):
    observed, lost = world.scores.observed(), 0
    for group in world.groups:
        if group.intervention.loses_lowest and group.is_framed:
            marks = {True: [], False: []}
            for member in group.members:
                key = member.enrolment.person.key
                marks[member.is_exit_missing].append(
                    observed[key, group.block.exit.index, group.intervention.outcome.last_test]
                )
            assert max(marks[True]) <= min(marks[False])
            lost += len(marks[True])
    assert lost >= 10


def test_effects_of_paired_reading_differ_between_schools_by_about_what_is_said(world, truths):
    rows = [row for row in school_effect_rows(world) if row["intervention_name"] == "Paired Reading Groups"]
    assert sum(row["both_scores_count"] >= 10 for row in rows) >= 5
    effects = [row["true_effect_points"] for row in rows]
    assert 1.5 < np.std(effects, ddof=1) < 5
    assert np.mean(effects) == pytest.approx(named("Paired Reading Groups").effect, abs=0.01)
    weights = [row["between_tests_count"] for row in rows]
    assert np.average(effects, weights=weights) == pytest.approx(
        truths["Paired Reading Groups"]["true_effect"], abs=0.01
    )


def without_chance(levels: Levels) -> Levels:
    return replace(
        levels,
        chance=np.zeros_like(levels.chance),
        lift=np.zeros_like(levels.lift),
        age_chance=np.zeros_like(levels.age_chance),
        age_lift=np.zeros_like(levels.age_lift),
    )


def test_levels_and_ages_grow_as_children_do_and_rise_by_what_is_planted(world):
    plain, person = without_chance(world.levels), world.people.persons[0]
    places = [p for p, h in enumerate(world.calendar.half_terms) if h.name in TERMS_OF_TESTS]
    expected = [expected_points(person, world.calendar, place) for place in places]
    assert expected == sorted(expected)
    ages = [expected_age_months(person, world.calendar, place) for place in range(len(world.calendar.half_terms))]
    assert ages == sorted(ages)
    before = plain.reading_age_months(person, 3), plain.points(person, 5, WRITING)
    plain.age_lift[person.key, 3:] += 5
    plain.lift[person.key, 5:, WRITING] += 1
    assert plain.reading_age_months(person, 3) == before[0] + 5
    assert plain.points(person, 5, WRITING) == before[1] + 4


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Page Turners", lambda levels, person, place: levels.reading_age_months(person, place)),
        ("Sentence Builders", lambda levels, person, place: levels.points(person, place, WRITING) / 4),
        ("Mark Making Steps", lambda levels, person, place: levels.step(person, place, WRITING)),
    ],
)
def test_planted_levels_stand_in_the_marks(world, name, read):
    """The same marks with the effects taken out again are lower by the effect, on average, and none is higher."""
    plain = replace(world.levels, lift=np.zeros_like(world.levels.lift), age_lift=np.zeros_like(world.levels.age_lift))
    gained = []
    for group in groups_of(world, named(name)):
        if group.is_framed:
            place = world.levels.place_of(group.block.exit.academic_year, group.block.exit.half_term)
            for member in framed_members([group]):
                person = member.enrolment.person
                gained.append(read(world.levels, person, place) - read(plain, person, place))
    assert min(gained) >= 0
    assert np.mean(gained) == pytest.approx(named(name).effect, rel=0.25)


def test_absence_falls_for_those_who_took_part_and_stays_for_all_others(world):
    school = world.schools[4]
    roll = [e for e in world.people.enrolments if e.school.urn == school.urn]
    as_it_is = world.attended[school.urn]
    without = list(attend(school, roll, world.needs, world.calendar, {}, world.seed))
    starts = {
        m.enrolment.person.key: g.block.start
        for g in world.groups
        for m in g.members
        if g.intervention.name == "Calm Start"
    }
    changed = 0
    for now, then in zip(as_it_is, without, strict=True):
        start = starts.get(now.enrolment.person.key)
        missed = (now.authorised + now.unauthorised, then.authorised + then.unauthorised)
        if start is None or now.half_term.start < start:
            assert missed[0] == missed[1]
        else:
            assert missed[0] <= missed[1]
            changed += missed[0] < missed[1]
    assert changed > 0
    told = {row["intervention_name"]: row["true_effect_per_100"] for row in attendance_rows(world)}
    assert set(told) == {"Calm Start", "Social Circle"}


def test_names_that_nobody_knows_stand_in_two_schools_and_have_no_test(world):
    rows = list(unknown_name_rows(world))
    assert len(rows) == len(UNKNOWN_NAMES)
    assert len({row["school_urn"] for row in rows}) == 2
    aliases = {alias for entry in read_catalogue().values() for alias in entry.aliases}
    assert not {row["given_name"].lower() for row in rows} & aliases
    assert [row["close_to"] for row in rows if row["close_to"]] == ["Social Circle"]
    unknown = [g for g in world.groups if g.intervention.name not in read_catalogue()]
    assert all(g.intervention.outcome.assessment_name is None and 3 <= len(g.members) <= 4 for g in unknown)
    sent = workbook_tables(unknown, world.calendar)["raw_provision_map__groups"]
    assert len(sent) + len({row[4] for row in insight_provisions(unknown)}) == len(UNKNOWN_NAMES)


def test_the_same_people_have_the_same_levels_before_any_intervention(world):
    fresh = judge_levels(world.people, world.schools, world.calendar, world.seed)
    assert (fresh.chance == world.levels.chance).all()
    assert (fresh.age_chance == world.levels.age_chance).all()
    assert (fresh.lift == 0).all()
    assert world.levels.lift.any()
    assert world.levels.age_lift.any()
