"""Ladder and engagement, for a SENCO: who is held, whose steps nobody can see, dated evidence by pupil."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag, visible
from dashboards.queries import progress
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.visits import Visit
from dashboards.wording import progress as words
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import type_words, year_words
from dashboards.wording.numbers import counted, grouped

HELD_ASK = "What have these pupils in common, and what will be taught in smaller steps?"
_BELOW = ("EM", "PK1", "PK2", "PK3", "PK4", "PK5", "PK6")


def show(visit: Visit) -> None:
    """The ladder of one school, by pupil."""
    urn = visit.school_urn or ""
    rows, evidence = visit.read(progress.pupils(urn)), visit.read(progress.evidence(urn))
    started_below = [row for row in rows if row["earlier_rung"] in _BELOW]
    held = [row for row in started_below if row["movement"] in ("HELD", "DOWN") and not row["is_further_within_rung"]]
    unseen = [row for row in rows if row["system_fit"] not in ("FITS", "TOO_YOUNG")]
    page.masthead(visit, visit.schools()[urn]["school_name"], "Ladder and engagement",
                  [("Held or moved down", _people(held)), ("Steps nobody can see", _people(unseen)),
                   ("On the engagement profile", _people(evidence))])  # fmt: skip
    st.html(tag("details", tag("summary", "How this is counted"), tag("p", words.HOW_COUNTED),
                tag("p", words.ABOUT_AGE), tag("p", words.ABOUT_OFF)))  # fmt: skip
    page.reading("" if held else "No pupil below age-related was held over the year.")
    show_list("Held for a year, or moved down", _held_table(held), "held", visit, HELD_ASK, pupils=held)
    show_list("Steps nobody can see", _unseen_table(unseen), "unseen", visit, lead=words.ABOUT_OFF, pupils=unseen)
    unknown = [row for row in rows if row["unknown_mark"]]
    show_list("Codes that the ladder’s list does not know", _unknown_table(unknown), "unknown", visit,
              lead=words.ABOUT_UNKNOWN, fold=f"Show all {grouped(len(unknown))}")  # fmt: skip
    _show_evidence(visit, evidence)
    everyone = [row for row in rows if row["ladder_standing"] == "PLACED"]
    show_list("Everybody on the ladder", _ladder_table(everyone), "ladder", visit, pupils=everyone,
              fold=f"Show all {grouped(len(everyone))}")  # fmt: skip


def _people(rows: list[Row]) -> str:
    return counted(len({row["pupil_key"] for row in rows}), "pupil")


def _who(row: Row) -> tuple[str, str, str]:
    return name_of(row), year_words(row["nc_year"]), row["subject"]


def _held_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (*_who(row), words.MOVEMENT_WORDS[row["movement"]],
         f"{row['earlier_mark']}, {short_date(row['earlier_date'])}",
         f"{row['mark']}, {short_date(row['assessed_date'])}", short_date(row["reached_date"]))
        for row in rows
    )  # fmt: skip
    labels = headings("Pupil", "Year", "Subject", "~Move", "A year before", "Now", "There since")
    return TableTwin("Pupils below age-related who did not move on in a year", labels, cells)


def _unseen_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (*_who(row), type_words(row["sen_type"]), words.fit_words(row), words.fit_step(row["system_fit"]))
        for row in rows
    )
    labels = headings("Pupil", "Year", "Subject", "Need", "~Why", "~Use instead")
    return TableTwin("Pupils whose steps nobody can see", labels, cells)


def _unknown_table(rows: list[Row]) -> TableTwin:
    cells = tuple((*_who(row), row["unknown_mark"]) for row in rows)
    return TableTwin("Unknown codes of the last year", headings("Pupil", "Year", "Subject", "Code"), cells)


def _ladder_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (*_who(row), words.place_words(row["ladder_rung"], row["ladder_step"]), short_date(row["assessed_date"]),
         words.MOVEMENT_WORDS.get(row["movement"], "–"), row["earlier_mark"] or "–", row["pathway"] or "–")
        for row in rows
    )  # fmt: skip
    labels = headings("Pupil", "Year", "Subject", "Place", "On", "Move", "A year before", "Pathway")
    return TableTwin("Places on the ladder", labels, cells)


def _show_evidence(visit: Visit, rows: list[Row]) -> None:
    """One pupil's observations, the newest first; nothing is added up."""
    if not rows:
        return
    page.section("Engagement profile", words.ABOUT_ENGAGEMENT)
    by_pupil = {key: list(seen) for key, seen in groupby(rows, key=lambda row: row["pupil_key"])}
    names = {key: f"{visible(name_of(seen[0]))} · {year_words(seen[0]['nc_year'])}" for key, seen in by_pupil.items()}
    chosen = st.selectbox("Pupil", list(names), format_func=lambda key: names[key], key="evidence-pupil")
    cells = tuple(
        (short_date(row["observed_date"]), words.AREA_WORDS[row["engagement_area"]],
         words.DIRECTION_WORDS[row["engagement_direction"]])
        for row in by_pupil[chosen]
    )  # fmt: skip
    twin = TableTwin(
        "Observations of the last year, the newest first", headings("Day", "Area", "Against before"), cells
    )
    page.table(twin, "evidence", visit)
