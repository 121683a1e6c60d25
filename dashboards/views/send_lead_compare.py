"""The schools that run one intervention, beside each other: pupils, delivery, cost and, where enough, the result."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.charts.interventions import SCALE_TITLE, TITLES
from dashboards.charts.ranges import Band, Mark, ranges_alt, ranges_chart
from dashboards.figures import Row, known, shown
from dashboards.markup import Content
from dashboards.queries import impact
from dashboards.queries.estimates import Estimate, own_estimate_of
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.send_lead_intervention import choose
from dashboards.views.visits import Visit
from dashboards.wording import differences, schools_apart
from dashboards.wording import impact as words
from dashboards.wording.numbers import counted, percent, pounds, signed, whole

_KINDS = ((False, "Mainstream schools"), (True, "Special schools"))
_LEGEND = (
    ("dot", "a school’s pupils, drawn towards the average of the schools"),
    ("band", "the result over the whole trust, with its range"),
)


def show(visit: Visit) -> None:
    """One intervention (else that of most schools), its schools in order of name within each kind; never of result."""
    interventions = visit.read(impact.interventions())
    if not interventions:
        page.masthead(visit, "For the SEND lead", "Compare schools")
        page.paragraphs("No intervention is in the data yet.")
        return
    row = choose(interventions, max(interventions, key=_worth_comparing))
    rows = _in_order(visit, row["intervention_name"])
    page.masthead(visit, "Compare schools on one intervention", row["intervention_name"],
                  [("Schools that ran it", str(len(rows))), ("Evidence", words.grade_words(row["grade"]))])  # fmt: skip
    page.section("Each school", "In order of name, special and mainstream apart. Not a ranking.")
    marks = school_marks(rows, row)
    if marks:
        title = TITLES.get(row["outcome_unit"], SCALE_TITLE)
        alt = ranges_alt(marks, f"Difference from similar pupils, in {title}.")
        page.chart(ranges_chart(marks, title), alt, key="chart-schools")
        page.legend(*_LEGEND)
    page.reading(schools_apart.schools_sentence(rows), schools_apart.HOW_TO_READ if marks else "")
    page.paragraphs(f"Over the whole trust: {differences.result_sentence(row)}")
    hidden = sum(
        page.table(_schools_table(name, chosen), f"compare-{name.split()[0].lower()}", visit)
        for is_special, name in _KINDS
        if (chosen := [school for school in rows if school["is_special"] is is_special])
    )
    page.ask(schools_apart.ask_of(rows))
    page.key(hidden)


def _worth_comparing(row: Row) -> tuple[bool, int]:
    """With a difference in points first, then that of most schools: there are most likely schools to see."""
    return own_estimate_of(row) is not None and row["outcome_unit"] == "POINTS", row["schools_count"]


def _in_order(visit: Visit, name: str) -> list[Row]:
    """Each school's delivery with its result where there is one, in order of name within its kind."""
    schools = visit.schools()
    results = {row["school_urn"]: row for row in visit.read(impact.schools_estimates(name))}
    rows = [
        beside_its_result(row, results.get(row["school_urn"]), schools[row["school_urn"]])
        for row in visit.read(impact.schools_running(name))
        if row["school_urn"] in schools
    ]
    return sorted(rows, key=lambda row: (row["is_special"], row["school_name"]))


def beside_its_result(delivery: Row, result: Row | None, school: Row) -> Row:
    """One row of a school: what it delivered, its own result if that is shown, its name and kind."""
    hidden = [part for row in (delivery, result or {}) for part in str(row.get("hidden_columns") or "").split(",")]
    own = {"standing": "TOO_FEW_PUPILS", "both_scores_count": None} if result is None else result
    named = {"school_name": school["school_name"], "is_special": school["is_special"]}
    return {**own, **delivery, **named, "hidden_columns": ",".join(sorted({part for part in hidden if part}))}


def school_marks(rows: Sequence[Row], intervention: Row) -> list[Mark]:
    """A dot for each school that may be shown, around the result over the whole trust."""
    average = own_estimate_of(intervention)
    band = Band(average.points, average.lower, average.upper) if average else None
    titles = dict(_KINDS)
    return [
        Mark(
            name=row["school_name"],
            beside=counted(row["both_scores_count"], "pupil") if known(row, "both_scores_count") else "",
            estimate=_estimate(row),
            is_firm=True,
            band=band,
            group=titles[row["is_special"]],
        )
        for row in schools_apart.shown_schools(rows)
    ]


def _estimate(row: Row) -> Estimate:
    ends = row["difference_points"], row["lower_points"], row["upper_points"]
    return Estimate(*ends, inner_lower=None, inner_upper=None, is_drawn_in=True)


def _schools_table(name: str, rows: list[Row]) -> TableTwin:
    return TableTwin(
        name,
        headings("School", "Running", "#Pupils started", "#With both scores", "#Difference (likely range)",
                 "Compared", "#Delivered", "#Hours", "#Cost to date", "#Full plan"),
        tuple(
            (
                row["school_name"],
                "yes" if row["is_running"] else "no",
                shown(row, "started_count", whole),
                shown(row, "both_scores_count", whole),
                _difference_words(row),
                schools_apart.STANDING_WORDS.get(row["standing"], "not compared"),
                shown(row, "dose_rate", percent),
                shown(row, "delivered_hours", whole),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "planned_cost_pence", pounds),
            )
            for row in rows
        ),
        "The difference from similar pupils, drawn towards the average of the schools.",
    )  # fmt: skip


def _difference_words(row: Row) -> Content:
    if not known(row, "difference_points", "lower_points", "upper_points"):
        return shown(row, "difference_points")
    likely = differences.range_words(row["lower_points"], row["upper_points"])
    return f"{signed(row['difference_points'], '0.1')} ({likely})"
