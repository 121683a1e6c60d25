"""Register, census and Insight side by side: drawn answers, each day that decides, memory over nights, the worklist."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import match
from models.match_worklist import list_work
from tests.support.filling import fill, fill_in_turn, recorded
from tests.support.frames import pupil, rows, table

DAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=DAY, academic_year=2026)
INSIGHT, REGISTER, CENSUS = (
    ALL[f"clean_{name}__pupils"] for name in ("insight", "send_register", "school_census")
)  # fmt: skip
FOUND, CONFLICTS = ALL["model_match__found"], ALL["model_match__conflicts"]
STATUS = "K | 2025-09-08 | -"
HEAD = {
    "insight": "school_urn | delivery_key | upn | sen_provision | nc_year | sex | is_fsm | entry_date | leaving_date\n",
    "census": "school_urn | reference_date | pupil_on_roll_id | upn | sen_provision | nc_year | sex | is_fsm\n",
    "register": "school_urn | upn | sen_provision | sen_type | nc_year | status_date | status_end_date\n",
}
I1 = "100001 | {key} | U1 | {provision} | {year} | {sex} | {fsm} | 2024-09-02 | {leaving}"
C1 = "100001 | {day} | 7 | U1 | {provision} | {year} | {sex} | {fsm}"
R1 = "100001 | U1 | {provision} | {need} | {year} | {since} | {until}"
NOW = {"key": "a" * 16, "provision": "K", "year": "4", "sex": "F", "fsm": "no", "leaving": "-"}


def insight(**changes: str) -> str:
    return I1.format(**{**NOW, **changes})


def census(day: str = "2026-10-01", **changes: str) -> str:
    return C1.format(**{**NOW, "day": day, **changes})


def register(**changes: str) -> str:
    return R1.format(**{**NOW, "need": "ASD", "since": "2025-09-08", "until": "-", **changes})


def frames(lists: dict[str, list[str]], more: dict[str, pl.DataFrame] | None = None) -> dict[str, pl.DataFrame]:
    """The lists as they are cleaned, with the register's statuses and everybody on roll since 2024."""
    contracts = {"insight": INSIGHT, "census": CENSUS, "register": REGISTER}
    made = {name: table(contracts[name], HEAD[name] + "\n".join(drawn)) for name, drawn in lists.items() if drawn}
    statuses = [line.split("|") for line in lists.get("register", [])]
    known = {
        contracts[name].name: frame for name, frame in made.items()
    } | {
        "core_run": RUN,
        "core_pupil_records": recorded(*((contracts[name], frame) for name, frame in made.items())),
        "core_deliveries": rows(ALL["core_deliveries"], delivery_key="a" * 16, school_urn="100001", state="TAKEN",
                                delivered_date=dt.date(2026, 11, 19)),
        "core_enrolments": rows(ALL["core_enrolments"], pupil_key=pupil(1), school_urn="100001",
                                entry_date=dt.date(2024, 9, 2)),
    }  # fmt: skip
    if statuses:
        drawn = "\n".join(f"P1 | 100001 | {s[2]} | {s[5]} | {s[6]} | register" for s in statuses)
        head = "pupil_key | school_urn | sen_provision | start_date | end_date | status_source\n"
        known["core_sen_status"] = table(ALL["core_sen_status"], head + drawn)
    return known | (more or {})


def found(more: dict[str, pl.DataFrame] | None = None, **lists: list[str]) -> list[tuple[str, str, str, str]]:
    """(field, opened, closed, owner) of every conflict."""
    made = fill_in_turn(["model_match__checks", "model_match__found"], frames(lists, more))["model_match__found"]
    return [
        (row["match_field"], str(row["opened_date"]), str(row["closed_date"] or ""), row["owner"])
        for row in made.sort("match_field", "opened_date", "owner").to_dicts()
    ]


def test_lists_that_agree_have_no_conflict() -> None:
    assert found(insight=[insight()], census=[census()], register=[register()]) == []


@pytest.mark.parametrize(
    ("said", "conflict"),
    [
        ({"insight": {"provision": "N"}}, ("PROVISION", "2026-11-19", "", "INSIGHT_LEAD")),
        ({"census": {"provision": "N"}, "insight": {"provision": "N"}}, ("PROVISION", "2026-10-01", "", "SENCO")),
        ({"census": {"provision": "N"}}, ("PROVISION", "2026-10-01", "2026-11-19", "SENCO")),
        ({"register": {"year": "5"}}, ("YEAR", "2026-10-01", "", "SENCO")),
        ({"insight": {"year": "5"}}, ("YEAR", "2026-11-19", "", "INSIGHT_LEAD")),
        ({"census": {"year": "5"}}, ("YEAR", "2026-10-01", "", "OFFICE")),
        ({"insight": {"sex": "M"}}, ("SEX", "2026-10-01", "", "OFFICE")),
        ({"census": {"fsm": "yes"}}, ("FSM", "2026-10-01", "", "OFFICE")),
        ({"insight": {"leaving": "2026-11-06"}}, ("ROLL", "2026-11-07", "", "SENCO")),
    ],
)
def test_each_kind_of_conflict_has_its_first_day_and_its_owner(
    said: dict[str, dict[str, str]], conflict: tuple[str, ...]
) -> None:
    lists = {
        "insight": [insight(**said.get("insight", {}))],
        "census": [census(**said.get("census", {}))],
        "register": [register(**said.get("register", {}))],
    }
    assert found(**lists) == [conflict]


def test_what_is_no_conflict() -> None:
    """Ever six without today's meal, a status that changed since the census, an old code, last year's year group."""
    assert found(insight=[insight(fsm="yes")], census=[census()], register=[register()]) == []
    changed = register(since="2026-10-02")
    assert found(insight=[insight()], census=[census(provision="N")], register=[changed]) == []
    assert found(insight=[insight(provision="A")], census=[census(provision="P")], register=[register()]) == []
    assert found(insight=[insight()], census=[census(year="X")], register=[register(year="M")]) == []
    last_year = census(day="2026-05-21", year="3")
    assert found(insight=[insight()], census=[last_year], register=[register()]) == []


@pytest.mark.parametrize(("since", "is_conflict"), [("2026-10-01", True), ("2026-10-02", False)])
def test_the_registers_word_of_the_census_day_counts(since: str, is_conflict: bool) -> None:
    conflicts = found(insight=[insight()], census=[census(provision="N")], register=[register(since=since)])
    assert bool(conflicts) is is_conflict


def test_a_run_of_censuses_is_one_conflict_and_closes_at_the_first_that_agrees() -> None:
    days = {"2025-10-02": "N", "2026-01-15": "N", "2026-05-21": "K", "2026-10-01": "N"}
    returns = [census(day=day, provision=provision) for day, provision in days.items()]
    assert [one for one in found(census=returns, register=[register()]) if one[0] == "PROVISION"] == [
        ("PROVISION", "2025-10-02", "2026-05-21", "SENCO"),
        ("PROVISION", "2026-10-01", "", "SENCO"),
    ]


def test_who_is_in_one_list_only_is_told_by_the_list_that_lacks_the_pupil() -> None:
    other = census().replace("U1", "U2").replace("| 7 |", "| 8 |")
    assert found(insight=[insight(provision="N")], census=[other]) == [
        ("ROLL", "2026-10-01", "", "INSIGHT_LEAD"),
        ("ROLL", "2026-10-01", "", "OFFICE"),
    ]


def test_an_insight_file_older_than_the_census_cannot_know_who_came_or_went_since() -> None:
    old = rows(ALL["core_deliveries"], delivery_key="a" * 16, school_urn="100001", state="TAKEN",
               delivered_date=dt.date(2026, 9, 30))  # fmt: skip
    other = census().replace("U1", "U2").replace("| 7 |", "| 8 |")
    assert found({"core_deliveries": old}, insight=[insight(provision="N")], census=[other]) == []


def test_the_need_is_compared_with_the_newest_spring_and_down_syndrome_is_not_another_one() -> None:
    def needs(code: str, day: dt.date, register_code: str) -> list[tuple[str, str, str, str]]:
        coded = rows(ALL["clean_school_census__sen_needs"], school_urn="100001", reference_date=day,
                     pupil_on_roll_id="7", sen_type=code, sen_type_rank=1)  # fmt: skip
        return found({"clean_school_census__sen_needs": coded}, census=[census(day=str(day))],
                     register=[register(need=register_code, since="2023-09-04")])  # fmt: skip

    assert needs("SLCN", dt.date(2026, 1, 15), "ASD") == [("NEED", "2026-01-15", "", "SENCO")]
    assert needs("OTH", dt.date(2024, 1, 18), "DS") == []
    assert needs("OTH", dt.date(2025, 1, 16), "DS") == [("NEED", "2025-01-16", "", "SENCO")]


@pytest.mark.parametrize(("start", "count"), [("2025-09-08", 0), ("2025-09-09", 1), ("2024-09-02", 0)])
def test_the_first_day_of_a_plan_is_the_trackers_or_the_pupils_first_day_at_the_school(start: str, count: int) -> None:
    plans = rows(ALL["core_ehc_plans"], pupil_key=pupil(1), school_urn="100001",
                 plan_start_date=dt.date(2025, 9, 8))  # fmt: skip
    lists = {"insight": [insight(provision="E")], "register": [register(provision="E", since=start)]}
    conflicts = found({"core_ehc_plans": plans}, **lists)
    assert [one[0] for one in conflicts] == ["STATUS_DATE"] * count


def night(drawn: str) -> pl.DataFrame:
    head = "school_urn | pupil_key | match_field | opened_date | closed_date | closed_how | owner\n"
    return table(FOUND, head + drawn) if drawn else rows(FOUND, match_field=[])


def remembered(tonight: str, before: pl.DataFrame, day: dt.date = DAY) -> pl.DataFrame:
    delivered = pl.DataFrame({"school_urn": ["100001"], "newest_date": [day - dt.timedelta(days=1)]})
    return match.remember(night(tonight), before, delivered, day)


def days(frame: pl.DataFrame) -> list[tuple[str, str, object]]:
    return [(str(r["opened_date"]), str(r["closed_date"] or ""), r["open_days"]) for r in frame.to_dicts()]


OPEN = "100001 | P1 | PROVISION | {} | - | - | INSIGHT_LEAD"


def test_a_conflict_keeps_the_day_it_was_first_seen_and_ages() -> None:
    first = remembered(OPEN.format("2026-11-19"), match.nothing_before())
    assert days(first) == [("2026-11-19", "", 1)]
    later = DAY + dt.timedelta(days=9)
    again = remembered(OPEN.format("2026-11-28"), first, later)
    assert days(again) == [("2026-11-19", "", 10)]


def test_what_is_no_longer_found_was_mended_on_the_day_of_the_newest_file_and_may_come_again() -> None:
    first = remembered(OPEN.format("2026-11-19"), match.nothing_before())
    closed = remembered("", first, DAY + dt.timedelta(days=5))
    assert days(closed) == [("2026-11-19", "2026-11-24", None)]
    assert closed["closed_how"].to_list() == ["MENDED"]
    back = remembered(OPEN.format("2026-12-01"), closed, dt.date(2026, 12, 2))
    assert days(back) == [("2026-11-19", "2026-11-24", None), ("2026-12-01", "", 1)]
    same = remembered(OPEN.format("2026-11-19"), closed, dt.date(2026, 12, 2))  # a held file: it was never mended
    assert days(same) == [("2026-11-19", "", 13)]


def test_what_a_census_closes_is_closed_once_and_told_for_three_years() -> None:
    first = remembered("100001 | P1 | PROVISION | 2026-10-01 | - | - | SENCO", match.nothing_before())
    agreed = "100001 | P1 | PROVISION | 2026-10-01 | 2027-01-21 | AGREED | SENCO"
    closed = remembered(agreed, first, dt.date(2027, 1, 22))
    assert days(closed) == [("2026-10-01", "2027-01-21", None)]
    assert remembered("", closed, dt.date(2030, 1, 21)).height == 1
    assert remembered("", closed, dt.date(2030, 1, 22)).height == 0


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 3), st.booleans()), max_size=3, unique_by=lambda p: p[0]),
        min_size=1,
        max_size=5,
    )
)
def test_a_night_twice_over_the_same_data_changes_nothing(nights: list[list[tuple[int, bool]]]) -> None:
    before = match.nothing_before()
    for number, seen in enumerate(nights):
        day = DAY + dt.timedelta(days=number)
        drawn = "\n".join(
            f"100001 | P{who} | PROVISION | {day - dt.timedelta(days=1) if is_new else '2026-10-01'} | - | - | SENCO"
            for who, is_new in seen
        )
        after = remembered(drawn, before, day)
        assert remembered(drawn, after, day).equals(after)
        open_now = after.filter(pl.col("closed_date").is_null())
        assert open_now["pupil_key"].to_list() == sorted(pupil(who) for who, _ in seen)
        before = after


@pytest.mark.parametrize(
    ("day", "term", "expected"),
    [
        (dt.date(2026, 10, 1), None, ("AUT", dt.date(2026, 10, 1))),
        (dt.date(2026, 10, 2), None, ("SPR", dt.date(2027, 1, 21))),
        (dt.date(2027, 1, 22), None, ("SUM", dt.date(2027, 5, 20))),
        (dt.date(2027, 1, 22), "SPR", ("SPR", dt.date(2028, 1, 20))),
    ],
)
def test_the_next_census_is_the_first_on_or_after_the_day(
    day: dt.date, term: str | None, expected: tuple[str, dt.date]
) -> None:
    assert match.next_census(day, term) == expected


def worked(day: dt.date, since: str = "2025-01-01", **pupil_row: object) -> list[tuple[str, str, int]]:
    on_roll = rows(ALL["model_pupils__on_roll"], **{"pupil_key": pupil(1), "school_urn": "100001", "nc_year": "4",
                   "sen_provision": "K", "sen_type": "ASD", **pupil_row})  # fmt: skip
    people = rows(ALL["core_pupils"], pupil_key=pupil(1), upn=["U"], is_upn_temporary=False)
    status = rows(ALL["core_sen_status"], pupil_key=pupil(1), school_urn="100001", sen_provision="K",
                  start_date=dt.date.fromisoformat(since))  # fmt: skip
    sent = rows(ALL["model_match__delivered"], pupil_key=pupil(1), school_urn="100001", provision_code="K",
                has_top_up=False)  # fmt: skip
    work = list_work(rows(CONFLICTS, match_field=[]), on_roll, people, status, sent, day)
    return [(row["worklist_rule"], row["census_term"], row["left_days"]) for row in work.to_dicts()]


def test_the_need_is_asked_for_by_the_spring_census_only() -> None:
    assert worked(DAY) == []
    assert worked(DAY, sen_type=[None]) == [("NO_NEED", "SPR", 62)]
    assert worked(dt.date(2027, 2, 1), sen_type=[None]) == [("NO_NEED", "SPR", 353)]
    assert worked(DAY, sen_provision="E", sen_type="NSA") == [("NSA_WITH_PLAN", "SPR", 62)]
    assert worked(DAY, sen_provision="N", sen_type=[None]) == []


@pytest.mark.parametrize(("since", "count"), [("2025-11-20", 0), ("2025-11-19", 1)])
def test_not_assessed_is_queried_after_a_year(since: str, count: int) -> None:
    assert worked(DAY, since, sen_type="NSA") == [("NSA_LONG", "SPR", 62)] * count


def test_old_codes_are_put_right_before_any_census() -> None:
    assert worked(dt.date(2027, 2, 1), sen_type="BESD") == [("OLD_CODE", "SUM", 108)]


def test_codes_as_sent_are_the_registers_and_the_newest_censuss() -> None:
    given_frames = frames({"census": [census(provision="K"), census("2026-05-21", provision="E")],
                           "register": [register(provision="A")]})  # fmt: skip
    wanted = {name: given_frames[name] for name in ("clean_send_register__pupils", "clean_school_census__pupils",
                                                    "core_run", "core_pupil_records")}  # fmt: skip
    made = fill("model_match__delivered", wanted)
    assert made.select("provision_code").rows() == [("A",)]


def test_pupils_are_counted_once_and_the_trusts_are_the_schools_together() -> None:
    head = "school_urn | pupil_key | match_field | opened_date | closed_date | closed_how | owner | open_days\n"
    conflicts = table(CONFLICTS, head + "100001 | P1 | SEX | 2026-11-09 | - | - | OFFICE | 11\n"
                      "100001 | P1 | YEAR | 2026-11-10 | - | - | OFFICE | 10\n"
                      "100002 | P1 | YEAR | 2025-11-20 | 2026-01-15 | AGREED | SENCO | -\n")  # fmt: skip
    schools = rows(ALL["core_schools"], school_urn=["100001", "100002"])
    frame = match.mart_match__school_frame(
        conflicts, rows(ALL["model_sen_flows__gaps"], gap=[]), schools, rows(CENSUS, upn=[]), DAY
    )
    counted = frame.select("school_urn", "conflicts_count", "conflicts_age", "opened_count", "closed_count")
    assert counted.rows() == [("100001", 1, "MOST", 1, 0), ("100002", 0, None, 0, 1), ("TRUST", 1, "MOST", 1, 1)]


@pytest.mark.parametrize(("days", "age"), [((10, 10), "NONE"), ((11, 10), "MOST"), ((11, 10, 10), "SOME")])
def test_a_conflict_is_old_after_ten_days_and_half_of_them_are_most(days: tuple[int, ...], age: str) -> None:
    conflicts = rows(CONFLICTS, pupil_key=[pupil(n) for n in range(len(days))], school_urn="100001",
                     opened_date=DAY, closed_date=None, closed_how=None, open_days=list(days))  # fmt: skip
    frame = match.mart_match__school_frame(
        conflicts, rows(ALL["model_sen_flows__gaps"], gap=[]), rows(ALL["core_schools"], school_urn=["100001"]),
        rows(CENSUS, upn=[]), DAY,
    )  # fmt: skip
    assert frame["conflicts_age"].to_list() == [age, age]
