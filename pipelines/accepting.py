"""A person's decision to take a delivery that was held for being short; the decision is kept with its time."""

from __future__ import annotations

import datetime as dt

from expectations.errors import SettingsError
from pipelines.night import only_refresh
from pipelines.settings import Settings
from pipelines.store import Store


def accept_held(settings: Settings, delivery_key: str) -> str:
    """Note that a held delivery may be taken; the sentence to show. The next refresh takes it."""
    with only_refresh(settings), Store(settings.work_file) as store:
        held = store.execute("select file_name from ledger where delivery_key = ? and state = 'HELD'", [delivery_key])
        if not held:
            raise SettingsError(
                "No held delivery has this key", delivery_key, "The closing table's ledger names the keys."
            )
        with store.transaction():
            store.execute(
                "insert into accepted values (?, ?)", [delivery_key, dt.datetime.now(dt.UTC).replace(tzinfo=None)]
            )
            store.execute("delete from ledger where delivery_key = ?", [delivery_key])
    return f"The next refresh takes {held[0][0]}."


def is_accepted(store: Store, delivery_key: str) -> bool:
    """True when a person accepted the delivery."""
    return bool(store.execute("select 1 from accepted where delivery_key = ? limit 1", [delivery_key]))
