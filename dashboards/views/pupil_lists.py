"""Lists of pupils in the staff app: names as schools have them, each of which leads to the pupil's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboards.figures import Row
from dashboards.queries import case_sample
from dashboards.tables import Linked, TableTwin
from dashboards.views import page
from dashboards.views.visits import Visit

STORY = "pupil"
"""The address of a pupil's page."""


def name_of(row: Row) -> str:
    """Family name first, as lists of schools have it."""
    return f"{row['surname']}, {row['forename']}"


def link_to(visit: Visit, pupil: Row) -> Linked:
    """A pupil's name that leads to the pupil's page; ``pupil`` has the key and the names."""
    return Linked(name_of(pupil), STORY, {**visit.here(), "key": pupil["pupil_key"]})


def show_list(
    title: str, twin: TableTwin, name: str, visit: Visit, ask: str = "", *, lead: str = "", fold: str = "",
    pupils: Sequence[Row] = (),
) -> None:  # fmt: skip
    """A section with its table and what to ask; nothing where there is nothing to do.

    ``pupils``: the pupil of each row, in the table's order; the name leads to the page of those on the register.
    """
    if not twin.rows:
        return
    page.section(title, lead)
    page.table(_with_stories(twin, pupils, visit) if pupils else twin, name, visit, fold=fold, is_shortened=not fold)
    if ask:
        page.ask(ask)


def _with_stories(twin: TableTwin, pupils: Sequence[Row], visit: Visit) -> TableTwin:
    known = {row["pupil_key"] for row in visit.read(case_sample.pupils(visit.school_urn or ""))}
    rows = (
        (link_to(visit, pupil), *cells[1:]) if pupil["pupil_key"] in known else cells
        for cells, pupil in zip(twin.rows, pupils, strict=True)
    )
    return replace(twin, rows=tuple(rows))
