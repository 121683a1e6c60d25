"""The style sheet and the mark, read once. What the colours are stands in ``palette.py``.

Both themes are in one sheet: ``light-dark()`` follows the theme that Streamlit shows, paper is always light, and no
page has to be drawn again. A chart is drawn once in light colours; on a dark screen the sheet exchanges them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dashboards.palette import DARK, TOKENS

WIDTHS = {"board": "1020px", "staff": "1180px"}
"""How wide a page is: lists of pupils have more columns than a board reads."""
ASSETS = Path(__file__).with_name("assets")
ICON = ASSETS / "mark.svg"
"""The mark, from our own files: Streamlit's icon names and emoji are fetched from a foreign host."""


@cache
def style(app: str = "board") -> str:
    """The style sheet as an element, for the pages of one app."""
    sheet = (ASSETS / "orchard.css").read_text(encoding="utf-8")
    return f"<style>{_tokens()}\n:root{{--page:{WIDTHS[app]}}}\n{sheet}\n{_charts()}</style>"


def _tokens() -> str:
    """The colours as variables; a browser too old for ``light-dark()`` keeps the light ones."""
    light = "".join(f"--{name}:{colour};" for name, colour in TOKENS.items())
    both = "".join(f"--{name}:light-dark({colour},{DARK[colour]});" for name, colour in TOKENS.items())
    return f":root{{{light}}}\n@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}"


def _charts() -> str:
    """In a chart each colour that we drew is the variable of its name, so that it follows the theme and the paper."""
    return "\n".join(
        f".js-plotly-plot {place}{{{part}:var(--{name})!important}}"
        for name, colour in TOKENS.items()
        for part in ("fill", "stroke")
        for place in (f'[style*="{part}: {_written(colour)}"]', f'pattern [{part}="{_written(colour)}"]')
    )


def _written(colour: str) -> str:
    """A colour as browsers write it in an element's style."""
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
