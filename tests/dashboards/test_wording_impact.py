"""What is said of an intervention, for each number of pupils, scale and hidden cell (METHODS A7 to A14)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dashboards.queries.estimates import Share
from dashboards.views.governor_interventions import ASK_OF_FEW, ASK_OF_LEVEL, question_of
from dashboards.wording import catalogue, differences, flow, impact, questions, schools_apart, translations
from expectations.tables.impact import DESIGNS, OUTCOME_UNITS, SMALL_NUMBER_RULES, VERDICTS
from expectations.tables.impact_marts import STANDINGS
from models.evidence import Cap, allow_figures

POINTS = ("difference_points", "lower_points", "upper_points")
SHRUNKEN = ("shrunken_points", "shrunken_lower_points", "shrunken_upper_points")


def estimate(**changes: Any) -> dict[str, Any]:
    row = {
        "intervention_name": "Phonics Steps", "small_number_rule": "ALL", "design": "BALANCED_COMPARISON",
        "reason": "MEASURE", "verdict": "NO_CLEAR_DIFFERENCE", "grade": "B", "cap_reasons": "MEASURE",
        "started_count": 30, "exit_due_count": 30, "entry_count": 30, "both_scores_count": 28,
        "costed_count": 30, "subject": "Reading",
        "outcome_domain": "Reading", "outcome_unit": "POINTS", "scale": "STANDARDISED", "pooling": "NOT_POOLED",
        "difference_points": 3.0, "lower_points": -1.0, "upper_points": 7.0, "tipping_points": None,
        "percentile_growth": 8.0, "effect_size_sd": 0.3, "lower_sd": 0.1, "upper_sd": 0.5, "attrition_rate": 0.1,
        "full_dose_rate": 0.83, "due_sessions_count": 500, "delivered_sessions_count": 450,
        "dose_rate": 0.9, "cost_to_date_pence": 54_000, "planned_cost_pence": 89_000, "hidden_columns": "",
    }  # fmt: skip
    return {**row, **changes}


def of_pupils(count: int, **changes: Any) -> dict[str, Any]:
    """A released row of so many pupils with both scores as the door leaves it: no small count, no rate under ten."""
    rule = allow_figures(count, school_count=3)
    hidden: dict[str, Any] = {}
    if count < 10:
        hidden |= dict.fromkeys((*POINTS, "attrition_rate", "percentile_growth", "full_dose_rate", "effect_size_sd"))
    if 0 < count < 5:
        hidden |= dict.fromkeys(("both_scores_count", "entry_count"))
    row = estimate(both_scores_count=count, started_count=count + 2, small_number_rule=str(rule), **changes)
    return {**row, **hidden, "hidden_columns": ",".join(sorted(hidden))}


def test_the_main_sentence_is_the_one_of_the_methods() -> None:
    assert differences.result_sentence(estimate()) == (
        "Compared with similar pupils in the trust, pupils in Phonics Steps scored 3 points higher at the end "
        "(likely range −1 to +7)."
    )


def test_six_pupils_cannot_tell() -> None:
    row = estimate(small_number_rule="CANNOT_TELL_SMALL", verdict="CANNOT_TELL", both_scores_count=6,
                   difference_points=4, lower_points=-9, upper_points=17)  # fmt: skip
    assert differences.result_sentence(row) == (
        "Six pupils took part and had both scores. They ended 4 points above similar pupils, but with six pupils the "
        "true difference could be anything from 9 below to 17 above. This cannot tell us whether it works."
    )
    said = differences.result_sentence(row | {"difference_points": None, "hidden_columns": ",".join(POINTS)})
    assert said.endswith("none is shown. This cannot tell us whether it works.")
    assert "4 points" not in said


@pytest.mark.parametrize(("count", "said", "unsaid"), [
    (3, "fewer than six have a score both before and after", "points"),
    (5, "fewer than six have a score both before and after", "points"),
    (6, "Six pupils took part and had both scores. With so few", "points"),
    (9, "Nine pupils took part and had both scores. With so few", "points"),
    (10, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
    (12, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
    (19, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
    (20, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
    (44, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
    (45, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
    (60, "scored 3 points higher at the end (likely range −1 to +7)", "none is shown"),
])  # fmt: skip
def test_what_a_governor_reads_for_each_number_of_pupils(count: int, said: str, unsaid: str) -> None:
    sentence = differences.result_sentence(of_pupils(count))
    assert said in sentence
    assert unsaid not in sentence
    assert ("cannot tell us" in sentence) == (6 <= count < 10)


@pytest.mark.parametrize(
    ("count", "is_said"), [(6, False), (9, False), (10, False), (19, False), (20, True), (60, True)]
)
def test_growth_needs_twenty_pupils(count: int, is_said: bool) -> None:
    assert bool(translations.growth_sentence(of_pupils(count, verdict="AHEAD"))) is is_said


def test_below_six_nothing_but_that_it_ran_is_a_number() -> None:
    for count in range(6):
        row = of_pupils(count) | {"started_count": None}
        row["hidden_columns"] += ",started_count"
        said = f"{differences.result_sentence(row)} {translations.growth_sentence(row)}"
        assert not re.search(r"\d", said), said


def test_a_few_pupils_are_asked_about_as_the_methods_say() -> None:
    assert question_of(of_pupils(6, verdict="CANNOT_TELL")) == ASK_OF_FEW
    assert question_of(of_pupils(30, verdict="CANNOT_TELL")) == questions.TRIGGERS["UNPROVEN"][1]
    assert question_of(of_pupils(6, verdict="CANNOT_TELL", dose_rate=0.4)) == questions.TRIGGERS["LOW_DOSE"][1]
    assert question_of(of_pupils(30, verdict="NO_CLEAR_DIFFERENCE")) == ASK_OF_LEVEL
    assert question_of(of_pupils(30, verdict="BEHIND")) == questions.TRIGGERS["BEHIND"][1]
    assert question_of(of_pupils(0, verdict="CANNOT_TELL", reason="NO_TEST")) == questions.TRIGGERS["UNPROVEN"][1]


def test_a_drawn_in_figure_leads_and_its_own_pupils_are_told_after() -> None:
    row = estimate(pooling="POOLED", shrunken_points=1.6, shrunken_lower_points=-1.2, shrunken_upper_points=4.4)
    assert "scored 2 points higher at the end (likely range −1 to +4)" in differences.result_sentence(row)
    assert differences.own_sentence(row).startswith("Its own pupils alone came to 3 points higher (−1 to +7).")
    assert differences.own_sentence(estimate()) == ""
    hidden = row | {"hidden_columns": "shrunken_points"}
    assert "3 points higher" in differences.result_sentence(hidden), "its own is still there"


@pytest.mark.parametrize("rule", SMALL_NUMBER_RULES)
@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("pooling", ["POOLED", "TOO_FEW_TO_POOL"])
def test_no_difference_is_said_without_its_range(rule: str, design: str, verdict: str, pooling: str) -> None:
    """Every combination: where the points are said, so are both ends of the range; hidden, none of them."""
    drawn_in = dict(zip(SHRUNKEN, (31.0, 22.0, 43.0), strict=True))
    row = estimate(small_number_rule=rule, design=design, verdict=verdict, pooling=pooling,
                   difference_points=31.0, lower_points=22.0, upper_points=43.0, **drawn_in)  # fmt: skip
    said = differences.result_sentence(row)
    assert said
    assert ("31" in said) == ("22" in said) == ("43" in said)
    if rule == "TOO_FEW" or design == "NONE":
        assert rule == "CANNOT_TELL_SMALL" or "31" not in said
    hidden = (*POINTS, *SHRUNKEN)
    unsaid = differences.result_sentence(row | dict.fromkeys(hidden) | {"hidden_columns": ",".join(hidden)})
    assert unsaid
    assert not any(number in unsaid for number in ("31", "22", "43", "None"))


@pytest.mark.parametrize("unit", OUTCOME_UNITS)
def test_every_unit_says_its_difference_and_hides_it(unit: str) -> None:
    places = {"superiority_rate": 0.58, "superiority_low_rate": 0.45, "superiority_high_rate": 0.7}
    row = estimate(outcome_unit=unit, **places)
    assert "likely range" in differences.result_sentence(row)
    named = (*POINTS, *places, "effect_size_sd", "lower_sd", "upper_sd")
    hidden = row | dict.fromkeys(named) | {"hidden_columns": ",".join(named)}
    assert differences.result_sentence(hidden).startswith("No difference is shown, because it rests on a small number")
    assert differences.short_words(hidden) == ""
    assert (differences.short_words(row) == "") == (unit == "POINTS")


def test_ranks_are_told_as_places() -> None:
    row = estimate(outcome_unit="RANKS", superiority_rate=0.58, superiority_low_rate=0.45, superiority_high_rate=0.7)
    assert differences.result_sentence(row) == (
        "If you picked one pupil from each group, the intervention pupil would be ahead 58 times in 100 (likely range "
        "45 to 70; 50 is no difference)."
    )


@pytest.mark.parametrize(("points", "low", "high", "unit", "said", "short"), [
    (2.4, 0.9, 3.9, "SESSIONS_PER_100", "missed 2.4 fewer sessions in every 100 (likely range 0.9 to 3.9 fewer)",
     "2.4 fewer in 100 (0.9 to 3.9 fewer)"),
    (-1.0, -3.0, 1.0, "SESSIONS_PER_100", "missed 1 more session in every 100 (likely range 3 more to 1 fewer)",
     "1 more session in 100 (3 more to 1 fewer)"),
    (0.04, -1.0, 1.0, "PER_100_PUPILS_A_YEAR", "had about as many suspensions for every 100 pupils in a school year",
     "about as many suspensions (1 more to 1 fewer)"),
    (14.0, 2.0, 26.0, "PER_100_PUPILS_A_YEAR", "had 14 fewer suspensions for every 100 pupils in a school year",
     "14 fewer suspensions for 100 pupils a year (2 to 26 fewer)"),
])  # fmt: skip
def test_attendance_and_suspensions_are_told_in_their_units_and_above_zero_is_fewer(
    points: float, low: float, high: float, unit: str, said: str, short: str
) -> None:
    row = estimate(outcome_unit=unit, difference_points=points, lower_points=low, upper_points=high)
    assert said in differences.result_sentence(row)
    assert differences.short_words(row) == short


def test_growth_is_said_only_when_clear_of_zero_and_with_enough_pupils() -> None:
    assert translations.growth_sentence(estimate(verdict="AHEAD")).endswith("about the 58th place in 100.")
    assert translations.growth_sentence(estimate(verdict="NO_CLEAR_DIFFERENCE")) == ""
    assert translations.growth_sentence(estimate(verdict="AHEAD", small_number_rule="WEAK_AT_MOST")) == ""
    assert translations.growth_sentence(estimate(verdict="AHEAD", lower_sd=None)) == ""


def test_a_range_clear_of_zero_is_never_rounded_onto_it() -> None:
    assert differences.range_words(-4.8, -0.3) == "−4.8 to −0.3"
    assert differences.range_words(0.04, 6) == "0.0 to +6.0"
    assert differences.range_words(-0.2, 6) == "0 to +6"


@pytest.mark.parametrize(("missing", "tipping", "said"), [
    (7, 9.2, "if the 7 pupils without an end score did 9 points worse than the rest."),
    (7, -9.2, "if the 7 pupils without an end score did 9 points better than the rest."),
    (3, 20.0, "if the few pupils without an end score did 20 points worse"),
    (5, 0.3, "if the 5 pupils without an end score did less than 1 point worse"),
    (0, 9.0, ""),
    (7, None, ""),
])  # fmt: skip
def test_the_tipping_point_names_who_is_missing_unless_they_are_few(
    missing: int, tipping: float | None, said: str
) -> None:
    due = 28 + missing
    row = estimate(exit_due_count=due, entry_count=due, tipping_points=tipping, verdict="AHEAD")
    assert said in translations.tipping_sentence(row)
    assert bool(translations.tipping_sentence(row)) is bool(said)
    assert translations.tipping_sentence(row | {"hidden_columns": "exit_due_count"}) == ""
    said_of_both = translations.tipping_sentence(row | {"entry_count": 27})
    assert ("who lack a score before or after" in said_of_both) is bool(said)
    for unclaimed in ("NO_CLEAR_DIFFERENCE", "CANNOT_TELL"):
        assert translations.tipping_sentence(row | {"verdict": unclaimed}) == "", "nothing is claimed that could turn"


@pytest.mark.parametrize(("design", "whom"), [
    ("BALANCED_COMPARISON", "similar pupils"),
    ("SCHOOL_MEANS", "schools that did not run it"),
    ("NORM_REFERENCED", "what the test’s norms lead us to expect"),
])  # fmt: skip
def test_what_stands_for_without_it_is_named_as_it_is(design: str, whom: str) -> None:
    row = estimate(entry_mean=82.3, exit_mean=88.1, expected_exit_mean=84.7, design=design)
    assert f"Going by {whom} they would have ended" in translations.expected_sentence(row)


def test_a_rise_is_told_with_what_would_have_been() -> None:
    row = estimate(entry_mean=82.3, exit_mean=88.1, expected_exit_mean=84.7)
    assert "started at 82 and ended at 88" in translations.expected_sentence(row)
    assert "at about 85 without it" in translations.expected_sentence(row)
    assert translations.expected_sentence(row | {"hidden_columns": "expected_exit_mean"}) == ""


def test_ratio_gain_is_a_description_and_months_are_small_print() -> None:
    assert "does not say what brought it about" in translations.ratio_gain_sentence(estimate(ratio_gain=1.84))
    assert "1.8 months of age" in translations.ratio_gain_sentence(estimate(ratio_gain=1.84))
    row = estimate(months_count=3, months_low_count=1, months_high_count=5)
    assert "about 3 months (EEF table; likely range +1 to +5)" in translations.months_words(row)
    assert translations.months_words(estimate(months_count=None)) == ""


def test_little_dose_warns_that_the_programme_was_not_tried() -> None:
    warning = "This tells us about what was delivered, not about the programme."
    assert warning not in impact.dose_sentence(estimate(dose_rate=0.6))
    assert warning in impact.dose_sentence(estimate(dose_rate=0.59))
    assert impact.dose_sentence(estimate(dose_rate=None)) == ""
    assert impact.sessions_words(estimate()) == "450 of 500"


def test_a_cost_says_for_how_many_it_speaks() -> None:
    assert impact.cost_sentence(estimate()) == "£540 spent to date of £890 planned."
    assert impact.cost_sentence(estimate(costed_count=12)).endswith("planned, for 12 of 30 pupils.")
    at_a_school = estimate(costed_count=12, school_started_count=12)
    assert impact.cost_sentence(at_a_school) == "£540 spent to date of £890 planned."


def test_every_cap_is_named() -> None:
    row = estimate(grade="C", cap_reasons="DESIGN,NUMBERS")
    said = "The grade is held at C by what they can be compared with and the number of pupils."
    assert impact.caps_sentence(row) == said
    assert impact.caps_sentence(estimate(grade="A", cap_reasons=None)) == ""
    assert impact.caps_sentence(estimate(cap_reasons="A_NEW_CAP")) == ""


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, ""), (2, "With two"), (9, "may be chance"), (10, "about one"), (18, "about one"), (40, "about two")],
)
def test_chance_is_said_in_words(count: int, said: str) -> None:
    assert said in catalogue.chance_sentence(count)
    assert bool(catalogue.chance_sentence(count)) is bool(said)


def subject(**changes: Any) -> dict[str, Any]:
    row = {
        "outcome_domain": "Reading", "interventions_count": 7, "pooling": "POOLED", "mean_points": 1.2,
        "lower_points": -0.4, "upper_points": 2.8, "prediction_lower_points": -2.6, "prediction_upper_points": 5.0,
        "hidden_columns": "",
    }  # fmt: skip
    return {**row, **changes}


def test_a_subject_says_its_average_and_when_its_spread_is_no_more_than_chance() -> None:
    assert catalogue.domain_sentence(subject()) == (
        "Reading: the average over 7 interventions is +1.2 points (0 to +3). Of another one we would expect −3 to +5."
    )
    same = catalogue.domain_sentence(subject(pooling="NO_SPREAD_BETWEEN"))
    assert "no larger than chance" in same
    few = catalogue.domain_sentence(subject(pooling="TOO_FEW_TO_POOL", interventions_count=3))
    assert (
        few == "Reading: 3 interventions can be compared, too few to draw towards an average. Each stands for itself."
    )
    assert "1.2" not in catalogue.domain_sentence(subject(hidden_columns="mean_points"))


def test_places_and_money_are_told_over_pupils() -> None:
    shares = [Share("AHEAD", 2, 97, 600_000, 0, 0), Share("CANNOT_TELL", 5, 103, 400_000, 1, 2)]
    assert "Of 200 places that pupils took in interventions, 97 (49%) in interventions" in (
        catalogue.places_sentence(shares)
    )
    assert "£4,000 of £10,000 spent to date (40%)" in catalogue.unproven_sentence(shares)
    assert catalogue.left_out_sentence(shares).endswith(
        "recorded: the pupils of 1 intervention and the cost of 2 interventions."
    )
    assert catalogue.places_sentence([]) == catalogue.unproven_sentence([]) == catalogue.left_out_sentence([]) == ""


def school(points: float | None, **changes: Any) -> dict[str, Any]:
    row = {"standing": "SHOWN" if points is not None else "TOO_FEW_PUPILS", "difference_points": points,
           "lower_points": -1.0, "upper_points": 4.0, "hidden_columns": ""}  # fmt: skip
    return {**row, **changes}


def test_schools_that_do_not_differ_are_said_not_to() -> None:
    apart, same = [school(1.0), school(2.0), school(None)], [school(1.501), school(1.502)]
    assert schools_apart.schools_sentence(apart) == "Two of 3 schools can be compared on the result."
    assert schools_apart.schools_sentence(same).startswith("All 2 schools")
    near = [school(4.4), school(4.5)]
    assert "hardly larger than chance" in schools_apart.schools_sentence(near)
    assert schools_apart.ask_of(near) == schools_apart.ASK_OF_DELIVERY
    assert "no larger than chance" in schools_apart.schools_sentence(same)
    asks = [schools_apart.ask_of(rows) for rows in (apart, same, [school(None)])]
    assert asks == [schools_apart.ASK, schools_apart.ASK_OF_DELIVERY, schools_apart.ASK_OF_DELIVERY]
    assert "are not compared" in schools_apart.schools_sentence([school(None)])
    assert set(STANDINGS) == set(schools_apart.STANDING_WORDS)


def test_the_flow_in_one_sentence() -> None:
    assert flow.flow_sentence(estimate()).startswith("28 of 30 pupils who started")
    assert not re.search(r"\d", flow.flow_sentence(estimate(hidden_columns="both_scores_count")))


def test_a_school_says_how_many_are_its_own() -> None:
    assert differences.here_sentence(estimate(school_started_count=11)) == "Here 11 pupils started it."
    hidden = estimate(school_started_count=11, hidden_columns="school_started_count")
    assert differences.here_sentence(hidden) == ""


def test_hidden_rules_are_called_few() -> None:
    row = estimate(small_number_rule=None, both_scores_count=None, hidden_columns="both_scores_count")
    assert "fewer than six" in differences.result_sentence(row).lower()


def test_no_sentence_says_none_when_everything_is_hidden() -> None:
    names = [name for name in estimate() if name.endswith(("_count", "_points", "_rate", "_sd", "_pence", "_growth"))]
    row = estimate() | dict.fromkeys(names) | {"hidden_columns": ",".join(names), "ratio_gain": None}
    said = [
        say(row)
        for say in (
            differences.result_sentence, differences.own_sentence, translations.growth_sentence,
            translations.tipping_sentence, translations.norms_sentence, translations.expected_sentence,
            translations.months_words, translations.ratio_gain_sentence, differences.here_sentence,
            impact.dose_sentence, impact.cost_sentence, impact.missing_scores_sentence,
            impact.sessions_words,
        )
    ]  # fmt: skip
    assert not any(re.search(r"None|\d", sentence) for sentence in said)


def test_every_cap_of_the_model_has_its_words() -> None:
    assert {cap.value for cap in Cap} - {Cap.NOTHING} == set(impact.CAP_WORDS)
