"""The statutory clock for the board and the SEND lead: the school's part beside the authority's, curve, forecast.

Sections for pages to put together; each returns how many of its cells are hidden.
"""

from __future__ import annotations

import streamlit as st

from dashboards.charts.ehc_clock import curve_chart
from dashboards.figures import Row, known, shown
from dashboards.markup import tag
from dashboards.queries import ehc_clock
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_by_school import Figure, show_by_school
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import ehc_clock as words
from dashboards.wording.numbers import percent, published_percent, whole

OURS: tuple[Figure, ...] = (
    ("#Plans", "plans_count", whole),
    ("#Reviews due", "reviews_due_count", whole),
    ("#Held by their day", "reviews_in_time_rate", percent),
    ("#Report in 2 weeks", "reports_in_time_rate", percent),
    ("#Overdue now", "overdue_reviews_count", whole),
    ("#Due in 90 days", "due_soon_count", whole),
)
THEIRS: tuple[Figure, ...] = (
    ("#Decided in 4 weeks", "decisions_in_time_rate", percent),
    ("#Amended plan in time", "amended_in_time_rate", percent),
    ("#Requests open", "open_requests_count", whole),
    ("#Open past 20 weeks", "open_late_count", whole),
)
NEXT: tuple[Figure, ...] = (
    ("#Must change school", "transfers_count", whole),
    ("#Not reviewed yet", "transfers_unreviewed_count", whole),
    ("#Plan late", "transfers_late_count", whole),
    ("#Reviews, year 9 on", "adulthood_due_count", whole),
    ("#Adulthood covered", "adulthood_covered_rate", percent),
)
DECIDED = "Review decisions within 4 weeks of the meeting"
ISSUED = "Final plans issued within 20 weeks, exceptions left out"
OUTSTANDING = "Review decisions outstanding"
_PARTS = (
    ("Annual review held by its day", "School", "reviews"),
    ("Report sent within two weeks", "School", "reports"),
    ("Decision within four weeks", "Authority", "decisions"),
    ("Amended plan in time", "Authority", "amended"),
)


def show_reviews(visit: Visit, row: Row, name: str) -> int:
    """Annual reviews of one school or the trust: what was ours, what was the authority's, what is overdue."""
    page.section("Annual reviews", "What the school owes and what the authority owes are two things.")
    if not row:
        page.paragraphs("No plans are in the data.")
        return 0
    page.reading(tag("b", "Our part. "), words.reviews_sentence(row), words.reports_sentence(row),
                 words.overdue_sentence(row))  # fmt: skip
    published = visit.read(ehc_clock.published(DECIDED))
    page.reading(tag("b", "The authority’s part. "), words.decisions_sentence(row), words.amended_sentence(row),
                 words.published_sentence(published, "Decided within four weeks of the meeting"))  # fmt: skip
    page.paragraphs(words.adulthood_sentence(row))
    show_how_counted(words.refused_sentence(visit.read(ehc_clock.published(OUTSTANDING))))
    return page.table(_reviews_table(row), name, visit, fold=page.SAME_AS_TABLE)


def _reviews_table(row: Row) -> TableTwin:
    return TableTwin(
        "Steps of annual reviews that fell due in the last 12 months",
        headings("Step", "Whose", "#Fell due", "#In time", "#Share"),
        tuple(
            (label, whose, shown(row, f"{stem}_due_count", whole), shown(row, f"{stem}_in_time_count", whole),
             shown(row, f"{stem}_in_time_rate", percent))
            for label, whose, stem in _PARTS
        ),
        "The school’s lateness and the authority’s are never added.",
    )  # fmt: skip


def show_transfers(row: Row) -> None:
    """Pupils who must change school at the end of the year."""
    page.section("Changes of school", "The amended plan must be there before 15 February, or 31 March after year 11.")
    page.reading(words.transfers_sentence(row) or "No plans are in the data.")


def show_requests(visit: Visit, row: Row) -> int:
    """Requests for an assessment: open ones, both rates of the trust, the curve."""
    page.section(
        "Requests for an assessment",
        "The authority has 20 weeks from the request to the final plan. The curve, "
        "the forecast and the years are of the trust’s schools together: one school’s would be too few.",
    )
    curve, forecast = visit.read(ehc_clock.curve()), (visit.read(ehc_clock.forecast()) or [{}])[0]
    drawn = [point for point in curve if known(point, "issued_rate")]
    page.paragraphs(words.open_sentence(row))
    if len(drawn) > 1:
        page.chart(curve_chart(curve), alt=_curve_alt(drawn), key="chart-clock-curve",
                   title=titles.requests_title(forecast))  # fmt: skip
    page.reading(words.by_20_sentence(forecast), words.expected_sentence(forecast),
                 words.caseload_sentence(forecast))  # fmt: skip
    hidden = 0
    if curve:
        hidden = page.table(curve_table(curve), "clock-curve", visit, fold=page.SAME_AS_TABLE)
    return hidden + _by_year(visit)


def _curve_alt(drawn: list[Row]) -> str:
    points = ", ".join(f"{percent(row['issued_rate'])} by {row['elapsed_weeks']} weeks" for row in drawn)
    return f"Likely share of all requests, open ones included, with a final plan: {points}."


def curve_table(rows: list[Row]) -> TableTwin:
    """The curve as a table."""
    return TableTwin(
        "Likely share of the trust’s requests with a final plan, open requests included",
        headings("Weeks since the request", "#With a final plan"),
        tuple((str(row["elapsed_weeks"]), shown(row, "issued_rate", percent)) for row in rows),
        "Told while at least ten requests were followed so long. " + words.LATE_PLAN_RULE,
    )


def _by_year(visit: Visit) -> int:
    """The published definition, by calendar year, the trust beside England."""
    rows = [row for row in visit.read(ehc_clock.by_year()) if row["issued_count"] != 0]
    england = visit.read(ehc_clock.published(ISSUED))
    if not rows:
        return 0
    there = {row["period"]: row for row in england if row["area"] == "England"}
    page.paragraphs(
        "Below are plans issued in each year, as DfE counts them. That leaves out whoever still waits, so it can look "
        "better while a queue grows; read it with the share above."
    )
    twin = TableTwin(
        "Final plans issued, by calendar year, the trust’s schools together",
        headings("Year", "#Issued", "#In 20 weeks", "#In 20 weeks, exceptions left out",
                 "#England, exceptions left out", "#Decided in 6 weeks"),
        tuple(
            (str(row["calendar_year"]), shown(row, "issued_count", whole), shown(row, "issued_in_time_rate", percent),
             shown(row, "regular_in_time_rate", percent), _published(there.get(str(row["calendar_year"]))),
             shown(row, "decided_in_time_rate", percent))
            for row in rows
        ),
        _of_england(list(there.values())),
    )  # fmt: skip
    return page.table(twin, "clock-years", visit)


def _of_england(england: list[Row]) -> str:
    """Where England's figures are from; nothing where there are none."""
    if not england:
        return ""
    methods = {row["method_version"] for row in england}
    split = " Collected in two ways, up to 2021 and since: two series." if len(methods) > 1 else ""
    return f"England: {england[0]['publication']}.{split}"


def _published(row: Row | None) -> str:
    return published_percent(row["value"]) if row and row["value"] is not None else "–"


def show_how_counted(more: str = "") -> None:
    """How days are counted, folded away."""
    lines = [tag("p", line) for line in (words.HOW_COUNTED, more) if line]
    st.html(tag("details", tag("summary", "How the days are counted"), *lines))


def show_schools_folded(visit: Visit) -> int:
    """The same tables as ``show_schools``, each one click away, under one heading."""
    found = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    page.section("Reviews school by school", "In order of name, special and mainstream apart. Not a ranking.")
    return sum(show_by_school(visit, title, found, figures, f"clock-{name}", is_folded=True)
               for title, figures, name in (("Our part", OURS, "ours"), ("The authority’s part", THEIRS, "theirs"),
                                            ("What comes next", NEXT, "next")))  # fmt: skip


def show_schools(visit: Visit) -> int:
    """Every school: its own part, the authority's part, what comes next; special and mainstream apart."""
    found = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    hidden = 0
    for title, lead, figures, name in (
        (
            "Our part",
            "Annual reviews of the last 12 months: held by their day, report sent in two weeks.",
            OURS,
            "ours",
        ),
        ("The authority’s part", "Decisions and amended plans after reviews; requests still open.", THEIRS, "theirs"),
        ("What comes next", "Changes of school this year; preparation for adulthood from year 9.", NEXT, "next"),
    ):
        page.section(title, lead if found else "No figures yet.")
        hidden += show_by_school(visit, title, found, figures, f"clock-{name}")
    return hidden
