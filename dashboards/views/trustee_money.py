"""The trustees' page on value for money: what to ask, spending and its funding, plans, and what interventions buy."""

from __future__ import annotations

from dashboards.queries import cost_effectiveness, impact, money, value_for_money
from dashboards.views import page, shared_money
from dashboards.views import shared_cost_effectiveness as bought
from dashboards.views.shared_asking import show_asks
from dashboards.views.shared_spend import schools_table, show_spend
from dashboards.views.visits import Visit
from dashboards.wording import cost_effectiveness as bought_words
from dashboards.wording import spend as words
from expectations.vocabulary import TRUST

TABLES = ("mart_money__school", "mart_value_for_money__school", "mart_cost_effectiveness__option",
          "mart_cost_effectiveness__pair")  # fmt: skip


def show(visit: Visit) -> None:
    """Money across the trust."""
    page.masthead(visit, "For trustees", "Value for money", [("Schools", str(len(visit.schools())))])
    page.paragraphs(words.DUTY)
    show_asks(visit, TRUST, TABLES)
    hidden = show_spend(visit, visit.read(money.by_year(TRUST)), "spend")
    hidden += _show_schools(visit)
    page.section("EHC plans and their funding", "What plans cost, what comes with them, and what was met.")
    hidden += shared_money.show_money(visit, visit.read(value_for_money.by_year(TRUST)), "money")
    page.key(hidden + _show_interventions(visit))


def _show_schools(visit: Visit) -> int:
    rows, hidden = visit.read(money.last_whole_year()), 0
    year = words.year_label(rows[0]) if rows else "no year that is over"
    page.section("School by school", f"In {year}. Special and mainstream apart, in order of name: not a ranking, and "
                 "schools differ in the needs of their pupils.")  # fmt: skip
    for is_special, name in ((False, "Mainstream schools"), (True, "Special schools")):
        chosen = {urn: school for urn, school in visit.schools().items() if school["is_special"] is is_special}
        if chosen and rows:
            caption = f"{name}: spending and its funding"
            fold = f"Show {name.lower()}: spending and its funding"
            hidden += page.table(schools_table(caption, chosen, rows), f"spend-{name.split()[0].lower()}", visit, fold)
    return hidden


def _show_interventions(visit: Visit) -> int:
    """What interventions cost and what is proposed; returns how many of their figures are hidden."""
    options, pairs = visit.read(cost_effectiveness.options()), visit.read(cost_effectiveness.pairs())
    estimates = {row["intervention_name"]: row for row in visit.read(impact.interventions())}
    page.section("Go on, adapt or stop", "What the rules propose for each intervention. The SEND lead decides.")
    hidden = bought.show_proposals(visit, options, fold="Show each with its rule")
    page.section(
        "What would we buy as a trust?", "Two interventions with the same measure, their cost and result known."
    )
    bought.show_likely(pairs)
    if pairs:
        hidden += page.table(bought.pairs_table(pairs), "pairs", visit, fold="Show every pair as a table")
    page.paragraphs(
        bought_words.HOW_COMPARED, bought.chance_sentence(pairs), bought_words.NOT_FOR_A_PLAN, class_="small"
    )
    page.section("What each intervention costs", "In order of name, beside its result: not a ranking.")
    hidden += page.table(bought.options_table(options, estimates, "Interventions and their cost"), "options", visit,
                         fold="Show each intervention with its cost and result")  # fmt: skip
    page.paragraphs(bought.rating_sentence(options), class_="small")
    page.section("Targets met, and what they cost", "For interventions that work towards each pupil’s own targets.")
    return hidden + bought.show_targets(visit, options)
