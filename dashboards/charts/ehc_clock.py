"""How requests are answered as weeks go by: the likely share with a final plan, with the 20 weeks of the law."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, blank, drawn_once, line_piece, text_piece
from dashboards.figures import Row, known
from dashboards.palette import DEEP, GRID, INK, OCHRE
from dashboards.wording.numbers import percent

IN_LAW_WEEKS = 20


@drawn_once
def curve_chart(rows: list[Row]) -> go.Figure:
    """Share issued by weeks since the request, as far as it may be told; a point where it is known, a line between."""
    drawn = [row for row in rows if known(row, "issued_rate")]
    weeks, shares = [row["elapsed_weeks"] for row in drawn], [row["issued_rate"] for row in drawn]
    last, top = max(weeks, default=IN_LAW_WEEKS), max([*shares, 0.5])
    law = line_piece(OCHRE, 2, x0=IN_LAW_WEEKS, x1=IN_LAW_WEEKS, xref="x", y0=0, y1=1, yref="paper", layer="above")
    said = text_piece("20 weeks: the limit in law", OCHRE, x=IN_LAW_WEEKS, xref="x", y=1, yref="paper",
                      xanchor="right", yanchor="bottom", yshift=4)  # fmt: skip
    ends = [
        text_piece(f"<b>{percent(share)}</b>", INK, x=week, xref="x", y=share, yref="y", xanchor="left",
                   yanchor="bottom", xshift=6)
        for week, share in zip(weeks[-1:], shares[-1:], strict=True)
    ]  # fmt: skip
    figure = blank(300, top=28, bottom=48, annotations=[said, *ends], shapes=[law])
    figure.add_scatter(x=weeks, y=shares, mode="lines+markers", line={"color": DEEP, "width": 3},
                       marker={"color": DEEP, "size": 7},
                       hovertemplate="%{x} weeks: %{y:.0%}<extra></extra>")  # fmt: skip
    figure.update_xaxes(range=[0, max(last, IN_LAW_WEEKS) + 4], dtick=4, title={"text": "Weeks since the request",
                        "font": {"size": SMALL_TEXT}}, showgrid=False)  # fmt: skip
    figure.update_yaxes(range=[0, min(1.0, top + 0.15)], tickformat=".0%", gridcolor=GRID, zeroline=False)
    return figure
