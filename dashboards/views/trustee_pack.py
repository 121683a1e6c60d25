"""The trustees' pack, as on paper: the trust in three sides, with what to ask in each school."""

from __future__ import annotations

from dashboards.papers.trustees import trustees_pack
from dashboards.views.shared_papers import compared_with, show_earlier, show_paper
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """The pack of the trust."""
    show_paper(visit, trustees_pack(visit, compared_with(visit, TRUST)))
    show_earlier(visit, TRUST)
