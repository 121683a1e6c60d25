"""Who the pupils are: the trust's one meaning of the delivered lists (``pupil_lists.py``), and its marts."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotBefore, OneOf
from expectations.contract import (
    Column,
    Count,
    Kind,
    Label,
    Partition,
    Rate,
    Sensitivity,
    Table,
    Unit,
)
from expectations.tables.pupil_lists import (
    ENTRY_DATE,
    IS_EAL,
    IS_FSM,
    LEAVING_DATE,
    RAW_INSIGHT__PUPILS,
    RAW_SCHOOL_CENSUS__PUPILS,
    RAW_SCHOOL_CENSUS__SEN_NEEDS,
    RAW_SEND_REGISTER__PUPILS,
)

CORE_SCHOOLS = Table(
    name="core_schools",
    grain="One row per school of the trust, from the trust's settings.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("school_name", Kind.TEXT, "The school's name."),
        Column(
            "phase",
            Kind.TEXT,
            "Phase of education.",
            checks=(OneOf(("Primary", "Secondary", "All-through", "Special")),),
        ),
        Column("is_special", Kind.BOOLEAN, "A special school."),
        Column(
            "laestab", Kind.TEXT, "Authority and establishment number.", checks=(Matches("[0-9]{7}", "seven digits"),)
        ),
    ),
)

CORE_PUPILS = Table(
    name="core_pupils",
    grain="One row per person, however many schools, UPNs and spellings.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key",),
    columns=(
        v.PUPIL_KEY,
        v.UPN.but(null="no permanent or temporary UPN known"),
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.BIRTH_DATE.but(null=None),
        v.SEX,
        IS_EAL,
        IS_FSM,
        Column("is_upn_temporary", Kind.BOOLEAN, "The only UPN known is temporary, or there is none."),
    ),
)

CORE_PUPIL_IDENTIFIERS = Table(
    name="core_pupil_identifiers",
    grain="One row per identifier that leads to a person.",
    sensitivity=Sensitivity.PUPIL,
    key=("identifier_kind", "school_urn", "identifier"),
    columns=(
        Column(
            "identifier_kind",
            Kind.TEXT,
            "What identifies.",
            checks=(OneOf(("UPN", "FORMER_UPN", "MIS_ID", "INSIGHT_ID")),),
        ),
        v.SCHOOL_URN,
        Column("identifier", Kind.TEXT, "The identifier's value; a UPN stands under school TRUST.", personal=True),
        v.PUPIL_KEY,
    ),
)

CORE_ENROLMENTS = Table(
    name="core_enrolments",
    grain="One row per pupil, school and spell on roll.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "entry_date"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, ENTRY_DATE.but(null=None), LEAVING_DATE, v.NC_YEAR),
    checks=(NotBefore("leaving_date", "entry_date"),),
)

CORE_SEN_STATUS = Table(
    name="core_sen_status",
    grain="One row per pupil, school and spell of one SEN status; spells of a pupil in a school do not overlap.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),)),
        v.START_DATE,
        v.END_DATE,
        Column(
            "status_source", Kind.TEXT, "Where the status was read.", checks=(OneOf(("register", "census", "insight")),)
        ),
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

CORE_SEN_NEEDS = Table(
    name="core_sen_needs",
    grain="One row per pupil, school, SEN type and first day it was recorded.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "sen_type", "start_date"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SEN_TYPE.but(null=None),
        Column("sen_type_rank", Kind.INTEGER, "1 is the main need.", checks=(Between(1, 99),)),
        v.START_DATE,
        v.END_DATE,
        Column("need_source", Kind.TEXT, "Where the need was read.", checks=(OneOf(("register", "census")),)),
    ),
)

MODEL_PUPILS__ROLL_DAYS = Table(
    name="model_pupils__roll_days",
    grain="One row per pupil on roll in a school on each of two days: the data date, and 365 days before.",
    sensitivity=Sensitivity.PUPIL,
    key=("roll_date", "pupil_key", "school_urn"),
    columns=(
        Column("roll_date", Kind.DATE, "The day of the roll."),
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),)),
    ),
)

MODEL_PUPILS__ON_ROLL = Table(
    name="model_pupils__on_roll",
    grain="One row per pupil on roll in a school on the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),)),
        v.SEN_TYPE.but(null="no need recorded"),
        IS_FSM,
        IS_EAL,
    ),
)

_PUPILS: dict[str, Any] = {"unit": Unit.PUPILS}
ON_ROLL_WITH_PLAN = Count(follows="mart_pupils__school.ehc_plan_count")
"""Role of a number that tells as much as the pupils on roll with a plan, whom the table below tells first."""
ON_SEN_SUPPORT = Count(follows="mart_pupils__school.sen_support_count")
"""Role of a number that tells the pupils on roll on SEN support again."""
NEARLY_WITH_PLAN = Count(near="mart_pupils__school.ehc_plan_count")
"""Role of a number of plans of nearly those pupils: also of some who have left, or not of the newest."""

MART_PUPILS__SCHOOL = Table(
    name="mart_pupils__school",
    grain="One row per school, and one for the trust: who is on roll on the data date.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column("pupils_count", Kind.INTEGER, "Pupils on roll.", null="hidden: small group", release=Count(), **_PUPILS),
        Column(
            "sen_support_count",
            Kind.INTEGER,
            "Pupils with SEN support (K).",
            null="hidden: small group",
            release=Count(of="pupils_count"),
            **_PUPILS,
        ),
        Column(
            "ehc_plan_count",
            Kind.INTEGER,
            "Pupils with an EHC plan (E).",
            null="hidden: small group",
            release=Count(of="pupils_count"),
            **_PUPILS,
        ),
        Column(
            "no_sen_count",
            Kind.INTEGER,
            "Pupils without SEN (N).",
            null="hidden: small group",
            release=Count(of="pupils_count"),
            **_PUPILS,
        ),
        Column(
            "sen_support_rate",
            Kind.NUMBER,
            "Share with SEN support.",
            unit=Unit.RATE,
            null="hidden: small group",
            checks=(Between(0, 1),),
            release=Rate("pupils_count", "sen_support_count"),
        ),
        Column(
            "ehc_plan_rate",
            Kind.NUMBER,
            "Share with an EHC plan.",
            unit=Unit.RATE,
            null="hidden: small group",
            checks=(Between(0, 1),),
            release=Rate("pupils_count", "ehc_plan_count"),
        ),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(Partition("pupils_count", ("sen_support_count", "ehc_plan_count", "no_sen_count")),),
)

MART_PUPILS__REGISTER = Table(
    name="mart_pupils__register",
    grain="One row per pupil on roll with SEN: the SENCO's register, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None),
        v.SEN_TYPE.but(null="no need recorded"),
    ),
)

TABLES = (
    RAW_INSIGHT__PUPILS,
    RAW_SEND_REGISTER__PUPILS,
    RAW_SCHOOL_CENSUS__PUPILS,
    RAW_SCHOOL_CENSUS__SEN_NEEDS,
    CORE_SCHOOLS,
    CORE_PUPILS,
    CORE_PUPIL_IDENTIFIERS,
    CORE_ENROLMENTS,
    CORE_SEN_STATUS,
    CORE_SEN_NEEDS,
    MODEL_PUPILS__ROLL_DAYS,
    MODEL_PUPILS__ON_ROLL,
    MART_PUPILS__SCHOOL,
    MART_PUPILS__REGISTER,
)
