"""What people have written beside the small release: questions of governors and trustees, one answered; an open round.

The questions are those of ``released_trail``, so that the figures which followed on them stand beside them.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dashboards import moderation_journal, trail_journal
from dashboards.access import Identity, Role
from dashboards.journal import address, open_journal
from dashboards.trail import Answer, Asked, Figure

ELM = "999001"
DAY = dt.date(2026, 11, 18)
NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
STOPPED = Asked(
    "What stopped the sessions?", DAY, dt.date(2026, 11, 13), "DELIVERY", "LOW_DOSE", "Phonics Steps",
    Figure("mart_impact__school", "dose_rate", '{"school_urn": "999001"}', 0.61),
)  # fmt: skip
UNKNOWN = Asked(
    "Who looks for the leavers nobody knows of?", DAY, dt.date(2026, 6, 12), "DESTINATIONS", "UNKNOWN_LEAVERS",
    "Year 11", Figure("mart_destinations__school", "unknown_count", '{"school_urn": "TRUST"}', None),
)  # fmt: skip
OWN = Asked("Who covers when the SENCO is away?", DAY, dt.date(2026, 11, 13))
ANSWER = Answer("Two staff were ill.", "DATA", DAY, "Train a third.", "SENCO", dt.date(2026, 12, 18))


def write_journals(home: Path) -> None:
    """Write the trail and the journal of a home that has none."""
    trail, governor = trail_journal.open_trail(home), Identity(Role.GOVERNOR, (ELM,))
    trail_journal.ask(trail, governor, "a governor", STOPPED, NOW)
    trail_journal.ask(trail, Identity(Role.TRUSTEE), "a trustee", UNKNOWN, NOW)
    trail_journal.ask(trail, governor, "a governor", OWN, NOW)
    trail_journal.answer(trail, Identity(Role.SENCO, (ELM,)), "a senco", 1, ANSWER, NOW)
    cases = [
        {
            "round_number": 1, "case_number": number, "school_urn": f"99900{number}", "pupil_key": f"{number:020x}",
            "sen_provision": "E", "year_band": "Years 3 to 6", "need_codes": "ASD", "score_strands": "Reading 80",
            "support_given": "",
        }
        for number in (1, 2, 3)
    ]  # fmt: skip
    moderation_journal.open_round(
        open_journal(address(home, {})), Identity(Role.SEND_LEAD), "a lead", cases,
        round_name="Autumn", matrix_version="V2", is_own_school_rated=False, now=NOW,
    )  # fmt: skip
