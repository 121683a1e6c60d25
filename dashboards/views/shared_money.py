"""Plan costs by year: chart, reading, table twin. The same for a school and the trust."""

from __future__ import annotations

from dashboards.charts.money import plan_costs_chart
from dashboards.figures import Row, known, shown, spoken
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import money as words
from dashboards.wording.numbers import percent, pounds, whole

_LEGEND = (
    ("tint", "planned for the year"),
    ("deep", "delivered to date"),
    ("tick", "funding that comes with the plans"),
)


def show_money(visit: Visit, rows: list[Row], name: str) -> int:
    """The newest year in sentences, the years as a chart and as a table. Returns the hidden cells."""
    if not rows:
        page.paragraphs("There are no EHC plans with provision in the data.")
        return 0
    newest = rows[-1]
    if any(known(row, "full_cost_pence") for row in rows):
        page.chart(plan_costs_chart(rows), alt=_alt_text(rows), key=f"chart-{name}",
                   title=titles.plan_costs_title(rows))  # fmt: skip
        page.legend(*_LEGEND)
    page.reading(
        f"{words.year_label(newest)} to date: {words.lower(words.gap_sentence(newest))}",
        words.delivered_sentence(newest), words.recorded_sentence(newest), words.uncosted_sentence(newest),
        *(f"{words.year_label(row)}: {words.lower(words.outcomes_sentence(row))}" for row in with_outcomes(rows)),
    )  # fmt: skip
    hidden = page.table(money_table(rows), name, visit, fold=page.SAME_AS_TABLE)
    hidden += page.table(outcomes_table(rows), f"{name}-outcomes", visit)
    page.paragraphs(words.NEVER_SAYS, class_="small")
    return hidden


def with_outcomes(rows: list[Row], at_most: int = 2) -> list[Row]:
    """The newest years in which outcomes fell due: early in a year hardly any have."""
    due = [row for row in rows if known(row, "outcomes_due_count") and row["outcomes_due_count"] > 0]
    return due[-at_most:] or rows[-1:]


def _alt_text(rows: list[Row]) -> str:
    drawn = [
        f"{words.year_label(row)}: planned {spoken(row, 'full_cost_pence', pounds)}, funding "
        f"{spoken(row, 'funding_pence', pounds)}"
        for row in rows
        if known(row, "full_cost_pence")
    ]
    return f"Cost of EHC plans by academic year. {'; '.join(drawn)}."


def money_table(rows: list[Row]) -> TableTwin:
    """EHC plans by academic year."""
    return TableTwin(
        "EHC plans by academic year",
        headings("Year", "#Plans", "#Planned for the year", "#Delivered to date", "#Funding with the plans",
                 "#Plans above funding", "#Sum above funding", "#Sessions delivered"),
        tuple(
            (
                words.year_label(row),
                shown(row, "plans_count", whole),
                shown(row, "full_cost_pence", pounds),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "funding_pence", pounds),
                shown(row, "gap_plans_count", whole),
                shown(row, "gap_pence", pounds),
                shown(row, "delivered_rate", percent),
            )
            for row in rows
        ),
        "The newest year runs to the date of the data.",
    )  # fmt: skip


def outcomes_table(rows: list[Row]) -> TableTwin:
    """Outcomes that fell due, by academic year."""
    return TableTwin(
        "EHC plan outcomes by the academic year in which they fell due",
        headings("Year", "#Due", "#Met", "#Not met", "#No evidence", "#Cost for each met"),
        tuple(
            (
                words.year_label(row),
                shown(row, "outcomes_due_count", whole),
                shown(row, "outcomes_met_count", whole),
                shown(row, "outcomes_not_met_count", whole),
                shown(row, "outcomes_no_evidence_count", whole),
                words.per_outcome_cell(row),
            )
            for row in rows
        ),
        "“Not met” counts outcomes that are still under way. “No evidence” is never counted as on track.",
    )
