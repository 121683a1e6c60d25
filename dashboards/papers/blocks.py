"""A paper as data: a list of blocks that two writers set, one as HTML and one as PDF, so that the two cannot differ.

It goes to JSON and back without loss: a frozen paper is this data, and each writer makes the same bytes of it again.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from dashboards.markup import HIDDEN, Content, Symbol


@dataclass(frozen=True)
class Sign:
    """What stands where a figure would: hidden, or not available."""

    sign: Literal["hidden", "missing"]


@dataclass(frozen=True)
class Link:
    """Words that lead to a page of the board app. The address comes from the trust's settings, never from a school."""

    words: str
    address: str


Cell = str | Sign | Link


def cell(content: Content) -> Cell:
    """A figure in words as a cell of a paper; a sign stays a sign and never becomes a letter."""
    if isinstance(content, Symbol):
        return Sign("hidden" if content is HIDDEN else "missing")
    return str(content or "")


@dataclass(frozen=True)
class Fact:
    """A name and what stands beside it."""

    name: str
    value: Cell


@dataclass(frozen=True)
class Masthead:
    """The head of a paper: what it is, of whom, and the facts that hold for all of it."""

    kicker: str
    title: str
    facts: tuple[Fact, ...] = ()
    kind: Literal["masthead"] = "masthead"


@dataclass(frozen=True)
class Section:
    """A heading with a sentence under it."""

    title: str
    lead: str = ""
    kind: Literal["section"] = "section"


@dataclass(frozen=True)
class Prose:
    """Paragraphs."""

    sentences: tuple[str, ...]
    is_small: bool = False
    kind: Literal["prose"] = "prose"


@dataclass(frozen=True)
class Points:
    """A list; each item has a few words that stand out, and the rest."""

    items: tuple[Fact, ...]
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Headline:
    """One tile: what it is, the figure, what stands beside it."""

    label: str
    figure: Cell
    beside: tuple[Fact, ...] = ()

    @property
    def hidden_count(self) -> int:
        """How many of its figures show the sign for hidden."""
        return [self.figure, *(fact.value for fact in self.beside)].count(Sign("hidden"))


@dataclass(frozen=True)
class Tiles:
    """Headline figures."""

    items: tuple[Headline, ...]
    kind: Literal["tiles"] = "tiles"


@dataclass(frozen=True)
class Exceptional:
    """One exception: title, its figure, what the figure says, the question, what a good answer would contain.

    Then the page to read on, what the accountable person says of it, and which of the twenty figures it belongs to (0:
    none).
    """

    title: str
    figure: str
    said: str
    question: str
    answer: str
    more: Cell = ""
    comment: str = ""
    number: int = 0


@dataclass(frozen=True)
class Exceptions:
    """Exceptions, each with its question, numbered from ``start``; ``has_table``: the twenty figures stand in the

    same paper, where each exception can be found.
    """

    items: tuple[Exceptional, ...]
    start: int = 1
    has_table: bool = False
    kind: Literal["exceptions"] = "exceptions"


@dataclass(frozen=True)
class Column:
    """A column of a grid; ``share`` is its part of the width."""

    label: str
    share: float
    is_number: bool = False


@dataclass(frozen=True)
class Group:
    """Rows of a grid under one title, with a note beside it; no title, no line for it."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """A table. The column ``names_rows`` is the heading of its row; ``note`` stands under it."""

    caption: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    note: str = ""
    names_rows: int = 0
    kind: Literal["grid"] = "grid"


@dataclass(frozen=True)
class FigureLine:
    """One line of a figure. ``told`` is its number, its share or both; ``beside`` one cell for each column after it.

    ``asked`` names the questions of the first side that rest on it.
    """

    label: str
    told: tuple[Cell, ...]
    beside: tuple[Cell, ...]
    england: str = ""
    asked: str = ""


@dataclass(frozen=True)
class NumberedFigure:
    """One of the twenty figures, where it comes from, and its lines."""

    number: int
    name: Cell
    source: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True)
class Priority:
    """The figures of one priority, a note beside its name, and the words used in it."""

    name: str
    note: str
    figures: tuple[NumberedFigure, ...]
    terms: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Figures:
    """The twenty figures. ``counted`` heads the labels, ``columns`` what is told and what stands beside it.

    On paper the first ``left`` priorities stand in the left half, so that every figure has its place in every school.
    """

    caption: str
    counted: str
    columns: tuple[str, ...]
    priorities: tuple[Priority, ...]
    left: int
    kind: Literal["figures"] = "figures"


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    items: tuple[Fact, ...]
    kind: Literal["terms"] = "terms"


@dataclass(frozen=True)
class Blanks:
    """Room to write by hand under a label."""

    label: str
    lines: int
    kind: Literal["blanks"] = "blanks"


@dataclass(frozen=True)
class NewPage:
    """What follows stands on the next side."""

    kind: Literal["new_page"] = "new_page"


Block = Annotated[
    Masthead | Section | Prose | Points | Tiles | Exceptions | Grid | Figures | Terms | Blanks | NewPage,
    Field(discriminator="kind"),
]


@dataclass(frozen=True)
class Stored:
    """A figure as the paper showed it, for the next paper to compare with. ``None``: it was not shown.

    ``definition`` is a digest of what the figure means and how it is made; ``period`` the year that it speaks of.
    """

    label: str
    number: float | None
    share: float | None
    number_words: str
    share_words: str
    period: str
    definition: str

    @property
    def counts_people(self) -> bool:
        """A whole number told as one, so that a small step could be one child; not a rate, a wait or money."""
        return self.number is not None and self.number_words.replace(",", "").isdigit()


@dataclass(frozen=True)
class Paper:
    """One paper. ``owner`` is a URN, or TRUST; ``figures`` by key are what a later paper compares itself with.

    ``sides`` fixes how many sides it must fill; 0 leaves it open. ``foot`` runs at the foot of each side.
    """

    name: str
    title: str
    owner: str
    release_number: int
    data_date: dt.date
    made_at: str
    foot: str
    blocks: tuple[Block, ...]
    sides: int = 0
    figures: dict[str, Stored] = field(default_factory=dict)


_PAPER = TypeAdapter(Paper)


def to_json(paper: Paper) -> bytes:
    """The paper as JSON, the same bytes for the same paper."""
    return _PAPER.dump_json(paper, indent=1) + b"\n"


def from_json(text: bytes) -> Paper:
    """The paper again. Raises ``ValueError`` (pydantic's) for anything that is none."""
    return _PAPER.validate_json(text)
