"""Whether anything has changed since the last good night. If not, there is nothing to run: the release stands.

What decides a release is what was delivered, the journal, the date, the code and the settings; their digest is kept in
the work database when a release has been published or confirmed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from expectations.errors import OrchardError
from pipelines import journal_source, moderation_source, publish, trail_source
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


def is_remembered(night: Night) -> bool:
    """True when everything that decides a release is as it was on the last good night.

    Then the release that people see stays, also one that a person rolled back to: only something new replaces it.
    """
    kept = night.store.execute("select input_state from last_night")
    return bool(kept) and kept[0][0] == _state(night)


def nothing_has_changed(night: Night) -> bool:
    """True when every settled file is known and nothing else has changed, and a whole release stands."""
    if night.settings.insight_api.key_file:
        return False
    fresh = find_fresh(night)
    if fresh or not is_remembered(night):
        return False
    manifest = whole_manifest(night.settings.current)
    if manifest is None:
        return False
    night.release_number = int(manifest["release_number"])
    return True


def _state(night: Night) -> str:
    settings = night.settings
    ledger = night.store.execute("select delivery_key, school_urn, state, delivered_at from ledger order by all")
    lists = (settings.catalogue_file, settings.strategy_file, settings.ladder_file)
    own = [settings.home / path for path in lists if path]
    told = (
        ledger, sorted(night.landed.present), night.data_date, code_version(), settings.fingerprint(),
        settings.trust_name, settings.is_sample, [school.model_dump() for school in settings.schools],
        [path.read_bytes() for path in own if path.is_file()], journal_source.state(night),
        moderation_source.state(night), trail_source.state(night),
    )  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
