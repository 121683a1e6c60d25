"""How hard a text is to read: the Flesch-Kincaid grade, counted by a plain rule of syllables."""

from __future__ import annotations

import re


def syllables(word: str) -> int:
    """Groups of vowels; a silent e at the end is none. At least one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", plain))
    is_silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(1, groups - is_silent)


def grade(text: str) -> float:
    """Flesch-Kincaid grade (Kincaid and others, 1975): US school years; five more are years of age."""
    sentences = [part for part in re.split(r"[.?!:;]+(?:\s|$)", text) if re.search(r"[A-Za-z]", part)]
    listed = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(listed) / len(sentences) + 11.8 * sum(map(syllables, listed)) / len(listed) - 15.59
