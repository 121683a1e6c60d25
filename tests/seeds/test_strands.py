"""Targets, engagement and outside evidence of the sample: in step with the contracts, plausible, written down truly."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

import seeds
from expectations.findings import find
from expectations.tables.engagement import ENGAGEMENT_AREAS, ENGAGEMENT_DIRECTIONS
from expectations.tables.strands import CORE_OUTSIDE_EVIDENCE
from pipelines.reference_data import outside_evidence
from seeds.trust.engagement import AREA_WORDS, DIRECTION_WORDS, keeps_profile

REFERENCE = Path(seeds.__file__).parent / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_areas_of_engagement_are_the_code_table_s() -> None:
    assert tuple(row["code"] for row in rows("engagement_areas")) == ENGAGEMENT_AREAS
    assert all(set(words) == set(ENGAGEMENT_AREAS) for words in AREA_WORDS)
    assert all(set(words) == set(ENGAGEMENT_DIRECTIONS) for words in DIRECTION_WORDS)


def test_outside_evidence_holds_its_contract_and_credits_its_source() -> None:
    evidence = outside_evidence()
    assert find(evidence, CORE_OUTSIDE_EVIDENCE) == []
    assert evidence.height == 13
    assert evidence["evidence_source"].str.starts_with("Education Endowment Foundation").all()
    assert all(row["edition_note"] for row in rows("outside_evidence"))


def test_the_catalogue_names_only_evidence_that_is_there() -> None:
    known = {row["evidence_strand"] for row in rows("outside_evidence")}
    named = {row["evidence_strand"] for row in rows("intervention_catalogue")} - {""}
    assert named <= known
    assert named, "no intervention of the sample has outside evidence"


def test_targets_are_of_groups_in_workbooks_and_mostly_set_in_time(world) -> None:
    assert all(not t.group.is_in_insight for t in world.targets)
    assert {t.start_level for t in world.targets} == {None, -1, -2}
    assert {t.achieved_level for t in world.targets} == {None, -2, -1, 0, 1, 2}
    in_time = sum(t.set_date <= t.group.block.start for t in world.targets) / len(world.targets)
    assert 0.8 < in_time < 0.9
    for t in world.targets:
        assert (t.scored_date is None) == (t.achieved_level is None)
        assert t.scored_date is None or t.set_date < t.scored_date <= world.calendar.data_date
    numbers = [(id(t.group), t.enrolment.person.key, t.number) for t in world.targets]
    assert len(set(numbers)) == len(numbers)


def test_engagement_is_observed_of_pupils_below_the_curriculum_while_on_roll(world) -> None:
    assert world.observations
    for o in world.observations:
        assert keeps_profile(o.enrolment.school)
        assert world.needs[o.enrolment.person.key].is_below_curriculum
        assert o.enrolment.is_on_roll(o.day)
        assert o.day <= world.calendar.data_date
    seen = Counter((o.enrolment.person.key, o.enrolment.school.urn, o.day, o.area) for o in world.observations)
    assert set(seen.values()) == {1}
    by_day = groupby(world.observations, key=lambda o: (o.enrolment.person.key, o.day))
    assert {len(list(group)) for _, group in by_day} == {3}


@pytest.mark.parametrize("name", ["targets_truth", "engagement_truth"])
def test_the_truth_has_one_row_an_intervention_and_no_part_above_its_whole(truth, name) -> None:
    told = truth(name)
    assert len({row["intervention_name"] for row in told}) == len(told) > 10
    for row in told:
        if name == "targets_truth":
            met, scored, made = (int(row[f"targets_{part}_count"]) for part in ("met", "scored", "set"))
            assert met <= scored <= made
        else:
            counts = [int(value) for column, value in row.items() if column.endswith("progress_count")]
            assert max(counts) <= int(row["engagement_pupils_count"])
