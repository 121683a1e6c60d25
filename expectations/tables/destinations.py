"""Leavers as they are delivered and as the trust knows them. What became of them: ``destination_results``."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Matches, NotBefore, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table

LEAVER_STAGES = ("Year 6", "Year 11", "Sixth form", "Special school leaver")
TIME_POINTS = ("SEPTEMBER", "TWO_TERMS", "TWO_YEARS")
NATIONAL_CODES = (
    "210", "220", "230", "240", "250", "260", "270", "280", "290", "310", "320", "330", "340", "350", "360", "380",
    "381", "550", "410", "430", "440", "450", "460", "530", "540", "610", "615", "616", "619", "620", "630", "640",
    "650", "660", "670", "680", "710", "810", "820", "830",
)  # fmt: skip
LOCAL_CODES = (
    "L10", "L11", "L12", "L13", "L14", "L15", "L16", "L20", "L21", "L22", "L23", "L24", "L25", "L30", "L31", "L32",
    "L90", "L98", "L99",
)  # fmt: skip
"""Where a pupil went, as schools write it. Labels and categories: ``seeds/reference/destination_*.csv``."""
_A_CODE = OneOf((*LOCAL_CODES, *NATIONAL_CODES))


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
        _code(
            "later_code", "Destination two years after the first September.", "Two Years On", "Destination Two Years"
        ),
        _contact(
            "later_contact_date",
            "Day of the contact two years on.",
            "Two Years On Contact Date",
            "Two Years On Checked",
        ),
    ),
    checks=(
        NotBefore("september_contact_date", "leaving_date"),
        NotBefore("spring_contact_date", "september_contact_date"),
        NotBefore("later_contact_date", "spring_contact_date"),
    ),
)


def _authority_date(name: str, meaning: str, header: str) -> Column:
    return v.START_DATE.but(name=name, meaning=meaning, null="not recorded", headers=(header,), on_bad=OnBad.FLAG)


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
        _authority_date(
            "lapse_due_date", "First day on which the record is too old to be relied on.", "DueToLapseDate"
        ),
        _authority_date("verified_date", "Day it was last checked.", "DateVerified"),
        _authority_date(
            "neet_start_date", "Day from which the young person is in no education or work.", "NEETStartDate"
        ),
        Column(
            "intended_code",
            Kind.TEXT,
            "Destination intended in year 11.",
            null="not recorded",
            checks=(OneOf(NATIONAL_CODES),),
            headers=("IntendedDestinationYr11",),
            on_bad=OnBad.FLAG,
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
        _code("intended_code", "Intended destination: the school's word, else the authority's."),
    ),
)

CORE_DECEASED = Table(
    name="core_deceased",
    grain="One row per pupil recorded as having died: in no count, on no list, nobody is asked to call the family.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key",),
    columns=(v.PUPIL_KEY,),
)

CORE_ACTIVITY_SPELLS = Table(
    name="core_activity_spells",
    grain="One row per young person and spell of the authority's record, with the last day it can be relied on.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "activity_code", "start_date"),
    columns=(
        v.PUPIL_KEY,
        Column("activity_code", Kind.TEXT, "NCCIS activity code.", checks=(Matches("[0-9]{3}", "three digits"),)),
        v.START_DATE,
        v.END_DATE,
        Column(
            "until_date",
            Kind.DATE,
            "Last day on which it can be relied on: its end or the day before it lapsed; before its start when it "
            "lapsed and nobody knows when.",
            null="still open",
        ),
        Column("known_date", Kind.DATE, "Day it was last established or checked; else its start."),
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
            "30 September after leaving, 31 March after that (two terms), 30 September two years on.",
            checks=(OneOf(TIME_POINTS),),
        ),
        Column("destination_source", Kind.TEXT, "Where it was read.", checks=(OneOf(("school", "nccis")),)),
        Column("destination_code", Kind.TEXT, "NCCIS or local code.", checks=(_A_CODE,)),
        Column("contact_date", Kind.DATE, "Day it was established.", null="not recorded"),
    ),
)

TABLES = (
    RAW_LEAVERS__PUPILS,
    RAW_NCCIS__ACTIVITIES,
    CORE_DECEASED,
    CORE_ACTIVITY_SPELLS,
    CORE_LEAVERS,
    CORE_DESTINATIONS,
)
