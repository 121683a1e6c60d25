"""Who leaves in mid-phase, and where to: the school's list of moves, what the rolls tell, rates by SEN."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import (
    Column,
    Count,
    Kind,
    Label,
    OnBad,
    Partition,
    Rate,
    RowPartition,
    Sensitivity,
    Source,
    Table,
    Unit,
)
from expectations.tables.destinations import LOCAL_CODES, NATIONAL_CODES

MOVE_TYPES = (
    "OTHER_SCHOOL", "SPECIAL_SCHOOL", "ALTERNATIVE_PROVISION", "HOME_EDUCATION", "ELSEWHERE", "NOT_KNOWN",
)  # fmt: skip
"""ELSEWHERE: out of the area, no school place, college, work or training."""
MOVE_GROUPS = ("All pupils", "SEN", "No SEN")

_LEAVING = v.START_DATE.but(
    name="leaving_date", meaning="Last day on the school's roll.", headers=("Leaving Date", "Date Left", "Off Roll")
)

RAW_ATTENDANCE__MOVES = Table(
    name="raw_attendance__moves",
    grain="One row per pupil who left the roll before the end of a phase, in the school's list of moves.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "attendance",
        "moves",
        "Moves off the roll",
        ("leaving_date", "move_code"),
        natural_key=("pupil_key", "school_urn", "leaving_date"),
        sheet="Moves",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        v.UPN,
        v.MIS_ID,
        v.SURNAME,
        v.FORENAME,
        _LEAVING,
        Column(
            "move_code",
            Kind.TEXT,
            "Where the pupil went: a local or NCCIS code.",
            null="not known",
            checks=(OneOf((*LOCAL_CODES, *NATIONAL_CODES)),),
            on_bad=OnBad.FLAG,
            headers=("Moved To", "Destination of Move", "Reason Left"),
        ),
    ),
)

_MOVE_TYPE = Column("move_type", Kind.TEXT, "Where the pupil went.", checks=(OneOf(MOVE_TYPES),))

CORE_MOVES = Table(
    name="core_moves",
    grain="One row per pupil and end on a school's roll that is no end of a phase.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "leaving_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _LEAVING,
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),), meaning="SEN provision when the pupil left."),
        _MOVE_TYPE,
    ),
)

MODEL_MOVES__TIME = Table(
    name="model_moves__time",
    grain="One row per school and SEN or not: days on roll in the last three years, and the moves, by where to.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "has_sen", "move_type"),
    columns=(
        v.SCHOOL_URN,
        Column("has_sen", Kind.BOOLEAN, "SEN support or EHC plan."),
        Column(
            "move_type", Kind.TEXT, "Where to; STAYED holds the days on roll.", checks=(OneOf(("STAYED", *MOVE_TYPES)),)
        ),
        Column("roll_days", Kind.INTEGER, "Days on roll of all pupils.", unit=Unit.DAYS),
        Column("moves_count", Kind.INTEGER, "Moves.", checks=(Between(0, None),)),
    ),
)

_HIDDEN = "hidden: small number"
_COUNTED: dict[str, Any] = {"null": _HIDDEN, "checks": (Between(0, None),)}
TYPE_COUNTS = tuple(f"{move_type.lower()}_count" for move_type in MOVE_TYPES)
_TYPE_WORDS = ("another school", "a special school", "alternative provision", "home education",
               "elsewhere: out of the area, no place yet, college or work", "where nobody knows")  # fmt: skip


def _rate(name: str, meaning: str) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        null="fewer than ten pupil-years, or hidden",
        checks=(Between(0, None),),
        release=Rate("pupil_years_count", "moves_count", is_of_people=False, decimals=1),
    )


MART_MOVES__SCHOOL = Table(
    name="mart_moves__school",
    grain="One row per school (and the trust) and SEN group: moves before the end of a phase in the last three years.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "move_group"),
    columns=(
        v.SCHOOL_URN,
        Column("move_group", Kind.TEXT, "Which pupils.", checks=(OneOf(MOVE_GROUPS),), release=Label()),
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column("pupil_years_count", Kind.INTEGER, "Years on roll, all pupils together.", release=Count(), **_COUNTED),
        Column("moves_count", Kind.INTEGER, "Moves off the roll.", release=Count(), **_COUNTED),
        _rate("moves_per_100_years", "Moves for each 100 pupils in a year."),
        _rate("low_per_100_years", "Lower end of its 95% range (exact Poisson)."),
        _rate("high_per_100_years", "Upper end of its 95% range."),
        *(
            Column(
                name,
                Kind.INTEGER,
                f"Moves to {words}.",
                null="hidden: small number; or told of the trust only",
                checks=(Between(0, None),),
                release=Count(of="moves_count"),
            )
            for name, words in zip(TYPE_COUNTS, _TYPE_WORDS, strict=True)
        ),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(Partition("moves_count", TYPE_COUNTS),),
    row_partitions=(RowPartition("move_group", "All pupils", ("SEN", "No SEN")),),
)

MART_MOVES__PUPIL = Table(
    name="mart_moves__pupil",
    grain="One row per move of the last three years, by name: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "leaving_date"),
    columns=(
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        *CORE_MOVES.columns,
    ),
)

TABLES = (RAW_ATTENDANCE__MOVES, CORE_MOVES, MODEL_MOVES__TIME, MART_MOVES__SCHOOL, MART_MOVES__PUPIL)
