"""Who is counted: from those who started to those in the comparison, and why the others are not, in words."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.figures import Row, known, shown
from dashboards.markup import Content
from dashboards.wording.impact import COMPARED_WITH
from dashboards.wording.numbers import whole


@dataclass(frozen=True)
class Step:
    """One step: what it is, how many, their share of those who started (for the bar), why the others are not in it.

    ``share`` is nothing where either number is hidden: then no bar is drawn. ``maybe`` is the share of whom nobody
    knows: they may be in this step or not.
    """

    label: str
    count: Content
    share: float | None
    why_not: str
    maybe: float = 0.0


_STEPS = (
    ("started_count", "started it", ""),
    ("exit_due_count", "were due a score at the end", "The others are still in it, or their time for the end test is "
     "not over."),
    ("entry_count", "of these had a score before it", "The others took no test in the weeks before they started, or "
     "joined the school later."),
    ("both_scores_count", "had a score before and after", "The others left, were absent, or were not tested again in "
     "time."),
    ("informing_count", "are in the comparison", "The others are in schools where no similar pupil could be found."),
)  # fmt: skip


def steps_of(row: Row) -> list[Step]:
    """The steps from start to comparison, in order; without the last where nobody is compared."""
    steps = _STEPS if row["design"] in COMPARED_WITH else _STEPS[:-1]
    return [
        Step(label, shown(row, column, whole), _share(row, column), why_not if _loses(row, place) else "")
        for place, (column, label, why_not) in enumerate(steps)
    ]


def _share(row: Row, column: str) -> float | None:
    if not known(row, column, "started_count") or not row["started_count"]:
        return None
    return min(1.0, float(row[column]) / float(row["started_count"]))


def _loses(row: Row, place: int) -> bool:
    """True when fewer reach this step than the one before, or when that is hidden."""
    if place == 0:
        return False
    before, here = _STEPS[place - 1][0], _STEPS[place][0]
    return not known(row, before, here) or row[here] < row[before]


def flow_sentence(row: Row) -> str:
    """The picture in one sentence."""
    if not known(row, "started_count", "both_scores_count"):
        return "The numbers are not shown, because some of them are small."
    both, started = whole(row["both_scores_count"]), whole(row["started_count"])
    return f"{both} of {started} pupils who started have a score before and after. Whatever they attended, all count."
