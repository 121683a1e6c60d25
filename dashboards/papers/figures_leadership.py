"""Priority 1, Leadership: voice, leadership, compliance (figures 18 to 20)."""

from __future__ import annotations

from dashboards.papers.figures import Block, Figure, Line

_CYCLES, _FROM_CYCLES = "mart_apdr__school", "Review cycles"
LEADERSHIP = Block(
    1,
    "Leadership",
    (
        Figure(
            18,
            "Voice",
            (
                Line(
                    "pupil_view",
                    "Own view of pupils on SEN support",
                    _FROM_CYCLES,
                    _CYCLES,
                    "pupil_view_count",
                    "pupil_view_rate",
                    "The pupil’s own view on the plan",
                    worth=0.05,
                ),
                Line(
                    "parent_view",
                    "A parent’s view",
                    _FROM_CYCLES,
                    _CYCLES,
                    "parent_view_count",
                    "parent_view_rate",
                    "A parent’s view on the plan",
                    worth=0.05,
                ),
            ),
        ),
        Figure(19, "SENCO’s time, training, reviews"),
        Figure(20, "Reports and policies on the website"),
    ),
)
