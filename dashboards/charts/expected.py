"""What would have happened: from the start to the end as it was, and to the end as similar pupils' path expects it."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, Piece, blank, drawn_once, text_piece
from dashboards.figures import Row, known
from dashboards.palette import DEEP, INK, OCHRE, PAPER, SOFT
from dashboards.wording.numbers import whole

_HEIGHT = 270
_START, _END = 0.0, 1.0
_LEAST_SPAN = 6.0
"""Points that the picture covers at least: a gap of one point must not fill it."""


@dataclass(frozen=True)
class Path:
    """Mean scores of those who took part: start, end, the end expected without it, with its likely range."""

    start: float
    end: float
    expected: float
    expected_lower: float
    expected_upper: float


def path_of(row: Row) -> Path | None:
    """The path of an intervention on a standardised test; nothing where a part of it is hidden or not there."""
    needed = ("entry_mean", "exit_mean", "expected_exit_mean", "lower_points", "upper_points")
    if row["scale"] != "STANDARDISED" or not known(row, *needed):
        return None
    end = row["exit_mean"]
    return Path(row["entry_mean"], end, row["expected_exit_mean"], end - row["upper_points"], end - row["lower_points"])


@drawn_once
def expected_chart(path: Path) -> go.Figure:
    """Two lines from one start: whole to the end as it was, broken to the end without it, with the range as a bar."""
    figure = blank(_HEIGHT, 16, 34, annotations=_words(path))
    figure.add_scatter(x=[_END, _END], y=[path.expected_lower, path.expected_upper], mode="lines", hoverinfo="skip",
                       line={"color": OCHRE, "width": 2})  # fmt: skip
    figure.add_scatter(x=[_START, _END], y=[path.start, path.expected], mode="lines", hoverinfo="skip",
                       line={"color": OCHRE, "width": 2.5, "dash": "dash"})  # fmt: skip
    figure.add_scatter(x=[_START, _END], y=[path.start, path.end], mode="lines", hoverinfo="skip",
                       line={"color": DEEP, "width": 3})  # fmt: skip
    figure.add_scatter(x=[_END], y=[path.expected], mode="markers", hoverinfo="skip",
                       marker={"size": 12, "color": PAPER, "line": {"color": OCHRE, "width": 2.5}})  # fmt: skip
    figure.add_scatter(x=[_START, _END], y=[path.start, path.end], mode="markers", hoverinfo="skip",
                       marker={"size": 12, "color": DEEP})  # fmt: skip
    figure.update_xaxes(
        range=[-0.12, 1.66], tickvals=[_START, _END], ticktext=["start", "end"], showgrid=False, zeroline=False,
        tickfont={"color": SOFT, "size": SMALL_TEXT},
    )  # fmt: skip
    low, high = _reach(path)
    figure.update_yaxes(range=[low, high], visible=False)
    return figure


def _reach(path: Path) -> tuple[float, float]:
    ends = (path.start, path.end, path.expected_lower, path.expected_upper)
    low, high = min(ends), max(ends)
    spare = max((_LEAST_SPAN - (high - low)) / 2, (high - low) * 0.12)
    return low - spare, high + spare


def _words(path: Path) -> list[Piece]:
    """The figures beside their marks; the higher of the two ends is said above the other."""
    beside: Piece = {"x": _END, "xref": "x", "xanchor": "left", "xshift": 14, "align": "left"}
    is_above = path.end >= path.expected
    low, high = whole(path.expected_lower), whole(path.expected_upper)
    with_it = f"<b>{whole(path.end)}</b> as it was"
    without = f"<b>{whole(path.expected)}</b> without it<br>likely {low} to {high}"
    return [
        text_piece(f"<b>{whole(path.start)}</b>", x=_START, xref="x", y=path.start, color=INK, size=TEXT,
                   xanchor="center", yanchor="bottom", yshift=10),
        text_piece(with_it, y=path.end, color=DEEP, size=TEXT, yanchor="bottom" if is_above else "top",
                   yshift=-8 if is_above else 8, **beside),
        text_piece(without, y=path.expected, color=OCHRE, size=TEXT, yanchor="top" if is_above else "bottom",
                   yshift=4 if is_above else -4, **beside),
    ]  # fmt: skip


def expected_alt(path: Path) -> str:
    """The picture in words."""
    low, high = whole(path.expected_lower), whole(path.expected_upper)
    return (
        f"Mean score at the start {whole(path.start)}, at the end {whole(path.end)}; expected at the end without it "
        f"{whole(path.expected)}, likely range {low} to {high}."
    )
