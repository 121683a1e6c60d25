"""The truth about interventions: effects on every scale, by school, regression to the mean, names nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from seeds.trust.assessments import LOWEST, TESTS
from seeds.trust.catalogue import (
    CHECK_INS,
    EVERY_INTERVENTION,
    INTERVENTIONS,
    SPRINT,
    UNKNOWN_NAMES,
    Intervention,
    read_catalogue,
)
from seeds.trust.inclusion import Attended
from seeds.trust.interventions import LOST_LOWEST, Group, Participation
from seeds.trust.later_groups import is_prompt
from seeds.trust.world import World

Record = dict[str, object]
RETEST_CORRELATION = 0.8
HALF_TERMS_AFTER = 2
"""Half-terms that begin after the end, over which a fall in absence is told."""


def intervention_rows(world: World) -> Iterator[Record]:
    """One record per intervention that ran. ``true_effect`` is in ``effect_unit``, the mean over those it was given to
    between two marks; a level is a step, a band, or four points.
    """
    falls = {row["intervention_name"]: row["true_effect_per_100"] for row in attendance_rows(world)}
    for intervention in EVERY_INTERVENTION:
        groups = groups_of(world, intervention)
        if not groups:
            continue
        outcome = intervention.outcome
        framed = framed_members(groups)
        effect: object = round(float(np.mean([m.effect for m in framed])), 3) if framed else ""
        is_points = outcome.scale == "STANDARDISED"
        yield {
            "intervention_name": intervention.name,
            "outcome_domain": read_catalogue()[intervention.name].outcome_domain,
            "scale": outcome.scale,
            "assessment_name": outcome.assessment_name or "",
            "exit_assessment_name": "" if outcome.exit_test is None else TESTS[outcome.exit_test].name,
            "subject": outcome.subject if outcome.is_marked else "",
            "effect_unit": outcome.unit,
            "true_effect": falls.get(intervention.name, effect),
            "true_effect_points": effect if is_points else "",
            "true_effect_sd": _in_sd(intervention, framed) if is_points else "",
            "school_sd": intervention.school_sd,
            "is_whole_school": intervention.is_whole_school,
            "is_missing_informative": intervention.loses_lowest,
            "exits_at_limit_rate": _share_at_limit(world, groups) if is_points else "",
            **_counts(intervention, groups, framed),
            "selection_rule": _selection(intervention),
        }


def prompt_rows(world: World) -> Iterator[Record]:
    """One record per mainstream school: whether it answers a first concern at once, and how many places that took."""
    for school in world.schools:
        if not school.is_special:
            groups = [g for g in groups_of(world, CHECK_INS) if g.school.urn == school.urn]
            yield {
                "school_urn": school.urn,
                "is_prompt": is_prompt(school),
                "places_count": sum(len(g.members) for g in groups),
                "running_count": sum(len(g.members) for g in groups if g.block.length == "RUNNING"),
            }


def _in_sd(intervention: Intervention, framed: list[Participation]) -> object:
    """The effect in standard deviations of the test at the end, over all children."""
    test = intervention.outcome.last_test
    return (
        round(float(np.mean([m.effect for m in framed])) / TESTS[test].score_sd, 4)
        if framed and test is not None
        else ""
    )


def _counts(intervention: Intervention, groups: list[Group], framed: list[Participation]) -> Record:
    due, delivered = sum(len(g.sessions) for g in groups), sum(g.delivered_count for g in groups)
    missing, is_marked = sum(m.is_exit_missing for m in framed), intervention.outcome.is_marked
    return {
        "groups_count": len(groups),
        "schools_count": len({g.school.urn for g in groups}),
        "started_count": len({m.enrolment.person.key for g in groups for m in g.members}),
        "between_tests_count": len(framed) if is_marked else "",
        "both_scores_count": len(framed) - missing if is_marked else "",
        "missing_exit_count": missing if is_marked else "",
        "due_sessions_count": due,
        "delivered_sessions_count": delivered,
        "delivered_rate": round(delivered / due, 4) if due else "",
    }


def groups_of(world: World, intervention: Intervention) -> list[Group]:
    """The groups of an intervention."""
    return [g for g in world.groups if g.intervention is intervention]


def framed_members(groups: list[Group]) -> list[Participation]:
    """Those who took part between two marks, whether or not the second was recorded."""
    return [m for g in groups if g.is_framed for m in g.members]


def _selection(intervention: Intervention) -> str:
    if intervention is CHECK_INS:
        return "in prompt schools, most of those with a first concern the half-term before, or with a low score now"
    if intervention is SPRINT:
        return "children of the years of one school, in random order"
    if not intervention.outcome.is_marked:
        first = ", those first who were suspended lately" if intervention.outcome.scale == "INCIDENTS" else ""
        return f"children with SEN of the years, in random order{first}"
    if intervention.is_whole_school:
        return "everybody in the year groups of every other school"
    where = "drawn from the lowest" if intervention.is_lowest_first else "drawn from all"
    rule = f"{where} observed entry marks below {intervention.cut:g} in two year groups of a school"
    lost = f"; of each group the {LOST_LOWEST:.0%} lowest at the end have no end mark"
    return rule + lost if intervention.loses_lowest else rule


def _share_at_limit(world: World, groups: list[Group]) -> object:
    pairs = [pair for g in groups for pair in _scores(g, world.scores.observed())]
    test = groups[0].intervention.outcome.last_test
    if not pairs or test is None:
        return ""
    return round(float(np.mean([leave in (LOWEST, TESTS[test].highest) for _, leave in pairs])), 3)


def school_effect_rows(world: World) -> Iterator[Record]:
    """One record per intervention whose effect differs between schools, and school."""
    for intervention in INTERVENTIONS:
        if not intervention.school_sd:
            continue
        by_school: dict[str, list[Participation]] = {}
        for group in groups_of(world, intervention):
            by_school.setdefault(group.school.urn, []).extend(framed_members([group]))
        for urn, members in sorted(by_school.items()):
            if members:
                yield {
                    "intervention_name": intervention.name,
                    "school_urn": urn,
                    "true_effect_points": round(members[0].effect, 3),
                    "between_tests_count": len(members),
                    "both_scores_count": sum(not m.is_exit_missing for m in members),
                }


def attendance_rows(world: World) -> Iterator[Record]:
    """One record per intervention for attendance or behaviour: the fall in sessions missed per 100 possible in the two
    half-terms after the end, negative; suspensions are as they would be anyway.
    """
    terms: dict[int, list[Attended]] = {}
    for school in world.attended.values():
        for term in school:
            terms.setdefault(term.enrolment.person.key, []).append(term)
    for intervention in INTERVENTIONS:
        if intervention.outcome.scale not in ("ATTENDANCE", "INCIDENTS"):
            continue
        told = [
            np.mean(falls)
            for group in groups_of(world, intervention)
            for member in group.members
            if len(falls := _falls_after(group, terms.get(member.enrolment.person.key, []))) == HALF_TERMS_AFTER
        ]
        if told:
            is_absence = intervention.outcome.scale == "ATTENDANCE"
            yield {
                "intervention_name": intervention.name,
                "scale": intervention.outcome.scale,
                "effect_unit": intervention.outcome.unit,
                "planted_effect_per_100": intervention.effect,
                "true_effect_per_100": round(-100 * float(np.mean(told)), 3) if is_absence else 0.0,
                "pupils_count": len(told),
            }


def _falls_after(group: Group, terms: list[Attended]) -> list[float]:
    after = sorted((t.half_term.start, t.fall_rate) for t in terms if t.half_term.start > group.block.end)
    return [fall for _, fall in after[:HALF_TERMS_AFTER]]


def unknown_name_rows(world: World) -> Iterator[Record]:
    """One record per group whose name no spelling of the catalogue matches; ``close_to`` where one is near."""
    close_to = dict(UNKNOWN_NAMES)
    for group in world.groups:
        if group.intervention.name in close_to:
            yield {
                "school_urn": group.school.urn,
                "group_reference": group.reference,
                "given_name": group.spelling,
                "close_to": close_to[group.intervention.name] or "",
                "pupils_count": len(group.members),
            }


def regression_rows(world: World) -> Iterator[Record]:
    """One record per intervention with one test: the raw rise, the effect, and what is left of the rise without it."""
    observed = world.scores.observed()
    for intervention in INTERVENTIONS:
        pairs = [pair for g in groups_of(world, intervention) for pair in _scores(g, observed)]
        if not pairs or intervention.outcome.exit_test is not None:
            continue
        entry, leave = np.array(pairs).T
        rise = float((leave - entry).mean())
        effect = float(np.mean([m.effect for m in framed_members(groups_of(world, intervention))]))
        yield {
            "intervention_name": intervention.name,
            "pupils_count": len(pairs),
            "mean_entry_score": round(float(entry.mean()), 2),
            "mean_exit_score": round(float(leave.mean()), 2),
            "raw_rise_points": round(rise, 2),
            "true_effect_points": round(effect, 3),
            "rise_without_effect_points": round(rise - effect, 2),
            "expected_regression_points": round((1 - RETEST_CORRELATION) * float((100 - entry).mean()), 2),
        }


def _scores(group: Group, observed: np.ndarray) -> Iterator[tuple[int, int]]:
    entry, leave, outcome = group.block.entry, group.block.exit, group.intervention.outcome
    if entry is None or leave is None or outcome.test is None:
        return
    for member in group.members:
        if not member.is_exit_missing:
            key = member.enrolment.person.key
            yield int(observed[key, entry.index, outcome.test]), int(observed[key, leave.index, outcome.last_test])
