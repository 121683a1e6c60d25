"""The funnel: observed over expected by the number expected, with the lines that chance keeps schools within."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, Piece, blank, drawn_once, text_piece
from dashboards.figures import Row, known
from dashboards.markup import plain_for_chart
from dashboards.palette import BAND, BAND_DEEP, DEEP, GRID, OCHRE, OCHRE_FILL, PAPER, SOFT

_HEIGHT = 440
_LOW, _HIGH = 0.0, 2.0


@dataclass(frozen=True)
class Dot:
    """A school whose count may be shown. ``is_beyond``: outside the 99.8% limits."""

    name: str
    expected: float
    ratio: float
    said: str
    is_beyond: bool


def dots_of(rows: Sequence[Row], names: dict[str, str]) -> list[Dot]:
    """The schools that are judged and whose figures are shown, in the order of their names; no other is drawn."""
    return [
        Dot(names[row["school_urn"]], row["support_expected"], row["support_ratio"],
            f"{row['sen_support_count']} pupils, {row['support_expected']:.0f} expected",
            row["support_verdict"] in ("ABOVE", "BELOW"))
        for row in sorted(rows, key=lambda row: names.get(row["school_urn"], ""))
        if row["school_urn"] in names
        and known(row, "support_expected", "support_ratio", "support_verdict", "sen_support_count")
    ]  # fmt: skip


@drawn_once
def funnel_chart(points: Sequence[Row], dots: Sequence[Dot]) -> go.Figure:
    """Bands of 95 and 998 in 1,000 around as many as expected; a dot per school that may be shown.

    The axes follow the bands and the dots drawn, so that they tell nothing of a school that is hidden.
    """
    top = max([_HIGH, *(dot.ratio * 1.1 for dot in dots)])
    last = points[-1]["expected_number"]
    figure = blank(_HEIGHT, 30, 56, annotations=_words(points, dots, top))
    across = [point["expected_number"] for point in points]
    for color, name in ((BAND, "998"), (BAND_DEEP, "95")):
        low, high = ([min(top, point[f"ratio_{end}_{name}"]) for point in points] for end in ("low", "high"))
        figure.add_scatter(x=across + across[::-1], y=high + low[::-1], fill="toself", mode="lines", hoverinfo="skip",
                           fillcolor=color, line={"width": 1, "color": SOFT if name == "998" else color})  # fmt: skip
    figure.add_scatter(x=[across[0], last], y=[1, 1], mode="lines", hoverinfo="skip",
                       line={"color": SOFT, "width": 1.5, "dash": "dash"})  # fmt: skip
    figure.add_scatter(
        x=[dot.expected for dot in dots], y=[dot.ratio for dot in dots], mode="markers",
        customdata=[f"{plain_for_chart(dot.name)}: {dot.said}" for dot in dots],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"size": 14, "color": [OCHRE_FILL if dot.is_beyond else DEEP for dot in dots],
                "symbol": ["diamond" if dot.is_beyond else "circle" for dot in dots],
                "line": {"color": [OCHRE if dot.is_beyond else PAPER for dot in dots], "width": 2}},
    )  # fmt: skip
    title = {"text": "Pupils expected with SEN support", "font": {"color": SOFT, "size": SMALL_TEXT}}
    figure.update_xaxes(range=[across[0] - 2, last + 2], gridcolor=GRID, zeroline=False, tickfont_color=SOFT,
                        title=title)  # fmt: skip
    figure.update_yaxes(range=[_LOW, top], gridcolor=GRID, zeroline=False, tickfont_color=SOFT,
                        tickvals=[0, 0.5, 1, 1.5, 2, 2.5, 3], ticktext=["none", "half", "as expected", "half more",
                        "twice", "2½ times", "3 times"])  # fmt: skip
    return figure


def _words(points: Sequence[Row], dots: Sequence[Dot], top: float) -> list[Piece]:
    """Names of the schools beyond the outer lines only: the others are no news, and stand in the table."""
    last = points[-1]
    ends: Piece = {"x": last["expected_number"], "xref": "x", "xanchor": "right", "yanchor": "bottom", "yshift": 1}
    named = [
        text_piece(f"{limit} in {whole}", y=min(top, last[f"ratio_high_{name}"]), **ends)
        for limit, whole, name in (("95", "100", "95"), ("998", "1,000", "998"))
    ]
    middle = last["expected_number"] / 2
    for dot in (dot for dot in dots if dot.is_beyond):
        is_left = dot.expected > middle
        place: Piece = {"x": dot.expected, "xref": "x", "y": dot.ratio, "yanchor": "middle",
                        "xanchor": "right" if is_left else "left", "xshift": -12 if is_left else 12}  # fmt: skip
        named.append(text_piece(plain_for_chart(dot.name), color=OCHRE, **place))
    return named


def funnel_alt(dots: Sequence[Dot]) -> str:
    """The dots in words: those that are drawn and nothing else."""
    listed = "; ".join(f"{dot.name}: {dot.said}{', beyond the outer lines' if dot.is_beyond else ''}" for dot in dots)
    return f"Pupils with SEN support beside the number expected. {listed or 'No school is drawn'}."
