"""Finding a figure: everyday words lead to the figure that is meant, on a page of the role that shows it."""

from __future__ import annotations

import pytest

from dashboards.access import Role
from dashboards.finding import asked, found, name_of
from dashboards.places import pages_on
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES
from dashboards.wording.everyday import EVERYDAY, IDLE
from expectations.derive import passports
from expectations.tables import ALL

NO_FIGURES = ("school_urn", "pupil_key", "data_date", "hidden_columns")
PASSPORTS = [row for row in passports(tuple(ALL.values())).sort("table_name", "column_name").to_dicts()
             if row["column_name"] not in NO_FIGURES]  # fmt: skip
MEANT = [
    ("how many children have a plan", "mart_pupils__school.ehc_plan_count", "school", "schools"),
    ("money", "mart_money__school.spend_pence", "money", "money"),
    ("late", "mart_ehc_clock__school.overdue_reviews_count", "plans", "risk"),
    ("left school", "mart_sen_flows__year.left_count", "pupils", "identification"),
    ("reading", "mart_progress__school.below_age_count", "progress", "progress"),
    ("absence", "mart_inclusion__school.absence_rate", "included", "included"),
    ("SEN support", "mart_pupils__school.sen_support_count", "school", "schools"),
    ("excluded", "mart_inclusion__now.excluded_count", "included", "included"),
    ("who is waiting for speech therapy", "mart_referrals__school.latest_seen_median_weeks", "school", "risk"),
    ("top-up", "mart_money__school.top_up_pence", "money", "money"),
    ("part-time timetable", "mart_inclusion__now.part_time_count", "included", "included"),
    ("which interventions work", "mart_impact__intervention.difference_points", "works", "works"),
    ("data quality", "mart_deliveries__confidence.set_aside_percent", "school", "schools"),
]


def first(words: str, role: Role, titles: dict[str, str]) -> dict[str, str]:
    return found([row for row in PASSPORTS if row["table_name"] in titles], words, titles, role)[0]


@pytest.mark.parametrize(("words", "figure", "of_governor", "of_trustee"), MEANT)
def test_everyday_words_find_the_figure_that_is_meant(
    words: str, figure: str, of_governor: str, of_trustee: str
) -> None:
    for role, address in ((Role.GOVERNOR, of_governor), (Role.TRUSTEE, of_trustee)):
        row = first(words, role, BOARD_TABLES)
        assert f"{row['table_name']}.{row['column_name']}" == figure
        assert pages_on(row["table_name"])[role] == address


@pytest.mark.parametrize(
    ("words", "role", "address"),
    [
        ("late", Role.SEND_LEAD, "clock"),
        ("reading", Role.SEND_LEAD, "ladder"),
        ("contracted hours", Role.SEND_LEAD, "deployment"),
        ("stock of tests", Role.SEND_LEAD, "commissioning"),
        ("stale milestones", Role.SENCO, "outcomes"),
    ],
)
def test_staff_are_led_to_pages_of_their_own(words: str, role: Role, address: str) -> None:
    assert pages_on(first(words, role, BOARD_TABLES | STAFF_TABLES)["table_name"]).get(role) == address


def test_a_question_is_taken_by_its_telling_words_and_a_word_begins_what_it_finds() -> None:
    assert asked("How many of our children are Late?") == ["late"]
    assert asked("how many") == ["how", "many"], "nothing else to go by"
    assert asked("<b> x") == []
    row = {"table_name": "t", "column_name": "related_count", "meaning": "Translated pages", "unit": ""}
    assert found([row], "late", {"t": "Plates"}, Role.GOVERNOR) == []
    assert found([row], "", {"t": "Plates"}, Role.GOVERNOR) == []
    assert name_of(row) == "Related count"


def test_every_everyday_word_stands_for_something_that_is_told() -> None:
    said = [f"{name_of(row)} {row['column_name'].replace('_', ' ')} {row['meaning']}".lower() for row in PASSPORTS]
    said += [title.lower() for title in (BOARD_TABLES | STAFF_TABLES).values()]
    for word, meant in EVERYDAY.items():
        assert word not in IDLE
        assert any(other in text for other in meant for text in said), word
