"""The schools of one intervention beside each other, in words: what may be compared, and what is only chance."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row, known
from dashboards.wording.numbers import count_words, counted, sentence

STANDING_WORDS = {
    "SHOWN": "compared",
    "TOO_FEW_PUPILS": "fewer than ten pupils with both scores",
    "TOO_FEW_SCHOOLS": "fewer than five schools have ten pupils or more",
    "NO_ESTIMATE": "no comparison within the school",
}
HOW_TO_READ = (
    "The fewer pupils a school has, the closer its dot is drawn to the average of the schools: a small school far from "
    "the others is mostly luck. The grey band is the result over all pupils of the trust. Pupils, groups and staff "
    "differ between schools, so a difference is a reason to visit, not a verdict."
)
ASK = "Which school gets better results for this need, and have we visited?"
ASK_OF_DELIVERY = "Where was most of it delivered, and what did that take?"
_SAME, _NEAR = 0.05, 0.5
"""Points: below these two drawn-in differences are the same figure, or too near each other to tell schools apart."""


def shown_schools(rows: Sequence[Row]) -> list[Row]:
    """The schools whose own difference may be shown."""
    return [row for row in rows if row["standing"] == "SHOWN" and known(row, *_POINTS)]


_POINTS = ("difference_points", "lower_points", "upper_points")


def are_alike(rows: Sequence[Row], within: float = _NEAR) -> bool:
    """True when drawing towards the average has left next to no difference between the schools that are shown."""
    points = [row["difference_points"] for row in shown_schools(rows)]
    return len(points) > 1 and max(points) - min(points) < within


def schools_sentence(rows: Sequence[Row]) -> str:
    """How many schools are compared, and whether they differ."""
    shown = shown_schools(rows)
    if not shown:
        return (
            "The schools are not compared on the result: that needs five schools with ten pupils or more who have a "
            "score before and after. Their pupils, delivery and cost stand in the table."
        )
    schools = counted(len(rows), "school")
    how_many = f"all {schools}" if len(shown) == len(rows) else f"{count_words(len(shown))} of {schools}"
    said = sentence(f"{how_many} can be compared on the result.")
    if are_alike(rows, _SAME):
        return f"{said} The differences between schools are no larger than chance, so each stands at their average."
    if are_alike(rows):
        return f"{said} The differences between schools are hardly larger than chance, so they stand close together."
    return said


def ask_of(rows: Sequence[Row]) -> str:
    """What to ask: of the results where they tell schools apart, else of delivery."""
    return ASK_OF_DELIVERY if are_alike(rows) or not shown_schools(rows) else ASK
