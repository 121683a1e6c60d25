"""The trustees' pack: the trust on a page, its twenty figures, and what to ask in each school."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.papers import blocks
from dashboards.papers.blocks import Block, Cell, Fact, Group, Masthead, Paper, Section
from dashboards.papers.exceptions import chosen, exceptions
from dashboards.papers.nutshell import Before, both_sides, facts, paper, read_figures
from dashboards.queries import deliveries, strategy
from dashboards.views.visits import Visit
from dashboards.wording import papers as words
from dashboards.wording.release import confidence_words
from dashboards.wording.strategy import evidence_sentence, plan_sentence
from expectations.vocabulary import TRUST

ASKS_OF_A_SCHOOL = 3


def trustees_pack(visit: Visit, before: Before | None = None) -> Paper:
    """The pack of the whole trust; two sides, and the schools' exceptions after them."""
    before = before or Before()
    read, about = read_figures(visit, TRUST, before), visit.about()
    head = Masthead(words.TRUSTEES, str(about["trust_name"]),
                    (Fact("Schools", str(len(visit.schools()))), *facts(visit, read, before)))  # fmt: skip
    listed = (
        head,
        *both_sides(visit, read, before),
        blocks.NewPage(),
        *_strategy(visit),
        *_schools(visit),
    )
    return paper(visit, read, "trustees", f"{words.TRUSTEES}: {about['trust_name']}", listed)


_COLUMNS = tuple(
    blocks.Column(label, share) for label, share in zip(words.SCHOOL_COLUMNS, (2.6, 0.9, 3.2, 5), strict=True)
)


_STRATEGY = tuple(
    blocks.Column(label, share, place > 0)
    for place, (label, share) in enumerate(zip(words.STRATEGY_COLUMNS, (3.6, 1, 1, 1.3, 1.3, 1, 1.5), strict=True))
)
_COUNTED = ("actions_count", "done_count", "evidenced_count", "late_count", "blocked_count")


def _strategy(visit: Visit) -> tuple[Block, ...]:
    """The strategy's actions by priority; nothing where no plan is on record."""
    rows = visit.read(strategy.priorities())
    whole = next((row for row in rows if row["priority_number"] == 0), None)
    if whole is None:
        return ()
    told = [row for row in rows if row is not whole] + [whole]
    cells = tuple((row["priority_name"], *(str(row[name]) for name in _COUNTED),
                   str(row["stale_count"] + row["not_reported_count"])) for row in told)  # fmt: skip
    lead = f"{plan_sentence(whole)} {evidence_sentence(whole)}".strip()
    return Section(words.STRATEGY, lead), blocks.Grid(words.STRATEGY, _STRATEGY, (Group("", cells),))


def _schools(visit: Visit) -> tuple[Block, ...]:
    confidence = {row["school_urn"]: row for row in visit.read(deliveries.confidence())}
    groups = []
    for is_special, name in ((False, words.MAINSTREAM), (True, words.SPECIAL)):
        schools = {urn: row for urn, row in visit.schools().items() if row["is_special"] is is_special}
        rows = [row for urn, school in schools.items() for row in _rows(visit, urn, school, confidence.get(urn))]
        if rows:
            groups.append(Group(name, tuple(rows)))
    return Section(words.SCHOOLS, words.SCHOOLS_LEAD), blocks.Grid(words.SCHOOLS, _COLUMNS, tuple(groups))


def _rows(visit: Visit, urn: str, school: Row, confidence: Row | None) -> list[tuple[Cell, ...]]:
    """One row a question; the school's name stands in the first."""
    word = confidence_words(confidence["confidence"] if confidence else None)
    named: tuple[str, str] = (str(school["school_name"]), word)
    asked = exceptions(visit, chosen(visit, urn, ASKS_OF_A_SCHOOL))
    told = [(f"{ask.title}: {ask.figure}" if ask.figure else ask.title, ask.question) for ask in asked]
    told = told or [(words.NOTHING_STANDS_OUT, "")]
    return [(*(named if place == 0 else ("", "")), *said) for place, said in enumerate(told)]
