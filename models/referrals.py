"""Referrals by service and school: counts, median waits with open cases counted, spend; and the SENCO's list.

Where one referral stands is ``models/sql/model_referrals__steps.sql``; the median is ``models/waiting.py``. Below ten
cases there is no median, and where fewer than half have got there, none yet (METHODS E2, F).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.derive import conform, tabulate
from expectations.tables.referrals import (
    MART_REFERRALS__OPEN,
    MODEL_REFERRALS__SCHOOL,
    MODEL_REFERRALS__SERVICE,
    WAITS,
)
from expectations.vocabulary import TRUST
from models.waiting import Median, median_wait

WINDOW_DAYS, YEAR_DAYS, RECENT_DAYS = 730, 365, 90
"""Referrals whose waits are counted; the latest year of them; how long the SENCO's list keeps what is over."""
SMALLEST_CASES = 10
DAYS_PER_WEEK = 7.0
_ENDED = {"seen": "is_seen", "report": "is_reported", "provision": "is_provided", "whole": "is_provided"}
_TRUST_ONLY = ("agency_step_count", "school_step_count", "declined_pupils_count")


def sum_services(
    model_referrals__steps: pl.DataFrame, core_agency_services: pl.DataFrame, core_costs: pl.DataFrame,
    plans: pl.DataFrame, schools: list[str], data_date: dt.date,
) -> pl.DataFrame:  # fmt: skip
    """MODEL_REFERRALS__SERVICE: every service in the trust's register, over all schools, referred to or not.

    What an agency was paid stands once, in the row of its first service by name: no table has it by agency, for with
    two such tables a hidden number would follow by subtraction; the row of its service with most pupils would tell
    which of two hidden numbers is the larger. Names of agencies are compared without regard to case.
    """
    steps = model_referrals__steps.filter(pl.col("school_urn").is_in(schools))
    bills = _invoices(core_costs, plans, data_date).filter(pl.col("school_urn").is_in(schools))
    told = [
        service
        | {"service_label": f"{service['agency']}: {service['service']}"}
        | _describe(steps.filter(agency=service["agency"], service=service["service"]), data_date)
        for service in core_agency_services.sort("agency", "service").to_dicts()
    ]
    for agency in {row["agency"] for row in told}:
        own = [row for row in told if row["agency"] == agency]
        spent = _spend(bills.filter(pl.col("agency").str.to_lowercase() == agency.lower()))
        for row in own:
            row.update(spent if row is own[0] else dict.fromkeys(spent))
    return tabulate(told, MODEL_REFERRALS__SERVICE)


def sum_schools(
    model_referrals__steps: pl.DataFrame, core_costs: pl.DataFrame, plans: pl.DataFrame, schools: list[str],
    data_date: dt.date,
) -> pl.DataFrame:  # fmt: skip
    """MODEL_REFERRALS__SCHOOL: each school, and the trust over its referrals. ``plans``: plan_key and pupil_key."""
    bills = _invoices(core_costs, plans, data_date).filter(pl.col("school_urn").is_in(schools))
    steps = model_referrals__steps.filter(pl.col("school_urn").is_in(schools))
    told = []
    for urn in [*schools, TRUST]:
        own = steps if urn == TRUST else steps.filter(school_urn=urn)
        billed = bills if urn == TRUST else bills.filter(school_urn=urn)
        only = _of_the_trust(own, data_date) if urn == TRUST else dict.fromkeys(_TRUST_ONLY)
        told.append({"school_urn": urn} | _describe(own, data_date) | only | _spend(billed))
    return tabulate(told, MODEL_REFERRALS__SCHOOL)


def _of_the_trust(steps: pl.DataFrame, data_date: dt.date) -> dict[str, int]:
    """Whose step is next, and how many were declined: finer than a school's figures may be."""
    still_open = steps.filter(pl.col("step_owner").is_not_null())
    agencys = still_open.filter(step_owner="AGENCY")["pupil_key"].n_unique()
    declined = _within(steps, data_date).filter(pl.col("is_declined"))
    counts = (agencys, still_open["pupil_key"].n_unique() - agencys, declined["pupil_key"].n_unique())
    return dict(zip(_TRUST_ONLY, counts, strict=True))


def _within(steps: pl.DataFrame, data_date: dt.date, first: int = 0, last: int = WINDOW_DAYS) -> pl.DataFrame:
    """Referrals made from ``last`` days (not included) to ``first`` days before the data date."""
    age = (pl.lit(data_date) - pl.col("referral_date")).dt.total_days()
    return steps.filter((age >= first) & (age < last))


def _describe(steps: pl.DataFrame, data_date: dt.date) -> dict[str, Any]:
    """Pupils and medians of some referrals; a median with its cases, which the disclosure door wants to see."""
    waiting = _within(steps, data_date).filter(~pl.col("is_declined"))
    still_open = steps.filter(pl.col("step_owner").is_not_null())
    told: dict[str, Any] = {
        "waited_count": pl.concat([waiting, still_open])["pupil_key"].n_unique(),
        "open_pupils_count": still_open["pupil_key"].n_unique(),
    }
    medians = {wait: _median(waiting, wait) for wait in WAITS}
    medians["latest"] = _median(_within(waiting, data_date, 0, YEAR_DAYS), "seen")
    medians["before"] = _median(_within(waiting, data_date, YEAR_DAYS, WINDOW_DAYS), "seen")
    for wait, (median, people) in medians.items():
        name = wait if wait in WAITS else f"{wait}_seen"
        told |= {f"{wait}_cases_count": people, f"{name}_median_weeks": _weeks(median.days, people)}
    seen, people = medians["seen"]
    is_few = people < SMALLEST_CASES
    return told | {
        "seen_lower_weeks": _weeks(seen.lower_days if seen.days is not None else None, people),
        "seen_upper_weeks": _weeks(seen.upper_days if seen.days is not None else None, people),
        "seen_standing": "FEW" if is_few else "NOT_REACHED" if seen.days is None else "MEDIAN",
    }


def _median(waits: pl.DataFrame, wait: str) -> tuple[Median, int]:
    """The median of one wait over the referrals that have it, and their pupils. Concern to referral is always over."""
    watched = waits.drop_nulls(f"{wait}_wait_days")
    days = watched[f"{wait}_wait_days"].to_numpy()
    is_ended = watched[_ENDED[wait]].to_numpy() if wait in _ENDED else days >= 0
    return median_wait(days, is_ended), watched["pupil_key"].n_unique()


def _weeks(days: int | None, people: int) -> float | None:
    """Days in weeks; nothing for fewer than ten pupils, however many referrals they have."""
    return None if days is None or people < SMALLEST_CASES else days / DAYS_PER_WEEK


def _invoices(core_costs: pl.DataFrame, plans: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """Agencies' invoice lines of the year to the data date: school, agency, amount, and whose contribution each is.

    A line for no plan may be for one pupil, and nobody knows whom: it stands for itself.
    """
    age = (pl.lit(data_date) - pl.col("cost_date")).dt.total_days()
    lines = core_costs.filter((pl.col("cost_kind") == "AGENCY") & (age >= 0) & (age < YEAR_DAYS))
    named = lines.join(plans.select("plan_key", "pupil_key"), on="plan_key", how="left")
    return named.select("school_urn", "amount_pence", agency="supplier", whose=pl.coalesce("pupil_key", "cost_key"))


def _spend(bills: pl.DataFrame) -> dict[str, Any]:
    """The sum, and the two largest contributions to it (rule R4)."""
    largest = bills.group_by("whose").agg(pl.col("amount_pence").sum())["amount_pence"].sort(descending=True)
    first, second = [*largest.head(2).to_list(), 0, 0][:2]
    return {
        "agency_spend_pence": int(bills["amount_pence"].sum()),
        "spend_largest_pence": first,
        "spend_second_pence": second,
    }


def list_open(
    model_referrals__steps: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:  # fmt: skip
    """MART_REFERRALS__OPEN: what is open, and what was provided, declined or closed in the last 90 days."""
    ended = pl.coalesce(
        pl.when(pl.col("referral_stage") == "PROVIDED").then("provision_start_date"), "closed_date", "referral_date"
    )
    is_recent = (pl.lit(data_date) - ended).dt.total_days() < RECENT_DAYS
    listed = model_referrals__steps.filter(pl.col("step_owner").is_not_null() | is_recent)
    named = listed.join(model_pupils__on_roll, on=["pupil_key", "school_urn"], how="inner").join(
        core_pupils.select("pupil_key", "surname", "forename"), on="pupil_key", how="inner"
    )
    return conform(named.select(MART_REFERRALS__OPEN.column_names), MART_REFERRALS__OPEN).sort(MART_REFERRALS__OPEN.key)
