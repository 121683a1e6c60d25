"""One intervention in depth: what can be said, without it, who is counted, dose, cost, other voices, schools, years."""

from __future__ import annotations

import streamlit as st

from dashboards.charts.expected import expected_alt, expected_chart, path_of
from dashboards.figures import Row, known, shown
from dashboards.markup import MISSING, Content, join, tag, visible
from dashboards.queries import impact, strands
from dashboards.tables import Linked, TableTwin, headings
from dashboards.views import page, shared_impact
from dashboards.views.send_lead_interventions import effect_words
from dashboards.views.shared_flow import flow_picture, flow_table
from dashboards.views.visits import Visit
from dashboards.wording import catalogue, differences, translations
from dashboards.wording import impact as words
from dashboards.wording import strands as strand_words
from dashboards.wording.flow import flow_sentence
from dashboards.wording.numbers import percent, pounds, rounded, signed, whole, year_name


def show(visit: Visit) -> None:
    """The intervention named in the address (``?name=``), or the one most worth a question."""
    rows = visit.read(impact.interventions())
    if not rows:
        page.masthead(visit, "For the SEND lead", "One intervention")
        page.paragraphs("No intervention is in the data yet.")
        return
    row = choose(rows, next(iter(impact.to_question(rows, 1)), rows[0]))
    facts = [("Subject", row["outcome_domain"] or MISSING), ("Area of need", row["area_of_need"] or MISSING)]
    page.masthead(visit, "One intervention in depth", row["intervention_name"], facts)
    _what_we_can_say(visit, row)
    hidden = _without_it(visit, row) + _who_is_counted(visit, row)
    hidden += _delivered(row)
    _what_others_say(visit, row)
    hidden += _places(visit, row)
    _small_print(row)
    page.key(hidden)


def choose(rows: list[Row], first: Row) -> Row:
    """A drop-down list that the page's address follows, so that a link leads to one intervention; else ``first``."""
    names = [row["intervention_name"] for row in rows]
    place = names.index(first["intervention_name"])
    name = st.selectbox("Intervention", names, index=place, format_func=visible, key="name", bind="query-params")
    return next(row for row in rows if row["intervention_name"] == name)


def _what_we_can_say(visit: Visit, row: Row) -> None:
    page.section("What we can say", words.design_sentence(row))
    verdict = tag("p", shared_impact.grade_badge(row), f" {words.verdict_words(row['verdict'])}", class_="verdict")
    st.html(join((verdict, tag("p", f"Evidence: {words.grade_words(row['grade'])}.", class_="meta"))))
    said, reason = differences.result_sentence(row), words.reason_sentence(row)
    page.reading(said, translations.growth_sentence(row))
    domain = shared_impact.domains_of(visit).get(row["outcome_domain"] or "")
    page.paragraphs(
        differences.own_sentence(row),
        catalogue.domain_sentence(domain) if domain and differences.own_sentence(row) else "",
        "" if reason and reason in said else words.caps_sentence(row) or reason,
        translations.schools_left_out_sentence(row),
        translations.tipping_sentence(row),
        words.NOT_A_TRIAL,
    )
    page.ask("What would have happened without it, and was the planned dose delivered?")


def _without_it(visit: Visit, row: Row) -> int:
    path = path_of(row)
    if path is None or row["grade"] == "D":
        return 0  # a picture would claim what the words do not
    page.section("What would have happened without it", "Mean scores of those with a score before and after.")
    page.chart(expected_chart(path), expected_alt(path), key="chart-expected")
    page.reading(translations.expected_sentence(row))
    likely = differences.range_words(row["lower_points"], row["upper_points"])
    cells = (
        ("Start", whole(path.start), ""),
        ("End", whole(path.end), ""),
        ("End expected without it", whole(path.expected),
         f"{whole(path.expected_lower)} to {whole(path.expected_upper)}"),
        ("Difference", signed(row["difference_points"]), likely),
    )  # fmt: skip
    note = "Its own pupils alone, before the figure is drawn towards the average of its subject."
    twin = TableTwin("Mean scores", headings("When", "#Mean score", "#Likely range"), cells, note)
    return page.table(twin, "without-it", visit, page.SAME_AS_TABLE)


def _who_is_counted(visit: Visit, row: Row) -> int:
    page.section("Who is counted", "Everyone who started counts, whatever they attended; a score is needed twice.")
    hidden = page.put(flow_picture(row))
    page.reading(flow_sentence(row))
    return hidden + page.table(flow_table(row), "who-is-counted", visit, page.SAME_AS_TABLE)


def _delivered(row: Row) -> int:
    page.section("What was delivered, and what it cost")
    facts: list[tuple[str, Content]] = [
        ("Sessions held, of those due", words.sessions_words(row) or shown(row, "dose_rate", percent)),
        ("Share held", shown(row, "dose_rate", percent)),
        ("Attended 80% or more", shown(row, "full_dose_rate", percent)),
        ("Adult hours", shown(row, "delivered_hours", whole)),
        ("Cost to date", shown(row, "cost_to_date_pence", pounds)),
        ("Cost of the full plan", shown(row, "planned_cost_pence", pounds)),
    ]
    listed = tag("dl", *(tag("div", tag("dt", label), tag("dd", said)) for label, said in facts), class_="facts")
    hidden = page.put(listed)
    page.paragraphs(words.dose_sentence(row), words.cost_sentence(row))
    return hidden


def _what_others_say(visit: Visit, row: Row) -> None:
    """The other strands side by side, each for itself."""
    found = visit.read(strands.of_intervention(row["intervention_name"]))
    if not found:
        return
    page.section("What else is known", strand_words.BESIDE_NOTE)
    cards = (tag("li", tag("h3", title), tag("p", said)) for title, said in strand_words.strands(found[0]) if said)
    st.html(tag("ul", *cards, class_="cards strands"))


def _places(visit: Visit, row: Row) -> int:
    """School by school and year by year."""
    schools = visit.read(impact.schools_running(row["intervention_name"]))
    years = visit.read(impact.years_of(row["intervention_name"]))
    hidden = 0
    if schools:
        link = Linked("Compare the schools", "compare", {"name": row["intervention_name"]}).html()
        page.section("School by school", join(("What each school ran. ", link, " on the result, where it may be.")))
        hidden += page.table(_schools_table(visit, schools), "one-intervention", visit)
    if years:
        page.section("Year by year")
        hidden += page.table(_years_table(years), "years", visit)
    return hidden


def _schools_table(visit: Visit, rows: list[Row]) -> TableTwin:
    names: dict[str, str] = {urn: school["school_name"] for urn, school in visit.schools().items()}
    return TableTwin(
        "In each school",
        headings("School", "Running", "#Pupils started", "#Delivered", "#Hours", "#Cost to date", "#Full plan"),
        tuple(
            (
                names.get(row["school_urn"], row["school_urn"]),
                "yes" if row["is_running"] else "no",
                shown(row, "started_count", whole),
                shown(row, "dose_rate", percent),
                shown(row, "delivered_hours", whole),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "planned_cost_pence", pounds),
            )
            for row in sorted(rows, key=lambda row: names.get(row["school_urn"], ""))
        ),
        "In order of name.",
    )


def _years_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "In each year",
        headings("Academic year", "#Schools", "#Pupils started", "#With both scores", "#Delivered", "#Hours",
                 "#Cost to date"),
        tuple(
            (
                year_name(row["academic_year"]),
                shown(row, "schools_count", whole),
                shown(row, "started_count", whole),
                shown(row, "both_scores_count", whole),
                shown(row, "dose_rate", percent),
                shown(row, "delivered_hours", whole),
                shown(row, "cost_to_date_pence", pounds),
            )
            for row in rows
        ),
        "By the year in which pupils started. The estimate is over all years together.",
    )  # fmt: skip


def _small_print(row: Row) -> None:
    test = " · ".join(part for part in (row["assessment_name"], row["subject"]) if part)
    other = f", at the end {row['exit_assessment_name']}" if row["exit_assessment_name"] else ""
    said = (
        f"Test: {test or 'none linked'}{other}.",
        _effect_sentence(row),
        _start_sentence(row),
        words.missing_scores_sentence(row),
        translations.norms_sentence(row),
        translations.ratio_gain_sentence(row),
        translations.months_words(row),
    )
    page.section("Small print")
    page.paragraphs(*said, class_="small")


def _effect_sentence(row: Row) -> str:
    size = effect_words(row)
    return f"Effect size of its own pupils, in standard deviations: {size}." if "(" in str(size) else ""


def _start_sentence(row: Row) -> str:
    if not known(row, "baseline_gap_sd"):
        return ""
    gap = rounded(abs(row["baseline_gap_sd"]), "0.01")
    apart = f"at most {gap}" if gap else "less than 0.01"
    return f"Before it began the groups stood {apart} standard deviations apart, after weighting."
