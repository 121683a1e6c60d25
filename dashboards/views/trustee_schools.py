"""The school grid, for trustees: a few figures of each school beside its last year, special and mainstream apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dashboards.figures import Row, shown
from dashboards.queries import deliveries, ehc_clock, identification, pupils, value_for_money
from dashboards.tables import Cell, TableTwin, headings
from dashboards.views import page, shared_identification
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from dashboards.wording.release import confidence_words

LIKE_IT = 10
"""With fewer comparators no comparison is made (VIEWS 1)."""
LEAD = (
    "In order of name: not a ranking. Special and mainstream schools stand apart, for their figures do not compare. "
    "A school is read beside its own last year; beside other schools only where there are ten of its kind."
)
Found = Mapping[str, Mapping[str, Row]]
"""Subject: the rows of the schools by their URN."""


def show(visit: Visit) -> None:
    """Schools by a few figures."""
    schools = visit.schools()
    special = sum(school["is_special"] for school in schools.values())
    page.masthead(visit, "For trustees", "Schools",
                  [("Mainstream", str(len(schools) - special)), ("Special", str(special))])  # fmt: skip
    page.paragraphs(LEAD)
    found, hidden = _found(visit, schools), 0
    for is_special, name in ((False, "Mainstream schools"), (True, "Special schools")):
        chosen = {urn: school for urn, school in schools.items() if school["is_special"] is is_special}
        if chosen:
            twin = _special(name, chosen, found) if is_special else _mainstream(name, chosen, found)
            hidden += page.table(twin, f"schools-{name.split()[0].lower()}", visit)
    page.key(hidden)


def _found(visit: Visit, schools: Mapping[str, Row]) -> Found:
    read = {"roll": pupils.on_roll(), "known": identification.by_school(), "plans": value_for_money.newest_year(),
            "clock": ehc_clock.by_school(), "sure": deliveries.confidence()}  # fmt: skip
    found = {name: {row["school_urn"]: row for row in visit.read(query)} for name, query in read.items()}
    before = {urn: visit.read(value_for_money.by_year(urn))[:-1] for urn in schools}
    return {**found, "before": {urn: rows[-1] for urn, rows in before.items() if rows}}


def _mainstream(name: str, schools: Mapping[str, Row], found: Found) -> TableTwin:
    """Who is identified, what is delivered and held in time, each share beside last year's, how sure the data is."""
    rows: list[tuple[Cell, ...]] = []
    for urn, school in schools.items():
        roll, known = found["roll"].get(urn, {}), found["known"].get(urn, {})
        rows.append(
            (
                school["school_name"],
                school["phase"],
                shown(roll, "pupils_count", whole),
                shown(roll, "sen_support_count", whole),
                shown(roll, "sen_support_rate", percent),
                shared_identification.last_year(known, "support"),
                shown(roll, "ehc_plan_count", whole),
                shown(roll, "ehc_plan_rate", percent),
                shared_identification.last_year(known, "plan"),
                *_kept(urn, found),
            )
        )
    labels = headings(
        "School", "Phase", "#Pupils", "#SEN support", "#%", "#% last year", "#EHC plans", "#%", "#% last year", *_KEPT
    )
    return TableTwin(name, labels, tuple(rows), _like_words(schools))


_KEPT = ("#Plan sessions delivered", "#Last year", "#Reviews held by their day", "Data confidence")


def _kept(urn: str, found: Found) -> tuple[Cell, ...]:
    """What is delivered, what is held in time, and how sure the data is; the same for every school."""
    return (
        shown(found["plans"].get(urn, {}), "delivered_rate", percent),
        shown(found["before"].get(urn, {}), "delivered_rate", percent),
        shown(found["clock"].get(urn, {}), "reviews_in_time_rate", percent),
        confidence_words(found["sure"].get(urn, {}).get("confidence")),
    )


def _special(name: str, schools: Mapping[str, Row], found: Found) -> TableTwin:
    """Counts alone: a special school's shares say nothing, for nearly every pupil there has a plan."""
    rows: list[tuple[Cell, ...]] = [
        (
            school["school_name"],
            shown(found["roll"].get(urn, {}), "pupils_count", whole),
            shown(found["roll"].get(urn, {}), "ehc_plan_count", whole),
            shown(found["roll"].get(urn, {}), "sen_support_count", whole),
            *_kept(urn, found),
        )
        for urn, school in schools.items()
    ]
    note = f"A special school’s shares are not compared: its pupils have plans. {_like_words(schools)}"
    return TableTwin(name, headings("School", "#Pupils", "#EHC plans", "#SEN support", *_KEPT), tuple(rows), note)


def _like_words(schools: Mapping[str, Row]) -> str:
    """Which kinds have too few schools to be set beside each other."""
    kinds = Counter(school["phase"] for school in schools.values())
    few = sorted(phase for phase, count in kinds.items() if count <= LIKE_IT)
    return f"{', '.join(few)}: fewer than {LIKE_IT} like it, so read each beside its last year." if few else ""
