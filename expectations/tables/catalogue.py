"""What the trust calls its interventions, and how they are run: names settled and to settle, protocol, timeliness.

Who needs support and has none stands here too. What the groups are is in ``interventions.py``.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit
from expectations.tables.interventions import ALIAS, GIVEN_NAME, INTERVENTION_KEY
from expectations.tables.reference import EVIDENCE_STRAND, OUTCOME_DOMAIN

LATE_DAYS = 84
"""Support that begins within six weeks of the first concern is soon; after twelve weeks it is late."""

CORE_SCREENING = Table(
    name="core_screening",
    grain="One row: below which standardised score a pupil may need support.",
    sensitivity=Sensitivity.OPEN,
    key=("low_score",),
    columns=(
        Column("low_score", Kind.INTEGER, "A standardised score below this is a concern.", checks=(Between(60, 100),)),
    ),
)

CORE_ALIAS_DECISIONS = Table(
    name="core_alias_decisions",
    grain="One row per name that the SEND lead has settled in the journal: the latest decision.",
    sensitivity=Sensitivity.PUPIL,
    key=("alias",),
    columns=(
        ALIAS,
        v.INTERVENTION_NAME.but(
            meaning="The trust's name that it stands for.", null="not an intervention: its groups are in no figure"
        ),
        Column("decided_date", Kind.DATE, "Day of the decision, UTC."),
    ),
)

MODEL_INTERVENTIONS__PROTOCOL = Table(
    name="model_interventions__protocol",
    grain="One row per intervention and pupil who started it, at the first start: steps of the protocol kept.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "pupil_key"),
    columns=(
        INTERVENTION_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.INTERVENTION_NAME.but(meaning="The trust's name; the school's own where its catalogue does not know it."),
        Column(
            "is_in_catalogue", Kind.BOOLEAN, "The trust's catalogue knows the name; if not, no step is asked about."
        ),
        v.ACADEMIC_YEAR.but(meaning="Academic year of the start."),
        Column("has_outcome", Kind.BOOLEAN, "A test is linked, or attendance or incidents tell the outcome."),
        Column("has_baseline", Kind.BOOLEAN, "Has a score in the window before the start."),
        Column(
            "is_exit_due", Kind.BOOLEAN, "The window for the score after the end has closed, or the score is there."
        ),
        Column("has_exit", Kind.BOOLEAN, "Has a score in the window after the end."),
        Column("has_both", Kind.BOOLEAN, "Has both, on one outcome."),
        Column("is_dose_recorded", Kind.BOOLEAN, "Sessions delivered and sessions attended are recorded."),
        Column("is_full_dose", Kind.BOOLEAN, "Attended 80% or more of the sessions delivered."),
        Column("is_review_due", Kind.BOOLEAN, "The pupil's last day was more than six weeks before the data date."),
        Column("is_reviewed", Kind.BOOLEAN, "The teacher's judgement is recorded, in time where it is dated."),
    ),
)

MODEL_INTERVENTIONS__CONCERNS = Table(
    name="model_interventions__concerns",
    grain="One row per pupil on roll whose first concern came in the two years before the data date.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        Column("concern_date", Kind.DATE, "First low standardised score, or first entry in the SEN register."),
        Column(
            "concern",
            Kind.TEXT,
            "What the first concern was.",
            checks=(OneOf(("SCORE", "REGISTER")),),
        ),
        Column("begun_date", Kind.DATE, "First day of support at or after it.", null="no support has begun"),
        Column(
            "waited_days",
            Kind.INTEGER,
            "Days from the concern to the first support, or to the data date; 0 where support was running.",
            unit=Unit.DAYS,
            checks=(Between(0, 800),),
        ),
    ),
)

MODEL_INTERVENTIONS__LOW_SCORES = Table(
    name="model_interventions__low_scores",
    grain="One row per pupil on roll and subject whose latest standardised score of the last year is low.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "subject"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None),
        v.SUBJECT,
        v.ASSESSMENT_NAME,
        Column("score", Kind.NUMBER, "The latest standardised score."),
        Column("assessed_date", Kind.DATE, "Day of the assessment."),
        Column("is_supported", Kind.BOOLEAN, "Is in an intervention that runs on the data date, whatever its name."),
    ),
)

MART_INTERVENTIONS__CATALOGUE = Table(
    name="mart_interventions__catalogue",
    grain="One row per intervention of the trust's catalogue, run or not.",
    sensitivity=Sensitivity.OPEN,
    key=("intervention_name",),
    columns=(
        v.INTERVENTION_NAME.but(meaning="The trust's name for it."),
        v.AREA_OF_NEED.but(null=None),
        Column(
            "wave_number",
            Kind.INTEGER,
            "1 universal, 2 targeted, 3 specialist.",
            checks=(Between(1, 3),),
            release=Label(),
        ),
        OUTCOME_DOMAIN,
        EVIDENCE_STRAND,
    ),
)

_NEAREST = tuple(
    Column(
        f"{place}_name",
        Kind.TEXT,
        f"The trust's name {words} it in spelling, over all its aliases.",
        null="no name is near enough",
    )
    for place, words in (("nearest", "nearest to"), ("second", "second nearest to"), ("third", "third nearest to"))
)
MART_INTERVENTIONS__QUEUE = Table(
    name="mart_interventions__queue",
    grain="One row per school and name of a group that the catalogue does not know: for the SEND lead to settle.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "alias"),
    columns=(
        v.SCHOOL_URN,
        ALIAS,
        GIVEN_NAME,
        Column("groups_count", Kind.INTEGER, "Groups of that name in the school.", checks=(Between(1, None),)),
        Column(
            "pupils_count", Kind.INTEGER, "Pupils in them, each once.", unit=Unit.PUPILS, checks=(Between(0, None),)
        ),
        v.START_DATE.but(meaning="First day of the first of them."),
        *_NEAREST,
    ),
)

_HIDDEN = "hidden: small group"
_OF_PUPILS = {"unit": Unit.PUPILS, "checks": (Between(0, None),), "null": _HIDDEN}


def _people(name: str, meaning: str, of: str | None = None) -> Column:
    """A released number of pupils."""
    return Column(name, Kind.INTEGER, meaning, release=Count(of=of), **_OF_PUPILS)  # type: ignore[arg-type]


def _starts(name: str, meaning: str, of: str | None = None) -> Column:
    """A released number of starts, hidden when too few pupils stand behind it.

    Whether the school tested, recorded and reviewed is the school's doing, so that all but a few tells of no child
    (``of`` is left out, as in the estimates); whether a pupil attended does.
    """
    role = Count(of=of, behind="pupils_count")
    return Column(name, Kind.INTEGER, meaning, null=_HIDDEN, checks=(Between(0, None),), release=role)


def _kept(name: str, meaning: str, whole: str, part: str) -> Column:
    """A released share of starts for which the school did a step."""
    return _share(name, meaning, whole, part).but(release=Rate(whole, part, is_of_people=False))


def _share(name: str, meaning: str, whole: str, part: str) -> Column:
    """A released share of a count of pupils."""
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        unit=Unit.RATE,
        null=f"nobody to count, or {_HIDDEN}",
        checks=(Between(0, 1),),
        release=Rate(whole, part),
    )


MART_INTERVENTIONS__COMPLIANCE = Table(
    name="mart_interventions__compliance",
    grain="One row per school (and the trust) and academic year of the start: how far the protocol was kept.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "academic_year"),
    columns=(
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        _people("pupils_count", "Pupils who started an intervention of the trust's catalogue."),
        _starts("starts_count", "Starts: each pupil once for each intervention, at the first start."),
        _starts("linked_starts_count", "Starts with an outcome: a test, attendance, incidents."),
        _starts("baseline_starts_count", "Of those, with a score in the window before."),
        _kept("baseline_rate", "Share with a score before.", "linked_starts_count", "baseline_starts_count"),
        _starts("exit_due_starts_count", "Of those linked, whose score after the end is due."),
        _starts("exit_starts_count", "Of those due, with a score in the window after."),
        _kept("exit_rate", "Share of those due with a score after.", "exit_due_starts_count", "exit_starts_count"),
        _starts("both_starts_count", "Of those due, with a score before and after."),
        _kept("both_rate", "Share of those due with both scores.", "exit_due_starts_count", "both_starts_count"),
        _starts("dose_recorded_starts_count", "Starts with the sessions attended recorded."),
        _kept("dose_recorded_rate", "Share with it recorded.", "starts_count", "dose_recorded_starts_count"),
        _starts(
            "full_dose_starts_count", "Of those recorded, who attended 80% or more of the sessions delivered.",
            "dose_recorded_starts_count",
        ),
        _share(
            "full_dose_starts_rate", "Share of those recorded with 80% or more.", "dose_recorded_starts_count",
            "full_dose_starts_count",
        ),
        _starts("review_due_starts_count", "Starts that ended more than six weeks ago."),
        _starts("reviewed_starts_count", "Of those, with the teacher's judgement recorded, in time where it is dated."),
        _kept("reviewed_rate", "Share of those with it recorded.", "review_due_starts_count", "reviewed_starts_count"),
        _people(
            "left_out_count",
            "Pupils who started in groups whose name waits to be settled: in no other figure of this table.",
        ),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_INTERVENTIONS__TIMELINESS = Table(
    name="mart_interventions__timeliness",
    grain="One row per school and one for the trust: from the first concern to support, and who has none.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        _people("concern_count", "Pupils on roll whose first concern came in the last two years."),
        _people("begun_count", "Of those, whose support has begun.", "concern_count"),
        _people("not_begun_count", "Of those, whose support has not begun.", "concern_count"),
        Column(
            "mean_wait_days",
            Kind.NUMBER,
            "Mean days from the concern to the support, of those whose support has begun.",
            unit=Unit.DAYS,
            null=f"nobody to count, or {_HIDDEN}",
            checks=(Between(0, None),),
            release=Rate("begun_count"),
        ),
        _people("told_count", "Of those with a concern, whose concern is more than twelve weeks old.", "concern_count"),
        _people("slow_count", "Of those, without support within twelve weeks.", "told_count"),
        _share("slow_rate", "Share of those without support within twelve weeks.", "told_count", "slow_count"),
        _people("low_score_count", "Pupils on roll whose latest standardised score in a subject is low."),
        _people("unserved_count", "Of those, in no intervention that runs on the data date.", "low_score_count"),
        _share("unserved_rate", "Share of those in no running intervention.", "low_score_count", "unserved_count"),
        v.HIDDEN_COLUMNS,
    ),
    # How many began after six, twelve or more weeks is not told: beside those slow to get support it would give away
    # the few whose concern is new.
    partitions=(Partition("concern_count", ("begun_count", "not_begun_count")),),
)

MART_INTERVENTIONS__UNSERVED = Table(
    name="mart_interventions__unserved",
    grain="One row per pupil on roll and subject with a low latest score and no running intervention: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "subject"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.SURNAME.but(null=None),
        v.FORENAME.but(null=None),
        v.NC_YEAR,
        v.SEN_PROVISION.but(null=None),
        v.SUBJECT,
        v.ASSESSMENT_NAME,
        Column("score", Kind.NUMBER, "The latest standardised score."),
        Column("assessed_date", Kind.DATE, "Day of the assessment."),
    ),
)

TABLES = (
    CORE_SCREENING,
    CORE_ALIAS_DECISIONS,
    MODEL_INTERVENTIONS__PROTOCOL,
    MODEL_INTERVENTIONS__CONCERNS,
    MODEL_INTERVENTIONS__LOW_SCORES,
    MART_INTERVENTIONS__CATALOGUE,
    MART_INTERVENTIONS__QUEUE,
    MART_INTERVENTIONS__COMPLIANCE,
    MART_INTERVENTIONS__TIMELINESS,
    MART_INTERVENTIONS__UNSERVED,
)
