"""Do the invoices and the figures agree? By school and year, and the lines to look at. For the staff app only."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import MISSING, Content
from dashboards.queries import money
from dashboards.tables import Stacked, TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import ledger as words
from dashboards.wording.numbers import percent, pounds, year_name
from expectations.vocabulary import TRUST


def show_ledger(visit: Visit) -> None:
    """One financial year's reconciliation, then every line that a person should look at."""
    rows, lines = visit.read(money.reconciliation()), visit.read(money.findings())
    page.section("Do invoices and figures agree?", words.summary_sentence(rows))
    names = {urn: school["school_name"] for urn, school in visit.schools().items()} | {TRUST: "The trust"}
    if rows:
        years = list(dict.fromkeys(row["financial_year"] for row in rows))
        year = st.selectbox("Financial year", years, format_func=year_name, key="ledger-year")
        of_year = [row for row in rows if row["financial_year"] == year]
        page.reading(*(words.difference_sentence(row) for row in of_year if row["school_urn"] == TRUST))
        of_year.sort(key=lambda row: (row["school_urn"] != TRUST, -abs(row["difference_pence"] or 0)))
        page.table(_reconciliation(of_year, names), "reconciliation", visit, is_shortened=True)
    if lines:
        page.table(_lines(lines, names), "ledger-lines", visit, fold=f"Lines to look at: {len(lines):,}",
                   is_printed=False)  # fmt: skip


def _reconciliation(rows: list[Row], names: Mapping[str, str]) -> TableTwin:
    labels = headings(
        "School", "Kind", "#Ledger", "#Counted", "#Apart", "#Apart, %", f"More than {words.LIMIT}", "~Why"
    )
    cells: list[tuple[Content, ...]] = [
        (
            names.get(row["school_urn"], row["school_urn"]),
            words.KINDS[row["cost_kind"]],
            pounds(row["ledger_pence"]),
            pounds(row["counted_pence"]),
            pounds(row["difference_pence"]),
            MISSING if row["difference_rate"] is None else percent(row["difference_rate"]),
            "" if row["is_within_limit"] else "Yes",
            words.reasons_words(row),
        )
        for row in rows
    ]
    note = (
        "Ledger: all lines whose amount can be read. Counted: what the cost figures hold. Minus: counted by date here."
    )
    return TableTwin("The ledger and what is counted, the furthest apart first", labels, tuple(cells), note)


def _lines(lines: list[Row], names: Mapping[str, str]) -> TableTwin:
    labels = headings("File", "#Row", "School", "#Amount", "~What and what next")
    cells = tuple(
        (
            row["file_name"] + (f" · {row['sheet']}" if row["sheet"] else ""),
            str(row["row_number"]),
            names.get(row["school_urn"], row["school_urn"]) if row["school_urn"] != TRUST else "None of ours",
            MISSING if row["amount_pence"] is None else pounds(row["amount_pence"]),
            Stacked(*words.rule_words(row["rule"])),
        )
        for row in lines
    )
    return TableTwin("Lines of the money workbook to look at", labels, cells)
