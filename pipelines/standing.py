"""Whether anything has changed since the last good night. If not, there is nothing to run: the release stands.

What decides a release is what was delivered, the date, the code and the settings; their digest is kept in the work
database when a release has been published or confirmed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from expectations.errors import OrchardError
from pipelines import publish
from pipelines.landing import find_fresh
from pipelines.night import Night, code_version


def whole_manifest(current: Path) -> dict[str, Any] | None:
    """The manifest of the release that people see; ``None`` when there is none that is whole."""
    if not current.exists():
        return None
    try:
        publish.verify(current.resolve())
        return publish.read_manifest(current.resolve())
    except OrchardError:
        return None


def remember(night: Night) -> None:
    """Keep what decided the release that stands now."""
    with night.store.transaction():
        night.store.execute("delete from last_night")
        night.store.execute("insert into last_night values (?, ?)", [_state(night), night.release_number])


def nothing_has_changed(night: Night) -> bool:
    """True when every settled file is known, date, code and settings are those of the last good night, and its
    release is the one that people see, byte for byte.
    """
    kept = night.store.execute("select input_state, release_number from last_night")
    if not kept or kept[0][0] != _state(night) or night.settings.insight_api.key_file:
        return False
    manifest = whole_manifest(night.settings.current)
    if manifest is None or manifest["release_number"] != kept[0][1] or find_fresh(night):
        return False
    night.release_number = int(manifest["release_number"])
    return True


def _state(night: Night) -> str:
    settings = night.settings
    ledger = night.store.execute("select delivery_key, school_urn, state, delivered_at from ledger order by 1, 2")
    schools = [school.model_dump() for school in settings.schools]
    told = repr((ledger, night.data_date, code_version(), settings.fingerprint(), settings.trust_name, schools))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
