"""Median waits to be seen as dots with their likely range, one row a service in the order given. Never a ranking."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, Piece, blank, drawn_once, text_piece
from dashboards.figures import Row, known
from dashboards.markup import plain_for_chart
from dashboards.palette import DEEP, GRID, INK, OCHRE, PAPER, SOFT
from dashboards.wording.numbers import counted, whole
from dashboards.wording.referrals import range_cell

_ROW_PIXELS = 62
_SPARE_WEEKS = 1.15


@drawn_once
def waits_chart(rows: list[Row], yardstick: int) -> go.Figure:
    """Dot: the week by which half were seen; bar: its likely range, open at the right where it has no end yet.

    ``yardstick``: the weeks at which a broken line stands. Rows without a median are left to the table.
    """
    drawn = [row for row in rows if known(row, "seen_median_weeks")]
    reach = _SPARE_WEEKS * max([yardstick, *(_end(row) for row in drawn)])
    labels = [_label(row, place) for place, row in enumerate(drawn)]
    line: Piece = {"type": "line", "x0": yardstick, "x1": yardstick, "y0": 0, "y1": 1, "yref": "paper",
                   "line": {"color": OCHRE, "width": 2, "dash": "dash"}, "layer": "below"}  # fmt: skip
    figure = blank(_ROW_PIXELS * max(1, len(drawn)) + 60, top=12, bottom=40, annotations=labels, shapes=[line])
    for place, row in enumerate(drawn):
        if known(row, "seen_lower_weeks"):
            end = row["seen_upper_weeks"] if known(row, "seen_upper_weeks") else reach
            figure.add_scatter(x=[row["seen_lower_weeks"], end], y=[place, place], mode="lines", hoverinfo="skip",
                               line={"color": DEEP, "width": 4})  # fmt: skip
    figure.add_scatter(
        x=[row["seen_median_weeks"] for row in drawn], y=list(range(len(drawn))), mode="markers",
        customdata=[f"{plain_for_chart(row['service'])}: {_said(row)}" for row in drawn],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"size": 15, "color": PAPER, "line": {"color": DEEP, "width": 3}},
    )  # fmt: skip
    title = {"text": "weeks from referral to seen", "font": {"color": SOFT, "size": SMALL_TEXT}}
    figure.update_xaxes(range=[0, reach], gridcolor=GRID, zeroline=False, tickfont_color=SOFT, title=title)
    figure.update_yaxes(range=[len(drawn) - 0.5, -0.75], visible=False)
    return figure


def _end(row: Row) -> float:
    return float(row["seen_upper_weeks"] if known(row, "seen_upper_weeks") else row["seen_median_weeks"])


def _label(row: Row, place: int) -> Piece:
    words = f"<b>{plain_for_chart(row['service'])}</b>  {counted(int(row['seen_median_weeks']), 'week')}"
    above: Piece = {"xanchor": "left", "yref": "y", "yanchor": "bottom", "yshift": 11, "bgcolor": PAPER}
    return text_piece(words, color=INK, size=TEXT, x=0, y=place, **above)


def _said(row: Row) -> str:
    return f"half seen within {whole(row['seen_median_weeks'])} weeks (likely range {range_cell(row)})"


def waits_alt(rows: list[Row]) -> str:
    """The picture in words."""
    drawn = [f"{row['service']}: {_said(row)}" for row in rows if known(row, "seen_median_weeks")]
    return f"Weeks from referral to seen. {'; '.join(drawn)}." if drawn else "No service has enough cases for a median."
