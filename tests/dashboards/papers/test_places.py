"""Where a paper leads: every page that it names is one of the board app, and there is a link only to a set address."""

from __future__ import annotations

import dataclasses
import io

from pypdf import PdfReader

from dashboards import board
from dashboards.access import Role
from dashboards.papers import blocks
from dashboards.papers.blocks import Link, from_json, to_json
from dashboards.papers.nutshell import nutshell
from dashboards.papers.places import GOVERNOR_PAGES, PAGE_OF_NOUN, TRUSTEE_PAGES, page_of
from dashboards.papers.trustees import trustees_pack
from dashboards.papers.write_html import html
from dashboards.papers.write_pdf import pdf
from dashboards.views.figure_rows import FINDERS
from dashboards.views.shared_find import PAGES_BY_NOUN
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST
from tests.dashboards.papers.conftest import Look
from tests.support.releases import ELM

APP = "https://board.example"


def with_address(visit: Visit) -> Visit:
    release = dataclasses.replace(visit.release, manifest={**visit.release.manifest, "board_address": APP})
    return dataclasses.replace(visit, release=release)


def links_of(content: bytes) -> set[str]:
    pages = PdfReader(io.BytesIO(content)).pages
    found = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in found if "/A" in note}


def test_every_page_named_is_a_page_of_that_role() -> None:
    for named, role in ((GOVERNOR_PAGES, Role.GOVERNOR), (TRUSTEE_PAGES, Role.TRUSTEE)):
        assert named.items() <= {leaf.address: leaf.title for leaf in board.PAGES[role]}.items()
    for school, trust in PAGE_OF_NOUN.values():
        assert school in ("", *GOVERNOR_PAGES)
        assert trust in TRUSTEE_PAGES


def test_a_paper_and_the_search_for_a_figure_lead_to_the_same_page() -> None:
    for noun, (school, trust) in PAGE_OF_NOUN.items():
        found = PAGES_BY_NOUN.get(noun, {})
        assert found.get(Role.GOVERNOR, school) == school, noun
        assert found.get(Role.TRUSTEE, trust) == trust, noun
    assert page_of("mart_impact__school", ELM) == page_of("mart_impact__intervention", TRUST)
    assert page_of("mart_interventions__timeliness", ELM) == ("works", "What we run")


def test_every_exception_has_a_page_to_read_on() -> None:
    nouns = {table.removeprefix("mart_").partition("__")[0] for table in FINDERS}
    assert nouns <= set(PAGE_OF_NOUN)
    assert page_of("mart_governance__school", ELM) == ("", "")


def test_without_an_address_the_page_is_named_and_nothing_leads_anywhere(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    page = html(paper).decode()
    assert "in the board app." in page
    assert "href" not in page
    assert links_of(pdf(paper)) == set()


def test_with_an_address_figures_and_exceptions_lead_to_their_page(look: Look) -> None:
    paper = nutshell(with_address(look(ELM)), ELM)
    page = html(paper).decode()
    wanted = {f"{APP}/{address}" for address in ("pupils", "included", "progress", "plans", "money", "leavers")}
    assert wanted <= links_of(pdf(paper))
    assert all(f'href="{address}"' in page for address in wanted)
    asked = [item for block in paper.blocks if isinstance(block, blocks.Exceptions) for item in block.items]
    assert asked
    assert all(isinstance(item.more, Link) for item in asked)
    assert from_json(to_json(paper)) == paper


def test_the_trusts_paper_leads_to_the_trustees_pages(look: Look) -> None:
    found = links_of(pdf(trustees_pack(with_address(look(TRUST)))))
    assert {f"{APP}/risk", f"{APP}/identification"} <= found
    assert f"{APP}/plans" not in found
