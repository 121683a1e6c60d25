"""A small published release of a fictional trust, built from frames by contract: what the apps read, nothing before it.

Three schools: Elm (primary) with every kind of figure, Oak (secondary) with much hidden, Ash (special). The figures
are invented and hold each state that a page must show: known, hidden, not available, none.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from expectations.contract import Table
from expectations.derive import passports
from expectations.tables import ALL
from pipelines import publish
from pipelines.sharing import Readers
from tests.support.frames import rows, table
from tests.support.released_clock import released_clock
from tests.support.released_cycles import released_cycles
from tests.support.released_governance import released_governance
from tests.support.released_identification import released_identification
from tests.support.released_impact import released_impact
from tests.support.released_inclusion import released_inclusion
from tests.support.released_leavers import released_leavers
from tests.support.released_match import released_match
from tests.support.released_moderation import released_moderation
from tests.support.released_money import released_money
from tests.support.released_names import released_names
from tests.support.released_plans import released_plans
from tests.support.released_progress import released_progress
from tests.support.released_pupils import released_pupils
from tests.support.released_referrals import released_referrals
from tests.support.released_strategy import released_strategy
from tests.support.released_trail import released_trail
from tests.support.released_value import released_value

ELM, OAK, ASH = "999001", "999002", "999003"
URNS = [ELM, OAK, ASH]
NAMES = {ELM: "Elm Primary School", OAK: "Oak Academy", ASH: "Ash School"}
HOSTILE = '<b>Elm</b> ![x](https://canary.invalid/x.png) <a href="https://canary.invalid">y</a>'
PUPIL_CANARY = "Canaryson"
DATA_DATE = dt.date(2026, 11, 20)
MADE_AT = "2026-11-21T02:03:04+00:00"

PLANS = """
school_urn | academic_year | plans_count | uncosted_plans_count | gap_plans_count | full_cost_pence | cost_to_date_pence | funding_pence | gap_pence | outcomes_due_count | outcomes_met_count | outcomes_not_met_count | outcomes_no_evidence_count | cost_per_outcome_low_pence | cost_per_outcome_high_pence | delivered_rate | recorded_rate | reason | hidden_columns
999001 | 2025 | 31 | 0 | 14 | 8000000  | 6100000 | 5000000  | 3800000 | 44 | 26 | 11 | 7 | 184848 | 234615 | 0.93 | 0.98 | - |
999001 | 2026 | 30 | 0 | 12 | 7900000  | 1900000 | 5100000  | 3500000 | 0  | 0  | 0  | 0 | -      | -      | 0.87 | 0.96 | FEW_MET |
999002 | 2026 | -  | - | -  | -        | -       | -        | -       | -  | -  | -  | - | -      | -      | -    | -    | FEW_PLANS | cost_to_date_pence,delivered_rate,full_cost_pence,funding_pence,gap_pence,gap_plans_count,outcomes_due_count,outcomes_met_count,outcomes_no_evidence_count,outcomes_not_met_count,plans_count,recorded_rate,uncosted_plans_count
999003 | 2026 | 90 | 2 | 40 | 30000000 | 8000000 | 26000000 | 9000000 | 80 | 40 | 20 | 20 | 130000 | 200000 | 0.91 | 0.95 | - |
TRUST  | 2025 | 124| 2 | 60 | 40000000 |35000000 | 33000000 |14000000 |150 | 90 | 40 | 20 | 320000 | 390000 | 0.92 | 0.97 | - |
TRUST  | 2026 | 123| 2 | 52 | 41000000 |10000000 | 33500000 |12500000 | 81 | 41 | 20 | 20 | 164000 | 244000 | 0.90 | 0.95 | - |
"""  # noqa: E501
ON_ROLL = """
school_urn | pupils_count | sen_support_count | ehc_plan_count | no_sen_count | sen_support_rate | ehc_plan_rate | hidden_columns
999001 | 300 | 48 | 31 | 221 | 0.16 | 0.1033 |
999002 | 600 | 84 | -  | -   | 0.14 | -      | ehc_plan_count,ehc_plan_rate,no_sen_count
999003 | 90  | 0  | 90 | 0   | 0    | 1      |
TRUST  | 990 | 132| -  | -   | 0.1333 | -    | ehc_plan_count,ehc_plan_rate,no_sen_count
"""  # noqa: E501
QUESTIONS = """
school_urn | question_rank | subject | trigger | about | figure_table | figure_column
999001 | 1 | DELIVERY | LOW_DELIVERY | 2026 | mart_ehc_delivery__school | delivered_rate
999001 | 2 | IMPACT | BEHIND | Behind Blocks | mart_impact__intervention | difference_points
999001 | 3 | DELIVERY | LOW_DOSE | Calm Corner | mart_impact__school | dose_rate
999001 | 4 | IMPACT | UNPROVEN | Calm Corner | mart_impact__intervention | verdict
999001 | 5 | VALUE_FOR_MONEY | SPENT_BEYOND | 2025 | mart_money__school | spend_pence
999001 | 6 | DELIVERY | HOURS_DRIFT | 2026 | mart_money__school | need_met_rate
999001 | 7 | VALUE_FOR_MONEY | GAP | 2026 | mart_value_for_money__school | gap_pence
999001 | 8 | VALUE_FOR_MONEY | NO_EVIDENCE | - | mart_ehc_outcomes__school | no_evidence_outcomes_count
999001 | 9 | VALUE_FOR_MONEY | MILESTONES_OVERDUE | - | mart_ehc_outcomes__school | overdue_milestones_count
999001 | 10 | DESTINATIONS | SEN_LEAVE_MORE | - | mart_moves__school | moves_per_100_years
999002 | 1 | DATA | SET_ASIDE | - | mart_deliveries__confidence | set_aside_percent
999003 | 1 | DELIVERY | NO_SESSIONS | Calm Corner | mart_impact__school | dose_rate
999003 | 2 | DATA | A_NEW_TRIGGER | - | mart_deliveries__confidence | set_aside_percent
TRUST  | 1 | IMPACT | BEHIND | Behind Blocks | mart_impact__intervention | difference_points
TRUST  | 2 | VALUE_FOR_MONEY | MILESTONES_OVERDUE | - | mart_ehc_outcomes__school | overdue_milestones_count
TRUST  | 3 | DESTINATIONS | UNKNOWN_LEAVERS | Year 11 | mart_destinations__school | unknown_count
TRUST  | 4 | VALUE_FOR_MONEY | PROPOSED_STOP | Behind Blocks | mart_cost_effectiveness__option | proposal
TRUST  | 5 | VALUE_FOR_MONEY | BETTER_VALUE | Paired Pages or Phonics Steps | mart_cost_effectiveness__pair | better_value_rate
TRUST  | 6 | VALUE_FOR_MONEY | MOST_PUPILS | Paired Pages | mart_cost_effectiveness__option | costed_count
TRUST  | 7 | DELIVERY | SERVICE_WAIT | Plover: Speech | mart_referrals__service | seen_median_weeks
TRUST  | 8 | VALUE_FOR_MONEY | GAP | 2026 | mart_value_for_money__school | gap_pence
TRUST  | 9 | DELIVERY | LOW_DELIVERY | 2026 | mart_ehc_delivery__school | delivered_rate
TRUST  | 10 | DESTINATIONS | SEN_LEAVE_MORE | - | mart_moves__school | moves_per_100_years
TRUST  | 11 | LEADERSHIP | STRATEGY_BLOCKED | Leadership | mart_strategy__priority | blocked_count
"""  # noqa: E501
CONFIDENCE = """
school_urn | latest_delivery_date | files_taken_count | files_refused_count | set_aside_percent | confidence
999001 | 2026-11-19 | 18 | 1 | 2 | FAIR
999002 | 2026-11-18 | 17 | 0 | 9 | POOR
999003 | 2026-11-19 | 12 | 0 | 0 | GOOD
TRUST  | 2026-11-19 | 47 | 1 | 3 | FAIR
"""
MEND = """
school_urn | file_name | sheet | row_number | source_label | column_label | rule | what | next_step | is_row_set_aside
999001 | register.xlsx | Register | 12 | SEND register | UPN        | UPN      | UPN is not valid      | Check the UPN in your system. | yes
999001 | register.xlsx | Register | 19 | SEND register | UPN        | UPN      | UPN is not valid      | Check the UPN in your system. | yes
999001 | register.xlsx | Register | 31 | SEND register | Year Group | LIST     | Year Group is no year | Use one of the listed codes.  | no
999002 | leavers.csv   | -        | 4  | Leavers       | -          | TWICE    | The row stands twice  | Take one out.                 | yes
"""  # noqa: E501
LEDGER = """
delivery_key | school_urn | file_name | source_label | state | rule | what | next_step | delivered_date | rows_count
0000000000000001 | 999001 | register.xlsx | SEND register | TAKEN   | -         | - | - | 2026-11-19 | 120
0000000000000002 | 999001 | notes.docx    | -             | REFUSED | FILE_KIND | This is a document, not a table | Send a workbook or CSV. | 2026-11-19 | 0
0000000000000003 | 999002 | leavers.csv   | Leavers       | HELD    | SHORT     | 70% fewer rows than last time   | Ask the central team to accept it. | 2026-11-18 | 20
0000000000000004 | 999003 | leavers.csv   | Leavers       | TAKEN   | -         | - | - | 2026-11-19 | 5
"""  # noqa: E501
BALANCE = """
school_urn | table_name | source_label | rows_count | accepted_rows_count | quarantined_rows_count | flagged_values_count
999001 | raw_send_register__pupils | SEND register | 120 | 118 | 2 | 1
999002 | raw_leavers__pupils       | Leavers       | 20  | 19  | 1 | 0
999003 | raw_leavers__pupils       | Leavers       | 5   | 5   | 0 | 0
"""  # noqa: E501
METHOD = (
    "# Did it work?\n\n## The question\n\nWould they have done as well without it?\n\n"
    "| A | B |\n|---|---|\n| 1 | 2 |\n\n"
    "## The formula\n\n$g = J d$\n\n## Source\n\nBooks.\n"
)


def marts(is_sample: bool = True, elm_name: str = NAMES[ELM], number: int = 1) -> dict[Table, pl.DataFrame]:
    """Every published mart of the trust, by contract."""
    dated = {"data_date": DATA_DATE}
    frames = {
        **released_impact(DATA_DATE),
        **released_cycles(DATA_DATE),
        **released_clock(DATA_DATE),
        **released_match(DATA_DATE),
        **released_names(),
        **released_pupils(),
        **released_value(DATA_DATE),
        **released_strategy(DATA_DATE),
        **released_money(DATA_DATE),
        **released_moderation(DATA_DATE),
        **released_plans(DATA_DATE),
        **released_progress(DATA_DATE),
        **released_referrals(DATA_DATE),
        **released_leavers(DATA_DATE),
        **released_identification(DATA_DATE),
        **released_inclusion(DATA_DATE),
        **released_trail(),
        "mart_value_for_money__school": table(ALL["mart_value_for_money__school"], PLANS, **dated),
        "mart_pupils__school": table(ALL["mart_pupils__school"], ON_ROLL, **dated),
        "mart_questions__school": table(ALL["mart_questions__school"], QUESTIONS),
        "mart_governance__school": released_governance(DATA_DATE),
        "mart_deliveries__confidence": table(ALL["mart_deliveries__confidence"], CONFIDENCE, **dated),
        "mart_deliveries__mend_rows": table(
            ALL["mart_deliveries__mend_rows"], MEND, table_name="raw_x__y", delivery_key="0" * 16
        ),
        "mart_deliveries__ledger": table(ALL["mart_deliveries__ledger"], LEDGER),
        "mart_deliveries__balance": table(ALL["mart_deliveries__balance"], BALANCE),
        "mart_pupils__register": _register(),
        **_describing(is_sample, elm_name, number),
    }  # fmt: skip
    return {ALL[name]: _with_hidden(frame) for name, frame in frames.items()}


def publish_release(home: Path, number: int = 1, readers: Readers | None = None, **choices: object) -> Path:
    """Publish the trust under ``home`` and point CURRENT to it; the release's folder."""
    releases, made = home / "releases", marts(number=number, **choices)  # type: ignore[arg-type]
    folder = releases / f".tmp-{number}"
    folder.mkdir(parents=True)
    for file in publish.files_of(URNS):
        publish.write_database(folder / file.name, file, made)
    (folder / "mend").mkdir()
    (folder / "mend" / f"{ELM}.xlsx").write_bytes(b"a workbook")
    (folder / "calendar").mkdir()
    (folder / "calendar" / f"{ELM}.ics").write_bytes(b"BEGIN:VCALENDAR")
    manifest = _manifest(number, is_sample=bool(choices.get("is_sample", True)))
    sealed = publish.seal(folder, releases, number, manifest, readers)
    publish.point_to(home / "CURRENT", sealed)
    return sealed


def _manifest(number: int, is_sample: bool) -> dict[str, object]:
    return {
        "release_number": number,
        "is_sample": is_sample,
        "run_id": "0123456789abcdef",
        "code_version": "test",
        "git_commit": None,
        "inputs": [{}, {}],
        "checks": {"tables_checked": 70, "expectations_evaluated": 800, "rules_broken": 3},
        "stage_seconds": {"reading files": 4.25, "models": 1.5},
    }


def _register() -> pl.DataFrame:
    return rows(
        ALL["mart_pupils__register"],
        pupil_key=[f"{number:020x}" for number in range(4)],
        school_urn=[ELM, ELM, OAK, ASH],
        surname=[PUPIL_CANARY, "Birch", "Cedar", "Damson"],
        forename=["Ada", "Bea", "Cy", "Dee"],
        nc_year=["R", "4", "9", "11"],
        sen_provision=["E", "K", "K", "E"],
        sen_type=["ASD", "SLCN", None, "SLD"],
    )


def _describing(is_sample: bool, elm_name: str, number: int) -> dict[str, pl.DataFrame]:
    return {
        "mart_release__about": rows(
            ALL["mart_release__about"], release_number=number, data_date=DATA_DATE, made_at=MADE_AT,
            trust_name="Five Trees Trust", is_sample=is_sample, code_version="test",
        ),
        "mart_release__schools": rows(
            ALL["mart_release__schools"], school_urn=URNS, school_name=[elm_name, NAMES[OAK], NAMES[ASH]],
            phase=["Primary", "Secondary", "Special"], is_special=[False, False, True],
        ),
        "mart_release__methods": rows(ALL["mart_release__methods"], method="impact", markdown=METHOD),
        "mart_release__passports": passports(tuple(ALL.values())),
        "mart_release__benchmarks": rows(
            ALL["mart_release__benchmarks"],
            measure=["KS4 leavers with EHC plan in any sustained destination",
                     "Primary need SLCN of pupils with SEN support"],
            area="England", period=["202021", "202425"], value=[90.5, 25.7], unit="per cent",
            source=["DfE KS4 destination measures", "DfE Special educational needs in England"],
        ),
    }  # fmt: skip


def _with_hidden(frame: pl.DataFrame) -> pl.DataFrame:
    """An empty list of hidden columns is '', not a blank."""
    if "hidden_columns" not in frame.columns:
        return frame
    return frame.with_columns(pl.col("hidden_columns").fill_null(""))
