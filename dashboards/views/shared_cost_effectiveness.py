"""What interventions cost for what they change: options, pairs, proposals, targets. For trustees and the SEND lead."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboards.charts.cost_effectiveness import curve_alt, curve_chart, plane_alt, plane_chart, plane_of
from dashboards.figures import Row, known, shown
from dashboards.markup import MISSING, Content, tag
from dashboards.queries import cost_effectiveness as queries
from dashboards.tables import Cell, Linked, TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_impact import difference_words
from dashboards.views.visits import Visit
from dashboards.wording import cost_effectiveness as words
from dashboards.wording import impact as impact_words
from dashboards.wording import proposals
from dashboards.wording.differences import range_words
from dashboards.wording.numbers import counted, pounds, signed, whole

_RINGS = (("dot", "best estimate"), ("tint", "rings: about half of the time, and 19 times in 20"))


def options_table(
    options: Sequence[Row], estimates: dict[str, Row], caption: str, is_linked: bool = False
) -> TableTwin:
    """Interventions side by side in order of name: cost for each pupil, result, proposal."""
    return TableTwin(
        caption,
        headings("Intervention", "#Pupils with a cost", "#Cost for each pupil", "#Result (likely range)", "Grade",
                 "Proposed", "~Beside others of its measure"),
        tuple(
            (
                _name(row, is_linked),
                shown(row, "costed_count", whole),
                shown(row, "cost_per_pupil_pence", pounds),
                *_result(estimates.get(row["intervention_name"])),
                proposals.proposal_words(row["proposal"]),
                words.STANDING_WORDS.get(row["standing"], "not compared"),
            )
            for row in options
        ),
        "Cost to date of what was delivered, over the pupils who started in groups whose cost is recorded.",
    )  # fmt: skip


def _result(estimate: Row | None) -> tuple[Content, Content]:
    """The result beside similar pupils, and its grade."""
    if estimate is None:
        return MISSING, MISSING
    return difference_words(estimate), impact_words.grade_words(estimate["grade"])


def _name(row: Row, is_linked: bool) -> Cell:
    name = str(row["intervention_name"])
    return Linked(name, "intervention", {"name": name}) if is_linked else name


def rating_sentence(options: Sequence[Row]) -> str:
    """How many stand in which of the EEF's bands of cost: small print."""
    rated = [row["cost_rating"] for row in options if known(row, "cost_rating")]
    bands = dict.fromkeys(rating for rating in ("Very low", "Low", "Moderate", "High", "Very high") if rating in rated)
    if not bands:
        return ""
    told = "; ".join(f"{band.lower()}: {rated.count(band)}" for band in bands)
    return f"By the EEF’s bands: {told}. {words.EEF_NOTE}"


def show_likely(pairs: Sequence[Row]) -> None:
    """The pairs of which one is likely the better value, in words and in order of name; else that none is."""
    told = [row for row in pairs if queries.likely_better(row)]
    if not told:
        page.paragraphs("Of no two interventions with the same measure is one likely better value.")
        return
    page.reading(words.likely_pairs_sentence(told))
    cards = (
        tag("li", tag("h3", queries.pair_name(row)), tag("p", words.value_sentence(row)),
            tag("p", words.difference_sentence(row)))
        for row in told
    )  # fmt: skip
    listed = tag("ul", *cards, class_="cards strands")
    st.html(tag("details", tag("summary", "Show each of these pairs in words"), listed))


def pairs_table(pairs: Sequence[Row]) -> TableTwin:
    """Two options at a time, the first less the second."""
    return TableTwin(
        "Two interventions with the same measure: the first beside the second",
        headings("First", "Second", "Measure", "#Achieves more (likely range)", "#Costs more (likely range)",
                 "#Chance in 100 that the first is better value", "~A cost for each extra point"),
        tuple(
            (
                row["intervention_name"],
                row["other_intervention_name"],
                words.measure_words(*queries.measure_of(row)),
                _more_cell(row),
                words.dearer_words(row),
                shown(row, "better_value_rate", _in_hundred),
                words.PAIR_REASON_WORDS.get(row["pair_reason"] or "", "") or words.ratio_sentence(row),
            )
            for row in pairs
        ),
        "In order of name, not of value. The chance is at £100 for one point.",
    )  # fmt: skip


def _more_cell(row: Row) -> Cell:
    if not known(row, "more_points", "more_lower_points", "more_upper_points"):
        return shown(row, "more_points")
    return f"{signed(row['more_points'])} ({range_words(row['more_lower_points'], row['more_upper_points'])})"


def chance_sentence(pairs: Sequence[Row]) -> str:
    """How many pairs are looked at, because some look clear by chance."""
    compared = sum(known(row, "better_value_rate") for row in pairs)
    if compared < 2:
        return ""
    return f"{counted(compared, 'pair')} are compared: some would look clear by chance alone."


def show_pair(visit: Visit, row: Row) -> int:
    """One pair in depth: words, plane, curve, each with its table; returns the hidden cells."""
    first, second = row["intervention_name"], row["other_intervention_name"]
    page.reading(words.difference_sentence(row), words.likely_sentence(row), words.ratio_sentence(row))
    plane = plane_of(row)
    if plane is None:
        page.paragraphs(words.PAIR_REASON_WORDS["SAME_COST"] if row["pair_reason"] == "SAME_COST" else "")
        return 0
    st.html(tag("h3", f"What {first} achieves and costs beside {second}"))
    page.chart(plane_chart(plane, row), plane_alt(plane, row), key="chart-plane")
    page.legend(*_RINGS)
    page.reading(words.quadrant_sentence(row), words.HOW_TO_READ_PLANE)
    hidden = page.table(_plane_table(row), "plane", visit, page.SAME_AS_TABLE)
    points = visit.read(queries.curve(first, second))
    one = words.one_of(row)
    st.html(tag("h3", f"The chance that {first} is better value than {second}"))
    page.chart(curve_chart(points, first, one), curve_alt(points, first, second), key="chart-curve")
    page.reading(*_curve_sentences(points, row))
    return hidden + page.table(_curve_table(points, first, one), "curve", visit, page.SAME_AS_TABLE)


def _plane_table(row: Row) -> TableTwin:
    names = ("more_and_cheaper", "more_and_dearer", "less_and_cheaper", "less_and_dearer")
    said = ("Achieves more, costs less", "Achieves more, costs more", "Achieves less, costs less",
            "Achieves less, costs more")  # fmt: skip
    return TableTwin(
        f"{row['intervention_name']} beside {row['other_intervention_name']}",
        headings("It", "#Times in 100"),
        tuple((label, shown(row, f"{name}_rate", _in_hundred)) for name, label in zip(names, said, strict=True)),
        "5,000 draws of pupils by lot within their school; only these shares are kept.",
    )


def _in_hundred(rate: float) -> str:
    return whole(rate * 100)


def _curve_table(points: Sequence[Row], first: str, one: str) -> TableTwin:
    return TableTwin(
        f"Chance that {first} is better value, by what is paid for one {one}",
        headings("Paid", "#Times in 100", "#By the normal formula"),
        tuple(
            (
                pounds(row["paid_per_point_pence"]),
                shown(row, "better_value_rate", _in_hundred),
                shown(row, "normal_better_value_rate", _in_hundred),
            )
            for row in points
        ),
        "The last column is a check: it should say nearly the same.",
    )


def _curve_sentences(points: Sequence[Row], row: Row) -> list[str]:
    """The chance when only the cost counts, at the standing price and at the highest; once where all are the same."""
    shown_points = [point for point in points if known(point, "better_value_rate")]
    first, second, one = row["intervention_name"], row["other_intervention_name"], words.one_of(row)
    if not shown_points:
        return []
    top = shown_points[-1]["paid_per_point_pence"]
    if len({words.chance_words(point["better_value_rate"]) for point in shown_points}) == 1:
        return [words.whatever_sentence(first, second, shown_points[0]["better_value_rate"], top, one)]
    return [
        words.better_value_sentence(first, second, point["better_value_rate"], point["paid_per_point_pence"], one)
        for point in shown_points
        if point["paid_per_point_pence"] in (0, words.STANDING_PRICE_PENCE, top)
    ]


def show_proposals(visit: Visit, options: Sequence[Row], fold: str = "", *, is_linked: bool = False) -> int:
    """Each intervention's proposal with the rule that fired and what would change it; returns the hidden cells."""
    page.reading(*proposals.listed_sentences(options))
    twin = TableTwin(
        "What is proposed for each intervention",
        headings("Intervention", "Proposed", "~Because", "~What would change it"),
        tuple(
            (_name(row, is_linked), proposals.proposal_words(row["proposal"]), proposals.rule_words(row),
             proposals.change_words(row))
            for row in sorted(options, key=proposals.place_of)
        ),
        "To stop first, then to adapt; by name.",
    )  # fmt: skip
    hidden = page.table(twin, "proposals", visit, fold, is_shortened=not fold)
    page.paragraphs(proposals.WHO_DECIDES, class_="small")
    return hidden


def show_targets(visit: Visit, options: Sequence[Row]) -> int:
    """Cost for each target met, of the interventions that work towards targets; returns the hidden cells."""
    with_targets = [row for row in options if row["targets_reason"] != "NO_TARGETS"]
    if not with_targets:
        page.paragraphs("No intervention works towards targets that are recorded.")
        return 0
    silent = {row["intervention_name"]: words.no_cost_words(row) for row in with_targets}
    why = ("~Why there is none",) if any(silent.values()) else ()
    twin = TableTwin(
        "Targets and what they cost",
        headings("Intervention", "#Targets set", "#Met", "#No score", "#Cost to date", "#Cost for each met", *why),
        tuple(
            (
                row["intervention_name"],
                shown(row, "targets_set_count", whole),
                shown(row, "targets_met_count", whole),
                shown(row, "targets_not_scored_count", whole),
                shown(row, "targets_cost_pence", pounds),
                words.per_target_cell(row),
                *(silent[row["intervention_name"]] for _ in why),
            )
            for row in with_targets
        ),
        "The cost of every pupil in these groups counts, whatever became of the target. “No score” is never dropped: "
        "the range runs from all of them met to none.",
    )  # fmt: skip
    hidden = page.table(twin, "targets", visit)
    page.paragraphs(words.TARGETS_NOTE, class_="small")
    return hidden
