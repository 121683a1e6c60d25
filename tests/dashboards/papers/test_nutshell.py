"""The nutshell: the printed rules kept, at most three exceptions that figures support, every school alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboards.papers import blocks
from dashboards.papers.blocks import Paper, from_json, to_json
from dashboards.papers.exceptions import OF_THE_TRUST, chosen, exceptions
from dashboards.papers.nutshell import Before, nutshell
from dashboards.papers.trustees import trustees_pack
from dashboards.papers.visit_form import visit_form
from dashboards.wording import papers as words
from expectations.vocabulary import TRUST
from tests.dashboards.papers.conftest import Look
from tests.support.releases import ASH, ELM, NAMES, OAK

SCHOOLS = (ELM, OAK, ASH)


def of_kind(paper: Paper, kind: Any) -> list[Any]:
    return [block for block in paper.blocks if isinstance(block, kind)]


def test_the_schools_own_come_first_and_a_second_on_a_subject_last(look: Look) -> None:
    asked = chosen(look(ELM), ELM, at_most=99)
    first = asked[:3]
    assert [row["trigger"] for row in first] == ["LOW_DELIVERY", "SPENT_BEYOND", "SEN_LEAVE_MORE"]
    assert len({row["subject"] for row in first}) == 3
    own = [row["figure_table"] not in OF_THE_TRUST for row in first]
    assert all(own)


def test_of_the_trust_its_own_weight_decides(look: Look) -> None:
    assert [row["trigger"] for row in chosen(look(TRUST), TRUST)][:1] == ["BEHIND"]


def test_what_its_figure_does_not_support_is_not_asked(look: Look) -> None:
    visit = look(ELM)
    for row, told in zip(chosen(visit, ELM, 99), exceptions(visit, chosen(visit, ELM, 99)), strict=True):
        assert told.said, row["trigger"]
        assert told.question.endswith("?")
    hidden = {row["trigger"] for row in chosen(look(OAK), OAK, 99)}
    assert "LOW_DELIVERY" not in hidden


@pytest.mark.parametrize("urn", SCHOOLS)
def test_every_school_has_the_same_paper(look: Look, urn: str) -> None:
    paper = nutshell(look(urn), urn)
    assert paper.sides == 2
    assert len(of_kind(paper, blocks.NewPage)) == 1
    titles = [section.title for section in of_kind(paper, blocks.Section)]
    assert titles == [words.CHANGED, words.ASK, words.GLANCE, words.CONFIDENCE, words.NOT_SHOWN, words.ALL_FIGURES]
    assert all(len(block.items) <= 3 for block in of_kind(paper, blocks.Exceptions))
    assert [len(block.items) for block in of_kind(paper, blocks.Tiles)] == [6]
    (grid,) = of_kind(paper, blocks.Grid)
    numbers = [row[0] for group in grid.groups for row in group.rows if row[0]]
    assert sorted(int(str(number)) for number in numbers) == list(range(1, 21))


def test_a_paper_goes_to_data_and_back(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    assert from_json(to_json(paper)) == paper
    assert to_json(from_json(to_json(paper))) == to_json(paper)


def test_a_paper_is_compared_with_the_one_before(look: Look) -> None:
    first = nutshell(look(ELM), ELM)
    earlier = dict(first.figures)
    roll = earlier["roll"]
    earlier["roll"] = type(roll)(roll.label, 250, None, "250", "", roll.period, roll.definition)
    before = Paper(**{**vars(first), "data_date": dt.date(2026, 6, 12), "figures": earlier})
    (points,) = of_kind(nutshell(look(ELM), ELM, Before(before)), blocks.Points)
    assert points.items[0].value == "300; it was 250 on 12 June 2026 (pupils joined or left)."


def test_the_visit_form_asks_the_papers_questions_and_leaves_room(look: Look) -> None:
    form = visit_form(look(ELM), ELM)
    questions = [item.question for block in of_kind(form, blocks.Exceptions) for item in block.items]
    (printed,) = of_kind(nutshell(look(ELM), ELM), blocks.Exceptions)
    assert questions == [item.question for item in printed.items]
    assert [block.start for block in of_kind(form, blocks.Exceptions)] == [1, 2, 3]
    labels = [block.label for block in of_kind(form, blocks.Blanks)]
    assert "What I heard and saw (strategy: 5 Provision)" in labels


def test_the_trustees_pack_names_every_school_in_its_own_kind_and_ranks_none(look: Look) -> None:
    pack = trustees_pack(look(TRUST))
    *_, grid = of_kind(pack, blocks.Grid)
    named = [[row[0] for row in group.rows if row[0]] for group in grid.groups]
    assert named == [[NAMES[ELM], NAMES[OAK]], [NAMES[ASH]]]
    assert [group.title for group in grid.groups] == [words.MAINSTREAM, words.SPECIAL]
