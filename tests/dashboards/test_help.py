"""The words used here, and who can use the pages how."""

from __future__ import annotations

import pytest

from dashboards.views.shared_help import terms_with
from dashboards.wording import accessibility, glossary
from tests.support.reading_age import grade

OLDEST_GRADE, OLDEST_GRADE_OF_ONE = 8.0, 13.0


NAMES = {"SEND", "NEET"}
"""Their meaning is the long name itself."""


def test_words_stand_by_the_alphabet_and_each_meaning_is_a_sentence() -> None:
    assert list(glossary.TERMS) == sorted(glossary.TERMS, key=str.casefold)
    assert all(said.endswith(".") and said[0].isupper() for said in glossary.TERMS.values())


def test_the_words_a_newcomer_asks_about_are_there() -> None:
    asked = {"SEN support", "EHC plan", "Likely range", "Percentile", "Hidden", "Provision", "Sustained", "Section F"}
    assert asked <= set(glossary.TERMS)


def test_a_word_is_found_by_a_part_of_it_before_those_that_only_mention_it() -> None:
    assert next(iter(terms_with("  ehc PLAN "))) == "EHC plan"
    assert "SEN support" in terms_with("ehc plan")
    assert terms_with("zzz") == {}
    assert terms_with("") == glossary.TERMS


def test_the_glossary_is_plainer_than_what_it_explains() -> None:
    assert grade(" ".join(glossary.TERMS.values())) <= OLDEST_GRADE


@pytest.mark.parametrize("word", sorted(glossary.TERMS.keys() - NAMES))
def test_no_meaning_is_hard(word: str) -> None:
    assert grade(glossary.TERMS[word]) <= OLDEST_GRADE_OF_ONE


def test_the_statement_says_what_does_not_work_too() -> None:
    assert accessibility.WORKS
    assert accessibility.DOES_NOT
    assert grade(" ".join((*accessibility.WORKS, *accessibility.DOES_NOT, accessibility.OTHER_WAY))) <= OLDEST_GRADE
