"""One encrypted file, written and read part by part, so that its size does not matter: AES-256-GCM over parts of 4 MB.

Each part is bound to its number, to the beginning of its file and to whether it is the last one. So none can be
changed, moved, left out, taken from another file or cut off at the end without its reader noticing.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from expectations.errors import OrchardError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"orchard backup 1\n"
PART_BYTES = 4 * 1024 * 1024
TAG_BYTES = 16
KEY_ID_DIGITS = 16
SALT_BYTES = 32
KEY_BYTES = 32


@dataclass(frozen=True)
class Key:
    """A key and the name by which a file says that it was sealed with it."""

    key_id: str
    secret: bytes = field(repr=False)


class SealedWriter:
    """Seals what is written to it. A file is whole after ``finish`` alone; without it no reader takes it."""

    def __init__(self, out: BinaryIO, key: Key) -> None:
        salt = secrets.token_bytes(SALT_BYTES)
        self._out, self._waiting = out, bytearray()
        self._start = MAGIC + key.key_id.encode("ascii") + salt
        self._seal = _parts(key, salt, self._start).seal
        self._number = 0
        out.write(self._start)

    def write(self, data: bytes) -> int:
        """Take more bytes; a full part is sealed once it is known not to be the last."""
        self._waiting += data
        while len(self._waiting) > PART_BYTES:
            self._put(bytes(self._waiting[:PART_BYTES]), is_last=False)
            del self._waiting[:PART_BYTES]
        return len(data)

    def flush(self) -> None:
        """Nothing: a part is written when it is full."""

    def finish(self) -> None:
        """Seal the last part."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        self._out.write(self._seal(plain, self._number, is_last))
        self._number += 1


class SealedReader:
    """Gives the bytes of a sealed file, each part once it has been found to be as it was written.

    ``key_of``: the key of an id. Raises ``OrchardError``, at the start for a file that is no backup, later for a part
    that was changed and for a file that was cut off.
    """

    def __init__(self, source: BinaryIO, key_of: Callable[[str], Key]) -> None:
        start = source.read(len(MAGIC) + KEY_ID_DIGITS + SALT_BYTES)
        if not start.startswith(MAGIC) or len(start) < len(MAGIC) + KEY_ID_DIGITS + SALT_BYTES:
            raise OrchardError("This file is no backup of Orchard, or its beginning was changed", "",
                               "Take another copy of the backup.")  # fmt: skip
        key_id = start[len(MAGIC) : len(MAGIC) + KEY_ID_DIGITS].decode("ascii", "replace")
        self._open = _parts(key_of(key_id), start[-SALT_BYTES:], start).open
        self._source, self._number = source, 0
        self._plain, self._place = b"", 0
        self._next = source.read(PART_BYTES + TAG_BYTES)
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; none at the end."""
        while self._place >= len(self._plain) and not self._is_over:
            self._advance()
        end = len(self._plain) if size < 0 else self._place + size
        given = self._plain[self._place : end]
        self._place += len(given)
        return given

    def _advance(self) -> None:
        part, self._next = self._next, self._source.read(PART_BYTES + TAG_BYTES)
        self._is_over = not self._next
        self._plain, self._place = self._open(part, self._number, self._is_over), 0
        self._number += 1


@dataclass(frozen=True)
class _Parts:
    """How the parts of one file are sealed. The key is the file's own, so that a part's number may be its nonce."""

    cipher: AESGCM
    start: bytes

    def seal(self, plain: bytes, number: int, is_last: bool) -> bytes:
        return self.cipher.encrypt(number.to_bytes(12, "big"), plain, self._bound_to(number, is_last))

    def open(self, part: bytes, number: int, is_last: bool) -> bytes:
        plain = self._opened(part, number, is_last)
        if plain is None and is_last and self._opened(part, number, False) is not None:
            raise OrchardError("The backup was cut off: its end is missing", f"after part {number + 1}",
                               "Take another copy of it, or another backup.")  # fmt: skip
        if plain is None:
            raise OrchardError("The backup was changed or cut off since it was made", f"part {number + 1}",
                               "Nothing of it can be trusted. Take another copy of it, or another backup.")  # fmt: skip
        return plain

    def _opened(self, part: bytes, number: int, is_last: bool) -> bytes | None:
        from cryptography.exceptions import InvalidTag

        if len(part) < TAG_BYTES:
            return None
        try:
            return self.cipher.decrypt(number.to_bytes(12, "big"), part, self._bound_to(number, is_last))
        except InvalidTag:
            return None

    def _bound_to(self, number: int, is_last: bool) -> bytes:
        return self.start + number.to_bytes(8, "big") + bytes([is_last])


def _parts(key: Key, salt: bytes, start: bytes) -> _Parts:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    own = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=MAGIC).derive(key.secret)
    return _Parts(AESGCM(own), start)
