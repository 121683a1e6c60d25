"""The ladder: how many pupils stand on each rung, a part for each subject; and where a school's pupils stand."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts import shares
from dashboards.charts.parts import TEXT, TINTED, Piece, blank, drawn_once, line_piece, text_piece
from dashboards.charts.shares import HATCHED, Marker, shares_chart
from dashboards.figures import Row, is_hidden, known
from dashboards.markup import HIDDEN, plain_for_chart
from dashboards.palette import DEEP, INK, PAPER, SOFT
from dashboards.wording.numbers import grouped
from dashboards.wording.progress import PLACES, RUNG_WORDS

_ROW_PIXELS = 30
_GAP = 0.05
_AGE_LINE = 6.5
"""Between PK6 and WTS: above it the standard grows with the child."""
_MARKERS: tuple[Marker, ...] = (({"color": DEEP}, PAPER), (TINTED, INK), (HATCHED, INK))


@drawn_once
def ladder_chart(rows: list[Row], subjects: list[str]) -> go.Figure:
    """Rungs from the engagement model at the foot to greater depth at the top; one panel for each subject.

    A hidden rung has its sign and no bar; a rung that nobody stands on has nothing.
    """
    rungs = list(RUNG_WORDS)
    titles: list[Piece] = []
    width = (1 - _GAP * (len(subjects) - 1)) / max(1, len(subjects))
    figure = blank(_ROW_PIXELS * len(rungs) + 60, top=30, bottom=4)
    most = max([row["pupils_count"] for row in rows if known(row, "pupils_count")], default=1)
    for place, subject in enumerate(subjects):
        found = {row["ladder_rung"]: row for row in rows if row["subject"] == subject}
        axis = "x" if place == 0 else f"x{place + 1}"
        start = place * (width + _GAP)
        counts = [found[rung]["pupils_count"] if known(found.get(rung, {}), "pupils_count") else 0 for rung in rungs]
        signs = [_sign(found.get(rung)) for rung in rungs]
        figure.add_bar(
            x=counts, y=rungs, orientation="h", width=0.72, marker={"color": DEEP}, xaxis=axis, text=signs,
            textposition="outside", textfont={"color": INK, "size": TEXT}, cliponaxis=False,
            customdata=[f"{RUNG_WORDS[rung]}: {sign or 'nobody'}" for rung, sign in zip(rungs, signs, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
        figure.update_layout({axis.replace("x", "xaxis"): {"domain": [start, start + width], "visible": False,
                                                           "range": [0, most * 1.35], "fixedrange": True}})  # fmt: skip
        titles.append(text_piece(f"<b>{plain_for_chart(subject)}</b>", color=INK, size=TEXT, x=start, xanchor="left",
                                 y=1, yref="paper", yanchor="bottom", yshift=6))  # fmt: skip
    figure.update_layout(
        annotations=titles, shapes=[line_piece(SOFT, y0=_AGE_LINE, y1=_AGE_LINE, x0=0, x1=1, xref="paper", yref="y")]
    )
    figure.update_yaxes(type="category", categoryorder="array", categoryarray=rungs, tickfont={"size": TEXT})
    return figure


def _sign(row: Row | None) -> str:
    if row is None:
        return ""
    return str(HIDDEN) if is_hidden(row, "pupils_count") else grouped(row["pupils_count"])


def can_be_drawn(row: Row) -> bool:
    """True when every part may be shown: a bar with a gap would tell the gap's size."""
    return shares.can_be_drawn(row, "sen_count", PLACES)


def places_chart(rows: list[Row]) -> go.Figure:
    """One bar a subject: below age-related, age-related, not on the ladder. The rows must be such as can be drawn."""
    return shares_chart([(row["subject"], row) for row in rows], "sen_count", PLACES, _MARKERS, "pupil")
