"""What stands beside the estimate of an intervention: opinions, targets, engagement, evidence from elsewhere."""

from __future__ import annotations

from dashboards.queries import Query

ENGAGEMENT_AREAS = ("exploration", "realisation", "anticipation", "persistence", "initiation")
"""The areas of engagement in their fixed order; each has its own count and none is added to another."""
_PROGRESS = ", ".join(f"engagement_{area}_progress_count" for area in ENGAGEMENT_AREAS)
_COLUMNS = (
    "intervention_name, data_date, judgement_asked_count, judged_count, judged_more_count, judged_as_hoped_count, "
    "judged_less_count, pupil_asked_count, pupil_answered_count, pupil_positive_count, parent_asked_count, "
    "parent_answered_count, parent_positive_count, targets_pupils_count, targets_set_count, "
    "targets_scored_pupils_count, targets_scored_count, targets_met_count, goal_pupils_count, goal_attainment_mean, "
    f"goal_attainment_start_mean, deliverer_scored_rate, goals_cap, engagement_pupils_count, {_PROGRESS}, "
    "evidence_strand, evidence_label, evidence_months, evidence_security, evidence_cost, evidence_source, "
    "evidence_retrieved, evidence_certainty, hidden_columns"
)


def of_intervention(intervention_name: str) -> Query:
    """The strands of one intervention."""
    return Query(f"select {_COLUMNS} from mart_impact__strands where intervention_name = ?", (intervention_name,))  # noqa: S608
