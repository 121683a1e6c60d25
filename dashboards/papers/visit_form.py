"""The link governor's visit: a form with the figures and questions filled in, and room for what is seen and agreed."""

from __future__ import annotations

from dashboards.papers import blocks
from dashboards.papers.blocks import Block, Fact, Masthead, Paper, Section
from dashboards.papers.exceptions import chosen, exceptions
from dashboards.papers.nutshell import Before, paper, read_figures, tiles
from dashboards.papers.registry import priority_name
from dashboards.views.visits import Visit
from dashboards.wording import papers as words
from dashboards.wording.numbers import long_date

ON_FIRST_SIDE, LINES = 2, 5
"""Questions on the first side, and lines to write on under each."""


def visit_form(visit: Visit, owner: str, before: Before | None = None) -> Paper:
    """The form of one school; two sides."""
    read, about, school = read_figures(visit, owner, before or Before()), visit.about(), visit.schools()[owner]
    facts = (
        Fact("School", str(school["phase"])),
        Fact("Figures to", long_date(about["data_date"])),
        Fact("Governor", "…………………………………"),
        Fact("Met with", "…………………………………"),
        Fact("Date", "…………………"),
    )
    shown, asked = tuple(tiles(read)), chosen(visit, owner)
    hidden = sum(tile.hidden_count for tile in shown)
    told = exceptions(visit, asked)
    listed: list[Block] = [
        Masthead(words.VISIT, str(school["school_name"]), facts),
        blocks.Prose(words.VISIT_RULES, is_small=True),
        Section(words.VISIT_FIGURES),
        blocks.Tiles(shown),
        *((blocks.Prose((words.hidden_words(hidden),), is_small=True),) if hidden else ()),
        Section(words.VISIT_QUESTIONS, words.VISIT_QUESTIONS_LEAD),
    ]
    for place, (question, ask) in enumerate(zip(asked, told, strict=True), 1):
        if place == ON_FIRST_SIDE + 1:
            listed.append(blocks.NewPage())
        heard = words.heard_words(priority_name(question["subject"]))
        listed += [blocks.Exceptions((ask,), place), blocks.Blanks(heard, LINES)]
    listed += [
        *(() if told else (blocks.Prose((words.NOTHING_STANDS_OUT,)),)),
        *(() if len(told) > ON_FIRST_SIDE else (blocks.NewPage(),)),
        Section(words.VISIT_OWN),
        blocks.Blanks(words.VISIT_OWN_ASKED, 6),
        Section(words.VISIT_AGREED),
        blocks.Blanks(words.VISIT_ACTION, 7),
        blocks.Blanks(words.VISIT_CLAIM, 1),
    ]
    return paper(visit, read, "visit", f"{words.VISIT}: {school['school_name']}", listed, sides=2)
