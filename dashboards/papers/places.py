"""Where in the board app a paper's figure is told at length: the page by its name, and its address where one is set.

Paper has no links, so the page is always named; the PDF and the web page lead there when the trust has set the app's
address (``board_address``, which the release's manifest carries).
"""

from __future__ import annotations

from dashboards.papers.blocks import Cell, Link
from dashboards.papers.figures import Figure
from dashboards.views.visits import Visit
from dashboards.wording.papers import more_words
from expectations.vocabulary import TRUST

GOVERNOR_PAGES = {
    "school": "Our school",
    "pupils": "Who our pupils are",
    "included": "Are they here and included",
    "progress": "Are they progressing",
    "plans": "EHC plans",
    "works": "What we run",
    "money": "Money",
    "leavers": "Leavers",
    "about": "About the data",
}
TRUSTEE_PAGES = {
    "trust": "Trust on a page",
    "strategy": "Strategy",
    "schools": "Schools",
    "identification": "Identification and moderation",
    "included": "Here and included",
    "progress": "Are they progressing",
    "works": "What we run",
    "money": "Value for money",
    "risk": "Risk",
    "destinations": "Destinations",
    "about": "About the data",
}
"""Address of a page of the board app: its name there. A test holds them to the app's own list."""
_WHO, _PLANS = ("pupils", "identification"), ("plans", "risk")
PAGE_OF_NOUN = {
    "pupils": ("school", "schools"),
    "identification": _WHO,
    "sen_flows": _WHO,
    "needs": _WHO,
    "match": _WHO,
    "moderation": _WHO,
    "inclusion": ("included", "included"),
    "progress": ("progress", "progress"),
    "ehc_clock": _PLANS,
    "ehc_delivery": _PLANS,
    "ehc_outcomes": _PLANS,
    "money": ("money", "money"),
    "value_for_money": ("school", "schools"),
    "purchasing": ("money", "money"),
    "cost_effectiveness": ("works", "money"),
    "impact": ("works", "works"),
    "interventions": ("works", "works"),
    "referrals": ("school", "risk"),
    "destinations": ("leavers", "destinations"),
    "moves": ("leavers", "destinations"),
    "deliveries": ("school", "schools"),
    "strategy": ("", "strategy"),
}
"""Noun of a table: the page of a school, the page of the trust. A table that no page shows is not here."""


def page_of(table: str, owner: str) -> tuple[str, str]:
    """(address, name) of the page on a table's figures for a school or TRUST; two empty words where there is none."""
    noun = table.removeprefix("mart_").partition("__")[0]
    address = PAGE_OF_NOUN.get(noun, ("", ""))[owner == TRUST]
    return address, (TRUSTEE_PAGES if owner == TRUST else GOVERNOR_PAGES).get(address, "")


def linked(visit: Visit, table: str, owner: str, words: str) -> Cell:
    """The words, leading to the page on a table's figures where there is one and the app's address is set."""
    address, _ = page_of(table, owner)
    app = visit.release.manifest.get("board_address")
    return Link(words, f"{app}/{address}") if app and address else words


def more_of(visit: Visit, table: str, owner: str) -> Cell:
    """The page to read on, named in words, and leading there; empty where no page tells more."""
    _, name = page_of(table, owner)
    return linked(visit, table, owner, more_words(name)) if name else ""


def table_of(figure: Figure) -> str:
    """The table that most of a figure rests on."""
    return next((line.table for line in figure.lines if line.table), figure.table)


def pages_of(figures: tuple[Figure, ...], owner: str) -> list[str]:
    """Names of the pages that tell more of these figures, each once."""
    found = (page_of(table_of(figure), owner)[1] for figure in figures)
    return list(dict.fromkeys(name for name in found if name))
