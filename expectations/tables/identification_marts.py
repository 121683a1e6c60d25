"""Released figures of identification: each school beside its like, its groups, and what is published."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import (
    Column,
    Count,
    Kind,
    Label,
    Rate,
    Sensitivity,
    Table,
    Unit,
    Worded,
)

REFERENCES = ("TRUST", "ENGLAND")
VERDICTS = ("WITHIN", "NEAR_LIMIT", "ABOVE", "BELOW")
PUPIL_GROUPS = ("Girls", "Pupils with EAL", "Pupils with free school meals", "Persistently absent pupils")
AREA_KINDS = ("ENGLAND", "AUTHORITY", "NEIGHBOUR")
_HIDDEN: dict[str, Any] = {"null": "hidden: small group"}
_PUPILS: dict[str, Any] = {"unit": Unit.PUPILS, **_HIDDEN}
_NOT_COMPARED = "hidden: small group; or the school is special, or nothing to compare with"
_DATA_DATE = Column("data_date", Kind.DATE, "Date of the data.", release=Label())
_ROLL = Column(
    "pupils_count",
    Kind.INTEGER,
    "Pupils on roll.",
    release=Count(follows="mart_pupils__school.pupils_count"),
    **_PUPILS,
)
_SUPPORT = Column(
    "sen_support_count",
    Kind.INTEGER,
    "Pupils with SEN support (K).",
    release=Count(of="pupils_count", follows="mart_pupils__school.sen_support_count"),
    **_PUPILS,
)
_PLANS = Column(
    "ehc_plan_count",
    Kind.INTEGER,
    "Pupils with an EHC plan (E).",
    release=Count(of="pupils_count", follows="mart_pupils__school.ehc_plan_count"),
    **_PUPILS,
)


def _number(name: str, meaning: str, release: Rate, **more: Any) -> Column:
    return Column(name, Kind.NUMBER, meaning, null=_NOT_COMPARED, checks=(Between(0, None),), release=release, **more)


def _compared(stem: str, what: str, count: str) -> tuple[Column, ...]:
    """What was expected of a school, the limits, and how far its own count is from it."""
    of_model = Rate("pupils_count", is_of_people=False, decimals=0)
    ratio = Rate("pupils_count", count, is_of_people=False, decimals=2)
    return (
        Column(f"{stem}_reference", Kind.TEXT, f"Whose shares {what} are expected from: the trust's other mainstream "
               "schools, by year band and free school meals, or England, by phase.", null="not compared",
               checks=(OneOf(REFERENCES),), release=Worded()),
        _number(f"{stem}_expected", f"Pupils {what} that a school like it would have.", of_model),
        _number(f"{stem}_low_95", "Fewest that 95 in 100 such schools would have.", of_model),
        _number(f"{stem}_high_95", "Most that 95 in 100 such schools would have.", of_model),
        _number(f"{stem}_low_998", "Fewest that 998 in 1,000 such schools would have.", of_model),
        _number(f"{stem}_high_998", "Most that 998 in 1,000 such schools would have.", of_model),
        _number(f"{stem}_ratio", "Observed over expected.", ratio),
        _number(f"{stem}_ratio_low", "Lower end of the exact 95% Poisson interval of it.", ratio),
        _number(f"{stem}_ratio_high", "Upper end of it.", ratio),
        _number(f"{stem}_adjusted_rate", "Observed over expected, times the share in the reference.",
                Rate("pupils_count", count), unit=Unit.RATE),
    )  # fmt: skip


MART_IDENTIFICATION__SCHOOL = Table(
    name="mart_identification__school",
    grain="One row per school and one for the trust: who is identified, last year, and beside a school like it.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        _DATA_DATE,
        _ROLL,
        _SUPPORT,
        _PLANS,
        *_compared("support", "with SEN support", "sen_support_count"),
        Column(
            "support_verdict",
            Kind.TEXT,
            "Where the count lies: within the 95% limits, between them and the 99.8% limits, or beyond these.",
            null="hidden, not compared, or compared with England, which is not adjusted for free school meals",
            checks=(OneOf(VERDICTS),),
            release=Worded(of=("sen_support_count",)),
        ),
        *_compared("plan", "with an EHC plan", "ehc_plan_count"),
        *(
            Column(
                f"year_before_{stem}_rate",
                Kind.NUMBER,
                f"Share {words} 365 days before; hidden too where the number has changed by one to four since.",
                unit=Unit.RATE,
                null="hidden: small group; or nobody was on roll",
                checks=(Between(0, 1),),
                release=Rate("pupils_count", is_of_people=False, base=f"year_before_{stem}_base"),
            )
            for stem, words in (("support", "with SEN support"), ("plan", "with an EHC plan"))
        ),
        Column(
            "unlisted_count",
            Kind.INTEGER,
            "Pupils without SEN whose scores stay low or who missed half of all sessions.",
            release=Count(of="pupils_count"),
            **_PUPILS,
        ),
        v.HIDDEN_COLUMNS,
    ),
)

MODEL_IDENTIFICATION__SCHOOLS = Table(
    name="model_identification__schools",
    grain="One row per school and one for the trust: the figures of the mart before release.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn",),
    columns=(
        *(
            column.but(release=None)
            for column in MART_IDENTIFICATION__SCHOOL.columns
            if column.name not in ("data_date", "hidden_columns")
        ),
        *(
            Column(
                f"year_before_{stem}_base",
                Kind.INTEGER,
                "Pupils on roll 365 days before; 0 where count, rest or change would tell of one to four pupils.",
                checks=(Between(0, None),),
            )
            for stem in ("support", "plan")
        ),
    ),
)

MART_IDENTIFICATION__FUNNEL = Table(
    name="mart_identification__funnel",
    grain="One row per point of the funnel of SEN support: limits of observed over expected by number expected.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("expected_number",),
    columns=(
        Column("expected_number", Kind.INTEGER, "Pupils expected.", release=Label()),
        *(
            Column(name, Kind.NUMBER, f"{what} of observed over expected.", release=Worded())
            for name, what in (
                ("ratio_low_95", "Lower 95% limit"), ("ratio_high_95", "Upper 95% limit"),
                ("ratio_low_998", "Lower 99.8% limit"), ("ratio_high_998", "Upper 99.8% limit"),
            )
        ),
        Column("compared_schools_count", Kind.INTEGER, "Mainstream schools compared.", unit=Unit.SCHOOLS,
               release=Label()),
        Column("false_alarms_mean", Kind.NUMBER, "Schools that chance alone would put beyond the 99.8% limits.",
               release=Label()),
        Column("phi", Kind.NUMBER, "How much wider than chance schools differ; 1 is chance.",
               null="fewer than eight schools: not estimated", release=Worded()),
        Column("is_wider_than_chance", Kind.BOOLEAN, "The limits were widened for it.", release=Label()),
    ),
)  # fmt: skip

_GAP = Rate("pupils_count", is_of_people=False, base="smaller_count", decimals=0)
MART_IDENTIFICATION__GROUP = Table(
    name="mart_identification__group",
    grain="One row per mainstream school (and these together) and group: fewer on the register than like pupils?",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "pupil_group"),
    columns=(
        v.SCHOOL_URN,
        Column("pupil_group", Kind.TEXT, "Group.", checks=(OneOf(PUPIL_GROUPS),), release=Label()),
        _DATA_DATE,
        _ROLL,
        *(
            Column(name, Kind.NUMBER, meaning, null="hidden: small group; or nobody to compare with", release=_GAP)
            for name, meaning in (
                ("fewer_mean", "Pupils of the group that are missing from the register, if others of their year band, "
                 "meals and scores are the measure; below 0: more of them are on it."),
                ("fewer_low", "Lower end of the 95% range of it."),
                ("fewer_high", "Upper end of it."),
                ("usual_mean", "What the difference in the trust's other mainstream schools would make it here; blank "
                 "for the trust."),
            )
        ),
        Column(
            "is_beyond_chance",
            Kind.BOOLEAN,
            "More are missing than in the trust's other schools, by more than chance in 998 of 1,000.",
            null="hidden: small group; or nobody to compare with",
            release=Worded(of=("pupils_count", "fewer_mean")),
        ),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

_PUBLISHED = (
    Column("publication", Kind.TEXT, "Which publication, and by which way."),
    Column("released", Kind.TEXT, "When it was released."),
    Column("method_version", Kind.TEXT, "How it was collected: figures of two methods are two series."),
    Column("licence", Kind.TEXT, "Licence."),
)
_AREA = (
    Column("area", Kind.TEXT, "England, an authority, or the mean of its statistical neighbours."),
    Column("area_kind", Kind.TEXT, "Which of these.", checks=(OneOf(AREA_KINDS),)),
)

MART_IDENTIFICATION__CENSUS_SHARE = Table(
    name="mart_identification__census_share",
    grain="One row per area, phase, provision and January census: the published share of pupils in schools.",
    sensitivity=Sensitivity.OPEN,
    key=("area", "phase", "sen_provision", "census_year"),
    columns=(
        *_AREA,
        Column("phase", Kind.TEXT, "Phase.", checks=(OneOf(("Primary", "Secondary", "All schools")),)),
        Column("sen_provision", Kind.TEXT, "K or E.", checks=(OneOf(("K", "E")),)),
        Column("census_year", Kind.INTEGER, "Calendar year of the January census."),
        Column("census_share_rate", Kind.NUMBER, "Share of pupils by the school they attend.", unit=Unit.RATE,
               checks=(Between(0, 1),)),
        *_PUBLISHED,
    ),
)  # fmt: skip

MART_IDENTIFICATION__CASELOAD = Table(
    name="mart_identification__caseload",
    grain="One row per authority (or England) and January: plans that authorities maintain, ages 0 to 25. No share.",
    sensitivity=Sensitivity.OPEN,
    key=("area", "caseload_year"),
    columns=(
        *_AREA,
        Column("caseload_year", Kind.INTEGER, "Calendar year of the January count."),
        Column("maintained_plans_count", Kind.INTEGER, "Plans that the authority maintains.", unit=Unit.PLANS,
               checks=(Between(0, None),)),
        *_PUBLISHED,
    ),
)  # fmt: skip

TABLES = (
    MODEL_IDENTIFICATION__SCHOOLS,
    MART_IDENTIFICATION__SCHOOL,
    MART_IDENTIFICATION__FUNNEL,
    MART_IDENTIFICATION__GROUP,
    MART_IDENTIFICATION__CENSUS_SHARE,
    MART_IDENTIFICATION__CASELOAD,
)
