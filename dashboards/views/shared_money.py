"""Plan costs by year: chart, reading, table twin. The same for a school and the trust."""

from __future__ import annotations

from dashboards.charts import plan_costs_chart
from dashboards.figures import Row, known, shown
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import money as words
from dashboards.wording.numbers import percent, pounds, whole

_LEGEND = (
    ("tint", "planned for the year"),
    ("deep", "delivered to date"),
    ("tick", "funding that comes with the plans"),
)


def show_money(visit: Visit, rows: list[Row], name: str) -> None:
    """The newest year in sentences, the years as a chart and as a table."""
    if not rows:
        page.paragraphs("There are no EHC plans with provision in the data.")
        return
    newest = rows[-1]
    if any(known(row, "full_cost_pence") for row in rows):
        page.chart(plan_costs_chart(rows), alt=_alt_text(rows), key=f"chart-{name}")
        page.legend(*_LEGEND)
    page.reading(
        f"{words.year_label(newest)} to date: {words.outcomes_sentence(newest)}",
        words.gap_sentence(newest), words.delivered_sentence(newest), words.uncosted_sentence(newest),
    )  # fmt: skip
    page.table(money_table(rows), name, visit)
    page.paragraphs(words.NEVER_SAYS, class_="small")


def _alt_text(rows: list[Row]) -> str:
    drawn = [
        f"{words.year_label(row)}: planned {shown(row, 'full_cost_pence', pounds)}, funding "
        f"{shown(row, 'funding_pence', pounds)}"
        for row in rows
        if known(row, "full_cost_pence")
    ]
    return f"Cost of EHC plans by academic year. {'; '.join(drawn)}."


def money_table(rows: list[Row]) -> TableTwin:
    """EHC plans by academic year."""
    return TableTwin(
        "EHC plans by academic year",
        headings("Year", "#Plans", "#Planned for the year", "#Delivered to date", "#Funding with the plans",
                 "#Plans above funding", "#Sum above funding", "#Outcomes due", "#Met", "#Not met", "#No evidence",
                 "#Sessions delivered"),
        tuple(
            (
                words.year_label(row),
                shown(row, "plans_count", whole),
                shown(row, "full_cost_pence", pounds),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "funding_pence", pounds),
                shown(row, "gap_plans_count", whole),
                shown(row, "gap_pence", pounds),
                shown(row, "outcomes_due_count", whole),
                shown(row, "outcomes_met_count", whole),
                shown(row, "outcomes_not_met_count", whole),
                shown(row, "outcomes_no_evidence_count", whole),
                shown(row, "delivered_rate", percent),
            )
            for row in rows
        ),
        "“Not met” counts outcomes that are still under way. The newest year runs to the date of the data.",
    )  # fmt: skip
