"""Both themes from one set of colours: contrast, completeness, and nothing drawn in a colour of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboards
from dashboards import palette
from dashboards.charts.parts import CONFIG, picture_config
from dashboards.server_settings import THEME
from dashboards.theme import style
from tests.support.contrast import contrast

CODE = Path(dashboards.__file__).parent
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TEXTS = [(ground, ink) for ground, inks in palette.TEXT_ON.items() for ink in inks]
MARKS = [(ground, mark) for ground, marks in palette.MARKS_ON.items() for mark in marks]


def test_the_contrast_of_colours_that_one_knows() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("ground", "ink"), TEXTS)
def test_text_has_contrast_in_both_themes(ground: str, ink: str) -> None:
    assert contrast(ground, ink) >= 4.5
    assert contrast(palette.DARK[ground], palette.DARK[ink]) >= 4.5


@pytest.mark.parametrize(("ground", "mark"), MARKS)
def test_marks_have_contrast_in_both_themes(ground: str, mark: str) -> None:
    assert contrast(ground, mark) >= 3
    assert contrast(palette.DARK[ground], palette.DARK[mark]) >= 3


def test_each_colour_has_one_name_and_one_dark_twin() -> None:
    """Two names for one light colour could not be told apart in a chart."""
    assert set(palette.TOKENS.values()) == set(palette.DARK)
    assert len(set(palette.TOKENS.values())) == len(palette.TOKENS)
    assert len(set(palette.DARK.values())) == len(palette.DARK)


def test_charts_are_drawn_in_the_colours_of_the_palette_alone() -> None:
    charts = sorted((CODE / "charts").glob("*.py"))
    assert len(charts) > 10
    assert {file.name: HEX.findall(file.read_text()) for file in charts if HEX.search(file.read_text())} == {}


def test_the_style_sheet_has_no_colour_of_its_own_but_the_white_of_paper() -> None:
    assert set(HEX.findall((CODE / "assets" / "orchard.css").read_text())) == {"#fff"}


def test_the_sheet_exchanges_each_colour_of_a_chart() -> None:
    sheet = style()
    assert "--ink:light-dark(#17232b,#e8ebe6)" in sheet
    assert '.js-plotly-plot [style*="fill: rgb(23, 35, 43)"]{fill:var(--ink)!important}' in sheet
    assert sheet.count("!important}") >= 2 * len(palette.TOKENS)


def test_streamlit_has_the_same_colours_and_follows_the_readers_machine() -> None:
    assert "theme.base" not in THEME
    assert THEME["theme.light.backgroundColor"] == palette.PAPER
    assert THEME["theme.dark.backgroundColor"] == palette.DARK[palette.PAPER]


def test_a_chart_has_one_tool_and_it_sends_nothing() -> None:
    assert CONFIG["modeBarButtons"] == [["toImage"]]
    assert CONFIG["showSendToCloud"] is False
    assert picture_config("waits", "png")["toImageButtonOptions"] == {"format": "png", "filename": "waits", "scale": 2}
    assert picture_config("waits", "svg")["toImageButtonOptions"]["format"] == "svg"
