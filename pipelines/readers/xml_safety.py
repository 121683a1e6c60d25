"""Refuse XML that declares a document type, before anything else parses it. No entity is ever defined, so none expands.

A document type can only stand before the root element, so the parser itself (expat) is run up to there:
whatever the encoding, it sees what any later parser would see.
"""

from __future__ import annotations

from typing import BinaryIO
from xml.parsers import expat

from expectations.errors import SourceFileError
from pipelines.readers.refusals import refuse_broken, refuse_truncated, refuse_unsafe

_PIECE = 65_536
_ENDED_EARLY = {"no element found", "unclosed token", "unclosed CDATA section", "partial character"}


class _RootReachedError(Exception):
    """The prolog is over: not a fault, the way out of the parser."""


def root_of_safe_xml(stream: BinaryIO, where: str) -> str:
    """The root element's local name; the stream is left somewhere behind it.

    Raises ``SourceFileError``: UNSAFE for a document type, BROKEN or TRUNCATED for no root.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    root: list[str] = []

    def meet_doctype(*_: object) -> None:
        raise refuse_unsafe("The XML declares a document type or entities", where)

    def meet_root(name: str, _: object) -> None:
        root.append(name.rpartition("}")[2])
        raise _RootReachedError

    parser.StartDoctypeDeclHandler = meet_doctype
    parser.StartElementHandler = meet_root
    try:
        while piece := stream.read(_PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except _RootReachedError:
        return root[0]
    except expat.ExpatError as error:
        raise broken_xml(error.code, where) from None
    raise refuse_truncated(where)


def broken_xml(code: int, where: str) -> SourceFileError:
    """The refusal for an expat error code. Its own message is not used."""
    if expat.ErrorString(code) in _ENDED_EARLY:
        return refuse_truncated(where)
    return refuse_broken("The XML is not well formed", where)
