"""About the data: the signs, how figures are made, what every published column means, published comparisons."""

from __future__ import annotations

import re

import streamlit as st

from dashboards.access import Role
from dashboards.figures import Row
from dashboards.markup import Html, plain_for_markdown, tag
from dashboards.queries import release as of_release
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_help
from dashboards.views.visits import Visit, is_role, made_once
from dashboards.wording import release as words
from dashboards.wording.numbers import published_percent

BOARD_TABLES = {
    "mart_pupils__school": "Pupils on roll",
    "mart_impact__intervention": "Interventions over the whole trust",
    "mart_impact__domain": "Interventions of one subject together",
    "mart_impact__school": "Interventions in each school",
    "mart_impact__school_estimate": "One intervention’s result in each school",
    "mart_impact__year": "Interventions by academic year",
    "mart_impact__strands": "What stands beside the difference",
    "mart_interventions__compliance": "How interventions are run",
    "mart_interventions__timeliness": "From a first concern to support",
    "mart_apdr__school": "Assess, plan, do, review in each school",
    "mart_ehc_clock__school": "The statutory clock of EHC plans",
    "mart_ehc_clock__year": "Requests for an EHC plan by year",
    "mart_ehc_clock__curve": "How long requests take",
    "mart_ehc_clock__forecast": "What is likely to come of requests and plans",
    "mart_identification__school": "Pupils identified, beside a school like theirs",
    "mart_identification__funnel": "How far chance takes schools",
    "mart_identification__group": "Groups that may be missing from the register",
    "mart_identification__census_share": "Published shares of pupils with SEN",
    "mart_identification__caseload": "Published caseloads of EHC plans",
    "mart_ehc_clock__benchmarks": "Published figures of requests and reviews",
    "mart_value_for_money__school": "EHC plans and money",
    "mart_cost_effectiveness__option": "What interventions cost, and what is proposed",
    "mart_cost_effectiveness__pair": "Two interventions with the same measure",
    "mart_cost_effectiveness__curve": "Chance of better value by price",
    "mart_money__school": "Spending and its funding",
    "mart_ehc_outcomes__school": "Outcomes of EHC plans in each school",
    "mart_ehc_outcomes__area": "Outcomes of EHC plans by area",
    "mart_ehc_delivery__school": "EHC plans promised and delivered",
    "mart_ehc_delivery__type": "EHC plans promised and delivered, by provision",
    "mart_destinations__school": "Leavers",
    "mart_destinations__route": "Where leavers went",
    "mart_destinations__compared": "Leavers beside England",
    "mart_moves__school": "Moves before the end of a phase",
    "mart_inclusion__school": "Absence and suspensions",
    "mart_inclusion__now": "Pupils who are not in school all week",
    "mart_inclusion__curriculum": "Taking part in the curriculum",
    "mart_inclusion__subject": "Taking part by subject",
    "mart_referrals__school": "Waits for outside agencies in each school",
    "mart_referrals__service": "Waits for outside agencies by service",
    "mart_governance__school": "SEND leadership, website and policies",
    "mart_purchasing__needs": "Needs and diagnostic tests",
    "mart_purchasing__saving": "What could be bought as one trust",
    "mart_progress__school": "The ladder in each school",
    "mart_progress__rung": "Pupils on each rung of the ladder",
    "mart_progress__group": "Who moved up, by start, need and pathway",
    "mart_progress__engagement": "Engagement by area",
    "mart_progress__test": "What assessments can show",
    "mart_progress__year_6": "Year 6 by SEN group",
    "mart_progress__benchmarks": "Published key stage 2 figures by SEN group",
    "mart_moderation__round": "Rounds of moderation",
    "mart_moderation__school": "How a school’s raters differ",
    "mart_moderation__practice": "How schools moderate",
    "mart_moderation__matrix": "The matrix of bands",
    "mart_match__school": "Conflicts between the lists",
    "mart_needs__support": "Main need of pupils on SEN support",
    "mart_needs__plan": "Main need of pupils with an EHC plan",
    "mart_needs__year": "Codes of need by census",
    "mart_sen_flows__year": "On and off the register in a year",
    "mart_sen_flows__term": "On and off the register by term",
    "mart_strategy__priority": "The strategy by priority",
    "mart_strategy__action": "Actions of the strategy",
    "mart_deliveries__confidence": "Data confidence",
    "mart_questions__school": "Questions to ask",
    "mart_trail__question": "Whether figures moved that were asked about",
}
"""Released tables, which everybody may read of, by their names for people."""
STAFF_TABLES = {
    "mart_deliveries__mend_rows": "What to mend",
    "mart_deliveries__ledger": "Files delivered",
    "mart_deliveries__balance": "Rows in and rows accepted",
    "mart_pupils__register": "The register",
    "mart_match__conflict": "Conflicts, by pupil",
    "mart_match__worklist": "To be right before a census, by pupil",
    "mart_sen_flows__pupil": "On and off the register, by pupil",
    "mart_sen_flows__gap": "On the register without provision, or the reverse",
    "mart_identification__unlisted": "On no register, worth a look",
    "mart_impact__pupil": "One pupil’s two scores",
    "mart_interventions__pupil": "One pupil’s groups",
    "mart_value_for_money__plan": "What the support of each EHC plan cost",
    "mart_interventions__catalogue": "The catalogue of interventions",
    "mart_interventions__queue": "Names to settle",
    "mart_interventions__group": "Groups that run",
    "mart_interventions__exit": "End tests that are missing",
    "mart_interventions__unserved": "Low scores without support",
    "mart_money__what_if": "What other groups or hours would come to",
    "mart_money__deployment": "Hours of staff by grade",
    "mart_money__reconciliation": "The ledger and what is counted",
    "mart_money__findings": "Lines of the money workbook to look at",
    "mart_ehc_clock__due": "What is due of EHC plans",
    "mart_ehc_clock__review": "Annual reviews of EHC plans",
    "mart_ehc_clock__transfer": "EHC plans at a change of phase",
    "mart_apdr__cycle": "Cycles of assess, plan, do, review",
    "mart_apdr__pupil": "Pupils on SEN support and their cycles",
    "mart_destinations__call": "Leavers to call",
    "mart_destinations__background": "What leavers had, beside where they went",
    "mart_inclusion__pupil": "Absence and suspensions of each pupil with SEN",
    "mart_inclusion__part_time": "Part-time timetables",
    "mart_inclusion__placement": "Placements in alternative provision",
    "mart_inclusion__access": "Each pupil’s subjects",
    "mart_moves__pupil": "Pupils who moved before the end of a phase",
    "mart_ehc_outcomes__plan": "Outcomes of each EHC plan",
    "mart_ehc_outcomes__milestone": "Milestones of each EHC plan",
    "mart_ehc_delivery__line": "Section F of each EHC plan",
    "mart_progress__pupil": "Places on the ladder",
    "mart_progress__evidence": "Engagement profiles",
    "mart_progress__system": "Assessment systems in each school",
    "mart_referrals__open": "Referrals to outside agencies",
    "mart_purchasing__tests": "Stock of diagnostic tests",
    "mart_purchasing__licences": "Licences and their renewals",
    "mart_purchasing__gaps": "Needs without a test in stock",
    "mart_moderation__drift": "How every school’s raters differ",
    "mart_moderation__item": "Cases of moderation to discuss",
    "mart_moderation__sample": "The sample of the next moderation",
}
"""Tables of pupils and files, which only the staff app has."""


def show(visit: Visit) -> None:
    """About the data."""
    page.masthead(visit, visit.about()["trust_name"], "About the data")
    page.section("Signs", "Three signs that are easily confused.")
    signs = (part for sign, meaning in words.KEY_TEXT for part in (tag("dt", sign), tag("dd", meaning)))
    st.html(tag("dl", *signs, class_="key"))
    shared_help.words_used()
    _methods(visit.read(of_release.methods()))
    page.section("What each figure means", "Every published figure, what it counts, and what a blank means.")
    st.html(_meanings(visit))
    _benchmarks(visit)
    shared_help.accessibility_statement()


def _methods(pages: list[Row]) -> None:
    if not pages:
        return
    page.section("How figures are made", "One page a subject, written for governors.")
    for method in pages:
        title, body = title_and_body(method["markdown"], method["method"])
        words, formulae = words_and_formulae(body)
        with st.expander(plain_for_markdown(title)):
            st.markdown(words)
            if formulae:
                with st.expander("The formulae"):
                    st.markdown(formulae)


def method_titles(visit: Visit) -> dict[str, str]:
    """Titles of the method pages, by method."""
    return {
        row["method"]: title_and_body(row["markdown"], row["method"])[0] for row in visit.read(of_release.methods())
    }


def title_and_body(markdown: str, name: str) -> tuple[str, str]:
    """A method page's title, and the rest with its headings two steps lower: the page has one h1 of its own."""
    found = re.match(r"\s*#\s+(.+)\n", markdown)
    title = found.group(1).strip() if found else name.replace("_", " ").capitalize()
    body = markdown[found.end() :] if found else markdown
    return title, re.sub(r"^(#{1,4}) ", r"#\1 ", body, flags=re.MULTILINE)


def words_and_formulae(body: str) -> tuple[str, str]:
    """A method page's words, and its section of formulae, which stands behind a fold; '' where there is none.

    The section is the one whose heading begins "The formula"; its own subsections belong to it, the next heading of
    its rank does not.
    """
    found = re.search(r"^(#+) The formula[^\n]*\n(.*?)(?=^\1 |\Z)", body, re.MULTILINE | re.DOTALL)
    if found is None:
        return body, ""
    return body[: found.start()] + body[found.end() :], found.group(2).strip() + "\n"


@made_once
def _meanings(visit: Visit) -> Html:
    """A fold for each published table that this role may read of."""
    passports = visit.read(of_release.passports())
    told = BOARD_TABLES if is_role(visit, Role.GOVERNOR, Role.TRUSTEE) else BOARD_TABLES | STAFF_TABLES
    by_table = {name: [row for row in passports if row["table_name"] == name] for name in told}
    folds = (
        tag("details", tag("summary", words_for), _passports(name, by_table[name]).html())
        for name, words_for in told.items()
        if by_table[name]
    )
    return tag("div", *folds, class_="folds")


def _passports(name: str, rows: list[Row]) -> TableTwin:
    return TableTwin(
        rows[0]["grain"],
        headings("Figure", "~What it counts", "Unit", "Blank means"),
        tuple(
            (row["column_name"].replace("_", " "), row["meaning"], row["unit"] or "", row["blank_meaning"] or "")
            for row in rows
        ),
        f"Published as {name}.",
    )


def _benchmarks(visit: Visit) -> None:
    rows = visit.read(of_release.benchmarks())
    if not rows:
        return
    page.section("Published figures", "National and local figures kept for comparison. Crown copyright, OGL v3.0.")
    cells = tuple((row["measure"], row["area"], row["period"], _value(row), row["source"]) for row in rows)
    labels = headings("Measure", "Area", "Period", "#Figure", "Source")
    page.table(TableTwin("Published figures", labels, cells), "published-figures", visit, fold="Show them")


def _value(row: Row) -> str:
    return published_percent(row["value"]) if row["unit"] == "per cent" else f"{row['value']:,.10g}"
