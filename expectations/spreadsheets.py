"""What a spreadsheet would run as a formula, made inert. The one rule for every file that a person may open there."""

from __future__ import annotations

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would run it; a signed number stays a number.

    Spreadsheets skip blanks before a sign, and take the wide forms of the signs too.
    """
    bare = text.lstrip(" \u00a0\u3000\ufeff")
    if not bare.startswith((*FORMULA_SIGNS, "＝", "＋", "－", "＠")):
        return text
    return text if is_signed_number(text) else f"'{text}"


def is_signed_number(text: str) -> bool:
    """True for a number with a sign in front, such as ``-3`` or ``+4.5``."""
    return text[:1] in {"+", "-"} and text.isascii() and text[1:].replace(".", "", 1).isdigit()
