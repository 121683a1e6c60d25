"""A governor's page on who our pupils are: roll and shares, beside a school like it, who may be missing, needs."""

from __future__ import annotations

from dashboards.figures import Row, known, shown
from dashboards.markup import Content, join
from dashboards.queries import identification, pupils
from dashboards.views import (
    page,
    shared_identification,
    shared_moderation,
    shared_needs,
    shared_register_health,
    shared_sen_flows,
)
from dashboards.views.shared_asking import show_asks
from dashboards.views.tiles import Tile, tiles
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

PHASES = {"Primary": "Primary", "Secondary": "Secondary"}


def show(visit: Visit) -> None:
    """Who the pupils of one school are."""
    urn = visit.school_urn or ""
    school = visit.schools()[urn]
    rows = {row["school_urn"]: row for row in visit.read(identification.by_school())}
    mine = rows.get(urn, {"school_urn": urn})
    page.masthead(
        visit, f"{school['school_name']} · for governors", "Who our pupils are", [("School", school["phase"])]
    )
    show_asks(visit, urn, (*shared_identification.TABLES, "mart_moderation__school"))
    phase = PHASES.get(school["phase"], "All schools")
    lead = "" if school["is_special"] else "Shares beside last year’s, a school like ours, the trust and England."
    page.section("On roll", lead)
    hidden = page.put(tiles(visit, _tiles(visit, school, mine, phase)))
    hidden += shared_identification.show_like(visit, mine, school["school_name"])
    if not school["is_special"]:
        hidden += shared_identification.show_groups(visit, urn, mine, "pupils")
    hidden += shared_sen_flows.show(visit, urn)
    hidden += shared_needs.show(visit, urn)
    hidden += shared_register_health.show(visit, urn)
    hidden += shared_moderation.show(visit, urn)
    if not school["is_special"]:
        shared_identification.show_shares(visit, phase, "pupils")
    page.key(hidden)


def _tiles(visit: Visit, school: Row, mine: Row, phase: str) -> list[Tile]:
    on_roll = {row["school_urn"]: row for row in visit.read(pupils.on_roll())}
    own, trust = on_roll.get(school["school_urn"], {}), on_roll.get(TRUST, {})
    published = visit.read(identification.census_share(phase))
    beside: tuple[Content, ...] = (join(("Trust: ", shown(trust, "pupils_count", whole))),)
    roll = Tile("Pupils on roll", shown(own, "pupils_count", whole), beside, "mart_pupils__school", "pupils_count")
    return [roll, *(_share(school, own, mine, trust, published, *one) for one in (
        ("SEN support", "sen_support", "support", "K"), ("EHC plans", "ehc_plan", "plan", "E")))]  # fmt: skip


def _share(
    school: Row, own: Row, mine: Row, trust: Row, published: list[Row], label: str, name: str, stem: str, code: str
) -> Tile:
    """Count and share of the roll; a special school's share says nothing, so its count leads."""
    count, rate = f"{name}_count", f"{name}_rate"
    if school["is_special"]:
        apart = "A special school is not compared with the trust or with England."
        return Tile(label, shown(own, count, whole), (apart,), "mart_pupils__school", count)
    of_roll = join((shown(own, count, whole), " of ", shown(own, "pupils_count", whole), " pupils"))
    before = join(("Last year: ", shared_identification.last_year(mine, stem)))
    like = join(
        ("A school like it: ", shown(mine, f"{stem}_low_95", whole), " to ", shown(mine, f"{stem}_high_95", whole))
    )
    beside = (of_roll, before, like if known(mine, f"{stem}_low_95") else None,
              join(("Trust, special schools included: ", shown(trust, rate, percent))),
              shared_identification.newest_share(published, code))  # fmt: skip
    return Tile(label, shown(own, rate, percent), tuple(part for part in beside if part), "mart_pupils__school", rate)
