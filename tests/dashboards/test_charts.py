"""Charts draw what is shown and nothing else; names are inert; queries name their columns."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest

from dashboards.charts import can_be_drawn, destinations_chart, interventions_chart, plan_costs_chart
from dashboards.queries import Query, deliveries, destinations, impact, pupils, questions, release, value_for_money
from expectations.derive import ddl
from tests.support.releases import ELM, marts

MARTS = {table.name: frame for table, frame in marts().items()}


def numbers_in(figure: Any) -> set[float]:
    """Every number that a figure's traces hold."""
    found: set[float] = set()
    for trace in figure.data:
        for values in (trace.x, trace.y):
            found |= {float(value) for value in values or () if isinstance(value, (int, float))}
    return found


def of(name: str, **where: Any) -> list[dict[str, Any]]:
    return MARTS[name].filter(**where).to_dicts()


def test_a_dot_needs_figures_a_grade_and_a_standardised_test() -> None:
    rows = of("mart_impact__intervention")
    drawn = {row["intervention_name"] for row in rows if can_be_drawn(row)}
    assert drawn == {"Behind Blocks", "Phonics Steps", "Word Workshop"}
    assert not can_be_drawn(rows[0] | {"grade": "D"})
    assert not can_be_drawn(rows[0] | {"scale": "AGE"})
    assert not can_be_drawn(rows[0] | {"hidden_columns": "lower_points"})


def test_weak_evidence_is_hollow_and_no_colour_tells_the_sign() -> None:
    figure = interventions_chart(of("mart_impact__intervention"))
    dots = next(trace for trace in figure.data if trace.mode == "markers")
    behind, ahead, weak = dots.marker.color
    assert behind == ahead != weak
    assert list(dots.x) == [-3.2, 3.4, 0.4], "in order of name, not of effect"


def test_hidden_figures_have_no_geometry() -> None:
    """A wrongly built row with values under hidden columns gives no mark, range or text of them."""
    rows = of("mart_impact__intervention")
    secret = rows[0] | {"hidden_columns": "difference_points,both_scores_count", "difference_points": 777.0,
                        "upper_points": 778.0, "both_scores_count": 779}  # fmt: skip
    figure = interventions_chart([secret, *rows[1:]])
    assert max(figure.layout.xaxis.range) < 100
    assert "777" not in str(figure)
    assert "779" not in str(figure)


def test_names_in_charts_are_inert() -> None:
    row = of("mart_impact__intervention")[0] | {"intervention_name": '<a href="https://x.invalid">y</a>'}
    assert "<a" not in str(interventions_chart([row]))
    leavers = of("mart_destinations__school", school_urn="TRUST")[0] | {"leaver_stage": "<a>z</a>"}
    assert "<a" not in str(destinations_chart([leavers], "leaver_stage"))


def test_money_draws_only_known_amounts() -> None:
    rows = of("mart_value_for_money__school", school_urn=ELM)
    secret = rows[0] | {"funding_pence": 999_999_900, "hidden_columns": "funding_pence"}
    assert numbers_in(plan_costs_chart(rows)) == {80_000, 79_000, 61_000, 19_000, 50_000, 51_000}
    assert 9_999_999 not in numbers_in(plan_costs_chart([secret, rows[1]]))


def test_the_untraced_are_a_band_and_hidden_ones_none() -> None:
    rows = [row for row in of("mart_destinations__school") if row["sen_group"] == "All leavers"]
    figure = destinations_chart(rows, "leaver_stage")
    low, untraced, rest = (list(trace.x) for trace in figure.data)
    assert [round(sum(parts), 9) for parts in zip(low, untraced, rest, strict=True)] == [1.0] * len(low)
    assert untraced[:2] == [0, 0], "the band is hidden in the two schools"
    assert untraced[2] == pytest.approx(0.1)


QUESTIONS: list[Query] = [
    deliveries.confidence(), deliveries.mend_rows(ELM), deliveries.files_not_taken(ELM), deliveries.ledger(),
    deliveries.balance(), deliveries.schools_with_lists(), destinations.of_school(ELM), impact.interventions(),
    impact.of_school(ELM), impact.schools_running("Calm Corner"), pupils.on_roll(), pupils.register(ELM),
    questions.of_school(ELM), questions.of_all(), release.about(), release.schools(), release.methods(),
    release.passports(), release.benchmark("x"), release.benchmarks(), value_for_money.by_year(ELM),
    value_for_money.newest_year(),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    """Every published table, as the contracts declare it."""
    connection = duckdb.connect()
    for table, frame in marts().items():
        connection.execute(ddl(table))
        connection.register("incoming", frame)
        connection.execute(f'insert into "{table.name}" select * from incoming')
        connection.unregister("incoming")
    return connection


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.sql[:60])
def test_every_question_is_answered_by_the_contracts(engine: duckdb.DuckDBPyConnection, query: Query) -> None:
    assert "*" not in query.sql.replace("count(*)", "")
    rows = engine.execute(query.sql, list(query.parameters)).fetchall()
    assert rows or query == release.benchmark("x")


@pytest.mark.parametrize("value", ["' or 1=1 --", '"; drop table x; --', "999001' or 'a'='a"])
def test_a_value_is_a_parameter_and_never_sql(engine: duckdb.DuckDBPyConnection, value: str) -> None:
    for query in (pupils.register(value), deliveries.mend_rows(value), impact.schools_running(value)):
        assert value not in query.sql
        assert engine.execute(query.sql, list(query.parameters)).fetchall() == []


def test_no_answer_is_in_order_of_effect() -> None:
    for query in QUESTIONS:
        order = re.findall(r"order by (.*)", query.sql)
        assert not any(word in part for part in order for word in ("points", "_sd", "verdict", "grade"))


def test_the_best_evidenced_are_not_the_best() -> None:
    """Strength of evidence, whatever the direction; doubts first by harm, then dose, then shown cost."""
    rows = impact.beside_the_trust(of("mart_impact__school", school_urn=ELM), of("mart_impact__intervention"))
    assert [row["intervention_name"] for row in rows] == [
        "Behind Blocks", "Calm Corner", "Phonics Steps", "Small Group Talk",
    ]  # fmt: skip
    assert [row["intervention_name"] for row in impact.best_evidenced(rows)] == ["Behind Blocks", "Phonics Steps"]
    asked = [row["intervention_name"] for row in impact.to_question(rows)]
    assert asked == ["Behind Blocks", "Calm Corner", "Small Group Talk"]


def test_a_schools_row_keeps_its_own_hidden_cells_and_the_trusts() -> None:
    school = of("mart_impact__school", school_urn=ELM, intervention_name="Small Group Talk")
    joined = impact.beside_the_trust(school, of("mart_impact__intervention"))[0]
    hidden = set(joined["hidden_columns"].split(","))
    assert {"school_started_count", "dose_rate", "difference_points"} <= hidden
    assert "started_count" not in hidden
    assert joined["started_count"] == 12


def test_pages_read_published_tables_only() -> None:
    named = {
        name for query in QUESTIONS for name in re.findall(r"\b(?:mart|core|model|raw|clean)_\w+__?\w+", query.sql)
    }
    assert named <= set(MARTS)
