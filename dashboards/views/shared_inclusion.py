"""Here and included (figures 9 and 10): absence, suspensions, who is not in school all week, the curriculum.

The same sections for a school beside the trust, and for the trust; groups of one size stand in a fixed order.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.charts.inclusion import Dot, dots_alt, dots_chart
from dashboards.figures import Row, known, shown
from dashboards.markup import Content, tag
from dashboards.queries import inclusion, release
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import inclusion as words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

TABLES = ("mart_inclusion__school", "mart_inclusion__now", "mart_inclusion__curriculum", "mart_inclusion__subject")
_LEGEND = (("dot", "this school"), ("dot hollow", "the trust"), ("swatch deep", "likely range"))


def rows_of(visit: Visit, urn: str) -> list[Row]:
    """The groups of a school, or of the trust, that are told of."""
    return words.told_groups(visit.read(inclusion.figures(urn)))


def show_absence(visit: Visit, urn: str) -> int:
    """Half-days missed against the year before, and who missed a tenth or more; hidden cells."""
    own, trust = rows_of(visit, urn), [] if urn == TRUST else rows_of(visit, TRUST)
    page.section("Absence", "Half-days missed, as a difference and as a share; then who misses a tenth or more.")
    if not own:
        page.paragraphs("No attendance of this school year is in the data.")
        return 0
    page.reading(*(words.absence_sentence(row) for row in own), *(words.persistent_sentence(row) for row in own))
    _chart(visit, urn, "persistent", "Missed a tenth or more", own, trust)
    published, school = visit.read(release.benchmarks()), visit.schools().get(urn, {})
    page.paragraphs(words.england_sentence(published, is_special=bool(school.get("is_special"))), class_="small")
    return page.table(_absence_table(own, trust), "absence", visit, fold=page.SAME_AS_TABLE)


def show_suspensions(visit: Visit, urn: str) -> int:
    """Suspensions for each 100 pupils in a year, by SEN status on the day; hidden cells."""
    own, trust = rows_of(visit, urn), [] if urn == TRUST else rows_of(visit, TRUST)
    if not own:
        return 0
    page.section("Suspensions", "In the twelve months to the date of the data, for each 100 pupils in a year.")
    page.reading(*(words.suspension_sentence(row) for row in own))
    _chart(visit, urn, "suspensions", "Suspensions for each 100 pupils in a year", own, trust)
    page.paragraphs(words.england_suspensions(visit.read(release.benchmarks())), class_="small")
    return page.table(_suspensions_table(own, trust), "suspensions", visit, fold=page.SAME_AS_TABLE)


def show_how_counted() -> None:
    """How the figures are counted, folded away."""
    st.html(tag("details", tag("summary", "How this is counted"), tag("p", words.HOW_COUNTED)))


def show_now(visit: Visit, urn: str) -> int:
    """Part-time timetables, alternative provision, permanent exclusions; hidden cells that its words tell of."""
    rows = [row for row in visit.read(inclusion.now()) if row["school_urn"] == urn]
    page.section("Not in school all week", words.MEANT_TO_BE_SHORT)
    if not rows:
        page.paragraphs("No school has sent a roll yet.")
        return 0
    everybody = rows[0]
    page.reading(words.part_time_sentence(everybody), words.elsewhere_sentence(everybody))
    return page.table(_now_table(rows), "not-all-week", visit)


def show_curriculum(visit: Visit, urn: str) -> int:
    """How pupils with SEN take part: first how much is recorded; then by subject across the trust. Hidden cells."""
    found = {row["school_urn"]: row for row in visit.read(inclusion.curriculum())}
    page.section("Curriculum", "How pupils with SEN take part in each subject, and what they miss for interventions.")
    if urn not in found:
        page.paragraphs("No school has recorded a whole term of it yet.")
        return 0
    own, subjects = found[urn], visit.read(inclusion.subjects())
    page.reading(words.recorded_sentence(own), words.taking_part_sentence(own))
    page.paragraphs(words.narrowed_sentence(own), words.missing_sentence(own), words.most_missed_sentence(subjects))
    page.ask("What did pupils miss to attend, and how do they catch it up?")
    named = [("This school", own), ("The trust", found.get(TRUST, {}))] if urn != TRUST else [("The trust", own)]
    hidden = page.table(_taking_part_table("Taking part in the curriculum", "School", named), "curriculum", visit)
    by_subject = [(row["curriculum_subject"], row) for row in subjects]
    twin = _taking_part_table("Across the trust, by subject", "Subject", by_subject, words.HOW_RECORDED)
    return hidden + page.table(twin, "subjects", visit, fold="Show the subjects across the trust")


def _chart(visit: Visit, urn: str, stem: str, title: str, own: Sequence[Row], trust: Sequence[Row]) -> None:
    """Dots of the school's groups, then the trust's; nothing where no figure may be shown."""
    dots = [*_dots(own, stem, "" if urn == TRUST else "Here", urn != TRUST), *_dots(trust, stem, "Trust", False)]
    if not dots:
        return
    figure = dots_chart(dots, title.lower(), ".0%" if stem == "persistent" else "")
    said = titles.persistent_title(own) if stem == "persistent" else titles.suspensions_title(own)
    page.chart(figure, alt=dots_alt(dots, f"{title}."), key=f"chart-{stem}-{urn}", title=said)
    page.legend(*(_LEGEND if urn != TRUST else _LEGEND[1:]))


_VALUES = {"persistent": ("persistent_rate", "persistent_low_rate", "persistent_high_rate"),
           "suspensions": ("suspensions_per_100_years", "suspensions_low_per_100_years",
                           "suspensions_high_per_100_years")}  # fmt: skip


def _dots(rows: Sequence[Row], stem: str, whose: str, is_own: bool) -> list[Dot]:
    value, low, high = _VALUES[stem]
    said = percent if stem == "persistent" else words.per_100
    return [
        Dot(
            f"{whose}: {row['sen_group']}" if whose else row["sen_group"],
            row[value],
            row[low],
            row[high],
            said(row[value]),
            is_own,
        )
        for row in rows
        if known(row, value, low, high)
    ]


def _labelled(own: Sequence[Row], trust: Sequence[Row]) -> list[tuple[str, Row]]:
    labels = words.GROUP_LABELS
    here = [(labels[row["sen_group"]], row) for row in own]
    return here + [(f"Trust: {labels[row['sen_group']]}", row) for row in trust]


def _absence_table(own: Sequence[Row], trust: Sequence[Row]) -> TableTwin:
    return TableTwin(
        "Absence this school year so far",
        headings("Pupils", "#Half-days missed", "#A year before", "#Half-days beyond it", "#Missed a tenth or more",
                 "#Likely range", "#A year before", "#Missed half or more"),
        tuple(
            (name, shown(row, "absence_rate", words.one_place), shown(row, "before_absence_rate", words.one_place),
             shown(row, "extra_absent_sessions_count", words.half_days_cell), shown(row, "persistent_rate", percent),
             range_of(row, "persistent"), shown(row, "before_persistent_rate", percent),
             shown(row, "severe_rate", percent))
            for name, row in _labelled(own, trust)
        ),
        "Half-days beyond it: more or fewer than last year’s rate would give, to the nearest ten.",
    )  # fmt: skip


def _suspensions_table(own: Sequence[Row], trust: Sequence[Row]) -> TableTwin:
    return TableTwin(
        "Suspensions for each 100 pupils in a year",
        headings("Pupils", "#Suspensions", "#Likely range", "#A year before", "#School days lost"),
        tuple(
            (name, shown(row, "suspensions_per_100_years", words.per_100), range_of(row, "suspensions"),
             shown(row, "before_suspensions_per_100_years", words.per_100),
             shown(row, "lost_days_per_100_years", words.per_100))
            for name, row in _labelled(own, trust)
        ),
    )  # fmt: skip


def range_of(row: Row, stem: str) -> Content:
    """A likely range as a cell."""
    low = _VALUES[stem][1]
    return shown(row, low, lambda _: words.range_cell(row, stem))


def _now_table(rows: Sequence[Row]) -> TableTwin:
    return TableTwin(
        "Pupils who are not in school all week",
        headings("Pupils", "#Part-time timetable", "#Of these, late", "#Alternative provision",
                 "#Permanently excluded, 12 months"),
        tuple(
            (row["sen_group"], shown(row, "part_time_count", whole), shown(row, "part_time_late_count", whole),
             shown(row, "placed_count", whole), shown(row, "excluded_count", whole))
            for row in rows
        ),
    )  # fmt: skip


def _taking_part_table(caption: str, first: str, named: Sequence[tuple[str, Row]], note: str = "") -> TableTwin:
    return TableTwin(
        caption,
        headings(first, "#Recorded", "#In full", "#Adapted", "#Not taught", "#Miss lessons for an intervention"),
        tuple(
            (name, *(shown(row, f"{column}_rate", percent)
                     for column in ("recorded", "full", "adapted", "not_taught", "missing")))
            for name, row in named
        ),
        note,
    )  # fmt: skip
