"""Outcomes of EHC plans: where they stand, what changed, how far the tracker is in use; for a school or the trust."""

from __future__ import annotations

import streamlit as st

from dashboards.charts.ehc_outcomes import can_be_drawn, standing_chart
from dashboards.figures import Row, shown
from dashboards.markup import Content, tag
from dashboards.queries import ehc_outcomes
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import ehc_outcomes as words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

_LEGEND = (
    ("deep", "met"), ("tint", "on track, with evidence"), ("hatched", "said, not borne out"), ("pale", "off track"),
    ("open", "no evidence"),
)  # fmt: skip
STANDS: tuple[Figure, ...] = (
    ("#Outcomes", "outcomes_count", whole),
    *((f"#{label}", column, whole) for column, label in words.STANDING_COLUMNS.items()),
    ("#Pupils with a milestone overdue", "overdue_pupils_count", whole),
)
IN_USE: tuple[Figure, ...] = (
    ("#Pupils with a plan", "ehc_plan_count", whole),
    ("#With an outcome", "with_outcomes_rate", percent),
    ("#With a milestone", "with_milestones_rate", percent),
    ("#Evidence in 14 weeks", "with_evidence_rate", percent),
    ("Milestones", "tracker_use", lambda code: words.use_words({"tracker_use": code})),
)


def show_outcomes(visit: Visit, school_urn: str, name: str) -> int:
    """One school, or the trust: the outcomes beside the trust's, in words, chart and table. Returns hidden cells."""
    found = {row["school_urn"]: row for row in visit.read(ehc_outcomes.by_school())}
    row = found.get(school_urn)
    page.section("Outcomes", "Where the outcomes of EHC plans stand, on the record.")
    if row is None or row["ehc_plan_count"] == 0:
        page.paragraphs("No pupil on roll has an EHC plan.")
        return 0
    named = [("The trust", found[TRUST])] if TRUST in found else []
    if school_urn != TRUST:
        named = [(visit.schools()[school_urn]["school_name"], row), *named]
    drawn = [(label, one) for label, one in named if can_be_drawn(one)]
    is_drawn = bool(drawn) and drawn[0][1] is row
    if is_drawn:
        page.chart(standing_chart(drawn), alt=_alt(drawn), key=f"chart-{name}", title=titles.outcomes_title(row))
        page.legend(*_LEGEND)
    page.reading(words.standing_sentence(row), words.overdue_sentence(row), words.change_sentence(row))
    st.html(tag("details", tag("summary", "How outcomes are counted"), tag("p", words.HOW_COUNTED),
                tag("p", words.ABOUT_CHANGE)))  # fmt: skip
    hidden = page.table(_standing_table(named), name, visit, fold=page.SAME_AS_TABLE if is_drawn else "")
    page.paragraphs(words.use_sentence(row), words.ABOUT_USE, class_="small")
    return hidden


def show_areas(visit: Visit, name: str) -> int:
    """The trust by area of need, and by area of preparation for adulthood, each one click away."""
    rows, hidden = visit.read(ehc_outcomes.by_area()), 0
    for kind, title, fold in (
        ("NEED", "By area of need", "Show outcomes by area of need"),
        ("ADULTHOOD", "Preparation for adulthood", "Show preparation for adulthood, from year 9 on"),
    ):
        mine = [row for row in rows if row["area_kind"] == kind]
        if mine:
            hidden += page.table(_area_table(title, mine), f"{name}-{kind.lower()}", visit, fold)
    return hidden


def show_schools(visit: Visit, name: str) -> int:
    """School by school, each one click away: where outcomes stand, and how far the tracker is in use."""
    found = {row["school_urn"]: row for row in visit.read(ehc_outcomes.by_school()) if row["ehc_plan_count"] != 0}
    hidden = show_by_school(visit, "Outcomes of EHC plans", found, STANDS, name, is_folded=True)
    return hidden + show_by_school(visit, "The tracker in use", found, IN_USE, f"{name}-use", is_folded=True)


def _alt(drawn: list[tuple[str, Row]]) -> str:
    said = [
        f"{label}: {', '.join(f'{group.lower()} {row[column]}' for column, group in words.STANDING_COLUMNS.items())}"
        for label, row in drawn
    ]
    return f"Outcomes of EHC plans by where they stand. {'; '.join(said)}."


def _counts(row: Row) -> tuple[Content, ...]:
    return tuple(shown(row, column, whole) for column in ("outcomes_count", *words.STANDING_COLUMNS))


def _standing_table(named: list[tuple[str, Row]]) -> TableTwin:
    labels = headings(
        "Where", "#Outcomes", *(f"#{label}" for label in words.STANDING_COLUMNS.values()), "#Milestones overdue"
    )
    rows = tuple((label, *_counts(row), shown(row, "overdue_milestones_count", whole)) for label, row in named)
    return TableTwin("Outcomes of EHC plans", labels, rows)


def _area_table(title: str, rows: list[Row]) -> TableTwin:
    labels = headings("Area", "#Pupils", "#Outcomes", *(f"#{label}" for label in words.STANDING_COLUMNS.values()))
    cells = tuple((row["outcome_area"], shown(row, "area_pupils_count", whole), *_counts(row)) for row in rows)
    return TableTwin(title, labels, cells, "A pupil with outcomes in two areas is in both.")
