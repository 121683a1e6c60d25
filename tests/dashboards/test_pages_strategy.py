"""The strategy tracker: what is stuck before what is done, every action, leads by role, questions with their figure."""

from __future__ import annotations

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import tables


def test_a_trustee_reads_what_is_done_and_what_is_stuck_and_on_whom_it_waits(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "strategy"))
    assert (
        "Of 9 actions 2 are done; 1 blocked, 1 past their day, 1 not reported for a term and 1 never reported." in page
    )
    assert "1 action that is done name no evidence." not in page
    assert "1 action that is done names no evidence." in page
    found = tables(page)
    assert [row[0] for row in found["Actions that are stuck"]] == ["1.1.03", "1.2.01"]
    stuck = found["Actions that are stuck"][0]
    assert "Waits for money" in stuck[2]
    assert "100 days past its day" in stuck[2]
    assert stuck[3] == "Nobody named"
    assert found["Actions by priority"][0][:3] == ["The whole plan", "9", "2"]
    assert len(found["1 Leadership"]) == 5
    assert found["1 Leadership"][0][5] == "Minutes, 3 September 2026"
    order = [page.index(f"<h2>{title}</h2>") for title in ("Ask about", "The five priorities", "Stuck", "Every action")]
    assert order == sorted(order)


def test_the_questions_of_the_strategy_stand_on_its_figures(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "strategy"))
    assert "Leadership: actions of the strategy that are stuck" in page
    assert "Leadership: of 5 actions 1 is blocked and 1 is past the day set." in page
    assert "Who can unblock them, and by which day?" in page
