"""Promised and delivered: a school or the trust by year, and the trust by kind of provision. A shortfall is a duty."""

from __future__ import annotations

import streamlit as st

from dashboards.charts.ehc_delivery import delivered_chart
from dashboards.figures import Row, known, shown
from dashboards.markup import tag
from dashboards.queries import ehc_delivery
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import ehc_delivery as words
from dashboards.wording.numbers import percent, whole, year_name

BY_SCHOOL: tuple[Figure, ...] = (
    ("#Plans", "plans_count", whole),
    ("#Plans behind", "behind_plans_count", whole),
    ("#Sessions delivered", "delivered_rate", percent),
    ("#School’s own support", "support_delivered_rate", percent),
    ("#Specialist visits", "specialist_delivered_rate", percent),
    ("#Hours owed", "shortfall_hours", whole),
    ("#Visits below 90% since", "specialist_behind_since_year", year_name),
)


def show_delivery(visit: Visit, school_urn: str, name: str) -> int:
    """One school, or the trust, by academic year: sentences and table. Returns the hidden cells."""
    rows = visit.read(ehc_delivery.by_year(school_urn))
    page.section("Promised and delivered", words.DUTY)
    if not rows:
        page.paragraphs("There is no section F provision in the data.")
        return 0
    newest = rows[-1]
    said = (words.delivered_sentence(newest), words.since_sentence(newest), words.hours_sentence(newest),
            words.behind_sentence(newest))  # fmt: skip
    page.reading(*(said if any(said) else ("Not shown: the number of plans is small.",)))
    show_how_counted()
    return page.table(_by_year(rows), name, visit)


def show_by_type(visit: Visit, name: str) -> int:
    """The trust by kind of provision, specialists first: chart, sentences, table."""
    rows = visit.read(ehc_delivery.by_type())
    page.section("Which provision is missing", "Over the whole trust this year, by kind; specialists’ visits first.")
    if not rows:
        page.paragraphs("No sessions are on record this year.")
        return 0
    drawn = [row for row in rows if known(row, "delivered_rate")]
    if drawn:
        page.chart(delivered_chart(rows), alt=_alt(drawn), key=f"chart-{name}", title=titles.provision_title(rows))
        page.legend(("tint", "due to date"), ("deep", "delivered"))
    page.reading(words.furthest_behind_sentence(rows), words.SINCE)
    return page.table(_by_type(rows), name, visit)


def show_schools(visit: Visit, name: str, *, is_folded: bool = False) -> int:
    """School by school in the newest year, special and mainstream apart; under a heading of its own or folded away."""
    found = {row["school_urn"]: row for row in visit.read(ehc_delivery.newest_year())}
    if not is_folded:
        page.section(
            "By school", "In order of name, special and mainstream apart. Not a ranking: ask what lies behind."
        )
    return show_by_school(visit, "Section F this year", found, BY_SCHOOL, name, is_folded=is_folded)


def show_how_counted() -> None:
    """How what is due is counted, folded away."""
    st.html(tag("details", tag("summary", "How this is counted"), tag("p", words.HOW_COUNTED)))


def _alt(rows: list[Row]) -> str:
    listed = "; ".join(f"{words.group_words(row['provision_group'])} {percent(row['delivered_rate'])}" for row in rows)
    return f"Sessions delivered of those due, by kind of provision over the trust. {listed}."


def _by_year(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Section F by academic year",
        headings("Year", "#Plans", "#Plans behind", "#Sessions delivered", "#School’s own support",
                 "#Specialist visits", "#Hours promised", "#Hours due", "#Hours delivered", "#Hours owed"),
        tuple(
            (
                year_name(row["academic_year"]),
                *(shown(row, column, whole) for column in ("plans_count", "behind_plans_count")),
                *(shown(row, f"{part}delivered_rate", percent) for part in ("", "support_", "specialist_")),
                *(shown(row, f"{part}_hours", whole) for part in ("promised", "due", "delivered", "shortfall")),
            )
            for row in rows
        ),
        "The newest year runs to the date of the data. Hours promised are the whole year’s.",
    )  # fmt: skip


def _by_type(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Section F by kind of provision, the whole trust",
        headings("Provision", "#Plans", "#Plans behind", "#Sessions delivered", "#Hours due", "#Hours owed",
                 "#Below 90% since", "#On record since"),
        tuple(
            (
                words.group_words(row["provision_group"]),
                shown(row, "type_plans_count", whole),
                shown(row, "behind_plans_count", whole),
                shown(row, "delivered_rate", percent),
                shown(row, "due_hours", whole),
                shown(row, "shortfall_hours", whole),
                shown(row, "behind_since_year", year_name),
                shown(row, "recorded_since_year", year_name),
            )
            for row in rows
        ),
        "Below 90% since: the first of the school years in a row with less than 90% delivered.",
    )  # fmt: skip
