"""Figures of registers, needs, attendance and progress: told as the school's group allows, by hand answers."""

from __future__ import annotations

import pytest

from dashboards.markup import HIDDEN, MISSING
from dashboards.papers import blocks
from dashboards.papers.figures import Reading, england
from dashboards.papers.nutshell import Before, nutshell, read_figures, what_changed
from dashboards.papers.trustees import trustees_pack
from dashboards.wording import papers as words
from expectations.vocabulary import TRUST
from tests.dashboards.papers.conftest import Look
from tests.support.releases import ASH, ELM, OAK


def figures_of(paper: blocks.Paper) -> list[blocks.NumberedFigure]:
    return [
        figure
        for block in paper.blocks
        if isinstance(block, blocks.Figures)
        for priority in block.priorities
        for figure in priority.figures
    ]


def readings(look: Look, owner: str) -> dict[str, Reading]:
    return {line.key: reading for line, reading in read_figures(look(owner), owner, Before()).lines}


def test_every_one_of_the_twenty_figures_has_its_lines_in_every_school(look: Look) -> None:
    for owner in (ELM, OAK, ASH):
        figures = figures_of(nutshell(look(owner), owner))
        assert [figure.number for figure in figures] == list(range(1, 21)), "numbered in the order of the page"
        assert all(figure.lines and figure.source for figure in figures)


def test_attendance_is_told_apart_or_together_and_never_both(look: Look) -> None:
    elm, oak, ash = (readings(look, owner) for owner in (ELM, OAK, ASH))
    assert (elm["absence_support"].share, elm["absence_support"].last_year) == ("7.9%", "6.6%")
    assert elm["absence_plan"].trust == "11.2%"
    assert (oak["absence_sen"].share, oak["persistent_sen"].share) == ("10.2%", "41%")
    assert "absence_sen" not in elm
    assert {"absence_support", "absence_plan"}.isdisjoint(oak)
    assert {"absence_support", "absence_none", "absence_sen"}.isdisjoint(ash), "everybody there has a plan"


def test_hidden_is_told_as_hidden_and_keeps_its_line(look: Look) -> None:
    elm = readings(look, ELM)
    assert (elm["persistent_plan"].share, elm["suspended_plan"].number) == (HIDDEN, HIDDEN)
    assert (elm["suspended_support"].number, elm["suspended_support"].last_year) == ("6.2", HIDDEN)
    assert (elm["placed"].number, elm["excluded"].number) == (HIDDEN, "0")


def test_last_years_share_comes_from_its_own_table_and_is_compared(look: Look) -> None:
    elm = readings(look, ELM)["sen_support"]
    assert (elm.share, elm.last_year) == ("16%", "11%")
    assert elm.before is not None
    assert (elm.before.share, elm.before.number) == (0.11, None), "last year's number is told nowhere"
    visit = look(ELM)
    found, since = what_changed(visit, read_figures(visit, ELM, Before()), Before())
    assert since is None
    assert "sen_support" in {change.key for change in found}


def test_what_is_usual_stands_beside_mainstream_schools_only(look: Look) -> None:
    assert readings(look, ELM)["expected"].number == "19 to 39"
    assert "expected" not in readings(look, ASH)
    assert "expected" not in readings(look, TRUST)


def test_moderation_is_the_trusts_and_two_matrices_are_not_compared(look: Look) -> None:
    school, trust = readings(look, ELM)["moderated"], readings(look, TRUST)["moderated"]
    assert (school.number, school.share, school.trust, school.of_whom) == (MISSING, MISSING, "41%", "14 Oct 2026")
    assert (trust.number, trust.share, trust.last_year) == ("22", "41%", "54%")


@pytest.mark.parametrize(("owner", "has_year_6"), [(ELM, True), (OAK, False)])
def test_a_school_without_a_year_6_has_no_line_of_it(look: Look, owner: str, has_year_6: bool) -> None:
    read = readings(look, owner)
    assert ("kept_pace" in read) is has_year_6
    if has_year_6:
        assert (read["year_6"].number, read["year_6"].england) == ("6", "23.6% (2022/23)")
        assert (read["kept_pace"].number, read["kept_pace"].share) == ("14", "70%")


def test_an_engagement_profile_is_told_where_there_is_one(look: Look) -> None:
    assert readings(look, ASH)["engagement"].number == "24"
    assert "engagement" not in readings(look, ELM)


def test_a_published_figure_stands_with_its_year_and_to_a_tenth(look: Look) -> None:
    assert england(look(ELM), "no such measure") == MISSING
    assert england(look(ELM), "Primary need SLCN of pupils with SEN support") == "25.7% (2024/25)"
    assert words.published_tenth(12.76) == "12.8%"


def test_the_trusts_own_paper_has_no_column_of_the_trust_and_tells_the_strategy(look: Look) -> None:
    school, pack = nutshell(look(ELM), ELM), trustees_pack(look(TRUST))
    strategy, _ = (block for block in pack.blocks if isinstance(block, blocks.Grid))
    for paper, columns in ((school, words.FIGURE_COLUMNS), (pack, words.TRUST_FIGURE_COLUMNS)):
        (table,) = (block for block in paper.blocks if isinstance(block, blocks.Figures))
        assert table.columns == columns
        told = [line for figure in figures_of(paper) for line in figure.lines if line.told]
        assert {1 + len(line.beside) for line in told} == {len(columns)}
    *priorities, whole = strategy.groups[0].rows
    counts = [[int(str(cell)) for cell in row[1:]] for row in priorities]
    assert [sum(column) for column in zip(*counts, strict=True)] == [int(str(cell)) for cell in whole[1:]]


def test_a_special_school_is_not_said_to_have_asked_nobody(look: Look) -> None:
    ash = readings(look, ASH)
    assert ash["views"].number == MISSING
    assert {"pupil_view", "parent_view"}.isdisjoint(ash)


def test_a_source_is_named_once_in_a_figure(look: Look) -> None:
    sources = {figure.number: figure.source for figure in figures_of(nutshell(look(ELM), ELM))}
    assert (sources[2], sources[7]) == ("Trust register", "All lists, Moderation, All files")


def test_a_number_and_its_share_stand_together_and_a_sign_stands_once(look: Look) -> None:
    def told(owner: str, label: str) -> tuple[blocks.Cell, ...]:
        lines = [line for figure in figures_of(nutshell(look(owner), owner)) for line in figure.lines]
        return next(line.told for line in lines if line.label == label)

    assert told(ELM, "With SEN support") == ("48", "16%")
    assert told(OAK, "With an EHC plan") == (blocks.Sign("hidden"),), "number and share are both hidden"
    assert told(ELM, "Half-days missed: SEN support") == ("7.9%",)
    assert told(OAK, "SENCO holds the award") == (blocks.Sign("missing"),)
