"""Flows of the register and primary need in words."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.wording.needs import provision_words, type_words
from dashboards.wording.numbers import counted, listed, percent, published_percent, year_name

FLOWS: tuple[tuple[str, str], ...] = (
    ("joined_count", "Came on the register"),
    ("arrived_count", "Came to the school with SEN"),
    ("left_count", "Left the school with SEN"),
    ("plan_count", "From SEN support to an EHC plan"),
    ("ended_count", "EHC plan ended"),
    ("back_count", "Back to class teaching"),
    ("need_changed_count", "Another primary need"),
)
_EVENTS = {
    "JOINED": "Came on the register",
    "ARRIVED": "Came to the school with SEN",
    "LEFT": "Left the school",
    "PLAN": "Got an EHC plan",
    "ENDED": "EHC plan ended",
    "BACK": "Back to class teaching",
    "NEED_CHANGED": "Another primary need",
    "NEED_RECODED": "Same need, new code",
}
_HALF_TERMS = {
    "Entry": "Start of autumn", "Autumn1": "Autumn 1", "Autumn2": "Autumn 2", "Spring1": "Spring 1",
    "Spring2": "Spring 2", "Summer1": "Summer 1", "Summer2": "Summer 2",
}  # fmt: skip
HOW_COUNTED = (
    "Pupils, each once for each kind of change. A gap of up to a month between two statuses is no change. A move "
    "between two schools of the trust is a leaver of one and comes to the other. The need is told by the January "
    "censuses; Down syndrome, a code since January 2025, is not counted as another need where it was “other” before. "
    "The running year is not shown: with the numbers on roll a few pupils could be worked out."
)
AREAS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("communication", "Communication and interaction",
     (("slcn_count", "Speech, language and communication"), ("asd_count", "Autistic spectrum disorder"))),
    ("cognition", "Cognition and learning",
     (("mld_count", "Moderate learning difficulty"), ("spld_count", "Specific learning difficulty"),
      ("severe_count", "Severe, or profound and multiple"))),
    ("semh", "Social, emotional and mental health", ()),
    ("sensory_physical", "Sensory and physical",
     (("sensory_count", "Hearing, vision, multi-sensory"), ("physical_count", "Physical disability"))),
    ("down", "Down syndrome (code since January 2025)", ()),
    ("unclear", "Need not told",
     (("other_count", "Other difficulty"), ("unspecified_count", "No specialist assessment (NSA)"),
      ("untold_count", "None recorded"))),
)  # fmt: skip
"""Area: its stem, its words, and the census types in it."""
UNCLEAR = (
    "“Need not told” is a flag on the data, not a kind of need: other, no specialist assessment, or nothing recorded. "
    "A school needs no specialist to record a type."
)
BREAK = (
    "Down syndrome has had a code of its own since the January census of 2025; before, these pupils stood among "
    "“other”. So a fall of “other” from 2024 to 2025 is partly a new code, and the two years are not one series."
)


def event_words(flow: str) -> str:
    """What happened to one pupil."""
    return _EVENTS.get(flow, flow)


def half_term_words(row: Row) -> str:
    """Autumn 1 2026/27."""
    return f"{_HALF_TERMS.get(row['half_term'], row['half_term'])} {year_name(row['academic_year'])}"


def change_words(row: Row) -> str:
    """From what to what; a need in words."""
    is_need = row["flow"].startswith("NEED")
    words = type_words if is_need else provision_words
    before, after = row["from_code"], row["to_code"]
    if before and after:
        return f"{words(before)} → {words(after)}"
    return words(before or after)


def flows_sentence(row: Row) -> str:
    """The year in a line: what may be shown of who came, who left and who went back to class teaching."""
    parts = (
        ("joined_count", "came on the register"),
        ("arrived_count", "came to us with SEN"),
        ("left_count", "left with SEN"),
        ("plan_count", "went from SEN support to an EHC plan"),
        ("back_count", "went back to class teaching"),
    )
    told = [f"{row[name] or 'none'} {words}" for name, words in parts if known(row, name)]
    hidden = sum(is_hidden(row, name) for name, _ in parts)
    said = f"In {year_name(row['academic_year'])}: {listed(told)}." if told else ""
    few = f"{counted(hidden, 'figure is', 'figures are')} not shown, because a number is small." if hidden else ""
    return " ".join(part for part in (said, few) if part)


def need_sentence(row: Row, who: str, trust: Row) -> str:
    """The largest area of need that may be shown, with the trust's share beside it."""
    shares = [(row[f"{stem}_rate"], stem, words) for stem, words, _ in AREAS if known(row, f"{stem}_rate")]
    if not shares:
        return (
            f"Pupils with {who} by need are not shown as shares, because a number is small; read the trust’s beside it."
        )
    rate, stem, words = max(shares)
    is_beside = trust is not row and known(trust, f"{stem}_rate")
    beside = f" (trust {percent(trust[f'{stem}_rate'])})" if is_beside else ""
    return (
        f"Of pupils with {who}, {percent(rate)} have {words[:1].lower()}{words[1:]} as their main area of need{beside}."
    )


def unclear_sentence(row: Row, who: str) -> str:
    """The quality flag: how many have no told need."""
    if is_hidden(row, "unclear_count"):
        return f"How many pupils with {who} have no told need is not shown, because a number is small."
    if not known(row, "unclear_count"):
        return ""
    share = f" ({percent(row['unclear_rate'])})" if known(row, "unclear_rate") else ""
    count = row["unclear_count"]
    return (
        f"{counted(count, 'pupil')} with {who} {'has' if count == 1 else 'have'} no told need{share}." if count else ""
    )


def england_sentence(row: Row, stem: str, words: str, found: Row | None) -> str:
    """One type of need here beside England's share in the same census; nothing where England's is not there."""
    if not found:
        return ""
    ours = f"{percent(row[f'{stem}_rate'])} here; " if known(row, f"{stem}_rate") else ""
    january = 2000 + int(str(found["period"])[-2:])
    return f"{words}: {ours}England {published_percent(found['value'])} (January {january})."


def unclear_asked(row: Row) -> str:
    """The figure behind the question on needs that are not told."""
    return unclear_sentence(row, "SEN support")
