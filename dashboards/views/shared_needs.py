"""Primary need: SEN support and plans apart, the four areas and the census types, England's share beside them."""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.queries import Query, sen_flows
from dashboards.tables import Cell, TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import sen_flows as words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

_ENGLAND = (
    ("Primary need SLCN of pupils with SEN support", "slcn", "Speech, language and communication needs"),
    ("Primary need ASD of pupils with an EHC plan", "asd", "Autistic spectrum disorder"),
)
"""Published measure (School Census, not the caseload of authorities), the type of need, and how it is said."""


def show(visit: Visit, urn: str) -> int:
    """Primary need in one school beside the trust and England; returns how many cells are hidden."""
    page.section("Primary need", "What pupils on the register need most. SEN support and EHC plans stand apart.")
    hidden = 0
    for query, who, name, published in (
        (sen_flows.needs_of_support(), "SEN support", "needs-support", _ENGLAND[0]),
        (sen_flows.needs_of_plans(), "an EHC plan", "needs-plan", _ENGLAND[1]),
    ):
        hidden += _part(visit, urn, query, who, name, published)
    years = visit.read(sen_flows.needs_by_year())
    page.paragraphs(words.UNCLEAR, words.BREAK)
    if years:
        hidden += page.table(_years(years), "needs-years", visit, fold="Show the codes over the January censuses")
    page.ask("Which need grew, and what did class teaching try first?")
    return hidden


def _part(visit: Visit, urn: str, query: Query, who: str, name: str, published: tuple[str, str, str]) -> int:
    rows = {row["school_urn"]: row for row in visit.read(query)}
    mine, trust = rows.get(urn, {}), rows.get(TRUST, {})
    if not mine:
        return 0
    measure, stem, said = published
    england = next(iter(visit.read(sen_flows.england(measure))), None)
    page.reading(words.need_sentence(mine, who, trust), words.unclear_sentence(mine, who),
                 words.england_sentence(mine, stem, said, england))  # fmt: skip
    hidden = page.table(_table(mine, trust, who), name, visit)
    every = _table(mine, trust, who, has_types=True)
    return hidden + page.table(every, f"{name}-types", visit, fold=f"Show every type of need of pupils with {who}")


def _table(mine: Row, trust: Row, who: str, *, has_types: bool = False) -> TableTwin:
    cells: list[tuple[Cell, ...]] = []
    rows = (mine, trust) if mine is not trust else (trust,)
    for stem, area, types in words.AREAS:
        cells.append((area, *(cell for row in rows for cell in _figures(row, stem))))
        for column, said in types if has_types else ():
            cells.append((f"· {said}", *(cell for row in rows for cell in (shown(row, column, whole), ""))))
    own = ("#Our pupils", "#Share") if mine is not trust else ()
    labels = headings("Need", *own, "#Trust", "#Share in the trust")
    by = "type of need" if has_types else "area of need"
    return TableTwin(f"Pupils with {who} on roll by {by}", labels, tuple(cells))


def _figures(row: Row, stem: str) -> tuple[Cell, Cell]:
    """Pupils of an area, and their share where one is published."""
    rate = f"{stem}_rate"
    return shown(row, f"{stem}_count", whole), shown(row, rate, percent) if rate in row else ""


def _years(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Codes of main need in the trust’s January censuses",
        headings("January", "#With a need", "#Other", "#Share", "#Down syndrome", "#No specialist assessment"),
        tuple(
            (str(row["calendar_year"]), shown(row, "typed_count", whole), shown(row, "other_count", whole),
             shown(row, "other_rate", percent),
             shown(row, "down_count", whole) if row["is_down_coded"] else "no code yet",
             shown(row, "unspecified_count", whole))
            for row in rows
        ),
        words.BREAK,
    )  # fmt: skip
