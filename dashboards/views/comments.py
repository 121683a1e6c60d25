"""What the challenge trail says beside papers and exceptions: the accountable person's comment, a paper's sign-off."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards import trail_journal, trail_papers
from dashboards.figures import Row
from dashboards.trail_papers import COMMENT_DAYS, Comment, SignOff
from dashboards.views.visits import Visit
from dashboards.wording.trail import comment_words

Comments = Mapping[tuple[str, str], Comment]


def comments_of(visit: Visit, owner: str) -> Comments:
    """The comments on the exceptions of a school (or TRUST), as far as this visitor reads them; none that is old.

    Raises ``OrchardError`` when there is a trail that cannot be read: a paper without its comments would be another.
    """
    home = visit.release.folder.parents[1]
    if not trail_journal.has_trail(home):
        return {}
    told = trail_papers.comments(trail_journal.open_trail(home), visit.identity, owner)
    today = visit.about()["data_date"]
    return {key: one for key, one in told.items() if (today - one.figure_date).days <= COMMENT_DAYS}


def signatures_of(visit: Visit, owner: str) -> Mapping[str, SignOff]:
    """Sign-offs of the frozen papers of a school (or TRUST), by the paper's digest."""
    home = visit.release.folder.parents[1]
    if not trail_journal.has_trail(home):
        return {}
    return trail_papers.sign_offs(trail_journal.open_trail(home), visit.identity, owner)


def comment_on(question: Row, said: Comments) -> str:
    """The comment on one exception in words; '' where there is none."""
    found = said.get((question["trigger"], question["about"] or ""))
    return comment_words(found.comment_text, found.written_as, found.written_date) if found else ""
