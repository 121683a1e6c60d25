"""Who joined and left the register, whose status or need changed, who is on it without provision, and the reverse."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between, OneOf
from expectations.contract import Column, Count, Kind, Label, Sensitivity, Table, Unit

FLOWS = ("JOINED", "ARRIVED", "LEFT", "PLAN", "ENDED", "BACK", "NEED_CHANGED", "NEED_RECODED")
FLOW_COUNTS = {
    "joined_count": "JOINED", "arrived_count": "ARRIVED", "left_count": "LEFT", "plan_count": "PLAN",
    "ended_count": "ENDED", "back_count": "BACK", "need_changed_count": "NEED_CHANGED",
}  # fmt: skip
"""Column of the marts: the flow it counts. A need that only got another code is counted nowhere."""
TERMS = ("Autumn", "Spring", "Summer")
GAPS = ("NO_PROVISION", "NOT_REGISTERED")

_FLOW = Column("flow", Kind.TEXT, "What happened.", checks=(OneOf(FLOWS),))
_FLOW_DATE = Column("flow_date", Kind.DATE, "Day on which it happened; of a need the census that tells it.")
_FROM = Column("from_code", Kind.TEXT, "SEN provision or type of need before.", null="not on roll, or not recorded")
_TO = Column("to_code", Kind.TEXT, "SEN provision or type of need after.", null="left the school")
_HALF_TERM = v.HALF_TERM.but(meaning="Half-term; a holiday belongs to the half-term before it.")
_GAP = Column("gap", Kind.TEXT, "On the register without provision, or the reverse.", checks=(OneOf(GAPS),))
_SINCE = Column("since_date", Kind.DATE, "On the register since, or in the first running group since.",
                null="not known")  # fmt: skip
_GROUPS = Column(
    "groups_count", Kind.INTEGER, "Groups of the last 12 months, running ones included.", checks=(Between(0, None),)
)  # fmt: skip
_WHO = (v.PUPIL_KEY, v.SCHOOL_URN, v.SURNAME.but(null=None), v.FORENAME.but(null=None),
        v.NC_YEAR.but(null="not on roll, or not recorded"))  # fmt: skip

MODEL_SEN_FLOWS__NEEDS = Table(
    name="model_sen_flows__needs",
    grain="One row per pupil with SEN and spring census: the main type of need that it gives.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key", "reference_date"),
    columns=(
        v.SCHOOL_URN, v.PUPIL_KEY, Column("reference_date", Kind.DATE, "Census day."),
        v.SEN_PROVISION.but(null=None), v.SEN_TYPE.but(null=None),
    ),
)  # fmt: skip

MODEL_SEN_FLOWS__EVENTS = Table(
    name="model_sen_flows__events",
    grain="One row per pupil, school, day and kind of flow on or off the register.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key", "flow_date", "flow"),
    columns=(v.SCHOOL_URN, v.PUPIL_KEY, _FLOW, _FLOW_DATE, _FROM, _TO, v.ACADEMIC_YEAR, _HALF_TERM),
)

MODEL_SEN_FLOWS__GAPS = Table(
    name="model_sen_flows__gaps",
    grain="One row per pupil on roll who is on the register with no provision on record, or the reverse.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key"),
    columns=(v.SCHOOL_URN, v.PUPIL_KEY, _GAP, v.SEN_PROVISION.but(null=None), _SINCE, _GROUPS),
)

MART_SEN_FLOWS__PUPIL = Table(
    name="mart_sen_flows__pupil",
    grain="One row per flow of this academic year and the one before: the SENCO's list, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key", "flow_date", "flow"),
    columns=(*_WHO, _FLOW, _FLOW_DATE, _FROM, _TO, v.ACADEMIC_YEAR, _HALF_TERM),
)

MART_SEN_FLOWS__GAP = Table(
    name="mart_sen_flows__gap",
    grain="One row per pupil on the register with no provision, or the reverse: the SENCO's list, staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "pupil_key"),
    columns=(*_WHO, _GAP, v.SEN_PROVISION.but(null=None), _SINCE, _GROUPS),
)

_COUNTED: dict[str, Any] = {"unit": Unit.PUPILS, "null": "hidden: small group", "checks": (Between(0, None),)}
_MEANINGS = {
    "joined_count": "Pupils who came on the register while at the school.",
    "arrived_count": "Pupils who came to the school with SEN.",
    "left_count": "Pupils with SEN who left the school.",
    "plan_count": "Pupils on SEN support who got an EHC plan.",
    "ended_count": "Pupils whose EHC plan ended while they stayed.",
    "back_count": "Pupils who went back to class teaching from SEN support.",
    "need_changed_count": "Pupils whose main need in the spring census is another than a year before.",
}
_COUNTS = tuple(
    Column(name, Kind.INTEGER, meaning, release=Count(), **_COUNTED) for name, meaning in _MEANINGS.items()
)  # fmt: skip
# Whole academic years only, of which no day's stock is published beside them: with a stock at both ends of a term a
# hidden flow would follow by subtraction. By term of the trust alone.
MART_SEN_FLOWS__YEAR = Table(
    name="mart_sen_flows__year",
    grain="One row per school, and one for the trust: flows of the register in the last whole academic year.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "academic_year"),
    columns=(v.SCHOOL_URN, v.ACADEMIC_YEAR.but(release=Label()),
             Column("data_date", Kind.DATE, "Date of the data.", release=Label()), *_COUNTS, v.HIDDEN_COLUMNS),
)  # fmt: skip

MART_SEN_FLOWS__TERM = Table(
    name="mart_sen_flows__term",
    grain="One row per term of the last whole academic year: the trust's flows; a holiday goes with the term before.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("academic_year", "term"),
    columns=(v.ACADEMIC_YEAR.but(release=Label()),
             Column("term", Kind.TEXT, "Term.", checks=(OneOf(TERMS),), release=Label()), *_COUNTS, v.HIDDEN_COLUMNS),
    totalled_over=("term",),  # the year's mart gives the trust's flows over all terms
)  # fmt: skip

TABLES = (
    MODEL_SEN_FLOWS__NEEDS,
    MODEL_SEN_FLOWS__EVENTS,
    MODEL_SEN_FLOWS__GAPS,
    MART_SEN_FLOWS__PUPIL,
    MART_SEN_FLOWS__GAP,
    MART_SEN_FLOWS__YEAR,
    MART_SEN_FLOWS__TERM,
)
