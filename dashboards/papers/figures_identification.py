"""Priority 2, Identification: who the pupils are, the register, requests (figures 1 to 5)."""

from __future__ import annotations

from dashboards.papers.figures import Block, Figure, Line, Only
from dashboards.wording.papers import whole_percent

_ROLL, _FROM_ROLL = "mart_pupils__school", "Register"
_CLOCK, _FROM_CLOCK = "mart_ehc_clock__school", "EHC tracker"
IDENTIFICATION = Block(
    2,
    "Identification",
    (
        Figure(
            1,
            "Who is here",
            (
                Line("roll", "Pupils on roll", _FROM_ROLL, _ROLL, "pupils_count", worth=10),
                Line(
                    "sen_support",
                    "With SEN support",
                    _FROM_ROLL,
                    _ROLL,
                    "sen_support_count",
                    "sen_support_rate",
                    "Pupils with SEN support",
                    england="Pupils with SEN support",
                    only=Only.MAINSTREAM,
                    worth=0.02,
                ),
                Line(
                    "ehc_plans",
                    "With an EHC plan",
                    _FROM_ROLL,
                    _ROLL,
                    "ehc_plan_count",
                    "ehc_plan_rate",
                    "Pupils with an EHC plan",
                    england="Pupils with an EHC plan",
                    only=Only.MAINSTREAM,
                    worth=0.01,
                ),
                Line(
                    "ehc_plans",
                    "With an EHC plan",
                    _FROM_ROLL,
                    _ROLL,
                    "ehc_plan_count",
                    "",
                    "Pupils with an EHC plan",
                    only=Only.SPECIAL,
                    worth=5,
                ),
            ),
        ),
        Figure(2, "Joined and left the register"),
        Figure(3, "Main needs"),
        Figure(
            4,
            "Health of the register",
            (
                Line(
                    "set_aside",
                    "Rows of data to be mended",
                    "All files",
                    "mart_deliveries__confidence",
                    "set_aside_percent",
                    say=whole_percent,
                ),
            ),
        ),
        Figure(
            5,
            "Requests for an assessment",
            (
                Line("open_requests", "Open now", _FROM_CLOCK, _CLOCK, "open_requests_count"),
                Line("late_requests", "Of these, open past 20 weeks", _FROM_CLOCK, _CLOCK, "open_late_count"),
            ),
        ),
    ),
)
