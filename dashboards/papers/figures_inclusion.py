"""Attendance, suspensions and moves (figures 14 and 15): by SEN status, told apart or together as the group allows."""

from __future__ import annotations

from dashboards.papers.figures import Figure, Line, Only
from dashboards.wording.papers import one_decimal, tenth_percent

_TOLD, _FROM_REGISTERS = "mart_inclusion__school", "Attendance"
_NOW, _FROM_SCHOOL = "mart_inclusion__now", "School’s lists"
_MOVES, _FROM_ROLL = "mart_moves__school", "Rolls"
_EVERYBODY = {"sen_group": "All pupils"}
GROUPS = {"support": "SEN support", "plan": "EHC plan", "sen": "SEN"}
"""Part of a line's key: the group. A school tells SEN support and plans apart, or all with SEN together."""
_PUPILS = {"support": "SEN support", "plan": "EHC plans", "sen": "all with SEN", "none": "no SEN"}
_IN_SPECIAL = "Sessions missed: special schools"


def _absence(stem: str, group: str, label: str, only: Only = Only.ALL, england: str = "") -> Line:
    """Half-days missed by a group this school year, beside the same half-terms of the year before."""
    return Line(
        f"absence_{stem}",
        f"Half-days missed: {label}",
        _FROM_REGISTERS,
        _TOLD,
        share="absence_rate",
        alone=f"Half-days missed, {_PUPILS[stem]}",
        say_share=tenth_percent,
        where={"sen_group": group},
        before="before_absence_rate",
        england=england,
        only=only,
        optional=True,
        worth=0.01,
    )


def _often(stem: str, group: str) -> Line:
    """Pupils of a group who missed a tenth or more."""
    return Line(
        f"persistent_{stem}",
        f"Missed 10% or more: {_short(group)}",
        _FROM_REGISTERS,
        _TOLD,
        share="persistent_rate",
        alone=f"Pupils with {_said(group)} who missed 10% or more",
        where={"sen_group": group},
        before="before_persistent_rate",
        optional=True,
        worth=0.05,
    )


def _severe(stem: str, group: str) -> Line:
    """Pupils of a group who missed half or more."""
    return Line(
        f"severe_{stem}",
        f"Missed 50% or more: {_short(group)}",
        _FROM_REGISTERS,
        _TOLD,
        share="severe_rate",
        where={"sen_group": group},
        optional=True,
    )


def _suspended(stem: str, group: str) -> Line:
    """Suspensions of a group in twelve months, for each 100 pupils."""
    return Line(
        f"suspended_{stem}",
        f"Suspensions per 100: {_short(group)}",
        _FROM_REGISTERS,
        _TOLD,
        "suspensions_per_100_years",
        alone=f"Suspensions for each 100 pupils with {_said(group)}",
        say=one_decimal,
        where={"sen_group": group},
        before="before_suspensions_per_100_years",
        england="" if stem == "sen" else f"Suspensions for each 100 pupils: {group}",
        optional=True,
        worth=10,
    )


def _said(group: str) -> str:
    """A group at the end of a label."""
    return {"EHC plan": "plans"}.get(group, group)


def _short(group: str) -> str:
    """The same where there is little room."""
    return {"EHC plan": "plans", "SEN support": "support"}.get(group, group)


ATTENDANCE = Figure(
    14,
    "Attendance, this year",
    (
        *(_absence(stem, group, _said(group), Only.MAINSTREAM) for stem, group in GROUPS.items()),
        _absence("plan", "EHC plan", "plans", Only.SPECIAL, _IN_SPECIAL),
        _absence("none", "No SEN", "no SEN", Only.MAINSTREAM),
        *(_often(stem, group) for stem, group in GROUPS.items()),
        *(_severe(stem, group) for stem, group in GROUPS.items()),
        Line("part_time", "On a part-time timetable", _FROM_SCHOOL, _NOW, "part_time_count", where=_EVERYBODY),
        Line("part_time_late", "Of these, past end or review", _FROM_SCHOOL, _NOW, "part_time_late_count",
             where=_EVERYBODY),
    ),
)  # fmt: skip
MOVES = Figure(
    15,
    "Suspensions, moves, a year",
    (
        *(_suspended(stem, group) for stem, group in GROUPS.items()),
        Line("excluded", "Permanently excluded", _FROM_REGISTERS, _NOW, "excluded_count", where=_EVERYBODY),
        Line("placed", "In alternative provision now", _FROM_SCHOOL, _NOW, "placed_count", where=_EVERYBODY),
        Line(
            "sen_moves",
            "Left early, per 100 with SEN",
            _FROM_ROLL,
            _MOVES,
            "moves_per_100_years",
            "",
            "Pupils with SEN who left early, per 100 a year",
            say=one_decimal,
            where={"move_group": "SEN"},
            worth=2,
        ),
    ),
)
