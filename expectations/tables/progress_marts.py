"""The ladder, released: who stands where, who moved, engagement by area, what tests show, year 6 by SEN group."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit, Worded
from expectations.tables.engagement import ENGAGEMENT_AREAS
from expectations.tables.progress import LADDER_SUBJECTS, NEED_GROUPS, NO_SEN, PATHWAYS, RUNGS, STARTS
from expectations.tables.pupils import ON_ROLL_WITH_PLAN

_HIDDEN: dict[str, Any] = {"null": "hidden: small group", "checks": (Between(0, None),)}
_SUBJECT = v.SUBJECT.but(meaning="Reading, Writing or Mathematics.", checks=(OneOf(LADDER_SUBJECTS),))
_DATE = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
MOVED_COUNTS = {"UP": "moved_up_count", "HELD": "held_count", "DOWN": "moved_down_count"}
GROUP_KINDS = ("NOW", "START", "NEED", "PATHWAY")
LIMITS = ("FLOOR", "CEILING", "BOTH", "NEITHER")
METHODS = ("ORDINAL", "AS_SCALE")


def _pupils(name: str, meaning: str, of: str | None = None, **role: str) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.PUPILS, release=Count(of=of, **role), **_HIDDEN)


def _share(name: str, meaning: str, denominator: str, numerator: str | None) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="nobody to count, fewer than ten, or hidden",
        checks=(Between(0, 1),),
        release=Rate(denominator, numerator),
    )


def _moved(whole: str) -> tuple[Column, ...]:
    return (
        _pupils("moved_up_count", "Of these, further on the ladder than about a year before.", whole),
        _pupils("held_count", "Of these, at the same place.", whole),
        _pupils("moved_down_count", "Of these, at a place before that.", whole),
    )


MART_PROGRESS__SCHOOL = Table(
    name="mart_progress__school",
    grain="One row per school (and the trust) and subject: pupils with SEN on the ladder, and their moves in a year.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "subject"),
    columns=(
        v.SCHOOL_URN,
        _SUBJECT,
        _DATE,
        _pupils("sen_support_count", "Pupils with SEN support (K).", follows="mart_pupils__school.sen_support_count"),
        _pupils("ehc_plan_count", "Pupils with an EHC plan (E).").but(release=ON_ROLL_WITH_PLAN),
        _pupils("sen_count", "Pupils with SEN support or an EHC plan."),
        _pupils("placed_count", "Of these, with a place on the ladder now.", "sen_count"),
        _pupils("below_age_count", "Of those placed, below age-related: engagement model to PK6.", "placed_count"),
        _pupils("age_related_count", "Of those placed, at WTS, EXS or GDS.", "placed_count"),
        _pupils("unplaced_count", "Recorded in a way that has no place on the ladder.", "sen_count"),
        _pupils("steps_unseen_count", "Of these, recorded as below age-related, nobody can say where.",
                "unplaced_count"),
        _pupils("not_recorded_count", "From year 1 on, with nothing recorded in 365 days.", "sen_count"),
        _pupils("too_young_count", "In reception or nursery without a mark.", "sen_count"),
        _pupils("compared_count", "Of those placed, below age-related about a year before, in the same system.",
                "placed_count"),
        *_moved("compared_count"),
        _share("moved_up_rate", "Share of them that moved up.", "compared_count", "moved_up_count"),
        _share("held_rate", "Share of them that are where they were.", "compared_count", "held_count"),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("sen_count", ("sen_support_count", "ehc_plan_count")),
        Partition("sen_count", ("placed_count", "unplaced_count", "not_recorded_count", "too_young_count")),
        Partition("placed_count", ("below_age_count", "age_related_count")),
        Partition("compared_count", tuple(MOVED_COUNTS.values())),
    ),
)  # fmt: skip

MART_PROGRESS__GROUP = Table(
    name="mart_progress__group",
    grain="One row per subject and group over the whole trust: rung now, starting point, need, pathway.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("subject", "group_kind", "progress_group"),
    columns=(
        _SUBJECT,
        Column(
            "group_kind",
            Kind.TEXT,
            "NOW: the rung where they stand; START: where they stood about a year before; NEED and PATHWAY: of those "
            "below age-related about a year before.",
            checks=(OneOf(GROUP_KINDS),),
            release=Label(),
        ),
        Column(
            "progress_group",
            Kind.TEXT,
            "The rung, starting point, need or pathway.",
            checks=(OneOf((*RUNGS, *STARTS, *NEED_GROUPS, *PATHWAYS)),),
            release=Label(),
        ),
        _DATE,
        _pupils("pupils_count", "Pupils of the group with SEN and a place on the ladder."),
        _pupils("compared_count", "Of these, with a place about a year before in the same system.", "pupils_count"),
        _pupils("not_compared_count", "Of these, with nothing to compare.", "pupils_count"),
        *_moved("compared_count"),
        _share("moved_up_rate", "Share of those compared that moved up.", "compared_count", "moved_up_count"),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("pupils_count", ("compared_count", "not_compared_count")),
        Partition("compared_count", tuple(MOVED_COUNTS.values())),
    ),
    totalled_over=("progress_group",),  # the school's mart gives the trust's pupils over all groups
)

MART_PROGRESS__ENGAGEMENT = Table(
    name="mart_progress__engagement",
    grain="One row per school (and the trust) and area of engagement: pupils observed, and with progress; no score.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "engagement_area"),
    columns=(
        v.SCHOOL_URN,
        Column("engagement_area", Kind.TEXT, "Area of the engagement model.", checks=(OneOf(ENGAGEMENT_AREAS),),
               release=Label()),
        _DATE,
        _pupils("profile_count", "Pupils on roll with an observation in the last 365 days, in any area."),
        _pupils("observed_count", "Of these, observed in this area.", "profile_count"),
        _pupils("progress_count", "Of these, with progress recorded in this area at least once.", "observed_count"),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_PROGRESS__TEST = Table(
    name="mart_progress__test",
    grain="One row per assessment, subject and need over the whole trust: who sits at its ends, what it shows of a "
    "change. Pupils on roll with a value in the last 365 days.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("assessment_name", "subject", "scale", "need_group"),
    columns=(
        v.ASSESSMENT_NAME,
        v.SUBJECT,
        Column("scale", Kind.TEXT, "What kind of figure it is.", checks=(OneOf((*v.SCALES, "STEPS")),),
               release=Label()),
        Column("need_group", Kind.TEXT, "Need, small ones together; No SEN.", checks=(OneOf((*NEED_GROUPS, NO_SEN)),),
               release=Label()),
        _DATE,
        _pupils("pupils_count", "Pupils with a value."),
        _pupils("at_lowest_count", "Of these, at the lowest value there is.", "pupils_count"),
        _share("at_lowest_rate", "Share at the lowest value.", "pupils_count", "at_lowest_count"),
        _pupils("at_highest_count", "Of these, at the highest value there is.", "pupils_count"),
        _share("at_highest_rate", "Share at the highest value.", "pupils_count", "at_highest_count"),
        Column(
            "limit_code",
            Kind.TEXT,
            "FLOOR or CEILING: more than 15% at that end; BOTH, NEITHER.",
            null="fewer than ten pupils, or hidden",
            checks=(OneOf(LIMITS),),
            release=Worded(("pupils_count", "at_lowest_count", "at_highest_count")),
        ),
        Column(
            "method_code",
            Kind.TEXT,
            "How a change may be told: ORDINAL (who is ahead, never a mean) or AS_SCALE.",
            null="fewer than ten pupils, or hidden",
            checks=(OneOf(METHODS),),
            release=Worded(("pupils_count", "at_lowest_count", "at_highest_count")),
        ),
        _pupils("compared_count", "Of these, with an earlier value, 84 days before or more.", "pupils_count"),
        _pupils("movable_count", "Of these, not at an end of the scale at the earlier sitting.", "compared_count"),
        _share("movable_rate", "Share whose value could move both ways.", "compared_count", "movable_count"),
        _pupils("rose_count", "Of those compared, with a higher value now.", "compared_count"),
        _pupils("same_count", "Of those compared, with the same value.", "compared_count"),
        _pupils("fell_count", "Of those compared, with a lower value now.", "compared_count"),
        _share("rose_rate", "Share that rose.", "compared_count", "rose_count"),
        _share("fell_rate", "Share that fell: on a ladder mostly noise.", "compared_count", "fell_count"),
        _pupils("reliable_count", "Of those compared, changed by more than chance (standardised tests only).",
                "compared_count").but(null="not a standardised test, or hidden"),
        Column(
            "between_weeks",
            Kind.NUMBER,
            "Mean weeks between the two sittings.",
            unit=Unit.WEEKS,
            null="nobody compared, fewer than ten, or hidden",
            checks=(Between(0, None),),
            release=Rate("compared_count", None, is_of_people=False, decimals=0),
        ),
        Column(
            "noise_points",
            Kind.NUMBER,
            "How much one sitting is off by chance: SD of the changes over the root of two (standardised tests only).",
            unit=Unit.POINTS,
            null="not a standardised test, fewer than ten compared, or hidden",
            checks=(Between(0, None),),
            release=Rate("compared_count", None, is_of_people=False),
        ),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(Partition("compared_count", ("rose_count", "same_count", "fell_count")),),
)  # fmt: skip

TABLES = (MART_PROGRESS__SCHOOL, MART_PROGRESS__GROUP, MART_PROGRESS__ENGAGEMENT, MART_PROGRESS__TEST)
