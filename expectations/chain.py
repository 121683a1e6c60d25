"""A log whose lines hold each other: each carries the digest of the one before, so that no change goes unseen.

Pure: lines in, lines out. What is cut off at the end shows only beside a note of the last digest: keep one elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

START = "0" * 64
"""What the first line names as the one before."""


@dataclass(frozen=True)
class Chain:
    """How far a log holds: whole lines, the digest of the last of them, and the number of the first broken line."""

    lines_count: int = 0
    digest: str = START
    broken_line: int | None = None


def chained(record: Mapping[str, str | int], before: Chain) -> tuple[str, Chain]:
    """A record as the line that follows ``before``, and the chain with it."""
    numbered = {"line": before.lines_count + 1, **record, "previous": before.digest}
    digest = _digest(numbered)
    line = json.dumps({**numbered, "digest": digest}, ensure_ascii=True, separators=(",", ":"))
    return line, Chain(before.lines_count + 1, digest)


def follow(lines: Iterable[str]) -> Chain:
    """Read a log from its start and stop at the first line that was changed, added, moved or taken out."""
    chain = Chain()
    for number, line in enumerate(lines, start=1):
        digest = _held(line, chain)
        if digest is None:
            return Chain(chain.lines_count, chain.digest, number)
        chain = Chain(number, digest)
    return chain


def _held(line: str, before: Chain) -> str | None:
    try:
        record = json.loads(line)
        told = record.pop("digest")
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    follows = record.get("line") == before.lines_count + 1 and record.get("previous") == before.digest
    return told if follows and told == _digest(record) else None


def _digest(record: Mapping[str, str | int]) -> str:
    content = json.dumps(record, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def pseudonym(key: bytes, issuer: str, subject: str) -> str:
    """A person's name in a log: the same for the same person, and of no use without the key."""
    return hmac.new(key, json.dumps([issuer, subject]).encode(), hashlib.sha256).hexdigest()[:16]
