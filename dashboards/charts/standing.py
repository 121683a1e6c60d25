"""Where things of a plan stand: five groups side by side as shares of all; what nothing shows is never filled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.parts import BAR_PIXELS, TEXT, Piece, blank, text_piece
from dashboards.figures import Row
from dashboards.markup import plain_for_chart
from dashboards.palette import DEEP, DEEP_TINT, INK, OCHRE, PAPER
from dashboards.wording.numbers import counted, grouped

_HATCH = {"shape": "/", "fgcolor": OCHRE, "size": 7, "solidity": 0.22}
_MARKERS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"color": DEEP}, PAPER),
    ({"color": DEEP_TINT}, INK),
    ({"color": PAPER, "line": {"color": OCHRE, "width": 1}, "pattern": _HATCH}, INK),
    ({"color": "#dcdfd8"}, INK),
    ({"color": PAPER, "line": {"color": INK, "width": 1.5}}, INK),
)
"""Of each group the bar and the number on it. What nothing shows is never filled: it must not look like on track."""
_WIDE_ENOUGH = 0.06


def standing_bars(named: list[tuple[str, Row]], columns: Mapping[str, str], whole: str, one: str) -> go.Figure:
    """One bar for each named row, as shares of its ``whole``: the five ``columns`` (with their words) sum to it.

    ``one`` is what is counted, in the singular. Every count must be known: a bar with a gap would tell the gap's size.
    """
    names = [plain_for_chart(name) for name, _ in named]
    above: Piece = {"x": 0, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "yshift": 16}
    labels = [text_piece(f"<b>{name}</b>", y=name, color=INK, size=TEXT, **above) for name in names]
    figure = blank(BAR_PIXELS * max(1, len(named)) + 16, top=8, bottom=4, annotations=labels)
    for (column, words), (marker, colour) in zip(columns.items(), _MARKERS, strict=True):
        counts = [row[column] for _, row in named]
        shares = [row[column] / row[whole] for _, row in named]
        figure.add_bar(
            x=shares, y=names, orientation="h", width=0.5, marker=marker, name=words, textposition="inside",
            text=[grouped(count) if share >= _WIDE_ENOUGH else "" for count, share in zip(counts, shares, strict=True)],
            insidetextanchor="start", textfont={"color": colour, "size": TEXT}, textangle=0,
            customdata=[counted(count, one) for count in counts],
            hovertemplate=f"{words}: %{{customdata}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", type="category", visible=False)
    return figure
