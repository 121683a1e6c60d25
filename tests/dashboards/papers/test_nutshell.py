"""The nutshell: the printed rules kept, at most three exceptions that figures support, every school alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboards.papers import blocks
from dashboards.papers import exceptions as printed
from dashboards.papers.blocks import Paper, from_json, to_json
from dashboards.papers.exceptions import BEYOND_CHANCE, OF_THE_TRUST, chosen, exceptions
from dashboards.papers.nutshell import Before, nutshell
from dashboards.papers.registry import figure_number
from dashboards.papers.trustees import trustees_pack
from dashboards.papers.visit_form import visit_form
from dashboards.queries.estimates import estimate_of
from dashboards.wording import papers as words
from expectations.vocabulary import TRUST
from models.questions import TRIGGERS
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


def test_a_difference_is_the_same_in_the_figure_and_in_its_sentence() -> None:
    row = {"difference_points": -3.5, "lower_points": -5.6, "upper_points": -1.5, "pooling": "POOLED",
           "shrunken_points": -3.0, "shrunken_lower_points": -5.6, "shrunken_upper_points": -0.4,
           "hidden_columns": ""}  # fmt: skip
    shown = estimate_of(row)
    assert shown is not None
    assert shown.points == -3.0
    assert printed.told_figure(row, "difference_points") == -3.0
    assert printed.told_figure({"dose_rate": 0.69}, "dose_rate") == 0.69


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
    assert titles == [words.CHANGED, words.ASK, words.GLANCE, words.CONFIDENCE, words.ALL_FIGURES]
    assert all(len(block.items) <= 3 for block in of_kind(paper, blocks.Exceptions))
    assert [len(block.items) for block in of_kind(paper, blocks.Tiles)] == [6]
    (table,) = of_kind(paper, blocks.Figures)
    assert [priority.name[:11] for priority in table.priorities] == [f"Priority {number}:" for number in range(1, 6)]


@pytest.mark.parametrize("owner", [*SCHOOLS, TRUST])
def test_every_exception_is_found_again_at_its_figure(look: Look, owner: str) -> None:
    paper = trustees_pack(look(TRUST)) if owner == TRUST else nutshell(look(owner), owner)
    (asked,), (table,) = of_kind(paper, blocks.Exceptions), of_kind(paper, blocks.Figures)
    marks = [(figure.number, mark) for priority in table.priorities for figure in priority.figures
             for line in figure.lines if line.asked for mark in line.asked.split(" · ")]  # fmt: skip
    wanted = [(one.number, words.question_words(place)) for place, one in enumerate(asked.items, 1) if one.number]
    assert asked.has_table
    assert sorted(marks) == sorted(wanted)


def test_a_question_marks_the_line_that_shows_its_figure_or_adds_one(look: Look) -> None:
    (table,) = of_kind(nutshell(look(ELM), ELM), blocks.Figures)
    lines = [line for priority in table.priorities for figure in priority.figures for line in figure.lines]
    assert [line.label for line in lines if line.asked == "Question 1"] == ["Delivered so far"]
    added = [line for line in lines if not line.told]
    assert all(line.asked and line.label for line in added)


def test_every_trigger_belongs_to_one_of_the_twenty_figures_but_for_the_strategys() -> None:
    without = {trigger.code for trigger in TRIGGERS if not figure_number(trigger.figure_table, trigger.figure_column)}
    assert without == {trigger.code for trigger in TRIGGERS if trigger.figure_table == "mart_strategy__priority"}
    assert figure_number("mart_ehc_delivery__school", "delivered_rate") == 17, "the list of words names it"
    assert figure_number("mart_inclusion__school", "absence_rate") == 14
    assert figure_number("mart_inclusion__school", "suspensions_per_100_years") == 15
    assert figure_number("mart_ehc_clock__school", "open_late_count") == 8
    assert figure_number("mart_ehc_clock__school", "overdue_reviews_count") == 12


def test_the_last_place_is_kept_for_what_lies_beyond_chance(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*told: tuple[str, str, str]) -> list[str]:
        rows = [{"trigger": code, "subject": subject, "figure_table": table} for code, subject, table in told]
        monkeypatch.setattr(printed, "_supported", lambda visit, rows_: rows)
        return [row["trigger"] for row in chosen(look(ELM), ELM)]

    law, outcomes, dose = (
        ("LOW_DELIVERY", "DELIVERY", "mart_ehc_delivery__school"),
        ("NO_EVIDENCE", "VALUE_FOR_MONEY", "mart_ehc_outcomes__school"),
        ("REVIEWS_LATE", "EHC_PLANS", "mart_ehc_clock__school"),
    )
    unserved = ("UNSERVED", "IDENTIFICATION", "mart_interventions__timeliness")
    apart = ("SEN_SUPPORT_APART", "IDENTIFICATION", "mart_identification__school")
    missing = ("GROUP_MISSING", "IDENTIFICATION", "mart_identification__group")
    of_trust = ("BEHIND", "IMPACT", "mart_impact__intervention")
    assert asked(law, outcomes, dose, apart, missing) == ["LOW_DELIVERY", "NO_EVIDENCE", "SEN_SUPPORT_APART"]
    assert asked(law, unserved, outcomes, apart) == ["LOW_DELIVERY", "UNSERVED", "SEN_SUPPORT_APART"]
    assert asked(apart, law, outcomes, dose) == ["SEN_SUPPORT_APART", "LOW_DELIVERY", "NO_EVIDENCE"]
    assert asked(of_trust, law, outcomes, dose) == ["LOW_DELIVERY", "NO_EVIDENCE", "REVIEWS_LATE"], "the school’s own"
    assert asked(law, apart) == ["LOW_DELIVERY", "SEN_SUPPORT_APART"]
    assert {trigger.code for trigger in TRIGGERS} >= BEYOND_CHANCE


def test_the_tile_of_sen_support_shows_what_is_usual(look: Look) -> None:
    (tiles,) = of_kind(nutshell(look(ELM), ELM), blocks.Tiles)
    beside = {fact.name: fact.value for fact in tiles.items[0].beside}
    assert beside["Usual here"] == "19 to 39"


@pytest.mark.parametrize("urn", SCHOOLS)
def test_signs_stand_on_the_first_side_in_words_only(look: Look, urn: str) -> None:
    (tiles,) = of_kind(nutshell(look(urn), urn), blocks.Tiles)
    assert not [fact for tile in tiles.items for fact in tile.beside if isinstance(fact.value, blocks.Sign)]


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


@pytest.mark.parametrize("owner", [*SCHOOLS, TRUST])
def test_as_many_places_are_said_to_be_hidden_as_a_reader_finds(look: Look, owner: str) -> None:
    paper = trustees_pack(look(TRUST)) if owner == TRUST else nutshell(look(owner), owner)
    (table,) = of_kind(paper, blocks.Figures)
    signs = [cell for priority in table.priorities for figure in priority.figures for line in figure.lines
             for cell in (*line.told, *line.beside) if cell == blocks.Sign("hidden")]  # fmt: skip
    signs += [tile.figure for tiles in of_kind(paper, blocks.Tiles) for tile in tiles.items
              if tile.figure == blocks.Sign("hidden")]  # fmt: skip
    said = words.hidden_words(len(signs), is_trust=owner == TRUST)
    assert said in [sentence for prose in of_kind(paper, blocks.Prose) for sentence in prose.sentences]
