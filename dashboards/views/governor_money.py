"""The governor's page on money: what to ask, spending and its funding, plans above their funding, an hour's cost."""

from __future__ import annotations

from dashboards.queries import money, value_for_money
from dashboards.views import page, shared_money
from dashboards.views.shared_asking import show_asks
from dashboards.views.shared_spend import show_spend
from dashboards.views.visits import Visit
from dashboards.wording import spend as words

TABLES = ("mart_money__school", "mart_value_for_money__school")


def show(visit: Visit) -> None:
    """One school's money."""
    urn = visit.school_urn or ""
    school = visit.schools()[urn]
    page.masthead(visit, f"{school['school_name']} · for governors", "Money", [("School", school["phase"])])
    page.paragraphs(words.DUTY)
    show_asks(visit, urn, TABLES)
    hidden = show_spend(visit, visit.read(money.by_year(urn)), "spend")
    page.section("EHC plans and their funding", "What plans cost here, what comes with them, and what was met.")
    hidden += shared_money.show_money(visit, visit.read(value_for_money.by_year(urn)), "money")
    page.key(hidden)
