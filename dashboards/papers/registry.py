"""The twenty figures, in the strategy's five priorities. Which priority a question belongs to; which figures lead."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.papers.figures import Block, Line
from dashboards.papers.figures_identification import IDENTIFICATION
from dashboards.papers.figures_leadership import LEADERSHIP
from dashboards.papers.figures_provision import PROVISION
from dashboards.papers.figures_teaching import TEACHING
from dashboards.papers.figures_tracking import TRACKING

BLOCKS: tuple[Block, ...] = (LEADERSHIP, IDENTIFICATION, TEACHING, TRACKING, PROVISION)
HEADLINES = (
    ("sen_support",), ("ehc_plans",), ("absence_support", "absence_sen", "absence_plan"), ("delivered",), ("reviews",),
    ("tested",), ("sustained",), ("need_met",), ("running",),
)  # fmt: skip
"""Keys of lines for the tiles, of each the first that the school's paper has: the first six are shown."""
PRIORITY_OF_SUBJECT = {
    "LEADERSHIP": 1,
    "IDENTIFICATION": 2,
    "DATA": 2,
    "IMPACT": 3,
    "PROGRESS": 3,
    "DESTINATIONS": 4,
    "INCLUSION": 4,
    "EHC_PLANS": 4,
    "DELIVERY": 5,
    "VALUE_FOR_MONEY": 5,
}
"""Subject of a question: the priority of the strategy that it belongs to."""


def all_lines() -> Iterator[Line]:
    """Every declared line."""
    return (line for block in BLOCKS for figure in block.figures for line in figure.lines)


FIGURE_OF = {line.key: figure.number for block in BLOCKS for figure in block.figures for line in figure.lines}
"""Key of a line: the number of its figure."""


def priority_name(subject: str) -> str:
    """The strategy's priority for a question's subject, with its number."""
    number = PRIORITY_OF_SUBJECT.get(subject, 1)
    return next(f"{block.priority} {block.name}" for block in BLOCKS if block.priority == number)
