"""Opinions, targets, engagement and outside evidence, each counted for itself; who counts is who started."""

from __future__ import annotations

import datetime as dt
import math
from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest

from expectations.contract import Count
from expectations.derive import empty_frame
from expectations.findings import find
from expectations.tables.engagement import CORE_ENGAGEMENT, ENGAGEMENT_AREAS
from expectations.tables.interventions import (
    CORE_INTERVENTION_PUPILS,
    CORE_INTERVENTIONS,
    MODEL_INTERVENTIONS__STARTERS,
)
from expectations.tables.reference import CORE_INTERVENTION_CATALOGUE, CORE_RUN
from expectations.tables.strands import (
    CORE_OUTSIDE_EVIDENCE,
    JUDGED_PARTS,
    MART_IMPACT__STRANDS,
    MODEL_IMPACT__STRAND_PUPILS,
    MODEL_IMPACT__STRAND_TARGETS,
    MODEL_IMPACT__STRANDS,
    progress_column_name,
)
from expectations.tables.targets import CORE_INTERVENTION_TARGETS
from models.disclosure import prepare, release
from models.strands import tell_strands
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(CORE_RUN, data_date=TODAY)


def strand_pupils(starters: str, members: str, engagement: str = "", groups: str = "") -> pl.DataFrame:
    """MODEL_IMPACT__STRAND_PUPILS of drawn tables; every group is in the school's own map where none is drawn."""
    keys = "intervention_key | map_source\nG1 | provision_map"
    return fill(
        "model_impact__strand_pupils",
        {
            "core_run": RUN,
            "model_interventions__starters": table(MODEL_INTERVENTIONS__STARTERS, starters),
            "core_interventions": table(CORE_INTERVENTIONS, groups or keys),
            "core_intervention_pupils": table(CORE_INTERVENTION_PUPILS, members),
            "core_engagement": table(CORE_ENGAGEMENT, engagement) if engagement else empty_frame(CORE_ENGAGEMENT),
        },
    ).sort("intervention_name", "pupil_key")


def test_only_those_whose_block_has_ended_in_a_map_that_holds_opinions_are_asked() -> None:
    """On the data date a last day is past; an opinion before the end waits; Insight's map cannot hold any."""
    told = strand_pupils(
        """
        intervention_key | pupil_key | intervention_name | started_date | end_date   | start_rank | is_in_catalogue
        G1               | P1        | Calm Start        | 2026-09-07   | 2026-11-20 | 1          | yes
        G1               | P2        | Calm Start        | 2026-09-07   | 2026-11-21 | 1          | yes
        G2               | P3        | Calm Start        | 2026-01-05   | 2026-03-20 | 1          | yes
        G1               | P4        | Calm Start        | 2026-09-07   | 2026-11-20 | 2          | yes
        G3               | P5        | Not Ours          | 2026-01-05   | 2026-03-20 | 1          | no
        """,
        """
        intervention_key | pupil_key | teacher_judgement | is_pupil_positive | is_parent_positive
        G1               | P1        | 2                 | yes               | no
        G1               | P2        | 2                 | yes               | yes
        G2               | P3        | -                 | -                 | -
        G1               | P4        | -1                | no                | -
        G3               | P5        | 1                 | yes               | yes
        """,
        groups="intervention_key | map_source\nG1 | provision_map\nG2 | insight\nG3 | provision_map",
    )
    columns = ("pupil_key", "is_asked", "teacher_judgement", "is_pupil_positive", "is_parent_positive")
    assert told.select(columns).rows() == [
        (pupil(1), True, 2, True, False),
        (pupil(2), False, None, None, None),
        (pupil(3), False, None, None, None),
    ]


@pytest.mark.parametrize(
    ("day", "is_counted"),
    [
        ("2026-01-05", False),  # the first session's own day tells of before
        ("2026-01-06", True),
        ("2026-05-01", True),  # 42 days after the last day
        ("2026-05-02", False),
    ],
)
def test_engagement_counts_from_the_day_after_the_first_session_to_six_weeks_after_the_end(
    day: str, is_counted: bool
) -> None:
    told = strand_pupils(
        """
        intervention_key | pupil_key | intervention_name | started_date | end_date   | start_rank | is_in_catalogue
        G1               | P1        | Calm Start        | 2026-01-05   | 2026-03-20 | 1          | yes
        """,
        "intervention_key | pupil_key\nG1 | P1",
        f"""
        pupil_key | school_urn | observed_date | engagement_area | engagement_direction
        P1        | 100002     | {day}         | PERSISTENCE     | PROGRESS
        """,
    )
    assert told["is_observed"].to_list() == [is_counted]
    assert told["has_persistence_progress"].to_list() == [is_counted]
    assert told["has_initiation_progress"].to_list() == [False]


def test_same_and_less_are_observed_and_no_progress_and_nothing_after_the_data_date_is_known() -> None:
    told = strand_pupils(
        """
        intervention_key | pupil_key | intervention_name | started_date | end_date   | start_rank | is_in_catalogue
        G1               | P1        | Calm Start        | 2026-09-07   | 2026-12-18 | 1          | yes
        G1               | P2        | Calm Start        | 2026-09-07   | 2026-12-18 | 1          | yes
        """,
        "intervention_key | pupil_key\nG1 | P1\nG1 | P2",
        """
        pupil_key | observed_date | engagement_area | engagement_direction
        P1        | 2026-09-30    | EXPLORATION     | SAME
        P1        | 2026-10-30    | EXPLORATION     | LESS
        P2        | 2026-11-21    | EXPLORATION     | PROGRESS
        """,
    )
    assert told["is_observed"].to_list() == [True, False]
    assert told["has_exploration_progress"].to_list() == [False, False]


def test_targets_of_starters_with_what_is_known_of_their_scale() -> None:
    """Scored after the data date is not known yet; set after the first session, or without a level, is not before."""
    told = fill(
        "model_impact__strand_targets",
        {
            "core_run": RUN,
            "model_interventions__starters": table(
                MODEL_INTERVENTIONS__STARTERS,
                """
                intervention_key | pupil_key | intervention_name | started_date | start_rank | is_in_catalogue
                G1               | P1        | Calm Start        | 2026-09-07   | 1          | yes
                G1               | P2        | Calm Start        | 2026-09-07   | 2          | yes
                G3               | P1        | Not Ours          | 2026-09-07   | 1          | no
                """,
            ),
            "core_intervention_targets": table(
                CORE_INTERVENTION_TARGETS,
                """
                intervention_key | pupil_key | target_number | target_weight | start_level | achieved_level | set_date   | scored_date
                G1               | P1        | 1             | 3             | -1          | 1              | 2026-09-07 | 2026-11-20
                G1               | P1        | 2             | -             | -2          | 0              | 2026-09-08 | 2026-11-21
                G1               | P1        | 3             | -             | -           | -1             | 2026-09-01 | -
                G1               | P1        | 4             | -             | -1          | -              | 2026-11-21 | -
                G1               | P2        | 1             | -             | -1          | 2              | 2026-09-01 | -
                G3               | P1        | 1             | -             | -1          | 2              | 2026-09-01 | -
                G9               | P9        | 1             | -             | -1          | 2              | 2026-09-01 | -
                """,  # noqa: E501  # a drawn row is one line
            ),
        },
    ).sort("target_number")
    columns = ("target_number", "target_weight", "start_level", "achieved_level", "is_levelled_before")
    assert told.select(columns).rows() == [(1, 3, -1, 1, True), (2, 1, -2, None, False), (3, 1, None, -1, False)]


CATALOGUE = table(
    CORE_INTERVENTION_CATALOGUE,
    """
    alias       | intervention_name | evidence_strand
    calm start  | Calm Start        | SOCIAL_EMOTIONAL
    calm starts | Calm Start        | SOCIAL_EMOTIONAL
    talk time   | Talk Time         | -
    odd one     | Odd One           | NO_SUCH_STRAND
    """,
)
EVIDENCE = rows(
    CORE_OUTSIDE_EVIDENCE,
    evidence_strand="SOCIAL_EMOTIONAL", evidence_label="Social and emotional learning", evidence_months=4,
    evidence_security=1, evidence_cost=1, evidence_source="EEF", evidence_retrieved="2026-11",
    evidence_certainty="READ",
)  # fmt: skip


def told_of(
    people: pl.DataFrame | None = None, targets: pl.DataFrame | None = None, names: tuple[str, ...] = ("Calm Start",)
) -> pl.DataFrame:
    groups = rows(
        CORE_INTERVENTIONS,
        intervention_key=[f"G{n}" for n in range(len(names))], intervention_name=list(names), is_in_catalogue=True,
    )  # fmt: skip
    told = tell_strands(
        empty_frame(MODEL_IMPACT__STRAND_PUPILS) if people is None else people,
        empty_frame(MODEL_IMPACT__STRAND_TARGETS) if targets is None else targets,
        groups,
        CATALOGUE,
        EVIDENCE,
    )
    assert find(told, MODEL_IMPACT__STRANDS) == []
    return told


def people_of(*records: dict[str, Any], name: str = "Calm Start") -> pl.DataFrame:
    plain = {"is_asked": True, "is_observed": False, **{f"has_{a.lower()}_progress": False for a in ENGAGEMENT_AREAS}}
    filled = [
        {"intervention_name": name, "pupil_key": pupil(n), "teacher_judgement": None, "is_pupil_positive": None,
         "is_parent_positive": None, **plain, **record}
        for n, record in enumerate(records, start=1)
    ]  # fmt: skip
    return rows(MODEL_IMPACT__STRAND_PUPILS, **{key: [record[key] for record in filled] for key in filled[0]})


def test_opinions_by_hand() -> None:
    row = told_of(
        people_of(
            {"teacher_judgement": 2, "is_pupil_positive": True, "is_parent_positive": False},
            {"teacher_judgement": 1, "is_pupil_positive": True},
            {"teacher_judgement": 0, "is_pupil_positive": False},
            {"teacher_judgement": -2},
            {},
            {"is_asked": False, "is_observed": True, "has_initiation_progress": True},
            {"is_asked": False, "is_observed": True},
        )
    ).to_dicts()[0]
    assert [row[n] for n in ("judgement_asked_count", "judged_count", *JUDGED_PARTS)] == [5, 4, 2, 1, 1]
    assert [row[f"pupil_{n}_count"] for n in ("asked", "answered", "positive")] == [5, 3, 2]
    assert [row[f"parent_{n}_count"] for n in ("asked", "answered", "positive")] == [5, 1, 0]
    assert [row[progress_column_name(a)] for a in ENGAGEMENT_AREAS] == [0, 0, 0, 0, 1]
    assert row["engagement_pupils_count"] == 2
    assert (row["targets_set_count"], row["goal_attainment_mean"]) == (0, None)


def targets_of(drawn: str, **overrides: Any) -> pl.DataFrame:
    return table(MODEL_IMPACT__STRAND_TARGETS, drawn, intervention_name="Calm Start", **overrides)


def test_targets_by_hand() -> None:
    """Three goals all +1 with equal weights are 63.69 (Turner-Stokes 2009, erratum); six such pupils have that mean."""
    lines = ["pupil_key | target_number | target_weight | start_level | achieved_level | is_scored_by_deliverer"]
    lines += [f"P{n} | {t} | 1 | -1 | 1 | no" for n, t in product(range(1, 7), range(1, 4))]
    lines += [
        "P7 | 1 | 1 | - | 0 | no",
        "P7 | 2 | 1 | -1 | - | -",
        "P8 | 1 | 1 | -1 | - | -",
        "P9 | 1 | 2 | - | -1 | no",
    ]
    row = told_of(targets=targets_of("\n".join(lines), is_levelled_before=True)).to_dicts()[0]
    counts = ("pupils", "set", "scored_pupils", "scored", "met")
    assert [row[f"targets_{n}_count"] for n in counts] == [9, 22, 8, 20, 19]
    assert row["goal_pupils_count"] == 6
    assert row["goal_attainment_mean"] == pytest.approx(63.69, abs=0.005)
    assert row["goal_attainment_start_mean"] == pytest.approx(100 - 63.69, abs=0.005)
    assert (row["deliverer_scored_rate"], row["goals_cap"]) == (0, None)


@pytest.mark.parametrize(
    ("late_count", "own_count", "cap"),
    [
        (2, 2, None),  # one in five at most is sound
        (3, 0, "NOT_LEVELLED_BEFORE"),
        (0, 3, "SCORED_BY_DELIVERER"),
        (3, 3, "NOT_LEVELLED_BEFORE"),
    ],
)
def test_more_than_one_in_five_unsound_scales_cap_the_targets(late_count: int, own_count: int, cap: str | None) -> None:
    """Of ten scored; who scored is not recorded counts as the deliverer's own."""
    drawn = "pupil_key | target_number | achieved_level\n" + "\n".join(f"P{n} | 1 | 0" for n in range(1, 11))
    row = told_of(
        targets=targets_of(
            drawn,
            is_levelled_before=[n >= late_count for n in range(10)],
            is_scored_by_deliverer=[None if n == 0 and own_count else n < own_count for n in range(10)],
        )
    ).to_dicts()[0]
    assert row["goals_cap"] == cap
    assert row["deliverer_scored_rate"] == pytest.approx(own_count / 10)


def test_an_intervention_without_any_strand_has_noughts_and_no_figures() -> None:
    told = told_of(names=("Calm Start", "Talk Time", "Odd One"))
    assert told["intervention_name"].to_list() == ["Calm Start", "Odd One", "Talk Time"]
    counts = [c.name for c in MODEL_IMPACT__STRANDS.columns if isinstance(c.release, Count)]
    assert len(counts) == 23
    assert (told.select(pl.sum_horizontal(counts)).to_series() == 0).all()
    for name in ("goal_attainment_mean", "goal_attainment_start_mean", "deliverer_scored_rate", "goals_cap"):
        assert told[name].null_count() == 3


def test_outside_evidence_stands_beside_the_interventions_of_its_kind_only() -> None:
    told = told_of(names=("Calm Start", "Talk Time", "Odd One"))
    shown = told.select("intervention_name", "evidence_strand", "evidence_months", "evidence_security").rows()
    assert shown == [
        ("Calm Start", "SOCIAL_EMOTIONAL", 4, 1),
        ("Odd One", "NO_SUCH_STRAND", None, None),
        ("Talk Time", None, None, None),
    ]


def test_a_name_that_the_catalogue_does_not_know_is_left_out() -> None:
    groups = rows(CORE_INTERVENTIONS, intervention_name=["Calm Start", "Jo's club"], is_in_catalogue=[True, False],
                  intervention_key=["G1", "G2"])  # fmt: skip
    told = tell_strands(
        empty_frame(MODEL_IMPACT__STRAND_PUPILS), empty_frame(MODEL_IMPACT__STRAND_TARGETS), groups, CATALOGUE, EVIDENCE
    )
    assert told["intervention_name"].to_list() == ["Calm Start"]


# A plain twin: loops and dictionaries, and the formula written out.


def plain_strands(people: list[dict[str, Any]], targets: list[dict[str, Any]]) -> dict[str, Any]:
    """The counts and means of one intervention, one pupil after another."""
    told: dict[str, Any] = dict.fromkeys(
        (c.name for c in MODEL_IMPACT__STRANDS.columns if isinstance(c.release, Count)), 0
    )
    for person in people:
        for strand in ("judgement", "pupil", "parent"):
            told[f"{strand}_asked_count"] += person["is_asked"]
        judged = person["teacher_judgement"]
        if judged is not None:
            told["judged_count"] += 1
            place = "more" if judged in (1, 2) else "less" if judged in (-1, -2) else "as_hoped"
            told[f"judged_{place}_count"] += 1
        for whose in ("pupil", "parent"):
            told[f"{whose}_answered_count"] += person[f"is_{whose}_positive"] is not None
            told[f"{whose}_positive_count"] += person[f"is_{whose}_positive"] is True
        told["engagement_pupils_count"] += person["is_observed"]
        for area in ENGAGEMENT_AREAS:
            told[progress_column_name(area)] += person[f"has_{area.lower()}_progress"]
    scored = [t for t in targets if t["achieved_level"] is not None]
    told["targets_pupils_count"] = len({t["pupil_key"] for t in targets})
    told["targets_set_count"] = len(targets)
    told["targets_scored_pupils_count"] = len({t["pupil_key"] for t in scored})
    told["targets_scored_count"] = len(scored)
    told["targets_met_count"] = len([t for t in scored if t["achieved_level"] >= 0])
    own = len([t for t in scored if t["is_scored_by_deliverer"] is not False])
    told["deliverer_scored_rate"] = own / len(scored) if scored else None
    both = [t for t in scored if t["start_level"] is not None]
    keys = {t["pupil_key"] for t in both}
    told["goal_pupils_count"] = len(keys)
    for column, name in (("achieved_level", "goal_attainment_mean"), ("start_level", "goal_attainment_start_mean")):
        scores = [plain_t([t for t in both if t["pupil_key"] == key], column) for key in keys]
        told[name] = sum(scores) / len(scores) if len(scores) >= 6 else None
    return told


def plain_t(targets: list[dict[str, Any]], column: str) -> float:
    weighed = sum(t["target_weight"] * t[column] for t in targets)
    squares = sum(t["target_weight"] ** 2 for t in targets)
    total = sum(t["target_weight"] for t in targets)
    return 50 + 10 * weighed / math.sqrt(0.7 * squares + 0.3 * total**2)


def made_up(seed: int, count: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Pupils and targets of one intervention, drawn at random."""
    draw = np.random.default_rng(seed)

    def one_of(*options: Any) -> Any:
        return options[int(draw.integers(len(options)))]

    people, targets = [], []
    for n in range(1, count + 1):
        is_asked, is_seen = one_of(True, True, False), one_of(True, False)
        people.append({
            "intervention_name": "Calm Start", "pupil_key": pupil(n), "is_asked": is_asked, "is_observed": is_seen,
            "teacher_judgement": one_of(None, -2, -1, 0, 1, 2) if is_asked else None,
            "is_pupil_positive": one_of(None, True, False) if is_asked else None,
            "is_parent_positive": one_of(None, True, False) if is_asked else None,
            **{f"has_{a.lower()}_progress": is_seen and one_of(True, False) for a in ENGAGEMENT_AREAS},
        })  # fmt: skip
        targets += [
            {"intervention_name": "Calm Start", "pupil_key": pupil(n), "target_number": t,
             "target_weight": one_of(1, 2, 3), "start_level": one_of(None, -2, -1), "is_levelled_before": True,
             "achieved_level": one_of(None, -2, -1, 0, 1, 2), "is_scored_by_deliverer": one_of(None, True, False)}
            for t in range(1, one_of(1, 2, 4))
        ]  # fmt: skip
    frames = ((MODEL_IMPACT__STRAND_PUPILS, people), (MODEL_IMPACT__STRAND_TARGETS, targets))
    found = [rows(t, **{k: [r[k] for r in made] for k in made[0]}) if made else empty_frame(t) for t, made in frames]
    return found[0], found[1]


@pytest.mark.parametrize(("seed", "count"), [(1, 40), (2, 12), (3, 7), (4, 5), (5, 1)])
def test_the_model_is_its_plain_twin(seed: int, count: int) -> None:
    people, targets = made_up(seed, count)
    row = told_of(people, targets).to_dicts()[0]
    for name, wanted in plain_strands(people.to_dicts(), targets.to_dicts()).items():
        assert row[name] == (wanted if wanted is None else pytest.approx(wanted)), name


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_rows_and_a_row_given_twice_change_nothing(seed: int) -> None:
    people, targets = made_up(seed, 20)
    again = told_of(pl.concat([people, people]).reverse(), pl.concat([targets, targets]).reverse())
    assert again.equals(told_of(people, targets))


@pytest.mark.parametrize("seed", range(12))
def test_released_strands_hide_the_small_and_never_more_than_the_rules_allow(seed: int) -> None:
    """Counts add up where all are shown, no 1 to 4 of pupils is shown, no mean of fewer than ten, no NaN anywhere."""
    people, targets = made_up(seed, (3, 8, 14, 30, 60, 90)[seed % 6])
    told = told_of(people, targets)
    true, row = (
        told.to_dicts()[0],
        release(prepare(told, MART_IMPACT__STRANDS, TODAY), MART_IMPACT__STRANDS).to_dicts()[0],
    )
    hidden = set(filter(None, row["hidden_columns"].split(",")))
    for column in MART_IMPACT__STRANDS.columns:
        shown = row[column.name]
        assert not (isinstance(shown, float) and not math.isfinite(shown))
        if isinstance(column.release, Count):
            assert (shown is None) == (column.name in hidden)
            assert shown is None or shown == true[column.name]
            assert shown not in (1, 2, 3, 4)
            whole = true[column.release.of] if column.release.of else None
            assert shown is None or whole is None or whole - shown not in (1, 2, 3, 4)
    if not hidden.intersection(("judged_count", *JUDGED_PARTS)):
        assert row["judged_count"] == sum(row[part] for part in JUDGED_PARTS)
    assert len(hidden.intersection(JUDGED_PARTS)) != 1
    for name in ("goal_attainment_mean", "goal_attainment_start_mean"):
        assert row[name] is None or true["goal_pupils_count"] >= 10


def test_no_column_merges_two_strands() -> None:
    """Every figure names its strand, and none is a sum or a mean over strands or over the areas of engagement."""
    strands = (
        "judgement_",
        "judged_",
        "pupil_",
        "parent_",
        "targets_",
        "goal",
        "deliverer_",
        "engagement_",
        "evidence_",
    )
    labels = {"intervention_name", "data_date", "hidden_columns"}
    for name in set(MART_IMPACT__STRANDS.column_names) - labels:
        assert sum(name.startswith(strand) for strand in strands) == 1, name
    areas = {progress_column_name(area) for area in ENGAGEMENT_AREAS}
    engagement = {name for name in MART_IMPACT__STRANDS.column_names if name.startswith("engagement_")}
    assert engagement == areas | {"engagement_pupils_count"}
