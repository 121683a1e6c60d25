"""Parts of a whole side by side: one bar a row, each part with its number where there is room. Never a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.parts import BAR_PIXELS, TEXT, Piece, blank, drawn_once, text_piece
from dashboards.figures import Row, known
from dashboards.markup import plain_for_chart
from dashboards.palette import INK, OCHRE, PAPER
from dashboards.wording.numbers import counted, grouped

HATCHED: dict[str, Any] = {
    "color": PAPER,
    "line": {"color": OCHRE, "width": 1},
    "pattern": {"shape": "/", "fgcolor": OCHRE, "size": 7, "solidity": 0.22},
}
"""What nobody can say: never filled."""
Marker = tuple[dict[str, Any], str]
"""Of a part the bar, and the colour of the number on it."""
_WIDE_ENOUGH = 0.06


def can_be_drawn(row: Row, whole: str, parts: Mapping[str, str]) -> bool:
    """True when every part may be shown: a bar with a gap would tell the gap's size."""
    return known(row, whole, *parts) and row[whole] > 0


@drawn_once
def shares_chart(
    named: list[tuple[str, Row]], whole: str, parts: Mapping[str, str], markers: Sequence[Marker], noun: str
) -> go.Figure:
    """One bar for each of the rows, as shares of its ``whole``. ``parts``: columns and their words, in order.

    The rows must be such as can be drawn; ``noun`` names one of what is counted.
    """
    names = [plain_for_chart(name) for name, _ in named]
    above: Piece = {"x": 0, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "yshift": 16}
    labels = [text_piece(f"<b>{name}</b>", y=name, color=INK, size=TEXT, **above) for name in names]
    starts = [0.0] * len(named)
    figure = blank(BAR_PIXELS * max(1, len(named)) + 16, top=8, bottom=4)
    for (column, words), (marker, colour) in zip(parts.items(), markers, strict=True):
        counts = [row[column] for _, row in named]
        shares = [row[column] / row[whole] for _, row in named]
        said = [grouped(count) if share >= _WIDE_ENOUGH else "" for count, share in zip(counts, shares, strict=True)]
        if marker is HATCHED:
            labels += _on_paper(said, starts, names, colour)
            said = [""] * len(named)
        starts = [start + share for start, share in zip(starts, shares, strict=True)]
        figure.add_bar(
            x=shares, y=names, orientation="h", width=0.5, marker=marker, name=words, textposition="inside",
            text=said, insidetextanchor="start", textfont={"color": colour, "size": TEXT}, textangle=0,
            customdata=[counted(count, noun) for count in counts],
            hovertemplate=f"{words}: %{{customdata}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="stack", annotations=labels)
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", type="category", visible=False)
    return figure


def _on_paper(said: list[str], starts: list[float], names: list[str], colour: str) -> list[Piece]:
    """Numbers at the start of a hatched part, on paper: on the hatching nobody could read them."""
    place: Piece = {"xref": "x", "yref": "y", "xanchor": "left", "xshift": 3, "bgcolor": PAPER, "borderpad": 1}
    return [
        text_piece(words, x=start, y=name, color=colour, size=TEXT, **place)
        for words, start, name in zip(said, starts, names, strict=True)
        if words
    ]
