"""Sentences: numbers rounded as by hand, ranges always beside differences, words where there are few."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from dashboards.wording import destinations, impact, money, needs, numbers, questions, release
from expectations import vocabulary
from expectations.tables import ALL
from expectations.tables.deliveries import DELIVERY_STATES, MART_DELIVERIES__CONFIDENCE
from expectations.tables.destinations import LEAVER_STAGES
from expectations.tables.impact import DESIGNS, GRADES, VERDICTS
from expectations.tables.questions import SUBJECTS
from models.questions import TRIGGERS
from models.scores import Reason
from models.suppression import hideable_columns
from tests.dashboards.test_wording_impact import estimate
from tests.support.frames import rows


@pytest.mark.parametrize(("pence", "said"), [
    (0, "£0"), (49, "£0"), (50, "£1"), (149, "£1"), (150, "£2"), (185_000, "£1,850"), (-150, "−£2"), (-49, "£0"),
])  # fmt: skip
def test_pounds_are_whole_and_half_goes_away_from_zero(pence: int, said: str) -> None:
    assert numbers.pounds(pence) == said


@pytest.mark.parametrize(
    ("rate", "said"), [(0.005, "1%"), (0.0049, "0%"), (0.145, "15%"), (1, "100%"), (-0.005, "−1%")]
)
def test_per_cents_are_whole(rate: float, said: str) -> None:
    assert numbers.percent(rate) == said


@pytest.mark.parametrize(("points", "said"), [
    (0.5, "+1"), (-0.5, "−1"), (0.49, "0"), (-0.49, "0"), (7, "+7"), (-1.2, "−1"), (1234.6, "+1,235"),
])  # fmt: skip
def test_a_signed_number_has_its_sign_and_no_minus_nothing(points: float, said: str) -> None:
    assert numbers.signed(points) == said


def test_small_words() -> None:
    assert numbers.span(-1, 7) == "−1 to +7"
    assert numbers.pounds_between(185_000, 235_000) == "between £1,850 and £2,350"
    assert numbers.pounds_between(185_000, 185_040) == "about £1,850"
    assert [numbers.ordinal(n) for n in (1, 2, 3, 11, 12, 13, 21, 58)] == [
        "1st", "2nd", "3rd", "11th", "12th", "13th", "21st", "58th",
    ]  # fmt: skip
    assert numbers.year_name(2025) == "2025/26"
    assert numbers.year_name(2099) == "2099/00"
    assert numbers.long_date(dt.date(2026, 11, 4)) == "4 November 2026"
    assert numbers.counted(1, "pupil") == "1 pupil"
    assert numbers.listed(["a", "b", "c"]) == "a, b and c"


def plans(**changes: Any) -> dict[str, Any]:
    row = {
        "academic_year": 2025, "plans_count": 31, "uncosted_plans_count": 0, "gap_plans_count": 14,
        "cost_to_date_pence": 6_100_000, "gap_pence": 3_800_000, "outcomes_due_count": 44, "outcomes_met_count": 26,
        "outcomes_not_met_count": 11, "outcomes_no_evidence_count": 7, "cost_per_outcome_low_pence": 184_848,
        "cost_per_outcome_high_pence": 234_615, "delivered_rate": 0.9, "reason": None, "hidden_columns": "",
    }  # fmt: skip
    return {**row, **changes}


def test_money_is_said_as_the_methods_say_it() -> None:
    assert money.outcomes_sentence(plans()) == (
        "We spent £61,000 on plans with 44 outcomes due; 26 were met, 11 not, 7 have no evidence. That is between "
        "£1,850 and £2,350 for each outcome met."
    )
    assert money.gap_sentence(plans()) == (
        "For 14 of 31 plans, planned support costs more than the funding that comes with them: £38,000 in all."
    )


def test_hidden_money_is_neither_said_nor_called_zero() -> None:
    row = plans(gap_plans_count=None, gap_pence=None, hidden_columns="gap_pence,gap_plans_count")
    assert "not shown" in money.gap_sentence(row)
    row = plans(outcomes_met_count=None, cost_per_outcome_low_pence=None, reason="FEW_MET",
                hidden_columns="outcomes_met_count")  # fmt: skip
    assert "not shown" in money.outcomes_sentence(row)
    assert money.outcomes_sentence(row).endswith("so a cost for each would mislead.")


def test_leavers_whose_rule_is_hidden_are_not_called_few() -> None:
    row = leavers(small_number_rule=None, leavers_count=None, hidden_columns="leavers_count,small_number_rule")
    assert destinations.sustained_sentence(row).startswith("Not shown")


def leavers(**changes: Any) -> dict[str, Any]:
    row = {
        "leaver_stage": "Year 11", "first_academic_year": 2022, "last_academic_year": 2024, "leavers_count": 28,
        "sustained_count": 22, "not_sustained_count": 3, "unknown_count": 3, "sustained_low_rate": 22 / 28,
        "sustained_high_rate": 25 / 28, "small_number_rule": "RATE", "hidden_columns": "",
    }  # fmt: skip
    return {**row, **changes}


def test_leavers_are_said_as_the_methods_say_it() -> None:
    assert destinations.sustained_sentence(leavers()) == (
        "22 to 25 of 28 leavers were still in education, training or work after six months (3 not traced)."
    )
    assert "All were traced" in destinations.sustained_sentence(leavers(unknown_count=0))
    assert destinations.band_words(leavers()) == "79–89%"
    assert destinations.unknown_words(leavers()) == "11% not traced"


def test_hidden_untraced_leavers_are_not_said() -> None:
    row = leavers(unknown_count=None, sustained_high_rate=None, hidden_columns="sustained_high_rate,unknown_count")
    said = destinations.sustained_sentence(row)
    assert said.startswith("At least 22 of 28 leavers")
    assert "three" not in said
    assert destinations.unknown_words(row) == ""


@pytest.mark.parametrize("rule", ["NOTHING", "WORDS"])
def test_few_leavers_get_words_and_no_rate(rule: str) -> None:
    row = leavers(small_number_rule=rule, leavers_count=8, sustained_count=None, hidden_columns="sustained_count")
    assert "too few" in destinations.sustained_sentence(row).lower()
    assert "%" not in destinations.sustained_sentence(row)


def test_every_code_of_the_contracts_has_its_words() -> None:
    """A code without words falls back to a plain sentence; none that is declared today does."""
    assert set(GRADES) == set(impact.GRADE_WORDS)
    assert set(VERDICTS) == set(impact.VERDICT_WORDS)
    assert set(DESIGNS) - {"NONE"} == set(impact.DESIGN_WORDS)
    assert set(SUBJECTS) == set(questions.SUBJECT_WORDS) == set(questions.NEUTRAL)
    assert {trigger.code for trigger in TRIGGERS} == set(questions.TRIGGERS)
    assert set(DELIVERY_STATES) <= set(release.STATE_WORDS)
    check = MART_DELIVERIES__CONFIDENCE.by_name["confidence"].checks[0]
    assert set(check.values) == set(release.CONFIDENCE_WORDS)  # type: ignore[attr-defined]
    assert set(LEAVER_STAGES) == set(destinations.STAGE_WORDS)
    assert {str(reason) for reason in Reason} <= set(impact.REASON_WORDS)
    assert all(needs.type_words(code) != "No need recorded" for code in vocabulary.SEN_TYPES)
    assert all(needs.provision_words(code) != "Not recorded" for code in vocabulary.SEN_PROVISIONS)
    assert all(needs.year_words(code) != "Not recorded" for code in vocabulary.NC_YEARS)


def test_an_unknown_code_still_gives_a_sentence_and_a_question() -> None:
    row = {"subject": "DATA", "trigger": "NEW", "about": None, "figure_table": "x", "figure_column": "y"}
    ask = questions.ask_of(row, None)
    assert ask.title == "Data"
    assert ask.said
    assert ask.question.endswith("?")
    assert impact.reason_sentence(estimate(reason="NEW"))
    assert impact.verdict_words("NEW") == "Not judged"


@pytest.mark.parametrize("code", sorted(questions.TRIGGERS))
def test_every_trigger_asks_a_question_and_survives_hidden_figures(code: str) -> None:
    (table,) = (ALL[trigger.figure_table] for trigger in TRIGGERS if trigger.code == code)
    known = estimate() | plans() | leavers() | {"sen_support_rate": 0.2, "recorded_rate": 0.7, "confidence": "POOR",
              "files_taken_count": 3, "files_refused_count": 0, "set_aside_percent": 9}  # fmt: skip
    plain = rows(table, **({"hidden_columns": ""} if "hidden_columns" in table.by_name else {})).to_dicts()[0]
    figures = plain | {name: value for name, value in known.items() if name in table.by_name}
    question = {"subject": "IMPACT", "trigger": code, "about": "2026", "figure_table": "x", "figure_column": "y"}
    ask = questions.ask_of(question, figures)
    assert ask.question.endswith("?")
    assert ask.title.endswith(", 2026/27")
    nullable = [column.name for column in hideable_columns(table)]
    hidden = figures | dict.fromkeys(nullable) | {"hidden_columns": ",".join(nullable)}
    assert "None" not in questions.ask_of(question, hidden).said


@pytest.mark.parametrize(
    ("hours", "words"), [(25, ""), (26, ""), (27, "1 day ago"), (49, "2 days ago"), (75, "3 days")]
)
def test_old_figures_say_so(hours: int, words: str) -> None:
    now = dt.datetime(2026, 11, 21, 9, tzinfo=dt.UTC)
    said = release.age_sentence(now - dt.timedelta(hours=hours), now)
    assert words in said
    assert bool(said) is bool(words)


def test_confidence_says_what_it_rests_on() -> None:
    row = {"confidence": "FAIR", "files_taken_count": 18, "files_refused_count": 1, "set_aside_percent": 0,
           "latest_delivery_date": dt.date(2026, 11, 19)}  # fmt: skip
    assert release.confidence_sentence(row) == (
        "18 files taken, 1 not taken; under 1% of rows set aside to be mended. Newest file: 19 November 2026."
    )
    assert "no files" in release.confidence_sentence(None)
