"""Each day of the statutory clock, on both sides of its limit; dates in the wrong order; two plans; who died."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest

from expectations.derive import empty_frame
from expectations.tables import ALL
from models import ehc_clock
from models.clean import clean
from models.disclosure import release
from tests.support.filling import Frames, fill, fill_in_turn
from tests.support.frames import rows, table

TODAY = dt.date(2026, 11, 20)
HOME = "999001"
IN_TURN = ["core_deceased", "model_ehc_clock__plans", "model_ehc_clock__reviews", "model_ehc_clock__transfers"]


def core(plans: str, reviews: str = "", born: dt.date = dt.date(2016, 3, 1), nc_year: str = "5") -> Frames:
    """Core tables of one school: everybody on roll since 2020, of one birthday and year."""
    told = table(ALL["core_ehc_plans"], plans)
    people = told["pupil_key"].unique().sort().to_list()
    held = table(ALL["core_ehc_reviews"], reviews) if reviews else rows(ALL["core_ehc_reviews"], plan_key=[])
    return {
        "core_run": rows(ALL["core_run"], data_date=TODAY, academic_year=2026),
        "core_pupils": rows(ALL["core_pupils"], pupil_key=people, birth_date=born),
        "core_enrolments": rows(
            ALL["core_enrolments"], pupil_key=people, school_urn=HOME, entry_date=dt.date(2020, 9, 1)
        ),
        "model_pupils__on_roll": rows(ALL["model_pupils__on_roll"], pupil_key=people, school_urn=HOME, nc_year=nc_year),
        "core_ehc_plans": told,
        "core_ehc_reviews": held,
    }  # fmt: skip


def reviews_of(plans: str, reviews: str = "", **more: Any) -> list[dict[str, Any]]:
    made = fill_in_turn(IN_TURN, core(plans, reviews, **more))
    return made["model_ehc_clock__reviews"].sort("plan_key", "review_number").to_dicts()


ONE = """
plan_key | pupil_key | school_urn | plan_start_date
999001:A | P1 | 999001 | 2025-01-10
"""


@pytest.mark.parametrize(
    ("meeting", "report", "decision", "late"),
    [
        ("2026-01-10", "2026-01-24", "2026-02-07", (0, 0, 0)),  # each on its last day
        ("2026-01-11", "2026-01-26", "2026-02-09", (1, 1, 1)),  # each the day after
        ("2026-01-09", "-", "-", (0, 301, 287)),  # not sent and not decided to this day
        ("2026-01-09", "-", "2026-02-01", (0, None, 0)),  # decided, so it was sent: nobody knows when
        ("2026-11-20", "-", "-", (314, None, None)),  # held today: nothing else is due yet
    ],
)
def test_the_schools_step_and_the_authoritys_are_late_from_the_day_after(
    meeting: str, report: str, decision: str, late: tuple[int | None, ...]
) -> None:
    drawn = f"""
    plan_key | school_urn | review_due_date | meeting_date | report_sent_date | decision_date
    999001:A | 999001 | 2026-01-10 | {meeting} | {report} | {decision}
    """
    found = reviews_of(ONE, drawn)[0]
    assert tuple(found[f"{step}_late_days"] for step in ("meeting", "report", "decision")) == late


@pytest.mark.parametrize(
    ("decision", "issued", "due", "late"),
    [
        ("2026-02-07", "2026-04-04", "2026-04-04", 0),  # eight weeks after a decision on its last day: twelve in all
        ("2026-02-07", "2026-04-05", "2026-04-04", 1),
        ("2026-01-17", "2026-03-15", "2026-03-14", 1),  # an early decision: eight weeks after it
        ("2026-03-07", "2026-04-05", "2026-04-04", 1),  # a late decision moves nothing: twelve weeks from the meeting
        ("2026-02-07", "-", "2026-04-04", 230),
    ],
)
def test_the_amended_plan_has_eight_weeks_and_twelve_in_all(decision: str, issued: str, due: str, late: int) -> None:
    drawn = f"""
    plan_key | school_urn | review_due_date | meeting_date | decision_date | review_decision | amended_plan_date
    999001:A | 999001 | 2026-01-10 | 2026-01-10 | {decision} | Amend | {issued}
    """
    found = reviews_of(ONE, drawn)[0]
    assert (str(found["amended_due_date"]), found["amended_late_days"]) == (due, late)


def test_twelve_months_run_from_the_decision_not_the_meeting_nor_the_schools_own_day() -> None:
    drawn = """
    plan_key | school_urn | review_due_date | meeting_date | decision_date
    999001:A | 999001 | 2026-01-10 | 2025-12-01 | 2025-12-20
    999001:A | 999001 | 2027-03-01 | -          | -
    """
    first, second = reviews_of(ONE, drawn)
    assert (str(first["due_date"]), first["due_rule"]) == ("2026-01-10", "PLAN_START")
    assert (str(second["due_date"]), second["due_rule"]) == ("2026-12-20", "DECISION")


def test_a_review_passed_over_makes_the_next_late_by_a_year_and_gives_way_to_it() -> None:
    drawn = """
    plan_key | school_urn | review_due_date | meeting_date | decision_date
    999001:A | 999001 | 2024-01-10 | 2024-01-10 | 2024-02-07
    999001:A | 999001 | 2025-02-07 | -          | -
    999001:A | 999001 | 2026-02-07 | 2026-02-07 | 2026-03-01
    """
    plan = ONE.replace("2025-01-10", "2023-01-10")
    held = [row for row in reviews_of(plan, drawn) if row["is_held"]]
    assert [row["meeting_late_days"] for row in held] == [0, 365]
    assert [row["is_in_tracker"] for row in reviews_of(plan, drawn)] == [True, True, False]


@pytest.mark.parametrize(
    ("born", "due"),
    [("2020-07-11", "2025-07-10"), ("2020-07-10", "2026-01-10")],  # four on the day, or five on that very day
)
def test_a_child_under_five_on_the_day_is_due_after_six_months(born: str, due: str) -> None:
    found = reviews_of(ONE, born=dt.date.fromisoformat(born))
    assert str(found[0]["due_date"]) == due


def test_29_february_is_due_on_the_28th() -> None:
    assert str(reviews_of(ONE.replace("2025-01-10", "2024-02-29"))[0]["due_date"]) == "2025-02-28"


def test_a_review_that_the_tracker_lacks_is_overdue_from_the_day_after() -> None:
    found = reviews_of(ONE.replace("2025-01-10", "2025-11-20"))[0]
    assert (found["is_in_tracker"], found["meeting_late_days"], found["review_due_date"]) == (False, None, None)
    assert reviews_of(ONE.replace("2025-01-10", "2025-11-19"))[0]["meeting_late_days"] == 1


def test_a_plan_from_elsewhere_keeps_the_trackers_day_or_runs_from_the_entry() -> None:
    old = ONE.replace("2025-01-10", "2019-01-10")
    drawn = "plan_key | school_urn | review_due_date\n999001:A | 999001 | 2026-12-05"
    assert [(str(r["due_date"]), r["due_rule"]) for r in reviews_of(old, drawn)] == [("2026-12-05", "TRACKER")]
    assert [(str(r["due_date"]), r["due_rule"]) for r in reviews_of(old)] == [("2021-09-01", "ENTRY")]


def test_of_two_plans_in_force_the_later_counts_and_the_school_is_asked() -> None:
    two = ONE + "999001:B | P1 | 999001 | 2026-01-10\n"
    made = fill_in_turn(IN_TURN, core(two))
    assert made["model_ehc_clock__plans"].filter("is_active")["plan_key"].to_list() == ["999001:B"]
    (found,) = made["model_ehc_clock__reviews"].to_dicts()
    assert (found["plan_key"], found["data_rule"]) == ("999001:B", "TWO_ACTIVE_PLANS")


@pytest.mark.parametrize("reason", [8, 1])
def test_a_pupil_who_died_is_in_nothing_and_an_ended_plan_has_nothing_due(reason: int) -> None:
    drawn = f"""
    plan_key | pupil_key | school_urn | plan_start_date | cease_date | cease_reason_code
    999001:A | P1 | 999001 | 2023-01-10 | 2026-05-01 | {reason}
    """
    held = """
    plan_key | school_urn | review_due_date | meeting_date | decision_date
    999001:A | 999001 | 2024-01-10 | 2024-03-10 | -
    999001:A | 999001 | 2025-04-07 | -          | -
    """
    made = fill_in_turn(IN_TURN, core(drawn, held, nc_year="6"))
    assert made["model_ehc_clock__transfers"].is_empty()
    assert made["model_ehc_clock__plans"].height == (0 if reason == 8 else 1)
    lates = made["model_ehc_clock__reviews"].select("meeting_late_days", "decision_late_days").rows()
    assert lates == ([] if reason == 8 else [(60, None)]), "what was late while it ran stays so; nothing grows any more"


def test_a_review_due_before_its_plan_is_taken_and_asked_about() -> None:
    drawn = "plan_key | school_urn | review_due_date | meeting_date\n999001:A | 999001 | 2024-06-01 | 2025-06-01"
    assert reviews_of(ONE, drawn)[0]["data_rule"] == "DUE_BEFORE_PLAN"


@pytest.mark.parametrize(("born", "is_covered"), [("2012-09-01", False), ("2012-08-31", True)])
def test_adulthood_is_asked_from_year_9_on(born: str, is_covered: bool) -> None:
    drawn = "plan_key | school_urn | review_due_date | meeting_date\n999001:A | 999001 | 2026-01-10 | 2026-01-10"
    found = reviews_of(ONE, drawn, born=dt.date.fromisoformat(born))[0]
    assert found["is_from_year_9"] is is_covered
    assert found["data_rule"] == ("ADULTHOOD_NOT_RECORDED" if is_covered else None)


@pytest.mark.parametrize(
    ("nc_year", "stage", "last", "is_certain"),
    [("N2", "EARLY_YEARS", "2027-02-14", True), ("6", "SCHOOL", "2027-02-14", True),
     ("11", "SECONDARY", "2027-03-30", True), ("14", "POST_16", "2027-04-01", True), ("5", None, None, None)],
)  # fmt: skip
def test_a_transfer_has_to_be_there_before_its_day(
    nc_year: str, stage: str | None, last: str | None, is_certain: bool | None
) -> None:
    made = fill_in_turn(IN_TURN, core(ONE, nc_year=nc_year))["model_ehc_clock__transfers"].to_dicts()
    found = [(row["transfer_stage"], str(row["transfer_due_date"]), row["is_move_certain"]) for row in made]
    assert found == ([(stage, last, is_certain)] if stage else [])


def test_in_a_school_that_goes_on_the_pupil_may_stay() -> None:
    frames = core(ONE, nc_year="11")
    other = rows(ALL["model_pupils__on_roll"], pupil_key="f" * 20, school_urn=HOME, nc_year="12")
    frames["model_pupils__on_roll"] = pl.concat([frames["model_pupils__on_roll"], other])
    (found,) = fill_in_turn(IN_TURN, frames)["model_ehc_clock__transfers"].to_dicts()
    assert (found["is_move_certain"], found["transfer_standing"], found["owed_by"]) == (False, "REVIEW", "SCHOOL")


REQUESTS = """
pupil_key | school_urn | request_date | assess_decision_date | is_assessment_agreed | final_plan_date | no_plan_date | is_exception
P1 | 999001 | 2026-01-01 | 2026-02-12 | yes | 2026-05-21 | -          | -
P2 | 999001 | 2026-01-01 | 2026-02-13 | yes | 2026-05-22 | -          | no
P3 | 999001 | 2026-01-01 | 2026-02-12 | yes | 2026-05-22 | -          | yes
P4 | 999001 | 2026-01-01 | 2026-02-12 | no  | -          | -          | -
P5 | 999001 | 2026-01-01 | 2026-02-12 | no  | 2026-09-01 | -          | -
P6 | 999001 | 2026-01-01 | 2026-02-12 | yes | -          | 2026-04-20 | -
P7 | 999001 | 2026-07-03 | -          | -   | -          | -          | -
P8 | 999001 | 2026-07-02 | 2026-08-13 | yes | -          | -          | -
P9 | 999001 | 2026-07-02 | 2026-08-13 | yes | 2026-11-21 | -          | yes
"""  # noqa: E501


def requests() -> pl.DataFrame:
    run = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
    return fill(
        "model_ehc_clock__requests", {"core_run": run, "core_ehc_requests": table(ALL["core_ehc_requests"], REQUESTS)}
    )


def test_140_days_are_in_time_and_every_request_stands_somewhere() -> None:
    found = requests().sort("pupil_key")
    assert found["standing"].to_list() == [
        "IN_TIME", "LATE", "EXCEPTION", "ENDED", "LATE", "ENDED", "OPEN", "OPEN_LATE", "OPEN_EXCEPTION",
    ]  # fmt: skip
    assert found["plan_days"].to_list()[:3] == [140, 141, 141]
    assert found["assess_late_days"].to_list() == [0, 1, 0, 0, 0, 0, 98, 0, 0]
    assert found["plan_late_days"].to_list() == [0, 1, 1, None, 103, None, None, 1, 1]
    assert found["next_step"].to_list()[6:] == ["ASSESS_DECISION", "FINAL_PLAN", "FINAL_PLAN"]


def test_the_year_counts_as_dfe_does_with_and_without_exceptions() -> None:
    plans = fill_in_turn(IN_TURN, core(ONE))["model_ehc_clock__plans"]
    (year,) = ehc_clock.by_calendar_year(requests(), plans, TODAY).to_dicts()
    assert (year["issued_count"], year["exception_count"], year["regular_count"]) == (4, 1, 3)
    assert (year["issued_in_time_count"], year["regular_in_time_count"]) == (1, 1)
    assert (year["issued_in_time_rate"], year["regular_in_time_rate"]) == pytest.approx((1 / 4, 1 / 3))


@pytest.mark.parametrize("issued", [0, 4, 5])
def test_the_curve_and_the_forecast_hide_the_same_share_while_one_to_four_have_a_plan(issued: int) -> None:
    plan_days = [140] * issued + [141] * 10
    asked = rows(
        ALL["model_ehc_clock__requests"], final_plan_date=TODAY, plan_days=plan_days, followed_days=plan_days,
        standing=["IN_TIME"] * issued + ["LATE"] * 10,
    )  # fmt: skip
    told = ehc_clock.forecast(asked, empty_frame(ALL["model_ehc_clock__plans"]), TODAY)["by_20_rate"].item()
    drawn = ehc_clock.draw_curve(asked).filter(elapsed_weeks=20)["issued_rate"].item()
    likely = {0: 0.0, 4: None, 5: 5 / 15}[issued]
    assert told == drawn == (likely if likely is None else pytest.approx(likely))


@pytest.mark.parametrize(
    ("name", "late", "early"),
    [("reviews", "report_sent_date", "meeting_date"), ("reviews", "decision_date", "meeting_date"),
     ("reviews", "amended_plan_date", "decision_date"), ("requests", "final_plan_date", "request_date"),
     ("requests", "no_plan_date", "request_date"), ("plans", "cease_date", "plan_start_date")],
)  # fmt: skip
def test_dates_in_the_wrong_order_are_set_aside_with_the_rule(name: str, late: str, early: str) -> None:
    contract = ALL[f"raw_ehc_tracker__{name}"]
    told = {early: ["01/03/2025", "01/03/2025"], late: ["28/02/2025", "01/03/2025"]}
    if "plan_reference" in contract.by_name:
        told["plan_reference"] = ["A", "B"]
    if name == "reviews":
        told = {"review_due_date": ["01/03/2025", "01/03/2025"]} | told
    given = rows(contract, **told)
    links = {}
    if name != "reviews":
        links["identifiers"] = rows(ALL["core_pupil_identifiers"], identifier_kind=[])
    else:
        links["parents"] = rows(ALL["clean_ehc_tracker__plans"], plan_reference=["A", "B"])
    cleaned = clean(given, contract, **links)
    broken = cleaned.quarantine.filter(rule="DATE_ORDER")
    assert broken["row_number"].to_list() == [1]


def test_the_schools_figures_are_sums_and_pass_the_door() -> None:
    many = "plan_key | pupil_key | school_urn | plan_start_date\n" + "\n".join(
        f"999001:{n} | P{n} | 999001 | {'2025-09-01' if n <= 6 else '2026-06-01'}" for n in range(1, 21)
    )
    held = "plan_key | school_urn | review_due_date | meeting_date | report_sent_date | decision_date\n" + "\n".join(
        f"999001:{n} | 999001 | 2026-09-01 | {'2026-09-01' if n % 2 else '2026-09-02'} | 2026-09-10 | 2026-10-{n + 10}"
        for n in range(1, 7)
    )
    made = fill_in_turn(IN_TURN, core(many, held))
    frame = ehc_clock.roll_up(
        made["model_ehc_clock__plans"], made["model_ehc_clock__reviews"], requests(),
        made["model_ehc_clock__transfers"], [HOME], TODAY,
    )  # fmt: skip
    school = frame.filter(school_urn=HOME).to_dicts()[0]
    assert (school["plans_count"], school["reviews_due_count"], school["reviews_in_time_count"]) == (20, 6, 3)
    assert (school["decisions_due_count"], school["decisions_in_time_count"]) == (6, 0)
    assert (school["open_requests_count"], school["open_late_count"]) == (3, 2)
    shown = release(frame, ALL["mart_ehc_clock__school"]).to_dicts()[0]
    assert shown["plans_count"] == 20
    assert shown["reviews_in_time_rate"] is None, "six reviews are too few for a share"
    assert shown["open_requests_count"] is None


def test_a_trust_without_plans_gets_rows_of_noughts_and_blanks() -> None:
    names = ("plans", "reviews", "requests", "transfers")
    plans, reviews, asked, transfers = (empty_frame(ALL[f"model_ehc_clock__{name}"]) for name in names)
    frames = {
        "school": ehc_clock.roll_up(plans, reviews, asked, transfers, [HOME], TODAY),
        "year": ehc_clock.by_calendar_year(asked, plans, TODAY),
        "curve": ehc_clock.draw_curve(asked),
        "forecast": ehc_clock.forecast(asked, plans, TODAY),
    }
    shown = {name: release(frame, ALL[f"mart_ehc_clock__{name}"]) for name, frame in frames.items()}
    assert shown["school"]["plans_count"].to_list() == [0, 0]
    assert shown["year"].is_empty()
    assert shown["curve"]["issued_rate"].null_count() == shown["curve"].height
    assert shown["forecast"]["expected_rate"].to_list() == [None]
