"""Support staff by school, year and grade: a headcount and contracted hours, near what plans and groups need."""

from __future__ import annotations

import math
from collections import defaultdict

from seeds.trust.calendar import academic_year_of
from seeds.trust.rows import Row
from seeds.trust.streams import Stream
from seeds.trust.world import World


def support_staff(world: World) -> list[Row]:
    """Contracted hours by school, year and grade: (URN, year, grade, staff, contracted, vacant)."""
    stream = Stream(world.seed, "support staff")
    needed: dict[tuple[str, int, str], float] = defaultdict(float)
    for plan in world.plans:
        for line in plan.lines:
            key = (plan.enrolment.school.urn, line.academic_year, line.staff_grade)
            needed[key] += line.hours_per_week / line.group_size
    for group in world.groups:
        key = (group.school.urn, academic_year_of(group.block.start), group.intervention.staff_grade)
        needed[key] += group.planned_count * group.intervention.minutes / 60 / 38
    rows: list[Row] = []
    for (urn, year, grade), hours in sorted(needed.items()):
        if grade in ("TA2", "TA3", "HLTA"):
            staff = max(1, math.ceil(hours / 24))
            vacant = 25.0 if stream.chance(0.2) else None
            rows.append([urn, year, grade, staff, round(hours * (0.95 + stream.numbers.random() / 5), 1), vacant])
    return rows
