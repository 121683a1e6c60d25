"""What must be right before a census: open conflicts in what it collects, and what it would query or refuse.

Every census collects SEN provision, year, sex and free school meals; the type of need in spring only.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables.match import MART_MATCH__WORKLIST
from models.destinations import named
from models.match import next_census

SPRING_ONLY = ("NEED", "NO_NEED", "NSA_WITH_PLAN", "NSA_LONG")
OLD_PROVISIONS, OLD_TYPES = ("S", "A", "P"), ("BESD",)
LONG_DAYS = 365
"""Days on SEN support after which "no specialist assessment" is queried: it stands for a need not yet known."""
_WHO = ["pupil_key", "school_urn"]


def list_work(
    model_match__conflicts: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
    core_sen_status: pl.DataFrame,
    delivered: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """MART_MATCH__WORKLIST: each pupil and thing to put right, for the next census that collects it.

    ``delivered``: pupil_key, school_urn, and of the newest lists ``provision_code`` (as sent), ``has_top_up``.
    The days of statuses are the tracker's and the register's own: no census asks for them.
    """
    conflicts = model_match__conflicts.filter(
        pl.col("closed_date").is_null() & (pl.col("match_field") != "STATUS_DATE")
    ).select(*_WHO, worklist_rule="match_field", owner="owner")
    found = pl.concat([conflicts, _faults(model_pupils__on_roll, core_pupils, core_sen_status, delivered, data_date)])
    found = found.unique([*_WHO, "worklist_rule"], keep="first", maintain_order=True)
    is_spring = pl.col("worklist_rule").is_in(SPRING_ONLY)
    any_term, any_day = next_census(data_date)
    spring_term, spring_day = next_census(data_date, "SPR")
    dated = found.with_columns(
        census_term=pl.when(is_spring).then(pl.lit(spring_term)).otherwise(pl.lit(any_term)),
        census_date=pl.when(is_spring).then(pl.lit(spring_day)).otherwise(pl.lit(any_day)),
    ).with_columns(left_days=(pl.col("census_date") - pl.lit(data_date)).dt.total_days())
    years = model_pupils__on_roll.select(*_WHO, "nc_year")
    return named(dated.join(years, on=_WHO, how="left"), core_pupils, MART_MATCH__WORKLIST)


def _faults(
    on_roll: pl.DataFrame, people: pl.DataFrame, statuses: pl.DataFrame, delivered: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """What one source alone shows to be wrong, of pupils on roll."""
    since = statuses.filter(
        (pl.col("sen_provision") == "K") & (pl.col("end_date").is_null() | (pl.col("end_date") >= data_date))
    ).group_by(_WHO).agg(pl.col("start_date").max())  # fmt: skip
    joined = (
        on_roll.join(since, on=_WHO, how="left")
        .join(people.select("pupil_key", "upn", "is_upn_temporary"), on="pupil_key", how="left")
        .join(delivered, on=_WHO, how="left")
    )
    provision, need = pl.col("sen_provision"), pl.col("sen_type")
    days = (pl.lit(data_date) - pl.col("start_date")).dt.total_days()
    rules = {
        "NO_NEED": ((provision != "N") & need.is_null(), "SENCO"),
        "NSA_WITH_PLAN": ((provision == "E") & (need == "NSA"), "SENCO"),
        "NSA_LONG": ((provision == "K") & (need == "NSA") & (days > LONG_DAYS), "SENCO"),
        "OLD_CODE": (
            pl.col("provision_code").is_in(OLD_PROVISIONS) | ((provision != "N") & need.is_in(OLD_TYPES)), "SENCO",
        ),
        "NO_UPN": (pl.col("upn").is_null() | pl.col("is_upn_temporary"), "OFFICE"),
        "TOP_UP": ((provision == "K") & pl.col("has_top_up"), "OFFICE"),
    }  # fmt: skip
    return pl.concat(
        joined.filter(when.fill_null(False)).select(*_WHO, worklist_rule=pl.lit(rule), owner=pl.lit(owner))
        for rule, (when, owner) in rules.items()
    )
