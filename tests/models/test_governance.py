"""SEND leadership, website and policies: each threshold day, what is not recorded, the sums, the SQL of due days."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.derive import empty_frame
from expectations.tables import ALL
from expectations.tables.governance import CORE_LEADERSHIP, CORE_WEBSITE_ITEMS
from models.governance import by_school
from tests.support.filling import fill_in_turn
from tests.support.frames import rows

TODAY = dt.date(2026, 11, 20)
SCHOOLS = pl.DataFrame({"school_urn": ["999001", "999002"]})


def leadership(**values: object) -> pl.DataFrame:
    given = {
        "senco_weekly_hours": 9.0, "senco_award": "HELD", "staff_training_date": None, "governor_training_date": None,
        "peer_review_date": None, "recommendations_count": None, "open_recommendations_count": None,
        "follow_up_due_date": None, "follow_up_date": None,
    }  # fmt: skip
    return rows(CORE_LEADERSHIP, school_urn=["999001"], **{**given, **values})


def of(frame: pl.DataFrame, urn: str = "999001") -> dict[str, object]:
    found = by_school(frame, empty_frame(CORE_WEBSITE_ITEMS), SCHOOLS, TODAY)
    return found.row(by_predicate=pl.col("school_urn") == urn, named=True)


@pytest.mark.parametrize(
    ("column", "day", "counted", "is_recent"),
    [
        ("staff_training_date", dt.date(2025, 11, 20), "staff_trained_count", 1),
        ("staff_training_date", dt.date(2025, 11, 19), "staff_trained_count", 0),
        ("staff_training_date", dt.date(2026, 11, 21), "staff_trained_count", 0),
        ("staff_training_date", None, "staff_trained_count", 0),
        ("governor_training_date", dt.date(2024, 11, 20), "governor_trained_count", 1),
        ("governor_training_date", dt.date(2024, 11, 19), "governor_trained_count", 0),
    ],
)
def test_training_is_recent_up_to_and_on_its_day(
    column: str, day: dt.date | None, counted: str, is_recent: int
) -> None:
    assert of(leadership(**{column: day}))[counted] == is_recent


@pytest.mark.parametrize(
    ("due", "held", "late"),
    [
        (dt.date(2026, 11, 19), None, 1),
        (dt.date(2026, 11, 20), None, 0),
        (dt.date(2026, 11, 19), dt.date(2026, 11, 18), 0),
        (None, None, 0),
    ],
)
def test_a_follow_up_is_late_from_the_day_after_it_was_due(
    due: dt.date | None, held: dt.date | None, late: int
) -> None:
    assert of(leadership(follow_up_due_date=due, follow_up_date=held))["late_follow_ups_count"] == late


def test_a_school_without_a_row_has_noughts_and_no_hours() -> None:
    found = of(leadership(), "999002")
    assert (found["schools_count"], found["award_held_count"], found["missing_items_count"]) == (0, 0, 3)
    assert found["senco_weekly_hours"] is found["open_recommendations_count"] is None


def test_the_trust_sums_what_is_known_and_never_hours() -> None:
    found = of(leadership(recommendations_count=6, open_recommendations_count=4), "TRUST")
    assert (found["schools_count"], found["award_held_count"], found["open_recommendations_count"]) == (1, 1, 4)
    assert found["missing_items_count"] == 6
    assert found["senco_weekly_hours"] is None
    assert of(leadership(), "TRUST")["open_recommendations_count"] is None


@pytest.mark.parametrize(
    ("item", "published", "own", "due"),
    [
        ("SEN_INFORMATION_REPORT", dt.date(2025, 9, 1), None, dt.date(2026, 9, 1)),
        ("SEND_POLICY", dt.date(2025, 9, 1), dt.date(2026, 3, 1), dt.date(2026, 3, 1)),
        ("SEND_POLICY", dt.date(2025, 9, 1), dt.date(2027, 3, 1), dt.date(2026, 9, 1)),
        ("ACCESSIBILITY_PLAN", dt.date(2024, 2, 29), None, dt.date(2027, 2, 28)),
    ],
)
def test_an_item_is_due_by_law_or_by_the_schools_own_earlier_day(
    item: str, published: dt.date, own: dt.date | None, due: dt.date
) -> None:
    listed = rows(ALL["clean_registers__website"], website_school_urn=["999001"], website_item=item,
                  published_date=published, review_due_date=own)  # fmt: skip
    schools = rows(ALL["core_schools"], school_urn=["999001"])
    found = fill_in_turn(("core_website_items",), {"clean_registers__website": listed, "core_schools": schools})[
        "core_website_items"
    ]
    assert found["item_due_date"].to_list() == [due]
    late = by_school(empty_frame(CORE_LEADERSHIP), found, SCHOOLS, due + dt.timedelta(days=1))
    on_day = by_school(empty_frame(CORE_LEADERSHIP), found, SCHOOLS, due)
    assert [frame["late_items_count"][0] for frame in (late, on_day)] == [1, 0]
