"""What a good answer to a question would contain, by trigger: so that a governor knows one when it comes."""

from __future__ import annotations

from dashboards.wording import asks_cost_effectiveness, asks_progress
from dashboards.wording.asks_destinations import ANSWERS as ANSWERS_OF_DESTINATIONS
from dashboards.wording.asks_identification import ANSWERS as ANSWERS_OF_IDENTIFICATION
from dashboards.wording.asks_inclusion import ANSWERS as ANSWERS_OF_INCLUSION
from dashboards.wording.asks_match import ANSWERS as ANSWERS_OF_MATCH
from dashboards.wording.asks_moderation import ANSWERS as ANSWERS_OF_MODERATION
from dashboards.wording.asks_money import ANSWERS as ANSWERS_OF_MONEY

ANSWERS = {
    "NOTHING_DELIVERED": "A date by which the files come, who sends them, and what stood in the way.",
    "LOW_DELIVERY": "Which sessions, for how many pupils, since when; what replaced them; and the day it is put right. "
    "No child named.",
    "REVIEWS_OVERDUE": "A day for each review, who leads it, and what kept it from being held. No child named.",
    "REVIEWS_LATE": "How many were late because of the school, why, and what is planned earlier in the year now.",
    "REPORTS_LATE": "Who writes and who sends the report, how long that takes, and from when it is in time.",
    "TRANSFERS_UNREVIEWED": "The day of each review, whether the family has named a school, and that the plan will be "
    "there before the day in law.",
    "OPEN_PAST_20_WEEKS": "What the authority says, when it was last asked, and what support the school gives while "
    "it waits.",
    "DECISIONS_LATE": "Whether the reports were there in time, what was raised with the authority, and its answer.",
    "ADULTHOOD_MISSING": "That the review form asks for work, home, friends and health, and who checks it.",
    "BEHIND": "What was seen in class, whether it was run as meant, and a decision: stop, change, or run it once more "
    "with a date to look again.",
    "NO_EVIDENCE": "How many outcomes, who gathers the evidence, and that it is there before the next annual review.",
    "MILESTONES_OVERDUE": "How many, how long, what stands in the way, a new day for each; or that one is given up, "
    "and what takes its place. No child named.",
    "UNSERVED": "How the pupils were looked at one by one, how many get class teaching that is adapted instead, how "
    "many begin an intervention and when, and how many wait for staff.",
    "LOW_DOSE": "The reason (absence, cover, timetable), what was changed, and whether the pupils get the missed "
    "sessions.",
    "SLOW_START": "What happens between the concern and the first session, which step takes longest, and what is done "
    "for the pupil meanwhile.",
    "UNTESTED": "Which groups were not tested, before or after, why, and who sees to it that the next groups are: the "
    "date stands in the plan from the start.",
    "UNPROVEN": "What the teachers saw, how many pupils more would be needed, and that it is run in the same way "
    "again; or that it is stopped.",
    "UNKNOWN_LEAVERS": "How many are still to be traced, who calls them, and by when.",
    "LOW_SUSTAINED": "What those who did not stay are doing now, what they said, and what is done earlier for this "
    "year’s leavers.",
    **ANSWERS_OF_DESTINATIONS,
    **ANSWERS_OF_IDENTIFICATION,
    "GAP": "What the money bought and what came of it; whether more funding was asked for.",
    "NO_SESSIONS": "Where it is written down, or from when it will be.",
    "UNRECORDED_PROVISION": "Who records what took place, and from when every line of a plan is covered.",
    "SET_ASIDE": "Which file, which fault, who mends it in the school’s own system, and by when.",
    **asks_cost_effectiveness.ANSWERS,
    **asks_progress.ANSWERS,
    **ANSWERS_OF_MODERATION,
    **ANSWERS_OF_MATCH,
    **ANSWERS_OF_MONEY,
    **ANSWERS_OF_INCLUSION,
    "SERVICE_WAIT": "How many wait and for how long, what was agreed with the agency and by when, and what each pupil "
    "gets in class meanwhile. No child named.",
    "LONG_WAIT": "Which service it is, when it was last chased, and what pupils get in class while they wait. No child "
    "named.",
    "NEED_WITHOUT_TEST": "Whether a test is needed at all (a school may record a need without one), which one, who in "
    "the trust can give it, and by when it is there.",
    "BUY_TOGETHER": "Which products, at what price, who places the order and keeps the stock, and when the first "
    "contract comes up for renewal.",
    "STRATEGY_BLOCKED": "Each stuck action with its lead, what it waits for, who decides, and a day; or that it is "
    "given up, with the reason.",
    "STRATEGY_SILENT": "The actions that still hold, a lead and a day for each, and the rest taken out of the plan "
    "openly.",
    "STRATEGY_UNEVIDENCED": "A document, a minute, a figure or a visit for each, with its day; and one sentence on "
    "what pupils notice of it.",
}
"""Trigger: what to listen for. Numbers are welcome, children's names are not."""


def answer_of(trigger: str) -> str:
    """What a good answer would contain; of a trigger that is not known here, what any good answer does."""
    return ANSWERS.get(trigger, "What happened, why, what is done, by whom and by when. No child named.")
