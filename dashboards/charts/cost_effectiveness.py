"""Two options: the plane of what one achieves and costs more than the other, and the chance of better value by price.

The plane is drawn from seven published figures of the pair. No draw and no pupil is in the file that is read, so none
can be in the picture: two rings stand for all of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, Piece, blank, drawn_once, line_piece, text_piece
from dashboards.figures import Row, known
from dashboards.palette import DEEP, DEEP_TINT, GRID, INK, SOFT
from dashboards.wording.cost_effectiveness import UNIT_WORDS, chance_words
from dashboards.wording.numbers import POUND, percent, pounds, signed, whole

_HEIGHT = 400
_RINGS = ((0.95, 0.35), (0.5, 0.75))
_STEPS = 72
_TO_ERROR = 2 * 1.959963984540054
_SPARE = 1.5


@dataclass(frozen=True)
class Plane:
    """Middle, standard errors (points, pounds) and correlation of the two differences, and the four shares."""

    more: float
    dearer: float
    more_error: float
    dearer_error: float
    correlation: float
    shares: tuple[float, float, float, float]


def plane_of(row: Row) -> Plane | None:
    """The plane of a pair; nothing where a part of it is hidden or not there."""
    ends = ("more_lower_points", "more_upper_points", "dearer_lower_pence", "dearer_upper_pence")
    shares = ("less_and_dearer_rate", "more_and_dearer_rate", "less_and_cheaper_rate", "more_and_cheaper_rate")
    if not known(row, "more_points", "dearer_pence", "shared_correlation", *ends, *shares):
        return None
    low, high, least, most = (row[name] for name in ends)
    first, second, third, fourth = (row[name] for name in shares)
    return Plane(
        row["more_points"], row["dearer_pence"] / 100, (high - low) / _TO_ERROR, (most - least) / 100 / _TO_ERROR,
        row["shared_correlation"], (first, second, third, fourth),
    )  # fmt: skip


def ring(plane: Plane, share: float) -> tuple[list[float], list[float]]:
    """The ellipse that holds so much of a normal spread round the middle: points, and pounds."""
    radius = math.sqrt(-2 * math.log(1 - share))
    angles = [2 * math.pi * step / _STEPS for step in range(_STEPS + 1)]
    rest = math.sqrt(max(0.0, 1 - plane.correlation**2))
    along = [plane.more + radius * plane.more_error * math.cos(angle) for angle in angles]
    up = [
        plane.dearer + radius * plane.dearer_error * (plane.correlation * math.cos(angle) + rest * math.sin(angle))
        for angle in angles
    ]
    return along, up


@drawn_once
def plane_chart(plane: Plane, row: Row) -> go.Figure:
    """Two rings and a dot on the plane of achieving more (right) and costing more (up), with the share of each part."""
    across, upwards = _reach(plane)
    lines = [
        line_piece(SOFT, 1.5, x0=0, x1=0, y0=0, y1=1, yref="paper"),
        line_piece(SOFT, 1.5, y0=0, y1=0, x0=0, x1=1, xref="paper"),
    ]
    figure = blank(_HEIGHT, top=12, bottom=52, shapes=lines, annotations=_corners(plane))
    for share, opacity in _RINGS:
        x, y = ring(plane, share)
        figure.add_scatter(x=x, y=y, mode="lines", fill="toself", fillcolor=DEEP_TINT, opacity=opacity,
                           line={"color": DEEP, "width": 1.5}, hoverinfo="skip", name=percent(share))  # fmt: skip
    said = f"{signed(plane.more)} {UNIT_WORDS[row['outcome_unit']][1]}, {pounds(round(plane.dearer * 100))}"
    figure.add_scatter(x=[plane.more], y=[plane.dearer], mode="markers", marker={"size": 12, "color": DEEP},
                       hovertemplate=f"{said}<extra></extra>", name="best estimate")  # fmt: skip
    one = UNIT_WORDS[row["outcome_unit"]][1]
    figure.update_xaxes(range=[-across, across], **_axis(f"{one} more →"))
    figure.update_yaxes(range=[-upwards, upwards], **_axis(f"{POUND} more for each pupil →"))
    return figure


def _axis(title: str) -> dict[str, Any]:
    return {
        "title": {"text": title, "font": {"color": INK, "size": SMALL_TEXT}},
        "gridcolor": GRID,
        "zeroline": False,
        "tickfont": {"color": SOFT, "size": SMALL_TEXT},
    }


def _reach(plane: Plane) -> tuple[float, float]:
    """How far the picture goes from zero on each side: the outer ring and a little more, zero in the middle."""
    x, y = ring(plane, _RINGS[0][0])
    across, upwards = (max(map(abs, values)) * _SPARE for values in (x, y))
    return max(across, 1.0), max(upwards, 1.0)


def _corners(plane: Plane) -> list[Piece]:
    """The share of each quarter in its corner."""
    places = (
        (0.0, 1.0, "achieves less, costs more"), (1.0, 1.0, "achieves more, costs more"),
        (0.0, 0.0, "achieves less, costs less"), (1.0, 0.0, "achieves more, costs less"),
    )  # fmt: skip
    return [
        text_piece(
            f"<b>{whole(share * 100)} in 100</b><br>{words}", x=x, y=y, yref="paper", align="right" if x else "left",
            xanchor="right" if x else "left", yanchor="top" if y else "bottom",
        )
        for (x, y, words), share in zip(places, plane.shares, strict=True)
    ]  # fmt: skip


def plane_alt(plane: Plane, row: Row) -> str:
    """The picture in words."""
    first, second = row["intervention_name"], row["other_intervention_name"]
    dearer, more, cheaper, best = (whole(share * 100) for share in plane.shares)
    return (
        f"{first} beside {second}. Best estimate: {signed(plane.more)} {UNIT_WORDS[row['outcome_unit']][1]} and "
        f"{pounds(round(plane.dearer * 100))} for each pupil. In 100 draws it achieves more and costs less {best} "
        f"times, achieves more and costs more {more}, achieves less and costs less {cheaper}, achieves less and costs "
        f"more {dearer}."
    )


@drawn_once
def curve_chart(points: list[Row], first: str, one: str) -> go.Figure:
    """The chance that the first is better value, by what would be paid for one point."""
    drawn = [row for row in points if known(row, "better_value_rate")]
    even = line_piece(SOFT, 1.5, y0=5, y1=5, x0=0, x1=1, xref="paper")
    figure = blank(300, top=14, bottom=52, shapes=[even])
    figure.add_scatter(
        x=[row["paid_per_point_pence"] / 100 for row in drawn], y=[row["better_value_rate"] * 10 for row in drawn],
        mode="lines+markers", line={"color": DEEP, "width": 3}, marker={"size": 7, "color": DEEP},
        customdata=[chance_words(row["better_value_rate"]) for row in drawn],
        hovertemplate="£%{x:.0f}: %{customdata}<extra></extra>", name=first,
    )  # fmt: skip
    figure.update_xaxes(tickprefix=POUND, **_axis(f"paid for one {one}"))
    figure.update_yaxes(range=[-0.3, 10.3], tickvals=[0, 2, 4, 6, 8, 10], **_axis("chance in 10"))
    return figure


def curve_alt(points: list[Row], first: str, second: str) -> str:
    """The picture in words: its two ends and the middle."""
    drawn = [row for row in points if known(row, "better_value_rate")]
    if not drawn:
        return "Nothing is drawn."
    chosen = (drawn[0], drawn[len(drawn) // 2], drawn[-1])
    said = "; ".join(
        f"at {pounds(row['paid_per_point_pence'])} {chance_words(row['better_value_rate'])}" for row in chosen
    )
    return f"Chance that {first} is better value than {second}: {said}."
