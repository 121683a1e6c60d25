"""The code location: assets, the job, its schedule and sensor. Wiring only; no asset lives here.

``defs`` reads nothing but code at import: the home folder is looked up when a run starts, so that
``dagster definitions validate`` needs no trust.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import dagster as dg

from pipelines.assets import (
    apdr,
    assessments,
    catalogue,
    clean,
    cost_effectiveness,
    destinations,
    ehc_clock,
    ehc_delivery,
    ehc_outcomes,
    ehc_plans,
    governance,
    group_reviews,
    identification,
    impact,
    inclusion,
    interventions,
    landing,
    match,
    moderation,
    money,
    moves,
    needs,
    progress,
    publishing,
    pupil_stories,
    pupils,
    purchasing,
    questions,
    reference,
    referrals,
    sen_flows,
    strands,
    strategy,
    trail,
    value_for_money,
)
from pipelines.night import Night, open_night
from pipelines.schedules import at_two, nightly_refresh, when_a_file_arrives
from pipelines.settings import load_settings
from pipelines.where import home_folder

# Dagster hands the full text of a hidden error to this logger, which would print it: it may quote a pupil's value.
# What a person needs (kind of error, our lines) is told by ``night.unexpected``.
_unmasked = logging.getLogger("dagster.redacted_errors")
_unmasked.addHandler(logging.NullHandler())
_unmasked.propagate = False

ASSET_MODULES = [
    landing, clean, reference, pupils, identification, inclusion, assessments, interventions, catalogue, apdr,
    group_reviews, pupil_stories, ehc_plans, impact, strands, value_for_money, cost_effectiveness, destinations,
    money, ehc_outcomes, ehc_delivery, purchasing, referrals, moves, ehc_clock, strategy, progress, moderation, match,
    sen_flows, needs, governance, trail, questions, publishing,
]  # fmt: skip


def scheduled_night() -> AbstractContextManager[Night]:
    """The night of a run that Dagster starts: settings and clock read now."""
    return open_night(load_settings(home_folder()), dt.datetime.now(dt.UTC))


def build_definitions(
    night: Callable[[], AbstractContextManager[Night]] = scheduled_night, schedule: dg.ScheduleDefinition = at_two
) -> dg.Definitions:
    """Fresh definitions over a way to open a night; tests and ``orchard refresh`` hand in their own."""

    @dg.resource
    def opened(_: dg.InitResourceContext) -> Iterator[Night]:
        with night() as open_one:
            yield open_one

    return dg.Definitions(
        assets=dg.load_assets_from_modules(ASSET_MODULES),
        jobs=[nightly_refresh],
        schedules=[schedule],
        sensors=[when_a_file_arrives],
        resources={"night": opened},
        executor=dg.in_process_executor,
    )


defs = build_definitions()
