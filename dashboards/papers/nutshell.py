"""SEND data in a nutshell: two sides for each school, the same in every school, from released figures only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dashboards.markup import HIDDEN, MISSING, Content
from dashboards.papers import blocks
from dashboards.papers.blocks import Block, Fact, Headline, Masthead, Paper, Section, Stored, cell
from dashboards.papers.changes import MOST, Change, Earlier, changes, points, spread
from dashboards.papers.exceptions import chosen, exceptions
from dashboards.papers.figures import Line, Past, Reading, lines_for, read_line
from dashboards.papers.figures_table import figures_table, numbered, terms
from dashboards.papers.registry import BLOCKS, FIGURE_OF, HEADLINES, all_lines
from dashboards.queries import deliveries
from dashboards.views.visits import Visit, made_once
from dashboards.wording import papers as words
from dashboards.wording.numbers import long_date
from dashboards.wording.release import confidence_meaning, confidence_sentence, confidence_words
from expectations.vocabulary import TRUST

TILES = 6


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
    return _read_figures(visit, owner, tuple(before.year_ago.items()))


@made_once
def _read_figures(visit: Visit, owner: str, year_ago: tuple[tuple[str, Stored], ...]) -> Read:
    past = dict(year_ago)
    schools = visit.schools()
    is_special = owner != TRUST and bool(schools[owner]["is_special"])
    figures = [figure for block in BLOCKS for figure in block.figures]
    every = [(line, read_line(line, visit, owner, past))
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
    listed = (head, *both_sides(visit, read, before))
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
    word = words.of_three(confidence_words(str(read.confidence["confidence"]) if read.confidence else None))
    return (
        Fact("Data to", long_date(about["data_date"])),
        Fact("Release", str(about["release_number"])),
        Fact("Data confidence", word),
        Fact("Compared with", since),
    )


def both_sides(visit: Visit, read: Read, before: Before) -> tuple[Block, ...]:
    """Three changes, three exceptions, six tiles, how far to rely on it; on the other side the twenty figures."""
    questions = chosen(visit, read.owner)
    told = exceptions(visit, questions)
    return (
        *_changed(visit, read, before),
        Section(words.ASK, words.EXCEPTION_RULE_OF_TRUST if read.owner == TRUST else words.EXCEPTION_RULE),
        blocks.Exceptions(told, has_table=True) if told else blocks.Prose((words.NOTHING_STANDS_OUT,)),
        Section(words.GLANCE),
        blocks.Tiles(tuple(tiles(read))),
        Section(words.CONFIDENCE),
        blocks.Prose(tuple(_reliance(read)), is_small=True),
        blocks.Terms(terms(_terms_of_first_side(read))),
        blocks.NewPage(),
        *figures_table(visit, read.owner, read.lines, numbered(questions, told), visit.about()["data_date"]),
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
    return [_tile(line, reading, _usual(read, line)) for line, reading in found[:TILES]]


def _usual(read: Read, line: Line) -> Content:
    """What is usual in a school like this, where that is known of a tile's figure."""
    found = read.by_key("expected") if line.key == "sen_support" else None
    return found[1].number if found else MISSING


def _tile(line: Line, reading: Reading, usual: Content) -> Headline:
    label = line.alone or line.label
    if reading.share is HIDDEN and reading.number not in (MISSING, HIDDEN):
        return Headline(label, cell(reading.number))  # the others are shares: not to be set beside a number
    has_share = reading.share is not MISSING
    leading = reading.share if has_share else reading.number
    beside = [("Number", reading.number if has_share else MISSING), (words.USUAL, usual),
              ("Last year", reading.last_year), ("Trust", reading.trust), ("England", reading.england)]  # fmt: skip
    kept = tuple(Fact(name, cell(said)) for name, said in beside if said not in (MISSING, HIDDEN))
    return Headline(label, cell(leading), kept)


def _terms_of_first_side(read: Read) -> tuple[str, ...]:
    """What is usual is said of mainstream schools only."""
    has_usual = read.by_key("expected") is not None
    return words.TERMS_OF_FIRST_SIDE + ((words.USUAL,) if has_usual else ())


def _reliance(read: Read) -> Iterable[str]:
    """How far the data can be relied on, what is hidden, and the rule of every meeting."""
    row = dict(read.confidence) if read.confidence else None
    hidden = sum(reading.hidden_count for _, reading in read.lines) + sum(tile.hidden_count for tile in tiles(read))
    special = words.SPECIAL_NOTE if read.is_special else ""
    told = f"{confidence_meaning(row)} {confidence_sentence(row)}".strip()
    return [
        sentence
        for sentence in (told, words.hidden_words(hidden, is_trust=read.owner == TRUST), special, words.NO_NAMES)
        if sentence
    ]
