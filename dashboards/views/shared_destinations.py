"""Leavers: a bar for each stage with the untraced as a band, sentences, table twin."""

from __future__ import annotations

from dashboards.charts.destinations import destinations_chart
from dashboards.figures import Row, known, shown
from dashboards.queries import release as of_release
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import destinations as words
from dashboards.wording.money import lower
from dashboards.wording.numbers import percent, whole

_LEGEND = (("deep", "sustained"), ("hatched", "not traced"), ("pale", "not sustained"))
NATIONAL = "KS4 leavers with EHC plan in any sustained destination"


def show_destinations(visit: Visit, rows: list[Row], name: str) -> int:
    """All leavers by stage as a chart; every group in the table. Returns the hidden cells."""
    if not rows:
        page.paragraphs("No leavers are in the data for whom two terms have passed.")
        return 0
    everyone = [row for row in rows if row["sen_group"] == "All leavers"]
    drawn = [row | {"who": words.stage_words(row)} for row in everyone if known(row, "sustained_low_rate")]
    if drawn:
        page.chart(destinations_chart(drawn, "who"), alt=_alt_text(drawn), key=f"chart-{name}")
        page.legend(*_LEGEND)
    page.reading(*(f"{words.stage_words(row)}: {lower(words.sustained_sentence(row))}" for row in everyone),
                 _national(visit))  # fmt: skip
    return page.table(destinations_table(rows), name, visit, fold=page.SAME_AS_TABLE)


def _national(visit: Visit) -> str:
    found = visit.read(of_release.benchmark(NATIONAL))
    return words.national_sentence(found[0] if found else None)


def _alt_text(rows: list[Row]) -> str:
    return "Leavers still in education, training or work. " + " ".join(
        f"{row['leaver_stage']}: {words.sustained_sentence(row)}" for row in rows
    )


def destinations_table(rows: list[Row]) -> TableTwin:
    """Every stage and group."""
    return TableTwin(
        f"Leavers two terms on, {words.years_words(rows[-1])}",
        headings("Stage", "Who", "#Leavers", "#Sustained", "#Not traced", "#Not sustained",
                 "#Sustained, lowest", "#Sustained, highest", "#In place in September"),
        tuple(
            (
                row["leaver_stage"],
                row["sen_group"],
                shown(row, "leavers_count", whole),
                shown(row, "sustained_count", whole),
                shown(row, "unknown_count", whole),
                shown(row, "not_sustained_count", whole),
                shown(row, "sustained_low_rate", percent),
                shown(row, "sustained_high_rate", percent),
                shown(row, "september_rate", percent),
            )
            for row in rows
        ),
        "Lowest: if none of the untraced was sustained. Highest: if all were.",
    )  # fmt: skip
