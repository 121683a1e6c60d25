"""Where leavers went: what becomes of one, a plain twin of the groups, the edges of what is said, the door."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models.destinations import group_leavers, mart_destinations__school_frame
from models.disclosure import refuse_unreleased, release
from tests.support import plain_answers as plain
from tests.support.filling import fill_in_turn
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
LEAVERS, GROUPS, MART = (
    ALL[name] for name in ("model_destinations__leavers", "model_destinations__groups", "mart_destinations__school")
)
CODES = table(
    ALL["core_destination_codes"],
    """
    destination_code | destination_category | is_positive
    210              | Education            | yes
    230              | Education            | yes
    310              | Employment           | yes
    619              | NEET                 | no
    710              | Other                | -
    L30              | Adult social care    | -
    810              | Not known            | -
    """,
)
STEPS = ("model_destinations__points", "model_destinations__months", "model_destinations__leavers")
LEFT = dt.date(2024, 7, 19)


def become(
    said: str,
    *,
    left: dt.date = LEFT,
    intended: str | None = "210",
    today: dt.date = TODAY,
) -> dict[str, Any]:
    """What the SQL makes of one leaver; ``said``: "point source code [day of contact], ..."."""
    words = [row.split() for row in said.split(",") if row]
    destinations = rows(
        ALL["core_destinations"],
        pupil_key=pupil(1),
        leaving_date=left,
        time_point=[{"Sep": "SEPTEMBER", "Mar": "TWO_TERMS"}[row[0]] for row in words],
        destination_source=[row[1] for row in words],
        destination_code=[row[2] for row in words],
        contact_date=[dt.date.fromisoformat(row[3]) if len(row) > 3 else None for row in words],
    )
    frames = {
        "core_run": rows(ALL["core_run"], data_date=today, academic_year=2026),
        "core_leavers": rows(
            ALL["core_leavers"],
            pupil_key=pupil(1),
            leaving_date=left,
            academic_year=left.year - 1,
            intended_code=intended,
            leaver_stage="Year 11",
            sen_provision="K",
        ),
        "core_destinations": destinations,
        "core_destination_codes": CODES,
    }
    made = fill_in_turn(STEPS, {name: frame for name, frame in frames.items() if frame is not None})
    return made["model_destinations__leavers"].to_dicts()[0]


@pytest.mark.parametrize(
    ("said", "september", "sustained", "category"),
    [
        ("Sep school 210, Mar school 230", "SUSTAINED", "SUSTAINED", "Education"),
        ("Sep school 210, Mar nccis 619", "SUSTAINED", "NOT_SUSTAINED", "NEET"),
        # in work in March only: not for two terms
        ("Sep school 619, Mar nccis 310", "NOT_SUSTAINED", "NOT_SUSTAINED", "Employment"),
        ("Mar school 310", "UNKNOWN", "SUSTAINED", "Employment"),
        ("Sep school 210", "SUSTAINED", "UNKNOWN", "Education"),
        ("", "UNKNOWN", "UNKNOWN", "Not known"),
        # custody and adult care are no failure to be counted as "NEET", and not sustained education or work either
        ("Sep school 710, Mar nccis 710", "NOT_SUSTAINED", "NOT_SUSTAINED", "Other"),
        ("Mar school L30", "UNKNOWN", "NOT_SUSTAINED", "Adult social care"),
        # the newer of the two sources; an undated one is the older
        ("Mar school 210 2025-03-03, Mar nccis 619 2025-03-20", "UNKNOWN", "NOT_SUSTAINED", "NEET"),
        ("Mar school 210 2025-03-20, Mar nccis 619 2025-03-03", "UNKNOWN", "SUSTAINED", "Education"),
        ("Mar school 210, Mar nccis 619 2024-01-01", "UNKNOWN", "NOT_SUSTAINED", "NEET"),
        # what one knows stands although the other, later, does not know
        ("Mar school 210 2025-03-03, Mar nccis 810 2025-03-20", "UNKNOWN", "SUSTAINED", "Education"),
    ],
)
def test_what_becomes_of_a_leaver(said: str, september: str, sustained: str, category: str) -> None:
    found = become(said)
    told = (found["september_outcome"], found["sustained_outcome"], found["destination_category"])
    assert told == (september, sustained, category)


def test_two_terms_have_passed_on_the_last_day_of_march() -> None:
    said = "Sep school 210, Mar school 210"
    for today, outcome in ((dt.date(2025, 3, 30), "NOT_DUE"), (dt.date(2025, 3, 31), "SUSTAINED")):
        assert become(said, today=today)["sustained_outcome"] == outcome


def test_the_intention_is_reached_by_its_category() -> None:
    said = "Sep school 230"
    assert become(said)["is_intended_reached"] is True
    assert become(said, intended="310")["is_intended_reached"] is False
    assert become(said, intended=None)["is_intended_reached"] is None
    assert become("", intended="210")["is_intended_reached"] is None


# --- groups -----------------------------------------------------------------------------------------------------------


def left(sustained: int, not_sustained: int, unknown: int, **more: Any) -> pl.DataFrame:
    said = ["SUSTAINED"] * sustained + ["NOT_SUSTAINED"] * not_sustained + ["UNKNOWN"] * unknown
    usual = {"leaver_stage": "Year 11", "academic_year": 2024, "has_sen": True, "has_ehc_plan": False}
    return rows(
        LEAVERS, **(usual | {"pupil_key": [pupil(n) for n in range(len(said))], "sustained_outcome": said} | more)
    )


def group(leavers: pl.DataFrame, name: str = "SEN", school: str = "TRUST") -> dict[str, Any]:
    found = group_leavers(leavers)
    assert find(found, GROUPS) == []
    return found.filter(sen_group=name, school_urn=school).to_dicts()[0]


def test_unknown_leavers_stay_in_the_denominator_and_make_a_band() -> None:
    found = group(left(22, 3, 3))  # METHODS C: "22 to 25 of 28"
    assert found["leavers_count"] == 28
    assert (found["sustained_low_rate"], found["sustained_high_rate"]) == (22 / 28, 25 / 28)
    assert found["wilson_low_rate"] == pytest.approx(0.6046, abs=1e-4)  # by hand from Wilson 1927
    assert found["wilson_high_rate"] == pytest.approx(0.8979, abs=1e-4)


@pytest.mark.parametrize(("count", "rule"), [(5, "NOTHING"), (6, "WORDS"), (9, "WORDS"), (10, "RATE"), (11, "RATE")])
def test_the_number_of_leavers_decides_what_is_said(count: int, rule: str) -> None:
    found = group(left(count, 0, 0))
    assert found["small_number_rule"] == rule
    assert (found["sustained_low_rate"] is not None) is (rule == "RATE")
    assert (found["september_rate"] is not None) is (rule == "RATE")


@pytest.mark.parametrize(("known", "unknown", "leads"), [(45, 5, False), (44, 5, True), (16, 4, False), (15, 5, True)])
def test_the_band_leads_above_one_in_ten_and_never_for_fewer_than_five(known: int, unknown: int, leads: bool) -> None:
    assert group(left(known, 0, unknown))["is_band_first"] is leads


def test_only_three_leaving_years_that_are_due_are_pooled() -> None:
    leavers = left(8, 0, 0, academic_year=[2021, 2022, 2023, 2024] * 2)
    later = left(2, 0, 0, academic_year=2025, sustained_outcome="NOT_DUE", pupil_key=[pupil(50), pupil(51)])
    found = group(pl.concat([leavers, later]))
    assert (found["first_academic_year"], found["last_academic_year"], found["leavers_count"]) == (2022, 2024, 6)


def test_every_group_stands_even_when_nobody_is_in_it() -> None:
    found = group_leavers(left(12, 0, 0))
    assert set(found["sen_group"]) == {"All leavers", "SEN", "No SEN", "EHC plan", "SEN support"}
    assert group(left(12, 0, 0), "EHC plan")["leavers_count"] == 0
    assert group_leavers(left(3, 0, 0, sustained_outcome="NOT_DUE")).is_empty()


def test_a_school_has_three_groups_and_the_trust_all_five() -> None:
    frame = mart_destinations__school_frame(group_leavers(left(30, 0, 0, school_urn="100001")), TODAY)
    assert frame.filter(pl.col("school_urn") == "TRUST").height == 5
    assert set(frame.filter(pl.col("school_urn") != "TRUST")["sen_group"]) == {"All leavers", "SEN", "No SEN"}


@st.composite
def _leavers(draw: st.DrawFn) -> pl.DataFrame:
    count = draw(st.integers(0, 60))
    plans = [draw(st.booleans()) for _ in range(count)]
    return rows(
        LEAVERS,
        pupil_key=[pupil(n) for n in range(count)],
        school_urn=[draw(st.sampled_from(["100001", "100002", "100003"])) for _ in range(count)],
        leaver_stage=[draw(st.sampled_from(["Year 6", "Year 11"])) for _ in range(count)],
        academic_year=[draw(st.integers(2020, 2024)) for _ in range(count)],
        has_ehc_plan=plans,
        has_sen=[plan or draw(st.booleans()) for plan in plans],
        sustained_outcome=[
            draw(st.sampled_from(["SUSTAINED", "SUSTAINED", "NOT_SUSTAINED", "UNKNOWN", "NOT_DUE"]))
            for _ in range(count)
        ],
        september_outcome=[draw(st.sampled_from(["SUSTAINED", "UNKNOWN"])) for _ in range(count)],
    )


@given(_leavers())
@settings(max_examples=30)
def test_groups_agree_with_the_plain_twin_and_pass_the_door(leavers: pl.DataFrame) -> None:
    found = group_leavers(leavers)
    told = {
        (row["school_urn"], row["leaver_stage"], row["sen_group"]): {
            "counts": tuple(row[f"{name}_count"] for name in ("leavers", "sustained", "not_sustained", "unknown")),
            "rates": (row["sustained_low_rate"], row["sustained_high_rate"]),
        }
        for row in found.to_dicts()
    }
    assert told == plain.groups_of(leavers.to_dicts())
    assert group_leavers(leavers.sample(fraction=1, shuffle=True, seed=2)).equals(found)
    assert group_leavers(pl.concat([leavers, leavers])).equals(found)
    released = release(mart_destinations__school_frame(found, TODAY), MART)
    refuse_unreleased(MART, released)
    small = released.filter(pl.col("leavers_count") < 10)
    rates = [name for name in released.columns if name.endswith("_rate")]
    assert small.select(rates).null_count().row(0) == tuple([small.height] * len(rates))
