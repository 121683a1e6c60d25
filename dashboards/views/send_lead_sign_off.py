"""Nutshell sign-off, for the SEND lead: frozen papers to sign, comments, late answers, what readers could answer."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards import access, trail_journal, trail_papers
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import visible
from dashboards.papers.frozen import Frozen, digest, frozen_of
from dashboards.tables import TableTwin, headings
from dashboards.trail import State
from dashboards.views import page
from dashboards.views.board_questions import by_school_table
from dashboards.views.shared_answering import answer_form, comment_form, done_form
from dashboards.views.shared_trail import record, show_threads, show_told, today, trail_of
from dashboards.views.signing_in import subject
from dashboards.views.visits import Visit, is_role
from dashboards.wording import trail as words
from dashboards.wording.numbers import grouped, long_date
from expectations.errors import OrchardError
from expectations.vocabulary import TRUST

NO_PAPERS = (
    "No paper is frozen yet. Ask the central team to freeze one for each school, for the day of the meeting "
    "(‘orchard nutshell --all --out DIR --meeting DAY’)."
)
HOW = "A signature is of the very paper: its digest is kept, and a paper that is not the one signed is not signed."


def show(visit: Visit) -> None:
    """Papers to sign first, then what is late, then comments."""
    if not is_role(visit, Role.SEND_LEAD):
        raise OrchardError("Only the SEND lead signs papers off", "", "Ask the SEND lead.")
    journal, schools = trail_of(visit), {**visit.schools(), TRUST: {"school_name": visit.about()["trust_name"]}}
    found = trail_journal.threads(journal, visit.identity)
    late = [one for one in found if one.state(today()) is State.OVERDUE]
    page.masthead(visit, "For the SEND lead", "Nutshell sign-off", [("Overdue answers", grouped(len(late)))])
    show_told()
    _sign(visit, journal, schools)
    page.section("Questions of our boards", words.overview_words(found, today()))
    if found:
        page.table(by_school_table(found, schools), "questions-by-school", visit)
    trusts = [one for one in found if one.owner == TRUST and one not in late]
    if late or trusts:
        show_threads(visit, [*late, *trusts], schools)
    answer_form(visit, journal, found, schools)
    done_form(visit, journal, found, schools)
    comment_form(visit, journal, list(schools), schools)
    _readers(visit, journal)


def _sign(visit: Visit, journal: Journal, schools: dict[str, Row]) -> None:
    """The last frozen paper of each school and the trust; one is signed at a time."""
    page.section("Papers of the last meeting", HOW)
    papers = {owner: one for owner in schools if (one := _last(visit, owner))}
    if not papers:
        page.paragraphs(NO_PAPERS)
        return
    prints = {owner: digest(frozen) for owner, frozen in papers.items()}
    signed = {owner: trail_papers.sign_offs(journal, visit.identity, owner).get(prints[owner][1]) for owner in papers}
    rows = []
    for owner, frozen in papers.items():
        signature = signed[owner]
        said = words.signed_words(signature.written_as, signature.written_date) if signature else "Not yet"
        rows.append((schools[owner]["school_name"], long_date(frozen.meeting), said, prints[owner][1][:12]))
    labels = headings("School", "Meeting", "Signed off", "Digest of the paper")
    page.table(TableTwin("Papers and signatures", labels, tuple(rows)), "sign-off", visit)
    waiting = [owner for owner in papers if not signed[owner]]
    if not waiting:
        page.paragraphs("Every paper of the last meeting is signed off.")
        return
    with st.form("sign-off"):
        owner = st.selectbox(
            "Paper", waiting, key="paper-to-sign", format_func=lambda urn: visible(schools[urn]["school_name"])
        )
        is_sure = st.checkbox("I have read this paper and stand for it", key="paper-read")
        is_sent = st.form_submit_button("Sign this paper off", type="primary")
    if is_sent and not is_sure:
        page.paragraphs("Tick that you have read it; nothing is recorded yet.", class_="warning")
    elif is_sent:
        (name, sha256), meeting = prints[owner], papers[owner].meeting
        now = dt.datetime.now(dt.UTC)
        record(
            lambda: trail_papers.sign_off(journal, visit.identity, subject(), owner, meeting=meeting, paper_name=name,
                                          sha256=sha256, now=now),
            words.SIGNED_NOW,
        )  # fmt: skip


def _last(visit: Visit, owner: str) -> Frozen | None:
    home = access.frozen_papers_for(visit.identity, owner, visit.release.folder)
    return next(reversed(frozen_of(home, owner)), None) if home else None


def _readers(visit: Visit, journal: Journal) -> None:
    counts = trail_papers.feedback_counts(journal, visit.identity)
    if not sum(counts[0].values()):
        return
    page.section("What readers could answer", "Each governor’s last word after reading a Nutshell; nobody is named.")
    rows = tuple(
        (question, *(grouped(of[word]) for word in trail_papers.CLEAR))
        for question, of in zip(words.READERS_QUESTIONS, counts, strict=True)
    )
    labels = headings("Question", *(f"#{said}" for said in words.CLEAR_WORDS.values()))
    page.table(TableTwin("Could governors answer after reading?", labels, rows), "reading-feedback", visit)
