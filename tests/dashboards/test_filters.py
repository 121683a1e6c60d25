"""R9: a page lets people choose between figures that were released; none counts or filters freely."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

DASHBOARDS = Path(__file__).parents[2] / "dashboards"
FREE = {"multiselect", "data_editor", "slider", "select_slider", "text_input", "number_input", "date_input"}
"""Widgets with which many different groups of pupils could be put together, one after the other."""
NO_FIGURE = {
    "shared_answering.py": {"date_input", "text_input"},  # the day and the words of a question that a board asks
    "shared_find.py": {"text_input"},  # looks in the names of figures, not in figures
    "shared_help.py": {"text_input"},  # looks in the glossary
}
"""Pages whose boxes take words in or look among words: no group of pupils is put together with them."""
BOARD = sorted(
    path for role in ("governor", "trustee", "central", "shared") for path in (DASHBOARDS / "views").glob(f"{role}*.py")
)


@pytest.mark.parametrize("path", BOARD, ids=lambda path: path.name)
def test_no_page_of_the_board_has_a_free_filter(path: Path) -> None:
    called = {node.func.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}  # fmt: skip
    assert called.isdisjoint(FREE - NO_FIGURE.get(path.name, set())), (
        "publish rounded figures (to 5, 'low' for 1 and 2) instead of a free filter"
    )
