"""A paper on a page: the same blocks, with its PDF and web page to take away, and the papers of earlier meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboards import access
from dashboards.markup import join, tag
from dashboards.papers.blocks import Blanks, Block, Cell, Exceptions, Grid, Link, Masthead, NewPage, Paper, Section
from dashboards.papers.frozen import Frozen, before, digest, frozen_of
from dashboards.papers.nutshell import Before
from dashboards.papers.places import role_of
from dashboards.papers.write_html import block_html, html
from dashboards.papers.write_pdf import pdf
from dashboards.places import BOARD_NAMES
from dashboards.views import page
from dashboards.views.comments import signatures_of
from dashboards.views.offers import on_request
from dashboards.views.visits import Visit
from dashboards.wording.numbers import long_date
from dashboards.wording.papers import EARLIER, EARLIER_LEAD, EARLIER_NONE, more_words, on_screen_words
from dashboards.wording.trail import signed_words

_TYPES = {"pdf": "application/pdf", "html": "text/html"}
_NAMES = {"nutshell": "nutshell", "visit": "visit form", "trustees": "trustees’ pack"}


def compared_with(visit: Visit, owner: str) -> Before:
    """The earlier papers of a school (or TRUST), as far as this visitor may open them."""
    home = access.frozen_papers_for(visit.identity, owner, visit.release.folder)
    about = visit.about()
    return before(home, owner, about["release_number"], about["data_date"]) if home else Before()


ON_PAPER, ROOM = (NewPage, Blanks), "……"
"""Blocks that say nothing on a screen, and how a fact begins that leaves room to write in."""


def show_paper(visit: Visit, paper: Paper, *others: Paper) -> None:
    """A paper as a page: its head, the files to take away, the rest. ``others`` are offered with it."""
    head, *rest = on_screen(paper.blocks, paper.owner, visit.here())
    st.html(block_html(head))
    page.warn(visit, visit.about())
    _offer(visit, paper, *others)
    st.html(join(block_html(block) for block in rest))


def on_screen(listed: Iterable[Block], owner: str = "", here: Mapping[str, str] | None = None) -> list[Block]:
    """A paper's blocks without room to write in: questions run on in one list, and no heading stands over nothing.

    Where a page is named, it is one click away: ``owner`` and ``here`` say whose pages, and what their address keeps.
    """
    kept: list[Block] = []
    for block in (_shown(block, owner, here or {}) for block in listed if not isinstance(block, ON_PAPER)):
        if isinstance(block, Exceptions) and kept and isinstance(kept[-1], Exceptions):
            kept[-1] = replace(kept[-1], items=(*kept[-1].items, *block.items))
        else:
            kept.append(block)
    after = [*kept[1:], None]
    return [block for block, following in zip(kept, after, strict=True)
            if not (isinstance(block, Section) and (following is None or isinstance(following, Section)))]  # fmt: skip


def _shown(block: Block, owner: str, here: Mapping[str, str]) -> Block:
    """A block as a screen shows it: no room to write in, and the pages that it names one click away."""
    if isinstance(block, Masthead):
        return replace(block, facts=tuple(fact for fact in block.facts if not str(fact.value).startswith(ROOM)))
    if isinstance(block, Grid) and here:
        return replace(block, groups=tuple(replace(one, note=on_screen_words(one.note)) for one in block.groups))
    if isinstance(block, Exceptions) and here:
        return replace(
            block, items=tuple(replace(item, more=_one_click(item.more, owner, here)) for item in block.items)
        )
    return block


def _one_click(more: Cell, owner: str, here: Mapping[str, str]) -> Cell:
    """The words that name a page, as the way to it; other words stay."""
    pages = BOARD_NAMES[role_of(owner)]
    address = next((address for address, name in pages.items() if more == more_words(name)), "")
    return Link(f"More: {pages[address]}", f"{address}?{urlencode(here)}") if address else more


def show_within(paper: Paper) -> None:
    """A paper's blocks on a page that has a head of its own."""
    st.html(join(block_html(block, is_within=True) for block in paper.blocks if not isinstance(block, ON_PAPER)))


def _offer(visit: Visit, *papers: Paper) -> None:
    """Buttons for each paper; a file is made when its button is pressed."""
    with st.container(horizontal=True, key="paper-downloads"):
        for paper in papers:
            for ending, write in (("pdf", pdf), ("html", html)):
                name = f"{paper.name}-{paper.owner.lower()}-release-{visit.release.number}.{ending}"
                kind = "PDF" if ending == "pdf" else "web page"
                st.download_button(
                    f"{_NAMES.get(paper.name, paper.name).capitalize()} ({kind})",
                    on_request(partial(write, paper), _TYPES[ending], name), name, _TYPES[ending],
                    key=f"paper-{paper.name}-{ending}", on_click="ignore",
                )  # fmt: skip


def show_earlier(visit: Visit, owner: str) -> None:
    """The frozen papers, each as it lay before its meeting."""
    home = access.frozen_papers_for(visit.identity, owner, visit.release.folder)
    meetings = frozen_of(home, owner) if home else []
    page.section(EARLIER, EARLIER_LEAD if meetings else EARLIER_NONE)
    signed = signatures_of(visit, owner) if meetings else {}
    for frozen in reversed(meetings):
        _offer_frozen(frozen)
        if signature := signed.get(digest(frozen)[1]):
            said = signed_words(signature.written_as, signature.written_date)
            st.html(tag("p", f"{long_date(frozen.meeting)}: {said}", class_="small"))


def _offer_frozen(frozen: Frozen) -> None:
    with st.container(horizontal=True, key=f"frozen-{frozen.meeting}"):
        for name in (name for name in frozen.names() if name.endswith(".pdf")):
            stem = name.removesuffix(".pdf")
            file = f"{stem}-{frozen.meeting}.pdf"
            st.download_button(
                f"{long_date(frozen.meeting)}: {_NAMES.get(stem, stem)} (PDF)",
                on_request(partial(frozen.read, name), _TYPES["pdf"], file), file, _TYPES["pdf"],
                key=f"frozen-{frozen.meeting}-{stem}", on_click="ignore",
            )  # fmt: skip
