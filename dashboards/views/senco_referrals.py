"""Referrals of one school, for its SENCO: to chase first, then what is open, then what has begun. It names children."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import purchasing, referrals
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.visits import Visit
from dashboards.wording import referrals as words
from dashboards.wording.apdr import late_words, short_date
from dashboards.wording.needs import type_words, year_words
from dashboards.wording.numbers import grouped

Services = Mapping[tuple[str, str], Row]


def show(visit: Visit) -> None:
    """Every referral that is open, and what ended lately."""
    urn = visit.school_urn or ""
    rows = visit.read(referrals.of_pupils(urn))
    still_open = [row for row in rows if row["step_owner"] is not None]
    late = [row for row in still_open if row["chase_days"] > 0]
    rest = sorted((row for row in still_open if row["chase_days"] == 0), key=lambda row: -row["open_days"])
    longest = max((row["open_days"] for row in still_open), default=None)
    page.masthead(visit, visit.schools()[urn]["school_name"], "Referrals",
                  [("To chase", grouped(len(late))), ("Open", grouped(len(still_open))),
                   ("Longest open", "–" if longest is None else late_words(longest))])  # fmt: skip
    page.reading(words.tasks_sentence(len(late), len(still_open)))
    st.html(tag("details", tag("summary", "When a step is chased"), tag("p", words.HOW_COUNTED)))
    usual = {(row["agency"], row["service"]): row for row in visit.read(referrals.by_service())}
    chased = _open_table("Beyond its limit, the furthest first", late, usual, "To do", words.to_do_words)
    show_list("To chase first", chased, "referrals-chase", visit,
              "What do we do for each of these pupils while they wait?", pupils=late)  # fmt: skip
    in_time = _open_table("Within its limit, the longest open first", rest, usual, "Next", words.next_words)
    show_list("Open", in_time, "referrals-open", visit, pupils=rest)
    ended = [row for row in rows if row["step_owner"] is None]
    ended.sort(key=lambda row: (row["surname"], row["forename"]))
    provided = [row for row in ended if row["referral_stage"] == "PROVIDED"]
    show_list("Recently provided", _ended_table("Provision begun in the last 90 days", provided), "referrals-provided",
              visit, pupils=provided)  # fmt: skip
    closed = [row for row in ended if row["referral_stage"] != "PROVIDED"]
    show_list("Recently declined or closed", _ended_table("Closed in the last 90 days", closed), "referrals-closed",
              visit, "What else could help a pupil whose referral was declined?" if closed else "",
              pupils=closed)  # fmt: skip
    undated = [row for row in rows if row["date_fault"] == "SEEN_MISSING"]
    show_list("A date to fill in", _undated_table(undated), "referrals-dates", visit, pupils=undated)
    show_list("Needs here without a test in stock", _gaps_table(visit), "referrals-tests", visit,
              lead="Before you refer: who in the trust has a diagnostic test for it.")  # fmt: skip


def _open_table(caption: str, rows: list[Row], usual: Services, column: str, said: Callable[[str], str]) -> TableTwin:
    return TableTwin(
        caption,
        headings("Pupil", "Year", f"~{column}", "Whose step", "Service", "Waiting", "#Usual in the trust", "#Open for"),
        tuple(
            (
                name_of(row),
                year_words(row["nc_year"]),
                said(row["referral_stage"]),
                words.owner_words(row),
                row["service"],
                words.waiting_words(row),
                words.usual_words(row["referral_stage"], usual.get((row["agency"], row["service"]))),
                late_words(row["open_days"]),
            )
            for row in rows
        ),
        "Usual in the trust: the weeks that this step of the service takes half of the pupils." if rows else "",
    )


def _ended_table(caption: str, rows: list[Row]) -> TableTwin:
    return TableTwin(
        caption,
        headings("Pupil", "Year", "Service", "Agency", "Referred", "~What became of it"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), row["service"], row["agency"], short_date(row["referral_date"]),
             words.end_words(row))
            for row in rows
        ),
    )  # fmt: skip


def _undated_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "A report has come, and the day on which the pupil was seen is not recorded",
        headings("Pupil", "Year", "Service", "Referred", "Report"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), row["service"], short_date(row["referral_date"]),
             short_date(row["report_date"]))
            for row in rows
        ),
    )  # fmt: skip


def _gaps_table(visit: Visit) -> TableTwin:
    rows = [row for row in visit.read(purchasing.gaps()) if row["school_urn"] == visit.school_urn]
    return TableTwin(
        "Main needs of our pupils for which we have no test left",
        headings("Need", "#Pupils", "~Who has a test"),
        tuple((type_words(row["sen_type"]), grouped(row["pupils_count"]), _holders(row)) for row in rows),
    )


def _holders(row: Row) -> str:
    if row["holder_names"]:
        return str(row["holder_names"])
    return "No school of the trust" if row["known_tests_count"] else "The register knows no test for it"
