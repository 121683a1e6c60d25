"""The governor's page: one school. Exceptions first, each with its question; then agencies and leavers."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, known, shown
from dashboards.markup import Content, join
from dashboards.queries import deliveries, destinations, impact, pupils, questions, value_for_money
from dashboards.views import page, shared_destinations
from dashboards.views.shared_asking import asks_of
from dashboards.views.shared_referrals import show_agencies
from dashboards.views.tiles import Tile, tiles
from dashboards.views.visits import Visit
from dashboards.wording import catalogue
from dashboards.wording import destinations as leaver_words
from dashboards.wording.numbers import percent, whole
from dashboards.wording.release import confidence_sentence, confidence_words
from expectations.vocabulary import TRUST

ASKS_SHOWN = 3
SHARES = ("pupils_count", "sen_support_count", "sen_support_rate", "ehc_plan_count", "ehc_plan_rate")


def show(visit: Visit) -> None:
    """One school on a page."""
    urn = visit.school_urn or ""
    school = visit.schools()[urn]
    confidence = next((row for row in visit.read(deliveries.confidence()) if row["school_urn"] == urn), None)
    word = confidence_words(confidence["confidence"] if confidence else None)
    page.masthead(visit, f"{visit.about()['trust_name']} · for governors", school["school_name"],
                  [("School", school["phase"]), ("Data confidence", word)])  # fmt: skip
    page.paragraphs(confidence_sentence(confidence), class_="small")
    plans, leavers = visit.read(value_for_money.by_year(urn)), visit.read(destinations.of_school(urn))
    own = visit.read(impact.of_school(urn))
    running = impact.beside_the_trust(own, visit.read(impact.interventions()))
    _ask_about(visit, urn)
    hidden = _at_a_glance(visit, school, running, plans, leavers)
    page.section("What we run", "What each intervention shows stands on the page What we run.")
    page.reading(catalogue.reading_sentence(running) if running else "No intervention runs on the date of the data.")
    page.section("Outside agencies", "Who waits for them, how long it takes, and what they were paid.")
    hidden += show_agencies(visit, urn)
    page.section("Leavers", "Where pupils were two terms after they left; more stands on the page Leavers.")
    page.reading(*(shared_destinations.headlines(leavers) or ["No leavers in the data."]))
    page.key(hidden)


def _ask_about(visit: Visit, urn: str) -> None:
    listed = asks_of(visit, visit.read(questions.of_school(urn)))
    page.section("Ask about", "The figures most worth a question. A question is not a judgement.")
    if not listed:
        page.paragraphs("Nothing in these figures stands out.")
        return
    st.html(page.asks(listed, ASKS_SHOWN))


def _at_a_glance(visit: Visit, school: Row, running: list[Row], plans: list[Row], leavers: list[Row]) -> int:
    page.section("At a glance", "Each figure beside the trust’s, and last year’s where there is one.")
    on_roll = {row["school_urn"]: row for row in visit.read(pupils.on_roll())}
    mine, trusts = on_roll.get(school["school_urn"], {}), on_roll.get(TRUST, {})
    return page.put(
        tiles(
            visit,
            [
                _roll(mine, trusts),
                _share("SEN support", "sen_support", mine, trusts, school),
                _share("EHC plans", "ehc_plan", mine, trusts, school),
                _running(running),
                _delivered(visit, plans),
                _leavers(visit, leavers),
            ],
        )
    )


def _roll(mine: Row, trusts: Row) -> Tile:
    beside = join(("Trust: ", shown(trusts, "pupils_count", whole)))
    return Tile("Pupils on roll", shown(mine, "pupils_count", whole), (beside,), "mart_pupils__school", "pupils_count")


def _share(label: str, stem: str, mine: Row, trusts: Row, school: Row) -> Tile:
    """A share of the roll with its count; a special school's share says nothing, so its count leads."""
    count, rate = f"{stem}_count", f"{stem}_rate"
    if school["is_special"]:
        return Tile(label, shown(mine, count, whole), ("A special school is not compared with the trust.",),
                    "mart_pupils__school", count)  # fmt: skip
    pupils_words = join((shown(mine, count, whole), " of ", shown(mine, "pupils_count", whole), " pupils"))
    trust_words = join(("Trust, special schools included: ", shown(trusts, rate, percent)))
    return Tile(label, shown(mine, rate, percent), (pupils_words, trust_words), "mart_pupils__school", rate)


def _running(running: list[Row]) -> Tile:
    sure = [row for row in running if row["grade"] in ("A", "B")]
    beside = f"{len(sure)} with strong or moderate evidence"
    return Tile("Interventions running", str(len(running)), (beside,), "mart_impact__school", "is_running")


def _delivered(visit: Visit, plans: list[Row]) -> Tile:
    trusts = visit.read(value_for_money.by_year(TRUST))
    figure: Content = shown(plans[-1], "delivered_rate", percent) if plans else "–"
    before = join(("Last year: ", shown(plans[-2], "delivered_rate", percent))) if len(plans) > 1 else None
    trust = join(("Trust: ", shown(trusts[-1], "delivered_rate", percent))) if trusts else None
    return Tile("EHC plan sessions delivered", figure, (before, trust),
                "mart_value_for_money__school", "delivered_rate")  # fmt: skip


def _leavers(visit: Visit, leavers: list[Row]) -> Tile:
    """The oldest stage of leavers that this school has, with the untraced as a band."""
    everyone = [row for row in leavers if row["sen_group"] == "All leavers"]
    row = everyone[-1] if everyone else {}
    is_known = known(row, "sustained_low_rate", "sustained_high_rate")
    figure = leaver_words.band_words(row) if is_known else shown(row, "sustained_low_rate", percent)
    trusts = [other for other in visit.read(destinations.of_school(TRUST)) if other["sen_group"] == "All leavers"]
    trust = next((other for other in trusts if other["leaver_stage"] == row.get("leaver_stage")), None)
    beside = join(("Trust: ", leaver_words.band_words(trust))) if trust else None
    label = f"{leaver_words.stage_words(row)}: sustained" if row else "Leavers: sustained"
    few = leaver_words.few_words(row) if row else "No leavers in the data."
    return Tile(label, figure, (few or leaver_words.unknown_words(row), beside), "mart_destinations__school",
                "sustained_low_rate")  # fmt: skip
