"""What moderation found, for one school's governors and the trustees: agreement, the school's own drift, practice.

Released figures only: nothing on fewer than three raters, and of a school's own drift nothing but its own.
"""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.queries import moderation
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import moderation as words
from expectations.vocabulary import TRUST

_HEADINGS = (
    "Round",
    "Held on",
    "#Schools",
    "#Pupils",
    "#Same band",
    "#Within one band",
    "#Alpha",
    "Likely range",
    "#AC2",
)


def show(visit: Visit, urn: str) -> int:
    """The section of a page, of a school or of the trust. Returns the hidden cells."""
    page.section("What moderation found", "Do schools mean the same by a band? Raters judge the same pupils, blind.")
    rounds = visit.read(moderation.rounds())
    hidden = show_rounds(visit, rounds, _own(visit, urn) if rounds and urn != TRUST else "")
    page.section("How we moderate", "Each school answers the trust’s questions: what is done alike, and what is not.")
    return hidden + show_practice(visit, urn)


def _own(visit: Visit, urn: str) -> str:
    """How the school's raters differ in the newest round that this may be told of."""
    own = visit.read(moderation.own_drift(urn))
    return words.own_sentence(own[0]) if own else words.NOT_OWN


def show_rounds(visit: Visit, rounds: list[Row], own: str = "") -> int:
    """The newest round in words, and every round as a table. Returns the hidden cells."""
    if not rounds:
        page.paragraphs(words.NO_ROUND)
        return 0
    newest = rounds[0]
    page.reading(
        words.found_sentence(newest), words.meaning_sentence(newest), words.change_sentence(rounds), own,
        words.last_sentence(newest),
    )  # fmt: skip
    twin = TableTwin(
        "Rounds of moderation, the newest first",
        headings(*_HEADINGS),
        tuple(words.rounds_cells(row) for row in rounds),
        words.changed_matrix_sentence(rounds),
    )
    hidden = page.table(twin, "moderation-rounds", visit, fold="Show every round")
    page.paragraphs(words.measured_sentence(newest), words.BLIND, class_="small")
    return hidden


def show_practice(visit: Visit, urn: str) -> int:
    """How the school, or every school, moderates: same or different, and against the trust's policy."""
    rows = visit.read(moderation.practice())
    if urn == TRUST:
        page.reading(words.practice_sentence(rows))
        return page.table(_grid(visit, rows), "moderation-practice", visit, fold="Show the grid") if rows else 0
    own = [row for row in rows if row["school_urn"] == urn]
    if not own:
        return 0
    page.reading(words.gaps_sentence(own[0]))
    return page.table(_own_practice(own), "moderation-practice", visit, fold="Show how the school moderates")


def _own_practice(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "How the school moderates",
        headings("~Question", "~Our answer", "Beside other schools", "~Trust policy"),
        tuple(
            (row["practice_question"], _given(row),
             words.PRACTICE[row["practice_standing"]], words.against_policy(row))
            for row in rows
        ),
    )  # fmt: skip


def _grid(visit: Visit, rows: list[Row]) -> TableTwin:
    """Schools down, questions across: each answer, with a mark where it differs from the trust's policy."""
    codes = list(dict.fromkeys(row["question_code"] for row in rows))
    asked = {row["question_code"]: row for row in rows}
    cells = {(row["school_urn"], row["question_code"]): row for row in rows}
    most = (_common(asked[code]) for code in codes)
    policy = (asked[code]["policy_answer"] or "No policy" for code in codes)
    listed = [
        (school["school_name"], *(_answer(cells.get((urn, code))) for code in codes))
        for urn, school in visit.schools().items()
    ]
    return TableTwin(
        "How schools moderate, side by side",
        headings("School", *(asked[code]["practice_question"] for code in codes)),
        (("Trust policy", *policy), ("Most schools", *most), *listed),
        "≠ differs from the trust’s policy.",
    )


def _common(row: Row) -> str:
    """The commonest answer with how many schools gave it."""
    if row["common_answer"] is None:
        return "No answer is the commonest"
    return f"{row['common_answer']} ({row['common_schools_count']} of {row['answered_schools_count']})"


def _answer(row: Row | None) -> str:
    if row is None:
        return "Not answered"
    return f"≠ {_given(row)}" if row["policy_standing"] == "GAP" else _given(row)


def _given(row: Row) -> str:
    """The answer; what a school wrote that is not offered is not shown."""
    if row["practice_standing"] == "NOT_OFFERED":
        return "Not one of those offered"
    return row["practice_answer"] or "Not answered"
