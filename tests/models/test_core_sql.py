"""The SQL that makes pupils' histories: spells on roll, SEN status and needs, against drawn answers and plain twins."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
import sqlglot
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.errors import DeclarationError
from expectations.tables import ALL
from models.engine import sql_of, tables_read, tables_with_sql, transpile_to_spark
from tests.support import plain_core as plain
from tests.support.filling import fill, recorded
from tests.support.frames import pupil, rows, table, upn

INSIGHT = ALL["clean_insight__pupils"]
REGISTER = ALL["clean_send_register__pupils"]
CENSUS = ALL["clean_school_census__pupils"]
NEEDS = ALL["clean_school_census__sen_needs"]
RUN = rows(ALL["core_run"], data_date=dt.date(2025, 11, 14), academic_year=2025)
ENTRY = rows(ALL["core_half_terms"], academic_year=2025, half_term="Entry", start_date=dt.date(2025, 9, 2))


@pytest.mark.parametrize("name", tables_with_sql())
def test_every_model_is_carried_to_spark_and_reads_declared_tables_only(name: str) -> None:
    assert name in ALL
    assert set(tables_read(sql_of(name))) <= set(ALL)
    assert sqlglot.parse_one(transpile_to_spark(sql_of(name)), read="spark").selects


def test_a_table_without_sql_is_named() -> None:
    with pytest.raises(DeclarationError, match="core_pupils"):
        sql_of("core_pupils")


def test_tables_read_are_named_once_without_comments_and_own_steps() -> None:
    sql = """
        with a as (select * from core_run) -- join core_costs
        select * from a join core_schools s on true join core_run r
    """
    assert tables_read(sql) == ("core_run", "core_schools")


def enrolled(insight: str = "", census: str = "") -> list[tuple[object, ...]]:
    lists = {}
    if insight:
        head = "school_urn | upn | entry_date | leaving_date | nc_year\n"
        lists["clean_insight__pupils"] = table(INSIGHT, head + insight)
    if census:
        head = "school_urn | reference_date | upn | entry_date | leaving_date | nc_year\n"
        lists["clean_school_census__pupils"] = table(CENSUS, head + census)
    records = recorded(*((ALL[name], frame) for name, frame in lists.items()))
    frames = lists | {"core_run": RUN, "core_half_terms": ENTRY, "core_pupil_records": records}
    spells = fill("core_enrolments", frames).sort("pupil_key", "school_urn", "entry_date")
    return [
        (r["school_urn"], str(r["entry_date"]), str(r["leaving_date"] or ""), r["nc_year"]) for r in spells.to_dicts()
    ]


def test_insight_and_every_census_of_a_pupil_are_one_open_spell() -> None:
    spells = enrolled(
        insight="100001 | U1 | 2022-09-05 | - | 5",
        census="100001 | 2023-10-05 | U1 | 2022-09-01 | - | 3 \n 100001 | 2024-10-03 | U1 | 2022-09-01 | - | 4",
    )
    assert spells == [("100001", "2022-09-01", "", "5")]


def test_a_pupil_who_left_and_came_back_has_two_spells() -> None:
    spells = enrolled(
        insight="100001 | U1 | 2025-01-06 | - | 5",
        census="100001|2023-10-05|U1|2022-09-01|-|3 \n 100001|2024-10-03|U1|2022-09-01|2024-07-19|3",
    )
    assert spells == [("100001", "2022-09-01", "2024-07-19", "3"), ("100001", "2025-01-06", "", "5")]


def test_a_pupil_who_moved_school_has_a_spell_in_each() -> None:
    spells = enrolled(insight="100001 | U1 | 2018-09-03 | 2025-07-18 | 6 \n 100002 | U1 | 2025-09-02 | - | 7")
    assert spells == [("100001", "2018-09-03", "2025-07-18", "6"), ("100002", "2025-09-02", "", "7")]


@pytest.mark.parametrize(("entry", "count"), [("2025-01-11", 1), ("2025-01-12", 2)])
def test_spells_that_touch_are_one_and_a_day_between_makes_two(entry: str, count: int) -> None:
    census = f"100001 | 2025-05-15 | U1 | 2022-09-01 | 2025-01-10 | 3 \n 100001 | 2025-05-15 | U1 | {entry} | - | 3"
    assert len(enrolled(census=census)) == count


def test_who_is_missing_from_the_newest_census_left_on_the_last_day_known() -> None:
    census = """
        100001 | 2024-10-03 | U1 | 2022-09-01 | - | 3
        100001 | 2024-10-03 | U2 | 2022-09-01 | - | 3
        100001 | 2025-10-02 | U2 | 2022-09-01 | - | 4
        100002 | 2024-10-03 | U3 | 2022-09-01 | - | 4
    """
    assert [spell[2] for spell in enrolled(census=census)] == ["2024-10-03", "", ""]


def test_who_is_missing_from_the_census_but_in_insight_is_on_roll() -> None:
    census = "100001 | 2024-10-03 | U1 | 2022-09-01 | - | 3 \n 100001 | 2025-10-02 | U2 | 2022-09-01 | - | 4"
    assert [spell[2] for spell in enrolled("100001 | U1 | 2022-09-01 | - | 4", census)] == ["", ""]


def test_a_pupil_whose_entry_date_is_blank_stays_on_roll() -> None:
    census = "100001 | 2024-10-03 | U1 | 2022-09-01 | - | 3"
    spells = enrolled("100001 | U1 | - | - | 4 \n 100001 | U2 | - | - | 5", census)
    assert spells == [("100001", "2022-09-01", "", "4"), ("100001", "2025-09-02", "", "5")]


DAYS = st.sampled_from([dt.date(2023, 9, 4) + dt.timedelta(days=n) for n in (0, 1, 2, 30, 31, 200, 300, 301, 500, 700)])
CENSUS_DAYS = st.sampled_from([dt.date(2023, 10, 5), dt.date(2024, 5, 16), dt.date(2025, 10, 2)])
EVIDENCE = st.builds(plain.Evidence, DAYS, st.none() | DAYS, CENSUS_DAYS, st.just(False))
FROM_INSIGHT = st.builds(plain.Evidence, DAYS, st.none() | DAYS, st.just(dt.date(2025, 11, 14)), st.just(True))


@given(st.lists(EVIDENCE, max_size=6), st.lists(FROM_INSIGHT, max_size=1))
@settings(max_examples=40, deadline=None)
def test_spells_on_roll_are_those_of_the_plain_twin(
    census: list[plain.Evidence], insight: list[plain.Evidence]
) -> None:
    def drawn(evidence: list[plain.Evidence], dated: bool) -> str:
        return "\n".join(
            " | ".join(
                ["100001", *([str(e.speaks_for)] if dated else []), "U1", str(e.entry), str(e.leaving or ""), "3"]
            )
            for e in evidence
        )

    found = enrolled(drawn(insight, dated=False), drawn(census, dated=True))
    newest = max((e.speaks_for for e in census), default=None)
    expected = plain.enrolments([*census, *insight], newest)
    assert [(spell[1], spell[2]) for spell in found] == [(str(a), str(b or "")) for a, b in expected]


def statuses(register: pl.DataFrame, census: pl.DataFrame, insight: pl.DataFrame | None = None) -> pl.DataFrame:
    lists = {"clean_send_register__pupils": register, "clean_school_census__pupils": census}
    enrolments = rows(ALL["core_enrolments"], pupil_key=[])
    if insight is not None:
        lists["clean_insight__pupils"] = insight
        entry = insight["entry_date"].to_list()
        enrolments = rows(ALL["core_enrolments"], pupil_key=pupil(1), school_urn="100001", entry_date=entry)
    frames = lists | {
        "core_enrolments": enrolments,
        "core_pupil_records": recorded(*((ALL[n], f) for n, f in lists.items())),
    }
    return fill("core_sen_status", frames).sort("pupil_key", "school_urn", "start_date")


def drawn_statuses(register: str = "", census: str = "") -> list[str]:
    spells = statuses(
        table(REGISTER, "upn | sen_provision | status_date | status_end_date\n" + register, school_urn="100001"),
        table(CENSUS, "upn | sen_provision | reference_date\n" + census, school_urn="100001"),
    )
    return [
        f"{r['sen_provision']} {r['start_date']} {r['end_date'] or ''} {r['status_source']}" for r in spells.to_dicts()
    ]


def test_the_register_speaks_first_and_the_census_before_and_after_it() -> None:
    assert drawn_statuses(
        register="U1 | K | 2023-11-01 | 2024-03-01",
        census="U1 | N | 2023-10-05 \n U1 | E | 2024-01-18 \n U1 | N | 2024-05-16 \n U1 | K | 2024-10-03",
    ) == [
        "N 2023-10-05 2023-10-31 census",
        "K 2023-11-01 2024-03-01 register",
        "N 2024-03-02 2024-05-15 register",
        "N 2024-05-16 2024-10-02 census",
        "K 2024-10-03  census",
    ]


def test_a_new_status_on_the_register_ends_the_one_before() -> None:
    spells = drawn_statuses(register="U1 | K | 2023-09-04 | - \n U1 | E | 2024-02-01 | - \n U1 | E | 2024-09-02 | -")
    assert spells == ["K 2023-09-04 2024-01-31 register", "E 2024-02-01  register"]


def test_of_two_statuses_from_one_day_the_higher_counts() -> None:
    spells = drawn_statuses(register="U1 | K | 2024-02-01 | - \n U1 | E | 2024-02-01 | -")
    assert spells == ["E 2024-02-01  register"]


def test_historic_codes_are_counted_as_what_they_became() -> None:
    assert drawn_statuses(census="U1 | A | 2013-10-03 \n U1 | P | 2014-01-16 \n U1 | S | 2014-10-02") == [
        "K 2013-10-03 2014-10-01 census",
        "E 2014-10-02  census",
    ]


CODES = st.sampled_from(list("NKEAS"))
WHEN = st.sampled_from([dt.date(2023, 9, 4) + dt.timedelta(days=n) for n in (0, 1, 2, 3, 10, 31, 32, 60, 100)])


@given(
    st.lists(st.tuples(CODES, WHEN, st.none() | WHEN), max_size=4),
    st.lists(st.tuples(WHEN, CODES), max_size=4),
    st.none() | st.tuples(WHEN, CODES),
)
@settings(max_examples=60, deadline=None)
def test_the_status_of_every_day_is_that_of_the_plain_twin(
    register: list[tuple[str, dt.date, dt.date | None]],
    census: list[tuple[dt.date, str]],
    insight: tuple[dt.date, str] | None,
) -> None:
    on_register = [plain.OnRegister(c, start, end if end and end >= start else None) for c, start, end in register]
    one_pupil = {"upn": upn(1), "school_urn": "100001"}
    spells = statuses(
        rows(
            REGISTER,
            **one_pupil,
            sen_provision=[r.provision for r in on_register],
            status_date=[r.start for r in on_register],
            status_end_date=[r.end for r in on_register],
        ),
        rows(
            CENSUS,
            **one_pupil,
            reference_date=[day for day, _ in census],
            sen_provision=[code for _, code in census],
        ),
        rows(INSIGHT, **one_pupil, entry_date=insight[0], sen_provision=insight[1]) if insight else None,
    )
    for place in range(-3, 110):
        day = dt.date(2023, 9, 4) + dt.timedelta(days=place)
        on_day = spells.filter((pl.col("start_date") <= day) & (pl.col("end_date").fill_null(day) >= day))
        found = on_day.select("sen_provision", "status_source").rows()
        expected = plain.status_on(day, on_register, census, insight)
        assert found == ([expected] if expected else []), day


def test_needs_come_from_the_register_and_where_it_is_silent_from_the_census() -> None:
    register = table(REGISTER, """
        upn | sen_type | second_sen_type | status_date | status_end_date
        U1  | SLCN     | -               | 2022-09-05  | 2023-08-31
        U1  | ASD      | SLCN            | 2023-09-01  | -
        U2  | SEMH     | -               | 2022-09-05  | 2024-07-19
    """, school_urn="100001")  # fmt: skip
    census = table(CENSUS, """
        upn | reference_date | pupil_on_roll_id
        U1  | 2024-01-18     | 1
        U3  | 2024-01-18     | 3
        U3  | 2025-01-16     | 3
    """, school_urn="100001")  # fmt: skip
    needs = table(NEEDS, """
        reference_date | pupil_on_roll_id | sen_type | sen_type_rank
        2024-01-18     | 1                | ASD      | 2
        2024-01-18     | 1                | HI       | 3
        2024-01-18     | 3                | MLD      | 1
        2025-01-16     | 3                | MLD      | 2
        2025-01-16     | 3                | VI       | 1
    """, school_urn="100001")  # fmt: skip
    frames = {
        "clean_send_register__pupils": register,
        "clean_school_census__pupils": census,
        "clean_school_census__sen_needs": needs,
        "core_pupil_records": recorded((REGISTER, register), (CENSUS, census)),
    }
    found = fill("core_sen_needs", frames).sort("pupil_key", "sen_type")
    assert [" ".join(str(value or "-") for value in row) for row in found.drop("school_urn").rows()] == [
        f"{pupil(1)} ASD 1 2023-09-01 - register",
        f"{pupil(1)} HI 3 2024-01-18 2024-01-18 census",
        f"{pupil(1)} SLCN 2 2022-09-05 - register",
        f"{pupil(2)} SEMH 1 2022-09-05 2024-07-19 register",
        f"{pupil(3)} MLD 2 2024-01-18 - census",
        f"{pupil(3)} VI 1 2025-01-16 - census",
    ]
