"""The part of the SENCO's register that is not on it: pupils whose scores stay low or who are away half of the time."""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.queries import identification
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording.needs import year_words
from dashboards.wording.numbers import percent

_WHY = {
    "LOW_SCORES": "Two low scores in a row",
    "SEVERE_ABSENCE": "Half of all sessions missed",
    "BOTH": "Two low scores in a row, and half of all sessions missed",
}
LEAD = "A low score is a reason to look, not a need. Class teaching may be the answer, and for some it is."


def show_unlisted(visit: Visit, urn: str) -> None:
    """Pupils worth a look, by name."""
    rows = visit.read(identification.unlisted(urn))
    page.section("On no register, worth a look", LEAD)
    if not rows:
        page.paragraphs("No pupil without SEN has two low scores in a row or missed half of all sessions.")
        return
    page.table(_table(rows), "unlisted", visit, is_shortened=True)


def _table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (f"{row['surname']}, {row['forename']}", year_words(row["nc_year"]), _WHY[row["why_look"]],
         shown(row, "absence_rate", percent))
        for row in rows
    )  # fmt: skip
    return TableTwin("Pupils on no register", headings("Pupil", "Year", "Why", "#Sessions missed"), cells)
