"""A log that holds itself: every change of a line, its order or its number is seen."""

from __future__ import annotations

import json

import pytest

from expectations.chain import START, Chain, chained, follow, pseudonym


def log(count: int) -> list[str]:
    lines, chain = [], Chain()
    for number in range(count):
        line, chain = chained({"event": "page", "about": f"page {number}"}, chain)
        lines.append(line)
    return lines


def test_a_whole_log_holds_and_says_how_long_it_is() -> None:
    lines = log(5)
    chain = follow(lines)
    assert (chain.lines_count, chain.broken_line) == (5, None)
    assert chain.digest == json.loads(lines[-1])["digest"]
    assert follow([]) == Chain(0, START, None)
    assert json.loads(lines[1])["previous"] == json.loads(lines[0])["digest"]


@pytest.mark.parametrize(("change", "broken"), [
    (lambda lines: [*lines[:2], *lines[3:]], 3),
    (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
    (lambda lines: [*lines[:2], lines[1], *lines[2:]], 3),
    (lambda lines: [lines[0].replace("page 0", "page 9"), *lines[1:]], 1),
    (lambda lines: [*lines[:4], lines[4].replace('"event":"page"', '"event":"pagf"')], 5),
    (lambda lines: [*lines[:3], "", *lines[3:]], 4),
    (lambda lines: [*lines, "[]"], 6),
    (lambda lines: [*lines, lines[4][:-20]], 6),
    (lambda lines: lines[1:], 1),
])  # fmt: skip
def test_a_changed_log_breaks_where_it_was_changed(change: object, broken: int) -> None:
    assert follow(change(log(5))).broken_line == broken  # type: ignore[operator]


def test_every_single_letter_of_a_line_is_held() -> None:
    lines = log(2)
    for place in range(len(lines[0])):
        letter = "x" if lines[0][place] != "x" else "y"
        assert follow([lines[0][:place] + letter + lines[0][place + 1 :], lines[1]]).broken_line == 1, place


def test_a_cut_end_shows_only_beside_a_note_of_the_last_digest() -> None:
    lines = log(5)
    assert follow(lines[:3]).broken_line is None
    assert follow(lines[:3]).digest != follow(lines).digest


def test_a_pseudonym_is_the_persons_and_needs_the_key() -> None:
    one = pseudonym(b"k" * 32, "https://id.example", "a1")
    assert one == pseudonym(b"k" * 32, "https://id.example", "a1")
    assert len({one, pseudonym(b"l" * 32, "https://id.example", "a1"), pseudonym(b"k" * 32, "https://id.example", "a2"),
                pseudonym(b"k" * 32, "https://id.examplea", "1")}) == 4  # fmt: skip
