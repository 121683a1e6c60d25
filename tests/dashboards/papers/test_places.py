"""Where a paper leads: every page that it names is one of the board app, and there is a link only to a set address."""

from __future__ import annotations

import dataclasses
import io
from html import escape

from pypdf import PdfReader

from dashboards.papers import blocks
from dashboards.papers.blocks import Link, from_json, to_json
from dashboards.papers.nutshell import nutshell
from dashboards.papers.places import more_of, page_of
from dashboards.papers.trustees import trustees_pack
from dashboards.papers.write_html import html
from dashboards.papers.write_pdf import pdf
from dashboards.views.figure_rows import FINDERS
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


def test_a_table_leads_to_the_page_that_shows_it_and_a_paper_to_no_paper() -> None:
    assert page_of("mart_ehc_clock__school", ELM) == ("plans", "EHC plans")
    assert page_of("mart_ehc_clock__school", TRUST) == ("risk", "Risk")
    assert page_of("mart_governance__school", ELM) == ("", ""), "only papers show it"


def test_every_exception_has_a_page_to_read_on(look: Look) -> None:
    for table in FINDERS:
        for owner in (ELM, TRUST):
            assert "in the board app" in str(more_of(look(owner), table, owner))
    assert more_of(look(ELM), "mart_apdr__school", ELM) == "More: “Questions and answers” in the board app."


def test_without_an_address_the_page_is_named_and_nothing_leads_anywhere(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    page = html(paper).decode()
    assert "in the board app." in page
    assert "href" not in page
    assert links_of(pdf(paper)) == set()


def test_with_an_address_figures_and_exceptions_lead_to_their_page(look: Look) -> None:
    paper = nutshell(with_address(look(ELM)), ELM)
    page = html(paper).decode()
    wanted = {
        f"{APP}/{address}?role=governor&school={ELM}"
        for address in ("pupils", "included", "progress", "plans", "money", "leavers")
    }
    assert wanted <= links_of(pdf(paper))
    assert all(f'href="{escape(address)}"' in page for address in wanted)
    asked = [item for block in paper.blocks if isinstance(block, blocks.Exceptions) for item in block.items]
    assert asked
    assert all(isinstance(item.more, Link) for item in asked)
    assert from_json(to_json(paper)) == paper


def test_the_trusts_paper_leads_to_the_trustees_pages(look: Look) -> None:
    found = links_of(pdf(trustees_pack(with_address(look(TRUST)))))
    assert {f"{APP}/risk?role=trustee", f"{APP}/identification?role=trustee"} <= found
    assert not any(address.startswith(f"{APP}/plans") for address in found)
