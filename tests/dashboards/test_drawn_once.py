"""A chart is drawn once from the same rows; other rows, and other charts of the same rows, are other figures."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboards.charts import parts
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
