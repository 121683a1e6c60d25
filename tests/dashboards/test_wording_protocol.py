"""Sentences on how interventions are run, and what a good answer would contain."""

from __future__ import annotations

import pytest

from dashboards.wording import answers, protocol, questions
from models.questions import TRIGGERS


def test_every_trigger_says_what_a_good_answer_would_contain() -> None:
    assert set(answers.ANSWERS) == {trigger.code for trigger in TRIGGERS} == set(questions.TRIGGERS)
    for said in (*answers.ANSWERS.values(), answers.answer_of("NEW")):
        assert said.endswith(".")
        assert len(said.split()) < 45


def test_the_sentences_say_the_figures() -> None:
    tested = {"academic_year": 2025, "both_starts_count": 11, "exit_due_starts_count": 20, "both_rate": 0.55}
    assert protocol.tested_sentence(tested) == (
        "In 2025/26, 11 of 20 starts whose end test was due have a score before and after (55%): of the others nobody "
        "can say what it did."
    )
    waits = {"unserved_count": 9, "low_score_count": 14, "slow_count": 6, "told_count": 11, "mean_wait_days": 61.5}
    assert protocol.unserved_sentence(waits) == (
        "Of 14 pupils on roll with a low latest test score, 9 are in no running intervention."
    )
    assert protocol.wait_sentence(waits) == (
        "Of 11 pupils with a first concern more than twelve weeks ago, 6 had no intervention within twelve weeks. "
        "Those who began waited 62 days on average."
    )


@pytest.mark.parametrize("say", [protocol.tested_sentence, protocol.unserved_sentence, protocol.wait_sentence])
def test_hidden_figures_say_nothing(say: questions.Said) -> None:
    names = ("both_starts_count", "exit_due_starts_count", "both_rate", "unserved_count", "low_score_count",
             "slow_count", "told_count", "mean_wait_days")  # fmt: skip
    assert say({"academic_year": 2025, **dict.fromkeys(names), "hidden_columns": ",".join(names)}) == ""
