"""Questions about who is identified: a school apart from its like, a group missing, a register that grew."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.wording import identification as words


def _apart(row: Row) -> str:
    return " ".join(part for part in (words.expected_sentence(row, "this school"), words.verdict_sentence(row)) if part)


ASKS = {
    "SEN_SUPPORT_APART": (
        "An unusual number with SEN support",
        "Why does our rate differ from similar schools, and what did moderation find?",
        _apart,
    ),
    "GROUP_MISSING": (
        "Fewer on the register than like pupils",
        "Are girls, EAL or absent pupils under-identified?",
        words.group_sentence,
    ),
    "SUPPORT_GREW": (
        "The register grew",
        "Which year group or need grew, and what did class teaching try first?",
        words.grew_sentence,
    ),
}
ANSWERS = {
    "SEN_SUPPORT_APART": "What moderation with another school found, which year group or need it comes from, and what "
    "class teaching tries first.",
    "GROUP_MISSING": "Who looked at these pupils one by one, what is asked of teachers when a pupil is quiet, new "
    "to English or away, and what the next review of the register will look at. No child named.",
    "SUPPORT_GREW": "Which years and needs, what changed in how pupils are picked, what class teaching tried and for "
    "how long before the register, and what moderation found.",
}
