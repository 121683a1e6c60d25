"""Outcomes of EHC plans, released: how far the tracker is in use, where outcomes stand, by school and by area."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit, Worded
from expectations.tables.pupils import ON_ROLL_WITH_PLAN

AREA_KINDS = ("NEED", "ADULTHOOD")
TRACKER_USES = ("NOT", "HARDLY", "PARTLY", "MOSTLY")
_HIDDEN: dict[str, Any] = {"null": "hidden: small group", "checks": (Between(0, None),)}


def _pupils(name: str, meaning: str, of: str | None) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.PUPILS, release=Count(of=of), **_HIDDEN)


def _outcomes(name: str, meaning: str, release: Count) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=Unit.OUTCOMES, release=release, **_HIDDEN)


def _in_use(name: str, meaning: str) -> Column:
    return Column(
        f"{name}_rate",
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="nobody with a plan, fewer than ten, or hidden",
        checks=(Between(0, 1),),
        release=Rate("ehc_plan_count", f"{name}_count"),
    )


STANDING_COUNTS = {
    "MET": "met_outcomes_count",
    "ON_TRACK": "on_track_outcomes_count",
    "UNBACKED": "unbacked_outcomes_count",
    "OFF_TRACK": "off_track_outcomes_count",
    "NO_EVIDENCE": "no_evidence_outcomes_count",
}
CHANGE_COUNTS = {
    "IMPROVED": "improved_outcomes_count",
    "HELD": "held_outcomes_count",
    "WORSE": "worse_outcomes_count",
}
_STANDING_MEANINGS = (
    "Of these, met, with evidence.",
    "Of these, on track, with evidence of the last 98 days and no milestone overdue.",
    "Of these, said to be met or on track, which what is on record does not bear out.",
    "Of these, off track or not met.",
    "Of these, without evidence, as the school says.",
)
_CHANGE_MEANINGS = (
    "Of these, further than at the review before.",
    "Of these, as far as at the review before.",
    "Of these, less far than at the review before.",
)


def _standings(people: Count) -> tuple[Column, ...]:
    part = replace(people, of="outcomes_count")
    return (
        _outcomes("outcomes_count", "Current outcomes of pupils with an EHC plan.", people),
        *(
            _outcomes(name, meaning, part)
            for name, meaning in zip(STANDING_COUNTS.values(), _STANDING_MEANINGS, strict=True)
        ),
    )


_COMPARED = Count(behind="ehc_plan_count", base="compared_pupils_count")

MART_EHC_OUTCOMES__SCHOOL = Table(
    name="mart_ehc_outcomes__school",
    grain="One row per school, and one for the trust: pupils with an EHC plan on roll, and their current outcomes.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        _pupils("ehc_plan_count", "Pupils with an EHC plan (E).", None).but(release=ON_ROLL_WITH_PLAN),
        _pupils("with_outcomes_count", "Of these, with a current outcome in the tracker.", "ehc_plan_count"),
        _in_use("with_outcomes", "Share with a current outcome in the tracker."),
        _pupils("with_milestones_count", "Of those with outcomes, with a milestone.", "with_outcomes_count"),
        _in_use("with_milestones", "Share with a milestone in the tracker."),
        _pupils("with_evidence_count", "Of those with outcomes, with evidence of 98 days.", "with_outcomes_count"),
        _in_use("with_evidence", "Share with evidence of the last 98 days in the tracker."),
        *_standings(Count(behind="ehc_plan_count", base="with_outcomes_count")),
        _pupils("overdue_pupils_count", "Of those with milestones, with one overdue.", "with_milestones_count"),
        Column(
            "overdue_milestones_count", Kind.INTEGER, "Milestones overdue.",
            release=Count(behind="ehc_plan_count", base="overdue_pupils_count"), **_HIDDEN,
        ),
        _pupils("compared_pupils_count", "Of those with outcomes, with one compared between the last two reviews.",
                "with_outcomes_count"),
        _outcomes("compared_outcomes_count", "Outcomes compared between the last two reviews.", _COMPARED),
        *(
            _outcomes(name, meaning, replace(_COMPARED, of="compared_outcomes_count"))
            for name, meaning in zip(CHANGE_COUNTS.values(), _CHANGE_MEANINGS, strict=True)
        ),
        Column(
            "tracker_use",
            Kind.TEXT,
            "How far milestones are in use: NOT, HARDLY (below a quarter of the pupils with a plan), PARTLY, MOSTLY "
            "(three quarters or more).",
            null="fewer than ten pupils with a plan, or hidden",
            checks=(OneOf(TRACKER_USES),),
            release=Worded(("ehc_plan_count",)),
        ),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("outcomes_count", tuple(STANDING_COUNTS.values())),
        Partition("compared_outcomes_count", tuple(CHANGE_COUNTS.values())),
    ),
)  # fmt: skip

MART_EHC_OUTCOMES__AREA = Table(
    name="mart_ehc_outcomes__area",
    grain="One row per area over the whole trust: area of need, or of preparation for adulthood from year 9 on.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("area_kind", "outcome_area"),
    columns=(
        Column("area_kind", Kind.TEXT, "Which of the two lists.", checks=(OneOf(AREA_KINDS),), release=Label()),
        Column(
            "outcome_area",
            Kind.TEXT,
            "The area; Not stated where the tracker has none.",
            checks=(OneOf((*v.AREAS_OF_NEED, *v.PREPARATION_AREAS, "Not stated")),),
            release=Label(),
        ),
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        _pupils("area_pupils_count", "Pupils with a current outcome in the area.", None),
        *_standings(Count(behind="area_pupils_count")),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(Partition("outcomes_count", tuple(STANDING_COUNTS.values())),),
    totalled_over=("outcome_area",),  # the school's mart gives the trust's outcomes over all areas
)

TABLES = (MART_EHC_OUTCOMES__SCHOOL, MART_EHC_OUTCOMES__AREA)
