"""The lists of pupils that arrive: Insight pupils, SEND register, School Census, and the columns they share."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore, OneOf
from expectations.contract import (
    Column,
    Kind,
    OnBad,
    Period,
    Sensitivity,
    Source,
    Table,
)

_FLAGS = tuple(
    Column(name, Kind.BOOLEAN, meaning, null="not recorded", on_bad=OnBad.FLAG, headers=headers)
    for name, meaning, headers in (
        ("is_eal", "English as an additional language.", ("EAL",)),
        (
            "is_fsm",
            "Eligible for free school meals now or in the last six years.",
            ("Ever 6 FSM", "FSM", "FSMeligible"),
        ),
    )
)
IS_EAL, IS_FSM = _FLAGS
ENTRY_DATE = v.START_DATE.but(
    name="entry_date",
    meaning="First day at the school.",
    null="not recorded",
    on_bad=OnBad.FLAG,
    headers=("Entry Date", "EntryDate", "Start Date", "Date of Admission"),
)
LEAVING_DATE = v.END_DATE.but(
    name="leaving_date",
    meaning="Last day at the school.",
    null="still on roll",
    headers=("Leaving Date", "LeavingDate", "Date of Leaving", "Leave Date"),
)
_UPN_REQUIRED_ELSEWHERE = v.UPN.but(null="no UPN yet: the school's own number identifies the pupil")

RAW_INSIGHT__PUPILS = Table(
    name="raw_insight__pupils",
    grain="One row per pupil of one school in Insight's 'export all data'.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "insight",
        "pupils",
        "Insight pupils",
        ("insight_pupil_id", "surname", "birth_date"),
        natural_key=("school_urn", "insight_pupil_id"),
        is_pupil_list=True,
        sheet="Pupils",
    ),
    columns=(
        *v.PROVENANCE,
        Column(
            "insight_pupil_id",
            Kind.TEXT,
            "Insight's own pupil number.",
            personal=True,
            headers=("Insight Pupil ID", "Pupil ID", "PupilId"),
        ),
        v.MIS_ID,
        _UPN_REQUIRED_ELSEWHERE,
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.BIRTH_DATE.but(null=None),
        v.SEX,
        v.NC_YEAR,
        v.SEN_PROVISION,
        IS_EAL,
        IS_FSM,
        ENTRY_DATE,
        LEAVING_DATE,
    ),
    checks=(NotBefore("leaving_date", "entry_date"),),
)

RAW_SEND_REGISTER__PUPILS = Table(
    name="raw_send_register__pupils",
    grain="One row per pupil and SEN status spell on one school's SEND register.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "send_register",
        "pupils",
        "SEND register",
        ("surname", "sen_provision", "sen_type", "status_date"),
        natural_key=("school_urn", "upn", "mis_id", "surname", "forename", "birth_date", "status_date"),
        is_pupil_list=True,
        sheet="SEND register",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        _UPN_REQUIRED_ELSEWHERE,
        v.MIS_ID,
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.BIRTH_DATE.but(null=None),
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None, on_bad=OnBad.QUARANTINE),
        v.SEN_TYPE,
        v.SEN_TYPE.but(
            name="second_sen_type",
            meaning="Second SEN type.",
            null="no second need",
            headers=("Secondary Need", "Second Need", "Secondary SEN Type", "Need 2"),
        ),
        v.START_DATE.but(
            name="status_date",
            meaning="Day from which the status holds.",
            headers=("Status From", "Date Added", "SEN Start Date", "Added to Register", "From"),
        ),
        v.END_DATE.but(
            name="status_end_date",
            meaning="Last day of the status.",
            null="the status still holds",
            headers=("Status To", "Date Removed", "SEN End Date", "Removed", "To"),
        ),
    ),
    checks=(NotBefore("status_end_date", "status_date"),),
)

CENSUS_TERM = Column(
    "census_term",
    Kind.TEXT,
    "Census: AUT, SPR or SUM.",
    checks=(OneOf(v.CENSUS_TERMS),),
    headers=("CensusTerm", "Term"),
)
REFERENCE_DATE = Column(
    "reference_date", Kind.DATE, "Census day.", checks=(v.A_DATE,), headers=("ReferenceDate", "Census Date")
)
_PUPIL_ON_ROLL_ID = Column(
    "pupil_on_roll_id",
    Kind.TEXT,
    "The pupil's number within the return.",
    headers=("pupilonrolltableid", "PupilOnRollId"),
)

RAW_SCHOOL_CENSUS__PUPILS = Table(
    name="raw_school_census__pupils",
    grain="One row per pupil in one school's census return (on roll, or no longer on roll).",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "school_census",
        "pupils",
        "School Census pupils",
        ("pupil_on_roll_id", "birth_date", "entry_date"),
        natural_key=("school_urn", "reference_date", "pupil_on_roll_id"),
        is_pupil_list=True,
        period=Period.CENSUS,
    ),
    columns=(
        *v.PROVENANCE,
        CENSUS_TERM,
        REFERENCE_DATE,
        _PUPIL_ON_ROLL_ID,
        _UPN_REQUIRED_ELSEWHERE,
        v.FORMER_UPN,
        v.SURNAME,
        v.FORENAME,
        v.BIRTH_DATE.but(null=None),
        v.SEX,
        ENTRY_DATE,
        LEAVING_DATE,
        v.NC_YEAR,
        v.SEN_PROVISION,
        IS_FSM,
        Column(
            "has_top_up",
            Kind.BOOLEAN,
            "High-needs top-up is paid for the pupil.",
            null="not in this return",
            on_bad=OnBad.FLAG,
            headers=("TopUpFunding", "topupfunding"),
        ),
        Column(
            "is_in_sen_unit",
            Kind.BOOLEAN,
            "In a place of a recognised SEN unit.",
            null="not in this return",
            on_bad=OnBad.FLAG,
            headers=("SENunitIndicator",),
        ),
        Column(
            "is_in_resourced_provision",
            Kind.BOOLEAN,
            "In a recognised resourced provision.",
            null="not in this return",
            on_bad=OnBad.FLAG,
            headers=("ResourcedProvisionIndicator",),
        ),
    ),
)

RAW_SCHOOL_CENSUS__SEN_NEEDS = Table(
    name="raw_school_census__sen_needs",
    grain="One row per pupil and SEN type in a spring census return.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "school_census",
        "sen_needs",
        "School Census SEN needs",
        ("pupil_on_roll_id", "sen_type", "sen_type_rank"),
        natural_key=("school_urn", "reference_date", "pupil_on_roll_id", "sen_type"),
        parent="raw_school_census__pupils",
        parent_key=("school_urn", "reference_date", "pupil_on_roll_id"),
        period=Period.CENSUS,
    ),
    columns=(
        *v.PROVENANCE,
        CENSUS_TERM,
        REFERENCE_DATE,
        _PUPIL_ON_ROLL_ID,
        v.SEN_TYPE.but(null=None),
        Column(
            "sen_type_rank",
            Kind.INTEGER,
            "1 is the main need, 2 the second.",
            checks=(Between(1, 99),),
            headers=("SENtypeRank",),
        ),
    ),
)
