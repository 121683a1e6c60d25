"""A round of moderation from draw to close: the sample, who has rated, the end. The SEND lead's part of the journal."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Callable

import streamlit as st

from dashboards import journal as journals
from dashboards import moderation_journal
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import tag
from dashboards.moderation_journal import Round
from dashboards.queries import moderation
from dashboards.server_settings import home_folder
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.signing_in import subject
from dashboards.views.visits import Visit
from dashboards.wording import moderation as words
from dashboards.wording.needs import provision_words, type_words
from dashboards.wording.numbers import counted, long_date
from expectations.errors import OrchardError

OPENED = "The round is open. SENCOs find it under “Rate cases”."
CLOSED = "The round is closed. It enters the figures on the next night."
HOW_DRAWN = (
    "Drawn from the registers every night: as many pupils of each school as of any other, give or take one, spread "
    "over SEN support and plans and over needs. The same round and registers give the same pupils."
)


def show(visit: Visit) -> None:
    """Open a round, or see who has rated and close it."""
    journal = journals.open_journal(journals.address(home_folder(sys.argv[1:])))
    opened = next((one for one in moderation_journal.rounds(journal) if one.is_open), None)
    told = st.session_state.pop("moderation-told", None)
    if told in (OPENED, CLOSED):
        st.html(tag("p", told, class_="banner", role="status"))
    if opened is None:
        _show_next(visit, journal)
    else:
        _show_open(visit, journal, opened)


def version_in_use(versions: list[Row], day: dt.date) -> Row | None:
    """The version of the matrix that is used on a day; the newest of two."""
    return next(
        (row for row in versions if row["start_date"] <= day and (row["end_date"] is None or day <= row["end_date"])),
        None,
    )


def _show_next(visit: Visit, journal: Journal) -> None:
    page.section("The next round", HOW_DRAWN)
    sample = visit.read(moderation.sample())
    version = version_in_use(visit.read(moderation.versions()), visit.about()["data_date"])
    page.paragraphs(words.example_sentence(version))
    if not sample or version is None:
        page.paragraphs("" if sample else "There is nobody on the registers to draw.")
        return
    page.table(_sample_table(visit, sample), "moderation-sample", visit, fold=f"Show the {len(sample)} cases")
    name = f"Round {sample[0]['round_number']}, {visit.about()['data_date']:%B %Y}"
    with st.form("open-round"):
        named = st.text_input("Name of the round", name, max_chars=moderation_journal.LONGEST_NAME, key="round-name")
        is_own = st.checkbox("Raters also rate pupils of their own school", key="own-school")
        is_sent = st.form_submit_button(f"Open the round with {len(sample)} cases", type="primary")
    if is_sent:
        now = dt.datetime.now(dt.UTC)
        _write(
            lambda: moderation_journal.open_round(
                journal, visit.identity, subject(), sample, round_name=named.strip() or name,
                matrix_version=version["matrix_version"], is_own_school_rated=is_own, now=now,
            ),
            OPENED,
        )  # fmt: skip


def _sample_table(visit: Visit, sample: list[Row]) -> TableTwin:
    schools = visit.schools()
    shares = Counter(row["school_urn"] for row in sample)
    spread = ", ".join(f"{school['school_name']} {shares[urn]}" for urn, school in schools.items() if urn in shares)
    return TableTwin(
        "The sample of the next round; raters see neither school nor status",
        headings("#Case", "School", "Status", "Need", "Years"),
        tuple(
            (str(row["case_number"]), schools[row["school_urn"]]["school_name"], provision_words(row["sen_provision"]),
             type_words(row["sen_type"]), row["year_band"])
            for row in sample if row["school_urn"] in schools
        ),
        f"Cases of each school: {spread}.",
    )  # fmt: skip


def _show_open(visit: Visit, journal: Journal, opened: Round) -> None:
    day = long_date(dt.date.fromisoformat(opened.opened_at[:10]))
    page.section(opened.round_name, f"Open since {day}, on matrix version {opened.matrix_version}.")
    rows = moderation_journal.progress(journal, visit.identity, opened)
    names = visit.schools()
    started = {row.school_urn for row in rows}
    page.reading(
        f"{counted(len(rows), 'rater')} of {counted(len(started), 'school')} "
        f"{'has' if len(rows) == 1 else 'have'} begun; {len(set(names) - started)} of {len(names)} schools have not."
    )
    twin = TableTwin(
        "Who has rated; what was ticked stays hidden until the round is closed",
        headings("School", "#Raters", "#Cases rated", "Finished"),
        tuple(_progress_cells(school["school_name"], [row for row in rows if row.school_urn == urn])
              for urn, school in names.items()),
    )  # fmt: skip
    page.table(twin, "moderation-progress", visit)
    with st.form("close-round"):
        is_sure = st.checkbox("Everybody has rated who is going to", key="close-sure")
        is_sent = st.form_submit_button("Close the round")
    if is_sent and not is_sure:
        st.html(tag("p", "Tick that everybody has rated; the round stays open.", class_="warning", role="alert"))
    elif is_sent:
        now = dt.datetime.now(dt.UTC)
        _write(
            lambda: moderation_journal.close_round(journal, visit.identity, subject(), opened.round_number, now), CLOSED
        )


def _progress_cells(name: str, rows: list[moderation_journal.Progress]) -> tuple[str, ...]:
    finished = sum(row.rated_count >= row.cases_count for row in rows)
    rated = ", ".join(f"{row.rated_count} of {row.cases_count}" for row in rows) or "0"
    return name, str(len(rows)), rated, f"{finished} of {len(rows)}" if rows else "–"


def _write(work: Callable[[], object], told: str) -> None:
    """Write to the journal and show the page anew; an error is told where the form stands."""
    try:
        work()
    except OrchardError as error:
        st.html(tag("p", f"{error.what}. {error.next_step}", class_="warning", role="alert"))
        return
    st.session_state["moderation-told"] = told
    st.rerun()
