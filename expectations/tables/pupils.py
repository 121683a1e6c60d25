"""Who the pupils are: Insight pupils, SEND register, School Census; and what becomes of them in core."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotBefore, OneOf
from expectations.contract import (
    Column, Count, Kind, Label, OnBad, Partition, Period, Rate, Sensitivity, Source, Table, Unit,
)  # fmt: skip

_FLAGS = tuple(
    Column(name, Kind.BOOLEAN, meaning, null="not recorded", on_bad=OnBad.FLAG, headers=headers)
    for name, meaning, headers in (
        ("is_eal", "English as an additional language.", ("EAL",)),
        ("is_fsm", "Eligible for free school meals now or in the last six years.", ("Ever 6 FSM", "FSM", "FSMeligible")),
    )
)
IS_EAL, IS_FSM = _FLAGS
_ENTRY = v.START_DATE.but(
    name="entry_date", meaning="First day at the school.", null="not recorded", on_bad=OnBad.FLAG,
    headers=("Entry Date", "EntryDate", "Start Date", "Date of Admission"),
)  # fmt: skip
_LEAVING = v.END_DATE.but(
    name="leaving_date", meaning="Last day at the school.", null="still on roll",
    headers=("Leaving Date", "LeavingDate", "Date of Leaving", "Leave Date"),
)  # fmt: skip
_UPN_REQUIRED_ELSEWHERE = v.UPN.but(null="no UPN yet: the school's own number identifies the pupil")

RAW_INSIGHT__PUPILS = Table(
    name="raw_insight__pupils",
    grain="One row per pupil of one school in Insight's 'export all data'.",
    sensitivity=Sensitivity.PUPIL,
    source=Source("insight", "pupils", "Insight pupils", ("insight_pupil_id", "surname", "birth_date"),
                  natural_key=("school_urn", "insight_pupil_id"), is_pupil_list=True, sheet="Pupils"),
    columns=(
        *v.PROVENANCE,
        Column("insight_pupil_id", Kind.TEXT, "Insight's own pupil number.", personal=True,
               headers=("Insight Pupil ID", "Pupil ID", "PupilId")),
        v.MIS_ID, _UPN_REQUIRED_ELSEWHERE, v.SURNAME.but(null=None), v.FORENAME.but(null=None),
        v.BIRTH_DATE.but(null=None), v.SEX, v.NC_YEAR, v.SEN_PROVISION, IS_EAL, IS_FSM, _ENTRY, _LEAVING,
    ),
    checks=(NotBefore("leaving_date", "entry_date"),),
)  # fmt: skip

RAW_SEND_REGISTER__PUPILS = Table(
    name="raw_send_register__pupils",
    grain="One row per pupil and SEN status spell on one school's SEND register.",
    sensitivity=Sensitivity.PUPIL,
    source=Source("send_register", "pupils", "SEND register", ("surname", "sen_provision", "sen_type", "status_date"),
                  natural_key=("school_urn", "upn", "mis_id", "surname", "forename", "birth_date", "status_date"), is_pupil_list=True,
                  sheet="SEND register", templated=True),
    columns=(
        *v.PROVENANCE,
        _UPN_REQUIRED_ELSEWHERE, v.MIS_ID, v.SURNAME.but(null=None), v.FORENAME.but(null=None),
        v.BIRTH_DATE.but(null=None), v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, on_bad=OnBad.QUARANTINE),
        v.SEN_TYPE,
        v.SEN_TYPE.but(name="second_sen_type", meaning="Second SEN type.", null="no second need",
                       headers=("Secondary Need", "Second Need", "Secondary SEN Type", "Need 2")),
        v.START_DATE.but(name="status_date", meaning="Day from which the status holds.",
                         headers=("Status From", "Date Added", "SEN Start Date", "Added to Register", "From")),
        v.END_DATE.but(name="status_end_date", meaning="Last day of the status.", null="the status still holds",
                       headers=("Status To", "Date Removed", "SEN End Date", "Removed", "To")),
    ),
    checks=(NotBefore("status_end_date", "status_date"),),
)  # fmt: skip

CENSUS_TERM = Column(
    "census_term", Kind.TEXT, "Census: AUT, SPR or SUM.", checks=(OneOf(v.CENSUS_TERMS),), headers=("CensusTerm", "Term"),
)  # fmt: skip
REFERENCE_DATE = Column(
    "reference_date", Kind.DATE, "Census day.", checks=(v.A_DATE,), headers=("ReferenceDate", "Census Date"),
)  # fmt: skip
_PUPIL_ON_ROLL_ID = Column(
    "pupil_on_roll_id", Kind.TEXT, "The pupil's number within the return.", headers=("pupilonrolltableid", "PupilOnRollId"),
)  # fmt: skip

RAW_SCHOOL_CENSUS__PUPILS = Table(
    name="raw_school_census__pupils",
    grain="One row per pupil in one school's census return (on roll, or no longer on roll).",
    sensitivity=Sensitivity.PUPIL,
    source=Source("school_census", "pupils", "School Census pupils",
                  ("pupil_on_roll_id", "birth_date", "entry_date"),
                  natural_key=("school_urn", "reference_date", "pupil_on_roll_id"), is_pupil_list=True, period=Period.CENSUS),
    columns=(
        *v.PROVENANCE, CENSUS_TERM, REFERENCE_DATE, _PUPIL_ON_ROLL_ID, _UPN_REQUIRED_ELSEWHERE, v.FORMER_UPN,
        v.SURNAME, v.FORENAME, v.BIRTH_DATE.but(null=None), v.SEX,
        _ENTRY, _LEAVING, v.NC_YEAR, v.SEN_PROVISION, IS_FSM,
        Column("has_top_up", Kind.BOOLEAN, "High-needs top-up is paid for the pupil.", null="not in this return",
               on_bad=OnBad.FLAG, headers=("TopUpFunding", "topupfunding")),
        Column("is_in_sen_unit", Kind.BOOLEAN, "In a place of a recognised SEN unit.", null="not in this return",
               on_bad=OnBad.FLAG, headers=("SENunitIndicator",)),
        Column("is_in_resourced_provision", Kind.BOOLEAN, "In a recognised resourced provision.",
               null="not in this return", on_bad=OnBad.FLAG, headers=("ResourcedProvisionIndicator",)),
    ),
)  # fmt: skip

RAW_SCHOOL_CENSUS__SEN_NEEDS = Table(
    name="raw_school_census__sen_needs",
    grain="One row per pupil and SEN type in a spring census return.",
    sensitivity=Sensitivity.PUPIL,
    source=Source("school_census", "sen_needs", "School Census SEN needs",
                  ("pupil_on_roll_id", "sen_type", "sen_type_rank"),
                  natural_key=("school_urn", "reference_date", "pupil_on_roll_id", "sen_type"),
                  parent="raw_school_census__pupils", parent_key=("school_urn", "reference_date", "pupil_on_roll_id"), period=Period.CENSUS),
    columns=(
        *v.PROVENANCE, CENSUS_TERM, REFERENCE_DATE, _PUPIL_ON_ROLL_ID,
        v.SEN_TYPE.but(null=None),
        Column("sen_type_rank", Kind.INTEGER, "1 is the main need, 2 the second.", checks=(Between(1, 99),),
               headers=("SENtypeRank",)),
    ),
)  # fmt: skip

CORE_SCHOOLS = Table(
    name="core_schools",
    grain="One row per school of the trust, from the trust's settings.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("school_name", Kind.TEXT, "The school's name."),
        Column("phase", Kind.TEXT, "Phase of education.", checks=(OneOf(("Primary", "Secondary", "All-through", "Special")),)),
        Column("is_special", Kind.BOOLEAN, "A special school."),
        Column("laestab", Kind.TEXT, "Authority and establishment number.", checks=(Matches("[0-9]{7}", "seven digits"),)),
    ),
)  # fmt: skip

CORE_PUPILS = Table(
    name="core_pupils",
    grain="One row per person, however many schools, UPNs and spellings.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key",),
    columns=(
        v.PUPIL_KEY, v.UPN.but(null="no permanent or temporary UPN known"), v.SURNAME.but(null=None),
        v.FORENAME.but(null=None), v.BIRTH_DATE.but(null=None), v.SEX, IS_EAL, IS_FSM,
        Column("is_upn_temporary", Kind.BOOLEAN, "The only UPN known is temporary, or there is none."),
    ),
)  # fmt: skip

CORE_PUPIL_IDENTIFIERS = Table(
    name="core_pupil_identifiers",
    grain="One row per identifier that leads to a person.",
    sensitivity=Sensitivity.PUPIL,
    key=("identifier_kind", "school_urn", "identifier"),
    columns=(
        Column("identifier_kind", Kind.TEXT, "What identifies.",
               checks=(OneOf(("UPN", "FORMER_UPN", "MIS_ID", "INSIGHT_ID")),)),
        v.SCHOOL_URN,
        Column("identifier", Kind.TEXT, "The identifier's value; a UPN stands under school TRUST.", personal=True),
        v.PUPIL_KEY,
    ),
)  # fmt: skip

CORE_ENROLMENTS = Table(
    name="core_enrolments",
    grain="One row per pupil, school and spell on roll.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "entry_date"),
    columns=(v.PUPIL_KEY, v.SCHOOL_URN, _ENTRY.but(null=None), _LEAVING, v.NC_YEAR),
    checks=(NotBefore("leaving_date", "entry_date"),),
)

CORE_SEN_STATUS = Table(
    name="core_sen_status",
    grain="One row per pupil, school and spell of one SEN status; spells of a pupil in a school do not overlap.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "start_date"),
    columns=(
        v.PUPIL_KEY, v.SCHOOL_URN, v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),)),
        v.START_DATE, v.END_DATE,
        Column("status_source", Kind.TEXT, "Where the status was read.", checks=(OneOf(("register", "census", "insight")),)),
    ),
    checks=(NotBefore("end_date", "start_date"),),
)  # fmt: skip

CORE_SEN_NEEDS = Table(
    name="core_sen_needs",
    grain="One row per pupil, school, SEN type and first day it was recorded.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "sen_type", "start_date"),
    columns=(
        v.PUPIL_KEY, v.SCHOOL_URN, v.SEN_TYPE.but(null=None),
        Column("sen_type_rank", Kind.INTEGER, "1 is the main need.", checks=(Between(1, 99),)),
        v.START_DATE, v.END_DATE,
        Column("need_source", Kind.TEXT, "Where the need was read.", checks=(OneOf(("register", "census")),)),
    ),
)  # fmt: skip

MODEL_PUPILS__ON_ROLL = Table(
    name="model_pupils__on_roll",
    grain="One row per pupil on roll in a school on the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY, v.SCHOOL_URN, v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, checks=(OneOf(v.SEN_PROVISIONS),)),
        v.SEN_TYPE.but(null="no need recorded"),
        IS_FSM, IS_EAL,
    ),
)  # fmt: skip

_PUPILS = {"unit": Unit.PUPILS}
MART_PUPILS__SCHOOL = Table(
    name="mart_pupils__school",
    grain="One row per school, and one for the trust: who is on roll on the data date.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column("pupils_count", Kind.INTEGER, "Pupils on roll.", null="hidden: small group", release=Count(), **_PUPILS),
        Column("sen_support_count", Kind.INTEGER, "Pupils with SEN support (K).", null="hidden: small group",
               release=Count(of="pupils_count"), **_PUPILS),
        Column("ehc_plan_count", Kind.INTEGER, "Pupils with an EHC plan (E).", null="hidden: small group",
               release=Count(of="pupils_count"), **_PUPILS),
        Column("no_sen_count", Kind.INTEGER, "Pupils without SEN (N).", null="hidden: small group",
               release=Count(of="pupils_count"), **_PUPILS),
        Column("sen_support_rate", Kind.NUMBER, "Share with SEN support.", unit=Unit.RATE, null="hidden: small group",
               checks=(Between(0, 1),), release=Rate("pupils_count", "sen_support_count")),
        Column("ehc_plan_rate", Kind.NUMBER, "Share with an EHC plan.", unit=Unit.RATE, null="hidden: small group",
               checks=(Between(0, 1),), release=Rate("pupils_count", "ehc_plan_count")),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(Partition("pupils_count", ("sen_support_count", "ehc_plan_count", "no_sen_count")),),
)  # fmt: skip

MART_PUPILS__REGISTER = Table(
    name="mart_pupils__register",
    grain="One row per pupil on roll with SEN: the SENCO's register, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None), v.NC_YEAR,
        v.SEN_PROVISION.but(null=None), v.SEN_TYPE.but(null="no need recorded"),
    ),
)  # fmt: skip

TABLES = (
    RAW_INSIGHT__PUPILS, RAW_SEND_REGISTER__PUPILS, RAW_SCHOOL_CENSUS__PUPILS, RAW_SCHOOL_CENSUS__SEN_NEEDS,
    CORE_SCHOOLS, CORE_PUPILS, CORE_PUPIL_IDENTIFIERS, CORE_ENROLMENTS, CORE_SEN_STATUS, CORE_SEN_NEEDS,
    MODEL_PUPILS__ON_ROLL, MART_PUPILS__SCHOOL, MART_PUPILS__REGISTER,
)  # fmt: skip
