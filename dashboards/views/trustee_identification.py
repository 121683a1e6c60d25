"""Trustees' page of identification: the funnel, expected and observed by school, groups, needs, published figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboards.charts.funnel import dots_of, funnel_alt, funnel_chart
from dashboards.figures import Row, shown
from dashboards.markup import Content
from dashboards.queries import identification, questions
from dashboards.tables import TableTwin, headings
from dashboards.views import (
    page,
    shared_identification,
    shared_moderation,
    shared_needs,
    shared_register_health,
    shared_sen_flows,
)
from dashboards.views.shared_asking import ASKS_SHOWN, NOT_A_JUDGEMENT, asks_of
from dashboards.views.shared_by_school import show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import identification as words
from dashboards.wording.numbers import grouped, percent, whole
from dashboards.wording.questions import Ask
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """Identification over the trust."""
    schools = visit.schools()
    rows = {row["school_urn"]: row for row in visit.read(identification.by_school())}
    hidden = page.masthead(visit, "For trustees", "Identification and moderation",
                  [("Schools", str(len(schools))),
                   ("SEN support, all schools", shown(rows.get(TRUST, {}), "sen_support_count", whole))])  # fmt: skip
    _ask_about(visit, schools)
    mainstream = {urn: school["school_name"] for urn, school in schools.items() if not school["is_special"]}
    hidden += _funnel(visit, rows, mainstream)
    hidden += show_by_school(visit, "On roll and identified", rows, _FIGURES, "identified", is_folded=True)
    hidden += shared_identification.show_groups(visit, TRUST, rows.get(TRUST, {}), "trust")
    hidden += shared_sen_flows.show(visit, TRUST)
    hidden += shared_needs.show(visit, TRUST)
    hidden += shared_register_health.show_schools(visit, is_folded=True)
    shared_identification.show_shares(visit, "Primary", "primary")
    shared_identification.show_shares(visit, "Secondary", "secondary")
    _caseload(visit)
    page.key(hidden + shared_moderation.show(visit, TRUST))


_FIGURES = (
    ("#On roll", "pupils_count", whole), ("#SEN support", "sen_support_count", whole),
    ("#SEN support, year before", "year_before_support_rate", percent), ("#EHC plans", "ehc_plan_count", whole),
    ("#On no register, worth a look", "unlisted_count", whole),
)  # fmt: skip


_THE_TRUST = "The trust"


def _ask_about(visit: Visit, schools: dict[str, Row]) -> None:
    """The exceptions of each school, in order of name, and of the trust."""
    page.section("Ask about", NOT_A_JUDGEMENT)
    asked = [(name, question) for urn, name in [*((urn, school["school_name"]) for urn, school in schools.items()),
                                                (TRUST, _THE_TRUST)]
             for question in visit.read(questions.every_one_of_school(urn))
             if question["figure_table"] in shared_identification.TABLES]  # fmt: skip
    if not asked:
        page.paragraphs("Nothing in these figures stands out.")
        return
    listed = asks_of(visit, [question for _, question in asked])
    named = list(zip((name for name, _ in asked), listed, strict=True))
    ranks = [question["question_rank"] for _, question in asked]
    st.html(page.asks(words_together(named, ranks), ASKS_SHOWN))
    cells = tuple((name, ask.title, ask.said, ask.question) for name, ask in named)
    page.table(TableTwin("Questions", headings("School", "~What stands out", "~What the figures say", "~Ask"), cells),
               "identification-questions", visit, fold="Show what the figures of each school say")  # fmt: skip


def words_together(named: Sequence[tuple[str, Ask]], ranks: Sequence[int]) -> list[Ask]:
    """One exception for all the schools that have it, in their names; the most pressing anywhere first."""
    order: dict[str, int] = {}
    for (_, ask), rank in zip(named, ranks, strict=True):
        order[ask.title] = min(rank, order.get(ask.title, rank))
    grouped_asks = {title: [(name, ask) for name, ask in named if ask.title == title] for title in order}
    return [
        replace(found[0][1], said=words.together_sentence([(name, ask.said) for name, ask in found], _THE_TRUST))
        for _, found in sorted(grouped_asks.items(), key=lambda item: (order[item[0]], item[0]))
    ]


def _funnel(visit: Visit, rows: dict[str, Row], mainstream: dict[str, str]) -> int:
    page.section("Expected and observed", "Pupils with SEN support, mainstream schools only.")
    points = visit.read(identification.funnel())
    page.reading(words.funnel_sentence(points))
    listed = [rows[urn] for urn in mainstream if urn in rows]
    if points:
        dots = dots_of(listed, mainstream)
        page.chart(funnel_chart(points, dots), funnel_alt(dots), "funnel",
                   titles.funnel_title([dot.name for dot in dots if dot.is_beyond]))  # fmt: skip
        page.legend(
            ("dot", "A school within the outer lines; touch it for its name"),
            ("", "Diamond: a school beyond them, worth a conversation"),
        )
        page.paragraphs("A school whose count is hidden, or that is compared with England only, is not drawn.",
                        class_="small")  # fmt: skip
    hidden = page.table(_compared(listed, mainstream), "compared", visit, fold=page.SAME_AS_TABLE if points else "")
    page.paragraphs(words.HOW_TO_READ, class_="small")
    return hidden


def _compared(rows: list[Row], names: dict[str, str]) -> TableTwin:
    cells: tuple[tuple[Content, ...], ...] = tuple(
        (
            names[row["school_urn"]],
            shown(row, "sen_support_count", whole),
            shown(row, "support_expected", whole),
            shared_identification.range_cell(row, "support"),
            shown(row, "support_adjusted_rate", percent),
            words.verdict_words(row),
            shown(row, "ehc_plan_count", whole),
            shared_identification.range_cell(row, "plan"),
        )
        for row in rows
    )
    labels = headings("School", "#SEN support", "#Expected", "#95 in 100", "#Adjusted share", "~Beside its like",
                      "#EHC plans", "#95 in 100, by England")  # fmt: skip
    return TableTwin("Mainstream schools beside their like", labels, cells, "In order of name; this is no ranking.")


def _caseload(visit: Visit) -> None:
    """Plans that authorities maintain: a section of its own, for it is another measure."""
    rows = visit.read(identification.caseload())
    if not rows:
        return
    page.section("Plans that the authority maintains", words.CASELOAD_NOTE)
    cells = tuple(
        (str(row["caseload_year"]), row["area"], grouped(row["maintained_plans_count"]), row["method_version"])
        for row in rows
    )
    note = f"{rows[0]['publication']}, {rows[0]['released']}. Figures of two methods are two series."
    twin = TableTwin(
        "EHC plans maintained in January", headings("January", "Area", "#Plans", "How collected"), cells, note
    )
    page.table(twin, "caseload", visit, fold="Show every year")
