"""What interventions cost for what they change: options with the same measure side by side, and a proposal for each.

Trust level only (METHODS B3 to B5): never a child, never a school, never a line that a plan requires.
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import (
    Amount,
    Column,
    Count,
    Kind,
    Label,
    Partition,
    Rate,
    Sensitivity,
    Table,
    Unit,
    Worded,
)
from expectations.tables.impact import OUTCOME_UNITS
from expectations.tables.impact_delivery import DATA_DATE, count_of_pupils
from expectations.tables.strands import MART_IMPACT__STRANDS

STANDINGS = ("COMPARED", "NO_DIFFERENCE", "NO_EVIDENCE", "NOT_BALANCED", "FEW_PUPILS", "COST_NOT_RECORDED")
"""Whether an intervention can be set beside others: it can; its outcome has no difference on a scale; grade D; it was
compared with norms or whole schools, not with similar pupils; fewer than twenty pupils on a side; its cost is known of
fewer than twenty of them, or of fewer than half."""
TARGET_REASONS = ("NO_TARGETS", "FEW_PUPILS", "FEW_MET", "NOT_RECORDED", "COST_CONCENTRATED")
"""Why there is no cost for each target met: none are set; fewer than ten pupils; fewer than ten met; the cost is known
of fewer than nine in ten of the pupils; one pupil has more than half of the cost."""
PROPOSALS = ("CONTINUE", "ADAPT", "STOP", "TOO_EARLY")
PROPOSAL_RULES = (
    "NOT_MEASURED", "NOT_FINISHED", "FEW_PUPILS", "NO_EVIDENCE", "LITTLE_DELIVERED", "BEHIND_REQUIRED",
    "BEHIND_NOT_RECORDED", "BEHIND_FEW", "BEHIND", "AHEAD_DEARER", "AHEAD", "LEVEL_OUTDONE", "LEVEL_OUTDONE_WEAK",
    "LEVEL", "CANNOT_TELL",
)  # fmt: skip
"""The rules of the proposal, the first that holds: ``models/cost_effectiveness_rules.py``."""
PAIR_REASONS = ("AGES_APART", "SAME_COST")
"""Why a pair has no plane: the pupils of the two are on average more than two years apart in age; every pupil of both
cost the same, so that what they achieved decides."""
RATIOS = ("GIVEN", "NO_CLEAR_DIFFERENCE", "BETTER_AND_CHEAPER", "COST_UNSURE")
"""Whether a cost for each extra point can be given: it can; which of the two achieves more is not clear; the one that
achieves more costs less, so that nothing is paid for it; it may cost less, as far as the range tells."""
COST_RATINGS = ("Very low", "Low", "Moderate", "High", "Very high")

TARGET_COUNTS = (
    "targets_pupils_count", "targets_set_count", "targets_scored_pupils_count", "targets_scored_count",
    "targets_met_count",
)  # fmt: skip

_PENCE: dict[str, Any] = {"unit": Unit.PENCE, "checks": (Between(0, None),)}

CORE_COST_RATINGS = Table(
    name="core_cost_ratings",
    grain="One row per band of the EEF's cost rating: pounds for each pupil in a year.",
    sensitivity=Sensitivity.OPEN,
    key=("cost_rating",),
    columns=(
        Column("cost_rating", Kind.TEXT, "The EEF's word.", checks=(OneOf(COST_RATINGS),)),
        Column("cost_up_to_pence", Kind.MONEY, "Highest cost of the band.", null="the dearest band", **_PENCE),
    ),
)

MODEL_COST_EFFECTIVENESS__PUPILS = Table(
    name="model_cost_effectiveness__pupils",
    grain="One row per intervention and pupil who started it, at the first start: what the group cost, targets met.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_name", "pupil_key"),
    columns=(
        v.INTERVENTION_NAME,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        Column("group_cost_pence", Kind.MONEY, "Cost of the group to date.", null="not recorded", **_PENCE),
        Column(
            "group_pupils_count",
            Kind.INTEGER,
            "Pupils who started in the group, who share its cost alike.",
            unit=Unit.PUPILS,
            checks=(Between(1, None),),
        ),
        Column("has_target_group", Kind.BOOLEAN, "Somebody of the group has a target set."),
        *(
            Column(f"targets_{name}_count", Kind.INTEGER, meaning, unit=Unit.TARGETS, checks=(Between(0, None),))
            for name, meaning in (
                ("set", "Targets of the pupil."), ("scored", "Of these, scored."), ("met", "Of these, met."),
            )
        ),
    ),
)  # fmt: skip

MODEL_COST_EFFECTIVENESS__REQUIRED = Table(
    name="model_cost_effectiveness__required",
    grain="One row per intervention of the trust's catalogue: whether a plan requires it by name.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name",),
    columns=(
        v.INTERVENTION_NAME,
        Column("is_required", Kind.BOOLEAN, "A line of section F names it, this academic year or the last."),
    ),
)


def _unit_cost(name: str, meaning: str, outcomes: str, cost: str, null: str) -> Column:
    return Column(name, Kind.MONEY, meaning, null=null, release=Rate(outcomes, cost), **_PENCE)


def _amount(name: str, meaning: str, pupils: str) -> Column:
    stem = name.removesuffix("_pence")
    role = Amount(pupils, f"{stem}_largest_pence", f"{stem}_second_pence")
    return Column(name, Kind.MONEY, meaning, null="not recorded, or hidden", release=role, **_PENCE)


_TARGETS_NULL = "fewer than ten met, not known, or hidden"
_MEASURE = (
    v.ASSESSMENT_NAME.but(null="no outcome is linked", meaning="What it is measured by."),
    v.SUBJECT.but(null="no outcome is linked"),
    Column("outcome_unit", Kind.TEXT, "What a difference is told in.", null="no outcome is linked",
           checks=(OneOf(OUTCOME_UNITS),), release=Label()),
)  # fmt: skip


def _as_in_strands(name: str) -> Column:
    """The same count as in the mart of strands, pupils hidden where they are hidden there.

    How many targets are set and scored is a fact about records, which that mart tells of all groups.
    """
    column = MART_IMPACT__STRANDS.by_name[name]
    if not name.endswith("pupils_count"):
        return column
    return column.but(release=Count(follows=f"mart_impact__strands.{name}"))


_OPTION_FIGURES = (
    *_MEASURE,
    Column("standing", Kind.TEXT, "Whether it can be set beside others.", checks=(OneOf(STANDINGS),), release=Worded()),
    count_of_pupils("costed_count", "Pupils who started in groups whose cost is recorded.").but(
        release=Count(follows="mart_impact__intervention.costed_count")
    ),
    _amount("cost_to_date_pence", "Cost of what was delivered to date, of these groups.", "costed_count"),
    _unit_cost("cost_per_pupil_pence", "That cost for each of these pupils.", "costed_count", "cost_to_date_pence",
               "not recorded, or hidden"),
    Column("cost_rating", Kind.TEXT, "The EEF's word for that cost, as if it were of a year.",
           null="not recorded, or hidden", checks=(OneOf(COST_RATINGS),),
           release=Worded(("costed_count", "cost_per_pupil_pence"))),
    count_of_pupils("targets_scope_count", "Pupils in groups that work towards targets, with a target or without.").but(
        release=Count(apart=("mart_impact__intervention", "mart_impact__strands"))  # whose cost, whose targets
    ),
    _amount("targets_cost_pence", "Cost to date of what these pupils had, whatever became of their targets.",
            "targets_scope_count"),
    *(_as_in_strands(name) for name in TARGET_COUNTS),
    *(
        Column(name, Kind.INTEGER, meaning, unit=Unit.TARGETS, null="hidden: small group", checks=(Between(0, None),),
               release=Count("targets_set_count", behind="targets_pupils_count"))
        for name, meaning in (
            ("targets_not_scored_count", "Targets set and not scored: kept in, never dropped."),
            ("targets_met_or_not_scored_count", "Targets met or not scored: the most that may be met."),
        )
    ),
    _unit_cost("cost_per_target_low_pence", "Cost for each target met if all that are not scored were met.",
               "targets_met_or_not_scored_count", "targets_cost_pence", _TARGETS_NULL),
    _unit_cost("cost_per_target_high_pence", "Cost for each target met if none of them was.",
               "targets_met_count", "targets_cost_pence", _TARGETS_NULL),
    Column("targets_reason", Kind.TEXT, "Why there is no cost for each target met.", null="there is one, or hidden",
           checks=(OneOf(TARGET_REASONS),), release=Worded(("targets_scope_count", "targets_met_count"))),
)  # fmt: skip
_FOR_THE_DOOR = tuple(
    Column(f"{stem}_{place}_pence", Kind.MONEY, "One of the two largest shares of a pupil, for rule R4.",
           null="no cost recorded", **_PENCE)
    for stem in ("cost_to_date", "targets_cost")
    for place in ("largest", "second")
)  # fmt: skip

MODEL_COST_EFFECTIVENESS__OPTIONS = Table(
    name="model_cost_effectiveness__options",
    grain="One row per intervention: cost for each pupil and target met, and whether it can be set beside others.",
    sensitivity=Sensitivity.INTERNAL,
    key=("intervention_name",),
    columns=(v.INTERVENTION_NAME, *_OPTION_FIGURES, *_FOR_THE_DOOR),
)

MART_COST_EFFECTIVENESS__OPTION = Table(
    name="mart_cost_effectiveness__option",
    grain="One row per intervention over the whole trust: what it costs, and what is proposed. A person decides.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("intervention_name",),
    columns=(
        v.INTERVENTION_NAME,
        DATA_DATE,
        *_OPTION_FIGURES,
        Column("proposal", Kind.TEXT, "What the rules propose to the SEND lead, who decides.",
               checks=(OneOf(PROPOSALS),), release=Worded()),
        Column("proposal_rule", Kind.TEXT, "The rule that fired.", checks=(OneOf(PROPOSAL_RULES),), release=Worded()),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("targets_set_count", ("targets_scored_count", "targets_not_scored_count")),
        Partition("targets_met_or_not_scored_count", ("targets_met_count", "targets_not_scored_count")),
    ),
)  # fmt: skip

_OTHER = v.INTERVENTION_NAME.but(name="other_intervention_name", meaning="The other option, later by name.", headers=())
_SMALLER = count_of_pupils("smaller_count", "Pupils of known cost in the smaller of the two, rounded down to tens.")
_NO_PAIR = "not compared, or hidden"


def _of_pair(name: str, kind: Kind, meaning: str, unit: Unit | None = None, **more: Any) -> Column:
    role = Rate("smaller_count", is_of_people=False, decimals=more.pop("decimals", None))
    return Column(name, kind, meaning, unit=unit, null=_NO_PAIR, release=role, **more)


def _share(name: str, meaning: str) -> Column:
    return _of_pair(name, Kind.NUMBER, meaning, Unit.RATE, checks=(Between(0, 1),))


_BETTER = _share("better_value_rate", "Chance that the first is better value, at 100 pounds where no price is named.")
_PAIR_FIGURES = (
    *(column.but(null=None) for column in _MEASURE),
    _SMALLER,
    Column("pair_reason", Kind.TEXT, "Why the pair has no plane.", null="it has one", checks=(OneOf(PAIR_REASONS),),
           release=Worded()),
    *(
        _of_pair(f"more_{end}points", Kind.NUMBER, meaning, Unit.POINTS)
        for end, meaning in (
            ("", "How much more the first achieves than the second, in the outcome's unit."),
            ("lower_", "Lower end of its 95% range."),
            ("upper_", "Upper end of its 95% range."),
        )
    ),
    *(
        _of_pair(f"dearer_{end}pence", Kind.MONEY, meaning, Unit.PENCE)
        for end, meaning in (
            ("", "How much more the first costs for each pupil than the second."),
            ("lower_", "Lower end of its 95% range."),
            ("upper_", "Upper end of its 95% range."),
        )
    ),
    _of_pair("shared_correlation", Kind.NUMBER, "How far the two differences go together over the draws, -1 to 1.",
             checks=(Between(-1, 1),), decimals=1),
    _share("more_and_cheaper_rate", "Share of draws in which the first achieves more and costs less."),
    _share("more_and_dearer_rate", "Share in which it achieves more and costs more."),
    _share("less_and_cheaper_rate", "Share in which it achieves less and costs less."),
    _share("less_and_dearer_rate", "Share in which it achieves less and costs more."),
    _BETTER,
    Column("ratio_reason", Kind.TEXT, "Whether a cost for each extra point can be given.", null="not compared",
           checks=(OneOf(RATIOS),), release=Worded()),
    *(
        _of_pair(f"ratio_{end}pence", Kind.MONEY, meaning, Unit.PENCE, checks=(Between(0, None),))
        for end, meaning in (
            ("", "Cost of each extra point with the one that achieves more."),
            ("lower_", "Lower end of its 95% range (Fieller)."),
            ("upper_", "Upper end of its 95% range (Fieller)."),
        )
    ),
)  # fmt: skip
_PAIR_KEY = ("intervention_name", "other_intervention_name")
_PRICE = Column("paid_per_point_pence", Kind.MONEY, "What would be paid for one point.", release=Label(), **_PENCE)
_NORMAL = _share("normal_better_value_rate", "The same chance from the normal formula: a check.")

MODEL_COST_EFFECTIVENESS__PAIRS = Table(
    name="model_cost_effectiveness__pairs",
    grain="One row per two interventions with the same measure, in order of name, and price of a point; what does not "
    "hang on the price stands in every row of the pair. A pair without a plane has one row, at the standing price.",
    sensitivity=Sensitivity.INTERNAL,
    key=(*_PAIR_KEY, _PRICE.name),
    columns=(v.INTERVENTION_NAME, _OTHER, _PRICE, *_PAIR_FIGURES, _NORMAL),
)

MART_COST_EFFECTIVENESS__PAIR = Table(
    name="mart_cost_effectiveness__pair",
    grain="One row per two interventions with the same measure, over the whole trust, in order of name.",
    sensitivity=Sensitivity.AGGREGATE,
    key=_PAIR_KEY,
    columns=(v.INTERVENTION_NAME, _OTHER, DATA_DATE, *_PAIR_FIGURES, v.HIDDEN_COLUMNS),
)

MART_COST_EFFECTIVENESS__CURVE = Table(
    name="mart_cost_effectiveness__curve",
    grain="One row per pair with a plane and price of a point, over the whole trust.",
    sensitivity=Sensitivity.AGGREGATE,
    key=(*_PAIR_KEY, _PRICE.name),
    columns=(v.INTERVENTION_NAME, _OTHER, _PRICE, DATA_DATE, _SMALLER, _BETTER, _NORMAL, v.HIDDEN_COLUMNS),
)

TABLES = (
    CORE_COST_RATINGS,
    MODEL_COST_EFFECTIVENESS__PUPILS,
    MODEL_COST_EFFECTIVENESS__REQUIRED,
    MODEL_COST_EFFECTIVENESS__OPTIONS,
    MODEL_COST_EFFECTIVENESS__PAIRS,
    MART_COST_EFFECTIVENESS__OPTION,
    MART_COST_EFFECTIVENESS__PAIR,
    MART_COST_EFFECTIVENESS__CURVE,
)
