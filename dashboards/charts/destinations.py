"""All leavers as one bar a row: sustained, not traced, not sustained."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.parts import BAR_PIXELS, FAINT, TEXT, Piece, blank, drawn_once, text_piece
from dashboards.charts.shares import HATCHED
from dashboards.figures import Row, known
from dashboards.markup import plain_for_chart
from dashboards.palette import DEEP, INK, PAPER
from dashboards.wording.numbers import percent


@drawn_once
def destinations_chart(rows: list[Row], label: str) -> go.Figure:
    """All leavers of each row as one bar: sustained, not traced (hatched), not sustained. ``label`` names the rows."""
    drawn = [row for row in rows if known(row, "sustained_low_rate")]
    names = [plain_for_chart(row[label]) for row in drawn]
    above: Piece = {"x": 0, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "yshift": 16}
    labels = [text_piece(f"<b>{name}</b>", y=name, color=INK, size=TEXT, **above) for name in names]
    figure = blank(BAR_PIXELS * max(1, len(drawn)) + 16, top=8, bottom=4, annotations=labels)
    low = [row["sustained_low_rate"] for row in drawn]
    upper_ends = ["sustained_high_rate" if known(row, "sustained_high_rate") else "sustained_low_rate" for row in drawn]
    high = [row[name] for row, name in zip(drawn, upper_ends, strict=True)]
    untraced = [upper - lower for upper, lower in zip(high, low, strict=True)]
    rest = [1 - upper for upper in high]
    for shares, words, marker, colour in (
        (low, "sustained", {"color": DEEP}, PAPER),
        (untraced, "not traced", HATCHED, INK),
        (rest, "not sustained", FAINT, INK),
    ):  # fmt: skip
        inside = [percent(share) if share >= 0.12 and words != "not traced" else "" for share in shares]
        figure.add_bar(x=shares, y=names, orientation="h", width=0.5, marker=marker, name=words, text=inside,
                       textposition="inside", insidetextanchor="start", textfont={"color": colour, "size": TEXT},
                       textangle=0, hovertemplate=f"%{{x:.0%}} {words}<extra></extra>")  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", type="category", visible=False)
    return figure
