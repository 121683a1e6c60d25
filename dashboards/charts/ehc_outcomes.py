"""Where outcomes of EHC plans stand: five groups side by side, no evidence apart from on track."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.charts.parts import BAR_PIXELS, TEXT, Piece, blank, drawn_once, text_piece
from dashboards.figures import Row, known
from dashboards.markup import plain_for_chart
from dashboards.palette import DEEP, DEEP_TINT, INK, OCHRE, PAPER
from dashboards.wording.ehc_outcomes import STANDING_COLUMNS
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


def can_be_drawn(row: Row) -> bool:
    """True when every group may be shown: a bar with a gap would tell the gap's size."""
    return known(row, "outcomes_count", *STANDING_COLUMNS) and row["outcomes_count"] > 0


@drawn_once
def standing_chart(named: list[tuple[str, Row]]) -> go.Figure:
    """One bar for each of the rows, as shares of its outcomes. The rows must be such as can be drawn."""
    names = [plain_for_chart(name) for name, _ in named]
    above: Piece = {"x": 0, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "yshift": 16}
    labels = [text_piece(f"<b>{name}</b>", y=name, color=INK, size=TEXT, **above) for name in names]
    figure = blank(BAR_PIXELS * max(1, len(named)) + 16, top=8, bottom=4, annotations=labels)
    for (column, words), (marker, colour) in zip(STANDING_COLUMNS.items(), _MARKERS, strict=True):
        counts = [row[column] for _, row in named]
        shares = [row[column] / row["outcomes_count"] for _, row in named]
        figure.add_bar(
            x=shares, y=names, orientation="h", width=0.5, marker=marker, name=words, textposition="inside",
            text=[grouped(count) if share >= _WIDE_ENOUGH else "" for count, share in zip(counts, shares, strict=True)],
            insidetextanchor="start", textfont={"color": colour, "size": TEXT}, textangle=0,
            customdata=[counted(count, "outcome") for count in counts],
            hovertemplate=f"{words}: %{{customdata}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", type="category", visible=False)
    return figure
