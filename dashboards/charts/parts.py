"""What every picture is made of: the blank figure, labels, lines, the settings that keep a chart a picture."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec

import plotly.graph_objects as go

from dashboards.palette import DEEP, DEEP_TINT, INK, LINE, PALE, PAPER, SOFT
from dashboards.wording.downloads import PICTURE_WORDS

Piece = dict[str, Any]
CONFIG: dict[str, Any] = {
    "displayModeBar": True, "displaylogo": False, "modeBarButtons": [["toImage"]], "staticPlot": False,
    "scrollZoom": False, "doubleClick": False, "showTips": False, "showSendToCloud": False,
    "locale": "en-GB", "locales": {"en-GB": {"dictionary": PICTURE_WORDS, "format": {}}},
}  # fmt: skip
"""One tool and no other: the picture as a file, made in the browser. Nothing is sent anywhere."""
FONT = "'Source Sans', 'Source Sans Pro', system-ui, sans-serif"
BAR_PIXELS = 62
SMALL_TEXT, TEXT = 13, 14
_SIDE = 10
"""Room at both sides: a saved picture is set in the reader’s own type, which may be wider."""
TINTED: Piece = {"color": DEEP_TINT, "line": {"color": DEEP, "width": 1}}
FAINT: Piece = {"color": PALE, "line": {"color": SOFT, "width": 1}}
"""Bars too light to be seen by themselves: each has a line round it."""


def picture_config(name: str, kind: str) -> dict[str, Any]:
    """The settings of a chart that is saved under a name, as ``png`` (twice the size, for print) or ``svg``."""
    return CONFIG | {"toImageButtonOptions": {"format": kind, "filename": name, "scale": 2 if kind == "png" else 1}}


Given = ParamSpec("Given")
_DRAWN: dict[tuple[str, str, str], go.Figure] = {}
_KEPT_FIGURES = 512
_lock = threading.Lock()


def drawn_once(draw: Callable[Given, go.Figure]) -> Callable[Given, go.Figure]:
    """A chart that is drawn once from the same rows and then kept: drawing took most of a page's time.

    The rows themselves are the key, in full, so nobody is shown a figure of other rows. Not to be changed after.
    """

    @wraps(draw)
    def drawn(*given: Given.args, **named: Given.kwargs) -> go.Figure:
        key = (draw.__module__, draw.__qualname__, repr((given, named)))
        figure = _DRAWN.get(key)
        if figure is None:
            figure = draw(*given, **named)
            with _lock:
                while len(_DRAWN) >= _KEPT_FIGURES:
                    del _DRAWN[next(iter(_DRAWN))]
                _DRAWN[key] = figure
        return figure

    return drawn


def text_piece(words: str, color: str = SOFT, size: int = SMALL_TEXT, xref: str = "paper", **place: Any) -> Piece:
    """Words in the picture. Data must come through ``plain_for_chart`` before."""
    return {"text": words, "showarrow": False, "font": {"size": size, "color": color}, "xref": xref, **place}


def line_piece(color: str, width: float = 1, **place: Any) -> Piece:
    """A straight line behind the marks."""
    return {"type": "line", "layer": "below", "line": {"color": color, "width": width}, **place}


def box_piece(color: str, **place: Any) -> Piece:
    """A filled rectangle behind the marks."""
    return {"type": "rect", "layer": "below", "fillcolor": color, "line": {"width": 0}, **place}


def blank(height: int, top: int, bottom: int, **pieces: list[Piece]) -> go.Figure:
    """An empty figure of so many pixels: no legend, no toolbar, nothing to drag.

    Labels and shapes are put in at once: added one by one they took most of the page's time.
    """
    figure = go.Figure()
    figure.update_layout(
        height=height, margin={"l": _SIDE, "r": _SIDE, "t": top, "b": bottom, "autoexpand": True}, showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)", plot_bgcolor="rgba(0,0,0,0)", dragmode=False, hovermode="closest",
        font={"family": FONT, "size": TEXT, "color": INK},
        hoverlabel={"bgcolor": INK, "font": {"color": PAPER}}, **pieces,
    )  # fmt: skip
    figure.update_xaxes(fixedrange=True, linecolor=LINE, automargin=True)
    figure.update_yaxes(fixedrange=True, automargin=True)
    return figure


def ranged_dots(
    figure: go.Figure,
    places: Sequence[tuple[float, float, float]],
    said: Sequence[str],
    is_filled: Sequence[bool],
    size: int,
) -> None:
    """A dot with its range on each row from the top: (low, value, high), words on hover, filled or hollow."""
    figure.add_scatter(
        x=[x for low, _, high in places for x in (low, high, None)],
        y=[y for row in range(len(places)) for y in (row, row, None)],
        mode="lines", hoverinfo="skip", line={"color": DEEP, "width": 4},
    )  # fmt: skip
    figure.add_scatter(
        x=[value for _, value, _ in places], y=list(range(len(places))), mode="markers", customdata=list(said),
        hovertemplate="%{customdata}<extra></extra>",
        marker={"size": size, "color": [DEEP if one else PAPER for one in is_filled],
                "line": {"color": DEEP, "width": 3}},
    )  # fmt: skip
    figure.update_yaxes(range=[len(places) - 0.5, -0.75], visible=False)
