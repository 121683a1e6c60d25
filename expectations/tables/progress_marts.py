"""The ladder, released: who stands where, who moved, engagement by area, what tests show, year 6 by SEN group."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit
from expectations.tables.engagement import ENGAGEMENT_AREAS
from expectations.tables.progress import LADDER_SUBJECTS, NEED_GROUPS, NO_SEN, PATHWAYS, RUNGS, STARTS
from expectations.tables.pupils import ON_ROLL_WITH_PLAN

_HIDDEN: dict[str, Any] = {"null": "hidden: small group", "checks": (Between(0, None),)}
_SUBJECT = v.SUBJECT.but(meaning="Reading, Writing or Mathematics.", checks=(OneOf(LADDER_SUBJECTS),))
_DATE = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
GROUP_KINDS = ("ALL", "START", "NEED", "PATHWAY")
ALL_BELOW = "Below age-related"
FEWEST_SHOWN = 10
"""Pupils from which a test, need or profile has a row: below it nothing but hidden cells would stand there."""


def _pupils(name: str, meaning: str, of: str | None = None, **role: Any) -> Column:
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


def _moves(of: str | None) -> tuple[Column, ...]:
    """Moved up, or not: few pupils move down, so apart they could seldom be shown."""
    return (
        _pupils("compared_count", "Pupils with a place about a year before in the same system.", of),
        _pupils("moved_up_count", "Of these, on a higher rung now.", "compared_count"),
        _pupils("not_up_count", "Of those compared, on the same rung, or on a lower one.", "compared_count"),
        _pupils(
            "small_step_count",
            "Of these, on the same rung and a small step further within it, where the school records small steps.",
            "not_up_count",
        ),
        _share("moved_up_rate", "Share of those compared that moved up.", "compared_count", "moved_up_count"),
    )


_COMPARED = Partition("compared_count", ("moved_up_count", "not_up_count"))

MART_PROGRESS__SCHOOL = Table(
    name="mart_progress__school",
    grain="One row per school (and the trust) and subject: pupils with SEN on the ladder or not; moves in a year of "
    "those who stood below age-related.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "subject"),
    columns=(
        v.SCHOOL_URN,
        _SUBJECT,
        _DATE,
        _pupils("sen_support_count", "Pupils with SEN support (K).", follows="mart_pupils__school.sen_support_count"),
        _pupils("ehc_plan_count", "Pupils with an EHC plan (E).").but(release=ON_ROLL_WITH_PLAN),
        _pupils("sen_count", "Pupils with SEN support or an EHC plan."),
        _pupils("placed_count", "Of these, with a place on the ladder.", "sen_count"),
        _pupils("below_age_count", "Of those placed, below age-related: engagement model to PK6.", "placed_count"),
        _pupils("age_related_count", "Of those placed, at WTS, EXS or GDS.", "placed_count"),
        _pupils("off_ladder_count", "Of all, without one: recorded in another way, or not at all.", "sen_count"),
        _share("off_ladder_rate", "Share without a place on the ladder.", "sen_count", "off_ladder_count"),
        _pupils("steps_unseen_count", "Of these, recorded as below age-related, and nobody can say where.",
                "off_ladder_count"),
        *_moves("placed_count"),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("sen_count", ("sen_support_count", "ehc_plan_count")),
        Partition("sen_count", ("placed_count", "off_ladder_count")),
        Partition("placed_count", ("below_age_count", "age_related_count")),
        _COMPARED,
    ),
)  # fmt: skip

MART_PROGRESS__RUNG = Table(
    name="mart_progress__rung",
    grain="One row per subject and rung of the ladder: the trust's pupils with SEN who stand on it.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("subject", "ladder_rung"),
    columns=(
        _SUBJECT,
        Column("ladder_rung", Kind.TEXT, "Rung of the ladder.", checks=(OneOf(RUNGS),), release=Label()),
        _DATE,
        _pupils("pupils_count", "Pupils with SEN on the rung."),
        v.HIDDEN_COLUMNS,
    ),
    totalled_over=("ladder_rung",),  # the school's mart gives the trust's pupils over all rungs
)

MART_PROGRESS__GROUP = Table(
    name="mart_progress__group",
    grain="One row per subject and group over the whole trust: who moved up, by start, need, pathway.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("subject", "group_kind", "progress_group"),
    columns=(
        _SUBJECT,
        Column(
            "group_kind",
            Kind.TEXT,
            "START: where they stood about a year before; ALL, NEED and PATHWAY: of those who then stood below "
            "age-related.",
            checks=(OneOf(GROUP_KINDS),),
            release=Label(),
        ),
        Column(
            "progress_group",
            Kind.TEXT,
            "The starting point, need or pathway.",
            checks=(OneOf((ALL_BELOW, *STARTS, *NEED_GROUPS, *PATHWAYS)),),
            release=Label(),
        ),
        _DATE,
        *_moves(None),
        _pupils("moved_down_count", "Of those not up, on a lower rung.", "not_up_count").but(
            null="told for ALL only, or hidden: small group"
        ),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(_COMPARED,),
    totalled_over=("progress_group",),  # the school's mart gives the trust's pupils over all groups
)

MART_PROGRESS__ENGAGEMENT = Table(
    name="mart_progress__engagement",
    grain="One row per school with ten pupils or more on the profile, and area of engagement. No score, and no total "
    "over areas or schools.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "engagement_area"),
    columns=(
        v.SCHOOL_URN,
        Column("engagement_area", Kind.TEXT, "Area of the engagement model.", checks=(OneOf(ENGAGEMENT_AREAS),),
               release=Label()),
        _DATE,
        _pupils("profile_count", "Pupils on roll with an observation in the last 182 days, in any area."),
        _pupils("progress_count", "Of these, with progress recorded in this area at least once.", "profile_count"),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip


def _likely(name: str, meaning: str, unit: Unit, decimals: int | None = None) -> Column:
    """A figure of all who are compared that tells no number of them."""
    role = Rate("compared_count", None, is_of_people=False, decimals=decimals)
    return Column(name, Kind.NUMBER, meaning, unit=unit, null="fewer than ten compared, not a standardised test, or "
                  "hidden", checks=(Between(0, None),), release=role)  # fmt: skip


MART_PROGRESS__TEST = Table(
    name="mart_progress__test",
    grain="One row per assessment, subject and need with ten pupils or more over the whole trust: who sits at its "
    "ends, what it shows of a change. Pupils on roll with a value in the last 365 days.",
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
        _share("at_lowest_rate", "Share at the lowest value there is.", "pupils_count", None),
        _share("at_highest_rate", "Share at the highest value there is.", "pupils_count", None),
        _pupils("compared_count", "Of these, with an earlier value, 84 days before or more.", "pupils_count"),
        _share("movable_rate", "Share not at an end of the scale at the earlier sitting: it could move both ways.",
               "compared_count", None),
        _share("changed_rate", "Share whose value changed: in a standardised test by more than chance, else at all.",
               "compared_count", None),
        _likely("between_weeks", "Mean weeks between the two sittings.", Unit.WEEKS, 0),
        _likely("noise_points", "How much one sitting is off by chance, at most: the SD of the changes over the root "
                "of two.", Unit.POINTS),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

SEN_GROUPS = ("SEN support", "EHC plan")
_YEAR = v.ACADEMIC_YEAR.but(headers=())

MART_PROGRESS__YEAR_6 = Table(
    name="mart_progress__year_6",
    grain="One row per school (and the trust) and SEN group: year 6 of up to three years together, as teachers judged.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "sen_group"),
    columns=(
        v.SCHOOL_URN,
        Column("sen_group", Kind.TEXT, "SEN provision in year 6.", checks=(OneOf(SEN_GROUPS),), release=Label()),
        _DATE,
        _YEAR.but(name="first_year", meaning="First academic year that is in it."),
        _YEAR.but(name="last_year", meaning="Last academic year that is in it."),
        _pupils("cohort_count", "Pupils judged on the ladder in reading, writing and mathematics."),
        _pupils("expected_count", "Of these, at the expected standard or above in all three.", "cohort_count"),
        _share("reached_expected_rate", "Share at the expected standard or above in all three.", "cohort_count",
               "expected_count"),
        _pupils("compared_count", "Of these, with a judgement two years before in each, in the same system.",
                "cohort_count"),
        _pupils("kept_pace_count", "Of these, in each subject at least where they stood then.", "compared_count"),
        _share("kept_pace_rate", "Share of those compared that kept pace.", "compared_count", "kept_pace_count"),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_PROGRESS__BENCHMARKS = Table(
    name="mart_progress__benchmarks",
    grain="One row per published figure of key stage 2 by SEN group, with release, method and licence.",
    sensitivity=Sensitivity.OPEN,
    key=("sen_group", "area", "period"),
    columns=(
        Column("sen_group", Kind.TEXT, "SEN provision.", checks=(OneOf(SEN_GROUPS),)),
        Column("area", Kind.TEXT, "England or an authority."),
        Column("period", Kind.TEXT, "Academic year."),
        Column("value", Kind.NUMBER, "Per cent at the expected standard in all three, as published."),
        Column("unit", Kind.TEXT, "Unit as published."),
        Column("publication", Kind.TEXT, "Which publication."),
        Column("method_version", Kind.TEXT, "How it is measured: test results are another measure than judgements."),
        Column("licence", Kind.TEXT, "Licence."),
    ),
)

TABLES = (
    MART_PROGRESS__SCHOOL,
    MART_PROGRESS__RUNG,
    MART_PROGRESS__GROUP,
    MART_PROGRESS__ENGAGEMENT,
    MART_PROGRESS__TEST,
    MART_PROGRESS__YEAR_6,
    MART_PROGRESS__BENCHMARKS,
)
