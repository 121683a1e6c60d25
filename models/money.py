"""What was spent on support against the funding for it, by school and trust: each cost once, the unknown told apart.

What a pupil's part is, is ``models/sql/model_money__pupils.sql``; it serves rule R4 and goes no further. Purchases and
invoices for no one plan or group are the school's. ``respect`` keeps a top-up from following by subtraction: what the
plans' mart hides is hidden here too.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform
from expectations.tables.money_spend import MART_MONEY__SCHOOL, MODEL_MONEY__SCHOOL
from models.calendar import academic_year_of
from models.disclosure import prepare
from models.everywhere import in_school_and_trust

SMALLEST_PUPILS = 10
"""Pupils below which no money is shown (METHODS E2, R4)."""
SMALLEST_STAFF = 3
"""Staff below which no figure of hours is shown (METHODS E2, R8)."""
SUPPORT_GRADES = ("TA2", "TA3", "HLTA")
"""Support staff, whose hours drift; teachers and therapists are not counted among them."""

_BY = ["school_urn", "financial_year"]
_ZERO = pl.lit(0, dtype=pl.Int64)


def roll_up(
    model_money__pupils: pl.DataFrame,
    model_money__groups: pl.DataFrame,
    core_costs: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_school_funding: pl.DataFrame,
    model_money__staff_hours: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_MONEY__SCHOOL: each school and the trust by financial year, up to the year of the data date."""
    run, schools = core_run.row(0, named=True), core_schools.select("school_urn", "is_special")
    pupils = in_school_and_trust(model_money__pupils.join(schools, on="school_urn", how="semi"))
    shared = in_school_and_trust(shared_costs(core_costs, model_money__groups, schools, run["data_date"]))
    years = pl.concat([pupils.select(_BY), shared.select(_BY)]).unique()
    sums = years.join(_pupils_sums(pupils), on=_BY, how="left").join(shared.group_by(_BY).agg(
        pl.col("shared_part_pence").sum()), on=_BY, how="left")  # fmt: skip
    sums = sums.with_columns(pl.col("shared_part_pence", *_PARTS, *_COUNTS).fill_null(0))
    spent = sums.with_columns(
        spend_pence=pl.col("plans_part_pence") + pl.col("groups_part_pence") + pl.col("shared_part_pence"),
        pupils_floor_count=pl.col("pupils_count") // 10 * 10,
    )
    for stem, amount in _OF_A_PUPIL.items():
        spent = spent.join(_two_largest(pupils, stem, amount), on=_BY, how="left")
    parts = (
        _funding(core_school_funding, schools, years),
        _uncosted_groups(model_money__groups),
        _need_met(model_money__staff_hours),
    )
    for part in parts:
        spent = spent.join(part, on=_BY, how="left")
    told = spent.filter(pl.col("financial_year") <= run["academic_year"]).with_columns(*_top_up(), *_finish())
    return conform(told.select(MODEL_MONEY__SCHOOL.column_names), MODEL_MONEY__SCHOOL).sort(_BY)


def shared_costs(
    core_costs: pl.DataFrame, model_money__groups: pl.DataFrame, schools: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """``school_urn``, ``financial_year``, ``cost_kind``, ``shared_part_pence``: what no one plan or group explains.

    Lines of our schools dated by the data date; and the cost of groups in which no pupil could be found.
    """
    lines = core_costs.join(schools, on="school_urn", how="semi").filter(
        (pl.col("cost_date") <= data_date) & pl.col("plan_key").is_null() & pl.col("intervention_key").is_null()
    )
    own = lines.select(
        "school_urn",
        academic_year_of(pl.col("cost_date")).alias("financial_year"),
        "cost_kind",
        shared_part_pence="amount_pence",
    )
    empty = model_money__groups.filter(pl.col("pupils_count") == 0).select(
        "school_urn", "financial_year", pl.lit(None, pl.String).alias("cost_kind"), shared_part_pence="cost_pence"
    )
    return pl.concat([own, empty])


_OF_A_PUPIL = {
    "spend": pl.col("plan_pence") + pl.col("group_pence"),
    "unrecorded": pl.col("unrecorded_pence"),
    "top_up": pl.col("top_up_pence"),
}
_PARTS = ("plans_part_pence", "groups_part_pence", "beside_plan_pence", "unrecorded_pence", "top_up_pence")
_COUNTS = (
    "pupils_count", "plan_hours_pupils_count", "group_hours_pupils_count", "topped_up_count", "plan_pupils_count",
    "uncosted_plans_count",
)  # fmt: skip


def _pupils_sums(pupils: pl.DataFrame) -> pl.DataFrame:
    """Sums over pupils, and how many stand behind each; the trust over pupils, not over schools."""
    person = pl.col("pupil_key")
    return pupils.group_by(_BY).agg(
        person.n_unique().cast(pl.Int64).alias("pupils_count"),
        pl.col("plan_pence").sum().alias("plans_part_pence"),
        pl.col("group_pence").sum().alias("groups_part_pence"),
        pl.col("beside_plan_pence", "unrecorded_pence", "top_up_pence", "uncosted_plans_count").sum(),
        *(
            person.filter(when).n_unique().cast(pl.Int64).alias(name)
            for name, when in (
                ("plan_hours_pupils_count", pl.col("plan_hours") > 0),
                ("group_hours_pupils_count", pl.col("group_hours") > 0),
                ("topped_up_count", pl.col("top_up_pence") > 0),
                ("plan_pupils_count", (pl.col("plan_pence") > 0) | (pl.col("uncosted_plans_count") > 0)),
            )
        ),
        _per_hour("plan"),
        _per_hour("group"),
    )


def _per_hour(kind: str) -> pl.Expr:
    hours = pl.col(f"{kind}_hours").sum()
    rate = (pl.col(f"{kind}_hours_pence").sum() / hours).round(0)
    return pl.when(hours > 0).then(rate).cast(pl.Int64).alias(f"{kind}_hour_pence")


def _two_largest(pupils: pl.DataFrame, stem: str, amount: pl.Expr) -> pl.DataFrame:
    """The two largest pupils' parts; 0 for a second that is not there."""
    ordered = pupils.group_by([*_BY, "pupil_key"]).agg(amount.sum().alias("pence")).sort("pence", descending=True)
    places = {"largest": 0, "second": 1}
    return ordered.group_by(_BY, maintain_order=True).agg(
        pl.col("pence").slice(place, 1).first().fill_null(0).alias(f"{stem}_{name}_pence")
        for name, place in places.items()
    )


def _funding(funding: pl.DataFrame, schools: pl.DataFrame, years: pl.DataFrame) -> pl.DataFrame:
    """Notional budget and place funding; neither where a part that must be there is not known.

    A special school must have place funding and another a notional budget; the trust that of every school that spends.
    Else what is known would pass for all of the funding, and spending would seem to go beyond it.
    """
    own = funding.join(schools, on="school_urn", how="semi")
    amount, kind = pl.col("funding_pence"), pl.col("funding_kind")
    names = {"NOTIONAL": "notional_pence", "PLACE": "place_pence"}
    sums = in_school_and_trust(own).group_by(_BY).agg(
        pl.when((kind == code).any()).then(amount.filter(kind == code).sum()).alias(name)
        for code, name in names.items()
    )  # fmt: skip
    due = years.join(schools, on="school_urn").with_columns(
        funding_kind=pl.when("is_special").then(pl.lit("PLACE")).otherwise(pl.lit("NOTIONAL"))
    )
    lacking = in_school_and_trust(due.join(own, on=[*_BY, "funding_kind"], how="anti")).select(_BY).unique()
    return sums.join(lacking, on=_BY, how="anti").select(*_BY, *names.values())


def _uncosted_groups(groups: pl.DataFrame) -> pl.DataFrame:
    """Groups of which neither the hours nor what is unrecorded has a price."""
    is_uncosted = pl.col("hours_pence").is_null() & (pl.col("unrecorded_pence") == 0)
    return (
        in_school_and_trust(groups).group_by(_BY).agg(is_uncosted.sum().cast(pl.Int64).alias("uncosted_groups_count"))
    )


def _need_met(hours: pl.DataFrame) -> pl.DataFrame:
    """Hours of support staff delivered, of those due; told where there is a headcount."""
    support = in_school_and_trust(hours.filter(pl.col("staff_grade").is_in(SUPPORT_GRADES)))
    due, given = pl.col("due_hours").sum(), pl.col("given_hours").sum()
    is_told = (due > 0) & pl.col("staff_count").is_not_null().any()
    return support.group_by(_BY).agg(
        pl.when(is_told).then((given / due).round(9)).alias("need_met_rate"),
        pl.col("staff_count").sum().alias("staff_count"),
    )


def respect(
    model_money__school: pl.DataFrame, mart_value_for_money__school: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    """The figures as the door wants them, without a top-up's contributions where the plans' mart hides the funding.

    There the door hides the top-up: with the funding of other schools and the trust it would give the hidden one away.
    ``mart_value_for_money__school``: the *released* figures of plans; a year without a row counts as hidden.
    """
    hidden = mart_value_for_money__school.select(
        "school_urn",
        pl.col("academic_year").alias("financial_year"),
        is_hidden=pl.col("hidden_columns").str.split(",").list.contains("funding_pence"),
    )
    marked = model_money__school.join(hidden, on=_BY, how="left")
    names = ("top_up_largest_pence", "top_up_second_pence")
    may_show = ~pl.col("is_hidden").fill_null(True)
    shown = marked.with_columns(pl.when(may_show).then(pl.col(name)).alias(name) for name in names)
    return prepare(shown, MART_MONEY__SCHOOL, core_run["data_date"][0])


def _top_up() -> list[pl.Expr]:
    """Element 3, and the contributions that the door asks for: none of few pupils, so that it hides it.

    With the public notional budget it would give their top-up away. Plans without any top-up in the files have one
    that is not known, not none.
    """
    is_small = pl.col("topped_up_count") < SMALLEST_PUPILS
    is_unknown = (pl.col("top_up_pence") == 0) & (pl.col("plan_pupils_count") > 0)
    return [
        pl.when(~is_unknown).then(pl.col("top_up_pence")).alias("top_up_pence"),
        *(
            pl.when(~is_small).then(pl.col(name)).alias(name)
            for name in ("top_up_largest_pence", "top_up_second_pence")
        ),
    ]


def _finish() -> list[pl.Expr]:
    """Zeros where nobody contributes, and R8 as the door reads it: pupils where there are three staff, else nobody."""
    has_staff = pl.col("staff_count") >= SMALLEST_STAFF
    return [
        pl.col("spend_largest_pence", "spend_second_pence", "unrecorded_largest_pence", "unrecorded_second_pence",
               "uncosted_groups_count").fill_null(0),
        pl.when(has_staff).then(pl.col("pupils_count")).otherwise(_ZERO).alias("need_met_base_count"),
    ]  # fmt: skip
