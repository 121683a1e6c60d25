"""The twenty figures: every line rests on a published column, is read as a person would, and hidden is never nought."""

from __future__ import annotations

import pytest

from dashboards.markup import HIDDEN, MISSING
from dashboards.papers.blocks import Stored
from dashboards.papers.figures import Line, from_paper, lines_for, read_line
from dashboards.papers.registry import BLOCKS, HEADLINES, all_lines, priority_name
from dashboards.wording.questions import SUBJECT_WORDS
from expectations.contract import Sensitivity
from expectations.tables import ALL
from expectations.vocabulary import TRUST
from tests.dashboards.papers.conftest import Look
from tests.support.releases import ASH, ELM, OAK

DECLARED = [line for line in all_lines() if line.table]


def line(key: str) -> Line:
    return next(line for line in all_lines() if line.key == key)


def test_there_are_twenty_figures_in_five_priorities_each_once() -> None:
    assert [block.priority for block in BLOCKS] == [1, 2, 3, 4, 5]
    assert [figure.number for block in BLOCKS for figure in block.figures] == list(range(1, 21))


@pytest.mark.parametrize("declared", DECLARED, ids=lambda line: f"{line.key}-{line.only.value}")
def test_each_line_names_a_released_table_and_its_columns(declared: Line) -> None:
    table = ALL[declared.table]
    assert table.sensitivity in {Sensitivity.AGGREGATE, Sensitivity.OPEN}
    has_list = "hidden_columns" in table.by_name
    assert set(declared.columns) - ({"hidden_columns"} if not has_list else set()) <= set(table.by_name)
    assert declared.source
    assert not declared.before_table or declared.before in ALL[declared.before_table].by_name


def test_a_key_stands_for_one_figure_in_any_school() -> None:
    for is_special in (False, True):
        keys = [line.key for block in BLOCKS for figure in block.figures for line in lines_for(figure, is_special)]
        assert len(keys) == len(set(keys))


def test_headlines_and_priorities_name_what_there_is() -> None:
    assert {key for keys in HEADLINES for key in keys} <= {line.key for line in all_lines()}
    assert {priority_name(subject)[0] for subject in SUBJECT_WORDS} == {"1", "2", "3", "4", "5"}


def test_a_school_reads_number_share_trust_and_a_year_before(look: Look) -> None:
    read = read_line(line("sen_support"), look(ELM), ELM, {})
    assert (read.number, read.share, read.trust, read.last_year) == ("48", "16%", "13%", "11%")
    delivered = read_line(line("delivered"), look(ELM), ELM, {})
    assert delivered.stored is not None
    assert delivered.stored.period == "2026"
    assert delivered.before is not None
    assert delivered.last_year == delivered.before.share_words


def test_a_hidden_figure_is_a_sign_is_counted_and_is_never_stored(look: Look) -> None:
    read = read_line(line("ehc_plans"), look(OAK), OAK, {})
    assert (read.number, read.share, read.stored) == (HIDDEN, HIDDEN, None)
    assert read.hidden_count == 3, "one sign for number and share, last year's and the trust's share"


def test_a_special_school_has_counts_of_plans_and_no_share(look: Look) -> None:
    (roll, plans) = lines_for(next(f for block in BLOCKS for f in block.figures if f.number == 4), is_special=True)
    read = read_line(plans, look(ASH), ASH, {})
    assert (roll.key, read.number, read.share) == ("roll", "90", MISSING)


def test_the_trust_is_not_set_beside_itself(look: Look) -> None:
    assert read_line(line("roll"), look(TRUST), TRUST, {}).trust == MISSING


def stored(number: float | None, share: float | None = None, definition: str = "same") -> Stored:
    return Stored("SEN support", number, share, str(number), "16%" if share else "", "", definition)


@pytest.mark.parametrize(
    ("now", "past", "said"),
    [
        (48, 40, "40"), (48, 53, "53"), (48, 48, "48"), (48, 52, HIDDEN), (48, 44, HIDDEN), (48, 47, HIDDEN),
    ],
)  # fmt: skip
def test_counts_of_two_papers_that_lie_one_to_four_apart_do_not_stand_side_by_side(
    now: int, past: int, said: str
) -> None:
    assert from_paper(stored(now), stored(past)) == said


def test_a_rate_or_a_wait_is_no_count_of_children() -> None:
    now, past = (Stored("Wait", number, None, f"{number} weeks", "", "", "same") for number in (10, 12))
    assert from_paper(now, past) == "12 weeks"
    assert from_paper(stored(1_234), Stored("Roll", 1_232, None, "1,232", "", "", "same")) == HIDDEN


def test_a_figure_that_means_something_else_now_is_not_compared() -> None:
    assert from_paper(stored(48), stored(30, definition="other")) == MISSING
    assert from_paper(stored(48), None) == MISSING
    assert from_paper(stored(48, 0.16), stored(30, 0.12)) == "16%"


def test_leadership_is_told_by_yes_and_no_and_the_trust_in_schools(look: Look) -> None:
    def read(key: str, owner: str) -> tuple[object, object]:
        found = read_line(line(key), look(owner), owner, {})
        return found.number, found.trust

    assert read("senco_hours", ELM) == ("12.5 hours", MISSING)
    assert read("award", ELM) == ("yes", "1 of 2")
    assert read("staff_trained", ELM) == ("no", "1 of 2")
    assert read("award", OAK) == (MISSING, "1 of 2"), "nothing is recorded, which is not no"
    assert read("award", TRUST) == ("1 of 2", MISSING)
    assert read("senco_hours", TRUST) == (MISSING, MISSING), "posts are never summed"
    assert read("items_late", ELM) == ("1", "1")
    assert read("next_item", ELM) == ("1 Sep 2026", MISSING)
    assert read("next_item", OAK) == (MISSING, MISSING)
