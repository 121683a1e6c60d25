"""The link governor's visit: the form with its figures and questions filled in, to read here or take away."""

from __future__ import annotations

from dashboards.papers.visit_form import visit_form
from dashboards.views.shared_papers import compared_with, show_paper
from dashboards.views.visits import Visit


def show(visit: Visit) -> None:
    """The form of one school."""
    urn = visit.school_urn or ""
    show_paper(visit, visit_form(visit, urn, compared_with(visit, urn)))
