"""What governors will see of this school, before they see it: the same paper from the same figures."""

from __future__ import annotations

import streamlit as st

from dashboards.markup import tag
from dashboards.papers.nutshell import nutshell
from dashboards.views.shared_papers import compared_with, show_paper
from dashboards.views.visits import Visit
from dashboards.wording.papers import PREVIEW


def show(visit: Visit) -> None:
    """The nutshell of the SENCO's school."""
    urn = visit.school_urn or ""
    st.html(tag("p", PREVIEW, class_="banner"))
    show_paper(visit, nutshell(visit, urn, compared_with(visit, urn)))
