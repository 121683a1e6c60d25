"""The board app in Chromium: a hostile name in the data, what may be taken away, a page on paper."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import WIDE, Visit
from tests.support.releases import HOSTILE

APP = "board"
pytestmark = pytest.mark.browser


def test_a_hostile_name_is_only_text(visit: Visit) -> None:
    look = visit(WIDE)
    look.choose("School", HOSTILE)
    assert look.heading() == HOSTILE
    assert look.page.locator("h1 b, h1 a, h1 img").count() == 0


def test_a_table_opens_and_downloads_as_it_is_shown(visit: Visit, tmp_path: Path) -> None:
    look = visit(WIDE)
    look.choose("School", "Oak Academy")
    look.go("What we run")
    look.page.get_by_text("Show the same as a table").first.click()
    table = look.page.get_by_role("region", name="Interventions running here")
    assert table.is_visible()
    with look.page.expect_download() as download:
        look.page.get_by_role("button", name="Download CSV").first.click()
    download.value.save_as(tmp_path / "table.csv")
    content = (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    assert "Phonics Steps" in content
    assert download.value.suggested_filename == "interventions-release-1.csv"


def test_a_table_is_taken_as_a_workbook_and_a_chart_as_a_picture_of_either_kind(visit: Visit, tmp_path: Path) -> None:
    look = visit(WIDE)
    look.choose("School", "Oak Academy")
    look.go("What we run")
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


def test_a_page_fits_its_paper(visit: Visit, pictures: Path) -> None:
    look = visit(WIDE)
    look.choose("School", HOSTILE)
    look.go("Our school")
    look.page.pdf(path=str(pictures / "governor.pdf"), prefer_css_page_size=True, print_background=True)
    assert (pictures / "governor.pdf").stat().st_size > 20_000
    look.page.emulate_media(media="print")
    charts = look.page.get_by_test_id("stPlotlyChart").all()
    assert charts
    paper = 210 / 25.4 * 96 - 2 * 12 / 25.4 * 96
    assert all((chart.bounding_box() or {"width": paper + 1})["width"] <= paper for chart in charts), "a chart is cut"
    main = look.page.locator("[data-testid=stMain]")
    assert main.evaluate("part => getComputedStyle(part).overflow") == "visible", "only the first sheet would print"
