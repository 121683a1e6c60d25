"""A governor's page on who our pupils are: register health, who joined and left, primary need."""

from __future__ import annotations

from dashboards.figures import shown
from dashboards.queries import pupils
from dashboards.views import page, shared_needs, shared_register_health, shared_sen_flows
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording.numbers import whole

TABLES = ("mart_match__school", "mart_needs__support")


def show(visit: Visit) -> None:
    """The pupils of one school, in numbers only."""
    urn = visit.school_urn or ""
    mine = next((row for row in visit.read(pupils.on_roll()) if row["school_urn"] == urn), {})
    page.masthead(visit, f"{visit.schools()[urn]['school_name']} · for governors", "Who our pupils are",
                  [("On roll", shown(mine, "pupils_count", whole)),
                   ("SEN support", shown(mine, "sen_support_count", whole)),
                   ("EHC plan", shown(mine, "ehc_plan_count", whole))])  # fmt: skip
    show_asks(visit, urn, TABLES)
    hidden = shared_sen_flows.show(visit, urn)
    hidden += shared_needs.show(visit, urn)
    hidden += shared_register_health.show(visit, urn)
    page.key(hidden)
