"""The truth beside the estimates: opinions, targets and engagement of those who started, counted from the world."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Iterable, Iterator

from expectations.tables.engagement import ENGAGEMENT_AREAS
from seeds.trust.catalogue import read_catalogue
from seeds.trust.engagement import Observation
from seeds.trust.interventions import WINDOW_DAYS, Group, Participation
from seeds.trust.targets import Target
from seeds.trust.world import World

Record = dict[str, object]
Start = tuple[Group, Participation, dt.date]


def target_truth_rows(world: World) -> Iterator[Record]:
    """One record per intervention of the catalogue: targets of those who started."""
    for name, starts in _starts_by_name(world).items():
        started = {(id(group), member.enrolment.person.key) for group, member, _ in starts}
        targets = [t for t in world.targets if (id(t.group), t.enrolment.person.key) in started]
        targets = [t for t in targets if t.set_date <= world.calendar.data_date]
        scored = [t for t in targets if t.achieved_level is not None]
        both = [t for t in scored if t.start_level is not None]
        yield {
            "intervention_name": name,
            "targets_pupils_count": _people(targets),
            "targets_set_count": len(targets),
            "targets_scored_pupils_count": _people(scored),
            "targets_scored_count": len(scored),
            "targets_met_count": sum(t.achieved_level is not None and t.achieved_level >= 0 for t in scored),
            "goal_pupils_count": _people(both),
            "goal_attainment_mean": _mean_t(both, is_start=False),
            "goal_attainment_start_mean": _mean_t(both, is_start=True),
        }


def engagement_truth_rows(world: World) -> Iterator[Record]:
    """One record per intervention of the catalogue: pupils observed during it or soon after, and their progress."""
    seen: dict[int, list[Observation]] = {}
    for observation in world.observations:
        seen.setdefault(observation.enrolment.person.key, []).append(observation)
    for name, starts in _starts_by_name(world).items():
        observed, progress = 0, Counter[str]()
        for group, member, started in starts:
            last = group.block.end + dt.timedelta(days=WINDOW_DAYS)
            within = [o for o in seen.get(member.enrolment.person.key, []) if started < o.day <= last]
            observed += bool(within)
            progress.update({o.area for o in within if o.direction == "PROGRESS"})
        counts = {f"engagement_{area.lower()}_progress_count": progress[area] for area in ENGAGEMENT_AREAS}
        yield {"intervention_name": name, "engagement_pupils_count": observed, **counts}


def _starts_by_name(world: World) -> dict[str, list[Start]]:
    """Who started each intervention of the catalogue, in which group, and on which day."""
    known = read_catalogue()
    found: dict[str, list[Start]] = {}
    for group in world.groups:
        day = _first_day(group, world.calendar.data_date)
        if group.intervention.name not in known:
            continue
        starts = found.setdefault(group.intervention.name, [])
        if day is not None:
            came = [m for m in group.members if group.is_in_insight or m.attended_count != 0]
            starts += [(group, member, day) for member in came]
    return dict(sorted(found.items()))


def _first_day(group: Group, data_date: dt.date) -> dt.date | None:
    """First session delivered by the data date; the first day where the map records no sessions."""
    if group.is_in_insight:
        return group.block.start if group.block.start <= data_date else None
    return min((s.day for s in group.sessions if s.is_delivered), default=None)


def _people(targets: Iterable[Target]) -> int:
    return len({t.enrolment.person.key for t in targets})


def _mean_t(targets: list[Target], *, is_start: bool) -> float | str:
    """Mean over pupils of 50 + 10 sum(wx) / sqrt(0.7 sum(w^2) + 0.3 (sum w)^2); nothing where nobody has both."""
    goals: dict[int, list[tuple[int, int]]] = {}
    for t in targets:
        level = t.start_level if is_start else t.achieved_level
        assert level is not None
        goals.setdefault(t.enrolment.person.key, []).append((t.weight or 1, level))
    scores = [
        50
        + 10
        * sum(w * x for w, x in pairs)
        / math.sqrt(0.7 * sum(w * w for w, _ in pairs) + 0.3 * sum(w for w, _ in pairs) ** 2)
        for pairs in goals.values()
    ]
    return round(sum(scores) / len(scores), 4) if scores else ""
