"""Support that was recorded as delivered, against the funding for it, by financial year."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.money import FUNDING_TICK, INNER_BAR, said_inside
from dashboards.charts.parts import BAR_PIXELS, TEXT, TINTED, blank, drawn_once
from dashboards.figures import Row, known
from dashboards.palette import DEEP, GRID, INK, SOFT
from dashboards.wording.numbers import POUND, pounds
from dashboards.wording.spend import funding_pence, year_label


@drawn_once
def spend_chart(rows: list[Row]) -> go.Figure:
    """Per year: public funding, recorded spending, and the funding with top-up where it may be shown."""
    drawn = [row for row in rows if known(row, "spend_pence")]
    figure = blank(BAR_PIXELS * max(1, len(drawn)) + 70, top=8, bottom=44)
    public = [(row, own) for row in drawn if (own := public_pence(row))]
    whole = [(row, funding) for row in drawn if (funding := funding_pence(row)) is not None]
    bars = (
        (public, "notional SEN budget and place funding", 0.62, TINTED),
        ([(row, row["spend_pence"]) for row in drawn], "recorded spending", INNER_BAR, {"color": DEEP}),
    )
    for amounts, words, width, marker in bars:
        told = said_inside([pounds(amount) for _, amount in amounts]) if width == INNER_BAR else {}
        figure.add_bar(**_amounts(amounts, words), **told, orientation="h", width=width, marker=marker)
    figure.add_scatter(**_amounts(whole, "funding with top-up"), mode="markers", marker=FUNDING_TICK)
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(rangemode="tozero", tickprefix=POUND, tickformat="~s", gridcolor=GRID, tickfont_color=SOFT)
    figure.update_yaxes(autorange="reversed", type="category", ticklabelstandoff=8,
                        tickfont={"color": INK, "size": TEXT})  # fmt: skip
    return figure


def public_pence(row: Row) -> int:
    """Notional budget and place funding, which everybody may know."""
    return (row["notional_pence"] or 0) + (row["place_pence"] or 0)


def _amounts(amounts: list[tuple[Row, int]], words: str) -> dict[str, object]:
    return {
        "x": [amount / 100 for _, amount in amounts],
        "y": [year_label(row) for row, _ in amounts],
        "name": words,
        "customdata": [pounds(amount) for _, amount in amounts],
        "hovertemplate": f"%{{customdata}} {words}<extra></extra>",
    }
