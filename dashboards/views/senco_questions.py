"""Questions to answer, for the SENCO: what the governors asked, and a comment on a figure before they read of it."""

from __future__ import annotations

from dashboards import trail_journal
from dashboards.access import Role
from dashboards.trail import State
from dashboards.views import page
from dashboards.views.shared_answering import answer_form, comment_form, done_form
from dashboards.views.shared_trail import show_threads, show_told, today, trail_of
from dashboards.views.visits import Visit, is_role
from dashboards.wording import trail as words
from dashboards.wording.numbers import grouped
from expectations.errors import OrchardError


def show(visit: Visit) -> None:
    """The questions of the school's governors, those that are due first."""
    if not is_role(visit, Role.SENCO):
        raise OrchardError("Only the SENCO answers here", "", "Ask the SEND lead.")
    urn, journal = visit.school_urn or "", trail_of(visit)
    found = trail_journal.threads(journal, visit.identity)
    states = [one.state(today()) for one in found]
    waiting = states.count(State.ASKED) + sum(one.state(today()) is State.OVERDUE and not one.answers for one in found)
    page.masthead(visit, visit.schools()[urn]["school_name"], "Questions to answer",
                  [("Waiting", grouped(waiting)), ("Overdue", grouped(states.count(State.OVERDUE)))])  # fmt: skip
    show_told()
    opened = sorted((one for one in found if one.due_date), key=lambda one: one.due_date or today())
    opened += [one for one in found if one.due_date is None and one.closed_date is None]
    if opened:
        page.section("What the governors asked", "What is due first stands first.")
        show_threads(visit, opened)
    else:
        page.paragraphs(words.NOTHING_TO_ANSWER)
    answer_form(visit, journal, opened)
    done_form(visit, journal, opened)
    comment_form(visit, journal, [urn], visit.schools())
    if closed := [one for one in found if one.closed_date]:
        page.section("Closed", "")
        show_threads(visit, closed)
