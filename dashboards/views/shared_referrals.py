"""Outside agencies (figure 16): who waits now, how long half waited to be seen, spend; by service over the trust.

The same for a school and the trust. Services stand in order of agency and name: waits are to ask about, not a ranking.
"""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.charts.waits import waits_alt, waits_chart
from dashboards.figures import Row, known, shown
from dashboards.queries import referrals
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import referrals as words
from dashboards.wording.numbers import pounds, whole
from expectations.vocabulary import TRUST

YARDSTICK_WEEKS = 18
_LEGEND = (("dot hollow", "week by which half were seen"), ("swatch deep", "its likely range"),
           ("tick", "18 weeks: asked about"))  # fmt: skip


def show_agencies(visit: Visit, urn: str) -> int:
    """One school's figures beside the trust's, or every school's, then every service. Returns the hidden cells."""
    rows = {row["school_urn"]: row for row in visit.read(referrals.by_school())}
    if urn not in rows:
        page.paragraphs("No referrals are in the data.")
        return 0
    own, trust = rows[urn], rows.get(TRUST, {})
    page.reading(
        words.open_sentence(own), words.seen_sentence(own), words.change_sentence(own),
        words.beside_sentence(trust) if urn != TRUST else "", words.whole_sentence(own),
        words.declined_sentence(own), words.spend_sentence(own, own["data_date"]),
    )  # fmt: skip
    hidden = _show_schools(visit, rows, urn)
    return hidden + show_services(visit, f"agencies-{'trust' if urn == TRUST else 'school'}")


def _show_schools(visit: Visit, rows: Mapping[str, Row], urn: str) -> int:
    """A school beside the trust; of the trust, mainstream and special schools apart, in order of name."""
    schools = visit.schools()
    if urn != TRUST:
        named = {urn: schools[urn]["school_name"], TRUST: "The trust"}
        return page.table(_schools_table("All agencies together", named, rows), "agencies-beside", visit)
    hidden = 0
    for is_special, kind in ((False, "Mainstream schools"), (True, "Special schools")):
        named = {one: row["school_name"] for one, row in schools.items() if row["is_special"] is is_special}
        if named:
            twin = _schools_table(f"{kind}: all agencies together", named, rows)
            hidden += page.table(twin, f"agencies-{kind.split()[0].lower()}", visit, f"Show {kind.lower()}")
    return hidden


def _schools_table(caption: str, named: Mapping[str, str], rows: Mapping[str, Row]) -> TableTwin:
    return TableTwin(
        caption,
        headings("School", "#Pupils referred", "#Waiting now", "#Seen within", "#Likely range, weeks",
                 "#Provision within", "#Invoices, a year"),
        tuple(
            (
                name,
                shown(rows.get(urn, {}), "waited_count", whole),
                shown(rows.get(urn, {}), "open_pupils_count", whole),
                words.median_cell(rows.get(urn, {})),
                words.range_cell(rows.get(urn, {})),
                words.median_cell(rows.get(urn, {}), "whole_median_weeks"),
                shown(rows.get(urn, {}), "agency_spend_pence", pounds),
            )
            for urn, name in named.items()
        ),
    )  # fmt: skip


def show_services(visit: Visit, name: str, fold: str = "Show every step of every service") -> int:
    """Waits by service over the trust: chart, table. Returns the hidden cells."""
    services = visit.read(referrals.by_service())
    if any(known(row, "seen_median_weeks") for row in services):
        page.chart(waits_chart(services, YARDSTICK_WEEKS), alt=waits_alt(services), key=f"chart-{name}",
                   title=titles.waits_title(services))  # fmt: skip
        page.legend(*_LEGEND)
    hidden = page.table(services_table(services), name, visit, fold=fold)
    page.paragraphs(words.OPEN_COUNTED, class_="small")
    return hidden


def services_table(rows: list[Row]) -> TableTwin:
    """Every service over the whole trust: who waits, and each step's median."""
    return TableTwin(
        "Outside agencies across the trust, by service",
        headings("Service", "Agency", "#Pupils referred", "#Waiting now", "#Seen within", "#Likely range, weeks",
                 "#Then the report", "#Then provision", "#Year before → last year"),
        tuple(
            (
                row["service"],
                row["agency"],
                shown(row, "waited_count", whole),
                shown(row, "open_pupils_count", whole),
                words.median_cell(row),
                words.range_cell(row),
                words.median_cell(row, "report_median_weeks"),
                words.median_cell(row, "provision_median_weeks"),
                words.change_cell(row),
            )
            for row in rows
        ),
        "Medians of two years of referrals. A median of fewer than ten cases, or one that half have not reached, is –.",
    )  # fmt: skip
