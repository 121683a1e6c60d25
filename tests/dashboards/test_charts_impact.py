"""Pictures of impact: only what is shown is drawn, in order of name, and the words beside them say the same."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from dashboards.charts.expected import expected_alt, expected_chart, path_of
from dashboards.charts.interventions import can_be_drawn, intervention_marks, interventions_alt, interventions_chart
from dashboards.charts.ranges import Mark, ranges_alt, ranges_chart
from dashboards.queries.estimates import Estimate, estimate_of, own_estimate_of, roll_up
from dashboards.views.send_lead_compare import beside_its_result, school_marks
from dashboards.views.send_lead_interventions import catalogue_table
from dashboards.views.shared_flow import flow_picture, flow_table
from dashboards.views.shared_impact import legend_of
from dashboards.wording.differences import estimate_words
from tests.dashboards.test_charts import numbers_in, of

INTERVENTIONS = of("mart_impact__intervention")
DOMAINS = {row["outcome_domain"]: row for row in of("mart_impact__domain")}
BY_NAME = {row["intervention_name"]: row for row in INTERVENTIONS}
DRAWN = ["Behind Blocks", "Paired Pages", "Phonics Steps", "Word Workshop"]


def dots(figure: Any) -> Any:
    return next(trace for trace in figure.data if trace.mode == "markers")


def words_in(figure: Any) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_a_dot_needs_figures_a_grade_and_a_standardised_test() -> None:
    assert [row["intervention_name"] for row in INTERVENTIONS if can_be_drawn(row)] == DRAWN
    row = BY_NAME["Phonics Steps"]
    assert not can_be_drawn(row | {"grade": "D"})
    assert not can_be_drawn(row | {"scale": "AGE"})
    hidden = "shrunken_lower_points,lower_points"
    assert not can_be_drawn(row | {"hidden_columns": hidden})


def test_the_dot_is_the_drawn_in_estimate_and_its_own_where_there_is_none() -> None:
    pooled, alone = BY_NAME["Phonics Steps"], BY_NAME["Behind Blocks"]
    assert estimate_of(pooled) == Estimate(2.6, 0.5, 4.7, 1.8, 3.4, is_drawn_in=True)
    assert estimate_of(alone) == Estimate(-3.2, -5.6, -0.8, -4.0, -2.4, is_drawn_in=False)
    assert own_estimate_of(pooled) == Estimate(3.4, 0.6, 6.2, 1.8, 3.4, is_drawn_in=False)
    figure = interventions_chart(intervention_marks(INTERVENTIONS, DOMAINS))
    assert list(dots(figure).x) == [-3.2, 0.7, 2.6, 1.0], "in order of name, not of effect"
    assert list(dots(figure).marker.symbol) == ["diamond", "circle", "circle", "circle"]


def test_weak_evidence_is_hollow_and_no_colour_tells_the_sign() -> None:
    behind, level, ahead, weak = dots(interventions_chart(intervention_marks(INTERVENTIONS, DOMAINS))).marker.color
    assert behind == level == ahead != weak


def test_rows_stand_in_the_order_given_one_below_the_other() -> None:
    figure = interventions_chart(intervention_marks(INTERVENTIONS, DOMAINS))
    heights = {note.text: note.y for note in figure.layout.annotations if str(note.text).startswith("<b>")}
    assert [name[3:-4] for name in heights] == sorted(BY_NAME)
    assert all(upper - lower == pytest.approx(1) for upper, lower in pairwise(heights.values()))


def test_an_area_opens_a_part_of_the_picture() -> None:
    rows = sorted(INTERVENTIONS, key=lambda row: (row["area_of_need"], row["intervention_name"]))
    figure = interventions_chart(intervention_marks(rows, DOMAINS, "area_of_need"))
    areas = sorted({row["area_of_need"] for row in rows})
    assert [words for words in words_in(figure) if words in areas] == areas


def test_the_band_is_the_subjects_average_and_only_where_there_is_one() -> None:
    figure = interventions_chart(intervention_marks(INTERVENTIONS, DOMAINS))
    bands = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"]
    assert bands == [(-2.6, 5.0)] * 3, "reading alone is pooled, and only drawn rows have one"
    assert [shape.x0 for shape in figure.layout.shapes if shape.name == "mean"] == [1.2] * 3


def test_thick_and_thin_bars_are_the_half_and_the_95_per_cent_range() -> None:
    thin, thick = interventions_chart(intervention_marks([BY_NAME["Phonics Steps"]], DOMAINS)).data[:2]
    assert (list(thin.x), list(thick.x)) == ([0.5, 4.7, None], [1.8, 3.4, None])
    assert thin.line.width < thick.line.width


def test_hidden_figures_have_no_geometry() -> None:
    """A wrongly built row with values under hidden columns gives no mark, range or text of them."""
    named = "difference_points,shrunken_points,both_scores_count,prediction_lower_points"
    secret = BY_NAME["Phonics Steps"] | {
        "hidden_columns": named, "difference_points": 777.0, "shrunken_points": 777.0, "upper_points": 778.0,
        "shrunken_upper_points": 778.0, "both_scores_count": 779,
    }  # fmt: skip
    domain = DOMAINS["Reading"] | {"hidden_columns": named, "prediction_lower_points": -777.0}
    marks = intervention_marks([secret, BY_NAME["Word Workshop"]], {"Reading": domain})
    figure = interventions_chart(marks)
    assert max(figure.layout.xaxis.range) < 100
    for said in (str(figure), interventions_alt(marks), catalogue_table([secret]).csv(), flow_picture(secret)):
        assert not any(number in said for number in ("777", "778", "779"))


def test_names_in_charts_are_inert() -> None:
    row = BY_NAME["Phonics Steps"] | {"intervention_name": '<a href="https://x.invalid">y</a>'}
    words = BY_NAME["Tiny Tutors"] | {"intervention_name": "<a>", "area_of_need": "<a>z</a>"}
    assert "<a" not in str(interventions_chart(intervention_marks([row, words], DOMAINS, "area_of_need")))


def test_the_words_for_those_who_do_not_see_it_are_what_is_drawn() -> None:
    marks = intervention_marks(INTERVENTIONS, DOMAINS)
    told = interventions_alt(marks)
    assert [name for name in BY_NAME if name in told] == DRAWN
    for name in DRAWN:
        estimate = estimate_of(BY_NAME[name])
        assert estimate is not None
        assert f"{name}: {estimate_words(estimate)}" in told
    hovers = list(dots(interventions_chart(marks)).customdata)
    assert all(hover.split("<br>")[1] in told for hover in hovers)
    assert ranges_alt([], "Nothing.").endswith("Nothing is drawn.")


def test_the_legend_names_only_marks_that_are_there() -> None:
    def signs(*names: str) -> list[str]:
        return [sign for sign, _ in legend_of(intervention_marks([BY_NAME[name] for name in names], DOMAINS))]

    assert signs("Phonics Steps") == ["dot", "band"]
    assert signs("Behind Blocks") == ["dot", "diamond"]
    assert signs("Word Workshop", "Tiny Tutors") == ["dot hollow", "band", ""]


def test_a_table_twin_has_the_same_rounding_and_leads_on() -> None:
    twin = catalogue_table(INTERVENTIONS)
    assert [getattr(cells[0], "label", "") for cells in twin.rows] == list(BY_NAME)
    assert "+3 (+1 to +5)" in twin.rows[4]
    assert 'href="intervention?name=Phonics+Steps"' in twin.html()
    assert "href" not in twin.csv()


def test_an_address_cannot_be_left_by_a_name() -> None:
    row = BY_NAME["Phonics Steps"] | {"intervention_name": 'a" onclick="x&name=b'}
    html = catalogue_table([row]).html()
    assert 'href="intervention?name=a%22+onclick%3D%22x%26name%3Db"' in html


def test_what_would_have_happened_is_drawn_from_one_start() -> None:
    path = path_of(BY_NAME["Phonics Steps"])
    assert path is not None
    assert (path.expected_lower, path.expected_upper) == (pytest.approx(81.9), pytest.approx(87.5))
    figure = expected_chart(path)
    assert numbers_in(figure) >= {82.3, 88.1, 84.7}
    low, high = figure.layout.yaxis.range
    assert low < 81.9
    assert high > 88.1
    for number in ("82", "88", "85"):
        assert any(number in words for words in words_in(figure))
        assert number in expected_alt(path)


@pytest.mark.parametrize(
    "changes",
    [{"hidden_columns": "exit_mean"}, {"entry_mean": None}, {"scale": "AGE"}, {"hidden_columns": "upper_points"}],
)
def test_no_picture_of_a_path_that_is_hidden_or_no_scores(changes: dict[str, Any]) -> None:
    assert path_of(BY_NAME["Phonics Steps"] | changes) is None


def schools() -> list[dict[str, Any]]:
    names = {row["school_urn"]: row for row in of("mart_release__schools")}
    results = {row["school_urn"]: row for row in of("mart_impact__school_estimate", intervention_name="Phonics Steps")}
    return [
        beside_its_result(row, results.get(row["school_urn"]), names[row["school_urn"]])
        for row in of("mart_impact__school", intervention_name="Phonics Steps")
    ]


def test_schools_are_drawn_only_where_their_own_result_is_shown() -> None:
    marks = school_marks(schools(), BY_NAME["Phonics Steps"])
    assert [mark.name for mark in marks] == ["Elm Primary School", "Oak Academy"]
    assert {mark.group for mark in marks} == {"Mainstream schools"}
    assert {(mark.band.lower, mark.band.mean, mark.band.upper) for mark in marks if mark.band} == {(0.6, 3.4, 6.2)}
    figure = ranges_chart(marks, "points")
    assert list(dots(figure).x) == [2.9, 3.8]
    assert "Ash" not in str(figure)


def test_a_schools_hidden_cells_stay_hidden_beside_its_result() -> None:
    (ash,) = [row for row in schools() if row["school_name"] == "Ash School"]
    assert "both_scores_count" in ash["hidden_columns"].split(",")
    assert ash["started_count"] == 10
    assert school_marks([ash], BY_NAME["Phonics Steps"]) == []
    assert school_marks([ash | {"standing": "SHOWN", "difference_points": 777.0}], BY_NAME["Phonics Steps"]) == []


def test_an_empty_picture_is_one() -> None:
    figure = ranges_chart([Mark("Nothing yet", "", None, "Cannot tell yet")], "points")
    assert numbers_in(figure) == set()


def test_the_flow_has_a_bar_for_each_shown_number_and_none_for_hidden() -> None:
    shown = flow_picture(BY_NAME["Phonics Steps"])
    assert shown.count('class="bar"') == 5
    assert "width: 80.3%" in shown, "49 of 61"
    hidden = flow_picture(BY_NAME["Tiny Tutors"])
    assert 'class="bar"' not in hidden
    assert hidden.count("hidden: small number</span>") == 4, "nobody was compared"
    assert [row[1] for row in flow_table(BY_NAME["Phonics Steps"]).rows] == ["61", "58", "56", "49", "49"]


def test_why_others_are_not_in_a_step_is_said_only_where_some_are_lost() -> None:
    whys = [row[2] for row in flow_table(BY_NAME["Phonics Steps"]).rows]
    assert [bool(why) for why in whys] == [False, True, True, True, False]


def test_the_roll_up_is_over_pupils_and_leaves_out_what_is_hidden() -> None:
    shares = {share.code: share for share in roll_up(INTERVENTIONS, "verdict", ("AHEAD", "BEHIND", "CANNOT_TELL"))}
    assert (shares["AHEAD"].interventions, shares["AHEAD"].places) == (2, 36 + 61)
    assert shares["CANNOT_TELL"].places == 25 + 12 + 30 + 18
    assert (shares["CANNOT_TELL"].hidden_places, shares["CANNOT_TELL"].hidden_costs) == (1, 1)
    assert shares["BEHIND"].cost_pence == 1_234_500
    secret = BY_NAME["Phonics Steps"] | {"hidden_columns": "started_count", "started_count": 777}
    assert [share.places for share in roll_up([secret], "verdict", ("AHEAD",))] == [0]
