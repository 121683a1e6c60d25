"""What was run: provision map groups, their pupils and sessions."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotAbove, NotBefore, OneOf, PenceBetween
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit
from expectations.tables.reference import OUTCOME_DOMAIN

_GROUP_REFERENCE = Column(
    "group_reference",
    Kind.TEXT,
    "The school's own reference of the group.",
    headers=("Group Ref", "Group Reference", "Group"),
)
_WAVE = Column(
    "wave_number",
    Kind.INTEGER,
    "1 universal, 2 targeted, 3 specialist.",
    null="not stated",
    checks=(Between(1, 3),),
    on_bad=OnBad.FLAG,
    headers=("Wave",),
)
_RESOURCE = Column(
    "resource_pence",
    Kind.MONEY,
    "Materials and licences bought for the group.",
    unit=Unit.PENCE,
    null="none recorded",
    checks=(PenceBetween(0, 10_000_000),),
    headers=("Resource Cost", "Other Costs", "Resources (£)"),
)
_ATTENDED = Column(
    "attended_sessions_count",
    Kind.INTEGER,
    "Delivered sessions that the pupil attended.",
    unit=Unit.SESSIONS,
    null="not recorded",
    checks=(Between(0, 1000),),
    headers=("Sessions Attended", "Attended"),
)
JUDGEMENT = Column(
    "teacher_judgement",
    Kind.INTEGER,
    "Teacher's judgement, -2 much less than hoped to +2 much more.",
    null="not given",
    checks=(Between(-2, 2),),
    on_bad=OnBad.FLAG,
    headers=("Teacher Judgement", "Impact (-2 to +2)"),
)
JUDGED_DATE = v.START_DATE.but(
    name="judged_date", meaning="Day on which the teacher judged.", null="not recorded", on_bad=OnBad.FLAG,
    headers=("Date Judged", "Judgement Date", "Review Date"),
)  # fmt: skip
VOICES = tuple(
    Column(name, Kind.BOOLEAN, meaning, null="not asked", on_bad=OnBad.FLAG, headers=headers)
    for name, meaning, headers in (
        ("is_pupil_positive", "The pupil says it helped.", ("Pupil Voice", "Pupil Says It Helped")),
        ("is_parent_positive", "The parent says it helped.", ("Parent Voice", "Parent Says It Helped")),
    )
)
_SUBJECT = v.SUBJECT.but(null="no test is linked", checks=(OneOf(v.SUBJECTS),), on_bad=OnBad.FLAG)
_TEST = v.ASSESSMENT_NAME.but(null="no test is linked")
_EXIT_TEST = v.ASSESSMENT_NAME.but(
    name="exit_assessment_name",
    meaning="Name of the test at the end, where it is another than at the start.",
    null="the same test",
    headers=("Exit Assessment", "End Test", "Exit Test"),
)

RAW_PROVISION_MAP__GROUPS = Table(
    name="raw_provision_map__groups",
    grain="One row per intervention group in the school's provision map workbook.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "provision_map",
        "groups",
        "Provision map: groups",
        ("group_reference", "intervention_name", "planned_sessions_count", "staff_grade"),
        natural_key=("school_urn", "group_reference"),
        sheet="Groups",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        _GROUP_REFERENCE,
        v.INTERVENTION_NAME,
        v.AREA_OF_NEED,
        _WAVE,
        v.START_DATE,
        v.END_DATE.but(null=None),
        v.PLANNED_SESSIONS,
        v.SESSION_MINUTES,
        v.STAFF_GRADE,
        _TEST,
        _SUBJECT,
        _RESOURCE,
        _EXIT_TEST,
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

RAW_PROVISION_MAP__PUPILS = Table(
    name="raw_provision_map__pupils",
    grain="One row per pupil in an intervention group.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "provision_map",
        "pupils",
        "Provision map: pupils",
        ("group_reference", "surname", "attended_sessions_count"),
        natural_key=("school_urn", "group_reference", "pupil_key"),
        parent="raw_provision_map__groups",
        parent_key=("school_urn", "group_reference"),
        sheet="Pupils",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        _GROUP_REFERENCE,
        v.UPN,
        v.MIS_ID,
        v.SURNAME,
        v.FORENAME,
        v.START_DATE.but(null="the group's first day"),
        v.END_DATE.but(null="the group's last day"),
        _ATTENDED,
        JUDGEMENT,
        *VOICES,
        JUDGED_DATE,
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

_IS_DELIVERED = Column(
    "is_delivered", Kind.BOOLEAN, "The session took place.", headers=("Delivered", "Took Place", "Happened")
)
_SESSION_DATE = v.START_DATE.but(name="session_date", meaning="Day of the session.", headers=("Session Date", "Date"))

RAW_PROVISION_MAP__SESSIONS = Table(
    name="raw_provision_map__sessions",
    grain="One row per session of a group.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "provision_map",
        "sessions",
        "Provision map: sessions",
        ("group_reference", "session_date", "is_delivered"),
        natural_key=("school_urn", "group_reference", "session_date"),
        parent="raw_provision_map__groups",
        parent_key=("school_urn", "group_reference"),
        sheet="Sessions",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        _GROUP_REFERENCE,
        _SESSION_DATE,
        _IS_DELIVERED,
        v.SESSION_MINUTES.but(null="the group's usual length"),
    ),
)

RAW_INSIGHT__PROVISIONS = Table(
    name="raw_insight__provisions",
    grain="One row per pupil and provision group in Insight's provision map; totals are planned, not to date.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "insight",
        "provisions",
        "Insight provision map",
        ("intervention_name", "insight_pupil_id", "planned_sessions_count", "session_minutes"),
        natural_key=("school_urn", "group_reference", "pupil_key"),
        sheet="Provision map",
    ),
    columns=(
        *v.PROVENANCE,
        v.INTERVENTION_NAME,
        v.AREA_OF_NEED,
        _SUBJECT,
        _TEST,
        _GROUP_REFERENCE.but(headers=("Group Name", "Group")),
        Column(
            "insight_pupil_id",
            Kind.TEXT,
            "Insight's own pupil number.",
            personal=True,
            headers=("Insight Pupil ID", "Pupil ID", "PupilId"),
        ),
        v.START_DATE,
        v.END_DATE.but(null=None),
        v.PLANNED_SESSIONS,
        v.SESSION_MINUTES,
        v.STAFF_GRADE.but(null="Insight shows staff cost to its administrators only", on_bad=OnBad.FLAG),
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

INTERVENTION_KEY = Column(
    "intervention_key", Kind.TEXT, "One group in one school: school URN and the group's reference."
)
_CATALOGUE_NAME = v.INTERVENTION_NAME.but(meaning="The trust's name for the intervention, after its aliases.")
IS_IN_CATALOGUE = Column(
    "is_in_catalogue",
    Kind.BOOLEAN,
    "The trust's catalogue knows the name; if not, the group is in the SEND lead's queue and in no released mart.",
)
GIVEN_NAME = Column(
    "given_name",
    Kind.TEXT,
    "The group's name as the school wrote it; free text, which may name a child.",
    personal=True,
)
ALIAS = Column(
    "alias",
    Kind.TEXT,
    "The school's name, folded: lower case, single spaces, no punctuation; free text of a school.",
    personal=True,
)
_MAP = Column(
    "map_source",
    Kind.TEXT,
    "The provision map that describes the group.",
    checks=(OneOf(("provision_map", "insight")),),
)

CORE_INTERVENTIONS = Table(
    name="core_interventions",
    grain="One row per intervention group in one school.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key",),
    columns=(
        INTERVENTION_KEY,
        v.SCHOOL_URN,
        _CATALOGUE_NAME,
        GIVEN_NAME,
        ALIAS,
        IS_IN_CATALOGUE,
        v.AREA_OF_NEED,
        _WAVE,
        v.START_DATE,
        v.END_DATE.but(null=None),
        v.PLANNED_SESSIONS,
        v.SESSION_MINUTES,
        v.STAFF_GRADE.but(null="not recorded in this map"),
        _TEST,
        _EXIT_TEST,
        _SUBJECT,
        OUTCOME_DOMAIN,
        _RESOURCE,
        _MAP,
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

CORE_INTERVENTION_PUPILS = Table(
    name="core_intervention_pupils",
    grain="One row per pupil in an intervention group.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "pupil_key"),
    columns=(
        INTERVENTION_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.START_DATE,
        v.END_DATE.but(null=None),
        _ATTENDED,
        JUDGEMENT,
        *VOICES,
        JUDGED_DATE,
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

CORE_INTERVENTION_SESSIONS = Table(
    name="core_intervention_sessions",
    grain="One row per group and day with a session planned.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "session_date"),
    columns=(INTERVENTION_KEY, v.SCHOOL_URN, _SESSION_DATE, _IS_DELIVERED, v.SESSION_MINUTES),
)

MODEL_INTERVENTIONS__GROUP_DOSE = Table(
    name="model_interventions__group_dose",
    grain="One row per intervention group: planned against delivered up to the data date, and its cost.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key",),
    columns=(
        INTERVENTION_KEY,
        v.SCHOOL_URN,
        _CATALOGUE_NAME,
        v.AREA_OF_NEED,
        v.START_DATE,
        v.END_DATE.but(null=None),
        Column("pupils_count", Kind.INTEGER, "Pupils in the group.", unit=Unit.PUPILS, checks=(Between(0, 200),)),
        v.PLANNED_SESSIONS,
        Column(
            "due_sessions_count",
            Kind.INTEGER,
            "Planned sessions that fell due by the data date.",
            unit=Unit.SESSIONS,
            checks=(Between(0, 1000),),
        ),
        Column(
            "delivered_sessions_count",
            Kind.INTEGER,
            "Sessions that took place by the data date.",
            unit=Unit.SESSIONS,
            null="this map records no sessions",
            checks=(Between(0, 1000),),
        ),
        Column(
            "delivered_hours",
            Kind.NUMBER,
            "Hours delivered by the data date.",
            unit=Unit.HOURS,
            null="this map records no sessions",
            checks=(Between(0, None),),
        ),
        Column(
            "cost_to_date_pence",
            Kind.MONEY,
            "Delivered hours at the grade's rate, and resources.",
            unit=Unit.PENCE,
            null="no sessions or no rate recorded",
            checks=(Between(0, None),),
        ),
        Column(
            "planned_cost_pence",
            Kind.MONEY,
            "All planned hours at the grade's rate, and resources.",
            unit=Unit.PENCE,
            null="no rate recorded",
            checks=(Between(0, None),),
        ),
    ),
    checks=(NotAbove("due_sessions_count", "planned_sessions_count"),),
)

MODEL_INTERVENTIONS__STARTERS = Table(
    name="model_interventions__starters",
    grain="One row per intervention group and pupil who started: to whom at least one session was delivered.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "pupil_key"),
    columns=(
        INTERVENTION_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        _CATALOGUE_NAME,
        IS_IN_CATALOGUE,
        v.AREA_OF_NEED,
        _TEST,
        _EXIT_TEST,
        _SUBJECT.but(checks=()),
        OUTCOME_DOMAIN,
        v.START_DATE.but(
            name="started_date",
            meaning="First session delivered while the pupil was in the group; the pupil's first day where the map "
            "records no sessions.",
        ),
        v.END_DATE.but(null=None, meaning="The pupil's last day in the group."),
        v.PLANNED_SESSIONS,
        Column(
            "delivered_sessions_count",
            Kind.INTEGER,
            "Sessions delivered by the data date while the pupil was in the group.",
            unit=Unit.SESSIONS,
            null="this map records no sessions",
            checks=(Between(0, 1000),),
        ),
        _ATTENDED,
        Column("start_rank", Kind.INTEGER, "1 is the first start of the intervention.", checks=(Between(1, 99),)),
    ),
)

TABLES = (
    RAW_PROVISION_MAP__GROUPS,
    RAW_PROVISION_MAP__PUPILS,
    RAW_PROVISION_MAP__SESSIONS,
    RAW_INSIGHT__PROVISIONS,
    CORE_INTERVENTIONS,
    CORE_INTERVENTION_PUPILS,
    CORE_INTERVENTION_SESSIONS,
    MODEL_INTERVENTIONS__GROUP_DOSE,
    MODEL_INTERVENTIONS__STARTERS,
)
