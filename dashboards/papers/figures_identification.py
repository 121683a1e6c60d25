"""Priority 2, Identification: who the pupils are, the register, needs, its health, requests (figures 4 to 8)."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row, known, shown
from dashboards.markup import MISSING, Content
from dashboards.papers.figures import Block, Figure, Line, Only, Reading
from dashboards.queries import identification, match, moderation
from dashboards.views.visits import Visit
from dashboards.wording.apdr import short_date
from dashboards.wording.match import age_words
from dashboards.wording.numbers import percent, whole
from dashboards.wording.papers import between_words, whole_percent
from expectations.vocabulary import TRUST

_ROLL, _FROM_ROLL = "mart_pupils__school", "Register"
_FLOWS, _FROM_REGISTERS = "mart_sen_flows__year", "Registers"
_SUPPORT_NEEDS, _PLAN_NEEDS = "mart_needs__support", "mart_needs__plan"
_MATCH, _FROM_LISTS = "mart_match__school", "All lists"
_CLOCK, _FROM_CLOCK = "mart_ehc_clock__school", "EHC tracker"
_LAST_YEAR = "mart_identification__school"


def expected(visit: Visit, owner: str) -> Reading:
    """How many pupils on SEN support a school like it would have: the limits that 19 of 20 such schools keep."""
    row = next((row for row in visit.read(identification.by_school()) if row["school_urn"] == owner), {})
    if not known(row, "support_low_95", "support_high_95"):
        return Reading(shown(row, "support_low_95") if row else MISSING)
    return Reading(between_words(row["support_low_95"], row["support_high_95"]))


def old_conflicts(visit: Visit, owner: str) -> Reading:
    """How many of the pupils on whom lists differ have waited for more than ten days, in a word."""
    rows = {row["school_urn"]: row for row in visit.read(match.by_school())}
    mine, trust = (_age(rows.get(urn, {})) for urn in (owner, TRUST))
    return Reading(mine, trust=trust if owner != TRUST else MISSING)


def _age(row: Row) -> Content:
    return shown(row, "conflicts_age", lambda age: age_words(age).lower())


def moderated(visit: Visit, owner: str) -> Reading:
    """The newest round of moderation, which is the trust's: pupils rated, how often raters gave the same band."""
    rounds = visit.read(moderation.rounds())
    if not rounds:
        return Reading()
    newest = rounds[0]
    rated, alike = shown(newest, "rated_count", whole), shown(newest, "exact_rate", percent)
    held = short_date(newest["round_date"])
    if owner != TRUST:
        return Reading(trust=alike, of_whom=held)
    return Reading(rated, alike, _alike_before(rounds), of_whom=held)


def _alike_before(rounds: Sequence[Row]) -> Content:
    """The newest round of an earlier year; two versions of the matrix are not set beside each other."""
    newest = rounds[0]
    before = next((row for row in rounds if row["academic_year"] < newest["academic_year"]), None)
    if before is None or before["matrix_version"] != newest["matrix_version"]:
        return MISSING
    return shown(before, "exact_rate", percent)


_WHO = (
    Line("roll", "Pupils on roll", _FROM_ROLL, _ROLL, "pupils_count", worth=10),
    Line(
        "sen_support",
        "With SEN support",
        _FROM_ROLL,
        _ROLL,
        "sen_support_count",
        "sen_support_rate",
        "Pupils with SEN support",
        before="year_before_support_rate",
        before_table=_LAST_YEAR,
        england="Pupils with SEN support",
        only=Only.MAINSTREAM,
        worth=0.02,
    ),
    Line(
        "expected",
        "Usual here",
        _FROM_ROLL,
        of=expected,
        only=Only.MAINSTREAM,
        optional=True,
    ),
    Line(
        "ehc_plans",
        "With an EHC plan",
        _FROM_ROLL,
        _ROLL,
        "ehc_plan_count",
        "ehc_plan_rate",
        "Pupils with an EHC plan",
        before="year_before_plan_rate",
        before_table=_LAST_YEAR,
        england="Pupils with an EHC plan",
        only=Only.MAINSTREAM,
        worth=0.01,
    ),
    Line(
        "ehc_plans",
        "With an EHC plan",
        _FROM_ROLL,
        _ROLL,
        "ehc_plan_count",
        "",
        "Pupils with an EHC plan",
        only=Only.SPECIAL,
        worth=5,
    ),
)
_MOVED = (
    Line(
        "joined",
        "Put on the SEN register",
        _FROM_REGISTERS,
        _FLOWS,
        "joined_count",
        alone="Pupils put on the register in a year",
        year="academic_year",
        only=Only.MAINSTREAM,
        worth=5,
    ),
    Line(
        "got_plan",
        "From SEN support to a plan",
        _FROM_REGISTERS,
        _FLOWS,
        "plan_count",
        year="academic_year",
        only=Only.MAINSTREAM,
    ),
    Line(
        "back",
        "Back to class teaching",
        _FROM_REGISTERS,
        _FLOWS,
        "back_count",
        year="academic_year",
        only=Only.MAINSTREAM,
    ),
    Line("arrived", "Joined the school with SEN", _FROM_REGISTERS, _FLOWS, "arrived_count", year="academic_year"),
    Line("left", "Left the school with SEN", _FROM_REGISTERS, _FLOWS, "left_count", year="academic_year"),
)
_NEEDS = (
    Line(
        "slcn",
        "SEN support: speech, language",
        _FROM_ROLL,
        _SUPPORT_NEEDS,
        "slcn_count",
        "slcn_rate",
        england="Primary need SLCN of pupils with SEN support",
        only=Only.MAINSTREAM,
    ),
    Line(
        "autism",
        "EHC plans: autism",
        _FROM_ROLL,
        _PLAN_NEEDS,
        "asd_count",
        "asd_rate",
        england="Primary need ASD of pupils with an EHC plan",
    ),
    Line(
        "unclear",
        "SEN support: need not told",
        _FROM_ROLL,
        _SUPPORT_NEEDS,
        "unclear_count",
        "unclear_rate",
        "SEN support with a need not told",
        only=Only.MAINSTREAM,
        worth=0.05,
    ),
)
_HEALTH = (
    Line(
        "conflicts",
        "Pupils on whom lists differ",
        _FROM_LISTS,
        _MATCH,
        "conflicts_count",
        worth=5,
    ),
    Line("old_conflicts", "Of these, for over ten days", _FROM_LISTS, of=old_conflicts),
    Line("moderated", "Raters agreed", "Moderation", of=moderated),
    Line(
        "set_aside",
        "Rows of data to mend",
        "All files",
        "mart_deliveries__confidence",
        "set_aside_percent",
        say=whole_percent,
    ),
)
IDENTIFICATION = Block(
    2,
    "Identification",
    (
        Figure(4, "Who is here", _WHO),
        Figure(5, "Joined and left, last year", _MOVED),
        Figure(6, "Main needs", _NEEDS),
        Figure(7, "Health of the register", _HEALTH),
        Figure(
            8,
            "Requests for a plan",
            (
                Line("open_requests", "Open now", _FROM_CLOCK, _CLOCK, "open_requests_count"),
                Line("late_requests", "Of these, open past 20 weeks", _FROM_CLOCK, _CLOCK, "open_late_count"),
            ),
        ),
    ),
)
