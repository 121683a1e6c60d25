"""Interventions as dots with their ranges: which of a released row is drawn, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from dashboards.charts.parts import drawn_once
from dashboards.charts.ranges import Band, Mark, ranges_alt, ranges_chart
from dashboards.figures import Row, known
from dashboards.queries.estimates import estimate_of
from dashboards.wording.differences import short_words
from dashboards.wording.impact import verdict_words
from dashboards.wording.numbers import counted

SCALE_TITLE = "points on a standardised test (average 100)"
TITLES = {
    "POINTS": SCALE_TITLE,
    "SESSIONS_PER_100": "sessions missed in every 100: how many fewer",
    "PER_100_PUPILS_A_YEAR": "suspensions for 100 pupils in a year: how many fewer",
}
"""The scale's title by ``outcome_unit``; units without a difference have none."""
Domains = Mapping[str, Row]


def can_be_drawn(row: Row) -> bool:
    """A dot needs a difference with its range, on a standardised test, and a grade better than none."""
    return estimate_of(row) is not None and row["grade"] in ("A", "B", "C") and row["scale"] == "STANDARDISED"


def intervention_marks(rows: Sequence[Row], domains: Domains, group: str = "") -> list[Mark]:
    """A mark for each row, in the order given. ``group`` names the column whose values open parts of the picture."""
    return [_mark(row, domains, str(row[group] or "Not recorded") if group else "") for row in rows]


def _mark(row: Row, domains: Domains, group: str) -> Mark:
    has_number = known(row, "both_scores_count") and row["both_scores_count"] > 0
    number = f"{counted(row['both_scores_count'], 'pupil')} · " if has_number else ""
    is_drawn = can_be_drawn(row)
    return Mark(
        name=row["intervention_name"],
        beside=f"{number}grade {row['grade']}",
        estimate=estimate_of(row) if is_drawn else None,
        words="" if is_drawn else short_words(row) or verdict_words(row["verdict"]),
        is_firm=row["grade"] in ("A", "B"),
        band=band_of(domains.get(row.get("outcome_domain") or "")) if is_drawn else None,
        group=group,
    )


def band_of(domain: Row | None) -> Band | None:
    """A subject's average with the range of another intervention in it."""
    if domain is None or not known(domain, "mean_points", "prediction_lower_points", "prediction_upper_points"):
        return None
    return Band(domain["mean_points"], domain["prediction_lower_points"], domain["prediction_upper_points"])


@drawn_once
def interventions_chart(marks: Sequence[Mark]) -> go.Figure:
    """Dot and likely range for each intervention, in the order given (by name or area); words where there is no dot."""
    return ranges_chart(marks, SCALE_TITLE)


def interventions_alt(marks: Sequence[Mark]) -> str:
    """The same marks in words."""
    return ranges_alt(marks, "Difference from similar pupils in points.")
