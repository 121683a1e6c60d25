"""Promised and delivered, for the SEND lead: by kind of provision and school, then the lines that are furthest behind.

Released figures by school; the kinds of provision within a school and the lines are counted from the pupils' own rows.
"""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.markup import MISSING
from dashboards.queries import ehc_delivery
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_ehc_delivery
from dashboards.views.visits import Visit
from dashboards.wording import ehc_delivery as words
from dashboards.wording.numbers import grouped, percent, whole, year_name
from expectations.vocabulary import TRUST

LINES_SHOWN = 25
ASK = "Who employs the adult, what stands in the way, and from which day does it take place?"


def show(visit: Visit) -> None:
    """What the trust's plans promise, and what takes place."""
    newest = {row["school_urn"]: row for row in visit.read(ehc_delivery.newest_year())}
    trust, lines = newest.get(TRUST, {}), visit.read(ehc_delivery.furthest_behind(LINES_SHOWN))
    hidden = page.masthead(visit, "For the SEND lead", "Promised and delivered",
                  [("Delivered of due", shown(trust, "delivered_rate", percent)),
                   ("Specialist visits", shown(trust, "specialist_delivered_rate", percent)),
                   ("Hours owed", shown(trust, "shortfall_hours", whole))])  # fmt: skip
    page.paragraphs(words.DUTY)
    hidden += shared_ehc_delivery.show_by_type(visit, "delivery-by-type")
    page.ask(ASK)
    hidden += shared_ehc_delivery.show_schools(visit, "delivery-schools")
    shared_ehc_delivery.show_how_counted()
    _show_kinds(visit)
    if lines:
        page.section("Lines furthest behind", f"At most {LINES_SHOWN}, the largest share missing first. "
                     "They name children: do not pass the list on.")  # fmt: skip
        page.table(_lines_table(visit, lines), "lines-behind", visit)
    page.key(hidden)


def _show_kinds(visit: Visit) -> None:
    rows = visit.read(ehc_delivery.by_school_and_type())
    page.section("By school and kind of provision", "This year, of plans that are active. Specialists’ visits first.")
    names = {urn: school["school_name"] for urn, school in visit.schools().items()}
    cells = tuple(
        (
            names[row["school_urn"]],
            words.group_words(row["provision_group"]),
            grouped(row["lines_plans_count"]),
            grouped(row["behind_lines_count"]),
            grouped(row["lines_count"]),
            _share(row),
            shown(row, "shortfall_hours", whole),
            words.since_words(row),
        )
        for row in sorted(rows, key=lambda row: (list(names).index(row["school_urn"]), not row["is_specialist"]))
    )
    labels = headings("School", "Provision", "#Plans", "#Lines behind", "#Lines", "#Delivered of due", "#Hours owed",
                      "#A line behind since")  # fmt: skip
    page.table(TableTwin("Section F by school and kind of provision", labels, cells, words.SINCE), "kinds", visit,
               fold="Show every school and kind")  # fmt: skip


def _share(row: Row) -> str:
    due = row["due_sessions_count"]
    return percent(row["delivered_sessions_count"] / due) if due else MISSING


def _lines_table(visit: Visit, rows: list[Row]) -> TableTwin:
    schools = visit.schools()
    return TableTwin(
        "Lines of section F, the largest share missing first",
        headings("Pupil", "School", "~Line", "#Due", "#Delivered", "#Missing", "#Behind since"),
        tuple(
            (f"{row['surname']}, {row['forename']}", schools[row["school_urn"]]["school_name"], words.line_words(row),
             whole(row["due_sessions_count"]), grouped(row["delivered_sessions_count"]),
             grouped(row["shortfall_sessions_count"]), year_name(row["behind_since_year"]))
            for row in rows
        ),
    )  # fmt: skip
