"""What the trust calls its interventions: names settled by the SEND lead, names to settle, protocol, timeliness."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.contract import Column, Kind, Sensitivity, Table
from expectations.tables.interventions import ALIAS

CORE_ALIAS_DECISIONS = Table(
    name="core_alias_decisions",
    grain="One row per name that the SEND lead has settled in the journal: the latest decision.",
    sensitivity=Sensitivity.PUPIL,
    key=("alias",),
    columns=(
        ALIAS,
        v.INTERVENTION_NAME.but(
            meaning="The trust's name that it stands for.", null="not an intervention: its groups are in no figure"
        ),
        Column("decided_date", Kind.DATE, "Day of the decision, UTC."),
    ),
)

TABLES = (CORE_ALIAS_DECISIONS,)
