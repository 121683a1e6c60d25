"""The released figure behind an exception, as the challenge trail keeps it: table, column, key of the row and value."""

from __future__ import annotations

import json
from collections.abc import Collection

from dashboards.figures import Row, is_hidden
from dashboards.queries.papers import rows_of
from dashboards.trail import Figure
from dashboards.views.figure_rows import figure_row
from dashboards.views.visits import Visit
from expectations.tables import ALL


def figure_of(visit: Visit, question: Row) -> Figure | None:
    """The figure that an exception rests on, from the visit's own file; ``None`` where no one row is meant."""
    row, table = figure_row(visit, question), ALL.get(question["figure_table"])
    if row is None or table is None or question["figure_column"] not in table.by_name or not table.key:
        return None
    wanted = dict.fromkeys((*table.key, question["figure_column"], *_mark(table.by_name)))
    known = {name: row[name] for name in table.key if name in row}
    if "school_urn" in table.key:
        known["school_urn"] = question["school_urn"]
    same = [one for one in visit.read(rows_of(table.name, wanted)) if all(one[name] == known[name] for name in known)]
    if len(same) != 1:
        return None
    (found,) = same
    value = found[question["figure_column"]]
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    where = json.dumps({name: found[name] for name in table.key}, default=str)
    return Figure(table.name, question["figure_column"], where, float(value) if is_number else None,
                  is_hidden(found, question["figure_column"]))  # fmt: skip


def _mark(columns: Collection[str]) -> tuple[str, ...]:
    return ("hidden_columns",) if "hidden_columns" in columns else ()
