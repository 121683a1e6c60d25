"""Priority 5, Provision: section F, money, support staff, agencies (figures 8, 14, 15, 16)."""

from __future__ import annotations

from dashboards.papers.figures import Block, Figure, Line, Only
from dashboards.wording.numbers import pounds, pounds_and_pence
from dashboards.wording.papers import weeks

_PROMISED, _FROM_MAPS = "mart_ehc_delivery__school", "Plans, maps"
_MONEY, _FROM_MONEY = "mart_money__school", "Money"
_AGENCIES, _FROM_AGENCIES = "mart_referrals__school", "Referrals"
PROVISION = Block(
    5,
    "Provision",
    (
        Figure(
            8,
            "Section F, this year",
            (
                Line(
                    "delivered",
                    "Sessions delivered",
                    _FROM_MAPS,
                    _PROMISED,
                    share="delivered_rate",
                    alone="Section F sessions delivered",
                    year="academic_year",
                    worth=0.02,
                ),
                Line(
                    "specialist",
                    "Specialists’ visits delivered",
                    _FROM_MAPS,
                    _PROMISED,
                    share="specialist_delivered_rate",
                    alone="Specialists’ visits of section F delivered",
                    year="academic_year",
                    worth=0.05,
                ),
                Line(
                    "shortfall",
                    "Hours due and not delivered",
                    _FROM_MAPS,
                    _PROMISED,
                    "shortfall_hours",
                    year="academic_year",
                ),
            ),
        ),
        Figure(
            14,
            "Money, this financial year",
            (
                Line(
                    "spend",
                    "Spent and recorded so far",
                    _FROM_MONEY,
                    _MONEY,
                    "spend_pence",
                    say=pounds,
                    year="financial_year",
                ),
                Line(
                    "notional",
                    "Notional SEN budget, whole year",
                    _FROM_MONEY,
                    _MONEY,
                    "notional_pence",
                    say=pounds,
                    year="financial_year",
                    only=Only.MAINSTREAM,
                ),
                Line(
                    "place",
                    "Place funding, whole year",
                    _FROM_MONEY,
                    _MONEY,
                    "place_pence",
                    say=pounds,
                    year="financial_year",
                    only=Only.SPECIAL,
                ),
                Line(
                    "top_up",
                    "Top-up for plans, whole year",
                    _FROM_MONEY,
                    _MONEY,
                    "top_up_pence",
                    say=pounds,
                    year="financial_year",
                ),
                Line(
                    "plan_hour",
                    "Staff cost of an hour of plans",
                    _FROM_MONEY,
                    _MONEY,
                    "plan_hour_pence",
                    say=pounds_and_pence,
                    year="financial_year",
                ),
            ),
        ),
        Figure(
            15,
            "Support staff",
            (
                Line(
                    "need_met",
                    "Hours delivered, of those needed",
                    _FROM_MONEY,
                    _MONEY,
                    share="need_met_rate",
                    alone="Needed support hours delivered",
                    year="financial_year",
                    worth=0.02,
                ),
            ),
        ),
        Figure(
            16,
            "Outside agencies",
            (
                Line(
                    "open_referrals",
                    "Pupils with an open referral",
                    _FROM_AGENCIES,
                    _AGENCIES,
                    "open_pupils_count",
                    worth=5,
                ),
                Line(
                    "wait",
                    "Middle wait, last year’s cases",
                    _FROM_AGENCIES,
                    _AGENCIES,
                    "latest_seen_median_weeks",
                    "",
                    "Middle wait for an agency, last year’s cases",
                    say=weeks,
                    before="before_seen_median_weeks",
                    worth=2,
                ),
                Line("agency_spend", "Paid in twelve months", "Invoices", _AGENCIES, "agency_spend_pence", say=pounds),
            ),
        ),
    ),
)
