"""A trustee's "do interventions work": pupils and money by verdict and grade, then each intervention."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboards.figures import Row
from dashboards.markup import MISSING
from dashboards.queries.estimates import Share, roll_up
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_impact
from dashboards.views.visits import Visit
from dashboards.wording import catalogue
from dashboards.wording import impact as words
from dashboards.wording.numbers import percent, pounds, whole

_NOTE = (
    "A pupil in two interventions has two places. Over pupils, not averaged over schools or interventions: a large one "
    "counts for more than a small one."
)


def show_whether_it_works(visit: Visit, interventions: list[Row]) -> int:
    """The section for the whole trust; returns how many of its figures are hidden."""
    page.section("Do interventions work?", "How many pupils are in what we know to work, and what the rest costs.")
    hidden = _together(visit, interventions)
    page.section("Each intervention", "Beside similar pupils in the trust, in order of name: not a ranking.")
    twin = shared_impact.interventions_table(interventions, "Interventions over the whole trust")
    return hidden + shared_impact.show_interventions(visit, interventions, "interventions", twin)


def _together(visit: Visit, interventions: list[Row]) -> int:
    """Places and money by verdict and by grade, with their sentences."""
    by_verdict = roll_up(interventions, "verdict", words.VERDICT_WORDS)
    by_grade = roll_up(interventions, "grade", words.GRADE_WORDS)
    page.reading(catalogue.places_sentence(by_verdict), catalogue.unproven_sentence(by_verdict))
    verdicts = _shares_table("By verdict", "Verdict", by_verdict, words.verdict_words)
    grades = _shares_table("By evidence", "Evidence", by_grade, words.grade_words, _NOTE)
    hidden = page.table(verdicts, "by-verdict", visit) + page.table(grades, "by-evidence", visit)
    page.paragraphs(catalogue.left_out_sentence(by_verdict), class_="small")
    return hidden


def _shares_table(
    caption: str, heading: str, shares: Sequence[Share], named: Callable[[str], str], note: str = ""
) -> TableTwin:
    """One row per verdict or grade, over all that are shown."""
    places, cost = sum(share.places for share in shares), sum(share.cost_pence for share in shares)
    return TableTwin(
        caption,
        headings(heading, "#Interventions", "#Pupils’ places", "#% of places", "#Cost to date", "#% of cost"),
        tuple(
            (
                named(share.code),
                str(share.interventions),
                whole(share.places),
                percent(share.places / places) if places else MISSING,
                pounds(share.cost_pence),
                percent(share.cost_pence / cost) if cost else MISSING,
            )
            for share in shares
        ),
        note,
    )
