"""Trustees' page: here and included across schools, special and mainstream apart, in order of name. Not a ranking."""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.queries import inclusion, moves
from dashboards.tables import Cell, TableTwin, headings
from dashboards.views import page, shared_inclusion
from dashboards.views.shared_asking import show_asks
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import inclusion as words
from dashboards.wording.moves import moves_sentence, where_sentence
from dashboards.wording.numbers import percent, whole, year_name
from expectations.vocabulary import TRUST

_NOW: tuple[Figure, ...] = (
    ("#Part-time timetable", "part_time_count", whole),
    ("#Of these, late", "part_time_late_count", whole),
    ("#Alternative provision", "placed_count", whole),
    ("#Permanently excluded, 12 months", "excluded_count", whole),
)
_TAKING_PART: tuple[Figure, ...] = (
    ("#Recorded", "recorded_rate", percent),
    ("#In full", "full_rate", percent),
    ("#Adapted", "adapted_rate", percent),
    ("#Not taught", "not_taught_rate", percent),
    ("#Not taught a foundation subject", "narrowed_rate", percent),
    ("#Miss lessons for an intervention", "missing_rate", percent),
)


def show(visit: Visit) -> None:
    """Here and included across the trust."""
    own = shared_inclusion.rows_of(visit, TRUST)
    facts = [("School year", year_name(own[0]["academic_year"]))] if own else []
    page.masthead(visit, "For trustees", "Here and included", facts)
    page.paragraphs("Schools stand in order of name, special and mainstream apart. Not a ranking.")
    show_asks(visit, TRUST, shared_inclusion.TABLES)
    page.key(show_trust(visit) + show_schools(visit))


def show_trust(visit: Visit) -> int:
    """The trust's own figures; hidden cells."""
    hidden = shared_inclusion.show_absence(visit, TRUST)
    hidden += shared_inclusion.show_suspensions(visit, TRUST)
    shared_inclusion.show_how_counted()
    hidden += shared_inclusion.show_now(visit, TRUST)
    rates = [row for row in visit.read(moves.rates()) if row["school_urn"] == TRUST]
    page.section("Left in mid-phase", "Over the last three years; more stands on the page Destinations.")
    by_status = {row["move_group"]: where_sentence(row) for row in rates if row["move_group"] != "All pupils"}
    page.reading(moves_sentence(rates), *(f"{group}. {said}" for group, said in by_status.items() if said))
    return hidden + shared_inclusion.show_curriculum(visit, TRUST)


def show_schools(visit: Visit) -> int:
    """The schools side by side; hidden cells."""
    figures = visit.read(inclusion.figures())
    page.section("School by school", "With SEN, apart where each group has ten pupils or more. In order of name.")
    hidden = 0
    for is_special, kind in ((False, "Mainstream schools"), (True, "Special schools")):
        cells = _group_cells(visit, figures, is_special)
        if cells:
            labels = headings("School", "Pupils", "#Half-days missed", "#A year before", "#Missed a tenth or more",
                              "#Likely range", "#Suspensions for each 100", "#Likely range")  # fmt: skip
            twin = TableTwin(f"{kind}: absence and suspensions", labels, cells)
            fold = f"Show {kind.lower()}: absence and suspensions"
            hidden += page.table(twin, f"inclusion-{kind.split()[0].lower()}", visit, fold)
    now = {row["school_urn"]: row for row in visit.read(inclusion.now()) if row["sen_group"] == "All pupils"}
    hidden += show_by_school(visit, "Pupils who are not in school all week", now, _NOW, "not-all-week-schools",
                             is_folded=True)  # fmt: skip
    taught = {row["school_urn"]: row for row in visit.read(inclusion.curriculum())}
    return hidden + show_by_school(visit, "Taking part in the curriculum", taught, _TAKING_PART, "curriculum-schools",
                                   is_folded=True)  # fmt: skip


def _group_cells(visit: Visit, figures: list[Row], is_special: bool) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        _cells(school["school_name"], row)
        for urn, school in visit.schools().items()
        if school["is_special"] is is_special
        for row in words.told_groups(row for row in figures if row["school_urn"] == urn)
        if row["sen_group"] != "No SEN"
    )


def _cells(name: str, row: Row) -> tuple[Cell, ...]:
    """One group of one school."""
    return (
        name,
        words.GROUP_LABELS[row["sen_group"]],
        shown(row, "absence_rate", words.one_place),
        shown(row, "before_absence_rate", words.one_place),
        shown(row, "persistent_rate", percent),
        shared_inclusion.range_of(row, "persistent"),
        shown(row, "suspensions_per_100_years", words.per_100),
        shared_inclusion.range_of(row, "suspensions"),
    )
