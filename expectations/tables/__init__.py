"""Every declared table, by name. A subject's tables, from raw to mart, live in one file named after it."""

from __future__ import annotations

from expectations.contract import Table
from expectations.derive import clean_table
from expectations.tables import (
    apdr,
    assessments,
    catalogue,
    cost_effectiveness,
    deliveries,
    destinations,
    ehc_delivery,
    ehc_outcome_marts,
    ehc_outcomes,
    ehc_plans,
    engagement,
    group_reviews,
    impact,
    impact_delivery,
    impact_marts,
    impact_pupils,
    inclusion,
    interventions,
    money_ledger,
    money_spend,
    money_staffing,
    pupils,
    purchasing,
    questions,
    reference,
    referrals,
    registers,
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
    *ehc_outcomes.TABLES,
    *ehc_outcome_marts.TABLES,
    *ehc_delivery.TABLES,
    *value_for_money.TABLES,
    *cost_effectiveness.TABLES,
    *money_spend.TABLES,
    *money_staffing.TABLES,
    *money_ledger.TABLES,
    *destinations.TABLES,
    *registers.TABLES,
    *purchasing.TABLES,
    *referrals.TABLES,
    *deliveries.TABLES,
    *questions.TABLES,
    *reference.TABLES,
)
RAW: tuple[Table, ...] = tuple(t for t in _DECLARED if t.layer == "raw")
CLEAN: tuple[Table, ...] = tuple(clean_table(t) for t in RAW)
ALL: dict[str, Table] = {t.name: t for t in (*_DECLARED, *CLEAN)}
