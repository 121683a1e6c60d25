"""The refusals of a file as a whole, each with its rule, its sentence and the next step. No logic beyond wording.

No sentence may hold a value of the file. A file's own name is shown, with control characters taken out.
"""

from __future__ import annotations

import re

from expectations.errors import SourceFileError

_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
NAME_CHARACTERS = 80


def shown_name(name: str) -> str:
    """A file, member, sheet or header name fit for one line of a message."""
    visible = _INVISIBLE.sub("?", name)
    return visible if len(visible) <= NAME_CHARACTERS else visible[: NAME_CHARACTERS - 1] + "…"


def refuse_empty(where: str) -> SourceFileError:
    """Nothing in the file, or a header only."""
    return SourceFileError("EMPTY", "The file holds no rows", where, "Export it again; the last good data stays.")


def refuse_truncated(where: str) -> SourceFileError:
    """The file stops in the middle."""
    return SourceFileError("TRUNCATED", "The file is cut short", where, "Copy or export it again.")


def refuse_encoding(why: str, where: str) -> SourceFileError:
    """The bytes are not text in one known encoding."""
    return SourceFileError("ENCODING", f"The text cannot be read: {why}", where, "Export it again as CSV UTF-8.")


def refuse_format(what: str, where: str, next_step: str) -> SourceFileError:
    """A kind of file we do not read."""
    return SourceFileError("FORMAT", what, where, next_step)


def refuse_too_large(what: str, where: str) -> SourceFileError:
    """More than a delivery may hold."""
    return SourceFileError("TOO_LARGE", what, where, "Send one school and one table at a time.")


def refuse_unsafe(what: str, where: str) -> SourceFileError:
    """Something no export does: links, outward paths, entities."""
    return SourceFileError("UNSAFE", what, where, "Ask who made the file; do not open it.")


def refuse_broken(what: str, where: str) -> SourceFileError:
    """Right kind, damaged inside."""
    return SourceFileError("BROKEN", what, where, "Open it in its own program, save it again and send that.")


def refuse_unrecognised(what: str, where: str) -> SourceFileError:
    """No known header. ``what`` must not quote cells."""
    next_step = (
        "Check that the row of column names is there. If your system names its columns differently, "
        "add the names under [mapping] in the settings."
    )
    return SourceFileError("UNRECOGNISED", what, where, next_step)
