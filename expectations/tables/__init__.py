"""Every declared table, by name. A subject's tables, from raw to mart, live in one file named after it."""

from __future__ import annotations

from expectations.contract import Table
from expectations.derive import clean_table
from expectations.tables import (
    apdr,
    assessments,
    catalogue,
    deliveries,
    destinations,
    ehc_clock,
    ehc_clock_marts,
    ehc_plans,
    engagement,
    group_reviews,
    impact,
    impact_delivery,
    impact_marts,
    impact_pupils,
    inclusion,
    interventions,
    pupils,
    questions,
    reference,
    strands,
    targets,
    value_for_money,
)

_DECLARED: tuple[Table, ...] = (
    *pupils.TABLES,
    *inclusion.TABLES,
    *assessments.TABLES,
    *interventions.TABLES,
    *catalogue.TABLES,
    *impact_pupils.TABLES,
    *impact.TABLES,
    *impact_delivery.TABLES,
    *impact_marts.TABLES,
    *targets.TABLES,
    *engagement.TABLES,
    *strands.TABLES,
    *apdr.TABLES,
    *group_reviews.TABLES,
    *ehc_plans.TABLES,
    *ehc_clock.TABLES,
    *ehc_clock_marts.TABLES,
    *value_for_money.TABLES,
    *destinations.TABLES,
    *deliveries.TABLES,
    *questions.TABLES,
    *reference.TABLES,
)
RAW: tuple[Table, ...] = tuple(t for t in _DECLARED if t.layer == "raw")
CLEAN: tuple[Table, ...] = tuple(clean_table(t) for t in RAW)
ALL: dict[str, Table] = {t.name: t for t in (*_DECLARED, *CLEAN)}
