"""The fixed words of the papers: short sentences that a new governor reads once and understands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboards.wording.numbers import counted, grouped, percent, pounds, rounded, signed, whole

NUTSHELL = "SEND data in a nutshell"
CHANGED = "Three things that changed"
NO_EARLIER_PAPER = "This is the first paper, so each figure is set beside last year’s where there is one."
NOTHING_CHANGED = "No figure changed enough to be worth a sentence."
NOTHING_ELSE_CHANGED = "No other figure changed enough to be worth a sentence."
CHANGE_RULE = (
    "The largest three, each measured by the change that is worth a sentence for its kind; a second one of a figure "
    "comes last. A small group moves by chance. Changes of fewer than five pupils are not told."
)
ASK = "Ask about"
NOTHING_STANDS_OUT = "Nothing in these figures stands out."
EXCEPTION_RULE = (
    "Picked by one rule in every school: what the law sets, then what may do harm, then the rest. The school’s own "
    "figures come before the trust’s, and a second one on a subject last. The third place is kept for a figure that "
    "lies further from the usual than chance would bring, if there is one. A question is not a judgement."
)
EXCEPTION_RULE_OF_TRUST = (
    "Picked by a fixed rule: what the law sets, then what may do harm, then the rest, and a second one on a subject "
    "last. The third place is kept for a figure that lies further from the usual than chance would bring, if there is "
    "one. A question is not a judgement."
)
GLANCE = "At a glance"
CONFIDENCE = "Can we rely on it?"
ALL_FIGURES = "The 20 figures"
FIGURES_LEAD = "The same in every school, by the five priorities of the trust’s strategy."
SIGNS = (
    "In bold: the number, with its share in brackets. c: hidden, for the number is small; it is not zero. –: not "
    "recorded, or not known yet. Last year: the whole year before, or the paper of a year ago."
)
SPECIAL_NOTE = "A special school is not compared with other schools by share of pupils with SEN."
COUNTED, ENGLAND = "What is counted", "England"
FIGURE_COLUMNS = ("School", "Last year", "Trust")
TRUST_FIGURE_COLUMNS = ("Trust", "Last year")
NO_NAMES = "Name no child in a question, in an answer or in the minutes."
TERMS_OF_FIRST_SIDE = ("SEN support", "EHC plan", "Promised support")
TERMS_OF_PRIORITY = {
    1: ("SENCO",),
    2: ("Raters agreed",),
    3: ("Step", "Well evidenced", "Fewest due sessions held"),
    4: ("Annual review", "Outcome, milestone", "In a place"),
    5: ("Notional SEN budget", "Top-up", "Typical wait"),
}
"""Words that the figures of a priority may use."""
USUAL = "Usual here"
OWN_TERMS = {
    "Promised support": "The help that section F of an EHC plan lists. It must be given in full.",
    USUAL: "Where 19 of 20 schools with the same ages and free school meals would lie. It is asked about when "
    "only 1 school in 500 would be so far away.",
    "Raters agreed": "Staff of two schools judged the same child’s need and gave the same answer.",
    "Step": "One small stage on the way to what is expected for the age.",
    "Well evidenced": "We can tell with some trust whether it helps or not.",
    "Fewest due sessions held": "Of those that run now, the one with the smallest share. What plans promise stands "
    "apart, in figure 17.",
    "Outcome, milestone": "What a plan wants for the child, and a step on the way there.",
    "Typical wait": "Half waited less and half waited longer.",
    "In a place": "In school, training or work. Two terms on: it lasted for two terms.",
}
"""Words of the papers that the app's own list does not have."""
CAUSES = {
    "DEFINITION": "it is counted in another way now",
    "LATE_DATA": "data for that time came in late",
    "PUPILS": "pupils joined or left",
    "RECORDS": "the records since then",
    "YEAR": "another year",
}
"""Why a figure moved, as far as published figures tell."""


def period_words(period: str) -> str:
    """A period as it was published, for people: 202425 is 2024/25."""
    return f"{period[:4]}/{period[4:]}" if len(period) == 6 and period.isdigit() else period


def whole_percent(value: float) -> str:
    """A whole per cent that is told as a number from 0 to 100; nought of many rows is under one."""
    return "under 1%" if value == 0 else f"{whole(value)}%"


def one_decimal(value: float) -> str:
    """A rate for each hundred: 4.2."""
    return grouped(rounded(value, "0.1"))


def tenth_percent(rate: float) -> str:
    """A share told to a tenth of a per cent, as absence is: 7.9%."""
    return f"{one_decimal(rate * 100)}%"


def published_tenth(value: float) -> str:
    """A published per cent to a tenth, for a narrow column: 12.76 is 12.8%."""
    return f"{one_decimal(value)}%"


def weeks(value: float) -> str:
    """A wait: 11 weeks."""
    return counted(int(rounded(value)), "week")


def between_words(low: float, high: float) -> str:
    """Two ends of what is usual, as whole numbers: 42 to 67."""
    return f"{whole(low)} to {whole(high)}"


def yes_or_no(is_so: bool) -> str:
    """A fact that is so or not."""
    return "yes" if is_so else "no"


def of_schools_words(count: int, of: int) -> str:
    """How many schools say yes: 4 of 5."""
    return f"{count} of {of}"


def hours_words(value: float) -> str:
    """Hours a week: 12.5 hours."""
    return f"{value:g} hours"


_BY_ENDING: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("_rate", percent),
    ("_pence", pounds),
    ("_weeks", weeks),
    ("_count", whole),
    ("_hours", lambda value: f"{whole(value)} hours"),
    ("_percent", whole_percent),
    ("_points", lambda value: f"{signed(value)} points"),
    ("_per_100_years", one_decimal),
    ("_ratio", lambda value: f"{percent(value)} of" if value < 1 else f"{one_decimal(value)} times"),
    ("_mean", whole),
    ("_bands", lambda value: signed(value, "0.1")),
)


_MEANS = {
    "both_rate": "tested",
    "delivered_rate": "delivered",
    "dose_rate": "of due sessions delivered",
    "need_met_rate": "of the hours delivered",
    "recorded_rate": "recorded",
    "gap_pence": "beyond the funding",
    "overdue_reviews_count": "reviews",
    "overdue_milestones_count": "milestones",
    "no_evidence_outcomes_count": "outcomes",
    "unserved_count": "pupils",
    "unknown_count": "leavers",
    "transfers_unreviewed_count": "plans",
    "open_late_count": "requests",
    "reviews_in_time_rate": "in time",
    "reports_in_time_rate": "in time",
    "decisions_in_time_rate": "in time",
    "sen_support_rate": "with SEN support",
    "seen_median_weeks": "until seen",
    "slow_rate": "waited longer than twelve weeks",
    "set_aside_percent": "of rows set aside",
    "difference_points": "from similar pupils",
    "moves_per_100_years": "left early of each 100 a year",
    "suspensions_per_100_years": "for each 100 pupils",
    "persistent_rate": "often absent",
    "part_time_late_count": "timetables",
    "missing_rate": "miss lessons",
    "support_ratio": "the usual number",
    "sustained_high_rate": "in a place at most",
    "slow_count": "pupils",
    "not_known_count": "moves",
    "adulthood_covered_rate": "covered",
    "spend_pence": "spent",
    "fewer_mean": "pupils fewer",
    "no_provision_count": "pupils",
    "unclear_rate": "not told",
    "not_up_count": "pupils",
    "off_ladder_count": "pupils",
    "at_lowest_rate": "at the lowest mark",
    "exact_rate": "the same band",
    "drift_bands": "of a band",
    "policy_gaps_count": "answers differ",
    "blocked_count": "actions",
    "stale_count": "actions",
}
"""What a figure says when it stands alone: a bare figure beside a title may be read the wrong way round."""


def figure_words(column: str, value: object) -> str:
    """The figure of an exception with what it says; nothing where a bare figure could be misread, or for a word."""
    if column == "absence_rate" and isinstance(value, float):
        return f"{tenth_percent(value)} of half-days"
    say, means = next((say for ending, say in _BY_ENDING if column.endswith(ending)), None), _MEANS.get(column)
    return f"{say(value)} {means}" if say and means and isinstance(value, int | float) else ""


def bare_figure_words(column: str, value: float) -> str:
    """A figure alone, where what it is stands before it: 61%."""
    say = next((say for ending, say in _BY_ENDING if column.endswith(ending)), one_decimal)
    return say(round(value) if column.endswith("_pence") else value)


def change_words(now: str, before: str, since: str, cause: str) -> str:
    """A change as facts: both figures, since when, and what moved it."""
    why = f" ({CAUSES.get(cause, CAUSES['RECORDS'])})" if cause else ""
    return f"{now}; it was {before} {since}{why}."


def hidden_words(count: int, *, is_trust: bool = False) -> str:
    """How much of the paper is hidden, why, and what to read instead. Places, for a figure has several lines."""
    if count == 0:
        return "No number in this paper is hidden."
    places = "In 1 place a number is hidden" if count == 1 else f"In {count} places a number is hidden"
    instead = "Read a figure of more pupils or of more years" if is_trust else "Read the trust’s figure"
    why = "it is about only a few people, or would give away one that is"
    return f"{places}, shown as c: {why}. Hidden is not zero. {instead} instead."


def of_three(word: str) -> str:
    """A word for the data with the words that it is one of."""
    return f"{word} (of good, fair, poor)" if word in ("Good", "Fair", "Poor") else word


def question_words(place: int) -> str:
    """What marks the line that a question rests on."""
    return f"Question {place}"


def place_words(number: int, is_here: bool, overleaf: str = "overleaf") -> str:
    """Where an exception's figure stands: in this paper, or in the nutshell; nothing for none of the twenty."""
    if not number:
        return ""
    return f"Figure {number} {overleaf}." if is_here else f"Figure {number} of the nutshell."


def figures_date_words(day: str) -> str:
    """To which day all of them are."""
    return f"All to {day}."


def more_words(page: str) -> str:
    """Where to read on, so that it can be found from paper too."""
    return f"More: “{page}” in the board app."


_IN_THE_APP = "In the board app: "


def pages_words(pages: list[str]) -> str:
    """Beside a priority: the pages that tell more of its figures."""
    return f"{_IN_THE_APP}{'; '.join(pages)}" if pages else ""


def on_screen_words(note: str) -> str:
    """The same within the app, which need not name itself."""
    return note.replace(_IN_THE_APP, "More: ")


TRUSTEES = "SEND data for trustees"
STRATEGY = "The trust’s strategy"
STRATEGY_COLUMNS = ("Priority", "Actions", "Done", "With evidence", "Past their day", "Blocked", "Not reported")
SCHOOLS = "What to ask in each school"
SCHOOL_COLUMNS = ("School", "Data", "What stands out", "Ask")
SCHOOLS_LEAD = (
    "At most three for each school, by the same rule as in its own paper. Schools stand in order of name and are not "
    "ranked. Special and mainstream schools stand apart: their figures do not compare."
)
MAINSTREAM, SPECIAL = "Mainstream schools", "Special schools"
VISIT = "Link governor’s visit"
VISIT_RULES = (
    "Send these questions a week ahead. Listen, look and ask; a visit does not judge lessons or teachers.",
    NO_NAMES,
)
VISIT_FIGURES = "Figures to have in front of you"
VISIT_QUESTIONS = "Questions to ask"
VISIT_QUESTIONS_LEAD = "From the nutshell. Each belongs to a priority of the trust’s strategy."
VISIT_OWN = "A question of my own"
VISIT_OWN_ASKED = "What I asked, and what I heard"
VISIT_AGREED = "What we agreed"
VISIT_ACTION = "What, who, by when"
VISIT_CLAIM = "When the board will look at it again"


def heard_words(priority: str) -> str:
    """Over the lines for what a governor hears and sees, with the strategy's priority."""
    return f"What I heard and saw (strategy: {priority})"


EARLIER = "Papers of earlier meetings"
EARLIER_LEAD = "As they lay before the meeting. They never change."
EARLIER_NONE = "No paper has been frozen yet. The SEND lead freezes one for each meeting."
PREVIEW = "This is what governors see of your school: released figures only, no pupil."
