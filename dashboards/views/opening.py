"""Opening an app: style, who is looking, the pages of that role and no others, and the one page of a refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from dashboards.access import Role
from dashboards.markup import join, tag
from dashboards.theme import ICON, style
from dashboards.views import page
from dashboards.views.shared_find import show_way_to_passports
from dashboards.views.signing_in import foot, note_page
from dashboards.views.visits import Visit, begin_visit
from expectations.errors import OrchardError


@dataclass(frozen=True)
class Leaf:
    """One page: its name in the navigation, its address, the view, and the group of pages that it stands with.

    Pages of no group stand first and open; a group is one menu, so that a role of many pages has one short line.
    """

    title: str
    address: str
    show: Callable[[Visit], None]
    group: str = ""


def open_app(app: str, name: str, pages: Mapping[Role, Sequence[Leaf]]) -> None:
    """Show the page that the visitor chose, of those that their role has; a page of another role does not exist."""
    st.set_page_config(page_title=name, page_icon=str(ICON), layout="wide")
    st.html(style(app))
    try:
        visit = begin_visit(app)
        leaves = pages[visit.identity.role]
        pages_made = [
            st.Page(_page(leaf, visit), title=leaf.title, url_path=leaf.address if place else "", default=place == 0)
            for place, leaf in enumerate(leaves)
        ]
        groups = _grouped(leaves, pages_made)
        by_address = _first_by_address(leaves[0], visit)
        listed = groups | {"": [*groups[""], by_address]}
        chosen = st.navigation(listed if len(listed) > 1 else listed[""], position="top")
        place = 0 if chosen is by_address else pages_made.index(chosen)
        leaf = leaves[place]
        note_page(visit.person, visit.identity, leaf.address)
        menu = tag("details", tag("summary", "Pages"), class_="pages-menu", data_page=leaf.address)
        st.html(menu)  # each page has its own, so that an open menu shuts when a page is chosen
        page.begin()
        chosen.run()
        show_way_to_passports(visit)
        page.end()
        _other_pages(groups, pages_made[place])
        if visit.person:
            foot(visit.person, visit.identity)
    except OrchardError as refusal:
        _refuse(refusal)


def _grouped(leaves: Sequence[Leaf], pages: Sequence[StreamlitPage]) -> dict[str, list[StreamlitPage]]:
    """The pages by group, those of none first; within a group in the order given."""
    groups: dict[str, list[StreamlitPage]] = {"": []}
    for leaf, one in zip(leaves, pages, strict=True):
        groups.setdefault(leaf.group, []).append(one)
    return groups


def _other_pages(groups: Mapping[str, Sequence[StreamlitPage]], chosen: StreamlitPage) -> None:
    """The way on from the end of a page: every other page, a line for each group."""
    with st.container(key="other-pages"):
        st.html(tag("h2", "Other pages", class_="unseen"))
        for place, (group, pages) in enumerate(groups.items()):
            with st.container(horizontal=True, key=f"other-pages-{place}"):
                if group:
                    st.html(tag("p", group, class_="group-name"))
                for other in pages:
                    if other is not chosen:
                        st.page_link(other)


def _page(leaf: Leaf, visit: Visit) -> Callable[[], None]:
    def show() -> None:
        leaf.show(visit)

    return show


def _first_by_address(leaf: Leaf, visit: Visit) -> StreamlitPage:
    """The first page once more, at its own address: Streamlit gives a default page none, and links lead there."""
    return st.Page(_page(leaf, visit), title=leaf.title, url_path=leaf.address, visibility="hidden")


def _refuse(refusal: OrchardError) -> None:
    """One clear page: what, and what to do next. Nothing of the data."""
    st.html(join((tag("h1", refusal.what), tag("p", refusal.next_step, class_="warning"))))
