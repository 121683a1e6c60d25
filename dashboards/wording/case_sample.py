"""Words of the inspection case sample: it names children, and says so on every side."""

from __future__ import annotations

TITLE = "Inspection case sample"
KICKER = "Case sample · names a child · keep safe, do not send, shred after use"
LEAD = "Choose the pupils that the inspector names, or start from the six below. Nothing is stored: the paper is made "
LEAD_END = "when you press the button."
SUGGESTED = (
    "Suggested by rule: three pupils with an EHC plan and three on SEN support, of as many year groups as there are."
)
MOST = 12
STORY = "The story in three sentences: need, what we did, what came of it"
CYCLES, INTERVENTIONS, OUTCOMES = "Plan and review", "Interventions", "Outcomes of the plan"
PROMISED, REVIEWS, AGENCIES = "What section F promises, this year", "Annual reviews", "Outside agencies"
YES_NO = {True: "yes", False: "no", None: "–"}
NOTHING = "Nothing is on record for this pupil beyond the register."


def score_words(value: float | None) -> str:
    """A score as the tracker has it; a dash where there is none."""
    return "–" if value is None else f"{round(value, 1):g}"
