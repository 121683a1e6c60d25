"""Where outcomes of EHC plans stand: five groups side by side, no evidence apart from on track."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboards.charts.standing import standing_bars
from dashboards.figures import Row, known
from dashboards.wording.ehc_outcomes import STANDING_COLUMNS


def can_be_drawn(row: Row) -> bool:
    """True when every group may be shown: a bar with a gap would tell the gap's size."""
    return known(row, "outcomes_count", *STANDING_COLUMNS) and row["outcomes_count"] > 0


def standing_chart(named: list[tuple[str, Row]]) -> go.Figure:
    """One bar for each of the rows, as shares of its outcomes. The rows must be such as can be drawn."""
    return standing_bars(named, STANDING_COLUMNS, "outcomes_count", "outcome")
