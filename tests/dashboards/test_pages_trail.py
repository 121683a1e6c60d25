"""Questions and answers in the apps: from a question to its close, inert text, comments, sign-off, readers."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboards import trail_journal, trail_papers
from dashboards.access import Identity, Role
from dashboards.papers.frozen import digest, frozen_of
from dashboards.papers.making import make, papers_of, visit_of
from dashboards.papers.write_html import html
from dashboards.papers.write_pdf import pdf
from dashboards.releases import find_release
from dashboards.server_settings import TRAIL_VARIABLE
from dashboards.trail import Answer, Asked, Figure, State, Thread
from dashboards.views import board_questions, senco_questions, send_lead_sign_off
from dashboards.views.trail_figures import figure_of
from dashboards.views.visits import Visit
from dashboards.wording import trail as words
from expectations.errors import OrchardError
from expectations.tables import ALL
from expectations.vocabulary import TRUST
from models.questions import TRIGGERS
from pipelines import publish
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.releases import ELM, NAMES, OAK

HOSTILE = "<script>alert(1)</script> ![x](https://canary.invalid/x.png) =cmd|'x'!A0"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; ![x](https://canary.invalid/x.png)"
LEAD, GOVERNOR, SENCO = Identity(Role.SEND_LEAD), Identity(Role.GOVERNOR, (ELM,)), Identity(Role.SENCO, (ELM,))


@pytest.fixture
def home(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the release of its own: these pages write beside it."""
    monkeypatch.delenv(TRAIL_VARIABLE, raising=False)
    copy = tmp_path / "home"
    shutil.copytree(sample_home, copy, symlinks=True)
    publish.point_to(copy / "CURRENT", copy / "releases" / find_release(sample_home).folder.name)
    return copy


def page_of(open_app: Open, home: Path, role: Role, urn: str = ELM, address: str = "questions") -> AppTest:
    app = "board" if role in (Role.GOVERNOR, Role.TRUSTEE) else "staff"
    test = open_app(app, role, home=home)
    if role in (Role.GOVERNOR, Role.SENCO):
        test = test.selectbox(key="school").set_value(urn).run()
    return at(test, address)


def press(test: AppTest, label: str) -> AppTest:
    done: AppTest = next(one for one in test.button if one.label.startswith(label)).click().run()
    assert not done.exception
    return done


def threads(home: Path) -> Any:
    return trail_journal.threads(trail_journal.open_trail(home), LEAD)


def test_from_a_question_to_its_close(open_app: Open, home: Path) -> None:
    board = page_of(open_app, home, Role.GOVERNOR)
    assert not board.exception
    assert words.NOTHING_ASKED in said(board)
    place = next(n for n, label in enumerate(board.selectbox(key="asked-about").options) if "did not happen" in label)
    board.selectbox(key="asked-about").select_index(place)
    board = press(board, "Note this question")
    assert words.ASKED_NOW in said(board)
    assert "What stopped the sessions?" in said(board)
    (kept,) = threads(home)
    assert (kept.owner, kept.asked.trigger, kept.asked.about) == (ELM, "LOW_DOSE", "Calm Corner")
    assert kept.asked.figure is not None
    assert kept.asked.figure.column == "dose_rate"
    assert "From the next data on this says whether it moved." in said(board)

    staff = page_of(open_app, home, Role.SENCO)
    assert "What stopped the sessions?" in said(staff)
    staff.text_area(key="answer-text").set_value(HOSTILE)
    staff.text_input(key="action-text").set_value("Train a third member of staff.")
    staff = press(staff, "Record this answer")
    assert "The action has no day or no owner" in said(staff)
    staff.date_input(key="action-date").set_value(dt.datetime.now(dt.UTC).date() + dt.timedelta(days=7))
    staff = press(staff, "Record this answer")
    assert words.ANSWERED_NOW in said(staff)
    assert ESCAPED in said(staff)
    assert "<script>alert" not in said(staff)
    staff = press(staff, "The action is done")
    assert words.DONE_NOW in said(staff)

    board = press(page_of(open_app, home, Role.GOVERNOR), "Close this question")
    assert words.CLOSED_NOW in said(board)
    assert ESCAPED in said(board)
    assert threads(home)[0].state(dt.datetime.now(dt.UTC).date()) is State.CLOSED


def test_a_question_of_the_own_is_refused_empty_and_kept_as_text(open_app: Open, home: Path) -> None:
    board = press(page_of(open_app, home, Role.GOVERNOR), "Note this question")
    assert "Choose what the question is about" in said(board)
    last = len(board.selectbox(key="asked-about").options) - 1
    board.selectbox(key="asked-about").select_index(last)
    board = press(board, "Note this question")
    assert "The question is empty" in said(board)
    board.text_area(key="asked-text").set_value(HOSTILE)
    board = press(board, "Note this question")
    assert ESCAPED in said(board)
    other = page_of(open_app, home, Role.GOVERNOR, urn=OAK)
    assert "canary" not in said(other)
    trustee = page_of(open_app, home, Role.TRUSTEE)
    assert "1 question open, none overdue, 0 closed." in said(trustee)


def test_a_trustee_asks_of_the_trust_and_the_lead_answers(open_app: Open, home: Path) -> None:
    board = page_of(open_app, home, Role.TRUSTEE)
    board.selectbox(key="asked-about").select_index(0)
    board = press(board, "Note this question")
    (kept,) = threads(home)
    assert kept.owner == TRUST
    lead = page_of(open_app, home, Role.SEND_LEAD, address="sign-off")
    lead.text_area(key="answer-text").set_value("We stop it at Easter.")
    lead = press(lead, "Record this answer")
    assert words.ANSWERED_NOW in said(lead)
    assert "We stop it at Easter." in said(page_of(open_app, home, Role.TRUSTEE))


def comment(home: Path, text: str, day: dt.date, trigger: str = "LOW_DELIVERY", about: str | None = "2026") -> None:
    trail_papers.comment(
        trail_journal.open_trail(home), SENCO, "x", ELM, trigger, about, text, figure_date=day,
        now=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC),
    )  # fmt: skip


def test_a_comment_stands_beside_the_exception_on_the_page_and_in_the_paper(open_app: Open, home: Path) -> None:
    release = find_release(home)
    before = papers_of(visit_of(release, ELM), ELM, home)[0]
    comment(home, HOSTILE, dt.date(2026, 11, 20))
    shown = said(page_of(open_app, home, Role.GOVERNOR, address="school"))
    assert f"SENCO, 20 November 2026: “{ESCAPED}" in shown
    assert ESCAPED not in said(page_of(open_app, home, Role.GOVERNOR, urn=OAK, address="school"))
    paper = papers_of(visit_of(release, ELM), ELM, home)[0]
    assert ESCAPED.encode() in html(paper)
    assert b"<script>alert" not in html(paper)
    assert html(before) != html(paper)


def test_the_longest_comments_leave_the_paper_on_its_two_sides(home: Path) -> None:
    visit = visit_of(find_release(home), ELM)
    for trigger, about in ASKED_OF_ELM:
        comment(home, "word " * 48, dt.date(2026, 11, 20), trigger, about)
    paper = papers_of(visit, ELM, home)[0]
    assert html(paper).count(b"word word") >= 3
    assert len(PdfReader(io.BytesIO(pdf(paper))).pages) == 2


ASKED_OF_ELM = (("LOW_DELIVERY", "2026"), ("BEHIND", "Behind Blocks"), ("LOW_DOSE", "Calm Corner"),
                ("SPENT_BEYOND", "2025"), ("GAP", "2026"), ("NO_EVIDENCE", None), ("SEN_LEAVE_MORE", None))  # fmt: skip


def test_an_old_comment_is_not_told_of_new_figures(open_app: Open, home: Path) -> None:
    comment(home, "Of another term.", dt.date(2026, 7, 22))  # 121 days before the data
    assert "Of another term." not in said(page_of(open_app, home, Role.GOVERNOR, address="school"))
    comment(home, "Of this term.", dt.date(2026, 7, 23))
    assert "Of this term." in said(page_of(open_app, home, Role.GOVERNOR, address="school"))


def test_a_frozen_paper_is_signed_and_its_readers_see_it(open_app: Open, home: Path, tmp_path: Path) -> None:
    lead = page_of(open_app, home, Role.SEND_LEAD, address="sign-off")
    assert send_lead_sign_off.NO_PAPERS in said(lead)
    make(find_release(home), home, [ELM], tmp_path / "out", dt.date(2026, 11, 26))
    lead = press(page_of(open_app, home, Role.SEND_LEAD, address="sign-off"), "Sign this paper off")
    assert "Tick that you have read it" in said(lead)
    lead.checkbox(key="paper-read").set_value(True)
    lead = press(lead, "Sign this paper off")
    assert words.SIGNED_NOW in said(lead)
    assert "Every paper of the last meeting is signed off." in said(lead)
    (frozen,) = frozen_of(home, ELM)
    assert list(trail_papers.sign_offs(trail_journal.open_trail(home), LEAD, ELM)) == [digest(frozen)[1]]
    reader = page_of(open_app, home, Role.GOVERNOR, address="nutshell")
    assert "26 November 2026: Signed off by the SEND lead on" in said(reader)


def test_readers_say_whether_they_could_answer(open_app: Open, home: Path) -> None:
    reader = press(page_of(open_app, home, Role.GOVERNOR, address="nutshell"), "Send")
    assert "Answer all three" in said(reader)
    for place, word in enumerate(("YES", "PARTLY", "NO")):
        reader.radio(key=f"clear-{place}").set_value(word)
    reader = press(reader, "Send")
    assert words.THANKS in said(reader)
    lead = said(page_of(open_app, home, Role.SEND_LEAD, address="sign-off"))
    assert "What readers could answer" in lead
    assert NAMES[ELM] not in lead[lead.index("What readers could answer") :]


def test_pages_are_shut_to_other_roles(sample_home: Path) -> None:
    release = find_release(sample_home)
    visits = {role: Visit(Identity(role, (ELM,)), release, sample_home) for role in Role}
    for view, own in (
        (board_questions, {Role.GOVERNOR, Role.TRUSTEE}), (senco_questions, {Role.SENCO}),
        (send_lead_sign_off, {Role.SEND_LEAD}),
    ):  # fmt: skip
        for role in set(Role) - own:
            with pytest.raises(OrchardError):
                view.show(visits[role])


def test_every_numeric_exception_of_the_release_has_its_one_figure(sample_home: Path) -> None:
    """What a board takes from the page is kept with the row that it was read from, hidden or not."""
    kinds = {(t.figure_table, t.figure_column) for t in TRIGGERS}
    for owner in (ELM, OAK, TRUST):
        visit = visit_of(find_release(sample_home), owner)
        for row in visit.read(board_questions.of_questions.every_one_of_school(owner)):
            assert row["trigger"] == "A_NEW_TRIGGER" or (row["figure_table"], row["figure_column"]) in kinds
            figure = figure_of(visit, row)
            if figure is None:
                continue
            assert set(ALL[figure.table].key) == set(json.loads(figure.where))
            assert figure.value is None or not figure.is_hidden


def test_terms_and_who_answered() -> None:
    answer = Answer("x", written_as="senco", written_date=dt.date(2026, 11, 20))
    assert words.answer_words(answer) == "The SENCO’s answer, 20 November 2026"
    assert words.term_words(dt.date(2026, 4, 15)) == "the spring term 2026"
    assert words.term_words(dt.date(2026, 4, 16)) == "the summer term 2026"
    assert words.term_words(dt.date(2026, 9, 1)) == "the autumn term 2026"


FOLLOWED = {"movement": "BETTER", "value_then": 0.61, "value_now": 0.78, "year_then": None, "year_now": None}


@pytest.mark.parametrize(
    ("row", "ending"),
    [
        (FOLLOWED, "the figure was 61%, now it is 78%. That is better."),
        (FOLLOWED | {"value_now": None, "movement": "HIDDEN"}, "was 61%, now it is hidden. A small number is "
         "hidden, so whether it moved cannot be told."),
        (FOLLOWED | {"value_now": None, "movement": "GONE"}, "was 61%, and it is not published now. Whether it moved "
         "cannot be told."),
        (FOLLOWED | {"year_then": 2025, "year_now": 2026}, "was 61% for 2025/26, now it is 78% for 2026/27. That is "
         "better."),
        (None, "the figure was 61%. From the next data on this says whether it moved."),
    ],
)  # fmt: skip
def test_whether_a_figure_moved_is_said_as_it_is_known(row: dict[str, Any] | None, ending: str) -> None:
    figure = Figure("mart_impact__school", "dose_rate", "{}", 0.61)
    day = dt.date(2026, 6, 12)
    asked = Asked(
        "What stopped the sessions?", dt.date(2026, 6, 20), day, "DELIVERY", "LOW_DOSE", "Calm Corner", figure
    )
    thread = Thread(1, ELM, asked)
    assert (
        words.moved_words(thread, row, dt.date(2026, 11, 20)) == f"On 12 June 2026 {ending}"
        if ending.startswith("the figure")
        else (words.moved_words(thread, row, dt.date(2026, 11, 20)).endswith(ending))
    )
    assert words.asked_words(thread) == "Asked in the summer term 2026, at the meeting of 20 June 2026."
    assert words.standing_words(thread, dt.date(2026, 7, 19)) == (
        "Overdue: the answer was due on 18 July 2026, 1 day ago."
    )
