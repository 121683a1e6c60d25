"""Sentences beside an estimate: who answered first, opinions named, areas never summed, nothing small is let slip."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from dashboards.queries import strands as queries
from dashboards.wording import strands
from expectations.contract import Count, Rate
from expectations.tables.engagement import ENGAGEMENT_AREAS
from expectations.tables.strands import CERTAINTIES, GOALS_CAPS, MART_IMPACT__STRANDS

BARE = {
    column.name: 0 if isinstance(column.release, Count) else None
    for column in MART_IMPACT__STRANDS.columns
    if column.name != "hidden_columns"
}


def row_of(hidden: tuple[str, ...] = (), **figures: Any) -> dict[str, Any]:
    """A released row: nobody asked, set or observed but for what is given; hidden cells are blank and listed."""
    assert set(figures) <= set(BARE)
    return BARE | figures | dict.fromkeys(hidden) | {"hidden_columns": ",".join(sorted(hidden))}


ASKED = {"judgement_asked_count": 40, "pupil_asked_count": 40, "parent_asked_count": 40}


def test_the_response_comes_first_and_the_opinion_is_named() -> None:
    row = row_of(**ASKED, judged_count=34, judged_more_count=19, judged_as_hoped_count=10, judged_less_count=5)
    assert strands.judgement_sentence(row) == (
        "Teachers gave an opinion on 34 of 40 pupils: 19 more than hoped; 10 as hoped; 5 less. This is an opinion of "
        "the adults who know the pupils, not a measurement."
    )


def test_what_is_not_small_is_said_of_an_opinion() -> None:
    row = row_of(("judged_as_hoped_count", "judged_less_count"), **ASKED, judged_count=34, judged_more_count=19)
    assert strands.judgement_sentence(row).startswith(
        "Teachers gave an opinion on 34 of 40 pupils: 19 more than hoped; how many as hoped or less is not shown, "
        "because some of the numbers are small."
    )


def test_voices() -> None:
    row = row_of(
        **ASKED, pupil_answered_count=24, pupil_positive_count=19, parent_answered_count=19, parent_positive_count=14
    )
    assert strands.pupil_voice_sentence(row) == "24 of 40 pupils were asked and answered; 19 said it helped."
    assert strands.parent_voice_sentence(row) == (
        "The parents or carers of 19 of 40 pupils were asked and answered; 14 said it helped. Fewer than half "
        "answered, and those who did not may think otherwise."
    )


def test_nobody_asked_nobody_answered_and_too_few_are_three_sentences() -> None:
    nobody = strands.pupil_voice_sentence(row_of())
    none = strands.pupil_voice_sentence(row_of(**ASKED))
    few = strands.pupil_voice_sentence(row_of(("pupil_answered_count", "pupil_positive_count"), **ASKED))
    assert nobody == "Nobody has finished yet in a school whose records hold this, so no pupil has been asked."
    assert none == "No pupil’s answer is recorded for the 40 pupils who finished."
    assert few == "The number who answered is not shown, because some of the numbers are small."


def test_targets_and_what_weakens_them() -> None:
    figures = {"targets_set_count": 52, "targets_pupils_count": 24, "targets_scored_pupils_count": 21,
               "targets_scored_count": 44, "targets_met_count": 30}  # fmt: skip
    said = strands.targets_sentence(row_of(**figures, goals_cap="SCORED_BY_DELIVERER"))
    assert said == (
        "52 targets were set for 24 pupils: 44 scored, 30 met. More than one in five were scored by the adult who ran "
        "the group, or nobody noted by whom."
    )
    assert strands.targets_sentence(row_of()) == "No targets are recorded for those who started."
    unscored = row_of(targets_set_count=52, targets_pupils_count=24)
    assert strands.targets_sentence(unscored) == "52 targets were set for 24 pupils; none has been scored yet."


def test_goals_are_told_from_start_to_end_of_ten_or_more_and_compared_with_nobody() -> None:
    figures = {"goal_pupils_count": 21, "goal_attainment_mean": 52.4, "goal_attainment_start_mean": 36.5}
    said = strands.goals_sentence(row_of(**figures))
    assert said.startswith("On a scale where 50 means as hoped, 21 pupils went from 37 to 52 on average.")
    assert "not a comparison" in said
    hidden = ("goal_pupils_count", "goal_attainment_mean", "goal_attainment_start_mean")
    assert strands.goals_sentence(row_of(hidden)) == ""


def test_engagement_is_told_area_by_area_and_never_added_up() -> None:
    counts = dict(
        zip((f"engagement_{a.lower()}_progress_count" for a in ENGAGEMENT_AREAS), (7, 6, 0, 8, 9), strict=True)
    )
    said = strands.engagement_sentence(row_of(engagement_pupils_count=14, **counts))
    assert said == (
        "Engagement was observed for 14 pupils during it or soon after. Progress was recorded in exploration for 7, "
        "realisation for 6, anticipation for nobody, persistence for 8 and initiation for 9. The engagement profile is "
        "not a score: the areas are told one by one and never added up."
    )
    assert str(7 + 6 + 8 + 9) not in said
    small = strands.engagement_sentence(
        row_of(("engagement_realisation_progress_count",), engagement_pupils_count=14, **counts)
    )
    assert "The number for realisation is not shown" in small


EVIDENCE = {
    "evidence_strand": "SOCIAL_EMOTIONAL", "evidence_label": "Social and emotional learning",
    "evidence_months": 4, "evidence_security": 1, "evidence_cost": 1, "evidence_source": "EEF Toolkit",
    "evidence_retrieved": "2026-11", "evidence_certainty": "READ",
}  # fmt: skip


@pytest.mark.parametrize(("months", "gain"), [(4, "4 months more progress"), (1, "1 month more progress"),
                                             (0, "no more progress"), (-1, "1 month less progress")])  # fmt: skip
def test_evidence_is_from_elsewhere_and_has_its_source(months: int, gain: str) -> None:
    assert strands.evidence_sentence(row_of(**EVIDENCE | {"evidence_months": months})) == (
        f"Elsewhere, not here: with social and emotional learning, pupils made {gain} in a year on average; the "
        "evidence is very limited and the cost very low (EEF Toolkit, looked up in November 2026)."
    )


def test_figures_that_were_not_read_at_the_source_say_so() -> None:
    for certainty in CERTAINTIES:
        said = strands.evidence_sentence(row_of(**EVIDENCE | {"evidence_certainty": certainty}))
        assert said.endswith("check them there.") == (certainty != "READ")
    assert strands.evidence_sentence(row_of()).startswith("No published evidence")


def test_every_cap_has_its_words_and_every_area_its_place() -> None:
    assert set(strands.GOALS_CAP_WORDS) == set(GOALS_CAPS)
    assert tuple(area.upper() for area in queries.ENGAGEMENT_AREAS) == ENGAGEMENT_AREAS
    assert set(strands.CERTAINTY_WORDS) == set(CERTAINTIES)


def test_the_query_asks_for_every_column_of_the_mart_once() -> None:
    asked = re.split(r",\s*", queries.of_intervention("Any").sql.removeprefix("select ").split(" from ")[0])
    assert asked == list(MART_IMPACT__STRANDS.column_names)


FIGURES = [c.name for c in MART_IMPACT__STRANDS.columns if isinstance(c.release, Count | Rate)]


@pytest.mark.parametrize("name", FIGURES)
def test_a_hidden_figure_is_never_said_and_no_sentence_breaks(name: str) -> None:
    """Each figure hidden alone: its value, unlike any other, is in no sentence; nor is None or nan."""
    figures = {column: 100 + place for place, column in enumerate(FIGURES)}
    row = row_of((name,), **{**figures, "goals_cap": "NOT_LEVELLED_BEFORE", **EVIDENCE})
    said = " ".join(text for _, text in strands.strands(row))
    assert str(figures[name]) not in said
    assert not re.search(r"None|nan|inf\b", said)


@pytest.mark.parametrize(
    ("asked", "answered", "set_count", "observed"), list(product((0, 5, 40), (0, 5), (0, 12), (0, 9)))
)
def test_every_strand_has_a_heading_and_a_sentence_and_none_is_called_impact(
    asked: int, answered: int, set_count: int, observed: int
) -> None:
    row = row_of(
        judgement_asked_count=asked, judged_count=min(asked, answered), judged_more_count=min(asked, answered),
        pupil_asked_count=asked, pupil_answered_count=min(asked, answered), targets_set_count=set_count,
        targets_pupils_count=set_count, engagement_pupils_count=observed,
    )  # fmt: skip
    told = strands.strands(row)
    assert len({heading for heading, _ in told}) == 6
    for _, said in told:
        assert said.endswith(".")
        assert not re.search(r"[Ii]mpact|[Ee]ffect|None|  ", said)
