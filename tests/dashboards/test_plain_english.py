"""What the pages say is plain: fixed sentences, leads under headings and questions, each subject's together."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboards import views, wording
from tests.support.reading_age import grade

OLDEST_GRADE, OLDEST_GRADE_OF_ONE = 7.5, 13.0
"""About thirteen years of age for a subject's words together; one sentence may be harder."""
HARD = {
    "How the pupils were looked at one by one, how many get class teaching that is adapted instead, how many begin an "
    "intervention and when, and how many wait for staff.",
    "It makes no clear difference, on strong or moderate evidence, and another intervention with the same measure is "
    "ahead and likely better value.",
}
"""Lists that would not be clearer in parts."""
FEWEST_WORDS = 8


def _sentences(value: object) -> Iterator[str]:
    """Every whole sentence in a constant, however deep."""
    if isinstance(value, str):
        said = re.sub(r"\{[^}]*\}", "it", value)
        if len(said.split()) >= FEWEST_WORDS and said.rstrip().endswith((".", "?", "”")):
            yield said
    elif isinstance(value, dict):
        yield from (said for part in value.values() for said in _sentences(part))
    elif isinstance(value, tuple | list):
        yield from (said for part in value for said in _sentences(part))


def fixed(name: str) -> list[str]:
    """The sentences that a module of wording holds ready."""
    module = importlib.import_module(f"dashboards.wording.{name}")
    return [said for constant, value in vars(module).items() if constant.lstrip("_").isupper()
            for said in _sentences(value)]  # fmt: skip


def leads() -> list[tuple[str, str]]:
    """Each lead that stands in a view itself, with the file."""
    found = []
    for path in sorted(Path(views.__path__[0]).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("section", "paragraphs"):
                texts = (part.value for part in node.args if isinstance(part, ast.Constant))
                found += [(path.stem, text) for text in texts if isinstance(text, str) and " " in text]
    return found


MODULES = sorted(module.name for module in pkgutil.iter_modules(wording.__path__))
SPOKEN = [name for name in MODULES if len(" ".join(fixed(name)).split()) > 40]
LEADS = [(name, said) for name, said in leads() if len(said.split()) >= FEWEST_WORDS]


def test_there_is_something_to_read() -> None:
    assert len(SPOKEN) > 15
    assert len(LEADS) > 20


@pytest.mark.parametrize("name", SPOKEN)
def test_a_subjects_fixed_sentences_are_plain_together(name: str) -> None:
    assert grade(" ".join(fixed(name))) <= OLDEST_GRADE


@pytest.mark.parametrize("name", SPOKEN)
def test_no_fixed_sentence_is_hard(name: str) -> None:
    assert [said for said in fixed(name) if grade(said) > OLDEST_GRADE_OF_ONE and said not in HARD] == []


def test_leads_are_plain_together_and_none_is_hard() -> None:
    assert grade(" ".join(said for _, said in LEADS)) <= OLDEST_GRADE
    assert [said for said in LEADS if grade(said[1]) > OLDEST_GRADE_OF_ONE] == []


def test_an_exception_is_still_needed() -> None:
    said = {said for name in SPOKEN for said in fixed(name)}
    assert set(HARD) <= said
    assert all(grade(sentence) > OLDEST_GRADE_OF_ONE for sentence in HARD)
