"""Plots of the simulation study as SVG text: lines over numbers of pupils, and dots side by side. No library.

Every plot has a title and a description for those who do not see it; series differ in dash and mark, not in colour
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 44, 92
_INK, _GRID = "#1d2733", "#c9d1d9"
_STYLES = (("#1f5a8a", "", "circle"), ("#9a3412", "7 4", "square"), ("#3f6212", "2 4", "diamond"))


@dataclass(frozen=True)
class Series:
    """One line or column of dots: its name, and a value for each place on the axis."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class Axis:
    """The upright axis from ``bottom`` to ``top``; ``is_rate`` is told in percent. ``mark``: a line to compare with."""

    name: str
    bottom: float
    top: float
    is_rate: bool = False
    mark: float | None = None

    def height_of(self, value: float) -> float:
        """Where a value stands, in pixels from the top; what lies beyond an end stands at it."""
        share = (min(max(value, self.bottom), self.top) - self.bottom) / (self.top - self.bottom)
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    def label(self, value: float) -> str:
        """The value as it is written at the axis."""
        return f"{value:.0%}" if self.is_rate else f"{value:g}"


def draw_lines(title: str, description: str, places: Sequence[str], axis: Axis, series: Sequence[Series]) -> str:
    """Series over places on the lower axis, joined by lines."""
    return _draw(title, description, places, axis, series, is_joined=True)


def draw_dots(title: str, description: str, places: Sequence[str], axis: Axis, series: Sequence[Series]) -> str:
    """Series as dots side by side at each place."""
    return _draw(title, description, places, axis, series, is_joined=False)


def _draw(
    title: str, description: str, places: Sequence[str], axis: Axis, series: Sequence[Series], *, is_joined: bool
) -> str:
    parts = [*_frame(axis), *_places(places)]
    for rank, (one, (colour, dash, mark)) in enumerate(zip(series, _STYLES, strict=False)):
        shift = 0.0 if is_joined else 26.0 * (rank - (len(series) - 1) / 2)
        points = [
            (_across(place, len(places)) + shift, axis.height_of(value)) for place, value in enumerate(one.values)
        ]
        if is_joined:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" {_dashed(dash)}/>')
        parts += [_mark(mark, x, y, colour) for x, y in points]
        parts += _legend(rank, one.name, colour, mark)
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="title description" font-family="sans-serif" font-size="13" fill="{_INK}">\n'
        f'<title id="title">{escape(title)}</title>\n<desc id="description">{escape(description)}</desc>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        f'<text x="{LEFT}" y="22" font-size="15" font-weight="bold">{escape(title)}</text>\n{body}\n</svg>\n'
    )


def _across(place: int, number: int) -> float:
    return LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / number


def _frame(axis: Axis) -> list[str]:
    """Five level lines with their values, the name of the axis, and the line to compare with."""
    found = [f'<text x="{LEFT}" y="{TOP - 8}" font-size="12">{escape(axis.name)}</text>']
    for step in range(5):
        value = axis.bottom + (axis.top - axis.bottom) * step / 4
        found.append(_level(axis.height_of(value), _GRID))
        found.append(
            f'<text x="{LEFT - 8}" y="{axis.height_of(value) + 4:.1f}" text-anchor="end">{axis.label(value)}</text>'
        )
    return found if axis.mark is None else [*found, _level(axis.height_of(axis.mark), _INK)]


def _level(y: float, colour: str) -> str:
    return f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{colour}"/>'


def _places(places: Sequence[str]) -> list[str]:
    y = HEIGHT - BOTTOM + 18
    return [
        f'<text x="{_across(at, len(places)):.1f}" y="{y}" text-anchor="middle">{escape(name)}</text>'
        for at, name in enumerate(places)
    ]


def _legend(rank: int, name: str, colour: str, mark: str) -> list[str]:
    y = HEIGHT - BOTTOM + 40 + 18 * rank
    return [_mark(mark, LEFT + 6, y - 4, colour), f'<text x="{LEFT + 20}" y="{y}">{escape(name)}</text>']


def _dashed(dash: str) -> str:
    return f'stroke-dasharray="{dash}" ' if dash else ""


def _mark(mark: str, x: float, y: float, colour: str) -> str:
    if mark == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>'
    turn = f' transform="rotate(45 {x:.1f} {y:.1f})"' if mark == "diamond" else ""
    return f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{colour}"{turn}/>'
