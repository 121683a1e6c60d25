"""Assess, plan, do, review: stages and days at every threshold by hand, a plain twin, what holds of every ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models import apdr, calendar
from models.disclosure import refuse_unreleased, release
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table
from tests.support.plain_apdr import first_day_back, ledger_of

TODAY = dt.date(2026, 11, 20)
CYCLES, ROLL, STATUS = ALL["core_apdr_cycles"], ALL["model_pupils__on_roll"], ALL["core_sen_status"]
TERMS = calendar.half_terms()
TERM_ROWS = TERMS.filter(pl.col("half_term") != "Entry").to_dicts()
ON_SUPPORT = rows(ROLL, pupil_key=[pupil(n) for n in range(1, 9)], school_urn="100001", sen_provision="K")


def ledger(cycles: pl.DataFrame, roll: pl.DataFrame = ON_SUPPORT, status: pl.DataFrame | None = None) -> pl.DataFrame:
    """MODEL_APDR__CYCLES of the cycles, in order."""
    frames = {
        "core_apdr_cycles": cycles,
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_half_terms": TERMS,
        "model_pupils__on_roll": roll,
    }
    if status is not None:
        frames["core_sen_status"] = status
    return fill("model_apdr__cycles", frames).sort("school_urn", "pupil_key", "cycle_number")


def one(**dates: Any) -> dict[str, Any]:
    """The ledger's one row for a pupil with one cycle."""
    cycle = {"assessed_date": dt.date(2026, 9, 7)} | dates
    (found,) = ledger(rows(CYCLES, pupil_key=pupil(1), school_urn="100001", cycle_number=1, **cycle)).to_dicts()
    return found


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("dates", "stage", "due", "overdue"),
    [
        # 28 days from assessment to plan; half-term is 24 October to 1 November
        ({"assessed_date": ago(17)}, "PLAN", dt.date(2026, 12, 1), 0),
        ({"assessed_date": ago(28)}, "PLAN", TODAY, 0),
        ({"assessed_date": ago(29)}, "PLAN", ago(1), 1),
        ({"assessed_date": ago(46)}, "PLAN", dt.date(2026, 11, 2), 18),
        ({"assessed_date": dt.date(2026, 9, 25)}, "PLAN", dt.date(2026, 10, 23), 28),  # last day before half-term
        ({"assessed_date": dt.date(2026, 9, 26)}, "PLAN", dt.date(2026, 11, 2), 18),  # first day of it
        # 14 days from plan to start
        ({"planned_date": ago(14)}, "DO", TODAY, 0),
        ({"planned_date": ago(15)}, "DO", ago(1), 1),
        ({"planned_date": TODAY}, "DO", dt.date(2026, 12, 4), 0),
        ({"planned_date": TODAY + dt.timedelta(days=1)}, "PLAN", dt.date(2026, 10, 5), 46),  # meant, not yet done
        # a review on the school's own day, 98 days after the start at most
        ({"started_date": ago(10), "review_due_date": TODAY}, "REVIEW", TODAY, 0),
        ({"started_date": ago(10), "review_due_date": ago(1)}, "REVIEW", ago(1), 1),
        ({"assessed_date": ago(98), "started_date": ago(98)}, "REVIEW", TODAY, 0),
        ({"assessed_date": ago(99), "started_date": ago(99)}, "REVIEW", ago(1), 1),
        ({"assessed_date": ago(99), "started_date": ago(99), "review_due_date": TODAY}, "REVIEW", ago(1), 1),
        ({"started_date": ago(4), "review_due_date": dt.date(2027, 3, 25)}, "REVIEW", dt.date(2027, 2, 22), 0),
        # 28 days from review to the next assessment
        ({"started_date": ago(40), "reviewed_date": ago(28)}, "ASSESS", TODAY, 0),
        ({"started_date": ago(40), "reviewed_date": ago(29)}, "ASSESS", ago(1), 1),
        ({"started_date": ago(40), "reviewed_date": TODAY}, "ASSESS", dt.date(2026, 12, 18), 0),  # last day of term
        ({"reviewed_date": ago(27), "cycle_next_step": "CHANGE"}, "ASSESS", dt.date(2026, 11, 21), 0),
        ({"reviewed_date": ago(28), "cycle_next_step": "REFER"}, "ASSESS", TODAY, 0),
    ],
)  # fmt: skip
def test_the_stage_and_its_day(dates: dict[str, Any], stage: str, due: dt.date, overdue: int) -> None:
    found = one(**dates)
    assert (found["stage"], found["stage_due_date"], found["overdue_days"]) == (stage, due, overdue)
    assert found["closed_reason"] is None


@pytest.mark.parametrize(
    ("provision", "more", "reason"),
    [
        ("K", {"reviewed_date": ago(5), "cycle_next_step": "STOP"}, "STOPPED"),
        ("K", {"reviewed_date": TODAY + dt.timedelta(days=1), "cycle_next_step": "STOP"}, None),
        ("K", {"cycle_next_step": "STOP"}, None),
        ("N", {}, "NO_SEN"),
        ("E", {"reviewed_date": ago(5)}, "HAS_PLAN"),
        ("E", {}, "HAS_PLAN"),  # the plan began after the assessment of 7 September
        ("E", {"assessed_date": dt.date(2026, 10, 1)}, None),  # on the plan's first day: a cycle beside the plan
        (None, {}, "LEFT"),
    ],
)
def test_why_a_cycle_is_closed(provision: str | None, more: dict[str, Any], reason: str | None) -> None:
    cycle = {"assessed_date": dt.date(2026, 9, 7), "cycle_number": 1} | more
    roll = rows(ROLL, pupil_key=pupil(1 if provision else 2), school_urn="100001", sen_provision=provision or "K")
    status = rows(
        STATUS, pupil_key=pupil(1), school_urn="100001", sen_provision="E", start_date=dt.date(2026, 10, 1)
    )  # fmt: skip
    (found,) = ledger(rows(CYCLES, pupil_key=pupil(1), school_urn="100001", **cycle), roll, status).to_dicts()
    assert found["closed_reason"] == reason
    assert (found["stage"] == "CLOSED") is (reason is not None)
    assert (found["stage_due_date"] is None) is (found["overdue_days"] is None) is (reason is not None)


def test_a_later_cycle_closes_the_one_before_and_one_that_is_only_meant_does_not() -> None:
    found = ledger(
        table(
            CYCLES,
            """
            pupil_key | school_urn | cycle_number | assessed_date | reviewed_date | cycle_outcome
            P1        | 100001     | 1            | 2026-01-08    | -             | -
            P1        | 100001     | 2            | 2026-05-08    | 2026-11-13    | MET
            P1        | 100001     | 3            | 2026-11-21    | -             | -
            """,
        )
    )
    assert found.select("cycle_number", "stage", "closed_reason", "is_latest").rows() == [
        (1, "CLOSED", "FOLLOWED", False),
        (2, "ASSESS", None, True),
    ]


def test_a_run_without_change_counts_from_the_first_cycle_on_the_provision() -> None:
    found = ledger(
        table(
            CYCLES,
            """
            pupil_key|school_urn|cycle_number|assessed_date|reviewed_date|cycle_outcome|is_provision_changed|group_reference
            P1       |100001    |1           |2025-09-08   |2025-12-08   |NOT_MET      |-                   |G1
            P1       |100001    |2           |2025-12-15   |2026-03-16   |NOT_MET      |no                  |G1
            P1       |100001    |3           |2026-03-23   |2026-06-15   |NOT_MET      |-                   |G1
            P1       |100001    |4           |2026-06-22   |2026-09-28   |PARTLY_MET   |-                   |-
            P1       |100001    |5           |2026-10-05   |-            |-            |no                  |-
            P2       |100001    |1           |2025-12-15   |2026-03-16   |NOT_MET      |-                   |G1
            P2       |100001    |2           |2026-03-23   |2026-06-15   |NOT_MET      |yes                 |G1
            P2       |100001    |3           |2026-06-22   |-            |-            |-                   |G2
            P3       |100001    |1           |2026-06-22   |-            |NOT_MET      |-                   |-
            P3       |100001    |2           |2026-09-22   |-            |-            |no                  |-
            """,
        )
    )
    told = found.select("is_unchanged", "unchanged_run_count").rows()
    assert told == [
        (False, 1),
        (True, 2),
        (True, 3),  # not said, but the same group
        (None, 1),  # not said, and no group to compare
        (False, 1),  # the same, after a target that was partly met
        (False, 1),
        (False, 1),  # changed, whatever the group
        (False, 1),  # another group
        (False, 1),
        (False, 1),  # the one before was never reviewed
    ]


def test_every_pupil_on_support_is_there_with_a_cycle_or_without() -> None:
    status = table(
        STATUS,
        """
        pupil_key | school_urn | sen_provision | start_date | end_date
        P1        | 100001     | K             | 2025-09-08 | -
        P1        | 100001     | N             | 2024-09-08 | 2025-09-07
        P2        | 100001     | K             | 2026-10-05 | 2026-11-20
        P3        | 100001     | K             | 2026-10-05 | -
        P4        | 100001     | K             | 2026-10-05 | -
        """,
    )
    roll = rows(
        ROLL,
        pupil_key=[pupil(n) for n in (1, 2, 3, 4, 5, 6)],
        school_urn="100001",
        sen_provision=["K", "K", "K", "K", "K", "E"],
    )
    cycles = table(
        CYCLES,
        """
        pupil_key | school_urn | cycle_number | assessed_date | reviewed_date | cycle_outcome | cycle_next_step | is_provision_changed | is_pupil_view_recorded
        P1        | 100001     | 1            | 2026-02-09    | 2026-05-11    | NOT_MET       | CONTINUE        | -                    | no
        P1        | 100001     | 2            | 2026-06-08    | 2026-10-30    | NOT_MET       | CONTINUE        | no                   | yes
        P3        | 100001     | 1            | 2026-10-19    | -             | -             | -               | -                    | -
        P4        | 100001     | 1            | 2026-10-05    | 2026-11-02    | MET           | STOP            | -                    | yes
        P6        | 100001     | 1            | 2026-10-05    | -             | -             | -               | -                    | -
        """,  # noqa: E501 -- a table is read by its columns
    )
    frames = {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_sen_status": status,
        "model_pupils__on_roll": roll,
        "model_apdr__cycles": ledger(cycles, roll, status),
    }
    found = fill("model_apdr__pupils", frames).sort("pupil_key").drop("pupil_key", "school_urn")
    day, due = dt.date, dt.date(2026, 11, 27)
    assert found.rows() == [
        (day(2025, 9, 8), 2, "BETWEEN", "ASSESS", due, 0, 2, True, True, None),
        (day(2026, 10, 5), 0, "NONE", "ASSESS", None, None, None, False, None, None),
        (day(2026, 10, 5), 1, "OPEN", "PLAN", day(2026, 11, 16), 4, 1, False, None, None),
        (day(2026, 10, 5), 1, "STOPPED", "ASSESS", None, None, 1, False, True, None),
        (None, 0, "NONE", "ASSESS", None, None, None, False, None, None),
    ]


DAYS = st.dates(dt.date(2025, 9, 1), dt.date(2027, 1, 20))


@st.composite
def _pupils(draw: st.DrawFn) -> tuple[pl.DataFrame, dict[int, str | None], dt.date | None]:
    """Cycles of four pupils with dates in order and any of them blank, how each stands, and when plans began."""
    records: list[dict[str, Any]] = []
    for person in range(1, 5):
        for number in draw(st.lists(st.integers(1, 6), unique=True, max_size=4)):
            steps = sorted(draw(st.lists(DAYS, min_size=4, max_size=4)))
            shown = [draw(st.booleans()) for _ in steps]
            names = ("assessed_date", "planned_date", "started_date", "reviewed_date")
            days = [day if is_shown else None for day, is_shown in zip(steps, [True, *shown[1:]], strict=True)]
            records.append(
                {
                    "pupil_key": pupil(person),
                    "cycle_number": number,
                    **dict(zip(names, days, strict=True)),
                    "review_due_date": draw(st.none() | st.dates(steps[0], dt.date(2027, 6, 1))),
                    "cycle_outcome": draw(st.sampled_from(["MET", "PARTLY_MET", "NOT_MET", "NOT_MET", None])),
                    "cycle_next_step": draw(st.sampled_from(["CONTINUE", "CHANGE", "STOP", None])),
                    "group_reference": draw(st.sampled_from(["G1", "G2", None])),
                    "is_provision_changed": draw(st.sampled_from([True, False, None])),
                }
            )  # fmt: skip
    standing = {person: draw(st.sampled_from(["K", "K", "N", "E", None])) for person in range(1, 5)}
    columns = {name: [record[name] for record in records] for name in (records[0] if records else {"pupil_key": None})}
    return rows(CYCLES, school_urn="100001", **columns), standing, draw(st.none() | DAYS)


@given(_pupils())
@settings(max_examples=25)
def test_the_ledger_agrees_with_the_plain_twin_and_holds_together(
    drawn: tuple[pl.DataFrame, dict[int, str | None], dt.date | None],
) -> None:
    cycles, standing, plan_from = drawn
    there = {person: code for person, code in standing.items() if code}
    roll = rows(ROLL, pupil_key=[pupil(p) for p in there], school_urn="100001", sen_provision=list(there.values()))
    status = rows(STATUS, pupil_key=[pupil(p) for p in standing], school_urn="100001", sen_provision="E",
                  start_date=plan_from) if plan_from else None  # fmt: skip
    found = ledger(cycles, roll, status)
    began = plan_from if plan_from and plan_from <= TODAY else None
    twin = [
        told | {"pupil_key": pupil(person)}
        for person, code in standing.items()
        for told in ledger_of(cycles.filter(pupil_key=pupil(person)).to_dicts(), code, began, TERM_ROWS, TODAY)
    ]
    names = list(twin[0]) if twin else []
    assert found.select(names).to_dicts() == twin
    _hold_together(found, cycles)


def _hold_together(found: pl.DataFrame, cycles: pl.DataFrame) -> None:
    """Each begun cycle has one stage; a pupil has one latest cycle; only that one is open; a run grows by ones."""
    assert found.height == cycles.filter(pl.col("assessed_date") <= TODAY).height
    assert found.select("pupil_key", "cycle_number").is_unique().all()
    by_pupil = found.group_by("pupil_key").agg(
        pl.col("is_latest").sum().alias("latest"),
        (pl.col("stage") != "CLOSED").sum().alias("open"),
        pl.col("is_latest").last().alias("is_last"),
    )
    assert (by_pupil["latest"] == 1).all()
    assert (by_pupil["open"] <= 1).all()
    assert by_pupil["is_last"].all()
    is_closed = pl.col("stage") == "CLOSED"
    assert found.filter(is_closed != pl.col("stage_due_date").is_null()).is_empty()
    assert found.filter(is_closed != pl.col("closed_reason").is_not_null()).is_empty()
    assert found.filter(pl.col("overdue_days") > 0, pl.col("stage_due_date") >= TODAY).is_empty()
    assert found.filter(~pl.col("is_unchanged"), pl.col("unchanged_run_count") != 1).is_empty()
    assert found.filter(pl.col("is_unchanged"), pl.col("unchanged_run_count") < 2).is_empty()


@given(DAYS)
def test_a_day_in_a_holiday_is_never_the_day_something_is_due(day: dt.date) -> None:
    moved = first_day_back(day, TERM_ROWS)
    assert moved >= day
    assert any(t["start_date"] <= moved <= t["end_date"] for t in TERM_ROWS)
    assert first_day_back(moved, TERM_ROWS) == moved


SUPPORTED = table(
    ALL["model_apdr__pupils"],
    """
    pupil_key | school_urn | cycles_count | standing | stage  | overdue_days | is_repeating | is_pupil_view_recorded | is_parent_view_recorded
    P1        | 100001     | 2            | OPEN     | PLAN   | 3            | yes          | yes                    | no
    P2        | 100001     | 1            | OPEN     | DO     | 0            | no           | yes                    | -
    P3        | 100001     | 1            | OPEN     | REVIEW | 9            | no           | no                     | no
    P4        | 100001     | 3            | BETWEEN  | ASSESS | 1            | yes          | -                      | yes
    P5        | 100001     | 0            | NONE     | ASSESS | -            | no           | -                      | -
    P6        | 100001     | 1            | STOPPED  | ASSESS | -            | no           | yes                    | yes
    P1        | 100002     | 1            | OPEN     | DO     | 2            | no           | yes                    | yes
    P7        | 100002     | 1            | OPEN     | DO     | 2            | no           | yes                    | yes
    """,  # noqa: E501 -- a table is read by its columns
)
REVIEWS = table(
    ALL["model_apdr__cycles"],
    """
    pupil_key | school_urn | cycle_number | review_limit_date | reviewed_date
    P1        | 100001     | 1            | 2026-08-31        | 2026-08-31
    P1        | 100001     | 2            | 2026-09-01        | 2026-09-01
    P2        | 100001     | 1            | 2026-11-19        | 2026-11-20
    P3        | 100001     | 1            | 2026-11-20        | -
    P4        | 100001     | 2            | 2026-10-01        | -
    P4        | 100001     | 3            | 2026-10-09        | 2026-10-08
    P9        | 100001     | 1            | 2026-10-09        | 2026-10-08
    """,
)


def test_schools_and_the_trust_are_counted_by_hand() -> None:
    found = apdr.roll_up(SUPPORTED, REVIEWS, ["100001", "100002", "100003"], TODAY)
    counts = {row["school_urn"]: row for row in found.to_dicts()}
    one, none = counts["100001"], counts["100003"]
    assert {name: one[name] for name in one if name.endswith("_count")} == {
        "sen_support_count": 6, "open_count": 3, "between_count": 1, "no_cycle_count": 2, "overdue_count": 3,
        "assess_overdue_count": 1, "plan_overdue_count": 1, "do_overdue_count": 0, "review_overdue_count": 1,
        "unchanged_count": 2, "cycled_count": 4, "pupil_view_count": 2, "parent_view_count": 1,
        "reviewing_count": 3, "reviews_due_count": 4, "reviews_in_time_count": 2,
    }  # fmt: skip
    # In time: the one of 1 September and the one a day early. Not due this year: 31 August. Not over yet: today's.
    assert (one["pupil_view_rate"], one["parent_view_rate"], one["reviewed_in_time_rate"]) == (2 / 4, 1 / 4, 2 / 4)
    assert counts["TRUST"]["sen_support_count"] == 7  # on two rolls, one child
    assert {none[name] for name in none if name.endswith("_count")} == {0}
    assert none["pupil_view_rate"] is none["reviewed_in_time_rate"] is None


PERSONS = st.tuples(
    st.integers(1, 60),
    st.sampled_from(["100001", "100002"]),
    st.sampled_from(["OPEN", "BETWEEN", "NONE"]),
    st.integers(0, 3),
)


@given(st.lists(PERSONS, max_size=80, unique_by=lambda drawn: drawn[0]))
@settings(max_examples=20)
def test_parts_sum_to_their_whole_and_what_is_released_is_safe(drawn: list[tuple[int, str, str, int]]) -> None:
    stages = {"OPEN": "PLAN", "BETWEEN": "ASSESS", "NONE": "ASSESS"}
    pupils = rows(
        ALL["model_apdr__pupils"],
        pupil_key=[pupil(person) for person, *_ in drawn],
        school_urn=[urn for _, urn, *_ in drawn],
        standing=[standing for _, _, standing, _ in drawn],
        stage=[stages[standing] for _, _, standing, _ in drawn],
        overdue_days=[None if standing == "NONE" else late for _, _, standing, late in drawn],
        cycles_count=[0 if standing == "NONE" else 2 for _, _, standing, _ in drawn],
    )
    mart = ALL["mart_apdr__school"]
    frame = apdr.mart_apdr__school_frame(pupils, REVIEWS, ["100001", "100002"], TODAY)
    for partition in mart.partitions:
        assert (frame.select(pl.sum_horizontal(partition.parts)).to_series() == frame[partition.whole]).all()
    released = release(frame, mart)
    refuse_unreleased(mart, released)
    assert find(released, mart) == []


def test_the_lists_name_pupils_on_roll_and_nobody_else() -> None:
    people = rows(ALL["core_pupils"], pupil_key=[pupil(n) for n in (1, 2, 3)], surname=["A", "B", "C"])
    roll = rows(ROLL, pupil_key=[pupil(1), pupil(3)], school_urn="100001", sen_provision=["K", "E"], nc_year="4")
    cycles = rows(ALL["model_apdr__cycles"], pupil_key=[pupil(n) for n in (1, 2, 3)], school_urn="100001")
    listed = apdr.list_cycles(cycles, roll, people)
    assert find(listed, ALL["mart_apdr__cycle"]) == []
    assert listed.select("surname", "sen_provision", "nc_year").rows() == [("A", "K", "4"), ("C", "E", "4")]
    supported = rows(ALL["model_apdr__pupils"], pupil_key=[pupil(1)], school_urn="100001")
    assert apdr.list_pupils(supported, roll, people)["surname"].to_list() == ["A"]
