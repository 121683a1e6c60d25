"""The pages of the ladder: words for small groups, own school only, engagement never a score, what to use instead."""

from __future__ import annotations

import re

import pytest

from dashboards.access import Role
from dashboards.charts.ladder import can_be_drawn, ladder_chart, places_chart
from dashboards.wording import attainment, progress
from models.questions_progress import TRIGGERS
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import senco, tables
from tests.support.releases import ASH, ELM, OAK

SMALL = "chidden: small number"
HIDDEN = {"hidden_columns": "compared_count,moved_up_count,not_up_count"}


def governor(open_app: Open, urn: str) -> str:
    test = open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(urn).run()
    return said(at(test, "progress"))


def test_a_governor_reads_places_moves_and_year_6_with_englands_own_group(open_app: Open) -> None:
    page = governor(open_app, ELM)
    assert (
        "Reading: of 79 pupils with SEN, 29 have no place on the ladder. Of these, 9 are recorded as “below” and "
        "nobody can say where." in page
    )
    assert "Reading: 12 of 22 pupils below age-related a year ago moved up a rung (trust 52%); 10 did not." in page
    assert "6 of 24 pupils (25%) reached the expected standard in all three. In England 23.6% did in 2022/23." in page
    assert "14 of 20 pupils who can be compared stood in year 6 at least where they stood two years before" in page
    assert "EHC plan: fewer than ten pupils over these years" in page
    assert [row[:4] for row in tables(page)["Pupils on each rung"]][-1] == ["Engagement model", *[SMALL] * 3]


def test_a_school_whose_numbers_are_small_is_told_what_to_read_instead(open_app: Open) -> None:
    page = governor(open_app, OAK)
    assert "Reading: not shown how many pupils have a place; a number is small. Read the trust’s instead." in page
    assert "Reading: no pupil below age-related can be compared with a year before." in page
    assert "Year 6" not in page, "nobody was in year 6 there"


def test_engagement_is_told_by_area_and_never_as_a_sum(open_app: Open) -> None:
    page = governor(open_app, ASH)
    assert (
        "24 pupils have an engagement profile. With progress recorded in a half-year: exploration 14, realisation 12, "
        "persistence 15, initiation 9. In the other areas a number is small." in page
    )
    assert "50" not in re.findall(r"engagement[^<]*", page)
    assert "Engagement" not in governor(open_app, ELM).split("How figures are made")[0].replace("Engagement model", "")
    assert "Of these, 10 took a small step within theirs." in page


def test_trustees_see_up_held_and_down_once_and_groups_by_start_need_and_pathway(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "progress"))
    assert (
        "Reading: of 62 pupils below age-related a year ago 32 moved up a rung, 22 were held and 8 moved down." in page
    )
    for title in ("by starting point", "by need", "by pathway in the special schools"):
        assert f"Show who moved up {title}</summary>" in page
    assert "School by school</h2>" in page
    assert ["Moderate learning difficulty: reading", "12", *[SMALL] * 4] in tables(page)["By need"]


def test_the_send_lead_sees_which_test_cannot_see_steps_and_whose(open_app: Open) -> None:
    page = said(at(open_app("staff", Role.SEND_LEAD), "ladder"))
    assert (
        "In 1 test and need more than 15% of pupils sit at an end of the scale. Their steps do not show there." in page
    )
    found = tables(page)
    assert [row[5] for row in found["Too many pupils at an end of the scale"]] == ["Cannot see their steps"]
    assert ["Elm Primary School", "Engagement model and pre-key stage codes", "2", "1", "1", "1", "1"] in found[
        "Systems in use: reading"
    ]
    assert found["Pupils whose steps nobody can see"] == [
        ["Cedar, Cy", "Elm Primary School", "Year 5", "Reading", "Moderate learning difficulty",
         "At the floor of Phonics Check, and no steps are recorded",
         "Record pre-key-stage standards or small steps; do not give the test again"]
    ]  # fmt: skip


def test_the_senco_sees_who_is_held_what_to_use_instead_and_dated_evidence(open_app: Open) -> None:
    found = tables(said(senco(open_app, ELM, "ladder")))
    held = found["Pupils below age-related who did not move on in a year"]
    assert [(row[0], row[3], row[-1]) for row in held] == [("Birch, Bea", "Held", "10 Jul 2025")]
    assert [row[0] for row in found["Pupils whose steps nobody can see"]] == ["Cedar, Cy"]
    assert found["Unknown codes of the last year"] == [["Birch, Bea", "Year 4", "Reading", "PK9"]]
    page = said(senco(open_app, ASH, "ladder"))
    assert "Birch" not in page
    assert "No pupil below age-related was held over the year." in page, "a small step within the rung is a step"
    assert tables(page)["Observations of the last year, the newest first"] == [
        ["14 Oct 2026", "Exploration", "Progress"], ["14 Oct 2026", "Initiation", "Less"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"compared_count": 0}, "Reading: no pupil below age-related can be compared with a year before."),
        ({"compared_count": None, **HIDDEN}, "Reading: too few pupils below age-related to tell of here. The trust’s "
         "figure stands for them."),
        ({"compared_count": 20, "moved_up_count": None, "hidden_columns": "moved_up_count"},
         "Reading: of 20 pupils below age-related a year ago, how many moved up is not shown: a number is small."),
    ],
)  # fmt: skip
def test_moves_of_few_are_told_in_words(row: dict[str, object], words: str) -> None:
    assert progress.moved_sentence({"subject": "Reading", **row}) == words


@pytest.mark.parametrize(
    ("low", "high", "words", "method"),
    [(0.15, 0.15, "", "Points"), (0.16, 0.0, "Cannot see their steps", "Who is ahead"),
     (0.0, 0.16, "Too easy to show more", "Who is ahead"), (0.2, 0.2, "Too many at both ends", "Who is ahead"),
     (None, 0.0, "–", "Points")],
)  # fmt: skip
def test_more_than_fifteen_in_a_hundred_at_an_end_are_told_by_who_is_ahead(
    low: float | None, high: float, words: str, method: str
) -> None:
    row = {"scale": "STANDARDISED", "at_lowest_rate": low, "at_highest_rate": high}
    assert (progress.end_words(row), progress.method_words(row)) == (words, method)
    assert progress.method_words(row | {"scale": "POINTS"}) == "Who is ahead"


def test_a_test_at_its_floor_is_asked_about_with_the_need_and_the_share() -> None:
    row = {"at_lowest_rate": 0.66, "pupils_count": 50, "need_group": "Moderate learning difficulty",
           "assessment_name": "Phonics Check", "subject": "Reading"}  # fmt: skip
    assert progress.floor_sentence(row) == (
        "66% of 50 pupils whose need is moderate learning difficulty have the lowest value there is in Phonics Check "
        "(reading): it cannot show a step that they take."
    )
    assert progress.floor_sentence(row | {"at_lowest_rate": None}) == ""


def test_ten_pupils_have_a_share_and_nine_have_words() -> None:
    ten = {"sen_group": "EHC plan", "cohort_count": 10, "expected_count": 5, "reached_expected_rate": 0.5}
    assert attainment.attainment_sentence(ten, None) == (
        "EHC plan: 5 of 10 pupils (50%) reached the expected standard in all three."
    )
    assert "fewer than ten pupils" in attainment.attainment_sentence(ten | {"cohort_count": 9}, None)


def test_the_ladder_draws_shown_rungs_and_gives_hidden_ones_their_sign_alone() -> None:
    rung = {"subject": "Reading", "hidden_columns": ""}
    rows = [
        rung | {"ladder_rung": "PK1", "pupils_count": 20},
        rung | {"ladder_rung": "PK2", "pupils_count": None, "hidden_columns": "pupils_count"},
    ]
    (bar,) = ladder_chart(rows, ["Reading"]).data
    assert dict(zip(bar.y, bar.x, strict=True))["PK1"] == 20
    assert dict(zip(bar.y, zip(bar.x, bar.text, strict=True), strict=True))["PK2"] == (0, "c")
    assert dict(zip(bar.y, bar.text, strict=True))["GDS"] == ""


def test_pupils_without_a_place_may_be_too_young_for_one_and_both_texts_say_so() -> None:
    row = {"subject": "Reading", "sen_count": 20, "off_ladder_count": 12}
    assert progress.unseen_sentence(row).endswith("took a step. Any in reception or younger are among them.")
    (rule,) = (trigger.rule for trigger in TRIGGERS if trigger.code == "STEPS_UNSEEN")
    assert "any in reception or younger among them" in rule


def test_a_bar_with_a_hidden_part_is_not_drawn() -> None:
    row = {"subject": "Reading", "sen_count": 20, "below_age_count": 8, "age_related_count": 6, "off_ladder_count": 6}
    assert can_be_drawn(row)
    assert [list(bar.x) for bar in places_chart([row]).data] == [[0.4], [0.3], [0.3]]
    assert not can_be_drawn(row | {"hidden_columns": "below_age_count"})
    assert not can_be_drawn(dict.fromkeys(row, 0))
