"""The truth of what interventions cost, and of two pairs with the same test: one cheaper and as good, one dearer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from seeds.trust.calendar import academic_year_of
from seeds.trust.catalogue import INTERVENTIONS, Intervention
from seeds.trust.interventions import Group
from seeds.trust.money import rate_pence
from seeds.trust.truth_of_impact import framed_members, groups_of
from seeds.trust.world import World

Record = dict[str, object]
PLANTED = (
    ("Paired Reading Groups", "Speech and Language Group", "CHEAPER_AND_AS_GOOD"),
    ("Shape and Space Group", "Number Talk", "DEARER_AND_BETTER"),
)
"""Pairs with the same test, the first told of: at half the price no worse; at half as much again clearly better."""


def option_rows(world: World) -> Iterator[Record]:
    """One record per intervention that ran: pupils in groups whose sessions are recorded, and their cost to date."""
    for intervention in INTERVENTIONS:
        costed = [group for group in groups_of(world, intervention) if not group.is_in_insight]
        pupils = {member.enrolment.person.key for group in costed for member in group.members}
        if pupils:
            yield {
                "intervention_name": intervention.name,
                "costed_count": len(pupils),
                "cost_to_date_pence": sum(map(cost_pence, costed)),
            }


def cost_pence(group: Group) -> int:
    """Delivered sessions at the grade's rate in the year of the first day, and what was bought: whole pence, once."""
    intervention = group.intervention
    hours = Fraction(group.delivered_count * intervention.minutes, 60)
    rate = rate_pence(intervention.staff_grade, academic_year_of(group.block.start))
    return round(hours * rate) + intervention.resource_pence


def option_pair_rows(world: World) -> Iterator[Record]:
    """One record per planted pair, the first less the second: true effect in points and true cost for each pupil."""
    named = {intervention.name: intervention for intervention in INTERVENTIONS}
    for first, second, kind in PLANTED:
        effects = [_effect(world, named[name]) for name in (first, second)]
        costs = [_cost_for_each(world, named[name]) for name in (first, second)]
        if None not in (*effects, *costs):
            yield {
                "intervention_name": first,
                "other_intervention_name": second,
                "planted_as": kind,
                "true_more_points": round(float(effects[0] or 0) - float(effects[1] or 0), 3),
                "true_dearer_pence": round(float(costs[0] or 0) - float(costs[1] or 0)),
            }


def _effect(world: World, intervention: Intervention) -> float | None:
    members = framed_members(groups_of(world, intervention))
    return sum(member.effect for member in members) / len(members) if members else None


def _cost_for_each(world: World, intervention: Intervention) -> float | None:
    costed = [group for group in groups_of(world, intervention) if not group.is_in_insight and group.is_framed]
    pupils = sum(len(group.members) for group in costed)
    return sum(map(cost_pence, costed)) / pupils if pupils else None
