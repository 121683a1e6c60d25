"""What is proposed for an intervention, in words: continue, adapt, stop or too early, the rule, what would change it.

The rules themselves are ``models/cost_effectiveness_rules.py``; a code that is not known here falls back to a plain
sentence, so that no proposal is ever without its reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row
from dashboards.wording.numbers import listed

PROPOSAL_WORDS = {
    "CONTINUE": "Continue",
    "ADAPT": "Adapt",
    "STOP": "Stop",
    "TOO_EARLY": "Too early to say",
}
_ORDER = ("STOP", "ADAPT", "CONTINUE", "TOO_EARLY")
WHO_DECIDES = (
    "These are proposals from printed rules, the same for every intervention. The SEND lead decides, with what schools "
    "have seen. A proposal is of a whole intervention and never of a pupil; what a plan’s section F requires goes on "
    "whatever it says."
)
RULES = {
    "NOT_MEASURED": (
        "No test is linked to it, or the trust has no scores of its test.",
        "A measure before and after, chosen before the next group starts.",
    ),
    "NOT_FINISHED": (
        "Nobody’s score after the end is due yet.",
        "The end scores of the groups that run now.",
    ),
    "FEW_PUPILS": (
        "Fewer than ten pupils have a score before and after.",
        "More pupils, with the intervention run in the same way.",
    ),
    "NO_EVIDENCE": (
        "There is no evidence yet (D): not enough to compare, or too many scores missing.",
        "Scores before and after for more of those who start, and similar pupils to compare with.",
    ),
    "LITTLE_DELIVERED": (
        "Less than 60% of the sessions due took place. This tells us about what was delivered, not about the "
        "programme.",
        "The sessions that were planned, and then the result again.",
    ),
    "BEHIND_REQUIRED": (
        "Its pupils ended behind similar pupils, and section F of a plan names it: it goes on, in another way.",
        "How it is delivered, agreed with the authority at the next review where the plan itself should change.",
    ),
    "BEHIND_NOT_RECORDED": (
        "Its pupils ended behind similar pupils, and what was delivered is not recorded.",
        "Sessions recorded, so that we know what the result is of.",
    ),
    "BEHIND_FEW": (
        "Its pupils ended behind similar pupils, and fewer than twenty could be compared.",
        "More pupils, after a change in how it is run.",
    ),
    "BEHIND": (
        "Its pupils ended behind similar pupils, the whole likely range is below zero, and most sessions took place.",
        "A reason why the similar pupils were not similar, or a result with more pupils.",
    ),
    "AHEAD_DEARER": (
        "Its pupils ended ahead, and another intervention with the same measure is likely better value.",
        "A lower cost for each pupil, or a larger group with the same result.",
    ),
    "AHEAD": (
        "Its pupils ended ahead of similar pupils: the whole likely range is above zero.",
        "A result that no longer holds with more pupils, or fewer sessions held.",
    ),
    "LEVEL_OUTDONE": (
        "It makes no clear difference, on strong or moderate evidence, and another intervention with the same measure "
        "is ahead and likely better value.",
        "Pupils for whom the other one does not fit.",
    ),
    "LEVEL_OUTDONE_WEAK": (
        "It makes no clear difference, on weak evidence, and another intervention with the same measure is ahead and "
        "likely better value.",
        "Better evidence: more pupils, sessions and attendance recorded.",
    ),
    "LEVEL": (
        "It makes no clear difference beside similar pupils.",
        "A change in how it is run or for whom, and then the result again.",
    ),
    "CANNOT_TELL": (
        "The likely range is too wide to say which way it points.",
        "More pupils with both scores, or records of more of what was delivered.",
    ),
}
"""Rule code: the rule in words, and what would change the proposal."""
_UNKNOWN = ("A rule that the method page explains.", "What the method page says.")


def place_of(row: Row) -> tuple[int, str]:
    """Where a proposal stands in a list: what asks for a decision first; one that is not known last; then by name."""
    place = _ORDER.index(row["proposal"]) if row["proposal"] in _ORDER else len(_ORDER)
    return place, row["intervention_name"]


def proposal_words(code: str | None) -> str:
    """Continue, adapt, stop, or too early to say."""
    return PROPOSAL_WORDS.get(code or "", "No proposal")


def listed_sentences(options: Sequence[Row]) -> list[str]:
    """Of each proposal the interventions by name, what asks for a decision first."""
    named = {code: [row["intervention_name"] for row in options if row["proposal"] == code] for code in _ORDER}
    return [f"{PROPOSAL_WORDS[code]}: {listed(names)}." for code, names in named.items() if names]


def rule_words(row: Row) -> str:
    """The rule that fired, in words."""
    return RULES.get(row.get("proposal_rule") or "", _UNKNOWN)[0]


def change_words(row: Row) -> str:
    """What would change the proposal."""
    return RULES.get(row.get("proposal_rule") or "", _UNKNOWN)[1]


def proposal_sentence(row: Row) -> str:
    """The proposal with its rule in one sentence or two."""
    start = f"Proposed: {proposal_words(row.get('proposal')).lower()}."
    duty = " Where a plan requires it, it goes on." if row.get("proposal") == "STOP" else ""
    return f"{start} {rule_words(row)}{duty}"
