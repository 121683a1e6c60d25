"""Lists in order of urgency: the first rows of a long one stand open, and pages stand in groups."""

import re

import pytest

from dashboards import board, staff
from dashboards.theme import ASSETS
from dashboards.views import page
from dashboards.wording import proposals, what_if


@pytest.mark.parametrize(("rows", "is_cut"), [(0, False), (12, False), (16, False), (17, True), (1204, True)])
def test_a_list_is_cut_only_where_that_saves_rows(rows: int, is_cut: bool) -> None:
    rest = page._rest(rows)
    assert (rest is not None) is is_cut
    if rest:
        assert f"Show all {rows:,}" in rest
        assert "Show the first 12" in rest


def test_the_sheet_hides_the_rows_after_those_that_stand_open_and_on_paper_none() -> None:
    rule = re.search(r"@media screen \{ (.*nth-child\(n \+ (\d+)\)) \{ display: none; \} \}",
                     (ASSETS / "orchard.css").read_text(encoding="utf-8"))  # fmt: skip
    assert rule is not None
    assert int(rule[2]) == page.FIRST_ROWS + 1


def test_pages_of_one_group_stand_together_and_those_of_none_first() -> None:
    for pages in (*board.PAGES.values(), *staff.PAGES.values()):
        groups = [leaf.group for leaf in pages]
        runs = [group for place, group in enumerate(groups) if place == 0 or groups[place - 1] != group]
        assert len(runs) == len(set(runs))
        assert runs[0] == ""


def test_a_proposal_that_asks_for_a_decision_stands_first() -> None:
    named = (("CONTINUE", "Alder"), ("STOP", "Yew"), ("NEW_CODE", "Ash"), ("TOO_EARLY", "Elm"), ("ADAPT", "Oak"),
             ("STOP", "Fir"))  # fmt: skip
    rows = [{"proposal": code, "intervention_name": name} for code, name in named]
    assert [row["intervention_name"] for row in sorted(rows, key=proposals.place_of)] == [
        "Fir", "Yew", "Oak", "Alder", "Elm", "Ash",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "pence", "said"),
    [
        ((-70.2, -8.1), (-203_000, -23_000),
         "between 8 and 70 hours of adults’ time less and between £230 and £2,030 of staff cost less"),
        ((3, 9), (1_000, 1_000), "between 3 and 9 hours of adults’ time more and £10 of staff cost more"),
        ((-4, 5), (-2_000, 3_000), "between 4 hours of adults’ time less and 5 hours of adults’ time more and between "
         "£20 of staff cost less and £30 of staff cost more"),
    ],
)  # fmt: skip
def test_a_scenario_says_more_or_less_and_no_sign(
    hours: tuple[float, float], pence: tuple[float, float], said: str
) -> None:
    row = {"change_low_hours": hours[0], "change_high_hours": hours[1],
           "cost_change_low_pence": pence[0], "cost_change_high_pence": pence[1]}  # fmt: skip
    assert what_if.scenario_sentence(1, 0, [row]) == (
        f"With one pupil more in each group, 1 intervention together would come to {said} a year beside the plan."
    )
