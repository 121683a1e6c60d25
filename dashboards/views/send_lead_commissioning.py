"""Commissioning, for the SEND lead: what to buy together, needs without a test, renewals, agencies side by side.

Stock and seats by school are for the staff app only. Nothing that a plan requires is called a saving.
"""

from __future__ import annotations

from dashboards.figures import Row, known, shown
from dashboards.queries import purchasing, referrals
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_referrals import YARDSTICK_WEEKS, show_services
from dashboards.views.visits import Visit
from dashboards.wording import purchasing as words
from dashboards.wording import referrals as wait_words
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import type_words
from dashboards.wording.numbers import grouped, pounds, whole
from expectations.tables.purchasing import ONCE_KINDS


def show(visit: Visit) -> None:
    """What would we buy as a trust, and from whom?"""
    savings, licences = visit.read(purchasing.savings()), visit.read(purchasing.licences())
    soon = [row for row in licences if row["renewal_days"] is not None and row["renewal_days"] <= words.DAYS_AHEAD]
    yearly, _ = words.totals(savings)
    needs = visit.read(purchasing.needs())
    without = [row for row in needs if row["gap"] in ("NO_TEST", "NOT_STOCKED")]
    page.masthead(visit, "For the SEND lead", "Commissioning",
                  [("Could cost less, a year", words.range_cell(*yearly)),
                   ("Renewals in 90 days", grouped(len(soon))),
                   ("Needs without a test", grouped(len(without)))])  # fmt: skip
    _buy_together(visit, savings)
    hidden = _by_need(visit, needs)
    _renewals(visit, soon, [row for row in licences if row["renewal_days"] is None])
    _stock(visit)
    hidden += _agencies(visit)
    page.key(hidden)


def _buy_together(visit: Visit, savings: list[Row]) -> None:
    page.section(
        "Buy together", "The same tests and licences, bought as one trust. For each, what would have to be true."
    )
    page.reading(words.saving_sentence(savings))
    if savings:
        page.table(_savings_table(savings), "buy-together", visit)
        page.ask("What would we buy as a trust?")
    page.paragraphs(words.NEVER_SAVES, class_="small")


def _savings_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "What could cost less, the most first",
        headings("Product", "How", "#Schools pay now, a unit", "#Could save", "~What would have to be true"),
        tuple(
            (
                row["product_name"],
                words.kind_words(row["saving_kind"]),
                words.price_range(row),
                _saved(row),
                words.assumption(row),
            )
            for row in rows
        ),
        "Two amounts: the cautious and the hopeful end. Prices are those that schools of the trust pay, or quotes.",
    )


def _saved(row: Row) -> str:
    each = "once" if row["saving_kind"] in ONCE_KINDS else "a year"
    return f"{words.range_cell(row['saving_low_pence'], row['saving_high_pence'])} {each}"


def _by_need(visit: Visit, needs: list[Row]) -> int:
    page.section("By need", "Pupils with SEN by main need across the trust, and the tests that serve it.")
    hidden = page.table(_needs_table(needs), "needs-and-tests", visit)
    gaps = visit.read(purchasing.gaps())
    if gaps:
        page.table(
            _gaps_table(gaps, visit.schools()), "needs-by-school", visit, fold="Show schools without a test left"
        )
    page.ask("Do the diagnostic tests across the trust meet the needs of our children?")
    return hidden


def _needs_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Needs and tests across the trust, needs without a test first",
        headings("Main need", "#Pupils", "#Tests known", "#In stock", "#In schools", "~Gap"),
        tuple(
            (
                type_words(row["sen_type"]),
                shown(row, "pupils_count", whole),
                grouped(row["known_tests_count"]),
                grouped(row["stocked_tests_count"]),
                grouped(row["stocked_schools_count"]),
                words.gap_words(row["gap"]),
            )
            for row in rows
        ),
        "Not every pupil with a need is to be tested, and a school may record a need without a test.",
    )


def _gaps_table(rows: list[Row], schools: dict[str, Row]) -> TableTwin:
    return TableTwin(
        "Schools with pupils of a need and no test for it left",
        headings("School", "Main need", "#Pupils", "~Who has one"),
        tuple(
            (_name(row, schools), type_words(row["sen_type"]), grouped(row["pupils_count"]), row["holder_names"] or "–")
            for row in rows
        ),
    )


def _name(row: Row, schools: dict[str, Row]) -> str:
    return str(schools[row["school_urn"]]["school_name"]) if row["school_urn"] in schools else row["school_urn"]


def _renewals(visit: Visit, soon: list[Row], undated: list[Row]) -> None:
    page.section("Renewals in the next 90 days", "" if soon or undated else "No licence renews in the next 90 days.")
    if soon or undated:
        page.table(_licences_table(soon + undated, visit.schools()), "renewals", visit)
        page.ask("Which of these would we take out once, for all schools?")


def _licences_table(rows: list[Row], schools: dict[str, Row]) -> TableTwin:
    return TableTwin(
        "Licences by renewal, those without a date last",
        headings("Product", "School", "Renews", "#That is", "#A year", "#A seat", "#Seats in use"),
        tuple(
            (
                row["product_name"],
                _name(row, schools),
                short_date(row["renewal_date"]),
                words.renewal_words(row["renewal_days"]),
                pounds(row["yearly_price_pence"]),
                "–" if row["seat_price_pence"] is None else words.price_words(row["seat_price_pence"]),
                words.use_words(row),
            )
            for row in rows
        ),
    )


def _stock(visit: Visit) -> None:
    rows = visit.read(purchasing.stock())
    ending = [row for row in rows if row["expiring_units"] > 0]
    lead = "Diagnostic tests by school." if ending else "No test runs out in the next 90 days."
    page.section("Stock", lead if rows else "No stock is recorded.")
    if ending:
        page.table(_stock_table("Running out in the next 90 days", ending, visit.schools()), "stock-ending", visit)
    if rows:
        twin = _stock_table("Every test in every school", rows, visit.schools())
        page.table(twin, "stock", visit, fold="Show the stock of every school", is_printed=False)


def _stock_table(caption: str, rows: list[Row], schools: dict[str, Row]) -> TableTwin:
    return TableTwin(
        caption,
        headings("Test", "School", "#Bought", "#Used", "#Left", "#Out of date", "Next to run out", "#Used in a year",
                 "#Paid a unit"),
        tuple(
            (
                row["test_name"],
                _name(row, schools),
                grouped(row["bought_units"]),
                grouped(row["used_units"]) if row["licence_kind"] == "PER_PUPIL" else "–",
                grouped(row["left_units"]),
                grouped(row["expired_units"]),
                short_date(row["expiry_date"]),
                grouped(row["yearly_use_units"]) if row["licence_kind"] == "PER_PUPIL" else "–",
                "–" if row["year_unit_price_pence"] is None else words.price_words(row["year_unit_price_pence"]),
            )
            for row in rows
        ),
        "A kit or a licence by the year is not used up. Paid a unit: on average in the last year.",
    )  # fmt: skip


def _agencies(visit: Visit) -> int:
    page.section("Agencies side by side", "In order of name. What they cost stands beside how long pupils wait.")
    services = visit.read(referrals.by_service())
    hidden = page.table(_side_by_side(services), "agencies", visit)
    hidden += show_services(visit, "services", "Show every step of every service")
    if any(_is_long(row) for row in services):
        page.ask("How long do pupils wait for this service, and what do we do meanwhile?")
    return hidden


def _is_long(row: Row) -> bool:
    is_late = known(row, "seen_median_weeks") and row["seen_median_weeks"] >= YARDSTICK_WEEKS
    return is_late or row["seen_standing"] == "NOT_REACHED"


def _side_by_side(services: list[Row]) -> TableTwin:
    """What an agency was paid stands once, in the row of its first service by name."""
    return TableTwin(
        "Outside agencies: wait, price and spend",
        headings("Agency", "Service", "Price now", "#Pupils referred", "#Seen within", "#Waiting now",
                 "#Invoices, a year"),
        tuple(
            (
                row["agency"],
                row["service"],
                wait_words.price_cell(row),
                shown(row, "waited_count", whole),
                wait_words.median_cell(row),
                shown(row, "open_pupils_count", whole),
                shown(row, "agency_spend_pence", pounds),
            )
            for row in services
        ),
        "No saving is worked out from agencies’ time: plans promise it. Invoices are of all the agency’s services and "
        "stand in the row of the first by name.",
    )  # fmt: skip
