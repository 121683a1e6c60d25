"""Are they here and included: absence and suspensions by SEN status at the time, of schools and the trust.

Person-time and events come from ``models/sql/model_inclusion__*.sql``. Figures of the trust are computed over its
pupils, never averaged over schools. No number of a group's pupils is released here: each figure carries the number it
rests on to the disclosure door (``…_base_count``), which looks at it and drops it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from expectations.derive import conform, empty_frame
from expectations.tables.inclusion_marts import APART, MART_INCLUSION__SCHOOL, SEN_GROUPS
from expectations.vocabulary import TRUST
from models.calendar import academic_year
from models.moves import DAYS_IN_YEAR, exact_poisson
from models.proportions import wilson

PERSISTENT_ONE_IN, SEVERE_ONE_IN = 10, 2
"""A pupil who misses one session in ten, or one in two, or more (DfE, Pupil absence in schools: methodology)."""
SMALLEST_GROUP, SMALLEST_COUNT = 10, 5
"""A group below ten is not told apart; one to four pupils are not pointed at (METHODS E2)."""
NEAREST = 10
"""Half-days are told to the nearest ten, so that they do not give a group's sessions away."""
Record = dict[str, Any]


@dataclass(frozen=True)
class Absence:
    """Attendance of a group in one period: sessions possible and missed; pupils, persistently and severely absent."""

    possible: int
    absent: int
    pupils: int
    persistent: int
    severe: int

    @property
    def rate(self) -> float | None:
        """Share of sessions missed."""
        return self.absent / self.possible if self.possible else None


@dataclass(frozen=True)
class Held:
    """Suspensions of a group in twelve months, over its whole pupil-years."""

    years: float
    suspended: int
    suspensions: int
    lost_sessions: int


def base_of(pupils: int, counted: int) -> int:
    """The number that a figure rests on, for the disclosure door: 0 where it points at one to four (R1, R3)."""
    is_few = 0 < counted < SMALLEST_COUNT or 0 < pupils - counted < SMALLEST_COUNT
    return 0 if is_few else pupils


def sum_schools(
    attendance: pl.DataFrame,
    roll_days: pl.DataFrame,
    suspensions: pl.DataFrame,
    on_roll: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """The frame of MART_INCLUSION__SCHOOL for the disclosure door, with the numbers that its figures rest on.

    ``attendance``, ``roll_days``, ``suspensions``: the tables of ``models/sql`` by these names; ``on_roll``: one row a
    school and the trust with its pupils on roll. The school year is that of the attendance.
    """
    totals = _totals(attendance)
    year = attendance["academic_year"].max() or academic_year(data_date)
    tables = (attendance, totals, roll_days, suspensions)
    rows = [
        _describe(urn, group, pupils, *(_of(urn, table) for table in tables))
        for urn, pupils in on_roll.select("school_urn", "pupils_count").iter_rows()
        for group in SEN_GROUPS
    ]
    if not rows:
        return _with_bases(empty_frame(MART_INCLUSION__SCHOOL))
    dated = [{"data_date": data_date, "academic_year": year, "hidden_columns": "", **row} for row in rows]
    frame = pl.DataFrame(dated, infer_schema_length=None)
    shown = conform(frame.select(MART_INCLUSION__SCHOOL.column_names), MART_INCLUSION__SCHOOL)
    bases = frame.select("school_urn", "sen_group", *BASES)
    return shown.join(bases, on=["school_urn", "sen_group"], how="left")


BASES = tuple(
    sorted({base for column in MART_INCLUSION__SCHOOL.columns if (base := getattr(column.release, "base", None))})
)
"""The numbers of pupils that go to the disclosure door and no further."""


def _with_bases(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit(None, pl.Int64).alias(name) for name in BASES)


def _of(urn: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame if urn == TRUST else frame.filter(school_urn=urn)


def _totals(attendance: pl.DataFrame) -> pl.DataFrame:
    """One row per pupil, school and period: all sessions, under the pupil's last status of the period."""
    return attendance.group_by("pupil_key", "school_urn", "is_latest", maintain_order=True).agg(
        pl.col("possible_sessions_count", "absent_sessions_count").sum(),
        pl.col("sen_provision").filter(pl.col("is_last_status")).first(),
    )


def _absence(attendance: pl.DataFrame, totals: pl.DataFrame, statuses: Iterable[str], is_latest: bool) -> Absence:
    ours = attendance.filter(pl.col("sen_provision").is_in(list(statuses)), is_latest=is_latest)
    pupils = totals.filter(pl.col("sen_provision").is_in(list(statuses)), is_latest=is_latest)
    absent, possible = pl.col("absent_sessions_count"), pl.col("possible_sessions_count")
    often, mostly = (pupils.filter(absent * one_in >= possible) for one_in in (PERSISTENT_ONE_IN, SEVERE_ONE_IN))
    sums = ours.select(possible.sum(), absent.sum()).row(0)
    return Absence(sums[0], sums[1], pupils.height, often.height, mostly.height)


def _held(roll_days: pl.DataFrame, suspensions: pl.DataFrame, statuses: Iterable[str], is_latest: bool) -> Held:
    among = pl.col("sen_provision").is_in(list(statuses)) & (pl.col("is_latest") == is_latest)
    ours = suspensions.filter(among & (pl.col("suspensions_count") > 0))
    return Held(
        int(roll_days.filter(among)["roll_days"].sum()) / DAYS_IN_YEAR,
        ours["pupil_key"].n_unique(),
        int(ours["suspensions_count"].sum()),
        int(ours["lost_sessions_count"].sum()),
    )


def _is_told(urn: str, group: str, totals: pl.DataFrame) -> bool:
    """Whether the group is told of: SEN support and plans apart where neither is small, else both together."""
    sizes = [_absence(totals, totals, SEN_GROUPS[name], True).pupils for name in ("SEN support", "EHC plan")]
    is_apart = urn == TRUST or all(size == 0 or size >= SMALLEST_GROUP for size in sizes)
    return group == "No SEN" or is_apart is (group in APART)


def _describe(
    urn: str,
    group: str,
    pupils: int | None,
    attendance: pl.DataFrame,
    totals: pl.DataFrame,
    roll_days: pl.DataFrame,
    suspensions: pl.DataFrame,
) -> Record:
    statuses = SEN_GROUPS[group]
    now, before = (_absence(attendance, totals, statuses, is_latest) for is_latest in (True, False))
    held, held_before = (_held(roll_days, suspensions, statuses, is_latest) for is_latest in (True, False))
    figures = {**_absence_figures(now, before), **_suspension_figures(held, held_before)}
    if not _is_told(urn, group, totals):
        figures = {name: None if name not in BASES else 0 for name in figures}
    return {"school_urn": urn, "sen_group": group, "pupils_count": pupils, **figures}


def _absence_figures(now: Absence, before: Absence) -> Record:
    low, high = wilson(now.persistent, now.pupils)
    has_any = now.pupils > 0
    return {
        "absence_rate": now.rate,
        "before_absence_rate": before.rate if has_any else None,
        "extra_absent_sessions_count": extra_sessions(now, before),
        "persistent_rate": _share(now.persistent, now.pupils),
        "persistent_low_rate": low if has_any else None,
        "persistent_high_rate": high if has_any else None,
        "before_persistent_rate": _share(before.persistent, before.pupils) if has_any else None,
        "severe_rate": _share(now.severe, now.pupils),
        "absence_base_count": now.pupils,
        "before_absence_base_count": min(now.pupils, before.pupils),
        "persistent_base_count": base_of(now.pupils, now.persistent),
        "before_persistent_base_count": base_of(before.pupils, before.persistent),
        "severe_base_count": _severe_base(now),
    }


def _severe_base(now: Absence) -> int:
    """As ``base_of``; also 0 where one to four are persistently but not severely absent: the shares would tell them."""
    is_told_apart = 0 < now.persistent - now.severe < SMALLEST_COUNT
    return 0 if is_told_apart else base_of(now.pupils, now.severe)


def _share(count: int, pupils: int) -> float | None:
    return count / pupils if pupils else None


def extra_sessions(now: Absence, before: Absence) -> int | None:
    """Half-days missed beyond what last year's rate would give, to the nearest ten; negative where fewer."""
    if now.rate is None or before.rate is None:
        return None
    extra = (now.rate - before.rate) * now.possible
    return NEAREST * (1 if extra >= 0 else -1) * int(abs(extra) / NEAREST + 0.5)


def _suspension_figures(held: Held, before: Held) -> Record:
    low, high = exact_poisson(held.suspensions)
    per_100, per_100_before = (100 / one.years if one.years > 0 else None for one in (held, before))

    def told(figure: float, each: float | None) -> float | None:
        return None if each is None or per_100 is None else figure * each

    return {
        "suspensions_per_100_years": told(held.suspensions, per_100),
        "suspensions_low_per_100_years": told(low, per_100),
        "suspensions_high_per_100_years": told(high, per_100),
        "before_suspensions_per_100_years": told(before.suspensions, per_100_before),
        "lost_days_per_100_years": told(held.lost_sessions / 2, per_100),
        "suspension_base_count": base_of(int(held.years), held.suspended),
        "before_suspension_base_count": base_of(int(before.years), before.suspended),
    }
