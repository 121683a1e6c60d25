"""Questions about leavers who did not stay and pupils who went before a phase ended. Rules: where they are found."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.wording import destinations
from dashboards.wording.moves import rate_words
from dashboards.wording.numbers import counted, percent, whole
from dashboards.wording.papers import period_words, published_tenth


def _fell(row: Row) -> str:
    said = destinations.sustained_sentence(row)
    if not known(row, "september_rate"):
        return said
    return f"In September {percent(row['september_rate'])} were in a place. {said}"


def _with_a_plan(row: Row) -> str:
    """Leavers with a plan beside those in England; both rates are told, for all the untraced may have stayed."""
    said = f"Leavers with an EHC plan: {destinations.sustained_sentence(row)}"
    if not known(row, "sustained_high_rate", "england_value", "england_period"):
        return said
    england = f"{published_tenth(row['england_value'])} in England in {period_words(str(row['england_period']))}"
    return f"{said} Even if all not traced had stayed, that is {percent(row['sustained_high_rate'])}: {england}."


def _apart(row: Row) -> str:
    if not known(row, "moves_per_100_years"):
        return ""
    return (
        f"Of pupils with SEN, {rate_words(row)} leave before the end of a phase: that range lies above the "
        "range of the others."
    )


def _untold(row: Row) -> str:
    if not known(row, "moves_count", "not_known_count"):
        return ""
    moves = counted(row["moves_count"], "move")
    return f"Of {moves} in three years, nobody knows where {whole(row['not_known_count'])} led."


ASKS = {
    "LOW_SUSTAINED": (
        "Fewer with a plan stayed than in England",
        "What did the leavers who did not stay say, and did last year’s stay?",
        _with_a_plan,
    ),
    "DID_NOT_STAY": (
        "In a place in September, not in March",
        "Did last year’s leavers stay, and what do those who did not stay say?",
        _fell,
    ),
    "SEN_LEAVE_MORE": (
        "Pupils with SEN leave before the end",
        "Who left in mid-phase and where to, and what had we tried before?",
        _apart,
    ),
    "MOVES_UNTOLD": (
        "Left, and nobody knows where to",
        "Which school has each of these children on its roll, and who has checked?",
        _untold,
    ),
}
ANSWERS = {
    "DID_NOT_STAY": "How many left their place and when, what they do now, and what is done before this year’s leavers "
    "go: visits, a named person, a call in October.",
    "SEN_LEAVE_MORE": "How many moved to a special school because a plan named it, how many were taught at home and "
    "why, and what was tried before. No child named.",
    "MOVES_UNTOLD": "That each child is on a roll or known to the authority as missing education, who checked, and on "
    "which day.",
}
