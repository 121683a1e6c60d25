"""What was delivered of what section F promised, by kind of provision."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, TINTED, blank, drawn_once
from dashboards.figures import Row, known
from dashboards.palette import DEEP, GRID, INK, PAPER, SOFT
from dashboards.wording.ehc_delivery import group_words
from dashboards.wording.numbers import percent

_ROW_PIXELS = 46


@drawn_once
def delivered_chart(rows: list[Row]) -> go.Figure:
    """One bar a kind: the share of due sessions that took place, before the whole of what is due. Hidden ones are left
    out, and so is their place.
    """
    drawn = [row for row in rows if known(row, "delivered_rate")]
    names = [group_words(row["provision_group"]) for row in drawn]
    figure = blank(_ROW_PIXELS * max(1, len(drawn)) + 60, top=8, bottom=44)
    figure.add_bar(x=[100] * len(drawn), y=names, orientation="h", width=0.62, marker=TINTED, name="due",
                   hoverinfo="skip")  # fmt: skip
    figure.add_bar(
        x=[row["delivered_rate"] * 100 for row in drawn], y=names, orientation="h", width=0.44, marker_color=DEEP,
        name="delivered", customdata=[percent(row["delivered_rate"]) for row in drawn],
        text=[percent(row["delivered_rate"]) for row in drawn], textposition="inside", insidetextanchor="end",
        textfont={"color": PAPER, "size": SMALL_TEXT}, textangle=0, constraintext="none",
        hovertemplate="%{customdata} of what is due<extra></extra>",
    )  # fmt: skip
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(rangemode="tozero", ticksuffix="%", gridcolor=GRID, tickfont_color=SOFT)
    figure.update_yaxes(autorange="reversed", type="category", ticklabelstandoff=8,
                        tickfont={"color": INK, "size": TEXT})  # fmt: skip
    return figure
