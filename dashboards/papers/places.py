"""Where in the board app a paper's figure is told at length: the page by its name, and its address where one is set.

Paper has no links, so the page is always named; the PDF and the web page lead there when the trust has set the app's
address (``board_address``, which the release's manifest carries).
"""

from __future__ import annotations

from urllib.parse import urlencode

from dashboards.access import Role
from dashboards.papers.blocks import Cell, Link
from dashboards.papers.figures import Figure
from dashboards.places import BOARD_NAMES, pages_on
from dashboards.views.visits import Visit
from dashboards.wording.papers import more_words
from expectations.vocabulary import TRUST

QUESTIONS = "questions"
"""Address of the page that lists every exception."""


def page_of(table: str, owner: str) -> tuple[str, str]:
    """(address, name) of the page on a table's figures for a school or TRUST; two empty words where there is none.

    A page that is a paper itself tells no more than the paper.
    """
    address = pages_on(table).get(role_of(owner), "")
    name = BOARD_NAMES[role_of(owner)].get(address, "")
    return (address, name) if name else ("", "")


def linked(visit: Visit, table: str, owner: str, words: str) -> Cell:
    """The words, leading to the page on a table's figures where there is one and the app's address is set."""
    return _leading(visit, page_of(table, owner)[0], owner, words)


def _leading(visit: Visit, address: str, owner: str, words: str) -> Cell:
    """The address names the role and the school too: who has more than one lands where the paper is from."""
    app = visit.release.manifest.get("board_address")
    here = {"role": role_of(owner).value} | ({} if owner == TRUST else {"school": owner})
    return Link(words, f"{app}/{address}?{urlencode(here)}") if app and address else words


def role_of(owner: str) -> Role:
    """Whose pages a paper of a school or of TRUST leads to."""
    return Role.TRUSTEE if owner == TRUST else Role.GOVERNOR


def more_of(visit: Visit, table: str, owner: str) -> Cell:
    """The page to read on, named in words, and leading there: the page of questions where no other tells more."""
    address, name = page_of(table, owner)
    name = name or BOARD_NAMES[role_of(owner)][QUESTIONS]
    return _leading(visit, address or QUESTIONS, owner, more_words(name))


def table_of(figure: Figure) -> str:
    """The table that most of a figure rests on."""
    return next((line.table for line in figure.lines if line.table), figure.table)


def pages_of(figures: tuple[Figure, ...], owner: str) -> list[str]:
    """Names of the pages that tell more of these figures, each once."""
    found = (page_of(table_of(figure), owner)[1] for figure in figures)
    return list(dict.fromkeys(name for name in found if name))
