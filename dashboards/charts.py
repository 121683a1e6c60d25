"""Pictures: one idea each, plain graph objects, no colour by sign, nothing drawn for what is hidden.

The only user of Plotly. Takes released rows, gives figures; the words around them are in ``wording``.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboards.figures import Row, known
from dashboards.markup import plain_for_chart
from dashboards.palette import DEEP, DEEP_TINT, INK, LINE, OCHRE_FILL, PAPER, SOFT
from dashboards.wording.impact import points_words, range_words, verdict_words
from dashboards.wording.money import year_label
from dashboards.wording.numbers import POUND, counted, percent, pounds

Mark = dict[str, Any]
CONFIG: dict[str, Any] = {"displayModeBar": False, "staticPlot": False, "scrollZoom": False, "doubleClick": False,
                          "showTips": False, "showSendToCloud": False}  # fmt: skip
FONT = "'Source Sans', 'Source Sans Pro', system-ui, sans-serif"
_ROW_PIXELS, _BAR_PIXELS = 56, 62
_SMALL_TEXT, _TEXT = 13, 14
_GRID = "#e6e8e2"
_FUNDING_TICK = {"symbol": "line-ns", "size": 34, "line": {"width": 3.5, "color": OCHRE_FILL}}


def can_be_drawn(row: Row) -> bool:
    """A dot needs a difference with its range, on a standardised test, and a grade better than none."""
    has_figures = known(row, "difference_points", "lower_points", "upper_points")
    return has_figures and row["grade"] in ("A", "B", "C") and row["scale"] == "STANDARDISED"


def interventions_chart(rows: list[Row]) -> go.Figure:
    """Dot and likely range for each intervention, in the order given (by name); words where there is no dot.

    A filled dot is strong or moderate evidence, a hollow one weak. The zero line is labelled "similar pupils".
    Marks are put together before Plotly sees them: added one by one they took most of the page's time.
    """
    placed = [(row, -place) for place, row in enumerate(rows)]
    drawn = [(row, y) for row, y in placed if can_be_drawn(row)]
    labels = [label for row, y in placed for label in _row_labels(row, y)]
    rules = [_line(y0=y - 0.38, y1=y - 0.38, x0=0, x1=1, xref="paper", color=_GRID) for _, y in placed[:-1]]
    zero = _line(x0=0, x1=0, y0=0, y1=1, yref="paper", color=SOFT, width=1.5)
    figure = _figure(_ROW_PIXELS * len(rows) + 84, 34, 48, annotations=[*labels, *_SIDES], shapes=[*rules, zero])
    figure.add_scatter(
        x=[end for row, _ in drawn for end in (row["lower_points"], row["upper_points"], None)],
        y=[end for _, y in drawn for end in (y, y, None)],
        mode="lines", hoverinfo="skip", line={"color": DEEP, "width": 3},
    )  # fmt: skip
    figure.add_scatter(
        x=[row["difference_points"] for row, _ in drawn], y=[y for _, y in drawn], mode="markers",
        customdata=[_hover(row) for row, _ in drawn], hovertemplate="%{customdata}<extra></extra>",
        marker={"size": 13, "color": [PAPER if row["grade"] == "C" else DEEP for row, _ in drawn],
                "line": {"color": DEEP, "width": 2.5}},
    )  # fmt: skip
    reach = max([8.0, *(abs(row[end]) * 1.08 for row, _ in drawn for end in ("lower_points", "upper_points"))])
    title = {"text": "points on a standardised test (average 100)", "font": {"color": SOFT, "size": _SMALL_TEXT}}
    figure.update_xaxes(range=[-reach, reach], zeroline=False, gridcolor=_GRID, tickfont_color=SOFT, title=title)
    figure.update_yaxes(range=[-len(rows) + 0.55, 0.8], visible=False)
    return figure


def _hover(row: Row) -> str:
    said = f"{points_words(row['difference_points'])}, likely range {range_words(row)}"
    return f"{plain_for_chart(row['intervention_name'])}<br>{said}"


def _row_labels(row: Row, y: float) -> list[Mark]:
    """The name and the numbers stand above the line, on paper, so that a narrow screen has room for both."""
    name = f"<b>{plain_for_chart(row['intervention_name'])}</b>"
    has_number = known(row, "both_scores_count") and row["both_scores_count"] > 0
    number = f"{counted(row['both_scores_count'], 'pupil')} · " if has_number else ""
    above: Mark = {"y": y, "yanchor": "bottom", "yshift": 9, "bgcolor": PAPER}
    labels = [
        _label(name, x=0, xanchor="left", color=INK, size=_TEXT, **above),
        _label(f"{number}grade {row['grade']}", x=1, xanchor="right", **above),
    ]
    if not can_be_drawn(row):
        words = f"<i>{verdict_words(row['verdict'])}</i>"
        labels.append(_label(words, x=0, xanchor="left", y=y, yanchor="middle", yshift=-2))
    return labels


def plan_costs_chart(rows: list[Row]) -> go.Figure:
    """Per year: what plans cost in full, what was delivered to date, and the funding that comes with them."""
    drawn = [row for row in rows if known(row, "full_cost_pence")]
    figure = _figure(_BAR_PIXELS * max(1, len(drawn)) + 70, top=8, bottom=44)
    figure.add_bar(**_amounts(drawn, "full_cost_pence", "planned for the year"), orientation="h", width=0.62,
                   marker_color=DEEP_TINT)  # fmt: skip
    spent = [row for row in drawn if known(row, "cost_to_date_pence")]
    figure.add_bar(**_amounts(spent, "cost_to_date_pence", "delivered to date"), orientation="h", width=0.26,
                   marker_color=DEEP)  # fmt: skip
    funded = [row for row in drawn if known(row, "funding_pence")]
    funding = _amounts(funded, "funding_pence", "funding that comes with the plans")
    figure.add_scatter(**funding, mode="markers", marker=_FUNDING_TICK)
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(rangemode="tozero", tickprefix=POUND,
                        tickformat="~s", gridcolor=_GRID, tickfont_color=SOFT)  # fmt: skip
    figure.update_yaxes(autorange="reversed", type="category", ticklabelstandoff=8,
                        tickfont={"color": INK, "size": _TEXT})  # fmt: skip
    return figure


def _amounts(rows: list[Row], column: str, words: str) -> dict[str, Any]:
    """Amounts by year, with the words that hovering shows."""
    return {
        "x": [row[column] / 100 for row in rows],
        "y": [year_label(row) for row in rows],
        "name": words,
        "customdata": [pounds(row[column]) for row in rows],
        "hovertemplate": f"%{{customdata}} {words}<extra></extra>",
    }


def destinations_chart(rows: list[Row], label: str) -> go.Figure:
    """All leavers of each row as one bar: sustained, not traced (hatched), not sustained. ``label`` names the rows."""
    drawn = [row for row in rows if known(row, "sustained_low_rate")]
    names = [plain_for_chart(row[label]) for row in drawn]
    above: Mark = {"x": 0, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "yshift": 16}
    labels = [_label(f"<b>{name}</b>", y=name, color=INK, size=_TEXT, **above) for name in names]
    figure = _figure(_BAR_PIXELS * max(1, len(drawn)) + 16, top=8, bottom=4, annotations=labels)
    low = [row["sustained_low_rate"] for row in drawn]
    upper_ends = ["sustained_high_rate" if known(row, "sustained_high_rate") else "sustained_low_rate" for row in drawn]
    high = [row[name] for row, name in zip(drawn, upper_ends, strict=True)]
    untraced = [upper - lower for upper, lower in zip(high, low, strict=True)]
    rest = [1 - upper for upper in high]
    for shares, words, marker, colour in (
        (low, "sustained", {"color": DEEP}, PAPER),
        (untraced, "not traced", {"color": PAPER, "line": {"color": "#7a4f00", "width": 1},
                                  "pattern": {"shape": "/", "fgcolor": "#7a4f00", "size": 7, "solidity": 0.22}}, INK),
        (rest, "not sustained", {"color": "#dcdfd8"}, INK),
    ):  # fmt: skip
        inside = [percent(share) if share >= 0.12 and words != "not traced" else "" for share in shares]
        figure.add_bar(x=shares, y=names, orientation="h", width=0.5, marker=marker, name=words, text=inside,
                       textposition="inside", insidetextanchor="start", textfont={"color": colour, "size": _TEXT},
                       textangle=0, hovertemplate=f"%{{x:.0%}} {words}<extra></extra>")  # fmt: skip
    figure.update_layout(barmode="stack")
    figure.update_xaxes(range=[0, 1], visible=False)
    figure.update_yaxes(autorange="reversed", type="category", visible=False)
    return figure


def _label(words: str, color: str = SOFT, size: int = _SMALL_TEXT, xref: str = "paper", **place: Any) -> Mark:
    return {"text": words, "showarrow": False, "font": {"size": size, "color": color}, "xref": xref, **place}


def _line(color: str, width: float = 1, **place: Any) -> Mark:
    return {"type": "line", "layer": "below", "line": {"color": color, "width": width}, **place}


_ON_TOP: Mark = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4}
_SIDES = (
    _label("behind", x=0, xanchor="left", **_ON_TOP),
    _label("similar pupils", x=0, xref="x", color=INK, **_ON_TOP),
    _label("ahead", x=1, xanchor="right", **_ON_TOP),
)


def _figure(height: int, top: int, bottom: int, **marks: list[Mark]) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        height=height, margin={"l": 2, "r": 2, "t": top, "b": bottom, "autoexpand": True}, showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", dragmode=False, hovermode="closest",
        font={"family": FONT, "size": _TEXT, "color": INK},
        hoverlabel={"bgcolor": INK, "font": {"color": PAPER}}, **marks,
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, linecolor=LINE, automargin=True)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return figure
