"""What stands beside an estimate, each strand for itself: opinions, targets, engagement, evidence from elsewhere.

Nothing here is added to another strand or to the estimate. A teacher's judgement is an opinion; targets are each
school's own; engagement is told in words per area; outside evidence is of other schools and other pupils.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotAbove, OneOf, SumsTo, TableCheck
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit, Worded
from expectations.tables.engagement import ENGAGEMENT_AREAS
from expectations.tables.interventions import CORE_INTERVENTION_PUPILS
from expectations.tables.reference import EVIDENCE_STRAND
from expectations.tables.targets import ACHIEVED_LEVEL, BY_DELIVERER, START_LEVEL, TARGET_WEIGHT

GOALS_CAPS = ("NOT_LEVELLED_BEFORE", "SCORED_BY_DELIVERER")
CERTAINTIES = ("READ", "READ_IN_PART", "FROM_MEMORY")
ANSWERS = ("teacher_judgement", "is_pupil_positive", "is_parent_positive")
_FIVE = Between(1, 5)


def progress_column_name(area: str) -> str:
    """The column that counts pupils with recorded progress in an area of engagement."""
    return f"engagement_{area.lower()}_progress_count"


_EVIDENCE = (
    Column(
        "evidence_label",
        Kind.TEXT,
        "The kind of intervention, in the source's words.",
        null="none known",
        release=Label(),
    ),
    Column(
        "evidence_months",
        Kind.INTEGER,
        "Average further months of progress in a year that the source reports, of other pupils elsewhere.",
        unit=Unit.MONTHS,
        null="none known",
        checks=(Between(-12, 24),),
        release=Label(),
    ),
    Column(
        "evidence_security",
        Kind.INTEGER,
        "How secure the source calls its evidence: 1 very limited to 5 very extensive.",
        null="none known",
        checks=(_FIVE,),
        release=Label(),
    ),
    Column(
        "evidence_cost",
        Kind.INTEGER,
        "How dear the source calls it: 1 very low to 5 very high.",
        null="none known",
        checks=(_FIVE,),
        release=Label(),
    ),
    Column("evidence_source", Kind.TEXT, "Who published it, and where.", null="none known", release=Label()),
    Column("evidence_retrieved", Kind.TEXT, "Month in which it was looked up.", null="none known", release=Label()),
    Column(
        "evidence_certainty",
        Kind.TEXT,
        "READ: all three figures were read on a page of the source; READ_IN_PART: some of them; FROM_MEMORY: none.",
        null="none known",
        checks=(OneOf(CERTAINTIES),),
        release=Label(),
    ),
)

CORE_OUTSIDE_EVIDENCE = Table(
    name="core_outside_evidence",
    grain="One row per kind of intervention on which published evidence from elsewhere is known.",
    sensitivity=Sensitivity.OPEN,
    key=("evidence_strand",),
    columns=(EVIDENCE_STRAND.but(null=None), *(column.but(null=None) for column in _EVIDENCE)),
)

MODEL_IMPACT__STRAND_PUPILS = Table(
    name="model_impact__strand_pupils",
    grain="One row per intervention and pupil who started it, at the first start: opinions and engagement.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "pupil_key"),
    columns=(
        v.INTERVENTION_NAME,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        Column("is_asked", Kind.BOOLEAN, "The pupil's block has ended, in a map that can hold opinions."),
        *(CORE_INTERVENTION_PUPILS.by_name[name] for name in ANSWERS),
        Column(
            "is_observed",
            Kind.BOOLEAN,
            "Engagement was observed after the first session and up to 42 days after the last day.",
        ),
        *(
            Column(f"has_{area.lower()}_progress", Kind.BOOLEAN, f"Progress was recorded in {area.lower()} then.")
            for area in ENGAGEMENT_AREAS
        ),
    ),
)

MODEL_IMPACT__STRAND_TARGETS = Table(
    name="model_impact__strand_targets",
    grain="One row per target of a pupil who started an intervention, at the first start.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "pupil_key", "target_number"),
    columns=(
        v.INTERVENTION_NAME,
        v.PUPIL_KEY,
        Column("target_number", Kind.INTEGER, "Running number of the pupil's target in the group."),
        TARGET_WEIGHT.but(null=None, meaning="Weight of the target; 1 where none is given."),
        START_LEVEL,
        ACHIEVED_LEVEL.but(null="not scored by the data date"),
        Column("is_levelled_before", Kind.BOOLEAN, "Set and levelled on or before the pupil's first session."),
        BY_DELIVERER,
    ),
)

_HIDDEN = "hidden: small group"


def _count(name: str, meaning: str, role: Count, unit: Unit = Unit.PUPILS) -> Column:
    return Column(name, Kind.INTEGER, meaning, unit=unit, null=_HIDDEN, checks=(Between(0, None),), release=role)


# Who was asked and who answered is a fact about records, not about a child (as with scores that are due), so these are
# not parts of a group under rule R3: that two of forty were not asked may be seen. What was answered is a fact about a
# child, so it is a part of those who answered.
_RECORDS = Count(apart=("mart_impact__intervention", "mart_cost_effectiveness__option"))
_OPINIONS = (
    _count("judgement_asked_count", "Pupils whose block has ended, so that a teacher could judge.", _RECORDS),
    _count("judged_count", "Of these, with a teacher's judgement: an opinion.", Count()),
    _count("judged_more_count", "Judged more than hoped (+1, +2).", Count("judged_count")),
    _count("judged_as_hoped_count", "Judged as hoped (0).", Count("judged_count")),
    _count("judged_less_count", "Judged less than hoped (-1, -2).", Count("judged_count")),
    _count("pupil_asked_count", "Pupils whose block has ended, so that they could be asked.", _RECORDS),
    _count("pupil_answered_count", "Of these, pupils whose answer is recorded.", Count()),
    _count("pupil_positive_count", "Pupils who said it helped.", Count("pupil_answered_count")),
    _count("parent_asked_count", "Pupils whose block has ended, so that a parent could be asked.", _RECORDS),
    _count("parent_answered_count", "Of these, pupils whose parent's answer is recorded.", Count()),
    _count("parent_positive_count", "Pupils whose parent said it helped.", Count("parent_answered_count")),
)
_GOAL_NULL = "fewer than ten pupils with goals levelled at the start and scored"
_TARGETS = (
    _count("targets_pupils_count", "Pupils with a target set.", _RECORDS),
    _count("targets_set_count", "Targets set.", Count(behind="targets_pupils_count"), Unit.TARGETS),
    _count("targets_scored_pupils_count", "Pupils with a target scored.", Count()),
    _count("targets_scored_count", "Targets scored.", Count(behind="targets_scored_pupils_count"), Unit.TARGETS),
    _count(
        "targets_met_count",
        "Targets reached as hoped or beyond.",
        Count("targets_scored_count", behind="targets_scored_pupils_count"),
        Unit.TARGETS,
    ),
    _count("goal_pupils_count", "Pupils with a target both levelled at the start and scored.", _RECORDS),
    Column(
        "goal_attainment_mean",
        Kind.NUMBER,
        "Mean over pupils of the goal attainment score T reached; 50 is as hoped.",
        null=_GOAL_NULL,
        checks=(Between(0, 100),),
        release=Rate("goal_pupils_count"),
    ),
    Column(
        "goal_attainment_start_mean",
        Kind.NUMBER,
        "Mean over the same pupils and targets of T at the start.",
        null=_GOAL_NULL,
        checks=(Between(0, 100),),
        release=Rate("goal_pupils_count"),
    ),
    Column(
        "deliverer_scored_rate",
        Kind.NUMBER,
        "Share of scored targets that the adult who ran the group scored, or of which it is not said who did.",
        unit=Unit.RATE,
        null="nothing scored, or hidden",
        checks=(Between(0, 1),),
        release=Rate("targets_scored_pupils_count", is_of_people=False),
    ),
    Column(
        "goals_cap",
        Kind.TEXT,
        "What makes them weaker still: fewer than four in five levelled before the start, or scored by another adult.",
        null="nothing to add, or hidden",
        checks=(OneOf(GOALS_CAPS),),
        release=Worded(("targets_scored_count",)),
    ),
)
_ENGAGEMENT = (
    _count("engagement_pupils_count", "Pupils whose engagement was observed during the block or soon after.", Count()),
    *(
        _count(
            progress_column_name(area),
            f"Of these, with progress in {area.lower()} recorded at least once.",
            Count("engagement_pupils_count"),
        )
        for area in ENGAGEMENT_AREAS
    ),
)
_FIGURES = (*_OPINIONS, *_TARGETS, *_ENGAGEMENT, EVIDENCE_STRAND, *_EVIDENCE)
JUDGED_PARTS = ("judged_more_count", "judged_as_hoped_count", "judged_less_count")
_PARTS_OF_WHOLES: tuple[TableCheck, ...] = (
    SumsTo("judged_count", JUDGED_PARTS),
    NotAbove("judged_count", "judgement_asked_count"),
    NotAbove("pupil_answered_count", "pupil_asked_count"),
    NotAbove("pupil_positive_count", "pupil_answered_count"),
    NotAbove("parent_answered_count", "parent_asked_count"),
    NotAbove("parent_positive_count", "parent_answered_count"),
    NotAbove("targets_scored_count", "targets_set_count"),
    NotAbove("targets_met_count", "targets_scored_count"),
    *(NotAbove(progress_column_name(area), "engagement_pupils_count") for area in ENGAGEMENT_AREAS),
)

MODEL_IMPACT__STRANDS = Table(
    name="model_impact__strands",
    grain="One row per intervention over the whole trust and all years, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name",),
    columns=(v.INTERVENTION_NAME, *_FIGURES),
    checks=_PARTS_OF_WHOLES,
)

MART_IMPACT__STRANDS = Table(
    name="mart_impact__strands",
    grain="One row per intervention: opinions, targets, engagement and evidence from elsewhere, each for itself.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("intervention_name",),
    columns=(
        v.INTERVENTION_NAME,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
    checks=_PARTS_OF_WHOLES,
    partitions=(Partition("judged_count", JUDGED_PARTS),),
)

TABLES = (
    CORE_OUTSIDE_EVIDENCE,
    MODEL_IMPACT__STRAND_PUPILS,
    MODEL_IMPACT__STRAND_TARGETS,
    MODEL_IMPACT__STRANDS,
    MART_IMPACT__STRANDS,
)
