"""A governor's page: are they here and included. Absence, suspensions, part-time, moves, the curriculum."""

from __future__ import annotations

from dashboards.figures import shown
from dashboards.queries import inclusion, moves
from dashboards.views import page, shared_inclusion
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording import inclusion as words
from dashboards.wording.moves import moves_sentence
from dashboards.wording.numbers import whole, year_name


def show(visit: Visit) -> None:
    """Here and included, in one school."""
    urn = visit.school_urn or ""
    own = shared_inclusion.rows_of(visit, urn)
    now = next((row for row in visit.read(inclusion.now()) if row["school_urn"] == urn), {})
    facts = [("School year", year_name(own[0]["academic_year"]))] if own else []
    kicker = f"{visit.schools()[urn]['school_name']} · for governors"
    hidden = page.masthead(visit, kicker, "Are they here and included",
                           [*facts, ("On a part-time timetable", shown(now, "part_time_count", whole))])  # fmt: skip
    show_asks(visit, urn, shared_inclusion.TABLES)
    hidden += shared_inclusion.show_absence(visit, urn)
    page.ask("Is this spread or concentrated, and what support is in place? Answer without naming a child.")
    hidden += shared_inclusion.show_suspensions(visit, urn)
    shared_inclusion.show_how_counted()
    hidden += shared_inclusion.show_now(visit, urn)
    page.section("Left in mid-phase", "More stands on the page Leavers.")
    page.reading(moves_sentence([row for row in visit.read(moves.rates()) if row["school_urn"] == urn]))
    page.ask("Who left in mid-phase, where to, and what had we tried first? No child named.")
    hidden += shared_inclusion.show_curriculum(visit, urn)
    page.paragraphs(words.HOW_RECORDED, class_="small")
    page.key(hidden)
