"""The truth of what plans cost."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from seeds.trust.calendar import academic_year_of
from seeds.trust.ehc_plans import Line
from seeds.trust.money import agency_invoices, line_cost_pence, top_up_pence
from seeds.trust.world import World


def cost_rows(world: World) -> Iterator[dict[str, object]]:
    """One record per plan and academic year. Whole pence, rounded once a year.

    Staff cost to date is each line's cost times its delivered share of the year's sessions; lines whose sessions
    are not recorded add nothing to it and are counted.
    """
    invoiced = _invoiced_pence(world)
    for plan in world.plans:
        urn = plan.enrolment.school.urn
        for year in sorted({line.academic_year for line in plan.lines}):
            lines = [line for line in plan.lines if line.academic_year == year]
            yield {
                "school_urn": urn,
                "plan_reference": plan.reference,
                "academic_year": year,
                "lines_count": len(lines),
                "recorded_lines_count": sum(line.delivered_count is not None for line in lines),
                "staff_cost_full_pence": round(sum(map(line_cost_pence, lines), Fraction())),
                "fixed_full_pence": sum(line.fixed_pence for line in lines),
                "staff_cost_to_date_pence": round(sum(map(_to_date, lines), Fraction())),
                "invoices_pence": invoiced[urn, plan.reference, year],
                "top_up_pence": top_up_pence(plan.band, year),
                "planned_sessions_count": sum(line.planned_count for line in lines),
                "delivered_sessions_count": sum(line.delivered_count or 0 for line in lines),
                "outcomes_due_count": sum(_is_due(o.due, year, world) for o in plan.outcomes),
                "outcomes_met_count": sum(_is_due(o.due, year, world) and o.status == "Met" for o in plan.outcomes),
            }


def _to_date(line: Line) -> Fraction:
    return line_cost_pence(line) * Fraction(line.delivered_count or 0, line.planned_count)


def _is_due(due: dt.date, year: int, world: World) -> bool:
    return due <= world.calendar.data_date and academic_year_of(due) == year


def _invoiced_pence(world: World) -> dict[tuple[str, str, int], int]:
    totals: dict[tuple[str, str, int], int] = defaultdict(int)
    for urn, _, _, day, reference, amount in agency_invoices(world.schools, world.plans, world.calendar, world.seed):
        if reference:
            totals[str(urn), str(reference), academic_year_of(day)] += int(amount)  # type: ignore[arg-type]  # cells by place
    return totals
