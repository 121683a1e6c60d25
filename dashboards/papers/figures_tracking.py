"""Priority 4, Tracking and monitoring: reviews, outcomes, attendance, suspensions, leavers (figures 12 to 16)."""

from __future__ import annotations

from dashboards.figures import Row, known, shown
from dashboards.markup import MISSING
from dashboards.papers.blocks import Stored
from dashboards.papers.figures import Block, Figure, Line, Reading, definition_of
from dashboards.papers.figures_inclusion import ATTENDANCE, MOVES
from dashboards.queries import destinations
from dashboards.views.visits import Visit
from dashboards.wording.destinations import band_words, stage_words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

_CLOCK, _FROM_PLANS = "mart_ehc_clock__school", "EHC tracker"
_OUTCOMES = "mart_ehc_outcomes__school"
_LEAVERS, _FROM_LEAVERS = "mart_destinations__school", "Leavers’ lists"
_WITH_SEN, AT_16 = "SEN", "Year 11"


def sustained(visit: Visit, owner: str) -> Reading:
    """Leavers with SEN in place two terms on; those not traced make the share a band."""
    row, trust = _leavers(visit, owner), _leavers(visit, TRUST) if owner != TRUST else {}
    number = shown(row, "sustained_count", whole) if row else MISSING
    stored = None
    if known(row, "sustained_low_rate", "sustained_high_rate") and known(row, "sustained_count"):
        said = (stage_words(row), row["sustained_count"], None, whole(row["sustained_count"]), band_words(row))
        years = f"{row['first_academic_year']} to {row['last_academic_year']}"
        stored = Stored(*said, years, definition_of(visit, _LEAVERS, "sustained_low_rate", "sustained_count"))
    return Reading(number, band_words(row), trust=band_words(trust), stored=stored, of_whom=_stage(row))


def untraced(visit: Visit, owner: str) -> Reading:
    """Leavers with SEN of whom nobody knows."""
    row, trust = _leavers(visit, owner), _leavers(visit, TRUST) if owner != TRUST else {}
    return Reading(shown(row, "unknown_count", whole), trust=shown(trust, "unknown_count", whole), of_whom=_stage(row))


def september(visit: Visit, owner: str) -> Reading:
    """Leavers with SEN in a positive destination in September."""
    row, trust = _leavers(visit, owner), _leavers(visit, TRUST) if owner != TRUST else {}
    return Reading(shown(row, "september_count", whole), shown(row, "september_rate", percent),
                   trust=shown(trust, "september_rate", percent), of_whom=_stage(row))  # fmt: skip


def _stage(row: Row) -> str:
    """Which leavers; of a special school all of them."""
    return str(row["leaver_stage"]) if row and row["leaver_stage"] != "Special school leaver" else ""


def _leavers(visit: Visit, owner: str) -> Row:
    """The oldest stage of leavers with SEN of a school, of special-school leavers all; the trust's same stage. In the

    trust's own paper the leavers of mainstream schools at 16.
    """
    urn = visit.school_urn or owner
    own = [row for row in visit.read(destinations.of_school(urn)) if row["sen_group"] == _WITH_SEN]
    if not own:
        return {}
    stages = [row["leaver_stage"] for row in own]
    stage = AT_16 if urn == TRUST and AT_16 in stages else stages[-1]
    rows = [row for row in visit.read(destinations.of_school(owner)) if row["sen_group"] == _WITH_SEN]
    return next((row for row in rows if row["leaver_stage"] == stage), {})


TRACKING = Block(
    4,
    "Tracking and monitoring",
    (
        Figure(
            12,
            "Annual reviews, 12 months",
            (
                Line(
                    "reviews",
                    "Held in time",
                    _FROM_PLANS,
                    _CLOCK,
                    "reviews_in_time_count",
                    "reviews_in_time_rate",
                    "Annual reviews held in time",
                    worth=0.05,
                ),
                Line(
                    "reports",
                    "School’s report in 2 weeks",
                    _FROM_PLANS,
                    _CLOCK,
                    "reports_in_time_count",
                    "reports_in_time_rate",
                    "School reports of reviews sent in time",
                    worth=0.05,
                ),
                Line(
                    "decisions",
                    "Authority’s decision in 4 weeks",
                    _FROM_PLANS,
                    _CLOCK,
                    "decisions_in_time_count",
                    "decisions_in_time_rate",
                    "Authority’s decisions in time",
                    england="Review decision within 4 weeks of meeting",
                    worth=0.05,
                ),
                Line("overdue", "Reviews overdue now", _FROM_PLANS, _CLOCK, "overdue_reviews_count"),
            ),
        ),
        Figure(
            13,
            "Outcomes in EHC plans",
            (
                Line(
                    "met",
                    "Met, with evidence",
                    _FROM_PLANS,
                    _OUTCOMES,
                    "met_outcomes_count",
                    "",
                    "Outcomes met, with evidence",
                    worth=10,
                ),
                Line(
                    "on_track",
                    "On track, with evidence",
                    _FROM_PLANS,
                    _OUTCOMES,
                    "on_track_outcomes_count",
                    "",
                    "Outcomes on track, with evidence",
                    worth=10,
                ),
                Line(
                    "unbacked",
                    "Said so, nothing on record",
                    _FROM_PLANS,
                    _OUTCOMES,
                    "unbacked_outcomes_count",
                    "",
                    "Outcomes said to be on track, nothing on record",
                    worth=10,
                ),
                Line(
                    "off_track",
                    "Off track or not met",
                    _FROM_PLANS,
                    _OUTCOMES,
                    "off_track_outcomes_count",
                    "",
                    "Outcomes off track or not met",
                    worth=10,
                ),
                Line(
                    "no_evidence",
                    "No evidence",
                    _FROM_PLANS,
                    _OUTCOMES,
                    "no_evidence_outcomes_count",
                    "",
                    "Outcomes without evidence",
                    worth=10,
                ),
            ),
        ),
        ATTENDANCE,
        MOVES,
        Figure(
            16,
            "SEN leavers in a place, 3 years",
            (
                Line("september", "In September", _FROM_LEAVERS, of=september),
                Line(
                    "sustained",
                    "Two terms on",
                    _FROM_LEAVERS,
                    alone="SEN leavers in a place later",
                    of=sustained,
                ),
                Line("untraced", "Not traced", _FROM_LEAVERS, of=untraced),
            ),
            _LEAVERS,
        ),
    ),
)
