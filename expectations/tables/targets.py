"""Targets set for pupils of an intervention group, each on a scale of five levels (goal attainment scaling).

The wording of a target is free text about a child and is never taken in: a column that holds it is not declared, so it
is not read. Levels are the school's own: 0 is what was hoped for, +2 much more, -2 much less.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotBefore
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table
from expectations.tables.interventions import INTERVENTION_KEY, RAW_PROVISION_MAP__PUPILS

_GROUP_REFERENCE = RAW_PROVISION_MAP__PUPILS.by_name["group_reference"]
_TARGET_NUMBER = Column(
    "target_number",
    Kind.INTEGER,
    "Running number of the pupil's target in the group.",
    checks=(Between(1, 99),),
    headers=("Target No", "Target Number", "Goal No"),
)
TARGET_WEIGHT = Column(
    "target_weight",
    Kind.INTEGER,
    "How much the target matters beside the pupil's others: 1 to 3.",
    null="all of the pupil's targets matter alike",
    checks=(Between(1, 3),),
    on_bad=OnBad.FLAG,
    headers=("Weight", "Importance (1-3)"),
)
START_LEVEL = Column(
    "start_level",
    Kind.INTEGER,
    "Level of the pupil when the target was set, -2 to +2.",
    null="not levelled when it was set",
    checks=(Between(-2, 2),),
    on_bad=OnBad.FLAG,
    headers=("Start Level", "Level at Start (-2 to +2)", "Baseline Level"),
)
ACHIEVED_LEVEL = Column(
    "achieved_level",
    Kind.INTEGER,
    "Level reached: 0 as hoped, +1 and +2 more, -1 and -2 less.",
    null="not scored yet",
    checks=(Between(-2, 2),),
    on_bad=OnBad.FLAG,
    headers=("Achieved Level", "Level Achieved (-2 to +2)", "End Level"),
)
_SET_DATE = v.START_DATE.but(
    name="set_date", meaning="Day the target was set.", headers=("Date Set", "Target Set", "Set On")
)
_SCORED_DATE = v.END_DATE.but(
    name="scored_date",
    meaning="Day the target was scored.",
    null="not scored yet, or the day is not recorded",
    headers=("Date Scored", "Target Scored", "Scored On"),
)
BY_DELIVERER = Column(
    "is_scored_by_deliverer",
    Kind.BOOLEAN,
    "Scored by the adult who ran the group.",
    null="not recorded who scored it",
    on_bad=OnBad.FLAG,
    headers=("Scored by Deliverer", "Scored by Group Leader"),
)
_SCALED = (_TARGET_NUMBER, TARGET_WEIGHT, START_LEVEL, ACHIEVED_LEVEL, _SET_DATE, _SCORED_DATE, BY_DELIVERER)

RAW_PROVISION_MAP__TARGETS = Table(
    name="raw_provision_map__targets",
    grain="One row per target of a pupil in an intervention group; without its wording.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "provision_map",
        "targets",
        "Provision map: targets",
        ("group_reference", "target_number", "set_date", "achieved_level"),
        natural_key=("school_urn", "group_reference", "pupil_key", "target_number"),
        parent="raw_provision_map__groups",
        parent_key=("school_urn", "group_reference"),
        sheet="Targets",
        templated=True,
    ),
    columns=(*v.PROVENANCE, _GROUP_REFERENCE, v.UPN, v.MIS_ID, v.SURNAME, v.FORENAME, *_SCALED),
    checks=(NotBefore("scored_date", "set_date"),),
)

CORE_INTERVENTION_TARGETS = Table(
    name="core_intervention_targets",
    grain="One row per target of a pupil in an intervention group.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "pupil_key", "target_number"),
    columns=(INTERVENTION_KEY, v.PUPIL_KEY, v.SCHOOL_URN, *_SCALED),
    checks=(NotBefore("scored_date", "set_date"),),
)

TABLES = (RAW_PROVISION_MAP__TARGETS, CORE_INTERVENTION_TARGETS)
