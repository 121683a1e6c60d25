"""The key file of the backups: older keys stay, others may not read it, nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from expectations.errors import OrchardError, SettingsError
from pipelines.backup_keys import add_key, read_ring


def test_the_newest_key_seals_and_the_older_ones_stay(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "backup_keys"
    made = [add_key(file) for _ in range(3)]
    ring = read_ring(file)
    assert ring.keys == tuple(made)
    assert ring.newest == made[2]
    assert [ring.of(key.key_id) for key in made] == made
    assert len({key.secret for key in made}) == 3
    assert file.stat().st_mode & 0o777 == 0o600


def test_an_unknown_key_is_named_and_no_secret_is(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    key = add_key(file)
    with pytest.raises(OrchardError, match="key 00ff, which is not in the key file") as told:
        read_ring(file).of("00ff")
    assert key.secret.hex() not in told.value.sentence()
    with pytest.raises(OrchardError, match="unreadable name"):
        read_ring(file).of("\x1b[2J")


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    add_key(file)
    file.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        read_ring(file)


@pytest.mark.parametrize("content", ["", "# only words\n", "not hex\n", "abcd\n", "é\n", "00" * 31 + "\n"])
def test_a_file_that_is_no_key_file_is_refused_and_left_as_it_is(tmp_path: Path, content: str) -> None:
    file = tmp_path / "keys"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(SettingsError, match="damaged"):
        read_ring(file)
    with pytest.raises(SettingsError, match="damaged"):
        add_key(file)
    assert file.read_text(encoding="utf-8") == content


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no key file"):
        read_ring(tmp_path / "keys")
