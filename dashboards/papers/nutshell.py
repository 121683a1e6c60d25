"""SEND data in a nutshell: two sides for each school, the same in every school, from released figures only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboards.markup import HIDDEN, MISSING
from dashboards.papers import blocks
from dashboards.papers.blocks import Block, Fact, Group, Headline, Masthead, Paper, Section, Stored, cell
from dashboards.papers.changes import MOST, Change, Earlier, changes, points, spread
from dashboards.papers.exceptions import chosen, exceptions
from dashboards.papers.figures import Line, Past, Reading, lines_for, read_line
from dashboards.papers.places import linked, pages_of, table_of
from dashboards.papers.registry import BLOCKS, FIGURE_OF, HEADLINES, all_lines
from dashboards.queries import deliveries
from dashboards.views.visits import Visit
from dashboards.wording import papers as words
from dashboards.wording.numbers import long_date, year_name
from dashboards.wording.release import confidence_sentence, confidence_words
from expectations.vocabulary import TRUST

TILES = 6
Named = tuple[blocks.Cell, blocks.Cell]
"""Number and name of a figure."""
COLUMNS = tuple(
    blocks.Column(label, share, is_number)
    for label, share, is_number in zip(
        words.FIGURE_COLUMNS,
        (0.5, 3.5, 4.9, 1.95, 1.25, 1.5, 1.6, 2.2, 1.95),
        (False, False, False, True, True, True, True, True, False),
        strict=True,
    )
)


@dataclass(frozen=True)
class Before:
    """Earlier papers of the same owner: the last one, and the one of about a year ago."""

    last: Paper | None = None
    year_ago: Past = field(default_factory=dict)


@dataclass(frozen=True)
class Read:
    """Everything that a paper says of one school, read once: lines in their order, each with its reading."""

    owner: str
    is_special: bool
    lines: tuple[tuple[Line, Reading], ...]
    confidence: Mapping[str, object] | None

    @property
    def stored(self) -> dict[str, Stored]:
        """What a later paper compares itself with."""
        return {line.key: reading.stored for line, reading in self.lines if reading.stored}

    def by_key(self, key: str) -> tuple[Line, Reading] | None:
        """A line of this school's paper."""
        return next(((line, reading) for line, reading in self.lines if line.key == key), None)


def read_figures(visit: Visit, owner: str, before: Before) -> Read:
    """Every line of a school's paper (or of the trust's) from the visit's own file."""
    schools = visit.schools()
    is_special = owner != TRUST and bool(schools[owner]["is_special"])
    figures = [figure for block in BLOCKS for figure in block.figures]
    every = [(line, read_line(line, visit, owner, before.year_ago))
             for figure in figures for line in lines_for(figure, is_special)]  # fmt: skip
    listed = [(line, reading) for line, reading in every if reading.is_told or not line.optional]
    confidence = next((row for row in visit.read(deliveries.confidence()) if row["school_urn"] == owner), None)
    return Read(owner, is_special, tuple(listed), confidence)


def nutshell(visit: Visit, owner: str, before: Before | None = None) -> Paper:
    """The paper of one school, two sides."""
    before = before or Before()
    read, about = read_figures(visit, owner, before), visit.about()
    school = visit.schools()[owner]
    told = (Fact("School", str(school["phase"])), *facts(visit, read, before))
    head = Masthead(f"{about['trust_name']} · {words.NUTSHELL}", str(school["school_name"]), told)
    listed = (head, *first_side(visit, read, before), blocks.NewPage(), *figures_table(visit, read, about["data_date"]))
    return paper(visit, read, "nutshell", f"{words.NUTSHELL}: {school['school_name']}", listed, sides=2)


def paper(visit: Visit, read: Read, name: str, title: str, listed: Iterable[Block], sides: int = 0) -> Paper:
    """A paper of these blocks, with what stands on each of its sides."""
    about = visit.about()
    sample = " · sample data, a fictional trust" if about["is_sample"] else ""
    foot = f"{title} · data to {long_date(about['data_date'])} · release {about['release_number']}{sample}"
    return Paper(name, title, read.owner, about["release_number"], about["data_date"], about["made_at"], foot,
                 tuple(listed), sides, read.stored)  # fmt: skip


def facts(visit: Visit, read: Read, before: Before) -> tuple[Fact, ...]:
    """The facts in the head of a paper: to which day, how far to rely on it, compared with what."""
    about = visit.about()
    since = long_date(before.last.data_date) if before.last else "Last year’s figures"
    word = confidence_words(str(read.confidence["confidence"]) if read.confidence else None)
    return (
        Fact("Data to", long_date(about["data_date"])),
        Fact("Release", str(about["release_number"])),
        Fact("Data confidence", word),
        Fact("Compared with", since),
    )


def first_side(visit: Visit, read: Read, before: Before) -> tuple[Block, ...]:
    """Three changes, three exceptions, six tiles, how far to rely on it, what is not shown."""
    asked = exceptions(visit, chosen(visit, read.owner))
    return (
        *_changed(visit, read, before),
        Section(words.ASK, words.EXCEPTION_RULE_OF_TRUST if read.owner == TRUST else words.EXCEPTION_RULE),
        blocks.Exceptions(asked) if asked else blocks.Prose((words.NOTHING_STANDS_OUT,)),
        Section(words.GLANCE),
        blocks.Tiles(tuple(tiles(read))),
        Section(words.CONFIDENCE),
        blocks.Prose((confidence_sentence(dict(read.confidence) if read.confidence else None),), is_small=True),
        Section(words.NOT_SHOWN),
        blocks.Prose(tuple(_not_shown(read)), is_small=True),
    )


def _changed(visit: Visit, read: Read, before: Before) -> tuple[Block, ...]:
    found, since = what_changed(visit, read, before)
    lead = words.CHANGE_RULE if before.last else words.NO_EARLIER_PAPER
    told = points(found, since)
    rest = () if len(told) == MOST else (words.NOTHING_ELSE_CHANGED if told else words.NOTHING_CHANGED,)
    listed = (Section(words.CHANGED, lead), blocks.Points(told), blocks.Prose(rest))
    return tuple(block for block in listed if not isinstance(block, blocks.Points) or block.items)


def what_changed(visit: Visit, read: Read, before: Before) -> tuple[list[Change], dt.date | None]:
    """Every change since the last paper (its day), or since last year where there is no paper."""
    data_date = visit.about()["data_date"]
    if before.last:
        earlier = Earlier(before.last.data_date, before.last.figures)
        return spread(changes(all_lines(), read.stored, earlier, data_date), FIGURE_OF), before.last.data_date
    a_year_ago = {line.key: reading.before for line, reading in read.lines if reading.before}
    return spread(changes(all_lines(), read.stored, Earlier(data_date, a_year_ago), data_date), FIGURE_OF), None


def tiles(read: Read) -> Iterable[Headline]:
    """The first six headlines that this school's paper can show; hidden ones where there are fewer."""
    found = [pair for keys in HEADLINES if (pair := next(filter(None, map(read.by_key, keys)), None))]
    found.sort(key=lambda pair: pair[1].stored is None)
    return [_tile(line, reading) for line, reading in found[:TILES]]


def _tile(line: Line, reading: Reading) -> Headline:
    has_share = reading.share is not MISSING
    leading = reading.share if has_share else reading.number
    beside = [("Number", reading.number if has_share else MISSING), ("Last year", reading.last_year),
              ("Trust", reading.trust), ("England", reading.england)]  # fmt: skip
    left_out = (MISSING, HIDDEN) if leading is HIDDEN else (MISSING,)
    kept = tuple(Fact(name, cell(said)) for name, said in beside if said not in left_out)
    return Headline(line.alone or line.label, cell(leading), kept)


def _not_shown(read: Read) -> Iterable[str]:
    hidden = sum(reading.hidden_cells for _, reading in read.lines) + sum(tile.hidden_count for tile in tiles(read))
    special = words.SPECIAL_NOTE if read.is_special else ""
    said = (words.hidden_words(hidden), special, words.NO_NAMES)
    return [sentence for sentence in said if sentence]


def figures_table(visit: Visit, read: Read, data_date: dt.date) -> tuple[Block, ...]:
    """The twenty figures in the five priorities."""
    readings = {line.key: reading for line, reading in read.lines}
    groups = []
    for block in BLOCKS:
        rows: list[tuple[blocks.Cell, ...]] = []
        for figure in block.figures:
            named = (str(figure.number), linked(visit, table_of(figure), read.owner, figure.name))
            told = [(line, readings[line.key]) for line in lines_for(figure, read.is_special) if line.key in readings]
            rows += _rows(named, told, read.owner)
        pages = words.pages_words(pages_of(block.figures, read.owner))
        groups.append(Group(f"{block.priority} {block.name}", tuple(rows), pages))
    grid = blocks.Grid(words.ALL_FIGURES, _columns(read.owner), tuple(groups), words.TABLE_NOTE, 2, is_dense=True)
    lead = f"{words.FIGURES_LEAD} All of them to {long_date(data_date)}."
    return Section(words.ALL_FIGURES, lead), grid


def _label(line: Line, reading: Reading) -> str:
    """What is counted; of whom, or of which year where that is not always this one."""
    year = reading.stored.period if line.base and reading.stored else ""
    added = year_name(int(year)) if year else reading.of_whom
    return f"{line.label}, {added}" if added else line.label


def _rows(named: Named, told: Sequence[tuple[Line, Reading]], owner: str) -> list[tuple[blocks.Cell, ...]]:
    """The lines of one figure; its name, and a source that is the same again, stand in the first only."""
    sources = [line.source for line, _ in told]
    fresh = [now if now != before else "" for now, before in zip(sources, ["", *sources], strict=False)]
    return [_row(named if place == 0 else ("", ""), _label(line, reading), reading, fresh[place], owner)
            for place, (line, reading) in enumerate(told)]  # fmt: skip


def _row(named: Named, label: str, reading: Reading, source: str, owner: str) -> tuple[blocks.Cell, ...]:
    told = (*named, label, *(cell(said) for said in reading.cells), source)
    return tuple(said for said, column in zip(told, COLUMNS, strict=True) if column in _columns(owner))


def _columns(owner: str) -> tuple[blocks.Column, ...]:
    """The columns of a school's paper; the trust's own does not stand beside the trust."""
    return tuple(column for column in COLUMNS if owner != TRUST or column.label != words.TRUST_COLUMN)
