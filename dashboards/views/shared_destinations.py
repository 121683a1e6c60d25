"""Leavers for the board: steps from intention to two years on, comparisons, moves. Released figures only."""

from __future__ import annotations

import streamlit as st

from dashboards.charts.destinations import destinations_chart
from dashboards.figures import Row, known, shown
from dashboards.markup import Content, Html, tag
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_flow import steps_picture
from dashboards.views.visits import Visit
from dashboards.wording import chart_titles as titles
from dashboards.wording import destination_steps as steps
from dashboards.wording import destinations as words
from dashboards.wording import moves as move_words
from dashboards.wording.money import lower
from dashboards.wording.numbers import percent, whole

_LEGEND = (("deep", "sustained"), ("hatched", "not traced"), ("pale", "not sustained"))
EVERYONE = "All leavers"


def headlines(rows: list[Row]) -> list[Content]:
    """One sentence a stage of leavers: what stands on another page in full."""
    everyone = [row for row in rows if row["sen_group"] == EVERYONE]
    return [f"{words.stage_words(row)}: {lower(words.sustained_sentence(row))}" for row in everyone]


def show_stages(visit: Visit, rows: list[Row], name: str) -> int:
    """All leavers by stage as a chart; every group in the table. Returns the hidden cells."""
    if not rows:
        page.paragraphs("No leavers are in the data for whom two terms have passed.")
        return 0
    everyone = [row for row in rows if row["sen_group"] == EVERYONE]
    drawn = [row | {"who": words.stage_words(row)} for row in everyone if known(row, "sustained_low_rate")]
    if drawn:
        page.chart(destinations_chart(drawn, "who"), alt=_alt_text(drawn), key=f"chart-{name}",
                   title=titles.leavers_title(drawn))  # fmt: skip
        page.legend(*_LEGEND)
    page.reading(*headlines(rows))
    return page.table(destinations_table(rows), name, visit, fold=page.SAME_AS_TABLE)


def show_steps(visit: Visit, row: Row, name: str) -> int:
    """One stage of leavers from intention to two years on: a picture, sentences, its table. Returns hidden cells."""
    if row["small_number_rule"] != "RATE":
        page.reading(words.sustained_sentence(row), steps.few_sentence(row))
        return 0
    hidden = page.put(steps_picture(steps.steps_of(row)))
    page.legend(("deep", words.place_words(row)), ("hatched", "not traced: may be either"))
    trend = "" if row.get("trend") == "TOO_FEW" else steps.trend_sentence(row)
    page.reading(words.sustained_sentence(row), steps.reasons_sentence(row), steps.later_sentence(row), trend)
    return hidden + page.table(steps_table(row), name, visit, fold=page.SAME_AS_TABLE)


def show_comparisons(visit: Visit, school_urn: str, compared: list[Row], name: str) -> int:
    """Beside the published series of our definition, and with SEN beside without."""
    mine = [row for row in compared if row["school_urn"] == school_urn]
    page.paragraphs(*_by_stage(mine), class_="reading" if mine else None)
    page.paragraphs(steps.series_sentence(mine), class_="small")
    return page.table(compared_table(mine), name, visit, fold=page.SAME_AS_TABLE) if mine else 0


def _by_stage(rows: list[Row]) -> list[Content]:
    if not rows:
        return ["Too few leavers, or numbers too small to show, to set beside others."]
    return [f"{words.stage_words(row)}. {steps.compared_sentence(row)}" for row in rows]


def show_moves(visit: Visit, rows: list[Row], school_urn: str, name: str) -> int:
    """Moves before the end of a phase of a school or the trust."""
    mine = [row for row in rows if row["school_urn"] == school_urn]
    if not mine:
        page.paragraphs("No rolls are in the data yet.")
        return 0
    where = "".join(move_words.where_sentence(row) for row in mine if row["move_group"] == "All pupils")
    page.reading(move_words.moves_sentence(mine), where if school_urn == "TRUST" else "")
    st.html(how_counted(move_words.HOW_COUNTED))
    return page.table(moves_table(mine, with_types=school_urn == "TRUST"), name, visit)


def how_counted(*sentences: str) -> Html:
    """How it is counted, folded away."""
    said = (tag("p", sentence) for sentence in sentences)
    return tag("details", tag("summary", "How this is counted"), *said)


def _alt_text(rows: list[Row]) -> str:
    return "Leavers still in education, training or work. " + " ".join(
        f"{row['leaver_stage']}: {words.sustained_sentence(row)}" for row in rows
    )


def steps_table(row: Row) -> TableTwin:
    """The steps of one stage as a table, with the reasons of the untraced."""
    cells: list[tuple[Content, ...]] = [(f"… {s.label}", s.count, s.why_not) for s in steps.steps_of(row)]
    if steps.has_reasons(row):
        cells += [
            (f"Not traced: {said}", shown(row, f"{reason.lower()}_count", whole), "")
            for reason, said in steps.REASON_WORDS.items()
        ]
    caption = f"{words.stage_words(row)}, {words.years_words(row)}"
    return TableTwin(caption, headings("Leavers who", "#Leavers", "~Who the others are"), tuple(cells))


def compared_table(rows: list[Row]) -> TableTwin:
    """Each comparison with its two shares."""
    beside = {"NATIONAL": "England", "NO_SEN": "Leavers without SEN"}
    cells: tuple[tuple[Content, ...], ...] = tuple(
        (words.stage_words(row), words.GROUP_WORDS.get(row["sen_group"], row["sen_group"]), beside[row["comparison"]],
         row["series_period"] or "–", percent(row["own_rate"]), percent(row["other_rate"]),
         steps.verdict_words(row))
        for row in rows
    )  # fmt: skip
    labels = headings("Stage", "Who", "Beside", "Year", "#Ours", "#Theirs", "~What it says")
    return TableTwin("Sustained for two terms, beside others", labels, cells)


def moves_table(rows: list[Row], *, with_types: bool) -> TableTwin:
    """Moves by SEN; of the trust, where to."""
    types = {code: f"{code.lower()}_count" for code in move_words.TYPE_WORDS} if with_types else {}
    labels = headings("Who", "#Pupil-years", "#Moves", "#In 100 a year", "#From", "#To",
                      *(f"#{move_words.type_words(code)}" for code in types))  # fmt: skip
    cells = tuple(
        (
            row["move_group"],
            shown(row, "pupil_years_count", whole),
            shown(row, "moves_count", whole),
            *(shown(row, f"{end}_per_100_years", str) for end in ("moves", "low", "high")),
            *(shown(row, column, whole) for column in types.values()),
        )
        for row in rows
    )
    return TableTwin("Moves before the end of a phase, last three years", labels, cells)


def routes_table(rows: list[Row]) -> TableTwin:
    """Routes of one stage of the trust's leavers; its caption names them, because a page has several."""
    cells: tuple[tuple[Content, ...], ...] = tuple(
        (row["route"], steps.outcome_words(row["sustained_outcome"]), steps.route_cell(row)) for row in rows
    )
    caption = f"By which route, those traced of: {words.stage_words(rows[0])}"
    return TableTwin(caption, headings("Route", "Two terms", "#Leavers"), cells, steps.ROUTES_NOTE)


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
