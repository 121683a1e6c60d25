"""Charts draw what is shown and nothing else; names are inert; queries name their columns."""

from __future__ import annotations

import re
from typing import Any

import duckdb
import pytest

from dashboards.charts.destinations import destinations_chart
from dashboards.charts.money import plan_costs_chart
from dashboards.queries import (
    Query,
    deliveries,
    destinations,
    impact,
    inclusion,
    moves,
    pupils,
    questions,
    release,
    value_for_money,
)
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


def test_names_in_charts_are_inert() -> None:
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
    destinations.of_schools(), destinations.compared("TRUST"), destinations.routes(), destinations.calls(),
    destinations.calls(ELM), destinations.background(), moves.rates(), moves.by_name(), moves.by_name(ELM),
    impact.of_school(ELM), impact.schools_running("Calm Corner"), impact.domains(),
    impact.schools_estimates("Phonics Steps"), impact.years_of("Phonics Steps"), pupils.on_roll(), pupils.register(ELM),
    questions.of_school(ELM), questions.every_one_of_school(ELM), questions.of_all(), release.about(),
    release.schools(), release.methods(), release.passports(), release.benchmarks(), value_for_money.by_year(ELM),
    value_for_money.newest_year(), inclusion.figures(), inclusion.figures(ELM), inclusion.now(),
    inclusion.curriculum(), inclusion.subjects(), inclusion.absent_pupils(), inclusion.part_time(ELM),
    inclusion.placements(ELM), inclusion.access_of_pupils(ELM),
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
    assert rows


@pytest.mark.parametrize("value", ["' or 1=1 --", '"; drop table x; --', "999001' or 'a'='a"])
def test_a_value_is_a_parameter_and_never_sql(engine: duckdb.DuckDBPyConnection, value: str) -> None:
    for query in (
        pupils.register(value), deliveries.mend_rows(value), impact.schools_running(value), impact.years_of(value),
        impact.schools_estimates(value),
    ):  # fmt: skip
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
        "Behind Blocks", "Calm Corner", "Paired Pages", "Phonics Steps", "Small Group Talk", "Step Ladder",
    ]  # fmt: skip
    best = [row["intervention_name"] for row in impact.best_evidenced(rows)]
    assert best == ["Paired Pages", "Behind Blocks", "Phonics Steps"]
    asked = [row["intervention_name"] for row in impact.to_question(rows)]
    assert asked == ["Behind Blocks", "Calm Corner", "Step Ladder"], "a hidden cost never decides"


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
