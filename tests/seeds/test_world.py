"""What is true of the full-sized sample: rates, fair comparisons, regression to the mean, known outcomes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from expectations.tables.impact_pupils import OUTCOME_SCALES
from seeds.trust.catalogue import CHECK_INS, INTERVENTIONS, LATER_GROUPS
from seeds.trust.people import academic_year_of
from seeds.trust.schools import make_schools
from seeds.trust.truth_of_impact import regression_rows
from seeds.trust.truth_of_pupils import destination_rows, late_review_rows, people_rows
from seeds.trust.world import World, make_world

DATA_DATE = dt.date(2026, 11, 20)


def roll(world: World, day: dt.date = DATA_DATE):
    return [e for school in world.schools for e in world.people.on_roll(school, day)]


def test_trust_has_the_schools_that_it_should():
    phases = Counter(school.phase for school in make_schools(10, 3500))
    assert phases == {"Special": 2, "Secondary": 1, "All-through": 1, "Primary": 6}
    assert Counter(s.phase for s in make_schools(3, 240)) == {"Special": 1, "Secondary": 1, "Primary": 1}
    for school in make_schools(16, 6000):
        assert school.urn.startswith("999")
        assert school.laestab.startswith("999")


@pytest.mark.parametrize(("schools", "pupils"), [(2, 500), (5, 90), (30, 9000)])
def test_sizes_that_cannot_be_are_refused(schools, pupils):
    with pytest.raises(ValueError, match="sample"):
        make_schools(schools, pupils)


@pytest.mark.parametrize(("schools", "pupils", "years"), [(3, 240, 3), (3, 60, 1), (4, 120, 2), (6, 600, 4)])
def test_small_trusts_are_whole_trusts(schools, pupils, years):
    world = make_world(schools, pupils, years, 5, DATA_DATE)
    assert len(roll(world)) == pytest.approx(pupils, rel=0.25)
    assert world.calendar.first_year == 2026 - years
    assert world.groups
    assert world.plans
    assert world.leavers
    assert all(e.is_on_roll(c.day) for c in world.censuses for e in [p.enrolment for p in c.pupils])


def test_size_and_rates_are_near_the_nations(world):
    pupils = roll(world)
    assert 3300 <= len(pupils) <= 3700
    mainstream = [e for e in pupils if not e.school.is_special]
    held = Counter(
        world.needs[e.person.key].provision_on(DATA_DATE) if e.person.key in world.needs else "N" for e in mainstream
    )
    assert 0.11 <= held["K"] / len(mainstream) <= 0.17
    assert 0.035 <= held["E"] / len(mainstream) <= 0.075
    assert all(world.needs[e.person.key].provision_on(DATA_DATE) == "E" for e in pupils if e.school.is_special)
    assert 0.3 <= sum(e.person.is_fsm for e in pupils) / len(pupils) <= 0.4
    assert 0.16 <= sum(e.person.is_eal for e in pupils) / len(pupils) <= 0.24


def test_children_are_as_old_as_their_year_groups(world):
    for enrolment in world.people.enrolments:
        year = academic_year_of(enrolment.entry)
        age = year - enrolment.person.birth_date.year - (enrolment.person.birth_date.month >= 9)
        assert age == enrolment.person.nc_year(year) + 4
        low, high = enrolment.school.year_range
        assert low <= enrolment.person.nc_year(year) <= high


def test_a_childs_spells_on_roll_do_not_overlap(world):
    spells: dict[int, list] = {}
    for enrolment in world.people.enrolments:
        spells.setdefault(enrolment.person.key, []).append(enrolment)
    moved = 0
    for mine in spells.values():
        mine.sort(key=lambda e: e.entry)
        moved += len(mine) > 1
        assert all(a.leaving is not None and a.leaving < b.entry for a, b in pairwise(mine))
    assert moved >= 30


def test_people_have_the_identifiers_that_make_linking_hard(world):
    records = list(people_rows(world))
    assert sum(bool(r["temporary_upn"]) for r in records) >= 10
    assert sum(bool(r["former_upn"]) for r in records) >= 10
    assert sum(not r["upn"] for r in records) >= 5
    # Nothing but the name would follow a child without a UPN to a second school, so none has two.
    without = Counter(r["person"] for r in records if not r["upn"])
    assert max(without.values()) == 1


def test_a_retest_without_an_intervention_correlates_at_point_eight(world):
    raw = 100 + world.scores.ability[:, None, :] + world.scores.chance
    both = world.scores.sat[:, 0, 0] & world.scores.sat[:, 1, 0]
    assert np.corrcoef(raw[both, 0, 0], raw[both, 1, 0])[0, 1] == pytest.approx(0.8, abs=0.03)
    assert raw[both, 0, 0].std() == pytest.approx(15, abs=1)


def test_blocks_lie_between_tests_that_count(world):
    for group in world.groups:
        block = group.block
        if block.entry and block.exit:
            assert 0 < (group.sessions[0].day - block.entry.monday).days <= 42
            assert (block.exit.monday - block.end).days >= 0
            assert (block.exit.monday - block.end).days + 4 <= 42
        assert all(block.start <= s.day <= block.end and s.day < DATA_DATE for s in group.sessions)
        assert group.sessions[0].is_delivered


def test_pupils_are_picked_for_a_low_observed_score_and_only_once(world):
    observed = world.scores.observed()
    seen = Counter()
    for group in world.groups:
        outcome, entry = group.intervention.outcome, group.block.entry
        for member in group.members:
            key = member.enrolment.person.key
            seen[key, group.intervention.name] += 1
            if outcome.test is not None and entry is not None:
                is_low = observed[key, entry.index, outcome.test] < group.intervention.cut
                assert is_low or group.intervention.is_whole_school
                assert world.scores.sat[key, entry.index, outcome.test]
                assert world.scores.sat[key, group.block.exit.index, outcome.last_test] != member.is_exit_missing
        is_any_size = group.intervention.is_whole_school or group.intervention in LATER_GROUPS
        assert 3 <= len(group.members) <= 6 or is_any_size
        assert len({member.enrolment.school.urn for member in group.members}) == 1
    assert max(count for (_, name), count in seen.items() if name != CHECK_INS.name) == 1


def test_catalogue_of_effects_is_as_promised(world):
    effects = [i.effect for i in INTERVENTIONS if i.outcome.scale == "STANDARDISED"]
    assert min(effects) == -3
    assert max(effects) == 6
    assert effects.count(0) >= 4
    assert {i.outcome.scale for i in INTERVENTIONS} >= set(OUTCOME_SCALES)
    started = Counter()
    for group in world.groups:
        started[group.intervention.name] += len(group.members)
    assert [started[name] for name in ("Counting Ahead", "Reading Ladder", "Word Workshop")] == [6, 9, 12]
    assert sum(60 <= count <= 150 for count in started.values()) >= 5


def test_scores_rise_by_effect_and_regression_to_the_mean(world):
    for record in regression_rows(world):
        # A rise has a standard deviation of about 9.5 points; four standard errors either side.
        tolerance = 4 * 9.5 / record["pupils_count"] ** 0.5
        assert record["rise_without_effect_points"] == pytest.approx(
            record["expected_regression_points"], abs=tolerance
        )
    # The whole-school intervention picks nobody, so there is nothing to regress.
    picked = [r for r in regression_rows(world) if r["pupils_count"] >= 50 and r["mean_entry_score"] < 90]
    assert len(picked) >= 6
    assert all(r["rise_without_effect_points"] > 1 for r in picked)


def test_doses_differ_by_intervention(world):
    rates = {}
    for name in {g.intervention.name for g in world.groups}:
        mine = [g for g in world.groups if g.intervention.name == name]
        rates[name] = sum(g.delivered_count for g in mine) / sum(len(g.sessions) for g in mine)
    assert 0.5 <= min(rates.values()) < 0.65
    assert max(rates.values()) > 0.93


def test_each_group_is_in_one_provision_map_and_each_map_is_used(world):
    keys = Counter((group.school.urn, group.reference) for group in world.groups)
    assert max(keys.values()) == 1
    in_workbook = {g.school.urn for g in world.groups if not g.is_in_insight}
    assert len(in_workbook) == 7
    assert all(g.is_in_insight for g in world.groups if g.school.urn not in in_workbook)


def test_destinations_keep_every_leaver_and_leave_some_unknown(world):
    due = [r for r in destination_rows(world) if r["is_due"]]
    for record in due:
        assert (
            record["leavers_count"]
            == record["sustained_count"] + record["not_sustained_count"] + record["unknown_count"]
        )
    for stage in {r["leaver_stage"] for r in due}:
        mine = [r for r in due if r["leaver_stage"] == stage]
        assert 0.04 <= sum(r["unknown_count"] for r in mine) / sum(r["leavers_count"] for r in mine) <= 0.3
    assert {r["academic_year"] for r in due} == {2022, 2023, 2024}


def test_late_reviews_are_late_to_the_day(world):
    late = list(late_review_rows(world))
    reviews = sum(len(plan.reviews) for plan in world.plans)
    assert 0.08 <= len(late) / reviews <= 0.25
    for record in late:
        day = record["meeting_date"] or DATA_DATE
        assert record["days_late"] == (day - record["review_due_date"]).days > 0


def test_requests_are_in_order_and_about_half_in_time(world):
    issued = [r for r in world.requests if r.issued]
    assert 0.35 <= sum((r.issued - r.requested).days <= 140 for r in issued) / len(issued) <= 0.6
    assert any(r.is_agreed is False for r in world.requests)
    assert any(r.decided is None for r in world.requests)
    assert all(r.decided is None or r.requested <= r.decided <= DATA_DATE or r.issued for r in world.requests)
