"""The moderation room, for the SEND lead: a round from draw to close, what it found, what to talk about.

It names children where they are known, and schools with a single rater: staff app only.
"""

from __future__ import annotations

import streamlit as st

from dashboards.access import Role
from dashboards.charts.drift import Mark, drift_alt, drift_chart
from dashboards.figures import Row, known
from dashboards.queries import moderation
from dashboards.tables import TableTwin, headings
from dashboards.views import page, send_lead_round, shared_moderation
from dashboards.views.visits import Visit, is_role
from dashboards.wording import moderation as words
from dashboards.wording.numbers import long_date, percent, whole
from expectations.errors import OrchardError
from expectations.vocabulary import TRUST

_LEGEND = (("dot", "clear of the other schools"), ("dot hollow", "not clear"), ("swatch deep", "likely range"))


def show(visit: Visit) -> None:
    """Run a round; read what the last ones found."""
    if not is_role(visit, Role.SEND_LEAD):
        raise OrchardError("Only the SEND lead runs moderation", "", "Ask the SEND lead.")
    rounds = visit.read(moderation.rounds())
    facts = [("Last round", long_date(rounds[0]["round_date"]) if rounds else "none yet"),
             ("Rounds closed", whole(len(rounds)))]  # fmt: skip
    page.masthead(visit, "For the SEND lead", "Moderation room", facts)
    send_lead_round.show(visit)
    page.section("What moderation found", "Agreement over all raters of the trust.")
    hidden = shared_moderation.show_rounds(visit, rounds)
    if rounds:
        _show_one_round(visit, [row["round_name"] for row in rounds])
    page.section("How schools moderate", "Each school’s answers to the trust’s questions, side by side.")
    hidden += shared_moderation.show_practice(visit, TRUST)
    page.key(hidden)


def _show_one_round(visit: Visit, names: list[str]) -> None:
    """Drift by school and descriptor, and the cases to discuss, of the round that is chosen."""
    page.section("School by school", words.DRIFT_NOTE)
    chosen = st.selectbox("Round", names, key="moderation-round")
    rows = visit.read(moderation.drift(chosen))
    schools = {urn: school["school_name"] for urn, school in visit.schools().items()}
    bands = [row for row in rows if row["descriptor"] == words.BAND and row["school_urn"] in schools]
    bands.sort(key=lambda row: list(schools).index(row["school_urn"]))
    page.reading(words.apart_sentence(bands, schools))
    _show_drift(visit, bands, schools)
    _show_descriptors(visit, rows, schools)
    _show_items(visit, chosen, schools)


def _show_drift(visit: Visit, rows: list[Row], schools: dict[str, str]) -> None:
    marks = [
        Mark(schools[row["school_urn"]], row["drift_bands"], row["drift_lower"], row["drift_upper"])
        for row in rows if known(row, "drift_bands", "drift_lower", "drift_upper")
    ]  # fmt: skip
    if marks:
        page.chart(drift_chart(marks), alt=drift_alt(marks), key="chart-drift")
        page.legend(*_LEGEND)
    twin = TableTwin(
        "Each school’s raters beside the other schools",
        headings("School", "#Raters", "#Pupils", "#Bands above or below", "Likely range"),
        tuple(
            (schools[row["school_urn"]], whole(row["raters_count"]), whole(row["rated_count"]), words.drift_cell(row),
             words.drift_range(row))
            for row in rows
        ),
    )  # fmt: skip
    page.table(twin, "moderation-drift", visit, fold=page.SAME_AS_TABLE)


def _show_descriptors(visit: Visit, rows: list[Row], schools: dict[str, str]) -> None:
    """Schools down, descriptors across, as many as the matrix has; first how often any two raters agreed."""
    together = [row for row in rows if row["school_urn"] == TRUST and row["descriptor"] != words.BAND]
    if not together:
        return
    page.section("Descriptor by descriptor", "On which part of the matrix do raters differ, and who sees more there?")
    page.reading(words.descriptor_sentence(together))
    cells = {(row["school_urn"], row["descriptor"]): row for row in rows}
    agreed = (("Same level, any two raters", "exact_rate"), ("Within one level", "adjacent_rate"))
    twin = TableTwin(
        "Levels above or below the other schools, by descriptor",
        headings("School", *(f"#{row['descriptor']}" for row in together)),
        (
            *((label, *(percent(row[rate]) if known(row, rate) else "–" for row in together))
              for label, rate in agreed),
            *((name, *(words.drift_cell(cells.get((urn, row["descriptor"]))) for row in together))
              for urn, name in schools.items() if any(row["school_urn"] == urn for row in rows)),
        ),
    )  # fmt: skip
    page.table(twin, "moderation-descriptors", visit)


def _show_items(visit: Visit, chosen: str, schools: dict[str, str]) -> None:
    rows = visit.read(moderation.items(chosen))
    page.section("To discuss", words.items_sentence(len(rows)))
    if not rows:
        return
    twin = TableTwin(
        "Cases two bands or more apart, the widest first",
        headings("Case", "Pupil", "School", "Bands given", "~Widest apart on"),
        tuple(
            (f"Case {row['case_number']}",
             f"{row['surname']}, {row['forename']}" if row["surname"] else "rated on paper",
             schools.get(row["school_urn"], row["school_urn"]), row["bands_given"], row["widest_descriptor"] or "–")
            for row in rows
        ),
    )  # fmt: skip
    page.table(twin, "moderation-items", visit)
    page.ask("What did each of us see in this pupil, and which criterion did we read differently?")
