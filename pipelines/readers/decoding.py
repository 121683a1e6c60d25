"""From bytes to text: UTF-8, UTF-8 and UTF-16 with their mark, Windows-1252 by rule. Never a guess that garbles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.readers.refusals import refuse_encoding

_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r") + b"\x7f"
_NOT_CONTROLS = bytes(set(range(256)) - set(_CONTROLS))

DIRECTION_MARKS = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Invisible marks of writing direction and width, which change how a name looks but not what it is: removed."""
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
GARBLED_TEXT = re.compile(r"[\ufffd\x80-\x9f]|[ÂÃ][\x80-\xbf]|â€[™œžš“”\u0153\u2122\u0161]")
"""Replacement signs, C1 controls, and UTF-8 that was once read as Windows-1252 (a lone Ã before a letter is none)."""


@dataclass(frozen=True)
class Text:
    """Decoded text; ``is_suspect`` when a cell may hold a control character or garbled letters."""

    text: str
    is_suspect: bool


def decode(data: bytes, where: str) -> Text:
    """The text of a file. Raises ``SourceFileError`` (ENCODING) when no one encoding fits."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise refuse_encoding("it is marked UTF-16 but is not", where) from None
        return _inspected(text, has_controls=bool(CONTROL_CHARACTERS.search(text)))
    has_controls = bool(data.translate(None, delete=_NOT_CONTROLS))
    try:
        return _inspected(data.decode("utf-8-sig"), has_controls)
    except UnicodeDecodeError:
        return _inspected(_decode_windows(data, where), has_controls)


def _decode_windows(data: bytes, where: str) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        raise refuse_encoding("it is marked UTF-8 but is not", where)
    if _UTF8_SEQUENCE.search(data):
        raise refuse_encoding("parts of it are UTF-8 and parts are not", where)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise refuse_encoding("it is neither UTF-8 nor Windows text", where) from None


def _inspected(text: str, has_controls: bool) -> Text:
    if text.isascii():
        return Text(text, has_controls)
    return Text(DIRECTION_MARKS.sub("", text), has_controls or bool(GARBLED_TEXT.search(text)))


def fault_of(cell: str, cell_characters: int) -> str | None:
    """The rule that a cell's text breaks: CONTROL_CHARACTER, GARBLED, CELL_TOO_LONG; or ``None``."""
    if len(cell) > cell_characters:
        return "CELL_TOO_LONG"
    if cell.isascii() and cell.isprintable():
        return None  # nearly every cell, and ten times as fast as the patterns
    if CONTROL_CHARACTERS.search(cell):
        return "CONTROL_CHARACTER"
    return "GARBLED" if GARBLED_TEXT.search(cell) else None
