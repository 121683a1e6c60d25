"""Flows of the register by year and term for the disclosure door, and the SENCO's lists with names.

What a flow is, and who is on the register without provision, is in ``models/sql/model_sen_flows__*.sql``.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.contract import Table
from expectations.tables.sen_flows import FLOW_COUNTS, MART_SEN_FLOWS__GAP, MART_SEN_FLOWS__PUPIL, TERMS
from expectations.vocabulary import TRUST
from models.calendar import academic_year
from models.destinations import named
from models.match import count_pupils


def mart_sen_flows__year_frame(events: pl.DataFrame, core_schools: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_SEN_FLOWS__YEAR: pupils by flow in the last whole academic year, each school and the trust."""
    places = pl.DataFrame({"school_urn": [*core_schools["school_urn"], TRUST]}, schema={"school_urn": pl.String})
    year = academic_year(data_date) - 1
    frame = places.with_columns(academic_year=pl.lit(year, pl.Int64), data_date=pl.lit(data_date))
    of_year = events.filter(pl.col("academic_year") == year)
    for name, flow in FLOW_COUNTS.items():
        counted = count_pupils(of_year.filter(pl.col("flow") == flow), name)
        frame = frame.join(counted, on="school_urn", how="left")
    return frame.with_columns(pl.col(list(FLOW_COUNTS)).fill_null(0))


def mart_sen_flows__term_frame(events: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_SEN_FLOWS__TERM: the trust's flows of the last whole academic year by term."""
    year = academic_year(data_date) - 1
    termed = events.filter(pl.col("academic_year") == year).with_columns(term=pl.col("half_term").str.slice(0, 6))
    frame = pl.DataFrame({"term": TERMS}).with_columns(academic_year=pl.lit(year, pl.Int64))
    for name, flow in FLOW_COUNTS.items():
        counted = count_pupils(termed.filter(pl.col("flow") == flow), name, "term").filter(school_urn=TRUST)
        frame = frame.join(counted.drop("school_urn"), on="term", how="left")
    return frame.with_columns(pl.col(list(FLOW_COUNTS)).fill_null(0))


def list_flows(
    events: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """MART_SEN_FLOWS__PUPIL: flows of this academic year and the one before, with names."""
    recent = events.filter(pl.col("academic_year") >= academic_year(data_date) - 1)
    return _name(recent, model_pupils__on_roll, core_pupils, MART_SEN_FLOWS__PUPIL)


def list_gaps(gaps: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    """MART_SEN_FLOWS__GAP: who is on the register with no provision, and the reverse, with names."""
    return _name(gaps, model_pupils__on_roll, core_pupils, MART_SEN_FLOWS__GAP)


def _name(frame: pl.DataFrame, on_roll: pl.DataFrame, people: pl.DataFrame, table: Table) -> pl.DataFrame:
    years = on_roll.select("pupil_key", "school_urn", "nc_year")
    return named(frame.join(years, on=["pupil_key", "school_urn"], how="left"), people, table)
