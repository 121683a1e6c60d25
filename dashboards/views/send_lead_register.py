"""Register health across the trust: conflicts by school and by what differs. Released figures, and counts of rows."""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.queries import match
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_register_health
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording import match as words
from dashboards.wording.numbers import grouped, long_date, whole
from expectations.vocabulary import TRUST

TABLES = ("mart_match__school", "mart_needs__support")


def show(visit: Visit) -> None:
    """Do register, census and Insight agree, school by school?"""
    trust = next((row for row in visit.read(match.by_school()) if row["school_urn"] == TRUST), {})
    hidden = page.masthead(visit, "For the SEND lead", "Register health",
                  [("Pupils with a conflict", shown(trust, "conflicts_count", whole)),
                   ("More than 10 days", shown(trust, "conflicts_age", words.age_words)),
                   ("Next census", shown(trust, "next_census_date", long_date))])  # fmt: skip
    show_asks(visit, TRUST, TABLES)
    hidden += shared_register_health.show_schools(visit)
    rows = visit.read(match.old_by_field())
    page.section("What differs, and who mends it", "Open conflicts of all schools; one pupil may have several.")
    if rows:
        page.table(_fields(rows), "conflicts-by-field", visit)
    else:
        page.paragraphs("No conflict is open.")
    page.ask("Which list is wrong most often, and what would stop it at the source?")
    shared_register_health.show_how_counted()
    page.key(hidden)


def _fields(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Open conflicts by what differs",
        headings("What differs", "Who mends it", "#Open", "#More than 10 days", "~To close them"),
        tuple(
            (words.field_words(row["match_field"]), words.owner_words(row["owner"]), grouped(row["open_count"]),
             grouped(row["old_count"]), words.way_words(row))
            for row in rows
        ),
    )  # fmt: skip
