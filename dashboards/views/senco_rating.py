"""Rate cases, for SENCOs as raters: a pack without name, school or status; ticks; the band follows from them.

It reads cases from the journal alone, which hands a rater none of the own school and nobody else's ratings.
"""

from __future__ import annotations

import datetime as dt
import sys

import streamlit as st

from dashboards import journal as journals
from dashboards import moderation_journal
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import plain_for_markdown, tag
from dashboards.moderation_journal import Pack, Round
from dashboards.queries import moderation
from dashboards.server_settings import home_folder
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.signing_in import subject
from dashboards.views.visits import Visit, is_role
from dashboards.wording.needs import type_words
from dashboards.wording.numbers import grouped
from expectations.banding import Criterion, band_of, levels_of, split_codes
from expectations.errors import OrchardError

NO_CASE = "There is no case for your school to rate."
NO_MATRIX = "This round’s matrix is not in the data any more. Ask the SEND lead."
NO_ROUND = "No round of moderation is open. The SEND lead opens one; you will find its cases here."
HOW_TO = (
    "Read what is recorded and tick every criterion that holds of the pupil, in each part of the matrix. The band "
    "follows from your ticks; you choose none. Nobody sees your ticks, and you see nobody else’s, before the round is "
    "closed."
)
CHANGED = "You may rate a case again until the round is closed; the last rating counts."


def show(visit: Visit) -> None:
    """The open round: choose a case, read its pack, tick."""
    if not is_role(visit, Role.SENCO):
        raise OrchardError("Only SENCOs rate cases", "", "Ask the SEND lead.")
    journal = journals.open_journal(journals.address(home_folder(sys.argv[1:])))
    opened = next((one for one in moderation_journal.rounds(journal) if one.is_open), None)
    school = visit.schools()[visit.school_urn or ""]["school_name"]
    if opened is None:
        page.masthead(visit, school, "Rate cases")
        page.paragraphs(NO_ROUND)
        return
    packs = moderation_journal.packs_for(journal, visit.identity, opened)
    done = moderation_journal.own_ratings(journal, visit.identity, subject(), opened)
    page.masthead(visit, school, "Rate cases",
                  [("Round", opened.round_name), ("Rated", f"{len(done)} of {len(packs)}")])  # fmt: skip
    criteria = visit.read(moderation.matrix(opened.matrix_version))
    if not packs or not criteria:
        page.paragraphs(NO_CASE if criteria else NO_MATRIX)
        return
    page.reading(HOW_TO)
    _rate(visit, journal, opened, packs, done, criteria)


def _rate(
    visit: Visit, journal: Journal, opened: Round, packs: list[Pack], done: dict[int, str], criteria: list[Row]
) -> None:
    """One case: chosen, read, ticked, recorded; the next one that is not rated comes by itself."""
    numbers = [pack.case_number for pack in packs]
    key = f"case-{visit.school_urn}-{opened.round_number}"
    following = st.session_state.pop("next-case", None)
    if following in numbers:
        st.session_state[key] = following
    elif st.session_state.get(key) not in numbers:
        st.session_state[key] = next((number for number in numbers if number not in done), numbers[0])
    told = st.session_state.pop("rating-told", None)
    if told:
        st.html(tag("p", told, class_="banner", role="status"))
    chosen = st.selectbox("Case", numbers, format_func=_case_label, key=key)
    pack = next(pack for pack in packs if pack.case_number == chosen)
    st.html(pack_table(pack).html())
    ticked = split_codes(done.get(pack.case_number))
    page.section("What holds of this pupil?", CHANGED if ticked else "")
    with st.form(f"rate-{visit.school_urn}-{pack.case_number}"):
        codes = _ask(criteria, ticked, f"{visit.school_urn}-{opened.round_number}-{pack.case_number}")
        is_sent = st.form_submit_button("Record this rating", type="primary")
    if is_sent:
        rest = [number for number in numbers if number not in done and number != chosen]
        _record(visit, journal, opened, pack, codes, criteria, rest)


def _case_label(number: int) -> str:
    return f"Case {number}"


def pack_table(pack: Pack) -> TableTwin:
    """What is recorded of a case. It has no download: a pack stays in the app."""
    needs = " · ".join(type_words(code.strip()) for code in pack.need_codes.split(",") if code.strip())
    return TableTwin(
        f"Case {grouped(pack.case_number)}",
        headings("What is recorded", "~In the registers and the tracker"),
        (
            ("Years of school", pack.year_band),
            ("Needs, the main one first", needs or "None recorded"),
            ("Latest scores, oldest first", pack.score_strands or "None recorded in the last year"),
            ("Support of the last year", pack.support_given or "None recorded"),
        ),
    )


def _ask(criteria: list[Row], ticked: tuple[str, ...], key: str) -> list[str]:
    """Every criterion as a box to tick, part by part; no band stands beside it."""
    chosen = []
    for descriptor in dict.fromkeys(row["descriptor"] for row in criteria):
        st.html(tag("h3", descriptor))
        for row in (row for row in criteria if row["descriptor"] == descriptor):
            code = row["criterion_code"]
            label = plain_for_markdown(row["criterion_text"])
            if st.checkbox(label, value=code in ticked, key=f"tick-{key}-{code}"):
                chosen.append(code)
    return chosen


def _record(
    visit: Visit, journal: Journal, opened: Round, pack: Pack, codes: list[str], criteria: list[Row], rest: list[int]
) -> None:
    """Write the rating and show the next case; an error is told where the form stands."""
    known = {row["criterion_code"]: Criterion(row["descriptor"], row["band_number"]) for row in criteria}
    now = dt.datetime.now(dt.UTC)
    try:
        moderation_journal.rate_case(
            journal, visit.identity, subject(), opened.round_number, pack.case_number, codes, criteria=known, now=now
        )
    except OrchardError as error:
        st.html(tag("p", f"{error.what}. {error.next_step}", class_="warning", role="alert"))
        return
    band = band_of(levels_of(codes, known).values(), criteria[0]["band_rule"])
    names = {row["band_number"]: row["band_name"] for row in criteria}
    left = f"{len(rest)} to go." if rest else "That was the last one; you may still change a rating."
    st.session_state["rating-told"] = (
        f"Case {pack.case_number} is recorded: your ticks come to {names.get(band, '–')}. {left}"
    )
    if rest:
        st.session_state["next-case"] = rest[0]
    st.rerun()
