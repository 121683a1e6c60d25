"""The school grid, for trustees: a few figures of each school, special and mainstream apart, and what compares."""

from __future__ import annotations

from collections import Counter

from dashboards.figures import Row, hidden_count, shown
from dashboards.queries import deliveries, ehc_clock, pupils, value_for_money
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from dashboards.wording.release import confidence_words

LIKE_IT = 10
"""With fewer comparators no comparison is made (VIEWS 1)."""
LEAD = (
    "In order of name: not a ranking. Special and mainstream schools stand apart, for their figures do not compare. "
    "Schools of fewer than ten of a kind are read beside their own last year, not beside each other."
)


def show(visit: Visit) -> None:
    """Schools by a few figures."""
    schools = visit.schools()
    special = sum(school["is_special"] for school in schools.values())
    page.masthead(visit, "For trustees", "Schools",
                  [("Mainstream", str(len(schools) - special)), ("Special", str(special))])  # fmt: skip
    page.paragraphs(LEAD)
    rows = (visit.read(pupils.on_roll()), visit.read(value_for_money.newest_year()), visit.read(ehc_clock.by_school()),
            visit.read(deliveries.confidence()))  # fmt: skip
    found = [{row["school_urn"]: row for row in read} for read in rows]
    hidden = 0
    for is_special, name in ((False, "Mainstream schools"), (True, "Special schools")):
        chosen = {urn: school for urn, school in schools.items() if school["is_special"] is is_special}
        if chosen:
            hidden += page.table(_grid(name, chosen, found), f"schools-{name.split()[0].lower()}", visit)
    page.key(hidden)


def _grid(name: str, schools: dict[str, Row], found: list[dict[str, Row]]) -> TableTwin:
    """One row per school: who is on roll, what is delivered, what is held in time, how sure, how far it compares."""
    kinds = Counter(school["phase"] for school in schools.values())
    rows = []
    for urn, school in schools.items():
        roll, plan, clock, sure = (by_urn.get(urn, {}) for by_urn in found)
        rows.append(
            (
                school["school_name"],
                school["phase"],
                shown(roll, "pupils_count", whole),
                shown(roll, "sen_support_count", whole),
                shown(roll, "sen_support_rate", percent),
                shown(roll, "ehc_plan_count", whole),
                shown(roll, "ehc_plan_rate", percent),
                shown(plan, "delivered_rate", percent),
                shown(clock, "reviews_in_time_rate", percent),
                confidence_words(sure.get("confidence")),
                _flags(school, kinds[school["phase"]], roll, plan, clock),
            )
        )
    labels = headings(
        "School", "Phase", "#Pupils", "#SEN support", "#% SEN support", "#EHC plans", "#% EHC plans",
        "#Plan sessions delivered", "#Reviews held by their day", "Data confidence", "What compares",
    )  # fmt: skip
    return TableTwin(name, labels, tuple(rows))


def _flags(school: Row, of_its_kind: int, *rows: Row) -> str:
    """Why figures of a school do not compare: too few like it, hidden, or not recorded."""
    others = of_its_kind - 1
    shown_columns = ("pupils_count", "sen_support_count", "sen_support_rate", "ehc_plan_count", "ehc_plan_rate",
                     "delivered_rate", "reviews_in_time_rate")  # fmt: skip
    hidden = hidden_count(rows, *shown_columns)
    said = [
        "shares are not compared" if school["is_special"] else "",
        f"fewer than {LIKE_IT} like it" if others < LIKE_IT else "",
        f"{hidden} hidden" if hidden else "",
        "something not recorded" if not all(rows) else "",
    ]
    return "; ".join(part for part in said if part) or "compares"
