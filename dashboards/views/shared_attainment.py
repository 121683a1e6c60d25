"""Year 6 by SEN group: years together, each beside its own group in England, and progress from two years before."""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.markup import Content
from dashboards.queries import progress
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import attainment as words
from dashboards.wording.numbers import percent, whole
from dashboards.wording.papers import published_tenth
from expectations.vocabulary import TRUST


def show_year_6(visit: Visit, urn: str, name: str) -> int:
    """A school's year 6, or the trust's, in words and as a table. Nothing where nobody was judged on the ladder."""
    found = visit.read(progress.year_6())
    rows = [row for row in found if row["school_urn"] == urn and row["cohort_count"] != 0]
    if not rows:
        return 0
    benchmarks = visit.read(progress.benchmarks())
    page.section("Year 6: attainment, and progress from two years before", words.years_lead(rows[0]))
    page.reading(*(words.attainment_sentence(row, words.newest(benchmarks, row["sen_group"])) for row in rows),
                 *(words.progress_sentence(row) for row in rows))  # fmt: skip
    page.paragraphs(words.ABOUT, class_="small")
    trusts = [row for row in found if row["school_urn"] == TRUST and urn != TRUST]
    return page.table(_table(visit, [*rows, *trusts], benchmarks), name, visit)


def _table(visit: Visit, rows: list[Row], benchmarks: list[Row]) -> TableTwin:
    labels = headings("Who", "#Pupils", "#Expected in all three", "#%", "#Compared", "#Kept pace", "#% kept pace")
    cells: list[tuple[Content, ...]] = []
    for row in rows:
        where = "Trust" if row["school_urn"] == TRUST else visit.schools()[row["school_urn"]]["school_name"]
        counts = (shown(row, "cohort_count", whole), shown(row, "expected_count", whole))
        rest = (shown(row, "compared_count", whole), shown(row, "kept_pace_count", whole))
        rates = [shown(row, column, percent) for column in ("reached_expected_rate", "kept_pace_rate")]
        cells.append((f"{where}: {row['sen_group']}", *counts, rates[0], *rest, rates[1]))
    for row in words.newest_of_each(benchmarks):
        cells.append((f"{row['area']}: {row['sen_group']}, {row['period']} (tests)", "–", "–",
                      published_tenth(row["value"]), "–", "–", "–"))  # fmt: skip
    source = f"{benchmarks[0]['publication']}; {benchmarks[0]['licence']}." if benchmarks else ""
    return TableTwin("Year 6 by SEN group", labels, tuple(cells), source)
