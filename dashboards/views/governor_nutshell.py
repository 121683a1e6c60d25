"""The governor's first page: the nutshell, as on paper, with the paper and the visit form to take away."""

from __future__ import annotations

from dashboards.papers.nutshell import nutshell
from dashboards.papers.visit_form import visit_form
from dashboards.views.shared_papers import compared_with, show_earlier, show_paper
from dashboards.views.visits import Visit


def show(visit: Visit) -> None:
    """The nutshell of one school."""
    urn = visit.school_urn or ""
    earlier = compared_with(visit, urn)
    show_paper(visit, nutshell(visit, urn, earlier), visit_form(visit, urn, earlier))
    show_earlier(visit, urn)
