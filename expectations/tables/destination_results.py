"""What became of leavers: at each point in time, month by month, in groups; whom to call; what is published of it."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import (
    Column,
    Count,
    Kind,
    Label,
    Partition,
    Rate,
    RowPartition,
    Sensitivity,
    Table,
    Unit,
    Worded,
)
from expectations.tables.destinations import LEAVER_STAGES, TIME_POINTS

OUTCOMES = ("SUSTAINED", "NOT_SUSTAINED", "UNKNOWN")
UNKNOWN_REASONS = ("NO_ANSWER", "LAPSED", "NOT_LISTED", "NEVER_CONTACTED")
"""Why a destination is not known, the first that holds: the school asked and had no answer; the authority's record
lapsed; the authority's extract does not list the young person; no contact is on record."""
POINT_STATES = ("KNOWN", *UNKNOWN_REASONS, "NOT_DUE")
CALL_WHOM = ("LAST_PLACE", "INTENDED_PLACE", "AUTHORITY", "FAMILY")
ROUTES = (
    "School or sixth form", "Special school or specialist college", "College or university", "Supported internship",
    "Apprenticeship or work", "Training", "Adult day or residential care", "At home or volunteering",
    "Not in education or work", "Began later", "Elsewhere",
)  # fmt: skip
MONTH_ACTIVITIES = ("STUDY", "APPRENTICESHIP", "WORK", "OTHER")

_LEAVING = v.START_DATE.but(name="leaving_date", meaning="Last day at the school.")
_LEAVER = (v.PUPIL_KEY, v.SCHOOL_URN, _LEAVING)
_LEAVER_KEY = ("pupil_key", "school_urn", "leaving_date")
_STAGE = Column("leaver_stage", Kind.TEXT, "Stage.", checks=(OneOf(LEAVER_STAGES),), release=Label())
_TIME_POINT = Column("time_point", Kind.TEXT, "Point in time.", checks=(OneOf(TIME_POINTS),))
_CATEGORY = Column("destination_category", Kind.TEXT, "Category of the destination.", null="not known")

MODEL_DESTINATIONS__POINTS = Table(
    name="model_destinations__points",
    grain="One row per leaver and point in time: where they were, or why nobody knows.",
    sensitivity=Sensitivity.PUPIL,
    key=(*_LEAVER_KEY, "time_point"),
    columns=(
        *_LEAVER,
        _TIME_POINT,
        Column("count_date", Kind.DATE, "The day that counts."),
        Column("point_state", Kind.TEXT, "Known, not due, or why not known.", checks=(OneOf(POINT_STATES),)),
        Column("destination_code", Kind.TEXT, "NCCIS or local code; the latest word counts.", null="not known"),
        _CATEGORY,
        Column("is_positive", Kind.BOOLEAN, "In education, employment or training.", null="not known"),
        Column("is_contradicted", Kind.BOOLEAN, "School and authority differ on whether that is so."),
        Column("contact_date", Kind.DATE, "Day of the school's contact, answered or not.", null="no contact recorded"),
    ),
)

MODEL_DESTINATIONS__MONTHS = Table(
    name="model_destinations__months",
    grain="One row per leaver and month end, August to July after leaving, that the authority's record covers.",
    sensitivity=Sensitivity.PUPIL,
    key=(*_LEAVER_KEY, "month_date"),
    columns=(
        *_LEAVER,
        Column("month_date", Kind.DATE, "Last day of the month."),
        Column("month_activity", Kind.TEXT, "What the young person did.", checks=(OneOf(MONTH_ACTIVITIES),)),
    ),
)

MODEL_DESTINATIONS__LEAVERS = Table(
    name="model_destinations__leavers",
    grain="One row per leaver: sustained, not sustained or unknown, with the category.",
    sensitivity=Sensitivity.PUPIL,
    key=_LEAVER_KEY,
    columns=(
        *_LEAVER,
        v.ACADEMIC_YEAR,
        _STAGE,
        Column("has_sen", Kind.BOOLEAN, "SEN support or EHC plan when the pupil left."),
        Column("has_ehc_plan", Kind.BOOLEAN, "EHC plan when the pupil left."),
        Column(
            "is_intended_positive",
            Kind.BOOLEAN,
            "The intended destination is in education, employment or training.",
            null="no intention recorded",
        ),
        Column(
            "is_intended_reached",
            Kind.BOOLEAN,
            "September's destination is of the intended category.",
            null="not known, or no intention recorded",
        ),
        Column("september_outcome", Kind.TEXT, "In September.", checks=(OneOf(OUTCOMES),)),
        Column("sustained_outcome", Kind.TEXT, "Two terms on.", checks=(OneOf((*OUTCOMES, "NOT_DUE")),)),
        Column(
            "sustained_basis",
            Kind.TEXT,
            "Told by the authority's months, or by two days (September and March).",
            null="not known, or not due",
            checks=(OneOf(("MONTHS", "TWO_DAYS")),),
        ),
        Column(
            "unknown_reason",
            Kind.TEXT,
            "Why nobody knows where the leaver was two terms on.",
            null="known, or not due",
            checks=(OneOf(UNKNOWN_REASONS),),
        ),
        Column(
            "later_outcome",
            Kind.TEXT,
            "On the day two years on: in education, employment or training (SUSTAINED), not, or not known.",
            checks=(OneOf((*OUTCOMES, "NOT_DUE")),),
        ),
        Column("destination_category", Kind.TEXT, "Category of the latest known destination."),
        Column(
            "route",
            Kind.TEXT,
            "Where two terms on; local routes such as day services are their own.",
            null="not known, or not due",
            checks=(OneOf(ROUTES),),
        ),
    ),
)

_CALL = (
    _TIME_POINT.but(name="call_point", meaning="The point in time that the next call asks about."),
    Column("point_state", Kind.TEXT, "Of the latest point due: known, or why not.", checks=(OneOf(POINT_STATES),)),
    Column("is_contradicted", Kind.BOOLEAN, "School and authority differ on the latest point due."),
    Column("intended_label", Kind.TEXT, "Intended destination.", null="not recorded"),
    Column("last_label", Kind.TEXT, "Latest known destination.", null="none known"),
    Column("last_contact_date", Kind.DATE, "The school's last contact, answered or not.", null="never contacted"),
    Column("contact_age_days", Kind.INTEGER, "Days since then.", unit=Unit.DAYS, null="never contacted"),
    Column("call_due_date", Kind.DATE, "Day by which the next call is due.", null="no call to come"),
    Column("overdue_days", Kind.INTEGER, "Days overdue; 0 when not.", unit=Unit.DAYS, checks=(Between(0, None),)),
    Column("call_whom", Kind.TEXT, "Whom to ask.", null="no call to come", checks=(OneOf(CALL_WHOM),)),
)

MODEL_DESTINATIONS__CALLS = Table(
    name="model_destinations__calls",
    grain="One row per leaver who is still followed: what is known, and the next call with its day.",
    sensitivity=Sensitivity.PUPIL,
    key=_LEAVER_KEY,
    columns=(*_LEAVER, v.ACADEMIC_YEAR, _STAGE, *(c.but(null="none") if c.name == "call_point" else c for c in _CALL)),
)

_NAMES = (v.SURNAME.but(null=None), v.FORENAME.but(null=None))

MART_DESTINATIONS__CALL = Table(
    name="mart_destinations__call",
    grain="One row per leaver with a call to come: the chase list, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=_LEAVER_KEY,
    columns=(*_LEAVER, *_NAMES, v.ACADEMIC_YEAR, _STAGE, *_CALL),
)

MODEL_DESTINATIONS__BACKGROUND = Table(
    name="model_destinations__background",
    grain="One row per leaver whose two terms have passed: what they had at school beside where they went.",
    sensitivity=Sensitivity.PUPIL,
    key=_LEAVER_KEY,
    columns=(
        *_LEAVER,
        v.ACADEMIC_YEAR,
        _STAGE,
        v.SEN_TYPE.but(null="no need recorded", meaning="Main need when the pupil left."),
        Column("has_sen", Kind.BOOLEAN, "SEN support or EHC plan when the pupil left."),
        Column("has_ehc_plan", Kind.BOOLEAN, "EHC plan when the pupil left."),
        Column("sustained_outcome", Kind.TEXT, "Two terms on.", checks=(OneOf(OUTCOMES),)),
        Column("destination_category", Kind.TEXT, "Category of the latest known destination."),
        Column("outcomes_due_count", Kind.INTEGER, "Plan outcomes that had fallen due.", unit=Unit.OUTCOMES),
        Column("outcomes_met_count", Kind.INTEGER, "Of these, met.", unit=Unit.OUTCOMES),
        Column("interventions_count", Kind.INTEGER, "Interventions taken part in, as far as the data go back."),
        Column("ahead_count", Kind.INTEGER, "Of these, interventions that end ahead of similar pupils in the trust."),
        Column("behind_count", Kind.INTEGER, "Of these, interventions that end behind similar pupils in the trust."),
    ),
)

MART_DESTINATIONS__BACKGROUND = Table(
    name="mart_destinations__background",
    grain="One row per leaver with SEN whose two terms have passed, by name: for the SEND lead, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=_LEAVER_KEY,
    columns=(*_NAMES, *MODEL_DESTINATIONS__BACKGROUND.columns),
)

SEN_GROUPS = ("All leavers", "SEN", "No SEN", "EHC plan", "SEN support")
_HIDDEN = "hidden: small group"
_ONLY_ALL = "hidden: small group; or told of all leavers together only"
_LEAVERS: dict[str, Any] = {"unit": Unit.PUPILS, "checks": (Between(0, None),)}
REASON_COUNTS = tuple(f"{reason.lower()}_count" for reason in UNKNOWN_REASONS)
_REASONS = (
    "Not traced: the school asked and had no answer.",
    "Not traced: the authority's record lapsed.",
    "Not traced: not in the authority's extract, and no contact on record.",
    "Not traced: no contact on record.",
)


def _rate(name: str, meaning: str, numerator: str, of: str = "leavers_count") -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="fewer than ten leavers, or hidden",
        checks=(Between(0, 1),),
        release=Rate(of, numerator),
    )


def _count(name: str, meaning: str, of: str | None = "leavers_count", null: str = _HIDDEN) -> Column:
    return Column(name, Kind.INTEGER, meaning, null=null, release=Count(of=of), **_LEAVERS)


_GROUP = (
    v.SCHOOL_URN,
    _STAGE,
    Column("sen_group", Kind.TEXT, "Which leavers.", checks=(OneOf(SEN_GROUPS),), release=Label()),
)
_LATER = "later_leavers_count"
_FIGURES = (
    Column("first_academic_year", Kind.INTEGER, "First leaving year in the three-year pool.", release=Label()),
    Column("last_academic_year", Kind.INTEGER, "Last leaving year in the three-year pool.", release=Label()),
    _count("leavers_count", "All leavers whose two terms have passed; the denominator.", None),
    _count("sustained_count", "Sustained for two terms."),
    _count("not_sustained_count", "Not sustained."),
    _count("unknown_count", "Not traced: a result, shown as a band."),
    _rate("sustained_low_rate", "Sustained if none of the untraced was.", "sustained_count"),
    _rate("sustained_high_rate", "Sustained if all the untraced were.", "unknown_count"),
    _rate("wilson_low_rate", "Lower end of the 95% Wilson interval of the low rate.", "sustained_count"),
    _rate("wilson_high_rate", "Upper end of the 95% Wilson interval of the low rate.", "sustained_count"),
    _count("september_count", "In a positive destination in September."),
    _rate("september_rate", "In a positive destination in September.", "september_count"),
    _count("intended_count", "Meant to go into education, employment or training.", null=_ONLY_ALL),
    *(_count(name, meaning, "unknown_count", _ONLY_ALL) for name, meaning in zip(REASON_COUNTS, _REASONS, strict=True)),
    _count(_LATER, "Of these leavers, those who left two years ago or longer.", null=_ONLY_ALL),
    _count("later_positive_count", "Two years on in education, employment or training.", _LATER, _ONLY_ALL),
    _count("later_negative_count", "Two years on in none of these.", _LATER, _ONLY_ALL),
    _count("later_unknown_count", "Two years on not traced.", _LATER, _ONLY_ALL),
    _rate("later_low_rate", "In place two years on if none of the untraced was.", "later_positive_count", _LATER),
    _rate("later_high_rate", "In place two years on if all the untraced were.", "later_unknown_count", _LATER),
    Column(
        "small_number_rule",
        Kind.TEXT,
        "What the number of leavers allows.",
        null=_HIDDEN,
        checks=(OneOf(("NOTHING", "WORDS", "RATE")),),
        release=Worded(("leavers_count",)),
    ),
    Column(
        "is_band_first",
        Kind.BOOLEAN,
        "More than one in ten is not traced: the page leads with the band.",
        null=_HIDDEN,
        release=Worded(("leavers_count", "unknown_count")),
    ),
    Column(
        "trend",
        Kind.TEXT,
        "Of the yearly sustained shares of all leavers, four years or more of 30 leavers or more (Cochran-Armitage).",
        null=_ONLY_ALL,
        checks=(OneOf(("RISING", "FALLING", "WITHIN_CHANCE", "TOO_FEW")),),
        release=Worded(("leavers_count", "sustained_count")),
    ),
)

MODEL_DESTINATIONS__GROUPS = Table(
    name="model_destinations__groups",
    grain="One row per school or trust, leaver stage and SEN group over three pooled years, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "leaver_stage", "sen_group"),
    columns=(*_GROUP, *_FIGURES),
)

MART_DESTINATIONS__SCHOOL = Table(
    name="mart_destinations__school",
    grain="One row per school (and the trust), leaver stage and SEN group over three pooled years.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "leaver_stage", "sen_group"),
    columns=(
        *_GROUP,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("leavers_count", ("sustained_count", "not_sustained_count", "unknown_count")),
        Partition("unknown_count", REASON_COUNTS),
        Partition(_LATER, ("later_positive_count", "later_negative_count", "later_unknown_count")),
    ),
    row_partitions=(
        RowPartition("sen_group", "All leavers", ("SEN", "No SEN")),
        RowPartition("sen_group", "SEN", ("EHC plan", "SEN support")),
    ),
)

MART_DESTINATIONS__ROUTE = Table(
    name="mart_destinations__route",
    grain="One row per stage, outcome and route of the trust's leavers over three pooled years; those traced only.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("leaver_stage", "sustained_outcome", "route"),
    columns=(
        _STAGE,
        Column("sustained_outcome", Kind.TEXT, "Two terms on.", checks=(OneOf(OUTCOMES[:2]),), release=Label()),
        Column("route", Kind.TEXT, "Where to.", checks=(OneOf(ROUTES),), release=Label()),
        _count("route_leavers_count", "Leavers.", None),
        v.HIDDEN_COLUMNS,
    ),
    totalled_over=("route",),
)

COMPARISONS = ("NATIONAL", "NO_SEN")
COMPARED = ("ABOVE", "BELOW", "WITHIN_CHANCE", "UNTRACED")


def _compared_rate(name: str, meaning: str, low: int, null: str | None = None) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit=Unit.RATE, checks=(Between(low, 1),), null=null, release=Worded())


MART_DESTINATIONS__COMPARED = Table(
    name="mart_destinations__compared",
    grain="One row per school (and the trust), stage, SEN group and comparison, from released figures only.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "leaver_stage", "sen_group", "comparison"),
    columns=(
        *_GROUP,
        Column(
            "comparison",
            Kind.TEXT,
            "With a published series of the same definition, or leavers with SEN with those without.",
            checks=(OneOf(COMPARISONS),),
            release=Label(),
        ),
        Column(
            "verdict",
            Kind.TEXT,
            "What is more than chance would explain; UNTRACED: below, but those not traced could make up for it.",
            checks=(OneOf(COMPARED),),
            release=Worded(),
        ),
        _compared_rate("own_rate", "Sustained, those not traced counted as not: as the published series does.", 0),
        _compared_rate("other_rate", "The published share, or that of leavers without SEN.", 0),
        _compared_rate("difference_rate", "Own minus other.", -1),
        _compared_rate("difference_low_rate", "Lower end of its 95% range (Newcombe).", -1, "not of two groups here"),
        _compared_rate("difference_high_rate", "Upper end of its 95% range.", -1, "not of two groups here"),
        Column("series_code", Kind.TEXT, "Published series.", null="none: two groups here", release=Label()),
        Column("series_period", Kind.TEXT, "Destination year as published.", null="none", release=Label()),
    ),
)

TABLES = (
    MODEL_DESTINATIONS__POINTS,
    MODEL_DESTINATIONS__MONTHS,
    MODEL_DESTINATIONS__LEAVERS,
    MODEL_DESTINATIONS__CALLS,
    MART_DESTINATIONS__CALL,
    MODEL_DESTINATIONS__BACKGROUND,
    MART_DESTINATIONS__BACKGROUND,
    MODEL_DESTINATIONS__GROUPS,
    MART_DESTINATIONS__SCHOOL,
    MART_DESTINATIONS__ROUTE,
    MART_DESTINATIONS__COMPARED,
)
