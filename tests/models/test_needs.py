"""Primary need: parts that add up to the school's own counts, the trust's pupils once, codes over the censuses."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from expectations import vocabulary as v
from expectations.tables import ALL
from expectations.tables.needs import AREA_COUNTS, NEED_COUNTS
from models.disclosure import release
from models.needs import mart_needs__year_frame, mart_needs_frame
from models.pupils import roll_up
from tests.support.frames import pupil, rows, table

DAY = dt.date(2026, 11, 20)
ON_ROLL = ALL["model_pupils__on_roll"]
AREAS = ("communication_count", "cognition_count", "semh_count", "sensory_physical_count", "down_count",
         "unclear_count")  # fmt: skip


def test_every_code_is_counted_once() -> None:
    counted = [code for types in NEED_COUNTS.values() for code in types]
    assert sorted(counted) == sorted(v.SEN_TYPES)


def test_needs_of_a_school_by_hand() -> None:
    drawn = """
        pupil_key | school_urn | sen_provision | sen_type
        P1 | 100001 | K | SLCN
        P2 | 100001 | K | NSA
        P3 | 100001 | K | -
        P4 | 100001 | E | ASD
        P5 | 100001 | N | -
        P4 | 100002 | K | ASD
    """
    frame = mart_needs_frame(table(ON_ROLL, drawn), "K", DAY)
    told = frame.select("school_urn", "sen_support_count", "communication_count", "unclear_count", "untold_count")
    # In the trust the fourth pupil counts once, with the plan.
    assert told.rows() == [("100001", 3, 1, 2, 1), ("100002", 1, 1, 0, 0), ("TRUST", 3, 1, 2, 1)]
    assert frame["unclear_rate"].to_list() == [pytest.approx(2 / 3), 0.0, pytest.approx(2 / 3)]


@settings(max_examples=30, deadline=None)
@example([(n, "100001", "N", None) for n in range(1, 6)]  # the fifth pupil is in both schools, and in the trust once
         + [(n, "100002", "N", None) for n in range(5, 9)] + [(9, "100002", "E", None)])  # fmt: skip
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.sampled_from(["100001", "100002"]), st.sampled_from(["N", "K", "E"]),
                  st.sampled_from([None, *v.SEN_TYPES])),
        min_size=1, max_size=60, unique_by=lambda row: row[:2],
    )
)  # fmt: skip
def test_parts_add_up_to_the_counts_that_the_board_already_reads(
    people: list[tuple[int, str, str, str | None]],
) -> None:
    number, urn, provision, need = (list(column) for column in zip(*people, strict=True))
    on_roll = rows(
        ON_ROLL, pupil_key=[pupil(n) for n in number], school_urn=urn, sen_provision=provision, sen_type=need
    )
    wholes = roll_up(on_roll)
    for code, whole, name in (("K", "sen_support_count", "support"), ("E", "ehc_plan_count", "plan")):
        frame = mart_needs_frame(on_roll, code, DAY)
        assert frame[whole].to_list() == wholes[whole].to_list()
        assert frame.select(AREAS).sum_horizontal().to_list() == frame[whole].to_list()
        for area, parts in AREA_COUNTS.items():
            assert frame.select(parts).sum_horizontal().to_list() == frame[area].to_list()
        led = {ALL["mart_pupils__school"]: release(wholes.with_columns(data_date=DAY), ALL["mart_pupils__school"])}
        shown = release(frame, ALL[f"mart_needs__{name}"], leaders=led)
        counts = shown.select(column for column in shown.columns if column.endswith("_count"))
        assert all(value is None or value == 0 or value >= 5 for row in counts.rows() for value in row)


def test_codes_over_the_spring_censuses_say_where_the_series_breaks() -> None:
    drawn = """
        school_urn | pupil_key | reference_date | sen_provision | sen_type
        100001 | P1 | 2024-01-18 | K | OTH
        100001 | P2 | 2024-01-18 | K | NSA
        100001 | P1 | 2025-01-16 | K | DS
        100002 | P1 | 2025-01-16 | K | OTH
    """
    frame = mart_needs__year_frame(table(ALL["model_sen_flows__needs"], drawn)).sort("calendar_year")
    told = frame.select("calendar_year", "is_down_coded", "typed_count", "other_count", "down_count")
    assert told.rows() == [(2024, False, 2, 1, 0), (2025, True, 1, 0, 1)]
