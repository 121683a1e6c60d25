"""What a page says of its hidden figures, beside what it shows of them."""

from __future__ import annotations

import re

from dashboards.views.visits import Visit
from tests.support.rendered import Show, first_look

SIGNS = re.compile(r'title="hidden: small number"|>Hidden: small number<')
"""The sign, and the words that stand for it where a paper's tile has it for its figure."""
SAID = re.compile(r"(?:In )?(\d+) (?:figures? (?:on this page )?(?:is|are)|places? a number is) hidden")
"""A page counts its figures, a paper the places: one figure has several lines there."""


def told_and_shown(show: Show, visit: Visit) -> tuple[int, int]:
    """(hidden figures that the page's last sentence tells of, signs for hidden on it)."""
    body = "".join(piece.content for piece in first_look(show, visit) if piece.channel in ("table", "sentence"))
    found = SAID.findall(body)
    assert len(found) <= 1, found
    return sum(map(int, found)), len(SIGNS.findall(body))
