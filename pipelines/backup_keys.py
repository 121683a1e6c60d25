"""The key file of the backups: every key that one was ever sealed with, the newest last. Never part of a backup."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from expectations.errors import OrchardError, SettingsError
from pipelines.sealed import KEY_BYTES, KEY_ID_DIGITS, Key

_HEAD = (
    "# Keys of Orchard's backups, one a line; the last one seals new backups, the others still open older ones.\n"
    "# Keep a copy of this file apart from the backups and from this machine.\n"
)


@dataclass(frozen=True)
class KeyRing:
    """The keys of one file, the newest last."""

    file: Path
    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """The key that seals new backups."""
        return self.keys[-1]

    def of(self, key_id: str) -> Key:
        """The key that a backup says it was sealed with. Raises ``OrchardError`` when it is not here."""
        for key in self.keys:
            if key.key_id == key_id:
                return key
        shown = key_id if key_id.isalnum() and key_id.isascii() else "of an unreadable name"
        raise OrchardError(
            f"The backup was sealed with key {shown}, which is not in the key file",
            self.file.name, "Name the right file with --key. Without its key nobody can read a backup.",
        )  # fmt: skip


def read_ring(file: Path) -> KeyRing:
    """The keys of a file. Raises ``SettingsError`` when it is missing, open to others or holds anything else."""
    try:
        mode, text = file.stat().st_mode, file.read_text(encoding="ascii")
    except FileNotFoundError:
        raise SettingsError("There is no key file for backups", str(file),
                            "Name it with --key; 'orchard backup --new-key' makes one.") from None  # fmt: skip
    except UnicodeDecodeError:
        raise _broken(file) from None
    if mode & 0o077:
        raise SettingsError("The key file of the backups can be read by others", file.name, "Run chmod 600 on it.")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        found = tuple(_key(bytes.fromhex(line)) for line in lines)
    except ValueError:
        raise _broken(file) from None
    if not found or any(len(key.secret) != KEY_BYTES for key in found):
        raise _broken(file)
    return KeyRing(file, found)


def add_key(file: Path) -> Key:
    """Add a new key at the end of a file that only its owner reads; the file is made when it is not there yet."""
    if file.exists():
        read_ring(file)  # no line is added to a file that is none of ours
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = secrets.token_bytes(KEY_BYTES)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as out:
        if out.tell() == 0:
            out.write(_HEAD)
        out.write(f"{secret.hex()}\n")
        out.flush()
        os.fsync(out.fileno())
    return _key(secret)


def copy_ring(ring: KeyRing, to: Path) -> None:
    """Write the same keys into a new file that only its owner reads, in the same order."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(_HEAD)
        out.writelines(f"{key.secret.hex()}\n" for key in ring.keys)
        out.flush()
        os.fsync(out.fileno())


def _key(secret: bytes) -> Key:
    """A key is named by a digest of itself, so that a name can never be given to another key."""
    return Key(hashlib.sha256(b"orchard backup key" + secret).hexdigest()[:KEY_ID_DIGITS], secret)


def _broken(file: Path) -> SettingsError:
    return SettingsError("The key file of the backups is damaged", file.name, "Take the copy that you keep apart.")
