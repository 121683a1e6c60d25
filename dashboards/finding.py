"""Which figures are meant by a few words as people say them: found by name, place and meaning, the likeliest first.

Pure. A word counts where a word of the figure begins with it or with what stands for it (``wording/everyday.py``).
A figure that the papers carry, and more so one that they lead with, is likelier meant than one that only a table has;
one with a page of its own likelier than one without; a number likelier than a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dashboards.access import Role
from dashboards.figures import Row
from dashboards.papers.registry import HEADLINES, all_lines
from dashboards.places import pages_on
from dashboards.wording.everyday import EVERYDAY, IDLE
from dashboards.wording.numbers import sentence

IN_NAME, IN_TITLE, IN_MEANING = 8.0, 5.0, 2.0
"""What a word is worth by where it stands: its best place counts whole, each other by ``AGAIN``."""
AGAIN = 0.2
FURTHER = 0.85
"""Each further word that stands for the one typed counts for so much of the one before."""
LEADS, ON_PAPER, ON_A_PAGE, A_NUMBER = 2.5, 6.0, 4.0, 2.0
"""What a figure is worth by itself: a tile of the papers, on paper at all, with a page of its own, not a name."""
A_LETTER = 0.01
"""Of two names that hold the words, the shorter says less besides."""
HOW_MANY, COUNTED = frozenset({"many", "number"}), 3.0
"""Who asks how many means a count."""
PAPERS = ("nutshell", "pack", "visit", "preview", "sign-off")
"""Pages that are a paper: they have a figure, and tell no more of it."""


def found(rows: Sequence[Row], words: str, titles: Mapping[str, str], role: Role) -> list[Row]:
    """The rows of passports that are meant, the likeliest first: those with every word, else most (half or more)."""
    wanted = [_meant(word) for word in asked(words)]
    counted = COUNTED if HOW_MANY & set(words.casefold().split()) else 0.0
    points = [[_points(row, titles, alternatives) for alternatives in wanted] for row in rows]
    most = max((sum(one > 0 for one in each) for each in points), default=0)
    if not most or most < len(wanted) / 2:
        return []
    kept = [
        (sum(each) + _worth(row, role) + counted * _is_count(row), row)
        for row, each in zip(rows, points, strict=True)
        if sum(one > 0 for one in each) == most
    ]
    return [row for _, row in sorted(kept, key=lambda pair: -pair[0])]


def asked(words: str) -> list[str]:
    """The words that can find something: those of the question left out, unless there are no others."""
    typed = re.findall(r"\w[\w-]+", words.casefold())
    return [word for word in typed if word not in IDLE] or typed


def name_of(row: Row) -> str:
    """A figure's name: as the papers call it, else its column in words."""
    column = str(row["column_name"])
    return _on_paper().get((row["table_name"], column)) or sentence(column.removesuffix("_pence").replace("_", " "))


def _meant(word: str) -> tuple[str, ...]:
    """The word and what stands for it; a plural finds its singular."""
    bare = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return tuple(dict.fromkeys((*EVERYDAY.get(word, EVERYDAY.get(bare, ())), bare)))


def _is_count(row: Row) -> bool:
    return str(row["column_name"]).endswith("_count")


def _points(row: Row, titles: Mapping[str, str], alternatives: Sequence[str]) -> float:
    column = str(row["column_name"]).replace("_", " ")
    fields = (
        (f"{name_of(row)} {column}", IN_NAME),
        (titles[row["table_name"]], IN_TITLE),
        (row["meaning"], IN_MEANING),
    )
    return max(_of_one(word, fields) * FURTHER**place for place, word in enumerate(alternatives))


def _of_one(word: str, fields: Sequence[tuple[str, float]]) -> float:
    """What one word is worth: its best place, and a little of each other."""
    hits = [weight for text, weight in fields if _has(text, word)]
    return (1 - AGAIN) * max(hits) + AGAIN * sum(hits) if hits else 0.0


def _has(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}", text.casefold()) is not None


def _worth(row: Row, role: Role) -> float:
    place = (row["table_name"], row["column_name"])
    has_page = pages_on(row["table_name"]).get(role, PAPERS[0]) not in PAPERS
    return (ON_PAPER * (place in _on_paper()) + LEADS * (place in _leading()) + ON_A_PAGE * has_page
            + A_NUMBER * bool(row["unit"]) - A_LETTER * len(name_of(row)))  # fmt: skip


@cache
def _on_paper() -> dict[tuple[str, str], str]:
    """Table and column of each figure of the papers: its name there; a share beside its number says that it is one."""
    named: dict[tuple[str, str], str] = {}
    for line in all_lines():
        label = line.alone or line.label
        for column in filter(None, (line.number, line.share)):
            both = line.number and column == line.share
            named.setdefault((line.table, column), f"{label}: per cent" if both else label)
    return named


@cache
def _leading() -> frozenset[tuple[str, str]]:
    """Table and column of each figure that may be a tile of a paper."""
    keys = {key for keys in HEADLINES for key in keys}
    return frozenset((line.table, column) for line in all_lines() if line.key in keys
                     for column in (line.number, line.share))  # fmt: skip
