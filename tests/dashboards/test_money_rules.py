"""What may not be said of money (METHODS B5) is said nowhere: in no word of the app, on no method page.

The pages themselves are read by the same rules where every page is opened (``test_pages.py``).
"""

from __future__ import annotations

from pathlib import Path

import pytest

import dashboards
import models
from tests.support.money_rules import broken, claims_of, said_by

WORDS = sorted((Path(dashboards.__file__).parent / "wording").glob("*.py"))
VIEWS = sorted((Path(dashboards.__file__).parent / "views").glob("*.py"))
METHODS = sorted((Path(models.__file__).parent / "methods").glob("*.md"))


@pytest.mark.parametrize("path", [*WORDS, *VIEWS], ids=lambda path: path.stem)
def test_no_word_of_the_app_breaks_a_rule(path: Path) -> None:
    assert [fault for text in said_by(path) for fault in broken(text)] == []


@pytest.mark.parametrize("path", METHODS, ids=lambda path: path.stem)
def test_no_method_page_breaks_a_rule(path: Path) -> None:
    assert broken(claims_of(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("said", [
    "This plan is poor value.",
    "The provision is too expensive for what it achieves.",
    "Stopping the speech therapy in section F would save £4,000.",
    "£4,000 could be saved on what EHC plans require.",
    "Pupils with autism cost £9,000 for each pupil.",
    "We spend £2,000 per pupil with SEMH.",
    "That is £5,200 per child.",
    "The cost of this pupil rose.",
    "More spending led to better outcomes.",
    "Higher funding improves reading.",
    "The lifetime benefit is £30,000.",
])  # fmt: skip
def test_the_rules_find_what_they_are_for(said: str) -> None:
    assert len(broken(said)) >= 1


@pytest.mark.parametrize("said", [
    "None of this says that a plan is poor value.",
    "Higher spending does not cause better or worse outcomes: need drives both.",
    "We spent £61,000 on plans with 44 outcomes due.",
    "That is between £1,850 and £2,350 for each outcome met.",
    "Less of it is no saving where a plan requires the support.",
    "Buying as a trust would save £1,200 a year on tests.",
    "In 2025/26, £41,000 of support is recorded.",
])  # fmt: skip
def test_facts_and_denials_stand(said: str) -> None:
    assert broken(said) == []
