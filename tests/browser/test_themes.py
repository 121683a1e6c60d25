"""Paper from a dark screen, and what may be taken away: the board app in Chromium."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from dashboards import palette
from dashboards.theme import _written
from tests.browser.conftest import WIDE, Visit
from tests.browser.looking import Look
from tests.browser.walking import DARK, GROUND, paints

APP = "board"
pytestmark = pytest.mark.browser
INK_IS = "colour => getComputedStyle(document.querySelector('h1')).color === colour"


def what_we_run(visit: Visit) -> Look:
    look = visit(WIDE)
    look.choose("School", "Oak Academy")
    look.go("What we run")
    return look


def test_paper_is_light_though_the_screen_is_dark(visit: Visit) -> None:
    look = what_we_run(visit)
    look.page.emulate_media(color_scheme="dark")
    look.page.wait_for_function(GROUND, arg=_written(palette.DARK[palette.PAPER]))
    assert paints(look.page) & DARK
    look.page.emulate_media(media="print", color_scheme="dark")
    look.page.wait_for_function(INK_IS, arg=_written(palette.INK))
    assert not paints(look.page) & DARK


def test_a_table_is_taken_as_a_workbook_and_a_chart_as_a_picture_of_either_kind(visit: Visit, tmp_path: Path) -> None:
    look = what_we_run(visit)
    with look.page.expect_download() as download:
        look.page.get_by_role("button", name="Download XLSX").first.click()
    assert download.value.suggested_filename == "interventions-release-1.xlsx"
    download.value.save_as(tmp_path / "table.xlsx")
    book = openpyxl.load_workbook(tmp_path / "table.xlsx")
    assert book.sheetnames == ["Table", "Notes"]
    assert "Phonics Steps" in {cell.value for cell in book["Table"]["A"]}
    with look.page.expect_download() as download:
        look.page.get_by_role("button", name="Download chart (PNG)").first.click()
    download.value.save_as(tmp_path / "chart.png")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    look.page.locator(".st-key-picture-kind").get_by_text("SVG", exact=True).click()
    look.settle()
    with look.page.expect_download() as download:
        look.page.get_by_role("button", name="Download chart (SVG)").first.click()
    download.value.save_as(tmp_path / "chart.svg")
    assert "Phonics Steps" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert look.foreign == []
    assert look.errors == []
