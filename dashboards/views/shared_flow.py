"""Who is counted, as a picture of steps: each step's number is its own text, its bar only repeats it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row
from dashboards.markup import Html, tag
from dashboards.tables import TableTwin, headings
from dashboards.wording.flow import Step, steps_of


def flow_picture(row: Row) -> Html:
    """Steps from start to comparison. A hidden number has no bar."""
    return steps_picture(steps_of(row))


def steps_picture(steps: Sequence[Step]) -> Html:
    """Steps of any subject, one under the other. A step without a share has no bar."""
    return tag("ol", *(_step(step) for step in steps), class_="flow")


def _step(step: Step) -> Html:
    width = None if step.share is None else f"width: {step.share * 100:.1f}%"
    bar = tag("span", class_="bar", style=width, aria_hidden="true") if width else None
    unsure = f"width: {step.maybe * 100:.1f}%" if width and step.maybe else None
    maybe = tag("span", class_="maybe", style=unsure, aria_hidden="true") if unsure else None
    said = tag("p", tag("span", step.count, class_="count"), " ", step.label, class_="said")
    return tag(
        "li", said, tag("span", bar, maybe, class_="track") if bar else None, tag("p", step.why_not, class_="next")
    )


def flow_table(row: Row) -> TableTwin:
    """The same steps as a table."""
    cells = tuple((step.label, step.count, step.why_not) for step in steps_of(row))
    return TableTwin("Who is counted", headings("Pupils who", "#Pupils", "~Why the others are not"), cells)
