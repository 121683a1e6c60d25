"""What the SEND lead sees first each morning: what came in, what is new since the last release, what is due."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Mapping

from dashboards import journal as journals
from dashboards import moderation_journal
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import join
from dashboards.queries import catalogue, deliveries, ehc_clock, match, questions
from dashboards.server_settings import home_folder
from dashboards.tables import Linked, TableTwin, headings
from dashboards.views import page
from dashboards.views.senco_mend import wrong_and_next
from dashboards.views.send_lead_names import gather, in_force
from dashboards.views.shared_asking import asks_of
from dashboards.views.visits import Visit, visit_before
from dashboards.wording import morning as words
from dashboards.wording.apdr import short_date
from dashboards.wording.numbers import grouped
from dashboards.wording.release import NOT_RECOGNISED, state_words
from expectations.errors import OrchardError
from expectations.vocabulary import TRUST

ASKS_SHOWN = 6


def show(visit: Visit) -> None:
    """The morning's page."""
    today = visit.about()["data_date"]
    not_taken = [row for row in visit.read(deliveries.ledger()) if row["state"] in ("REFUSED", "HELD")]
    before = visit_before(visit)
    fresh, gone = _since(visit, before)
    conflicts = {row["school_urn"]: row for row in visit.read(match.open_by_school())}
    due = {row["school_urn"]: row for row in visit.read(ehc_clock.ahead_by_school())}
    page.masthead(visit, "For the SEND lead", "This morning",
                  [("Files not taken", grouped(len(not_taken))),
                   ("New conflicts", grouped(sum(row["new_count"] for row in conflicts.values()))),
                   ("New exceptions", grouped(len(fresh)) if before else "–"),
                   ("Reviews due in 14 days", grouped(sum(row["due_14_count"] for row in due.values())))])  # fmt: skip
    _waits_for_you(visit)
    _schools(visit, today, not_taken, fresh, conflicts, due, is_compared=before is not None)
    _new_exceptions(visit, before, fresh, gone)
    _files(visit, not_taken)


def _since(visit: Visit, before: Visit | None) -> tuple[list[Row], int]:
    """Exceptions that the release before did not have, and how many of its are gone; none without one."""
    if before is None:
        return [], 0
    now, then = visit.read(questions.every_one()), before.read(questions.every_one())
    keys = ({_key(row) for row in rows} for rows in (now, then))
    now_keys, then_keys = keys
    return [row for row in now if _key(row) not in then_keys], len(then_keys - now_keys)


def _key(row: Row) -> tuple[str, ...]:
    return row["school_urn"], row["trigger"], row["about"] or ""


def _waits_for_you(visit: Visit) -> None:
    """What only the SEND lead can settle: names, and a round of moderation."""
    try:
        journal = journals.open_journal(journals.address(home_folder(sys.argv[1:])))
        names, round_said = _names_waiting(visit, journal), words.round_sentence(_open_round(journal))
    except OrchardError as error:
        page.paragraphs(f"{error.what}. {error.next_step}", class_="warning")
        return
    page.reading(
        join((words.names_sentence(names), Linked("Names to settle", "names", visit.here()).html(), ".")),
        join((round_said, Linked("Moderation room", "moderation", visit.here()).html(), ".")),
    )


def _names_waiting(visit: Visit, journal: Journal) -> int:
    known = [row["intervention_name"] for row in visit.read(catalogue.catalogue())]
    decided = in_force(journal.decisions(), known)
    return len([alias for alias in gather(visit.read(catalogue.names_to_settle())) if alias not in decided])


def _open_round(journal: Journal) -> str | None:
    return next((one.round_name for one in moderation_journal.rounds(journal) if one.is_open), None)


def _schools(
    visit: Visit, today: dt.date, not_taken: list[Row], fresh: list[Row],
    conflicts: Mapping[str, Row], due: Mapping[str, Row], *, is_compared: bool,
) -> None:  # fmt: skip
    """School by school: counted from rows, exact, for this page alone."""
    page.section("School by school", words.SCHOOLS_LEAD)
    newest = {row["school_urn"]: row["latest_delivery_date"] for row in visit.read(deliveries.confidence())}
    files, asked = (Counter(row["school_urn"] for row in rows) for rows in (not_taken, fresh))
    cells = tuple(
        (school["school_name"], words.newest_words(newest.get(urn), today), grouped(files[urn]),
         *(grouped(conflicts[urn][name]) if urn in conflicts else "0" for name in ("new_count", "old_count")),
         grouped(asked[urn]) if is_compared else "–",
         *(grouped(due[urn][name]) if urn in due else "0" for name in ("overdue_reviews_count", "due_14_count")))
        for urn, school in visit.schools().items()
    )  # fmt: skip
    labels = headings("School", "Newest file", "#Files not taken", "#New conflicts",
                      "#Conflicts over 10 days", "#New exceptions", "#Reviews overdue",
                      "#Reviews due in 14 days")  # fmt: skip
    page.table(TableTwin("This morning by school", labels, cells), "morning-schools", visit)


def _new_exceptions(visit: Visit, before: Visit | None, fresh: list[Row], gone: int) -> None:
    lead = words.NO_EARLIER if before is None else words.since_sentence(before.release.number, len(fresh), gone)
    page.section("New since the last release", lead)
    if not fresh:
        return
    names = {urn: school["school_name"] for urn, school in visit.schools().items()} | {TRUST: "The trust"}
    told = [(names.get(row["school_urn"], row["school_urn"]), ask)
            for row, ask in zip(fresh, asks_of(visit, fresh), strict=True)]  # fmt: skip
    cells = tuple((school, ask.title, ask.said, ask.question) for school, ask in told)
    twin = TableTwin("New exceptions", headings("School", "~About", "~What the figures say", "~Ask"), cells)
    fold = f"Show all {len(fresh)}" if len(fresh) > ASKS_SHOWN else ""
    page.table(twin, "morning-exceptions", visit, fold=fold)


def _files(visit: Visit, rows: list[Row]) -> None:
    page.section("Files not taken", "" if rows else "Every file was taken.")
    if not rows:
        return
    names = {urn: school["school_name"] for urn, school in visit.schools().items()} | {TRUST: "The trust"}
    cells = tuple(
        (row["file_name"], names.get(row["school_urn"], row["school_urn"]), row["source_label"] or NOT_RECOGNISED,
         state_words(row["state"]), short_date(row["delivered_date"]), wrong_and_next(row))
        for row in rows
    )  # fmt: skip
    labels = headings("File", "School", "What it is", "Became", "Came on", "~What is wrong, and what to do")
    page.table(TableTwin("Files held or refused", labels, cells), "morning-files", visit)
