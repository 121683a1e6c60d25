"""A chart is drawn once from the same rows; other rows, and other charts of the same rows, are other figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboards.charts import drift, funnel, inclusion, ladder, parts, shares
from dashboards.charts.parts import drawn_once


def test_the_same_rows_are_drawn_once_and_other_rows_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_DRAWN", {})
    drawn: list[object] = []

    @drawn_once
    def bars(rows: list[dict[str, float | None]], label: str = "") -> go.Figure:
        drawn.append((rows, label))
        return go.Figure(layout={"title": {"text": f"{rows}{label}"}})

    @drawn_once
    def lines(rows: list[dict[str, float | None]], label: str = "") -> go.Figure:
        return go.Figure()

    first = bars([{"a": 1.0}])
    assert bars([{"a": 1.0}]) is first
    others = [
        bars([{"a": 1}]),
        bars([{"a": None}]),
        bars([{"a": 1.0}], "x"),
        bars([{"a": 1.0000000000000002}]),
        bars([]),
    ]
    assert len(drawn) == 6
    assert all(other is not first for other in [*others, lines([{"a": 1.0}])])


POINT = {"expected_number": 10.0, "ratio_low_95": 0.5, "ratio_high_95": 1.5, "ratio_low_998": 0.2,
         "ratio_high_998": 1.8}  # fmt: skip
RUNG = {"subject": "Reading", "ladder_rung": "PK1", "pupils_count": 20, "hidden_columns": ""}


@pytest.mark.parametrize(
    ("draw", "given", "other"),
    [
        (funnel.funnel_chart, lambda: ([dict(POINT)], [funnel.Dot("Elm", 10.0, 1.1, "11 pupils", False)]),
         ([POINT], [funnel.Dot("Elm", 10.0, 1.2, "12 pupils", False)])),
        (drift.drift_chart, lambda: ([drift.Mark("Elm", 0.2, 0.1, 0.3)],), ([drift.Mark("Elm", 0.2, 0.1, 0.4)],)),
        (inclusion.dots_chart, lambda: ([inclusion.Dot("Elm", 0.2, 0.1, 0.3, "20%")], "absent", ".0%"),
         ([inclusion.Dot("Elm", 0.2, 0.1, 0.3, "one in five")], "absent", ".0%")),
        (ladder.ladder_chart, lambda: ([dict(RUNG)], ["Reading"]),
         ([RUNG | {"pupils_count": None, "hidden_columns": "pupils_count"}], ["Reading"])),
        (shares.shares_chart,
         lambda: ([("Elm", {"all": 4, "part": 4})], "all", {"part": "Part"}, [({}, "red")], "plan"),
         ([("Elm", {"all": 4, "part": 3})], "all", {"part": "Part"}, [({}, "red")], "plan")),
    ],
)  # fmt: skip
def test_every_picture_of_plain_values_is_kept(
    draw: Callable[..., go.Figure], given: Callable[[], tuple[Any, ...]], other: tuple[Any, ...]
) -> None:
    assert draw(*given()) is draw(*given())
    assert draw(*other) is not draw(*given())


def test_only_so_many_figures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_DRAWN", {})
    monkeypatch.setattr(parts, "_KEPT_FIGURES", 3)

    @drawn_once
    def bars(number: int) -> go.Figure:
        return go.Figure()

    kept = [bars(number) for number in range(5)]
    assert len(parts._DRAWN) == 3
    assert bars(4) is kept[4]
    assert bars(0) is not kept[0]


def test_showing_a_figure_does_not_change_it() -> None:
    """Streamlit is handed the kept figure itself, so it must leave it as it is."""
    import streamlit as st

    figure = parts.blank(100, 0, 0)
    figure.add_scatter(x=[1], y=[2])
    before = figure.to_json()
    st.plotly_chart(figure, theme=None, config=parts.CONFIG, key="kept")
    assert figure.to_json() == before
