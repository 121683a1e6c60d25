"""Whose cost and targets count, and what section F names: the two SQL steps on a few rows."""

from __future__ import annotations

import datetime as dt

from expectations.tables import ALL
from tests.support.filling import fill
from tests.support.frames import pupil, table

STARTERS = """
intervention_key | pupil_key | intervention_name | is_in_catalogue | start_rank
G1 | P1 | Talk  | yes | 1
G1 | P2 | Talk  | yes | 1
G1 | P3 | Talk  | yes | 2
G2 | P3 | Talk  | yes | 1
G3 | P4 | Walk  | yes | 1
G4 | P5 | Other | no  | 1
"""
DOSES = """
intervention_key | intervention_name | cost_to_date_pence
G1 | Talk | 900
G2 | Talk | -
"""
TARGETS = """
intervention_name | pupil_key | target_number | target_weight | achieved_level
Talk | P1 | 1 | 1 | 0
Talk | P1 | 2 | 1 | -1
Talk | P1 | 3 | 1 | -
Walk | P9 | 1 | 1 | 2
"""


def test_everybody_of_a_group_with_a_target_is_in_scope_at_the_first_start() -> None:
    frames = {
        "model_interventions__starters": table(ALL["model_interventions__starters"], STARTERS),
        "model_interventions__group_dose": table(ALL["model_interventions__group_dose"], DOSES),
        "model_impact__strand_targets": table(ALL["model_impact__strand_targets"], TARGETS),
    }
    found = fill("model_cost_effectiveness__pupils", frames).sort("pupil_key")
    columns = ("pupil_key", "group_cost_pence", "group_pupils_count", "has_target_group", "targets_set_count",
               "targets_scored_count", "targets_met_count")  # fmt: skip
    assert found.select(columns).rows() == [
        (pupil(1), 900, 3, True, 3, 2, 1),
        (pupil(2), 900, 3, True, 0, 0, 0),  # no target, and paid for all the same
        (pupil(3), None, 1, False, 0, 0, 0),  # the second start, in G1, shares that group's cost with the others
        (pupil(4), None, 1, False, 0, 0, 0),
    ]


def test_a_plan_names_an_intervention_in_any_spelling_of_the_catalogue_this_year_or_last() -> None:
    catalogue = (
        "alias | intervention_name\npaired reading | Paired Reading\npairs | Paired Reading\nwalk | Walk\n"
        "run | Run\ntalk | Talk\n"
    )
    lines = (
        "plan_key | line_number | academic_year | provision_type\np | 1 | 2026 | Paired-Reading!\n"
        "p | 2 | 2025 | WALK\np | 3 | 2024 | Run\np | 4 | 2026 | Talking\n"
    )
    frames = {
        "core_intervention_catalogue": table(ALL["core_intervention_catalogue"], catalogue),
        "core_ehc_provision": table(ALL["core_ehc_provision"], lines),
        "core_run": table(ALL["core_run"], "academic_year\n2026\n", data_date=dt.date(2026, 11, 20)),
    }
    found = fill("model_cost_effectiveness__required", frames)
    assert sorted(found.rows()) == [("Paired Reading", True), ("Run", False), ("Talk", False), ("Walk", True)]
