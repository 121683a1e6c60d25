"""The words used here, and who can use the pages how."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dashboards import views
from dashboards.views.shared_help import terms_with
from dashboards.wording import accessibility, glossary
from tests.support.reading_age import grade

OLDEST_GRADE, OLDEST_GRADE_OF_ONE = 8.0, 13.0


NAMES = {"SEND", "NEET"}
"""Their meaning is the long name itself."""
NO_WORDS = {"DAY", "DIR", "AA"}
"""Places to fill in, in a command that a page shows; and the level of a standard, told with it."""
ROOMS = ("wording", "views", "papers", "charts")
TEXTS = [path for room in ROOMS for path in Path(views.__path__[0]).parent.glob(f"{room}/*.py")]
ABBREVIATION = re.compile(r"\b[A-Z]{2,}(?=s?\b)")


def test_words_stand_by_the_alphabet_and_each_meaning_is_a_sentence() -> None:
    assert list(glossary.TERMS) == sorted(glossary.TERMS, key=str.casefold)
    assert all(said.endswith(".") and said[0].isupper() for said in glossary.TERMS.values())


def test_the_words_a_newcomer_asks_about_are_there() -> None:
    asked = {"SEN support", "EHC plan", "Likely range", "Percentile", "Hidden", "Provision", "Sustained", "Section F",
             "Top-up", "Notional SEN budget", "NCCIS", "Alternative provision (AP)", "Suspension", "Scaled score",
             "Grade A to D", "Off the ladder", "Ladder", "Age-related", "Element 2"}  # fmt: skip
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


def abbreviations() -> dict[str, str]:
    """Each abbreviation in what pages and papers say: a file that says it. A code stands alone, and is not said."""
    found = {}
    for path in TEXTS:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
                is_said = any(word.islower() for word in node.value.split())
                found |= dict.fromkeys(ABBREVIATION.findall(node.value) if is_said else (), path.name)
    return found


def test_every_abbreviation_that_pages_and_papers_use_is_a_word_here() -> None:
    used, told = abbreviations(), set(ABBREVIATION.findall(" ".join(glossary.TERMS)))
    assert {"EHC", "SENCO", "EAL", "NSA"} <= used.keys()
    assert {short: file for short, file in used.items() if short not in told | NO_WORDS} == {}


def test_a_meaning_uses_no_abbreviation_that_is_not_told() -> None:
    told = set(ABBREVIATION.findall(" ".join(glossary.TERMS)))
    assert set(ABBREVIATION.findall(" ".join(glossary.TERMS.values()))) <= told | NO_WORDS


def test_the_statement_says_what_does_not_work_too() -> None:
    assert accessibility.WORKS
    assert accessibility.DOES_NOT
    assert grade(" ".join((*accessibility.WORKS, *accessibility.DOES_NOT, accessibility.OTHER_WAY))) <= OLDEST_GRADE
