"""Dots with their ranges, groups of a school above those of the trust, on a scale from nought. Never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, Piece, blank, drawn_once, ranged_dots, text_piece
from dashboards.markup import plain_for_chart
from dashboards.palette import GRID, INK, PAPER, SOFT

_ROW_PIXELS = 58
_SPARE = 1.12


@dataclass(frozen=True)
class Dot:
    """One row: whose figure it is, the figure and its likely range; ``said``: the figure in words.

    ``is_own``: a filled dot, the trust's is hollow.
    """

    name: str
    value: float
    low: float
    high: float
    said: str
    is_own: bool = True


@drawn_once
def dots_chart(dots: Sequence[Dot], title: str, tick_format: str = "") -> go.Figure:
    """Dot and bar of each row in the order given; the figure in words beside the name."""
    reach = _SPARE * max([dot.high for dot in dots], default=1.0)
    labels = [_label(dot, place) for place, dot in enumerate(dots)]
    figure = blank(_ROW_PIXELS * max(1, len(dots)) + 62, top=12, bottom=42, annotations=labels)
    said = [f"{plain_for_chart(dot.name)}: {dot.said}" for dot in dots]
    ranged_dots(figure, [(dot.low, dot.value, dot.high) for dot in dots], said, [dot.is_own for dot in dots], 14)
    below = {"text": title, "font": {"color": SOFT, "size": SMALL_TEXT}}
    figure.update_xaxes(range=[0, reach], gridcolor=GRID, zeroline=False, tickfont_color=SOFT, title=below,
                        tickformat=tick_format)  # fmt: skip
    return figure


def _label(dot: Dot, place: int) -> Piece:
    above: Piece = {"xanchor": "left", "yref": "y", "yanchor": "bottom", "yshift": 10, "bgcolor": PAPER}
    said = f"<b>{plain_for_chart(dot.name)}</b>  {dot.said}"
    return text_piece(said, color=INK, size=TEXT, x=0, y=place, **above)


def dots_alt(dots: Sequence[Dot], what: str) -> str:
    """The picture in words: what is drawn and nothing else."""
    return f"{what} " + ("; ".join(f"{dot.name}: {dot.said}" for dot in dots) or "Nothing is drawn") + "."
