"""Register health for the board and the SEND lead: do the lists agree, who has no provision. Numbers of pupils only."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.markup import tag
from dashboards.queries import match
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import match as words
from dashboards.wording.numbers import long_date, whole
from expectations.vocabulary import TRUST

FIGURES: tuple[Figure, ...] = (
    ("#Pupils with a conflict", "conflicts_count", whole),
    ("More than 10 days", "conflicts_age", words.age_words),
    ("#First seen in 12 months", "opened_count", whole),
    ("#Ended in 12 months", "closed_count", whole),
    ("#On the register, no provision", "no_provision_count", whole),
    ("#In provision, not on it", "unregistered_count", whole),
)


def show(visit: Visit, urn: str) -> int:
    """Register health of one school beside the trust; returns how many cells are hidden."""
    rows = {row["school_urn"]: row for row in visit.read(match.by_school())}
    mine, trust = rows.get(urn, {}), rows.get(TRUST, {})
    page.section("Register health", "Do the SEND register, the School Census and Insight say the same of each pupil?")
    if not mine:
        page.paragraphs("No lists of pupils are in the data.")
        return 0
    page.reading(words.health_sentence(mine), words.moving_sentence(mine), words.provision_sentence(mine),
                 words.unregistered_sentence(mine))  # fmt: skip
    hidden = page.table(_table(mine, trust), "register-health", visit, fold=page.SAME_AS_TABLE)
    page.paragraphs(
        f"Newest census {long_date(mine['latest_census_date'])}; the next is on {long_date(mine['next_census_date'])}."
        if mine["latest_census_date"]
        else f"No census has been sent yet; the next is on {long_date(mine['next_census_date'])}."
    )
    page.ask("Who is on the register with no provision, or in provision and not on the register? Name no child.")
    show_how_counted()
    return hidden


def _table(mine: Row, trust: Row) -> TableTwin:
    names = [label.lstrip("#") for label, _, _ in FIGURES]
    cells = tuple(
        (name, shown(mine, column, said), shown(trust, column, said))
        for name, (_, column, said) in zip(names, FIGURES, strict=True)
    )
    return TableTwin("Register health, in pupils", headings("Pupils", "#Our school", "#Trust"), cells)


def show_schools(visit: Visit, *, is_folded: bool = False) -> int:
    """Register health school by school, special and mainstream apart; folded under the trust's sentences or open."""
    found = {row["school_urn"]: row for row in visit.read(match.by_school())}
    page.section("Conflicts by school", "Pupils of whom the lists differ. In order of name: not a ranking.")
    if is_folded and TRUST in found:
        page.reading(words.health_sentence(found[TRUST]), words.provision_sentence(found[TRUST]))
    return show_by_school(visit, "Register health", found, FIGURES, "register-health", is_folded=is_folded)


def show_how_counted() -> None:
    """How conflicts are found and what the codes' history breaks, folded away."""
    lines = (tag("p", words.HOW_COUNTED), tag("p", words.CODES))
    st.html(tag("details", tag("summary", "How conflicts are found and closed"), *lines))
