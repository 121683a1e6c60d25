"""The inspection case sample: a side for each pupil, from need to what came of it. Staff app only; it names children.

Made at the moment it is asked for and never stored. It reads pupil rows of one school, so only a visit of that
school's SENCO (or the SEND lead) has the file that it needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dashboards.figures import Row
from dashboards.papers import blocks
from dashboards.papers.blocks import Block, Cell, Fact, Grid, Group, Masthead, Paper, Sign
from dashboards.queries import case_sample as asked
from dashboards.views.visits import Visit
from dashboards.wording import case_sample as words
from dashboards.wording import ehc_delivery, ehc_outcomes, referrals
from dashboards.wording.apdr import next_step_words, outcome_words
from dashboards.wording.needs import provision_words, type_words, year_words
from dashboards.wording.numbers import grouped, long_date, whole, year_name

OF_EACH = 3
"""Pupils of each provision that are suggested."""
_DATED = "%-d %b %Y"


def suggested(pupils: Iterable[Row]) -> list[Row]:
    """Three with a plan, three on SEN support, of as many year groups as there are; the same ones each time."""
    listed = sorted(pupils, key=lambda row: row["pupil_key"])
    return [row for provision in ("E", "K") for row in _spread([r for r in listed if r["sen_provision"] == provision])]


def _spread(pupils: list[Row]) -> list[Row]:
    first_of_year = list({row["nc_year"]: row for row in reversed(pupils)}.values())
    others = [row for row in pupils if row not in first_of_year]
    return (sorted(first_of_year, key=lambda row: row["pupil_key"]) + others)[:OF_EACH]


def case_sample(visit: Visit, urn: str, chosen: Sequence[Row]) -> Paper:
    """A side for each chosen pupil (rows of ``queries.case_sample.pupils``)."""
    about = visit.about()
    listed: list[Block] = []
    for pupil in chosen:
        listed += [*([blocks.NewPage()] if listed else []), *_pupil(visit, urn, pupil)]
    title = f"{words.TITLE}: {visit.schools()[urn]['school_name']}"
    foot = f"{title} · data to {long_date(about['data_date'])} · names children"
    return Paper("case-sample", title, urn, about["release_number"], about["data_date"], about["made_at"], foot,
                 tuple(listed))  # fmt: skip


def _pupil(visit: Visit, urn: str, pupil: Row) -> list[Block]:
    key = str(pupil["pupil_key"])
    facts = (
        Fact("Year", year_words(pupil["nc_year"])),
        Fact("Provision", provision_words(pupil["sen_provision"])),
        Fact("Main need", type_words(pupil["sen_type"])),
    )
    tables = [
        _grid(words.PROMISED, ("Line", "Due", "Delivered", "Stands"), visit.read(asked.promised(urn, key)), _line),
        _grid(words.OUTCOMES, ("Outcome", "Due", "Last evidence", "Milestones met", "Stands"),
              visit.read(asked.outcomes(urn, key)), _outcome),
        _grid(words.REVIEWS, ("Due by law", "Held", "Report sent", "Authority decided"),
              visit.read(asked.reviews(urn, key)), _review),
        _grid(words.CYCLES, ("Cycle", "Area of need", "Began", "Reviewed", "Found", "Next", "Pupil’s view",
                             "Parent’s view"), visit.read(asked.cycles(urn, key)), _cycle),
        _grid(words.INTERVENTIONS, ("Intervention", "Year", "Measured by", "Before", "After", "Sessions attended",
                                    "Pupil says it helped"), visit.read(asked.interventions(urn, key)), _intervention),
        _grid(words.AGENCIES, ("Service", "Referred", "Seen", "Report", "Provision began", "Next"),
              visit.read(asked.agencies(urn, key)), _agency),
    ]  # fmt: skip
    found = [part for table in tables if table for part in table]
    name = f"{pupil['surname']}, {pupil['forename']}"
    return [Masthead(words.KICKER, name, facts), *(found or [blocks.Prose((words.NOTHING,))]),
            blocks.Blanks(words.STORY, 6)]  # fmt: skip


def _grid(title: str, labels: Sequence[str], rows: list[Row], told: object) -> tuple[Block, ...]:
    if not rows:
        return ()
    assert callable(told)
    columns = tuple(blocks.Column(label, 2.0 if place == 0 else 1.0) for place, label in enumerate(labels))
    cells = tuple(tuple(told(row)) for row in rows)
    return blocks.Section(title), Grid(title, columns, (Group("", cells),))


def _day(date: dt.date | None) -> Cell:
    return date.strftime(_DATED) if date else Sign("missing")


def _line(row: Row) -> Iterable[Cell]:
    return (f"{row['line_number']}: {row['provision_type']}", whole(row["due_sessions_count"] or 0),
            grouped(row["delivered_sessions_count"]) if row["delivered_sessions_count"] is not None
            else Sign("missing"), ehc_delivery.state_words(row["delivery_state"]))  # fmt: skip


def _outcome(row: Row) -> Iterable[Cell]:
    met = f"{row['met_milestones_count']} of {row['milestones_count']}"
    return (f"{row['outcome_number']}: {row['area_of_need'] or 'area not stated'}", _day(row["due_date"]),
            _day(row["evidence_date"]), met, ehc_outcomes.standing_words(row["standing"]))  # fmt: skip


def _review(row: Row) -> Iterable[Cell]:
    held = _day(row["meeting_date"]) if row["is_held"] else Sign("missing")
    return _day(row["due_date"]), held, _day(row["report_sent_date"]), _day(row["decision_date"])


def _cycle(row: Row) -> Iterable[Cell]:
    return (str(row["cycle_number"]), row["area_of_need"] or "Not stated", _day(row["assessed_date"]),
            _day(row["reviewed_date"]), outcome_words(row["cycle_outcome"]), next_step_words(row["cycle_next_step"]),
            words.YES_NO[row["is_pupil_view_recorded"]], words.YES_NO[row["is_parent_view_recorded"]])  # fmt: skip


def _intervention(row: Row) -> Iterable[Cell]:
    attended, delivered = row["attended_sessions_count"], row["delivered_sessions_count"]
    sessions = f"{attended} of {delivered}" if attended is not None and delivered is not None else Sign("missing")
    return (row["intervention_name"], year_name(row["academic_year"]), row["assessment_name"] or Sign("missing"),
            words.score_words(row["entry_score"]), words.score_words(row["exit_score"]), sessions,
            words.YES_NO[row["is_pupil_positive"]])  # fmt: skip


def _agency(row: Row) -> Iterable[Cell]:
    return (f"{row['agency']}: {row['service']}", _day(row["referral_date"]), _day(row["seen_date"]),
            _day(row["report_date"]), _day(row["provision_start_date"]),
            referrals.to_do_words(row["referral_stage"]))  # fmt: skip
