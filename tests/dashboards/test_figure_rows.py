"""The figure beside an exception is that of the pupils whom its rule looked at, and no others."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from dashboards.figures import Row
from dashboards.views import figure_rows
from dashboards.views.visits import Visit
from dashboards.wording.questions import ask_of


def leavers(group: str, count: int, stayed: int, untraced: int, high: float) -> Row:
    return {"school_urn": "TRUST", "leaver_stage": "Year 11", "sen_group": group, "leavers_count": count,
            "sustained_count": stayed, "unknown_count": untraced, "sustained_high_rate": high,
            "small_number_rule": "RATE", "hidden_columns": ""}  # fmt: skip


ROWS = [leavers("All leavers", 619, 505, 73, 0.93), leavers("EHC plan", 43, 32, 5, 0.86)]
PUBLISHED = [
    {"measure": figure_rows.ENGLAND_WITH_PLAN, "area": "England", "period": period, "value": value}
    for period, value in (("201920", 89.0), ("202021", 90.5))
]


def visit(rows: list[Row]) -> Visit:
    """A visit that reads leavers from these rows and published figures from ours."""

    def read(query: Any) -> list[Row]:
        return PUBLISHED if "benchmarks" in query.sql else rows

    return cast(Visit, SimpleNamespace(read=read))


def question(trigger: str) -> Row:
    return {"school_urn": "TRUST", "subject": "DESTINATIONS", "trigger": trigger, "about": "Year 11",
            "figure_table": "mart_destinations__school", "figure_column": "sustained_high_rate"}  # fmt: skip


def test_leavers_with_a_plan_are_told_where_the_rule_looked_at_them_alone() -> None:
    asked = question("LOW_SUSTAINED")
    ask = ask_of(asked, figure_rows.figure_row(visit(ROWS), asked))
    assert ask.title == "Year 11: fewer with a plan stayed than in England"
    assert ask.said == (
        "Leavers with an EHC plan: 32 to 37 of 43 leavers were still in education, training or work after six months "
        "(5 not traced). Even if all not traced had stayed, that is 86%: 90.5% in England in 2020/21."
    )


@pytest.mark.parametrize("trigger", ["UNKNOWN_LEAVERS", "DID_NOT_STAY"])
def test_all_leavers_are_told_elsewhere_in_whatever_order_rows_come(trigger: str) -> None:
    asked = question(trigger)
    row = figure_rows.figure_row(visit(ROWS[::-1]), asked)
    assert row is not None
    assert row["leavers_count"] == 619
    assert "505 to 578 of 619 leavers" in ask_of(asked, row).said


def test_where_the_stage_is_not_there_nothing_stands_for_it() -> None:
    assert figure_rows.figure_row(visit([]), question("LOW_SUSTAINED")) is None
