"""Where outcomes of EHC plans stand: five groups side by side, no evidence apart from on track."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts import shares
from dashboards.charts.parts import FAINT, TINTED
from dashboards.charts.shares import HATCHED, Marker, shares_chart
from dashboards.figures import Row
from dashboards.palette import DEEP, INK, PAPER
from dashboards.wording.ehc_outcomes import STANDING_COLUMNS

MARKERS: tuple[Marker, ...] = (
    ({"color": DEEP}, PAPER),
    (TINTED, INK),
    (HATCHED, INK),
    (FAINT, INK),
    ({"color": PAPER, "line": {"color": INK, "width": 1.5}}, INK),
)
"""What nothing shows is never filled: it must not look like on track."""


def can_be_drawn(row: Row) -> bool:
    """True when every group may be shown: a bar with a gap would tell the gap's size."""
    return shares.can_be_drawn(row, "outcomes_count", STANDING_COLUMNS)


def standing_chart(named: list[tuple[str, Row]]) -> go.Figure:
    """One bar for each of the rows, as shares of its outcomes. The rows must be such as can be drawn."""
    return shares_chart(named, "outcomes_count", STANDING_COLUMNS, MARKERS, "outcome")
