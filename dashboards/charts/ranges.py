"""Dots with their ranges, one row each, in the order given: interventions, or the schools of one. Never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, Piece, blank, box_piece, drawn_once, line_piece, text_piece
from dashboards.markup import plain_for_chart
from dashboards.palette import BAND, DEEP, GRID, INK, PAPER, SOFT
from dashboards.queries.estimates import Estimate
from dashboards.wording.differences import estimate_words

_ROW_PIXELS = 60
_STRIP = (-0.17, 0.17)
"""How far a row's grey band reaches below and above its dot: clear of the words above it."""


@dataclass(frozen=True)
class Band:
    """The average of many, and where another one would be expected."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Mark:
    """One row: its name, the words at the right, the estimate or the words that stand for it.

    ``is_firm``: a filled dot (grade A or B); hollow otherwise. ``group`` opens a new part of the picture.
    """

    name: str
    beside: str
    estimate: Estimate | None
    words: str = ""
    is_firm: bool = False
    band: Band | None = None
    group: str = ""


@drawn_once
def ranges_chart(marks: Sequence[Mark], scale_title: str, middle: str = "similar pupils") -> go.Figure:
    """Dot, thick bar (half of the time) and thin bar (95 in 100) of each mark; the zero line says what it stands for.

    A mark without an estimate gets its words and nothing else. A dot of its own pupils alone is a diamond.
    """
    places = _places(marks)
    drawn = [(mark, mark.estimate, y) for mark, y in zip(marks, places, strict=True) if mark.estimate is not None]
    bottom = min(places, default=0.0) - 0.45
    labels = [piece for mark, y in zip(marks, places, strict=True) for piece in _words(mark, y)]
    figure = blank(
        round(_ROW_PIXELS * (0.8 - bottom)) + 84, 34, 48,
        annotations=[*labels, *_groups(marks, places), *_sides(middle)], shapes=_behind(marks, places),
    )  # fmt: skip
    for width, ends in ((2, [(e.lower, e.upper, y) for _, e, y in drawn]), (7, _inner_ends(drawn))):
        figure.add_scatter(
            x=[x for low, high, _ in ends for x in (low, high, None)], y=[y for *_, at in ends for y in (at, at, None)],
            mode="lines", hoverinfo="skip", line={"color": DEEP, "width": width},
        )  # fmt: skip
    figure.add_scatter(
        x=[estimate.points for _, estimate, _ in drawn], y=[y for *_, y in drawn], mode="markers",
        customdata=[_hover(mark, estimate) for mark, estimate, _ in drawn],
        hovertemplate="%{customdata}<extra></extra>",
        marker={"size": 14, "color": [DEEP if mark.is_firm else PAPER for mark, *_ in drawn],
                "symbol": ["circle" if estimate.is_drawn_in else "diamond" for _, estimate, _ in drawn],
                "line": {"color": DEEP, "width": 2.5}},
    )  # fmt: skip
    reach = _reach(marks)
    title = {"text": scale_title, "font": {"color": SOFT, "size": SMALL_TEXT}}
    figure.update_xaxes(range=[-reach, reach], zeroline=False, gridcolor=GRID, tickfont_color=SOFT, title=title)
    figure.update_yaxes(range=[bottom, 0.8], visible=False)
    return figure


def _places(marks: Sequence[Mark]) -> list[float]:
    """The height of each row: one apart, and room for a heading above the first of a group."""
    places: list[float] = []
    y = 1.0
    for place, mark in enumerate(marks):
        opens = bool(mark.group) and (place == 0 or marks[place - 1].group != mark.group)
        y -= 1.0 + (0.55 if opens else 0.0)
        places.append(y)
    return places


def _inner_ends(drawn: list[tuple[Mark, Estimate, float]]) -> list[tuple[float, float, float]]:
    return [
        (estimate.inner_lower, estimate.inner_upper, y)
        for _, estimate, y in drawn
        if estimate.inner_lower is not None and estimate.inner_upper is not None
    ]


def _reach(marks: Sequence[Mark]) -> float:
    """Half the width of the scale: zero in the middle, everything that is drawn inside."""
    ends = [abs(end) for mark in marks if mark.estimate for end in (mark.estimate.lower, mark.estimate.upper)]
    ends += [abs(end) for mark in marks if mark.band for end in (mark.band.lower, mark.band.upper)]
    return max([8.0, *(end * 1.06 for end in ends)])


def _words(mark: Mark, y: float) -> list[Piece]:
    """The name and the numbers stand above the line, on paper, so that a narrow screen has room for both."""
    above: Piece = {"y": y, "yanchor": "bottom", "yshift": 12, "bgcolor": PAPER}
    name = f"<b>{plain_for_chart(mark.name)}</b>"
    pieces = [text_piece(name, x=0, xanchor="left", color=INK, size=TEXT, **above)]
    if mark.beside:
        pieces.append(text_piece(mark.beside, x=1, xanchor="right", **above))
    if mark.estimate is None and mark.words:
        words = f"<i>{plain_for_chart(mark.words)}</i>"
        pieces.append(text_piece(words, x=0, xanchor="left", y=y, yanchor="middle", yshift=-2, bgcolor=PAPER))
    return pieces


def _groups(marks: Sequence[Mark], places: list[float]) -> list[Piece]:
    """The heading above the first row of each group."""
    firsts = [
        (mark.group, y)
        for place, (mark, y) in enumerate(zip(marks, places, strict=True))
        if mark.group and (place == 0 or marks[place - 1].group != mark.group)
    ]
    above: Piece = {"xanchor": "left", "yanchor": "bottom", "yshift": 38, "bgcolor": PAPER}
    return [text_piece(plain_for_chart(group), x=0, y=y, color=DEEP, size=TEXT, **above) for group, y in firsts]


def _behind(marks: Sequence[Mark], places: list[float]) -> list[Piece]:
    """Hairlines between rows, the grey bands with their averages, the zero line."""
    below, above = _STRIP
    rules = [line_piece(y0=y - 0.36, y1=y - 0.36, x0=0, x1=1, xref="paper", color=GRID) for y in places[:-1]]
    bands = [
        piece
        for mark, y in zip(marks, places, strict=True)
        if mark.band is not None
        for piece in (
            box_piece(BAND, x0=mark.band.lower, x1=mark.band.upper, y0=y + below, y1=y + above),
            line_piece(SOFT, 1.5, x0=mark.band.mean, x1=mark.band.mean, y0=y + below, y1=y + above, name="mean"),
        )
    ]
    return [*rules, *bands, line_piece(x0=0, x1=0, y0=0, y1=1, yref="paper", color=SOFT, width=1.5)]


def _hover(mark: Mark, estimate: Estimate) -> str:
    return f"{plain_for_chart(mark.name)}<br>{estimate_words(estimate)}"


def _sides(middle: str) -> tuple[Piece, ...]:
    on_top: Piece = {"y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4}
    return (
        text_piece("behind", x=0, xanchor="left", **on_top),
        text_piece(middle, x=0, xref="x", color=INK, **on_top),
        text_piece("ahead", x=1, xanchor="right", **on_top),
    )


def ranges_alt(marks: Sequence[Mark], what: str) -> str:
    """What the picture shows, for people who do not see it: the marks that are drawn and nothing else."""
    drawn = [f"{mark.name}: {estimate_words(mark.estimate)}" for mark in marks if mark.estimate is not None]
    return f"{what} " + ("; ".join(drawn) + "." if drawn else "Nothing is drawn.")
