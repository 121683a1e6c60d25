"""Write down what was planted: effects, costs, lateness, destinations, people, bad rows and files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from seeds.trust.bad_files import BadFile
from seeds.trust.deliveries import Delivery
from seeds.trust.money_ledger import Finding
from seeds.trust.strategy import strategy_truth_rows
from seeds.trust.truth_of_clock import review_clock_rows, transfer_rows
from seeds.trust.truth_of_conflicts import conflict_rows, flow_rows
from seeds.trust.truth_of_cycles import cycle_truth_rows
from seeds.trust.truth_of_governance import governance_truth_rows
from seeds.trust.truth_of_identification import identification_rows
from seeds.trust.truth_of_impact import (
    attendance_rows,
    intervention_rows,
    prompt_rows,
    regression_rows,
    school_effect_rows,
    unknown_name_rows,
)  # fmt: skip
from seeds.trust.truth_of_inclusion import (
    absence_truth_rows,
    curriculum_truth_rows,
    part_time_truth_rows,
    placement_truth_rows,
    suspension_truth_rows,
)  # fmt: skip
from seeds.trust.truth_of_ladder import catch_up_truth_rows, ladder_truth_rows
from seeds.trust.truth_of_leavers import leaver_rows, move_truth_rows
from seeds.trust.truth_of_ledger import finding_rows, ledger_rows, money_rows
from seeds.trust.truth_of_moderation import agreement_truth_rows, drift_truth_rows, practice_truth_rows
from seeds.trust.truth_of_money import cost_rows
from seeds.trust.truth_of_options import option_pair_rows, option_rows
from seeds.trust.truth_of_promises import delivery_truth_rows, outcome_truth_rows
from seeds.trust.truth_of_pupils import (
    destination_rows,
    disagreement_rows,
    late_review_rows,
    people_rows,
    request_rows,
)  # fmt: skip
from seeds.trust.truth_of_purchasing import gap_truth_rows, saving_truth_rows
from seeds.trust.truth_of_referrals import referral_truth_rows, wait_truth_rows
from seeds.trust.truth_of_rows import count_rows, planted_rows
from seeds.trust.truth_of_strands import engagement_truth_rows, target_truth_rows
from seeds.trust.world import World

Record = dict[str, object]
README = """# The planted truth of the sample trust

Everything here is made up. The files say what the pipeline must find again; nothing in `drop/` tells it.

| file | one row is |
|---|---|
| `interventions_truth.csv` | an intervention: scale, domain, true effect in its own unit, who had it, sessions |
| `school_effects_truth.csv` | an intervention whose effect differs between schools, and school: its true effect there |
| `attendance_effects_truth.csv` | an intervention for attendance or behaviour: sessions fewer missed per 100 possible |
| `prompt_truth.csv` | a mainstream school: whether a first concern is answered at once, and places in check-ins |
| `unknown_names.csv` | a group under a name that no spelling of the catalogue matches, and the name that is near it |
| `regression_to_mean.csv` | an intervention: mean entry and exit score, and the part of the rise that is no effect |
| `plan_costs_truth.csv` | an EHC plan and academic year: cost of section F, delivered share, invoices, top-up |
| `option_costs_truth.csv` | an intervention: pupils in groups whose sessions are recorded, cost of what was delivered |
| `option_pairs_truth.csv` | two interventions with one test: what the first achieves and costs more than the second |
| `money_truth.csv` | a school and financial year: cost of plans (whole years), of groups, of neither; top-up |
| `ledger_truth.csv` | a school, year and kind of cost: what the ledger comes to, and what of it can be counted |
| `ledger_findings.csv` | a line of the money workbook that must be told of, with its rule |
| `late_reviews.csv` | an annual review held late, or overdue on the data date, with the days |
| `review_clock_truth.csv` | a review, in the tracker or lacking: its day in law, days late of each step, whose apart |
| `transfers_truth.csv` | a plan of a child who changes phase this year: last day, and what is to come |
| `requests_truth.csv` | a request for an assessment, with the days to the final plan (140 are in time) |
| `destinations_truth.csv` | a school, stage and leaving year: leavers, sustained, not sustained, unknown |
| `leavers_truth.csv` | a leaver: September, two terms, two years on, and why each is not known |
| `moves_truth.csv` | a move before the end of a phase: day, SEN provision, where to; who died is in no count |
| `absence_truth.csv` | a pupil, school year and SEN status then: half-days possible and missed |
| `suspensions_truth.csv` | a pupil, twelve months and SEN status on the day: suspensions, permanent exclusions |
| `part_time_truth.csv` | a part-time timetable that runs: days past its planned end and its review |
| `placements_truth.csv` | a placement in alternative provision that runs |
| `curriculum_truth.csv` | a school and subject of the newest whole term: entries due, blank, and how pupils take part |
| `register_census_disagreements.csv` | a child whose SEN provision in a census is not the register's |
| `conflicts_truth.csv` | a conflict between register, census and Insight: first and last day, who mends it |
| `sen_flows_truth.csv` | a flow of a school's register: who joined, left, got a plan, whose need changed, and when |
| `apdr_truth.csv` | a pupil on SEN support: the stage of the cycle, its due day, days overdue, cycles without change |
| `targets_truth.csv` | an intervention: targets set, scored and met by those who started, mean goal attainment |
| `engagement_truth.csv` | an intervention: pupils observed during it or soon after, and with progress in each area |
| `catch_up_truth.csv` | a child with SEN and sitting of the catch-up check: raw score; the need planted at 0 |
| `ladder_truth.csv` | a child with SEN and subject: rung of the ladder now and a year before, moved, held, or why not |
| `outcomes_truth.csv` | an outcome of an active plan: where it stands, why, what is overdue, what reviews changed |
| `delivery_truth.csv` | a section F line and academic year: sessions due, delivered, missed, behind since which year |
| `referrals_truth.csv` | a referral to an agency: the stage, whose step, days, the wait to be seen and to provision |
| `waits_truth.csv` | a service of an agency: pupils who wait now, and the day by which half were seen |
| `savings_truth.csv` | a test or licence and a way to save by buying as one: pence at the cautious and hopeful end |
| `identification_truth.csv` | a mainstream school: roll, SEN support, girls listed, and the fault planted in it |
| `needs_truth.csv` | a type of need: whether the register knows a test for it, and a school has one left |
| `strategy_truth.csv` | an action of the strategy: where it stands on the data date, days past its day |
| `drift_truth.csv` | a round of moderation and school: drift planted, and its mean difference from other schools |
| `agreement_truth.csv` | a round of moderation: pupils rated twice, pairs alike and within one band, cases apart |
| `practice_truth.csv` | a school and question on how it moderates: the answer that counts, against the trust's policy |
| `people.csv` | an enrolment: person, school, UPNs, the school's own numbers |
| `planted_rows.csv` | a row or value that must be set aside, flagged or accepted in spite of its looks |
| `planted_files.csv` | a file that must not be taken, with its state and rule |
| `counts.csv` | a table in a file: rows written, rows planted to be set aside and flagged |

Pupils of a group are drawn from those of their years with a low observed mark before it, below the cut; nothing else
decides, so pupils with the same mark who were not drawn are a fair comparison. Three exceptions say so in
`selection_rule`: groups without marks (children with SEN, so that a small difference from others remains),
`is_whole_school` (everybody in half of the schools), and `is_missing_informative`: those with the lowest marks at the
end have none, so that an estimate from the rest is too high. Effects start at the first mark after the block, those
on attendance with the block. Effects in LEVELS and MONTHS raise what lies behind a band, step, points or reading age;
ranks cannot give them back, only their direction. Where `exits_at_limit_rate` is high the scores hide part of an
effect. A retest without an intervention correlates at 0.8. Bad rows stand beside good ones, or are rows whose loss
changes no planted figure: linked marks, plans, groups and pupils are never lost; a half-term's attendance may be.
"""


def write_truth(
    folder: Path, world: World, deliveries: list[Delivery], bad_files: list[BadFile], found: list[Finding]
) -> None:
    """Write ``truth/``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(README, encoding="utf-8")
    files: list[Record] = [{"file": f.path, "state": f.state, "rule": f.rule, "why": f.why} for f in bad_files]
    tables: dict[str, Iterable[Record]] = {
        "interventions_truth": intervention_rows(world),
        "school_effects_truth": school_effect_rows(world),
        "attendance_effects_truth": attendance_rows(world),
        "prompt_truth": prompt_rows(world),
        "unknown_names": unknown_name_rows(world),
        "regression_to_mean": regression_rows(world),
        "plan_costs_truth": cost_rows(world),
        "option_costs_truth": option_rows(world),
        "option_pairs_truth": option_pair_rows(world),
        "money_truth": money_rows(world, deliveries),
        "ledger_truth": ledger_rows(world, deliveries),
        "ledger_findings": finding_rows(world, deliveries, found),
        "late_reviews": late_review_rows(world),
        "review_clock_truth": review_clock_rows(world),
        "transfers_truth": transfer_rows(world),
        "requests_truth": request_rows(world),
        "destinations_truth": destination_rows(world),
        "leavers_truth": leaver_rows(world),
        "moves_truth": move_truth_rows(world),
        "absence_truth": absence_truth_rows(world, deliveries),
        "suspensions_truth": suspension_truth_rows(world),
        "part_time_truth": part_time_truth_rows(world),
        "placements_truth": placement_truth_rows(world),
        "curriculum_truth": curriculum_truth_rows(world, deliveries),
        "register_census_disagreements": disagreement_rows(world),
        "conflicts_truth": conflict_rows(world),
        "sen_flows_truth": flow_rows(world),
        "apdr_truth": cycle_truth_rows(world),
        "targets_truth": target_truth_rows(world),
        "engagement_truth": engagement_truth_rows(world),
        "ladder_truth": ladder_truth_rows(world, deliveries),
        "catch_up_truth": catch_up_truth_rows(world, deliveries),
        "outcomes_truth": outcome_truth_rows(world, deliveries),
        "delivery_truth": delivery_truth_rows(world),
        "referrals_truth": referral_truth_rows(world),
        "waits_truth": wait_truth_rows(world),
        "governance_truth": governance_truth_rows(world),
        "savings_truth": saving_truth_rows(world),
        "needs_truth": gap_truth_rows(world),
        "strategy_truth": strategy_truth_rows(world.strategy, world.calendar),
        "identification_truth": identification_rows(world),
        "drift_truth": drift_truth_rows(world),
        "agreement_truth": agreement_truth_rows(world),
        "practice_truth": practice_truth_rows(world),
        "people": people_rows(world),
        "planted_rows": planted_rows(deliveries),
        "planted_files": files,
        "counts": count_rows(deliveries),
    }
    for name, records in tables.items():
        _write(folder / f"{name}.csv", list(records))


def _write(path: Path, records: Sequence[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        if records:
            writer = csv.DictWriter(file, list(records[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(records)
