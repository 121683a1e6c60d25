"""EHC plans, what they promise, their outcomes, reviews and requests."""

from __future__ import annotations

from expectations.tables.ehc_plans import (
    CORE_EHC_OUTCOMES,
    CORE_EHC_PLANS,
    CORE_EHC_PROVISION,
    CORE_EHC_REQUESTS,
    CORE_EHC_REVIEWS,
)
from pipelines.assets.declare import sql_asset

core_ehc_plans = sql_asset(CORE_EHC_PLANS)
core_ehc_provision = sql_asset(CORE_EHC_PROVISION)
core_ehc_outcomes = sql_asset(CORE_EHC_OUTCOMES)
core_ehc_reviews = sql_asset(CORE_EHC_REVIEWS)
core_ehc_requests = sql_asset(CORE_EHC_REQUESTS)
