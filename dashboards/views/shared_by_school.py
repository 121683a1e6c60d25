"""Figures school by school, special and mainstream apart, in order of name: something to ask about, not a ranking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboards.figures import Row, shown
from dashboards.markup import Content
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST

Figure = tuple[str, str, Callable[..., str]]
"""A column of a table: its heading, the mart's column, how the figure is written."""


def show_by_school(
    visit: Visit, title: str, found: Mapping[str, Row], figures: tuple[Figure, ...], name: str, *,
    is_folded: bool = False,
) -> int:  # fmt: skip
    """A table of mainstream schools with the trust, and one of special schools where there are any; hidden cells.

    ``is_folded``: on a page that tells of the trust first, each is one click away.
    """
    hidden, schools = 0, visit.schools()
    said = f"{title[:1].lower()}{title[1:]}"
    for is_special, kind in ((False, "Mainstream schools"), (True, "Special schools")):
        chosen = {urn: school["school_name"] for urn, school in schools.items()
                  if school["is_special"] is is_special and urn in found}  # fmt: skip
        if not is_special and TRUST in found:
            chosen[TRUST] = "The trust, special schools included"
        if chosen:
            twin = _table(f"{kind}: {said}", chosen, found, figures)
            fold = f"Show {kind.lower()}: {said}" if is_folded else ""
            hidden += page.table(twin, f"{name}-{kind.split()[0].lower()}", visit, fold)
    return hidden


def _table(caption: str, named: Mapping[str, str], found: Mapping[str, Row], figures: tuple[Figure, ...]) -> TableTwin:
    labels = headings("School", *(label for label, _, _ in figures))
    cells: list[tuple[Content, ...]] = [
        (name, *(shown(found[urn], column, said) for _, column, said in figures)) for urn, name in named.items()
    ]
    return TableTwin(caption, labels, tuple(cells))
