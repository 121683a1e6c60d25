"""Priority 5, Provision: promised support, money, support staff, agencies (figures 17 to 20)."""

from __future__ import annotations

from dashboards.papers.figures import Block, Figure, Line, Only
from dashboards.wording.numbers import pounds, pounds_and_pence
from dashboards.wording.papers import weeks

_PROMISED, _FROM_MAPS = "mart_ehc_delivery__school", "Plans, provision maps"
_MONEY, _FROM_MONEY = "mart_money__school", "Money"
_AGENCIES, _FROM_AGENCIES = "mart_referrals__school", "Referrals"
PROVISION = Block(
    5,
    "Provision",
    (
        Figure(
            17,
            "Support promised in plans, this year",
            (
                Line(
                    "delivered",
                    "Delivered so far",
                    _FROM_MAPS,
                    _PROMISED,
                    share="delivered_rate",
                    alone="Promised support delivered",
                    year="academic_year",
                    worth=0.02,
                ),
                Line(
                    "specialist",
                    "Of these, specialists’ visits",
                    _FROM_MAPS,
                    _PROMISED,
                    share="specialist_delivered_rate",
                    alone="Promised specialists’ visits held",
                    year="academic_year",
                    worth=0.05,
                ),
                Line(
                    "shortfall",
                    "Hours due and not given",
                    _FROM_MAPS,
                    _PROMISED,
                    "shortfall_hours",
                    year="academic_year",
                    is_so_far=True,
                ),
            ),
        ),
        Figure(
            18,
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
                    is_so_far=True,
                ),
                Line(
                    "notional",
                    "Notional SEN budget, full year",
                    _FROM_MONEY,
                    _MONEY,
                    "notional_pence",
                    say=pounds,
                    year="financial_year",
                    only=Only.MAINSTREAM,
                ),
                Line(
                    "place",
                    "Place funding, full year",
                    _FROM_MONEY,
                    _MONEY,
                    "place_pence",
                    say=pounds,
                    year="financial_year",
                    only=Only.SPECIAL,
                ),
                Line(
                    "top_up",
                    "Top-up for plans, full year",
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
            19,
            "Support staff",
            (
                Line(
                    "need_met",
                    "Needed hours delivered",
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
            20,
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
                    "Typical wait, last year’s cases",
                    _FROM_AGENCIES,
                    _AGENCIES,
                    "latest_seen_median_weeks",
                    "",
                    "Typical wait for an agency, last year’s cases",
                    say=weeks,
                    before="before_seen_median_weeks",
                    worth=2,
                ),
                Line("agency_spend", "Paid in twelve months", "Invoices", _AGENCIES, "agency_spend_pence", say=pounds),
            ),
        ),
    ),
)
