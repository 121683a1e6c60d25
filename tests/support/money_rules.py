"""What no sentence on money may say (METHODS B5), as rules over text: pages, wording and method pages are read by them.

A sentence that denies the claim ("None of this says that a plan is poor value") is right to name it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

_DENIES = re.compile(r"\b(not|never|no|none|nor|neither|nothing|cannot|without)\b|n’t\b", re.IGNORECASE)
_MONEY = r"(?:£|pounds?|costs?|spen\w+|price|money)"
_NEED = r"(?:autis\w+|speech|SEMH|SLCN|ASD|MLD|SLD|PMLD|(?:kinds?|types?) of need|need types?|impair\w+)"
_PERSON = r"(?:per|for each|for every|each|a) (?:pupil|child|young person)"
RULES: dict[str, re.Pattern[str]] = {
    "a plan or child is poor value": re.compile(
        r"\b(?:poor|bad|low|worst) value\b|\btoo (?:dear|expensive)\b|\bwaste(?:d|s|ful)?\b|\bworthless\b",
        re.IGNORECASE,
    ),
    "a saving from section F": re.compile(
        r"\b(?:sav(?:e|es|ed|ing|ings)|cut|cuts|frees|freed|stop(?:ped|ping)?)\b[^.]*"
        r"\b(?:section F|plan requires|plans? require|EHC plans?)\b"
        r"|\b(?:section F|plan requires|plans? require|EHC plans?)\b[^.]*\b(?:sav(?:e|es|ed|ing|ings)|cuts?)\b",
        re.IGNORECASE,
    ),
    "pounds for a pupil by need": re.compile(
        rf"{_MONEY}[^.]*\b{_PERSON}\b[^.]*\b{_NEED}|{_NEED}[^.]*{_MONEY}[^.]*\b{_PERSON}\b", re.IGNORECASE
    ),
    "pounds for a child": re.compile(
        r"£[\d,.]+ (?:per|for (?:each|every|one|this|the)|a) (?:pupil|child)\b(?! who)"
        r"|\bthe (?:cost|price) of (?:a|one|this|the) (?:child|pupil)\b|\b(?:child|pupil) costs\b",
        re.IGNORECASE,
    ),
    "spending makes outcomes": re.compile(
        r"\b(?:spending|spend|funding|money|costs?)\b[^.]*\b(?:caus\w+|leads? to|led to|improv\w+|rais(?:e|es|ed)|"
        r"worsen\w*|mak(?:e|es) outcomes|made outcomes|results? in)\b",
        re.IGNORECASE,
    ),
    "a lifetime's benefit": re.compile(r"\blifetime (?:benefit|earning|return|saving)s?\b", re.IGNORECASE),
}


def broken(text: str) -> list[str]:
    """Each sentence that breaks a rule, with the rule; denials stand."""
    return [
        f"{rule}: {sentence.strip()}"
        for sentence in sentences(text)
        if not _DENIES.search(sentence)
        for rule, pattern in RULES.items()
        if pattern.search(sentence)
    ]


def sentences(text: str) -> list[str]:
    """Sentences of a text or page; what stands between tags is a sentence of its own."""
    bare = unescape(re.sub(r"<[^>]+>", " \n\n ", text))
    return [part for part in re.split(r"(?<=[.?!:;])\s+|\n\s*\n", bare) if part.strip()]


def said_by(path: Path) -> Iterator[str]:
    """Every text that a module of words holds, an f-string with an amount in its gaps; docstrings are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    in_f_strings = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in docstrings or id(node) in in_f_strings:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "£1,000" for p in node.values)


def claims_of(markdown: str) -> str:
    """A method page without the section that lists what it cannot say."""
    return re.sub(r"^## What it cannot say\n.*?(?=^## |\Z)", "", markdown, flags=re.MULTILINE | re.DOTALL)
