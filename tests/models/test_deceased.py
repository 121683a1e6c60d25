"""Who has died, as any one list says, is in no count and on no list: all of them ask the same table."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.tables import ALL
from tests.support.filling import Frames, fill, fill_in_turn
from tests.support.frames import pupil, rows

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
BOTH = [pupil(1), pupil(2)]
SAYING: dict[str, pl.DataFrame] = {
    "clean_attendance__moves": rows(
        ALL["clean_attendance__moves"], pupil_key=BOTH, leaving_date=TODAY, move_code=["L98", "L10"]
    ),
    "core_ehc_plans": rows(
        ALL["core_ehc_plans"], plan_key=["a", "b"], pupil_key=BOTH, cease_reason_code=[8, 1], cease_date=TODAY
    ),
    "clean_referrals__referrals": rows(
        ALL["clean_referrals__referrals"], pupil_key=BOTH, referral_closed_reason=["DECEASED", "MOVED"]
    ),
} | {
    f"{code}_code": rows(ALL["clean_leavers__pupils"], pupil_key=BOTH, **{f"{code}_code": ["L98", "L10"]})
    for code in ("intended", "september", "spring", "later")
}
"""What each list says of two pupils, of whom the first has died."""


def died(source: str) -> pl.DataFrame:
    """CORE_DECEASED as one list alone makes it."""
    name = "clean_leavers__pupils" if source.endswith("_code") else source
    return fill("core_deceased", {name: SAYING[source]})


@pytest.mark.parametrize("source", list(SAYING))
def test_each_list_is_enough(source: str) -> None:
    assert died(source)["pupil_key"].to_list() == [pupil(1)]


LISTED: dict[str, Frames] = {
    "core_referrals": {
        "clean_referrals__referrals": rows(
            ALL["clean_referrals__referrals"], pupil_key=BOTH, referral_date=dt.date(2026, 9, 1)
        )
    },
    "model_ehc_clock__requests": {
        "core_run": RUN,
        "core_ehc_requests": rows(ALL["core_ehc_requests"], pupil_key=BOTH, request_date=dt.date(2026, 9, 1)),
    },
    "model_ehc_clock__plans": {
        "core_run": RUN,
        "core_ehc_plans": rows(
            ALL["core_ehc_plans"], plan_key=["a", "b"], pupil_key=BOTH, plan_start_date=dt.date(2025, 9, 1)
        ),
        "model_pupils__on_roll": rows(ALL["model_pupils__on_roll"], pupil_key=BOTH),
    },
}


@pytest.mark.parametrize("name", list(LISTED))
@pytest.mark.parametrize("source", ["clean_attendance__moves", "clean_referrals__referrals", "later_code"])
def test_who_has_died_is_in_no_referral_request_or_plan(name: str, source: str) -> None:
    found = fill(name, LISTED[name] | {"core_deceased": died(source)})
    assert found["pupil_key"].to_list() == [pupil(2)]


def test_nobody_is_asked_to_call_the_family_of_a_pupil_whose_referral_says_so() -> None:
    frames = {
        "core_run": RUN,
        "core_schools": rows(ALL["core_schools"], school_urn="100001", phase="Secondary", is_special=False),
        "core_deceased": died("clean_referrals__referrals"),
        "clean_leavers__pupils": rows(
            ALL["clean_leavers__pupils"], pupil_key=BOTH, school_urn="100001", leaving_date=dt.date(2026, 7, 17),
            nc_year="11",
        ),
    }  # fmt: skip
    made = fill_in_turn(
        ["core_leavers", "core_destinations", "model_destinations__points", "model_destinations__calls"], frames
    )
    assert made["model_destinations__calls"]["pupil_key"].to_list() == [pupil(2)]
