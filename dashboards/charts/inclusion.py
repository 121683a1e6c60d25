"""Dots with their ranges, groups of a school above those of the trust, on a scale from nought. Never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, Piece, blank, drawn_once, text_piece
from dashboards.markup import plain_for_chart
from dashboards.palette import DEEP, GRID, INK, PAPER, SOFT

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
    figure.add_scatter(
        x=[x for dot in dots for x in (dot.low, dot.high, None)],
        y=[y for place in range(len(dots)) for y in (place, place, None)],
        mode="lines", hoverinfo="skip", line={"color": DEEP, "width": 4},
    )  # fmt: skip
    figure.add_scatter(
        x=[dot.value for dot in dots], y=list(range(len(dots))), mode="markers",
        customdata=[f"{plain_for_chart(dot.name)}: {dot.said}" for dot in dots],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"size": 14, "color": [DEEP if dot.is_own else PAPER for dot in dots],
                "line": {"color": DEEP, "width": 3}},
    )  # fmt: skip
    below = {"text": title, "font": {"color": SOFT, "size": SMALL_TEXT}}
    figure.update_xaxes(range=[0, reach], gridcolor=GRID, zeroline=False, tickfont_color=SOFT, title=below,
                        tickformat=tick_format)  # fmt: skip
    figure.update_yaxes(range=[len(dots) - 0.5, -0.75], visible=False)
    return figure


def _label(dot: Dot, place: int) -> Piece:
    above: Piece = {"xanchor": "left", "yref": "y", "yanchor": "bottom", "yshift": 10, "bgcolor": PAPER}
    said = f"<b>{plain_for_chart(dot.name)}</b>  {dot.said}"
    return text_piece(said, color=INK, size=TEXT, x=0, y=place, **above)


def dots_alt(dots: Sequence[Dot], what: str) -> str:
    """The picture in words: what is drawn and nothing else."""
    return f"{what} " + ("; ".join(f"{dot.name}: {dot.said}" for dot in dots) or "Nothing is drawn") + "."
