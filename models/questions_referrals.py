"""What to ask of waits for outside agencies, found in released figures."""

from __future__ import annotations

import polars as pl

from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions

LONG_WEEKS = 18
"""The longest wait that the NHS standard allows from referral to treatment; here a yardstick for asking, no more."""

SERVICE_WAIT = Trigger(
    "SERVICE_WAIT", "DELIVERY", "mart_referrals__service", "seen_median_weeks",
    "Half of the pupils referred to a service wait 18 weeks or more to be seen, or fewer than half of ten or more have "
    "been seen; the longest first.",
)  # fmt: skip
LONG_WAIT = Trigger(
    "LONG_WAIT", "DELIVERY", "mart_referrals__school", "seen_median_weeks",
    "The same of one school's referrals to all services together.",
)  # fmt: skip
TRIGGERS = (SERVICE_WAIT, LONG_WAIT)


def ask_of_referrals(mart_referrals__service: pl.DataFrame, mart_referrals__school: pl.DataFrame) -> Found:
    """A service is asked about of the trust, a wait over all services of the school."""
    services = mart_referrals__service.with_columns(school_urn=pl.lit(TRUST))
    schools = mart_referrals__school.filter(pl.col("school_urn") != TRUST)
    weeks = pl.col("seen_median_weeks")
    is_long = (weeks >= LONG_WEEKS) | (pl.col("seen_standing") == "NOT_REACHED")
    unreached_first = weeks.fill_null(1_000.0)
    return {
        "SERVICE_WAIT": exceptions(services, is_long, "service_label", unreached_first),
        "LONG_WAIT": exceptions(schools, is_long, None, unreached_first),
    }
