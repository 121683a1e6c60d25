"""Priority 3, High-quality teaching and intervention: interventions (figure 11), with progress (9 and 10)."""

from __future__ import annotations

from dashboards.figures import Row, known, shown
from dashboards.papers.blocks import Stored
from dashboards.papers.figures import Block, Figure, Line, Reading, definition_of
from dashboards.papers.figures_progress import PROGRESS, STEPS
from dashboards.queries import impact
from dashboards.queries import papers as of_papers
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent
from expectations.vocabulary import TRUST

_PROTOCOL, _FROM_MAPS = "mart_interventions__compliance", "Provision map"
_RUN = ("school_urn", "intervention_name", "is_running", "dose_rate", "hidden_columns")
SURE = ("A", "B")
"""Grades of strong and moderate evidence."""


def running(visit: Visit, owner: str) -> Reading:
    """Interventions that run now. Which run is no secret; how many pupils they have may be."""
    return _counted(visit, "Interventions running", len({row["intervention_name"] for row in _running(visit, owner)}))


def sure(visit: Visit, owner: str) -> Reading:
    """Of these, how many have strong or moderate evidence in the trust, whatever the direction."""
    known_well = {row["intervention_name"] for row in visit.read(impact.interventions()) if row["grade"] in SURE}
    return _counted(visit, "Running with strong or moderate evidence",
                    len({row["intervention_name"] for row in _running(visit, owner)} & known_well))  # fmt: skip


def lowest_dose(visit: Visit, owner: str) -> Reading:
    """The smallest share of due sessions that took place, of the running interventions where it may be shown; whose."""
    rates = [row for row in _running(visit, owner) if known(row, "dose_rate")]
    lowest = min(rates, key=lambda row: row["dose_rate"], default={})
    return Reading(share=shown(lowest, "dose_rate", percent), of_whom=str(lowest.get("intervention_name", "")))


def _running(visit: Visit, owner: str) -> list[Row]:
    rows = visit.read(of_papers.rows_of("mart_impact__school", _RUN))
    return [row for row in rows if row["is_running"] and owner in (TRUST, row["school_urn"])]


def _counted(visit: Visit, label: str, count: int) -> Reading:
    definition = definition_of(visit, "mart_impact__school", "is_running")
    return Reading(str(count), stored=Stored(label, count, None, str(count), "", "", definition))


TEACHING = Block(
    3,
    "High-quality teaching and intervention",
    (
        PROGRESS,
        STEPS,
        Figure(
            11,
            "Interventions",
            (
                Line("running", "Running now", _FROM_MAPS, alone="Interventions running", of=running),
                Line("sure", "Of these, well evidenced", _FROM_MAPS, of=sure),
                Line(
                    "starts",
                    "Pupils who started this year",
                    _FROM_MAPS,
                    _PROTOCOL,
                    "pupils_count",
                    year="academic_year",
                    is_so_far=True,
                ),
                Line(
                    "tested",
                    "Tested before and after",
                    _FROM_MAPS,
                    _PROTOCOL,
                    "both_starts_count",
                    "both_rate",
                    "Help tested before and after",
                    year="academic_year",
                    base="exit_due_starts_count",
                    worth=0.05,
                ),
                Line("lowest_dose", "Fewest due sessions held", _FROM_MAPS, of=lowest_dose),
            ),
        ),
    ),
)
