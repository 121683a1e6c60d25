"""How interventions are run: the protocol's steps, days from concern to support, who needs it and has none."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.derive import schema
from expectations.errors import DisclosureError
from expectations.tables import ALL
from models.disclosure import refuse_unreleased, release
from models.protocol import sum_protocol, sum_timeliness
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

DAY = dt.date(2026, 3, 2)
RUN = rows(ALL["core_run"], data_date=DAY, academic_year=2025)
SCREENING = rows(ALL["core_screening"], low_score=85)

STARTED = """
    intervention_key | pupil_key | intervention_name | is_in_catalogue | assessment_name | started_date | end_date   | delivered_sessions_count | attended_sessions_count | start_rank
    A:1 | P1 | Reading Pairs | yes | PiRA | 2025-09-15 | 2025-11-28 | 20 | 16 | 1
    A:1 | P2 | Reading Pairs | yes | PiRA | 2025-09-15 | 2026-01-18 | 20 | 15 | 1
    A:1 | P3 | Reading Pairs | yes | PiRA | 2025-09-15 | 2026-01-19 | 20 | -  | 1
    A:2 | P1 | Reading Pairs | yes | PiRA | 2026-01-12 | 2026-02-20 | 5  | 5  | 2
    A:3 | P1 | Calm Start    | yes | -    | 2025-08-31 | 2025-10-17 | -  | 9  | 1
    A:4 | P4 | Ada's table   | no  | PiRA | 2025-09-15 | 2025-11-28 | 10 | 10 | 1
    A:5 | P5 | Breakfast     | yes | -    | 2025-09-15 | 2025-11-28 | 0  | 3  | 1
"""  # noqa: E501 -- a table is read by its columns
STARTERS = table(ALL["model_interventions__starters"], STARTED, school_urn="100001", subject="Reading")
MEMBERS = STARTERS.select("intervention_key", "pupil_key").with_columns(
    teacher_judgement=pl.Series([1, 2, None, None, None, 1, None], dtype=pl.Int64)
)
OUTCOMES = table(ALL["model_impact__pupils"], """
    intervention_name | pupil_key | is_treated | assessment_name | subject | baseline_score | exit_score | is_exit_due
    Reading Pairs     | P1        | yes        | PiRA            | Reading | 90             | 95         | yes
    Reading Pairs     | P2        | yes        | PiRA            | Reading | -              | 99         | yes
    Reading Pairs     | P4        | no         | PiRA            | Reading | 90             | 99         | yes
    Breakfast         | P5        | yes        | Attendance      | Reading | 9              | -          | no
""")  # fmt: skip


def members() -> pl.DataFrame:
    given_rows = {name: MEMBERS[name].to_list() for name in MEMBERS.columns}
    return rows(ALL["core_intervention_pupils"], **given_rows)


def protocol(people: pl.DataFrame | None = None) -> pl.DataFrame:
    people = members() if people is None else people
    return fill("model_interventions__protocol", {
        "model_interventions__starters": STARTERS, "core_run": RUN, "core_intervention_pupils": people,
        "model_impact__pupils": OUTCOMES,
    }).sort("intervention_key", "pupil_key")  # fmt: skip


def test_each_first_start_is_asked_about_each_step() -> None:
    """A:1 ended in time for P1 and P2 (42 days before is still open on day 42); P3's window is open for a day yet."""
    steps = ["has_outcome", "has_baseline", "is_exit_due", "has_exit", "has_both", "is_dose_recorded", "is_full_dose",
             "is_review_due", "is_reviewed"]  # fmt: skip
    found = {(row["intervention_key"], row["pupil_key"]): row for row in protocol().to_dicts()}
    given_marks = {key: "".join("x" if row[step] else "." for step in steps) for key, row in found.items()}
    assert given_marks == {
        ("A:1", pupil(1)): "xxxxxxxxx",
        ("A:1", pupil(2)): "x.xx.x.xx",
        ("A:1", pupil(3)): "x........",
        ("A:3", pupil(1)): ".......x.",
        ("A:4", pupil(4)): "x.x..xxxx",
        ("A:5", pupil(5)): "xx.....x.",
    }
    assert [found[key]["academic_year"] for key in found] == [2025, 2025, 2025, 2024, 2025, 2025]


@pytest.mark.parametrize(("day", "is_in_time"), [
    (None, True), (dt.date(2025, 11, 20), True), (dt.date(2026, 1, 9), True), (dt.date(2026, 1, 10), False),
])  # fmt: skip
def test_a_dated_judgement_is_a_review_within_six_weeks_of_the_end(day: dt.date | None, is_in_time: bool) -> None:
    dated = members().with_columns(judged_date=pl.lit(day, dtype=pl.Date))
    found = protocol(dated).filter(intervention_key="A:1", pupil_key=pupil(1))
    assert found["is_review_due"].item()
    assert found["is_reviewed"].item() is is_in_time


def test_steps_are_summed_by_school_and_year_and_unknown_names_only_counted() -> None:
    found = sum_protocol(protocol(), DAY).filter(school_urn="100001", academic_year=2025).to_dicts()[0]
    assert (found["pupils_count"], found["starts_count"], found["left_out_count"]) == (4, 4, 1)
    assert (found["linked_starts_count"], found["baseline_starts_count"], found["baseline_rate"]) == (4, 2, 0.5)
    assert (found["exit_due_starts_count"], found["exit_starts_count"], found["both_starts_count"]) == (2, 2, 1)
    assert (found["dose_recorded_starts_count"], found["full_dose_starts_count"]) == (2, 1)
    assert (found["review_due_starts_count"], found["reviewed_starts_count"], found["reviewed_rate"]) == (3, 2, 2 / 3)
    trust = sum_protocol(protocol(), DAY).filter(school_urn="TRUST")
    assert trust.drop("school_urn").equals(sum_protocol(protocol(), DAY).filter(school_urn="100001").drop("school_urn"))


def test_a_step_that_nobody_can_be_asked_about_has_no_share() -> None:
    found = sum_protocol(protocol(), DAY).filter(school_urn="100001", academic_year=2024).to_dicts()[0]
    assert (found["linked_starts_count"], found["baseline_rate"], found["both_rate"]) == (0, None, None)


FLAGS = ("has_outcome", "has_baseline", "is_exit_due", "has_exit", "has_both", "is_dose_recorded", "is_full_dose",
         "is_review_due", "is_reviewed", "is_in_catalogue")  # fmt: skip
START = st.fixed_dictionaries(
    {"pupil": st.integers(1, 30), "school_urn": st.sampled_from(["100001", "100002", "100003"]),
     "academic_year": st.sampled_from([2024, 2025]), **dict.fromkeys(FLAGS, st.booleans())}
)  # fmt: skip


def starts_of(drawn: list[dict[str, object]]) -> pl.DataFrame:
    """Drawn starts made possible: a step asked of a start without it is none."""
    columns = {name: [start[name] for start in drawn] for name in ("school_urn", "academic_year", *FLAGS)}
    keys = [f"{start['school_urn']}:{place}" for place, start in enumerate(drawn)]
    people = [pupil(int(str(start["pupil"]))) for start in drawn]
    frame = rows(ALL["model_interventions__protocol"], intervention_key=keys, pupil_key=people, **columns)
    has_outcome, has_both = pl.col("has_outcome"), pl.col("has_baseline") & pl.col("has_exit")
    return frame.with_columns(has_both=has_both, is_exit_due=pl.col("is_exit_due") & has_outcome)


@given(st.lists(START, min_size=1, max_size=120))
@settings(max_examples=25, deadline=None)
def test_sums_are_those_of_the_plain_twin_and_pass_the_door(drawn: list[dict[str, object]]) -> None:
    frame = starts_of(drawn)
    summed = sum_protocol(frame, DAY)
    for row in summed.to_dicts():
        own = [
            start for start in frame.to_dicts()
            if row["school_urn"] in (start["school_urn"], "TRUST") and start["academic_year"] == row["academic_year"]
        ]  # fmt: skip
        known = [start for start in own if start["is_in_catalogue"]]
        assert row["pupils_count"] == len({start["pupil_key"] for start in known})
        assert row["left_out_count"] == len({s["pupil_key"] for s in own if not s["is_in_catalogue"]})
        due = [start for start in known if start["is_exit_due"]]
        both = [start for start in due if start["has_baseline"] and start["has_exit"]]
        assert (row["exit_due_starts_count"], row["both_starts_count"]) == (len(due), len(both))
        assert row["both_rate"] == (len(both) / len(due) if due else None)
    mart = ALL["mart_interventions__compliance"]
    released = release(summed, mart)
    refuse_unreleased(mart, released)
    shown = released.filter(pl.col("pupils_count").is_between(1, 4))
    assert shown.is_empty()


SCORES = table(ALL["core_assessments"], """
    pupil_key | subject     | scale        | score | assessed_date | half_term
    P1        | Reading     | STANDARDISED | 84    | 2025-09-10    | Autumn1
    P1        | Reading     | STANDARDISED | 80    | 2026-01-12    | Spring1
    P2        | Reading     | STANDARDISED | 85    | 2025-09-10    | Autumn1
    P2        | Mathematics | STANDARDISED | 70    | 2025-11-10    | Autumn2
    P3        | Reading     | STANDARDISED | 80    | 2024-03-01    | Spring1
    P4        | Reading     | POINTS       | 10    | 2025-09-10    | Autumn1
    P5        | Reading     | STANDARDISED | 80    | 2025-09-10    | Autumn1
    P6        | Reading     | STANDARDISED | 80    | 2025-03-02    | Spring1
    P7        | Reading     | STANDARDISED | 80    | 2026-03-03    | Spring2
    P8        | Reading     | STANDARDISED | 80    | 2025-09-10    | Autumn1
    P8        | Reading     | STANDARDISED | 95    | 2026-01-12    | Spring1
""", school_urn="100001", academic_year=2025, assessment_name="PiRA")  # fmt: skip
STATUS = table(ALL["core_sen_status"], """
    pupil_key | sen_provision | start_date
    P1        | N             | 2025-01-01
    P2        | K             | 2025-10-01
    P4        | K             | 2025-09-01
    P9        | E             | 2026-02-20
""", end_date=None)  # fmt: skip
ROLL = rows(ALL["model_pupils__on_roll"], pupil_key=[pupil(n) for n in range(1, 11)], school_urn="100001")
SUPPORT = table(ALL["model_interventions__starters"], """
    pupil_key | intervention_key | started_date | end_date   | is_in_catalogue
    P1        | A:1              | 2025-10-22   | 2025-12-18 | yes
    P1        | A:2              | 2026-01-12   | 2026-03-20 | yes
    P2        | A:1              | 2025-09-15   | 2025-12-18 | no
    P4        | A:1              | 2025-07-01   | 2025-08-31 | yes
    P5        | A:1              | 2025-12-04   | 2025-12-18 | yes
""")  # fmt: skip


def concerns() -> pl.DataFrame:
    return fill("model_interventions__concerns", {
        "core_assessments": SCORES, "core_run": RUN, "core_screening": SCREENING, "core_sen_status": STATUS,
        "model_pupils__on_roll": ROLL, "model_interventions__starters": SUPPORT,
    }).sort("pupil_key")  # fmt: skip


def test_from_the_first_concern_to_the_first_support_at_or_after_it() -> None:
    """P1 42 days; P2 on the register first, support running under an unknown name; P3 more than two years ago;
    P4's support ended before; P6 exactly on the edge of nothing; P7 after the data date; P9 and P8 without support."""
    found = concerns().select("pupil_key", "concern_date", "concern", "begun_date", "waited_days").rows()
    date = dt.date
    assert found == [
        (pupil(1), date(2025, 9, 10), "SCORE", date(2025, 10, 22), 42),
        (pupil(2), date(2025, 10, 1), "REGISTER", date(2025, 10, 1), 0),
        (pupil(4), date(2025, 9, 1), "REGISTER", None, 182),
        (pupil(5), date(2025, 9, 10), "SCORE", date(2025, 12, 4), 85),
        (pupil(6), date(2025, 3, 2), "SCORE", None, 365),
        (pupil(8), date(2025, 9, 10), "SCORE", None, 173),
        (pupil(9), date(2026, 2, 20), "REGISTER", None, 10),
    ]


def low_scores() -> pl.DataFrame:
    running = table(ALL["core_intervention_pupils"], """
        pupil_key | intervention_key | start_date | end_date
        P1        | A:2              | 2026-01-12 | 2026-03-02
        P5        | A:1              | 2025-12-04 | 2026-03-01
        P8        | A:1              | 2025-12-04 | 2026-06-01
    """)  # fmt: skip
    return fill("model_interventions__low_scores", {
        "core_assessments": SCORES, "core_run": RUN, "core_screening": SCREENING, "model_pupils__on_roll": ROLL,
        "core_intervention_pupils": running,
    }).sort("pupil_key", "subject")  # fmt: skip


def test_the_latest_score_of_a_year_counts_and_support_that_runs_today() -> None:
    """P2's 85 is not below 85, the 70 in mathematics is; P6's score is a year old; P8 has risen since."""
    assert low_scores().select("pupil_key", "subject", "score", "is_supported").rows() == [
        (pupil(1), "Reading", 80.0, True), (pupil(2), "Mathematics", 70.0, False), (pupil(5), "Reading", 80.0, False),
    ]  # fmt: skip


def test_the_senco_gets_the_names_of_those_without_support() -> None:
    people = rows(ALL["core_pupils"], pupil_key=[pupil(n) for n in range(1, 11)],
                  surname=[f"Surname{n}" for n in range(1, 11)], forename="Ada")  # fmt: skip
    found = fill(
        "mart_interventions__unserved", {"model_interventions__low_scores": low_scores(), "core_pupils": people}
    )
    assert sorted(found["surname"].to_list()) == ["Surname2", "Surname5"]


def test_waits_are_summed_with_those_still_waiting() -> None:
    found = sum_timeliness(concerns(), low_scores(), ROLL, DAY).filter(school_urn="100001").to_dicts()[0]
    counts = ("concern_count", "begun_count", "not_begun_count")
    assert [found[name] for name in counts] == [7, 3, 4]
    assert found["mean_wait_days"] == pytest.approx((42 + 0 + 85) / 3)
    assert (found["told_count"], found["slow_count"], found["slow_rate"]) == (6, 4, 4 / 6)
    assert (found["low_score_count"], found["unserved_count"], found["unserved_rate"]) == (3, 2, 2 / 3)


@pytest.mark.parametrize(("days", "is_slow"), [(0, False), (84, False), (85, True)])
def test_twelve_weeks_are_the_edge(days: int, is_slow: bool) -> None:
    one = rows(ALL["model_interventions__concerns"], concern_date=DAY - dt.timedelta(days=200),
               begun_date=DAY, waited_days=days)  # fmt: skip
    found = sum_timeliness(one, low_scores().clear(), ROLL.head(1), DAY).filter(school_urn="100001").to_dicts()[0]
    assert found["slow_count"] == int(is_slow)


def test_a_school_without_a_concern_has_zeros_and_no_mean() -> None:
    found = sum_timeliness(concerns().clear(), low_scores().clear(), ROLL, DAY).to_dicts()
    assert [row["school_urn"] for row in found] == ["100001", "TRUST"]
    assert all((row["concern_count"], row["mean_wait_days"], row["slow_rate"]) == (0, None, None) for row in found)


def test_a_pupil_of_two_schools_counts_once_in_the_trust() -> None:
    twice = pl.concat([concerns(), concerns().with_columns(school_urn=pl.lit("100002"))])
    roll = pl.concat([ROLL, ROLL.with_columns(school_urn=pl.lit("100002"))])
    found = sum_timeliness(twice, low_scores(), roll, DAY)
    assert dict(found.select("school_urn", "concern_count").iter_rows()) == {"100001": 7, "100002": 7, "TRUST": 7}


def test_small_schools_are_hidden_and_marts_cannot_bypass_the_door() -> None:
    mart = ALL["mart_interventions__timeliness"]
    true_figures = sum_timeliness(concerns(), low_scores(), ROLL, DAY)
    released = release(true_figures, mart)
    assert released.filter(school_urn="100001")["not_begun_count"].to_list() == [None]
    with pytest.raises(DisclosureError):
        refuse_unreleased(mart, true_figures.with_columns(hidden_columns=pl.lit("")).select(list(schema(mart))))
