"""The trustees' page on value for money: what to ask, spending and its funding, each school, plans and outcomes."""

from __future__ import annotations

from dashboards.queries import money, value_for_money
from dashboards.views import page, shared_money
from dashboards.views.governor_money import show_asks
from dashboards.views.shared_spend import schools_table, show_spend
from dashboards.views.visits import Visit
from dashboards.wording import spend as words
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """Money across the trust."""
    page.masthead(visit, "For trustees", "Value for money", [("Schools", str(len(visit.schools())))])
    page.paragraphs(words.DUTY)
    show_asks(visit, TRUST)
    hidden = show_spend(visit, visit.read(money.by_year(TRUST)), "spend")
    hidden += _show_schools(visit)
    page.section("EHC plans and their funding", "What plans cost, what comes with them, and what was met.")
    hidden += shared_money.show_money(visit, visit.read(value_for_money.by_year(TRUST)), "money")
    page.key(hidden)


def _show_schools(visit: Visit) -> int:
    rows, hidden = visit.read(money.last_whole_year()), 0
    year = words.year_label(rows[0]) if rows else "no year that is over"
    page.section("School by school", f"In {year}. Special and mainstream apart, in order of name: not a ranking, and "
                 "schools differ in the needs of their pupils.")  # fmt: skip
    for is_special, name in ((False, "Mainstream schools"), (True, "Special schools")):
        chosen = {urn: school for urn, school in visit.schools().items() if school["is_special"] is is_special}
        if chosen and rows:
            caption = f"{name}: spending and its funding"
            hidden += page.table(schools_table(caption, chosen, rows), f"spend-{name.split()[0].lower()}", visit)
    return hidden
