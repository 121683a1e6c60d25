"""The style sheet and the mark, read once. What the colours are stands in ``palette.py`` and ``assets/orchard.css``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ASSETS = Path(__file__).with_name("assets")
ICON = ASSETS / "mark.svg"
"""The mark, from our own files: Streamlit's icon names and emoji are fetched from a foreign host."""


@cache
def style() -> str:
    """The style sheet as an element."""
    return f"<style>{(ASSETS / 'orchard.css').read_text(encoding='utf-8')}</style>"
