"""A paper as PDF: tagged, PDF/UA-1, our own fonts, the same bytes for the same paper."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dashboards import palette
from dashboards.papers.blocks import Paper, to_json

if TYPE_CHECKING:
    from typst import Compiler

HERE = Path(__file__).parent
TEMPLATE, FONTS = HERE / "paper.typ", HERE / "fonts"
_COLOURS = {
    "ink": palette.INK,
    "soft": palette.SOFT,
    "deep": palette.DEEP,
    "line": palette.LINE,
    "panel": palette.PANEL,
}


@cache
def _compiler() -> Compiler:
    import typst

    return typst.Compiler(TEMPLATE, root=HERE, font_paths=[FONTS], ignore_system_fonts=True)


def pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF. Raises ``typst.TypstError`` when it cannot be set by the rules of PDF/UA-1."""
    return _set(paper, "pdf")[0]


def pictures(paper: Paper) -> list[bytes]:
    """Each side as a PNG, to look at."""
    return _set(paper, "png")


def _set(paper: Paper, form: Literal["pdf", "png"]) -> list[bytes]:
    made = dt.datetime.fromisoformat(paper.made_at)
    inputs = {**_COLOURS, "paper": to_json(paper).decode(), "made": made.date().isoformat()}
    at = int(made.timestamp())
    found: object = (
        _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=at, pdf_standards=["ua-1"])
        if form == "pdf"
        else _compiler().compile(format="png", sys_inputs=inputs, timestamp=at, ppi=130.0)
    )
    return [side for side in (found if isinstance(found, list) else [found]) if isinstance(side, bytes)]
