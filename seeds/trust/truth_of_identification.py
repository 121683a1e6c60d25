"""The truth about who is identified: each mainstream school's SEN support, girls and others, and what was planted."""

from __future__ import annotations

from collections.abc import Iterator

from seeds.trust.identification import choose_schools
from seeds.trust.world import World

Record = dict[str, object]


def identification_rows(world: World) -> Iterator[Record]:
    """One record per mainstream school: its roll on the data date, and the fault that was planted in it."""
    planted, day = choose_schools(world.schools), world.calendar.data_date
    faults = {planted.over: "OVER", planted.under: "UNDER", planted.girls: "GIRLS"} if planted else {}
    for school in world.schools:
        if school.is_special:
            continue
        roll = [e.person for e in world.people.on_roll(school, day) if e.person.key not in world.died]
        held = {p.key: world.needs[p.key].provision_on(day) if p.key in world.needs else "N" for p in roll}
        girls = [person for person in roll if person.sex == "F"]
        yield {
            "school_urn": school.urn,
            "planted": faults.get(school.urn, ""),
            "pupils_count": len(roll),
            "sen_support_count": sum(held[person.key] == "K" for person in roll),
            "girls_count": len(girls),
            "girls_listed_count": sum(held[person.key] != "N" for person in girls),
            "others_listed_count": sum(held[p.key] != "N" for p in roll if p.sex != "F"),
        }
