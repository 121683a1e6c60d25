"""How far each school's raters are above or below the others: dots with their range around nought. Never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from dashboards.charts.parts import SMALL_TEXT, TEXT, Piece, blank, drawn_once, line_piece, ranged_dots, text_piece
from dashboards.markup import plain_for_chart
from dashboards.palette import GRID, INK, OCHRE, PAPER, SOFT
from dashboards.wording.moderation import TENTHS
from dashboards.wording.numbers import signed, span

_ROW_PIXELS = 54
_LEAST_REACH = 1.0


class Mark(NamedTuple):
    """One school: its name, its difference in bands, and the likely range."""

    name: str
    bands: float
    lower: float
    upper: float


@drawn_once
def drift_chart(marks: Sequence[Mark]) -> go.Figure:
    """One row a school in the order given; filled where the whole range lies on one side of nought."""
    reach = max([_LEAST_REACH, *(abs(end) * 1.1 for mark in marks for end in (mark.lower, mark.upper))])
    labels = [_label(mark, place, reach) for place, mark in enumerate(marks)]
    zero = line_piece(OCHRE, 2, x0=0, x1=0, y0=0, y1=1, yref="paper")
    figure = blank(_ROW_PIXELS * max(1, len(marks)) + 56, top=12, bottom=44, annotations=labels, shapes=[zero])
    said = [f"{plain_for_chart(mark.name)}: {_said(mark)}" for mark in marks]
    ranged_dots(figure, [(m.lower, m.bands, m.upper) for m in marks], said, [_is_apart(m) for m in marks], 15)
    title = {"text": "bands below or above the other schools, same pupils", "font": {"color": SOFT, "size": SMALL_TEXT}}
    figure.update_xaxes(range=[-reach, reach], gridcolor=GRID, zeroline=False, tickfont_color=SOFT, title=title)
    return figure


def _is_apart(mark: Mark) -> bool:
    return mark.lower > 0 or mark.upper < 0


def _label(mark: Mark, place: int, reach: float) -> Piece:
    words = f"<b>{plain_for_chart(mark.name)}</b>  {signed(mark.bands, TENTHS)}"
    above: Piece = {"xanchor": "left", "yref": "y", "yanchor": "bottom", "yshift": 9, "bgcolor": PAPER}
    return text_piece(words, color=INK, size=TEXT, xref="x", x=-reach, y=place, **above)


def _said(mark: Mark) -> str:
    return f"{signed(mark.bands, TENTHS)} of a band (likely range {span(mark.lower, mark.upper, TENTHS)})"


def drift_alt(marks: Sequence[Mark]) -> str:
    """The picture in words."""
    return f"Difference from the other schools. {'; '.join(f'{mark.name}: {_said(mark)}' for mark in marks)}."
