"""Who is not in school all week, how pupils with SEN take part in the curriculum, and the lists by name for staff."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.contract import Table
from expectations.derive import conform, empty_frame
from expectations.tables.inclusion_marts import (
    ALL_PUPILS,
    APART,
    MART_INCLUSION__ACCESS,
    MART_INCLUSION__CURRICULUM,
    MART_INCLUSION__NOW,
    MART_INCLUSION__PUPIL,
    MART_INCLUSION__SUBJECT,
    SEN_GROUPS,
)
from expectations.tables.inclusion_sources import CORE_SUBJECTS
from expectations.vocabulary import TRUST
from models.destinations import named
from models.inclusion import base_of

RECORDED_FROM = 0.5
"""Share of entries recorded below which nothing is told of how pupils take part."""
_CODES = {"full": "FULL", "adapted": "ADAPTED", "not_taught": "NOT"}
Record = dict[str, Any]


def count_now(
    part_time: pl.DataFrame,
    placements: pl.DataFrame,
    suspensions: pl.DataFrame,
    on_roll: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """The frame of MART_INCLUSION__NOW: each school, and the trust also by SEN status, of the day for exclusions."""
    late = part_time.filter((pl.col("beyond_end_days") > 0) | (pl.col("review_overdue_days") > 0))
    excluded = suspensions.filter(pl.col("exclusions_count") > 0, is_latest=True)
    counted = {
        "part_time_count": part_time,
        "part_time_late_count": late,
        "placed_count": placements,
        "excluded_count": excluded,
    }
    rows: list[Record] = []
    for urn, pupils in on_roll.select("school_urn", "pupils_count").iter_rows():
        for group in (ALL_PUPILS, *(APART if urn == TRUST else ())):
            among = list(SEN_GROUPS.get(group, ("N", "K", "E")))
            counts = {name: _people(_of(urn, frame), among) for name, frame in counted.items()}
            rows.append({"school_urn": urn, "sen_group": group, "pupils_count": pupils, **counts})
    return _released_shape(rows, MART_INCLUSION__NOW, data_date)


def _people(frame: pl.DataFrame, among: list[str]) -> int:
    """Pupils of a list with one of the statuses; each counts once, so that the groups add up to all of them."""
    once = frame.sort("pupil_key", "sen_provision").unique("pupil_key", keep="first", maintain_order=True)
    return once.filter(pl.col("sen_provision").is_in(among)).height


def sum_curriculum(curriculum: pl.DataFrame, on_roll: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_INCLUSION__CURRICULUM with its bases; no row where no term is recorded by anybody."""
    rows = [
        {"school_urn": urn, "pupils_count": pupils, **_term_of(curriculum), **_figures(ours), **_narrowed(ours)}
        for urn, pupils in on_roll.select("school_urn", "pupils_count").iter_rows()
        if not (ours := _of(urn, curriculum)).is_empty()
    ]
    return _released_shape(rows, MART_INCLUSION__CURRICULUM, data_date)


def sum_subjects(curriculum: pl.DataFrame, on_roll: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_INCLUSION__SUBJECT with its bases: each subject over the whole trust."""
    pupils = next(iter(on_roll.filter(school_urn=TRUST)["pupils_count"]), None)
    rows = [
        {"school_urn": TRUST, "curriculum_subject": subject, "pupils_count": pupils, **_figures(ours)}
        for (subject,), ours in sorted(curriculum.group_by("curriculum_subject"), key=lambda part: str(part[0][0]))
    ]
    return _released_shape(rows, MART_INCLUSION__SUBJECT, data_date)


def _of(urn: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame if urn == TRUST else frame.filter(school_urn=urn)


def _term_of(curriculum: pl.DataFrame) -> Record:
    return curriculum.select("academic_year", "school_term").row(0, named=True)


def _figures(entries: pl.DataFrame) -> Record:
    """Shares of entries; of those recorded only where half or more are. A blank is never taken for taking part."""
    recorded = entries.filter(pl.col("access").is_not_null())
    share = recorded.height / entries.height
    is_told = share >= RECORDED_FROM
    rates = {
        f"{name}_rate": recorded.filter(access=code).height / recorded.height if is_told else None
        for name, code in _CODES.items()
    }
    known = entries.filter(pl.col("weekly_missed_minutes").is_not_null())
    missing = known.filter(pl.col("weekly_missed_minutes") > 0)["pupil_key"].n_unique()
    pupils = known["pupil_key"].n_unique()
    return {
        "recorded_rate": share,
        **rates,
        "missing_rate": missing / pupils if pupils else None,
        "sen_base_count": entries["pupil_key"].n_unique(),
        **_bases(recorded),
        "missing_base_count": base_of(pupils, missing),
    }


def _bases(recorded: pl.DataFrame) -> dict[str, int]:
    """What each share of entries rests on. The three add up to one: where one alone is hidden, so is the next least."""
    pupils = recorded["pupil_key"].n_unique()
    counted = {name: recorded.filter(access=code)["pupil_key"].n_unique() for name, code in _CODES.items()}
    bases = {name: base_of(pupils, count) for name, count in counted.items()}
    told = [name for name, base in bases.items() if base]
    if len(told) == len(bases) - 1:
        bases[min(told, key=lambda name: counted[name])] = 0
    return {f"{name}_base_count": base for name, base in bases.items()}


def _narrowed(entries: pl.DataFrame) -> Record:
    """Pupils with a foundation subject recorded, and those of them who are not taught one or more."""
    foundation = entries.filter(pl.col("access").is_not_null() & ~pl.col("curriculum_subject").is_in(CORE_SUBJECTS))
    pupils = foundation["pupil_key"].n_unique()
    narrowed = foundation.filter(access="NOT")["pupil_key"].n_unique()
    return {
        "narrowed_rate": narrowed / pupils if pupils else None,
        "narrowed_base_count": base_of(pupils, narrowed),
    }


def _released_shape(rows: list[Record], table: Table, data_date: dt.date) -> pl.DataFrame:
    """Rows with the mart's columns in order and the bases behind them; ``conform`` knows only the former."""
    roles = [column.release for column in table.columns]
    bases = sorted({base for role in roles if (base := getattr(role, "base", None))})
    if not rows:
        return empty_frame(table).with_columns(pl.lit(None, pl.Int64).alias(name) for name in bases)
    frame = pl.DataFrame(
        [{"data_date": data_date, "hidden_columns": "", **row} for row in rows], infer_schema_length=None
    )
    return conform(frame.select(table.column_names), table).hstack(frame.select(bases))


def list_pupils(
    attendance: pl.DataFrame, suspensions: pl.DataFrame, on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    """MART_INCLUSION__PUPIL: pupils on roll with SEN, absence this school year, suspensions in twelve months."""
    key = ["pupil_key", "school_urn"]
    sums = attendance.filter("is_latest").group_by(key).agg(
        pl.col("possible_sessions_count", "absent_sessions_count").sum()
    )  # fmt: skip
    held = suspensions.filter("is_latest").group_by(key).agg(
        pl.col("suspensions_count", "lost_sessions_count").sum()
    )  # fmt: skip
    with_sen = on_roll.filter(pl.col("sen_provision") != "N").select(*key, "nc_year", "sen_provision")
    both = with_sen.join(sums, on=key, how="inner").join(held, on=key, how="left")
    share = pl.col("absent_sessions_count") / pl.col("possible_sessions_count")
    filled = both.with_columns(
        pl.col("suspensions_count", "lost_sessions_count").fill_null(0), share.alias("absence_rate")
    )
    return named(filled, core_pupils, MART_INCLUSION__PUPIL)


def list_access(curriculum: pl.DataFrame, on_roll: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    """MART_INCLUSION__ACCESS: each pupil on roll with SEN, what is not taught, adapted, missed and not recorded."""
    key = ["pupil_key", "school_urn"]
    access, minutes, subject = pl.col("access"), pl.col("weekly_missed_minutes"), pl.col("curriculum_subject")
    each = curriculum.sort(*key, "curriculum_subject").group_by(key, maintain_order=True).agg(
        subject.filter(access == "NOT").str.join(", ").alias("not_taught_subjects"),
        (access == "ADAPTED").sum().alias("adapted_subjects_count"),
        access.is_null().sum().alias("blank_subjects_count"),
        subject.filter(minutes > 0).str.join(", ").alias("missed_subjects"),
        pl.when(minutes.is_not_null().any()).then(minutes.sum()).alias("weekly_missed_minutes"),
    )  # fmt: skip
    blank_if_none = pl.col("not_taught_subjects", "missed_subjects").replace("", None)
    ours = on_roll.select(*key, "nc_year", "sen_provision").filter(pl.col("sen_provision") != "N")
    return named(ours.join(each.with_columns(blank_if_none), on=key, how="inner"), core_pupils, MART_INCLUSION__ACCESS)
