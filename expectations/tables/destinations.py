"""Where leavers go: intended, September, sustained; unknown is a result."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotBefore, OneOf
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
    Worded,
)

LEAVER_STAGES = ("Year 6", "Year 11", "Sixth form", "Special school leaver")
OUTCOMES = ("SUSTAINED", "NOT_SUSTAINED", "UNKNOWN")
_A_CODE = Matches("[0-9]{3}|L[0-9]{2}", "an NCCIS activity code (three digits) or a local code (L and two digits)")


def _code(name: str, meaning: str, *headers: str) -> Column:
    return Column(name, Kind.TEXT, meaning, null="not known", checks=(_A_CODE,), on_bad=OnBad.FLAG, headers=headers)


def _contact(name: str, meaning: str, *headers: str) -> Column:
    return v.START_DATE.but(name=name, meaning=meaning, null="not contacted", on_bad=OnBad.FLAG, headers=headers)


_LEAVING = v.START_DATE.but(
    name="leaving_date", meaning="Last day at the school.", headers=("Leaving Date", "Date Left")
)

RAW_LEAVERS__PUPILS = Table(
    name="raw_leavers__pupils",
    grain="One row per leaver in the school's tracker.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "leavers",
        "pupils",
        "Leavers and destinations",
        ("leaving_date", "intended_code", "september_code"),
        natural_key=("pupil_key", "school_urn", "leaving_date"),
        sheet="Leavers",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        *v.PUPIL_COLUMNS,
        _LEAVING,
        v.NC_YEAR.but(headers=("Leaving Year Group", "Year Group", "NC Year")),
        _code("intended_code", "Intended destination.", "Intended Destination", "Intended"),
        _code("september_code", "Destination in September.", "September Destination", "September"),
        _contact(
            "september_contact_date", "Day of the September contact.", "September Contact Date", "September Checked"
        ),
        _code("spring_code", "Destination the following March: two terms on.", "March Destination", "Two Terms On"),
        _contact("spring_contact_date", "Day of the March contact.", "March Contact Date", "March Checked"),
    ),
)

RAW_NCCIS__ACTIVITIES = Table(
    name="raw_nccis__activities",
    grain="One row per young person and activity spell in the authority's NCCIS extract.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "nccis",
        "activities",
        "NCCIS extract",
        ("young_persons_id", "activity_code", "ascertained_date"),
        natural_key=("pupil_key", "activity_code", "start_date"),
        owner="trust",
    ),
    columns=(
        *v.PROVENANCE,
        Column("young_persons_id", Kind.TEXT, "The authority's number.", personal=True, headers=("YoungPersonsID",)),
        v.UPN.but(null=None),
        Column(
            "activity_code",
            Kind.TEXT,
            "NCCIS activity code.",
            checks=(Matches("[0-9]{3}", "three digits"),),
            headers=("ActivityCode",),
        ),
        v.START_DATE.but(headers=("StartDate",)),
        v.END_DATE.but(headers=("EndDate",)),
        v.START_DATE.but(
            name="ascertained_date",
            meaning="Day it was established.",
            null="not recorded",
            headers=("DateAscertained",),
            on_bad=OnBad.FLAG,
        ),
        Column(
            "is_currency_lapsed",
            Kind.BOOLEAN,
            "The record is too old to be relied on: counts as not known.",
            null="not recorded",
            on_bad=OnBad.FLAG,
            headers=("CurrencyLapsed",),
        ),
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

CORE_LEAVERS = Table(
    name="core_leavers",
    grain="One row per pupil and school left at a phase's end.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "leaving_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _LEAVING,
        v.ACADEMIC_YEAR.but(meaning="Academic year in which the pupil left."),
        Column(
            "leaver_stage",
            Kind.TEXT,
            "Year 6, Year 11, sixth form or special-school leaver.",
            checks=(OneOf(LEAVER_STAGES),),
        ),
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),), meaning="SEN provision when the pupil left."),
        _code("intended_code", "Intended destination."),
    ),
)

CORE_DESTINATIONS = Table(
    name="core_destinations",
    grain="One row per leaver, point in time and source of a destination.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "leaving_date", "time_point", "destination_source"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _LEAVING,
        Column(
            "time_point",
            Kind.TEXT,
            "September after leaving, or two terms on (March).",
            checks=(OneOf(("SEPTEMBER", "TWO_TERMS")),),
        ),
        Column("destination_source", Kind.TEXT, "Where it was read.", checks=(OneOf(("school", "nccis")),)),
        Column("destination_code", Kind.TEXT, "NCCIS or local code.", checks=(_A_CODE,)),
        Column("contact_date", Kind.DATE, "Day it was established.", null="not recorded"),
    ),
)

MODEL_DESTINATIONS__LEAVERS = Table(
    name="model_destinations__leavers",
    grain="One row per leaver: sustained, not sustained or unknown, with the category.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "leaving_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _LEAVING,
        v.ACADEMIC_YEAR,
        Column("leaver_stage", Kind.TEXT, "Stage.", checks=(OneOf(LEAVER_STAGES),)),
        Column("has_sen", Kind.BOOLEAN, "SEN support or EHC plan when the pupil left."),
        Column("has_ehc_plan", Kind.BOOLEAN, "EHC plan when the pupil left."),
        Column(
            "is_intended_reached",
            Kind.BOOLEAN,
            "September's destination is of the intended category.",
            null="not known, or no intention recorded",
        ),
        Column("september_outcome", Kind.TEXT, "In September.", checks=(OneOf(OUTCOMES),)),
        Column("sustained_outcome", Kind.TEXT, "Two terms on.", checks=(OneOf((*OUTCOMES, "NOT_DUE")),)),
        Column("destination_category", Kind.TEXT, "Category of the latest known destination."),
    ),
)

SEN_GROUPS = ("All leavers", "SEN", "No SEN", "EHC plan", "SEN support")
_HIDDEN = "hidden: small group"
_LEAVERS: dict[str, Any] = {"unit": Unit.PUPILS, "checks": (Between(0, None),)}


def _rate(name: str, meaning: str, numerator: str) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null="fewer than ten leavers, or hidden",
        checks=(Between(0, 1),),
        release=Rate("leavers_count", numerator),
    )


_GROUP = (
    v.SCHOOL_URN,
    Column("leaver_stage", Kind.TEXT, "Stage.", checks=(OneOf(LEAVER_STAGES),), release=Label()),
    Column("sen_group", Kind.TEXT, "Which leavers.", checks=(OneOf(SEN_GROUPS),), release=Label()),
)
_FIGURES = (
    Column("first_academic_year", Kind.INTEGER, "First leaving year in the three-year pool.", release=Label()),
    Column("last_academic_year", Kind.INTEGER, "Last leaving year in the three-year pool.", release=Label()),
    Column(
        "leavers_count",
        Kind.INTEGER,
        "All leavers whose two terms have passed; the denominator.",
        null=_HIDDEN,
        release=Count(),
        **_LEAVERS,
    ),
    Column(
        "sustained_count",
        Kind.INTEGER,
        "Sustained for two terms.",
        null=_HIDDEN,
        release=Count(of="leavers_count"),
        **_LEAVERS,
    ),
    Column(
        "not_sustained_count",
        Kind.INTEGER,
        "Not sustained.",
        null=_HIDDEN,
        release=Count(of="leavers_count"),
        **_LEAVERS,
    ),
    Column(
        "unknown_count",
        Kind.INTEGER,
        "Not traced: a result, shown as a band.",
        null=_HIDDEN,
        release=Count(of="leavers_count"),
        **_LEAVERS,
    ),
    _rate("sustained_low_rate", "Sustained if none of the untraced was.", "sustained_count"),
    _rate("sustained_high_rate", "Sustained if all the untraced were.", "unknown_count"),
    _rate("wilson_low_rate", "Lower end of the 95% Wilson interval of the low rate.", "sustained_count"),
    _rate("wilson_high_rate", "Upper end of the 95% Wilson interval of the low rate.", "sustained_count"),
    Column(
        "september_count",
        Kind.INTEGER,
        "In a positive destination in September.",
        null=_HIDDEN,
        release=Count(of="leavers_count"),
        **_LEAVERS,
    ),
    _rate("september_rate", "In a positive destination in September.", "september_count"),
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
    partitions=(Partition("leavers_count", ("sustained_count", "not_sustained_count", "unknown_count")),),
    row_partitions=(
        RowPartition("sen_group", "All leavers", ("SEN", "No SEN")),
        RowPartition("sen_group", "SEN", ("EHC plan", "SEN support")),
    ),
)

TABLES = (
    RAW_LEAVERS__PUPILS,
    RAW_NCCIS__ACTIVITIES,
    CORE_LEAVERS,
    CORE_DESTINATIONS,
    MODEL_DESTINATIONS__LEAVERS,
    MODEL_DESTINATIONS__GROUPS,
    MART_DESTINATIONS__SCHOOL,
)
