"""What a SENCO has to see to about groups: sessions that nobody recorded, end tests that are due or missing."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Kind, Sensitivity, Table, Unit
from expectations.tables.interventions import INTERVENTION_KEY

RECORDINGS = ("RECORDED", "SILENT", "NOT_KEPT")
EXIT_STANDINGS = ("DUE", "MISSING")

MART_INTERVENTIONS__GROUP = Table(
    name="mart_interventions__group",
    grain="One row per group that runs on the data date or ended in the six weeks before: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key",),
    columns=(
        INTERVENTION_KEY,
        v.SCHOOL_URN,
        v.INTERVENTION_NAME,
        Column("group_reference", Kind.TEXT, "The school's own reference of the group."),
        v.START_DATE,
        v.END_DATE.but(null=None),
        Column("pupils_count", Kind.INTEGER, "Pupils in the group.", unit=Unit.PUPILS, checks=(Between(0, 200),)),
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
            "last_recorded_date", Kind.DATE, "Day of the latest session on record, held or not.", null="none on record"
        ),
        Column(
            "recording",
            Kind.TEXT,
            "SILENT: nothing on record for more than three weeks. NOT_KEPT: Insight's map has no sessions.",
            checks=(OneOf(RECORDINGS),),
        ),
    ),
)

MART_INTERVENTIONS__EXIT = Table(
    name="mart_interventions__exit",
    grain="One row per pupil on roll who finished an intervention and has no end test yet: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "intervention_name", "assessment_name", "subject"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.NC_YEAR,
        v.INTERVENTION_NAME,
        v.ASSESSMENT_NAME.but(meaning="Name of the test at the end."),
        v.SUBJECT,
        v.END_DATE.but(null=None, meaning="The pupil's last day in the group."),
        Column("exit_to_date", Kind.DATE, "Last day on which the end test counts: six weeks after the end."),
        Column(
            "exit_standing",
            Kind.TEXT,
            "DUE: the test can still be sat and count. MISSING: that day has passed within the last half year.",
            checks=(OneOf(EXIT_STANDINGS),),
        ),
    ),
)

TABLES = (MART_INTERVENTIONS__GROUP, MART_INTERVENTIONS__EXIT)
