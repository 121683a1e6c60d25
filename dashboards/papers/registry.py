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


_BESIDE = {
    "mart_cost_effectiveness__option": "running",
    "mart_cost_effectiveness__pair": "running",
    "mart_deliveries__confidence": "set_aside",
    "mart_destinations__school": "untraced",
    "mart_ehc_clock__school": "reviews",
    "mart_ehc_outcomes__school": "no_evidence",
    "mart_identification__group": "sen_support",
    "mart_identification__school": "expected",
    "mart_impact__intervention": "running",
    "mart_impact__school": "running",
    "mart_inclusion__curriculum": "absence_sen",
    "mart_interventions__compliance": "tested",
    "mart_interventions__timeliness": "running",
    "mart_match__school": "conflicts",
    "mart_moderation__practice": "moderated",
    "mart_moderation__round": "moderated",
    "mart_moderation__school": "moderated",
    "mart_money__school": "spend",
    "mart_moves__school": "sen_moves",
    "mart_progress__school": "up_reading",
    "mart_progress__test": "off_ladder",
    "mart_purchasing__needs": "running",
    "mart_purchasing__saving": "spend",
    "mart_referrals__school": "wait",
    "mart_referrals__service": "wait",
    "mart_value_for_money__school": "spend",
}
"""Table of a question: a line of the figure that it belongs to, where no line shows the question's own column."""
LINE_OF = {
    ("mart_match__school", "conflicts_age"): "old_conflicts",
    ("mart_identification__school", "support_ratio"): "expected",
    ("mart_identification__school", "year_before_support_rate"): "sen_support",
}
"""Table and column of a question: the line that says the same in other words."""
_COLUMNS = {(line.table, column): line.key for line in all_lines() for column in (line.number, line.share) if column}


def figure_number(table: str, column: str) -> int:
    """The number of the figure that a question belongs to; 0 where it belongs to none (the trust's strategy)."""
    key = LINE_OF.get((table, column)) or _COLUMNS.get((table, column)) or _BESIDE.get(table, "")
    return FIGURE_OF.get(key, 0)
