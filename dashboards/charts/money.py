"""What plans cost in full, what was delivered to date, and the funding that comes with them, by year."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.charts.parts import BAR_PIXELS, SMALL_TEXT, TEXT, TINTED, blank, drawn_once
from dashboards.figures import Row, known
from dashboards.palette import DEEP, GRID, INK, OCHRE, PAPER, SOFT
from dashboards.wording.money import year_label
from dashboards.wording.numbers import POUND, pounds

INNER_BAR = 0.34
"""Width of the dark bar within the pale one: room for its figure."""
FUNDING_TICK = {"symbol": "line-ns", "size": 34, "line": {"width": 3.5, "color": OCHRE}}


@drawn_once
def plan_costs_chart(rows: list[Row]) -> go.Figure:
    """Per year: what plans cost in full, what was delivered to date, and the funding that comes with them."""
    drawn = [row for row in rows if known(row, "full_cost_pence")]
    figure = blank(BAR_PIXELS * max(1, len(drawn)) + 70, top=8, bottom=44)
    figure.add_bar(**_amounts(drawn, "full_cost_pence", "planned for the year"), orientation="h", width=0.62,
                   marker=TINTED)  # fmt: skip
    spent = [row for row in drawn if known(row, "cost_to_date_pence")]
    told = said_inside([pounds(row["cost_to_date_pence"]) for row in spent])
    figure.add_bar(**_amounts(spent, "cost_to_date_pence", "delivered to date"), **told, orientation="h",
                   width=INNER_BAR, marker_color=DEEP)  # fmt: skip
    funded = [row for row in drawn if known(row, "funding_pence")]
    funding = _amounts(funded, "funding_pence", "funding that comes with the plans")
    figure.add_scatter(**funding, mode="markers", marker=FUNDING_TICK)
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(rangemode="tozero", tickprefix=POUND,
                        tickformat="~s", gridcolor=GRID, tickfont_color=SOFT)  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", ticklabelstandoff=8,
                        tickfont={"color": INK, "size": TEXT})  # fmt: skip
    return figure


def said_inside(words: list[str]) -> dict[str, Any]:
    """The figure in a dark bar, at its start, where no other mark stands."""
    font = {"color": PAPER, "size": SMALL_TEXT}
    return {"text": words, "textposition": "inside", "insidetextanchor": "start", "textfont": font, "textangle": 0,
            "constraintext": "none"}  # fmt: skip


def _amounts(rows: list[Row], column: str, words: str) -> dict[str, Any]:
    """Amounts by year, with the words that hovering shows."""
    return {
        "x": [row[column] / 100 for row in rows],
        "y": [year_label(row) for row in rows],
        "name": words,
        "customdata": [pounds(row[column]) for row in rows],
        "hovertemplate": f"%{{customdata}} {words}<extra></extra>",
    }
