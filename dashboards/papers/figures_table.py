"""The twenty figures as they stand in a paper: by priority, numbered in the order of the page, each question marked.

Whatever a question of the first side rests on can be found here: on a line of its figure, or as a line of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dashboards.figures import Row
from dashboards.markup import HIDDEN, MISSING
from dashboards.papers.blocks import (
    Block,
    Exceptional,
    Fact,
    FigureLine,
    Figures,
    Link,
    NumberedFigure,
    Priority,
    Section,
    cell,
)
from dashboards.papers.figures import Figure, Line, Reading
from dashboards.papers.places import linked, pages_of, table_of
from dashboards.papers.registry import BLOCKS, LINE_OF
from dashboards.views.visits import Visit
from dashboards.wording import papers as words
from dashboards.wording.glossary import TERMS
from dashboards.wording.numbers import long_date, year_name
from expectations.vocabulary import TRUST

LEFT = 3
"""Priorities in the left half of the side."""
Told = tuple[Line, Reading]


@dataclass(frozen=True)
class Asked:
    """A question of the first side: its place there, what it rests on, and how it stands there."""

    place: int
    question: Row
    told: Exceptional

    @property
    def name(self) -> str:
        """How the table names it: question 2."""
        return words.question_words(self.place)


def numbered(questions: Iterable[Row], told: Iterable[Exceptional]) -> list[Asked]:
    """The questions of a paper in their order."""
    pairs = zip(questions, told, strict=True)
    return [Asked(place, question, one) for place, (question, one) in enumerate(pairs, 1)]


def figures_table(
    visit: Visit, owner: str, lines: Sequence[Told], asked: Sequence[Asked], data_date: dt.date
) -> tuple[Block, ...]:
    """The twenty figures of a school (or TRUST) in the five priorities; ``lines`` as they were read."""
    readings = {line.key: (line, reading) for line, reading in lines}
    priorities = []
    for block in BLOCKS:
        figures = []
        for figure in block.figures:
            listed = [readings[line.key] for line in figure.lines if readings.get(line.key, (None,))[0] is line]
            figures.append(_figure(visit, owner, figure, listed, asked))
        pages = words.pages_words(pages_of(block.figures, owner))
        used = terms(_used(words.TERMS_OF_PRIORITY.get(block.priority, ()), figures))
        priorities.append(Priority(f"Priority {block.priority}: {block.name}", pages, tuple(figures), used))
    columns = words.TRUST_FIGURE_COLUMNS if owner == TRUST else words.FIGURE_COLUMNS
    lead = f"{words.FIGURES_LEAD} {words.SIGNS} {words.figures_date_words(long_date(data_date))}"
    return Section(words.ALL_FIGURES, lead), Figures(words.ALL_FIGURES, words.COUNTED, columns, tuple(priorities), LEFT)


def _used(named: Iterable[str], figures: Sequence[NumberedFigure]) -> Iterator[str]:
    """The words that these figures use: a special school has no notional budget."""
    names = [figure.name.words if isinstance(figure.name, Link) else str(figure.name) for figure in figures]
    said = " ".join((*names, *(line.label for figure in figures for line in figure.lines))).lower()
    return (name for name in named if any(part in said for part in name.lower().split(", ")))


def terms(named: Iterable[str]) -> tuple[Fact, ...]:
    """Words with their meaning; the app's own list tells those that are not the paper's alone."""
    return tuple(Fact(name, words.OWN_TERMS.get(name) or TERMS[name]) for name in named)


def _figure(visit: Visit, owner: str, figure: Figure, listed: Sequence[Told], asked: Sequence[Asked]) -> NumberedFigure:
    mine = [one for one in asked if one.told.number == figure.number]
    marked = {one.place: next((line.key for line, reading in listed if rests_on(one.question, line, reading)), None)
              for one in mine}  # fmt: skip
    lines = [_line(line, reading, owner, [one.name for one in mine if marked[one.place] == line.key])
             for line, reading in listed]  # fmt: skip
    lines += [_line_of_question(one) for one in mine if marked[one.place] is None]
    sources = dict.fromkeys(line.source for line, _ in listed)
    name = linked(visit, table_of(figure), owner, figure.name)
    return NumberedFigure(figure.number, name, ", ".join(sources), tuple(lines))


def rests_on(question: Row, line: Line, reading: Reading) -> bool:
    """Whether a question's own figure stands on this line: same column, same group, same year."""
    column = (question["figure_table"], question["figure_column"])
    if line.key == LINE_OF.get(column):
        return True
    if line.table != column[0] or column[1] not in (line.number, line.share):
        return False
    about = question["about"]
    if line.year:
        return reading.stored is not None and reading.stored.period == str(about)[:4]
    return about is None or all(value == about for value in line.where.values())


def _line(line: Line, reading: Reading, owner: str, questions: Sequence[str]) -> FigureLine:
    beside = (reading.last_year, reading.trust) if owner != TRUST else (reading.last_year,)
    england = "" if reading.england in (MISSING, HIDDEN) else str(reading.england)
    return FigureLine(
        _label(line, reading), tuple(map(cell, reading.told)), tuple(map(cell, beside)), england, " · ".join(questions)
    )


def _line_of_question(one: Asked) -> FigureLine:
    said = f"{one.told.title}: {one.told.figure}" if one.told.figure else one.told.title
    return FigureLine(said, (), (), "", one.name)


def _label(line: Line, reading: Reading) -> str:
    """What is counted; of whom, or of which year where that is not always this one."""
    year = reading.stored.period if line.base and reading.stored else ""
    added = year_name(int(year)) if year else reading.of_whom
    return f"{line.label}, {added}" if added else line.label
