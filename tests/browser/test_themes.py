"""Light, dark and paper, four widths, the keyboard, and what may be taken away: the board app in Chromium."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from dashboards import palette
from dashboards.theme import _written
from tests.browser.conftest import RULES, WIDE, Look, Visit

APP = "board"
pytestmark = pytest.mark.browser
WIDTHS = (390, 768, 1024, 1920)
PAGES = ("What we run", "Who our pupils are", "Are they here and included", "Are they progressing", "EHC plans",
         "Money", "Leavers", "About the data")  # fmt: skip
DRAWN = "[data-testid=stPlotlyChart] .main-svg"
PAINT = """[...document.querySelectorAll('.js-plotly-plot .main-svg *')]
    .filter(part => ['path', 'text', 'rect'].includes(part.tagName) && (part.style.fill || part.style.stroke))
    .flatMap(part => [getComputedStyle(part).fill, getComputedStyle(part).stroke])"""


def paints(page: Page) -> set[str]:
    """Every colour that stands in the page's charts."""
    return set(page.evaluate(PAINT))


def what_we_run(visit: Visit, width: int = WIDE) -> Look:
    look = visit(width)
    look.choose("School", "Oak Academy")
    look.go("What we run")
    look.page.wait_for_selector(DRAWN)
    return look


def test_a_dark_screen_shows_dark_pages_and_charts_and_paper_is_light(visit: Visit, pictures: Path) -> None:
    look = what_we_run(visit)
    light, dark = ({_written(colour) for colour in colours} for colours in (palette.DARK, palette.DARK.values()))
    assert paints(look.page) & light
    look.page.emulate_media(color_scheme="dark")
    look.page.wait_for_timeout(600)
    assert look.page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") in dark
    assert not paints(look.page) & light, "a colour of the light theme is left in a chart"
    assert paints(look.page) & dark
    look.page.screenshot(path=str(pictures / "dark.png"))
    found = Axe().run(look.page, options=RULES).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    look.page.emulate_media(media="print", color_scheme="dark")
    look.page.wait_for_timeout(300)
    assert not paints(look.page) & dark, "paper is always light"
    assert look.page.evaluate("getComputedStyle(document.querySelector('h1')).color") == _written(palette.INK)


def test_no_page_is_wider_than_the_screen(visit: Visit) -> None:
    look = what_we_run(visit)
    main = "document.querySelector('[data-testid=stMain]')"
    for name in PAGES:
        look.page.set_viewport_size({"width": WIDE, "height": 1000})
        if name != "What we run":
            look.go(name)
        for width in WIDTHS:
            look.page.set_viewport_size({"width": width, "height": 1000})
            look.page.wait_for_timeout(400)
            assert look.page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth + 1"), (name, width)
            assert look.page.evaluate("document.body.scrollWidth <= innerWidth"), (name, width)


def test_the_keyboard_reaches_folds_tables_and_downloads_and_is_seen(visit: Visit) -> None:
    look = what_we_run(visit)
    reached: list[str] = []
    for _ in range(120):
        look.page.keyboard.press("Tab")
        told = look.page.evaluate("""() => {
            const at = document.activeElement, style = getComputedStyle(at);
            const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
            const seen = marked || ['INPUT', 'BODY'].includes(at.tagName);
            return [at.tagName + ' ' + (at.ariaLabel || at.innerText || '').trim().slice(0, 40), seen];
        }""")
        assert told[1], f"nobody sees where the keyboard is: {told[0]}"
        reached.append(told[0])
    for wanted in (
        "A Skip to main content",
        "SUMMARY Show the same as a table",
        "BUTTON Download CSV",
        "BUTTON Download chart (PNG)",
    ):
        assert wanted in reached
    assert len(set(reached)) > 10


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
    look.page.wait_for_selector(DRAWN)
    with look.page.expect_download() as download:
        look.page.get_by_role("button", name="Download chart (SVG)").first.click()
    download.value.save_as(tmp_path / "chart.svg")
    assert "Phonics Steps" in (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert look.foreign == []
    assert look.errors == []
