"""Flows of the register, who is without provision, and the roll-up by year and term: drawn answers and boundaries."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from expectations.tables import ALL
from models import calendar, sen_flows
from models.disclosure import release
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

DAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=DAY, academic_year=2026)
HALF_TERMS = calendar.half_terms()
STATUS = "pupil_key | school_urn | sen_provision | start_date | end_date | status_source\n"
EVENTS = ALL["model_sen_flows__events"]


def flows(
    statuses: str, entry: str = "2024-09-02", leaving: str = "", needs: pl.DataFrame | None = None
) -> list[tuple[str, str, str, str]]:
    """(flow, day, from, to) of one pupil at one school."""
    drawn = "\n".join(f"P1 | 100001 | {line} | register" for line in statuses.splitlines() if line.strip())
    enrolled = rows(
        ALL["core_enrolments"], pupil_key=pupil(1), school_urn="100001", entry_date=dt.date.fromisoformat(entry),
        leaving_date=[dt.date.fromisoformat(leaving) if leaving else None],
    )  # fmt: skip
    frames = {"core_run": RUN, "core_half_terms": HALF_TERMS, "core_enrolments": enrolled}
    if drawn:
        frames["core_sen_status"] = table(ALL["core_sen_status"], STATUS + drawn)
    if needs is not None:
        frames["model_sen_flows__needs"] = needs
    made = fill("model_sen_flows__events", frames).sort("flow_date", "flow")
    return [(r["flow"], str(r["flow_date"]), r["from_code"] or "", r["to_code"] or "") for r in made.to_dicts()]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ("K | 2025-01-13 | -", [("JOINED", "2025-01-13", "N", "K")]),
        ("K | 2024-09-02 | -", [("ARRIVED", "2024-09-02", "", "K")]),
        ("E | 2023-01-09 | -", [("ARRIVED", "2024-09-02", "", "E")]),
        (
            "K | 2025-01-13 | 2025-06-30 \n E | 2025-07-01 | -",
            [("JOINED", "2025-01-13", "N", "K"), ("PLAN", "2025-07-01", "K", "E")],
        ),
        (
            "K | 2025-01-13 | 2025-06-30",
            [("JOINED", "2025-01-13", "N", "K"), ("BACK", "2025-07-01", "K", "N")],
        ),
        (
            "E | 2023-01-09 | 2025-03-31 \n K | 2025-04-01 | -",
            [("ARRIVED", "2024-09-02", "", "E"), ("ENDED", "2025-04-01", "E", "K")],
        ),
        (
            "E | 2023-01-09 | 2025-03-31",
            [("ARRIVED", "2024-09-02", "", "E"), ("ENDED", "2025-04-01", "E", "N")],
        ),
        ("K | 2026-11-21 | -", []),
        ("K | 2023-01-09 | 2024-09-01", []),
    ],
)
def test_each_flow_has_its_day(statuses: str, expected: list[tuple[str, ...]]) -> None:
    assert flows(statuses) == expected


@pytest.mark.parametrize(("second", "is_one"), [("2025-08-01", True), ("2025-08-02", False)])
def test_a_gap_of_31_days_is_no_change_and_one_of_32_is(second: str, is_one: bool) -> None:
    found = [flow for flow, *_ in flows(f"K | 2025-01-13 | 2025-06-30 \n E | {second} | -")]
    assert found == (["JOINED", "PLAN"] if is_one else ["JOINED", "BACK", "JOINED"])


@pytest.mark.parametrize(
    ("leaving", "expected"),
    [
        ("2025-06-30", ["JOINED", "LEFT"]),  # the status ends with the pupil's last day: no return to class teaching
        ("2025-07-18", ["JOINED", "BACK"]),  # it ended before, and nobody with SEN left
        ("2025-01-12", []),
    ],
)
def test_who_leaves_with_sen_left_and_did_not_go_back(leaving: str, expected: list[str]) -> None:
    assert [flow for flow, *_ in flows("K | 2025-01-13 | 2025-06-30", leaving=leaving)] == expected


def test_another_need_is_told_by_the_spring_census_and_a_new_code_is_none() -> None:
    drawn = """
        school_urn | pupil_key | reference_date | sen_provision | sen_type
        100001 | P1 | 2024-01-18 | K | OTH
        100001 | P1 | 2025-01-16 | K | DS
        100001 | P1 | 2026-01-15 | K | SLCN
    """
    assert flows("", needs=table(ALL["model_sen_flows__needs"], drawn)) == [
        ("NEED_RECODED", "2025-01-16", "OTH", "DS"),
        ("NEED_CHANGED", "2026-01-15", "DS", "SLCN"),
    ]


@pytest.mark.parametrize(
    ("day", "year", "half_term"),
    [("2025-08-31", 2024, "Summer2"), ("2025-09-01", 2025, "Autumn1"), ("2025-12-31", 2025, "Autumn2")],
)
def test_a_holiday_belongs_to_the_half_term_before(day: str, year: int, half_term: str) -> None:
    status = table(ALL["core_sen_status"], STATUS + f"P1 | 100001 | K | {day} | - | register")
    enrolled = rows(ALL["core_enrolments"], pupil_key=pupil(1), school_urn="100001", entry_date=dt.date(2020, 9, 2))
    frames = {"core_run": RUN, "core_half_terms": HALF_TERMS, "core_enrolments": enrolled, "core_sen_status": status}
    made = fill("model_sen_flows__events", frames)
    assert made.select("academic_year", "half_term").rows() == [(year, half_term)]


@pytest.mark.parametrize(
    ("provision", "more", "expected"),
    [
        ("K", {}, ["NO_PROVISION"]),
        ("K", {"group": ("2026-09-07", "2026-11-20")}, []),
        ("K", {"group": ("2026-09-07", "2026-11-19")}, ["NO_PROVISION"]),
        ("K", {"stage": "REVIEW"}, []),
        ("K", {"stage": "DO"}, ["NO_PROVISION"]),
        ("E", {"line": 2026}, []),
        ("E", {"line": 2025}, ["NO_PROVISION"]),
        ("N", {}, []),
        ("N", {"group": ("2026-11-20", "2026-12-18")}, ["NOT_REGISTERED"]),
        ("N", {"group": ("2026-11-21", "2026-12-18")}, []),
    ],
)
def test_who_is_without_provision_and_who_is_in_it_without_being_on_the_register(
    provision: str, more: dict[str, object], expected: list[str]
) -> None:
    who = {"pupil_key": pupil(1), "school_urn": "100001"}
    frames = {"core_run": RUN, "model_pupils__on_roll": rows(ALL["model_pupils__on_roll"], **who,
                                                             sen_provision=provision)}  # fmt: skip
    if isinstance(more.get("group"), tuple):
        start, end = (dt.date.fromisoformat(day) for day in more["group"])  # type: ignore[attr-defined]
        frames["core_intervention_pupils"] = rows(
            ALL["core_intervention_pupils"], **who, start_date=start, end_date=end
        )
    if "stage" in more:
        frames["model_apdr__pupils"] = rows(ALL["model_apdr__pupils"], **who, stage=more["stage"])
    if "line" in more:
        frames["core_ehc_plans"] = rows(ALL["core_ehc_plans"], **who, plan_key="a" * 20)
        frames["core_ehc_provision"] = rows(
            ALL["core_ehc_provision"], school_urn="100001", plan_key="a" * 20, academic_year=more["line"]
        )
    assert fill("model_sen_flows__gaps", frames)["gap"].to_list() == expected


def events(*flows_of: tuple[int, str, str, int, str]) -> pl.DataFrame:
    """Rows of events: (pupil, school, flow, academic year, half-term)."""
    names = ("pupil_key", "school_urn", "flow", "academic_year", "half_term")
    given = {name: [flow[place] for flow in flows_of] for place, name in enumerate(names)}
    given["pupil_key"] = [pupil(int(number)) for number in given["pupil_key"]]
    return rows(EVENTS, **given, flow_date=dt.date(2026, 1, 15))


SCHOOLS = rows(ALL["core_schools"], school_urn=["100001", "100002"])


def test_the_last_whole_year_is_counted_in_pupils_each_school_and_the_trust() -> None:
    told = events(
        (1, "100001", "JOINED", 2025, "Autumn1"), (1, "100001", "JOINED", 2025, "Summer2"),
        (2, "100002", "JOINED", 2025, "Spring1"), (3, "100001", "JOINED", 2026, "Autumn1"),
        (4, "100001", "NEED_RECODED", 2025, "Spring1"),
    )  # fmt: skip
    year = sen_flows.mart_sen_flows__year_frame(told, SCHOOLS, DAY)
    assert year.select("school_urn", "academic_year", "joined_count", "need_changed_count").rows() == [
        ("100001", 2025, 1, 0), ("100002", 2025, 1, 0), ("TRUST", 2025, 2, 0),
    ]  # fmt: skip
    term = sen_flows.mart_sen_flows__term_frame(told, DAY)
    assert dict(term.select("term", "joined_count").rows()) == {"Autumn": 1, "Spring": 1, "Summer": 1}


def test_a_small_flow_is_hidden_with_a_second_one_and_never_left_to_a_subtraction() -> None:
    told = events(
        *((n, "100001", "LEFT", 2025, "Summer2") for n in range(1, 13)),
        *((n, "100002", "LEFT", 2025, "Summer2") for n in range(13, 16)),
    )
    year = ALL["mart_sen_flows__year"]
    shown = release(sen_flows.mart_sen_flows__year_frame(told, SCHOOLS, DAY), year)
    assert dict(shown.select("school_urn", "left_count").rows())["100002"] is None
    assert shown["left_count"].null_count() >= 2
