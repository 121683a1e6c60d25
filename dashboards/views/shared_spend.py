"""Spend against funding by year: chart, reading, table twin. The same for a school and the trust."""

from __future__ import annotations

from dashboards.charts.spend import spend_chart
from dashboards.figures import Row, known, shown, spoken
from dashboards.markup import MISSING, Content
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import spend as words
from dashboards.wording.numbers import percent, pounds, pounds_and_pence

_LEGEND = (
    ("tint", "notional SEN budget and place funding"),
    ("deep", "recorded spending"),
    ("tick", "funding with top-up, where it may be shown"),
)
_COLUMNS = (
    ("#Recorded spending", "spend_pence", pounds),
    ("#Due, not recorded", "unrecorded_pence", pounds),
    ("#Notional SEN budget", "notional_pence", pounds),
    ("#Place funding", "place_pence", pounds),
    ("#Top-up", "top_up_pence", pounds),
)
_HOURS = (
    ("#An hour of section F", "plan_hour_pence", pounds_and_pence),
    ("#An hour of an intervention", "group_hour_pence", pounds_and_pence),
    ("#Teaching assistants’ hours met", "need_met_rate", percent),
)


def show_spend(visit: Visit, rows: list[Row], name: str) -> int:
    """What was spent and what stands against it. Returns the hidden cells."""
    page.section("Spending and its funding", "Recorded support, against the notional SEN budget, places and top-up.")
    if not rows:
        page.paragraphs(words.NO_SPEND)
        return 0
    if any(known(row, "spend_pence") for row in rows):
        page.chart(spend_chart(rows), alt=_alt_text(rows), key=f"chart-{name}", title=titles.spend_title(rows))
        page.legend(*_LEGEND)
    over = [row for row in rows if words.is_over(row)][-1:]
    told = over + [row for row in rows[-1:] if row not in over]
    page.reading(*(words.spend_sentence(row) for row in told), *(words.unrecorded_sentence(row) for row in told[:1]))
    hidden = page.table(_table("Spending and its funding by financial year", rows, _COLUMNS), name, visit,
                        fold=page.SAME_AS_TABLE)  # fmt: skip
    page.paragraphs(words.COUNTED_ONCE, class_="small")
    return hidden + _show_hours(visit, rows, name)


def _show_hours(visit: Visit, rows: list[Row], name: str) -> int:
    page.section("What an hour costs", "Staff time for one hour that one pupil received.")
    told = [row for row in rows if known(row, "plan_hour_pence") or known(row, "group_hour_pence")]
    told = [row for row in told if words.is_over(row)] or told  # a whole year first: a part has few groups
    page.reading(
        words.per_hour_sentence(told[-1]) if told else "",
        words.need_met_sentence(rows[-1]),
    )
    return page.table(_table("An hour that a pupil received, by financial year", rows, _HOURS), f"{name}-hours", visit)


def _alt_text(rows: list[Row]) -> str:
    drawn = [
        f"{words.year_label(row)}: spending {spoken(row, 'spend_pence', pounds)}, notional budget "
        f"{spoken(row, 'notional_pence', pounds)}, places {spoken(row, 'place_pence', pounds)}, top-up "
        f"{spoken(row, 'top_up_pence', pounds)}"
        for row in rows
        if known(row, "spend_pence")
    ]
    return f"Spending and its funding by financial year. {'; '.join(drawn)}."


def _table(caption: str, rows: list[Row], columns: tuple[tuple[str, str, object], ...]) -> TableTwin:
    cells = tuple(
        (words.year_label(row), *(shown(row, column, said) for _, column, said in columns))  # type: ignore[arg-type]
        for row in rows
    )
    return TableTwin(caption, headings("Financial year", *(label for label, _, _ in columns)), cells,
                     "September to August. Funding is for the whole year.")  # fmt: skip


def schools_table(name: str, schools: dict[str, Row], rows: list[Row]) -> TableTwin:
    """Each school in the last whole year; in order of name, for it is no ranking."""
    by_urn = {row["school_urn"]: row for row in rows}
    columns = (*_COLUMNS, *_HOURS)
    cells: list[tuple[Content, ...]] = [
        (
            school["school_name"],
            *(shown(by_urn[urn], column, said) if urn in by_urn else MISSING for _, column, said in columns),
        )
        for urn, school in schools.items()
    ]
    return TableTwin(name, headings("School", *(label for label, _, _ in columns)), tuple(cells))
